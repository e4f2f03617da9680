//! Permissions, links, and texts that could control the terminal.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::json;

use super::foreign_stores::chmod;
use super::homes;
use super::kills::many_answers;
use super::sittings::is_verdict;
use crate::support::{HEADER, Learner, Ran, answered, event};

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
}

/// The files and folders in a home, without the learner's own questions.
fn inside(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("questions") {
            all.extend(inside(&path));
        }
        all.push(path);
    }
    all.retain(|path| !path.ends_with("questions"));
    all
}

/// Runs a command with a umask that would make its files accessible to everybody.
fn with_open_umask(learner: &Learner, line: &[&str], input: &str) -> Ran {
    let open = ["sh", "-c", "umask 000; exec \"$@\"", "sh"];
    homes::ran(homes::under(&open, &learner.command(line)), input)
}

#[track_caller]
fn assert_private(home: &Path) {
    assert_eq!(mode(home), 0o700, "{}", home.display());
    for path in inside(home) {
        let expected = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode(&path), expected, "{} is {:o}", path.display(), mode(&path));
    }
}

#[test]
fn everything_in_a_home_is_for_its_owner_only_whatever_the_umask() {
    let outer = tempfile::tempdir().unwrap();
    let home = outer.path().join("new/home");
    let learner = Learner::new().with("BADGEDEX_HOME", home.to_str().unwrap());
    for day in ["2026-11-23", "2026-11-24"] {
        let today = learner.on(day);
        with_open_umask(&today, &["study", "--plain", "--count", "2"], "?\n?\n").done();
        with_open_umask(&today, &["skip", "saa"], "").quiet();
    }
    with_open_umask(&learner, &["data", "import", "-"], &many_answers(1, 3)).done();
    assert_private(&home);
    let store = home.join("journal.db");
    assert!(store.exists());
}

#[test]
fn backups_are_for_their_owner_only_whatever_the_umask() {
    let learner = homes::studied(2);
    let file = learner.path("mine.jsonl.gz");
    with_open_umask(&learner, &["data", "backup"], "").done();
    with_open_umask(&learner, &["data", "backup", file.to_str().unwrap()], "").done();
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(&learner.path("backups")), 0o700);
    assert!(homes::backups(&learner).iter().all(|path| mode(path) == 0o600));
}

#[test]
fn the_log_of_a_sitting_is_for_its_owner_only() {
    let learner = Learner::new();
    let open = ["sh", "-c", "umask 000; exec \"$@\"", "sh"];
    let mut command = homes::under(&open, &learner.command(&["study", "--plain"]));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"?\n").unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| is_verdict(&line)));
    assert!(learner.path("journal.db-wal").exists());
    for path in inside(learner.home()) {
        assert_eq!(mode(&path) & 0o077, 0, "{} is {:o}", path.display(), mode(&path));
    }
    drop(stdin);
    assert!(lines.count() > 0);
    child.wait().unwrap();
}

#[test]
fn a_store_that_others_could_read_is_made_private() {
    for loose in ["644", "640"] {
        let learner = homes::studied(1);
        chmod(loose, &learner.store());
        learner.run(&["due"]).done();
        assert_eq!(mode(&learner.store()), 0o600, "it was {loose}");
    }
}

#[test]
fn a_store_or_a_folder_that_others_can_write_is_refused_by_name() {
    let learner = homes::studied(1);
    let home = learner.home().to_owned();
    for (path, open, closed) in [
        (learner.store(), "666", "600"),
        (learner.store(), "660", "600"),
        (home.clone(), "777", "700"),
        (home, "770", "700"),
    ] {
        chmod(open, &path);
        let bytes = homes::bytes(&learner.store());
        for line in [&["due"][..], &["study", "--plain"], &["data", "export"], &["skip", "saa"]] {
            let said = learner.run(line).refused(1);
            assert!(said.contains(path.to_str().unwrap()), "{said}");
        }
        assert_eq!(learner.run(&["due", "--short"]).code, Some(3));
        assert!(homes::bytes(&learner.store()) == bytes);
        chmod(closed, &path);
        learner.run(&["due"]).done();
    }
}

#[test]
fn a_link_in_place_of_the_store_is_refused_and_not_followed() {
    let other = homes::studied(2);
    let missing = other.path("not-there.db");
    for target in [other.store(), missing.clone()] {
        let learner = Learner::new();
        symlink(&target, learner.store()).unwrap();
        let before = homes::bytes(&other.store());
        for line in [&["due"][..], &["study", "--plain"], &["data", "restore"], &["skip", "saa"]] {
            let said = learner.run(line).refused(1);
            assert!(said.contains(learner.store().to_str().unwrap()) && said.contains("link"), "{said}");
        }
        assert!(homes::bytes(&other.store()) == before && !missing.exists());
        assert!(fs::symlink_metadata(learner.store()).unwrap().is_symlink(), "it was moved");
    }
}

