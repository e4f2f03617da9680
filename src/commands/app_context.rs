//! Everything that a command works with: clock, interface, packs, journal, and what follows from them.

mod beliefs;
mod candidates;
mod exam_contents;
mod history_loader;
mod interface;
mod journal;
mod learner;
mod packs;

use std::cell::RefCell;
use std::path::PathBuf;

use anyhow::{Context, Result};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::clock::Clock;
use super::errors::not_found;
use super::startup::{self, Startup};
use super::{cache_key, data_folder};
use crate::cli::GlobalArgs;
use badgedex_domain::advice::Advisor;
use badgedex_domain::catalog::{Catalog, Role};
use badgedex_domain::catalogs::Catalogs;
use badgedex_domain::exam_days::Outlook;
use badgedex_domain::history::{History, Review};
use badgedex_domain::journal::{Deed, Event};
use badgedex_domain::library::Library;
use badgedex_domain::mastery::Knowledge;
use badgedex_domain::overview::Overview;
use badgedex_domain::question::{Question, QuestionId};
use badgedex_domain::readiness::{EvidenceFold, ExamContent, FirstAnswer, Preparedness, RealExam};
use badgedex_domain::selection::{Focus, SittingRequest};
use badgedex_domain::target::Target;
use badgedex_store::StoreError;
use badgedex_store::cache::Cache;
use beliefs::Beliefs;
use history_loader::HistoryLoader;
pub use interface::Interface;
use journal::Journal;
use learner::Learner;
pub use packs::Packs;

/// The parts of a run. Each has one job; what needs several of them is a method here.
pub struct AppContext {
    pub clock: Clock,
    /// The folder of the learner's data.
    pub home: PathBuf,
    pub ui: Interface,
    pub packs: Packs,
    pub journal: Journal,
    pub learner: Learner,
    beliefs: Beliefs,
    cache: RefCell<Cache>,
    /// The number of `--seed`.
    seed: Option<u64>,
}

/// What the journal says about how the learner would do in an exam.
pub struct CandidateEvidence {
    /// First answers to its questions, in the journal's order.
    pub answers: Vec<FirstAnswer>,
    /// The real exams, the earliest first, with how the learner stood on their days.
    pub real_exams: Vec<(RealExam, Preparedness)>,
}

impl AppContext {
    /// Reads catalogs, record and settings: they are small. Questions, and what is remembered of them, are
    /// read when something needs them.
    ///
    /// # Errors
    /// The store cannot be read, or standard error is closed.
    pub fn open(startup: Startup, global: &GlobalArgs) -> Result<AppContext> {
        let Startup { clock, home, store, head: _, fingerprint, mut cache } = startup;
        let folder = data_folder::questions_in(&home);
        let mut app = AppContext {
            packs: Packs::open(folder, fingerprint, clock.today, &mut cache)?,
            journal: Journal::open(store)?,
            learner: Learner::default(),
            ui: Interface::new(global),
            beliefs: Beliefs::default(),
            cache: RefCell::new(cache),
            seed: global.seed,
            clock,
            home,
        };
        app.follow();
        Ok(app)
    }

    /// Works out again what follows from the deeds.
    fn follow(&mut self) {
        self.learner = Learner::of(self.journal.deeds(), &self.packs.catalogs);
        self.ui.set_color(self.learner.settings.color);
        self.packs.set_off(&self.learner.settings.packs_off);
        self.packs.set_exams(&self.learner.exams);
        self.beliefs.outdate();
    }

    /// Looks at the clock again: a menu may be open over midnight.
    pub fn refresh_clock(&mut self) {
        if self.clock.refresh() {
            self.packs.set_today(self.clock.today);
            self.beliefs.change_day();
        }
    }

    /// Records one thing that the learner did, of one or more events, and what follows from it.
    /// It is on disk when this returns.
    ///
    /// # Errors
    /// The store cannot be written to or read.
    pub fn record(&mut self, deeds: Vec<Deed>) -> Result<(), StoreError> {
        self.append(deeds)?;
        self.reload()
    }

    /// Records, and leaves what follows from it to [`AppContext::reload`]: in a sitting the next question waits.
    ///
    /// # Errors
    /// The store cannot be written to.
    pub fn append(&mut self, deeds: Vec<Deed>) -> Result<Vec<Event>, StoreError> {
        self.journal.append(self.clock.now(), deeds)
    }

