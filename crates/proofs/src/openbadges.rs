//! Open Badges: assertions of version 2.0 and credentials of version 3.0, any value in any shape.

use chrono::NaiveDate;
use serde_json::Value;

use super::found::{Doubt, Found, FoundExpiry, or_doubt};
use super::values::{Written, at, day, has_type, link, proof, text_at};

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

/// Reads an assertion. Where its badge is only an address, the name is not in the file.
pub(super) fn assertion(place: String, value: &Value) -> Found {
    let parts = Parts {
        about: at(value, &["badge"]),
        issuer: first_text(value, &[&["badge", "issuer", "name"], &["issuer", "name"]]),
        on: first(value, &["issuedOn", "issued_on"]),
        expires: first(value, &["expires"]),
        proof: first(value, &["id", "@id", "uid"])
            .or_else(|| at(value, &["verification", "url"]).or_else(|| at(value, &["verify", "url"]))),
        kind: None,
    };
    parts.found(place, value)
}

/// Reads a credential. Its own `name` may be the holder's; what was achieved has another.
pub(super) fn credential(place: String, value: &Value) -> Found {
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
    parts.found(place, value)
}

/// What both versions have, under different keys.
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
    fn found(self, place: String, value: &Value) -> Found {
        let mut doubt = vec![Doubt::NotVerified];
        if value.get("revoked").is_some_and(is_yes) {
            doubt.push(Doubt::Revoked);
        }
        let name = self.about.and_then(|about| text_at(about, &["name"]));
        if name.is_none() {
            doubt.push(Doubt::NameMissing { described_at: link(self.about) });
        }
        Found {
            place,
            name,
            slug: None,
            issuer: self.issuer,
            on: dated(self.on, Doubt::DateUnreadable, &mut doubt),
            expires: dated(self.expires, Doubt::ExpiryUnreadable, &mut doubt)
                .map_or(FoundExpiry::NotStated, FoundExpiry::On),
            proof: or_doubt(proof(self.proof), Doubt::ProofLeftOut, &mut doubt),
            kind: self.kind,
            doubt,
        }
        .doubted()
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

/// The day as it is written; only where it is written in seconds, it may be another one.
fn dated(value: Option<&Value>, about: fn(String) -> Doubt, doubt: &mut Vec<Doubt>) -> Option<NaiveDate> {
    let found = or_doubt(value.map_or(Ok(None), day), about, doubt)?;
    if found.written == Written::InSeconds && !doubt.contains(&Doubt::DayMayDiffer) {
        doubt.push(Doubt::DayMayDiffer);
    }
    Some(found.day)
}
