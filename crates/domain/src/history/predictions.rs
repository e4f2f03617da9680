//! What the program predicted, against what came true.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How many answers make a block that is compared with its predictions.
const BLOCK_ANSWERS: u32 = 200;
/// A block is calibrated if predicted and actual share differ by at most this.
const MAX_CALIBRATION_ERROR: f64 = 0.03;

/// Predicted against actual, over answers on a later day than the question's last one.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Calibration {
    /// Answers that were predicted.
    pub answers: u32,
    /// Sum of the chances that the program gave.
    pub predicted: f64,
    /// How many of them were right.
    pub right: u32,
}

impl Calibration {
    pub(super) fn add(&mut self, predicted: f64, right: bool) {
        self.answers += 1;
        self.predicted += predicted;
        self.right += u32::from(right);
    }

    /// Mean of the predicted chances, and the share that was right; `None` without answers.
    pub fn means(&self) -> Option<(f64, f64)> {
        let of = f64::from(self.answers);
        (self.answers > 0).then(|| (self.predicted / of, f64::from(self.right) / of))
    }
}

/// Number of bins for a chance from 0 to 1.
pub const BINS: usize = 10;

/// The bin of a chance, 0 to `BINS - 1`.
pub fn bin(chance: f64) -> usize {
    ((chance * BINS as f64) as usize).min(BINS - 1)
}

/// Predicted against actual, by the chance that the program gave.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Predictions {
    /// All predictions together.
    pub all: Calibration,
    /// Those of 0 to 10 %, of 10 to 20 %, ...
    pub bins: [Calibration; BINS],
    /// The block that is being filled.
    block: Calibration,
    /// The day on which the first calibrated block was full.
    pub calibrated_on: Option<NaiveDate>,
}

impl Predictions {
    pub(super) fn add(&mut self, predicted: f64, right: bool, day: NaiveDate) {
        self.all.add(predicted, right);
        self.bins[bin(predicted)].add(predicted, right);
        self.block.add(predicted, right);
        if self.block.answers < BLOCK_ANSWERS {
            return;
        }
        let is_near = |(predicted, actual): (f64, f64)| (predicted - actual).abs() <= MAX_CALIBRATION_ERROR;
        if self.block.means().is_some_and(is_near) {
            self.calibrated_on.get_or_insert(day);
        }
        self.block = Calibration::default();
    }

    /// Answers in the block that is being filled, and its full size.
    pub fn block(&self) -> (u32, u32) {
        (self.block.answers, BLOCK_ANSWERS)
    }
}
