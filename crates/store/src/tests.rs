//! Tests of the store: what is recorded, what is refused, and how two stores share a file.

use std::fs;
use std::thread;

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Number, Value, json};
use tempfile::TempDir;

use super::jsonl::Line;
use super::*;
use badgedex_domain::catalog::{CredentialId, Expires};
use badgedex_domain::journal::{
    Answered, ExamEnd, ExamId, ExamMarked, ExamStarted, Passed, QuestionRevision, Scheduled,
};
use badgedex_domain::question::QuestionId;

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn open(home: &TempDir) -> Store {
    Store::open(home.path(), Utc::now()).unwrap()
}

fn import(store: &mut Store, events: &[Event]) -> Result<ImportSummary, StoreError> {
    let mut import = store.begin_import()?;
    for event in events {
        import.add(event)?;
    }
    import.finish()
}

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn event(id: u128, deed: Deed) -> Event {
    let at = at("2026-11-23T12:00:00.123456789+01:00");
    Event { id: Uuid::from_u128(id), at, device: "here".into(), deed, extra: Map::new() }
}

fn skipped(id: u128) -> Event {
    event(id, Deed::Skipped { credential: CredentialId::new(format!("c{id}")) })
}

fn retracted(id: u128, of: u128) -> Event {
    event(id, Deed::Retracted { event: Uuid::from_u128(of) })
}

fn answer() -> Answered {
    Answered {
        question: QuestionId::new("p/q"),
        revision: Some("r1".into()),
        form: Some("any-of".into()),
        guess: 0.1,
        correct: true,
        given: json!(["a", "ü \"b\"\n"]),
        hint: true,
        cram: true,
        took_ms: Some(1234),
        sitting: Some("s".into()),
        exam: None,
    }
}

/// An event of every kind, with and without its optional keys.
fn every_kind() -> Vec<Event> {
    let credential = CredentialId::new("c");
    let question = QuestionId::new("p/q");
    let on = "2026-05-04".parse().unwrap();
    let bare =
        Answered { revision: None, form: None, given: Value::Null, took_ms: None, sitting: None, ..answer() };
    let exam = ExamId::new("e1");
    let exam_question = |revision| QuestionRevision { question: QuestionId::new("p/q"), revision };
    let mark = |given, flagged, took_ms| {
        let (exam, question) = (exam.clone(), QuestionId::new("p/q"));
        ExamMarked { exam, question, given, flagged, took_ms }
    };
    let passed = |expires, proof| Passed { expires, proof, ..Passed::new(credential.clone(), on) };
    let deeds = vec![
        Deed::Answered(answer()),
        Deed::Answered(Answered { guess: 0.0, correct: false, hint: false, cram: false, ..bare }),
        Deed::Passed(passed(None, None)),
        Deed::Passed(passed(Some(Expires::Never), Some("P".into()))),
        Deed::Passed(passed(Some(Expires::On(on)), None)),
        Deed::Passed(Passed { score: Some(812.into()), ..passed(None, None) }),
        Deed::Failed { credential: credential.clone(), on: None, score: None },
        Deed::Failed { credential: credential.clone(), on: Some(on), score: Number::from_f64(68.5) },
        Deed::Scheduled(Scheduled { credential: credential.clone(), on, fee: Some(99.5), place: None }),
        Deed::Scheduled(Scheduled { credential: credential.clone(), on, fee: None, place: None }),
        Deed::Moved { credential: credential.clone(), on },
        Deed::Unscheduled { credential: credential.clone() },
        Deed::Dropped { credential: credential.clone() },
        Deed::Skipped { credential: credential.clone() },
        Deed::Unskipped { credential },
        Deed::Suspended { question: question.clone() },
        Deed::Resumed { question: question.clone() },
        Deed::Flagged { question: question.clone(), why: None },
        Deed::Flagged { question: question.clone(), why: Some("The key is \"wrong\".\n".into()) },
        Deed::Unflagged { question: question.clone() },
        Deed::Noted { question: question.clone(), text: Some("Ports: 22, 443".into()) },
        Deed::Noted { question, text: None },
        Deed::Answered(Answered { exam: Some(exam.clone()), ..answer() }),
        Deed::ExamStarted(ExamStarted {
            exam: exam.clone(),
            credential: Some(CredentialId::new("c")),
            pack: None,
            exam_form: Some("a".into()),
            minutes: Some(90),
            questions: vec![exam_question(None), exam_question(Some("r1".into()))],
        }),
        Deed::ExamStarted(ExamStarted {
            exam: exam.clone(),
            credential: None,
            pack: Some("p".into()),
            exam_form: None,
            minutes: None,
            questions: Vec::new(),
        }),
        Deed::ExamMarked(mark(json!([0, 2]), true, Some(5000))),
        Deed::ExamMarked(mark(Value::Null, false, None)),
        Deed::ExamPaused { exam: exam.clone() },
        Deed::ExamResumed { exam: exam.clone() },
        Deed::ExamFinished { exam: exam.clone(), how: ExamEnd::Submitted },
        Deed::ExamFinished { exam: exam.clone(), how: ExamEnd::TimeUp },
        Deed::ExamFinished { exam, how: ExamEnd::Left },
        Deed::Set { key: "k".into(), value: json!({ "a": [1, null] }) },
        Deed::Tuned { parameters: vec![0.1, 2.5, 1e-9] },
        Deed::Retracted { event: Uuid::from_u128(77) },
        Deed::Unknown { kind: "dreamed".into() },
    ];
    let mut events: Vec<Event> = deeds.into_iter().zip(1..).map(|(deed, id)| event(id, deed)).collect();
    let strange = events.clone().into_iter().zip(1001..).map(|(event, id)| Event {
        id: Uuid::from_u128(id),
        at: at("2026-11-23T03:59:59-09:30"),
        extra: json!({ "x-new": { "deep": [true] } }).as_object().unwrap().clone(),
        ..event
    });
    events.extend(strange.collect::<Vec<_>>());
    events
}

