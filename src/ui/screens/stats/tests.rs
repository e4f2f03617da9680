//! The screen of figures for overviews of every kind.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::ui::text::display_width;
use badgedex_domain::awards::{Award, AwardState};
use badgedex_domain::history::{Calibration, DayTotals, History, SelfChecked};
use badgedex_domain::levels::MemoryDays;
use badgedex_domain::library::Library;
use badgedex_domain::mastery::{Knowledge, Mastery, StudyStage};
use badgedex_domain::memory::{Model, Term, TermEstimate};
use badgedex_domain::overview::{HardQuestion, TopicSummary};
use badgedex_domain::question::{QuestionId, Teaches};
use badgedex_domain::record::Record;
use badgedex_domain::settings::Settings;

fn day() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

fn empty() -> Overview {
    let (library, history, model) = (Library::default(), History::default(), Model::default());
    let knowledge =
        Knowledge { library: &library, history: &history, model: &model, retention: 0.9, day: day() };
    Overview::of(&knowledge, &Record::default(), &Settings::default(), day())
}

fn mastery(questions: usize, seen: usize, mean: f64) -> Mastery {
    let seen = seen.min(questions);
    Mastery {
        questions,
        seen,
        learning: seen,
        mastered: seen / 2,
        mean: Some(mean),
        study: StudyStage::Learning,
    }
}

fn totals() -> impl Strategy<Value = DayTotals> {
    (0..1_000_000_u32, 0..u64::from(u32::MAX), -400.0..4e5).prop_map(|(answers, took_ms, memory)| DayTotals {
        answers,
        right: answers / 2,
        took_ms,
        memory,
        ..DayTotals::default()
    })
}

fn topics() -> impl Strategy<Value = Vec<TopicSummary>> {
    let topic =
        ("p[ab]", "([a-zäß漢字:%&<.-]{1,12} ){0,5}", 0..1_000_000_usize, 0..1_000_000_usize, 0.0..=1.0);
    prop::collection::vec(topic, 0..30).prop_map(|topics| {
        let sum = |(pack, name, questions, seen, mean): (String, String, usize, usize, f64)| TopicSummary {
            pack_title: name.clone(),
            pack,
            topic: "t".into(),
            name,
            teaches: Teaches::About,
            weight: None,
            mastery: mastery(questions, seen, mean),
            due: 0,
        };
        topics.into_iter().map(sum).collect()
    })
}

fn calibration() -> impl Strategy<Value = Calibration> {
    (0..1_000_000_u32, 0.0..=1.0, 0.0..=1.0).prop_map(|(answers, predicted, right): (u32, f64, f64)| {
        let of = f64::from(answers);
        Calibration { answers, predicted: predicted * of, right: (right * of) as u32 }
    })
}

