//! Agreement with the reference, and the laws that every belief keeps.

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

/// Answers, and what the reference model makes of them.
const VECTORS: &str = include_str!("../../tests/vectors.json");
/// Retrievability agrees within this.
const NEAR: f64 = 0.001;
/// Intervals agree within this share.
const NEAR_SHARE: f64 = 0.005;
/// The error of single-precision states that a "never less" property allows.
const ROUNDING: f64 = 1e-6;

#[derive(Deserialize)]
struct Vector {
    answers: Vec<Answer>,
    days_later: f64,
    retrievability: f64,
    interval_0_9: f64,
    interval_0_8: f64,
}

#[derive(Deserialize)]
struct Answer {
    correct: bool,
    guess: f64,
    days: u32,
    hint: bool,
    prior: Option<f64>,
}

impl Answer {
    fn evidence(&self) -> Evidence {
        let Answer { correct, guess, days, hint, prior } = *self;
        Evidence { correct, guess, days, prior: prior.unwrap_or(0.5), hint }
    }
}

fn vectors() -> Vec<Vector> {
    serde_json::from_str(VECTORS).unwrap()
}

/// The belief after some answers, of which there is at least one.
fn belief(model: &Model, answers: &[Evidence]) -> Belief {
    let next = |before: Option<Belief>, e: &Evidence| Some(model.update(before.as_ref(), e));
    answers.iter().fold(None, next).unwrap()
}

fn right(guess: f64, days: u32) -> Evidence {
    Evidence { correct: true, guess, days, prior: 0.5, hint: false }
}

fn wrong(guess: f64, days: u32) -> Evidence {
    Evidence { correct: false, ..right(guess, days) }
}

#[test]
fn retrievability_agrees_with_the_reference_within_a_thousandth() {
    let model = Model::default();
    for (number, vector) in vectors().iter().enumerate() {
        let answers: Vec<Evidence> = vector.answers.iter().map(Answer::evidence).collect();
        let ours = model.retrievability(&belief(&model, &answers), vector.days_later);
        assert!((ours - vector.retrievability).abs() <= NEAR, "vector {number}: {ours}");
    }
}

#[test]
fn intervals_agree_with_the_reference_within_half_a_per_cent() {
    let model = Model::default();
    for (number, vector) in vectors().iter().enumerate() {
        let answers: Vec<Evidence> = vector.answers.iter().map(Answer::evidence).collect();
        let belief = belief(&model, &answers);
        for (retention, theirs) in [(0.9, vector.interval_0_9), (0.8, vector.interval_0_8)] {
            let ours = model.interval(&belief, retention);
            assert!((ours / theirs - 1.0).abs() <= NEAR_SHARE, "vector {number} at {retention}: {ours}");
        }
    }
}

#[test]
fn there_are_vectors_of_every_kind() {
    let vectors = vectors();
    let any = |test: fn(&Answer) -> bool| vectors.iter().flat_map(|v| &v.answers).any(test);
    assert!(vectors.len() >= 50);
    assert!(any(|a| a.hint) && any(|a| !a.correct) && any(|a| a.guess == 0.0) && any(|a| a.guess == 0.5));
    assert!(vectors.iter().any(|v| v.answers[1..].iter().any(|a| a.days == 0)));
}

#[test]
fn the_prior_of_a_first_answer_follows_the_earlier_ones() {
    for (earlier, prior) in [
        (vec![], 0.5),
        (vec![(true, 0.0)], 3.5 / 6.0),
        (vec![(false, 0.0)], 2.5 / 6.0),
        (vec![(true, 0.25)], 3.25 / 5.75),
        (vec![(false, 0.25)], 2.25 / 5.75),
        (vec![(true, 0.5), (false, 0.5)], 2.5 / 6.0),
        (vec![(true, 0.25), (true, 0.25), (true, 0.25), (true, 0.25), (false, 0.0), (false, 0.0)], 0.55),
        (vec![(true, 0.0); 200], 0.98),
        (vec![(false, 0.0); 200], 0.02),
    ] {
        let mut firsts = FirstAnswers::default();
        earlier.iter().for_each(|&(correct, guess)| firsts.add(correct, guess));
        assert!((firsts.prior() - prior).abs() < 1e-12, "{earlier:?}: {}", firsts.prior());
    }
}

