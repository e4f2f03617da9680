//! Several devices of one learner: all have the same state, however the journals are exchanged.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::homes;
use super::kills::is_device_file;
use super::random::SeededRandom;
use super::tally::Tally;
use crate::support::{HEADER, Learner, Ran, TODAY, answered, id};

const CREDENTIALS: [&str; 5] = ["saa", "clf", "scs", "dop", "ans"];
const QUESTIONS: [&str; 3] =
    ["article/two-free-ones", "article/forty-colleagues", "article/years-of-validity"];
/// Days that the clocks of the devices show.
const DAYS: [&str; 6] = ["2026-11-20", "2026-11-21", "2026-11-23", "2026-11-22", "2026-12-24", "2025-02-28"];
/// Time zones in POSIX notation.
const ZONES: [&str; 4] = ["UTC0", "WEST8", "EAST-13", "NEPAL-5:45"];

/// Three devices on which the same learner studies.
fn three() -> [Learner; 3] {
    [(); 3].map(|()| Learner::with_packs(&["words"]))
}

/// A random command, which may be impossible at this moment.
fn random_command(learner: &Learner, random: &mut SeededRandom) {
    let learner = learner.on(random.pick(&DAYS)).with("TZ", random.pick(&ZONES));
    let (credential, question) = (random.pick(&CREDENTIALS), random.pick(&QUESTIONS));
    let typed: String =
        (0..6).map(|_| format!("{}\n", random.pick(&["?", "right", "1", "2", "u", "x"]))).collect();
    let ran = match random.below(13) {
        0 => learner.run(&["pass", credential, "--on", "2025-01-10"]),
        1 => learner.run(&["pass", credential, "--on", "2024-12-31", "--expires", "never"]),
        2 => learner.run(&["drop", credential]),
        3 => learner.run(&["schedule", credential, "--on", "2027-02-03", "--fee", "75"]),
        4 => learner.run(&["unschedule", credential]),
        5 => learner.run(&["skip", credential]),
        6 => learner.run(&["unskip", credential]),
        7 => learner.run(&["suspend", question]),
        8 => learner.run(&["resume", question]),
        9 => learner.run(&["set", "role", random.pick(&["data", "security", "developer"])]),
        10 => learner.run(&["undo"]),
        _ => learner.piped(&["study", "--plain", "--count", "4"], typed),
    };
    assert!(matches!(ran.code, Some(0 | 1)), "{ran}");
    ran.quiet();
}

/// The state that must be the same on all devices.
fn state(learner: &Learner) -> Value {
    let learner = learner.on(TODAY);
    json!({
        "stats": learner.json(&["stats", "--all"]),
        "badges": learner.json(&["badges"]),
        "next": learner.json(&["next"]),
    })
}

#[track_caller]
fn assert_agree(learners: &[Learner]) {
    let (export, same) = (learners[0].export(), state(&learners[0]));
    for other in &learners[1..] {
        assert_eq!(homes::lines(&other.export()), homes::lines(&export));
        assert_eq!(state(other), same);
    }
}

fn sync(learner: &Learner, folder: &Path) -> Ran {
    learner.run(&["data", "sync", folder.to_str().unwrap()])
}

#[test]
fn devices_that_exchange_journals_in_any_order_agree() {
    exchange(12);
}

#[test]
fn devices_that_share_a_folder_agree() {
    share(3, 3).assert_clean();
}

/// Commands on three devices, which then import each other's journals in random order.
pub fn exchange(deeds: usize) {
    let mut random = SeededRandom::new("exchange");
    let machines = three();
    for _ in 0..deeds {
        random_command(&machines[random.below(3)], &mut random);
    }
    let mut journals: Vec<String> = machines.iter().map(Learner::export).collect();
    for machine in &machines {
        random.shuffle(&mut journals);
        for journal in &journals {
            machine.piped(&["data", "import", "-"], journal).done();
        }
        // Events that it has already, and some that another device has received in the meantime.
        machine.piped(&["data", "import", "-"], machines[random.below(3)].export()).done();
    }
    assert_agree(&machines);
}

/// Rounds of commands on three devices with a shared folder, synced in random order.
pub fn share(rounds: usize, deeds: usize) -> Tally {
    let mut random = SeededRandom::new("shared folder");
    let mut tally = Tally::default();
    let machines = three();
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..rounds {
        for _ in 0..deeds {
            random_command(&machines[random.below(3)], &mut random);
            tally.faults += 1;
        }
        sync(&machines[random.below(3)], folder.path()).done();
    }
    // After the first round each has written its events, and after the second each has read all others.
    for _ in 0..2 {
        let mut order = [0, 1, 2];
        random.shuffle(&mut order);
        order.iter().for_each(|n| drop(sync(&machines[*n], folder.path()).done()));
    }
    assert_agree(&machines);
    let names = homes::names(folder.path(), "", "");
    assert!(names.len() == 6 && names.iter().all(|name| is_device_file(name)), "{names:?}");
    tally.acknowledged = machines[0].journal().len();
    tally
}

