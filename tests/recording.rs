//! What the learner records, through restarts: every command here is a new process.

use std::fs;
use std::path::Path;

use crate::support::{Learner, Ran, TODAY, answered};
use rusqlite::Connection;
use serde_json::{Value, json};

/// Runs a line that is written as a person types it.
fn say(learner: &Learner, line: &str) -> String {
    learner.run(&line.split(' ').collect::<Vec<_>>()).done()
}

fn refused(learner: &Learner, line: &str) -> String {
    learner.run(&line.split(' ').collect::<Vec<_>>()).refused(1)
}

/// The kinds of the events, in the order of recording.
fn kinds(learner: &Learner) -> Vec<String> {
    learner.journal().iter().map(|event| event["kind"].as_str().unwrap().to_owned()).collect()
}

fn suggested(learner: &Learner) -> Value {
    learner.json(&["next"])["suggestion"]["credential"].clone()
}

#[test]
fn a_pass_is_recorded_and_can_be_dropped() {
    let learner = Learner::new();
    let said = say(&learner, "pass saa --on 2026-05-04 --proof XY-12");
    for word in ["AWS Certified Solutions Architect - Associate", "4 May 2026", "4 May 2029"] {
        assert!(said.contains(word), "{said}");
    }
    let badge = learner.badge("saa");
    assert_eq!(badge["standing"], "held");
    assert_eq!(badge["held_on"], "2026-05-04");
    assert_eq!(badge["expires_on"], "2029-05-04");
    assert_eq!(badge["proof"], "XY-12");
    say(&learner, "drop saa");
    let badge = learner.badge("saa");
    assert!(badge["standing"].is_null() && badge["held_on"].is_null() && badge["proof"].is_null());
    assert_eq!(kinds(&learner), ["passed", "dropped"]);
}

#[test]
fn a_pass_without_a_day_was_today() {
    let learner = Learner::new();
    say(&learner, "pass saa");
    assert_eq!(learner.badge("saa")["held_on"], TODAY);
}

#[test]
fn an_expiry_is_the_persons_own_where_one_is_given() {
    for (given, recorded, shown) in [
        ("", Value::Null, "2029-01-31"),
        (" --expires never", json!("never"), "never"),
        (" --expires 2027-05-05", json!("2027-05-05"), "2027-05-05"),
        (" --expires 2026-01-31", json!("2026-01-31"), "2026-01-31"),
    ] {
        let learner = Learner::new();
        say(&learner, &format!("pass saa --on 2026-01-31{given}"));
        assert_eq!(learner.badge("saa")["expires_on"], shown, "{given}");
        assert_eq!(learner.events("passed")[0]["expires"], recorded, "{given}");
    }
}

#[test]
fn the_29th_of_february_expires_on_the_28th() {
    let learner = Learner::new();
    say(&learner, "pass saa --on 2024-02-29");
    assert_eq!(learner.badge("saa")["expires_on"], "2027-02-28");
}

#[test]
fn a_credential_is_valid_through_its_last_day() {
    let learner = Learner::new();
    say(&learner, "pass saa --on 2024-01-10");
    for (day, standing) in [
        ("2026-07-13", "held"),
        ("2026-07-14", "expiring"),
        ("2027-01-10", "expiring"),
        ("2027-01-11", "expired"),
    ] {
        assert_eq!(learner.on(day).badge("saa")["standing"], standing, "{day}");
    }
}

#[test]
fn an_expiry_before_the_pass_is_refused_and_nothing_recorded() {
    let learner = Learner::new();
    let before = learner.export();
    let said = refused(&learner, "pass saa --on 2026-05-04 --expires 2026-05-03");
    assert!(said.contains("3 May 2026") && said.contains("4 May 2026"), "{said}");
    assert_eq!(learner.export(), before);
}

#[test]
fn a_pass_in_the_future_is_refused_and_nothing_recorded() {
    let learner = Learner::new();
    say(&learner, "pass clf --on 2026-11-23");
    let before = learner.export();
    let said = refused(&learner, "pass saa --on 2026-11-24");
    assert!(said.contains("24 November 2026"), "{said}");
    assert_eq!(learner.export(), before);
}

