//! What a file of badges holds: badges with their warnings, what was left out, and files that are not read.

use std::fmt;

use chrono::NaiveDate;

/// A larger file is not read, in bytes.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;
/// A file with more badges is not read.
pub const MAX_BADGES: usize = 10_000;
/// A larger badge is left out, in bytes.
pub const MAX_BADGE_BYTES: usize = 4 * 1024 * 1024;

const ACCEPTED: &str = "what can be read: Credly's badges.json, Open Badges 2.0 and 3.0 (JSON or a signed \
                        token), and a PNG with such a badge inside";

/// The content of a file, as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadgeFile {
    /// How the file is written.
    pub format: BadgeFormat,
    /// Its badges, in the order of the file.
    pub badges: Vec<Badge>,
    /// What was left out.
    pub errors: Vec<BadgeError>,
}

/// How the file, or the first badge in it, is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadgeFormat {
    /// Credly's `badges.json`.
    Credly,
    /// Open Badges 2.0, or 1.x.
    OpenBadges2,
    /// Open Badges 3.0.
    OpenBadges3,
    /// A PNG with an Open Badge inside.
    Picture,
}

impl fmt::Display for BadgeFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BadgeFormat::Credly => "Credly",
            BadgeFormat::OpenBadges2 => "Open Badges 2.0",
            BadgeFormat::OpenBadges3 => "Open Badges 3.0",
            BadgeFormat::Picture => "a picture with a badge inside",
        })
    }
}

/// One badge. All of its texts are safe to show on a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// "badge 3": the position in the file, from 1.
    pub place: String,
    /// The name of what was achieved.
    pub name: Option<String>,
    /// The name as the issuer writes it in addresses: "aws-certified-developer-associate".
    pub slug: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The day it was earned.
    pub on: Option<NaiveDate>,
    /// Until when it is valid.
    pub expires: BadgeExpiry,
    /// An id or an https address; never a path.
    pub proof: Option<String>,
    /// The issuer's category: "Certification", "Learning", ...
    pub kind: Option<String>,
    /// Why it may not be what it seems.
    pub warnings: Vec<BadgeWarning>,
}

/// Until when a badge is valid, as far as the file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadgeExpiry {
    /// It does not expire.
    Never,
    /// Valid through this day.
    On(NaiveDate),
    /// The file does not say.
    NotStated,
}

/// Why a badge may not be what it seems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadgeWarning {
    /// Credly's state is this one, not "accepted".
    StateNotAccepted(String),
    /// Its issuer has revoked it.
    Revoked,
    /// An Open Badge's proof is verified over the network, which this program does not use.
    NotVerified,
    /// The file does not contain its name.
    NameMissing {
        /// The address that has the name.
        described_at: Option<String>,
    },
    /// The file does not say when it was earned.
    DateMissing,
    /// This is not a day on which it can have been earned.
    DateUnreadable(String),
    /// This is not a day on which it can expire.
    ExpiryUnreadable(String),
    /// It expires before it was earned.
    ExpiresBeforeIssue,
    /// A day is taken from a timestamp, whose time zone may differ from the learner's.
    DayMayDiffer,
    /// This is neither an id nor an https address.
    ProofLeftOut(String),
}

impl BadgeWarning {
    /// Whether the learner has to decide. All other warnings are only shown.
    pub fn needs_decision(&self) -> bool {
        match self {
            BadgeWarning::NotVerified | BadgeWarning::DayMayDiffer | BadgeWarning::ProofLeftOut(_) => false,
            BadgeWarning::StateNotAccepted(_)
            | BadgeWarning::Revoked
            | BadgeWarning::NameMissing { .. }
            | BadgeWarning::DateMissing
            | BadgeWarning::DateUnreadable(_)
            | BadgeWarning::ExpiryUnreadable(_)
            | BadgeWarning::ExpiresBeforeIssue => true,
        }
    }
}

/// The value that was read; if it makes no sense, `None` and a warning with its text.
pub(super) fn or_warn<T>(
    read: Result<Option<T>, String>,
    warning: fn(String) -> BadgeWarning,
    warnings: &mut Vec<BadgeWarning>,
) -> Option<T> {
    read.unwrap_or_else(|text| {
        warnings.push(warning(text));
        None
    })
}

impl fmt::Display for BadgeWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadgeWarning::StateNotAccepted(state) => write!(f, "its state is \"{state}\", not \"accepted\""),
            BadgeWarning::Revoked => f.write_str("its issuer has revoked it"),
            BadgeWarning::NotVerified => f.write_str("not verified: its proof cannot be checked offline"),
            BadgeWarning::NameMissing { described_at: Some(link) } => {
                write!(f, "the file does not say its name, only where it is described: {link}")
            }
            BadgeWarning::NameMissing { described_at: None } => f.write_str("the file does not say its name"),
            BadgeWarning::DateMissing => f.write_str("the file does not say when it was earned"),
            BadgeWarning::DateUnreadable(day) => write!(f, "it cannot have been earned on \"{day}\""),
            BadgeWarning::ExpiryUnreadable(day) => write!(f, "it cannot expire on \"{day}\""),
            BadgeWarning::ExpiresBeforeIssue => f.write_str("it expires before it was earned"),
            BadgeWarning::DayMayDiffer => f.write_str("its days come from timestamps and may be off by one"),
            BadgeWarning::ProofLeftOut(id) => {
                write!(f, "\"{id}\" is neither a plain id nor an https address and was left out")
            }
        }
    }
}

impl Badge {
    /// Adds the warnings that follow from the values themselves.
    pub(super) fn with_inferred_warnings(mut self) -> Badge {
        if self.on.is_none() && !self.warnings.iter().any(|w| matches!(w, BadgeWarning::DateUnreadable(_))) {
            self.warnings.push(BadgeWarning::DateMissing);
        }
        if let (Some(on), BadgeExpiry::On(day)) = (self.on, self.expires)
            && day < on
        {
            self.warnings.push(BadgeWarning::ExpiresBeforeIssue);
        }
        self
    }

    /// Whether the learner has to decide before it counts.
    pub fn needs_decision(&self) -> bool {
        self.warnings.iter().any(BadgeWarning::needs_decision)
    }
}

/// What was left out of a file, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadgeError {
    /// "badge 3", or "the file".
    pub place: String,
    /// Why, as a part of a sentence.
    pub problem: String,
}

impl BadgeError {
    pub(super) fn of_file(problem: impl Into<String>) -> BadgeError {
        BadgeError { place: "the file".to_owned(), problem: problem.into() }
    }

    pub(super) fn of_badge(number: usize, problem: impl Into<String>) -> BadgeError {
        BadgeError { place: place(number), problem: problem.into() }
    }
}

impl fmt::Display for BadgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

/// The name of a badge by its position, from 1.
pub(super) fn place(number: usize) -> String {
    format!("badge {number}")
}

/// Why a file is not read at all. Each message is what the file is: "PATH is larger than ...".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadgeFileError {
    /// It has more than [`MAX_FILE_BYTES`].
    #[error("larger than {} MiB, the most that is read", MAX_FILE_BYTES / 1024 / 1024)]
    TooLarge,
    /// It has more than [`MAX_BADGES`].
    #[error("more than {} badges, the most that are read from one file", MAX_BADGES)]
    TooMany,
    /// It holds no badges, but this.
    #[error("not a file of badges: {0}\n  {ACCEPTED}")]
    NotBadges(String),
}

impl BadgeFileError {
    pub(super) fn not_badges(instead: impl Into<String>) -> BadgeFileError {
        BadgeFileError::NotBadges(instead.into())
    }
}
