//! Killed at random moments: nothing that was acknowledged is lost, and no file is left half done.

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::dice::Dice;
use super::figures::Figures;
use super::homes;
use super::sittings::{self, Deed, acknowledged, is_acknowledgement};
use crate::support::{Learner, Ran, answered, journal};

/// SIGKILL: nothing can be done about it, nor at its moment.
const KILL: i32 = 9;
/// So many kills hit one home before the next is taken.
const PER_HOME: usize = 20;
/// What a learner types, with what is typed more often in more places.
const TYPED: [&str; 12] = ["?", "?", "?", "?", "?", "right", "right", "1", "2", "u", "s", "x"];
/// Longer than anything takes between two answers.
const BETWEEN_ANSWERS: Duration = Duration::from_millis(3);

#[test]
fn kills_in_sittings_lose_no_acknowledged_answer() {
    in_sittings(20).assert_clean();
}

#[test]
fn kills_in_imports_leave_all_of_it_or_nothing() {
    in_imports(8, 300).assert_clean();
}

#[test]
fn kills_in_upgrades_leave_the_old_journal_whole() {
    in_upgrades(8).assert_clean();
}

#[test]
fn kills_in_backups_leave_no_half_backup() {
    in_backups(6).assert_clean();
}

#[test]
fn kills_in_restores_can_be_restored_again() {
    in_restores(4).assert_clean();
}

#[test]
fn kills_in_syncs_leave_nothing_that_the_next_sync_does_not_mend() {
    in_syncs(4).assert_clean();
}

/// Kills sittings, early and late, home after home.
pub fn in_sittings(kills: usize) -> Figures {
    let mut dice = Dice::new("kills in sittings");
    let mut figures = Figures::default();
    let mut learner = Learner::with_packs(&["words"]);
    let mut before = HashSet::new();
    let start = duration(learner.command(&["study", "--plain", "--count", "1"]));
    while figures.faults < kills {
        if figures.faults % PER_HOME == 0 {
            learner = Learner::with_packs(&["words"]);
            before = HashSet::new();
        }
        let Some(transcript) = killed_sitting(&learner, &mut dice, start) else {
            before = ids(&learner.journal());
            continue;
        };
        figures.faults += 1;
        judge_sitting(&learner, &mut before, &acknowledged(&transcript), &mut figures);
    }
    figures
}

/// Holds a sitting and kills it: after so many answers and a little, or while it starts. None where it
/// had ended by itself.
fn killed_sitting(learner: &Learner, dice: &mut Dice, start: Duration) -> Option<String> {
    let mut child = started(learner.command(&["study", "--plain", "--count", "200"]));
    let typed: String = (0..400).map(|_| format!("{}\n", dice.pick(&TYPED))).collect();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).expect("a pipe takes a few bytes");
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut transcript = String::new();
    let answers = dice.below(40);
    for _ in 0..answers {
        read_to_acknowledgement(&mut out, &mut transcript);
    }
    thread::sleep(dice.span(if answers == 0 { start } else { BETWEEN_ANSWERS }));
    let was_killed = kill(&mut child);
    // What stands in the pipe was said before the end.
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

/// Every acknowledged deed is there once, and at most one that could not be said any more.
fn judge_sitting(learner: &Learner, before: &mut HashSet<String>, said: &[Deed], figures: &mut Figures) {
    figures.acknowledged += said.len();
    let Some(events) = judged_journal(learner, figures) else { return };
    let all = ids(&events);
    if all.len() < events.len() || !before.is_subset(&all) {
        figures.lose(1, "an earlier event is missing, or one is there twice".to_owned());
    }
    let fresh = events.iter().filter(|event| !before.contains(id(event)));
    let recorded: Vec<Deed> = fresh.filter_map(sittings::deed).collect();
    if let Err(what) = sittings::missing(said, &recorded) {
        figures.lose(1, what);
    }
    *before = all;
}