#[test]
fn a_date_that_is_none_ends_with_2_and_nothing_is_recorded() {
    let learner = Learner::new();
    let before = learner.export();
    for line in [
        "pass saa --on 2026-02-30",
        "pass saa --on tomorrow",
        "pass saa --on 04.05.2026",
        "pass saa --expires 2027-02-30",
        "pass saa --expires someday",
        "schedule saa --on 2027-13-01",
        "schedule saa --on 2027",
    ] {
        let said = learner.run(&line.split(' ').collect::<Vec<_>>()).refused(2);
        assert!(said.contains("not a date"), "{line}: {said}");
    }
    assert_eq!(learner.export(), before);
}

#[test]
fn a_pass_before_the_credential_existed_is_recorded_with_a_warning() {
    let learner = Learner::new();
    let ran = learner.run(&["pass", "aif", "--on", "2020-01-15"]);
    ran.done();
    assert!(ran.err.contains("not offered yet"), "{ran}");
    assert!(!ran.out.contains("not offered yet"), "{ran}");
    assert_eq!(learner.badge("aif")["held_on"], "2020-01-15");
    let ran = learner.run(&["pass", "bds", "--on", "2025-01-15"]);
    ran.done();
    assert!(ran.err.contains("no longer offered"), "{ran}");
    assert_eq!(learner.badge("bds")["held_on"], "2025-01-15");
}

#[test]
fn what_was_skipped_is_not_suggested_until_it_is_unskipped() {
    let learner = Learner::new();
    let first = suggested(&learner);
    let named = first.as_str().unwrap();
    say(&learner, &format!("skip {named}"));
    assert_ne!(suggested(&learner), first);
    assert!(refused(&learner, &format!("skip {named}")).contains("already"));
    say(&learner, &format!("unskip {named}"));
    assert_eq!(suggested(&learner), first);
    refused(&learner, &format!("unskip {named}"));
    assert_eq!(kinds(&learner), ["skipped", "unskipped"]);
}

#[test]
fn a_booked_exam_is_suggested_until_it_is_taken_back() {
    let learner = Learner::new();
    say(&learner, "schedule dop --on 2026-12-24 --fee 99.5");
    let booked = learner.badge("dop");
    assert_eq!(booked["standing"], "scheduled");
    assert_eq!(booked["scheduled_on"], "2026-12-24");
    assert_eq!(learner.events("scheduled")[0]["fee"], 99.5);
    let next = &learner.json(&["next"])["suggestion"];
    assert_eq!(next["credential"], "aws-devops-engineer-professional");
    assert_eq!(next["action"], "sit");
    say(&learner, "unschedule dop");
    assert!(learner.badge("dop")["standing"].is_null());
    assert!(learner.badge("dop")["scheduled_on"].is_null());
    refused(&learner, "unschedule dop");
    assert_eq!(kinds(&learner), ["scheduled", "unscheduled"]);
}

#[test]
fn an_exam_can_be_booked_for_today_and_for_another_day_but_not_for_a_past_one() {
    let learner = Learner::new();
    say(&learner, &format!("schedule saa --on {TODAY}"));
    assert_eq!(learner.badge("saa")["scheduled_on"], TODAY);
    say(&learner, "schedule saa --on 2027-01-05");
    assert_eq!(learner.badge("saa")["scheduled_on"], "2027-01-05");
    let before = learner.export();
    refused(&learner, "schedule saa --on 2026-11-22");
    refused(&learner, "schedule bds --on 2027-01-05");
    assert_eq!(learner.export(), before);
}

#[test]
fn a_pass_ends_its_booking() {
    let learner = Learner::new();
    say(&learner, "schedule saa --on 2026-11-30");
    let later = learner.on("2026-11-30");
    say(&later, "pass saa");
    let badge = later.badge("saa");
    assert_eq!(badge["standing"], "held");
    assert!(badge["scheduled_on"].is_null());
}

