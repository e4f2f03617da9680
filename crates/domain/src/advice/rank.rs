//! The order of candidates for the same place on the path.

use std::cmp::Reverse;

use super::{Advisor, RunnerUpReason, STUDY_DAYS, StepState};
use crate::catalog::{Credential, CredentialId};
use crate::mastery::{Mastery, StudyStage};
use crate::period::Offer;

/// The rank of a candidate within a step: the lowest first, compared field by field from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    /// No source confirms that it is on offer.
    is_unverified: bool,
    /// Only partners of the issuer can earn it, and it is not known whether the learner is one.
    may_be_closed: bool,
    /// A prerequisite is not met.
    needs_another_first: bool,
    /// It retires before it could be studied for, and the role does not ask for it.
    retires_first: bool,
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
    pub(super) fn behind(&self, leader: &Rank) -> RunnerUpReason {
        if self.is_unverified != leader.is_unverified {
            RunnerUpReason::Unverified
        } else if self.may_be_closed != leader.may_be_closed {
            RunnerUpReason::PartnersOnly
        } else if self.needs_another_first != leader.needs_another_first {
            RunnerUpReason::Prerequisite
        } else if self.retires_first != leader.retires_first {
            RunnerUpReason::RetiresFirst
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

impl<'a> Advisor<'a> {
    /// The candidates for the open slots of a step, the best first.
    pub(crate) fn ranked(&self, step: &StepState<'a>) -> Vec<&'a Credential> {
        let open = step.slots.iter().filter(|s| s.held.is_none());
        let mut candidates: Vec<&Credential> = open.filter_map(|s| s.candidate).collect();
        candidates.sort_by_cached_key(|c| self.rank(c));
        candidates
    }

    /// What the role takes before an open step although the path does not ask for it there, the best first.
    pub(super) fn role_first(&self, step: &StepState) -> Vec<&'a Credential> {
        let Some(first) = self.role.and_then(|role| role.first.as_ref()) else { return Vec::new() };
        let all = self.catalog.in_tier(&first.tier);
        let mut wanted: Vec<&Credential> = all.filter(|c| self.is_role_first(step, c)).collect();
        wanted.sort_by_cached_key(|c| self.rank(c));
        wanted
    }

    /// Whether the role takes a credential before an open step although the path does not ask for it there.
    pub(super) fn is_role_first(&self, step: &StepState, credential: &Credential) -> bool {
        let first = self.role.and_then(|role| role.first.as_ref());
        first.is_some_and(|first| step.step.number >= first.before_step && credential.tier == first.tier)
            && self.is_wanted_and_on_offer(credential)
            && !self.record.holds(&credential.id, self.today)
    }

    pub(super) fn rank(&self, credential: &Credential) -> Rank {
        let mastery = self.overview.of_credential(&credential.id);
        Rank {
            is_unverified: credential.offer(self.today) != Offer::OnOffer,
            may_be_closed: self.may_be_closed(credential),
            needs_another_first: self.open_prerequisite(credential).is_some(),
            retires_first: self.retires_first(credential, &mastery),
            is_not_mastered: mastery.study != StudyStage::Mastered,
            preference: self.preference(&credential.id),
            mastery: Reverse((mastery.mean.unwrap_or(0.0) * 1e6).round() as u64),
            number: self.catalog.number(&credential.id),
        }
    }

    /// Whether it retires before it could be studied for, and the role does not ask for it.
    fn retires_first(&self, credential: &Credential, mastery: &Mastery) -> bool {
        let last_day = credential.offered.last_sure().or(credential.offered.last_possible());
        last_day.is_some_and(|last| (last - self.today).num_days() < STUDY_DAYS)
            && mastery.study != StudyStage::Mastered
            && self.preference(&credential.id) == usize::MAX
    }

    pub(super) fn preference(&self, id: &CredentialId) -> usize {
        let place = self.role.and_then(|role| role.prefers.iter().position(|p| p == id));
        place.unwrap_or(usize::MAX)
    }
}
