//! Several machines with one learner: the same everywhere, whatever way the journals took.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::dice::Dice;
use super::figures::Figures;
use super::homes;
use super::kills::is_a_devices;
use crate::support::{HEADER, Learner, Ran, TODAY, answered};

const CREDENTIALS: [&str; 5] = ["saa", "clf", "scs", "dop", "ans"];
const QUESTIONS: [&str; 3] =
    ["article/two-free-ones", "article/forty-colleagues", "article/years-of-validity"];
/// Days on which the clocks of the machines stand.
const DAYS: [&str; 6] = ["2026-11-20", "2026-11-21", "2026-11-23", "2026-11-22", "2026-12-24", "2025-02-28"];
/// Zones of clocks, as POSIX writes them.
const ZONES: [&str; 4] = ["UTC0", "WEST8", "EAST-13", "NEPAL-5:45"];

/// Three machines on which the same learner studies.
fn three() -> [Learner; 3] {
    [(); 3].map(|()| Learner::with_packs(&["words"]))
}

/// Something that a learner does, whether or not it is possible at this moment.
fn something(learner: &Learner, dice: &mut Dice) {
    let learner = learner.on(dice.pick(&DAYS)).with("TZ", dice.pick(&ZONES));
    let (credential, question) = (dice.pick(&CREDENTIALS), dice.pick(&QUESTIONS));
    let typed: String =
        (0..6).map(|_| format!("{}\n", dice.pick(&["?", "right", "1", "2", "u", "x"]))).collect();
    let ran = match dice.below(13) {
        0 => learner.run(&["pass", credential, "--on", "2025-01-10"]),
        1 => learner.run(&["pass", credential, "--on", "2024-12-31", "--expires", "never"]),
        2 => learner.run(&["drop", credential]),
        3 => learner.run(&["schedule", credential, "--on", "2027-02-03", "--fee", "75"]),
        4 => learner.run(&["unschedule", credential]),
        5 => learner.run(&["skip", credential]),
        6 => learner.run(&["unskip", credential]),
        7 => learner.run(&["suspend", question]),
        8 => learner.run(&["resume", question]),
        9 => learner.run(&["set", "role", dice.pick(&["data", "security", "developer"])]),
        10 => learner.run(&["undo"]),
        _ => learner.piped(&["study", "--plain", "--count", "4"], typed),
    };
    assert!(matches!(ran.code, Some(0 | 1)), "{ran}");
    ran.quiet();
}

/// What the issue wants to be the same everywhere.
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
fn journals_that_are_exchanged_in_any_order_end_in_one_state() {
    exchange(12);
}

#[test]
fn devices_that_share_a_folder_end_in_one_state() {
    share(3, 3).assert_clean();
}

/// Deeds on three machines; then journals go from one to another in random order.
pub fn exchange(deeds: usize) {
    let mut dice = Dice::new("exchange");
    let machines = three();
    for _ in 0..deeds {
        something(&machines[dice.below(3)], &mut dice);
    }
    let mut journals: Vec<String> = machines.iter().map(Learner::export).collect();
    for machine in &machines {
        dice.shuffle(&mut journals);
        for journal in &journals {
            machine.piped(&["data", "import", "-"], journal).done();
        }
        // Some that it has already, and one that another got meanwhile.
        machine.piped(&["data", "import", "-"], machines[dice.below(3)].export()).done();
    }
    assert_agree(&machines);
}

/// Rounds of deeds on three machines with a shared folder in between, synced in random order.
pub fn share(rounds: usize, deeds: usize) -> Figures {
    let mut dice = Dice::new("shared folder");
    let mut figures = Figures::default();
    let machines = three();
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..rounds {
        for _ in 0..deeds {
            something(&machines[dice.below(3)], &mut dice);
            figures.faults += 1;
        }
        sync(&machines[dice.below(3)], folder.path()).done();
    }
    // Each has written after the first of these rounds, and read all others after the second.
    for _ in 0..2 {
        let mut order = [0, 1, 2];
        dice.shuffle(&mut order);
        order.iter().for_each(|n| drop(sync(&machines[*n], folder.path()).done()));
    }
    assert_agree(&machines);
    let names = homes::names(folder.path(), "", "");
    assert!(names.len() == 3 && names.iter().all(|name| is_a_devices(name)), "{names:?}");
    figures.acknowledged = machines[0].journal().len();
    figures
}

/// The one file that a device writes in a folder where nobody else was.
fn own_file(learner: &Learner) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    sync(learner, folder.path()).done();
    let mut names = homes::names(folder.path(), "", "");
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
fn files_of_others_are_read_and_never_written() {
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
    assert_eq!(homes::names(folder.path(), "", "").len(), 3);
}

