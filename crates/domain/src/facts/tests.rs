//! What a catalog asks, by day: which questions there are, and which replace others.

use std::collections::BTreeMap;

use super::*;
use crate::fixture::*;

/// All questions of both catalogs on a day, by the part of the id after `facts/`.
fn asked(on: &str) -> BTreeMap<String, Question> {
    let questions = pack(&catalogs(), day(on)).questions;
    questions.into_iter().map(|q| (q.id.as_str()["facts/".len()..].to_owned(), q)).collect()
}

/// The kinds of question about one credential.
fn kinds(on: &str, credential: &str) -> Vec<String> {
    let ids = asked(on).into_keys().filter_map(|id| {
        let (kind, subject) = id.split_once('/')?;
        subject.starts_with(credential).then(|| kind.to_owned())
    });
    ids.collect()
}

#[test]
fn what_is_asked_of_a_credential_depends_on_its_offer() {
    for (credential, on, expected) in [
        (QUANTUM, TODAY, &[][..]),
        (RUMOR, TODAY, &["tier"]),
        (LEGACY, TODAY, &["retired", "tier"]),
        (KEEPER, TODAY, &["retired", "successor", "tier"]),
        (NETWORK, TODAY, &["code", "fee", "minutes", "offered", "proctored", "tier", "validity"]),
        (
            BASICS,
            TODAY,
            &["code", "fee", "minutes", "offered", "proctored", "renewed-by", "tier", "validity"],
        ),
        (NETWORK, "2027-02-01", &["retired", "tier"]),
        // What was last read three years ago is no longer asked.
        (BASICS, "2029-11-02", &["tier"]),
    ] {
        assert_eq!(kinds(on, credential), expected, "{credential} on {on}");
    }
}

#[test]
fn a_key_that_the_calendar_changes_is_a_new_question_that_replaces_the_old_one() {
    let before = asked("2027-01-31");
    let after = asked("2027-02-01");
    for (new, old) in [
        ("retired/north-network", "offered/north-network"),
        // The rumor keeps the specialty tier from being counted; the associates are counted anew.
        ("how-many/north-associate-3", "how-many/north-associate-4"),
    ] {
        let question = &after[new];
        assert!(question.replaces.contains(&QuestionId::new(format!("facts/{old}"))), "{new}");
        assert!(question.changed.is_some() && !after.contains_key(old), "{new}");
    }
    assert!(before.contains_key("offered/north-network"));
    assert!(!after.keys().any(|id| id.starts_with("how-many/north-specialty")));
}

#[test]
fn the_path_is_asked_step_by_step() {
    let steps: Vec<String> = asked(TODAY).into_keys().filter(|id| id.starts_with("path/")).collect();
    assert_eq!(steps, ["path/north-step-1", "path/north-step-2", "path/north-step-3"]);
}

#[test]
fn a_tier_question_does_not_give_the_tier_away() {
    let questions = asked(TODAY);
    assert!(questions["tier/north-builder"].stem.contains("North Certified Builder"));
    assert!(!questions["tier/north-builder"].stem.contains("Associate"));
}

#[test]
fn every_question_has_a_known_topic_a_rationale_and_a_source() {
    let pack = pack(&catalogs(), day(TODAY));
    for question in &pack.questions {
        assert!(pack.topics.iter().any(|topic| topic.id == question.topic), "{}", question.id);
        assert!(question.rationale.is_some() && question.source.is_some(), "{}", question.id);
    }
}
