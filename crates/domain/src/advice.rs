//! Which credential next, and why: a pure function of catalog, record, knowledge, role and day.

mod path;
mod reasons;

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::catalog::{Catalog, Credential, CredentialId, Role, Step, Validity};
use super::catalogs::Catalogs;
use super::mastery::{Mastery, StudyStage};
use super::money::Fee;
use super::overview::Overview;
use super::period::Offer;
use super::record::{Record, Standing};

/// An exam retires soon if at most this many days are left.
pub const MAX_RETIRES_SOON_DAYS: i64 = 180;

/// Everything that decides the advice.
#[derive(Debug, Clone, Copy)]
pub struct Advisor<'a> {
    /// The catalog whose path is followed.
    pub catalog: &'a Catalog,
    /// All catalogs, for what a pass renews.
    pub catalogs: &'a Catalogs,
    /// What the learner knows.
    pub overview: &'a Overview,
    /// What is held, booked and skipped.
    pub record: &'a Record,
    /// What the learner does; it decides between candidates of one step.
    pub role: Option<&'a Role>,
    /// The calendar day.
    pub today: NaiveDate,
}

/// What to do about a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Its exam is booked.
    Sit,
    /// Held, and it expires soon.
    Renew,
    /// It has expired.
    Retake,
    /// Not mastered.
    Study,
    /// Mastered; free and not proctored.
    Take,
    /// Facts about it are mastered, but no installed pack teaches its content.
    Prepare,
    /// Mastered, content included.
    Book,
}

impl Action {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Action::Sit => "sit",
            Action::Renew => "renew",
            Action::Retake => "retake",
            Action::Study => "study",
            Action::Take => "take",
            Action::Prepare => "prepare",
            Action::Book => "book",
        }
    }
}

/// A credential to work on, with what to do about it and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion<'a> {
    /// What is suggested.
    pub credential: &'a Credential,
    /// What to do about it today.
    pub action: Action,
    /// The step for which it counts.
    pub step: Option<u32>,
    /// What the learner knows of it.
    pub mastery: Mastery,
    /// Why it is suggested, the most important first.
    pub reasons: Vec<Reason>,
}

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
    /// It is on offer for at most [`MAX_RETIRES_SOON_DAYS`] more days.
    RetiresSoon {
        /// The last day on which it is certainly on offer.
        last_day: NaiveDate,
        /// Days from today to that day.
        days_left: i64,
        /// Whether a failed try leaves time for another; `None` if the wait is not known.
        second_try: Option<bool>,
    },
    /// The last try failed, and the next one is not possible yet.
    Failed {
        /// The day of the failed try.
        on: NaiveDate,
        /// The first day of the next one.
        again_from: NaiveDate,
    },
    /// No recent source confirms that it is on offer.
    Unverified,
    /// It requires another credential that is not held.
    PrerequisiteOpen {
        /// The required credential.
        credential: CredentialId,
    },
    /// It is a runner-up.
    Second(RunnerUpReason),
}

impl Reason {
    /// The kind of reason, as JSON names it.
    pub fn kind(&self) -> &'static str {
        match self {
            Reason::Booked { .. } => "booked",
            Reason::Expires { .. } => "expires",
            Reason::Expired { .. } => "expired",
            Reason::Step { .. } => "step",
            Reason::Mastery { .. } => "mastery",
            Reason::NoContent => "no_content",
            Reason::RolePrefers { .. } => "role",
            Reason::Renews { .. } => "renews",
            Reason::Fee { .. } => "fee",
            Reason::Valid { .. } => "validity",
            Reason::RetiresSoon { .. } => "retires_soon",
            Reason::Failed { .. } => "failed",
            Reason::Unverified => "unverified",
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
    /// It belongs to a later step.
    LaterStep,
    /// No source confirms that it is on offer.
    Unverified,
    /// A prerequisite is not met.
    Prerequisite,
    /// The first choice is mastered.
    NotMastered,
    /// The role prefers the first choice.
    RolePrefersFirst,
    /// The first choice is known better.
    LessMastery,
    /// Only the order of the catalog decides.
    LaterInCatalog,
}

/// The rank of a candidate within a step: the lowest first, compared field by field from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// No source confirms that it is on offer.
    is_unverified: bool,
    /// A prerequisite is not met.
    needs_another_first: bool,
    is_not_mastered: bool,
    /// Place in the role's list of preferences, from 0; `usize::MAX` if it is not on the list.
    preference: usize,
    /// Mean retrievability in millionths: what looks equal on the screen is equal here.
    mastery: Reverse<u64>,
    /// Place in the catalog, from 1.
    number: usize,
}

