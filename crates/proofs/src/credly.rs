//! Badges as Credly writes them in `badges.json`.

use chrono::NaiveDate;
use serde_json::Value;

use super::badge::{Badge, BadgeExpiry, BadgeWarning, or_warn};
use super::json_values::{Day, Written, at, day, proof, text_at};

/// Keys that only Credly's badges have. One of them may be null.
const KEYS: [&str; 4] = ["badge_template", "issued_at_date", "expires_at_date", "issued_at"];

/// Whether a value is a badge as Credly writes them.
pub(super) fn is_badge(value: &Value) -> bool {
    KEYS.iter().any(|key| value.get(key).is_some())
}

/// Reads one badge; the error says why it cannot be used.
pub(super) fn read(place: String, value: &Value) -> Result<Badge, String> {
    let template = |key| text_at(value, &["badge_template", key]);
    let (name, slug) = (template("name"), template("vanity_slug"));
    if name.is_none() && slug.is_none() {
        return Err("it has no name: \"badge_template\" is empty or missing".to_owned());
    }
    let mut warnings = state(value);
    if name.is_none() {
        warnings.push(BadgeWarning::NameMissing { described_at: None });
    }
    Ok(Badge {
        place,
        name,
        slug,
        issuer: issuer(value),
        on: issued(value, &mut warnings),
        expires: expires(value, &mut warnings),
        proof: or_warn(proof(value.get("id")), BadgeWarning::ProofLeftOut, &mut warnings),
        kind: template("type_category"),
        warnings,
    }
    .with_inferred_warnings())
}

fn state(value: &Value) -> Vec<BadgeWarning> {
    match text_at(value, &["state"]) {
        Some(state) if state == "revoked" => vec![BadgeWarning::Revoked],
        Some(state) if state != "accepted" => vec![BadgeWarning::StateNotAccepted(state)],
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

/// The field with the day; only if that is empty, the timestamp, which is in another time zone.
fn dated(value: &Value, date: &str, timestamp: &str) -> Result<Option<Day>, String> {
    let of = |key| at(value, &[key]).map_or(Ok(None), day);
    match of(date)? {
        Some(day) => Ok(Some(day)),
        None => of(timestamp),
    }
}

fn issued(value: &Value, warnings: &mut Vec<BadgeWarning>) -> Option<NaiveDate> {
    let read = dated(value, "issued_at_date", "issued_at");
    or_warn(read, BadgeWarning::DateUnreadable, warnings).map(|day| checked_day(day, warnings))
}

/// Read from the field and never computed, since a recertification changes it. Null means that it never expires.
fn expires(value: &Value, warnings: &mut Vec<BadgeWarning>) -> BadgeExpiry {
    let read = dated(value, "expires_at_date", "expires_at");
    let is_null = value.get("expires_at_date").or(value.get("expires_at")) == Some(&Value::Null);
    if read == Ok(None) && is_null {
        return BadgeExpiry::Never;
    }
    or_warn(read, BadgeWarning::ExpiryUnreadable, warnings)
        .map_or(BadgeExpiry::NotStated, |day| BadgeExpiry::On(checked_day(day, warnings)))
}

/// The day; with a warning if it was not written as a date.
fn checked_day(day: Day, warnings: &mut Vec<BadgeWarning>) -> NaiveDate {
    if day.written != Written::AsDate && !warnings.contains(&BadgeWarning::DayMayDiffer) {
        warnings.push(BadgeWarning::DayMayDiffer);
    }
    day.day
}
