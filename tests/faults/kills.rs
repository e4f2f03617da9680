//! Kills at random moments: nothing that was acknowledged is lost, and no file is incomplete.

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::homes;
use super::random::SeededRandom;
use super::sittings::{self, Deed, acknowledged, is_acknowledgement};
use super::tally::Tally;
use crate::support::{Learner, Ran, answered, journal};

/// SIGKILL, which a program cannot catch.
const KILL: i32 = 9;
/// The number of kills in one home.
const PER_HOME: usize = 20;
/// What a learner types; frequent input is repeated.
const TYPED: [&str; 12] = ["?", "?", "?", "?", "?", "right", "right", "1", "2", "u", "s", "x"];
/// Longer than the time between two answers.
const BETWEEN_ANSWERS: Duration = Duration::from_millis(3);

#[test]
fn kills_in_sittings_lose_no_acknowledged_answer() {
    in_sittings(20).assert_clean();
}

#[test]
fn kills_in_imports_leave_all_or_nothing() {
    in_imports(8, 300).assert_clean();
}

#[test]
fn kills_in_upgrades_leave_the_old_journal_complete() {
    in_upgrades(8).assert_clean();
}

#[test]
fn kills_in_backups_leave_no_half_backup() {
    in_backups(6).assert_clean();
}

#[test]
fn a_restore_that_was_killed_can_be_repeated() {
    in_restores(4).assert_clean();
}

#[test]
fn a_sync_repairs_what_a_killed_sync_left() {
    in_syncs(4).assert_clean();
}

/// Kills sittings, early and late, in one home after another.
pub fn in_sittings(kills: usize) -> Tally {
    let mut random = SeededRandom::new("kills in sittings");
    let mut tally = Tally::default();
    let mut learner = Learner::with_packs(&["words"]);
    let mut before = HashSet::new();
    let start = duration(learner.command(&["study", "--plain", "--count", "1"]));
    while tally.faults < kills {
        if tally.faults % PER_HOME == 0 {
            learner = Learner::with_packs(&["words"]);
            before = HashSet::new();
        }
        let Some(transcript) = killed_sitting(&learner, &mut random, start) else {
            before = ids(&learner.journal());
            continue;
        };
        tally.faults += 1;
        judge_sitting(&learner, &mut before, &acknowledged(&transcript), &mut tally);
    }
    tally
}

/// Kills a sitting while it starts, or shortly after a random number of answers. Returns its transcript; `None`
/// if it had ended already.
fn killed_sitting(learner: &Learner, random: &mut SeededRandom, start: Duration) -> Option<String> {
    let mut child = started(learner.command(&["study", "--plain", "--count", "200"]));
    let typed: String = (0..400).map(|_| format!("{}\n", random.pick(&TYPED))).collect();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).expect("a pipe takes a few bytes");
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut transcript = String::new();
    let answers = random.below(40);
    for _ in 0..answers {
        read_to_acknowledgement(&mut out, &mut transcript);
    }
    thread::sleep(random.span(if answers == 0 { start } else { BETWEEN_ANSWERS }));
    let was_killed = kill(&mut child);
    // What is in the pipe was printed before the end.
    out.read_to_string(&mut transcript).expect("the transcript is UTF-8");
    was_killed.then_some(transcript)
}

fn read_to_acknowledgement(out: &mut impl BufRead, transcript: &mut String) {
    loop {
        let start = transcript.len();
        let read = out.read_line(transcript).expect("the transcript is UTF-8");
        if read == 0 || is_acknowledgement(&transcript[start..]) {
            return;
        }
    }
}

/// Each acknowledged deed is there once, and at most one more that was not yet acknowledged.
fn judge_sitting(learner: &Learner, before: &mut HashSet<String>, said: &[Deed], tally: &mut Tally) {
    tally.acknowledged += said.len();
    let Some(events) = judged_journal(learner, tally) else { return };
    let all = ids(&events);
    if all.len() < events.len() || !before.is_subset(&all) {
        tally.lose(1, "an earlier event is missing, or one is there twice".to_owned());
    }
    let fresh = events.iter().filter(|event| !before.contains(id(event)));
    let recorded: Vec<Deed> = fresh.filter_map(sittings::deed).collect();
    if let Err(what) = sittings::check_recorded(said, &recorded) {
        tally.lose(1, what);
    }
    *before = all;
}

/// The journal after a kill; `None` if the store cannot be read.
fn judged_journal(learner: &Learner, tally: &mut Tally) -> Option<Vec<Value>> {
    let check = learner.run(&["data", "check"]);
    tally.expect(check.code == Some(0) && check.out.contains("sound"), || check.to_string());
    let export = learner.run(&["data", "export"]);
    let opened = tally.expect(export.code == Some(0), || export.to_string());
    opened.then(|| {
        export.out.lines().skip(1).map(|line| serde_json::from_str(line).expect("an event")).collect()
    })
}