/// The ids of the last deed's events; empty if there is nothing to undo.
fn last(store: &Store) -> Vec<u128> {
    let deed = store.last_deed().unwrap();
    deed.map_or(Vec::new(), |deed| deed.events.iter().map(|e| e.id.as_u128()).collect())
}

fn ids(store: &Store) -> Vec<u128> {
    store.events().unwrap().iter().map(|e| e.id.as_u128()).collect()
}

#[test]
fn what_was_recorded_is_there_after_reopening() {
    let home = home();
    for event in every_kind() {
        open(&home).record(&[event]).unwrap();
    }
    let store = open(&home);
    assert_eq!(store.events().unwrap(), every_kind());
    assert!(!store.is_empty().unwrap());
}

#[test]
fn what_was_imported_is_there_after_reopening() {
    let home = home();
    let imported = import(&mut open(&home), &every_kind()).unwrap();
    assert_eq!(imported, ImportSummary { new: every_kind().len(), known: 0, conflicts: vec![] });
    assert_eq!(open(&home).events().unwrap(), every_kind());
}

#[test]
fn an_event_is_on_disk_before_the_store_is_closed() {
    let home = home();
    let mut writer = open(&home);
    writer.record(&[skipped(1)]).unwrap();
    assert_eq!(ids(&open(&home)), [1]);
    // As a crash would leave it: nothing is closed, nothing is dropped.
    std::mem::forget(writer);
    assert_eq!(ids(&open(&home)), [1]);
}

#[test]
fn a_written_line_is_read_as_the_same_event() {
    for event in every_kind() {
        assert_eq!(jsonl::read(&jsonl::write(&event)), Ok(event));
    }
}

#[test]
fn a_chance_of_guessing_is_read_as_it_was_written_to_the_last_bit() {
    for ways in 2..3000 {
        let answered = Answered { guess: 1.0 / f64::from(ways), ..answer() };
        let event = event(1, Deed::Answered(answered));
        assert_eq!(jsonl::read(&jsonl::write(&event)), Ok(event), "1/{ways}");
    }
}

/// More than a plan can add up.
#[test]
fn a_fee_above_the_limit_is_refused() {
    let line = |fee: &str| {
        let (id, at) = ("00000000-0000-7000-8000-000000000001", "2026-11-23T10:00:00Z");
        format!(
            r#"{{"id":"{id}","at":"{at}","kind":"scheduled","credential":"c","on":"2026-12-24","fee":{fee}}}"#
        )
    };
    for (fee, fits) in [("0", true), ("1e9", true), ("1000000001", false), ("1e300", false), ("-1", false)] {
        assert_eq!(jsonl::read(&line(fee)).is_ok(), fits, "{fee}");
    }
}

