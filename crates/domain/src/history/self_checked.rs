//! Answers that only the learner can check, counted apart from the others.

use serde::{Deserialize, Serialize};

use super::{Calibration, Review};

/// Counts of self-checked answers.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct SelfChecked {
    /// All self-checked answers.
    pub answers: u32,
    /// Known, with effort or without.
    pub known: u32,
    /// Those of the known ones that took effort, or a hint.
    pub hard: u32,
    /// Predicted against actual, as [`Predictions`](super::Predictions) counts for checked answers.
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
