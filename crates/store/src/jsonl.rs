//! The journal as JSON lines: how it is exported, imported and backed up.
//!
//! ```
//! use badgedex_store::jsonl;
//!
//! let line = concat!(
//!     r#"{"id":"019aafcf-5f1c-7000-8000-000000000001","at":"2026-11-23T12:00:00+01:00","device":"here","#,
//!     r#""kind":"skipped","credential":"aws-security-specialty"}"#
//! );
//! let event = jsonl::read(line)?;
//! assert_eq!(event.deed.kind(), "skipped");
//! assert_eq!(jsonl::read(&jsonl::write(&event))?, event);
//! # Ok::<(), jsonl::LineError>(())
//! ```

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone, Utc};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value, json};
use uuid::Uuid;

use super::checksum::{self, AnswerKeys, Checksum, Head};
use badgedex_domain::catalog::{CredentialId, Expires};
use badgedex_domain::journal::{
    Answered, DayPrecision, Deed, Event, ExamEnd, ExamId, ExamMarked, ExamStarted, Passed, QuestionRevision,
    Scheduled,
};
use badgedex_domain::question::QuestionId;

/// The format that the first line names.
pub const FORMAT: &str = "badgedex-journal/1";

/// No exam costs more, in any currency, and larger amounts could not be added up.
const MAX_FEE: f64 = 1e9;

/// Why a line is not an event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// It is not a JSON object.
    #[error("it is not a JSON object: {0}")]
    NotJson(String),
    /// A key is missing.
    #[error("\"{0}\" is missing")]
    Missing(&'static str),
    /// A key has a value of the wrong kind.
    #[error("\"{key}\" is {found}, not {expected}")]
    WrongValue {
        /// The key.
        key: String,
        /// Its value as JSON, shortened.
        found: String,
        /// What it should be.
        expected: &'static str,
    },
    /// The line is not what its checksum was made of.
    #[error("event {id} is damaged: its checksum does not match")]
    WrongSum {
        /// The event's id, as the line has it.
        id: String,
    },
}

/// A line that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its event.
    pub event: Event,
    /// Whether it had a checksum, which matched. Older journals have none.
    pub has_sum: bool,
}

/// The key of the checksum.
const SUM: &str = "sum";
/// The last key of an answer: its checksum comes before it.
const AFTER_SUM: &[u8] = b",\"took_ms\":";

/// The first line of a journal.
pub fn header() -> String {
    json!({ "format": FORMAT }).to_string()
}

/// The `format` that a first line names.
pub fn format_of(line: &str) -> Option<String> {
    let value: Value = serde_json::from_str(line.trim_start_matches('\u{feff}')).ok()?;
    value.get("format")?.as_str().map(str::to_owned)
}

/// The canonical form of an event.
pub fn canonical(event: &Event) -> Vec<u8> {
    let mut text = Vec::with_capacity(TYPICAL_BYTES);
    let head = Head { id: event.id, at: event.at, device: &event.device, kind: event.deed.kind() };
    match &event.deed {
        Deed::Answered(answered) if has_own_columns(answered) && event.extra.is_empty() => {
            checksum::write_answer(&mut text, &head, &AnswerKeys::of(answered, &answered.given.to_string()));
        }
        deed => {
            let mut keys = body(deed);
            for (key, value) in &event.extra {
                keys.entry(key).or_insert_with(|| value.clone());
            }
            checksum::write_keys(&mut text, &head, keys);
        }
    }
    text
}

/// Whether all keys of an answer have columns of their own: an answer in a mock exam has one more key.
fn has_own_columns(answered: &Answered) -> bool {
    answered.exam.is_none()
}

/// Most answers fit into this many bytes.
const TYPICAL_BYTES: usize = 400;