impl Rank {
    /// The first field that puts `self` behind `leader`.
    fn behind(&self, leader: &Rank) -> RunnerUpReason {
        if self.is_unverified != leader.is_unverified {
            RunnerUpReason::Unverified
        } else if self.needs_another_first != leader.needs_another_first {
            RunnerUpReason::Prerequisite
        } else if self.is_not_mastered != leader.is_not_mastered {
            RunnerUpReason::NotMastered
        } else if self.preference != leader.preference {
            RunnerUpReason::RolePrefersFirst
        } else if self.mastery != leader.mastery {
            RunnerUpReason::LessMastery
        } else {
            RunnerUpReason::LaterInCatalog
        }
    }
}

/// The state of a step of the path.
#[derive(Debug, Clone, PartialEq)]
pub struct StepState<'a> {
    /// The step of the path.
    pub step: &'a Step,
    /// How many credentials it needs, at most as many as are held or available.
    pub needed: usize,
    /// How many of them are held.
    pub have: usize,
    /// It asks for something, but nothing is held or available.
    pub closed: bool,
    /// Its places, in the catalog's order.
    pub slots: Vec<Slot<'a>>,
}

impl StepState<'_> {
    /// Whether something is still needed.
    pub fn is_open(&self) -> bool {
        self.have < self.needed
    }
}

/// One place of a step: a credential and what it is called today.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot<'a> {
    /// As the step names it.
    pub named: &'a Credential,
    /// What fills it; `None` if nothing held does.
    pub held: Option<&'a Credential>,
    /// What could be earned to fill it: on offer or unverified. `None` if nothing is left.
    pub candidate: Option<&'a Credential>,
}

impl<'a> Slot<'a> {
    /// The credential in this place today: what is held, else what could be earned, else as it is named.
    pub fn current(&self) -> &'a Credential {
        self.held.or(self.candidate).unwrap_or(self.named)
    }
}

/// A holding that expires soon.
#[derive(Debug, Clone, PartialEq)]
pub struct RenewalDue<'a> {
    /// What is held.
    pub credential: &'a Credential,
    /// The last valid day.
    pub expires_on: NaiveDate,
    /// Days from today to the last valid one, 0 to 180.
    pub days_left: i64,
    /// Exams on offer that renew it.
    pub renewed_by: Vec<CredentialId>,
}

/// The answer to "which credential next?".
#[derive(Debug, Clone, PartialEq)]
pub struct Advice<'a> {
    /// Whether every credential on offer today is held.
    pub complete: bool,
    /// `None` if nothing is left, or nothing is available.
    pub suggestion: Option<Suggestion<'a>>,
    /// The runner-ups, the best first; never a renewal.
    pub alternatives: Vec<Suggestion<'a>>,
    /// Holdings that expire soon, the most urgent first.
    pub renewals: Vec<RenewalDue<'a>>,
    /// All steps of the path, in order.
    pub steps: Vec<StepState<'a>>,
}

