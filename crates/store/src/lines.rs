//! The journal as JSON lines: how it is exported, imported and backed up.

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, TimeZone, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use badgedex_domain::catalog::{CredentialId, Expires};
use badgedex_domain::journal::{Answered, Deed, Event, Passed, Scheduled};
use badgedex_domain::question::QuestionId;

/// What the first line says of the others.
pub const FORMAT: &str = "badgedex-journal/1";

/// No exam costs more, in whatever currency; more could not be summed up.
const MOST_FEE: f64 = 1e9;

/// Why a line cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadLine {
    #[error("it is no JSON object: {0}")]
    NotJson(String),
    #[error("\"{0}\" is missing")]
    Missing(&'static str),
    #[error("\"{key}\" is {found}, not {expected}")]
    Unfit { key: String, found: String, expected: &'static str },
}

/// The first line of a journal.
pub fn header() -> String {
    json!({ "format": FORMAT }).to_string()
}

/// The `format` that a first line names.
pub fn format_of(line: &str) -> Option<String> {
    let value: Value = serde_json::from_str(line.trim_start_matches('\u{feff}')).ok()?;
    value.get("format")?.as_str().map(str::to_owned)
}

/// One event as one line, without its end: keys in a fixed order, so that equal events are equal text.
pub fn write(event: &Event) -> String {
    let mut line = Map::new();
    line.insert("id".into(), json!(event.id));
    line.insert("at".into(), json!(event.at.to_rfc3339_opts(SecondsFormat::AutoSi, false)));
    line.insert("device".into(), json!(event.device));
    line.insert("kind".into(), json!(event.deed.kind()));
    line.extend(body(&event.deed));
    for (key, value) in &event.extra {
        line.entry(key).or_insert_with(|| value.clone());
    }
    Value::Object(line).to_string()
}

/// The keys of a deed, but for its kind.
pub fn body(deed: &Deed) -> Map<String, Value> {
    let value = match deed {
        Deed::Answered(a) => json!({
            "question": a.question.as_str(), "revision": a.revision, "form": a.form, "guess": a.guess,
            "correct": a.correct, "given": a.given, "hint": a.hint, "cram": a.cram, "took_ms": a.took_ms,
            "sitting": a.sitting,
        }),
        Deed::Passed(p) => json!({
            "credential": p.credential.as_str(), "on": p.on, "expires": p.expires.map(expires), "proof": p.proof,
        }),
        Deed::Failed { credential, on } => json!({ "credential": credential.as_str(), "on": on }),
        Deed::Scheduled(s) => scheduled(s),
        Deed::Moved { credential, on } => json!({ "credential": credential.as_str(), "on": on }),
        Deed::Unscheduled { credential }
        | Deed::Dropped { credential }
        | Deed::Skipped { credential }
        | Deed::Unskipped { credential } => json!({ "credential": credential.as_str() }),
        Deed::Suspended { question } | Deed::Resumed { question } => json!({ "question": question.as_str() }),
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

/// The place came later than the other keys: it is written where there is one.
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

/// Reads one line.
pub fn read(line: &str) -> Result<Event, BadLine> {
    if let Some(event) = PlainAnswer::read(line) {
        return Ok(event);
    }
    let map = serde_json::from_str(line).map_err(|e| BadLine::NotJson(plain(&e)))?;
    let mut keys = Keys(map);
    let id = keys.uuid("id")?;
    let at = keys.need("at", "a time from 1678 to 2261 as RFC 3339 writes it", |v| instant(v.as_str()?))?;
    let device = keys.text("device")?.unwrap_or_default();
    let kind = keys.need("kind", "text", |v| v.as_str().map(str::to_owned))?;
    let deed = keys.deed(kind)?;
    Ok(Event { id, at, device, deed, extra: keys.0 })
}

/// An answer with all its keys and no others, as this program writes it: nearly every line is one, and it
/// is read in half the time. Whatever is not so is read with care.
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
}

impl PlainAnswer<'_> {
    fn read(line: &str) -> Option<Event> {
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
            guess: positive(plain.guess),
            correct: plain.correct,
            given: plain.given,
            hint: plain.hint,
            cram: plain.cram,
            took_ms: plain.took_ms,
            sitting: plain.sitting,
        };
        Some(Event {
            id: plain.id,
            at,
            device: plain.device,
            deed: Deed::Answered(answered),
            extra: Map::new(),
        })
    }
}

/// A deed of a known kind from its keys, which are taken out; other keys stay.
pub fn read_body(kind: String, body: Map<String, Value>) -> Result<(Deed, Map<String, Value>), BadLine> {
    let mut keys = Keys(body);
    let deed = keys.deed(kind)?;
    Ok((deed, keys.0))
}

/// What serde says, without its place: the caller knows the line.
fn plain(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.rsplit_once(" at line ").map_or(said.clone(), |(plain, _)| plain.to_owned())
}

fn unfit(key: &str, found: &Value, expected: &'static str) -> BadLine {
    let mut found = found.to_string();
    if found.len() > 60 {
        found = format!("{} ...", found.chars().take(56).collect::<String>());
    }
    BadLine::Unfit { key: key.to_owned(), found, expected }
}

/// The keys of a line that are not read yet.
struct Keys(Map<String, Value>);

