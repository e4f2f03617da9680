//! What was found in a file of badges: badges with their doubts, faults, and files that are none.

use std::fmt;

use chrono::NaiveDate;

/// A larger file is not read.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;
/// A file with more badges is not read.
pub const MOST_BADGES: usize = 10_000;
/// A single badge that is written in more bytes is left out.
pub const MOST_BADGE_BYTES: usize = 4 * 1024 * 1024;

const ACCEPTED: &str = "what can be read: Credly's badges.json, Open Badges 2.0 and 3.0 (JSON or a signed \
                        token), and a PNG with such a badge inside";

/// A file, as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub format: Format,
    pub found: Vec<Found>,
    /// What was left out.
    pub faults: Vec<Fault>,
}

/// How the file, or the first badge in it, is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Credly,
    OpenBadges2,
    OpenBadges3,
    /// A PNG with an Open Badge inside.
    Picture,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Credly => "Credly",
            Format::OpenBadges2 => "Open Badges 2.0",
            Format::OpenBadges3 => "Open Badges 3.0",
            Format::Picture => "a picture with a badge inside",
        })
    }
}

/// One badge. All of its texts have passed the gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// "badge 3": the position in the file, from 1.
    pub place: String,
    pub name: Option<String>,
    pub slug: Option<String>,
    pub issuer: Option<String>,
    /// When it was earned.
    pub on: Option<NaiveDate>,
    pub expires: FoundExpiry,
    /// An id or an https address; never a path.
    pub proof: Option<String>,
    /// What its issuer files it under: "Certification", "Learning", ...
    pub kind: Option<String>,
    pub doubt: Vec<Doubt>,
}

/// Until when a badge is valid, as far as the file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundExpiry {
    Never,
    /// Valid through this day.
    On(NaiveDate),
    NotStated,
}

/// Why a badge may not be what it seems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    StateNotAccepted(String),
    Revoked,
    /// An Open Badge's proof is checked over the network, which this program does not use.
    NotVerified,
    /// Its name is elsewhere.
    NameMissing {
        described_at: Option<String>,
    },
    DateMissing,
    DateUnreadable(String),
    ExpiryUnreadable(String),
    ExpiresBeforeIssue,
    /// A day is taken from a timestamp, whose time zone need not be the learner's.
    DayMayDiffer,
    ProofLeftOut(String),
}

impl Doubt {
    /// Whether the learner has to decide; of the others it is enough to tell.
    pub fn asks(&self) -> bool {
        !matches!(self, Doubt::NotVerified | Doubt::DayMayDiffer | Doubt::ProofLeftOut(_))
    }
}

/// What was read, if it makes sense; else a doubt about it is noted.
pub(super) fn or_doubt<T>(
    read: Result<Option<T>, String>,
    about: fn(String) -> Doubt,
    doubt: &mut Vec<Doubt>,
) -> Option<T> {
    read.unwrap_or_else(|text| {
        doubt.push(about(text));
        None
    })
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Doubt::StateNotAccepted(state) => write!(f, "its state is \"{state}\", not \"accepted\""),
            Doubt::Revoked => f.write_str("its issuer has revoked it"),
            Doubt::NotVerified => f.write_str("not verified: its proof cannot be checked offline"),
            Doubt::NameMissing { described_at: Some(link) } => {
                write!(f, "the file does not say its name, only where it is described: {link}")
            }
            Doubt::NameMissing { described_at: None } => f.write_str("the file does not say its name"),
            Doubt::DateMissing => f.write_str("the file does not say when it was earned"),
            Doubt::DateUnreadable(day) => write!(f, "it cannot have been earned on \"{day}\""),
            Doubt::ExpiryUnreadable(day) => write!(f, "it cannot expire on \"{day}\""),
            Doubt::ExpiresBeforeIssue => f.write_str("it expires before it was earned"),
            Doubt::DayMayDiffer => f.write_str("its days come from timestamps and may be off by one"),
            Doubt::ProofLeftOut(id) => {
                write!(f, "\"{id}\" is neither a plain id nor an https address and was left out")
            }
        }
    }
}

impl Found {
    /// Adds the doubts that follow from what is there and what is not.
    pub(super) fn doubted(mut self) -> Found {
        if self.on.is_none() && !self.doubt.iter().any(|d| matches!(d, Doubt::DateUnreadable(_))) {
            self.doubt.push(Doubt::DateMissing);
        }
        if let (Some(on), FoundExpiry::On(day)) = (self.on, self.expires)
            && day < on
        {
            self.doubt.push(Doubt::ExpiresBeforeIssue);
        }
        self
    }

    /// Whether the learner has to decide before it counts.
    pub fn asks(&self) -> bool {
        self.doubt.iter().any(Doubt::asks)
    }
}

/// What was left out of a reading, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// "badge 3", or "the file".
    pub place: String,
    pub problem: String,
}

impl Fault {
    pub(super) fn of_file(problem: impl Into<String>) -> Fault {
        Fault { place: "the file".to_owned(), problem: problem.into() }
    }

    pub(super) fn of_badge(number: usize, problem: impl Into<String>) -> Fault {
        Fault { place: place(number), problem: problem.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

/// How a badge is named by its position.
pub(super) fn place(number: usize) -> String {
    format!("badge {number}")
}

/// A file that is not read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("larger than {} MiB, the most that is read", MOST_BYTES / 1024 / 1024)]
    TooLarge,
    #[error("more than {} badges, the most that are read from one file", MOST_BADGES)]
    TooMany,
    /// With what it is instead.
    #[error("not a file of badges: {0}\n  {ACCEPTED}")]
    NotBadges(String),
}

impl Unreadable {
    pub(super) fn not_badges(instead: impl Into<String>) -> Unreadable {
        Unreadable::NotBadges(instead.into())
    }
}