impl<'a> Advisor<'a> {
    /// The suggestion, its runner-ups, and what they are based on.
    ///
    /// ```
    /// use badgedex_domain::advice::{Action, Advisor};
    /// use badgedex_domain::catalog::{Catalog, Credential, CredentialId, Needs, Pool, Step};
    /// use badgedex_domain::catalogs::Catalogs;
    /// use badgedex_domain::overview::Overview;
    /// use badgedex_domain::period::Offered;
    /// use badgedex_domain::record::Record;
    ///
    /// let today = "2026-11-23".parse().unwrap();
    /// let offered = Offered { seen: "2026-11-01".parse().ok(), ..Offered::default() };
    /// let builder = Credential::new(CredentialId::new("north-builder"), "North Builder", "associate");
    /// let step = Step {
    ///     number: 1,
    ///     title: "One associate".into(),
    ///     why: String::new(),
    ///     needs: Needs::AtLeast(1),
    ///     from: Pool::Tier("associate".into()),
    /// };
    /// let catalogs = Catalogs::from(vec![Catalog {
    ///     credentials: vec![Credential { offered, ..builder }],
    ///     path: vec![step],
    ///     ..Catalog::new("north", "North Institute")
    /// }]);
    /// let (overview, record) = (Overview::empty(today), Record::default());
    /// let catalog = &catalogs[0];
    /// let advisor = Advisor { catalog, catalogs: &catalogs, overview: &overview, record: &record, role: None, today };
    ///
    /// let suggestion = advisor.advise().suggestion.unwrap();
    /// assert_eq!((suggestion.credential.name.as_str(), suggestion.action), ("North Builder", Action::Study));
    /// ```
    pub fn advise(&self) -> Advice<'a> {
        let steps: Vec<StepState> = self.catalog.path.iter().map(|step| self.step(step)).collect();
        let renewals = self.renewals();
        let on_offer = |c: &&Credential| c.offer(self.today) == Offer::OnOffer;
        let held = |c: &Credential| self.record.holds(&c.id, self.today);
        let mut offered = self.catalog.credentials.iter().filter(on_offer).peekable();
        let complete = offered.peek().is_some() && offered.all(held);
        let first = self.first(&steps, &renewals, complete);
        let alternatives = if complete { Vec::new() } else { self.alternatives(&steps, first) };
        Advice {
            complete,
            suggestion: first.map(|(credential, step)| self.suggestion(credential, step, &steps, None)),
            alternatives,
            renewals,
            steps,
        }
    }

    /// The most urgent renewal; else the nearest booking; else the best of the first open step.
    fn first(
        &self,
        steps: &[StepState<'a>],
        renewals: &[RenewalDue<'a>],
        complete: bool,
    ) -> Option<(&'a Credential, Option<u32>)> {
        let home = |c: &'a Credential| (c, self.step_of(steps, c));
        let renewal = renewals.iter().map(|r| r.credential).find(|c| self.is_wanted_and_on_offer(c));
        if renewal.is_some() || complete {
            // With everything held, nothing is suggested; what expires is still listed in `renewals`.
            return renewal.filter(|_| !complete).map(home);
        }
        let booking = self.nearest_booking().map(home);
        booking.or_else(|| {
            let step = steps.iter().find(|s| s.is_open())?;
            let best = self.ranked(step).into_iter().next()?;
            Some((best, Some(step.step.number)))
        })
    }

    fn nearest_booking(&self) -> Option<&'a Credential> {
        self.catalog
            .credentials
            .iter()
            .filter(|c| self.may_be_available(c) && !self.record.has_skipped(&c.id))
            .filter_map(|c| Some((self.record.upcoming(&c.id, self.today)?.on, c)))
            .min_by_key(|(on, _)| *on)
            .map(|(_, credential)| credential)
    }

    /// The others of the same step in their order, then the first choices of the next open steps.
    fn alternatives(
        &self,
        steps: &[StepState<'a>],
        first: Option<(&'a Credential, Option<u32>)>,
    ) -> Vec<Suggestion<'a>> {
        let Some((leader, _)) = first else { return Vec::new() };
        let mut open = steps.iter().filter(|s| s.is_open());
        let mut listed: Vec<(&Credential, u32)> = Vec::new();
        let mut add = |credential: &'a Credential, number: u32| {
            if credential.id != leader.id && !listed.iter().any(|(c, _)| c.id == credential.id) {
                listed.push((credential, number));
            }
        };
        if let Some(step) = open.next() {
            self.ranked(step).into_iter().for_each(|c| add(c, step.step.number));
        }
        for step in open {
            if let Some(best) = self.ranked(step).into_iter().next() {
                add(best, step.step.number);
            }
        }
        let second = |c, number| Some(self.second(leader, c, number, steps));
        listed
            .into_iter()
            .map(|(c, number)| self.suggestion(c, Some(number), steps, second(c, number)))
            .collect()
    }

    /// The first step that asks for a credential, even if that step is done; `None` if no step does.
    pub fn step_of(&self, steps: &[StepState], credential: &Credential) -> Option<u32> {
        let asks =
            |s: &&StepState| s.slots.iter().any(|slot| self.catalog.line(slot.named).contains(&credential));
        steps.iter().find(asks).map(|s| s.step.number)
    }

    /// Held and expiring, the most urgent first.
    fn renewals(&self) -> Vec<RenewalDue<'a>> {
        let mut due: Vec<RenewalDue> = self
            .catalog
            .credentials
            .iter()
            .filter(|c| self.record.standing(&c.id, self.today) == Some(Standing::Expiring))
            .filter_map(|credential| {
                let expires_on = self.record.holding(&credential.id)?.expires_on()?;
                let days_left = (expires_on - self.today).num_days();
                Some(RenewalDue {
                    credential,
                    expires_on,
                    days_left,
                    renewed_by: self.renewed_by(credential),
                })
            })
            .collect();
        due.sort_by_key(|r| r.expires_on);
        due
    }

    fn renewed_by(&self, credential: &Credential) -> Vec<CredentialId> {
        let offered =
            |id: &CredentialId| self.catalog.credential(id).is_some_and(|c| self.may_be_available(c));
        match &credential.renewed_by {
            None => vec![credential.id.clone()].into_iter().filter(offered).collect(),
            Some(ways) => ways
                .iter()
                .filter(|way| way.from.is_none_or(|from| from <= self.today))
                .map(|way| way.credential.clone())
                .filter(offered)
                .collect(),
        }
    }

    /// What a pass would renew today.
    pub fn renews(&self, credential: &Credential) -> Vec<CredentialId> {
        let renewed = |held: &&Credential| {
            let valid = self.record.holds(&held.id, self.today);
            held.id != credential.id
                && self.record.holding(&held.id).is_some_and(|h| h.expires_on().is_some())
                && held.renewal_by(&credential.id, self.today).is_some_and(|r| valid || r.also_when_expired)
        };
        self.catalog.credentials.iter().filter(renewed).map(|c| c.id.clone()).collect()
    }

    /// Whether it is on offer, or at least not known to be gone.
    fn may_be_available(&self, credential: &Credential) -> bool {
        matches!(credential.offer(self.today), Offer::OnOffer | Offer::Unverified)
    }

    fn is_wanted_and_on_offer(&self, credential: &Credential) -> bool {
        credential.offer(self.today) == Offer::OnOffer && !self.record.has_skipped(&credential.id)
    }

    /// The candidates for the open slots of a step, the best first.
    fn ranked(&self, step: &StepState<'a>) -> Vec<&'a Credential> {
        let open = step.slots.iter().filter(|s| s.held.is_none());
        let mut candidates: Vec<&Credential> = open.filter_map(|s| s.candidate).collect();
        candidates.sort_by_cached_key(|c| self.rank(c));
        candidates
    }

    fn rank(&self, credential: &Credential) -> Rank {
        let mastery = self.overview.of_credential(&credential.id);
        Rank {
            is_unverified: credential.offer(self.today) != Offer::OnOffer,
            needs_another_first: self.open_prerequisite(credential).is_some(),
            is_not_mastered: mastery.study != StudyStage::Mastered,
            preference: self.preference(&credential.id),
            mastery: Reverse((mastery.mean.unwrap_or(0.0) * 1e6).round() as u64),
            number: self.catalog.number(&credential.id),
        }
    }

    fn preference(&self, id: &CredentialId) -> usize {
        let place = self.role.and_then(|role| role.prefers.iter().position(|p| p == id));
        place.unwrap_or(usize::MAX)
    }

    /// The first prerequisite that is not met; `None` if all are.
    fn open_prerequisite(&self, credential: &Credential) -> Option<&CredentialId> {
        let met = |id: &CredentialId, active: bool| match active {
            true => self.record.holds(id, self.today),
            false => self.record.holding(id).is_some(),
        };
        let listed = self.catalog.credential(&credential.id)?.prerequisites.iter().flatten();
        listed.filter(|p| !met(&p.credential, p.active)).map(|p| &p.credential).next()
    }

    /// Whether it can be taken: available, not skipped, not held, and all prerequisites are met.
    pub fn is_ready(&self, credential: &Credential) -> bool {
        self.may_be_available(credential)
            && !self.record.has_skipped(&credential.id)
            && !self.record.holds(&credential.id, self.today)
            && self.open_prerequisite(credential).is_none()
    }

    /// What to do about a credential today.
    pub fn action_for(&self, credential: &Credential) -> Action {
        self.action(credential, &self.overview.of_credential(&credential.id))
    }

    fn action(&self, credential: &Credential, mastery: &Mastery) -> Action {
        if self.record.upcoming(&credential.id, self.today).is_some() {
            return Action::Sit;
        }
        match self.record.standing(&credential.id, self.today) {
            Some(Standing::Expiring) => Action::Renew,
            Some(Standing::Expired) => Action::Retake,
            Some(Standing::Held | Standing::Scheduled) | None => self.action_by_mastery(credential, mastery),
        }
    }

    fn action_by_mastery(&self, credential: &Credential, mastery: &Mastery) -> Action {
        if mastery.study != StudyStage::Mastered {
            Action::Study
        } else if credential.is_open_to_all() {
            Action::Take
        } else if !self.overview.has_content_for(&credential.id) {
            Action::Prepare
        } else {
            Action::Book
        }
    }

    fn suggestion(
        &self,
        credential: &'a Credential,
        step: Option<u32>,
        steps: &[StepState],
        second: Option<RunnerUpReason>,
    ) -> Suggestion<'a> {
        let mastery = self.overview.of_credential(&credential.id);
        let action = self.action(credential, &mastery);
        let state = steps.iter().find(|s| Some(s.step.number) == step);
        let reasons = self.reasons(credential, action, &mastery, state, second);
        Suggestion { credential, action, step, mastery, reasons }
    }
}

#[cfg(test)]
mod tests;