#[test]
fn of_two_passes_the_later_recorded_holds() {
    let learner = Learner::new();
    say(&learner, "pass saa --on 2025-05-04");
    say(&learner, "pass saa --on 2026-05-04");
    assert_eq!(learner.badge("saa")["held_on"], "2026-05-04");
    say(&learner, "undo");
    assert_eq!(learner.badge("saa")["held_on"], "2025-05-04");
}

#[test]
fn a_pass_of_what_renews_it_prolongs_a_valid_holding() {
    let learner = Learner::new();
    say(&learner, "pass saa --on 2024-05-04");
    say(&learner, "pass sap --on 2026-10-01");
    assert_eq!(learner.badge("saa")["expires_on"], "2029-10-01");
    say(&learner, "drop sap");
    assert_eq!(learner.badge("saa")["expires_on"], "2027-05-04");
}

#[test]
fn settings_are_kept_and_shown() {
    let learner = Learner::new();
    for (key, value, kept) in [
        ("role", "Developer", "developer"),
        ("retention", "0.85", "0.85"),
        ("retention", "97%", "0.97"),
        ("new-per-day", "25", "25"),
        ("color", "never", "never"),
        ("colour", "always", "always"),
        ("role", "none", "none"),
    ] {
        say(&learner, &format!("set {key} {value}"));
        let shown = &learner.json(&["set"])[key.replace("colour", "color")];
        assert_eq!(shown, kept, "{key} {value}");
    }
}

#[test]
fn a_setting_that_does_not_fit_is_refused_and_nothing_recorded() {
    let learner = Learner::new();
    let before = learner.export();
    for line in [
        "set retention 0.79",
        "set retention 0.98",
        "set retention NaN",
        "set retention much",
        "set new-per-day -1",
        "set new-per-day 2.5",
        "set color pink",
        "set role astronaut",
    ] {
        // A value such as -1 reads like an option, so all of them come after the separator.
        let parts: Vec<&str> = line.split(' ').collect();
        let said = learner.without_a_day().run(&["set", "--", parts[1], parts[2]]).refused(1);
        assert!(said.contains(parts[2]), "{line}: {said}");
    }
    assert_eq!(learner.export(), before);
}

#[test]
fn undo_takes_back_the_last_deed_of_every_kind_and_says_what_it_was() {
    let saa = "Solutions Architect - Associate";
    for (before, deed, words) in [
        (&[][..], "pass saa --on 2026-05-04", &["pass", saa, "4 May 2026"][..]),
        (&["pass saa --on 2026-05-04"], "drop saa", &[saa, "collection"]),
        (&[], "skip saa", &[saa, "skip"]),
        (&["skip saa"], "unskip saa", &[saa, "suggested"]),
        (&[], "schedule saa --on 2027-01-05", &[saa, "5 January 2027"]),
        (&["schedule saa --on 2027-01-05"], "unschedule saa", &[saa, "booked"]),
        (&["schedule saa --on 2027-01-05"], "schedule saa --on 2027-02-06", &[saa, "6 February 2027"]),
        (&[], "set role developer", &["role", "developer"]),
        (&["set retention 0.85"], "set retention 0.95", &["retention", "0.95"]),
        (&[], "set new-per-day 3", &["new-per-day", "3"]),
        (&[], "suspend article/years-of-validity", &["How many years", "aside"]),
        (&["suspend article/years-of-validity"], "resume article/years-of-validity", &["How many years"]),
    ] {
        let learner = Learner::new();
        for line in before {
            say(&learner, line);
        }
        let state = learner.state();
        say(&learner, deed);
        let said = say(&learner, "undo");
        for word in words {
            assert!(said.contains(word), "undo of {deed:?} does not say {word:?}: {said}");
        }
        assert_eq!(learner.state(), state, "undo of {deed:?}");
        assert_eq!(learner.events("retracted").len(), 1);
    }
}

#[test]
fn undo_takes_back_an_answer_after_a_restart() {
    let learner = Learner::with_packs(&["words"]);
    let study = ["study", "--pack", "words", "--count", "2"];
    learner.piped(&study, "right\n").done();
    let state = learner.state();
    learner.piped(&study, "wrong\n").done();
    let answer = learner.events("answered")[1].clone();
    let said = say(&learner, "undo");
    assert!(said.contains("What is the answer to number"), "{said}");
    assert_eq!(learner.events("retracted")[0]["event"], answer["id"]);
    assert_eq!(learner.state(), state);
}

