//! Fits the memory's parameters to the learner's own answers, and judges whether they predict better.
//!
//! The first four fifths of the answers train, the last fifth judges. Only the parameters change; the belief,
//! which allows for guessing, works as before.

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

/// Fewer answers are not worth fitting.
pub const MIN_ANSWERS: usize = 400;
/// Fewer held-out answers cannot judge anything.
pub const MIN_HELD_OUT: usize = 50;
/// Share of the answers that trains, 0 to 1; the rest judges.
const TRAINING: f64 = 0.8;
/// How often histories are drawn and parameters fitted to them, each time starting from the last fit.
const ROUNDS: usize = 2;

/// A question and one answer to it.
pub type Given = (QuestionId, Review);

/// The result of a fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuning {
    /// Answers within the schedule.
    pub answers: usize,
    /// Answers on later days that were kept from the training and judged the result.
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
    /// They predict better, by more than chance. The 21 parameters.
    Better(Vec<f32>),
    /// There are not enough answers yet.
    TooFew {
        /// How many answers are missing.
        missing: usize,
    },
    /// Not enough was asked again on a later day.
    TooFewLater {
        /// How many such answers are missing.
        missing: usize,
    },
    /// All answers are right, or all are wrong: nothing shows forgetting.
    AllAlike,
    /// The fit did not converge to usable parameters.
    NotFitted,
    /// The present parameters predict just as well.
    NotBetter,
    /// A fixed share predicts just as well: the answers do not depend on the days that passed.
    NoForgetting,
}

/// Progress of a fit and the request to stop it, shared between threads.
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

    /// Asks the fit to stop as soon as possible.
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

/// The 21 parameters that every learner starts with.
pub fn default_parameters() -> Vec<f32> {
    DEFAULT_PARAMETERS.to_vec()
}

/// Fits parameters to answers in the journal's order. `None` if it was stopped.
///
/// Cram answers are left out. The result depends on `rng` only through the histories that are drawn.
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

/// Why fitting is pointless from the start; `None` if it is not.
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

/// Parameters for these answers: `Some(None)` if there are none, `None` if it was stopped.
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
    // Drawing the same answers several times does not make them more evidence: the pull to the default
    // parameters grows with the number of draws.
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
