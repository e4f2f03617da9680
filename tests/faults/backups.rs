//! Backups: made automatically and on demand, thinned out with age, complete, and restorable on any machine.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Datelike, Days, NaiveDate};

use super::homes;
use super::kills::many_answers;
use crate::support::{Learner, TODAY, answered, journal};

/// The names of the backups that were made for a reason, sorted by time.
fn names_of(learner: &Learner, why: &str) -> Vec<String> {
    homes::names(&learner.path("backups"), "journal-", &format!("-{why}.jsonl.gz"))
}

/// The content of a backup, which must be complete.
#[track_caller]
fn text(path: &Path) -> String {
    homes::unpacked(path).unwrap_or_else(|| panic!("{} is not complete", path.display()))
}

#[test]
fn a_backup_on_demand_is_the_export_compressed() {
    let learner = homes::studied(4);
    let file = learner.path("mine.jsonl.gz");
    learner.run(&["data", "backup", file.to_str().unwrap()]).done();
    assert_eq!(text(&file), learner.export());
    learner.run(&["data", "backup"]).done();
    let asked = names_of(&learner, "asked");
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert!(homes::is_utc(&asked[0]["journal-".len()..]), "{asked:?}");
    assert_eq!(text(&learner.path("backups").join(&asked[0])), learner.export());
}

#[test]
fn a_backup_says_where_it_is_and_how_much_it_holds() {
    let learner = homes::studied(4);
    let ran = learner.run(&["data", "backup"]);
    ran.done();
    let said = format!("{}{}", ran.out, ran.err);
    assert!(said.contains("4 ") && said.contains(&names_of(&learner, "asked")[0]), "{ran}");
}

#[test]
fn two_backups_in_one_second_are_two_files() {
    let learner = homes::studied(2);
    for _ in 0..3 {
        learner.run(&["data", "backup"]).done();
        homes::study(&learner, 1);
    }
    let newest = homes::backups(&learner).iter().map(|path| text(path).lines().count()).max();
    assert_eq!(newest, Some(1 + 2 + 2), "the third backup is there");
}

#[test]
fn an_import_is_preceded_by_a_backup_of_what_was_there() {
    let learner = homes::studied(4);
    let before = learner.export();
    learner.piped(&["data", "import", "-"], many_answers(1, 5)).done();
    let made = names_of(&learner, "import");
    assert_eq!(made.len(), 1, "{made:?}");
    assert_eq!(text(&learner.path("backups").join(&made[0])), before);
}

#[test]
fn a_restore_is_preceded_by_a_backup_of_what_was_there() {
    let learner = homes::studied(4);
    let file = learner.path("mine.jsonl.gz");
    learner.run(&["data", "backup", file.to_str().unwrap()]).done();
    homes::study(&learner, 2);
    let before = learner.export();
    learner.run(&["data", "restore", file.to_str().unwrap()]).done();
    let made = names_of(&learner, "restore");
    assert_eq!(made.len(), 1, "{made:?}");
    assert_eq!(text(&learner.path("backups").join(&made[0])), before);
}

#[test]
fn every_backup_restores_to_the_same_state_elsewhere() {
    let learner = homes::studied(4);
    learner.run(&["pass", "saa", "--on", "2026-05-04"]).done();
    learner.run(&["data", "backup"]).done();
    let backup = homes::backups(&learner).pop().unwrap();
    for command in ["restore", "import"] {
        let other = Learner::with_packs(&["words"]);
        other.run(&["data", command, backup.to_str().unwrap()]).done();
        assert_eq!(homes::lines(&other.export()), homes::lines(&learner.export()), "{command}");
        assert_eq!(other.state(), learner.state(), "{command}");
    }
}

#[test]
fn a_journal_is_recognized_by_its_content_and_not_its_name() {
    let learner = homes::studied(3);
    let file = learner.path("mine.jsonl.gz");
    learner.run(&["data", "backup", file.to_str().unwrap()]).done();
    let packed = learner.write("packed.txt", homes::bytes(&file));
    let plain = learner.write("plain.gz", learner.export());
    for path in [packed, plain] {
        let other = Learner::new();
        other.run(&["data", "import", path.to_str().unwrap()]).done();
        assert_eq!(homes::lines(&other.export()), homes::lines(&learner.export()), "{}", path.display());
    }
    let other = Learner::new();
    other.piped(&["data", "import", "-"], homes::bytes(&file)).done();
    assert_eq!(homes::lines(&other.export()), homes::lines(&learner.export()), "through a pipe");
}

