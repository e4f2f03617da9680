//! The first step of a run: the clock, the store, and the cache of the day, before anything else is read.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Result;

use super::clock::Clock;
use super::{cache_key, data_folder};
use crate::cli::GlobalArgs;
use badgedex_packs::Fingerprint;
use badgedex_store::cache::Cache;
use badgedex_store::{JournalHead, Store};

/// What a run has before any catalog or question is read.
pub struct Startup {
    pub clock: Clock,
    /// The folder of the learner's data.
    pub home: PathBuf,
    pub store: Store,
    pub head: JournalHead,
    /// What the files of the learner's own packs look like from outside.
    pub fingerprint: Fingerprint,
    pub cache: Cache,
}

impl Startup {
    /// Opens the store and its cache.
    ///
    /// # Errors
    /// There is no data folder, or its store cannot be opened.
    pub fn open(global: &GlobalArgs) -> Result<Startup> {
        let clock = Clock::new(global.today);
        let home = data_folder::home(global)?;
        let store = Store::open(&home, clock.now().to_utc())?;
        let questions = data_folder::questions_in(&home);
        for folder in [questions.clone()].into_iter().chain(badgedex_packs::folders_in(&questions)) {
            badgedex_store::check_dir(&folder)?;
        }
        data_folder::clear_drafts(&home);
        Ok(Startup {
            clock,
            head: store.head()?,
            fingerprint: fingerprint(&questions),
            cache: Cache::open(&home),
            home,
            store,
        })
    }

    /// How many questions are due, and the days of the streak as shown; `None` if that is not cached, or
    /// something has changed since.
    pub fn due(&self) -> Option<(usize, u32)> {
        self.cache.due(&cache_key::overview(&self.head, &self.clock, &self.fingerprint))
    }
}

/// What the files of the learner's own packs look like, once what a crash has left there is tidied up.
pub fn fingerprint(questions: &Path) -> Fingerprint {
    badgedex_packs::installed::clear_leftovers(questions);
    badgedex_packs::fingerprint(questions, SystemTime::now())
}
