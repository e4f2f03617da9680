//! Writing packs: what `pack new` lays out can be checked and studied at once.

use std::fs;

use crate::support::{Learner, verdicts};
use serde_json::Value;

/// Everything answered beforehand, but for the place.
const ALL: [&str; 8] =
    ["--title", "My notes", "--credential", "none", "--topics", "Storage, Networks", "--licence", "CC0-1.0"];

fn new<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["pack", "new"][..], more].concat()
}

fn head(learner: &Learner, id: &str) -> Value {
    let text = fs::read_to_string(learner.path(&format!("questions/{id}/pack.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_new_pack_passes_the_check_and_is_studied_at_once() {
    let learner = Learner::new();
    let said = learner.run(&new(&ALL)).done();
    assert!(said.contains("badgedex study --pack my-notes"), "{said}");
    let folder = learner.path("questions/my-notes");
    let checked = learner.run(&["pack", "check", folder.to_str().unwrap()]).done();
    assert!(checked.contains("no faults in 7 questions"), "{checked}");
    let transcript = learner.piped(&["study", "--plain", "--pack", "my-notes"], "?\n".repeat(30)).done();
    assert!(!verdicts(&transcript).is_empty(), "{transcript}");

    let head = head(&learner, "my-notes");
    assert_eq!(head["title"], "My notes");
    assert_eq!(head["licence"], "CC0-1.0");
    assert_eq!(head["credentials"], Value::Array(vec![]));
    assert_eq!(head["topics"][1]["id"], "networks");
    let kinds = learner.questions("my-notes");
    let kinds: Vec<&str> = kinds.iter().map(|q| q["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["one-of", "any-of", "true-false", "typed", "number", "order", "reveal"]);
}

#[test]
fn a_pack_without_credentials_works_everywhere() {
    let learner = Learner::new();
    learner.run(&new(&ALL)).done();
    for line in [
        &["pack", "list"][..],
        &["pack", "show", "my-notes"],
        &["due"],
        &["stats"],
        &["stats", "--all"],
        &["next", "--explain"],
        &["badges"],
        &["plan"],
        &["study", "--plain", "--pack", "my-notes", "--topic", "storage", "--cram"],
    ] {
        learner.run(line).done();
    }
}

#[test]
fn the_schemas_that_a_pack_names_lie_in_it() {
    let learner = Learner::new();
    learner.run(&new(&ALL)).done();
    for file in ["pack.json", "questions.json"] {
        let folder = learner.path("questions/my-notes");
        let text = fs::read_to_string(folder.join(file)).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        let schema = fs::read_to_string(folder.join(value["$schema"].as_str().unwrap())).unwrap();
        let schema: Value = serde_json::from_str(&schema).unwrap();
        for key in value.as_object().unwrap().keys() {
            assert!(schema["properties"].get(key).is_some(), "{file}: {key}");
        }
    }
}

#[test]
fn what_is_not_given_is_asked_in_lines() {
    let learner = Learner::new();
    let answers = "Exam notes\n1\nclf\nCosts, Support\n\n";
    learner.piped(&["pack", "new", "--plain"], answers).done();
    let written = head(&learner, "exam-notes");
    assert_eq!(written["teaches"], "content");
    assert_eq!(written["credentials"][0], "aws-cloud-practitioner");
    assert_eq!(written["licence"], "all rights reserved");

    learner.piped(&["pack", "new", "--plain", "facts-of-mine"], "Facts\n2\nsaa\n\n\n").done();
    assert_eq!(head(&learner, "facts-of-mine")["teaches"], "about");
}

#[test]
fn a_wrong_answer_is_asked_again_and_an_early_end_writes_nothing() {
    let learner = Learner::new();
    let ran = learner.piped(&["pack", "new", "--plain"], "日本\nNotes\n1\nclfx\nclf\na,A\n");
    assert_eq!(ran.code, Some(1), "{ran}");
    assert!(ran.out.contains("no letter") && ran.out.contains("there is no credential"), "{ran}");
    assert!(ran.out.contains("two topics"), "{ran}");
    assert!(ran.err.contains("nothing was written"), "{ran}");
    assert!(!learner.path("questions/notes").exists());
}

#[test]
fn a_folder_or_an_id_that_is_there_is_refused() {
    let learner = Learner::with_packs(&["faulty"]);
    learner.run(&new(&ALL)).done();
    for (at, word) in [
        ("my-notes", "there already"),
        ("article", "there is a pack"),
        ("facts", "there is a pack"),
        ("faulty", "there already"),
        ("Bad Id", "bad-id"),
        ("日本", "a to z"),
    ] {
        let said = learner.run(&[&new(&ALL)[..], &[at]].concat()).refused(1);
        assert!(said.contains(word), "{at}: {said}");
    }
    let said = learner.run(&new(&ALL)).refused(1);
    assert!(said.contains("there already"), "{said}");
}

#[test]
fn a_folder_elsewhere_is_laid_out_where_it_is_named() {
    let learner = Learner::new();
    let folder = learner.path("elsewhere/deep/Some Notes");
    let line = [&new(&ALL)[..], &[folder.to_str().unwrap()]].concat();
    learner.run(&line).done();
    assert!(fs::read_to_string(folder.join("pack.json")).unwrap().contains("\"id\": \"some-notes\""));
    assert!(learner.run(&["pack", "check", folder.to_str().unwrap()]).done().contains("no faults"));
    assert!(!learner.path("questions").exists());
}

#[test]
fn with_json_nobody_is_asked_and_the_files_are_named() {
    let learner = Learner::new();
    let said = learner.run(&["pack", "new", "--json", "--title", "Notes"]).refused(1);
    assert!(said.contains("--credential"), "{said}");
    let told = learner.json(&new(&ALL));
    assert_eq!(told["pack"], "my-notes");
    let files = told["files"].as_array().unwrap();
    assert!(files.iter().all(|file| std::path::Path::new(file.as_str().unwrap()).is_file()));
}
