//! What the learner knows on a day, of a question, a topic or a credential.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::catalog::CredentialId;
use super::history::{History, Learned};
use super::library::Library;
use super::memory::Model;
use super::question::{Question, QuestionId};

/// A memory that lasts so many days is mastered.
pub const MIN_MASTERED_DAYS: f64 = 21.0;
/// Retrievability that mastery asks for, where the learner desires no less.
const MIN_MASTERED_RETRIEVABILITY: f64 = 0.9;
/// The share of questions whose strength a mastered whole asks for, as a fraction of whole numbers.
const STRONG_SHARE: (usize, usize) = (4, 5);

/// How far the learner has come with something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StudyStage {
    /// Never answered.
    Unseen,
    /// Answered, never right.
    Seen,
    /// Answered right at least once.
    Learning,
    /// Recalled with a chance of at least 0.9, for at least [`MIN_MASTERED_DAYS`].
    Mastered,
}

impl StudyStage {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            StudyStage::Unseen => "unseen",
            StudyStage::Seen => "seen",
            StudyStage::Learning => "learning",
            StudyStage::Mastered => "mastered",
        }
    }
}

/// What is known of several questions together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "Row", into = "Row")]
pub struct Mastery {
    /// How many questions there are.
    pub questions: usize,
    /// Once answered; includes `learning`.
    pub seen: usize,
    /// Once answered right; includes `mastered`.
    pub learning: usize,
    /// Those that are mastered.
    pub mastered: usize,
    /// Mean retrievability, unseen ones as 0; none without questions.
    pub mean: Option<f64>,
    /// The stage of all together.
    pub study: StudyStage,
}

/// A mastery as it is kept: there are many, and their names would be most of it.
type Row = (usize, usize, usize, usize, Option<f64>, StudyStage);

impl From<Row> for Mastery {
    fn from((questions, seen, learning, mastered, mean, study): Row) -> Self {
        Mastery { questions, seen, learning, mastered, mean, study }
    }
}

impl From<Mastery> for Row {
    fn from(m: Mastery) -> Self {
        (m.questions, m.seen, m.learning, m.mastered, m.mean, m.study)
    }
}

impl Mastery {
    /// Of no questions.
    pub const NONE: Mastery =
        Mastery { questions: 0, seen: 0, learning: 0, mastered: 0, mean: None, study: StudyStage::Unseen };
}

/// How one question stands on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuestionMastery {
    /// The stage of this question.
    pub study: StudyStage,
    /// Chance to recall it, 0 where it was never answered.
    pub chance: f64,
    /// Whether its strength has reached [`MIN_MASTERED_DAYS`].
    pub strong: bool,
}

impl QuestionMastery {
    const NOTHING: QuestionMastery =
        QuestionMastery { study: StudyStage::Unseen, chance: 0.0, strong: false };
}

/// Questions counted, on the way to a [`Mastery`].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MasteryTally {
    questions: usize,
    seen: usize,
    learning: usize,
    mastered: usize,
    strong: usize,
    /// Sum of the chances to recall.
    chances: f64,
}

impl MasteryTally {
    /// Counts one more question.
    pub fn add(&mut self, known: &QuestionMastery) {
        self.questions += 1;
        self.seen += usize::from(known.study >= StudyStage::Seen);
        self.learning += usize::from(known.study >= StudyStage::Learning);
        self.mastered += usize::from(known.study == StudyStage::Mastered);
        self.strong += usize::from(known.strong);
        self.chances += known.chance;
    }
}

/// All that decides what the learner knows on a day.
#[derive(Debug, Clone, Copy)]
pub struct Knowledge<'a> {
    /// Packs and catalogs.
    pub library: &'a Library,
    /// What was answered.
    pub history: &'a History,
    /// The memory model of this learner.
    pub model: &'a Model,
    /// Desired retention.
    pub retention: f64,
    /// The day of memory.
    pub day: NaiveDate,
}

