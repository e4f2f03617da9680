//! The reasons for a suggestion, as facts.

use chrono::NaiveDate;

use crate::catalog::{CredentialId, Validity};
use crate::money::Fee;

/// Why a credential is suggested, or why it comes second: facts that the screens put into words.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// An exam is booked.
    Booked {
        /// The day of the exam.
        on: NaiveDate,
        /// Days from today, 0 for today.
        days: i64,
    },
    /// It is held and expires within [`EXPIRING_DAYS`](crate::record::EXPIRING_DAYS).
    Expires {
        /// The last valid day.
        on: NaiveDate,
        /// Days from today to the last valid one.
        days_left: i64,
    },
    /// A pass in time renews something else that expires soon.
    RenewsExpiring {
        /// What expires.
        credential: CredentialId,
        /// Its last valid day.
        on: NaiveDate,
        /// Days from today to the last valid one.
        days_left: i64,
        /// Whether its own exam is no longer on offer.
        own_exam_is_gone: bool,
    },
    /// What expires can be renewed without an exam.
    RenewableWithoutExam {
        /// What that is called.
        name: String,
        /// What it costs; `None` if it is not known.
        fee: Option<Fee>,
        /// The first day on which it can be completed; `None`: it has always been possible.
        from: Option<NaiveDate>,
        /// The last day on which it can be completed.
        until: NaiveDate,
    },
    /// It was held and is no longer valid.
    Expired {
        /// The last valid day.
        on: NaiveDate,
    },
    /// It counts for a step of the path.
    Step {
        /// The step's number, from 1.
        number: u32,
        /// The step's title.
        title: String,
        /// How many credentials of the step are held.
        have: usize,
        /// How many it needs.
        needed: usize,
        /// What could fill its places but is not counted; see [`StepState::unconfirmed`](super::StepState::unconfirmed).
        not_counted: Vec<CredentialId>,
    },
    /// What the learner knows of it.
    Mastery {
        /// Mean retrievability, 0 to 1; `None` if there are no questions.
        mean: Option<f64>,
        /// Questions that are not mastered yet.
        open: usize,
    },
    /// All installed questions are facts about it; none teaches the content of its exam.
    NoContent,
    /// The role prefers it.
    RolePrefers {
        /// The role's name.
        role: String,
    },
    /// The role takes it earlier than the path asks for it.
    RoleFirst {
        /// Why, and whose idea that is, as the catalog says it.
        why: String,
    },
    /// A pass renews others that are held.
    Renews {
        /// What it renews.
        credentials: Vec<CredentialId>,
    },
    /// What it costs.
    Fee {
        /// The fee; `None` if it is not known.
        fee: Option<Fee>,
        /// Whether a proctor watches; `None` if it is not known.
        proctored: Option<bool>,
    },
    /// How long a pass is valid.
    Valid {
        /// `None` if it is not known.
        validity: Option<Validity>,
    },
    /// It is on offer for at most [`MAX_RETIRES_SOON_DAYS`](super::MAX_RETIRES_SOON_DAYS) more days.
    RetiresSoon {
        /// The last day on which it is certainly on offer.
        last_day: NaiveDate,
        /// Days from today to that day.
        days_left: i64,
        /// Whether a failed try leaves time for another; `None` if the wait is not known.
        second_try: Option<bool>,
        /// The last day for a first try that leaves time for another; `None` if it is past, or the wait is not known.
        first_try_by: Option<NaiveDate>,
    },
    /// What a pass of an exam that retires soon would be worth.
    Worth {
        /// Until when a pass on the last day would be valid; `None` if it never expires or that is not known.
        valid_until: Option<NaiveDate>,
        /// Whether something would then renew it, as far as is known.
        is_renewable: bool,
    },
    /// The last try failed, and the next one is not possible yet.
    Failed {
        /// The day of the failed try.
        on: NaiveDate,
        /// The first day of the next one.
        again_from: NaiveDate,
    },
    /// A new version of its exam begins within [`EXAM_CHANGES_WITHIN_DAYS`](super::EXAM_CHANGES_WITHIN_DAYS).
    ExamChanges {
        /// The code of today's version; `None` if it is not known.
        code: Option<String>,
        /// The last day of today's version; `None` if it is not known.
        last_day: Option<NaiveDate>,
        /// The code of the new version.
        next_code: String,
        /// The first day of the new version.
        first_day: NaiveDate,
    },
    /// Its exam is a beta.
    Beta {
        /// The code under which it is booked; `None` if it is not known.
        code: Option<String>,
        /// What it costs; `None` if it is not known.
        fee: Option<Fee>,
        /// Languages in which it is a beta; empty: all.
        languages: Vec<String>,
    },
    /// No recent source confirms that it is on offer.
    Unverified,
    /// Only partners of the issuer can earn it, and it is not known whether the learner is one.
    PartnersOnly,
    /// It requires another credential that is not held.
    PrerequisiteOpen {
        /// The required credential.
        credential: CredentialId,
    },
    /// It is a runner-up.
    Second(RunnerUpReason),
}

