//! What is held, booked, skipped and set aside after a journal.

use std::sync::LazyLock;

use chrono::DateTime;
use proptest::prelude::*;
use serde_json::Map;
use uuid::Uuid;

use super::*;
use crate::fixture;
use crate::fixture::*;
use crate::journal::{self, Scheduled};
use crate::question::{Pack, QuestionId, Teaches};

static CATALOGS: LazyLock<Catalogs> = LazyLock::new(fixture::catalogs);

fn failed(credential: &str, on: Option<&str>) -> Deed {
    Deed::Failed { credential: id(credential), on: on.map(day), score: None }
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
        let record =
            record_after(vec![("2026-01-01", passed_until(BUILDER, "2020-01-01", Expires::On(expires)))]);
        let today = match u64::try_from(days_left) {
            Ok(days) => expires - Days::new(days),
            Err(_) => expires + Days::new(i64::unsigned_abs(days_left)),
        };
        assert_eq!(record.standing(&id(BUILDER), today), Some(standing), "{days_left} days left");
        assert_eq!(record.holds(&id(BUILDER), today), standing != Standing::Expired);
        assert_eq!(record.holding(&id(BUILDER)).unwrap().days_left(today), Some(days_left));
    }
}

#[test]
fn a_pass_is_valid_through_the_same_day_of_the_month_three_years_later() {
    for (on, last) in
        [("2024-03-14", "2027-03-14"), ("2024-02-29", "2027-02-28"), ("2023-11-23", "2026-11-23")]
    {
        let record = record_after(vec![(on, passed(BUILDER, on))]);
        assert_eq!(expires_on(&record, BUILDER).as_deref(), Some(last));
        assert!(record.holds(&id(BUILDER), day(last)));
        assert!(!record.holds(&id(BUILDER), day(last) + Days::new(1)));
    }
}

#[test]
fn what_never_expires_is_held_without_end() {
    let record = record_after(vec![
        ("2020-01-15", passed(WELCOME, "2020-01-15")),
        ("2020-01-15", passed_until(BUILDER, "2020-01-15", Expires::Never)),
    ]);
    for credential in [WELCOME, BUILDER] {
        assert_eq!(record.holding(&id(credential)).unwrap().expires, Some(Expires::Never));
        assert_eq!(record.standing(&id(credential), day("2120-01-15")), Some(Standing::Held));
    }
}

#[test]
fn the_expiry_that_the_person_gives_overrules_the_catalogs() {
    let given = Expires::On(day("2025-06-30"));
    let record = record_after(vec![("2024-03-14", passed_until(BUILDER, "2024-03-14", given))]);
    assert_eq!(expires_on(&record, BUILDER).as_deref(), Some("2025-06-30"));
}

#[test]
fn a_credential_that_no_catalog_knows_is_held_and_its_expiry_unknown() {
    let record = record_after(vec![("2024-03-14", passed("nobody-knows", "2024-03-14"))]);
    assert_eq!(record.holding(&id("nobody-knows")).unwrap().expires, None);
    assert_eq!(record.standing(&id("nobody-knows"), day("2099-01-01")), Some(Standing::Held));
}

#[test]
fn held_comes_before_scheduled_and_scheduled_before_expired() {
    let today = day("2026-11-23");
    let pass = |on| ("2026-11-01", passed(BUILDER, on));
    let book = |on| ("2026-11-02", scheduled(BUILDER, on));
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
        assert_eq!(record_after(deeds.clone()).standing(&id(BUILDER), today), standing, "{deeds:?}");
    }
}

#[test]
fn a_pass_that_was_dropped_is_not_held_until_it_is_passed_again() {
    let story = [
        ("2026-01-01", passed(BUILDER, "2025-03-14")),
        ("2026-01-02", dropped(BUILDER)),
        ("2026-01-03", passed(BUILDER, "2025-03-15")),
    ];
    for (deeds, held) in [(1, Some("2025-03-14")), (2, None), (3, Some("2025-03-15"))] {
        let record = record_after(story[..deeds].to_vec());
        assert_eq!(record.holding(&id(BUILDER)).map(|h| h.on), held.map(day));
    }
}

#[test]
fn a_pass_that_was_dropped_renews_nothing() {
    let record = record_after(vec![
        ("2026-01-01", passed(BASICS, "2024-01-10")),
        ("2026-01-01", passed(BUILDER, "2025-06-01")),
        ("2026-01-02", dropped(BUILDER)),
    ]);
    assert_eq!(expires_on(&record, BASICS).as_deref(), Some("2027-01-10"));
}