#[test]
fn a_line_is_the_same_text_whatever_order_its_keys_had() {
    let line = jsonl::write(&every_kind()[20]);
    let object: Map<String, Value> = serde_json::from_str(&line).unwrap();
    let turned: Vec<String> = object.iter().rev().map(|(k, v)| format!("{}:{v}", json!(k))).collect();
    let turned = format!("{{{}}}", turned.join(" , "));
    assert_ne!(turned, line);
    assert_eq!(jsonl::write(&jsonl::read(&turned).unwrap()), line);
}

#[test]
fn a_new_store_is_empty_and_keeps_its_device_name() {
    let home = home();
    let first = open(&home);
    assert!(first.is_empty().unwrap());
    assert_eq!(first.events().unwrap(), []);
    assert!(first.last_deed().unwrap().is_none());
    let device = first.device().to_owned();
    assert_ne!(device, "");
    drop(first);
    assert_eq!(open(&home).device(), device);
    assert_ne!(open(&self::home()).device(), device);
}

#[test]
fn a_deed_is_recorded_as_a_whole_or_not_at_all() {
    let home = home();
    let mut store = open(&home);
    store.record(&[skipped(1)]).unwrap();
    // The third has an id that is taken.
    assert!(store.record(&[skipped(2), skipped(3), skipped(1), skipped(4)]).is_err());
    assert_eq!(ids(&store), [1]);
    // A chance of guessing that the schema refuses, after a part of the event was written.
    let impossible = event(5, Deed::Answered(Answered { guess: 1.0, ..answer() }));
    assert!(store.record(&[skipped(4), impossible.clone()]).is_err());
    assert!(import(&mut store, &[skipped(4), impossible]).is_err());
    assert_eq!(ids(&store), [1]);
    store.record(&[skipped(2), skipped(3)]).unwrap();
    drop(store);
    assert_eq!(ids(&open(&home)), [1, 2, 3]);
}

#[test]
fn two_stores_on_one_file_see_what_the_other_records() {
    let home = home();
    let (mut one, mut other) = (open(&home), open(&home));
    one.record(&[skipped(1)]).unwrap();
    assert_eq!(ids(&other), [1]);
    other.record(&[skipped(2)]).unwrap();
    one.record(&[skipped(3)]).unwrap();
    assert_eq!(ids(&one), [1, 2, 3]);
    assert_eq!(ids(&other), [1, 2, 3]);
    assert_eq!(last(&other), [3]);
}

