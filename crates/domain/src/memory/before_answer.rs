//! A belief just before an answer: what was predicted of it, and what it then says about the memory and the learner
//! all start from the same chances, so they are worked out once.

use super::term::shifted;
use super::{Belief, Hypothesis, MAX_HYPOTHESES, MAX_RECALL, Model, Term};

/// A belief on the day of an answer, by the learner's term before it.
#[derive(Debug, Clone, Copy)]
pub struct BeforeAnswer<'b> {
    belief: &'b Belief,
    /// For each hypothesis, the chance that there is a memory, and the chance to recall it if there is one.
    chances: [(f64, f64); MAX_HYPOTHESES],
}

/// One hypothesis just before an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chance<'b> {
    pub hypothesis: &'b Hypothesis,
    /// Chance that there is a memory at all, for this learner.
    pub learned: f64,
    /// Chance to recall it if there is one.
    pub recall: f64,
}

impl Chance<'_> {
    /// Chance that the answer is known, as far as that is believed before it is given.
    pub fn known(&self) -> f64 {
        (self.learned * self.recall).min(MAX_RECALL)
    }
}

impl<'b> BeforeAnswer<'b> {
    pub(super) fn new(model: &Model, belief: &'b Belief, days: u32, term: Term) -> BeforeAnswer<'b> {
        let (odds, days) = (term.odds(), f64::from(days));
        let mut chances = [(0.0, 0.0); MAX_HYPOTHESES];
        for (chance, h) in chances.iter_mut().zip(belief.hypotheses()) {
            *chance = (shifted(h.learned, odds), model.recall(h.stability, days));
        }
        BeforeAnswer { belief, chances }
    }

    /// The belief.
    pub fn belief(&self) -> &'b Belief {
        self.belief
    }

    /// Chance to recall the answer, not to guess it, 0 to 1.
    pub fn retrievability(&self) -> f64 {
        self.chances().map(|chance| chance.hypothesis.weight * chance.learned * chance.recall).sum()
    }

    pub(super) fn chances(&self) -> impl Iterator<Item = Chance<'b>> {
        let with_chance = |(hypothesis, (learned, recall))| Chance { hypothesis, learned, recall };
        self.belief.hypotheses().iter().zip(self.chances).map(with_chance)
    }
}
