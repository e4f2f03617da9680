//! When something is called mastered.

use chrono::Days;
use fsrs::DEFAULT_PARAMETERS;
use proptest::prelude::*;

use super::super::journal::Answered;
use super::super::question::{Kind, Pack, Teaches, Topic};
use super::*;
use crate::history::Review;

/// The days of memory of a good and of a hard first answer, in the model of these tests.
const GOOD_DAYS: f32 = 30.0;
const HARD_DAYS: f32 = 10.0;

/// How one question was answered.
#[derive(Debug, Clone, Copy)]
enum Given {
    Nothing,
    /// It is remembered for [`GOOD_DAYS`].
    Right,
    /// It is remembered for [`HARD_DAYS`].
    RightWithHint,
    Wrong,
}

use Given::{Nothing, Right, RightWithHint, Wrong};

fn start() -> NaiveDate {
    "2026-11-01".parse().unwrap()
}

fn credential() -> CredentialId {
    CredentialId::new("x")
}

fn question(number: usize) -> Question {
    Question {
        credentials: vec![credential()],
        ..Question::new(
            id(number),
            "t",
            format!("Question {number}?"),
            Kind::Typed { accepted: vec!["yes".into()] },
        )
    }
}

fn id(number: usize) -> QuestionId {
    QuestionId::new(format!("p/{number}"))
}

fn library(count: usize) -> Library {
    let pack = Pack {
        credentials: vec![credential()],
        topics: vec![Topic { id: "t".into(), name: "A topic".into(), weight: None }],
        questions: (0..count).map(question).collect(),
        ..Pack::new("p", "A pack", Teaches::About)
    };
    Library::new(Vec::new(), vec![pack])
}

/// A model in which a good first answer gives a memory of this many days.
fn model(good: f32) -> Model {
    let mut parameters = DEFAULT_PARAMETERS;
    (parameters[1], parameters[2], parameters[3]) = (HARD_DAYS, good, good);
    Model::tuned(&parameters).unwrap()
}

fn answered(question: &QuestionId, correct: bool, hint: bool) -> Answered {
    Answered { hint, ..Answered::new(question.clone(), correct, 0.0) }
}

/// Each question answered on the first day as told.
fn history(model: &Model, given: &[Given]) -> History {
    let mut history = History::default();
    for (number, given) in given.iter().enumerate() {
        let answered = match given {
            Nothing => continue,
            Right => answered(&id(number), true, false),
            RightWithHint => answered(&id(number), true, true),
            Wrong => answered(&id(number), false, false),
        };
        history.learn(model, &id(number), &Review::at_noon(&answered, start()));
    }
    history
}

/// What is known some days after the first.
fn later<T>(
    given: &[Given],
    model: &Model,
    (days, retention): (u64, f64),
    see: impl Fn(&Knowledge) -> T,
) -> T {
    let (library, history) = (library(given.len()), history(model, given));
    let day = start() + Days::new(days);
    see(&Knowledge { library: &library, history: &history, model, retention, day })
}

fn mastery(given: &[Given], days: u64, retention: f64) -> Mastery {
    later(given, &model(GOOD_DAYS), (days, retention), |k| k.of_credential(&credential()))
}

#[test]
fn a_question_is_mastered_with_a_strength_of_21_days_and_a_chance_of_nine_tenths() {
    for (strength, days, study) in [
        (20.9, 0, StudyStage::Learning),
        (20.9, 10, StudyStage::Learning),
        (21.1, 0, StudyStage::Mastered),
        (21.1, 21, StudyStage::Mastered),
        (21.1, 22, StudyStage::Learning),
        (60.0, 60, StudyStage::Mastered),
        (60.0, 61, StudyStage::Learning),
    ] {
        let now = later(&[Right], &model(strength), (days, 0.9), |k| k.study(&id(0)));
        assert_eq!(now, study, "{strength} days strong, {days} days later");
    }
}

#[test]
fn a_lower_retention_lowers_the_bar_and_a_higher_one_does_not_raise_it() {
    for (retention, days, study) in [
        (0.9, 30, StudyStage::Mastered),
        (0.9, 31, StudyStage::Learning),
        (0.97, 30, StudyStage::Mastered),
        (0.97, 31, StudyStage::Learning),
        (0.8, 31, StudyStage::Mastered),
        (0.8, 60, StudyStage::Mastered),
        (0.8, 300, StudyStage::Learning),
    ] {
        let (question, whole) = later(&[Right], &model(GOOD_DAYS), (days, retention), |k| {
            (k.study(&id(0)), k.of_credential(&credential()).study)
        });
        assert_eq!((question, whole), (study, study), "retention {retention}, {days} days later");
    }
}

#[test]
fn a_lower_retention_asks_for_no_less_strength() {
    let study = later(&[RightWithHint], &model(GOOD_DAYS), (0, 0.8), |k| k.study(&id(0)));
    assert_eq!(study, StudyStage::Learning);
}