#[test]
fn two_threads_record_into_one_file_and_nothing_is_lost() {
    const EACH: u128 = 60;
    let home = home();
    assert!(open(&home).is_empty().unwrap());
    thread::scope(|scope| {
        for first in [0, 1000] {
            let path = home.path();
            scope.spawn(move || {
                let mut store = Store::open(path, Utc::now()).unwrap();
                for id in first..first + EACH {
                    store.record(&[skipped(id)]).unwrap();
                }
            });
        }
    });
    let store = open(&home);
    let all = ids(&store);
    assert_eq!(all.len() as u128, 2 * EACH);
    for first in [0, 1000] {
        let own: Vec<u128> = all.iter().copied().filter(|id| (first..first + EACH).contains(id)).collect();
        assert!(own.is_sorted(), "each thread's events are in its order");
    }
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn deeds_that_two_threads_record_at_once_stay_whole() {
    let home = home();
    open(&home).record(&[skipped(1), skipped(2)]).unwrap();
    thread::scope(|scope| {
        for first in [10, 20] {
            let path = home.path();
            scope.spawn(move || {
                let mut store = Store::open(path, Utc::now()).unwrap();
                store.record(&[skipped(first), skipped(first + 1), skipped(first + 2)]).unwrap();
            });
        }
    });
    let store = open(&home);
    let deed = last(&store);
    assert!(deed == [10, 11, 12] || deed == [20, 21, 22], "{deed:?}");
}

#[test]
fn several_threads_may_open_a_new_home_at_once() {
    // Often enough that they meet at every step of the making.
    for _ in 0..40 {
        let home = home();
        let devices: Vec<String> = thread::scope(|scope| {
            let openers: Vec<_> = (0..6)
                .map(|_| {
                    scope
                        .spawn(|| Store::open(home.path(), Utc::now()).map(|store| store.device().to_owned()))
                })
                .collect();
            openers.into_iter().map(|opener| opener.join().unwrap().unwrap()).collect()
        });
        assert!(devices.iter().all(|device| *device == devices[0]), "{devices:?}");
    }
}

#[test]
fn the_last_deed_is_the_last_recorded_that_was_not_undone() {
    let home = home();
    let mut store = open(&home);
    store.record(&[skipped(1)]).unwrap();
    store.record(&[skipped(2), skipped(3)]).unwrap();
    store.record(&[skipped(4)]).unwrap();
    assert_eq!(last(&store), [4]);
    store.record(&[retracted(5, 4)]).unwrap();
    assert_eq!(last(&store), [2, 3], "one deed of two events");
    store.record(&[retracted(6, 2), retracted(7, 3)]).unwrap();
    assert_eq!(last(&store), [1]);
    drop(store);
    let mut store = open(&home);
    assert_eq!(last(&store), [1], "also after reopening");
    store.record(&[retracted(8, 1)]).unwrap();
    assert!(last(&store).is_empty());
    store.record(&[skipped(9)]).unwrap();
    assert_eq!(last(&store), [9]);
}

#[test]
fn the_last_deed_goes_by_the_order_of_recording_and_not_by_time() {
    let home = home();
    let mut store = open(&home);
    store.record(&[skipped(1)]).unwrap();
    store.record(&[Event { at: at("2001-01-01T00:00:00Z"), ..skipped(2) }]).unwrap();
    assert_eq!(last(&store), [2]);
}

#[test]
fn the_rest_of_a_deed_that_was_undone_in_part_is_the_last_deed() {
    let home = home();
    let mut store = open(&home);
    store.record(&[skipped(1), skipped(2), skipped(3)]).unwrap();
    import(&mut store, &[retracted(9, 2)]).unwrap();
    assert_eq!(last(&store), [1, 3]);
}

#[test]
fn importing_is_a_union_by_id() {
    let home = home();
    let mut store = open(&home);
    store.record(&[skipped(1), skipped(2)]).unwrap();
    let imported = import(&mut store, &[skipped(2), skipped(3), skipped(3)]).unwrap();
    assert_eq!(imported, ImportSummary { new: 1, known: 2, conflicts: vec![] });
    let imported = import(&mut store, &[skipped(3), skipped(1), skipped(2)]).unwrap();
    assert_eq!(imported, ImportSummary { new: 0, known: 3, conflicts: vec![] });
    assert_eq!(import(&mut store, &[]).unwrap(), ImportSummary::default());
    assert_eq!(ids(&store), [1, 2, 3]);
}

#[test]
fn of_two_different_events_with_one_id_the_one_that_is_there_stays_and_both_are_reported() {
    for event in every_kind() {
        let home = home();
        let mut store = open(&home);
        let other = Event { device: "elsewhere".into(), ..event.clone() };
        let conflicts = import(&mut store, &[event.clone(), other.clone()]).unwrap().conflicts;
        let (kept, aside) = (jsonl::write(&event), jsonl::write(&other));
        assert_eq!(conflicts, [Conflict { id: event.id, kept, aside }]);
        assert_eq!(store.events().unwrap(), [event]);
    }
}

#[test]
fn what_was_imported_on_two_devices_is_one_event_and_no_conflict() {
    let id = Uuid::from_u128(0x0000_0000_0000_5000_8000_0000_0000_0001);
    let [here, there] = ["a", "b"].map(|device| Event { id, device: device.into(), ..skipped(1) });
    for pair in [[here.clone(), there.clone()], [there, here.clone()]] {
        let home = home();
        let mut store = open(&home);
        assert_eq!(import(&mut store, &pair).unwrap(), ImportSummary { new: 1, known: 1, conflicts: vec![] });
        assert_eq!(store.events().unwrap(), std::slice::from_ref(&here));
    }
}

#[test]
fn an_intact_store_has_no_problems_and_a_damaged_one_has() {
    let home = home();
    let mut store = open(&home);
    let events: Vec<Event> = (1..3000).map(|id| event(id, Deed::Answered(answer()))).collect();
    import(&mut store, &events).unwrap();
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    let path = store.path().to_owned();
    drop(store);
    // The pages of the tables' inside: the head stays sound.
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20_000].fill(0x5a);
    fs::write(&path, &bytes).unwrap();
    let found = Store::open(home.path(), Utc::now()).and_then(|store| store.check());
    assert!(found.as_ref().map_or(true, |problems| !problems.is_empty()), "{found:?}");
    assert_eq!(fs::read(&path).unwrap(), bytes, "nothing is written to it");
}