fn modified(path: &Path) -> std::time::SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

/// Another device's file with this in its middle: it is passed over and said, the rest is taken.
#[track_caller]
fn assert_passed_over(odd: &str, at_end: bool) {
    let learner = homes::studied(1);
    let (folder, _) = own_file(&learner);
    let line = |n| answered(n, "2026-11-20T08:00:00+00:00", "article/forty-colleagues", true);
    let rest = if at_end { odd.to_owned() } else { format!("{odd}\n{}\n", line(2)) };
    let theirs = folder.path().join("badgedex-0123456789ab.jsonl");
    fs::write(&theirs, format!("{HEADER}\n{}\n{rest}", line(1))).unwrap();
    let ran = sync(&learner, folder.path());
    ran.quiet();
    assert!(ran.err.contains("0123456789ab") || ran.err.contains("line "), "{odd}: not said: {ran}");
    assert_eq!(learner.journal().len(), if at_end { 2 } else { 3 }, "{odd}: {ran}");
}

#[test]
fn a_torn_last_line_is_passed_over_and_said_and_taken_once_it_is_whole() {
    let whole = answered(7, "2026-11-20T08:00:00+00:00", "article/forty-colleagues", true);
    assert_passed_over(&whole[..70], true);
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
fn the_marks_of_a_conflict_are_passed_over_and_said() {
    for mark in ["<<<<<<< HEAD", "=======", ">>>>>>> other", "||||||| base"] {
        assert_passed_over(mark, false);
    }
}

#[test]
fn noise_and_files_of_other_formats_stop_no_sync() {
    for first in ["", "Dear diary", "{}", r#"{"format":"badgedex-journal/9"}"#] {
        let learner = homes::studied(1);
        let (folder, _) = own_file(&learner);
        fs::write(folder.path().join("badgedex-0123456789ab.jsonl"), first).unwrap();
        let line = answered(1, "2026-11-20T08:00:00+00:00", "article/forty-colleagues", true);
        fs::write(folder.path().join("badgedex-ba9876543210.jsonl"), format!("{HEADER}\n{line}\n")).unwrap();
        let ran = sync(&learner, folder.path());
        ran.quiet();
        assert!(matches!(ran.code, Some(0 | 1)), "{ran}");
        assert_eq!(learner.journal().len(), 2, "{first:?}: the other file is read all the same: {ran}");
    }
}

#[test]
fn its_own_file_is_mended_when_it_was_torn_or_lost() {
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
fn a_device_that_lost_its_home_gets_everything_back_from_the_folder() {
    let learner = homes::studied(4);
    let (folder, _) = own_file(&learner);
    let fresh = Learner::with_packs(&["words"]);
    sync(&fresh, folder.path()).done();
    assert_agree(&[learner, fresh]);
}

#[test]
fn a_folder_that_is_not_there_is_named_and_not_made() {
    let learner = homes::studied(1);
    let missing = learner.path("no/shared/folder");
    assert!(sync(&learner, &missing).refused(1).contains("no/shared/folder"));
    assert!(!missing.exists());
    let file = learner.write("a-file", b"x");
    assert!(sync(&learner, &file).refused(1).contains("a-file"));
}

#[test]
fn what_came_from_others_does_not_go_out_twice() {
    let [one, other] = [homes::studied(3), homes::studied(2)];
    let folder = tempfile::tempdir().unwrap();
    for device in [&one, &other, &one, &other, &one] {
        sync(device, folder.path()).done();
    }
    let sizes: Vec<u64> = sizes(folder.path());
    for device in [&one, &other, &one] {
        sync(device, folder.path()).done();
    }
    assert_eq!(self::sizes(folder.path()), sizes, "files that grow without a deed never stop growing");
}

fn sizes(folder: &Path) -> Vec<u64> {
    let names = homes::names(folder, "badgedex-", ".jsonl");
    names.iter().map(|name| fs::metadata(folder.join(name)).unwrap().len()).collect()
}

#[test]
fn of_two_different_lines_with_one_id_the_same_one_stays_everywhere() {
    let [one, other] = [homes::studied(1), homes::studied(1)];
    let at = "2026-11-20T08:00:00+00:00";
    one.import(&[answered(1, at, "article/forty-colleagues", true)]).done();
    other.import(&[answered(1, at, "article/forty-colleagues", false)]).done();
    let folder = tempfile::tempdir().unwrap();
    for device in [&one, &other, &one, &other, &one] {
        sync(device, folder.path()).quiet();
    }
    assert_agree(&[one, other]);
}
