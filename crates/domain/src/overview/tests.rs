//! The sums of a day against the questions one by one.

use chrono::Days;
use proptest::prelude::*;

use super::*;
use crate::history::{History, Review};
use crate::library::Library;
use crate::memory::Model;
use crate::question::{Kind, QuestionId, Teaches, Topic};

fn start() -> NaiveDate {
    "2026-11-01".parse().unwrap()
}

fn id(number: usize) -> QuestionId {
    QuestionId::new(format!("p/{number}"))
}

fn credential(name: &str) -> CredentialId {
    CredentialId::new(name)
}

/// Twelve questions in three topics; every other one is about "x", every third about "y".
fn library() -> Library {
    let question = |number: usize| Question {
        credentials: [(2, "x"), (3, "y")]
            .into_iter()
            .filter(|(every, _)| number.is_multiple_of(*every))
            .map(|(_, name)| credential(name))
            .collect(),
        ..Question::new(
            id(number),
            ["a", "b", "c"][number % 3],
            format!("Question {number}?"),
            Kind::Typed { accepted: vec!["yes".into()] },
        )
    };
    let topic = |id: &str| Topic { id: id.into(), name: id.to_uppercase(), weight: None };
    let pack = Pack {
        credentials: vec![credential("x")],
        topics: ["a", "b", "c", "empty"].map(topic).into(),
        questions: (0..12).map(question).collect(),
        ..Pack::new("p", "A pack", Teaches::Content)
    };
    Library::new(Vec::new(), vec![pack])
}

/// Question, days since the answer before, right.
fn answers() -> impl Strategy<Value = Vec<(usize, u64, bool)>> {
    prop::collection::vec((0..12_usize, 0..9_u64, prop::bool::weighted(0.75)), 0..60)
}

fn review(day: NaiveDate, correct: bool) -> Review {
    Review {
        day,
        correct,
        guess: 0.25,
        hint: false,
        cram: false,
        minute: 720,
        took_ms: Some(5_000),
        self_checked: false,
    }
}

fn history(model: &Model, answers: &[(usize, u64, bool)]) -> (History, NaiveDate) {
    let (mut history, mut day) = (History::default(), start());
    for &(question, gap, correct) in answers {
        day = day + Days::new(gap);
        history.learn(model, &id(question), &review(day, correct));
    }
    (history, day)
}

proptest! {
    #[test]
    fn the_sums_are_those_of_the_questions(answers in answers(), later in 0..40_u64, retention in 0.8..0.97) {
        let (library, model) = (library(), Model::default());
        let (history, last) = history(&model, &answers);
        let day = last + Days::new(later);
        let knowledge = Knowledge { library: &library, history: &history, model: &model, retention, day };
        let overview = Overview::of(&knowledge, &Record::default(), &Settings::default(), day);
        let close = |a: Mastery, b: Mastery| {
            let means = (a.mean.unwrap_or(-1.0) - b.mean.unwrap_or(-1.0)).abs() < 1e-12;
            means && Mastery { mean: None, ..a } == Mastery { mean: None, ..b }
        };
        prop_assert!(close(overview.all, knowledge.of(library.questions())));
        for topic in &overview.topics {
            prop_assert!(close(topic.mastery, knowledge.of_topic("p", &topic.topic)), "{topic:?}");
        }
        for name in ["x", "y", "z"] {
            let (sum, one_by_one) = (overview.of_credential(&credential(name)), knowledge.of_credential(&credential(name)));
            prop_assert!(close(sum, one_by_one), "{name}: {sum:?} {one_by_one:?}");
            let parts = overview.topics_of(&credential(name)).iter().map(|(_, part)| part.questions).sum::<usize>();
            prop_assert_eq!(parts, sum.questions);
        }
        let due = library.questions().filter(|q| knowledge.is_due(&q.id)).count();
        prop_assert_eq!(overview.due, due);
        prop_assert_eq!(overview.coming.get(&day).copied().unwrap_or(0), due);
        prop_assert_eq!(overview.coming.values().sum::<usize>(), overview.all.seen);
        prop_assert_eq!(overview.new, (12 - overview.all.seen).min(10usize.saturating_sub(
            history.totals.first_seen(day) as usize)));
        prop_assert!(overview.sitting.due >= due.min(20));
        let seen = overview.chances.iter().sum::<u32>();
        prop_assert_eq!(seen as usize, overview.all.seen);
        let memory: f64 = history.tracks().map(|(_, track)| track.memory_days()).sum();
        prop_assert!((overview.memory.days - memory).abs() < 1e-6);
        prop_assert!(overview.memory.faded <= overview.memory.days + 1e-6);
    }

    #[test]
    fn a_question_is_due_from_its_day_on(answers in answers(), later in 0..400_u64, retention in 0.8..0.97) {
        let (library, model) = (library(), Model::default());
        let (history, last) = history(&model, &answers);
        let day = last + Days::new(later);
        let knowledge = Knowledge { library: &library, history: &history, model: &model, retention, day };
        for question in library.questions() {
            let due_on = history.learned(&question.id).map(|l| l.due_on(&model, knowledge.term(), retention));
            prop_assert_eq!(knowledge.is_due(&question.id), due_on.is_some_and(|on| on <= day));
        }
    }

    #[test]
    fn the_first_day_that_is_due_is_the_first_at_or_below_the_desired_chance(
        answers in answers(), retention in 0.8..0.97,
    ) {
        let model = Model::default();
        let (history, _) = history(&model, &answers);
        for (_, track) in history.tracks() {
            let crate::history::Memory::Learned(learned) = &track.memory else { continue };
            let term = history.totals.learner.term;
            let days = model.due_after(&learned.belief, retention, term);
            let chance = |days: u32| model.retrievability(&learned.belief, f64::from(days), term);
            prop_assert!(days >= 1 && (chance(days) <= retention || days == 36_500), "{days}");
            prop_assert!(days == 1 || chance(days - 1) > retention, "{days}");
        }
    }
}

#[test]
fn content_is_taught_where_a_pack_says_so() {
    let (library, model, history) = (library(), Model::default(), History::default());
    let knowledge =
        Knowledge { library: &library, history: &history, model: &model, retention: 0.9, day: start() };
    let overview = Overview::of(&knowledge, &Record::default(), &Settings::default(), start());
    let taught = ["x", "y"].map(|name| overview.has_content_for(&credential(name)));
    assert_eq!(taught, [true, false]);
    assert_eq!(overview.topic("p", "empty").map(|topic| topic.mastery), Some(Mastery::NONE));
    assert_eq!(overview.of_credential(&credential("nobody")), Mastery::NONE);
}
