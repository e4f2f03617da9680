//! Tables of what is a flaw and what is none.

use super::*;
use crate::domain::question::Teaches;
use crate::domain::question::Topic;

fn one_of(id: &str, stem: &str, choices: &[&str]) -> Question {
    let kind = Kind::OneOf {
        choices: choices.iter().map(|c| (*c).to_owned()).collect(),
        key: 0,
        typed: Vec::new(),
        shuffle: true,
    };
    Question {
        id: QuestionId::new(id),
        topic: "only".to_owned(),
        credentials: Vec::new(),
        facts: Vec::new(),
        stem: stem.to_owned(),
        kind,
        hint: None,
        rationale: Some("For another reason.".to_owned()),
        source: Some("A book".to_owned()),
        checked: "2026-11-23".parse().ok(),
        was: Vec::new(),
        replaces: Vec::new(),
        changed: None,
    }
}

fn names(questions: Vec<Question>) -> Vec<&'static str> {
    let pack = Pack {
        id: "p".to_owned(),
        title: String::new(),
        description: String::new(),
        licence: None,
        source: None,
        teaches: Teaches::About,
        credentials: Vec::new(),
        topics: vec![Topic { id: "only".to_owned(), name: "Only".to_owned(), weight: None }],
        facts: Vec::new(),
        questions,
    };
    let today = "2026-11-27".parse().unwrap();
    flaws(&pack, today).iter().map(|flaw| flaw.defect.name()).collect()
}

#[test]
fn every_flaw_of_a_single_question_has_its_name() {
    for (stem, choices, flaw) in [
        ("Which?", ["one", "two", "three"], None),
        ("Which?", ["a key that goes on and on and on", "two", "three"], Some("long-key")),
        ("Which?", ["cats", "cats and dogs", "mice"], Some("overlapping-choices")),
        ("Which?", ["Shield", "Shield Advanced", "mice"], None),
        ("For how long?", ["1 to 3 years", "2-5 years", "none"], Some("overlapping-choices")),
        ("For how long?", ["1 to 3 years", "3 to 5 years", "none"], None),
        ("Which?", ["one", "two", "All of the above"], Some("all-of-the-above")),
        ("Which?", ["one", "two", "Both A and B"], Some("all-of-the-above")),
        ("Which of these is not red?", ["one", "two", "three"], Some("negative-stem")),
        ("Which of these is NOT red?", ["one", "two", "three"], None),
        ("It does not rain. Which is red?", ["one", "two", "three"], None),
        ("Which suits a disk that does not spin?", ["one", "two", "three"], None),
        ("Which is red and not blue?", ["one", "two", "three"], None),
        ("Which is red, not blue?", ["one", "two", "three"], None),
        ("Which is not just red?", ["one", "two", "three"], None),
        ("What guards the harbour?", ["A harbour wall", "two", "three"], Some("telling-stem")),
        ("What guards the harbour?", ["A harbour wall", "harbours", "three"], None),
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
fn questions_of_one_pattern_on_two_things_are_no_twins() {
    let stem =
        |what: &str| format!("In the long list of many things, which colour has the {what} on the shelf?");
    let ask = |id: &str, what: &str| one_of(id, &stem(what), &["red", "blue", "green"]);
    assert_eq!(names(vec![ask("p/a", "cup"), ask("p/b", "mug")]), ["near-duplicate"]);
    assert_eq!(names(vec![ask("p/a", "CLF-C02"), ask("p/b", "SAA-C03")]), [""; 0]);
}