#[test]
fn an_exam_that_was_sat_is_no_longer_booked() {
    let book = ("2026-03-01", scheduled(BUILDER, "2026-04-10"));
    for (deed, left) in [
        (passed(BUILDER, "2026-04-10"), None),
        (failed(BUILDER, Some("2026-04-10")), None),
        (failed(BUILDER, None), None),
        (unscheduled(BUILDER), None),
        // It was sat earlier than booked, after all.
        (passed(BUILDER, "2026-03-20"), None),
        // An old pass that is recorded only now.
        (passed(BUILDER, "2023-04-10"), Some("2026-04-10")),
        (failed(BUILDER, Some("2026-02-28")), Some("2026-04-10")),
        (passed(CODER, "2026-04-10"), Some("2026-04-10")),
        (moved(BUILDER, "2026-05-01"), Some("2026-05-01")),
    ] {
        let record = record_after(vec![book.clone(), ("2026-04-11", deed.clone())]);
        assert_eq!(booked_on(&record, BUILDER).as_deref(), left, "{deed:?}");
    }
}

#[test]
fn a_booking_after_a_pass_is_the_booking_of_the_next_exam() {
    let record = record_after(vec![
        ("2026-04-11", passed(BUILDER, "2026-04-10")),
        ("2026-04-12", scheduled(BUILDER, "2029-04-01")),
    ]);
    assert_eq!(booked_on(&record, BUILDER).as_deref(), Some("2029-04-01"));
}

#[test]
fn what_is_not_booked_cannot_be_moved() {
    assert_eq!(booked_on(&record_after(vec![("2026-04-11", moved(BUILDER, "2026-05-01"))]), BUILDER), None);
}

#[test]
fn the_last_fail_is_kept() {
    let record = record_after(vec![
        ("2026-04-11", failed(BUILDER, Some("2026-04-10"))),
        ("2026-06-02", failed(BUILDER, None)),
    ]);
    assert_eq!(record.last_fail(&id(BUILDER)), Some(day("2026-06-02")));
    assert_eq!(record.last_fail(&id(CODER)), None);
}

#[test]
fn a_higher_pass_renews_a_lower_one_only_while_it_is_valid() {
    for (higher, on, expires) in [
        (BUILDER, "2024-06-01", "2027-06-01"),
        (CODER, "2024-06-01", "2027-06-01"),
        (ARCHITECT, "2024-06-01", "2027-06-01"),
        // The last valid day, and the day after.
        (BUILDER, "2025-01-10", "2028-01-10"),
        (BUILDER, "2025-01-11", "2025-01-10"),
        // Before there was something to renew, and on the same day.
        (BUILDER, "2021-01-10", "2025-01-10"),
        (BUILDER, "2022-01-10", "2025-01-10"),
        // A specialty renews nothing else.
        (NETWORK, "2024-06-01", "2025-01-10"),
    ] {
        let record = record_after(vec![
            ("2026-01-01", passed(BASICS, "2022-01-10")),
            ("2026-01-01", passed(higher, on)),
        ]);
        assert_eq!(expires_on(&record, BASICS).as_deref(), Some(expires), "{higher} on {on}");
    }
}

#[test]
fn a_lower_pass_renews_no_higher_one() {
    let record = record_after(vec![
        ("2026-01-01", passed(BUILDER, "2022-01-10")),
        ("2026-01-01", passed(BASICS, "2024-06-01")),
    ]);
    assert_eq!(expires_on(&record, BUILDER).as_deref(), Some("2025-01-10"));
}

#[test]
fn a_renewal_keeps_valid_for_the_next_one() {
    let record = record_after(vec![
        ("2026-11-01", passed(BASICS, "2020-01-10")),
        ("2026-11-01", passed(BUILDER, "2022-12-01")),
        ("2026-11-01", passed(CODER, "2025-06-01")),
    ]);
    assert_eq!(expires_on(&record, BASICS).as_deref(), Some("2028-06-01"));
}