#[test]
fn a_row_that_cannot_be_read_is_damage_and_not_a_crash() {
    for spoil in [
        "UPDATE journal SET body = 'no JSON'",
        "UPDATE journal SET body = '[]'",
        "UPDATE journal SET body = NULL",
        "UPDATE journal SET offset = 999999999",
        "UPDATE journal SET kind = 'answered'",
        "UPDATE journal SET kind = 'retracted'",
        "UPDATE journal SET device = 'hera'",
        "UPDATE journal SET at = at + 1",
        "UPDATE journal SET seq = seq + 1",
        "UPDATE journal SET batch = batch + 1",
        "UPDATE journal SET sum = sum + 1",
        "UPDATE journal SET sum = NULL",
        "UPDATE journal SET id = randomblob(16)",
        r#"UPDATE journal SET body = '{"credential":"c2"}'"#,
    ] {
        let home = home();
        let mut store = open(&home);
        store.record(&[skipped(1)]).unwrap();
        store.connection.execute(spoil, []).unwrap();
        let read = store.events().and_then(|_| store.last_deed());
        assert!(matches!(read, Err(StoreError::Damaged { .. })), "{spoil}: {read:?}");
    }
}

#[test]
fn an_error_names_the_path_and_what_to_do() {
    let home = home();
    let file = home.path().join("file");
    fs::write(&file, "a letter").unwrap();
    let error = Store::open(&file, Utc::now()).unwrap_err();
    assert!(matches!(error, StoreError::HomeIsFile(_)), "{error:?}");
    let said = error.to_string();
    assert!(said.contains(file.to_str().unwrap()) && said.contains("--home"), "{said}");

    let path = Store::path_in(home.path());
    fs::write(&path, "this is no store").unwrap();
    let error = Store::open(home.path(), Utc::now()).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    let said = error.to_string();
    assert!(said.contains(path.to_str().unwrap()) && said.contains("nothing was changed"), "{said}");
}

#[test]
fn a_newer_schema_is_refused_by_its_number() {
    let home = home();
    let store = open(&home);
    store.connection.pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
    drop(store);
    let error = Store::open(home.path(), Utc::now()).unwrap_err();
    assert!(matches!(error, StoreError::Newer { version, .. } if version == SCHEMA_VERSION + 1), "{error:?}");
}

#[test]
fn what_is_committed_survives_a_power_cut() {
    let home = home();
    let store = open(&home);
    let pragma = |name: &str| -> String {
        let value =
            store.connection.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0));
        format!("{:?}", value.unwrap())
    };
    assert_eq!(pragma("journal_mode"), r#"Text("wal")"#);
    assert_eq!(pragma("synchronous"), "Integer(2)");
    assert_eq!(pragma("user_version"), format!("Integer({SCHEMA_VERSION})"));
}

/// A line as an older version wrote it.
fn without_sum(line: &str) -> String {
    let mut keys: Map<String, Value> = serde_json::from_str(line).unwrap();
    keys.remove("sum").expect("a checksum");
    Value::Object(keys).to_string()
}

#[test]
fn the_checksum_of_a_line_is_that_of_the_line_without_it() {
    for event in every_kind() {
        let line = jsonl::write(&event);
        let sum = format!("{:08x}", crc32fast::hash(without_sum(&line).as_bytes()));
        assert!(line.contains(&format!("\"sum\":\"{sum}\"")), "{line}");
        assert_eq!(jsonl::read_line(&line).map(|line| line.has_sum), Ok(true));
        assert_eq!(jsonl::read_line(&without_sum(&line)), Ok(Line { event, has_sum: false }));
    }
}

