//! Badge files of other programs, read by the real binary.

use crate::support::Learner;

const TWELVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/crates/proofs/samples/credly-twelve.json");

#[test]
fn a_file_of_twelve_badges_becomes_a_collection_in_one_command_and_again_changes_nothing() {
    let learner = Learner::new();
    learner.run(&["pass", "--from", TWELVE, "--yes"]).done();
    let journal = learner.journal();
    assert_eq!(learner.events("passed").len(), 10);
    learner.run(&["pass", "--from", TWELVE, "--yes"]).done();
    assert_eq!(learner.journal(), journal);
}

#[test]
fn nothing_is_recorded_unasked() {
    let learner = Learner::new();
    let ran = learner.run(&["pass", "--from", TWELVE]);
    assert_eq!(ran.code, Some(1), "{ran}");
    assert!(learner.journal().is_empty(), "{ran}");
}

#[test]
fn all_of_a_file_is_taken_back_by_one_undo() {
    let learner = Learner::new();
    learner.run(&["pass", "--from", TWELVE, "--yes"]).done();
    learner.run(&["undo"]).done();
    assert_eq!(learner.json(&["badges"])["held"], 0);
}

#[test]
fn what_is_no_badge_file_is_said_in_a_line_or_two() {
    let learner = Learner::new();
    let ran = learner.run(&["pass", "--from", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")]);
    assert_eq!(ran.code, Some(1), "{ran}");
    assert!(ran.err.contains("not a file of badges") && ran.err.lines().count() <= 2, "{ran}");
}