#[test]
fn undo_goes_back_deed_by_deed_until_there_is_nothing_left() {
    let learner = Learner::new();
    let beginning = learner.state();
    say(&learner, "skip saa");
    say(&learner, "pass scs");
    say(&learner, "set role data");
    for word in ["role", "Security", "Architect"] {
        let said = say(&learner, "undo");
        assert!(said.contains(word), "{said}");
    }
    assert_eq!(learner.state(), beginning);
    refused(&learner, "undo");
    assert_eq!(kinds(&learner).len(), 6, "a retraction is added, nothing is removed");
}

#[test]
fn undo_goes_by_the_order_of_recording_and_not_by_the_clock() {
    let learner = Learner::new();
    say(&learner, "skip saa");
    say(&learner.on("2020-01-15"), "skip scs");
    let said = say(&learner, "undo");
    assert!(said.contains("Security"), "{said}");
}

#[test]
fn what_was_taken_back_can_be_done_again() {
    let learner = Learner::new();
    say(&learner, "skip saa");
    say(&learner, "undo");
    say(&learner, "skip saa");
    assert_eq!(kinds(&learner), ["skipped", "retracted", "skipped"]);
    refused(&learner, "skip saa");
}

#[test]
fn a_question_that_is_set_aside_is_not_asked_until_it_is_resumed() {
    let learner = Learner::with_packs(&["words"]);
    say(&learner, "suspend words/q01");
    let asked = |learner: &Learner| {
        let shown = learner.rehearse(&["study", "--pack", "words", "--count", "12"]);
        shown.iter().map(|shown| shown.id().to_owned()).collect::<Vec<_>>()
    };
    assert!(!asked(&learner).contains(&"words/q01".to_owned()));
    assert_eq!(asked(&learner).len(), 11);
    refused(&learner, "suspend words/q01");
    say(&learner, "resume words/q01");
    assert_eq!(asked(&learner).len(), 12);
    refused(&learner, "resume words/q01");
}

#[test]
fn an_event_has_a_uuid_of_version_7_and_the_time_of_its_day_with_the_local_offset() {
    let learner = Learner::new().with("TZ", "CET-1");
    say(&learner.on("2026-03-04"), "skip saa");
    let event = &learner.events("skipped")[0];
    let id = uuid::Uuid::parse_str(event["id"].as_str().unwrap()).unwrap();
    assert_eq!(id.get_version_num(), 7);
    let at = event["at"].as_str().unwrap();
    assert!(at.starts_with("2026-03-04T") && at.ends_with("+01:00"), "{at}");
    assert_ne!(event["device"], "");
}

#[test]
fn an_event_keeps_the_day_that_it_was_told_however_far_away() {
    for day in ["2300-01-01", "1600-01-01"] {
        let learner = Learner::new();
        let ran = learner.on(day).run(&["skip", "saa"]);
        ran.quiet();
        match ran.code {
            // Recorded on that day, or refused: but not recorded on another day.
            Some(0) => {
                let event = &learner.events("skipped")[0];
                assert!(event["at"].as_str().unwrap().starts_with(day), "{event}");
            }
            _ => assert!(learner.journal().is_empty(), "{ran}"),
        }
    }
}

#[test]
fn everything_is_there_after_many_restarts() {
    let learner = Learner::with_packs(&["words"]);
    for line in ["pass saa --on 2026-05-04", "skip ans", "schedule clf --on 2027-01-05", "set role data"] {
        say(&learner, line);
    }
    learner.piped(&["study", "--pack", "words", "--count", "4"], "right\nwrong\n?\nright\n").done();
    let state = learner.state();
    for _ in 0..3 {
        assert_eq!(learner.state(), state);
    }
    assert_eq!(kinds(&learner).len(), 8);
}

#[test]
fn a_home_is_made_with_the_folders_above_it() {
    let learner = Learner::new();
    let home = learner.path("a/b/c");
    learner.run(&["skip", "saa", "--home", home.to_str().unwrap()]).done();
    assert!(home.join("journal.db").is_file());
    assert!(!learner.store().exists(), "--home goes before BADGEDEX_HOME");
}

