//! The journal: the append-only record of everything that happened.
//!
//! The same events mean the same in whatever order they were imported: they are read in the order
//! of (`at` as an instant, then `id`), and of contradicting events the last one holds.

use std::collections::HashSet;
use std::fmt;

use chrono::{DateTime, Duration, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};
use uuid::Uuid;

use super::catalog::{CredentialId, Expires};
use super::period::PartialDate;
use super::question::QuestionId;

/// The hour, local time, at which a day of memory begins.
const DAY_BEGINS_AT_HOUR: i64 = 4;

/// One line of the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Unique over all devices; a UUID of version 7.
    pub id: Uuid,
    /// When it happened, with the offset of the local clock.
    pub at: DateTime<FixedOffset>,
    /// The device on which it was recorded.
    pub device: String,
    /// What happened.
    pub deed: Deed,
    /// Keys that this version does not know; they are kept and passed on.
    pub extra: Map<String, Value>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// A question was answered.
    Answered(Answered),
    /// A credential was passed.
    Passed(Passed),
    /// An exam was failed.
    Failed {
        /// Which one.
        credential: CredentialId,
        /// The day of the exam; `None`: the day of the event.
        on: Option<NaiveDate>,
        /// The issuer's score, as it was written.
        score: Option<Number>,
    },
    /// An exam was booked.
    Scheduled(Scheduled),
    /// A booked exam was moved.
    Moved {
        /// Which one.
        credential: CredentialId,
        /// The new day.
        on: NaiveDate,
    },
    /// A booking was canceled.
    Unscheduled {
        /// Which one.
        credential: CredentialId,
    },
    /// A pass was recorded by mistake, or is given up.
    Dropped {
        /// Which one.
        credential: CredentialId,
    },
    /// The learner does not want a credential.
    Skipped {
        /// Which one.
        credential: CredentialId,
    },
    /// The learner wants it after all.
    Unskipped {
        /// Which one.
        credential: CredentialId,
    },
    /// A question was set aside.
    Suspended {
        /// Which one.
        question: QuestionId,
    },
    /// A question was taken back into study.
    Resumed {
        /// Which one.
        question: QuestionId,
    },
    /// A question was marked, for example because its key seems wrong. It is asked as before.
    Flagged {
        /// Which one.
        question: QuestionId,
        /// Why, in the learner's words.
        why: Option<String>,
    },
    /// The mark was taken away.
    Unflagged {
        /// Which one.
        question: QuestionId,
    },
    /// The learner's note on a question was written, replaced or removed.
    Noted {
        /// Which one.
        question: QuestionId,
        /// The whole note; `None` or an empty text removes it.
        text: Option<String>,
    },
    /// A mock exam was begun.
    ExamStarted(ExamStarted),
    /// A question of a mock exam was answered, or its flag was changed. The last one of a question holds.
    ExamMarked(ExamMarked),
    /// The clock of a mock exam was stopped for a break.
    ExamPaused {
        /// Which one.
        exam: ExamId,
    },
    /// The clock of a mock exam runs again: after a break, or because the program had ended.
    ExamResumed {
        /// Which one.
        exam: ExamId,
    },
    /// A mock exam is over.
    ExamFinished {
        /// Which one.
        exam: ExamId,
        /// How it ended.
        how: ExamEnd,
    },
    /// A setting was changed.
    Set {
        /// The name of the setting.
        key: String,
        /// The value, usually a text.
        value: Value,
    },
    /// The memory's parameters were fitted to the learner.
    Tuned {
        /// The 21 parameters of FSRS-6.
        parameters: Vec<f64>,
    },
    /// An earlier event was undone.
    Retracted {
        /// The id of that event; it may not be here yet.
        event: Uuid,
    },
    /// A kind that this version does not know; its keys are in [`Event::extra`].
    Unknown {
        /// The kind as it is written.
        kind: String,
    },
}