/// One event as one line with its checksum, without the line's end. Keys are in a fixed order, so that equal
/// events are equal text.
pub fn write(event: &Event) -> String {
    let canonical = canonical(event);
    let sum = Checksum::of(&canonical);
    let place = match event.deed {
        Deed::Answered(_) if event.extra.is_empty() => {
            canonical.windows(AFTER_SUM.len()).rposition(|window| window == AFTER_SUM)
        }
        _ => None,
    };
    let line = match place {
        Some(at) => [&canonical[..at], format!(",\"{SUM}\":\"{sum}\"").as_bytes(), &canonical[at..]].concat(),
        None => {
            let mut keys: Map<String, Value> = serde_json::from_slice(&canonical).unwrap_or_default();
            keys.insert(SUM.into(), json!(sum.to_string()));
            Value::Object(keys).to_string().into_bytes()
        }
    };
    String::from_utf8(line).expect("JSON is UTF-8")
}

/// The keys of a deed, without its kind.
pub fn body(deed: &Deed) -> Map<String, Value> {
    let value = match deed {
        Deed::Answered(a) => answered(a),
        Deed::Passed(p) => passed(p),
        Deed::Failed { credential, on, score } => {
            with_score(json!({ "credential": credential.as_str(), "on": on }), score.as_ref())
        }
        Deed::Scheduled(s) => scheduled(s),
        Deed::Moved { credential, on } => json!({ "credential": credential.as_str(), "on": on }),
        Deed::Unscheduled { credential }
        | Deed::Dropped { credential }
        | Deed::Skipped { credential }
        | Deed::Unskipped { credential } => json!({ "credential": credential.as_str() }),
        Deed::Suspended { question } | Deed::Resumed { question } | Deed::Unflagged { question } => {
            json!({ "question": question.as_str() })
        }
        Deed::Flagged { question, why } => json!({ "question": question.as_str(), "why": why }),
        Deed::Noted { question, text } => json!({ "question": question.as_str(), "text": text }),
        Deed::ExamStarted(exam) => exam_started(exam),
        Deed::ExamMarked(m) => json!({
            "exam": m.exam, "question": m.question, "given": m.given, "flagged": m.flagged, "took_ms": m.took_ms,
        }),
        Deed::ExamPaused { exam } | Deed::ExamResumed { exam } => json!({ "exam": exam }),
        Deed::ExamFinished { exam, how } => json!({ "exam": exam, "how": how.name() }),
        Deed::Set { key, value } => json!({ "key": key, "value": value }),
        Deed::Tuned { parameters } => json!({ "parameters": parameters }),
        Deed::Retracted { event } => json!({ "event": event }),
        Deed::Unknown { .. } => json!({}),
    };
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// The exam was added later than the other keys: it is written only if there is one.
fn answered(a: &Answered) -> Value {
    let mut value = json!({
        "question": a.question.as_str(), "revision": a.revision, "form": a.form, "guess": a.guess,
        "correct": a.correct, "given": a.given, "hint": a.hint, "cram": a.cram, "took_ms": a.took_ms,
        "sitting": a.sitting,
    });
    if let Some(exam) = &a.exam {
        value["exam"] = json!(exam);
    }
    value
}

fn exam_started(started: &ExamStarted) -> Value {
    let question = |q: &QuestionRevision| json!({ "question": q.question, "revision": q.revision });
    json!({
        "exam": started.exam, "credential": started.credential, "pack": started.pack,
        "exam_form": started.exam_form, "minutes": started.minutes,
        "questions": started.questions.iter().map(question).collect::<Vec<_>>(),
    })
}

/// The place was added later than the other keys: it is written only if there is one.
fn scheduled(scheduled: &Scheduled) -> Value {
    let mut value =
        json!({ "credential": scheduled.credential.as_str(), "on": scheduled.on, "fee": scheduled.fee });
    if let Some(place) = &scheduled.place {
        value["place"] = json!(place);
    }
    value
}

fn expires(expires: Expires) -> Value {
    match expires {
        Expires::Never => json!("never"),
        Expires::On(day) => json!(day),
    }
}

/// Reads the event of one line.
///
/// # Errors
///
/// As [`read_line`].
pub fn read(line: &str) -> Result<Event, LineError> {
    read_line(line).map(|line| line.event)
}

/// Reads one line, and compares it with its checksum if it has one.
///
/// # Errors
///
/// Returns an error if the line is not a JSON object, its checksum does not match, or a key of its kind is
/// missing or has a wrong value.
pub fn read_line(line: &str) -> Result<Line, LineError> {
    if let Some(read) = PlainAnswer::read(line) {
        return Ok(read);
    }
    let mut map: Map<String, Value> =
        serde_json::from_str(line).map_err(|e| LineError::NotJson(without_position(&e)))?;
    let has_sum = check_sum(line, &mut map)?;
    let mut keys = Keys(map);
    let id = keys.uuid("id")?;
    let at =
        keys.required("at", "a time from 1678 to 2261 as RFC 3339 writes it", |v| instant(v.as_str()?))?;
    let device = keys.text("device")?.unwrap_or_default();
    let kind = keys.required("kind", "text", |v| v.as_str().map(str::to_owned))?;
    let deed = keys.deed(kind)?;
    Ok(Line { event: Event { id, at, device, deed, extra: keys.0 }, has_sum })
}

/// Takes the checksum out of a line's keys, and compares it with the others. Returns whether there was one.
fn check_sum(line: &str, keys: &mut Map<String, Value>) -> Result<bool, LineError> {
    let written = match keys.remove(SUM) {
        Some(written) => written,
        None if keys.keys().any(|key| is_one_bit_from_sum(key)) => Value::Null,
        None => return Ok(false),
    };
    let written = written.as_str().and_then(|sum| sum.parse::<Checksum>().ok());
    let text = serde_json::to_vec(keys).unwrap_or_default();
    if written.is_some_and(|sum| sum == Checksum::of(&text) || Some(sum) == sum_as_written(line)) {
        return Ok(true);
    }
    let id = keys.get("id").and_then(Value::as_str).unwrap_or("without an id");
    Err(LineError::WrongSum { id: id.chars().take(MAX_ID_SHOWN).collect() })
}

/// Whether a key is `sum` with a flipped bit: the line must not pass for an older one that has no checksum.
fn is_one_bit_from_sum(key: &str) -> bool {
    let flipped = key.bytes().zip(SUM.bytes()).map(|(a, b)| (a ^ b).count_ones()).sum::<u32>();
    key.len() == SUM.len() && flipped == 1
}

/// At most this much is shown of an id that may be anything.
const MAX_ID_SHOWN: usize = 40;

/// The checksum of a line whose values are left as they are written: another program may write a number in
/// another way, or one that does not fit into ours.
fn sum_as_written(line: &str) -> Option<Checksum> {
    let mut keys: BTreeMap<String, Box<RawValue>> = serde_json::from_str(line).ok()?;
    keys.remove(SUM);
    serde_json::to_vec(&keys).ok().map(|text| Checksum::of(&text))
}

/// An answer with all of its keys and no others, as this program writes it. Nearly every line is one, and
/// is read in half the time this way. All other lines are read key by key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlainAnswer<'a> {
    id: Uuid,
    at: &'a str,
    device: String,
    kind: &'a str,
    question: String,
    revision: Option<String>,
    form: Option<String>,
    guess: f64,
    correct: bool,
    given: Value,
    hint: bool,
    cram: bool,
    took_ms: Option<u64>,
    sitting: Option<String>,
    sum: Option<&'a str>,
}

