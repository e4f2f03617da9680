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

/// An exam that retires within so many days is said to retire soon.
pub const MAX_RETIRES_SOON_DAYS: i64 = 180;

/// Everything that decides the advice.
#[derive(Debug, Clone, Copy)]
pub struct Advisor<'a> {
    pub catalog: &'a Catalog,
    pub catalogs: &'a Catalogs,
    /// What is known.
    pub overview: &'a Overview,
    pub record: &'a Record,
    pub role: Option<&'a Role>,
    pub today: NaiveDate,
}

/// What to do about a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// A booked exam.
    Sit,
    /// Held, and it expires soon.
    Renew,
    /// It has expired.
    Retake,
    Study,
    /// Mastered; free and not proctored.
    Take,
    /// Facts about it are mastered; its content is not taught by any installed pack.
    Prepare,
    Book,
}

impl Action {
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

#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion<'a> {
    pub credential: &'a Credential,
    pub action: Action,
    /// The step for which it counts.
    pub step: Option<u32>,
    pub mastery: Mastery,
    pub reasons: Vec<Reason>,
}

/// Why a credential is suggested, or why it comes second: facts; the screen finds the words.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    Booked {
        on: NaiveDate,
        days: i64,
    },
    Expires {
        on: NaiveDate,
        days_left: i64,
    },
    Expired {
        on: NaiveDate,
    },
    Step {
        number: u32,
        title: String,
        have: usize,
        needed: usize,
    },
    Mastery {
        mean: Option<f64>,
        open: usize,
    },
    /// All installed questions about it are facts; none is its exam's content.
    NoContent,
    RolePrefers {
        role: String,
    },
    Renews {
        credentials: Vec<CredentialId>,
    },
    Fee {
        fee: Option<Fee>,
        proctored: Option<bool>,
    },
    Valid {
        validity: Option<Validity>,
    },
    /// `second_try`: a fail today leaves time for another; none where the wait is not known.
    RetiresSoon {
        last_day: NaiveDate,
        days_left: i64,
        second_try: Option<bool>,
    },
    /// The last try failed; the next is possible from this day on.
    Failed {
        on: NaiveDate,
        again_from: NaiveDate,
    },
    Unverified,
    PrerequisiteOpen {
        credential: CredentialId,
    },
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
    RenewalFirst,
    BookedFirst,
    LaterStep,
    Unverified,
    Prerequisite,
    NotMastered,
    RolePrefersFirst,
    LessMastery,
    LaterInCatalog,
}

/// Where a candidate comes within a step: the lower first, compared field by field from the top.
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

/// How a step of the path stands.
#[derive(Debug, Clone, PartialEq)]
pub struct StepState<'a> {
    pub step: &'a Step,
    pub needed: usize,
    pub have: usize,
    /// It needs something and nothing can be had.
    pub closed: bool,
    pub slots: Vec<Slot<'a>>,
}

impl StepState<'_> {
    pub fn is_open(&self) -> bool {
        self.have < self.needed
    }
}

/// One place of a step: a credential and what it is called today.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot<'a> {
    /// As the step names it.
    pub named: &'a Credential,
    /// What fills it, where it is filled.
    pub held: Option<&'a Credential>,
    /// What could be earned to fill it: on offer, or at least not known to be gone.
    pub candidate: Option<&'a Credential>,
}

impl<'a> Slot<'a> {
    /// What stands in this place today: what is held, else what could be earned, else as it is named.
    pub fn current(&self) -> &'a Credential {
        self.held.or(self.candidate).unwrap_or(self.named)
    }
}

/// A holding that expires soon.
#[derive(Debug, Clone, PartialEq)]
pub struct RenewalDue<'a> {
    pub credential: &'a Credential,
    pub expires_on: NaiveDate,
    pub days_left: i64,
    /// Exams on offer that renew it.
    pub renewed_by: Vec<CredentialId>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Advice<'a> {
    /// Every credential on offer today is held.
    pub complete: bool,
    pub suggestion: Option<Suggestion<'a>>,
    pub alternatives: Vec<Suggestion<'a>>,
    /// The most urgent first.
    pub renewals: Vec<RenewalDue<'a>>,
    pub steps: Vec<StepState<'a>>,
}

impl<'a> Advisor<'a> {
    /// The suggestion, its runner-ups, and what they rest on.
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
            // With everything held there is nothing to suggest; what expires still stands in `renewals`.
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

    /// Others of the same step in their order, then the next open steps' first choices.
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

    /// The first step that asks for a credential, also where that step is done.
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

    /// On offer, or not known to be gone.
    fn may_be_available(&self, credential: &Credential) -> bool {
        matches!(credential.offer(self.today), Offer::OnOffer | Offer::Unverified)
    }

    fn is_wanted_and_on_offer(&self, credential: &Credential) -> bool {
        credential.offer(self.today) == Offer::OnOffer && !self.record.has_skipped(&credential.id)
    }

    /// What would fill an open slot of a step, the best first.
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

    /// A prerequisite that is not met yet.
    fn open_prerequisite(&self, credential: &Credential) -> Option<&CredentialId> {
        let met = |id: &CredentialId, active: bool| match active {
            true => self.record.holds(id, self.today),
            false => self.record.holding(id).is_some(),
        };
        let listed = self.catalog.credential(&credential.id)?.prerequisites.iter().flatten();
        listed.filter(|p| !met(&p.credential, p.active)).map(|p| &p.credential).next()
    }

    /// Whether it can be taken: on offer, wanted, and what it asks for is met.
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