#[test]
fn a_renewal_never_shortens() {
    let given = Expires::On(day("2030-01-01"));
    for (pass, expires) in [
        (passed_until(BASICS, "2022-01-10", given), given),
        (passed_until(BASICS, "2022-01-10", Expires::Never), Expires::Never),
    ] {
        let record = record_after(vec![("2026-01-01", pass), ("2026-01-01", passed(BUILDER, "2024-06-01"))]);
        assert_eq!(record.holding(&id(BASICS)).unwrap().expires, Some(expires));
    }
}

#[test]
fn the_new_name_of_a_credential_renews_the_old_one() {
    let record = record_after(vec![
        ("2026-01-01", passed(KEEPER, "2023-06-01")),
        ("2026-01-01", passed(OPERATOR, "2026-01-01")),
    ]);
    assert_eq!(expires_on(&record, KEEPER).as_deref(), Some("2029-01-01"));
}

#[test]
fn of_deeds_that_contradict_each_other_the_last_recorded_holds() {
    let skipped = || Deed::Skipped { credential: id(BUILDER) };
    let unskipped = || Deed::Unskipped { credential: id(BUILDER) };
    for (deeds, is_skipped) in [
        (vec![("2026-01-01", skipped())], true),
        (vec![("2026-01-01", skipped()), ("2026-01-02", unskipped())], false),
        (vec![("2026-01-02", skipped()), ("2026-01-01", unskipped())], true),
        // At the same instant the greater id is the later.
        (vec![("2026-01-01", skipped()), ("2026-01-01", unskipped())], false),
        (vec![("2026-01-01", unskipped()), ("2026-01-01", skipped())], true),
    ] {
        assert_eq!(record_after(deeds.clone()).has_skipped(&id(BUILDER)), is_skipped, "{deeds:?}");
    }
    let record = record_after(vec![
        ("2026-01-02", passed(BUILDER, "2025-03-14")),
        ("2026-01-01", passed(BUILDER, "2025-03-15")),
        ("2026-01-03", scheduled(CODER, "2026-05-01")),
        ("2026-01-04", scheduled(CODER, "2026-04-01")),
    ]);
    assert_eq!(record.holding(&id(BUILDER)).unwrap().on, day("2025-03-14"));
    assert_eq!(booked_on(&record, CODER).as_deref(), Some("2026-04-01"));
}

#[test]
fn a_failed_exam_can_be_taken_again_after_the_wait_of_the_catalog() {
    let catalogs = fixture::catalogs();
    let record = record_after(vec![("2026-11-20", failed(BUILDER, Some("2026-11-20")))]);
    for (today, from) in [("2026-11-23", Some("2026-12-04")), ("2026-12-04", None)] {
        assert_eq!(record.retake_from(&catalogs[0], &id(BUILDER), day(today)), from.map(day), "{today}");
    }
    let passed = record_after(vec![
        ("2026-11-20", failed(BUILDER, Some("2026-11-20"))),
        ("2026-11-21", passed(BUILDER, "2026-11-21")),
    ]);
    assert_eq!(passed.retake_from(&catalogs[0], &id(BUILDER), day(TODAY)), None);
}

#[test]
fn an_exam_whose_day_has_come_waits_for_its_result() {
    let book = |credential, on| ("2026-11-01", scheduled(credential, on));
    let record = record_after(vec![
        book(CODER, "2026-11-23"),
        book(BUILDER, "2026-11-10"),
        book(ARCHITECT, "2026-12-01"),
    ]);
    let unreported: Vec<&str> = record.unreported(day(TODAY)).iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(unreported, [BUILDER, CODER]);
    assert_eq!(record.next_exam(day(TODAY)).map(|(id, _)| id.as_str()), Some(CODER));
}

#[test]
fn a_question_is_set_aside_until_it_is_resumed() {
    let question = || QuestionId::new("north/bas-1");
    let aside = ("2026-01-01", Deed::Suspended { question: question() });
    let back = ("2026-01-02", Deed::Resumed { question: question() });
    let library = fixture::library();
    let asked = library.question(&question()).unwrap();
    assert!(record_after(vec![aside.clone()]).is_suspended(asked));
    assert!(!record_after(vec![aside, back]).is_suspended(asked));
}

