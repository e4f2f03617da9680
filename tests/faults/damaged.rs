//! A damaged store is set aside unchanged; the program names the command that restores it, and that works.

use std::fs;
use std::path::Path;

use super::homes;
use super::kills::many_answers;
use super::random::SeededRandom;
use crate::support::{HEADER, Learner};

/// SQLite's pages in our stores, in bytes.
const PAGE: usize = 4096;

/// One way to damage a store.
struct Damage {
    what: &'static str,
    hit: fn(&mut Vec<u8>),
}

/// Every command that opens the store detects these.
const DETECTED_ON_OPEN: [Damage; 6] = [
    Damage { what: "cut to a hundred bytes", hit: |bytes| bytes.truncate(100) },
    Damage { what: "cut to one page", hit: |bytes| bytes.truncate(PAGE) },
    Damage { what: "cut in the middle", hit: |bytes| bytes.truncate(bytes.len() / 2) },
    Damage { what: "without its last page", hit: |bytes| bytes.truncate(bytes.len() - PAGE) },
    Damage { what: "with another beginning", hit: |bytes| bytes[..100].fill(0xa5) },
    Damage { what: "another text", hit: |bytes| *bytes = b"Dear diary,\n".repeat(1000) },
];

/// Every command that reads all of the store detects these.
const DETECTED_ON_READ: [Damage; 2] = [
    Damage { what: "a page of noise", hit: |bytes| noise(bytes) },
    Damage { what: "a page of zeros", hit: |bytes| overwrite(bytes, |page| page.fill(0)) },
];

fn noise(bytes: &mut [u8]) {
    overwrite(bytes, |page| page.iter_mut().zip(0_u32..).for_each(|(b, n)| *b = (n * 167 % 251) as u8));
}

/// Overwrites a page in the middle, which holds answers.
fn overwrite(bytes: &mut [u8], with: impl Fn(&mut [u8])) {
    let middle = bytes.len() / PAGE / 2 * PAGE;
    with(&mut bytes[middle..middle + PAGE]);
}

/// A learner with hundreds of events, and a backup with all but the last three.
fn with_backup() -> (Learner, String) {
    let learner = homes::studied(5);
    learner.piped(&["data", "import", "-"], many_answers(1, 400)).done();
    learner.run(&["data", "backup"]).done();
    let kept = learner.export();
    homes::study(&learner, 3);
    (learner, kept)
}

/// Damages the store and returns what it is then.
fn damage(learner: &Learner, damage: &Damage) -> Vec<u8> {
    assert!(!learner.path("journal.db-wal").exists(), "the store is closed");
    let mut bytes = homes::bytes(&learner.store());
    (damage.hit)(&mut bytes);
    fs::write(learner.store(), &bytes).unwrap();
    bytes
}

/// One store was set aside, unchanged, under a name with the time.
#[track_caller]
fn assert_set_aside(learner: &Learner, said: &str, bytes: &[u8], what: &str) {
    let aside = homes::set_aside(learner);
    assert_eq!(aside.len(), 1, "{what}: {aside:?}");
    let name = aside[0].file_name().unwrap().to_str().unwrap();
    assert!(homes::is_utc(&name["journal-damaged-".len()..]), "{what}: {name}");
    assert!(said.contains(name), "{what}: the new name is not shown: {said}");
    assert!(said.contains("badgedex data restore"), "{what}: {said}");
    assert!(homes::bytes(&aside[0]) == bytes, "{what}: the damaged store was changed");
    assert!(!learner.store().exists(), "{what}: an empty journal was started");
}

/// `data restore` brings back the backup and what can be read, says if something may be missing, and then
/// everything works.
#[track_caller]
fn assert_restored(learner: &Learner, kept: &str, what: &str) {
    let ran = learner.run(&["data", "restore"]);
    let said = &ran.out;
    assert!(said.chars().any(|c| c.is_ascii_digit()), "{what}: no counts: {said}");
    let is_in_doubt = ["differ", "in doubt", "cannot be read", "may be missing"];
    let is_in_doubt =
        said.lines().last().is_some_and(|last| is_in_doubt.iter().any(|word| last.contains(word)));
    assert_eq!(ran.code, Some(i32::from(is_in_doubt)), "{what}: {ran}");
    let export = learner.export();
    assert!(homes::holds(&export, kept), "{what}: the backup was not restored");
    assert!(learner.run(&["data", "check"]).done().contains("sound"), "{what}");
    learner.piped(&["study", "--plain", "--count", "1"], "?\n").done();
    assert_eq!(learner.journal().len(), export.lines().count(), "{what}");
}

