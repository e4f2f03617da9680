//! Badges as Credly writes them in `badges.json`.

use chrono::NaiveDate;
use serde_json::Value;

use super::found::{Doubt, Found, FoundExpiry, or_doubt};
use super::values::{Day, Written, at, day, proof, text_at};

/// Keys that only Credly's badges have. One of them may be null.
const KEYS: [&str; 4] = ["badge_template", "issued_at_date", "expires_at_date", "issued_at"];

/// Whether a value is a badge as Credly writes them.
pub(super) fn is_badge(value: &Value) -> bool {
    KEYS.iter().any(|key| value.get(key).is_some())
}

/// Reads one badge; the error says why it is none that can be used.
pub(super) fn read(place: String, value: &Value) -> Result<Found, String> {
    let template = |key| text_at(value, &["badge_template", key]);
    let (name, slug) = (template("name"), template("vanity_slug"));
    if name.is_none() && slug.is_none() {
        return Err("it has no name: \"badge_template\" is empty or missing".to_owned());
    }
    let mut doubt = state(value);
    if name.is_none() {
        doubt.push(Doubt::NameMissing { described_at: None });
    }
    Ok(Found {
        place,
        name,
        slug,
        issuer: issuer(value),
        on: issued(value, &mut doubt),
        expires: expires(value, &mut doubt),
        proof: or_doubt(proof(value.get("id")), Doubt::ProofLeftOut, &mut doubt),
        kind: template("type_category"),
        doubt,
    }
    .doubted())
}

fn state(value: &Value) -> Vec<Doubt> {
    match text_at(value, &["state"]) {
        Some(state) if state == "revoked" => vec![Doubt::Revoked],
        Some(state) if state != "accepted" => vec![Doubt::StateNotAccepted(state)],
        _ => vec![],
    }
}

fn issuer(value: &Value) -> Option<String> {
    let of = |path: &[&str]| text_at(value, path);
    of(&["issuer", "entities", "entity", "name"])
        .or_else(|| of(&["badge_template", "issuer", "entities", "entity", "name"]))
        .or_else(|| {
            let summary = of(&["issuer", "summary"])?;
            Some(summary.strip_prefix("issued by ").map_or(summary.clone(), str::to_owned))
        })
}

/// The field with the day; the timestamp, which is in another time zone, only where that is empty.
fn dated(value: &Value, date: &str, timestamp: &str) -> Result<Option<Day>, String> {
    let of = |key| at(value, &[key]).map_or(Ok(None), day);
    match of(date)? {
        Some(day) => Ok(Some(day)),
        None => of(timestamp),
    }
}

fn issued(value: &Value, doubt: &mut Vec<Doubt>) -> Option<NaiveDate> {
    let read = dated(value, "issued_at_date", "issued_at");
    or_doubt(read, Doubt::DateUnreadable, doubt).map(|found| noted(found, doubt))
}

/// Taken from the field and never computed: a recertification moves it. A null says that it never expires.
fn expires(value: &Value, doubt: &mut Vec<Doubt>) -> FoundExpiry {
    let read = dated(value, "expires_at_date", "expires_at");
    let is_null = value.get("expires_at_date").or(value.get("expires_at")) == Some(&Value::Null);
    if read == Ok(None) && is_null {
        return FoundExpiry::Never;
    }
    or_doubt(read, Doubt::ExpiryUnreadable, doubt)
        .map_or(FoundExpiry::NotStated, |found| FoundExpiry::On(noted(found, doubt)))
}

fn noted(found: Day, doubt: &mut Vec<Doubt>) -> NaiveDate {
    if found.written != Written::Alone && !doubt.contains(&Doubt::DayMayDiffer) {
        doubt.push(Doubt::DayMayDiffer);
    }
    found.day
}