/// One answered question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// Under the id that it had then.
    pub question: QuestionId,
    /// Identifies the text as it was asked; see [`Asked::revision`](crate::question::Asked::revision).
    pub revision: Option<String>,
    /// How it was asked (`one-of`, `typed`, ...).
    pub form: Option<String>,
    /// Chance of a right guess, at least 0 and below 1.
    pub guess: f64,
    /// Whether it was right.
    pub correct: bool,
    /// What was answered; null if the learner did not know.
    pub given: Value,
    /// Whether a hint was shown.
    pub hint: bool,
    /// Asked outside the schedule; it does not change the belief.
    pub cram: bool,
    /// Milliseconds from question to answer.
    pub took_ms: Option<u64>,
    /// Names the sitting in which it was asked.
    pub sitting: Option<String>,
    /// The mock exam in which it was asked; its answers are recorded when it ends.
    pub exam: Option<ExamId>,
}

impl Answered {
    /// An answer within the schedule, without a hint, of which nothing else is known.
    pub fn new(question: QuestionId, correct: bool, guess: f64) -> Answered {
        Answered {
            question,
            revision: None,
            form: None,
            guess,
            correct,
            given: Value::Null,
            hint: false,
            cram: false,
            took_ms: None,
            sitting: None,
            exam: None,
        }
    }
}

/// Identifies a mock exam over all devices.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExamId(String);

impl ExamId {
    /// An id as the journal has it.
    pub fn new(id: impl Into<String>) -> Self {
        ExamId(id.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ExamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A mock exam was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExamStarted {
    /// Which one.
    pub exam: ExamId,
    /// The credential whose exam it is like; `None` if no catalog has it.
    pub credential: Option<CredentialId>,
    /// The pack whose exam it is, if no catalog has it.
    pub pack: Option<String>,
    /// The form that was asked; `None` if the questions were drawn.
    pub exam_form: Option<String>,
    /// How long it may take; `None`: as long as one likes.
    pub minutes: Option<u32>,
    /// In the order in which they are asked.
    pub questions: Vec<QuestionRevision>,
}

/// A question of a mock exam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionRevision {
    /// Under the id that it had then.
    pub question: QuestionId,
    /// Identifies the text as it is asked; see [`Asked::revision`](crate::question::Asked::revision).
    pub revision: Option<String>,
}

/// What the learner did with a question of a mock exam.
#[derive(Debug, Clone, PartialEq)]
pub struct ExamMarked {
    /// Which exam.
    pub exam: ExamId,
    /// Which of its questions.
    pub question: QuestionId,
    /// Places of choices in the pack's order, or a text; null if the question is open.
    pub given: Value,
    /// Whether the learner wants to come back to it.
    pub flagged: bool,
    /// Milliseconds that the question has taken so far.
    pub took_ms: Option<u64>,
}

/// How a mock exam ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ExamEnd {
    /// The learner submitted it.
    Submitted,
    /// The time was up, which submits it.
    TimeUp,
    /// The learner gave it up; it has no result.
    Left,
}

impl ExamEnd {
    /// Every end.
    pub const ALL: [ExamEnd; 3] = [ExamEnd::Submitted, ExamEnd::TimeUp, ExamEnd::Left];

    /// The word in the journal and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            ExamEnd::Submitted => "submitted",
            ExamEnd::TimeUp => "time_up",
            ExamEnd::Left => "left",
        }
    }
}

/// A credential was passed.
#[derive(Debug, Clone, PartialEq)]
pub struct Passed {
    /// Which one.
    pub credential: CredentialId,
    /// The day of the exam, or the first day that it can be: see `precision`.
    pub on: NaiveDate,
    /// How exactly the day is known.
    pub precision: DayPrecision,
    /// The expiry that the person gave; `None`: the catalog decides.
    pub expires: Option<Expires>,
    /// The number or address of a certificate.
    pub proof: Option<String>,
    /// The issuer's score, as it was written.
    pub score: Option<Number>,
}

impl Passed {
    /// A pass without proof, whose expiry the catalog decides.
    pub fn new(credential: CredentialId, on: NaiveDate) -> Passed {
        Passed { credential, on, precision: DayPrecision::Day, expires: None, proof: None, score: None }
    }