/// The journal after a kill, where the store opens and is sound.
fn judged_journal(learner: &Learner, figures: &mut Figures) -> Option<Vec<Value>> {
    let check = learner.run(&["data", "check"]);
    figures.expect(check.code == Some(0) && check.out.contains("sound"), || check.to_string());
    let export = learner.run(&["data", "export"]);
    let opened = figures.expect(export.code == Some(0), || export.to_string());
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

/// Kills imports of so many lines each.
pub fn in_imports(kills: usize, lines: usize) -> Figures {
    let mut dice = Dice::new("kills in imports");
    let mut figures = Figures::default();
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
    while figures.faults < kills {
        if figures.faults % PER_HOME == 0 {
            learner = homes::studied(3);
        }
        let before = learner.journal().len();
        let file = fresh_file(&learner);
        let line = ["data", "import", file.to_str().unwrap()];
        let Some(said) = killed_after(&learner, &line, dice.span(whole)) else { continue };
        figures.faults += 1;
        let Some(events) = judged_journal(&learner, &mut figures) else { continue };
        let new = events.len() as i64 - before as i64;
        if said.contains("new event") {
            figures.acknowledged += lines;
        }
        let nothing_will_do = !said.contains("new event");
        let whole = new == lines as i64 || (new == 0 && nothing_will_do);
        if !whole {
            figures.lose(lines, format!("{new} of {lines} lines were imported; it said {said:?}"));
        }
    }
    figures
}

/// A journal of so many answers, numbered from here.
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

/// The same, with so much noise in it that it cannot be compressed well.
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
pub fn in_upgrades(kills: usize) -> Figures {
    let mut dice = Dice::new("kills in upgrades");
    let mut figures = Figures::default();
    let whole = duration(homes::with_old_store(1).0.command(&["due"]));
    while figures.faults < kills {
        let (learner, expected) = homes::with_old_store(1);
        if killed_after(&learner, &["due"], dice.span(whole)).is_none() {
            continue;
        }
        figures.faults += 1;
        figures.acknowledged += expected.lines().count() - 1;
        judged_journal(&learner, &mut figures);
        let export = learner.run(&["data", "export"]);
        if homes::lines(&export.out) != homes::lines(&expected) {
            figures.lose(1, format!("the journal is another one after the upgrade: {export}"));
        }
        judge_backups(&learner, &expected, &mut figures);
    }
    figures
}

/// Kills backups, into the folder of the backups and to a file.
pub fn in_backups(kills: usize) -> Figures {
    let mut dice = Dice::new("kills in backups");
    let mut figures = Figures::default();
    let mut learner = homes::studied(3);
    learner.piped(&["data", "import", "-"], many_answers(1, 2_000)).done();
    let whole = duration(learner.command(&["data", "backup"]));
    let template = homes::copied(&learner);
    while figures.faults < kills {
        if figures.faults % PER_HOME == 0 {
            learner = homes::copied(&template);
        }
        let file = learner.path("mine.jsonl.gz");
        let line = ["data", "backup", file.to_str().unwrap()];
        let line = &line[..2 + figures.faults % 2];
        let Some(said) = killed_after(&learner, line, dice.span(whole)) else { continue };
        figures.faults += 1;
        figures.acknowledged += usize::from(!said.is_empty());
        let export = learner.export();
        judged_journal(&learner, &mut figures);
        judge_backups(&learner, &export, &mut figures);
        if file.exists() && homes::unpacked(&file).as_ref() != Some(&export) {
            figures.break_down(format!("{} is half a backup", file.display()));
        }
    }
    learner.run(&["data", "backup"]).done();
    figures
}

/// Whatever is called a backup is whole, and holds nothing but the journal.
fn judge_backups(learner: &Learner, export: &str, figures: &mut Figures) {
    for backup in homes::backups(learner) {
        let text = homes::unpacked(&backup);
        let whole = text.is_some_and(|text| homes::holds(export, &text) && text.ends_with('\n'));
        figures.expect(whole, || format!("{} is half a backup", backup.display()));
    }
}

/// Kills restores after a store was damaged and set aside.
pub fn in_restores(kills: usize) -> Figures {
    let mut dice = Dice::new("kills in restores");
    let mut figures = Figures::default();
    let (template, kept) = set_aside();
    let whole = duration(homes::copied(&template).command(&["data", "restore"]));
    while figures.faults < kills {
        let learner = homes::copied(&template);
        let damaged = homes::set_aside(&learner);
        let bytes: Vec<Vec<u8>> = damaged.iter().map(|path| homes::bytes(path)).collect();
        let Some(said) = killed_after(&learner, &["data", "restore"], dice.span(whole)) else { continue };
        figures.faults += 1;
        figures.acknowledged += kept.lines().count() - 1;
        // It is done again where it was not done, and does no harm where it was.
        let again = learner.run(&["data", "restore"]);
        figures.expect(again.code == Some(0), || format!("after {said:?}: {again}"));
        judged_journal(&learner, &mut figures);
        if !homes::holds(&learner.run(&["data", "export"]).out, &kept) {
            figures.lose(1, "the backup was not restored".to_owned());
        }
        let untouched = damaged.iter().zip(&bytes).all(|(path, bytes)| homes::bytes(path) == *bytes);
        figures.expect(untouched, || "a damaged store was changed".to_owned());
    }
    figures
}

/// A learner whose damaged store was set aside, and what their backup holds.
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

/// Kills syncs of two devices with a folder between them.
pub fn in_syncs(kills: usize) -> Figures {
    let mut dice = Dice::new("kills in syncs");
    let mut figures = Figures::default();
    let folder = tempfile::tempdir().expect("a shared folder");
    let shared = folder.path().to_str().unwrap();
    let line = ["data", "sync", shared];
    let devices = [homes::studied(3), homes::studied(4)];
    let whole = devices.iter().map(|device| duration(device.command(&line))).max().unwrap();
    while figures.faults < kills {
        let device = &devices[figures.faults % 2];
        homes::study(device, 2);
        if killed_after(device, &line, dice.span(whole)).is_none() {
            continue;
        }
        figures.faults += 1;
        judged_journal(device, &mut figures);
        let foreign = homes::names(folder.path(), "", "").into_iter().find(|name| !is_a_devices(name));
        figures.expect(foreign.is_none(), || format!("a file of no device in the folder: {foreign:?}"));
    }
    let synced: Vec<Ran> = (0..4).map(|n| devices[n % 2].run(&line)).collect();
    figures.acknowledged = devices[0].journal().len();
    for ran in synced {
        figures.expect(ran.code != Some(2), || ran.to_string());
    }
    let exports = devices.map(|device| device.export());
    if homes::lines(&exports[0]) != homes::lines(&exports[1]) {
        figures.lose(1, "the devices do not agree after the kills".to_owned());
    }
    figures
}

/// The name of a device's own file in a shared folder.
pub fn is_a_devices(name: &str) -> bool {
    name.starts_with("badgedex-") && name.ends_with(".jsonl")
}

/// How long a command takes that is not killed; it must succeed.
fn duration(mut command: Command) -> Duration {
    let began = Instant::now();
    let output = command.stdin(Stdio::null()).output().expect("the binary starts");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    // A little more, so that the last moments are hit as often as the others.
    began.elapsed().mul_f64(1.1)
}

fn started(mut command: Command) -> Child {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().expect("the binary starts")
}

/// Runs a command and kills it after a while. What it had printed; none where it had ended by itself.
fn killed_after(learner: &Learner, line: &[&str], while_: Duration) -> Option<String> {
    let mut child = started(learner.command(line));
    // The moment is the fault itself: there is nothing to wait for.
    thread::sleep(while_);
    let was_killed = kill(&mut child);
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).expect("UTF-8");
    was_killed.then_some(said)
}

fn kill(child: &mut Child) -> bool {
    child.kill().expect("a kill");
    child.wait().expect("an end").signal() == Some(KILL)
}
