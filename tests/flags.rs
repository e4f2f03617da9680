//! Flags and notes: a learner's own marks on questions.

use crate::support::{Learner, event};
use serde_json::json;

const EXPIRY: &str = "article/years-of-validity";
const FREE: &str = "article/two-free-ones";

#[test]
fn a_flag_is_an_event_with_its_reason_and_is_listed_until_it_is_taken_away() {
    let learner = Learner::new();
    learner.run(&["flag", EXPIRY, "The", "key", "is wrong."]).done();
    learner.run(&["flag", FREE]).done();
    let flagged = learner.events("flagged");
    assert_eq!((&flagged[0]["question"], &flagged[0]["why"]), (&EXPIRY.into(), &"The key is wrong.".into()));
    assert_eq!((&flagged[1]["question"], &flagged[1]["why"]), (&FREE.into(), &json!(null)));
    let listed = learner.json(&["flags"]);
    let expected = json!({ "format": 1, "flags": [
        { "question": FREE, "why": null, "at": flagged[1]["at"] },
        { "question": EXPIRY, "why": "The key is wrong.", "at": flagged[0]["at"] },
    ] });
    assert_eq!(listed, expected);
    let screen = learner.run(&["flags"]).done();
    assert!(screen.contains("2 questions are flagged") && screen.contains("The key is wrong."), "{screen}");

    learner.run(&["unflag", EXPIRY]).done();
    assert_eq!(learner.events("unflagged")[0]["question"], EXPIRY);
    assert_eq!(learner.json(&["flags"])["flags"].as_array().unwrap().len(), 1);
    assert!(learner.run(&["unflag", EXPIRY]).refused(1).contains("is not flagged"));
}

#[test]
fn a_flag_stops_nothing_and_is_shown_with_the_question_and_so_is_a_note() {
    let learner = Learner::with_packs(&["words"]);
    let line = ["study", "--pack", "words", "--count", "1"];
    let first = learner.rehearse(&line)[0].id().to_owned();
    learner.run(&["flag", &first, "Too", "easy."]).done();
    learner.run(&["note", &first, "As in the song."]).done();
    assert_eq!(learner.rehearse(&line)[0].id(), first);
    let sitting = learner.piped(&["--plain", "study", "--pack", "words", "--count", "1"], "right\n").done();
    assert!(sitting.contains("Flagged: Too easy.\nYour note: As in the song.\n"), "{sitting}");
    assert_eq!(learner.events("answered").len(), 1);
}

#[test]
fn a_flag_without_a_reason_is_set_once_and_a_reason_can_be_changed() {
    let learner = Learner::new();
    learner.run(&["flag", FREE]).done();
    assert!(learner.run(&["flag", FREE]).refused(1).contains("flagged already"));
    learner.run(&["flag", FREE, "There are three."]).done();
    let flags = learner.json(&["flags"])["flags"].clone();
    assert_eq!((flags.as_array().unwrap().len(), &flags[0]["why"]), (1, &"There are three.".into()));
    assert!(learner.run(&["undo"]).done().contains("the flag on"));
    assert_eq!(learner.json(&["flags"])["flags"][0]["why"], json!(null));
}

#[test]
fn a_note_is_written_shown_replaced_and_removed() {
    let learner = Learner::new();
    let text = || learner.json(&["note", FREE])["text"].clone();
    assert_eq!(text(), json!(null));
    assert!(learner.run(&["note", FREE]).done().contains("There is no note"));
    assert!(learner.run(&["note", FREE, ""]).refused(1).contains("there is no note"));
    learner.run(&["note", FREE, "Ask", "Ana."]).done();
    assert_eq!(learner.run(&["note", FREE]).done().trim(), "Ask Ana.");
    learner.run(&["note", FREE, "One line.\nAnother."]).done();
    assert_eq!(text(), "One line.\nAnother.");
    learner.run(&["note", FREE, ""]).done();
    assert_eq!(text(), json!(null));
    let noted = learner.events("noted");
    assert_eq!((noted.len(), &noted[2]["question"], &noted[2]["text"]), (3, &FREE.into(), &"".into()));
    learner.run(&["undo"]).done();
    assert_eq!(text(), "One line.\nAnother.");
}

