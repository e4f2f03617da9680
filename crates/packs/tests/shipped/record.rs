//! What is held, booked, skipped and set aside after a journal.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::Map;
use uuid::Uuid;

use badgedex_domain::catalog::{CredentialId, Expires};
use badgedex_domain::catalogs::Catalogs;
use badgedex_domain::journal::{self, Scheduled};
use badgedex_domain::journal::{Deed, Event, Passed};
use badgedex_domain::question::QuestionId;
use badgedex_domain::record::*;
use badgedex_packs as packs;
use chrono::{DateTime, Days, NaiveDate};

static SHIPPED: LazyLock<Catalogs> =
    LazyLock::new(|| packs::load(&[], day("2026-11-23")).library.catalogs().clone());

const CLF: &str = "aws-cloud-practitioner";
const SAA: &str = "aws-solutions-architect-associate";
const DVA: &str = "aws-developer-associate";
const SAP: &str = "aws-solutions-architect-professional";
const SYSOPS: &str = "aws-sysops-administrator-associate";
const CLOUDOPS: &str = "aws-cloudops-engineer-associate";
const ACCREDITATION: &str = "aws-technical-professional";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id(name: &str) -> CredentialId {
    CredentialId::new(name)
}

fn passed(credential: &str, on: &str) -> Deed {
    Deed::Passed(Passed { credential: id(credential), on: day(on), expires: None, proof: None })
}

fn passed_until(credential: &str, on: &str, expires: Expires) -> Deed {
    Deed::Passed(Passed { credential: id(credential), on: day(on), expires: Some(expires), proof: None })
}

fn scheduled(credential: &str, on: &str) -> Deed {
    Deed::Scheduled(Scheduled { credential: id(credential), on: day(on), fee: None, place: None })
}

fn failed(credential: &str, on: Option<&str>) -> Deed {
    Deed::Failed { credential: id(credential), on: on.map(day) }
}

fn moved(credential: &str, on: &str) -> Deed {
    Deed::Moved { credential: id(credential), on: day(on) }
}

fn dropped(credential: &str) -> Deed {
    Deed::Dropped { credential: id(credential) }
}

fn unscheduled(credential: &str) -> Deed {
    Deed::Unscheduled { credential: id(credential) }
}

/// Recorded at noon of a day.
fn event(id: u128, on: &str, deed: Deed) -> Event {
    let at = DateTime::parse_from_rfc3339(&format!("{on}T12:00:00+00:00")).unwrap();
    Event { id: Uuid::from_u128(id), at, device: "d".into(), deed, extra: Map::new() }
}

/// The record after deeds, each with the day on which it was recorded.
fn after(deeds: Vec<(&str, Deed)>) -> Record {
    let events = deeds.into_iter().zip(1..).map(|((on, deed), id)| event(id, on, deed)).collect();
    Record::of(&journal::effective(events), &SHIPPED)
}

fn expires_on(record: &Record, credential: &str) -> Option<String> {
    record.holding(&id(credential))?.expires_on().map(|day| day.to_string())
}

fn booked_on(record: &Record, credential: &str) -> Option<String> {
    record.booking(&id(credential)).map(|b| b.on.to_string())
}

#[test]
fn a_holding_is_expiring_with_180_days_or_fewer_left_and_expired_the_day_after_the_last() {
    let expires = day("2026-11-23");
    for (days_left, standing) in [
        (1000, Standing::Held),
        (181, Standing::Held),
        (180, Standing::Expiring),
        (1, Standing::Expiring),
        (0, Standing::Expiring),
        (-1, Standing::Expired),
        (-1000, Standing::Expired),
    ] {
        let record = after(vec![("2026-01-01", passed_until(SAA, "2020-01-01", Expires::On(expires)))]);
        let today = match u64::try_from(days_left) {
            Ok(days) => expires - Days::new(days),
            Err(_) => expires + Days::new(i64::unsigned_abs(days_left)),
        };
        assert_eq!(record.standing(&id(SAA), today), Some(standing), "{days_left} days left");
        assert_eq!(record.holds(&id(SAA), today), standing != Standing::Expired);
        assert_eq!(record.holding(&id(SAA)).unwrap().days_left(today), Some(days_left));
    }
}