#[test]
fn a_right_answer_by_choice_counts_for_less_than_a_typed_one() {
    let model = Model::default();
    let strength = |guess| model.interval(&belief(&model, &[right(guess, 0)]), 0.9);
    let falling: Vec<f64> = [0.0, 0.1, 0.25, 0.5].map(strength).to_vec();
    assert!(falling.is_sorted_by(|a, b| a > b), "{falling:?}");
}

#[test]
fn right_after_an_answer_retrievability_is_one_whatever_was_answered() {
    let model = Model::default();
    for answer in [right(0.25, 0), wrong(0.25, 0), right(0.0, 0), wrong(0.0, 0)] {
        let raw = model.retrievability(&belief(&model, &[answer]), 0.0);
        assert!((raw - 1.0).abs() < 1e-12);
    }
}

#[test]
fn a_hint_makes_a_right_answer_count_as_hard() {
    let model = Model::default();
    let hinted = Evidence { hint: true, ..right(0.0, 0) };
    let stability = |answer| belief(&model, &[answer]).hypotheses()[0].stability;
    assert!((stability(hinted) - f64::from(DEFAULT_PARAMETERS[1])).abs() < NEAR);
    assert!((stability(right(0.0, 0)) - f64::from(DEFAULT_PARAMETERS[2])).abs() < NEAR);
}

#[test]
fn parameters_that_cannot_be_used_make_no_model() {
    let with = |place: usize, value: f32| {
        let mut parameters = DEFAULT_PARAMETERS;
        parameters[place] = value;
        parameters.to_vec()
    };
    for (parameters, usable) in [
        (DEFAULT_PARAMETERS.to_vec(), true),
        (with(2, 5.0), true),
        (Vec::new(), false),
        (DEFAULT_PARAMETERS[..19].to_vec(), false),
        (with(3, f32::NAN), false),
        (with(20, 0.0), false),
        (with(20, 5.0), false),
    ] {
        assert_eq!(Model::tuned(&parameters).is_some(), usable, "{parameters:?}");
    }
}

fn guesses() -> impl Strategy<Value = f64> {
    prop::sample::select(vec![0.0, 0.04, 0.1, 0.2, 0.25, 1.0 / 3.0, 0.5])
}

fn gaps() -> impl Strategy<Value = u32> {
    prop_oneof![2 => Just(0_u32), 3 => 1..10_u32, 1 => 10..400_u32]
}

fn evidence() -> impl Strategy<Value = Evidence> {
    let all = (prop::bool::weighted(0.75), guesses(), gaps(), 0.02..0.98, prop::bool::weighted(0.1));
    all.prop_map(|(correct, guess, days, prior, hint)| Evidence { correct, guess, days, prior, hint })
}

fn answers() -> impl Strategy<Value = Vec<Evidence>> {
    prop::collection::vec(evidence(), 1..20)
}

