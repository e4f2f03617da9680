//! Everything that a command works with: clock, store, library, and what follows from the journal.

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use directories::ProjectDirs;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::Map;
use uuid::Uuid;

use super::clock::Clock;
use super::errors::not_found;
use crate::cli::Global;
use crate::domain::catalog::{Catalog, CredentialId};
use crate::domain::history::History;
use crate::domain::journal::{self, Deed, Event};
use crate::domain::library::Library;
use crate::domain::mastery::Knowledge;
use crate::domain::memory::Model;
use crate::domain::question::QuestionId;
use crate::domain::record::Record;
use crate::domain::settings::Settings;
use crate::packs::{self, Folder};
use crate::store::{Store, StoreError};
use crate::ui::lines::Lines;
use crate::ui::look::Look;
use crate::ui::output;
use crate::ui::prompter::Prompter;
use crate::ui::rich::Rich;
use crate::ui::terminal;

/// The folder of the learner's own packs and catalogs.
const QUESTIONS: &str = "questions";

pub struct Desk {
    pub clock: Clock,
    pub json: bool,
    plain: bool,
    color: Option<crate::cli::When>,
    seed: Option<u64>,
    pub store: Store,
    pub library: Library,
    /// All events, in the order of recording.
    events: Vec<Event>,
    pub model: Model,
    pub history: History,
    pub record: Record,
    pub settings: Settings,
}

impl Desk {
    pub fn open(global: &Global) -> Result<Desk> {
        let clock = Clock::new(global.today);
        let home = home(global)?;
        let store = Store::open(&home)?;
        let events = store.events()?;
        let library = library(&home, clock.today())?;
        let mut desk = Desk {
            clock,
            json: global.json,
            plain: global.plain
                || env::var_os("ACCESSIBLE").is_some_and(|v| v == "1")
                || env::var_os("TERM").is_some_and(|v| v == "dumb"),
            color: global.color,
            seed: global.seed,
            store,
            library,
            events,
            model: Model::default(),
            history: History::default(),
            record: Record::default(),
            settings: Settings::default(),
        };
        desk.follow();
        Ok(desk)
    }

    /// Works everything out from the journal.
    fn follow(&mut self) {
        let events = journal::standing(self.events.clone());
        self.model = model(&events);
        self.history = History::of(&events, &self.model, &self.library);
        self.record = Record::of(&events, &self.library);
        self.settings = Settings::of(&events);
    }

    /// The calendar day.
    pub fn today(&self) -> NaiveDate {
        self.clock.today()
    }