fn ids(events: &[Value]) -> HashSet<String> {
    events.iter().map(|event| id(event).to_owned()).collect()
}

fn id(event: &Value) -> &str {
    event["id"].as_str().expect("an id")
}

/// Kills imports of this many lines each.
pub fn in_imports(kills: usize, lines: usize) -> Tally {
    let mut random = SeededRandom::new("kills in imports");
    let mut tally = Tally::default();
    let mut learner = homes::studied(3);
    let mut next = 1;
    let mut fresh_file = |learner: &Learner| {
        let file = learner.write("in.jsonl", many_answers(next, lines));
        next += lines as u64;
        file
    };
    let trial = homes::copied(&learner);
    let file = fresh_file(&trial);
    let whole = duration(trial.command(&["data", "import", file.to_str().unwrap()]));
    while tally.faults < kills {
        if tally.faults % PER_HOME == 0 {
            learner = homes::studied(3);
        }
        let before = learner.journal().len();
        let file = fresh_file(&learner);
        let line = ["data", "import", file.to_str().unwrap()];
        let Some(said) = killed_after(&learner, &line, random.span(whole)) else { continue };
        tally.faults += 1;
        let Some(events) = judged_journal(&learner, &mut tally) else { continue };
        let new = events.len() as i64 - before as i64;
        if said.contains("new event") {
            tally.acknowledged += lines;
        }
        let nothing_will_do = !said.contains("new event");
        let whole = new == lines as i64 || (new == 0 && nothing_will_do);
        if !whole {
            tally.lose(lines, format!("{new} of {lines} lines were imported; it said {said:?}"));
        }
    }
    tally
}

/// A journal of answers, numbered from `first`.
pub fn many_answers(first: u64, number: usize) -> String {
    let line = |n| {
        answered(
            n,
            &format!("2026-11-{:02}T08:00:00+00:00", n % 20 + 1),
            "article/forty-colleagues",
            n % 3 > 0,
        )
    };
    journal(&(first..first + number as u64).map(line).collect::<Vec<_>>())
}