#[test]
fn a_store_that_cannot_be_opened_is_set_aside_by_every_command() {
    let (template, kept) = with_backup();
    let commands =
        [&["due"][..], &["stats"], &["study", "--plain"], &["badges"], &["data", "export"], &["undo"]];
    for (kind, command) in DETECTED_ON_OPEN.iter().zip(commands) {
        let learner = homes::copied(&template);
        let bytes = damage(&learner, kind);
        let said = learner.run(command).refused(1);
        assert_set_aside(&learner, &said, &bytes, kind.what);
        assert_restored(&learner, &kept, kind.what);
        assert!(homes::bytes(&homes::set_aside(&learner)[0]) == bytes, "{}: it was changed", kind.what);
    }
}

#[test]
fn a_store_that_is_damaged_inside_is_set_aside_by_commands_that_read_all_of_it() {
    let (template, kept) = with_backup();
    for kind in &DETECTED_ON_READ {
        let learner = homes::copied(&template);
        let bytes = damage(&learner, kind);
        let said = learner.run(&["data", "export"]);
        assert_eq!(said.code, Some(1), "{}: {said}", kind.what);
        assert_set_aside(&learner, &said.err, &bytes, kind.what);
        assert_restored(&learner, &kept, kind.what);
    }
}

#[test]
fn damage_at_random_places_never_panics_and_never_loses_the_backup() {
    let mut random = SeededRandom::new("damage at random places");
    let (template, kept) = with_backup();
    for _ in 0..5 {
        let learner = homes::copied(&template);
        let mut bytes = homes::bytes(&learner.store());
        let (length, start) = (random.below(3000) + 1, random.below(bytes.len() - 3001));
        bytes[start..start + length].copy_from_slice(&random.bytes(length));
        fs::write(learner.store(), &bytes).unwrap();
        for command in [&["due"][..], &["stats", "--all"], &["data", "export"], &["data", "check"]] {
            learner.run(command).quiet();
        }
        let ran = learner.run(&["data", "restore"]);
        assert!(matches!(ran.code, Some(0 | 1)), "{length} bytes at {start}: {ran}");
        assert!(homes::holds(&learner.export(), &kept), "{length} bytes at {start}");
    }
}

#[test]
fn every_command_refuses_to_start_an_empty_journal_until_the_store_is_restored() {
    let (learner, kept) = with_backup();
    let bytes = damage(&learner, &DETECTED_ON_OPEN[4]);
    learner.run(&["due"]).refused(1);
    for command in [
        &["due"][..],
        &["stats", "--json"],
        &["study", "--plain"],
        &["pass", "saa", "--on", "2026-05-04"],
        &["data", "export"],
        &["data", "import", "-"],
        &["undo"],
        &["set", "role", "data"],
    ] {
        let said = learner.run(command).refused(1);
        assert_set_aside(&learner, &said, &bytes, &command.join(" "));
    }
    assert!(learner.run(&["due", "--short"]).refused(3).contains("restore"));
    // These do not need a store.
    learner.run(&["data", "where"]).done();
    learner.run(&["man"]).done();
    assert_restored(&learner, &kept, "after all of these");
}

#[test]
fn the_day_of_the_newest_backup_is_named() {
    let (learner, _) = with_backup();
    damage(&learner, &DETECTED_ON_OPEN[4]);
    let said = learner.run(&["due"]).refused(1);
    let name = homes::backups(&learner).pop().unwrap().file_name().unwrap().to_string_lossy().into_owned();
    let (year, day) = (&name["journal-".len()..][..4], &name["journal-".len()..][8..10]);
    let day = day.trim_start_matches('0');
    assert!(said.contains(year) && said.contains(day), "{said}, with {name}");
}

#[test]
fn data_check_reports_the_damage_and_changes_nothing() {
    let (template, _) = with_backup();
    for kind in DETECTED_ON_OPEN.iter().chain(&DETECTED_ON_READ) {
        let learner = homes::copied(&template);
        let bytes = damage(&learner, kind);
        let ran = learner.run(&["data", "check"]);
        assert_eq!(ran.code, Some(1), "{}: {ran}", kind.what);
        ran.quiet();
        assert!(format!("{}{}", ran.out, ran.err).contains("damaged"), "{}: {ran}", kind.what);
        assert!(homes::bytes(&learner.store()) == bytes, "{}: it was changed", kind.what);
        assert!(homes::set_aside(&learner).is_empty(), "{}: it was set aside", kind.what);
    }
}

