//! What the learner remembers of one question: a belief that allows for guessing.
//!
//! A belief is up to four FSRS-6 memory states with weights. A right answer splits each state into
//! "recalled" and "guessed right", a wrong one counts as forgotten; Bayes' rule weighs them, and the
//! nearest pairs are merged. The arithmetic of one state is that of the `fsrs` crate
//! (<https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>).

use fsrs::{DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview, MemoryState};
use serde::{Deserialize, Serialize};

use super::journal::{Deed, Event};

/// A belief has at most this many hypotheses.
pub const MAX_HYPOTHESES: usize = 4;
/// The highest chance of recall that is believed before an answer: a typo is always possible.
pub const MAX_RECALL: f64 = 0.99;
/// The weight, in first answers, of the initial prior of one half.
const PRIOR_WEIGHT: f64 = 5.0;
/// The range of the prior.
const PRIOR_RANGE: (f64, f64) = (0.02, 0.98);
/// Hypotheses with a lower weight, next to others that sum to about one, are dropped.
const MIN_WEIGHT: f64 = 1e-30;
/// The shortest and the longest interval that is searched for, in days.
const INTERVAL_RANGE: (f64, f64) = (1e-4, 36_500.0);
/// The precision of an interval, relative to it or to retrievability.
const INTERVAL_TOLERANCE: f64 = 1e-12;
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
#[derive(Debug, Clone, PartialEq)]
pub struct Belief(Vec<Hypothesis>);

/// FSRS-6 with one set of parameters.
///
/// ```
/// use badgedex_domain::memory::{Evidence, Model};
///
/// let model = Model::default();
/// let first = Evidence { correct: true, guess: 0.25, days: 0, prior: 0.5, hint: false };
/// let belief = model.update(None, &first);
/// let again = model.update(Some(&belief), &Evidence { days: 3, ..first });
///
/// // A second right answer, three days later, makes a guess less likely and the memory stronger.
/// assert!(model.retrievability(&again, 7.0) > model.retrievability(&belief, 7.0));
/// assert!(model.due_after(&again, 0.9) > model.due_after(&belief, 0.9));
/// ```
#[derive(Debug, Clone)]
pub struct Model {
    fsrs: FSRS,
    parameters: Vec<f32>,
    /// Exponent of the forgetting curve, above 0.
    decay: f64,
    /// Scales days so that recall is 0.9 after `stability` days.
    factor: f64,
}

impl Default for Model {
    fn default() -> Self {
        Model::of(FSRS::default(), &DEFAULT_PARAMETERS)
    }
}

