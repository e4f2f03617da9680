//! How much harder than the questions here an exam is, and what the results of real exams say about it.

use serde::{Deserialize, Serialize};

use super::distribution::{Distribution, NODES};
use super::{Cut, ExamShape, Levels};

/// Standard deviation with which a scaled score tells the share of right answers.
const SCORE_SD: f64 = 0.02;
/// The gap is tried on a grid of this many places to either side of its mean ...
const GRID: i32 = 20;
/// ... and this many of them to a standard deviation.
const PER_SD: f64 = 5.0;
/// Keeps the sum of the weights above zero if a result was hardly possible.
const HARDLY_POSSIBLE: f64 = 1e-12;

/// By how much the exam's questions are harder than those here, in log odds: a normal distribution.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// Its mean; negative if the exam is easier.
    pub mean: f64,
    /// Its standard deviation, at least 0.
    pub sd: f64,
}

impl Default for Gap {
    /// Before any result is known: either may be the harder one.
    fn default() -> Self {
        Gap { mean: 0.0, sd: 0.3 }
    }
}

/// The result of a real exam.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ExamResult {
    /// Passed or failed.
    Passed(bool),
    /// A scaled score, with the one that passes and the highest one.
    Scaled {
        /// The score.
        score: f64,
        /// The score that passes, below `top`.
        pass_mark: f64,
        /// The score for nothing but right answers.
        top: f64,
    },
}

impl Gap {
    /// The gap after a result of a real exam. `levels` is the learner as they were on its day.
    ///
    /// A result moves the gap only and never the levels: one exam cannot tell whether the learner or the exam was
    /// other than expected, and the levels have the better evidence.
    pub fn after(self, result: ExamResult, levels: &Levels, exam: &ExamShape) -> Gap {
        let place = |step: i32| {
            let z = f64::from(step) / PER_SD;
            let mean = self.mean + self.sd * z;
            let distribution = levels.distribution(exam, Gap { mean, sd: 0.0 });
            let likelihood = result.likelihood(&distribution, exam.cut);
            (mean, (-z * z / 2.0).exp() * (likelihood + HARDLY_POSSIBLE))
        };
        let grid: Vec<(f64, f64)> = (-GRID..=GRID).map(place).collect();
        let total: f64 = grid.iter().map(|(_, weight)| weight).sum();
        let mean = grid.iter().map(|(gap, weight)| gap * weight).sum::<f64>() / total;
        let variance = grid.iter().map(|(gap, weight)| (gap - mean).powi(2) * weight).sum::<f64>() / total;
        Gap { mean, sd: variance.sqrt() }
    }
}

impl ExamResult {
    fn likelihood(self, distribution: &Distribution, cut: Cut) -> f64 {
        match self {
            ExamResult::Passed(true) => distribution.chance_to_pass(cut),
            ExamResult::Passed(false) => 1.0 - distribution.chance_to_pass(cut),
            ExamResult::Scaled { score, pass_mark, top } => {
                scaled_likelihood((score - pass_mark) / (top - pass_mark), distribution, cut)
            }
        }
    }
}

/// The likelihood of a scaled score, given as its distance from the pass mark (0) to the highest score (1). The pass
/// mark corresponds to the cut, the highest score to answers that are all right.
fn scaled_likelihood(rise: f64, distribution: &Distribution, cut: Cut) -> f64 {
    let total = (distribution.chances.len() - 1) as f64;
    let of_cut = |(x, weight): &(f64, f64)| {
        let cut = cut.share + cut.sd * x;
        let told = cut + rise * (1.0 - cut);
        let of_number = |(right, chance): (usize, &f64)| {
            let off = (right as f64 / total - told) / SCORE_SD;
            chance * (-0.5 * off * off).exp()
        };
        weight * distribution.chances.iter().enumerate().map(of_number).sum::<f64>()
    };
    NODES.iter().map(of_cut).sum()
}
