//! Answers of which only the learner says whether they were right: counted apart from checked ones.

use serde::{Deserialize, Serialize};

use super::{Calibration, Review};

/// What the learner said of answers that nothing else can check.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct SelfChecked {
    /// All self-checked answers.
    pub answers: u32,
    /// Known, with effort or without.
    pub known: u32,
    /// Those of the known ones that took effort, or a hint.
    pub hard: u32,
    /// As [`Predictions`](super::Predictions) has it for checked answers.
    pub calibration: Calibration,
}

impl SelfChecked {
    pub(super) fn add(&mut self, review: &Review) {
        self.answers += 1;
        self.known += u32::from(review.correct);
        self.hard += u32::from(review.correct && review.hint);
    }

    /// How many were not recalled.
    pub fn forgot(&self) -> u32 {
        self.answers - self.known
    }
}
