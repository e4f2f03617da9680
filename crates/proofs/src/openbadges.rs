//! Open Badges: assertions of version 2.0 and credentials of version 3.0, any value in any shape.

use chrono::NaiveDate;
use serde_json::Value;

use super::badge::{Badge, BadgeExpiry, BadgeWarning, or_warn};
use super::json_values::{Written, at, day, has_type, link, proof, text_at};

/// Whether a value is an assertion of Open Badges 2.0, or of 1.x, which had no types.
pub(super) fn is_assertion(value: &Value) -> bool {
    let has = |key: &str| at(value, &[key]).is_some();
    has_type(value, "Assertion") || (has("badge") && (has("issuedOn") || has("recipient")))
}

/// Whether a value is a credential of Open Badges 3.0.
pub(super) fn is_credential(value: &Value) -> bool {
    has_type(value, "OpenBadgeCredential")
        || has_type(value, "AchievementCredential")
        || at(value, &["credentialSubject", "achievement"]).is_some()
}

/// Reads an assertion. If its badge is only an address, the name is not in the file.
pub(super) fn assertion(place: String, value: &Value) -> Badge {
    let parts = Parts {
        about: at(value, &["badge"]),
        issuer: first_text(value, &[&["badge", "issuer", "name"], &["issuer", "name"]]),
        on: first(value, &["issuedOn", "issued_on"]),
        expires: first(value, &["expires"]),
        proof: first(value, &["id", "@id", "uid"])
            .or_else(|| at(value, &["verification", "url"]).or_else(|| at(value, &["verify", "url"]))),
        kind: None,
    };
    parts.into_badge(place, value)
}

/// Reads a credential. Its own `name` may be the holder's; what was achieved has another.
pub(super) fn credential(place: String, value: &Value) -> Badge {
    const ACHIEVEMENT: [&str; 2] = ["credentialSubject", "achievement"];
    let creator = ["credentialSubject", "achievement", "creator", "name"];
    let parts = Parts {
        about: at(value, &ACHIEVEMENT),
        issuer: first_text(value, &[&["issuer", "name"], &creator]),
        on: first(value, &["validFrom", "issuanceDate", "awardedDate"]),
        expires: first(value, &["validUntil", "expirationDate"]),
        proof: first(value, &["id", "@id"]),
        kind: text_at(value, &["credentialSubject", "achievement", "achievementType"]),
    };
    parts.into_badge(place, value)
}

/// The values that both versions have, under different keys.
struct Parts<'a> {
    /// The class of badge, or its address.
    about: Option<&'a Value>,
    issuer: Option<String>,
    on: Option<&'a Value>,
    expires: Option<&'a Value>,
    proof: Option<&'a Value>,
    kind: Option<String>,
}

impl Parts<'_> {
    fn into_badge(self, place: String, value: &Value) -> Badge {
        let mut warnings = vec![BadgeWarning::NotVerified];
        if value.get("revoked").is_some_and(is_yes) {
            warnings.push(BadgeWarning::Revoked);
        }
        let name = self.about.and_then(|about| text_at(about, &["name"]));
        if name.is_none() {
            warnings.push(BadgeWarning::NameMissing { described_at: link(self.about) });
        }
        Badge {
            place,
            name,
            slug: None,
            issuer: self.issuer,
            on: dated(self.on, BadgeWarning::DateUnreadable, &mut warnings),
            expires: dated(self.expires, BadgeWarning::ExpiryUnreadable, &mut warnings)
                .map_or(BadgeExpiry::NotStated, BadgeExpiry::On),
            proof: or_warn(proof(self.proof), BadgeWarning::ProofLeftOut, &mut warnings),
            kind: self.kind,
            warnings,
        }
        .with_inferred_warnings()
    }
}

fn is_yes(value: &Value) -> bool {
    matches!(value, Value::Bool(true)) || value.as_str().is_some_and(|text| text == "true")
}

fn first<'a>(value: &'a Value, keys: &[&str]) -> Option<&'a Value> {
    keys.iter().find_map(|key| at(value, &[key]))
}

fn first_text(value: &Value, paths: &[&[&str]]) -> Option<String> {
    paths.iter().find_map(|path| text_at(value, path))
}

/// The day as it is written, with a warning if it is written in seconds.
fn dated(
    value: Option<&Value>,
    warning: fn(String) -> BadgeWarning,
    warnings: &mut Vec<BadgeWarning>,
) -> Option<NaiveDate> {
    let day = or_warn(value.map_or(Ok(None), day), warning, warnings)?;
    if day.written == Written::InSeconds && !warnings.contains(&BadgeWarning::DayMayDiffer) {
        warnings.push(BadgeWarning::DayMayDiffer);
    }
    Some(day.day)
}
