//! The checksum of an event: the CRC-32 of its canonical form.
//!
//! The canonical form is the event's exported line without `sum`: a JSON object in UTF-8, without blanks, its
//! keys in the order of their bytes, text escaped only where JSON demands it. Anybody can recompute it; in
//! Python, for `event` without its `sum`:
//!
//! ```text
//! zlib.crc32(json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())
//! ```
//!
//! A row of the store has the checksum of the canonical form followed by the row's place in the order of
//! recording, so that no bit of it can change unnoticed.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, FixedOffset, SecondsFormat, Timelike};
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use badgedex_domain::journal::Answered;

/// A CRC-32 (ISO-HDLC, as in gzip and PNG): it differs after any change of up to 32 bits in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checksum(u32);

impl Checksum {
    /// The checksum of a text.
    pub fn of(text: &[u8]) -> Checksum {
        Checksum(crc32fast::hash(text))
    }

    /// The checksum of a row: of the canonical form and the place of an event.
    pub fn of_row(canonical: &[u8], seq: i64, batch: i64) -> Checksum {
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(canonical);
        hasher.update(&seq.to_le_bytes());
        hasher.update(&batch.to_le_bytes());
        Checksum(hasher.finalize())
    }

    /// As the store holds it.
    pub fn to_sql(self) -> i64 {
        i64::from(self.0)
    }
}

/// As lines hold it: eight hexadecimal digits.
impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl FromStr for Checksum {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Checksum, Self::Err> {
        u32::from_str_radix(text, 16).map(Checksum)
    }
}

/// What every event has besides the keys of its kind.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// The event's id.
    pub id: Uuid,
    /// When it happened.
    pub at: DateTime<FixedOffset>,
    /// The device that recorded it.
    pub device: &'a str,
    /// The name of its kind.
    pub kind: &'a str,
}

/// The keys of an answer, as the store and a line hold them.
#[derive(Debug, Clone, Copy)]
pub struct AnswerKeys<'a> {
    /// The question's id.
    pub question: &'a str,
    /// Names the text as it was asked.
    pub revision: Option<&'a str>,
    /// How it was asked.
    pub form: Option<&'a str>,
    /// Chance of a right guess.
    pub guess: f64,
    /// Whether it was right.
    pub correct: bool,
    /// What was answered, as JSON without blanks.
    pub given: &'a str,
    /// Whether a hint was shown.
    pub hint: bool,
    /// Asked outside the schedule.
    pub cram: bool,
    /// Milliseconds from question to answer.
    pub took_ms: Option<u64>,
    /// Names the sitting.
    pub sitting: Option<&'a str>,
}

impl<'a> AnswerKeys<'a> {
    /// The keys of an answer whose `given` is this JSON.
    pub fn of(answered: &'a Answered, given: &'a str) -> AnswerKeys<'a> {
        AnswerKeys {
            question: answered.question.as_str(),
            revision: answered.revision.as_deref(),
            form: answered.form.as_deref(),
            guess: answered.guess,
            correct: answered.correct,
            given,
            hint: answered.hint,
            cram: answered.cram,
            took_ms: answered.took_ms,
            sitting: answered.sitting.as_deref(),
        }
    }
}

/// Writes the canonical form of an answer that has no other keys. Nearly all events are such answers: this is
/// many times faster than [`write_keys`], and writes the same.
pub fn write_answer(out: &mut Vec<u8>, head: &Head, answer: &AnswerKeys) {
    out.extend_from_slice(b"{\"at\":\"");
    write_time(out, head.at);
    out.extend_from_slice(b"\",\"correct\":");
    write_flag(out, answer.correct);
    out.extend_from_slice(b",\"cram\":");
    write_flag(out, answer.cram);
    out.extend_from_slice(b",\"device\":");
    write_json(out, &head.device);
    out.extend_from_slice(b",\"form\":");
    write_json(out, &answer.form);
    out.extend_from_slice(b",\"given\":");
    out.extend_from_slice(answer.given.as_bytes());
    out.extend_from_slice(b",\"guess\":");
    write_json(out, &answer.guess);
    out.extend_from_slice(b",\"hint\":");
    write_flag(out, answer.hint);
    out.extend_from_slice(b",\"id\":\"");
    out.extend_from_slice(head.id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes());
    out.extend_from_slice(b"\",\"kind\":");
    write_json(out, &head.kind);
    out.extend_from_slice(b",\"question\":");
    write_json(out, &answer.question);
    out.extend_from_slice(b",\"revision\":");
    write_json(out, &answer.revision);
    out.extend_from_slice(b",\"sitting\":");
    write_json(out, &answer.sitting);
    out.extend_from_slice(b",\"took_ms\":");
    write_json(out, &answer.took_ms);
    out.push(b'}');
}

/// Writes the canonical form of any event from the keys of its kind.
pub fn write_keys(out: &mut Vec<u8>, head: &Head, mut keys: Map<String, Value>) {
    let mut at = Vec::with_capacity(40);
    write_time(&mut at, head.at);
    keys.insert("id".into(), head.id.hyphenated().to_string().into());
    keys.insert("at".into(), String::from_utf8_lossy(&at).into_owned().into());
    keys.insert("device".into(), head.device.into());
    keys.insert("kind".into(), head.kind.into());
    write_json(out, &keys);
}

/// Text, numbers and maps with text as keys cannot fail to be written to memory.
fn write_json(out: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(out, value).expect("a value of JSON can be written");
}

fn write_flag(out: &mut Vec<u8>, flag: bool) {
    out.extend_from_slice(if flag { b"true" } else { b"false" });
}

/// Writes a time as RFC 3339 has it, with as many groups of three decimals as it needs: what
/// [`DateTime::to_rfc3339_opts`] writes, in a fraction of the time.
fn write_time(out: &mut Vec<u8>, at: DateTime<FixedOffset>) {
    let offset = at.offset().local_minus_utc();
    let local = at.naive_local();
    if offset % 60 != 0 || !(0..=9999).contains(&local.year()) || local.nanosecond() >= 1_000_000_000 {
        out.extend_from_slice(at.to_rfc3339_opts(SecondsFormat::AutoSi, false).as_bytes());
        return;
    }
    write_digits::<4>(out, local.year().unsigned_abs());
    for (sign, number) in [(b'-', local.month()), (b'-', local.day()), (b'T', local.hour())] {
        out.push(sign);
        write_digits::<2>(out, number);
    }
    for number in [local.minute(), local.second()] {
        out.push(b':');
        write_digits::<2>(out, number);
    }
    let nanoseconds = local.nanosecond();
    if nanoseconds > 0 {
        out.push(b'.');
        match (nanoseconds % 1_000_000, nanoseconds % 1_000) {
            (0, _) => write_digits::<3>(out, nanoseconds / 1_000_000),
            (_, 0) => write_digits::<6>(out, nanoseconds / 1_000),
            _ => write_digits::<9>(out, nanoseconds),
        }
    }
    out.push(if offset < 0 { b'-' } else { b'+' });
    let minutes = offset.unsigned_abs() / 60;
    write_digits::<2>(out, minutes / 60);
    out.push(b':');
    write_digits::<2>(out, minutes % 60);
}

fn write_digits<const WIDTH: usize>(out: &mut Vec<u8>, mut number: u32) {
    let mut digits = [b'0'; WIDTH];
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
    out.extend_from_slice(&digits);
}
