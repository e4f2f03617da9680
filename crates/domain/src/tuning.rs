//! Fitting the memory's parameters to the learner's own answers, and judging whether they predict better.
//!
//! The first four fifths of the answers train, the last fifth judges. Only parameters change: the belief, which
//! allows for guessing, stays as it is.

mod histories;
mod judging;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use fsrs::{
    CombinedProgressState, ComputeParametersInput, DEFAULT_PARAMETERS, FSRSError, TrainingConfig,
    compute_parameters,
};
use rand::Rng;

use super::history::Review;
use super::memory::Model;
use super::question::QuestionId;
pub use judging::Fit;

/// From so many answers on it is worth trying.
pub const MIN_ANSWERS: usize = 400;
/// Fewer answers on later days judge nothing.
pub const MIN_HELD_OUT: usize = 50;
/// The share of the answers that trains; the rest judges.
const TRAINING: f64 = 0.8;
/// Histories are drawn, and parameters fitted to them, so many times: each time by what was fitted before.
const ROUNDS: usize = 2;

/// An answer in the journal's order.
pub type Given = (QuestionId, Review);

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuning {
    /// Answers within the schedule.
    pub answers: usize,
    /// Answers on later days, kept from the training, that judged.
    pub held_out: usize,
    /// How well the present parameters predict; `None` without held-out answers.
    pub before: Option<Fit>,
    /// How well the fitted ones predict; `None` if none were fitted.
    pub after: Option<Fit>,
    /// What the comparison says.
    pub verdict: TuningVerdict,
}

/// Whether the fitted parameters are better than those in use.
#[derive(Debug, Clone, PartialEq)]
pub enum TuningVerdict {
    /// They predict better, by more than chance.
    Better(Vec<f32>),
    /// So many answers are missing.
    TooFew {
        /// How many answers are missing.
        missing: usize,
    },
    /// Hardly anything was asked again on a later day, lately.
    TooFewLater {
        /// How many such answers are missing.
        missing: usize,
    },
    /// All answers are right, or all wrong: there is no forgetting to be seen.
    AllAlike,
    /// No parameters come of these answers.
    NotFitted,
    /// The present parameters predict as well.
    NotBetter,
    /// A fixed share predicts as well: the answers do not follow the days that passed.
    NoForgetting,
}

/// How far the work is, and the wish to end it: shared with whoever waits.
#[derive(Debug, Default)]
pub struct Progress {
    training: Arc<Mutex<CombinedProgressState>>,
    rounds: AtomicUsize,
}

impl Progress {
    /// The share that is done, 0 to 1.
    pub fn share(&self) -> f64 {
        let training = self.training();
        let (current, total) = (training.current() as f64, training.total() as f64);
        let of_round = if total > 0.0 { (current / total).min(1.0) } else { 0.0 };
        (self.rounds.load(Ordering::Relaxed) as f64 + of_round) / ROUNDS as f64
    }

    /// Ends the work as soon as may be.
    pub fn stop(&self) {
        self.training().want_abort = true;
    }

    fn is_stopped(&self) -> bool {
        self.training().want_abort
    }

    fn end_round(&self) {
        self.training().splits.clear();
        self.rounds.fetch_add(1, Ordering::Relaxed);
    }

    fn training(&self) -> MutexGuard<'_, CombinedProgressState> {
        self.training.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The parameters that everybody begins with.
pub fn default_parameters() -> Vec<f32> {
    DEFAULT_PARAMETERS.to_vec()
}

/// Fits parameters to the answers, which are in the journal's order; none where it was stopped.
pub fn tune(given: &[Given], present: &Model, rng: &mut impl Rng, progress: &Progress) -> Option<Tuning> {
    let given: Vec<&Given> = given.iter().filter(|(_, review)| !review.cram).collect();
    let split = (given.len() as f64 * TRAINING) as usize;
    let mut tuning = Tuning {
        answers: given.len(),
        held_out: 0,
        before: None,
        after: None,
        verdict: TuningVerdict::TooFew { missing: MIN_ANSWERS.saturating_sub(given.len()) },
    };
    if given.len() < MIN_ANSWERS {
        return Some(tuning);
    }
    let before = judging::predictions(&given, split, present, progress)?;
    tuning.held_out = before.len();
    tuning.before = judging::fit(&before);
    tuning.verdict = match obstacle(&given, before.len()) {
        Some(obstacle) => obstacle,
        None => match fitted(&given[..split], rng, progress)?.and_then(|fitted| Model::tuned(&fitted)) {
            None => TuningVerdict::NotFitted,
            Some(model) => {
                let after = judging::predictions(&given, split, &model, progress)?;
                tuning.after = judging::fit(&after);
                verdict(&given[..split], &before, &after, &model)
            }
        },
    };
    Some(tuning)
}

/// What makes fitting pointless from the start.
fn obstacle(given: &[&Given], held_out: usize) -> Option<TuningVerdict> {
    let right = given.iter().filter(|(_, review)| review.correct).count();
    if right == 0 || right == given.len() {
        return Some(TuningVerdict::AllAlike);
    }
    let missing = MIN_HELD_OUT.saturating_sub(held_out);
    (missing > 0).then_some(TuningVerdict::TooFewLater { missing })
}

fn verdict(
    training: &[&Given],
    before: &[judging::Prediction],
    after: &[judging::Prediction],
    model: &Model,
) -> TuningVerdict {
    if !judging::is_better(before, after) {
        return TuningVerdict::NotBetter;
    }
    if !judging::beats_a_share(training, after) {
        return TuningVerdict::NoForgetting;
    }
    TuningVerdict::Better(model.parameters().to_vec())
}

/// Parameters for these answers: none inside where there are none, none at all where it was stopped.
fn fitted(given: &[&Given], rng: &mut impl Rng, progress: &Progress) -> Option<Option<Vec<f32>>> {
    let mut model = Model::default();
    for _ in 0..ROUNDS {
        let drawn = histories::draw(given, &model, rng, || progress.is_stopped())?;
        let next = match compute_parameters(input(drawn, progress)) {
            Ok(parameters) => Model::tuned(&parameters),
            Err(FSRSError::Interrupted) => return None,
            Err(_) => None,
        };
        let Some(next) = next else { return Some(None) };
        model = next;
        progress.end_round();
    }
    Some(Some(model.parameters().to_vec()))
}

fn input(drawn: histories::Drawn, progress: &Progress) -> ComputeParametersInput {
    // So many times the same answers are not so many times the evidence: the pull to the usual parameters
    // grows with the number of draws.
    let gamma = TrainingConfig::default().gamma * drawn.draws as f64;
    ComputeParametersInput {
        train_set: drawn.items,
        card_ids: Some(drawn.cards),
        progress: Some(Arc::clone(&progress.training)),
        enable_short_term: true,
        num_relearning_steps: None,
        training_config: Some(TrainingConfig { gamma, ..TrainingConfig::default() }),
    }
}