/// These commands do not change the target of a link.
#[track_caller]
fn assert_not_followed(learner: &Learner, name: &str, lines: &[&[&str]]) {
    let elsewhere = tempfile::tempdir().unwrap();
    let victim = elsewhere.path().join("victim");
    fs::write(&victim, b"precious").unwrap();
    let link = learner.path(name);
    let _ = fs::remove_file(&link);
    symlink(&victim, &link).unwrap();
    for line in lines {
        learner.run(line).quiet();
        assert_eq!(
            fs::read(&victim).unwrap(),
            b"precious",
            "badgedex {} wrote through {name}",
            line.join(" ")
        );
    }
    assert_eq!(homes::names(elsewhere.path(), "", "").len(), 1, "through {name}");
}

#[test]
fn links_in_place_of_any_other_file_are_not_followed() {
    let lines = [
        &["stats", "--all"][..],
        &["skip", "saa"],
        &["study", "--plain", "--count", "1"],
        &["data", "check"],
    ];
    for name in
        ["journal.db-wal", "journal.db-shm", "journal.db-journal", "ready.db", "ready.db-wal", "ready.db-shm"]
    {
        assert_not_followed(&homes::studied(2), name, &lines);
    }
}

#[test]
fn a_link_in_place_of_the_backup_folder_is_not_followed() {
    let elsewhere = tempfile::tempdir().unwrap();
    let learner = homes::studied(2);
    let _ = fs::remove_dir_all(learner.path("backups"));
    symlink(elsewhere.path(), learner.path("backups")).unwrap();
    assert!(learner.run(&["data", "backup"]).refused(1).contains("backups"));
    learner.on("2026-12-24").piped(&["study", "--plain", "--count", "1"], "?\n").quiet();
    assert_eq!(homes::names(elsewhere.path(), "", ""), Vec::<String>::new());
}

/// This device's own name in a shared folder, after a first sync.
fn own_name(learner: &Learner) -> String {
    let folder = tempfile::tempdir().unwrap();
    learner.run(&["data", "sync", folder.path().to_str().unwrap()]).done();
    homes::names(folder.path(), "", "").remove(0)
}

#[test]
fn links_in_a_shared_folder_are_not_followed() {
    let learner = homes::studied(2);
    let own = own_name(&learner);
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let victim = elsewhere.path().join("victim");
    fs::write(&victim, b"precious").unwrap();
    symlink(&victim, folder.path().join(own)).unwrap();
    let ran = learner.run(&["data", "sync", folder.path().to_str().unwrap()]);
    assert_eq!(ran.code, Some(1), "{ran}");
    assert_eq!(fs::read(&victim).unwrap(), b"precious");
    // Another device's file may be a link to a secret, or to a file without an end.
    let endless = tempfile::tempdir().unwrap();
    symlink("/dev/zero", endless.path().join("badgedex-0123456789ab.jsonl")).unwrap();
    learner.run(&["data", "sync", endless.path().to_str().unwrap()]).quiet();
}

#[test]
fn no_temporary_file_is_ever_in_a_shared_folder() {
    let Some(traced) = traced_sync() else { return homes::skip("strace cannot trace here") };
    let made: Vec<&str> = traced.lines().filter(|line| line.contains("O_CREAT")).collect();
    assert!(made.iter().any(|line| line.contains("/badgedex-")), "nothing was written? {traced}");
    let in_folder = made.iter().filter(|line| line.contains("/shared-folder"));
    let foreign: Vec<_> = in_folder.filter(|line| !line.contains("/shared-folder/badgedex-")).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
    assert!(!traced.contains("rename") || !traced.contains("/shared-folder/."), "{traced}");
}

/// The files that a sync opens and renames; `None` if they cannot be traced.
fn traced_sync() -> Option<String> {
    let learner = homes::studied(2);
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("shared-folder");
    fs::create_dir(&folder).unwrap();
    let log = outer.path().join("trace");
    let tracer =
        ["strace", "-f", "-s", "300", "-e", "trace=openat,rename,renameat2", "-o", log.to_str().unwrap()];
    let command = learner.command(&["data", "sync", folder.to_str().unwrap()]);
    let ran = homes::under(&tracer, &command).output().ok()?;
    let text = fs::read_to_string(log).unwrap_or_default();
    (!text.is_empty()).then(|| {
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        text
    })
}

/// Control sequences of terminals, and characters that reverse text.
const CONTROLS: &str = "\u{1b}[31m\u{1b}]0;title\u{7}\u{9b}31m\u{8}\r\u{7f}\u{202e}\u{2066}";

