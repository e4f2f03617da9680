//! How far something has come that is reached bit by bit.

use chrono::NaiveDate;

use super::{Award, AwardState};

/// Something that is reached bit by bit, and the day on which it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reach {
    pub have: u32,
    pub need: u32,
    /// The day on which it was.
    pub on: Option<NaiveDate>,
}

impl Reach {
    /// So many of the days on which single things were reached.
    pub fn of_days(mut days: Vec<NaiveDate>, need: u32) -> Reach {
        days.sort_unstable();
        let on = days.get(need as usize - 1).copied();
        Reach { have: (days.len() as u32).min(need), need, on }
    }

    pub fn once(on: Option<NaiveDate>) -> Reach {
        Reach { have: u32::from(on.is_some()), need: 1, on }
    }

    pub fn state(self, award: Award) -> AwardState {
        AwardState { award, have: self.have.min(self.need), need: self.need, earned_on: self.on }
    }

    /// Of two, the one that was reached first; else the one that is nearer.
    pub fn better(self, other: Reach) -> Reach {
        let share = |reach: &Reach| f64::from(reach.have) / f64::from(reach.need.max(1));
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

    pub fn best(all: impl IntoIterator<Item = Reach>) -> Reach {
        all.into_iter().reduce(Reach::better).unwrap_or(Reach { need: 1, ..Reach::default() })
    }
}

/// Questions that belong together, and how many of them have been remembered for three weeks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Whole {
    pub questions: u32,
    pub kept: u32,
    /// The day on which the last one was.
    pub last: Option<NaiveDate>,
}

impl Whole {
    pub fn add(&mut self, reached: Option<NaiveDate>) {
        self.questions += 1;
        self.kept += u32::from(reached.is_some());
        self.last = self.last.max(reached);
    }

    pub fn reach(self) -> Reach {
        let is_whole = self.kept == self.questions;
        Reach { have: self.kept, need: self.questions, on: self.last.filter(|_| is_whole) }
    }

    pub fn and(self, other: Whole) -> Whole {
        Whole {
            questions: self.questions + other.questions,
            kept: self.kept + other.kept,
            last: self.last.max(other.last),
        }
    }
}
