//! The results of real exams: what they say about the gap, and what had been predicted.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Number;

use super::evidence::{EventKey, Preparedness, day_number};
use super::{ExamResult, ExamShape, FirstAnswer, Gap, Posterior, missing};
use crate::catalog::CredentialId;
use crate::journal::{DayPrecision, Deed, Event};

/// A real exam of the learner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RealExam {
    /// The event that tells its result.
    pub key: EventKey,
    /// The day of the exam.
    pub on: NaiveDate,
    /// Whether it was passed.
    pub passed: bool,
    /// The issuer's scaled score, if the learner gave it.
    pub score: Option<f64>,
}

impl RealExam {
    /// The exams of a credential whose day is known, the earliest first. `deeds` are in the journal's order, without
    /// retracted ones; of two results of one day the last holds.
    pub fn of(deeds: &[Event], credential: &CredentialId) -> Vec<RealExam> {
        let mut by_day: BTreeMap<NaiveDate, RealExam> = BTreeMap::new();
        for event in deeds {
            let key = (event.at.timestamp_nanos_opt().unwrap_or(i64::MAX), event.id);
            let mut add = |on: NaiveDate, passed: bool, score: Option<&Number>| {
                by_day.insert(on, RealExam { key, on, passed, score: score.and_then(Number::as_f64) });
            };
            match &event.deed {
                Deed::Passed(pass)
                    if pass.credential == *credential && pass.precision == DayPrecision::Day =>
                {
                    add(pass.on, true, pass.score.as_ref());
                }
                Deed::Failed { credential: of, on, score } if of == credential => {
                    add(on.unwrap_or_else(|| event.at.date_naive()), false, score.as_ref());
                }
                Deed::Dropped { credential: of } if of == credential => {
                    by_day.retain(|_, exam| !exam.passed);
                }
                _ => {}
            }
        }
        by_day.into_values().collect()
    }

    /// What it says, if the issuer's scores have this pass mark and this highest value.
    fn result(&self, scale: Option<Scale>) -> ExamResult {
        match (self.score, scale) {
            (Some(score), Some(Scale { pass_mark, top })) => ExamResult::Scaled { score, pass_mark, top },
            _ => ExamResult::Passed(self.passed),
        }
    }
}

/// The issuer's scaled scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The score that passes, below `top`.
    pub pass_mark: f64,
    /// The score for nothing but right answers.
    pub top: f64,
}

/// What was predicted for a real exam, and what happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
    /// The day of the exam.
    pub on: NaiveDate,
    /// The chance to pass as the learner stood on that day; `None` if there was too little evidence.
    pub chance: Option<f64>,
    /// What happened.
    pub passed: bool,
}

/// What the learner's real exams say: the gap after them, and each with what was predicted.
///
/// `answers` is the evidence for the exam; `exams` are in the order of their days, with how the learner stood. An
/// exam moves the gap only if there was enough evidence on its day.
pub fn learn(
    answers: &[FirstAnswer],
    exam: &ExamShape,
    scale: Option<Scale>,
    exams: &[(RealExam, Preparedness)],
) -> (Gap, Vec<Prediction>) {
    let mut gap = Gap::default();
    let predictions = exams.iter().map(|(real, preparedness)| {
        let RealExam { on, passed, .. } = *real;
        let answers = &answers[..preparedness.answers.min(answers.len())];
        if !missing(answers, exam).is_empty() {
            return Prediction { on, chance: None, passed };
        }
        let posterior = Posterior::of(answers, exam.domains().len(), 0.0);
        let levels = posterior.on_day(day_number(on), &preparedness.study, 0.0);
        let chance = levels.distribution(exam, gap).chance_to_pass(exam.cut);
        gap = gap.after(real.result(scale), &levels, exam);
        Prediction { on, chance: Some(chance), passed }
    });
    let predictions = predictions.collect();
    (gap, predictions)
}

/// The mean square difference between predicted chance and result (Brier 1950); `None` below three predictions.
pub fn brier_score(predictions: &[Prediction]) -> Option<f64> {
    const MIN_PREDICTIONS: usize = 3;
    let errors: Vec<f64> = predictions
        .iter()
        .filter_map(|told| Some((told.chance? - f64::from(u8::from(told.passed))).powi(2)))
        .collect();
    (errors.len() >= MIN_PREDICTIONS).then(|| errors.iter().sum::<f64>() / errors.len() as f64)
}