#[test]
fn data_check_reports_the_set_aside_store_and_how_to_restore_it() {
    let (learner, _) = with_backup();
    damage(&learner, &DETECTED_ON_OPEN[4]);
    learner.run(&["due"]).refused(1);
    let ran = learner.run(&["data", "check"]);
    assert_eq!(ran.code, Some(1), "{ran}");
    assert!(format!("{}{}", ran.out, ran.err).contains("data restore"), "{ran}");
    assert!(!learner.store().exists());
}

#[test]
fn readable_events_of_a_damaged_store_are_restored_without_any_backup() {
    let learner = homes::studied(5);
    learner.piped(&["data", "import", "-"], many_answers(1, 400)).done();
    for backup in homes::backups(&learner) {
        fs::remove_file(backup).unwrap();
    }
    let all = learner.export();
    damage(&learner, &DETECTED_ON_READ[0]);
    assert_eq!(learner.run(&["data", "export"]).code, Some(1));
    let ran = learner.run(&["data", "restore"]);
    let export = learner.export();
    assert!(homes::holds(&all, &export), "an event was invented");
    let (whole, read) = (all.lines().count(), export.lines().count());
    assert!(read > 100, "{read} of {whole} lines were read");
    assert_eq!(ran.code, Some(i32::from(read < whole)), "{ran}");
}

#[test]
fn an_unreadable_store_without_a_backup_is_reported() {
    let learner = homes::studied(2);
    for backup in homes::backups(&learner) {
        fs::remove_file(backup).unwrap();
    }
    let bytes = damage(&learner, &DETECTED_ON_OPEN[5]);
    learner.run(&["due"]).refused(1);
    let ran = learner.run(&["data", "restore"]);
    ran.quiet();
    assert!(matches!(ran.code, Some(0 | 1)), "{ran}");
    assert!(homes::bytes(&homes::set_aside(&learner)[0]) == bytes);
}

#[test]
fn a_damaged_store_that_was_restored_is_not_restored_again() {
    let (learner, kept) = with_backup();
    damage(&learner, &DETECTED_ON_READ[0]);
    learner.run(&["data", "export"]);
    assert_restored(&learner, &kept, "first");
    homes::study(&learner, 2);
    let export = learner.export();
    learner.run(&["due"]).done();
    learner.run(&["data", "restore"]).done();
    assert_eq!(homes::lines(&learner.export()), homes::lines(&export), "the later answers are kept");
    assert_eq!(homes::set_aside(&learner).len(), 1, "the damaged store is kept");
}

#[test]
fn a_second_damaged_store_is_set_aside_next_to_the_first() {
    let (learner, kept) = with_backup();
    let first = damage(&learner, &DETECTED_ON_OPEN[4]);
    learner.run(&["due"]).refused(1);
    assert_restored(&learner, &kept, "first");
    let second = damage(&learner, &DETECTED_ON_OPEN[5]);
    learner.run(&["due"]).refused(1);
    let mut there: Vec<Vec<u8>> = homes::set_aside(&learner).iter().map(|path| homes::bytes(path)).collect();
    let mut expected = vec![first, second];
    there.sort();
    expected.sort();
    assert!(there == expected, "two different files");
    assert_restored(&learner, &kept, "second");
}

#[test]
fn the_log_of_a_damaged_store_is_set_aside_with_it() {
    let (learner, kept) = with_backup();
    damage(&learner, &DETECTED_ON_OPEN[5]);
    learner.write("journal.db-wal", b"a log that belongs to it");
    learner.run(&["due"]).refused(1);
    let aside = homes::names(learner.home(), "journal-damaged-", "");
    assert!(aside.iter().any(|name| name.ends_with("-wal")), "{aside:?}");
    assert!(!learner.path("journal.db-wal").exists(), "a stale log would be read into the new store");
    assert_restored(&learner, &kept, "with its log");
}

