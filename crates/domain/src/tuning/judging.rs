//! Judges which of two models predicts a learner's answers better.

use std::collections::HashMap;

use super::{Given, Progress};
use crate::history::{History, Review};
use crate::memory::Model;
use crate::question::QuestionId;

/// How many standard errors better a model has to be: one in twenty equally good ones gets there by chance.
const MIN_STANDARD_ERRORS: f64 = 1.645;
/// Highest chance that is believed: with a higher one, a single typo would outweigh everything else.
const MAX_CHANCE: f64 = 0.999;
/// How many answers are folded between two checks for a request to stop.
const CHECK_STOP_EVERY: usize = 1024;

/// What was predicted of an answer, and what happened.
#[derive(Debug, Clone)]
pub struct Prediction {
    question: QuestionId,
    guess: f64,
    chance: f64,
    right: bool,
}

/// How well answers were predicted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Mean log loss; lower is better.
    pub log_loss: f64,
    /// Mean of the predicted chances.
    pub predicted: f64,
    /// The share that was right.
    pub actual: f64,
}

/// What a model predicts of answers on a later day than the question's last one, from a place on. `None` if
/// it was stopped.
pub fn predictions(
    given: &[&Given],
    from: usize,
    model: &Model,
    progress: &Progress,
) -> Option<Vec<Prediction>> {
    let mut history = History::default();
    let mut predictions = Vec::new();
    for (place, (question, review)) in given.iter().enumerate() {
        if place % CHECK_STOP_EVERY == 0 && progress.is_stopped() {
            return None;
        }
        if place >= from {
            predictions.extend(prediction(&history, model, question, review));
        }
        history.fold(model, question, review);
    }
    Some(predictions)
}

fn prediction(
    history: &History,
    model: &Model,
    question: &QuestionId,
    review: &Review,
) -> Option<Prediction> {
    let learned = history.learned(question)?;
    let recall = learned.raw_retrievability(model, history.totals.learner.term, review.day);
    let chance = recall + (1.0 - recall) * review.guess;
    (learned.days_until(review.day) > 0).then(|| Prediction {
        question: question.clone(),
        guess: review.guess,
        chance,
        right: review.correct,
    })
}

/// Log loss of an answer with a chance to be right.
fn surprise(chance: f64, right: bool) -> f64 {
    let chance = chance.clamp(1.0 - MAX_CHANCE, MAX_CHANCE);
    -(if right { chance } else { 1.0 - chance }).ln()
}

/// How well answers were predicted; `None` without answers.
pub fn fit(predictions: &[Prediction]) -> Option<Fit> {
    let of = predictions.len() as f64;
    let mean = |of_one: fn(&Prediction) -> f64| predictions.iter().map(of_one).sum::<f64>() / of;
    (!predictions.is_empty()).then(|| Fit {
        log_loss: mean(|p| surprise(p.chance, p.right)),
        predicted: mean(|p| p.chance),
        actual: mean(|p| f64::from(u8::from(p.right))),
    })
}

/// Whether the second one predicts the same answers better, by more than chance.
pub fn is_better(before: &[Prediction], after: &[Prediction]) -> bool {
    let gain = |(b, a): (&Prediction, &Prediction)| surprise(b.chance, b.right) - surprise(a.chance, a.right);
    let gains: Vec<f64> = before.iter().zip(after).map(gain).collect();
    is_positive(before.iter().map(|p| &p.question).zip(gains))
}

/// Whether a mean is above 0 by [`MIN_STANDARD_ERRORS`] standard errors. Answers to one question are correlated,
/// so questions are counted, not answers.
fn is_positive<'a>(values: impl Iterator<Item = (&'a QuestionId, f64)>) -> bool {
    let mut sums: HashMap<&QuestionId, (f64, f64)> = HashMap::new();
    for (question, value) in values {
        let (sum, number) = sums.entry(question).or_default();
        *sum += value;
        *number += 1.0;
    }
    let (total, number) = sums.values().fold((0.0, 0.0), |(t, n), (sum, of)| (t + sum, n + of));
    let questions = sums.len() as f64;
    if questions < 2.0 {
        return false;
    }
    let mean = total / number;
    let squares: f64 = sums.values().map(|(sum, of)| (sum - of * mean).powi(2)).sum();
    let error = (squares * questions / (questions - 1.0)).sqrt() / number;
    mean > MIN_STANDARD_ERRORS * error
}

/// Whether predictions are better than one fixed share for all, taken from the training answers: a model that
/// does not beat this says nothing about when the learner forgets.
pub fn beats_a_share(training: &[&Given], after: &[Prediction]) -> bool {
    let (mut knew, mut could) = (0.0, 0.0);
    for (_, review) in training {
        knew += f64::from(u8::from(review.correct)) - review.guess;
        could += 1.0 - review.guess;
    }
    let share: f64 = if could > 0.0 { (knew / could).clamp(0.0, 1.0) } else { 0.5 };
    let fixed = |p: &Prediction| surprise(share + (1.0 - share) * p.guess, p.right);
    after.iter().map(|p| fixed(p) - surprise(p.chance, p.right)).sum::<f64>() > 0.0
}
