//! Questions found by the words in them, and studied.

use crate::support::{Learner, verdicts};
use serde_json::Value;

fn ids(found: &Value) -> Vec<&str> {
    found["questions"].as_array().unwrap().iter().map(|question| question["id"].as_str().unwrap()).collect()
}

#[test]
fn a_search_finds_all_words_in_any_order_and_says_which_question_of_which_topic() {
    let learner = Learner::with_packs(&["harbor", "lighthouse"]);
    let found = learner.json(&["search", "SHÍP", "alon"]);
    assert_eq!(found["format"], 1);
    assert_eq!(found, learner.json(&["search", "alon ship"]));
    let questions = learner.questions("lighthouse");
    for id in ids(&found) {
        assert!(id.contains('/'), "{id}");
    }
    let of_pack = found["questions"].as_array().unwrap().iter().find(|q| q["pack"] == "lighthouse");
    let of_pack = of_pack.expect("a question on the flags of ships");
    let question = questions.iter().find(|question| question["id"] == of_pack["id"]).unwrap();
    assert_eq!((&of_pack["topic"], &of_pack["stem"]), (&question["topic"], &question["stem"]));
    assert_eq!(of_pack.as_object().unwrap().len(), 4, "and nothing else: {of_pack}");
}

#[test]
fn at_most_twenty_are_listed_and_json_has_all() {
    let learner = Learner::new();
    let all = learner.json(&["search", "exam"]);
    let screen = learner.run(&["search", "exam"]).done();
    let listed: Vec<&str> = screen.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let listed: Vec<&str> = listed.into_iter().filter(|word| ids(&all).contains(word)).collect();
    assert_eq!(listed, ids(&all)[..20], "{screen}");
    assert!(screen.contains(&format!("and {} more", ids(&all).len() - 20)), "{screen}");
}

#[test]
fn what_is_held_back_is_never_found() {
    let learner = Learner::with_packs(&["harbor", "lighthouse"]);
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
    let refused = learner.run(&["search", "proctored", "Kubernetes"]).refused(1);
    assert!(refused.contains("all of these words: proctored, kubernetes"), "{refused}");
    learner.run(&["pack", "off", "article"]).done();
    assert!(learner.run(&["search", "validiti"]).refused(1).contains("packs that are off"));
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
    let line = ["--plain", "study", "--pack", "words", "--search", "number answer"];
    let sitting = learner.piped(&line, "right\n".repeat(40)).done();
    assert_eq!(verdicts(&sitting).len(), 10, "of twelve, as many as the daily number of new ones: {sitting}");
    for answer in learner.events("answered") {
        assert!(answer["question"].as_str().unwrap().starts_with("words/"), "{answer}");
    }
    let one = Learner::with_packs(&["words"]);
    let sitting = one.piped(&["--plain", "study", "--pack", "words", "--search", "12"], "right\n").done();
    assert_eq!(one.events("answered").len(), 1, "{sitting}");
    assert_eq!(one.events("answered")[0]["question"], "words/q12");
}
