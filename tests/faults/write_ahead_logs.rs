//! Write-ahead logs that are missing, left over, of another store, or invalid.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use super::homes;
use super::sittings::is_verdict;
use crate::support::Learner;

/// A learner whose last sitting was killed, so that its answers are still in the log, and the export.
fn killed(answers: usize) -> (Learner, String) {
    let learner = homes::studied(3);
    let mut command = learner.command(&["study", "--plain", "--count", "20"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all("?\n".repeat(answers).as_bytes()).unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert_eq!(lines.filter(|line| is_verdict(line)).take(answers).count(), answers);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(learner.path("journal.db-wal").metadata().unwrap().len() > 0);
    let export = homes::copied(&learner).export();
    assert_eq!(export.lines().count(), 1 + 3 + answers);
    (learner, export)
}

#[test]
fn a_leftover_log_is_read() {
    let (learner, export) = killed(4);
    assert_eq!(learner.export(), export);
    assert!(learner.run(&["data", "check"]).done().contains("sound"));
}

#[test]
fn the_index_of_the_log_may_be_missing_or_invalid() {
    for index in [None, Some(vec![]), Some(vec![0xa5; 32768]), Some(vec![0; 100])] {
        let (learner, export) = killed(4);
        match index {
            None => fs::remove_file(learner.path("journal.db-shm")).unwrap(),
            Some(bytes) => fs::write(learner.path("journal.db-shm"), bytes).unwrap(),
        }
        assert_eq!(learner.export(), export);
    }
}

#[test]
fn without_its_log_the_store_holds_what_was_written_back() {
    let (learner, _) = killed(4);
    fs::remove_file(learner.path("journal.db-wal")).unwrap();
    assert_eq!(learner.journal().len(), 3);
    assert!(learner.run(&["data", "check"]).done().contains("sound"));
    homes::study(&learner, 2);
    assert_eq!(learner.journal().len(), 5);
}

#[test]
fn a_truncated_log_gives_complete_answers_up_to_its_end() {
    let (template, export) = killed(4);
    let whole = homes::bytes(&template.path("journal.db-wal"));
    for length in (0..whole.len()).step_by(whole.len() / 5) {
        let learner = homes::copied(&template);
        fs::write(learner.path("journal.db-wal"), &whole[..length]).unwrap();
        let read = learner.export();
        assert!(export.starts_with(&read) && read.lines().count() >= 4, "{length} bytes: {read}");
        assert!(learner.run(&["data", "check"]).done().contains("sound"), "{length} bytes");
        homes::study(&learner, 1);
    }
}

#[test]
fn an_invalid_log_is_not_read() {
    for log in [vec![0xa5; 20_000], b"Dear diary".to_vec(), vec![0; 8240]] {
        let learner = homes::studied(3);
        let export = learner.export();
        fs::write(learner.path("journal.db-wal"), &log).unwrap();
        assert_eq!(learner.export(), export, "{} bytes", log.len());
    }
}

/// SQLite takes any intact log for the store's own. The result may be another journal, but never half a journal.
#[test]
fn a_log_of_another_store_does_not_give_half_a_journal() {
    let learner = homes::studied(3);
    let log = homes::bytes(&killed(5).0.path("journal.db-wal"));
    fs::write(learner.path("journal.db-wal"), log).unwrap();
    for line in [&["data", "export"][..], &["data", "check"], &["stats"]] {
        let ran = learner.run(line);
        assert!(matches!(ran.code, Some(0 | 1)), "{ran}");
        ran.quiet();
    }
}

#[test]
fn a_log_without_its_store_is_not_taken_for_one() {
    let (learner, _) = killed(4);
    fs::remove_file(learner.store()).unwrap();
    let ran = learner.run(&["data", "export"]);
    ran.quiet();
    if ran.code == Some(0) {
        homes::study(&learner, 2);
        assert!(learner.run(&["data", "check"]).done().contains("sound"));
    }
}

#[test]
fn an_old_rollback_journal_does_no_harm() {
    let learner = homes::studied(3);
    let export = learner.export();
    learner.write("journal.db-journal", vec![0; 512]);
    assert_eq!(learner.export(), export);
}