#[test]
fn a_question_goes_from_unseen_over_seen_and_learning_to_mastered() {
    for (given, study) in [
        (Nothing, StudyStage::Unseen),
        (Wrong, StudyStage::Seen),
        (RightWithHint, StudyStage::Learning),
        (Right, StudyStage::Mastered),
    ] {
        let now = later(&[given], &model(GOOD_DAYS), (1, 0.9), |k| k.study(&id(0)));
        assert_eq!(now, study, "{given:?}");
    }
}

#[test]
fn a_whole_is_mastered_when_four_fifths_are_strong() {
    for (given, study) in [
        (vec![Right; 5], StudyStage::Mastered),
        (vec![Right, Right, Right, Right, RightWithHint], StudyStage::Mastered),
        (vec![Right, Right, Right, RightWithHint, RightWithHint], StudyStage::Learning),
        (vec![Right, Right, Right, RightWithHint], StudyStage::Learning),
        (vec![Right], StudyStage::Mastered),
        (vec![RightWithHint], StudyStage::Learning),
    ] {
        let whole = mastery(&given, 1, 0.9);
        assert!(whole.mean.unwrap() > 0.9);
        assert_eq!(whole.study, study, "{given:?}");
    }
}

#[test]
fn a_whole_is_mastered_only_while_its_mean_is_at_the_bar() {
    for (given, days, study) in [
        (vec![Right; 10], 30, StudyStage::Mastered),
        (vec![Right; 10], 31, StudyStage::Learning),
        ([[Right; 9].as_slice(), &[Nothing]].concat(), 1, StudyStage::Learning),
        ([[Right; 19].as_slice(), &[Nothing]].concat(), 1, StudyStage::Mastered),
    ] {
        assert_eq!(mastery(&given, days, 0.9).study, study, "{given:?}, {days} days later");
    }
}

#[test]
fn a_whole_is_seen_with_one_answer_and_learning_with_one_right_answer() {
    for (given, study) in [
        ([Nothing, Nothing, Nothing], StudyStage::Unseen),
        ([Wrong, Nothing, Nothing], StudyStage::Seen),
        ([Wrong, RightWithHint, Nothing], StudyStage::Learning),
        ([Nothing, Nothing, Right], StudyStage::Learning),
    ] {
        assert_eq!(mastery(&given, 1, 0.9).study, study, "{given:?}");
    }
}

#[test]
fn what_was_never_answered_counts_nothing() {
    let one = mastery(&[Right], 5, 0.9).mean.unwrap();
    let of_four = mastery(&[Right, Nothing, Nothing, Nothing], 5, 0.9).mean.unwrap();
    assert!((of_four - one / 4.0).abs() < 1e-12);
    assert_eq!(mastery(&[Nothing, Nothing], 5, 0.9).mean, Some(0.0));
}

#[test]
fn without_questions_there_is_no_mastery_and_nothing_is_mastered() {
    let nothing = mastery(&[], 0, 0.8);
    assert_eq!((nothing.mean, nothing.study, nothing.questions), (None, StudyStage::Unseen, 0));
}

#[test]
fn seen_includes_learning_and_learning_includes_mastered() {
    let all = mastery(&[Right, Right, RightWithHint, Wrong, Nothing], 1, 0.9);
    assert_eq!((all.questions, all.seen, all.learning, all.mastered), (5, 4, 3, 2));
}

#[test]
fn a_topic_is_judged_like_a_credential() {
    let both = later(&[Right, Wrong, Nothing], &model(GOOD_DAYS), (1, 0.9), |k| {
        (k.of_topic("p", "t"), k.of_credential(&credential()))
    });
    assert_eq!(both.0, both.1);
    let other = later(&[Right], &model(GOOD_DAYS), (1, 0.9), |k| k.of_topic("p", "other"));
    assert_eq!(other.mean, None);
}

#[test]
fn right_after_a_wrong_answer_nobody_is_called_sure() {
    let mean = mastery(&[Wrong], 0, 0.9).mean.unwrap();
    assert!(mean < 0.9, "the chance of tomorrow counts: {mean}");
}

proptest! {
    #[test]
    fn a_question_is_mastered_exactly_when_chance_and_strength_say_so(
        answers in prop::collection::vec((0..40_u64, prop::bool::weighted(0.8), 0..4_u8), 1..10),
        days in 0..60_u64,
        retention in 0.8..0.97,
    ) {
        let (library, model) = (library(1), Model::default());
        let mut history = History::default();
        let mut day = start();
        for (gap, correct, guess) in answers {
            day = day + Days::new(gap);
            let answered = Answered { guess: f64::from(guess) / 8.0, ..answered(&id(0), correct, false) };
            history.learn(&model, &id(0), &Review::at_noon(&answered, day));
        }
        let day = day + Days::new(days);
        let knowledge = Knowledge { library: &library, history: &history, model: &model, retention, day };
        let learned = history.learned(&id(0)).unwrap();
        let strong = learned.strength(&model, knowledge.term()) >= 21.0;
        let sure = learned.retrievability(&model, knowledge.term(), day) >= retention.min(0.9);
        prop_assert_eq!(knowledge.is_strong(&id(0)), strong);
        prop_assert_eq!(knowledge.study(&id(0)) == StudyStage::Mastered, strong && sure);
        prop_assert_eq!(knowledge.of_credential(&credential()).study == StudyStage::Mastered, strong && sure);
    }
}
