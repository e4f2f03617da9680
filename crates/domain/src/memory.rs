//! What the learner remembers of one question: a belief that allows for guessing, and for misses that are not
//! learned from.
//!
//! A belief is up to four FSRS-6 memory states, each with a weight and with the chance that there is a memory at all:
//! 1 after a recall, 0.75 after a miss. A right answer splits each state into "recalled" and "guessed right", a wrong
//! one counts as forgotten and perhaps not learned; Bayes' rule weighs them, and the nearest pairs are merged.
//! What is not learned is never recalled. How much better or worse than usual a learner learns from misses is their
//! [`Term`]; it is applied when a belief is read.

use std::fmt;

use fsrs::{DEFAULT_PARAMETERS, FSRS};

use super::journal::{Deed, Event};

mod before_answer;
mod fsrs6;
mod merging;
mod prior;
mod term;

pub use before_answer::BeforeAnswer;
use fsrs6::{Fsrs6, PARAMETERS, State};
use merging::Split;
pub use prior::FirstAnswers;
pub(crate) use term::shifted;
pub use term::{Term, TermEstimate};

/// Names the model: what another one has computed is of no use to it.
pub const MODEL_EDITION: u32 = 2;

/// A belief has at most this many hypotheses.
pub const MAX_HYPOTHESES: usize = 4;
/// The highest chance of recall that is believed before an answer: a typo is always possible.
pub const MAX_RECALL: f64 = 0.99;
/// Chance that a miss, with the answer shown, is learned from, before the learner has shown better.
pub const LEARNED_AFTER_MISS: f64 = 0.75;
/// Hypotheses with a lower weight, next to others that sum to about one, are dropped.
const MIN_WEIGHT: f64 = 1e-30;
/// The shortest and the longest interval, in days.
const INTERVAL_RANGE: (f64, f64) = (1e-4, 36_500.0);
/// An interval is found when a step changes it by at most this share: the error left is about the square of it.
const INTERVAL_TOLERANCE: f64 = 1e-5;
/// Half a dozen steps are enough; this limit ends the search whatever the numbers are.
const MAX_INTERVAL_STEPS: u32 = 100;

/// How well an answer was recalled (FSRS calls it a rating).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// Not recalled.
    Again = 1,
    /// Recalled with effort, or after a hint.
    Hard = 2,
    /// Recalled.
    Good = 3,
}

/// One possible state of the learner's memory of a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hypothesis {
    /// Share of the belief, 0 to 1; a belief's weights sum to one.
    pub weight: f64,
    /// Days until recall falls to 0.9, above 0.
    pub stability: f64,
    /// From 1 (easy) to 10.
    pub difficulty: f64,
    /// Chance that there is a memory at all, 0 to 1, for the usual learner; see [`Term`].
    pub learned: f64,
}

/// One answer as evidence about the memory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// Whether the answer was right.
    pub correct: bool,
    /// Chance that somebody who does not know guesses right, at least 0 and below 1.
    pub guess: f64,
    /// Whole days since the last answer; 0 on the same day. Ignored for a first answer.
    pub days: u32,
    /// Chance that the learner knew it before the first answer; ignored later.
    pub prior: f64,
    /// Whether a hint was shown: a right answer then counts as Hard, not as Good.
    pub hint: bool,
}

/// What may be remembered: up to four hypotheses, in the order of their stability; never empty.
#[derive(Clone, Copy)]
pub struct Belief {
    /// The first `len` of them count.
    hypotheses: [Hypothesis; MAX_HYPOTHESES],
    len: usize,
}

