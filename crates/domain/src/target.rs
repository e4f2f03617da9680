//! What the learner is preparing for: the target, its day, the exams ahead, and the packs that teach them.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::catalog::CredentialId;
use super::library::Library;
use super::question::{Pack, Question, Teaches};
use super::record::Record;
use super::settings::Settings;

/// How a pack is written where a target is expected: `pack/my-exam`.
const PACK: &str = "pack/";

/// What the learner is preparing for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Target {
    /// A credential of a catalog.
    Credential(CredentialId),
    /// A pack of the learner's own, of an exam that no catalog has.
    Pack(String),
}

impl Target {
    /// The target that a setting names: the id of a credential, `pack/ID`; `None` for "none" and an empty text.
    pub fn named(value: &str) -> Option<Target> {
        let value = value.trim().to_lowercase();
        match value.strip_prefix(PACK) {
            _ if value.is_empty() || value == "none" => None,
            Some(pack) => Some(Target::Pack(pack.to_owned())),
            None => Some(Target::Credential(CredentialId::new(value))),
        }
    }

    /// The credential; `None` for a pack.
    pub fn credential(&self) -> Option<&CredentialId> {
        match self {
            Target::Credential(id) => Some(id),
            Target::Pack(_) => None,
        }
    }

    /// The pack; `None` for a credential.
    pub fn pack(&self) -> Option<&str> {
        match self {
            Target::Pack(id) => Some(id),
            Target::Credential(_) => None,
        }
    }

    /// Whether a pack teaches what the exam asks.
    pub fn is_taught_by(&self, pack: &Pack) -> bool {
        match self {
            Target::Credential(id) => pack.teaches == Teaches::Content && pack.credentials.contains(id),
            Target::Pack(id) => pack.id == *id,
        }
    }

    /// Whether a question of a pack is what the exam asks: a question that names other credentials belongs to those.
    pub fn asks(&self, pack: &Pack, question: &Question) -> bool {
        let names_others = |id| !question.credentials.is_empty() && !question.credentials.contains(id);
        self.is_taught_by(pack) && !self.credential().is_some_and(names_others)
    }

    /// The packs that teach what the exam asks, those without questions left out.
    pub fn content<'a>(&'a self, library: &'a Library) -> impl Iterator<Item = &'a Pack> {
        library.packs().iter().filter(|pack| self.is_taught_by(pack) && !pack.questions.is_empty())
    }

    /// The day of its exam: a booking overrules what was set.
    pub fn day(&self, settings: &Settings, record: &Record) -> Option<ExamDay> {
        let booked = self.credential().and_then(|id| record.booking(id));
        let booked = booked.map(|booking| ExamDay { on: booking.on, source: DaySource::Booking });
        let is_target = settings.target.as_ref() == Some(self);
        let set = settings.target_date.filter(|_| is_target);
        booked.or_else(|| set.map(|on| ExamDay { on, source: DaySource::Setting }))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Credential(id) => f.write_str(id.as_str()),
            Target::Pack(id) => write!(f, "{PACK}{id}"),
        }
    }
}

/// The day of an exam, and how it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamDay {
    /// The day.
    pub on: NaiveDate,
    /// Where it is from.
    pub source: DaySource,
}

/// Where the day of an exam is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DaySource {
    /// The exam is booked.
    Booking,
    /// The learner has set the day.
    Setting,
}

impl DaySource {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            DaySource::Booking => "booking",
            DaySource::Setting => "set",
        }
    }
}

/// An exam that is studied for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exam {
    /// What is prepared for.
    pub target: Target,
    /// A day after today; `None` if none is known.
    pub on: Option<NaiveDate>,
}

impl Exam {
    /// Days from today to the exam; `None` if its day is not known.
    pub fn days_left(&self, today: NaiveDate) -> Option<i64> {
        self.on.map(|on| (on - today).num_days())
    }
}

/// The exams that are studied for: the target and every booked credential, as far as a pack teaches their content.
///
/// The nearest one with a day after `today` is first; a target without such a day is the last.
pub fn exams(settings: &Settings, record: &Record, library: &Library, today: NaiveDate) -> Vec<Exam> {
    let booked = record.bookings().map(|(id, _)| Target::Credential(id.clone()));
    let targets: Vec<Target> = settings.target.iter().cloned().chain(booked).collect();
    let mut exams: Vec<Exam> = Vec::new();
    for target in targets {
        let on = target.day(settings, record).map(|day| day.on).filter(|on| *on > today);
        let is_target = settings.target.as_ref() == Some(&target);
        let is_known = exams.iter().any(|exam| exam.target == target);
        if (on.is_some() || is_target) && !is_known && target.content(library).next().is_some() {
            exams.push(Exam { target, on });
        }
    }
    // The sort is stable: of two exams on one day the target is first.
    exams.sort_by_key(|exam| exam.on.unwrap_or(NaiveDate::MAX));
    exams
}

#[cfg(test)]
mod tests;
