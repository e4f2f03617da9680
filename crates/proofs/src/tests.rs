//! Tests of badge files: what each file of `samples/` holds, and that no file does harm.

mod hostile;
mod pictures;
mod reading;
mod recognition;

use chrono::NaiveDate;
use serde_json::Value;

use super::{Badge, BadgeExpiry, BadgeFile, read};

const TWELVE: &str = include_str!("../samples/credly-twelve.json");
const ODD_TYPES: &str = include_str!("../samples/credly-odd-types.json");
const ESCAPES: &str = include_str!("../samples/credly-escapes.json");
const EMBEDDED_2: &str = include_str!("../samples/openbadges-2-embedded.json");
const ADDRESS_2: &str = include_str!("../samples/openbadges-2-address.json");
const CREDENTIAL_3: &str = include_str!("../samples/openbadges-3.json");
const LISTS_3: &str = include_str!("../samples/openbadges-3-lists.json");

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn reading(text: &str) -> BadgeFile {
    read(text.as_bytes()).unwrap()
}

fn of_json(value: &Value) -> BadgeFile {
    reading(&value.to_string())
}

/// The only badge of a file without errors.
fn only(reading: BadgeFile) -> Badge {
    assert_eq!(reading.errors, []);
    assert_eq!(reading.badges.len(), 1);
    reading.badges.into_iter().next().unwrap()
}

fn problem(bytes: &[u8]) -> String {
    read(bytes).unwrap_err().to_string()
}

fn errors(reading: &BadgeFile) -> Vec<String> {
    reading.errors.iter().map(ToString::to_string).collect()
}

fn expiry(found: &Badge) -> String {
    match found.expires {
        BadgeExpiry::Never => "never".to_owned(),
        BadgeExpiry::On(day) => day.to_string(),
        BadgeExpiry::NotStated => "not stated".to_owned(),
    }
}

/// A token as issuers sign them; the signature is made up.
fn token(payload: &Value) -> String {
    format!("{}.{}.c2lnbmF0dXJl", base64url(br#"{"alg":"ES256"}"#), base64url(payload.to_string().as_bytes()))
}

fn base64url(bytes: &[u8]) -> String {
    const SYMBOLS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: Vec<u8> = bytes.iter().flat_map(|b| (0..8).rev().map(move |i| (b >> i) & 1)).collect();
    let value = |six: &[u8]| (0..6).fold(0, |v, i| (v << 1) | six.get(i).copied().unwrap_or(0));
    bits.chunks(6).map(|six| SYMBOLS[usize::from(value(six))] as char).collect()
}
