//! Fitting the memory to a learner: simulated ones whose true memory is known, and the real binary.

use crate::support::{Learner, answered, event};
use badgedex_domain::history::{BINS, History, Review};
use badgedex_domain::memory::{Grade, Model};
use badgedex_domain::question::QuestionId;
use badgedex_domain::tuning::{self, Given, Progress, Tuning, TuningVerdict, tune};
use chrono::{Days, NaiveDate};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const QUESTIONS: usize = 150;
const DAYS: u64 = 120;
const NEW_A_DAY: u64 = 6;

fn start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day")
}

/// Somebody who forgets much sooner, and whose memory grows slowly.
fn forgetful() -> Model {
    let mut parameters = tuning::default_parameters();
    for place in [0, 1, 2, 3] {
        parameters[place] *= 0.15;
    }
    parameters[8] = 0.6;
    parameters[20] = 0.4;
    Model::tuned(&parameters).expect("parameters of a memory")
}

fn review(day: NaiveDate, correct: bool, guess: f64) -> Review {
    Review { day, correct, guess, hint: false, cram: false, minute: 720, took_ms: None, self_checked: false }
}

/// A card's true memory: it knows whether an answer was recalled or guessed.
#[derive(Clone, Default)]
struct Truth {
    /// Stability and difficulty.
    memory: Option<(f64, f64)>,
    last: Option<NaiveDate>,
}

impl Truth {
    fn recalls(&mut self, model: &Model, day: NaiveDate, rng: &mut StdRng) -> bool {
        let days = self.last.map_or(0, |last| (day - last).num_days() as u32);
        let chance = self.memory.map_or(0.3, |(stability, _)| model.recall(stability, f64::from(days)));
        let recalled = rng.random::<f64>() < chance;
        let grade = if recalled { Grade::Good } else { Grade::Again };
        self.memory = Some(model.step(self.memory, grade, days));
        self.last = Some(day);
        recalled
    }
}

/// The answers of a learner with this memory, who follows the program's usual schedule.
/// Without a memory an answer is right by chance alone.
fn answers(memory: Option<&Model>, seed: u64) -> Vec<Given> {
    let (usual, mut rng) = (Model::default(), StdRng::seed_from_u64(seed));
    let ids: Vec<QuestionId> = (0..QUESTIONS).map(|i| QuestionId::new(format!("p/{i}"))).collect();
    let mut truths = vec![Truth::default(); QUESTIONS];
    let (mut history, mut given) = (History::default(), Vec::new());
    for of_days in 0..DAYS {
        let day = start() + Days::new(of_days);
        for (i, id) in ids.iter().enumerate() {
            let due = match history.learned(id) {
                Some(learned) => learned.due_on(&usual, history.totals.learner.term, 0.9) <= day,
                None => i as u64 / NEW_A_DAY <= of_days,
            };
            if !due {
                continue;
            }
            let guess = [0.25, 0.5, 0.0, 0.25][i % 4];
            let recalled = match memory {
                Some(memory) => truths[i].recalls(memory, day, &mut rng),
                None => rng.random::<f64>() < 0.85,
            };
            let review = review(day, recalled || rng.random::<f64>() < guess, guess);
            history.fold(&usual, id, &review);
            given.push((id.clone(), review));
        }
    }
    given
}

fn tuned(given: &[Given], seed: u64) -> Tuning {
    let mut rng = StdRng::seed_from_u64(seed);
    tune(given, &Model::default(), &mut rng, &Progress::default()).expect("nobody stopped it")
}

/// Mean surprise of a model at the answers on later days.
fn surprise(model: &Model, given: &[Given]) -> f64 {
    let (mut history, mut sum, mut of) = (History::default(), 0.0, 0.0);
    for (id, review) in given {
        if let Some(learned) = history.learned(id)
            && learned.days_until(review.day) > 0
        {
            let recall = learned.raw_retrievability(model, history.totals.learner.term, review.day);
            let chance = (recall + (1.0 - recall) * review.guess).clamp(0.001, 0.999);
            sum -= if review.correct { chance.ln() } else { (1.0 - chance).ln() };
            of += 1.0;
        }
        history.fold(model, id, review);
    }
    sum / of
}

#[test]
fn who_forgets_sooner_is_predicted_better_afterwards_also_in_answers_to_come() {
    for seed in 0..3 {
        let tuning = tuned(&answers(Some(&forgetful()), seed), seed);
        let (before, after) = (tuning.before.expect("a fit"), tuning.after.expect("a fit"));
        assert!(after.log_loss < before.log_loss, "{tuning:?}");
        let TuningVerdict::Better(parameters) = &tuning.verdict else { panic!("{tuning:?}") };
        let fresh = answers(Some(&forgetful()), seed + 100);
        let fitted = Model::tuned(parameters).expect("usable parameters");
        let (usual, fitted) = (surprise(&Model::default(), &fresh), surprise(&fitted, &fresh));
        assert!(fitted < usual, "{fitted} against {usual}");
    }
}

#[test]
fn a_usual_memory_keeps_the_usual_parameters() {
    let adopts = |seed: &u64| {
        matches!(tuned(&answers(Some(&Model::default()), *seed), *seed).verdict, TuningVerdict::Better(_))
    };
    assert!((0..10).filter(adopts).count() <= 1);
}

