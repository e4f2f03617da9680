//! Badge files of other programs: bytes in, badges out, each with its warnings.
//!
//! Nothing here is verified, fetched or recorded: the learner decides whether a badge counts.
//! Dependencies run one way: `badge, json_values <- { credly, openbadges, baked_png, badge_texts, token } <- read`,
//! and `badge <- recognize <- merge`.
//!
//! ```
//! let file = br#"{"data": [{
//!     "badge_template": {"name": "AWS Certified Developer \u2013 Associate"},
//!     "issued_at_date": "2026-05-04", "expires_at_date": "2029-05-04", "state": "accepted"
//! }]}"#;
//! let read = badgedex_proofs::read(file)?;
//! assert_eq!(read.format.to_string(), "Credly");
//! assert_eq!(read.badges[0].name.as_deref(), Some("AWS Certified Developer – Associate"));
//! assert!(read.badges[0].warnings.is_empty());
//! # Ok::<(), badgedex_proofs::BadgeFileError>(())
//! ```

#![warn(missing_docs)]

mod badge;
mod badge_texts;
mod baked_png;
mod credly;
mod json_values;
mod merge;
mod openbadges;
mod recognize;
mod token;

use serde_json::Value;

pub use badge::{Badge, BadgeError, BadgeExpiry, BadgeFile, BadgeFileError, BadgeFormat, BadgeWarning};
pub use badge::{MAX_BADGE_BYTES, MAX_BADGES, MAX_FILE_BYTES};
pub use merge::{MergedBadge, merge_duplicates};
pub use recognize::{NonCredentialReason, Recognition, recognize};

/// How many tokens, pages and presentations may be wrapped around a credential.
const MAX_WRAPS: u8 = 4;

/// Reads a file of badges. Its content decides how it is read, not its name.
///
/// # Errors
///
/// Returns an error if the file is too large or holds no badge that can be read.
pub fn read(bytes: &[u8]) -> Result<BadgeFile, BadgeFileError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(BadgeFileError::TooLarge);
    }
    let mut reader = Reader::default();
    if baked_png::is_picture(bytes) {
        reader.picture(bytes)?;
    } else {
        reader.text(decoded(bytes)?)?;
    }
    reader.finish()
}

/// The text of a file, without its byte order mark.
fn decoded(bytes: &[u8]) -> Result<&str, BadgeFileError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|_| {
        BadgeFileError::not_badges(match bytes {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16 text; save it as UTF-8",
            [b'P', b'K', ..] => "a zip archive; unpack it first",
            [0xff, 0xd8, ..] | [b'G', b'I', b'F', ..] | [b'R', b'I', b'F', b'F', ..] => {
                "a picture other than PNG"
            }
            [b'%', b'P', b'D', b'F', ..] => "a PDF",
            _ => "neither UTF-8 text nor a PNG",
        })
    })
}

/// A file that is being read.
#[derive(Default)]
struct Reader {
    /// Of the first badge.
    format: Option<BadgeFormat>,
    badges: Vec<Badge>,
    errors: Vec<BadgeError>,
    /// The number of badges, including those that cannot be read.
    count: usize,
}

impl Reader {
    fn finish(self) -> Result<BadgeFile, BadgeFileError> {
        if self.count > MAX_BADGES {
            return Err(BadgeFileError::TooMany);
        }
        match (self.format, self.errors.first()) {
            (Some(format), _) => Ok(BadgeFile { format, badges: self.badges, errors: self.errors }),
            (None, Some(error)) => Err(BadgeFileError::not_badges(format!("there is none in it; {error}"))),
            (None, None) => Err(BadgeFileError::not_badges("there is none in it")),
        }
    }

    /// A text that cannot be read does not prevent the others from being read.
    fn picture(&mut self, bytes: &[u8]) -> Result<(), BadgeFileError> {
        let picture = baked_png::read(bytes)?;
        for text in &picture.texts {
            match self.text(text) {
                Err(BadgeFileError::NotBadges(is)) if picture.texts.len() == 1 => {
                    return Err(BadgeFileError::not_badges(format!(
                        "a picture, and the text inside is {is}"
                    )));
                }
                Err(BadgeFileError::NotBadges(is)) => {
                    self.errors.push(BadgeError::of_file(format!("one of the texts inside is {is}")));
                }
                outcome => outcome?,
            }
        }
        if picture.is_truncated {
            self.errors.push(BadgeError::of_file("the picture is cut short; the badge inside was read"));
        }
        self.format = self.format.map(|_| BadgeFormat::Picture);
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), BadgeFileError> {
        let text = text.trim();
        match text.bytes().next() {
            Some(b'{' | b'[') => {
                let entries = badge_texts::split(text)?;
                entries.texts.iter().for_each(|entry| self.entry(entry));
                self.errors.extend(entries.errors);
            }
            Some(_) if token::is_token(text) => self.value(&Value::String(text.to_owned()), 0),
            Some(b'<') => return Err(BadgeFileError::not_badges("a web page or another kind of XML")),
            None => return Err(BadgeFileError::not_badges("empty")),
            Some(_) => return Err(BadgeFileError::not_badges(describe_plain_text(text))),
        }
        Ok(())
    }