/// A journal of answers with random content, which does not compress well.
pub fn noisy_answers(number: usize) -> String {
    let noise = |n: u64| format!("{:016x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17));
    let given = |n: u64| (0..4).map(|part| noise(n * 4 + part)).collect::<String>();
    let lines = (1..=number as u64).map(|n| {
        let line = answered(n, "2026-11-20T08:00:00+00:00", "article/forty-colleagues", true);
        line.replace(r#""given":"x""#, &format!(r#""given":"{}""#, given(n)))
    });
    journal(&lines.collect::<Vec<_>>())
}

/// Kills the first start after an update, with a store of the first schema.
pub fn in_upgrades(kills: usize) -> Tally {
    let mut random = SeededRandom::new("kills in upgrades");
    let mut tally = Tally::default();
    let whole = duration(homes::with_old_store(1).0.command(&["due"]));
    while tally.faults < kills {
        let (learner, expected) = homes::with_old_store(1);
        if killed_after(&learner, &["due"], random.span(whole)).is_none() {
            continue;
        }
        tally.faults += 1;
        tally.acknowledged += expected.lines().count() - 1;
        judged_journal(&learner, &mut tally);
        let export = learner.run(&["data", "export"]);
        if homes::lines(&export.out) != homes::lines(&expected) {
            tally.lose(1, format!("the journal is another one after the upgrade: {export}"));
        }
        judge_backups(&learner, &expected, &mut tally);
    }
    tally
}

/// Kills backups to the backup folder and to a file.
pub fn in_backups(kills: usize) -> Tally {
    let mut random = SeededRandom::new("kills in backups");
    let mut tally = Tally::default();
    let mut learner = homes::studied(3);
    learner.piped(&["data", "import", "-"], many_answers(1, 2_000)).done();
    let whole = duration(learner.command(&["data", "backup"]));
    let template = homes::copied(&learner);
    while tally.faults < kills {
        if tally.faults % PER_HOME == 0 {
            learner = homes::copied(&template);
        }
        let file = learner.path("mine.jsonl.gz");
        let line = ["data", "backup", file.to_str().unwrap()];
        let line = &line[..2 + tally.faults % 2];
        let Some(said) = killed_after(&learner, line, random.span(whole)) else { continue };
        tally.faults += 1;
        tally.acknowledged += usize::from(!said.is_empty());
        let export = learner.export();
        judged_journal(&learner, &mut tally);
        judge_backups(&learner, &export, &mut tally);
        if file.exists() && homes::unpacked(&file).as_ref() != Some(&export) {
            tally.break_down(format!("{} is an incomplete backup", file.display()));
        }
    }
    learner.run(&["data", "backup"]).done();
    tally
}

/// Each backup is complete, and contains only events of the journal.
fn judge_backups(learner: &Learner, export: &str, tally: &mut Tally) {
    for backup in homes::backups(learner) {
        let text = homes::unpacked(&backup);
        let whole = text.is_some_and(|text| homes::holds(export, &text) && text.ends_with('\n'));
        tally.expect(whole, || format!("{} is an incomplete backup", backup.display()));
    }
}

/// Kills restores after a store was damaged and set aside.
pub fn in_restores(kills: usize) -> Tally {
    let mut random = SeededRandom::new("kills in restores");
    let mut tally = Tally::default();
    let (template, kept) = set_aside();
    let whole = duration(homes::copied(&template).command(&["data", "restore"]));
    while tally.faults < kills {
        let learner = homes::copied(&template);
        let damaged = homes::set_aside(&learner);
        let bytes: Vec<Vec<u8>> = damaged.iter().map(|path| homes::bytes(path)).collect();
        let Some(said) = killed_after(&learner, &["data", "restore"], random.span(whole)) else { continue };
        tally.faults += 1;
        tally.acknowledged += kept.lines().count() - 1;
        // A restore can be repeated whether or not it was done.
        let again = learner.run(&["data", "restore"]);
        tally.expect(again.code == Some(0), || format!("after {said:?}: {again}"));
        judged_journal(&learner, &mut tally);
        if !homes::holds(&learner.run(&["data", "export"]).out, &kept) {
            tally.lose(1, "the backup was not restored".to_owned());
        }
        let untouched = damaged.iter().zip(&bytes).all(|(path, bytes)| homes::bytes(path) == *bytes);
        tally.expect(untouched, || "a damaged store was changed".to_owned());
    }
    tally
}

/// A learner whose damaged store was set aside, and the content of the backup.
fn set_aside() -> (Learner, String) {
    let learner = homes::studied(5);
    learner.piped(&["data", "import", "-"], many_answers(1, 500)).done();
    learner.run(&["data", "backup"]).done();
    let kept = learner.export();
    let mut bytes = homes::bytes(&learner.store());
    bytes[..100].fill(0xa5);
    fs::write(learner.store(), bytes).expect("a damaged store");
    learner.run(&["due"]).refused(1);
    assert_eq!(homes::set_aside(&learner).len(), 1);
    (learner, kept)
}

/// Kills syncs of two devices that share a folder.
pub fn in_syncs(kills: usize) -> Tally {
    let mut random = SeededRandom::new("kills in syncs");
    let mut tally = Tally::default();
    let folder = tempfile::tempdir().expect("a shared folder");
    let shared = folder.path().to_str().unwrap();
    let line = ["data", "sync", shared];
    let devices = [homes::studied(3), homes::studied(4)];
    let whole = devices.iter().map(|device| duration(device.command(&line))).max().unwrap();
    while tally.faults < kills {
        let device = &devices[tally.faults % 2];
        homes::study(device, 2);
        if killed_after(device, &line, random.span(whole)).is_none() {
            continue;
        }
        tally.faults += 1;
        judged_journal(device, &mut tally);
        let foreign = homes::names(folder.path(), "", "").into_iter().find(|name| !is_device_file(name));
        tally.expect(foreign.is_none(), || format!("a file of no device in the folder: {foreign:?}"));
    }
    let synced: Vec<Ran> = (0..4).map(|n| devices[n % 2].run(&line)).collect();
    tally.acknowledged = devices[0].journal().len();
    for ran in synced {
        tally.expect(ran.code != Some(2), || ran.to_string());
    }
    let exports = devices.map(|device| device.export());
    if homes::lines(&exports[0]) != homes::lines(&exports[1]) {
        tally.lose(1, "the devices do not agree after the kills".to_owned());
    }
    tally
}

/// Whether a name in a shared folder is that of a device's own file, with its events or its packs.
pub fn is_device_file(name: &str) -> bool {
    name.starts_with("badgedex-") && (name.ends_with(".jsonl") || name.ends_with(".packs.gz"))
}

/// How long the command takes if it is not killed; it must succeed.
fn duration(mut command: Command) -> Duration {
    let began = Instant::now();
    let output = command.stdin(Stdio::null()).output().expect("the binary starts");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    // A little more, so that the last moments are hit as often as others.
    began.elapsed().mul_f64(1.1)
}

fn started(mut command: Command) -> Child {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().expect("the binary starts")
}

/// Runs a command and kills it after a delay. Returns what it had printed; `None` if it had ended already.
fn killed_after(learner: &Learner, line: &[&str], delay: Duration) -> Option<String> {
    let mut child = started(learner.command(line));
    // The random moment is the point of the test: there is nothing to wait for.
    thread::sleep(delay);
    let was_killed = kill(&mut child);
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).expect("UTF-8");
    was_killed.then_some(said)
}

fn kill(child: &mut Child) -> bool {
    child.kill().expect("a kill");
    child.wait().expect("an end").signal() == Some(KILL)
}
