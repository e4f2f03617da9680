//! Agreement with the reference, and the laws of the days before an exam.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::Weekday;
use proptest::prelude::*;
use serde::Deserialize;

use super::*;
use crate::history::{DayTotals, Review};
use crate::journal::Answered;
use crate::library::Library;
use crate::memory::TermEstimate;
use crate::question::{Kind, Pack, Question, Teaches, Topic};
use crate::record::Record;
use crate::settings::{Goal, Settings};
use crate::target::Target;

/// Learners before an exam, and what the reference rule asks and forecasts.
const VECTORS: &str = include_str!("../../tests/exam_days_vectors.json");
/// The forecast agrees within this.
const NEAR: f64 = 1e-9;

#[derive(Deserialize)]
struct Vector {
    questions: Vec<RawQuestion>,
    today: i32,
    exam: i32,
    daily: u32,
    prior: f64,
    term: f64,
    off: Vec<i32>,
    answered: u32,
    new_today: u32,
    list: Vec<QuestionId>,
    forecast: f64,
}

#[derive(Deserialize)]
struct RawQuestion {
    id: QuestionId,
    belief: Vec<(f64, f64, f64, f64)>,
    last: Option<i32>,
    guess: f64,
    weight: f64,
    prior: Option<f64>,
    turn: Option<f64>,
}

/// A day by its number since 1970-01-01.
fn day(number: i32) -> NaiveDate {
    NaiveDate::from_epoch_days(number).unwrap()
}

impl Vector {
    fn days(&self) -> ExamDays<'static> {
        let off: Vec<Weekday> = self.off.iter().map(|number| day(*number).weekday()).collect();
        ExamDays {
            model: model(),
            today: day(self.today),
            exam: day(self.exam),
            daily: self.daily,
            days_off: DaysOff::of(&off).unwrap(),
            term: Term::of(self.term),
        }
    }

    fn beliefs(&self) -> Vec<Vec<Hypothesis>> {
        let state =
            |&(weight, stability, difficulty, learned)| Hypothesis { weight, stability, difficulty, learned };
        self.questions.iter().map(|question| question.belief.iter().map(state).collect()).collect()
    }

    fn questions<'a>(&'a self, beliefs: &'a [Vec<Hypothesis>]) -> Vec<StudyQuestion<'a>> {
        let question = |(raw, belief): (&'a RawQuestion, &'a Vec<Hypothesis>)| StudyQuestion {
            id: &raw.id,
            seen: raw.last.map(|last| Seen { belief, last: day(last) }),
            guess: raw.guess,
            weight: raw.weight,
            prior: raw.prior.unwrap_or(self.prior),
            turn: raw.turn.unwrap_or_default(),
        };
        self.questions.iter().zip(beliefs).map(question).collect()
    }

    fn done(&self) -> DoneToday {
        DoneToday { answers: self.answered, new: self.new_today }
    }
}

/// FSRS-6 with its default parameters.
fn model() -> &'static Model {
    static MODEL: LazyLock<Model> = LazyLock::new(Model::default);
    &MODEL
}

/// The usual learner, with a term that is known by a precision.
fn known_by(precision: f64) -> TermEstimate {
    TermEstimate { precision, ..TermEstimate::default() }
}

fn vectors() -> Vec<Vector> {
    serde_json::from_str(VECTORS).unwrap()
}

#[test]
fn the_list_of_every_day_is_that_of_the_reference() {
    for (place, vector) in vectors().iter().enumerate() {
        let beliefs = vector.beliefs();
        let list = vector.days().today_list(&vector.questions(&beliefs), vector.done());
        assert_eq!(list, vector.list.iter().collect::<Vec<_>>(), "vector {place}");
    }
}

#[test]
fn every_forecast_is_that_of_the_reference() {
    for (place, vector) in vectors().iter().enumerate() {
        let beliefs = vector.beliefs();
        let forecast = vector.days().forecast(&vector.questions(&beliefs)).unwrap();
        assert!(
            (forecast - vector.forecast).abs() < NEAR,
            "vector {place}: {forecast}, not {}",
            vector.forecast
        );
    }
}