impl Knowledge<'_> {
    /// Retrievability that mastery asks for.
    fn required_retrievability(&self) -> f64 {
        self.retention.min(MIN_MASTERED_RETRIEVABILITY)
    }

    /// The memory of a question; `None` if it was never answered within the schedule.
    pub fn learned(&self, id: &QuestionId) -> Option<&Learned> {
        self.history.learned(id)
    }

    /// Chance to recall today (tomorrow, where it was answered today); 0 for what was never answered.
    pub fn retrievability(&self, id: &QuestionId) -> f64 {
        self.learned(id).map_or(0.0, |l| l.retrievability(self.model, self.day))
    }

    /// Retrievability only falls with the days: it is due once the day's is at or below the desired one.
    pub fn is_due(&self, id: &QuestionId) -> bool {
        self.learned(id).is_some_and(|l| {
            l.days_until(self.day) > 0 && l.retrievability(self.model, self.day) <= self.retention
        })
    }

    /// Whether a memory is strong, whatever the day.
    pub fn is_strong(&self, id: &QuestionId) -> bool {
        self.learned(id).is_some_and(|l| self.is_strong_belief(l))
    }

    /// The strength is above the bar where retrievability on that day is: one power, not forty.
    fn is_strong_belief(&self, learned: &Learned) -> bool {
        self.model.retrievability(&learned.belief, MIN_MASTERED_DAYS) >= 0.9
    }

    /// The stage of one question.
    pub fn study(&self, id: &QuestionId) -> StudyStage {
        self.known(id).study
    }

    /// How one question stands.
    pub fn known(&self, id: &QuestionId) -> QuestionMastery {
        let Some(learned) = self.learned(id) else { return QuestionMastery::NOTHING };
        let chance = learned.retrievability(self.model, self.day);
        let strong = self.is_strong_belief(learned);
        let study = match chance >= self.required_retrievability() && strong {
            true => StudyStage::Mastered,
            false if learned.ever_right => StudyStage::Learning,
            false => StudyStage::Seen,
        };
        QuestionMastery { study, chance, strong }
    }

    /// What is known of these questions together.
    pub fn of<'q>(&self, questions: impl Iterator<Item = &'q Question>) -> Mastery {
        let mut tally = MasteryTally::default();
        questions.for_each(|question| tally.add(&self.known(&question.id)));
        self.sum(&tally)
    }

    /// What a tally comes to.
    pub fn sum(&self, tally: &MasteryTally) -> Mastery {
        let mean = (tally.questions > 0).then(|| tally.chances / tally.questions as f64);
        let mut mastery = Mastery {
            questions: tally.questions,
            seen: tally.seen,
            learning: tally.learning,
            mastered: tally.mastered,
            mean,
            study: StudyStage::Unseen,
        };
        mastery.study = self.stage_of_all(&mastery, tally.strong);
        mastery
    }

    fn stage_of_all(&self, mastery: &Mastery, strong: usize) -> StudyStage {
        let (part, whole) = STRONG_SHARE;
        let known = mastery.mean.is_some_and(|mean| mean >= self.required_retrievability());
        if known && strong * whole >= mastery.questions * part {
            StudyStage::Mastered
        } else if mastery.learning > 0 {
            StudyStage::Learning
        } else if mastery.seen > 0 {
            StudyStage::Seen
        } else {
            StudyStage::Unseen
        }
    }

    /// What is known of the questions about a credential.
    pub fn of_credential(&self, id: &CredentialId) -> Mastery {
        self.of(self.library.questions_of(id))
    }

    /// What is known of a topic's questions.
    pub fn of_topic(&self, pack: &str, topic: &str) -> Mastery {
        let packs = self.library.packs().iter().filter(|p| p.id == pack);
        self.of(packs.flat_map(|p| &p.questions).filter(|q| q.topic == topic))
    }
}

#[cfg(test)]
mod tests;