    pub fn knowledge(&self) -> Knowledge<'_> {
        self.knowledge_of(&self.history)
    }

    /// What another history would mean.
    pub fn knowledge_of<'a>(&'a self, history: &'a History) -> Knowledge<'a> {
        Knowledge {
            library: &self.library,
            history,
            model: &self.model,
            retention: self.settings.retention,
            day: self.clock.day(),
        }
    }

    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Records one thing that the learner did, of one or more events, and what follows from it.
    /// It is on disk when this returns.
    pub fn record(&mut self, deeds: Vec<Deed>) -> Result<Vec<Uuid>, StoreError> {
        let at = self.clock.now();
        let event = |deed| Event {
            id: Uuid::now_v7(),
            at,
            device: self.store.device().to_owned(),
            deed,
            extra: Map::new(),
        };
        let events: Vec<Event> = deeds.into_iter().map(event).collect();
        self.store.record(&events)?;
        let ids = events.iter().map(|e| e.id).collect();
        self.take_in(events);
        Ok(ids)
    }

    /// One answer after all others needs no second look at the whole journal.
    fn take_in(&mut self, events: Vec<Event>) {
        let newest = self.events.iter().map(Event::key).max();
        if let [Event { deed: Deed::Answered(answered), .. }] = &events[..]
            && newest.is_none_or(|newest| newest < events[0].key())
        {
            let question: QuestionId = self.library.current_id(&answered.question).clone();
            self.history.learn(&self.model, &question, answered, events[0].day());
            self.events.extend(events);
        } else {
            self.events.extend(events);
            self.follow();
        }
    }

    /// After the store was changed as a whole.
    pub fn reload(&mut self) -> Result<(), StoreError> {
        self.events = self.store.events()?;
        self.follow();
        Ok(())
    }

    /// The catalog whose path is followed: the one set, else the first.
    pub fn catalog(&self) -> Result<&Catalog> {
        let set = self.settings.issuer.as_deref().and_then(|id| self.library.find_catalog(id).ok());
        set.or_else(|| self.library.catalogs().first()).context("no catalog could be read")
    }

    /// The catalog that a person names for this once, else the one whose path is followed.
    pub fn catalog_named(&self, issuer: Option<&str>) -> Result<&Catalog> {
        match issuer {
            Some(named) => self.library.find_catalog(named).map_err(|e| not_found(&e)),
            None => self.catalog(),
        }
    }

    pub fn catalog_of(&self, id: &CredentialId) -> Result<&Catalog> {
        self.library.catalog_of(id).context("no catalog has this credential any more")
    }

    /// A generator that `--seed` makes repeat itself.
    pub fn rng(&self) -> StdRng {
        self.seed.map_or_else(|| StdRng::from_rng(&mut rand::rng()), StdRng::seed_from_u64)
    }

    pub fn look(&self) -> Look {
        let color = self.color.map_or(self.settings.color, Into::into);
        Look::of_terminal(color, self.plain)
    }

    /// The face that fits: rich on a terminal, else lines.
    pub fn prompter(&self) -> Result<Box<dyn Prompter>> {
        // Inquire draws on standard error.
        let terminal = io::stdin().is_terminal() && io::stdout().is_terminal() && io::stderr().is_terminal();
        if terminal && !self.plain {
            terminal::guard()?;
            return Ok(Box::new(Rich::new(self.look())));
        }
        Ok(Box::new(Lines::new(self.look().for_lines())?))
    }

    /// Says a sentence or two, or their JSON.
    pub fn tell(&self, json: &serde_json::Value, text: &str) -> Result<()> {
        if self.json {
            output::page(&json.to_string())?;
        } else {
            output::say(text)?;
        }
        Ok(())
    }

    /// Prints a screen, or its JSON.
    pub fn print(
        &self,
        json: impl FnOnce() -> serde_json::Value,
        screen: impl FnOnce(&Look) -> String,
    ) -> Result<()> {
        if self.json {
            output::page(&json().to_string())?;
        } else {
            output::page(&screen(&self.look()))?;
        }
        Ok(())
    }
}

/// The learner's own parameters, where the journal has some that can be used.
fn model(events: &[Event]) -> Model {
    let tuned = events.iter().rev().find_map(|event| match &event.deed {
        Deed::Tuned { parameters } => {
            let parameters: Vec<f32> = parameters.iter().map(|p| *p as f32).collect();
            Model::tuned(&parameters)
        }
        _ => None,
    });
    tuned.unwrap_or_default()
}

/// The folder of the learner's data: `--home`, `BADGEDEX_HOME`, or the platform's.
pub fn home(global: &Global) -> Result<PathBuf> {
    if let Some(home) = &global.home {
        if home.as_os_str().is_empty() {
            bail!("the folder of your data has no name: give one to --home or BADGEDEX_HOME");
        }
        return Ok(home.clone());
    }
    let dirs = ProjectDirs::from("", "", "badgedex")
        .context("this computer names no folder for your data: choose one with --home or BADGEDEX_HOME")?;
    Ok(dirs.data_dir().to_owned())
}

pub fn questions_in(home: &Path) -> PathBuf {
    home.join(QUESTIONS)
}

/// The shipped packs and the learner's own; what is wrong with them is said, and they are left out.
fn library(home: &Path, today: NaiveDate) -> Result<Library> {
    let own = own_folders(&questions_in(home))?;
    let shelf = packs::load(&own, today);
    for fault in &shelf.faults {
        output::note(&fault.to_string())?;
    }
    if !shelf.faults.is_empty() {
        let number = shelf.faults.len();
        let faults = if number == 1 { "fault" } else { "faults" };
        output::note(&format!("{number} {faults}: packs with a fault are not used until it is mended"))?;
    }
    Ok(shelf.library)
}

fn own_folders(path: &Path) -> Result<Vec<Folder>> {
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    match packs::folders(path) {
        Ok(folders) => Ok(folders),
        Err(packs::Unreadable::NoPack(_)) => Ok(Vec::new()),
        Err(error) => {
            output::note(&error.to_string())?;
            Ok(Vec::new())
        }
    }
}
