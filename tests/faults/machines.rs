//! Machines that share a folder with a program that makes conflict copies, marks, cuts and empties files, while
//! homes are copied and set back.

use std::fs;

use super::homes;
use super::random::SeededRandom;
use super::tally::Tally;
use crate::support::Learner;

/// How six programs name the copy that they make of a conflict; `{}` is the name without its extension.
const COPIES: [&str; 6] = [
    "{} (Ada's conflicted copy 2026-11-23).jsonl",
    "{} (1).jsonl",
    "{}-LAPTOP-4711.jsonl",
    "{}.sync-conflict-20261123-080000-ABCDEFG.jsonl",
    "{} (conflicted copy 2026-11-23 080000).jsonl",
    "{} 2.jsonl",
];
/// Days that the clocks of the machines show.
const DAYS: [&str; 4] = ["2026-11-23", "2026-11-24", "2026-12-24", "2026-11-22"];

#[test]
fn machines_agree_after_conflict_copies_clones_and_set_back_homes() {
    sharing(4, 20).assert_clean();
}

/// So many machines and faults; then all synchronize. No answer that a home or a file still has may be lost.
pub fn sharing(number: usize, faults: usize) -> Tally {
    let mut random = SeededRandom::new("machines");
    let mut tally = Tally::default();
    let folder = tempfile::tempdir().unwrap();
    let line = ["data", "sync", folder.path().to_str().unwrap()];
    let mut machines: Vec<Learner> = (0..number).map(|_| homes::studied(1)).collect();
    for fault in 0..faults {
        let one = random.below(number);
        homes::study(&machines[one].on(random.pick(&DAYS)), 1);
        let mut names = homes::names(folder.path(), "badgedex-", ".jsonl");
        random.shuffle(&mut names);
        let file = names.first().map(|name| folder.path().join(name));
        match (random.below(6), file) {
            (0, _) => {
                let image = homes::copied(&machines[one]);
                homes::study(&machines[one], 1);
                machines[one].run(&line).quiet();
                machines[one] = image;
            }
            (1, _) => {
                // The machine whose place the clone takes hands over its answers before.
                let other = (one + 1) % number;
                machines[other].run(&line).quiet();
                machines[other] = homes::copied(&machines[one]);
                homes::study(&machines[other], 1);
            }
            (2, Some(file)) => {
                let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
                let copy = COPIES[fault % COPIES.len()].replace("{}", &stem);
                fs::copy(&file, folder.path().join(copy)).unwrap();
            }
            (3, Some(file)) => {
                // What is cut away must be in a home.
                machines.iter().for_each(|machine| machine.run(&line).quiet());
                let bytes = homes::bytes(&file);
                fs::write(&file, &bytes[..bytes.len() * random.below(10) / 10]).unwrap();
            }
            (4, Some(file)) => {
                let text = fs::read_to_string(&file).unwrap();
                let marked = format!("<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> other\n");
                fs::write(&file, marked).unwrap();
            }
            _ => {}
        }
        tally.faults += 1;
        machines[random.below(number)].run(&line).quiet();
    }
    for _ in 0..3 {
        machines.iter().for_each(|machine| machine.run(&line).quiet());
    }
    judge(&machines, number + faults, &mut tally);
    tally
}

/// All machines have the same, and at least this many answers.
fn judge(machines: &[Learner], answers: usize, tally: &mut Tally) {
    let exports: Vec<String> = machines.iter().map(Learner::export).collect();
    for export in &exports {
        let is_same = homes::lines(export) == homes::lines(&exports[0]);
        tally.expect(is_same, || "two machines do not agree".to_owned());
    }
    tally.acknowledged = exports[0].lines().count() - 1;
    if tally.acknowledged < answers {
        tally.lose(answers - tally.acknowledged, format!("{} of {answers} answers", tally.acknowledged));
    }
}
