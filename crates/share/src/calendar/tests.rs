//! The calendar: what is in it, byte by byte, and as two other programs read it.

use chrono::{DateTime, Days, NaiveDate, Utc};
use icalendar::{Component, DatePerhapsTime};
use proptest::prelude::*;
use serde_json::Map;
use uuid::Uuid;

use super::{CalendarEntry, EntryKind, entries, write};
use badgedex_domain::catalog::{CredentialId, Expires};
use badgedex_domain::journal::{Deed, Event, Passed, Scheduled, effective};
use badgedex_domain::library::Library;
use badgedex_domain::record::Record;
use badgedex_domain::sanitize;

const CLOUD: &str = "aws-cloud-practitioner";
const DEVELOPER: &str = "aws-developer-associate";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-23")
}

fn stamp() -> DateTime<Utc> {
    "2026-11-22T21:30:05.5Z".parse().unwrap()
}

fn library() -> Library {
    badgedex_packs::load(&[], today()).library
}

fn passed(credential: &str, on: &str, expires: Option<&str>) -> Deed {
    Deed::Passed(Passed {
        expires: expires.map(|text| Expires::On(day(text))),
        ..Passed::new(CredentialId::new(credential), day(on))
    })
}

fn booked(credential: &str, on: &str, fee: Option<f64>) -> Deed {
    Deed::Scheduled(Scheduled { credential: CredentialId::new(credential), on: day(on), fee, place: None })
}

fn record(deeds: Vec<Deed>, library: &Library) -> Record {
    let event = |(i, deed): (usize, Deed)| Event {
        id: Uuid::from_u128(i as u128 + 1),
        at: DateTime::parse_from_rfc3339("2026-11-01T12:00:00+00:00").unwrap(),
        device: "test".into(),
        deed,
        extra: Map::new(),
    };
    Record::of(&effective(deeds.into_iter().enumerate().map(event).collect()), library.catalogs())
}

fn shown(deeds: Vec<Deed>, today: &str) -> Vec<CalendarEntry> {
    let library = library();
    entries(&record(deeds, &library), library.catalogs(), day(today))
}

/// Day, last day and title of each.
fn lines(entries: &[CalendarEntry]) -> Vec<String> {
    entries
        .iter()
        .map(|e| match e.until {
            Some(until) => format!("{}..{until} {}", e.on, e.title),
            None => format!("{} {}", e.on, e.title),
        })
        .collect()
}

fn titled(title: &str, text: &str) -> CalendarEntry {
    CalendarEntry {
        kind: EntryKind::Exam,
        uid: "exam-x-2027-01-01@badgedex".into(),
        on: day("2026-12-31"),
        until: None,
        title: title.into(),
        text: text.into(),
    }
}

/// A learner with an exam to sit, one to tell about, and expiries near and far.
fn some_years() -> Vec<CalendarEntry> {
    shown(
        vec![
            passed(CLOUD, "2024-03-14", None),
            passed("aws-security-specialty", "2026-02-01", None),
            passed("aws-technical-professional", "2020-05-05", None),
            booked(DEVELOPER, "2026-12-05", Some(75.0)),
            booked("aws-ai-practitioner", "2026-11-20", None),
            booked(CLOUD, "2027-01-10", None),
        ],
        "2026-11-23",
    )
}

#[test]
fn exams_expiries_and_windows_come_in_the_order_of_their_days() {
    let cloud = "AWS Certified Cloud Practitioner";
    let security =
        library().catalogs().credential(&CredentialId::new("aws-security-specialty")).unwrap().name.clone();
    assert_eq!(
        lines(&some_years()),
        [
            format!("2026-09-15..2027-03-14 Renewal window: {cloud}"),
            "2026-11-20 Exam: AWS Certified AI Practitioner".to_owned(),
            "2026-12-05 Exam: AWS Certified Developer - Associate".to_owned(),
            format!("2027-01-10 Exam: {cloud}"),
            format!("2027-03-14 {cloud} expires"),
            format!("2028-08-05..2029-02-01 Renewal window: {security}"),
            format!("2029-02-01 {security} expires"),
        ]
    );
}

#[test]
fn an_expiry_and_its_window_are_one_entry_each_until_the_expiry_is_past() {
    for today in ["2026-09-14", "2026-12-15", "2027-02-13", "2027-03-14"] {
        let kinds: Vec<EntryKind> =
            shown(vec![passed(CLOUD, "2024-03-14", None)], today).iter().map(|e| e.kind).collect();
        assert_eq!(kinds, [EntryKind::Window, EntryKind::Expiry], "{today}");
    }
    assert_eq!(shown(vec![passed(CLOUD, "2024-03-14", None)], "2027-03-15"), []);
}