    /// A pass on a day, in a month or in a year; `None` if the person does not remember.
    pub fn when(credential: CredentialId, when: Option<PartialDate>) -> Passed {
        let (on, precision) = match when {
            Some(PartialDate::Day(day)) => (day, DayPrecision::Day),
            Some(PartialDate::Month(first)) => (first, DayPrecision::Month),
            Some(PartialDate::Year(first)) => (first, DayPrecision::Year),
            None => (DayPrecision::UNKNOWN_DAY, DayPrecision::Unknown),
        };
        Passed { precision, ..Passed::new(credential, on) }
    }
}

/// How exactly the day of a pass is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DayPrecision {
    /// The day.
    #[default]
    Day,
    /// The month; the day is its first one.
    Month,
    /// The year; the day is its first one.
    Year,
    /// Not at all.
    Unknown,
}

impl DayPrecision {
    /// The day of a pass whose day is not known: before all others, so that any day overrules it.
    pub const UNKNOWN_DAY: NaiveDate = NaiveDate::MIN;

    /// The word in the journal; `None` for a day, and where there is none.
    pub fn name(self) -> Option<&'static str> {
        match self {
            DayPrecision::Month => Some("month"),
            DayPrecision::Year => Some("year"),
            DayPrecision::Day | DayPrecision::Unknown => None,
        }
    }

    /// The day, month or year that starts on a day; `None` if it is not known.
    pub fn of(self, first: NaiveDate) -> Option<PartialDate> {
        match self {
            DayPrecision::Day => Some(PartialDate::Day(first)),
            DayPrecision::Month => Some(PartialDate::Month(first)),
            DayPrecision::Year => Some(PartialDate::Year(first)),
            DayPrecision::Unknown => None,
        }
    }
}

/// An exam was booked.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheduled {
    /// Which one.
    pub credential: CredentialId,
    /// The day of the exam.
    pub on: NaiveDate,
    /// What was paid, in the currency of the credential's fee.
    pub fee: Option<f64>,
    /// A test center, or "online".
    pub place: Option<String>,
}

impl Event {
    /// The key by which the journal is ordered.
    pub fn key(&self) -> (DateTime<FixedOffset>, Uuid) {
        (self.at, self.id)
    }

    /// The day of memory to which it belongs; see [`memory_day`].
    pub fn day(&self) -> NaiveDate {
        memory_day(self.at)
    }
}

impl Deed {
    /// The mock exam of which it tells; an answer that was given in one tells of its question.
    pub fn exam(&self) -> Option<&ExamId> {
        match self {
            Deed::ExamStarted(started) => Some(&started.exam),
            Deed::ExamMarked(marked) => Some(&marked.exam),
            Deed::ExamPaused { exam } | Deed::ExamResumed { exam } => Some(exam),
            Deed::ExamFinished { exam, .. } => Some(exam),
            Deed::Answered(_) | Deed::Passed(_) | Deed::Failed { .. } | Deed::Scheduled(_) => None,
            Deed::Moved { .. } | Deed::Unscheduled { .. } | Deed::Dropped { .. } => None,
            Deed::Skipped { .. } | Deed::Unskipped { .. } => None,
            Deed::Suspended { .. } | Deed::Resumed { .. } => None,
            Deed::Flagged { .. } | Deed::Unflagged { .. } | Deed::Noted { .. } => None,
            Deed::Set { .. } | Deed::Tuned { .. } | Deed::Retracted { .. } | Deed::Unknown { .. } => None,
        }
    }