impl Keys {
    /// A value that may be absent or null.
    fn may<T>(
        &mut self,
        key: &'static str,
        expected: &'static str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<Option<T>, BadLine> {
        match self.0.remove(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => read(&value).map(Some).ok_or_else(|| unfit(key, &value, expected)),
        }
    }

    fn need<T>(
        &mut self,
        key: &'static str,
        expected: &'static str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<T, BadLine> {
        self.may(key, expected, read)?.ok_or(BadLine::Missing(key))
    }

    fn text(&mut self, key: &'static str) -> Result<Option<String>, BadLine> {
        self.may(key, "text", |v| v.as_str().map(str::to_owned))
    }

    fn flag(&mut self, key: &'static str) -> Result<bool, BadLine> {
        Ok(self.may(key, "true or false", Value::as_bool)?.unwrap_or(false))
    }

    fn uuid(&mut self, key: &'static str) -> Result<Uuid, BadLine> {
        self.need(key, "a UUID", |v| Uuid::parse_str(v.as_str()?).ok())
    }

    fn credential(&mut self) -> Result<CredentialId, BadLine> {
        self.need("credential", "a credential's id", |v| {
            v.as_str().filter(|t| !t.is_empty()).map(CredentialId::new)
        })
    }

    fn question(&mut self) -> Result<QuestionId, BadLine> {
        self.need("question", "a question's id", |v| {
            v.as_str().filter(|t| !t.is_empty()).map(QuestionId::new)
        })
    }

    fn day(&mut self, key: &'static str) -> Result<Option<NaiveDate>, BadLine> {
        self.may(key, "a date (YYYY-MM-DD)", day)
    }

    fn day_needed(&mut self, key: &'static str) -> Result<NaiveDate, BadLine> {
        self.day(key)?.ok_or(BadLine::Missing(key))
    }

    fn deed(&mut self, kind: String) -> Result<Deed, BadLine> {
        Ok(match kind.as_str() {
            "answered" => Deed::Answered(self.answered()?),
            "passed" => Deed::Passed(self.passed()?),
            "failed" => Deed::Failed { credential: self.credential()?, on: self.day("on")? },
            "scheduled" => Deed::Scheduled(Scheduled {
                credential: self.credential()?,
                on: self.day_needed("on")?,
                fee: self.may("fee", "an amount up to a thousand million", |v| {
                    v.as_f64().filter(|n| (0.0..=MOST_FEE).contains(n)).map(positive)
                })?,
                place: self.text("place")?,
            }),
            "moved" => Deed::Moved { credential: self.credential()?, on: self.day_needed("on")? },
            "unscheduled" => Deed::Unscheduled { credential: self.credential()? },
            "dropped" => Deed::Dropped { credential: self.credential()? },
            "skipped" => Deed::Skipped { credential: self.credential()? },
            "unskipped" => Deed::Unskipped { credential: self.credential()? },
            "suspended" => Deed::Suspended { question: self.question()? },
            "resumed" => Deed::Resumed { question: self.question()? },
            "set" => Deed::Set {
                key: self.need("key", "text", |v| v.as_str().map(str::to_owned))?,
                value: self.0.remove("value").unwrap_or(Value::Null),
            },
            "tuned" => Deed::Tuned { parameters: self.need("parameters", "a list of numbers", parameters)? },
            "retracted" => Deed::Retracted { event: self.uuid("event")? },
            _ => Deed::Unknown { kind },
        })
    }

    fn answered(&mut self) -> Result<Answered, BadLine> {
        Ok(Answered {
            question: self.question()?,
            revision: self.text("revision")?,
            form: self.text("form")?,
            guess: self.need("guess", "a chance from 0 to below 1", |v| {
                v.as_f64().filter(|guess| (0.0..1.0).contains(guess)).map(positive)
            })?,
            correct: self.need("correct", "true or false", Value::as_bool)?,
            given: self.0.remove("given").unwrap_or(Value::Null),
            hint: self.flag("hint")?,
            cram: self.flag("cram")?,
            took_ms: self
                .may("took_ms", "whole milliseconds", |v| v.as_u64().filter(|ms| *ms <= i64::MAX as u64))?,
            sitting: self.text("sitting")?,
        })
    }

    fn passed(&mut self) -> Result<Passed, BadLine> {
        Ok(Passed {
            credential: self.credential()?,
            on: self.day_needed("on")?,
            expires: self.may("expires", "a date or \"never\"", |v| match v.as_str()? {
                "never" => Some(Expires::Never),
                _ => day(v).map(Expires::On),
            })?,
            proof: self.text("proof")?,
        })
    }
}

/// An instant that the store can hold; a leap second becomes the one after it, as everywhere in Unix.
fn instant(text: &str) -> Option<DateTime<FixedOffset>> {
    let read = DateTime::parse_from_rfc3339(text).ok()?;
    let offset = *read.offset();
    read.timestamp_nanos_opt().map(|nanoseconds| Utc.timestamp_nanos(nanoseconds).with_timezone(&offset))
}

fn day(value: &Value) -> Option<NaiveDate> {
    value.as_str()?.parse().ok()
}

/// Zero without a sign: the store knows only one.
fn positive(number: f64) -> f64 {
    number + 0.0
}

fn parameters(value: &Value) -> Option<Vec<f64>> {
    value.as_array()?.iter().map(|v| v.as_f64().filter(|n| (*n as f32).is_finite())).collect()
}