/// FSRS-6 with one set of parameters.
///
/// ```
/// use badgedex_domain::memory::{Evidence, Model, Term};
///
/// let (model, term) = (Model::default(), Term::USUAL);
/// let first = Evidence { correct: true, guess: 0.25, days: 0, prior: 0.5, hint: false };
/// let belief = model.update(None, &first, term);
/// let again = model.update(Some(&belief), &Evidence { days: 3, ..first }, term);
///
/// // A second right answer, three days later, makes a guess less likely and the memory stronger.
/// assert!(model.retrievability(&again, 7.0, term) > model.retrievability(&belief, 7.0, term));
/// assert!(model.due_after(&again, 0.9, term) >= model.due_after(&belief, 0.9, term));
/// ```
#[derive(Debug, Clone)]
pub struct Model {
    /// As they were fitted; the step uses them in 64-bit.
    parameters: [f32; PARAMETERS],
    fsrs: Fsrs6,
    /// Chance that a miss is learned from, before the learner has shown better.
    learned_after_miss: f64,
}

impl Default for Model {
    fn default() -> Self {
        Model::of(DEFAULT_PARAMETERS)
    }
}

impl Model {
    /// A model with the learner's own 21 parameters; `None` if the `fsrs` crate refuses them.
    pub fn tuned(parameters: &[f32]) -> Option<Model> {
        let parameters: [f32; PARAMETERS] = parameters.try_into().ok()?;
        let decay = parameters[PARAMETERS - 1];
        let usable = parameters.iter().all(|p| p.is_finite()) && FSRS::new(&parameters).is_ok();
        (usable && (0.1..=0.8).contains(&decay)).then(|| Model::of(parameters))
    }

    /// The model that the journal decides: the last parameters that can be used, else the defaults.
    ///
    /// `events` are in the journal's order, without retracted ones.
    pub fn of_events(events: &[Event]) -> Model {
        let tuned = events.iter().rev().find_map(|event| match &event.deed {
            Deed::Tuned { parameters } => {
                let parameters: Vec<f32> = parameters.iter().map(|p| *p as f32).collect();
                Model::tuned(&parameters)
            }
            Deed::Answered(_) | Deed::Passed(_) | Deed::Failed { .. } | Deed::Scheduled(_) => None,
            Deed::Moved { .. } | Deed::Unscheduled { .. } | Deed::Dropped { .. } => None,
            Deed::Skipped { .. } | Deed::Unskipped { .. } => None,
            Deed::Suspended { .. } | Deed::Resumed { .. } | Deed::Set { .. } => None,
            Deed::Flagged { .. } | Deed::Unflagged { .. } | Deed::Noted { .. } => None,
            Deed::ExamStarted(_) | Deed::ExamMarked(_) | Deed::ExamFinished { .. } => None,
            Deed::ExamPaused { .. } | Deed::ExamResumed { .. } => None,
            Deed::Retracted { .. } | Deed::Unknown { .. } => None,
        });
        tuned.unwrap_or_default()
    }

    fn of(parameters: [f32; PARAMETERS]) -> Model {
        // Through the shortest decimal, so that 0.1542 is that number and not the nearest `f32`.
        let decimal = |p: f32| p.to_string().parse().unwrap_or(f64::from(p));
        Model {
            parameters,
            fsrs: Fsrs6::new(&parameters.map(decimal)),
            learned_after_miss: LEARNED_AFTER_MISS,
        }
    }

    /// The same model as it was in its first edition, which took every miss to be learned: it tells what an upgrade
    /// has changed.
    #[must_use]
    pub fn first_edition(&self) -> Model {
        Model { learned_after_miss: 1.0, ..self.clone() }
    }

    /// Its 21 parameters.
    pub fn parameters(&self) -> &[f32] {
        &self.parameters
    }

    /// Chance to recall `days` after the last answer what was learned, for one memory state.
    pub fn recall(&self, stability: f64, days: f64) -> f64 {
        self.fsrs.recall(stability, days)
    }

    /// Stability and difficulty after one answer of plain FSRS-6; `before` is `None` for the first one.
    pub fn step(&self, before: Option<(f64, f64)>, grade: Grade, days: u32) -> (f64, f64) {
        match before {
            None => self.fsrs.first(grade),
            Some(state) => self.fsrs.next(state, grade, days, self.recall(state.0, f64::from(days))),
        }
    }

