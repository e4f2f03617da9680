//! Badge files of other programs: bytes in, badges out, each with what is doubtful about it.
//!
//! Nothing here is verified, fetched or recorded: that a badge counts is for the learner to say.
//! Arrows run one way: `found, values <- { credly, openbadges, picture, entries, token } <- read`, and
//! `found <- recognise <- merge`.

mod credly;
mod entries;
mod found;
mod merge;
mod openbadges;
mod picture;
mod recognise;
mod token;
mod values;

use serde_json::Value;

pub use found::{Doubt, Fault, Format, Found, FoundExpiry, Reading, Unreadable};
pub use found::{MOST_BADGE_BYTES, MOST_BADGES, MOST_BYTES};
pub use merge::{Merged, merged};
pub use recognise::{Because, Recognition, recognise};

/// Credentials may be wrapped in tokens, pages and presentations, but not without end.
const MOST_WRAPS: u8 = 4;

/// Reads a file of badges, whatever it is called: its content says how it is written.
pub fn read(bytes: &[u8]) -> Result<Reading, Unreadable> {
    if bytes.len() > MOST_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let mut reader = Reader::default();
    if picture::is_picture(bytes) {
        reader.picture(bytes)?;
    } else {
        reader.text(decoded(bytes)?)?;
    }
    reader.finish()
}

/// The text of a file, without its byte order mark.
fn decoded(bytes: &[u8]) -> Result<&str, Unreadable> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|_| {
        Unreadable::not_badges(match bytes {
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

/// A reading under way.
#[derive(Default)]
struct Reader {
    /// Of the first badge.
    format: Option<Format>,
    found: Vec<Found>,
    faults: Vec<Fault>,
    /// Badges and what stood in their place.
    count: usize,
}

impl Reader {
    fn finish(self) -> Result<Reading, Unreadable> {
        if self.count > MOST_BADGES {
            return Err(Unreadable::TooMany);
        }
        match (self.format, self.faults.first()) {
            (Some(format), _) => Ok(Reading { format, found: self.found, faults: self.faults }),
            (None, Some(fault)) => Err(Unreadable::not_badges(format!("there is none in it; {fault}"))),
            (None, None) => Err(Unreadable::not_badges("there is none in it")),
        }
    }

    /// One text that cannot be read does not cost the others.
    fn picture(&mut self, bytes: &[u8]) -> Result<(), Unreadable> {
        let baked = picture::baked(bytes)?;
        for text in &baked.texts {
            match self.text(text) {
                Err(Unreadable::NotBadges(is)) if baked.texts.len() == 1 => {
                    return Err(Unreadable::not_badges(format!("a picture, and the text inside is {is}")));
                }
                Err(Unreadable::NotBadges(is)) => {
                    self.faults.push(Fault::of_file(format!("one of the texts inside is {is}")));
                }
                outcome => outcome?,
            }
        }
        if baked.is_cut {
            self.faults.push(Fault::of_file("the picture is cut short; the badge inside was read"));
        }
        self.format = self.format.map(|_| Format::Picture);
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Unreadable> {
        let text = text.trim();
        match text.bytes().next() {
            Some(b'{' | b'[') => {
                let entries = entries::of(text)?;
                entries.texts.iter().for_each(|entry| self.entry(entry));
                self.faults.extend(entries.faults);
            }
            Some(_) if token::is_token(text) => self.value(&Value::String(text.to_owned()), 0),
            Some(b'<') => return Err(Unreadable::not_badges("a web page or another kind of XML")),
            None => return Err(Unreadable::not_badges("empty")),
            Some(_) => return Err(Unreadable::not_badges(plain(text))),
        }
        Ok(())
    }

    fn entry(&mut self, text: &str) {
        if text.len() > MOST_BADGE_BYTES {
            let most = MOST_BADGE_BYTES / 1024 / 1024;
            return self.fault(format!("larger than {most} MiB, the most that is read of one badge"));
        }
        match serde_json::from_str(text) {
            Ok(value) => self.value(&value, 0),
            Err(error) => self.fault(broken(&error)),
        }
    }

    fn fault(&mut self, problem: impl Into<String>) {
        self.count += 1;
        self.faults.push(Fault::of_badge(self.count, problem));
    }

    fn value(&mut self, value: &Value, wraps: u8) {
        if self.count > MOST_BADGES {
            return;
        }
        match (wrapped(value), value) {
            (Some(_), _) | (None, Value::String(_)) if wraps == MOST_WRAPS => {
                self.fault(format!("wrapped more than {MOST_WRAPS} times"));
            }
            (Some(Value::Array(items)), _) => items.iter().for_each(|item| self.value(item, wraps + 1)),
            (Some(inner), _) => self.value(inner, wraps + 1),
            (None, Value::String(text)) => self.token(text, wraps + 1),
            (None, badge) => self.badge(badge),
        }
    }

    fn token(&mut self, text: &str, wraps: u8) {
        let text = text.rsplit(',').next().unwrap_or(text).trim();
        let is_token = token::is_token(text) && text.len() <= MOST_BADGE_BYTES;
        match is_token.then(|| token::payload(text)).flatten() {
            Some(payload) => self.value(&payload, wraps),
            None => self.fault("text, not a badge"),
        }
    }

    fn badge(&mut self, value: &Value) {
        let place = found::place(self.count + 1);
        let (format, outcome) = if openbadges::is_credential(value) {
            (Format::OpenBadges3, Ok(openbadges::credential(place, value)))
        } else if openbadges::is_assertion(value) {
            (Format::OpenBadges2, Ok(openbadges::assertion(place, value)))
        } else if credly::is_badge(value) {
            (Format::Credly, credly::read(place, value))
        } else {
            return self.fault(no_badge(value));
        };
        self.format.get_or_insert(format);
        match outcome {
            Ok(found) => {
                self.count += 1;
                self.found.push(found);
            }
            Err(problem) => self.fault(problem),
        }
    }
}

/// What is inside of a page, a presentation or an envelope.
fn wrapped(value: &Value) -> Option<&Value> {
    let inside = |key: &str| value.get(key).filter(|v| !v.is_null());
    if values::has_type(value, "EnvelopedVerifiableCredential") {
        return inside("id").filter(|id| id.is_string());
    }
    inside("verifiableCredential")
        .or_else(|| inside("vp").filter(|v| v.is_object()))
        .or_else(|| inside("data").filter(|v| v.is_array()))
}

/// Text that is no JSON.
fn plain(text: &str) -> String {
    match values::link(Some(&Value::String(text.to_owned()))) {
        Some(link) => format!("only the address of a badge; save as a file what is there: {link}"),
        None => "plain text".to_owned(),
    }
}

fn no_badge(value: &Value) -> &'static str {
    match value {
        Value::Object(_) if values::has_type(value, "BadgeClass") => {
            "it describes a kind of badge, and nobody's badge"
        }
        Value::Object(_) => "it has neither \"badge_template\" nor \"badge\" nor \"credentialSubject\"",
        Value::Array(_) => "a list, not a badge",
        Value::Null => "nothing, not a badge",
        _ => "a plain value, not a badge",
    }
}

/// What serde says, without the place, which would be counted within the badge.
fn broken(error: &serde_json::Error) -> String {
    let said = error.to_string();
    match said.rsplit_once(" at line ").map_or(said.as_str(), |(problem, _)| problem) {
        "recursion limit exceeded" => "nested more than 128 deep, the most that is read".to_owned(),
        problem => format!("broken JSON: {problem}"),
    }
}

#[cfg(test)]
mod tests;
