//! Progress towards something that is reached step by step.

use chrono::NaiveDate;

use super::{Award, AwardState};

/// How much of something is done, and the day on which it was complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AwardProgress {
    pub have: u32,
    pub need: u32,
    /// The day on which it was complete; `None` if it is not.
    pub on: Option<NaiveDate>,
}

impl AwardProgress {
    /// Progress from the days on which single things were reached.
    pub fn of_days(mut days: Vec<NaiveDate>, need: u32) -> AwardProgress {
        days.sort_unstable();
        let on = days.get(need as usize - 1).copied();
        AwardProgress { have: (days.len() as u32).min(need), need, on }
    }

    pub fn once(on: Option<NaiveDate>) -> AwardProgress {
        AwardProgress { have: u32::from(on.is_some()), need: 1, on }
    }

    pub fn state(self, award: Award) -> AwardState {
        AwardState { award, have: self.have.min(self.need), need: self.need, earned_on: self.on }
    }

    /// The one that was complete first; else the one that is closer.
    pub fn better(self, other: AwardProgress) -> AwardProgress {
        let share = |progress: &AwardProgress| f64::from(progress.have) / f64::from(progress.need.max(1));
        match (self.on, other.on) {
            (Some(ours), Some(theirs)) => {
                if theirs < ours {
                    other
                } else {
                    self
                }
            }
            (Some(_), None) => self,
            (None, Some(_)) => other,
            (None, None) if share(&other) > share(&self) => other,
            (None, None) => self,
        }
    }

    pub fn best(all: impl IntoIterator<Item = AwardProgress>) -> AwardProgress {
        all.into_iter()
            .reduce(AwardProgress::better)
            .unwrap_or(AwardProgress { need: 1, ..AwardProgress::default() })
    }
}

/// A group of questions, and how many of them were remembered for three weeks.
#[derive(Debug, Clone, Copy, Default)]
pub struct QuestionGroup {
    pub questions: u32,
    pub kept: u32,
    /// The day on which the latest of them reached it.
    pub last: Option<NaiveDate>,
}

impl QuestionGroup {
    pub fn add(&mut self, reached: Option<NaiveDate>) {
        self.questions += 1;
        self.kept += u32::from(reached.is_some());
        self.last = self.last.max(reached);
    }

    pub fn progress(self) -> AwardProgress {
        let is_complete = self.kept == self.questions;
        AwardProgress { have: self.kept, need: self.questions, on: self.last.filter(|_| is_complete) }
    }

    pub fn and(self, other: QuestionGroup) -> QuestionGroup {
        QuestionGroup {
            questions: self.questions + other.questions,
            kept: self.kept + other.kept,
            last: self.last.max(other.last),
        }
    }
}
