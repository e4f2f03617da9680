//! Brings the hypotheses that an answer leaves back to a belief of at most four.

use super::{Belief, Hypothesis, MAX_HYPOTHESES, MIN_WEIGHT};

/// An answer splits each hypothesis into at most two.
const MAX_SPLIT: usize = 2 * MAX_HYPOTHESES;

/// The hypotheses after an answer, in no order; their weights need not sum to one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Split {
    hypotheses: [Hypothesis; MAX_SPLIT],
    len: usize,
}

impl Default for Split {
    fn default() -> Self {
        Split { hypotheses: [Hypothesis::NONE; MAX_SPLIT], len: 0 }
    }
}

impl Split {
    /// Adds one, unless its weight could underflow: the sum of weights would then be zero.
    pub fn push(&mut self, hypothesis: Hypothesis) {
        if hypothesis.weight > MIN_WEIGHT {
            self.hypotheses[self.len] = hypothesis;
            self.len += 1;
        }
    }

    /// The belief: the neighbors whose union loses least are merged first.
    pub fn merged(mut self) -> Belief {
        let mut len = self.len;
        let all = &mut self.hypotheses[..len];
        let total: f64 = all.iter().map(|h| h.weight).sum();
        all.iter_mut().for_each(|h| h.weight /= total);
        all.sort_unstable_by(|a, b| a.stability.total_cmp(&b.stability));
        let mut logs = [0.0; MAX_SPLIT];
        if len > MAX_HYPOTHESES {
            logs.iter_mut().zip(&*all).for_each(|(log, h)| *log = h.stability.ln());
        }
        while len > MAX_HYPOTHESES {
            let first = cheapest_pair(&all[..len], &logs);
            (all[first], logs[first]) = union(&all[first..=first + 1], &logs[first..=first + 1]);
            all.copy_within(first + 2..len, first + 1);
            logs.copy_within(first + 2..len, first + 1);
            len -= 1;
        }
        Belief::of_sound(&all[..len])
    }
}

/// The place of the first of the two neighbors whose union loses least: the spread of their log stabilities, by weight.
fn cheapest_pair(all: &[Hypothesis], logs: &[f64]) -> usize {
    let loss = |pair: (&[Hypothesis], &[f64])| {
        let (a, b) = (pair.0[0].weight, pair.0[1].weight);
        a * b / (a + b) * (pair.1[1] - pair.1[0]).powi(2)
    };
    let losses = all.windows(2).zip(logs.windows(2)).map(loss).enumerate();
    let (first, _) = losses.min_by(|a, b| a.1.total_cmp(&b.1)).expect("there are more than four");
    first
}

/// The union of two neighbors, and the logarithm of its stability.
fn union(pair: &[Hypothesis], logs: &[f64]) -> (Hypothesis, f64) {
    let (a, b) = (&pair[0], &pair[1]);
    let weight = a.weight + b.weight;
    let share = a.weight / weight;
    let mean = |a: f64, b: f64| share * a + (1.0 - share) * b;
    let log = mean(logs[0], logs[1]);
    let union = Hypothesis {
        weight,
        stability: log.exp(),
        difficulty: mean(a.difficulty, b.difficulty),
        learned: mean(a.learned, b.learned),
    };
    (union, log)
}