/// The file that a device writes in a new shared folder.
fn own_file(learner: &Learner) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    sync(learner, folder.path()).done();
    let mut names = homes::names(folder.path(), "", ".jsonl");
    assert_eq!(names.len(), 1, "{names:?}");
    (folder, names.remove(0))
}

#[test]
fn a_device_writes_its_own_file_and_only_adds_to_it() {
    let learner = homes::studied(3);
    let (folder, name) = own_file(&learner);
    let device = learner.journal()[0]["device"].as_str().unwrap().to_owned();
    assert_eq!(name, format!("badgedex-{device}.jsonl"));
    let first = fs::read_to_string(folder.path().join(&name)).unwrap();
    assert_eq!(homes::lines(&first), homes::lines(&learner.export()));
    homes::study(&learner, 2);
    sync(&learner, folder.path()).done();
    let second = fs::read_to_string(folder.path().join(&name)).unwrap();
    assert!(second.starts_with(&first) && second.lines().count() == first.lines().count() + 2);
    sync(&learner, folder.path()).done();
    assert_eq!(fs::read_to_string(folder.path().join(&name)).unwrap(), second, "nothing is new");
}

#[test]
fn files_of_other_devices_are_read_and_never_written() {
    let learner = homes::studied(2);
    let (folder, _) = own_file(&learner);
    let line = answered(1, "2026-11-20T08:00:00+00:00", "article/forty-colleagues", true);
    let theirs = folder.path().join("badgedex-0123456789ab.jsonl");
    let other = folder.path().join("notes.jsonl");
    for path in [&theirs, &other] {
        fs::write(path, format!("{HEADER}\n{line}\n")).unwrap();
    }
    let (before, times) = (homes::bytes(&theirs), modified(&theirs));
    sync(&learner, folder.path()).done();
    assert_eq!(learner.journal().len(), 3);
    assert_eq!((homes::bytes(&theirs), modified(&theirs)), (before, times));
    assert_eq!(homes::names(folder.path(), "", ".jsonl").len(), 3);
}

fn modified(path: &Path) -> std::time::SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

/// An odd line in another device's file is skipped and reported; the rest is imported.
#[track_caller]
fn assert_skipped(odd: &str, at_end: bool) {
    let learner = homes::studied(1);
    let (folder, _) = own_file(&learner);
    let line = |n| answered(n, "2026-11-20T08:00:00+00:00", "article/forty-colleagues", true);
    let rest = if at_end { odd.to_owned() } else { format!("{odd}\n{}\n", line(2)) };
    let theirs = folder.path().join("badgedex-0123456789ab.jsonl");
    fs::write(&theirs, format!("{HEADER}\n{}\n{rest}", line(1))).unwrap();
    let ran = sync(&learner, folder.path());
    ran.quiet();
    assert!(ran.err.contains("0123456789ab") || ran.err.contains("line "), "{odd}: not reported: {ran}");
    assert_eq!(learner.journal().len(), if at_end { 2 } else { 3 }, "{odd}: {ran}");
}

#[test]
fn an_incomplete_last_line_is_reported_and_imported_once_it_is_complete() {
    let whole = answered(7, "2026-11-20T08:00:00+00:00", "article/forty-colleagues", true);
    assert_skipped(&whole[..70], true);
    let learner = homes::studied(1);
    let (folder, _) = own_file(&learner);
    let theirs = folder.path().join("badgedex-0123456789ab.jsonl");
    fs::write(&theirs, format!("{HEADER}\n{}", &whole[..70])).unwrap();
    sync(&learner, folder.path());
    fs::write(&theirs, format!("{HEADER}\n{whole}\n")).unwrap();
    sync(&learner, folder.path()).done();
    assert_eq!(learner.journal().len(), 2);
}

#[test]
fn conflict_markers_are_skipped_and_reported() {
    for mark in ["<<<<<<< HEAD", "=======", ">>>>>>> other", "||||||| base"] {
        assert_skipped(mark, false);
    }
}

#[test]
fn files_of_other_formats_do_not_stop_a_sync() {
    for first in ["", "Dear diary", "{}", r#"{"format":"badgedex-journal/9"}"#] {
        let learner = homes::studied(1);
        let (folder, _) = own_file(&learner);
        fs::write(folder.path().join("badgedex-0123456789ab.jsonl"), first).unwrap();
        let line = answered(1, "2026-11-20T08:00:00+00:00", "article/forty-colleagues", true);
        fs::write(folder.path().join("badgedex-ba9876543210.jsonl"), format!("{HEADER}\n{line}\n")).unwrap();
        let ran = sync(&learner, folder.path());
        ran.quiet();
        assert!(matches!(ran.code, Some(0 | 1)), "{ran}");
        assert_eq!(learner.journal().len(), 2, "{first:?}: the other file is read anyway: {ran}");
    }
}

