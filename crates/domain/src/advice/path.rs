//! The steps of the path: which places they have, what fills them, and what could fill them.

use super::{Advisor, Slot, StepState};
use crate::catalog::{Credential, Needs, Pool, Step};

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
        let is_new_name = |c: &Credential| members.iter().any(|m| m.successor.as_ref() == Some(&c.id));
        members
            .iter()
            .filter(|c| !is_new_name(c))
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
}
