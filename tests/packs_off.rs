//! Packs that are switched off: not asked, not counted, and as they were once they are back.

use crate::support::{Learner, answered, texts};
use serde_json::Value;

/// A learner who has answered a question of the pack `words`, which is due today.
fn pupil() -> Learner {
    let learner = Learner::with_packs(&["words"]);
    let id = learner.questions("words")[0]["id"].as_str().unwrap().to_owned();
    learner.import(&[answered(1, "2026-10-01T12:00:00+00:00", &id, true)]).done();
    learner
}

fn listed(learner: &Learner, pack: &str) -> Value {
    let list = learner.json(&["pack", "list"]);
    list["packs"].as_array().unwrap().iter().find(|listed| listed["id"] == pack).unwrap().clone()
}

fn packs_of(topics: &Value) -> Vec<&str> {
    topics.as_array().unwrap().iter().map(|topic| topic["pack"].as_str().unwrap()).collect()
}

#[test]
fn a_pack_that_is_off_counts_nowhere_and_comes_back_as_it_was() {
    let learner = pupil();
    let before = learner.state();
    assert_eq!(before["due"]["due"], 1);
    assert_eq!(learner.json(&["pack", "off", "Words"])["pack"], "words");
    assert_eq!(listed(&learner, "words")["off"], true);
    assert!(learner.run(&["pack", "list"]).done().contains("off, "));

    let off = learner.state();
    assert_eq!(off["due"]["due"], 0);
    assert!(!packs_of(&off["stats"]["topics"]).contains(&"words"));
    assert_eq!(off["stats"]["answers"], 1, "what was answered is history");
    assert_eq!(off["stats"]["details"].as_array().unwrap().len(), 1);
    assert_eq!(off["set"]["off/words"], "yes");

    learner.run(&["pack", "on", "words"]).done();
    assert_eq!(listed(&learner, "words")["off"], false);
    assert_eq!(learner.state(), before);
}

#[test]
fn the_cached_day_follows_a_pack_that_is_switched_off() {
    let learner = pupil();
    assert!(learner.run(&["due", "--short"]).done().starts_with('1'));
    assert!(learner.run(&["due", "--short"]).done().starts_with('1'), "from the cache");
    learner.run(&["pack", "off", "words"]).done();
    assert_eq!(learner.run(&["due", "--short"]).code, Some(1));
    learner.run(&["undo"]).done();
    assert!(learner.run(&["due", "--short"]).done().starts_with('1'));
}

#[test]
fn a_sitting_asks_nothing_of_a_pack_that_is_off() {
    let learner = Learner::with_packs(&["words"]);
    for pack in ["article", "facts", "aws-today"] {
        learner.run(&["pack", "off", pack]).done();
    }
    let asked = learner.rehearse(&["study", "--count", "40"]);
    assert!(!asked.is_empty());
    for shown in &asked {
        let pack = shown.id().split('/').next().unwrap();
        assert!(["words", "cloud-practitioner"].contains(&pack), "{}", shown.id());
    }
    let about = learner.rehearse(&["study", "--credential", "security", "--count", "40"]);
    assert!(about.is_empty(), "the packs about it are off");
}

#[test]
fn to_study_a_pack_or_a_topic_that_is_off_says_how_to_switch_it_on() {
    let learner = Learner::with_packs(&["words"]);
    let topic = texts(&listed(&learner, "words")["topics"])[0].to_owned();
    learner.run(&["pack", "off", "words"]).done();
    for line in [["study", "--pack", "words"], ["study", "--topic", &format!("words/{topic}")]] {
        let refused = learner.run(&line).refused(1);
        assert!(refused.contains("badgedex pack on words"), "{refused}");
    }
}

#[test]
fn a_pack_is_switched_by_a_setting_too_and_undo_takes_it_back() {
    let learner = Learner::new();
    let set = learner.json(&["set", "off/cloud_practitioner", "yes"]);
    assert_eq!((&set["key"], &set["value"]), (&"off/cloud-practitioner".into(), &"yes".into()));
    let event = &learner.events("set")[0];
    assert_eq!((&event["key"], &event["value"]), (&"off/cloud-practitioner".into(), &"yes".into()));
    assert!(learner.run(&["set"]).done().contains("off/cloud-practitioner"));
    let undone = learner.run(&["undo"]).done();
    assert!(undone.contains("that the pack cloud-practitioner was switched off"), "{undone}");
    assert_eq!(listed(&learner, "cloud-practitioner")["off"], false);
    assert_eq!(learner.json(&["set", "new_per_day", "5"])["key"], "new-per-day");
}

#[test]
fn what_cannot_be_switched_is_refused_with_a_word() {
    let learner = Learner::new();
    for (line, said) in [
        (&["pack", "off", "artikle"][..], "there is no pack \"artikle\""),
        (&["pack", "on", "article"], "the pack article is not off"),
        (&["set", "off/artikle", "yes"], "there is no pack \"artikle\""),
        (&["set", "off/article", "maybe"], "it is yes or no"),
        (&["set", "off/article"], "off/article is no"),
    ] {
        let refused = learner.run(line).refused(1);
        assert!(refused.contains(said), "{line:?}: {refused}");
    }
    learner.run(&["pack", "off", "article"]).done();
    assert!(learner.run(&["pack", "off", "article"]).refused(1).contains("off already"));
    assert!(learner.journal().len() == 1, "only what was done is recorded");
}

#[test]
fn a_pack_that_is_off_can_still_be_shown_and_exported() {
    let learner = Learner::new();
    let questions = learner.questions("article");
    learner.run(&["pack", "off", "article"]).done();
    assert_eq!(learner.questions("article"), questions);
    learner.run(&["pack", "export", "article", "--as", "json"]).done();
}