#[test]
fn alarms_ring_the_day_before_an_exam_when_a_window_opens_and_90_and_30_days_before_an_expiry() {
    assert_eq!(EntryKind::Exam.triggers(), ["-PT15H"]);
    assert_eq!(EntryKind::Window.triggers(), ["PT9H"]);
    assert_eq!(EntryKind::Expiry.triggers(), ["-P89DT15H", "-P29DT15H"]);
    assert!(super::REMIND_BEFORE.iter().all(|days| days.cast_signed() < super::EXPIRING_DAYS));
}

#[test]
fn leap_days_count() {
    let starts = |expires: &str| {
        let entries = shown(vec![passed(CLOUD, "2024-01-01", Some(expires))], "2024-01-02");
        entries.iter().map(|e| e.on.to_string()).collect::<Vec<_>>()
    };
    let leap = ["2027-09-02", "2028-02-29"];
    assert_eq!(starts("2028-02-29"), leap);
    let after = ["2027-09-03", "2028-03-01"];
    assert_eq!(starts("2028-03-01"), after);
    let given = shown(vec![passed(CLOUD, "2024-02-29", None)], "2026-11-23");
    assert_eq!(given.last().unwrap().on, day("2027-02-28"));
    let written = write(&shown(vec![passed(CLOUD, "2024-01-01", Some("2028-02-28"))], "2028-02-28"), stamp());
    assert_eq!(written.matches("DTEND;VALUE=DATE:20280229\r\n").count(), 2);
}

#[test]
fn a_window_begins_no_earlier_than_the_holding() {
    let short = shown(vec![passed(CLOUD, "2026-11-20", Some("2026-12-31"))], "2026-11-23");
    let window = short.iter().find(|e| e.kind == EntryKind::Window).unwrap();
    assert_eq!((window.on, window.until), (day("2026-11-20"), Some(day("2026-12-31"))));
    let backwards = shown(vec![passed(CLOUD, "2026-11-20", Some("2026-11-01"))], "2026-10-01");
    let window = backwards.iter().find(|e| e.kind == EntryKind::Window).unwrap();
    assert_eq!((window.on, window.until), (day("2026-11-01"), Some(day("2026-11-01"))));
}

#[test]
fn an_exam_says_its_code_and_what_was_paid_else_what_it_costs() {
    let library = library();
    let known = library.catalogs().credential(&CredentialId::new(DEVELOPER)).unwrap();
    let fee = known.fee.unwrap();
    let text = |fee| shown(vec![booked(DEVELOPER, "2026-12-05", fee)], "2026-11-23").remove(0).text;
    assert!(text(None).contains(&format!("\nFee: {fee}\n")));
    assert!(text(Some(75.0)).contains("\nPaid: USD 75\n"));
    assert!(!text(Some(75.0)).contains("Fee"));
    assert!(text(Some(0.0)).contains("\nPaid: free\n"));
}

#[test]
fn an_exam_has_the_code_of_its_day() {
    for (credential, on, code) in [
        (DEVELOPER, "2026-11-30", "DVA-C02"),
        (DEVELOPER, "2026-12-01", "DVA-C03"),
        (CLOUD, "2020-01-15", "CLF-C01"),
        (CLOUD, "2026-12-05", "CLF-C02"),
        ("aws-machine-learning-engineer-associate", "2026-12-05", "MLA-C02"),
        ("aws-advanced-networking-specialty", "2026-12-05", "ANS-C01"),
    ] {
        let text = shown(vec![booked(credential, on, None)], on).remove(0).text;
        assert!(text.starts_with(&format!("Code: {code}\n")), "{credential} on {on}: {text}");
    }
    let unsure = shown(vec![booked("aws-solutions-architect-associate", "2020-02-01", None)], "2020-01-15");
    assert!(!unsure[0].text.contains("Code"), "two versions may be meant: {}", unsure[0].text);
}

