//! What the learner knows on a day, of a question, a topic or a credential.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::catalog::CredentialId;
use super::history::{History, Learned};
use super::library::Library;
use super::memory::Model;
use super::question::{Question, QuestionId};
use super::record::Record;

/// A memory that lasts so many days is mastered.
pub const MASTERED_FROM_DAYS: f64 = 21.0;
/// Retrievability that mastery asks for, where the learner desires no less.
const MASTERED_FROM_RETRIEVABILITY: f64 = 0.9;
/// The share of questions whose strength a mastered whole asks for, as a fraction of whole numbers.
const STRONG_SHARE: (usize, usize) = (4, 5);

/// How far the learner has come with something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Study {
    Unseen,
    Seen,
    Learning,
    Mastered,
}

impl Study {
    pub fn name(self) -> &'static str {
        match self {
            Study::Unseen => "unseen",
            Study::Seen => "seen",
            Study::Learning => "learning",
            Study::Mastered => "mastered",
        }
    }
}

/// What is known of several questions together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mastery {
    pub questions: usize,
    /// Once answered; includes `learning`.
    pub seen: usize,
    /// Once answered right; includes `mastered`.
    pub learning: usize,
    pub mastered: usize,
    /// Mean retrievability, unseen ones as 0; none without questions.
    pub mean: Option<f64>,
    pub study: Study,
}

/// All that decides what the learner knows on a day.
#[derive(Debug, Clone, Copy)]
pub struct Knowledge<'a> {
    pub library: &'a Library,
    pub history: &'a History,
    pub model: &'a Model,
    /// Desired retention.
    pub retention: f64,
    /// The day of memory.
    pub day: NaiveDate,
}

impl Knowledge<'_> {
    /// Retrievability that mastery asks for.
    fn bar(&self) -> f64 {
        self.retention.min(MASTERED_FROM_RETRIEVABILITY)
    }

    pub fn learned(&self, id: &QuestionId) -> Option<&Learned> {
        self.history.learned(id)
    }

    /// Chance to recall today (tomorrow, where it was answered today); 0 for what was never answered.
    pub fn retrievability(&self, id: &QuestionId) -> f64 {
        self.learned(id).map_or(0.0, |l| l.retrievability(self.model, self.day))
    }

    pub fn is_due(&self, id: &QuestionId) -> bool {
        self.learned(id).is_some_and(|l| l.due_on(self.model, self.retention) <= self.day)
    }

    /// Whether a memory is strong, whatever the day.
    pub fn is_strong(&self, id: &QuestionId) -> bool {
        // The strength is above the bar where retrievability on that day is: one power, not forty.
        self.learned(id).is_some_and(|l| self.model.retrievability(&l.belief, MASTERED_FROM_DAYS) >= 0.9)
    }

    pub fn study(&self, id: &QuestionId) -> Study {
        match self.learned(id) {
            None => Study::Unseen,
            Some(_) if self.retrievability(id) >= self.bar() && self.is_strong(id) => Study::Mastered,
            Some(learned) if learned.ever_right => Study::Learning,
            Some(_) => Study::Seen,
        }
    }

    /// How many questions come back on which of the next days, those that are due now on today. What is
    /// set aside does not.
    pub fn upcoming(&self, record: &Record) -> BTreeMap<NaiveDate, usize> {
        let mut days = BTreeMap::new();
        for question in self.library.questions().filter(|q| !record.is_suspended(&q.id)) {
            if let Some(learned) = self.learned(&question.id) {
                let due = learned.due_on(self.model, self.retention).max(self.day);
                *days.entry(due).or_default() += 1;
            }
        }
        days
    }

    /// What is known of these questions together.
    pub fn of<'q>(&self, questions: impl Iterator<Item = &'q Question>) -> Mastery {
        let mut sum = 0.0;
        let mut strong = 0;
        let mut mastery =
            Mastery { questions: 0, seen: 0, learning: 0, mastered: 0, mean: None, study: Study::Unseen };
        for question in questions {
            let study = self.study(&question.id);
            mastery.questions += 1;
            mastery.seen += usize::from(study >= Study::Seen);
            mastery.learning += usize::from(study >= Study::Learning);
            mastery.mastered += usize::from(study == Study::Mastered);
            sum += self.retrievability(&question.id);
            strong += usize::from(self.is_strong(&question.id));
        }
        if mastery.questions > 0 {
            mastery.mean = Some(sum / mastery.questions as f64);
        }
        mastery.study = self.whole(&mastery, strong);
        mastery
    }

    fn whole(&self, mastery: &Mastery, strong: usize) -> Study {
        let (part, whole) = STRONG_SHARE;
        let known = mastery.mean.is_some_and(|mean| mean >= self.bar());
        if known && strong * whole >= mastery.questions * part {
            Study::Mastered
        } else if mastery.learning > 0 {
            Study::Learning
        } else if mastery.seen > 0 {
            Study::Seen
        } else {
            Study::Unseen
        }
    }

    pub fn of_credential(&self, id: &CredentialId) -> Mastery {
        self.of(self.library.questions_of(id))
    }

    pub fn of_topic(&self, pack: &str, topic: &str) -> Mastery {
        let packs = self.library.packs().iter().filter(|p| p.id == pack);
        self.of(packs.flat_map(|p| &p.questions).filter(|q| q.topic == topic))
    }
}

#[cfg(test)]
mod tests;
