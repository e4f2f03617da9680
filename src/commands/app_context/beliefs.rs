//! What is known about the learner's memory, read once and kept until something changes.

use std::cell::{Cell, OnceCell};

use super::history_loader::{HistoryLoader, KnownHistory};
use badgedex_domain::exam_days::Outlook;
use badgedex_domain::history::History;
use badgedex_domain::overview::Overview;
use badgedex_domain::readiness::{Chance, ExamEvidence};
use badgedex_domain::target::Target;
use badgedex_store::StoreError;
use badgedex_store::cache::Cache;

/// The history, and the sums of the day.
#[derive(Default)]
pub struct Beliefs {
    history: OnceCell<KnownHistory>,
    /// The history before the last changes: the next look brings it up to date instead of reading it again.
    earlier: Cell<Option<KnownHistory>>,
    /// The sums of the day.
    pub overview: OnceCell<Overview>,
    /// The chances in the exams ahead.
    pub chances: OnceCell<Vec<Chance>>,
    /// What will be remembered on the day of the next exam.
    pub outlook: OnceCell<Option<Outlook>>,
}

impl Beliefs {
    /// What is remembered of every question.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn history(&self, loader: &HistoryLoader, cache: &mut Cache) -> Result<&History, StoreError> {
        let known = match self.history.get() {
            Some(known) => known,
            None => {
                let known = loader.load(self.earlier.take(), cache)?;
                self.history.get_or_init(|| known)
            }
        };
        Ok(&known.history)
    }

    /// The evidence for a target's exam; `None` if it was not gathered with the history.
    pub fn evidence(&self, target: &Target) -> Option<&ExamEvidence> {
        let known = self.history.get()?.evidence.iter().find(|known| known.target == *target);
        known.map(|known| &known.evidence)
    }

    /// After something was recorded, or packs were changed: both are looked at again when they are needed.
    pub fn outdate(&mut self) {
        if let Some(known) = self.history.take() {
            self.earlier.set(Some(known));
        }
        self.change_day();
    }

    /// On another day only the sums are others.
    pub fn change_day(&mut self) {
        self.overview = OnceCell::new();
        self.chances = OnceCell::new();
        self.outlook = OnceCell::new();
    }
}