impl PlainAnswer<'_> {
    fn read(line: &str) -> Option<Line> {
        let plain: PlainAnswer = serde_json::from_str(line).ok()?;
        let took_fits = plain.took_ms.is_none_or(|ms| ms <= i64::MAX as u64);
        let fits = plain.kind == "answered"
            && !plain.question.is_empty()
            && (0.0..1.0).contains(&plain.guess)
            && took_fits;
        let at = instant(plain.at).filter(|_| fits)?;
        let answered = Answered {
            question: QuestionId::new(plain.question),
            revision: plain.revision,
            form: plain.form,
            guess: without_negative_zero(plain.guess),
            correct: plain.correct,
            given: plain.given,
            hint: plain.hint,
            cram: plain.cram,
            took_ms: plain.took_ms,
            sitting: plain.sitting,
            exam: None,
        };
        if let Some(sum) = plain.sum {
            let head = Head { id: plain.id, at, device: &plain.device, kind: plain.kind };
            let mut text = Vec::with_capacity(line.len());
            checksum::write_answer(&mut text, &head, &AnswerKeys::of(&answered, &answered.given.to_string()));
            sum.parse::<Checksum>().ok().filter(|sum| *sum == Checksum::of(&text))?;
        }
        let has_sum = plain.sum.is_some();
        let (id, device, deed) = (plain.id, plain.device, Deed::Answered(answered));
        Some(Line { event: Event { id, at, device, deed, extra: Map::new() }, has_sum })
    }
}

