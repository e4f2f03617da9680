//! What is prepared for, its day, and which exam is the nearest.

use chrono::NaiveDate;

use super::*;
use crate::catalogs::Catalogs;
use crate::fixture::{BASICS, BUILDER, CODER, TODAY, day, id};
use crate::journal::{Deed, Event, Scheduled};
use crate::question::{Kind, Question, QuestionId};
use crate::settings::SettingKey;

/// A pack with one question that teaches what the exams of these credentials ask.
fn content(pack: &str, credentials: &[&str]) -> Pack {
    let kind = Kind::Typed { accepted: vec!["yes".into()] };
    let question = Question::new(QuestionId::new(format!("{pack}/q")), "t", "Is it?", kind);
    Pack {
        credentials: credentials.iter().map(|name| id(name)).collect(),
        questions: vec![question],
        ..Pack::new(pack, pack, Teaches::Content)
    }
}

fn library() -> Library {
    Library::new(Catalogs::default(), vec![content("basics", &[BASICS]), content("builder", &[BUILDER])])
}

fn booked(bookings: &[(&str, &str)]) -> Record {
    let event = |(name, on): &(&str, &str)| Event {
        id: uuid::Uuid::from_u128(1),
        at: chrono::DateTime::parse_from_rfc3339("2026-11-01T12:00:00+00:00").unwrap(),
        device: "d".into(),
        deed: Deed::Scheduled(Scheduled { credential: id(name), on: day(on), fee: None, place: None }),
        extra: serde_json::Map::new(),
    };
    Record::of(&bookings.iter().map(event).collect::<Vec<_>>(), &Catalogs::default())
}

fn settings(values: &[(SettingKey, &str)]) -> Settings {
    let mut settings = Settings::default();
    values.iter().for_each(|(key, value)| settings.apply(*key, value).unwrap());
    settings
}

fn nearest(values: &[(SettingKey, &str)], bookings: &[(&str, &str)]) -> Vec<(String, Option<NaiveDate>)> {
    let exams = exams(&settings(values), &booked(bookings), &library(), day(TODAY));
    exams.into_iter().map(|exam| (exam.target.to_string(), exam.on)).collect()
}

#[test]
fn a_target_is_written_as_it_is_read() {
    for (text, target) in [
        ("north-basics", Some(Target::Credential(id(BASICS)))),
        ("pack/my-exam", Some(Target::Pack("my-exam".into()))),
        ("none", None),
        ("", None),
    ] {
        assert_eq!(Target::named(text), target, "{text}");
        assert_eq!(
            target.map_or_else(|| "none".to_owned(), |t| t.to_string()),
            if text.is_empty() { "none" } else { text }
        );
    }
}

#[test]
fn a_booking_overrules_the_day_that_was_set_and_leaves_it_alone() {
    let set = settings(&[(SettingKey::Target, BASICS), (SettingKey::TargetDate, "2026-12-20")]);
    let target = set.target.clone().unwrap();
    let day_with =
        |bookings| target.day(&set, &booked(bookings)).map(|d| (d.on.to_string(), d.source.name()));
    assert_eq!(day_with(&[]), Some(("2026-12-20".into(), "set")));
    assert_eq!(day_with(&[(BASICS, "2026-12-01")]), Some(("2026-12-01".into(), "booking")));
    assert_eq!(day_with(&[(BUILDER, "2026-12-01")]), Some(("2026-12-20".into(), "set")));
}

#[test]
fn the_nearest_exam_with_content_is_studied_for_first() {
    let on = |text: &str| Some(day(text));
    let target = (SettingKey::Target, BASICS);
    assert_eq!(nearest(&[], &[]), []);
    assert_eq!(nearest(&[target], &[]), [(BASICS.to_owned(), None)]);
    assert_eq!(
        nearest(&[target, (SettingKey::TargetDate, "2026-12-20")], &[(BUILDER, "2026-12-01")]),
        [(BUILDER.to_owned(), on("2026-12-01")), (BASICS.to_owned(), on("2026-12-20"))]
    );
    // Nothing teaches what the coder's exam asks; an exam of today or before is no longer ahead.
    assert_eq!(nearest(&[], &[(CODER, "2026-12-01"), (BUILDER, TODAY)]), []);
    assert_eq!(nearest(&[target], &[(BASICS, TODAY)]), [(BASICS.to_owned(), None)]);
}

#[test]
fn a_pack_of_an_exam_that_no_catalog_knows_can_be_the_target() {
    let values = [(SettingKey::Target, "pack/builder"), (SettingKey::TargetDate, "2026-12-20")];
    assert_eq!(nearest(&values, &[]), [("pack/builder".to_owned(), Some(day("2026-12-20")))]);
    assert_eq!(nearest(&[(SettingKey::Target, "pack/gone")], &[]), []);
}
