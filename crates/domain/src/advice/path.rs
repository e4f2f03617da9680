//! The steps of the path: which places they have, what fills them, and what could fill them.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::Advisor;
use crate::catalog::{Credential, CredentialId, Needs, Pool, Step};
use crate::period::Offer;

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

impl<'a> StepState<'a> {
    /// What could fill its places but is not counted, because nothing confirms that it is on offer.
    pub fn unconfirmed(&self, today: NaiveDate) -> impl Iterator<Item = &'a Credential> {
        let open = self.slots.iter().filter(|slot| slot.held.is_none()).filter_map(|slot| slot.candidate);
        open.filter(move |c| c.offer(today) == Offer::Unverified)
    }

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

impl<'a> Advisor<'a> {
    /// All steps of the path, in order.
    pub fn steps(&self) -> Vec<StepState<'a>> {
        self.catalog.path.iter().map(|step| self.step(step)).collect()
    }

    pub(super) fn step(&self, step: &'a Step) -> StepState<'a> {
        let slots = self.slots(step);
        let sure = |slot: &&Slot| slot.candidate.is_some_and(|c| self.is_on_offer(c));
        let have = slots.iter().filter(|s| s.held.is_some()).count();
        let available = slots.iter().filter(|s| s.held.is_none()).filter(sure).count();
        let asked = match step.needs {
            Needs::All => slots.len(),
            Needs::AtLeast(count) => count.min(slots.len()),
        };
        let needed = asked.min(have + available);
        let wants_something = step.needs != Needs::AtLeast(0);
        StepState { step, needed, have, closed: needed == 0 && wants_something, slots }
    }

    pub(super) fn slots(&self, step: &Step) -> Vec<Slot<'a>> {
        match &step.from {
            Pool::Credentials(ids) => ids
                .iter()
                .filter_map(|id| self.catalog.credential(id))
                .map(|c| self.slot(c, &self.catalog.line(c)))
                .collect(),
            Pool::Tier(tier) => self.tier_slots(tier),
            Pool::Rest => self
                .catalog
                .credentials
                .iter()
                .filter(|c| self.may_be_available(c))
                .map(|c| self.slot(c, &[c]))
                .collect(),
        }
    }

    /// A slot for each line of a tier; a new name of an old credential has no slot of its own.
    pub(super) fn tier_slots(&self, tier: &str) -> Vec<Slot<'a>> {
        let members: Vec<&Credential> = self.catalog.credentials.iter().filter(|c| c.tier == tier).collect();
        let new_names: HashSet<&CredentialId> = members.iter().filter_map(|m| m.successor.as_ref()).collect();
        members
            .iter()
            .filter(|c| !new_names.contains(&c.id))
            .map(|c| self.slot(c, &self.catalog.line(c)))
            .filter(|slot| slot.held.is_some() || slot.candidate.is_some())
            .collect()
    }

    pub(super) fn slot(&self, named: &'a Credential, line: &[&'a Credential]) -> Slot<'a> {
        let wanted = |c: &&&Credential| self.may_be_available(c) && !self.record.has_skipped(&c.id);
        let rank = |c: &&&Credential| self.is_on_offer(c);
        Slot {
            named,
            held: line.iter().rev().copied().find(|c| self.record.holds(&c.id, self.today)),
            candidate: line.iter().filter(wanted).max_by_key(rank).copied(),
        }
    }

    /// The step that a pass of a credential counts for: the first open one with a place for it, else the first that
    /// asks for it; `None` if no step does.
    pub(crate) fn counts_for(&self, steps: &[StepState], credential: &Credential) -> Option<u32> {
        let is_missing = |slot: &Slot| {
            slot.held.is_none() && slot.candidate.is_some_and(|candidate| candidate.id == credential.id)
        };
        let open = steps.iter().find(|step| step.is_open() && step.slots.iter().any(is_missing));
        open.map(|step| step.step.number).or_else(|| self.step_of(steps, credential))
    }

    /// The first step that asks for a credential, even if that step is done; `None` if no step does.
    pub fn step_of(&self, steps: &[StepState], credential: &Credential) -> Option<u32> {
        let is_in_line = |named: &Credential| {
            named.id == credential.id
                || named.successor.is_some() && self.catalog.line(named).iter().any(|c| c.id == credential.id)
        };
        let asks = |s: &&StepState| s.slots.iter().any(|slot| is_in_line(slot.named));
        steps.iter().find(asks).map(|s| s.step.number)
    }
}