proptest! {
    #[test]
    fn weights_sum_to_one(answers in answers()) {
        let belief = belief(&Model::default(), &answers);
        let sum: f64 = belief.hypotheses().iter().map(|h| h.weight).sum();
        prop_assert!((sum - 1.0).abs() <= 1e-12, "{}", sum);
    }

    #[test]
    fn there_are_at_most_four_hypotheses_in_the_order_of_their_stability(answers in answers()) {
        let belief = belief(&Model::default(), &answers);
        prop_assert!((1..=4).contains(&belief.hypotheses().len()));
        prop_assert!(belief.hypotheses().is_sorted_by(|a, b| a.stability <= b.stability));
    }

    #[test]
    fn without_guessing_a_belief_is_plain_fsrs(answers in answers()) {
        let typed: Vec<Evidence> = answers.iter().map(|a| Evidence { guess: 0.0, ..*a }).collect();
        let grade = |a: &Evidence| match (a.correct, a.hint) {
            (false, _) => Grade::Again,
            (true, true) => Grade::Hard,
            (true, false) => Grade::Good,
        };
        let mut reviews: Vec<FSRSReview> =
            typed.iter().map(|a| FSRSReview { rating: grade(a) as u32, delta_t: a.days }).collect();
        reviews[0].delta_t = 0;
        let plain = FSRS::default().memory_state(FSRSItem { reviews }, None).unwrap();

        let belief = belief(&Model::default(), &typed);
        prop_assert_eq!(belief.hypotheses().len(), 1);
        let only = belief.hypotheses()[0];
        prop_assert!((only.stability / f64::from(plain.stability) - 1.0).abs() < 1e-6);
        prop_assert!((only.difficulty / f64::from(plain.difficulty) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_right_answer_on_the_same_day_never_harms(
        answers in answers(),
        guess in guesses(),
        hint: bool,
        later in 0..2000_u32,
    ) {
        let model = Model::default();
        let before = belief(&model, &answers);
        let after = model.update(Some(&before), &Evidence { hint, ..right(guess, 0) });
        let (was, is) = (
            model.retrievability(&before, f64::from(later)),
            model.retrievability(&after, f64::from(later)),
        );
        prop_assert!(is >= was - ROUNDING, "{} -> {}", was, is);
    }

    #[test]
    fn before_merging_a_greater_guess_never_makes_a_right_answer_count_for_more(
        earlier in prop::option::of(evidence()),
        last in evidence(),
        guesses in (guesses(), guesses()),
        later in 1..2000_u32,
    ) {
        let model = Model::default();
        let after = |guess: f64| {
            let last = Evidence { correct: true, guess, ..last };
            let answers: Vec<Evidence> = earlier.into_iter().chain([last]).collect();
            model.retrievability(&belief(&model, &answers), f64::from(later))
        };
        let (less, more) = (guesses.0.min(guesses.1), guesses.0.max(guesses.1));
        prop_assert!(after(more) <= after(less) + ROUNDING);
    }

    #[test]
    fn retrievability_falls_from_one_towards_nothing(answers in answers(), day in 0..2000_u32) {
        let model = Model::default();
        let belief = belief(&model, &answers);
        let on = |day| model.retrievability(&belief, f64::from(day));
        prop_assert!((0.0..=1.0 + 1e-12).contains(&on(day)));
        prop_assert!(on(day + 1) < on(day));
    }

    #[test]
    fn it_is_due_on_the_first_day_at_or_below_the_retention(answers in answers(), retention in 0.8..=0.97) {
        let model = Model::default();
        let belief = belief(&model, &answers);
        let due = model.due_after(&belief, retention);
        let on = |day| model.retrievability(&belief, f64::from(day));
        prop_assume!(due < 36_500);
        prop_assert!(due >= 1);
        prop_assert!(on(due) <= retention);
        prop_assert!(due == 1 || on(due - 1) > retention);
    }
}

/// Four right answers of a vanishing chance to guess once divided by nothing.
#[test]
fn a_vanishing_chance_to_guess_is_no_reason_to_crash() {
    let model = Model::default();
    let mut belief = None;
    for days in [0, 1, 3, 9, 27, 81] {
        let evidence = Evidence { correct: true, guess: 1e-300, days, prior: 0.5, hint: false };
        belief = Some(model.update(belief.as_ref(), &evidence));
    }
    let chance = model.retrievability(&belief.unwrap(), 30.0);
    assert!((0.0..=1.0).contains(&chance), "{chance}");
}
