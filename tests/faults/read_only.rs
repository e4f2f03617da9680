//! Read-only stores and disks: reported clearly, nothing is acknowledged, nothing changes.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::foreign_stores::{Stranger, chmod};
use super::homes;
use super::sittings::acknowledged;
use crate::support::{Learner, Ran};

/// The command succeeded, or clearly said why not.
#[track_caller]
fn assert_clear(ran: &Ran, home: &Path) {
    ran.quiet();
    let clear =
        ["read-only", "cannot", "permission"].iter().any(|word| ran.err.to_lowercase().contains(word));
    let named = ran.err.contains(home.to_str().unwrap());
    assert!(ran.code == Some(0) || (ran.code == Some(1) && clear && named), "{ran}");
    assert!(!ran.err.contains("disk I/O error"), "SQLite's words: {ran}");
}

/// Runs every command in a read-only home, which must not change.
#[track_caller]
fn assert_survives(home: &Path, run: impl Fn(&[&str], &str) -> Ran) {
    let before = all(home);
    for line in
        [&["due"][..], &["stats"], &["badges"], &["data", "export"], &["data", "check"], &["data", "where"]]
    {
        assert_clear(&run(line, ""), home);
    }
    for line in [&["skip", "saa"][..], &["data", "backup"], &["undo"]] {
        let ran = run(line, "");
        assert_eq!(ran.code, Some(1), "it reports success: {ran}");
        assert_clear(&ran, home);
    }
    let sitting = run(&["study", "--plain", "--count", "2"], "?\n?\n");
    assert_clear(&sitting, home);
    assert!(acknowledged(&sitting.out).is_empty(), "acknowledged and not on disk: {sitting}");
    assert!(all(home) == before, "something was changed: {:?}", homes::names(home, "", ""));
}

fn all(home: &Path) -> Vec<(String, Vec<u8>)> {
    let files = homes::names(home, "", "").into_iter().filter(|name| home.join(name).is_file());
    files.map(|name| (name.clone(), homes::bytes(&home.join(name)))).collect()
}

#[test]
fn nothing_is_lost_on_a_read_only_disk() {
    let learner = homes::studied(3);
    let export = learner.export();
    match ReadOnly::mount(learner.home()) {
        Err(why) => homes::skip(&format!("no read-only disk: {why}")),
        Ok(mounted) => {
            assert_survives(learner.home(), |line, input| learner.piped(line, input));
            drop(mounted);
            assert_eq!(learner.export(), export);
            homes::study(&learner, 1);
        }
    }
}

#[test]
fn a_log_on_a_read_only_disk_is_not_ignored() {
    let learner = homes::studied(3);
    let connection = rusqlite::Connection::open(learner.store()).unwrap();
    connection.pragma_update(None, "user_version", homes::schema(&learner.store())).unwrap();
    let copied = Learner::new();
    for name in ["journal.db", "journal.db-wal"] {
        fs::copy(learner.path(name), copied.path(name)).unwrap();
    }
    drop(connection);
    match ReadOnly::mount(copied.home()) {
        Err(why) => homes::skip(&format!("no read-only disk: {why}")),
        Ok(_mounted) => assert_survives(copied.home(), |line, input| copied.piped(line, input)),
    }
}

#[test]
fn a_read_only_store_in_a_read_only_folder_is_reported() {
    let learner = homes::studied(3);
    let export = learner.export();
    let modes = |store: &str, home: &str| {
        chmod(store, &learner.store());
        chmod(home, learner.home());
    };
    if homes::is_root() {
        let Some(stranger) = Stranger::new() else { return };
        stranger.take_over(learner.home());
        modes("400", "500");
        assert_survives(learner.home(), |line, input| stranger.piped(&learner, line, input));
        modes("600", "700");
        let back = Command::new("chown").args(["-R", "0:0"]).arg(learner.home()).status();
        assert!(back.unwrap().success());
    } else {
        modes("400", "500");
        assert_survives(learner.home(), |line, input| learner.piped(line, input));
        modes("600", "700");
    }
    assert_eq!(learner.export(), export);
    homes::study(&learner, 1);
}

#[test]
fn the_cache_may_be_read_only() {
    let Some(stranger) = Stranger::new() else { return };
    let learner = homes::studied(3);
    let state = learner.state();
    learner.write("ready.db", b"of no use");
    stranger.take_over(learner.home());
    chmod("400", &learner.path("ready.db"));
    let ran = stranger.run(&learner, &["stats", "--all", "--json"]);
    let stats: serde_json::Value = serde_json::from_str(&ran.done()).unwrap();
    assert_eq!(stats, state["stats"]);
    assert_eq!(ran.err, "", "{ran}");
    let more = stranger.piped(&learner, &["study", "--plain", "--count", "1"], "?\n");
    assert_eq!(acknowledged(&more.done()).len(), 1);
}

#[test]
fn a_sitting_continues_without_its_backup() {
    let Some(stranger) = Stranger::new() else { return };
    let learner = homes::studied(3);
    let _ = fs::create_dir(learner.path("backups"));
    stranger.take_over(learner.home());
    chmod("500", &learner.path("backups"));
    let later = learner.on("2026-12-24");
    let ran = stranger.piped(&later, &["study", "--plain", "--count", "1"], "?\n");
    assert_eq!(acknowledged(&ran.done()).len(), 1, "{ran}");
    assert_eq!(stranger.run(&later, &["data", "backup"]).code, Some(1));
}

#[test]
fn a_read_only_shared_folder_is_reported() {
    let learner = homes::studied(2);
    let folder = tempfile::tempdir().unwrap();
    match ReadOnly::mount(folder.path()) {
        Err(why) => homes::skip(&format!("no read-only disk: {why}")),
        Ok(_mounted) => {
            let line = ["data", "sync", folder.path().to_str().unwrap()];
            assert!(learner.run(&line).refused(1).contains(folder.path().to_str().unwrap()));
        }
    }
}

/// A folder that is mounted read-only until this value is dropped.
struct ReadOnly<'a>(&'a Path);

impl ReadOnly<'_> {
    fn mount(folder: &Path) -> Result<ReadOnly<'_>, String> {
        run(Command::new("mount").arg("--bind").args([folder, folder]))?;
        let mounted = ReadOnly(folder);
        run(Command::new("mount").args(["-o", "remount,ro,bind"]).arg(folder))?;
        Ok(mounted)
    }
}

impl Drop for ReadOnly<'_> {
    fn drop(&mut self) {
        if let Err(why) = run(Command::new("umount").arg(self.0)) {
            homes::skip(&format!("{} stays mounted: {why}", self.0.display()));
        }
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
    }
}