#[track_caller]
fn assert_harmless(ran: &Ran) {
    ran.quiet();
    let is_control = |c: char| {
        (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    for text in [&ran.out, &ran.err] {
        let found: Vec<char> = text.chars().filter(|c| is_control(*c)).collect();
        assert!(found.is_empty(), "{found:?} in what badgedex printed: {ran:?}");
    }
}

/// A journal with control characters in every text.
fn hostile_lines() -> Vec<String> {
    let at = "2026-11-20T08:00:00+00:00";
    let saa = "aws-solutions-architect-associate";
    vec![
        answered(1, at, CONTROLS, true),
        event(2, at, CONTROLS, json!({ CONTROLS: CONTROLS })),
        event(3, at, "passed", json!({ "credential": saa, "on": "2026-05-04", "proof": CONTROLS })),
        event(4, at, "passed", json!({ "credential": CONTROLS, "on": "2026-05-04" })),
        event(5, at, "scheduled", json!({ "credential": saa, "on": "2027-05-04", "place": CONTROLS })),
        event(6, at, "set", json!({ "key": "role", "value": CONTROLS })),
        event(7, at, "set", json!({ "key": CONTROLS, "value": CONTROLS })),
        event(8, at, "suspended", json!({ "question": CONTROLS })),
        event(9, at, "skipped", json!({ "credential": CONTROLS })),
        event(
            10,
            at,
            "answered",
            json!({ "question": "article/forty-colleagues", "guess": 0.25, "correct": false,
            "given": CONTROLS, "device": CONTROLS, "sitting": CONTROLS, "form": CONTROLS, "revision": CONTROLS }),
        ),
    ]
}

#[test]
fn nothing_in_a_journal_reaches_the_terminal_unsanitized() {
    let learner = Learner::new();
    assert_harmless(&learner.import(&hostile_lines()));
    for line in [
        &["due"][..],
        &["stats", "--all"],
        &["badges"],
        &["badges", "saa"],
        &["next", "--explain"],
        &["plan"],
        &["set"],
        &["data", "check"],
        &["undo"],
        &["share", "--text"],
    ] {
        assert_harmless(&learner.run(line));
    }
    assert_harmless(&learner.piped(&["study", "--plain", "--mistakes", "--count", "1"], "?\n"));
}

#[test]
fn nothing_in_a_line_that_is_refused_reaches_the_terminal_unsanitized() {
    let learner = Learner::new();
    for line in [
        CONTROLS.to_owned(),
        event(1, CONTROLS, "skipped", json!({ "credential": "x" })),
        event(1, "2026-11-20T08:00:00Z", "passed", json!({ "credential": "x", "on": CONTROLS })),
        event(1, "2026-11-20T08:00:00Z", "retracted", json!({ "event": CONTROLS })),
    ] {
        assert_harmless(&learner.import(&[line]));
    }
    assert_harmless(
        &learner.piped(
            &["data", "import", "-"],
            format!("{{\"format\":\"badgedex-journal/{}\"}}\n", "\\u001b[31m"),
        ),
    );
}

#[test]
fn nothing_in_a_file_name_reaches_the_terminal_unsanitized() {
    let outer = tempfile::tempdir().unwrap();
    // A file name can contain anything but a slash.
    let odd = outer.path().join(format!("x{CONTROLS}"));
    let learner = Learner::new();
    let path = odd.to_str().unwrap();
    for line in [
        &["data", "import", path][..],
        &["data", "backup", path],
        &["data", "backup", &format!("{path}/y")],
        &["data", "restore", path],
        &["data", "sync", path],
        &["data", "export", "--out", path],
        &["data", "export", "--out", &format!("{path}/y")],
        &["pass", "--from", path],
        &["pack", "check", path],
    ] {
        assert_harmless(&learner.run(line));
    }
    let at_home =
        learner.with("BADGEDEX_HOME", outer.path().join(format!("home{CONTROLS}")).to_str().unwrap());
    for line in [&["data", "where"][..], &["due"], &["data", "check"], &["data", "backup"], &["skip", "saa"]]
    {
        assert_harmless(&at_home.run(line));
    }
}

#[test]
fn nothing_in_a_shared_folder_reaches_the_terminal_unsanitized() {
    let learner = homes::studied(1);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("badgedex-{CONTROLS}.jsonl"));
    fs::write(path, format!("{HEADER}\n{CONTROLS}\n{}\n", hostile_lines().join("\n"))).unwrap();
    let ran = learner.run(&["data", "sync", folder.path().to_str().unwrap()]);
    assert_ne!(ran.code, Some(2), "{ran}");
    assert_harmless(&ran);
}

#[test]
fn nothing_in_the_name_of_a_backup_reaches_the_terminal_unsanitized() {
    let learner = homes::studied(1);
    learner.write(&format!("backups/journal-2027-01-01T00-00-00Z-{CONTROLS}.jsonl.gz"), b"torn");
    learner.write(&format!("journal-damaged-{CONTROLS}.db"), b"damaged");
    for line in [&["due"][..], &["data", "check"], &["data", "restore"], &["data", "backup"]] {
        assert_harmless(&learner.run(line));
    }
}
