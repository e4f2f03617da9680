//! Several processes at once: none waits long, none loses anything.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Stdio};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use super::homes;
use super::kills::many_answers;
use super::sittings::{self, Deed, acknowledged, is_verdict};
use super::tally::Tally;
use crate::support::{Learner, Ran};

/// The number of processes.
const PROCESSES: usize = 8;
/// A process that waits longer is blocked.
const MAX_WAIT: Duration = Duration::from_secs(5);

#[test]
fn eight_processes_that_answer_at_once_lose_nothing_and_wait_briefly() {
    answering(12).assert_clean();
}

#[test]
fn eight_processes_that_start_in_an_empty_home_share_one_store() {
    starting(&Learner::new(), 0).assert_clean();
}

#[test]
fn eight_processes_that_start_after_an_update_upgrade_once() {
    let (learner, expected) = homes::with_old_store(1);
    starting(&learner, expected.lines().count() - 1).assert_clean();
    assert!(homes::holds(&learner.export(), &expected));
}

#[test]
fn eight_imports_at_once_form_one_union() {
    importing(100).assert_clean();
}

#[test]
fn eight_backups_at_once_are_all_complete() {
    let learner = homes::studied(5);
    let export = learner.export();
    for ran in all_at_once(&learner, &["data", "backup"]) {
        ran.done();
    }
    let backups = homes::backups(&learner);
    assert!(!backups.is_empty());
    assert!(backups.iter().all(|path| homes::unpacked(path).as_ref() == Some(&export)), "{backups:?}");
}

#[test]
fn eight_processes_that_find_a_damaged_store_set_it_aside_once() {
    let learner = homes::studied(5);
    let mut bytes = homes::bytes(&learner.store());
    bytes[..100].fill(0xa5);
    fs::write(learner.store(), &bytes).unwrap();
    for ran in all_at_once(&learner, &["due"]) {
        assert!(ran.refused(1).contains("restore"), "{ran}");
    }
    let aside = homes::set_aside(&learner);
    assert_eq!(aside.len(), 1, "{aside:?}");
    assert!(homes::bytes(&aside[0]) == bytes, "the damaged store was changed");
    assert!(!learner.store().exists(), "an empty journal was started");
}

#[test]
fn eight_syncs_of_eight_devices_at_once_agree_after_another_round() {
    let folder = tempfile::tempdir().unwrap();
    let line = ["data", "sync", folder.path().to_str().unwrap()];
    let devices: Vec<Learner> = (1..=PROCESSES).map(homes::studied).collect();
    let spawned: Vec<Child> = devices.iter().map(|device| spawn(device, &line)).collect();
    for child in spawned {
        // One device may read a line that another is writing, and report it.
        let ran = ended(child, &line);
        assert!(ran.code.is_some_and(|code| code < 2), "{ran}");
    }
    for device in devices.iter().chain(&devices) {
        device.run(&line).done();
    }
    let exports: Vec<String> = devices.iter().map(Learner::export).collect();
    assert!(exports.iter().all(|export| homes::lines(export) == homes::lines(&exports[0])));
    assert_eq!(homes::names(folder.path(), "", ".jsonl").len(), PROCESSES);
}

/// Eight sittings in one home, started at the same moment, with this many answers each.
pub fn answering(answers: usize) -> Tally {
    let learner = Learner::with_packs(&["words"]);
    let count = answers.to_string();
    let line = ["study", "--plain", "--count", &count];
    let children: Vec<Child> = (0..PROCESSES).map(|_| spawn(&learner, &line)).collect();
    let barrier = Arc::new(Barrier::new(PROCESSES));
    let sit = |child| {
        let barrier = Arc::clone(&barrier);
        thread::spawn(move || sit(child, answers, &barrier))
    };
    let sitting: Vec<_> = children.into_iter().map(sit).collect();
    let sat: Vec<SittingResult> =
        sitting.into_iter().map(|thread| thread.join().expect("a sitting ends")).collect();
    judge(&learner, answers, &sat)
}

/// What happened in one of the sittings.
struct SittingResult {
    acknowledged: Vec<Deed>,
    longest_wait: Duration,
    code: Option<i32>,
}

/// Answers immediately, and measures how long each verdict takes.
fn sit(mut child: Child, answers: usize, barrier: &Barrier) -> SittingResult {
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    let (mut transcript, mut longest_wait) = (String::new(), Duration::ZERO);
    read_until(&mut out, &mut transcript, |line| line.starts_with("Type your answer"));
    barrier.wait();
    for _ in 0..answers {
        let asked = Instant::now();
        // If the sitting has ended, its transcript shows it.
        let _ = stdin.write_all(b"?\n");
        read_until(&mut out, &mut transcript, is_verdict);
        longest_wait = longest_wait.max(asked.elapsed());
    }
    drop(stdin);
    read_until(&mut out, &mut transcript, |_| false);
    let code = child.wait().expect("an end").code();
    SittingResult { acknowledged: acknowledged(&transcript), longest_wait, code }
}