#[test]
fn a_line_never_changes_so_that_checksums_of_today_hold_tomorrow() {
    let line = concat!(
        r#"{"at":"2026-11-23T12:00:00.123456789+01:00","correct":true,"cram":true,"device":"here","form":"any-of","#,
        r#""given":["a","ü \"b\"\n"],"guess":0.1,"hint":true,"id":"00000000-0000-0000-0000-000000000007","#,
        r#""kind":"answered","question":"p/q","revision":"r1","sitting":"s","sum":"55f1cb31","took_ms":1234}"#
    );
    assert_eq!(jsonl::write(&event(7, Deed::Answered(answer()))), line);
}

#[test]
fn every_flipped_bit_of_a_line_is_noticed_or_changes_nothing() {
    let more = json!({ "x": 1e100, "y": null, "z": "é" }).as_object().unwrap().clone();
    let strange = Event { extra: more, ..event(8, Deed::Unknown { kind: "dreamed".into() }) };
    for event in [event(7, Deed::Answered(answer())), strange] {
        let line = jsonl::write(&event);
        for bit in 0..line.len() * 8 {
            let mut bytes = line.clone().into_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let Ok(flipped) = String::from_utf8(bytes) else { continue };
            if let Ok(read) = jsonl::read(&flipped) {
                assert_eq!(read, event, "{flipped}");
            }
        }
    }
}

#[test]
fn a_line_of_another_version_passes_with_numbers_and_keys_that_this_one_would_write_otherwise() {
    let text = r#"{"at":"2026-11-23T12:00:00Z","big":123456789012345678901234567890,"id":"00000000-0000-7000-8000-000000000001","kind":"dreamed","n":1e2}"#;
    let sum = format!("{:08x}", crc32fast::hash(text.as_bytes()));
    let line = text.replacen('{', &format!("{{ \"sum\":\"{sum}\", "), 1);
    assert!(jsonl::read_line(&line).unwrap().has_sum);
    assert!(jsonl::read_line(&line.replace("1e2", "1e3")).is_err());
}

#[test]
fn a_time_is_written_as_rfc_3339_has_it() {
    for (text, nanoseconds) in [
        ("2026-11-23T12:00:00+01:00", 0),
        ("2026-11-23T12:00:00.5-09:30", 0),
        ("1700-01-01T00:00:00.000001+00:00", 0),
        ("2261-01-01T23:59:59.123456789-00:01", 0),
        ("2026-02-28T23:59:59.999999999+14:00", 1),
    ] {
        let at = at(text) + chrono::Duration::nanoseconds(nanoseconds);
        let line: Value = serde_json::from_str(&jsonl::write(&Event { at, ..skipped(1) })).unwrap();
        assert_eq!(line["at"], at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false));
    }
}

#[test]
fn an_answer_is_the_same_event_whether_its_line_is_plain_or_not() {
    let plain = jsonl::write(&event(7, Deed::Answered(answer())));
    let spaced = plain.replace("\"kind\":", "\"kind\": ").replace("answered", "\\u0061nswered");
    assert_eq!(jsonl::read(&spaced), jsonl::read(&plain));
    for (from, to) in [("\"guess\":0.1", "\"guess\":1.0"), ("\"guess\":0.1", "\"guess\":-0.1"), ("p/q", "")] {
        assert!(jsonl::read(&without_sum(&plain).replace(from, to)).is_err(), "{to}");
    }
    let more = without_sum(&plain).replacen('{', "{\"later\":1,", 1);
    assert_eq!(jsonl::read(&more).unwrap().extra.len(), 1);
}

#[test]
fn a_store_that_has_lost_a_row_that_it_must_have_is_damaged_and_can_be_set_aside() {
    for key in ["device", "edition"] {
        let home = home();
        let store = open(&home);
        store.connection.execute("DELETE FROM store WHERE key = ?1", [key]).unwrap();
        drop(store);
        let opened = Store::open(home.path(), Utc::now()).and_then(|store| store.head());
        assert!(matches!(opened, Err(StoreError::Damaged { .. })), "{key}: {opened:?}");
    }
}