/// Reads a deed from the keys of its kind, and returns the other keys with it.
///
/// # Errors
///
/// Returns an error if a key is missing or has a wrong value.
pub fn read_body(kind: String, body: Map<String, Value>) -> Result<(Deed, Map<String, Value>), LineError> {
    let mut keys = Keys(body);
    let deed = keys.deed(kind)?;
    Ok((deed, keys.0))
}

/// The message of serde without its position: the caller knows the line.
fn without_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.clone(), |(problem, _)| problem.to_owned())
}

fn wrong_value(key: &str, found: &Value, expected: &'static str) -> LineError {
    let mut found = found.to_string();
    if found.len() > 60 {
        found = format!("{} ...", found.chars().take(56).collect::<String>());
    }
    LineError::WrongValue { key: key.to_owned(), found, expected }
}

/// The keys of a line that are not yet read.
struct Keys(Map<String, Value>);

impl Keys {
    /// A value that may be absent or null.
    fn optional<T>(
        &mut self,
        key: &'static str,
        expected: &'static str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<Option<T>, LineError> {
        match self.0.remove(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => read(&value).map(Some).ok_or_else(|| wrong_value(key, &value, expected)),
        }
    }

    fn required<T>(
        &mut self,
        key: &'static str,
        expected: &'static str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<T, LineError> {
        self.optional(key, expected, read)?.ok_or(LineError::Missing(key))
    }

    fn text(&mut self, key: &'static str) -> Result<Option<String>, LineError> {
        self.optional(key, "text", |v| v.as_str().map(str::to_owned))
    }

    fn flag(&mut self, key: &'static str) -> Result<bool, LineError> {
        Ok(self.optional(key, "true or false", Value::as_bool)?.unwrap_or(false))
    }

    fn uuid(&mut self, key: &'static str) -> Result<Uuid, LineError> {
        self.required(key, "a UUID", |v| Uuid::parse_str(v.as_str()?).ok())
    }

    fn credential(&mut self) -> Result<CredentialId, LineError> {
        self.required("credential", "a credential's id", |v| {
            v.as_str().filter(|t| !t.is_empty()).map(CredentialId::new)
        })
    }

    fn question(&mut self) -> Result<QuestionId, LineError> {
        self.required("question", "a question's id", |v| {
            v.as_str().filter(|t| !t.is_empty()).map(QuestionId::new)
        })
    }

    fn optional_day(&mut self, key: &'static str) -> Result<Option<NaiveDate>, LineError> {
        self.optional(key, "a date (YYYY-MM-DD)", day)
    }

    fn required_day(&mut self, key: &'static str) -> Result<NaiveDate, LineError> {
        self.optional_day(key)?.ok_or(LineError::Missing(key))
    }

