//! Everything that a command works with: clock, store, library, and what follows from the journal.

use std::cell::OnceCell;
use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use directories::ProjectDirs;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::Map;
use uuid::Uuid;

use super::due::shown_streak;
use super::errors::not_found;
use super::recall::Recall;
use super::threshold::{BUILD, Threshold, named};
use crate::cli::Global;
use crate::ui::lines::Lines;
use crate::ui::look::Look;
use crate::ui::output;
use crate::ui::prompter::Prompter;
use crate::ui::rich::Rich;
use crate::ui::terminal;
use crate::ui::text::count;
use badgedex_domain::advice::Advisor;
use badgedex_domain::catalog::{Catalog, CredentialId, Role};
use badgedex_domain::catalogs::Catalogs;
use badgedex_domain::history::{History, Review};
use badgedex_domain::journal::{self, Deed, Event, memory_day};
use badgedex_domain::library::Library;
use badgedex_domain::mastery::Knowledge;
use badgedex_domain::memory::Model;
use badgedex_domain::overview::Overview;
use badgedex_domain::question::{Question, QuestionId};
use badgedex_domain::record::Record;
use badgedex_domain::settings::Settings;
use badgedex_packs::Folder;
use badgedex_store::cache::PackSummary;
use badgedex_store::{Store, StoreError};

/// The folder of the learner's own packs and catalogs.
const QUESTIONS: &str = "questions";

/// Catalogs, record and settings are there at once: they are small. Questions, and what is remembered of
/// them, are read when something needs them, and the day's sums are kept ready.
pub struct Desk {
    at: Threshold,
    pub json: bool,
    plain: bool,
    color: Option<crate::cli::When>,
    seed: Option<u64>,
    pub catalogs: Catalogs,
    /// Names the earlier ids of all questions.
    renames: String,
    /// All events but for answers, in the order of recording.
    deeds: Vec<Event>,
    pub model: Model,
    pub record: Record,
    pub settings: Settings,
    library: OnceCell<Library>,
    history: OnceCell<History>,
    overview: OnceCell<Overview>,
    has_recorded: bool,
}

impl Desk {
    pub fn open(at: Threshold, global: &Global) -> Result<Desk> {
        let mut desk = Desk {
            json: global.json,
            plain: global.plain
                || env::var_os("ACCESSIBLE").is_some_and(|v| v == "1")
                || env::var_os("TERM").is_some_and(|v| v == "dumb"),
            color: global.color,
            seed: global.seed,
            at,
            catalogs: Catalogs::default(),
            renames: String::new(),
            deeds: Vec::new(),
            model: Model::default(),
            record: Record::default(),
            settings: Settings::default(),
            library: OnceCell::new(),
            history: OnceCell::new(),
            overview: OnceCell::new(),
            has_recorded: false,
        };
        desk.open_shelf()?;
        desk.follow()?;
        Ok(desk)
    }

    /// The catalogs, and what is wrong with the learner's own packs; as kept ready while no file changed.
    fn open_shelf(&mut self) -> Result<()> {
        let made_of = self.at.shelf_made_of();
        let kept = self.at.ready.borrow().pack_summary(&made_of);
        let shelf = match kept {
            Some(shelf) => shelf,
            None => self.read_shelf(&made_of)?,
        };
        for fault in &shelf.errors {
            output::note(fault)?;
        }
        self.renames = shelf.renames;
        self.catalogs = shelf.catalogs;
        Ok(())
    }

    /// Reads every file of the learner's own packs, and keeps ready what was read.
    fn read_shelf(&mut self, made_of: &str) -> Result<PackSummary> {
        let (own, unreadable) = own_folders(&questions_in(&self.at.home));
        let read = badgedex_packs::load(&own, self.at.today);
        let mut faults: Vec<String> = unreadable.into_iter().collect();
        faults.extend(read.faults.iter().map(ToString::to_string));
        if !read.faults.is_empty() {
            let number = count(read.faults.len(), "fault", "faults");
            faults.push(format!("{number}: packs with a fault are not used until it is mended"));
        }
        let renames =
            read.library.renamed().iter().map(|(old, new)| format!("{old}={new};")).collect::<String>();
        let shelf = PackSummary {
            catalogs: read.library.catalogs().clone(),
            errors: faults,
            renames: named(&renames),
        };
        if self.at.packs.settled {
            self.at.ready.borrow_mut().store_pack_summary(made_of, &shelf);
        }
        self.library = OnceCell::from(read.library);
        Ok(shelf)
    }

