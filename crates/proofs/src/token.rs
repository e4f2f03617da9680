//! Reads signed tokens (compact JWS, RFC 7515). Their signature is not verified.

use serde_json::{Map, Value};

/// The claims of a token, and the keys of a credential with the same meaning.
const CLAIMS: [(&str, &[&str]); 3] = [
    ("nbf", &["validFrom", "issuanceDate", "awardedDate"]),
    ("exp", &["validUntil", "expirationDate"]),
    ("jti", &["id"]),
];

/// Whether a text has the shape of a token: three words of base64url, the first of them an object.
pub(super) fn is_token(text: &str) -> bool {
    let is_word =
        |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'='));
    (text.starts_with("ey") || text.starts_with("ew"))
        && text.split('.').count() == 3
        && text.split('.').all(is_word)
}

/// The credential in a token. It may be under `vc`; then it gets the dates and the id of the token unless it has
/// its own.
pub(super) fn payload(token: &str) -> Option<Value> {
    let payload = decoded(token.split('.').nth(1)?)?;
    let mut claims: Map<String, Value> = serde_json::from_slice(&payload).ok()?;
    let mut credential = match claims.remove("vc") {
        Some(Value::Object(credential)) => credential,
        _ => claims.clone(),
    };
    for (claim, keys) in CLAIMS {
        let has_key = keys.iter().any(|key| credential.get(*key).is_some_and(|v| !v.is_null()));
        if let (false, Some(value)) = (has_key, claims.remove(claim)) {
            credential.insert(keys[0].to_owned(), value);
        }
    }
    Some(Value::Object(credential))
}

/// Base64url, with or without padding (RFC 4648, section 5).
fn decoded(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut bits, mut held) = (0u32, 0);
    for symbol in text.trim_end_matches('=').bytes() {
        bits = (bits << 6) | u32::from(six_bits(symbol)?);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(bytes)
}

fn six_bits(symbol: u8) -> Option<u8> {
    match symbol {
        b'A'..=b'Z' => Some(symbol - b'A'),
        b'a'..=b'z' => Some(symbol - b'a' + 26),
        b'0'..=b'9' => Some(symbol - b'0' + 52),
        b'-' | b'+' => Some(62),
        b'_' | b'/' => Some(63),
        _ => None,
    }
}
