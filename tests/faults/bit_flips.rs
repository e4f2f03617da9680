//! One flipped bit in a store: nothing that has changed is handed on, and after a restore the journal is what it
//! was, or the program says what is in doubt.

use std::collections::BTreeSet;
use std::fs;

use serde_json::json;

use super::homes;
use super::kills::many_answers;
use super::random::SeededRandom;
use super::tally::Tally;
use crate::support::{Learner, event};

/// SQLite's pages in our stores, in bytes.
const PAGE: usize = 4096;

/// A learner with answers, other deeds and kinds of a later version, and a backup of all of it.
fn with_backup() -> Learner {
    let learner = homes::studied(5);
    learner.piped(&["data", "import", "-"], many_answers(1, 120)).done();
    learner.run(&["pass", "saa", "--on", "2026-05-04"]).done();
    learner.run(&["set", "role", "data"]).done();
    learner.run(&["undo"]).done();
    let noon = "2026-11-20T12:00:00+01:00";
    learner.import(&[event(9000, noon, "dreamed", json!({ "of": ["sheep", 1.5, null], "x": null }))]).done();
    for backup in homes::backups(&learner) {
        fs::remove_file(backup).unwrap();
    }
    learner.run(&["data", "backup"]).done();
    learner
}

#[test]
fn a_flipped_bit_does_not_pass_silently() {
    flips(20).assert_clean();
}

/// Flips one bit of the store at a time; every other time there is no backup.
pub fn flips(number: usize) -> Tally {
    let mut random = SeededRandom::new("flipped bits");
    let mut tally = Tally::default();
    let template = with_backup();
    let truth = template.export();
    let bytes = homes::bytes(&template.store());
    for _ in 0..number {
        let learner = homes::copied(&template);
        // The head of the file has one part in ten of the flips.
        let end = if random.below(10) == 0 { PAGE } else { bytes.len() };
        let (byte, bit) = (random.below(end), random.below(8));
        let mut flipped = bytes.clone();
        flipped[byte] ^= 1 << bit;
        fs::write(learner.store(), &flipped).unwrap();
        let has_backup = tally.faults % 2 == 0;
        if !has_backup {
            fs::remove_dir_all(learner.path("backups")).unwrap();
        }
        tally.faults += 1;
        tally.acknowledged += truth.lines().count() - 1;
        judge(&learner, &truth, has_backup, &format!("bit {bit} of byte {byte}"), &mut tally);
    }
    tally
}

fn judge(learner: &Learner, truth: &str, has_backup: bool, what: &str, tally: &mut Tally) {
    let true_lines: BTreeSet<&str> = truth.lines().collect();
    let folder = tempfile::tempdir().unwrap();
    let synced = learner.run(&["data", "sync", folder.path().to_str().unwrap()]);
    synced.quiet();
    for name in homes::names(folder.path(), "badgedex-", ".jsonl") {
        let file = fs::read_to_string(folder.path().join(name)).unwrap();
        let is_whole = file.lines().collect::<BTreeSet<_>>() == true_lines;
        let is_right = file.lines().all(|line| true_lines.contains(line));
        tally.expect(is_right, || format!("{what}: a changed line was handed on: {synced}"));
        tally.expect(is_whole || synced.code == Some(1), || format!("{what}: lines are missing: {synced}"));
    }
    let export = learner.run(&["data", "export"]);
    export.quiet();
    tally.expect(export.out.lines().all(|line| true_lines.contains(line)), || {
        format!("{what}: a changed line was exported: {export}")
    });
    if export.code == Some(0) {
        let is_same = homes::lines(&export.out) == homes::lines(truth);
        tally.expect(is_same, || format!("{what}: the export is silently another one"));
        return;
    }
    let restored = learner.run(&["data", "restore"]);
    restored.quiet();
    let after = learner.run(&["data", "export"]);
    let is_right = after.out.lines().all(|line| true_lines.contains(line));
    tally.expect(is_right, || format!("{what}: a changed line was restored: {restored}{after}"));
    let missing = true_lines.len().saturating_sub(after.out.lines().count());
    if missing > 0 && (has_backup || restored.code != Some(1)) {
        tally.lose(missing, format!("{what}: {missing} lines are missing: {restored}{after}"));
    }
    let checked = learner.run(&["data", "check"]);
    let is_sound = checked.code == Some(0) || (missing > 0 && !has_backup);
    tally.expect(is_sound, || format!("{what}: not sound after a restore: {restored}{checked}"));
}