prop_compose! {
    fn overviews()(
        days in prop::collection::btree_map(0..190_u64, totals(), 0..60),
        coming in prop::collection::btree_map(0..60_u64, 0..1_000_000_usize, 0..40),
        chances in prop::array::uniform10(0..1_000_000_u32),
        bins in prop::array::uniform10(calibration()),
        all in calibration(),
        own in calibration(),
        topics in topics(),
        answers in 0..1_000_000_u32,
        memory in 0.0..4e8,
        later in prop_oneof![Just(0_u32), 1..1_000_000_u32],
        stem in "([a-zäß漢字:%&<.-]{1,12} ){0,8}",
    ) -> Overview {
        let mut overview = empty();
        let before = |(ago, totals)| (day() - Days::new(ago), totals);
        overview.days = days.into_iter().map(before).collect();
        overview.days_studied = overview.days.len() as u32;
        overview.took_ms = overview.days.values().map(|totals| totals.took_ms).sum();
        overview.coming = coming.into_iter().map(|(after, due)| (day() + Days::new(after), due)).collect::<BTreeMap<_, _>>();
        (overview.chances, overview.predictions.all, overview.predictions.bins) = (chances, all, bins);
        (overview.topics, overview.answers, overview.right) = (topics, answers, answers / 3);
        let (known, hard) = (own.right, own.right / 2);
        overview.self_checked = SelfChecked { answers: own.answers, known, hard, calibration: own };
        (overview.later, overview.due) = (later, answers as usize);
        overview.learner = TermEstimate { term: Term::of(memory % 13.0 - 6.0), answers_to_misses: answers, ..TermEstimate::default() };
        overview.memory = MemoryDays { days: memory, faded: memory / 3.0 };
        overview.all = mastery(1_000_000, answers as usize, 0.5);
        let hard = |lapses| HardQuestion { question: QuestionId::new("pack/a-question"), stem: stem.clone(), answers, right: answers / 2, lapses };
        overview.hardest = vec![hard(0)];
        overview.leeches = vec![hard(9)];
        overview.awards = Award::ALL.map(|award| AwardState { award, have: 7, need: 500, earned_on: None }).into();
        overview
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_line_is_wider_than_the_screen_and_no_figure_is_no_number(
        overview in overviews(), width in 30..=100_usize, unicode: bool, plain: bool, color: bool,
    ) {
        let look = Look { width, color, unicode, plain, wrap: true, links: false };
        let text = stats(&look, &Stats { overview: &overview, gamification: true, goal: None, exams: &[] });
        for line in text.lines() {
            prop_assert!(display_width(line) <= width, "{width}: {line:?}");
        }
        prop_assert!(!text.contains("NaN") && !text.contains("inf "), "{text}");
        prop_assert!(color || !text.contains('\u{1b}'), "colours");
    }
}

#[test]
fn what_is_missing_is_said_instead_of_drawn() {
    let mut overview = empty();
    overview.answers = 7;
    overview.predictions.all = Calibration { answers: 7, predicted: 6.0, right: 6 };
    let look = Look { width: 80, color: false, unicode: true, plain: false, wrap: true, links: false };
    let text = stats(&look, &Stats { overview: &overview, gamification: false, goal: None, exams: &[] });
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(joined.contains("13 more"), "{text}");
    assert!(joined.contains("2 days more"), "{text}");
}

#[test]
fn what_is_kept_of_a_miss_is_said_from_twenty_later_answers_on() {
    let look = Look { width: 80, color: false, unicode: true, plain: true, wrap: true, links: false };
    for (answers_to_misses, is_said) in [(19, false), (20, true)] {
        let mut overview = empty();
        overview.answers = 70;
        overview.learner =
            TermEstimate { term: Term::of(-0.7), answers_to_misses, ..TermEstimate::default() };
        let text = stats(&look, &Stats { overview: &overview, gamification: false, goal: None, exams: &[] });
        let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(joined.contains("You keep about 6 in 10 of what you got wrong"), is_said, "{text}");
    }
}

#[test]
fn self_checked_answers_stand_apart_from_checked_ones() {
    let mut overview = empty();
    (overview.answers, overview.right) = (70, 48);
    let calibration = Calibration { answers: 20, predicted: 17.0, right: 18 };
    overview.self_checked = SelfChecked { answers: 30, known: 24, hard: 5, calibration };
    for plain in [true, false] {
        let look = Look { width: 80, color: false, unicode: true, plain, wrap: true, links: false };
        let text = stats(&look, &Stats { overview: &overview, gamification: false, goal: None, exams: &[] });
        let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for told in [
            if plain { "40 checked answers, 60 % right" } else { "checked, 60% right" },
            "By your own word 80 % known, 5 of them with effort; 6 forgotten.",
            "Over 20 answers on later days 85 % predicted, 90 % known.",
        ] {
            assert!(joined.contains(told), "{told}: {text}");
        }
    }
    overview.self_checked = SelfChecked::default();
    let look = Look { width: 80, color: false, unicode: true, plain: true, wrap: true, links: false };
    let text = stats(&look, &Stats { overview: &overview, gamification: false, goal: None, exams: &[] });
    assert!(text.contains("70 answers, 69 % right") && !text.contains("Self-checked"), "{text}");
}