#[test]
fn data_where_names_the_home_and_makes_nothing() {
    let learner = Learner::new();
    let home = learner.path("not/yet");
    let said = learner.run(&["data", "where", "--home", home.to_str().unwrap()]).done();
    assert!(said.contains(home.to_str().unwrap()), "{said}");
    assert!(!home.exists());
}

#[test]
fn a_home_that_is_a_file_is_refused_and_untouched() {
    let learner = Learner::new();
    let file = learner.write("home", "a letter");
    let named = file.to_str().unwrap();
    for line in [&["stats", "--home", named][..], &["skip", "saa", "--home", named], &["--home", named]] {
        let said = learner.run(line).refused(1);
        assert!(said.contains(named) && said.contains("--home"), "{said}");
    }
    let below = file.join("below");
    let said = learner.run(&["stats", "--home", below.to_str().unwrap()]).refused(1);
    assert!(said.contains(below.to_str().unwrap()), "{said}");
    assert_eq!(fs::read(&file).unwrap(), b"a letter");
}

#[test]
fn a_home_without_a_name_is_refused() {
    let said = Learner::new().run(&["stats", "--home", ""]);
    assert_ne!(said.code, Some(0), "{said}");
    said.quiet();
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Whether permissions are nothing to whoever runs the tests.
#[cfg(unix)]
fn is_root(folder: &Path) -> bool {
    fs::write(folder.join("probe"), "").is_ok()
}

#[cfg(unix)]
#[test]
fn a_home_below_a_folder_that_cannot_be_written_is_refused() {
    let learner = Learner::new();
    let parent = learner.path("parent");
    fs::create_dir(&parent).unwrap();
    restrict(&parent, 0o500);
    let home = parent.join("home");
    if !is_root(&parent) {
        let said = learner.run(&["stats", "--home", home.to_str().unwrap()]).refused(1);
        assert!(said.contains(home.to_str().unwrap()), "{said}");
    }
    restrict(&parent, 0o700);
}

#[cfg(unix)]
#[test]
fn a_home_that_cannot_be_written_is_refused_and_nothing_is_lost() {
    let learner = Learner::new();
    say(&learner, "skip saa");
    let before = learner.export();
    restrict(learner.home(), 0o500);
    restrict(&learner.store(), 0o400);
    if !is_root(learner.home()) {
        let said = learner.run(&["skip", "scs"]).refused(1);
        assert!(said.contains(learner.home().to_str().unwrap()), "{said}");
    }
    restrict(learner.home(), 0o700);
    restrict(&learner.store(), 0o600);
    assert_eq!(learner.export(), before);
}

#[cfg(unix)]
#[test]
fn the_home_and_its_files_are_their_owners_alone() {
    let learner = Learner::with_packs(&["words"]);
    let home = learner.path("deep/home");
    let named = home.to_str().unwrap();
    learner.run(&["skip", "saa", "--home", named]).done();
    assert_eq!(mode(&home), 0o700);
    // A program that holds the store open keeps the write-ahead log and its index there.
    let other = Connection::open(home.join("journal.db")).unwrap();
    let _: i64 = other.query_row("SELECT count(*) FROM journal", [], |row| row.get(0)).unwrap();
    learner.run(&["skip", "scs", "--home", named]).done();
    let files: Vec<_> = fs::read_dir(&home).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() >= 2, "{files:?}");
    for file in files {
        let expected = if file.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode(&file), expected, "{}", file.display());
    }
}

/// Every file of a folder, by name, with its bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_file())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// Reading and writing are refused with these words, and every byte of the home stays.
#[track_caller]
fn assert_refused_and_untouched(learner: &Learner, words: &[&str]) {
    let before = files(learner.home());
    for line in ["stats", "skip saa", "undo", "data export", "badges --json", "data check"] {
        let said = refused(learner, line);
        for word in words {
            assert!(said.contains(word), "{line}: {said}");
        }
        assert!(said.contains(learner.store().to_str().unwrap()), "{line}: {said}");
    }
    learner.import(&["{}"]).refused(1);
    let after = files(learner.home());
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&after), names(&before));
    assert!(after == before, "bytes have changed");
}