#[test]
fn what_is_too_long_or_unknown_is_refused_and_nothing_is_recorded() {
    let learner = Learner::new();
    let (long, fits) = ("é".repeat(1_001), "é".repeat(1_000));
    for command in ["flag", "note"] {
        let refused = learner.run(&[command, FREE, &long]).refused(1);
        assert!(refused.contains("at most 1,000 characters"), "{refused}");
        assert!(learner.run(&[command, "article/two-fre-ones", "x"]).refused(1).contains(FREE));
    }
    assert!(learner.run(&["unflag", "article/two-fre-ones"]).refused(1).contains(FREE));
    assert!(learner.journal().is_empty());
    learner.run(&["flag", FREE, &fits]).done();
    learner.run(&["note", FREE, &fits]).done();
    assert_eq!(learner.journal().len(), 2);
}

#[test]
fn what_a_terminal_would_obey_is_made_harmless_also_if_another_program_wrote_it() {
    let learner = Learner::new();
    learner.run(&["flag", FREE, "red \u{1b}[31m"]).done();
    learner.run(&["note", FREE, "bell \u{7}"]).done();
    let raw = json!({ "question": EXPIRY, "why": "evil \u{1b}[2J\nRight: yes" });
    learner.import(&[event(1, "2026-11-20T12:00:00+00:00", "flagged", raw)]).done();
    let raw = json!({ "question": "gone/\u{1b}[2J", "why": null });
    learner.import(&[event(2, "2026-11-20T12:00:00+00:00", "flagged", raw)]).done();
    let note = json!({ "question": EXPIRY, "text": "\u{1b}]0;x\u{7}" });
    learner.import(&[event(3, "2026-11-20T12:00:00+00:00", "noted", note)]).done();
    for line in [&["flags"][..], &["note", FREE], &["note", EXPIRY], &["flags", "--json"]] {
        let shown = learner.run(line).done();
        assert!(!shown.contains(['\u{1b}', '\u{7}']), "{line:?}: {shown:?}");
    }
    assert!(learner.run(&["flags"]).done().contains("No pack has this question any more"));
    learner.run(&["unflag", "gone/\u{1b}[2J"]).done();
    assert_eq!(learner.json(&["flags"])["flags"].as_array().unwrap().len(), 2);
}

#[test]
fn a_flag_follows_a_question_to_its_new_id() {
    let learner = Learner::with_packs(&["words"]);
    let old = learner.questions("words")[0]["id"].as_str().unwrap().to_owned();
    learner.run(&["flag", &old, "Rename it."]).done();
    let new = old.replace("words/", "words/renamed-");
    for file in ["first.json", "last.json"] {
        let path = learner.path("questions/words").join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let name = |id: &str| format!("\"id\": \"{id}\"");
        let renamed = text.replace(&name(&old), &format!("{}, \"was\": [\"{old}\"]", name(&new)));
        std::fs::write(&path, renamed).unwrap();
    }
    assert_eq!(learner.json(&["flags"])["flags"][0]["question"], new.as_str());
    learner.run(&["unflag", &old]).done();
    assert_eq!(learner.json(&["flags"])["flags"], json!([]));
}

#[test]
fn flags_and_notes_travel_with_the_journal() {
    let (one, other) = (Learner::new(), Learner::new());
    one.run(&["flag", FREE, "There are three."]).done();
    one.run(&["note", FREE, "Ask Ana."]).done();
    let shared = one.path("shared");
    std::fs::create_dir(&shared).unwrap();
    for learner in [&one, &other] {
        learner.run(&["data", "sync", shared.to_str().unwrap()]).done();
    }
    assert_eq!(other.json(&["flags"]), one.json(&["flags"]));
    assert_eq!(other.json(&["note", FREE])["text"], "Ask Ana.");
}
