//! The journal outside of the program: exported, imported, merged, damaged.

use std::fs;

use crate::support::{HEADER, Learner, Ran, answered, event, id, journal};
use serde_json::{Value, json};

const MORNING: &str = "2026-11-20T08:00:00+00:00";
const NOON: &str = "2026-11-20T12:00:00+00:00";
const EVENING: &str = "2026-11-20T20:00:00+00:00";

/// Lines of every kind, several that contradict each other, a retraction before what it retracts.
fn many_lines() -> Vec<String> {
    let credential = |id: &str| json!({ "credential": id });
    let saa = "aws-solutions-architect-associate";
    let scs = "aws-security-specialty";
    let set = |key: &str, value: Value| json!({ "key": key, "value": value });
    vec![
        event(90, MORNING, "retracted", json!({ "event": id(5) })),
        answered(1, "2026-11-01T08:00:00+00:00", "article/years-of-validity", true),
        answered(2, "2026-11-04T23:00:00-08:00", "article/years-of-validity", false),
        answered(3, "2026-11-09T08:00:00+00:00", "article/years-of-validity", true),
        answered(4, "2026-11-09T08:00:00+00:00", "article/forty-colleagues", false),
        answered(5, "2026-11-10T08:00:00+00:00", "article/forty-colleagues", true),
        answered(6, "2026-11-09T08:00:00.000001+00:00", "unknown/question", true),
        event(10, NOON, "passed", json!({ "credential": saa, "on": "2026-05-04", "proof": "A" })),
        event(11, NOON, "passed", json!({ "credential": saa, "on": "2026-05-05", "expires": "never" })),
        event(12, MORNING, "dropped", credential(saa)),
        event(13, NOON, "scheduled", json!({ "credential": scs, "on": "2027-01-05", "fee": 150 })),
        event(14, EVENING, "moved", json!({ "credential": scs, "on": "2027-02-06" })),
        event(15, NOON, "skipped", credential("aws-cloud-practitioner")),
        event(16, "2026-11-20T13:30:00+02:00", "unskipped", credential("aws-cloud-practitioner")),
        event(17, NOON, "suspended", json!({ "question": "article/two-free-ones" })),
        event(23, NOON, "flagged", json!({ "question": "article/two-free-ones", "why": "It is three now." })),
        event(24, NOON, "flagged", json!({ "question": "article/forty-colleagues", "why": null })),
        event(25, MORNING, "unflagged", json!({ "question": "article/two-free-ones" })),
        event(26, NOON, "noted", json!({ "question": "article/two-free-ones", "text": "Ask Ana." })),
        event(27, NOON, "exam_started", exam_started()),
        event(28, EVENING, "exam_marked", exam_marked(json!([1]))),
        event(29, MORNING, "exam_marked", exam_marked(json!([0]))),
        event(30, EVENING, "exam_finished", json!({ "exam": "e1", "how": "left" })),
        event(18, NOON, "set", set("role", json!("data"))),
        event(19, NOON, "set", set("role", json!("security"))),
        event(20, EVENING, "set", set("retention", json!("0.85"))),
        event(21, EVENING, "failed", json!({ "credential": saa, "on": "2026-11-01" })),
        event(22, NOON, "dreamed", json!({ "of": ["sheep"], "electric": true })),
        event(91, EVENING, "retracted", json!({ "event": id(90) })),
    ]
}

fn exam_started() -> Value {
    let questions = json!([{ "question": "article/two-free-ones", "revision": null }]);
    json!({ "exam": "e1", "credential": "aws-cloud-practitioner", "pack": null, "exam_form": "a", "minutes": 90,
        "questions": questions })
}

fn exam_marked(given: Value) -> Value {
    let question = "article/two-free-ones";
    json!({ "exam": "e1", "question": question, "given": given, "flagged": false, "took_ms": 9000 })
}

/// The events of an export, whatever their order.
fn sorted(export: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = export.lines().skip(1).collect();
    lines.sort_unstable();
    lines
}

/// Refused: nothing of it was imported.
#[track_caller]
fn assert_refused(text: impl AsRef<[u8]>, words: &[&str]) {
    let learner = Learner::new();
    let said = learner.piped(&["data", "import", "-"], text).refused(1);
    for word in words {
        assert!(said.contains(word), "{said}");
    }
    assert!(learner.journal().is_empty());
}