    /// Works out again what follows from the journal, after something was added to it.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn reload(&mut self) -> Result<(), StoreError> {
        self.journal.reread()?;
        self.follow();
        Ok(())
    }

    /// After events were imported.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn reload_imported(&mut self) -> Result<(), StoreError> {
        self.journal.note_import();
        self.reload()
    }

    /// After a file of the learner's own packs was changed: what was read of them is read again.
    pub fn reread_packs(&mut self) {
        let fingerprint = startup::fingerprint(&self.packs.folder);
        self.packs.reread(fingerprint, self.cache.get_mut());
        self.beliefs.outdate();
    }

    /// What is remembered of every question.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn history(&self) -> Result<&History, StoreError> {
        self.history_with(&|_| {})
    }

    /// The same, next to somebody who is told how many answers were read if all of them are folded.
    fn history_with(&self, progress: &dyn Fn(usize)) -> Result<&History, StoreError> {
        let contents = exam_contents::contents(&self.learner, self.packs.library(), self.clock.today);
        let read = |loader: &HistoryLoader| self.beliefs.history(loader, &mut self.cache.borrow_mut());
        self.loading(&contents, progress, read)
    }

    /// The evidence for a target's exam, and how the learner stood at the real ones.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn evidence(&self, target: &Target) -> Result<CandidateEvidence, StoreError> {
        let history = self.history()?;
        let content =
            exam_contents::content_of(target, &self.learner, self.packs.library(), self.clock.today);
        let contents = [(target.clone(), content)];
        let evidence = match self.beliefs.evidence(target) {
            Some(evidence) => evidence.clone(),
            None => self.loading(&contents, &|_| {}, |loader| loader.evidence_anew())?,
        };
        let content = &contents[0].1;
        let mut fold = EvidenceFold::new(content, evidence);
        let stood = |exam: &RealExam| (*exam, fold.preparedness(history, &self.learner.model, exam));
        let real_exams = content.real_exams.iter().map(stood).collect();
        Ok(CandidateEvidence { answers: fold.into_evidence().answers, real_exams })
    }

    /// Whether beliefs of the first edition of the model of memory were in use here, and what has changed since was
    /// not told yet.
    pub fn is_after_first_edition(&self) -> bool {
        self.cache.borrow().is_after_first_edition()
    }

    /// What has changed since was told.
    pub fn forget_first_edition(&self) {
        self.cache.borrow_mut().forget_first_edition();
    }

    /// The number of questions that are due earlier than by the first edition of the model. `progress` is told the
    /// share that is done, 0 to 1: the answers are folded by both.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn due_earlier(&self, progress: impl Fn(f64)) -> Result<usize, StoreError> {
        let all = self.journal.head().seq.max(1) as f64;
        let now = self.history_with(&|read| progress(0.5 * read as f64 / all))?;
        let first = self.learner.model.first_edition();
        let then =
            self.loading(&[], &|read| progress(0.5 + 0.5 * read as f64 / all), |loader| loader.by(&first))?;
        let (now, then) = (
            self.knowledge_of(self.packs.library(), now),
            Knowledge { model: &first, ..self.knowledge_of(self.packs.library(), &then) },
        );
        let is_earlier = |question: &&Question| {
            !self.learner.record.is_suspended(question)
                && now.due_on(&question.id) < then.due_on(&question.id)
        };
        Ok(self.packs.library().questions().filter(is_earlier).count())
    }

    /// All answers that hold, in the journal's order.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn answers(&self) -> Result<Vec<(QuestionId, Review)>, StoreError> {
        self.loading(&[], &|_| {}, |loader| loader.answers())
    }

    fn loading<T>(
        &self,
        contents: &[(Target, ExamContent)],
        progress: &dyn Fn(usize),
        read: impl FnOnce(&HistoryLoader) -> T,
    ) -> T {
        read(&HistoryLoader {
            store: &self.journal.store,
            head: self.journal.head(),
            model: &self.learner.model,
            library: self.packs.library(),
            rules: &self.rules(),
            retracted: &self.journal.retracted(),
            contents,
            progress,
        })
    }

    /// What decides the beliefs besides the journal, as a name.
    fn rules(&self) -> String {
        cache_key::beliefs(&self.packs.renames, &self.learner.model)
    }

    /// What is known of every question today.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn knowledge(&self) -> Result<Knowledge<'_>, StoreError> {
        Ok(self.knowledge_of(self.packs.library(), self.history()?))
    }

    /// What another library and history would mean.
    pub fn knowledge_of<'a>(&'a self, library: &'a Library, history: &'a History) -> Knowledge<'a> {
        Knowledge {
            library,
            history,
            model: &self.learner.model,
            retention: self.learner.settings.retention,
            day: self.clock.day,
        }
    }

    /// The sums of the day: from the cache, as long as journal, packs and day are the same.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn overview(&self) -> Result<&Overview, StoreError> {
        if let Some(overview) = self.beliefs.overview.get() {
            return Ok(overview);
        }
        let cached = self.cache.borrow().overview(&self.overview_key());
        let overview = match cached {
            Some(overview) => overview,
            None => self.summed_up()?,
        };
        Ok(self.beliefs.overview.get_or_init(|| overview))
    }

    /// Works out the sums of the day, and caches them with the questions of the day's sitting.
    fn summed_up(&self) -> Result<Overview, StoreError> {
        let Learner { record, settings, .. } = &self.learner;
        let overview = Overview::of(&self.knowledge()?, record, settings, self.clock.today);
        if self.packs.fingerprint.settled {
            let sitting = self.packs.library().only(&overview.sitting.questions);
            let streak_days = overview.shown_streak(settings);
            let mut cache = self.cache.borrow_mut();
            cache.store_overview(&self.overview_key(), &overview, &sitting, streak_days);
        }
        Ok(overview)
    }

    /// What the learner is working towards.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn focus(&self) -> Result<Focus, StoreError> {
        let Learner { record, settings, .. } = &self.learner;
        Ok(Focus::of(settings, record, &self.knowledge()?, self.clock.today))
    }

    /// What will be remembered on the day of the next exam, from the cache as long as [`AppContext::overview`] is;
    /// `None` if no exam has a day.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn outlook(&self) -> Result<Option<Outlook>, StoreError> {
        if let Some(outlook) = self.beliefs.outlook.get() {
            return Ok(*outlook);
        }
        let key = self.overview_key();
        let cached = self.cache.borrow().outlook(&key);
        let outlook = match cached {
            Some(outlook) => outlook,
            None => {
                let request = SittingRequest { focus: self.focus()?, ..SittingRequest::default() };
                let study = request.exam_study(&self.knowledge()?, &self.learner.record);
                let outlook = study.and_then(|study| study.outlook());
                if self.packs.fingerprint.settled {
                    self.cache.borrow_mut().store_outlook(&key, outlook);
                }
                outlook
            }
        };
        Ok(*self.beliefs.outlook.get_or_init(|| outlook))
    }

    fn overview_key(&self) -> String {
        cache_key::overview(self.journal.head(), &self.clock, &self.packs.fingerprint)
    }

    /// The questions of the day's sitting and what is remembered of them, without reading all others;
    /// `None` if that is not cached.
    pub fn cached_sitting(&self) -> Option<(Library, History)> {
        let cache = self.cache.borrow();
        let library = Library::new(Catalogs::default(), cache.sitting(&self.overview_key())?);
        let library = self.packs.as_set(library);
        // What was known of the questions that these replace is told, too.
        let ids = |q: &Question| [q.id.clone()].into_iter().chain(q.replaces.clone()).collect::<Vec<_>>();
        let wanted: Vec<QuestionId> = library.questions().flat_map(ids).collect();
        let history = cache.history_of(self.journal.head(), &self.rules(), &wanted)?;
        Some((library, history))
    }

    /// The catalog whose path is followed: the one set, else the first.
    ///
    /// # Errors
    /// There is no catalog.
    pub fn catalog(&self) -> Result<&Catalog> {
        let catalogs = &self.packs.catalogs;
        let set = self.learner.settings.issuer.as_deref().and_then(|id| catalogs.find_catalog(id).ok());
        set.or_else(|| catalogs.first()).context("no catalog could be read")
    }

    /// The catalog that a person names for this once, else the one whose path is followed.
    ///
    /// # Errors
    /// No catalog is called like this, or there is none.
    pub fn catalog_named(&self, issuer: Option<&str>) -> Result<&Catalog> {
        match issuer {
            Some(named) => self.packs.catalogs.find_catalog(named).map_err(|e| not_found(&e)),
            None => self.catalog(),
        }
    }

    /// The role that is set, if the catalog has it.
    pub fn role_in<'a>(&self, catalog: &'a Catalog) -> Option<&'a Role> {
        self.learner.settings.role.as_deref().and_then(|id| catalog.role(id))
    }

    /// The rules of advice for the path of a catalog.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn advisor<'a>(&'a self, catalog: &'a Catalog, role: Option<&'a Role>) -> Result<Advisor<'a>> {
        Ok(Advisor {
            catalog,
            catalogs: &self.packs.catalogs,
            overview: self.overview()?,
            record: &self.learner.record,
            role,
            is_partner: self.learner.settings.partner.is_partner(),
            today: self.clock.today,
        })
    }

    /// A random number generator; `--seed` makes it repeat itself.
    pub fn rng(&self) -> StdRng {
        self.seed.map_or_else(|| StdRng::from_rng(&mut rand::rng()), StdRng::seed_from_u64)
    }
}
