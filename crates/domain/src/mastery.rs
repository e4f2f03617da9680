//! What the learner knows on a day, of a question, a topic or a credential.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::catalog::CredentialId;
use super::history::{History, Learned};
use super::library::Library;
use super::memory::{Model, Term};
use super::question::{Question, QuestionId};

/// Strength, in days, from which a question is mastered.
pub const MIN_MASTERED_DAYS: f64 = 21.0;
/// Retrievability that mastery requires, unless the desired retention is lower.
const MIN_MASTERED_RETRIEVABILITY: f64 = 0.9;
/// Share of strong questions that a mastered topic or credential requires: four of five.
const STRONG_SHARE: (usize, usize) = (4, 5);

/// How far the learner has come with a question, a topic or a credential.
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
    /// Mean retrievability, 0 to 1, with unseen questions as 0; `None` without questions.
    pub mean: Option<f64>,
    /// The stage of all together.
    pub study: StudyStage,
}

/// A mastery as the cache stores it: there are many, and field names would be most of the text.
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

/// What is known of one question on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuestionMastery {
    /// The stage of this question.
    pub study: StudyStage,
    /// Chance to recall it, 0 to 1; 0 if it was never answered.
    pub chance: f64,
    /// Whether its strength has reached [`MIN_MASTERED_DAYS`].
    pub strong: bool,
}

impl QuestionMastery {
    const NOTHING: QuestionMastery =
        QuestionMastery { study: StudyStage::Unseen, chance: 0.0, strong: false };
}

/// Counters that become a [`Mastery`] by [`Knowledge::sum`].
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

    /// Counts the questions of another tally, too.
    pub fn merge(&mut self, other: &MasteryTally) {
        self.questions += other.questions;
        self.seen += other.seen;
        self.learning += other.learning;
        self.mastered += other.mastered;
        self.strong += other.strong;
        self.chances += other.chances;
    }
}

/// Everything that decides what the learner knows on a day.
#[derive(Debug, Clone, Copy)]
pub struct Knowledge<'a> {
    /// Packs and catalogs.
    pub library: &'a Library,
    /// What was answered.
    pub history: &'a History,
    /// The memory model of this learner.
    pub model: &'a Model,
    /// Desired retention, 0.8 to 0.97.
    pub retention: f64,
    /// The day of memory, which begins at 04:00.
    pub day: NaiveDate,
}

impl Knowledge<'_> {
    /// Retrievability that mastery requires of this learner.
    fn required_retrievability(&self) -> f64 {
        self.retention.min(MIN_MASTERED_RETRIEVABILITY)
    }

    /// How well the learner learns from misses.
    pub fn term(&self) -> Term {
        self.history.totals.learner.term
    }

    /// The memory of a question; `None` if it was never answered within the schedule.
    pub fn learned(&self, id: &QuestionId) -> Option<&Learned> {
        self.history.learned(id)
    }

    /// Chance to recall today, or tomorrow if it was answered today; 0 if it was never answered.
    pub fn retrievability(&self, id: &QuestionId) -> f64 {
        self.learned(id).map_or(0.0, |l| l.retrievability(self.model, self.term(), self.day))
    }

    /// Whether retrievability has fallen to the desired retention. Never on the day of an answer.
    pub fn is_due(&self, id: &QuestionId) -> bool {
        self.learned(id).is_some_and(|l| {
            l.days_until(self.day) > 0
                && l.retrievability(self.model, self.term(), self.day) <= self.retention
        })
    }

    /// The day on which a question is due, this one if it already is; `None` if it was never answered.
    pub fn due_on(&self, id: &QuestionId) -> Option<NaiveDate> {
        self.learned(id).map(|l| l.due_on(self.model, self.term(), self.retention).max(self.day))
    }

    /// Whether the strength has reached [`MIN_MASTERED_DAYS`], whatever the day.
    pub fn is_strong(&self, id: &QuestionId) -> bool {
        self.learned(id).is_some_and(|l| l.is_strong(self.model, self.term(), MIN_MASTERED_DAYS))
    }

    /// The stage of one question.
    pub fn study(&self, id: &QuestionId) -> StudyStage {
        self.known(id).study
    }

    /// What is known of one question.
    pub fn known(&self, id: &QuestionId) -> QuestionMastery {
        let Some(learned) = self.learned(id) else { return QuestionMastery::NOTHING };
        let chance = learned.retrievability(self.model, self.term(), self.day);
        let strong = learned.is_strong(self.model, self.term(), MIN_MASTERED_DAYS);
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

    /// The mastery that a tally amounts to.
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

    /// The mastery of parts that count by their weights, such as the domains of an exam: the mean is weighted, the
    /// numbers are sums.
    pub fn sum_by_weight<'t>(&self, parts: impl IntoIterator<Item = (f64, &'t MasteryTally)>) -> Mastery {
        let (mut all, mut weights, mut weighted) = (MasteryTally::default(), 0.0, 0.0);
        for (weight, part) in parts.into_iter().filter(|(_, part)| part.questions > 0) {
            all.merge(part);
            weights += weight;
            weighted += weight * part.chances / part.questions as f64;
        }
        let mut mastery = self.sum(&all);
        if weights > 0.0 {
            mastery.mean = Some(weighted / weights);
            mastery.study = self.stage_of_all(&mastery, all.strong);
        }
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
