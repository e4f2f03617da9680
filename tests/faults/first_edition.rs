//! The first run after an upgrade from the first edition of the model of memory.

use std::fs;

use rusqlite::Connection;
use serde_json::Value;

use super::homes::with_old_store;
use crate::support::{Learner, answered};

/// The layout of the cache that the last version with the first edition had.
const OLD_LAYOUT: i64 = 0x6264_0005;
const TOLD: &str = "allows for answers that were not learned";

/// Puts a cache in the place of the present one, as a version with the first edition left it.
fn with_old_cache(learner: &Learner) {
    let path = learner.path("ready.db");
    if path.exists() {
        fs::remove_file(&path).expect("the cache can be removed");
    }
    let cache = Connection::open(path).expect("a file");
    cache.execute_batch("CREATE TABLE entries (name TEXT PRIMARY KEY)").expect("a table");
    cache.pragma_update(None, "user_version", OLD_LAYOUT).expect("a layout");
}

/// Somebody who missed three questions, one of them gone since, and got them right by choice of four on later days.
fn forgetful() -> Learner {
    let learner = Learner::new();
    let answers = ["forty-colleagues", "newcomer-needs-nothing", "gone"].iter().enumerate();
    let lines = answers.flat_map(|(place, question)| {
        let question = format!("article/{question}");
        ["17", "18", "21", "22"].iter().enumerate().map(move |(nth, of_month)| {
            let at = format!("2026-11-{of_month}T12:00:0{place}+00:00");
            let line = answered((10 * place + nth + 1) as u64, &at, &question, nth != 0);
            let mut line: Value = serde_json::from_str(&line).expect("JSON");
            line["guess"] = 0.25.into();
            line.to_string()
        })
    });
    learner.import(&lines.collect::<Vec<_>>()).done();
    learner
}

#[test]
fn after_an_upgrade_a_person_is_told_once_what_is_due_earlier() {
    let learner = forgetful();
    with_old_cache(&learner);
    let short = learner.run(&["due", "--short"]);
    assert!(!short.err.contains(TOLD), "a shell prompt has no place for it: {short:?}");
    let script = learner.run(&["stats", "--json"]);
    assert!(!script.err.contains(TOLD), "a script does not read it: {script:?}");
    let first = learner.run(&["stats", "--plain"]);
    assert!(first.err.contains(TOLD) && first.err.contains("2 questions are due earlier."), "{first:?}");
    assert!(!first.out.contains(TOLD), "{first:?}");
    assert!(!learner.run(&["stats", "--plain"]).err.contains(TOLD), "it is told once");
}

#[test]
fn who_never_used_the_first_edition_is_told_nothing() {
    let new = Learner::new();
    assert!(!new.run(&["stats", "--plain"]).err.contains(TOLD));
    let learner = forgetful();
    assert!(!learner.run(&["stats", "--plain"]).err.contains(TOLD));
}

#[test]
fn old_stores_of_which_nothing_is_due_earlier_are_folded_anew_in_silence() {
    for schema in [1, 2] {
        let (learner, _) = with_old_store(schema);
        with_old_cache(&learner);
        let before = learner.run(&["stats", "--plain"]);
        assert!(!before.err.contains(TOLD), "{before:?}");
        learner.run(&["stats", "--plain"]).done();
    }
}