impl Reason {
    /// Whether it is a day of this credential: booked, expiring, expired.
    pub(super) fn is_date(&self) -> bool {
        matches!(self, Reason::Booked { .. } | Reason::Expires { .. } | Reason::Expired { .. })
    }

    /// The same reason, if it says anything else than that `named_already` is renewed.
    pub(super) fn without_renewal_of(self, named_already: Option<&CredentialId>) -> Option<Reason> {
        match self {
            Reason::Renews { mut credentials } => {
                credentials.retain(|renewed| Some(renewed) != named_already);
                (!credentials.is_empty()).then_some(Reason::Renews { credentials })
            }
            other => Some(other),
        }
    }

    /// The kind of reason, as JSON names it.
    pub fn kind(&self) -> &'static str {
        match self {
            Reason::Booked { .. } => "booked",
            Reason::Expires { .. } => "expires",
            Reason::RenewsExpiring { .. } => "renews_expiring",
            Reason::RenewableWithoutExam { .. } => "without_exam",
            Reason::Expired { .. } => "expired",
            Reason::Step { .. } => "step",
            Reason::Mastery { .. } => "mastery",
            Reason::NoContent => "no_content",
            Reason::RolePrefers { .. } => "role",
            Reason::RoleFirst { .. } => "role_first",
            Reason::Renews { .. } => "renews",
            Reason::Fee { .. } => "fee",
            Reason::Valid { .. } => "validity",
            Reason::RetiresSoon { .. } => "retires_soon",
            Reason::Worth { .. } => "worth",
            Reason::Failed { .. } => "failed",
            Reason::ExamChanges { .. } => "exam_changes",
            Reason::Beta { .. } => "beta",
            Reason::Unverified => "unverified",
            Reason::PartnersOnly => "partners_only",
            Reason::PrerequisiteOpen { .. } => "prerequisite_open",
            Reason::Second(_) => "comes_second",
        }
    }
}

/// What puts a runner-up behind the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunnerUpReason {
    /// The first choice expires soon.
    RenewalFirst,
    /// The exam of the first choice is booked.
    BookedFirst,
    /// The role takes the first choice before the step that it belongs to.
    RoleFirst,
    /// It belongs to a later step.
    LaterStep,
    /// No source confirms that it is on offer.
    Unverified,
    /// Its exam is only a beta.
    OnlyBeta,
    /// Only partners of the issuer can earn it; the first choice is open to everybody.
    PartnersOnly,
    /// A prerequisite is not met.
    Prerequisite,
    /// It retires before it could be studied for.
    RetiresFirst,
    /// The first choice is mastered.
    NotMastered,
    /// The role prefers the first choice.
    RolePrefersFirst,
    /// The first choice is known better.
    LessMastery,
    /// Only the order of the catalog decides.
    LaterInCatalog,
}