#[test]
fn a_device_repairs_its_own_file() {
    for damage in [|_: &str| None, |text: &str| Some(text[..text.len() - 40].to_owned())] {
        let (learner, other) = (homes::studied(3), homes::studied(2));
        let (folder, name) = own_file(&learner);
        let path = folder.path().join(&name);
        let text = fs::read_to_string(&path).unwrap();
        match damage(&text) {
            None => fs::remove_file(&path).unwrap(),
            Some(torn) => fs::write(&path, torn).unwrap(),
        }
        for device in [&learner, &other, &learner, &other] {
            sync(device, folder.path()).quiet();
        }
        assert_agree(&[learner, other]);
    }
}

#[test]
fn a_new_home_gets_everything_from_the_shared_folder() {
    let learner = homes::studied(4);
    let (folder, _) = own_file(&learner);
    let fresh = Learner::with_packs(&["words"]);
    sync(&fresh, folder.path()).done();
    assert_agree(&[learner, fresh]);
}

#[test]
fn a_missing_folder_is_reported_and_not_created() {
    let learner = homes::studied(1);
    let missing = learner.path("no/shared/folder");
    assert!(sync(&learner, &missing).refused(1).contains("no/shared/folder"));
    assert!(!missing.exists());
    let file = learner.write("a-file", b"x");
    assert!(sync(&learner, &file).refused(1).contains("a-file"));
}

#[test]
fn events_of_other_devices_are_not_written_again() {
    let [one, other] = [homes::studied(3), homes::studied(2)];
    let folder = tempfile::tempdir().unwrap();
    for device in [&one, &other, &one, &other, &one] {
        sync(device, folder.path()).done();
    }
    let sizes: Vec<u64> = sizes(folder.path());
    for device in [&one, &other, &one] {
        sync(device, folder.path()).done();
    }
    assert_eq!(self::sizes(folder.path()), sizes, "files that grow without new events never stop growing");
}

fn sizes(folder: &Path) -> Vec<u64> {
    let names = homes::names(folder, "badgedex-", ".jsonl");
    names.iter().map(|name| fs::metadata(folder.join(name)).unwrap().len()).collect()
}

/// A line of a journal with another answer, and without its checksum.
fn falsified(line: &str) -> String {
    let mut event: Value = serde_json::from_str(line).expect("an event");
    let correct = event["correct"].as_bool().expect("an answer");
    event["correct"] = json!(!correct);
    event.as_object_mut().expect("an object").remove("sum");
    event.to_string()
}

#[test]
fn the_line_of_an_events_own_device_stays_everywhere() {
    let [owner, one, other] = [homes::studied(1), homes::studied(1), homes::studied(1)];
    let truth = owner.export().lines().nth(1).unwrap().to_owned();
    one.import(&[falsified(&truth)]).done();
    other.import(&[&truth]).done();
    let folder = tempfile::tempdir().unwrap();
    sync(&one, folder.path()).done();
    assert_eq!(sync(&other, folder.path()).code, Some(1), "another line is here already");
    assert!(other.export().contains(&truth));
    let ran = sync(&owner, folder.path());
    assert!(ran.code == Some(1) && ran.err.contains("different lines"), "{ran}");
    assert!(owner.export().contains(&truth));
    let ran = sync(&one, folder.path());
    assert!(ran.code == Some(1) && ran.err.contains("kept-aside.jsonl"), "{ran}");
    assert_eq!(homes::names(&one.path("backups"), "journal-", "-sync.jsonl.gz").len(), 1);
    let aside = fs::read_to_string(one.path("backups/kept-aside.jsonl")).unwrap();
    let aside: Value = serde_json::from_str(aside.lines().next().unwrap()).unwrap();
    let truth_told: Value = serde_json::from_str(&truth).unwrap();
    assert_eq!((&aside["id"], &aside["kept"]), (&truth_told["id"], &truth_told));
    assert_ne!(aside["aside"]["correct"], truth_told["correct"]);
    for device in [&owner, &other, &one, &owner] {
        sync(device, folder.path()).done();
    }
    assert!(one.export().contains(&truth));
    assert_agree(&[owner, one, other]);
}

#[test]
fn of_two_lines_with_one_id_that_no_device_here_recorded_each_device_keeps_its_own() {
    let [one, other] = [homes::studied(1), homes::studied(1)];
    let at = "2026-11-20T08:00:00+00:00";
    one.import(&[answered(1, at, "article/forty-colleagues", true)]).done();
    other.import(&[answered(1, at, "article/forty-colleagues", false)]).done();
    let folder = tempfile::tempdir().unwrap();
    for device in [&one, &other, &one, &other, &one] {
        sync(device, folder.path()).quiet();
    }
    for (device, correct) in [(&one, true), (&other, false)] {
        let kept = device.journal().into_iter().find(|event| event["id"] == id(1)).unwrap();
        assert_eq!(kept["correct"], correct);
        let ran = sync(device, folder.path());
        assert!(ran.err.contains(&id(1)), "{ran}");
    }
}