    fn entry(&mut self, text: &str) {
        if text.len() > MAX_BADGE_BYTES {
            let most = MAX_BADGE_BYTES / 1024 / 1024;
            return self.skip(format!("larger than {most} MiB, the most that is read of one badge"));
        }
        match serde_json::from_str(text) {
            Ok(value) => self.value(&value, 0),
            Err(error) => self.skip(json_problem(&error)),
        }
    }

    fn skip(&mut self, problem: impl Into<String>) {
        self.count += 1;
        self.errors.push(BadgeError::of_badge(self.count, problem));
    }

    fn value(&mut self, value: &Value, wraps: u8) {
        if self.count > MAX_BADGES {
            return;
        }
        match (wrapped(value), value) {
            (Some(_), _) | (None, Value::String(_)) if wraps == MAX_WRAPS => {
                self.skip(format!("wrapped more than {MAX_WRAPS} times"));
            }
            (Some(Value::Array(items)), _) => items.iter().for_each(|item| self.value(item, wraps + 1)),
            (Some(inner), _) => self.value(inner, wraps + 1),
            (None, Value::String(text)) => self.token(text, wraps + 1),
            (None, badge) => self.badge(badge),
        }
    }

    fn token(&mut self, text: &str, wraps: u8) {
        let text = text.rsplit(',').next().unwrap_or(text).trim();
        let is_token = token::is_token(text) && text.len() <= MAX_BADGE_BYTES;
        match is_token.then(|| token::payload(text)).flatten() {
            Some(payload) => self.value(&payload, wraps),
            None => self.skip("text, not a badge"),
        }
    }

    fn badge(&mut self, value: &Value) {
        let place = badge::place(self.count + 1);
        let (format, outcome) = if openbadges::is_credential(value) {
            (BadgeFormat::OpenBadges3, Ok(openbadges::credential(place, value)))
        } else if openbadges::is_assertion(value) {
            (BadgeFormat::OpenBadges2, Ok(openbadges::assertion(place, value)))
        } else if credly::is_badge(value) {
            (BadgeFormat::Credly, credly::read(place, value))
        } else {
            return self.skip(not_a_badge(value));
        };
        self.format.get_or_insert(format);
        match outcome {
            Ok(badge) => {
                self.count += 1;
                self.badges.push(badge);
            }
            Err(problem) => self.skip(problem),
        }
    }
}

/// The content of a page, a presentation or an envelope; `None` if the value is none of these.
fn wrapped(value: &Value) -> Option<&Value> {
    let inside = |key: &str| value.get(key).filter(|v| !v.is_null());
    if json_values::has_type(value, "EnvelopedVerifiableCredential") {
        return inside("id").filter(|id| id.is_string());
    }
    inside("verifiableCredential")
        .or_else(|| inside("vp").filter(|v| v.is_object()))
        .or_else(|| inside("data").filter(|v| v.is_array()))
}

/// What a text is that is not JSON.
fn describe_plain_text(text: &str) -> String {
    match json_values::link(Some(&Value::String(text.to_owned()))) {
        Some(link) => format!("only the address of a badge; save as a file what is there: {link}"),
        None => "plain text".to_owned(),
    }
}

fn not_a_badge(value: &Value) -> &'static str {
    match value {
        Value::Object(_) if json_values::has_type(value, "BadgeClass") => {
            "it describes a kind of badge, not a badge of a person"
        }
        Value::Object(_) => "it has neither \"badge_template\" nor \"badge\" nor \"credentialSubject\"",
        Value::Array(_) => "a list, not a badge",
        Value::Null => "nothing, not a badge",
        _ => "a plain value, not a badge",
    }
}

/// The message of serde without its position, which is relative to the badge.
fn json_problem(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rsplit_once(" at line ").map_or(message.as_str(), |(problem, _)| problem) {
        "recursion limit exceeded" => "nested more than 128 deep, the most that is read".to_owned(),
        problem => format!("broken JSON: {problem}"),
    }
}

#[cfg(test)]
mod tests;