#[test]
fn a_truncated_backup_is_reported() {
    let learner = homes::studied(3);
    let file = learner.path("mine.jsonl.gz");
    learner.run(&["data", "backup", file.to_str().unwrap()]).done();
    let packed = homes::bytes(&file);
    for length in [2, 10, packed.len() / 2, packed.len() - 1] {
        let torn = learner.write("torn.jsonl.gz", &packed[..length]);
        for command in ["import", "restore"] {
            let other = Learner::new();
            let ran = other.run(&["data", command, torn.to_str().unwrap()]);
            assert_eq!(ran.code, Some(1), "{length} bytes: {ran}");
            ran.quiet();
            assert_ne!(ran.err, "", "{length} bytes: {ran}");
        }
    }
}

#[test]
fn a_file_that_unpacks_to_too_much_does_not_use_all_memory() {
    let learner = Learner::new();
    let zeros = learner.write("zeros", vec![b'0'; 64 << 20]);
    let packed = std::process::Command::new("gzip").arg("-c").arg(zeros).output().unwrap().stdout;
    let bomb = learner.write("bomb.jsonl.gz", packed);
    let limited = ["sh", "-c", "ulimit -v 400000; exec \"$@\"", "sh"];
    let command = learner.command(&["data", "import", bomb.to_str().unwrap()]);
    let ran = homes::ran(homes::under(&limited, &command), "");
    assert_eq!(ran.code, Some(1), "{ran}");
    ran.quiet();
}

#[test]
fn a_day_with_changes_is_backed_up_and_others_are_not() {
    let learner = homes::studied(2);
    for day in ["2026-11-24", "2026-11-25", "2026-11-26"] {
        homes::study(&learner.on(day), 1);
    }
    let export = learner.export();
    learner.on("2026-11-27").run(&["due"]).done();
    let daily = names_of(&learner, "daily");
    let days: BTreeSet<&str> = daily.iter().map(|name| &name["journal-".len()..][..10]).collect();
    assert!(days.len() >= 3, "{daily:?}");
    let newest = text(&homes::backups(&learner).pop().unwrap());
    assert!(newest.lines().count() + 1 >= export.lines().count(), "everything but the last day's events");
    for day in ["2026-11-28", "2026-11-29", "2026-12-05"] {
        learner.on(day).run(&["due"]).done();
    }
    let quiet = names_of(&learner, "daily");
    assert!(quiet.len() <= daily.len() + 1, "nothing has changed: {quiet:?}");
    assert_eq!(text(&homes::backups(&learner).pop().unwrap()), export);
}

#[test]
fn seven_days_four_weeks_and_twelve_months_are_kept() {
    let learner = homes::studied(2);
    let today: NaiveDate = TODAY.parse().unwrap();
    learner.run(&["data", "backup"]).done();
    let sample = homes::backups(&learner).pop().unwrap();
    for ago in 0..800 {
        let day = today - Days::new(ago);
        fs::copy(&sample, learner.path("backups").join(format!("journal-{day}T10-00-00Z-daily.jsonl.gz")))
            .unwrap();
    }
    let tomorrow = learner.on("2026-11-24");
    homes::study(&tomorrow, 1);
    learner.on("2026-11-25").run(&["due"]).done();
    assert_thinned(&learner, "2026-11-24".parse().unwrap());
}

/// There is a backup for each of the last days, weeks and months, and no others.
#[track_caller]
fn assert_thinned(learner: &Learner, today: NaiveDate) {
    let daily = names_of(learner, "daily");
    let days: Vec<NaiveDate> =
        daily.iter().map(|name| name["journal-".len()..][..10].parse().unwrap()).collect();
    for ago in 1..=5 {
        assert!(days.contains(&(today - Days::new(ago))), "{ago} days ago: {daily:?}");
    }
    let weeks: BTreeSet<_> = days.iter().map(|day| day.iso_week()).collect();
    for ago in 1..4 {
        assert!(weeks.contains(&(today - Days::new(7 * ago)).iso_week()), "{ago} weeks ago: {daily:?}");
    }
    let months: BTreeSet<(i32, u32)> = days.iter().map(|day| (day.year(), day.month())).collect();
    assert!(months.len() >= 11, "{} months: {daily:?}", months.len());
    assert!(days.len() <= 7 + 4 + 12 + 2, "{}: {daily:?}", days.len());
    assert!(days.iter().all(|day| today - Days::new(400) < *day), "{daily:?}");
}

