//! Files of badges, read: what each file of `samples/` holds, and what any file may do.

mod hostile;
mod pictures;
mod reading;
mod recognition;

use chrono::NaiveDate;
use serde_json::Value;

use super::{Found, FoundExpiry, Reading, read};

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

fn reading(text: &str) -> Reading {
    read(text.as_bytes()).unwrap()
}

fn of_json(value: &Value) -> Reading {
    reading(&value.to_string())
}

/// The one badge of a reading without faults.
fn only(reading: Reading) -> Found {
    assert_eq!(reading.faults, []);
    assert_eq!(reading.found.len(), 1);
    reading.found.into_iter().next().unwrap()
}

fn problem(bytes: &[u8]) -> String {
    read(bytes).unwrap_err().to_string()
}

fn faults(reading: &Reading) -> Vec<String> {
    reading.faults.iter().map(ToString::to_string).collect()
}

fn expiry(found: &Found) -> String {
    match found.expires {
        FoundExpiry::Never => "never".to_owned(),
        FoundExpiry::On(day) => day.to_string(),
        FoundExpiry::NotStated => "not stated".to_owned(),
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