#[test]
fn an_emptied_store_with_backups_is_not_taken_for_a_new_one() {
    let (learner, kept) = with_backup();
    fs::write(learner.store(), b"").unwrap();
    let ran = learner.run(&["stats"]);
    assert!(
        ran.code == Some(1) || ran.err.contains("restore"),
        "everything is lost without a message: {ran}"
    );
    learner.run(&["data", "restore"]).done();
    assert!(homes::holds(&learner.export(), &kept));
}

#[test]
fn a_missing_store_with_backups_can_be_restored() {
    let (learner, kept) = with_backup();
    fs::remove_file(learner.store()).unwrap();
    assert_restored(&learner, &kept, "missing");
}

#[test]
fn a_damaged_cache_has_no_effect() {
    let (template, _) = with_backup();
    let state = template.state();
    for cache in [&b""[..], b"Dear diary", &[0xa5; 9000], &homes::bytes(&template.store())[..PAGE]] {
        let learner = homes::copied(&template);
        learner.write("ready.db", cache);
        assert_eq!(learner.state(), state);
        assert_quiet(&learner, &["due"]);
        learner.piped(&["study", "--plain", "--count", "1"], "?\n").done();
    }
    let learner = homes::copied(&template);
    learner.write("ready.db", homes::bytes(&template.store()));
    assert_eq!(learner.state(), state, "another store of ours");
    let learner = homes::copied(&template);
    foreign(&learner.path("ready.db"));
    assert_eq!(learner.state(), state, "another program's");
    let learner = homes::copied(&template);
    let _ = fs::remove_file(learner.path("ready.db"));
    fs::create_dir(learner.path("ready.db")).unwrap();
    assert_eq!(learner.state(), state, "a folder");
}

#[test]
fn a_cache_of_an_earlier_journal_is_not_used() {
    let learner = homes::studied(3);
    let early: Vec<_> = homes::names(learner.home(), "ready.db", "");
    let early: Vec<_> = early.iter().map(|name| (name, homes::bytes(&learner.path(name)))).collect();
    homes::study(&learner, 4);
    let state = learner.state();
    for (name, bytes) in early {
        learner.write(name, bytes);
    }
    assert_eq!(learner.state(), state);
}

#[test]
fn a_cache_of_another_journal_is_not_used() {
    let (learner, other) = (homes::studied(3), homes::studied(3));
    let (state, cache) = (learner.state(), other.path("ready.db"));
    other.state();
    if cache.exists() {
        learner.write("ready.db", homes::bytes(&cache));
    }
    assert_eq!(learner.state(), state);
}

#[track_caller]
fn assert_quiet(learner: &Learner, line: &[&str]) {
    let ran = learner.run(line);
    ran.done();
    assert_eq!(ran.err, "", "{ran}");
}

/// Writes a database of another program.
pub fn foreign(path: &Path) {
    let _ = fs::remove_file(path);
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.execute_batch("CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES ('Blue')").unwrap();
}

#[test]
fn a_damaged_backup_is_skipped_for_the_one_before() {
    let (learner, kept) = with_backup();
    let sound = homes::backups(&learner).pop().unwrap();
    let packed = homes::bytes(&sound);
    let torn =
        learner.write("backups/journal-2027-01-01T00-00-00Z-daily.jsonl.gz", &packed[..packed.len() / 2]);
    learner.write("backups/journal-2027-01-02T00-00-00Z-daily.jsonl.gz", b"");
    learner.write("backups/journal-2027-01-03T00-00-00Z-daily.jsonl.gz", HEADER);
    damage(&learner, &DETECTED_ON_OPEN[5]);
    learner.run(&["due"]).refused(1);
    assert_restored(&learner, &kept, "the newest complete one");
    assert!(torn.exists(), "it may still be useful");
}

/// The first answer in a store says something else, and the head of the file is gone.
fn change_an_answer(learner: &Learner) {
    let mut bytes = homes::bytes(&learner.store());
    let question = learner.events("answered")[0]["question"].as_str().unwrap().to_owned();
    let at = bytes.windows(question.len()).position(|window| window == question.as_bytes());
    bytes[at.expect("an answer")].make_ascii_uppercase();
    bytes[..16].fill(0xa5);
    fs::write(learner.store(), &bytes).unwrap();
}

