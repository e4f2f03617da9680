//! The threshold: the clock, the store, and what is kept ready of the day, before anything else is read.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Result;
use chrono::NaiveDate;
use uuid::Uuid;

use super::clock::Clock;
use super::desk;
use crate::cli::Global;
use badgedex_domain::journal::memory_day;
use badgedex_packs::Fingerprint;
use badgedex_store::cache::Cache;
use badgedex_store::{JournalHead, Store};

/// The name of this build: what another has kept ready is of no use to it.
pub const BUILD: &str = env!("BADGEDEX_BUILD");

pub struct Threshold {
    pub clock: Clock,
    /// The calendar day.
    pub today: NaiveDate,
    /// The day of memory.
    pub day: NaiveDate,
    pub home: PathBuf,
    pub store: Store,
    pub head: JournalHead,
    /// What the learner's own packs look like from outside.
    pub packs: Fingerprint,
    pub ready: RefCell<Cache>,
}

impl Threshold {
    pub fn open(global: &Global) -> Result<Threshold> {
        let clock = Clock::new(global.today);
        let home = desk::home(global)?;
        let now = clock.now();
        let store = Store::open(&home, now.to_utc())?;
        Ok(Threshold {
            clock,
            today: now.date_naive(),
            day: memory_day(now),
            head: store.head()?,
            packs: look_at_packs(&home),
            ready: RefCell::new(Cache::open(&home)),
            home,
            store,
        })
    }

    /// Looks at the learner's own packs again, after one of their files was changed.
    pub fn look_at_packs(&mut self) {
        self.packs = look_at_packs(&self.home);
    }

    /// How many questions are due, and the days of the streak where they are shown, where that was worked
    /// out from what is still so.
    pub fn due(&self) -> Option<(usize, u32)> {
        self.ready.borrow().due(&self.overview_made_of())
    }

    /// What decides which packs there are.
    pub fn shelf_made_of(&self) -> String {
        named(&format!("{BUILD}\n{}", self.packs.text))
    }

    /// What decides the sums of the day: journal, day, packs, and this program.
    pub fn overview_made_of(&self) -> String {
        let JournalHead { edition, seq, last } = &self.head;
        let Threshold { today, day, packs, .. } = self;
        named(&format!("{BUILD}\n{edition} {seq} {last:?}\n{today} {day}\n{}", packs.text))
    }
}

/// What the learner's own packs look like, once what a crash has left among them is put right.
fn look_at_packs(home: &Path) -> Fingerprint {
    let questions = desk::questions_in(home);
    badgedex_packs::installed::bring_back(&questions);
    badgedex_packs::fingerprint(&questions, SystemTime::now())
}

/// A short name for a long text.
pub fn named(text: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()).simple().to_string()
}