    /// Works out again what follows from the deeds, and forgets what follows from more.
    fn follow(&mut self) -> Result<(), StoreError> {
        self.at.head = self.at.store.head()?;
        self.deeds = self.at.store.deeds()?;
        let deeds = journal::effective(self.deeds.clone());
        self.model = model(&deeds);
        self.record = Record::of(&deeds, &self.catalogs);
        self.settings = Settings::of(&deeds);
        self.history = OnceCell::new();
        self.overview = OnceCell::new();
        Ok(())
    }

    /// The calendar day.
    pub fn today(&self) -> NaiveDate {
        self.at.today
    }

    /// The day of memory.
    pub fn day(&self) -> NaiveDate {
        self.at.day
    }

    /// Looks at the clock again: a menu may stand open over midnight.
    pub fn look_at_clock(&mut self) {
        let now = self.at.clock.now();
        if (self.at.today, self.at.day) != (now.date_naive(), memory_day(now)) {
            (self.at.today, self.at.day) = (now.date_naive(), memory_day(now));
            self.library = OnceCell::new();
            self.overview = OnceCell::new();
        }
    }

    /// All packs with all questions.
    pub fn library(&self) -> &Library {
        self.library.get_or_init(|| {
            let (own, _) = own_folders(&questions_in(&self.at.home));
            badgedex_packs::load(&own, self.at.today).library
        })
    }

    /// What is remembered of every question.
    pub fn history(&self) -> Result<&History, StoreError> {
        if self.history.get().is_none() {
            let history = self.recalling(|recall| recall.history(&mut self.at.ready.borrow_mut()))?;
            return Ok(self.history.get_or_init(|| history));
        }
        Ok(self.history.get_or_init(History::default))
    }

    /// All answers that stand, in the journal's order.
    pub fn answers(&self) -> Result<Vec<(QuestionId, Review)>, StoreError> {
        self.recalling(|recall| recall.answers())
    }

    fn recalling<T>(&self, read: impl FnOnce(&Recall) -> T) -> T {
        read(&Recall {
            store: &self.at.store,
            head: &self.at.head,
            model: &self.model,
            library: self.library(),
            rules: &self.rules(),
            retracted: &journal::retracted(&self.deeds),
        })
    }