    fn deed(&mut self, kind: String) -> Result<Deed, LineError> {
        Ok(match kind.as_str() {
            "answered" => Deed::Answered(self.answered()?),
            "passed" => Deed::Passed(self.passed()?),
            "failed" => Deed::Failed {
                credential: self.credential()?,
                on: self.optional_day("on")?,
                score: self.score()?,
            },
            "scheduled" => Deed::Scheduled(Scheduled {
                credential: self.credential()?,
                on: self.required_day("on")?,
                fee: self.optional("fee", "an amount up to a thousand million", |v| {
                    v.as_f64().filter(|n| (0.0..=MAX_FEE).contains(n)).map(without_negative_zero)
                })?,
                place: self.text("place")?,
            }),
            "moved" => Deed::Moved { credential: self.credential()?, on: self.required_day("on")? },
            "unscheduled" => Deed::Unscheduled { credential: self.credential()? },
            "dropped" => Deed::Dropped { credential: self.credential()? },
            "skipped" => Deed::Skipped { credential: self.credential()? },
            "unskipped" => Deed::Unskipped { credential: self.credential()? },
            "suspended" => Deed::Suspended { question: self.question()? },
            "resumed" => Deed::Resumed { question: self.question()? },
            "flagged" => Deed::Flagged { question: self.question()?, why: self.text("why")? },
            "unflagged" => Deed::Unflagged { question: self.question()? },
            "noted" => Deed::Noted { question: self.question()?, text: self.text("text")? },
            "exam_started" => Deed::ExamStarted(self.exam_started()?),
            "exam_marked" => Deed::ExamMarked(ExamMarked {
                exam: self.exam()?,
                question: self.question()?,
                given: self.0.remove("given").unwrap_or(Value::Null),
                flagged: self.flag("flagged")?,
                took_ms: self.milliseconds("took_ms")?,
            }),
            "exam_paused" => Deed::ExamPaused { exam: self.exam()? },
            "exam_resumed" => Deed::ExamResumed { exam: self.exam()? },
            "exam_finished" => Deed::ExamFinished { exam: self.exam()?, how: self.exam_end()? },
            "set" => Deed::Set {
                key: self.required("key", "text", |v| v.as_str().map(str::to_owned))?,
                value: self.0.remove("value").unwrap_or(Value::Null),
            },
            "tuned" => {
                Deed::Tuned { parameters: self.required("parameters", "a list of numbers", parameters)? }
            }
            "retracted" => Deed::Retracted { event: self.uuid("event")? },
            _ => Deed::Unknown { kind },
        })
    }

    fn answered(&mut self) -> Result<Answered, LineError> {
        Ok(Answered {
            question: self.question()?,
            revision: self.text("revision")?,
            form: self.text("form")?,
            guess: self.required("guess", "a chance from 0 to below 1", |v| {
                v.as_f64().filter(|guess| (0.0..1.0).contains(guess)).map(without_negative_zero)
            })?,
            correct: self.required("correct", "true or false", Value::as_bool)?,
            given: self.0.remove("given").unwrap_or(Value::Null),
            hint: self.flag("hint")?,
            cram: self.flag("cram")?,
            took_ms: self.milliseconds("took_ms")?,
            sitting: self.text("sitting")?,
            exam: self.optional("exam", AN_EXAM, exam_id)?,
        })
    }

    fn milliseconds(&mut self, key: &'static str) -> Result<Option<u64>, LineError> {
        self.optional(key, "whole milliseconds", |v| v.as_u64().filter(|ms| *ms <= i64::MAX as u64))
    }

    fn exam(&mut self) -> Result<ExamId, LineError> {
        self.required("exam", AN_EXAM, exam_id)
    }

    fn exam_started(&mut self) -> Result<ExamStarted, LineError> {
        Ok(ExamStarted {
            exam: self.exam()?,
            credential: self.optional("credential", "a credential's id", |v| {
                v.as_str().filter(|t| !t.is_empty()).map(CredentialId::new)
            })?,
            pack: self.text("pack")?,
            exam_form: self.text("exam_form")?,
            minutes: self.optional("minutes", "whole minutes", |v| u32::try_from(v.as_u64()?).ok())?,
            questions: self.required("questions", "a list of questions", exam_questions)?,
        })
    }