#[test]
fn a_pass_is_valid_through_the_same_day_of_the_month_three_years_later() {
    for (on, last) in
        [("2024-03-14", "2027-03-14"), ("2024-02-29", "2027-02-28"), ("2023-11-23", "2026-11-23")]
    {
        let record = after(vec![(on, passed(SAA, on))]);
        assert_eq!(expires_on(&record, SAA).as_deref(), Some(last));
        assert!(record.holds(&id(SAA), day(last)));
        assert!(!record.holds(&id(SAA), day(last) + Days::new(1)));
    }
}

#[test]
fn what_never_expires_is_held_for_ever() {
    let record = after(vec![
        ("2020-01-15", passed(ACCREDITATION, "2020-01-15")),
        ("2020-01-15", passed_until(SAA, "2020-01-15", Expires::Never)),
    ]);
    for credential in [ACCREDITATION, SAA] {
        assert_eq!(record.holding(&id(credential)).unwrap().expires, Some(Expires::Never));
        assert_eq!(record.standing(&id(credential), day("2120-01-15")), Some(Standing::Held));
    }
}

#[test]
fn the_expiry_that_the_person_gives_overrules_the_catalogs() {
    let given = Expires::On(day("2025-06-30"));
    let record = after(vec![("2024-03-14", passed_until(SAA, "2024-03-14", given))]);
    assert_eq!(expires_on(&record, SAA).as_deref(), Some("2025-06-30"));
}

#[test]
fn a_credential_that_no_catalog_knows_is_held_and_its_expiry_unknown() {
    let record = after(vec![("2024-03-14", passed("nobody-knows", "2024-03-14"))]);
    assert_eq!(record.holding(&id("nobody-knows")).unwrap().expires, None);
    assert_eq!(record.standing(&id("nobody-knows"), day("2099-01-01")), Some(Standing::Held));
}

#[test]
fn held_comes_before_scheduled_and_scheduled_before_expired() {
    let today = day("2026-11-23");
    let pass = |on| ("2026-11-01", passed(SAA, on));
    let book = |on| ("2026-11-02", scheduled(SAA, on));
    for (deeds, standing) in [
        (vec![], None),
        (vec![book("2026-12-24")], Some(Standing::Scheduled)),
        (vec![book("2026-11-23")], Some(Standing::Scheduled)),
        (vec![book("2026-11-22")], None),
        (vec![pass("2026-03-14"), book("2026-12-24")], Some(Standing::Held)),
        (vec![pass("2024-03-14"), book("2026-12-24")], Some(Standing::Expiring)),
        (vec![pass("2020-03-14"), book("2026-12-24")], Some(Standing::Scheduled)),
        (vec![pass("2020-03-14"), book("2026-11-22")], Some(Standing::Expired)),
        (vec![pass("2020-03-14")], Some(Standing::Expired)),
    ] {
        assert_eq!(after(deeds.clone()).standing(&id(SAA), today), standing, "{deeds:?}");
    }
}

#[test]
fn a_pass_that_was_dropped_is_not_held_until_it_is_passed_again() {
    let story = [
        ("2026-01-01", passed(SAA, "2025-03-14")),
        ("2026-01-02", dropped(SAA)),
        ("2026-01-03", passed(SAA, "2025-03-15")),
    ];
    for (deeds, held) in [(1, Some("2025-03-14")), (2, None), (3, Some("2025-03-15"))] {
        let record = after(story[..deeds].to_vec());
        assert_eq!(record.holding(&id(SAA)).map(|h| h.on), held.map(day));
    }
}

#[test]
fn a_pass_that_was_dropped_renews_nothing() {
    let record = after(vec![
        ("2026-01-01", passed(CLF, "2024-01-10")),
        ("2026-01-01", passed(SAA, "2025-06-01")),
        ("2026-01-02", dropped(SAA)),
    ]);
    assert_eq!(expires_on(&record, CLF).as_deref(), Some("2027-01-10"));
}

#[test]
fn an_exam_that_was_sat_is_no_longer_booked() {
    let book = ("2026-03-01", scheduled(SAA, "2026-04-10"));
    for (deed, left) in [
        (passed(SAA, "2026-04-10"), None),
        (failed(SAA, Some("2026-04-10")), None),
        (failed(SAA, None), None),
        (unscheduled(SAA), None),
        // It was sat earlier than booked, after all.
        (passed(SAA, "2026-03-20"), None),
        // An old pass that is recorded only now.
        (passed(SAA, "2023-04-10"), Some("2026-04-10")),
        (failed(SAA, Some("2026-02-28")), Some("2026-04-10")),
        (passed(DVA, "2026-04-10"), Some("2026-04-10")),
        (moved(SAA, "2026-05-01"), Some("2026-05-01")),
    ] {
        let record = after(vec![book.clone(), ("2026-04-11", deed.clone())]);
        assert_eq!(booked_on(&record, SAA).as_deref(), left, "{deed:?}");
    }
}

