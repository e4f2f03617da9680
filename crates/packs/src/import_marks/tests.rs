//! What a second import keeps, and what notes are no notes.

use std::fs;

use super::*;
use badgedex_domain::question::{Fact, Kind, Teaches, Topic};

fn question(name: &str, stem: &str, kind: Kind) -> Question {
    Question::new(QuestionId::new(format!("mine/{name}")), "knots", stem, kind)
}

fn pack_of(questions: Vec<Question>) -> Pack {
    let topics = vec![Topic { id: "knots".to_owned(), name: "Ropes / knots".to_owned(), weight: None }];
    Pack { topics, questions, ..Pack::new("mine", "Mine", Teaches::Content) }
}

fn truth(name: &str, stem: &str) -> Question {
    question(name, stem, Kind::TrueFalse { key: true })
}

fn noted(pack: &Pack) -> ImportMarks {
    let folder = tempfile::TempDir::new().unwrap();
    fs::write(folder.path().join(NAME), note(pack).text).unwrap();
    read(folder.path()).unwrap()
}

fn stems(pack: &Pack) -> Vec<&str> {
    pack.questions.iter().map(|question| question.stem.as_str()).collect()
}

#[test]
fn what_was_edited_added_or_renamed_is_kept_and_the_rest_follows_the_file() {
    let came_in = pack_of(vec![truth("a", "A?"), truth("b", "B?"), truth("c", "C?"), truth("d", "D?")]);
    let mut old = came_in.clone();
    old.questions[1].stem = "B, mended?".to_owned();
    old.questions[2] = truth("see", "C?");
    old.questions[2].was = vec![QuestionId::new("mine/c")];
    let mut by_hand = truth("own", "My own?");
    (by_hand.topic, by_hand.facts) = ("sails".to_owned(), vec!["F1".to_owned()]);
    old.questions.push(by_hand);
    let topic = |id: &str| Topic { id: id.to_owned(), name: id.to_owned(), weight: None };
    old.topics.extend([topic("sails"), topic("masts")]);
    old.facts = vec![Fact { id: "F1".to_owned(), topic: "masts".to_owned(), text: "A fact.".to_owned() }];

    let mut new =
        pack_of(vec![truth("a", "A, anew?"), truth("b", "B, anew?"), truth("c", "C?"), truth("e", "E?")]);
    assert_eq!(keep(&old, &noted(&came_in), &mut new), 3);
    assert_eq!(stems(&new), ["A, anew?", "B, mended?", "C?", "E?", "My own?"]);
    assert_eq!(new.questions[2].id.as_str(), "mine/see");
    let topics: Vec<&str> = new.topics.iter().map(|topic| topic.id.as_str()).collect();
    assert_eq!((topics, new.facts.len()), (vec!["knots", "sails", "masts"], 1));
}

#[test]
fn an_edit_that_the_file_has_by_now_is_no_edit() {
    let came_in = pack_of(vec![truth("a", "A?")]);
    let edited = pack_of(vec![truth("a", "A, mended?")]);
    let mut new = edited.clone();
    assert_eq!(keep(&edited, &noted(&came_in), &mut new), 0);
    assert_eq!(new, edited);
}

#[test]
fn what_is_no_note_is_none() {
    let folder = tempfile::TempDir::new().unwrap();
    assert_eq!(read(folder.path()), None);
    let path = folder.path().join(NAME);
    for bytes in [&b""[..], b"badgedex import 2\n", b"\xff\xfe\0", b"\n\n"] {
        fs::write(&path, bytes).unwrap();
        assert_eq!(read(folder.path()), None, "{bytes:?}");
    }
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(read(folder.path()), None);
}

#[cfg(unix)]
#[test]
fn a_link_is_no_note() {
    let (folder, other) = (tempfile::TempDir::new().unwrap(), tempfile::TempDir::new().unwrap());
    fs::write(other.path().join("note"), note(&pack_of(vec![])).text).unwrap();
    std::os::unix::fs::symlink(other.path().join("note"), folder.path().join(NAME)).unwrap();
    assert_eq!(read(folder.path()), None);
}