    fn exam_end(&mut self) -> Result<ExamEnd, LineError> {
        self.required("how", "submitted, time_up or left", |v| {
            ExamEnd::ALL.into_iter().find(|end| v.as_str() == Some(end.name()))
        })
    }

    fn passed(&mut self) -> Result<Passed, LineError> {
        let precision = self.optional("on_precision", "month or year", |v| match v.as_str()? {
            "month" => Some(DayPrecision::Month),
            "year" => Some(DayPrecision::Year),
            _ => None,
        })?;
        // A day that is not known is null; a line without the key was cut.
        let is_said = self.0.contains_key("on");
        let (on, precision) = match self.optional_day("on")? {
            None if !is_said => return Err(LineError::Missing("on")),
            Some(on) => (on, precision.unwrap_or(DayPrecision::Day)),
            None if precision.is_some() => return Err(LineError::Missing("on")),
            None => (DayPrecision::UNKNOWN_DAY, DayPrecision::Unknown),
        };
        Ok(Passed {
            credential: self.credential()?,
            on,
            precision,
            expires: self.optional("expires", "a date or \"never\"", |v| match v.as_str()? {
                "never" => Some(Expires::Never),
                _ => day(v).map(Expires::On),
            })?,
            proof: self.text("proof")?,
            score: self.score()?,
        })
    }

    fn score(&mut self) -> Result<Option<Number>, LineError> {
        self.optional("score", "a number", |v| v.as_number().cloned())
    }
}

/// Adds the score of an exam if there is one: earlier versions did not write the key.
fn with_score(mut keys: Value, score: Option<&Number>) -> Value {
    if let Some(score) = score {
        keys["score"] = Value::Number(score.clone());
    }
    keys
}

/// The keys of a pass. A day that is not known is null; a month or a year is its first day.
fn passed(passed: &Passed) -> Value {
    let on = (passed.precision != DayPrecision::Unknown).then_some(passed.on);
    let mut value = json!({
        "credential": passed.credential.as_str(), "on": on, "expires": passed.expires.map(expires),
        "proof": passed.proof,
    });
    if let Some(precision) = passed.precision.name() {
        value["on_precision"] = precision.into();
    }
    with_score(value, passed.score.as_ref())
}

/// A time that the store can hold. A leap second becomes the second after it, as in Unix time.
fn instant(text: &str) -> Option<DateTime<FixedOffset>> {
    let read = DateTime::parse_from_rfc3339(text).ok()?;
    let offset = *read.offset();
    read.timestamp_nanos_opt().map(|nanoseconds| Utc.timestamp_nanos(nanoseconds).with_timezone(&offset))
}

/// What the key `exam` holds.
const AN_EXAM: &str = "a mock exam's id";

fn exam_id(value: &Value) -> Option<ExamId> {
    value.as_str().filter(|text| !text.is_empty()).map(ExamId::new)
}

fn exam_questions(value: &Value) -> Option<Vec<QuestionRevision>> {
    let question = |value: &Value| {
        let id = value.get("question")?.as_str().filter(|id| !id.is_empty())?;
        let revision = match value.get("revision") {
            None | Some(Value::Null) => None,
            Some(revision) => Some(revision.as_str()?.to_owned()),
        };
        Some(QuestionRevision { question: QuestionId::new(id), revision })
    };
    value.as_array()?.iter().map(question).collect()
}

fn day(value: &Value) -> Option<NaiveDate> {
    value.as_str()?.parse().ok()
}

/// Turns -0.0 into 0.0: the store has only one zero.
fn without_negative_zero(number: f64) -> f64 {
    number + 0.0
}

fn parameters(value: &Value) -> Option<Vec<f64>> {
    value.as_array()?.iter().map(|v| v.as_f64().filter(|n| (*n as f32).is_finite())).collect()
}