#[test]
fn a_booking_after_a_pass_is_the_booking_of_the_next_exam() {
    let record =
        after(vec![("2026-04-11", passed(SAA, "2026-04-10")), ("2026-04-12", scheduled(SAA, "2029-04-01"))]);
    assert_eq!(booked_on(&record, SAA).as_deref(), Some("2029-04-01"));
}

#[test]
fn what_is_not_booked_cannot_be_moved() {
    assert_eq!(booked_on(&after(vec![("2026-04-11", moved(SAA, "2026-05-01"))]), SAA), None);
}

#[test]
fn the_last_fail_is_kept() {
    let record =
        after(vec![("2026-04-11", failed(SAA, Some("2026-04-10"))), ("2026-06-02", failed(SAA, None))]);
    assert_eq!(record.last_fail(&id(SAA)), Some(day("2026-06-02")));
    assert_eq!(record.last_fail(&id(DVA)), None);
}

#[test]
fn a_higher_pass_renews_a_lower_one_only_while_it_is_valid() {
    for (higher, on, expires) in [
        (SAA, "2024-06-01", "2027-06-01"),
        (DVA, "2024-06-01", "2027-06-01"),
        (SAP, "2024-06-01", "2027-06-01"),
        // The last valid day, and the day after.
        (SAA, "2025-01-10", "2028-01-10"),
        (SAA, "2025-01-11", "2025-01-10"),
        // Before there was something to renew, and on the same day.
        (SAA, "2021-01-10", "2025-01-10"),
        (SAA, "2022-01-10", "2025-01-10"),
        // A specialty renews none.
        ("aws-security-specialty", "2024-06-01", "2025-01-10"),
    ] {
        let record =
            after(vec![("2026-01-01", passed(CLF, "2022-01-10")), ("2026-01-01", passed(higher, on))]);
        assert_eq!(expires_on(&record, CLF).as_deref(), Some(expires), "{higher} on {on}");
    }
}

#[test]
fn a_lower_pass_renews_no_higher_one() {
    let record =
        after(vec![("2026-01-01", passed(SAA, "2022-01-10")), ("2026-01-01", passed(CLF, "2024-06-01"))]);
    assert_eq!(expires_on(&record, SAA).as_deref(), Some("2025-01-10"));
}

#[test]
fn a_renewal_keeps_valid_for_the_next_one() {
    let record = after(vec![
        ("2026-11-01", passed(CLF, "2020-01-10")),
        ("2026-11-01", passed(SAA, "2022-12-01")),
        ("2026-11-01", passed(DVA, "2025-06-01")),
    ]);
    assert_eq!(expires_on(&record, CLF).as_deref(), Some("2028-06-01"));
}

#[test]
fn a_renewal_never_shortens() {
    let given = Expires::On(day("2030-01-01"));
    for (pass, expires) in [
        (passed_until(CLF, "2022-01-10", given), given),
        (passed_until(CLF, "2022-01-10", Expires::Never), Expires::Never),
    ] {
        let record = after(vec![("2026-01-01", pass), ("2026-01-01", passed(SAA, "2024-06-01"))]);
        assert_eq!(record.holding(&id(CLF)).unwrap().expires, Some(expires));
    }
}

#[test]
fn the_new_name_of_a_credential_renews_the_old_one() {
    let record = after(vec![
        ("2026-01-01", passed(SYSOPS, "2023-06-01")),
        ("2026-01-01", passed(CLOUDOPS, "2026-01-01")),
    ]);
    assert_eq!(expires_on(&record, SYSOPS).as_deref(), Some("2029-01-01"));
}

