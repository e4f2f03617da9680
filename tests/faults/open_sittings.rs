//! A sitting that is open while its journal is set aside, replaced or gone: its next verdict is shown only if the
//! answer is in the journal that is there then.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use super::homes;
use super::sittings::is_verdict;
use crate::support::Learner;

/// A sitting over pipes that has given one answer and waits for the next.
struct OpenSitting {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl OpenSitting {
    fn after_one_answer(learner: &Learner) -> OpenSitting {
        let mut command = learner.command(&["study", "--plain", "--count", "20"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdin.write_all(b"?\n").unwrap();
        let mut line = String::new();
        while !is_verdict(&line) {
            line.clear();
            assert_ne!(stdout.read_line(&mut line).unwrap(), 0, "a verdict is shown");
        }
        OpenSitting { child, stdin, stdout }
    }

    /// Answers once more and ends the input. Returns the exit code and everything that was printed since.
    fn answer(mut self) -> (Option<i32>, String) {
        self.stdin.write_all(b"?\n").unwrap();
        drop(self.stdin);
        let (mut out, mut err) = (String::new(), String::new());
        self.stdout.read_to_string(&mut out).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        (self.child.wait().unwrap().code(), out + &err)
    }
}

fn verdicts(said: &str) -> usize {
    said.lines().filter(|line| is_verdict(line)).count()
}

/// Overwrites the head of the store, so that the next command sets it aside.
fn damage(learner: &Learner) {
    let mut bytes = homes::bytes(&learner.store());
    bytes[..100].fill(0xa5);
    // In place: the sitting has this very file open.
    fs::OpenOptions::new().write(true).open(learner.store()).unwrap().write_all(&bytes[..100]).unwrap();
    learner.run(&["due"]).refused(1);
}

#[test]
fn an_answer_goes_into_the_journal_that_a_restore_has_put_there() {
    let learner = homes::studied(3);
    learner.run(&["data", "backup"]).done();
    let sitting = OpenSitting::after_one_answer(&learner);
    damage(&learner);
    learner.run(&["data", "restore"]).quiet();
    let before = learner.journal().len();
    assert!(before >= 3, "the backup is restored");
    let (code, said) = sitting.answer();
    assert_eq!((code, verdicts(&said)), (Some(0), 1), "{said}");
    assert!(said.contains("Your journal was replaced"), "{said}");
    assert_eq!(learner.journal().len(), before + 1);
    assert!(learner.run(&["data", "check"]).done().contains("sound"));
    homes::study(&learner, 1);
    assert_eq!(learner.journal().len(), before + 2);
}

#[test]
fn no_verdict_is_shown_if_the_journal_was_set_aside_and_not_restored() {
    let learner = homes::studied(3);
    let sitting = OpenSitting::after_one_answer(&learner);
    damage(&learner);
    let (code, said) = sitting.answer();
    assert_eq!((code, verdicts(&said)), (Some(1), 0), "{said}");
    assert!(said.contains("This answer was not recorded") && said.contains("data restore"), "{said}");
    assert!(!learner.store().exists(), "no empty journal was started");
    learner.run(&["data", "restore"]).quiet();
    assert!(learner.journal().len() >= 3);
}

#[test]
fn a_home_that_has_vanished_is_told_at_the_next_answer_and_not_made_again() {
    let learner = homes::studied(3);
    let sitting = OpenSitting::after_one_answer(&learner);
    let elsewhere = tempfile::tempdir().unwrap();
    let moved = elsewhere.path().join("home");
    fs::rename(learner.home(), &moved).unwrap();
    let (code, said) = sitting.answer();
    assert_eq!((code, verdicts(&said)), (Some(1), 0), "{said}");
    let name = learner.home().to_str().unwrap();
    assert!(said.contains("This answer was not recorded") && said.contains(name), "{said}");
    assert!(!learner.home().exists(), "it was made again");
    fs::rename(&moved, learner.home()).unwrap();
    assert_eq!(learner.journal().len(), 4, "the answer before it is there");
}