/// The lines that are reported as left out.
fn reported(ran: &Ran) -> Vec<&str> {
    ran.err.lines().filter(|line| line.contains("line ")).collect()
}

/// Imports one good line, a bad one as line 3, and another good one: the bad one is reported.
#[track_caller]
fn assert_only_line_3_is_left_out(bad: &[u8]) {
    let learner = Learner::new();
    let good = |number| event(number, NOON, "skipped", json!({ "credential": "aws-security-specialty" }));
    let mut text = format!("{HEADER}\n{}\n", good(1)).into_bytes();
    text.extend_from_slice(bad);
    text.extend(format!("\n{}\n", good(2)).into_bytes());
    let shown = String::from_utf8_lossy(&bad[..bad.len().min(200)]).into_owned();
    let ran = learner.piped(&["data", "import", "-"], text);
    assert_eq!(ran.code, Some(1), "{shown}: {ran}");
    ran.quiet();
    let reported = reported(&ran);
    assert_eq!(reported.len(), 1, "{shown}: {ran}");
    assert!(reported[0].contains("line 3"), "{shown}: {ran}");
    assert!(ran.err.len() < 1000, "the report repeats the line: {} bytes", ran.err.len());
    let ids: Vec<String> = learner.journal().iter().map(|e| e["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, [id(1), id(2)], "{shown}");
    learner.run(&["stats", "--all"]).done();
}

#[test]
fn a_line_whose_checksum_does_not_match_is_left_out_and_named_and_the_rest_is_imported() {
    let source = Learner::new();
    source.import(&many_lines()).done();
    let export = source.export();
    let damaged = export.replacen("article/forty-colleagues", "article/Forty-colleagues", 1);
    let at = export.lines().zip(damaged.lines()).position(|(a, b)| a != b).unwrap();
    let learner = Learner::new();
    let file = learner.write("journal.jsonl", &damaged);
    let ran = learner.run(&["data", "import", file.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1), "{ran}");
    let name = [file.to_str().unwrap(), &format!("line {}", at + 1), &id(4), "checksum"];
    assert!(name.iter().all(|part| ran.err.contains(part)), "{ran}");
    let rest = export.lines().filter(|line| !damaged.contains(line)).count();
    assert_eq!((rest, learner.export().lines().count()), (1, export.lines().count() - 1));
}

#[test]
fn an_export_begins_with_its_format_and_has_a_line_for_each_event() {
    let learner = Learner::new();
    assert_eq!(learner.export(), format!("{HEADER}\n"));
    learner.run(&["skip", "saa"]).done();
    learner.run(&["undo"]).done();
    let export = learner.export();
    assert!(export.starts_with(&format!("{HEADER}\n")) && export.ends_with("}\n"), "{export}");
    assert_eq!(export.lines().count(), 3);
}

#[test]
fn every_kind_has_the_keys_of_the_contract_and_null_where_nothing_was_said() {
    let learner = Learner::with_packs(&["words"]);
    for line in [
        &["pass", "saa", "--on", "2026-05-04"][..],
        &["pass", "scs", "--on", "2026-05-04", "--expires", "never", "--proof", "P1"],
        &["drop", "scs"],
        &["skip", "ans"],
        &["unskip", "ans"],
        &["schedule", "dop", "--on", "2027-01-05"],
        &["unschedule", "dop"],
        &["suspend", "article/years-of-validity"],
        &["resume", "article/years-of-validity"],
        &["set", "role", "data"],
        &["undo"],
    ] {
        learner.run(line).done();
    }
    learner.piped(&["study", "--pack", "words", "--count", "2"], "right\n?\n").done();
    let saa = "aws-solutions-architect-associate";
    for (kind, keys) in [
        ("passed", json!({ "credential": saa, "on": "2026-05-04", "expires": null, "proof": null })),
        ("dropped", json!({ "credential": "aws-security-specialty" })),
        ("skipped", json!({ "credential": "aws-advanced-networking-specialty" })),
        ("unskipped", json!({ "credential": "aws-advanced-networking-specialty" })),
        (
            "scheduled",
            json!({ "credential": "aws-devops-engineer-professional", "on": "2027-01-05", "fee": null }),
        ),
        ("unscheduled", json!({ "credential": "aws-devops-engineer-professional" })),
        ("suspended", json!({ "question": "article/years-of-validity" })),
        ("resumed", json!({ "question": "article/years-of-validity" })),
        ("set", json!({ "key": "role", "value": "data" })),
    ] {
        assert_event(&learner.events(kind)[0], keys);
    }
    let scs = json!({ "credential": "aws-security-specialty", "on": "2026-05-04", "expires": "never", "proof": "P1" });
    assert_event(&learner.events("passed")[1], scs);
    let undone = json!({ "event": learner.events("set")[0]["id"] });
    assert_event(&learner.events("retracted")[0], undone);
    let [right, unknown] = &learner.events("answered")[..] else { panic!("two answers") };
    assert_eq!(right["given"], "right");
    assert!(unknown["given"].is_null());
    assert_eq!(right["sitting"], unknown["sitting"]);
    for (answer, correct) in [(right, true), (unknown, false)] {
        assert_eq!(answer["form"], "typed");
        assert_eq!(answer["guess"], 0.0);
        assert_eq!(answer["correct"], correct);
        assert_eq!(answer["hint"], false);
        assert_eq!(answer["cram"], false);
        assert!(answer["revision"].is_string() && answer["sitting"].is_string());
        assert!(answer["took_ms"].is_u64());
    }
}

/// An event has exactly these keys beside the four that all have.
#[track_caller]
fn assert_event(event: &Value, keys: Value) {
    let mut rest = event.as_object().unwrap().clone();
    for key in ["id", "at", "device", "kind"] {
        assert!(rest.remove(key).is_some_and(|value| value.is_string()), "{key} of {event}");
    }
    assert_eq!(Value::Object(rest), keys, "{event}");
}

#[test]
fn an_export_imported_elsewhere_means_the_same() {
    let one = Learner::with_packs(&["words"]);
    one.import(&many_lines()).done();
    one.piped(&["study", "--pack", "words", "--count", "5"], "right\n?\nwrong\nright\nright\n").done();
    one.run(&["undo"]).done();
    let other = Learner::with_packs(&["words"]);
    other.piped(&["data", "import", "-"], one.export()).done();
    assert_eq!(other.export(), one.export());
    assert_eq!(other.json(&["stats", "--all"]), one.json(&["stats", "--all"]));
    assert_eq!(other.state(), one.state());
}

#[test]
fn an_export_to_a_file_is_what_standard_output_gets() {
    let learner = Learner::new();
    learner.import(&many_lines()).done();
    let file = learner.path("journal.jsonl");
    let ran = learner.run(&["data", "export", "--out", file.to_str().unwrap()]);
    assert_eq!(ran.done(), "");
    assert_eq!(fs::read_to_string(&file).unwrap(), learner.export());
    let other = Learner::new();
    other.run(&["data", "import", file.to_str().unwrap()]).done();
    assert_eq!(other.export(), learner.export());
    learner.run(&["data", "export", "--out", learner.home().to_str().unwrap()]).refused(1);
    learner.run(&["data", "export", "--out", learner.path("no/such/folder").to_str().unwrap()]).refused(1);
}

#[test]
fn importing_again_changes_nothing() {
    let learner = Learner::new();
    learner.import(&many_lines()).done();
    let (export, state) = (learner.export(), learner.state());
    for _ in 0..2 {
        let ran = learner.import(&many_lines());
        ran.done();
        assert_eq!(ran.err, "");
    }
    learner.piped(&["data", "import", "-"], learner.export()).done();
    assert_eq!(learner.export(), export);
    assert_eq!(learner.state(), state);
}

#[test]
fn the_order_of_the_lines_means_nothing() {
    let lines = many_lines();
    let reference = Learner::new();
    reference.import(&lines).done();
    let (export, state) = (reference.export(), reference.state());
    let mut orders = vec![lines.iter().rev().cloned().collect::<Vec<_>>()];
    for turn in [1, 7, 13] {
        let mut rotated = lines.clone();
        rotated.rotate_left(turn);
        orders.push(rotated);
    }
    // 8 has no divisor in common with the number of lines, so this visits all of them.
    assert_eq!(lines.len(), 29);
    orders.push((0..lines.len()).map(|n| lines[n * 8 % lines.len()].clone()).collect());
    for order in orders {
        let other = Learner::new();
        other.import(&order).done();
        assert_eq!(sorted(&other.export()), sorted(&export));
        assert_eq!(other.state(), state);
    }
}

#[test]
fn a_journal_that_comes_in_parts_means_the_same() {
    let lines = many_lines();
    let reference = Learner::new();
    reference.import(&lines).done();
    let other = Learner::new();
    for line in lines.iter().rev() {
        other.import(&[line]).done();
    }
    assert_eq!(other.state(), reference.state());
}

#[test]
fn of_events_that_contradict_each_other_the_last_by_time_and_id_holds() {
    let learner = Learner::new();
    learner.import(&many_lines()).done();
    let saa = learner.badge("saa");
    assert_eq!(saa["held_on"], "2026-05-05", "the same time: the greater id");
    assert_eq!(saa["expires_on"], "never");
    assert!(saa["proof"].is_null());
    assert_eq!(learner.badge("scs")["scheduled_on"], "2027-02-06");
    assert_eq!(learner.json(&["set"])["role"], "security");
    // 13:30 two hours east is 11:30, before it was skipped at 12:00.
    assert!(learner.run(&["skip", "clf"]).refused(1).contains("already"));
}

#[test]
fn two_devices_that_exchange_their_journals_agree() {
    let one = Learner::with_packs(&["words", "kinds"]);
    let other = Learner::with_packs(&["words", "kinds"]);
    one.piped(&["study", "--pack", "words", "--count", "3"], "right\n?\nright\n").done();
    other.piped(&["study", "--pack", "words", "--count", "4"], "?\nright\nright\nwrong\n").done();
    one.run(&["pass", "saa", "--on", "2026-05-04"]).done();
    other.run(&["pass", "saa", "--on", "2026-05-05"]).done();
    other.run(&["undo"]).done();
    one.run(&["skip", "ans"]).done();
    other.run(&["set", "role", "data"]).done();
    let (first, second) = (one.export(), other.export());
    one.piped(&["data", "import", "-"], &second).done();
    other.piped(&["data", "import", "-"], &first).done();
    assert_eq!(sorted(&one.export()), sorted(&other.export()));
    assert_eq!(one.journal().len(), first.lines().count() + second.lines().count() - 2);
    assert_eq!(one.state(), other.state());
    assert_eq!(one.json(&["stats"])["answers"], 7);
    assert_eq!(one.badge("saa")["held_on"], "2026-05-04");
}

#[test]
fn a_journal_that_comes_home_again_is_known_whatever_the_chance_of_guessing() {
    let learner = Learner::with_packs(&["kinds"]);
    // Four of eight: one of seventy ways is right.
    let line = ["study", "--pack", "kinds", "--topic", "choosing", "--count", "5"];
    learner.piped(&line, "?\n".repeat(5)).done();
    let exported = learner.export();
    assert!(guesses(&exported).contains(&(1.0 / 70.0)), "{exported}");
    let other = Learner::new();
    other.piped(&["data", "import", "-"], &exported).done();
    assert_eq!(guesses(&other.export()), guesses(&exported));
    let back = learner.piped(&["data", "import", "-"], other.export());
    assert_eq!(back.err, "", "its own events are reported as different ones");
    back.done();
}

#[test]
fn numbers_come_out_as_they_went_in() {
    let chance = |n: u64| 1.0 / n as f64;
    let lines: Vec<String> = (2..200)
        .map(|n| {
            let keys = json!({ "question": "a/b", "guess": chance(n), "correct": true });
            event(n, NOON, "answered", keys)
        })
        .collect();
    let learner = Learner::new();
    learner.import(&lines).done();
    for (guess, n) in guesses(&learner.export()).into_iter().zip(2..) {
        assert_eq!(guess, chance(n), "1/{n}");
    }
}

/// The chances of guessing in a journal, read to the last bit: serde_json reads numbers only nearly
/// unless it is told otherwise.
fn guesses(export: &str) -> Vec<f64> {
    let number = |line: &str| line.split("\"guess\":").nth(1)?.split([',', '}']).next()?.parse().ok();
    export.lines().filter_map(number).collect()
}

#[test]
fn kinds_and_keys_that_are_not_known_are_kept_and_passed_on() {
    let lines = [
        event(
            1,
            NOON,
            "dreamed",
            json!({ "of": ["sheep", null, 1.5], "deep": { "b": 1, "a": [] }, "nil": null }),
        ),
        event(2, NOON, "dreamed", json!({})),
        event(
            3,
            NOON,
            "passed",
            json!({
                "credential": "other-vendors-badge", "on": "2026-05-04", "expires": null, "proof": null,
                "score": 812, "mood": "Fröhlich ☂",
            }),
        ),
        event(
            4,
            NOON,
            "answered",
            json!({
                "question": "gone/question", "revision": "r9", "form": "drawing", "guess": 0.125, "correct": true,
                "given": { "strokes": [[1, 2], [3, 4]] }, "hint": true, "cram": true, "took_ms": 1234, "sitting": "s",
                "pencil": "2B",
            }),
        ),
        event(5, NOON, "set", json!({ "key": "wallpaper", "value": { "kind": "clouds" } })),
        event(6, NOON, "tuned", json!({ "parameters": [0.5, 1.25, 3.0], "by": "hand" })),
    ];
    let one = Learner::new();
    one.import(&lines).done();
    let other = Learner::new();
    other.piped(&["data", "import", "-"], one.export()).done();
    for learner in [&one, &other] {
        let expected: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        let times = |events: Vec<Value>| -> Vec<Value> {
            events
                .into_iter()
                .map(|mut event| {
                    event["at"] = json!("noon");
                    event
                })
                .collect()
        };
        assert_eq!(times(learner.journal()), times(expected));
        learner.state();
    }
}

#[test]
fn a_retraction_may_come_before_its_event_and_from_elsewhere() {
    let learner = Learner::new();
    learner.import(&[event(2, NOON, "retracted", json!({ "event": id(1) }))]).done();
    learner.import(&[answered(1, EVENING, "article/years-of-validity", true)]).done();
    assert_eq!(learner.json(&["stats"])["answers"], 0);
    // A retraction of the retraction does nothing.
    learner.import(&[event(3, EVENING, "retracted", json!({ "event": id(2) }))]).done();
    assert_eq!(learner.json(&["stats"])["answers"], 0);
    assert_eq!(learner.journal().len(), 3);
}

#[test]
fn of_two_lines_with_one_id_the_first_stays_and_that_is_reported() {
    let skipped = |credential: &str| event(1, NOON, "skipped", json!({ "credential": credential }));
    let pairs = [
        (skipped("aws-security-specialty"), skipped("aws-cloud-practitioner")),
        (
            answered(1, NOON, "article/years-of-validity", true),
            answered(1, NOON, "article/years-of-validity", false),
        ),
        (answered(1, NOON, "a/b", true), skipped("aws-cloud-practitioner")),
        (answered(1, NOON, "a/b", true), answered(1, MORNING, "a/b", true)),
        (event(1, NOON, "dreamed", json!({ "z": 1 })), event(1, NOON, "dreamed", json!({ "a": 1 }))),
    ];
    for (one, other) in pairs {
        let alone = |line: &String| {
            let learner = Learner::new();
            learner.import(&[line]).done();
            learner.export()
        };
        for order in [[&one, &other], [&other, &one]] {
            let learner = Learner::new();
            let first = alone(order[0]);
            let together = learner.import(&order);
            assert_eq!(together.code, Some(1), "{together}");
            assert!(together.err.contains(&id(1)), "{together}");
            together.quiet();
            assert_eq!(learner.export(), first);

            let learner = Learner::new();
            learner.import(&order[..1]).done();
            let later = learner.import(&order[1..]);
            assert_eq!(later.code, Some(1), "{later}");
            let aside = fs::read_to_string(learner.path("backups/kept-aside.jsonl")).unwrap();
            assert!(aside.lines().count() == 1 && aside.contains(&id(1)), "{aside}");
            assert!(later.err.contains(&id(1)), "{later}");
            assert_eq!(learner.export(), first);
        }
    }
}

#[test]
fn equal_events_that_are_written_differently_are_one() {
    let learner = Learner::new();
    learner.import(&[event(1, NOON, "skipped", json!({ "credential": "aws-security-specialty" }))]).done();
    let same = format!(
        r#"{{"credential":"aws-security-specialty", "kind":"\u0073kipped","device":"test",  "at":"2026-11-20T12:00:00.000Z","id":"{}"}}"#,
        id(1).to_uppercase()
    );
    let ran = learner.import(&[same]);
    ran.done();
    assert_eq!(ran.err, "");
    assert_eq!(learner.journal().len(), 1);
}

/// A line that is imported, and again as it is and as it is exported, is known.
#[track_caller]
fn assert_known_again(line: &str) {
    let learner = Learner::new();
    learner.import(&[line]).done();
    let export = learner.export();
    for text in [journal(&[line]), export.clone()] {
        let again = learner.piped(&["data", "import", "-"], text);
        again.done();
        assert_eq!(again.err, "", "{line}");
    }
    assert_eq!(learner.export(), export, "{line}");
}

#[test]
fn a_leap_second_is_known_when_it_comes_again() {
    let skipped = json!({ "credential": "aws-security-specialty" });
    assert_known_again(&event(1, "2016-12-31T23:59:60.5Z", "skipped", skipped));
}

#[test]
fn a_negative_zero_is_known_when_it_comes_again() {
    assert_known_again(&event(
        1,
        NOON,
        "answered",
        json!({ "question": "a/b", "guess": -0.0, "correct": true }),
    ));
    let fee = json!({ "credential": "x", "on": "2027-01-05", "fee": -0.0 });
    assert_known_again(&event(1, NOON, "scheduled", fee));
}

#[test]
fn odd_numbers_are_known_when_they_come_again() {
    assert_known_again(&event(1, "2026-11-20T12:00:00.1234567891234+00:00", "dreamed", json!({ "n": 0.1 })));
    let large = json!({ "n": 12345678901234567890_u64, "x": 1e300, "y": 1.7976931348623157e308 });
    assert_known_again(&event(1, NOON, "dreamed", large));
    assert_known_again(&event(1, NOON, "tuned", json!({ "parameters": [0.1, 1e-50, 16777217] })));
}

#[test]
fn a_damaged_line_is_reported_with_its_number_and_the_others_are_imported() {
    for bad in [
        "this is no JSON".to_owned(),
        "{".to_owned(),
        "[]".to_owned(),
        "null".to_owned(),
        "<<<<<<< HEAD".to_owned(),
        "{}".to_owned(),
        answered(7, NOON, "a/b", true)[..60].to_owned(),
        event(7, "yesterday", "skipped", json!({ "credential": "x" })),
        event(7, "2026-02-30T12:00:00Z", "skipped", json!({ "credential": "x" })),
        event(7, "2026-11-20T12:00:00", "skipped", json!({ "credential": "x" })),
        event(7, NOON, "skipped", json!({})),
        event(7, NOON, "skipped", json!({ "credential": 7 })),
        event(7, NOON, "skipped", json!({ "id": "7", "credential": "x" })),
        event(7, NOON, "passed", json!({ "credential": "x" })),
        event(7, NOON, "passed", json!({ "credential": "x", "on": "2026-02-30" })),
        event(7, NOON, "passed", json!({ "credential": "x", "on": "2026-02-20", "expires": "later" })),
        event(7, NOON, "retracted", json!({ "event": "the last one" })),
        event(7, NOON, "set", json!({ "value": 1 })),
        event(7, NOON, "tuned", json!({ "parameters": "many" })),
        event(7, NOON, "answered", json!({ "question": "a/b", "correct": true })),
        event(7, NOON, "answered", json!({ "question": "a/b", "guess": 0.25 })),
        event(7, NOON, "answered", json!({ "question": "a/b", "guess": 0.25, "correct": "yes" })),
        event(7, NOON, "answered", json!({ "guess": 0.25, "correct": true })),
    ] {
        assert_only_line_3_is_left_out(bad.as_bytes());
    }
}

#[test]
fn a_chance_of_guessing_outside_of_0_to_below_1_is_refused() {
    for guess in ["1.0", "1", "-0.1", "-1e-9", "1.5", "1e300", "null", "\"0.25\"", "NaN", "1e999"] {
        let line = answered(7, NOON, "a/b", true).replace("0.25", guess);
        assert!(line.contains(guess));
        assert_only_line_3_is_left_out(line.as_bytes());
    }
    for guess in ["0", "0.0", "0.999999", "1e-300"] {
        let learner = Learner::new();
        learner.import(&[answered(7, NOON, "a/b", true).replace("0.25", guess)]).done();
        assert_eq!(learner.journal().len(), 1, "{guess}");
    }
}

#[test]
fn every_damaged_line_is_reported() {
    let learner = Learner::new();
    let good = |n| event(n, NOON, "skipped", json!({ "credential": "aws-security-specialty" }));
    let ran = learner.import(&["{".to_owned(), good(1), "?".to_owned(), good(2), "[]".to_owned()]);
    assert_eq!(ran.code, Some(1), "{ran}");
    for number in ["line 2", "line 4", "line 6"] {
        assert_eq!(ran.err.matches(number).count(), 1, "{ran}");
    }
    assert_eq!(learner.journal().len(), 2);
}

#[test]
fn a_huge_line_is_reported_and_the_others_are_imported() {
    let huge = |size: usize| event(7, NOON, "dreamed", json!({ "of": "x".repeat(size) }));
    assert_only_line_3_is_left_out(huge(3_000_000).as_bytes());
    // As long as the limit, and the last line without its end.
    let learner = Learner::new();
    let ran = learner.piped(&["data", "import", "-"], format!("{HEADER}\n{}", "x".repeat(5_000_000)));
    assert_eq!(ran.code, Some(1), "{ran}");
    assert!(reported(&ran)[0].contains("line 2"), "{ran}");
    // A long line that is sound is kept.
    learner.import(&[huge(500_000)]).done();
    assert_eq!(learner.journal()[0]["of"].as_str().unwrap().len(), 500_000);
}

#[test]
fn a_line_that_is_not_utf_8_is_reported_and_the_others_are_imported() {
    let mut line = event(7, NOON, "dreamed", json!({ "of": "cafe" })).into_bytes();
    let place = line.windows(4).position(|w| w == b"cafe").unwrap();
    line[place + 3] = 0xe9;
    assert_only_line_3_is_left_out(&line);
    assert_only_line_3_is_left_out(b"\xff\xfe\x00\x80");
}

#[test]
fn a_file_that_is_no_journal_is_refused_as_a_whole() {
    let line = event(1, NOON, "skipped", json!({ "credential": "aws-security-specialty" }));
    for first in ["", "{}", "[]", "hello", r#"{"format":"other/1"}"#, r#"{"format":1}"#, line.as_str()] {
        assert_refused(format!("{first}\n{line}\n"), &["not a badgedex journal"]);
    }
    assert_refused("", &["empty"]);
    assert_refused([0xff, 0xfe, b'{', 0, b'}', 0], &["not a badgedex journal"]);
    assert_refused([0; 100], &["not a badgedex journal"]);
}

#[test]
fn a_journal_of_a_newer_format_is_refused_as_a_whole() {
    let line = event(1, NOON, "skipped", json!({ "credential": "aws-security-specialty" }));
    let newer = HEADER.replace("/1", "/2");
    assert_refused(format!("{newer}\n{line}\n"), &["badgedex-journal/2", "update badgedex"]);
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let learner = Learner::new();
    for path in [learner.path("missing"), learner.home().to_owned()] {
        let said = learner.run(&["data", "import", path.to_str().unwrap()]).refused(1);
        assert!(said.contains(path.to_str().unwrap()), "{said}");
    }
}

#[test]
fn line_endings_byte_order_marks_and_empty_lines_are_read_over() {
    let line = |n| event(n, NOON, "skipped", json!({ "credential": "aws-security-specialty" }));
    for text in [
        format!("{HEADER}\r\n{}\r\n{}\r\n", line(1), line(2)),
        format!("\u{feff}{HEADER}\n{}\n{}\n", line(1), line(2)),
        format!("{HEADER}\n\n{}\n   \n{}\n\n", line(1), line(2)),
        format!("{HEADER}\n{}\n{}", line(1), line(2)),
    ] {
        let learner = Learner::new();
        let ran = learner.piped(&["data", "import", "-"], &text);
        ran.done();
        assert_eq!(ran.err, "", "{text}");
        assert_eq!(learner.journal().len(), 2, "{text}");
    }
}

#[test]
fn a_time_is_an_instant_and_keeps_its_offset() {
    let set = |n, at: &str, role: &str| event(n, at, "set", json!({ "key": "role", "value": role }));
    let lines = [
        set(1, "2026-11-20T10:00:00+00:00", "data"),
        // Half past eight in London.
        set(2, "2026-11-20T10:30:00+02:00", "security"),
        // A quarter to ten in London.
        set(3, "2026-11-20T00:15:00-09:30", "voice"),
    ];
    let learner = Learner::new();
    learner.import(&lines).done();
    assert_eq!(learner.json(&["set"])["role"], "data");
    let times: Vec<String> =
        learner.journal().iter().map(|event| event["at"].as_str().unwrap().to_owned()).collect();
    assert_eq!(
        times,
        ["2026-11-20T10:00:00+00:00", "2026-11-20T10:30:00+02:00", "2026-11-20T00:15:00-09:30"]
    );
}

#[test]
fn a_memorys_day_begins_at_four_where_the_answer_was_given() {
    let streak = |times: &[&str]| {
        let learner = Learner::new();
        let lines: Vec<String> =
            times.iter().zip(1..).map(|(at, n)| answered(n, at, "article/years-of-validity", true)).collect();
        learner.import(&lines).done();
        learner.json(&["stats"])["streak_days"].as_u64().unwrap()
    };
    assert_eq!(streak(&["2026-11-22T12:00:00+00:00", "2026-11-23T04:00:00+00:00"]), 2);
    assert_eq!(streak(&["2026-11-22T12:00:00+00:00", "2026-11-23T03:59:59+00:00"]), 1);
    // A late evening far west is the 22nd there, though it is the 23rd in London.
    assert_eq!(streak(&["2026-11-21T12:00:00+00:00", "2026-11-22T22:00:00-08:00"]), 2);
    assert_eq!(
        streak(&["2026-11-21T12:00:00+00:00", "2026-11-24T03:00:00+09:00", "2026-11-22T12:00:00+09:00"]),
        3
    );
}

/// After a line was imported or refused, the program works as ever.
#[track_caller]
fn assert_harmless(line: &str) {
    let learner = Learner::new();
    learner.import(&[line]).quiet();
    for command in
        [&["stats", "--all"][..], &["badges"], &["badges", "scs"], &["next"], &["due"], &["data", "check"]]
    {
        let ran = learner.run(command);
        assert_eq!(ran.code, Some(0), "after {line}: {ran}");
        ran.quiet();
        assert!(!ran.out.contains('\u{1b}'), "after {line}: {ran}");
    }
    learner.piped(&["study", "--plain", "--count", "1"], "?\n").done();
    learner.run(&["undo"]).done();
}

#[test]
fn a_parameter_that_is_too_large_does_not_make_the_store_unreadable() {
    assert_harmless(&event(1, NOON, "tuned", json!({ "parameters": [1e300] })));
}

#[test]
fn parameters_that_are_none_do_no_harm() {
    for parameters in [vec![], vec![1.0; 100], vec![0.0; 21], vec![-1e30; 21], vec![1e38; 21]] {
        assert_harmless(&event(1, NOON, "tuned", json!({ "parameters": parameters })));
    }
}

#[test]
fn settings_that_do_not_fit_do_no_harm() {
    for (key, value) in [
        ("retention", json!([1])),
        ("retention", json!(7)),
        ("new-per-day", json!(1e300)),
        ("role", json!("x")),
    ] {
        assert_harmless(&event(1, NOON, "set", json!({ "key": key, "value": value })));
    }
}

#[test]
fn days_at_the_ends_of_the_calendar_do_no_harm() {
    for day in ["+262142-12-31", "-262143-01-01", "9999-12-31", "0000-01-01"] {
        let scs = "aws-security-specialty";
        assert_harmless(&event(1, NOON, "passed", json!({ "credential": scs, "on": day })));
        let (on, fee) = ("2026-01-05", 1e9);
        assert_harmless(&event(1, NOON, "passed", json!({ "credential": scs, "on": on, "expires": day })));
        assert_harmless(&event(1, NOON, "scheduled", json!({ "credential": scs, "on": day, "fee": fee })));
    }
    for at in ["2261-01-01T00:00:00Z", "1678-01-01T00:00:00Z", "9999-01-01T00:00:00Z", "0001-01-01T00:00:00Z"]
    {
        assert_harmless(&answered(1, at, "article/years-of-validity", true));
    }
}

#[test]
fn odd_texts_do_no_harm() {
    let odd = "\u{0}\u{1b}[31m\u{202e}";
    for (kind, keys) in [
        ("", json!({})),
        (odd, json!({ odd: odd })),
        ("answered", json!({ "question": odd, "guess": 0, "correct": true, "took_ms": u64::MAX })),
        ("passed", json!({ "credential": "aws-security-specialty", "on": "2026-01-05", "proof": odd })),
        ("passed", json!({ "credential": odd, "on": "2026-01-05" })),
        ("set", json!({ "key": odd, "value": odd })),
    ] {
        assert_harmless(&event(1, NOON, kind, keys));
    }
}

#[test]
fn an_empty_journal_adds_nothing() {
    let learner = Learner::new();
    learner.import::<&str>(&[]).done();
    assert!(learner.journal().is_empty());
}