#[test]
fn a_store_of_another_program_is_refused_and_untouched() {
    let learner = Learner::new();
    let other = Connection::open(learner.store()).unwrap();
    other.execute_batch("CREATE TABLE cards (front TEXT); INSERT INTO cards VALUES ('a')").unwrap();
    drop(other);
    assert_refused_and_untouched(&learner, &["another program"]);
}

#[test]
fn a_store_of_another_program_with_our_table_names_is_refused_and_untouched() {
    let learner = Learner::new();
    let other = Connection::open(learner.store()).unwrap();
    other.execute_batch("CREATE TABLE journal (id TEXT); PRAGMA user_version = 1").unwrap();
    drop(other);
    assert_refused_and_untouched(&learner, &["another program"]);
}

/// Makes a store that says it is of a newer version.
fn make_newer(path: &Path) -> Connection {
    let store = Connection::open(path).unwrap();
    store.pragma_update(None, "user_version", 99).unwrap();
    store
}

#[test]
fn a_store_of_a_newer_version_is_refused_by_name_and_untouched() {
    let learner = Learner::new();
    say(&learner, "skip saa");
    drop(make_newer(&learner.store()));
    assert_refused_and_untouched(&learner, &["newer", "99", "update badgedex"]);
}

#[test]
fn a_newer_store_whose_log_waits_to_be_written_back_is_untouched_too() {
    let learner = Learner::new();
    say(&learner, "skip saa");
    // A crash leaves the write-ahead log beside the store. Here both are copied from under a program
    // that has them open.
    let source = Learner::new();
    fs::copy(learner.store(), source.store()).unwrap();
    let store = make_newer(&source.store());
    store.execute_batch("CREATE TABLE later (x)").unwrap();
    for name in ["journal.db", "journal.db-wal"] {
        fs::copy(source.path(name), learner.path(name)).unwrap();
    }
    drop(store);
    assert_refused_and_untouched(&learner, &["newer", "99"]);
}

/// A damaged store is refused, and keeps its content under another name; until it is restored nothing
/// begins anew in its place.
fn assert_set_aside(learner: &Learner) {
    let bytes = fs::read(learner.store()).unwrap();
    let said = refused(learner, "stats");
    assert!(said.contains("damaged") && said.contains("badgedex data restore"), "{said}");
    let names = |learner: &Learner| -> Vec<String> {
        files(&learner.path(""))
            .into_iter()
            .map(|(name, _)| name)
            .filter(|n| n.starts_with("journal"))
            .collect()
    };
    let aside = names(learner);
    assert!(matches!(&aside[..], [one] if one.starts_with("journal-damaged-")), "{aside:?}");
    assert!(said.contains(&aside[0]), "{said}");
    assert_eq!(fs::read(learner.path(&aside[0])).unwrap(), bytes);
    refused(learner, "skip saa");
    assert_eq!(names(learner), aside, "nothing is begun anew");
}

/// Nobody knows what was in the part of a file that is gone: the restore does not claim that all is well.
#[track_caller]
fn assert_something_may_be_missing(restored: &Ran) {
    assert_eq!(restored.code, Some(1), "{restored}");
    assert!(restored.out.lines().last().is_some_and(|last| last.contains("may be missing")), "{restored}");
}

#[test]
fn a_garbage_file_in_the_stores_place_is_set_aside() {
    for garbage in [&b"this is no store at all"[..], &[0; 5000], b"SQLite format 3\0and then nothing"] {
        let learner = Learner::new();
        learner.write("journal.db", garbage);
        assert_set_aside(&learner);
        assert_something_may_be_missing(&learner.run(&["data", "restore"]));
        assert!(kinds(&learner).is_empty());
    }
}