    /// Chance to recall the answer (not to guess it) `days` after the last one, 0 to 1.
    pub fn retrievability(&self, belief: &Belief, days: f64, term: Term) -> f64 {
        self.retrievability_by_odds(belief, days, term.odds())
    }

    fn retrievability_by_odds(&self, belief: &Belief, days: f64, odds: f64) -> f64 {
        let recalls = |h: &Hypothesis| h.weight * shifted(h.learned, odds) * self.recall(h.stability, days);
        belief.hypotheses().iter().map(recalls).sum()
    }

    /// Days until retrievability falls to `retention`: the belief's strength at 0.9. Not rounded.
    ///
    /// Newton's method, on retrievability to the power of -1/decay: of one hypothesis that is a straight line over
    /// the days, so that the first step is exact; of several it bends down, so that no step goes too far.
    pub fn interval(&self, belief: &Belief, retention: f64, term: Term) -> f64 {
        let odds = term.odds();
        let mut days = 0.0;
        for _ in 0..MAX_INTERVAL_STEPS {
            let (mut chance, mut loss) = (0.0, 0.0);
            for h in belief.hypotheses() {
                let recalled = h.weight * shifted(h.learned, odds) * self.recall(h.stability, days);
                chance += recalled;
                loss += recalled * self.fsrs.growth(h.stability, days);
            }
            let step = (self.fsrs.straightened(retention / chance) - 1.0) * chance / loss;
            days += step;
            if step <= INTERVAL_TOLERANCE * days || days >= INTERVAL_RANGE.1 {
                break;
            }
        }
        days.clamp(INTERVAL_RANGE.0, INTERVAL_RANGE.1)
    }

    /// The first whole day after the last answer, at least 1, on which retrievability is at or
    /// below `retention`.
    pub fn due_after(&self, belief: &Belief, retention: f64, term: Term) -> u32 {
        let odds = term.odds();
        let is_above = |days: u32| self.retrievability_by_odds(belief, f64::from(days), odds) > retention;
        let mut days = (self.interval(belief, retention, term).ceil() as u32).max(1);
        // The interval is not exact to the last bit; the day is.
        while days > 1 && !is_above(days - 1) {
            days -= 1;
        }
        while f64::from(days) < INTERVAL_RANGE.1 && is_above(days) {
            days += 1;
        }
        days
    }

