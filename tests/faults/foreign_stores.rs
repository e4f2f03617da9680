//! Stores that must not be touched: of another program, a newer version, or another user.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::damaged::foreign;
use super::homes;
use crate::support::{Learner, Ran};

/// Commands of every kind: they read, write, ask or repair.
const COMMANDS: [&[&str]; 9] = [
    &["due"],
    &["stats", "--all"],
    &["study", "--plain"],
    &["pass", "saa", "--on", "2026-05-04"],
    &["data", "export"],
    &["data", "check"],
    &["data", "backup"],
    &["data", "restore"],
    &["undo"],
];

/// Every command refuses this store with these words and does not change a byte of it.
#[track_caller]
fn assert_refused_untouched(learner: &Learner, words: &[&str]) {
    let (bytes, names) = (homes::bytes(&learner.store()), homes::names(learner.home(), "", ""));
    for command in COMMANDS {
        let ran = learner.run(command);
        assert_eq!(ran.code, Some(1), "{ran}");
        ran.quiet();
        let said = format!("{}{}", ran.out, ran.err);
        assert!(said.contains("journal.db"), "the file is not named: {ran}");
        assert!(words.iter().all(|word| said.contains(word)), "{ran}");
        assert!(homes::bytes(&learner.store()) == bytes, "it was changed by {ran}");
        assert!(homes::set_aside(learner).is_empty(), "it was set aside by {ran}");
    }
    assert_eq!(learner.run(&["due", "--short"]).code, Some(3));
    let left: Vec<String> = homes::names(learner.home(), "journal", "");
    let before: Vec<String> = names.into_iter().filter(|name| name.starts_with("journal")).collect();
    assert_eq!(left, before, "traces were left next to it");
}

/// Changes the numbers in the header of a store.
fn stamp(path: &Path, application: i64, version: i64) {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.pragma_update(None, "application_id", application).unwrap();
    connection.pragma_update(None, "user_version", version).unwrap();
}

#[test]
fn another_programs_file_is_refused_by_name_and_untouched() {
    let learner = Learner::new();
    foreign(&learner.store());
    assert_refused_untouched(&learner, &["another program"]);
}

#[test]
fn another_programs_file_with_a_log_is_refused_and_untouched() {
    let elsewhere = tempfile::tempdir().unwrap();
    let path = elsewhere.path().join("songs.db");
    foreign(&path);
    let connection = rusqlite::Connection::open(&path).unwrap();
    let _: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0)).unwrap();
    connection.execute("INSERT INTO songs VALUES ('Kind of')", []).unwrap();
    let learner = Learner::new();
    for end in ["", "-wal"] {
        let from = elsewhere.path().join(format!("songs.db{end}"));
        fs::copy(from, learner.path(&format!("journal.db{end}"))).unwrap();
    }
    let log = homes::bytes(&learner.path("journal.db-wal"));
    assert_refused_untouched(&learner, &["another program"]);
    assert!(homes::bytes(&learner.path("journal.db-wal")) == log, "its log was written back");
}

#[test]
fn a_newer_schema_is_refused_by_number_and_untouched() {
    let learner = homes::studied(2);
    let newer = homes::schema(&learner.store()) + 1;
    stamp(&learner.store(), 0x6264_6578, newer);
    assert_refused_untouched(&learner, &["newer", &newer.to_string(), "update badgedex"]);
}

#[test]
fn a_store_of_ours_with_another_stamp_is_another_programs() {
    let learner = homes::studied(2);
    stamp(&learner.store(), 0x1234_5678, 1);
    assert_refused_untouched(&learner, &["another program"]);
}

#[test]
fn a_store_of_another_user_is_refused_by_name_and_untouched() {
    let Some(stranger) = Stranger::new() else { return };
    let learner = homes::studied(2);
    let bytes = homes::bytes(&learner.store());
    for mode in ["700", "755"] {
        chmod(mode, learner.home());
        for command in COMMANDS {
            let ran = stranger.run(&learner, command);
            assert_eq!(ran.code, Some(1), "{ran}");
            ran.quiet();
            assert!(ran.err.contains(learner.home().to_str().unwrap()), "the file is not named: {ran}");
            assert!(homes::set_aside(&learner).is_empty(), "{ran}");
        }
    }
    assert!(homes::bytes(&learner.store()) == bytes);
    learner.run(&["data", "check"]).done();
}

#[test]
fn a_store_that_another_user_put_there_is_not_used_by_root() {
    if !homes::is_root() {
        return homes::skip("only root can give files away");
    }
    let learner = homes::studied(2);
    let given = Command::new("chown").arg("65534").arg(learner.store()).status().unwrap();
    assert!(given.success());
    let ran = learner.run(&["stats"]);
    ran.quiet();
    // Its owner can change it at any time.
    assert!(ran.refused(1).contains("journal.db"));
}

#[test]
fn a_folder_that_cannot_be_read_is_named() {
    let Some(stranger) = Stranger::new() else { return };
    let locked = tempfile::tempdir().unwrap();
    chmod("700", locked.path());
    let inside = locked.path().join("home");
    let learner = Learner::new().with("BADGEDEX_HOME", inside.to_str().unwrap());
    for command in [&["due"][..], &["data", "export"]] {
        let ran = stranger.run(&learner, command);
        assert!(ran.refused(1).contains(inside.to_str().unwrap()), "{ran}");
    }
}

pub fn chmod(mode: &str, path: &Path) {
    let status = Command::new("chmod").arg(mode).arg(path).status().expect("chmod is there");
    assert!(status.success());
}

/// Another user of this computer, to whom file modes apply.
pub struct Stranger {
    /// Holds a copy of the program that everybody can run.
    folder: tempfile::TempDir,
}

impl Stranger {
    /// `None`, with the reason printed, if this process cannot become another user.
    pub fn new() -> Option<Stranger> {
        if !homes::is_root() {
            homes::skip("only root can run a program as somebody else");
            return None;
        }
        let stranger = Stranger { folder: tempfile::tempdir().expect("a folder") };
        fs::copy(env!("CARGO_BIN_EXE_badgedex"), stranger.program()).expect("a copy of the program");
        chmod("755", stranger.folder.path());
        chmod("755", &stranger.program());
        let tried = stranger.command(&Learner::new(), &["--version"]).output();
        if tried.is_ok_and(|output| output.status.success()) {
            return Some(stranger);
        }
        homes::skip("setpriv cannot start the program as somebody else");
        None
    }

    fn program(&self) -> PathBuf {
        self.folder.path().join("badgedex")
    }

    fn command(&self, learner: &Learner, line: &[&str]) -> Command {
        let theirs = learner.command(line);
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(self.program());
        command.args(theirs.get_args());
        for (name, value) in theirs.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
    }

    /// Runs a command in a learner's home as this user.
    pub fn run(&self, learner: &Learner, line: &[&str]) -> Ran {
        self.piped(learner, line, "")
    }

    /// Runs a command with input.
    pub fn piped(&self, learner: &Learner, line: &[&str], input: &str) -> Ran {
        homes::ran(self.command(learner, line), input)
    }

    /// Makes this user the owner of a home.
    pub fn take_over(&self, home: &Path) {
        let given = Command::new("chown").arg("-R").arg("65534:65534").arg(home).status();
        assert!(given.expect("chown is there").success());
    }
}