fn read_until(out: &mut impl BufRead, transcript: &mut String, wanted: impl Fn(&str) -> bool) {
    loop {
        let start = transcript.len();
        let read = out.read_line(transcript).expect("the transcript is UTF-8");
        if read == 0 || wanted(&transcript[start..]) {
            return;
        }
    }
}

fn judge(learner: &Learner, answers: usize, sat: &[SittingResult]) -> Tally {
    let mut tally = Tally { faults: sat.len(), ..Tally::default() };
    let mut said: Vec<&[Deed]> = sat.iter().map(|sat| &sat.acknowledged[..]).collect();
    said.sort_unstable();
    for one in sat {
        tally.acknowledged += one.acknowledged.len();
        tally.waited(one.longest_wait);
        tally.expect(one.code == Some(0), || format!("a sitting ended with {:?}", one.code));
        tally.expect(one.acknowledged.len() == answers, || {
            format!("{} of {answers} verdicts", one.acknowledged.len())
        });
        tally.expect(one.longest_wait < MAX_WAIT, || format!("one waited for {:?}", one.longest_wait));
    }
    let recorded = by_sitting(learner);
    if recorded != said {
        tally.lose(1, "the journal is not what the eight sittings acknowledged".to_owned());
    }
    let check = learner.run(&["data", "check"]);
    tally.expect(check.code == Some(0), || check.to_string());
    tally
}

/// The answers of the journal by sitting, sorted.
fn by_sitting(learner: &Learner) -> Vec<Vec<Deed>> {
    let mut sittings = std::collections::BTreeMap::<String, Vec<Deed>>::new();
    for event in learner.events("answered") {
        let sitting = event["sitting"].as_str().expect("a sitting").to_owned();
        sittings.entry(sitting).or_default().extend(sittings::deed(&event));
    }
    let mut sittings: Vec<Vec<Deed>> = sittings.into_values().collect();
    sittings.sort_unstable();
    sittings
}

/// Eight processes start at once in this home and record one event each.
fn starting(learner: &Learner, before: usize) -> Tally {
    let mut tally = Tally { faults: PROCESSES, ..Tally::default() };
    let began = Instant::now();
    for ran in all_at_once(learner, &["set", "role", "data"]) {
        tally.acknowledged += usize::from(ran.code == Some(0));
        tally.expect(ran.code == Some(0), || ran.to_string());
    }
    tally.waited(began.elapsed());
    let events = learner.journal().len() - before;
    if events != tally.acknowledged {
        tally.lose(1, format!("{events} events of {}", tally.acknowledged));
    }
    tally
}

/// Eight imports at once; each shares half of its lines with the next one.
pub fn importing(lines: usize) -> Tally {
    let learner = homes::studied(2);
    let before = learner.journal().len();
    let mut tally = Tally { faults: PROCESSES, ..Tally::default() };
    let began = Instant::now();
    let children: Vec<Child> = (0..PROCESSES)
        .map(|n| {
            let text = many_answers((n * lines / 2) as u64 + 1, lines);
            let file = learner.write(&format!("in-{n}.jsonl"), text);
            spawn(&learner, &["data", "import", file.to_str().unwrap()])
        })
        .collect();
    for child in children {
        let ran = ended(child, &["data", "import"]);
        tally.expect(ran.code == Some(0), || ran.to_string());
    }
    tally.waited(began.elapsed());
    tally.acknowledged = (PROCESSES + 1) * lines / 2;
    let events = learner.journal().len() - before;
    if events != tally.acknowledged {
        tally.lose(1, format!("{events} of {} lines", tally.acknowledged));
    }
    tally
}

fn all_at_once(learner: &Learner, line: &[&str]) -> Vec<Ran> {
    let children: Vec<Child> = (0..PROCESSES).map(|_| spawn(learner, line)).collect();
    children.into_iter().map(|child| ended(child, line)).collect()
}

fn spawn(learner: &Learner, line: &[&str]) -> Child {
    let mut command = learner.command(line);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the binary starts")
}

fn ended(child: Child, line: &[&str]) -> Ran {
    let output = child.wait_with_output().expect("an end");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ran {
        line: line.join(" "),
        code: output.status.code(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}
