//! Clocks that jump forward and backward, and other devices whose clocks are ahead.

use super::homes;
use crate::support::{Learner, TODAY, answered, event};
use serde_json::json;

/// Days that a clock may show one after the other.
const JUMPS: [&str; 5] = ["2026-11-23", "2027-11-23", "2026-11-22", "1970-01-01", "2199-12-31"];

/// No command panics on this day.
#[track_caller]
fn assert_no_panic(learner: &Learner) {
    for line in [&["due"][..], &["stats", "--all"], &["next", "--explain"], &["plan"], &["data", "check"]] {
        let ran = learner.run(line);
        assert!(matches!(ran.code, Some(0 | 1)), "{ran}");
        ran.quiet();
    }
}

/// A device that imports the journal has the same state.
#[track_caller]
fn assert_travels(learner: &Learner) {
    let other = Learner::with_packs(&["words"]);
    other.piped(&["data", "import", "-"], learner.export()).done();
    assert_eq!(other.export(), learner.export());
    for day in [TODAY, "2027-06-01"] {
        assert_eq!(other.on(day).state(), learner.on(day).state(), "on {day}");
    }
}

#[test]
fn a_clock_that_jumps_between_sittings_loses_nothing() {
    let learner = Learner::with_packs(&["words"]);
    for (number, day) in (1..).zip(JUMPS) {
        let today = learner.on(day);
        let transcript = today.piped(&["study", "--plain", "--count", "2"], "?\nright\n?\nright\n?\n").done();
        let answers = crate::support::verdicts(&transcript).len();
        assert!(answers >= 2, "on {day}: {transcript}");
        assert!(learner.journal().len() >= 2 * number);
        assert_no_panic(&today);
    }
    assert_travels(&learner);
}

#[test]
fn undo_uses_the_order_of_recording_when_the_clock_goes_back() {
    let learner = Learner::new();
    learner.on("2027-11-23").run(&["skip", "saa"]).done();
    learner.on("2026-11-23").run(&["skip", "scs"]).done();
    learner.on("2026-11-20").run(&["undo"]).done();
    let skipped = learner.events("skipped");
    assert_eq!(learner.events("retracted")[0]["event"], skipped[1]["id"]);
}

#[test]
fn events_from_the_future_are_kept_and_harmless() {
    let learner = Learner::with_packs(&["words"]);
    homes::study(&learner, 3);
    let future = "2031-05-05T10:00:00+00:00";
    learner
        .import(&[
            answered(1, future, "article/forty-colleagues", true),
            answered(2, "2199-01-01T00:00:00+14:00", "words/q01", false),
            answered(3, "1971-01-01T00:00:00-12:00", "words/q01", true),
            event(4, future, "set", json!({ "key": "role", "value": "data" })),
            event(5, future, "passed", json!({ "credential": "aws-security-specialty", "on": "2031-05-04" })),
            event(6, future, "retracted", json!({ "event": crate::support::id(3) })),
        ])
        .done();
    assert_eq!(learner.journal().len(), 9);
    assert_no_panic(&learner);
    homes::study(&learner, 2);
    assert_eq!(learner.journal().len(), 11);
    assert_no_panic(&learner.on("2031-05-06"));
    assert_travels(&learner);
}

#[test]
fn a_backup_is_made_and_found_whatever_the_clock_shows() {
    let learner = homes::studied(2);
    for day in JUMPS {
        homes::study(&learner.on(day), 1);
    }
    let newest = homes::backups(&learner);
    assert!(!newest.is_empty(), "no daily backup");
    learner.run(&["data", "backup"]).done();
    let kept = learner.export();
    std::fs::write(learner.store(), b"damaged").unwrap();
    learner.run(&["due"]).refused(1);
    let restored = learner.run(&["data", "restore"]);
    assert!(restored.out.contains("may be missing"), "nothing of the store is left: {restored}");
    assert!(homes::holds(&learner.export(), &kept), "the newest backup holds the most events");
}

#[test]
fn two_clocks_that_disagree_make_one_state() {
    let [one, other] = [Learner::with_packs(&["words"]), Learner::with_packs(&["words"])];
    let (ahead, behind) =
        (one.on("2027-03-01").with("TZ", "EAST-14"), other.on("2026-10-01").with("TZ", "WEST11"));
    for (learner, role) in [(&ahead, "data"), (&behind, "security"), (&ahead, "developer")] {
        homes::study(learner, 2);
        learner.run(&["set", "role", role]).done();
    }
    let (first, second) = (one.export(), other.export());
    one.piped(&["data", "import", "-"], second).done();
    other.piped(&["data", "import", "-"], first).done();
    for day in [TODAY, "2027-03-02"] {
        assert_eq!(one.on(day).state(), other.on(day).state(), "on {day}");
    }
}