    pub fn knowledge(&self) -> Result<Knowledge<'_>, StoreError> {
        Ok(self.knowledge_of(self.library(), self.history()?))
    }

    /// What another library and history would mean.
    pub fn knowledge_of<'a>(&'a self, library: &'a Library, history: &'a History) -> Knowledge<'a> {
        Knowledge {
            library,
            history,
            model: &self.model,
            retention: self.settings.retention,
            day: self.at.day,
        }
    }

    /// The sums of the day: as kept ready, while journal, packs and day are the same.
    pub fn overview(&self) -> Result<&Overview, StoreError> {
        if let Some(overview) = self.overview.get() {
            return Ok(overview);
        }
        let made_of = self.at.overview_made_of();
        let kept = self.at.ready.borrow().overview(&made_of);
        if let Some(overview) = kept {
            return Ok(self.overview.get_or_init(|| overview));
        }
        let overview = Overview::of(&self.knowledge()?, &self.record, &self.settings, self.at.today);
        if self.at.packs.settled {
            let sitting = self.library().only(&overview.sitting.questions);
            let streak_days = shown_streak(&overview, &self.settings);
            self.at.ready.borrow_mut().store_overview(&made_of, &overview, &sitting, streak_days);
        }
        Ok(self.overview.get_or_init(|| overview))
    }

    /// What decides the beliefs beside the journal.
    fn rules(&self) -> String {
        named(&format!("{BUILD}\n{}\n{:?}", self.renames, self.model.parameters()))
    }

    /// The questions of the day's sitting and what is remembered of them, without reading all others;
    /// none where that is not ready.
    pub fn sitting(&self) -> Option<(Library, History)> {
        let ready = self.at.ready.borrow();
        let packs = ready.sitting(&self.at.overview_made_of())?;
        let library = Library::new(Catalogs::default(), packs);
        // Told is also what was known of the questions that these replace.
        let ids = |q: &Question| [q.id.clone()].into_iter().chain(q.replaces.clone()).collect::<Vec<_>>();
        let wanted: Vec<QuestionId> = library.questions().flat_map(ids).collect();
        let history = ready.history_of(&self.at.head, &self.rules(), &wanted)?;
        Some((library, history))
    }

    /// Hands out the whole library; see [`Desk::give_back`].
    pub fn take_library(&mut self) -> Library {
        self.library();
        self.library.take().unwrap_or_default()
    }

    /// After a file of the learner's own packs was changed: what was read of them is read again.
    pub fn reread_packs(&mut self) -> Result<()> {
        self.at.look_at_packs();
        let shelf = self.read_shelf(&self.at.shelf_made_of())?;
        (self.renames, self.catalogs) = (shelf.renames, shelf.catalogs);
        self.history = OnceCell::new();
        self.overview = OnceCell::new();
        Ok(())
    }

    pub fn give_back(&mut self, library: Library) {
        self.library = OnceCell::from(library);
    }

    /// All events but for answers, in the order of recording.
    pub fn deeds(&self) -> &[Event] {
        &self.deeds
    }

    pub fn store(&self) -> &Store {
        &self.at.store
    }

    pub fn store_mut(&mut self) -> &mut Store {
        &mut self.at.store
    }

    /// The program's clock, for what is named by the time.
    pub fn now(&self) -> DateTime<Utc> {
        self.at.clock.now().to_utc()
    }

    /// An instant of the past, in milliseconds since 1970, by the local clock.
    pub fn local(&self, ms: i64) -> Option<DateTime<FixedOffset>> {
        self.at.clock.at(ms)
    }

    pub fn home(&self) -> &Path {
        &self.at.home
    }

    /// Whether something was recorded since the desk was opened.
    pub fn has_recorded(&self) -> bool {
        self.has_recorded
    }

    /// Records one thing that the learner did, of one or more events, and what follows from it.
    /// It is on disk when this returns.
    pub fn record(&mut self, deeds: Vec<Deed>) -> Result<(), StoreError> {
        self.append(deeds)?;
        self.follow()
    }

    /// Records, and leaves what follows from it to [`Desk::reload`]: in a sitting the next question waits.
    pub fn append(&mut self, deeds: Vec<Deed>) -> Result<Vec<Event>, StoreError> {
        let at = self.at.clock.now();
        let device = self.at.store.device().to_owned();
        let event = |deed| Event { id: Uuid::now_v7(), at, device: device.clone(), deed, extra: Map::new() };
        let events: Vec<Event> = deeds.into_iter().map(event).collect();
        self.has_recorded = true;
        self.at.store.record(&events)?;
        Ok(events)
    }

    /// After the store was changed as a whole.
    pub fn reload(&mut self) -> Result<(), StoreError> {
        self.has_recorded = true;
        self.follow()
    }

    /// The catalog whose path is followed: the one set, else the first.
    pub fn catalog(&self) -> Result<&Catalog> {
        let set = self.settings.issuer.as_deref().and_then(|id| self.catalogs.find_catalog(id).ok());
        set.or_else(|| self.catalogs.first()).context("no catalog could be read")
    }

    /// The catalog that a person names for this once, else the one whose path is followed.
    pub fn catalog_named(&self, issuer: Option<&str>) -> Result<&Catalog> {
        match issuer {
            Some(named) => self.catalogs.find_catalog(named).map_err(|e| not_found(&e)),
            None => self.catalog(),
        }
    }

    pub fn catalog_of(&self, id: &CredentialId) -> Result<&Catalog> {
        self.catalogs.catalog_of(id).context("no catalog has this credential any more")
    }

    /// Who advises on the path of a catalog, for the role that is set.
    pub fn advisor<'a>(&'a self, catalog: &'a Catalog, role: Option<&'a Role>) -> Result<Advisor<'a>> {
        let (catalogs, overview) = (&self.catalogs, self.overview()?);
        Ok(Advisor { catalog, catalogs, overview, record: &self.record, role, today: self.at.today })
    }

    /// The role that is set, where the catalog has it.
    pub fn role_in<'a>(&self, catalog: &'a Catalog) -> Option<&'a Role> {
        self.settings.role.as_deref().and_then(|id| catalog.role(id))
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
            output::json(json)?;
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
            output::json(&json())?;
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
    let home = global.home.clone().or_else(|| env::var_os("BADGEDEX_HOME").map(PathBuf::from));
    if let Some(home) = home {
        if home.as_os_str().is_empty() {
            bail!("the folder of your data has no name: give one to --home or BADGEDEX_HOME");
        }
        return Ok(home);
    }
    let dirs = ProjectDirs::from("", "", "badgedex")
        .context("this computer names no folder for your data: choose one with --home or BADGEDEX_HOME")?;
    Ok(dirs.data_dir().to_owned())
}

pub fn questions_in(home: &Path) -> PathBuf {
    home.join(QUESTIONS)
}

/// The folders of the learner's own packs, and why they cannot be read.
fn own_folders(path: &Path) -> (Vec<Folder>, Option<String>) {
    if !path.is_dir() {
        return (Vec::new(), None);
    }
    match badgedex_packs::folders(path) {
        Ok(folders) => (folders, None),
        Err(badgedex_packs::Unreadable::NoPack(_)) => (Vec::new(), None),
        Err(error) => (Vec::new(), Some(error.to_string())),
    }
}
