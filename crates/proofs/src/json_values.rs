//! Reads texts, days and ids from JSON values of any shape.

use chrono::{DateTime, Datelike, NaiveDate};
use serde_json::Value;

use badgedex_domain::sanitize;

/// Longer texts are cut.
const MAX_CHARS: usize = 300;
/// Other programs write "no date" as the first day of their calendar, in the year 1 or 1970.
const MIN_YEAR: i32 = 1980;
const MAX_YEAR: i32 = 9999;

/// Keys of the text that is taken before all others.
const ENGLISH: [&str; 5] = ["@value", "en", "en-US", "en-us", "en-GB"];

/// The value at a path of keys; in a list, that of the first element that has one.
pub(super) fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    match (value, path) {
        (Value::Null, _) => None,
        (Value::Array(items), [_, ..]) => items.iter().find_map(|item| at(item, path)),
        (_, []) => Some(value),
        (Value::Object(map), [key, rest @ ..]) => at(map.get(*key)?, rest),
        _ => None,
    }
}

/// The text at a path of keys.
pub(super) fn text_at(value: &Value, path: &[&str]) -> Option<String> {
    text(at(value, path)?)
}

/// A value as one line of text: the first text of a list; of texts by language the English one, else the first.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => clean(text),
        Value::Number(number) => clean(&number.to_string()),
        Value::Array(items) => items.iter().find_map(text),
        Value::Object(map) => ENGLISH
            .iter()
            .find_map(|key| map.get(*key).and_then(text))
            .or_else(|| map.iter().filter(|(key, _)| is_other_language(key)).find_map(|(_, v)| text(v))),
        Value::Null | Value::Bool(_) => None,
    }
}

/// Whether a key looks like `de` or `pt-BR`. `id` does too, but is not a language here. The English keys were
/// searched already: searching twice on each of a hundred levels would never end.
fn is_other_language(key: &str) -> bool {
    let first = key.split('-').next().unwrap_or(key);
    first.len() == 2
        && first.bytes().all(|b| b.is_ascii_lowercase())
        && first != "id"
        && !ENGLISH.contains(&key)
}

/// A text that is safe to show: sanitized, trimmed and shortened. `None` if nothing is left.
pub(super) fn clean(text: &str) -> Option<String> {
    let text = text.trim();
    let short = match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    };
    let clean = sanitize::line(&short).trim().to_owned();
    (!clean.is_empty()).then_some(clean)
}

/// The types that a JSON-LD object claims.
pub(super) fn has_type(value: &Value, wanted: &str) -> bool {
    let is_it = |v: &Value| v.as_str().is_some_and(|t| t.rsplit([':', '#', '/']).next() == Some(wanted));
    match at(value, &["type"]).or_else(|| at(value, &["@type"])) {
        Some(Value::Array(types)) => types.iter().any(is_it),
        Some(one) => is_it(one),
        None => false,
    }
}

/// An https address, the only kind that is shown as a link.
pub(super) fn link(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => is_link(text.trim()).then(|| text.trim().to_owned()),
        Value::Array(items) => items.iter().find_map(|item| link(Some(item))),
        Value::Object(map) => link(map.get("id").or_else(|| map.get("@id"))),
        _ => None,
    }
}

fn is_link(text: &str) -> bool {
    let harmless = |b: u8| b.is_ascii_graphic() && !matches!(b, b'"' | b'\'' | b'<' | b'>' | b'\\' | b'`');
    text.strip_prefix("https://").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        && text.len() <= MAX_CHARS
        && text.bytes().all(harmless)
}

/// An id as issuers make them, which can be neither a path nor a script.
fn is_plain_id(text: &str) -> bool {
    let bare = text.strip_prefix("urn:").or_else(|| text.strip_prefix("did:"));
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    text.len() <= MAX_CHARS
        && !text.contains("..")
        && bare.unwrap_or(text).chars().all(|c| allowed(c) || (bare.is_some() && c == ':'))
}

/// The id or https address that proves a badge; the error is the text in its place.
pub(super) fn proof(value: Option<&Value>) -> Result<Option<String>, String> {
    let id = match value {
        Some(object @ Value::Object(_)) => return proof(at(object, &["id"])),
        Some(Value::String(id)) => id.trim().to_owned(),
        other => other.and_then(text).unwrap_or_default(),
    };
    if is_link(&id) || (!id.is_empty() && is_plain_id(&id)) {
        return Ok(Some(id));
    }
    clean(&id).map_or(Ok(None), Err)
}

/// A day, and how it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) day: NaiveDate,
    pub(super) written: Written,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// As a date.
    AsDate,
    /// With a time, in any zone.
    InTimestamp,
    /// As seconds since 1970.
    InSeconds,
}

/// The day that a value names, as it is written. The error is a text that names no possible day.
pub(super) fn day(value: &Value) -> Result<Option<Day>, String> {
    let read = match value {
        Value::Number(number) => number.as_i64().and_then(day_of_seconds),
        Value::Object(_) | Value::Array(_) | Value::String(_) => match text(value) {
            Some(text) => day_of_text(&text),
            None => return Ok(None),
        },
        Value::Null | Value::Bool(_) => return Ok(None),
    };
    let is_possible = |d: &Day| (MIN_YEAR..=MAX_YEAR).contains(&d.day.year());
    match read.filter(is_possible) {
        Some(day) => Ok(Some(day)),
        None => Err(text(value).unwrap_or_default()),
    }
}

/// `2026-11-23`, alone or at the start of a timestamp.
fn day_of_text(text: &str) -> Option<Day> {
    let (date, time) = text.split_at_checked(10)?;
    let is_shaped = date.bytes().enumerate().all(|(i, b)| match i {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    let is_time = time.is_empty() || time.starts_with(['T', 't', ' ']);
    let day = date.parse().ok().filter(|_| is_shaped && is_time)?;
    Some(Day { day, written: if time.is_empty() { Written::AsDate } else { Written::InTimestamp } })
}

/// Seconds since 1970, as the first Open Badges and tokens write them.
fn day_of_seconds(seconds: i64) -> Option<Day> {
    Some(Day { day: DateTime::from_timestamp(seconds, 0)?.date_naive(), written: Written::InSeconds })
}