/// Studies on many days; only the backups that should be kept are kept.
pub fn many_days(number: u64) {
    let learner = Learner::with_packs(&["words"]);
    let first: NaiveDate = TODAY.parse().unwrap();
    for day in 0..number {
        homes::study(&learner.on(&(first + Days::new(day)).to_string()), 1);
    }
    assert_eq!(learner.journal().len() as u64, number);
    let days = names_of(&learner, "daily").len();
    assert!((14..=7 + 4 + 12 + 2).contains(&days), "{days} backups after {number} days");
    let mut backups = homes::backups(&learner);
    assert!(backups.iter().all(|path| text(path).ends_with('\n')));
    assert!(homes::holds(&learner.export(), &text(&backups.pop().unwrap())));
}

#[test]
fn other_files_in_the_backup_folder_stay() {
    let learner = homes::studied(2);
    let mine = learner.write("backups/holiday.jpg", b"sea");
    let old = learner.write("backups/journal-2001-01-01T00-00-00Z-mine.jsonl.gz", b"mine");
    learner.piped(&["data", "import", "-"], many_answers(1, 2)).done();
    learner.run(&["data", "backup"]).done();
    homes::study(&learner.on("2026-11-30"), 1);
    assert!(mine.exists() && old.exists());
}

#[test]
fn a_backup_that_cannot_be_made_is_reported_and_does_no_harm() {
    let learner = homes::studied(2);
    let missing = learner.path("no/such/folder/mine.jsonl.gz");
    assert!(
        learner.run(&["data", "backup", missing.to_str().unwrap()]).refused(1).contains("no/such/folder")
    );
    // A file where the folder should be.
    let _ = fs::remove_dir_all(learner.path("backups"));
    learner.write("backups", b"a file");
    assert!(learner.run(&["data", "backup"]).refused(1).contains("backups"));
    homes::study(&learner.on("2026-11-30"), 1);
    assert_eq!(learner.journal().len(), 3);
    assert_eq!(fs::read(learner.path("backups")).unwrap(), b"a file");
}

#[test]
fn a_backup_to_an_existing_file_replaces_it() {
    let learner = homes::studied(2);
    let file = learner.write("mine.jsonl.gz", b"an earlier one");
    let ran = learner.run(&["data", "backup", file.to_str().unwrap()]);
    match ran.code {
        Some(0) => assert_eq!(text(&file), learner.export()),
        _ => assert_eq!(fs::read(&file).unwrap(), b"an earlier one", "{ran}"),
    }
}

#[test]
fn an_empty_journal_has_a_backup_that_restores() {
    let learner = Learner::new();
    let file = learner.path("mine.jsonl.gz");
    learner.run(&["data", "backup", file.to_str().unwrap()]).done();
    assert_eq!(text(&file), journal::<&str>(&[]));
    learner.run(&["data", "restore", file.to_str().unwrap()]).done();
    assert!(learner.journal().is_empty());
}

#[test]
fn a_restore_without_anything_to_restore_says_so() {
    let learner = Learner::new();
    assert!(learner.run(&["data", "restore"]).refused(1).contains("backup"));
}

#[test]
fn a_restore_from_another_file_changes_nothing() {
    let learner = homes::studied(2);
    let before = learner.export();
    for (name, bytes) in [("a.gz", &b"no backup"[..]), ("b.gz", b""), ("c.gz", b"\x1f\x8b\x08\x00")] {
        let file = learner.write(name, bytes);
        learner.run(&["data", "restore", file.to_str().unwrap()]).refused(1);
        assert_eq!(learner.export(), before);
    }
    let missing: PathBuf = learner.path("missing.jsonl.gz");
    assert!(learner.run(&["data", "restore", missing.to_str().unwrap()]).refused(1).contains("missing"));
}

#[test]
fn a_restore_adds_to_what_is_there() {
    let learner = homes::studied(2);
    let other = Learner::new();
    other.import(&[answered(1, "2026-11-20T08:00:00+00:00", "article/forty-colleagues", true)]).done();
    let file = learner.path("other.jsonl.gz");
    other.run(&["data", "backup", file.to_str().unwrap()]).done();
    let before = learner.export();
    learner.run(&["data", "restore", file.to_str().unwrap()]).done();
    let after = learner.export();
    assert!(homes::holds(&after, &before) && homes::holds(&after, &other.export()));
}
