//! How well this learner learns from misses, as later answers show it.

use serde::{Deserialize, Serialize};

use super::{BeforeAnswer, Evidence};

/// How firmly a learner's term starts at 0, in squared evidence.
const INITIAL_PRECISION: f64 = 0.15;
/// The lowest weight of new evidence: learners change.
const MIN_GAIN: f64 = 0.05;
/// One answer moves the term by at most this much.
const MAX_STEP: f64 = 0.5;
/// The term is within plus and minus this.
const MAX_TERM: f64 = 6.0;

/// How much better or worse than usual a learner learns from misses, in log odds: -6 to 6, usually 0.
///
/// It is no part of a belief. It is applied when a belief is read, so that it counts at once for everything that was
/// already missed.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
pub struct Term(f64);

impl Term {
    /// That of a learner of whom nothing is known.
    pub const USUAL: Term = Term(0.0);

    /// A term from log odds, brought within its range.
    pub fn of(log_odds: f64) -> Term {
        Term(log_odds.clamp(-MAX_TERM, MAX_TERM))
    }

    /// Its log odds, -6 to 6.
    pub fn log_odds(self) -> f64 {
        self.0
    }

    /// A chance with its odds multiplied by e^term.
    pub fn shift(self, chance: f64) -> f64 {
        shifted(chance, self.odds())
    }

    /// e^term.
    pub(crate) fn odds(self) -> f64 {
        self.0.exp()
    }
}

/// A chance with its odds multiplied.
pub(crate) fn shifted(chance: f64, odds: f64) -> f64 {
    odds * chance / (1.0 + (odds - 1.0) * chance)
}

/// A learner's term, and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TermEstimate {
    /// The term.
    pub term: Term,
    /// How firmly it is known: its variance is about one over this.
    pub precision: f64,
    /// Answers on later days to questions that were missed the last time.
    pub answers_to_misses: u32,
}

impl Default for TermEstimate {
    fn default() -> Self {
        TermEstimate { term: Term::USUAL, precision: INITIAL_PRECISION, answers_to_misses: 0 }
    }
}

impl TermEstimate {
    /// Its standard deviation, in log odds.
    pub fn sd(&self) -> f64 {
        1.0 / self.precision.sqrt()
    }

    /// The estimate after an answer on a later day.
    ///
    /// The evidence is by how much the answer makes "not learned" less likely: the slope of the answer's
    /// log likelihood in the term. On average it is 0 if the term is right, whatever the chance to guess.
    #[must_use]
    pub fn after(&self, before: &BeforeAnswer, answer: &Evidence) -> TermEstimate {
        let (mut not_learned, mut knew) = (0.0, 0.0);
        for chance in before.chances() {
            not_learned += chance.hypothesis.weight * (1.0 - chance.learned);
            knew += chance.hypothesis.weight * chance.known();
        }
        let ratio = match answer.correct {
            true => answer.guess / (knew + (1.0 - knew) * answer.guess),
            false => 1.0 / (1.0 - knew),
        };
        let evidence = not_learned - not_learned * ratio;
        let step = (1.0 / self.precision).max(MIN_GAIN) * evidence;
        TermEstimate {
            term: Term::of(self.term.0 + step.clamp(-MAX_STEP, MAX_STEP)),
            precision: self.precision + evidence * evidence,
            answers_to_misses: self.answers_to_misses + u32::from(before.belief().is_of_a_miss()),
        }
    }
}