#[test]
fn a_backup_wins_over_a_damaged_answer_which_is_named_and_kept_aside() {
    let learner = homes::studied(4);
    learner.run(&["data", "backup"]).done();
    let truth = learner.export();
    change_an_answer(&learner);
    let ran = learner.run(&["data", "restore"]);
    assert_eq!(ran.code, Some(1), "{ran}");
    assert!(ran.out.lines().last().unwrap().contains("1 event differs"), "{ran}");
    assert_eq!(homes::lines(&learner.export()), homes::lines(&truth));
    let aside = fs::read_to_string(learner.path("backups/kept-aside.jsonl")).unwrap();
    assert!(aside.lines().count() == 1 && aside.contains("checksum"), "{aside}");
    learner.run(&["data", "restore"]).done();
    assert!(learner.run(&["data", "check"]).done().contains("sound"));
}

#[test]
fn a_damaged_answer_that_no_backup_has_is_left_out_and_named() {
    let learner = homes::studied(4);
    fs::remove_dir_all(learner.path("backups")).unwrap();
    let truth = learner.export();
    change_an_answer(&learner);
    let ran = learner.run(&["data", "restore"]);
    assert_eq!(ran.code, Some(1), "{ran}");
    let export = learner.export();
    assert!(homes::holds(&truth, &export) && export.lines().count() == 4, "{export}");
    let lost: Vec<&str> = truth.lines().filter(|line| !export.contains(line)).collect();
    let event: serde_json::Value = serde_json::from_str(lost[0]).unwrap();
    assert!(ran.err.contains(event["id"].as_str().unwrap()), "{ran}");
}

#[test]
fn an_impossible_chance_of_guessing_never_blocks_a_restore() {
    let learner = homes::studied(2);
    learner
        .import(&[crate::support::answered(1, "2026-11-20T08:00:00+00:00", "article/forty-colleagues", true)])
        .done();
    learner.run(&["data", "backup"]).done();
    let truth = learner.export();
    let guess = learner.events("answered")[2]["guess"].as_f64().unwrap().to_be_bytes();
    let mut bytes = homes::bytes(&learner.store());
    let at = bytes.windows(8).position(|window| window == guess).expect("a chance of guessing");
    bytes[at] ^= 0x80;
    bytes[..16].fill(0xa5);
    fs::write(learner.store(), &bytes).unwrap();
    let ran = learner.run(&["data", "restore"]);
    assert_eq!(ran.code, Some(1), "{ran}");
    assert!(ran.err.contains("chance of guessing"), "{ran}");
    assert_eq!(homes::lines(&learner.export()), homes::lines(&truth));
}

#[test]
fn a_backup_with_a_damaged_line_is_passed_over_and_its_sound_lines_are_taken() {
    let learner = homes::studied(3);
    learner.run(&["data", "backup"]).done();
    homes::study(&learner, 2);
    let truth = learner.export();
    let changed = truth.replacen("\"hint\":false", "\"hint\":true", 1);
    let packed = learner.write("changed", changed);
    let packed = std::process::Command::new("gzip").arg("-c").arg(packed).output().unwrap().stdout;
    learner.write("backups/journal-2027-01-01T00-00-00Z-daily.jsonl.gz", packed);
    fs::remove_file(learner.store()).unwrap();
    let ran = learner.run(&["data", "restore"]);
    assert!(ran.err.contains("2027-01-01T00-00-00Z-daily.jsonl.gz"), "{ran}");
    assert_eq!(homes::lines(&learner.export()), homes::lines(&truth), "{ran}");
}

#[test]
fn a_flipped_bit_in_the_head_of_the_file_can_be_restored() {
    let learner = homes::studied(3);
    let truth = learner.export();
    // The schema's version, and the application's id.
    for (byte, bit) in [(63, 2), (63, 0), (63, 7), (71, 0), (68, 5), (16, 3), (59, 1), (47, 0), (18, 4)] {
        let other = homes::copied(&learner);
        let mut bytes = homes::bytes(&other.store());
        bytes[byte] ^= 1 << bit;
        fs::write(other.store(), bytes).unwrap();
        let ran = other.run(&["data", "export"]);
        if ran.code == Some(0) {
            assert_eq!(homes::lines(&ran.out), homes::lines(&truth), "bit {bit} of byte {byte}");
            continue;
        }
        other.run(&["data", "restore"]).quiet();
        assert_eq!(homes::lines(&other.export()), homes::lines(&truth), "bit {bit} of byte {byte}: {ran}");
    }
}