#[test]
fn the_order_of_a_day_begins_with_its_list_and_has_every_question_once() {
    for vector in vectors() {
        let (beliefs, days) = (vector.beliefs(), vector.days());
        let questions = vector.questions(&beliefs);
        let order: Vec<_> = days.order(&questions, vector.done()).iter().map(|ordered| ordered.id).collect();
        assert!(order.starts_with(&days.today_list(&questions, vector.done())));
        let mut unique = order.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), order.len());
        let may_be_asked = |q: &&StudyQuestion| q.weight > 0.0 && q.seen.is_none_or(|s| s.last < days.today);
        assert_eq!(order.len(), questions.iter().filter(may_be_asked).count());
    }
}

#[test]
fn the_daily_number_that_is_needed_reaches_the_target_and_one_less_does_not() {
    for vector in vectors().into_iter().filter(|vector| vector.questions.len() <= 30) {
        let (beliefs, days) = (vector.beliefs(), vector.days());
        let questions = vector.questions(&beliefs);
        let with = |daily| ExamDays { daily, ..days }.forecast(&questions).unwrap();
        match days.needed(&questions, 0.85) {
            None => assert!(with(400) < 0.85),
            Some(needed) => {
                assert!(with(needed) >= 0.85, "{needed} are not enough");
                assert!(needed == 1 || with(needed - 1) < 0.85, "fewer than {needed} are enough");
            }
        }
    }
}

/// Questions of an exam that nobody has answered; the ids are kept by the caller.
fn new_questions(ids: &[QuestionId]) -> Vec<StudyQuestion<'_>> {
    let question = |(place, id)| StudyQuestion {
        id,
        seen: None,
        guess: 0.25,
        weight: 1.0,
        prior: 0.3,
        turn: (place as f64 + 0.5) / ids.len() as f64,
    };
    ids.iter().enumerate().map(question).collect()
}

fn ids(number: usize) -> Vec<QuestionId> {
    (0..number).map(|place| QuestionId::new(format!("pack/{place}"))).collect()
}

fn three_weeks() -> ExamDays<'static> {
    ExamDays {
        model: model(),
        today: day(20_000),
        exam: day(20_021),
        daily: 20,
        days_off: DaysOff::default(),
        term: Term::USUAL,
    }
}

#[test]
fn on_the_day_of_the_exam_and_later_nothing_is_asked_and_nothing_forecast() {
    let ids = ids(10);
    for exam in [20_000, 19_990] {
        let days = ExamDays { exam: day(exam), ..three_weeks() };
        assert!(days.today_list(&new_questions(&ids), DoneToday::default()).is_empty());
        assert!(days.order(&new_questions(&ids), DoneToday::default()).is_empty());
        assert_eq!(days.forecast(&new_questions(&ids)), None);
    }
}

#[test]
fn without_questions_there_is_no_forecast() {
    assert_eq!(three_weeks().forecast(&[]), None);
    assert_eq!(three_weeks().needed(&[], 0.85), None);
}

#[test]
fn a_day_off_has_no_list_but_an_order_for_those_who_study_all_the_same() {
    let ids = ids(30);
    let days = three_weeks();
    let days = ExamDays { days_off: DaysOff::of(&[days.today.weekday()]).unwrap(), ..days };
    assert!(days.today_list(&new_questions(&ids), DoneToday::default()).is_empty());
    assert_eq!(days.order(&new_questions(&ids), DoneToday::default()).len(), 30);
}

#[test]
fn new_questions_come_by_turn() {
    let ids = ids(40);
    let mut questions = new_questions(&ids);
    questions.reverse();
    let list = three_weeks().today_list(&questions, DoneToday::default());
    let first: Vec<&QuestionId> = ids.iter().take(list.len()).collect();
    assert!(!list.is_empty());
    assert_eq!(list, first);
}

#[test]
fn what_was_answered_today_is_taken_off_the_list() {
    let ids = ids(200);
    let questions = new_questions(&ids);
    let all = three_weeks().today_list(&questions, DoneToday::default()).len();
    let later = three_weeks().today_list(&questions, DoneToday { answers: 10, new: 10 }).len();
    let none = three_weeks().today_list(&questions, DoneToday { answers: 20, new: 10 }).len();
    assert!(later < all, "{later} of {all}");
    assert_eq!(none, 0);
}

#[test]
fn the_range_of_a_forecast_narrows_as_the_term_settles() {
    let ids = ids(60);
    let questions = new_questions(&ids);
    let early = three_weeks().forecast_range(&questions, &known_by(0.15)).unwrap();
    let late = three_weeks().forecast_range(&questions, &known_by(50.0)).unwrap();
    assert!(early.low <= early.mid && early.mid <= early.high);
    assert!(late.high - late.low < early.high - early.low);
    assert_eq!(early.mid, late.mid);
}