#[test]
fn an_expiry_names_what_renews_it_and_nothing_that_is_retired_by_then() {
    let text = |credential, on| shown(vec![passed(credential, on, None)], "2026-11-23").pop().unwrap().text;
    let developer = text(DEVELOPER, "2024-06-01");
    assert!(
        developer.starts_with("Valid through 1 June 2027.\nRenewed by passing one of:\n- "),
        "{developer}"
    );
    assert!(developer.contains("\n- AWS Certified DevOps Engineer - Professional ("), "{developer}");
    assert!(developer.contains("(DVA-C02, later DVA-C03, "), "{developer}");
    let sysops = text("aws-sysops-administrator-associate", "2025-03-01");
    assert!(sysops.contains("CloudOps") && !sysops.contains("SysOps"), "{sysops}");
    let networking = text("aws-advanced-networking-specialty", "2025-03-01");
    assert!(networking.contains("until 31 December 2026)"), "{networking}");
}

#[test]
fn an_expiry_names_the_ways_without_an_exam_with_their_days() {
    let text = |credential, on| shown(vec![passed(credential, on, None)], "2026-11-23").pop().unwrap().text;
    let cloud = text(CLOUD, "2024-03-14");
    let game = "Renewed without an exam by:\n- AWS Cloud Quest: Recertify Cloud Practitioner (free), \
                from 1 October 2026 until 14 March 2027: Finish the game online.";
    assert!(cloud.ends_with(game), "{cloud}");
    assert!(
        text(DEVELOPER, "2024-06-01").contains("\n- Training on AWS Skill Builder (beta), from 3 March 2027")
    );
    assert!(!text("aws-security-specialty", "2024-06-01").contains("without an exam"));
}

#[test]
fn what_nothing_renews_expires_without_a_renewal_window() {
    let retired = shown(vec![passed("aws-machine-learning-specialty", "2025-03-01", None)], "2026-11-23");
    let kinds: Vec<EntryKind> = retired.iter().map(|e| e.kind).collect();
    assert_eq!(kinds, [EntryKind::Expiry]);
    assert!(retired[0].text.ends_with("\nNo exam on offer renews it."));
}

#[test]
fn a_credential_that_no_catalog_knows_is_called_by_its_id() {
    let deeds =
        vec![passed("gone", "2026-01-01", Some("2027-01-01")), booked("lost", "2026-12-01", Some(9.5))];
    let entries = shown(deeds, "2026-12-02");
    assert_eq!(
        lines(&entries),
        ["2026-07-05..2027-01-01 Renewal window: gone", "2026-12-01 Exam: lost", "2027-01-01 gone expires",]
    );
    assert!(entries[1].text.starts_with("Paid: 9.50\n"));
    assert_eq!(entries[2].text, "Valid through 1 January 2027.");
}

#[test]
fn uids_are_unique_and_stay_when_an_exam_is_moved() {
    let all = some_years();
    let uids: std::collections::BTreeSet<&str> = all.iter().map(|e| e.uid.as_str()).collect();
    assert_eq!(uids.len(), all.len());
    assert!(uids.contains("expiry-aws-cloud-practitioner-2027-03-14@badgedex"));
    assert!(uids.contains("window-aws-cloud-practitioner-2027-03-14@badgedex"));
    let uid = |on| shown(vec![booked(DEVELOPER, on, None)], "2026-11-23").remove(0).uid;
    assert_eq!(uid("2026-12-05"), "exam-aws-developer-associate@badgedex");
    assert_eq!(uid("2026-12-05"), uid("2027-01-05"));
}

#[test]
fn one_entry_byte_by_byte() {
    let span =
        CalendarEntry { kind: EntryKind::Window, until: Some(day("2027-01-31")), ..titled("Renew", "a") };
    let head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//badgedex//badgedex//EN\r\n\
        CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:badgedex\r\n";
    let first = "BEGIN:VEVENT\r\nUID:exam-x-2027-01-01@badgedex\r\nDTSTAMP:20261122T213005Z\r\n\
        DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n\
        SUMMARY:90 days\\, or so\r\nDESCRIPTION:one\\; two\\nC:\\\\three\r\n\
        CATEGORIES:Exam\r\nTRANSP:TRANSPARENT\r\n\
        BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15H\r\nDESCRIPTION:90 days\\, or so\r\nEND:VALARM\r\n\
        END:VEVENT\r\n";
    let second = "BEGIN:VEVENT\r\nUID:exam-x-2027-01-01@badgedex\r\nDTSTAMP:20261122T213005Z\r\n\
        DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270201\r\n\
        SUMMARY:Renew\r\nDESCRIPTION:a\r\nCATEGORIES:Renewal\r\nTRANSP:TRANSPARENT\r\n\
        BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:PT9H\r\nDESCRIPTION:Renew\r\nEND:VALARM\r\n\
        END:VEVENT\r\n";
    let written = write(&[titled("90 days, or so", "one; two\r\nC:\\three"), span], stamp());
    assert_eq!(written, format!("{head}{first}{second}END:VCALENDAR\r\n"));
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    assert_eq!(write(&some_years(), stamp()), write(&some_years(), stamp()));
}

