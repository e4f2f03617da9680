//! Calibration on simulated learners whose true memory is known: each question is asked when it is due.

use chrono::NaiveDate;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::day;
use crate::history::{History, Review};
use crate::journal::Answered;
use crate::memory::{Grade, Model};
use crate::question::QuestionId;

/// Learners of each kind: with fewer, the error itself is uncertain by more than .004.
const LEARNERS: usize = 10;
const QUESTIONS: usize = 150;
const DAYS: u64 = 120;
/// New questions a day.
const NEW_PER_DAY: usize = 10;
/// Chances that are compared with the truth together: those of 0 to 5 %, of 5 to 10 %, ...
const BINS: usize = 20;
/// The mean distance between the chance that is shown and the true one, over all bins.
const MAX_CALIBRATION_ERROR: f64 = 0.012;

/// A kind of learner.
#[derive(Debug, Clone, Copy)]
struct Kind {
    /// Chance to guess right.
    guess: f64,
    /// Share of the questions that is known before the first answer.
    knew: f64,
    /// Chance that a miss is learned from.
    learns: f64,
}

/// The true memory of a question, which the program cannot see.
#[derive(Clone, Copy)]
struct Truth {
    state: (f64, f64),
    is_learned: bool,
    last: NaiveDate,
}

/// The error of one kind of learners.
fn calibration_error(kind: Kind, seed: u64) -> f64 {
    let (model, mut rng) = (Model::default(), StdRng::seed_from_u64(seed));
    let (mut off, mut answers) = ([0.0; BINS], 0.0);
    for _ in 0..LEARNERS {
        follow(&model, kind, &mut rng, |shown, truth| {
            off[((shown * BINS as f64) as usize).min(BINS - 1)] += shown - truth;
            answers += 1.0;
        });
    }
    off.iter().map(|off: &f64| off.abs()).sum::<f64>() / answers
}

/// Follows a learner day by day; tells for each later answer the chance that is shown and the true one.
fn follow(model: &Model, kind: Kind, rng: &mut StdRng, mut tell: impl FnMut(f64, f64)) {
    let ids: Vec<QuestionId> = (0..QUESTIONS).map(|number| QuestionId::new(format!("p/{number}"))).collect();
    let mut due: Vec<u64> = (0..QUESTIONS).map(|number| (number / NEW_PER_DAY) as u64).collect();
    let mut memory: Vec<Option<Truth>> = vec![None; QUESTIONS];
    let mut history = History::default();
    for today in 0..=DAYS {
        for question in 0..QUESTIONS {
            if due[question] != today {
                continue;
            }
            let (id, on) = (&ids[question], day(today));
            let days = memory[question].map_or(0, |truth| (on - truth.last).num_days() as u32);
            let chance = match memory[question] {
                None => kind.knew,
                Some(truth) if truth.is_learned => model.recall(truth.state.0, f64::from(days)),
                Some(_) => 0.0,
            };
            if let Some(learned) = history.learned(id) {
                tell(learned.raw_retrievability(model, history.totals.learner.term, on), chance);
            }
            let recalled = rng.random::<f64>() < chance;
            let is_right = recalled || rng.random::<f64>() < kind.guess;
            history.fold(model, id, &Review::at_noon(&Answered::new(id.clone(), is_right, kind.guess), on));
            let grade = if recalled { Grade::Good } else { Grade::Again };
            memory[question] = Some(Truth {
                state: model.step(memory[question].map(|truth| truth.state), grade, days),
                is_learned: recalled || rng.random::<f64>() < kind.learns,
                last: on,
            });
            let learned = history.learned(id).expect("it was just answered");
            let interval = model.interval(&learned.belief, 0.9, history.totals.learner.term);
            due[question] = today + interval.round().max(1.0) as u64;
        }
    }
}

#[test]
fn what_is_shown_is_true_of_six_kinds_of_learners() {
    for (guess, knew, learns) in [
        (0.25, 0.1, 1.0),
        (0.25, 0.3, 0.6),
        (0.25, 0.7, 1.0),
        (0.5, 0.1, 0.6),
        (0.5, 0.3, 1.0),
        (0.5, 0.7, 0.6),
    ] {
        let kind = Kind { guess, knew, learns };
        let error = calibration_error(kind, 7);
        assert!(error <= MAX_CALIBRATION_ERROR, "{kind:?}: {error}");
    }
}
