//! Which of two models foretells better what a learner answers.

use std::collections::HashMap;

use super::{Given, Progress};
use crate::history::{History, Review};
use crate::memory::Model;
use crate::question::QuestionId;

/// Better by so many standard errors: one model in twenty that is as good would look better by chance.
const MIN_STANDARD_ERRORS: f64 = 1.645;
/// A chance is never taken for more certain than this: one slip would outweigh everything else.
const MAX_CHANCE: f64 = 0.999;
/// A wish to stop is looked for after so many answers.
const CHECK_STOP_EVERY: usize = 1024;

/// What was predicted of an answer, and what came.
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
    /// Mean surprise; less is better.
    pub log_loss: f64,
    /// Mean of the chances that were given.
    pub predicted: f64,
    /// The share that was right.
    pub actual: f64,
}

/// What a model foretells of the first answers of a question on a later day, from a place on; none where it
/// was stopped.
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
    let recall = learned.raw_retrievability(model, review.day);
    let chance = recall + (1.0 - recall) * review.guess;
    (learned.days_until(review.day) > 0).then(|| Prediction {
        question: question.clone(),
        guess: review.guess,
        chance,
        right: review.correct,
    })
}

/// Surprise at an answer that had a chance to be right.
fn surprise(chance: f64, right: bool) -> f64 {
    let chance = chance.clamp(1.0 - MAX_CHANCE, MAX_CHANCE);
    -(if right { chance } else { 1.0 - chance }).ln()
}

/// None without answers.
pub fn fit(predictions: &[Prediction]) -> Option<Fit> {
    let of = predictions.len() as f64;
    let mean = |of_one: fn(&Prediction) -> f64| predictions.iter().map(of_one).sum::<f64>() / of;
    (!predictions.is_empty()).then(|| Fit {
        log_loss: mean(|p| surprise(p.chance, p.right)),
        predicted: mean(|p| p.chance),
        actual: mean(|p| f64::from(u8::from(p.right))),
    })
}

/// Whether the second foretells the same answers better, by more than chance.
pub fn is_better(before: &[Prediction], after: &[Prediction]) -> bool {
    let gain = |(b, a): (&Prediction, &Prediction)| surprise(b.chance, b.right) - surprise(a.chance, a.right);
    let gains: Vec<f64> = before.iter().zip(after).map(gain).collect();
    is_positive(before.iter().map(|p| &p.question).zip(gains))
}

/// Whether a mean is above 0 by [`MIN_STANDARD_ERRORS`] standard errors. What comes of one question hangs together, so
/// that questions count and not answers.
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

/// Whether predictions are better than one fixed share for all, as the training answers have it: who does not
/// beat that has understood nothing of when the learner forgets.
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