#[test]
fn every_line_ends_in_crlf_and_takes_75_octets_at_most() {
    let long = titled(&"ä".repeat(200), &"word, ".repeat(100));
    for text in [write(&some_years(), stamp()), write(&[long], stamp())] {
        check_bytes(&text);
        assert!(text.contains("\r\n "));
    }
}

#[test]
fn a_fold_is_never_inside_a_character() {
    for (c, octets) in [("a", 1), ("é", 2), ("€", 3), ("😀", 4)] {
        for before in 0..8 {
            let title = format!("{}{}", "x".repeat(60 + before), c.repeat(40));
            let written = write(&[titled(&title, "")], stamp());
            let line = written.lines().find(|l| l.starts_with("SUMMARY:")).unwrap();
            let room = 75 - "SUMMARY:".len() - (60 + before);
            let expected = 75 - room % octets;
            assert_eq!(line.len(), expected, "{before} before {c}");
            assert!(unfolded(&written).contains(&format!("SUMMARY:{title}\r\n")));
        }
    }
}

#[test]
fn a_fold_comes_after_no_blank_but_where_there_is_nothing_else() {
    let written = write(&[titled(&format!("{} {}", "x".repeat(66), "y".repeat(20)), "")], stamp());
    assert!(written.contains(&format!("SUMMARY:{}\r\n  {}\r\n", "x".repeat(66), "y".repeat(20))));
    check_bytes(&write(&[titled(&" ".repeat(300), &" ".repeat(300))], stamp()));
}

#[test]
fn hostile_text_passes_the_gate() {
    for (foreign, written) in [
        ("a\u{1b}[31m\u{0}b", "a␛[31m␀b"),
        ("x\r\nEND:VCALENDAR", "x END:VCALENDAR"),
        ("\u{202e}evil", "<U+202E>evil"),
        ("\u{7f}\u{85}\u{200b}", "␡ "),
    ] {
        let text = write(&[titled(foreign, foreign)], stamp());
        assert!(text.contains(&format!("SUMMARY:{written}\r\n")), "{text}");
        assert!(!text.chars().any(|c| c.is_control() && c != '\r' && c != '\n'));
        assert_eq!(text.matches("\r\nEND:VCALENDAR").count(), 1);
    }
    let uid = CalendarEntry { uid: "a\nSUMMARY:b;c".into(), ..titled("t", "") };
    assert!(write(&[uid], stamp()).contains("UID:a SUMMARY:b\\;c\r\n"));
}

#[test]
fn days_that_four_digits_do_not_hold_are_left_out() {
    let on = |on| CalendarEntry { on, ..titled("t", "") };
    assert!(!write(&[on(NaiveDate::MAX), on(NaiveDate::MIN)], stamp()).contains("VEVENT"));
    let last = write(&[on(day("9999-12-31"))], stamp());
    assert!(last.contains("DTSTART;VALUE=DATE:99991231\r\nSUMMARY"));
    let late = CalendarEntry { until: Some(NaiveDate::MAX), ..titled("t", "") };
    assert!(!write(&[late], stamp()).contains("DTEND"));
    for (at, written) in [
        ("2016-12-31T23:59:60Z", "20161231T235959Z"),
        ("9999-12-31T23:59:59-12:00", "19700101T115959Z"),
        ("2026-01-01T00:30:00+01:00", "20251231T233000Z"),
    ] {
        let at = DateTime::parse_from_rfc3339(at).unwrap().to_utc();
        assert!(write(&[titled("t", "")], at).contains(&format!("DTSTAMP:{written}\r\n")), "{at}");
    }
}