#[test]
fn the_last_word_on_a_flag_and_on_a_note_holds() {
    let question = || QuestionId::new("north/bas-1");
    let flagged = |on, why: &str| (on, Deed::Flagged { question: question(), why: Some(why.into()) });
    let noted = |on, text: &str| (on, Deed::Noted { question: question(), text: Some(text.into()) });
    let library = fixture::library();
    let asked = library.question(&question()).unwrap();

    let mut story = vec![flagged("2026-01-01", " The key is wrong. "), noted("2026-01-01", "Port 22")];
    let record = record_after(story.clone());
    assert_eq!(record.flag(asked).and_then(|flag| flag.why.as_deref()), Some("The key is wrong."));
    assert_eq!(record.note(asked), Some("Port 22"));

    story.extend([flagged("2026-01-02", ""), noted("2026-01-02", "Port 443")]);
    let record = record_after(story.clone());
    assert_eq!(record.flag(asked).map(|flag| flag.why.as_deref()), Some(None));
    assert_eq!(record.note(asked), Some("Port 443"));

    story.extend([("2026-01-03", Deed::Unflagged { question: question() }), noted("2026-01-03", " ")]);
    let record = record_after(story);
    assert_eq!((record.flag(asked), record.note(asked), record.flags(&library).len()), (None, None, 0));
}

#[test]
fn a_renamed_question_keeps_its_flag_and_its_note() {
    let (old, new) = (QuestionId::new("p/old"), QuestionId::new("p/new"));
    let renamed = Question { was: vec![old.clone()], ..fixture::question("p/new", "t", BASICS) };
    let pack = Pack { questions: vec![renamed], ..Pack::new("p", "P", Teaches::Content) };
    let library = Library::new(fixture::catalogs(), vec![pack]);
    let asked = library.question(&new).unwrap();
    let flagged = |on, question: &QuestionId| (on, Deed::Flagged { question: question.clone(), why: None });
    let gone = QuestionId::new("q/gone");
    let mut story = vec![
        flagged("2026-01-01", &old),
        ("2026-01-02", Deed::Noted { question: old.clone(), text: Some("Port 22".into()) }),
        flagged("2026-01-03", &gone),
        flagged("2026-01-04", &new),
    ];
    let record = record_after(story.clone());
    assert_eq!(record.note(asked), Some("Port 22"));
    let ids: Vec<QuestionId> = record.flags(&library).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, [new, gone.clone()], "one flag a question, the newest first");
    story.push(("2026-01-05", Deed::Unflagged { question: old }));
    let record = record_after(story);
    assert_eq!((record.flag(asked), record.flags(&library).len()), (None, 1));
}

/// What one event says, at one of a few instants so that some coincide.
fn deed() -> impl Strategy<Value = Deed> {
    let credential =
        || prop::sample::select(vec![BASICS, BUILDER, CODER, ARCHITECT, KEEPER, OPERATOR]).prop_map(id);
    let question = prop::sample::select(vec!["north/bas-1", "north/bas-2"]).prop_map(QuestionId::new);
    let date = || (0..2500_u64).prop_map(|days| day("2020-01-01") + Days::new(days));
    let expires = prop_oneof![
        3 => Just(None),
        1 => Just(Some(Expires::Never)),
        1 => date().prop_map(|day| Some(Expires::On(day))),
    ];
    let pass = (credential(), date(), expires)
        .prop_map(|(credential, on, expires)| Passed { expires, ..Passed::new(credential, on) });
    prop_oneof![
        4 => pass.prop_map(Deed::Passed),
        3 => (credential(), date())
            .prop_map(|(credential, on)| Deed::Scheduled(Scheduled { credential, on, fee: None, place: None })),
        1 => (credential(), date()).prop_map(|(credential, on)| Deed::Moved { credential, on }),
        1 => (credential(), prop::option::of(date()))
            .prop_map(|(credential, on)| Deed::Failed { credential, on, score: None }),
        1 => credential().prop_map(|credential| Deed::Unscheduled { credential }),
        1 => credential().prop_map(|credential| Deed::Dropped { credential }),
        1 => credential().prop_map(|credential| Deed::Skipped { credential }),
        1 => credential().prop_map(|credential| Deed::Unskipped { credential }),
        1 => question.clone().prop_map(|question| Deed::Suspended { question }),
        1 => question.clone().prop_map(|question| Deed::Flagged { question, why: None }),
        1 => question.clone().prop_map(|question| Deed::Unflagged { question }),
        1 => (question.clone(), prop::option::of("[ab]{0,1}"))
            .prop_map(|(question, text)| Deed::Noted { question, text }),
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
        let record = |events| Record::of(&journal::effective(events), &CATALOGS);
        prop_assert_eq!(record(shuffled), record(events));
    }
}
