//! Questions found by the words in them, and studied.

use crate::support::{Learner, verdicts};
use serde_json::Value;

fn ids(found: &Value) -> Vec<&str> {
    found["questions"].as_array().unwrap().iter().map(|question| question["id"].as_str().unwrap()).collect()
}

#[test]
fn a_search_finds_all_words_in_any_order_and_says_which_question_of_which_topic() {
    let learner = Learner::with_packs(&["lighthouse"]);
    let found = learner.json(&["search", "LÍGHT", "harb"]);
    assert_eq!(found["format"], 1);
    assert_eq!(found, learner.json(&["search", "harb light"]));
    let questions = learner.questions("lighthouse");
    for id in ids(&found) {
        assert!(id.contains('/'), "{id}");
    }
    let of_pack = found["questions"].as_array().unwrap().iter().find(|q| q["pack"] == "lighthouse");
    let of_pack = of_pack.expect("a question on lighthouses in harbors");
    let question = questions.iter().find(|question| question["id"] == of_pack["id"]).unwrap();
    assert_eq!((&of_pack["topic"], &of_pack["stem"]), (&question["topic"], &question["stem"]));
    assert_eq!(of_pack.as_object().unwrap().len(), 4, "and nothing else: {of_pack}");
}

#[test]
fn at_most_twenty_are_listed_and_json_has_all() {
    let learner = Learner::with_packs(&["words"]);
    let all = learner.json(&["search", "answer", "number"]);
    let screen = learner.run(&["search", "answer", "number"]).done();
    let listed = screen.lines().filter(|line| line.contains("What is the answer to number")).count();
    assert_eq!(listed, 20, "{screen}");
    assert!(screen.contains(&format!("and {} more", ids(&all).len() - 20)), "{screen}");
}

#[test]
fn what_is_held_back_is_never_found() {
    let learner = Learner::with_packs(&["lighthouse"]);
    let all = learner.json(&["pack", "show", "lighthouse", "--held-back"]);
    let held_back: Vec<&Value> =
        all["questions"].as_array().unwrap().iter().filter(|question| !question["form"].is_null()).collect();
    assert_eq!(held_back.len(), 20);
    for question in held_back {
        let ran = learner.run(&["search", question["stem"].as_str().unwrap()]);
        assert!(!ran.out.contains(question["id"].as_str().unwrap()), "{ran}");
    }
}

#[test]
fn a_search_in_vain_names_the_word_that_is_unknown_or_asks_for_fewer_words() {
    let learner = Learner::new();
    let refused = learner.run(&["search", "validiti"]).refused(1);
    assert!(refused.contains("\"validiti\"") && refused.contains("validity"), "{refused}");
    let refused = learner.run(&["search", "foundational specialty proctored kubernetes zero"]).refused(1);
    assert!(refused.contains("badgedex:"), "{refused}");
    assert!(learner.run(&["search", "?!"]).refused(1).contains("no word to search for"));
    assert!(learner.run(&["study", "--search", "validiti"]).refused(1).contains("validity"));
    learner.run(&["search"]).refused(2);
}

#[test]
fn what_is_found_can_be_studied_by_the_same_rules_as_a_topic() {
    let learner = Learner::with_packs(&["words"]);
    let all = learner.json(&["search", "answer number"]);
    let asked = learner.rehearse(&["study", "--search", "answer", "number", "--count", "40"]);
    assert!(!asked.is_empty());
    for shown in &asked {
        assert!(ids(&all).contains(&shown.id()), "{}", shown.id());
    }
    let line = ["--plain", "study", "--search", "number 7"];
    let sitting = learner.piped(&line, "right\n".repeat(40)).done();
    let found = learner.json(&["search", "number 7"]);
    assert_eq!(
        verdicts(&sitting).len(),
        ids(&found).len().min(10),
        "the daily number of new ones: {sitting}"
    );
    for answer in learner.events("answered") {
        assert!(ids(&found).contains(&answer["question"].as_str().unwrap()), "{answer}");
    }
}