#[test]
fn of_deeds_that_contradict_each_other_the_last_recorded_holds() {
    let skipped = || Deed::Skipped { credential: id(SAA) };
    let unskipped = || Deed::Unskipped { credential: id(SAA) };
    for (deeds, is_skipped) in [
        (vec![("2026-01-01", skipped())], true),
        (vec![("2026-01-01", skipped()), ("2026-01-02", unskipped())], false),
        (vec![("2026-01-02", skipped()), ("2026-01-01", unskipped())], true),
        // At the same instant the greater id is the later.
        (vec![("2026-01-01", skipped()), ("2026-01-01", unskipped())], false),
        (vec![("2026-01-01", unskipped()), ("2026-01-01", skipped())], true),
    ] {
        assert_eq!(after(deeds.clone()).has_skipped(&id(SAA)), is_skipped, "{deeds:?}");
    }
    let record = after(vec![
        ("2026-01-02", passed(SAA, "2025-03-14")),
        ("2026-01-01", passed(SAA, "2025-03-15")),
        ("2026-01-03", scheduled(DVA, "2026-05-01")),
        ("2026-01-04", scheduled(DVA, "2026-04-01")),
    ]);
    assert_eq!(record.holding(&id(SAA)).unwrap().on, day("2025-03-14"));
    assert_eq!(booked_on(&record, DVA).as_deref(), Some("2026-04-01"));
}

#[test]
fn a_question_is_set_aside_until_it_is_resumed() {
    let question = || QuestionId::new("article/table-stakes-word");
    let aside = ("2026-01-01", Deed::Suspended { question: question() });
    let back = ("2026-01-02", Deed::Resumed { question: question() });
    let library = packs::load(&[], day("2026-11-23")).library;
    let asked = library.question(&question()).unwrap();
    assert!(after(vec![aside.clone()]).is_suspended(asked));
    assert!(!after(vec![aside, back]).is_suspended(asked));
}

/// What one event says, at one of a few instants so that some coincide.
fn deed() -> impl Strategy<Value = Deed> {
    let credential = || prop::sample::select(vec![CLF, SAA, DVA, SAP, SYSOPS, CLOUDOPS]).prop_map(id);
    let question = prop::sample::select(vec!["article/a", "article/b"]).prop_map(QuestionId::new);
    let date = || (0..2500_u64).prop_map(|days| day("2020-01-01") + Days::new(days));
    let expires = prop_oneof![
        3 => Just(None),
        1 => Just(Some(Expires::Never)),
        1 => date().prop_map(|day| Some(Expires::On(day))),
    ];
    let pass = (credential(), date(), expires).prop_map(|(credential, on, expires)| Passed {
        credential,
        on,
        expires,
        proof: None,
    });
    prop_oneof![
        4 => pass.prop_map(Deed::Passed),
        3 => (credential(), date())
            .prop_map(|(credential, on)| Deed::Scheduled(Scheduled { credential, on, fee: None, place: None })),
        1 => (credential(), date()).prop_map(|(credential, on)| Deed::Moved { credential, on }),
        1 => (credential(), prop::option::of(date()))
            .prop_map(|(credential, on)| Deed::Failed { credential, on }),
        1 => credential().prop_map(|credential| Deed::Unscheduled { credential }),
        1 => credential().prop_map(|credential| Deed::Dropped { credential }),
        1 => credential().prop_map(|credential| Deed::Skipped { credential }),
        1 => credential().prop_map(|credential| Deed::Unskipped { credential }),
        1 => question.clone().prop_map(|question| Deed::Suspended { question }),
        1 => question.prop_map(|question| Deed::Resumed { question }),
        1 => (1..30_u128).prop_map(|id| Deed::Retracted { event: Uuid::from_u128(id) }),
    ]
}

fn journals() -> impl Strategy<Value = Vec<Event>> {
    let one = (deed(), 1..8_u32, prop::sample::select(vec!["+00:00", "+05:00", "-08:00"]));
    prop::collection::vec(one, 1..30).prop_map(|all| {
        let event = |(id, (deed, of_month, offset)): (usize, (Deed, u32, &str))| {
            let at = format!("2026-11-{of_month:02}T12:00:00{offset}");
            let at = DateTime::parse_from_rfc3339(&at).unwrap();
            Event { id: Uuid::from_u128(id as u128 + 1), at, device: "d".into(), deed, extra: Map::new() }
        };
        all.into_iter().enumerate().map(event).collect()
    })
}

proptest! {
    #[test]
    fn the_order_in_which_events_are_imported_changes_nothing(
        (events, shuffled) in journals().prop_flat_map(|e| (Just(e.clone()), Just(e).prop_shuffle())),
    ) {
        let record = |events| Record::of(&journal::effective(events), &SHIPPED);
        prop_assert_eq!(record(shuffled), record(events));
    }
}