#[test]
fn the_daily_number_is_what_is_set_else_the_goal_else_the_pace_of_two_weeks() {
    let today = day(20_000);
    let totals = |answers| DayTotals { answers, ..DayTotals::default() };
    let days: BTreeMap<NaiveDate, DayTotals> =
        [(19_985, 500), (19_986, 30), (19_990, 0), (19_995, 45), (20_000, 900)]
            .map(|(number, answers)| (day(number), totals(answers)))
            .into();
    let settings = |answers_per_day, goal| {
        let mut settings = Settings::default();
        (settings.answers_per_day, settings.goal) = (answers_per_day, goal);
        settings
    };
    let set = settings(Some(12), Some(Goal::Answers(7)));
    let goal = settings(None, Some(Goal::Answers(7)));
    let minutes = settings(None, Some(Goal::Minutes(15)));
    assert_eq!(daily_answers(&set, &days, today), 12);
    assert_eq!(daily_answers(&goal, &days, today), 7);
    assert_eq!(daily_answers(&minutes, &days, today), 38);
    assert_eq!(daily_answers(&Settings::default(), &BTreeMap::new(), today), 20);
    assert_eq!(daily_answers(&Settings::default(), &[(day(19_999), totals(2))].into(), today), 10);
}

/// A pack of thirty statements as the exam of a target, and answers to them: ten a day on these days.
fn studied(on: &[i32]) -> (Library, Vec<(QuestionId, Review)>) {
    let statement = |id| Question::new(id, "t", "Is this true?", Kind::TrueFalse { key: true });
    let pack = Pack {
        topics: vec![Topic { id: "t".into(), name: "Topic".into(), weight: None }],
        questions: ids(30).into_iter().map(statement).collect(),
        ..Pack::new("pack", "Pack", Teaches::Content)
    };
    let answer = |number: i32, place: usize| {
        let id = ids(30).swap_remove((10 * number as usize + place) % 30);
        let answered = Answered::new(id.clone(), !place.is_multiple_of(4), 0.5);
        (id, Review::at_noon(&answered, day(on[number as usize])))
    };
    let numbers = 0..on.len() as i32;
    let answers = numbers.flat_map(|number| (0..10).map(move |place| (number, place)));
    (Library::new(Vec::new(), vec![pack]), answers.map(|(number, place)| answer(number, place)).collect())
}

#[test]
fn an_exam_that_is_over_is_compared_with_what_was_forecast_two_weeks_before() {
    let (record, settings) = (Record::default(), Settings::default());
    let target = Target::Pack("pack".into());
    // Two days are enough for a forecast that is not rough; the exam is on day 40.
    for (study, made_on) in [
        (&[10, 12, 20, 30][..], Some(26)),
        (&[30, 32, 38], Some(33)),
        (&[5, 6], Some(26)),
        (&[39], None),
        (&[39, 40, 41], None),
        (&[], None),
    ] {
        let (library, answers) = studied(study);
        let around =
            Circumstances { library: &library, model: model(), record: &record, settings: &settings };
        let told = LookBack::of(&target, day(40), &answers, around);
        assert_eq!(told.map(|told| told.made_on), made_on.map(day), "{study:?}");
        if let Some(LookBack { forecast, known, .. }) = told {
            assert!((0.0..1.0).contains(&forecast) && (0.0..1.0).contains(&known), "{told:?}");
            // Nobody who studied only before the forecast remembers as much as if they had gone on.
            assert!(study.iter().any(|day| *day > made_on.unwrap()) || known < forecast, "{told:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_forecast_is_a_chance(number in 1..200_usize, left in 1..200_i32, daily in 0..100_u32, term in -6.0..6.0) {
        let ids = ids(number);
        let days = ExamDays { exam: day(20_000 + left), daily, term: Term::of(term), ..three_weeks() };
        let forecast = days.forecast(&new_questions(&ids)).unwrap();
        prop_assert!((0.0..=1.0).contains(&forecast), "{}", forecast);
    }

    #[test]
    fn a_list_is_worked_off_by_the_daily_number_of_answers(number in 1..200_usize, left in 1..60_i32, daily in 0..60_u32) {
        let ids = ids(number);
        let days = ExamDays { exam: day(20_000 + left), daily, ..three_weeks() };
        let list = days.today_list(&new_questions(&ids), DoneToday::default());
        prop_assert!(list.len() <= daily as usize);
    }
}

mod rules;
