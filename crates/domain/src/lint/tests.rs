//! Tables of what is a warning and what is not.

use super::*;
use crate::question::Teaches;
use crate::question::Topic;

fn one_of(id: &str, stem: &str, choices: &[&str]) -> Question {
    let kind = Kind::OneOf {
        choices: choices.iter().map(|c| (*c).to_owned()).collect(),
        key: 0,
        typed: Vec::new(),
        shuffle: true,
    };
    Question {
        rationale: Some("For another reason.".to_owned()),
        source: Some("A book".to_owned()),
        checked: "2026-11-23".parse().ok(),
        ..Question::new(QuestionId::new(id), "only", stem, kind)
    }
}

fn names(questions: Vec<Question>) -> Vec<&'static str> {
    let pack = Pack {
        topics: vec![Topic { id: "only".to_owned(), name: "Only".to_owned(), weight: None }],
        questions,
        ..Pack::new("p", "", Teaches::About)
    };
    let today = "2026-11-27".parse().unwrap();
    lint(&pack, today).iter().map(|flaw| flaw.lint.name()).collect()
}

#[test]
fn every_lint_of_a_single_question_has_its_name() {
    for (stem, choices, flaw) in [
        ("Which?", ["one", "two", "three"], None),
        ("Which?", ["a key that goes on and on and on", "two", "three"], Some("long-key")),
        ("Which?", ["cats", "cats and dogs", "mice"], Some("overlapping-choices")),
        ("Which?", ["Shield", "Shield Advanced", "mice"], None),
        ("For how long?", ["1 to 3 years", "2-5 years", "none"], Some("overlapping-choices")),
        ("For how long?", ["1 to 3 years", "3 to 5 years", "none"], None),
        ("For how long?", ["2 years", "at least 1 year", "at least 2 years"], None),
        ("For how long?", ["never", "at least 3 years", "more than 2 years"], Some("overlapping-choices")),
        ("How large?", ["never", "under 10 GB", "5 to 20 GB"], Some("overlapping-choices")),
        ("How large?", ["under 5 GB", "5 to 20 GB", "over 20 GB"], None),
        ("Which?", ["a key", "a key with a tag", "mice"], Some("overlapping-choices")),
        ("Which?", ["one", "two", "All of the above"], Some("all-of-the-above")),
        ("Which?", ["one", "two", "Both A and B"], Some("all-of-the-above")),
        ("Which of these is not red?", ["one", "two", "three"], Some("negative-stem")),
        ("Which of these is NOT red?", ["one", "two", "three"], Some("negative-stem")),
        ("All are red EXCEPT which?", ["one", "two", "three"], Some("negative-stem")),
        ("Which of these statements is false?", ["one", "two", "three"], Some("negative-stem")),
        ("Which isn\u{2019}t red?", ["one", "two", "three"], Some("negative-stem")),
        ("Which colour, if it may be had, does NOT fade?", ["one", "two", "three"], Some("negative-stem")),
        ("Which status means Not Found?", ["one", "two", "three"], None),
        ("Which has at least one wheel?", ["car", "boat", "sled"], None),
        ("It does not rain. Which is red?", ["one", "two", "three"], None),
        ("Which suits a disk that does not spin?", ["one", "two", "three"], None),
        ("Which is red and not blue?", ["one", "two", "three"], None),
        ("Which is red, not blue?", ["one", "two", "three"], None),
        ("Which is not just red?", ["one", "two", "three"], None),
        ("What guards the harbour?", ["A harbour wall", "two", "three"], Some("telling-stem")),
        ("What guards the harbour?", ["A harbour wall", "harbours", "three"], None),
        ("Of dog, cat or cow: which barks?", ["dog", "cat", "cow"], None),
        ("What does the dog do?", ["dog", "cat", "cow"], Some("telling-stem")),
    ] {
        assert_eq!(names(vec![one_of("p/a", stem, &choices)]), Vec::from_iter(flaw), "{stem} {choices:?}");
    }
}

#[test]
fn a_question_about_a_past_year_does_not_age() {
    for (stem, flaw) in [("What did it cost?", Some("old")), ("What did it cost in 2019?", None)] {
        let old =
            Question { checked: "2020-01-01".parse().ok(), ..one_of("p/a", stem, &["one", "two", "six"]) };
        assert_eq!(names(vec![old]), Vec::from_iter(flaw), "{stem}");
    }
}

#[test]
fn a_question_that_was_checked_on_a_future_day_is_a_warning() {
    for (day, flaw) in [("2026-11-24", None), ("2127-01-01", Some("checked-ahead"))] {
        let question =
            Question { checked: day.parse().ok(), ..one_of("p/a", "What is it?", &["one", "two", "six"]) };
        assert_eq!(names(vec![question]), Vec::from_iter(flaw), "{day}");
    }
}

#[test]
fn the_same_in_other_small_words_is_a_duplicate_and_another_thing_is_not() {
    for (one, other, is_duplicate) in [
        (
            "Which colour do the tall chairs have in the hall?",
            "What colour is a tall chair of the hall?",
            true,
        ),
        ("Which colour does the tall shelf have?", "How heavy is the tall shelf?", false),
        (
            "Which exam does CLF-C02 follow in the long list?",
            "Which exam does SAA-C03 follow in the long list?",
            false,
        ),
    ] {
        let ask = |id: &str, stem: &str| one_of(id, stem, &["red", "blue", "green"]);
        let duplicates = names(vec![ask("p/a", one), ask("p/b", other)]);
        assert_eq!(duplicates, Vec::from_iter(is_duplicate.then_some("near-duplicate")), "{one} {other}");
    }
}

#[test]
fn duplicates_are_found_among_very_many_questions_of_one_pattern() {
    let ask = |n: usize, stem: &str| one_of(&format!("p/q{n}"), stem, &["red", "blue", "green"]);
    let mut all: Vec<Question> = (0..3000)
        .map(|n| ask(n, &format!("Which colour has the thing number{n} upon that long shelf?")))
        .collect();
    all.push(ask(3000, "Which colour did the thing number17 have on a long shelf upon that?"));
    let duplicates = super::duplicates::duplicates(&all);
    assert_eq!(duplicates[3000], Some(QuestionId::new("p/q17")));
    assert_eq!(duplicates.iter().flatten().count(), 1);
}