/// One in eight such learners gets other parameters: five of these forty. That is no error of the judging, which
/// lets one in twenty pass by chance: who never forgets is predicted badly by the usual parameters, and those
/// adopted predict such learners' answers to come better.
#[test]
fn answers_that_have_nothing_to_do_with_memory_seldom_change_anything_and_then_for_the_better() {
    let adopted = |seed: u64| match tuned(&answers(None, seed), seed).verdict {
        TuningVerdict::Better(parameters) => Some((seed, Model::tuned(&parameters).expect("usable"))),
        _ => None,
    };
    let adopted: Vec<(u64, Model)> = (0..40).filter_map(adopted).collect();
    assert!(adopted.len() <= 6, "{}", adopted.len());
    for (seed, fitted) in adopted {
        let gain = |fresh: u64| {
            let answers = answers(None, seed + 1000 * fresh);
            surprise(&Model::default(), &answers) - surprise(&fitted, &answers)
        };
        let gain = (1..5).map(gain).sum::<f64>() / 4.0;
        assert!(gain > 0.0, "seed {seed}: {gain}");
    }
}

#[test]
fn too_few_answers_say_how_many_are_missing() {
    let given = answers(None, 1);
    assert_eq!(tuned(&given[..399], 1).verdict, TuningVerdict::TooFew { missing: 1 });
    assert_eq!(tuned(&[], 1).verdict, TuningVerdict::TooFew { missing: 400 });
}

#[test]
fn strange_journals_end_with_a_reason_and_without_new_parameters() {
    let usual = answers(Some(&Model::default()), 3);
    let every = |change: &dyn Fn(usize, &mut Given)| {
        let mut given = usual.clone();
        given.iter_mut().enumerate().for_each(|(i, one)| change(i, one));
        given
    };
    for (name, given) in [
        ("all right", every(&|_, one| one.1.correct = true)),
        ("all wrong", every(&|_, one| one.1.correct = false)),
        ("one question", every(&|_, one| one.0 = QuestionId::new("p/1"))),
        ("one day", every(&|_, one| one.1.day = start())),
        ("backwards", every(&|i, one| one.1.day = start() - Days::new(i as u64))),
        ("far ahead", every(&|i, one| one.1.day = if i % 2 == 0 { start() } else { NaiveDate::MAX })),
    ] {
        let tuning = tuned(&given, 3);
        for fit in [tuning.before, tuning.after].into_iter().flatten() {
            assert!(fit.log_loss.is_finite() && fit.predicted.is_finite(), "{name}: {tuning:?}");
        }
        assert!(!matches!(tuning.verdict, TuningVerdict::Better(_)), "{name}: {tuning:?}");
    }
}

#[test]
fn a_wish_to_stop_leaves_nothing() {
    let progress = Progress::default();
    progress.stop();
    let mut rng = StdRng::seed_from_u64(1);
    assert_eq!(tune(&answers(None, 1), &Model::default(), &mut rng, &progress), None);
}

/// Thirty-two learners together, some 38,000 answers: chance alone then makes an error of 0.002, and one of 0.010 is
/// the model's. About 0.007 is: what they keep of a miss is underestimated until their term is known.
#[test]
fn the_calibration_plot_of_honest_learners_lies_on_the_diagonal() {
    let usual = Model::default();
    let (mut answered, mut off) = (0.0, [0.0; BINS]);
    for seed in 0..32 {
        let mut history = History::default();
        for (id, review) in answers(Some(&usual), seed) {
            history.fold(&usual, &id, &review);
        }
        for (off, bin) in off.iter_mut().zip(&history.totals.predictions.bins) {
            answered += f64::from(bin.answers);
            *off += bin.predicted - f64::from(bin.right);
        }
    }
    let error = off.iter().map(|off| off.abs()).sum::<f64>() / answered;
    assert!(error <= 0.010, "{error}");
}

fn journal_of(given: &[Given]) -> Vec<String> {
    let line = |(i, (id, review)): (usize, &Given)| {
        let at = format!("{}T12:{:02}:{:02}+00:00", review.day, i / 60 % 60, i % 60);
        let mut line: serde_json::Value =
            serde_json::from_str(&answered(i as u64 + 1, &at, id.as_str(), review.correct)).expect("JSON");
        line["guess"] = review.guess.into();
        line.to_string()
    };
    given.iter().enumerate().map(line).collect()
}

#[test]
fn what_was_fitted_is_used_until_it_is_undone_or_reset() {
    let learner = Learner::new();
    learner.import(&journal_of(&answers(Some(&forgetful()), 1))).done();
    let before = learner.json(&["stats", "--all"]);
    let trial = learner.json(&["tune", "--dry-run", "--seed", "1"]);
    assert_eq!(trial["adopted"], false);
    assert!(trial["parameters"].is_array(), "{trial}");
    assert!(learner.events("tuned").is_empty());

    let tuned = learner.json(&["tune", "--seed", "1"]);
    assert_eq!(tuned["adopted"], true, "{tuned}");
    assert_eq!(tuned["parameters"], trial["parameters"]);
    assert_eq!(learner.events("tuned")[0]["parameters"], tuned["parameters"]);
    let after = learner.json(&["stats", "--all"]);
    assert_ne!(after["details"], before["details"]);

    assert!(learner.run(&["undo"]).done().contains("the fitted parameters"));
    assert_eq!(learner.json(&["stats", "--all"])["details"], before["details"]);

    learner.json(&["tune", "--seed", "1"]);
    learner.run(&["tune", "--reset"]).done();
    assert_eq!(learner.json(&["stats", "--all"])["details"], before["details"]);
    let again = learner.run(&["tune", "--reset"]);
    assert_eq!(again.code, Some(1), "{again:?}");
}

#[test]
fn a_beginner_is_told_how_many_answers_are_missing() {
    let ran = Learner::new().run(&["tune"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("It takes 400 answers"), "{ran:?}");
    let learner = Learner::new();
    learner.import(&[event(
        1,
        "2026-11-01T12:00:00+00:00",
        "tuned",
        serde_json::json!({ "parameters": [1.0] }),
    )]);
    assert_eq!(learner.run(&["tune", "--reset"]).code, Some(1), "unusable parameters are not in use");
}
