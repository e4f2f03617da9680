//! The journal: the append-only record of everything that happened.
//!
//! The same events, in whatever order they came in, always mean the same: they are read in the order
//! of (`at` as an instant, then `id`), and of events that contradict each other the last one holds.

use std::collections::HashSet;

use chrono::{DateTime, Duration, FixedOffset, NaiveDate};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::catalog::{CredentialId, Expires};
use super::question::QuestionId;

/// A memory's day begins at this hour, local time.
const DAY_BEGINS_AT_HOUR: i64 = 4;

/// One line of the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Unique over all devices; a UUID of version 7.
    pub id: Uuid,
    /// When it happened, with the offset of the clock it happened under.
    pub at: DateTime<FixedOffset>,
    /// Where it was recorded.
    pub device: String,
    /// What happened.
    pub deed: Deed,
    /// Keys that this version does not know: kept and passed on.
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
    /// Of a kind that this version does not know; its keys are in [`Event::extra`].
    Unknown {
        /// The kind as it is written.
        kind: String,
    },
}

/// One answered question: a review.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// Under the id that it had then.
    pub question: QuestionId,
    /// Names the text as it was asked.
    pub revision: Option<String>,
    /// How it was asked (`one-of`, `typed`, ...).
    pub form: Option<String>,
    /// Chance of a right guess, `0.0..1.0`.
    pub guess: f64,
    /// Whether it was right.
    pub correct: bool,
    /// What was answered; null where the learner said that they did not know.
    pub given: Value,
    /// Whether a hint was shown.
    pub hint: bool,
    /// Asked outside the schedule: it changes no belief.
    pub cram: bool,
    /// Milliseconds from question to answer.
    pub took_ms: Option<u64>,
    /// Names the sitting in which it was asked.
    pub sitting: Option<String>,
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
        }
    }
}

/// A credential was passed.
#[derive(Debug, Clone, PartialEq)]
pub struct Passed {
    /// Which one.
    pub credential: CredentialId,
    /// The day of the exam.
    pub on: NaiveDate,
    /// Only where the person gave one.
    pub expires: Option<Expires>,
    /// The number or address of a certificate.
    pub proof: Option<String>,
}

impl Passed {
    /// A pass without proof, whose expiry the catalog decides.
    pub fn new(credential: CredentialId, on: NaiveDate) -> Passed {
        Passed { credential, on, expires: None, proof: None }
    }
}

/// An exam was booked.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheduled {
    /// Which one.
    pub credential: CredentialId,
    /// The day of the exam.
    pub on: NaiveDate,
    /// Paid, in the currency of the credential's fee.
    pub fee: Option<f64>,
    /// Where: a test centre, or "online".
    pub place: Option<String>,
}

impl Event {
    /// The place in the journal's order.
    pub fn key(&self) -> (DateTime<FixedOffset>, Uuid) {
        (self.at, self.id)
    }

    /// The day of memory to which it belongs.
    pub fn day(&self) -> NaiveDate {
        memory_day(self.at)
    }
}

impl Deed {
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
            Deed::Set { .. } => "set",
            Deed::Tuned { .. } => "tuned",
            Deed::Retracted { .. } => "retracted",
            Deed::Unknown { kind } => kind,
        }
    }
}

/// The local day of memory of an instant: it begins at 04:00, so a late evening belongs to its day.
pub fn memory_day(at: DateTime<FixedOffset>) -> NaiveDate {
    let local = at.naive_local();
    local.checked_sub_signed(Duration::hours(DAY_BEGINS_AT_HOUR)).unwrap_or(local).date()
}

/// The events that were taken back, whether they are among these or not.
pub fn retracted(events: &[Event]) -> HashSet<Uuid> {
    let mut retracted = HashSet::new();
    for event in events {
        if let Deed::Retracted { event } = event.deed {
            retracted.insert(event);
        }
    }
    retracted
}

/// The events that count, in the journal's order: without retractions and what they take back.
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