    /// The kind's name, as the journal writes it.
    pub fn kind(&self) -> &str {
        match self {
            Deed::Answered(_) => "answered",
            Deed::Passed(_) => "passed",
            Deed::Failed { .. } => "failed",
            Deed::Scheduled(_) => "scheduled",
            Deed::Moved { .. } => "moved",
            Deed::Unscheduled { .. } => "unscheduled",
            Deed::Dropped { .. } => "dropped",
            Deed::Skipped { .. } => "skipped",
            Deed::Unskipped { .. } => "unskipped",
            Deed::Suspended { .. } => "suspended",
            Deed::Resumed { .. } => "resumed",
            Deed::Flagged { .. } => "flagged",
            Deed::Unflagged { .. } => "unflagged",
            Deed::Noted { .. } => "noted",
            Deed::ExamStarted(_) => "exam_started",
            Deed::ExamMarked(_) => "exam_marked",
            Deed::ExamPaused { .. } => "exam_paused",
            Deed::ExamResumed { .. } => "exam_resumed",
            Deed::ExamFinished { .. } => "exam_finished",
            Deed::Set { .. } => "set",
            Deed::Tuned { .. } => "tuned",
            Deed::Retracted { .. } => "retracted",
            Deed::Unknown { kind } => kind,
        }
    }
}

/// The day of memory of an instant: a local day from 04:00 to 04:00, so that a late evening belongs to its day.
///
/// ```
/// use badgedex_domain::journal::memory_day;
/// use chrono::DateTime;
///
/// let late = DateTime::parse_from_rfc3339("2026-11-24T03:59:00+01:00").unwrap();
/// assert_eq!(memory_day(late).to_string(), "2026-11-23");
/// ```
pub fn memory_day(at: DateTime<FixedOffset>) -> NaiveDate {
    let local = at.naive_local();
    local.checked_sub_signed(Duration::hours(DAY_BEGINS_AT_HOUR)).unwrap_or(local).date()
}

/// The ids of retracted events, whether these are among `events` or not.
pub fn retracted(events: &[Event]) -> HashSet<Uuid> {
    let mut retracted = HashSet::new();
    for event in events {
        if let Deed::Retracted { event } = event.deed {
            retracted.insert(event);
        }
    }
    retracted
}

/// The events that count, in the journal's order: without retractions and what they retract.
///
/// A retraction may come before what it retracts; a retraction of a retraction does nothing.
pub fn effective(mut events: Vec<Event>) -> Vec<Event> {
    let retracted = retracted(&events);
    events.retain(|e| !matches!(e.deed, Deed::Retracted { .. }) && !retracted.contains(&e.id));
    events.sort_by_key(Event::key);
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    fn event(id: u128, at_text: &str, deed: Deed) -> Event {
        Event { id: Uuid::from_u128(id), at: at(at_text), device: "d".into(), deed, extra: Map::new() }
    }

    fn skipped() -> Deed {
        Deed::Skipped { credential: CredentialId::new("x") }
    }

    #[test]
    fn a_memory_day_begins_at_four_in_the_offset_of_the_event() {
        for (instant, day) in [
            ("2026-11-23T03:59:59+01:00", "2026-11-22"),
            ("2026-11-23T04:00:00+01:00", "2026-11-23"),
            ("2026-11-23T23:30:00-08:00", "2026-11-23"),
            ("2026-01-01T00:10:00+00:00", "2025-12-31"),
        ] {
            assert_eq!(memory_day(at(instant)).to_string(), day);
        }
    }

    #[test]
    fn events_are_read_by_instant_and_not_by_the_text_of_their_time() {
        let events = vec![
            event(1, "2026-11-23T10:00:00+00:00", skipped()),
            event(2, "2026-11-23T10:30:00+02:00", skipped()),
        ];
        let ids: Vec<u128> = effective(events).iter().map(|e| e.id.as_u128()).collect();
        assert_eq!(ids, [2, 1]);
    }

    #[test]
    fn a_retraction_may_come_first_and_cannot_be_retracted() {
        let retract = |id| Deed::Retracted { event: Uuid::from_u128(id) };
        let events = vec![
            event(2, "2026-11-23T09:00:00+00:00", retract(1)),
            event(1, "2026-11-23T10:00:00+00:00", skipped()),
            event(3, "2026-11-23T11:00:00+00:00", retract(2)),
        ];
        assert!(effective(events).is_empty());
    }
}