    /// A belief just before an answer, `days` after the last one, with the chance to recall each hypothesis. `term` is
    /// the learner's before the answer.
    pub fn before_answer<'b>(&self, belief: &'b Belief, days: u32, term: Term) -> BeforeAnswer<'b> {
        BeforeAnswer::new(self, belief, days, term)
    }

    /// The belief after one more answer; `before` is `None` for a question that was never answered. `term` is the
    /// learner's before the answer.
    pub fn update(&self, before: Option<&Belief>, evidence: &Evidence, term: Term) -> Belief {
        match before {
            None => self.after_first(evidence),
            Some(belief) => self.after(&self.before_answer(belief, evidence.days, term), evidence),
        }
    }

    fn after_first(&self, evidence: &Evidence) -> Belief {
        let mut split = Split::default();
        self.split(None, (1.0, evidence.prior.min(MAX_RECALL)), evidence, &mut split);
        split.merged()
    }

    /// The belief after an answer, from that just before it, on the day of the evidence.
    pub fn after(&self, before: &BeforeAnswer, evidence: &Evidence) -> Belief {
        let mut split = Split::default();
        for chance in before.chances() {
            let h = chance.hypothesis;
            if evidence.days == 0 {
                split.push(self.look(h, evidence));
            } else {
                let from = Before { state: (h.stability, h.difficulty), recall: chance.recall };
                self.split(Some(from), (h.weight, chance.known()), evidence, &mut split);
            }
        }
        split.merged()
    }

    /// What one hypothesis becomes after an answer on the day of the last one: no evidence, but one more look at
    /// the answer.
    fn look(&self, h: &Hypothesis, evidence: &Evidence) -> Hypothesis {
        let (grade, learned) = match evidence.correct {
            true => (evidence.grade(), h.learned + self.learned_after_miss * (1.0 - h.learned)),
            false => (Grade::Again, self.learned_after_miss),
        };
        let (stability, difficulty) = self.step(Some((h.stability, h.difficulty)), grade, 0);
        Hypothesis { weight: h.weight, stability, difficulty, learned }
    }

    /// What one hypothesis becomes after an answer on a later day, or after the first one: recalled, guessed right,
    /// or missed. `knew` is the chance that the answer was known.
    fn split(
        &self,
        from: Option<Before>,
        (weight, knew): (f64, f64),
        evidence: &Evidence,
        after: &mut Split,
    ) {
        let next = |weight: f64, grade: Grade, learned: f64| {
            let (stability, difficulty) = match &from {
                None => self.fsrs.first(grade),
                Some(from) => self.fsrs.next(from.state, grade, evidence.days, from.recall),
            };
            Hypothesis { weight, stability, difficulty, learned }
        };
        if evidence.correct {
            after.push(next(weight * knew, evidence.grade(), 1.0));
        }
        if !evidence.correct || evidence.guess > 0.0 {
            let chance = if evidence.correct { evidence.guess } else { 1.0 };
            after.push(next(weight * (1.0 - knew) * chance, Grade::Again, self.learned_after_miss));
        }
    }
}

/// A state before an answer on a later day, and the chance to recall what was learned.
struct Before {
    state: State,
    recall: f64,
}

impl Evidence {
    /// How well it was recalled, if it was.
    fn grade(&self) -> Grade {
        if self.hint { Grade::Hard } else { Grade::Good }
    }
}

impl Belief {
    /// A belief from its stored hypotheses; `None` if they are not a valid belief.
    pub fn of(hypotheses: &[Hypothesis]) -> Option<Belief> {
        let is_sound = |h: &Hypothesis| {
            (0.0..1.001).contains(&h.weight)
                && h.stability > 0.0
                && h.stability.is_finite()
                && h.difficulty.is_finite()
                && (0.0..1.001).contains(&h.learned)
        };
        let fits = (1..=MAX_HYPOTHESES).contains(&hypotheses.len()) && hypotheses.iter().all(is_sound);
        fits.then(|| Belief::of_sound(hypotheses))
    }

    /// Of one to four hypotheses.
    fn of_sound(hypotheses: &[Hypothesis]) -> Belief {
        let mut all = [Hypothesis::NONE; MAX_HYPOTHESES];
        all[..hypotheses.len()].copy_from_slice(hypotheses);
        Belief { hypotheses: all, len: hypotheses.len() }
    }

    /// The hypotheses, in the order of their stability.
    pub fn hypotheses(&self) -> &[Hypothesis] {
        &self.hypotheses[..self.len]
    }

    /// Whether the question was missed the last time that it was answered, as far as the belief can tell: in no
    /// hypothesis was it recalled since.
    pub fn is_of_a_miss(&self) -> bool {
        self.hypotheses().iter().all(|h| h.learned < 1.0)
    }
}

impl PartialEq for Belief {
    fn eq(&self, other: &Belief) -> bool {
        self.hypotheses() == other.hypotheses()
    }
}

impl fmt::Debug for Belief {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_tuple("Belief").field(&self.hypotheses()).finish()
    }
}

impl Hypothesis {
    /// Fills places that do not count.
    const NONE: Hypothesis = Hypothesis { weight: 0.0, stability: 1.0, difficulty: 1.0, learned: 1.0 };
}

#[cfg(test)]
mod tests;