#[test]
fn a_store_that_was_cut_short_is_set_aside_and_brought_back() {
    let learner = Learner::new();
    learner
        .import(&(0..2000).map(|n| answered(n, "2026-11-20T12:00:00+00:00", "a/b", true)).collect::<Vec<_>>())
        .done();
    let whole = fs::read(learner.store()).unwrap();
    fs::remove_dir_all(learner.path("backups")).unwrap();
    fs::write(learner.store(), &whole[..whole.len() / 2]).unwrap();
    assert_set_aside(&learner);
    assert_something_may_be_missing(&learner.run(&["data", "restore"]));
    let saved = kinds(&learner).len();
    assert!((500..2000).contains(&saved), "{saved}: what the first half of the file holds");
}

#[test]
fn a_folder_in_the_stores_place_is_refused() {
    let learner = Learner::new();
    fs::create_dir(learner.store()).unwrap();
    let said = refused(&learner, "stats");
    assert!(said.contains(learner.store().to_str().unwrap()), "{said}");
    assert!(learner.store().is_dir());
}

#[cfg(unix)]
#[test]
fn a_link_in_the_stores_place_is_not_followed() {
    let learner = Learner::new();
    let target = learner.write("elsewhere.txt", "a letter");
    std::os::unix::fs::symlink(&target, learner.store()).unwrap();
    refused(&learner, "skip saa");
    assert_eq!(fs::read(target).unwrap(), b"a letter");
}

#[test]
fn a_store_that_was_just_made_and_left_empty_is_laid_out() {
    let learner = Learner::new();
    learner.write("journal.db", "");
    say(&learner, "skip saa");
    assert_eq!(kinds(&learner), ["skipped"]);
}

#[test]
fn two_programs_can_record_at_once() {
    let learner = Learner::new();
    learner.run(&["stats"]).done();
    let shorts = ["atp", "ace", "stp", "cpe", "clf", "saa", "dva", "sap"];
    let children: Vec<_> = shorts
        .iter()
        .map(|short| learner.command(&["skip", short]).stdout(std::process::Stdio::null()).spawn().unwrap())
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(learner.events("skipped").len(), shorts.len());
}

#[test]
fn a_pass_whose_day_is_missing_is_held_and_listed_to_be_completed() {
    for (on, precision, first, words) in [
        ("May 2024", "month", json!("2024-05-01"), "passed in May 2024"),
        ("2024", "year", json!("2024-01-01"), "passed in 2024"),
        ("unknown", "", Value::Null, "the day is missing"),
    ] {
        let learner = Learner::new();
        learner.run(&["pass", "clf", "--on", on]).done();
        let event = &learner.events("passed")[0];
        assert_eq!(event["on"], first, "{on}");
        assert_eq!(event["on_precision"].as_str().unwrap_or_default(), precision);
        let badge = learner.badge("clf");
        assert_eq!((&badge["standing"], &badge["expires_on"]), (&"held".into(), &Value::Null), "{on}");
        assert_eq!(badge["held_on"], first, "{on}");
        let collection = learner.run(&["badges", "--plain"]).done();
        assert!(collection.contains("To complete") && collection.contains(words), "{collection}");
        let export = learner.export();
        let other = Learner::new();
        other.piped(&["data", "import", "-"], export.clone()).done();
        assert_eq!(other.export(), export, "{on}");
        learner.run(&["pass", "clf", "--on", "30 May 2024"]).done();
        assert_eq!(learner.badge("clf")["expires_on"], "2027-05-30", "{on}: completed");
        assert!(!learner.run(&["badges", "--plain"]).done().contains("To complete"));
    }
}

#[test]
fn the_day_of_a_pass_is_taken_in_words_too() {
    for on in ["2024-05-30", "30 May 2024", "May 30, 2024"] {
        let learner = Learner::new();
        learner.run(&["pass", "clf", "--on", on]).done();
        assert_eq!(learner.events("passed")[0]["on"], "2024-05-30", "{on}");
    }
    for (on, why) in
        [("03/05/2024", "not a date"), ("31 February 2024", "not a date"), ("soon", "not a date")]
    {
        let ran = Learner::new().run(&["pass", "clf", "--on", on]);
        assert_eq!(ran.code, Some(2), "{ran}");
        assert!(ran.err.contains(why), "{ran}");
    }
}