impl Model {
    /// A model with the learner's own 21 parameters; `None` if the `fsrs` crate refuses them.
    pub fn tuned(parameters: &[f32]) -> Option<Model> {
        let decay = *parameters.get(20)?;
        let usable = parameters.len() == 21 && parameters.iter().all(|p| p.is_finite());
        let fsrs = usable.then(|| FSRS::new(parameters).ok()).flatten()?;
        (0.1..=0.8).contains(&decay).then(|| Model::of(fsrs, parameters))
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

    fn of(fsrs: FSRS, parameters: &[f32]) -> Model {
        let decay = parameters[20];
        // Through the shortest decimal, so that 0.1542 is that number and not the nearest `f32`.
        let decay: f64 = decay.to_string().parse().unwrap_or(f64::from(decay));
        let factor = 0.9_f64.powf(-1.0 / decay) - 1.0;
        Model { fsrs, parameters: parameters.to_vec(), decay, factor }
    }

    /// Its 21 parameters.
    pub fn parameters(&self) -> &[f32] {
        &self.parameters
    }

    /// Chance to recall `days` after the last answer, for one memory state.
    fn recall(&self, stability: f64, days: f64) -> f64 {
        (1.0 + self.factor * days / stability).powf(-self.decay)
    }

    /// Chance to recall the answer (not to guess it) `days` after the last one, 0 to 1.
    pub fn retrievability(&self, belief: &Belief, days: f64) -> f64 {
        let recalls = |h: &Hypothesis| h.weight * self.recall(h.stability, days);
        belief.0.iter().map(recalls).sum()
    }

    /// Days until retrievability falls to `retention`: the belief's strength at 0.9. Not rounded.
    ///
    /// It is between the days that the weakest and the strongest hypothesis would take alone. There the
    /// curve is nearly straight over the logarithm of the days, so that false position converges quickly (with the
    /// Illinois variant: the end that stays counts half).
    pub fn interval(&self, belief: &Belief, retention: f64) -> f64 {
        let scale = (retention.powf(-1.0 / self.decay) - 1.0) / self.factor;
        let alone = |h: &Hypothesis| (h.stability * scale).clamp(INTERVAL_RANGE.0, INTERVAL_RANGE.1);
        let (Some(weakest), Some(strongest)) = (belief.0.first(), belief.0.last()) else { return 0.0 };
        let (mut low, mut high) = (alone(weakest).ln(), alone(strongest).ln());
        let above = |x: f64| self.retrievability(belief, x.exp()) - retention;
        let (mut at_low, mut at_high) = (above(low), above(high));
        for _ in 0..MAX_INTERVAL_STEPS {
            if high - low < INTERVAL_TOLERANCE || at_low <= 0.0 || at_high >= 0.0 {
                break;
            }
            let middle = low + (high - low) * at_low / (at_low - at_high);
            let at_middle = above(middle);
            if at_middle.abs() < INTERVAL_TOLERANCE {
                return middle.exp();
            }
            if at_middle > 0.0 {
                (low, at_low, at_high) = (middle, at_middle, at_high / 2.0);
            } else {
                (high, at_high, at_low) = (middle, at_middle, at_low / 2.0);
            }
        }
        if at_high >= 0.0 { high.exp() } else { low.exp() }
    }

    /// The first whole day after the last answer, at least 1, on which retrievability is at or
    /// below `retention`.
    pub fn due_after(&self, belief: &Belief, retention: f64) -> u32 {
        let (mut too_early, mut late_enough) = (0, 1);
        // Retrievability only falls: double until it is low enough, then halve the gap.
        while self.retrievability(belief, f64::from(late_enough)) > retention {
            if f64::from(late_enough) >= INTERVAL_RANGE.1 {
                return late_enough;
            }
            too_early = late_enough;
            late_enough = (2 * late_enough).min(INTERVAL_RANGE.1 as u32);
        }
        while late_enough - too_early > 1 {
            let middle = too_early.midpoint(late_enough);
            match self.retrievability(belief, f64::from(middle)) > retention {
                true => too_early = middle,
                false => late_enough = middle,
            }
        }
        late_enough
    }

    /// The belief after one more answer; `before` is `None` for a question that was never answered.
    pub fn update(&self, before: Option<&Belief>, evidence: &Evidence) -> Belief {
        let mut after = Vec::with_capacity(2 * MAX_HYPOTHESES);
        match before {
            None => self.split(1.0, None, evidence.prior, evidence, &mut after),
            Some(belief) => {
                for h in &belief.0 {
                    let recall = self.recall(h.stability, f64::from(evidence.days));
                    self.split(h.weight, Some(h), recall, evidence, &mut after);
                }
            }
        }
        // Without this, weights could underflow to zero, and the sum below would divide by zero.
        after.retain(|h| h.weight > MIN_WEIGHT);
        let total: f64 = after.iter().map(|h| h.weight).sum();
        for h in &mut after {
            h.weight /= total;
        }
        Belief(merged(after))
    }

    /// What one hypothesis becomes: recalled, guessed right, or forgotten.
    fn split(
        &self,
        weight: f64,
        state: Option<&Hypothesis>,
        recall: f64,
        evidence: &Evidence,
        after: &mut Vec<Hypothesis>,
    ) {
        // The answer was shown earlier today: a right one is not a guess, and can only help.
        let seen_today = state.is_some() && evidence.days == 0;
        let knew = if seen_today && evidence.correct { 1.0 } else { recall.min(MAX_RECALL) };
        let next = |weight: f64, grade: Grade| {
            let next = self.step(state, grade, evidence.days);
            Hypothesis { weight, ..next }
        };
        if !evidence.correct {
            after.push(next(weight * (1.0 - knew), Grade::Again));
            return;
        }
        let grade = if evidence.hint { Grade::Hard } else { Grade::Good };
        after.push(next(weight * knew, grade));
        if evidence.guess > 0.0 && knew < 1.0 {
            after.push(next(weight * (1.0 - knew) * evidence.guess, Grade::Again));
        }
    }

    /// One review of plain FSRS-6. The weight of the result is meaningless.
    fn step(&self, state: Option<&Hypothesis>, grade: Grade, days: u32) -> Hypothesis {
        let start =
            state.map(|h| MemoryState { stability: h.stability as f32, difficulty: h.difficulty as f32 });
        let review = FSRSReview { rating: grade as u32, delta_t: if state.is_some() { days } else { 0 } };
        let next = self
            .fsrs
            .memory_state(FSRSItem { reviews: vec![review] }, start)
            .expect("a finite state and a grade of 1 to 3 give a finite state");
        Hypothesis {
            weight: 0.0,
            stability: f64::from(next.stability),
            difficulty: f64::from(next.difficulty),
        }
    }
}

/// Reduces a belief to [`MAX_HYPOTHESES`]: the neighbors whose union loses least are merged first.
fn merged(mut belief: Vec<Hypothesis>) -> Vec<Hypothesis> {
    belief.sort_by(|a, b| {
        (a.stability, a.difficulty)
            .partial_cmp(&(b.stability, b.difficulty))
            .expect("stability and difficulty are finite")
    });
    while belief.len() > MAX_HYPOTHESES {
        let cheapest = (0..belief.len() - 1)
            .min_by(|&i, &j| loss(&belief[i..=i + 1]).total_cmp(&loss(&belief[j..=j + 1])))
            .expect("there are more than four");
        let union = union(&belief[cheapest], &belief[cheapest + 1]);
        belief.splice(cheapest..=cheapest + 1, [union]);
    }
    belief
}

/// What merging two neighbours loses: the spread of their log stabilities, by weight.
fn loss(pair: &[Hypothesis]) -> f64 {
    let (a, b) = (&pair[0], &pair[1]);
    a.weight * b.weight / (a.weight + b.weight) * (b.stability.ln() - a.stability.ln()).powi(2)
}

fn union(a: &Hypothesis, b: &Hypothesis) -> Hypothesis {
    let weight = a.weight + b.weight;
    let share = a.weight / weight;
    Hypothesis {
        weight,
        stability: (share * a.stability.ln() + (1.0 - share) * b.stability.ln()).exp(),
        difficulty: share * a.difficulty + (1.0 - share) * b.difficulty,
    }
}

impl Belief {
    /// A belief from its stored hypotheses; `None` if they are not a valid belief.
    pub fn of(hypotheses: Vec<Hypothesis>) -> Option<Belief> {
        let is_sound = |h: &Hypothesis| {
            (0.0..1.001).contains(&h.weight)
                && h.stability > 0.0
                && h.stability.is_finite()
                && h.difficulty.is_finite()
        };
        let fits = (1..=MAX_HYPOTHESES).contains(&hypotheses.len()) && hypotheses.iter().all(is_sound);
        fits.then_some(Belief(hypotheses))
    }

    /// The hypotheses, in the order of their stability.
    pub fn hypotheses(&self) -> &[Hypothesis] {
        &self.0
    }
}

/// The learner's first answers to questions, as far as the next prior needs them.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct FirstAnswers {
    /// Sum of right answers minus expected guesses.
    knew: f64,
    /// The highest value that this sum could have.
    could: f64,
}

impl FirstAnswers {
    /// Counts one more first answer.
    pub fn add(&mut self, correct: bool, guess: f64) {
        self.knew += f64::from(u8::from(correct)) - guess;
        self.could += 1.0 - guess;
    }

    /// Chance that this learner knows a question that was never asked, 0.02 to 0.98.
    pub fn prior(&self) -> f64 {
        let (low, high) = PRIOR_RANGE;
        ((self.knew + 0.5 * PRIOR_WEIGHT) / (self.could + PRIOR_WEIGHT)).clamp(low, high)
    }
}

#[cfg(test)]
mod tests;