#[test]
fn the_crate_icalendar_reads_back_what_was_written() {
    let all = some_years();
    let read: icalendar::Calendar = write(&all, stamp()).parse().unwrap();
    assert_eq!(read.property_value("METHOD"), Some("PUBLISH"));
    let events: Vec<&icalendar::Event> = read.components.iter().filter_map(|c| c.as_event()).collect();
    assert_eq!(events.len(), all.len());
    for (event, entry) in events.into_iter().zip(&all) {
        let end = entry.until.unwrap_or(entry.on) + Days::new(1);
        assert_eq!(event.get_uid(), Some(entry.uid.as_str()));
        assert_eq!(event.get_start(), Some(DatePerhapsTime::Date(entry.on)));
        assert_eq!(event.get_end(), Some(DatePerhapsTime::Date(end)));
        assert_eq!(event.get_summary(), Some(entry.title.as_str()));
        assert_eq!(event.get_description(), Some(entry.text.as_str()));
        assert_eq!(event.get_timestamp().map(|t| t.timestamp()), Some(stamp().timestamp()));
        assert_eq!(event.components().len(), entry.kind.triggers().len());
    }
}

#[test]
fn the_crate_ical_reads_back_what_was_written() {
    let all = some_years();
    let text = write(&all, stamp());
    let calendars: Vec<_> = ical::IcalParser::new(text.as_bytes()).collect::<Result<_, _>>().unwrap();
    assert_eq!(calendars.len(), 1);
    assert_eq!(calendars[0].events.len(), all.len());
    for (event, entry) in calendars[0].events.iter().zip(&all) {
        let value = |name: &str| {
            let property = event.properties.iter().find(|p| p.name == name);
            property.and_then(|p| p.value.clone()).map(|v| unescaped(&v)).unwrap()
        };
        let end = entry.until.unwrap_or(entry.on) + Days::new(1);
        assert_eq!(value("UID"), entry.uid);
        assert_eq!(value("DTSTART"), entry.on.format("%Y%m%d").to_string());
        assert_eq!(value("DTEND"), end.format("%Y%m%d").to_string());
        assert_eq!(value("SUMMARY"), entry.title);
        assert_eq!(value("DESCRIPTION"), entry.text);
        assert_eq!(event.alarms.len(), entry.kind.triggers().len());
    }
}

proptest! {
    #[test]
    fn any_text_survives(title in texts(), text in texts()) {
        let written = write(&[titled(&title, &text)], stamp());
        check_bytes(&written);
        let whole = unfolded(&written);
        let value = |name: &str| whole.split("\r\n").find_map(|l| l.strip_prefix(name)).map(unescaped);
        prop_assert_eq!(value("SUMMARY:").unwrap(), sanitize::line(&title));
        prop_assert_eq!(value("DESCRIPTION:").unwrap(), sanitize::paragraph(&text));
        prop_assert_eq!(whole.matches("\r\nEND:").count(), 3);
    }

    #[test]
    fn any_text_is_read_back_by_another_program(title in texts(), text in texts()) {
        let read: icalendar::Calendar = write(&[titled(&title, &text)], stamp()).parse().unwrap();
        let event = read.components[0].as_event().unwrap();
        prop_assert_eq!(event.get_summary().unwrap_or_default(), sanitize::line(&title));
        prop_assert_eq!(event.get_description().unwrap_or_default(), sanitize::paragraph(&text));
    }
}

/// Any characters, and many of those that the format or the gate looks at.
fn texts() -> impl Strategy<Value = String> {
    let awkward =
        prop::sample::select(vec!["\\", ";", ",", "\n", "\r\n", "\\n", " ", ":", "\"", "é", "€", "😀", "\t"]);
    let piece =
        prop_oneof![awkward.prop_map(str::to_owned), any::<char>().prop_map(String::from), "[a-z]{1,30}"];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn check_bytes(text: &str) {
    assert!(text.ends_with("\r\n"));
    for line in text.strip_suffix("\r\n").unwrap().split("\r\n") {
        assert!(!line.is_empty() && line.len() <= 75, "{} octets: {line:?}", line.len());
        assert!(!line.contains(['\r', '\n']), "{line:?}");
        assert_ne!(line, " ", "a fold before nothing");
    }
}

fn unfolded(text: &str) -> String {
    text.replace("\r\n ", "")
}

/// The reverse of RFC 5545's escapes, written for these tests alone.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next().unwrap() {
                'n' | 'N' => plain.push('\n'),
                c @ ('\\' | ';' | ',') => plain.push(c),
                c => panic!("no escape: \\{c}"),
            },
            c => {
                assert!(!matches!(c, ';' | ','), "not escaped: {text}");
                plain.push(c);
            }
        }
    }
    plain
}
