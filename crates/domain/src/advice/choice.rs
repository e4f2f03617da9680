//! What is suggested first, and what comes next.

use std::collections::HashSet;

use super::{Action, Advisor, RenewalDue, StepState, Suggestion};
use crate::catalog::Credential;

/// What is suggested first.
pub(super) struct FirstChoice<'a, 'd> {
    pub(super) credential: &'a Credential,
    /// The step for which it counts.
    pub(super) step: Option<u32>,
    /// What it keeps valid, if that is why it comes first.
    pub(super) renewal: Option<&'d RenewalDue<'a>>,
}

impl Action {
    /// The same, unless the credential is taken because it renews what expires.
    pub(super) fn or_renew(self, renewal: Option<&RenewalDue>) -> Action {
        if renewal.is_some() && self != Action::Sit { Action::Renew } else { self }
    }
}

impl<'a> Advisor<'a> {
    /// What [`Advisor::advise`] suggests, with its action and step but without reasons and runner-ups: a plan asks
    /// for it at every stop.
    pub fn first_choice(&self) -> Option<(&'a Credential, Action, Option<u32>)> {
        let (steps, renewals) = (self.steps(), self.renewals());
        let first = self.first(&steps, &renewals, self.is_complete())?;
        Some((first.credential, self.action_for(first.credential).or_renew(first.renewal), first.step))
    }

    /// Whether every credential on offer today is held.
    pub(super) fn is_complete(&self) -> bool {
        let on_offer = |c: &&Credential| self.is_on_offer(c);
        let held = |c: &Credential| self.record.holds(&c.id, self.today);
        let mut offered = self.catalog.credentials.iter().filter(on_offer).peekable();
        offered.peek().is_some() && offered.all(held)
    }

    /// The most urgent renewal; else the nearest booking; else the best of the first open step. `None` with everything
    /// held: what expires is then only listed in `renewals`.
    pub(super) fn first<'d>(
        &self,
        steps: &[StepState<'a>],
        renewals: &'d [RenewalDue<'a>],
        complete: bool,
    ) -> Option<FirstChoice<'a, 'd>> {
        if complete {
            return None;
        }
        if let Some((credential, renewal)) = self.renewal_exam(renewals) {
            let step = self.step_of(steps, credential);
            return Some(FirstChoice { credential, step, renewal: Some(renewal) });
        }
        if let Some(credential) = self.nearest_booking() {
            let step = self.counts_for(steps, credential);
            return Some(FirstChoice { credential, step, renewal: None });
        }
        let step = steps.iter().find(|s| s.is_open())?;
        if let Some(credential) = self.role_first(step).into_iter().next() {
            return Some(FirstChoice { credential, step: self.step_of(steps, credential), renewal: None });
        }
        let credential = self.ranked(step).into_iter().next()?;
        Some(FirstChoice { credential, step: Some(step.step.number), renewal: None })
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
    pub(super) fn alternatives(
        &self,
        steps: &[StepState<'a>],
        first: &FirstChoice<'a, '_>,
    ) -> Vec<Suggestion<'a>> {
        let leader = first.credential;
        let mut open = steps.iter().filter(|s| s.is_open());
        let mut listed: Vec<(&Credential, u32)> = Vec::new();
        let mut seen = HashSet::from([&leader.id]);
        let mut add = |credential: &'a Credential, number: u32| {
            if seen.insert(&credential.id) {
                listed.push((credential, number));
            }
        };
        if let Some(step) = open.next() {
            for credential in self.role_first(step) {
                add(credential, self.step_of(steps, credential).unwrap_or(step.step.number));
            }
            self.ranked(step).into_iter().for_each(|c| add(c, step.step.number));
        }
        for step in open {
            if let Some(best) = self.ranked(step).into_iter().next() {
                add(best, step.step.number);
            }
        }
        let second = |c, number| Some(self.second(first, c, number, steps));
        listed
            .into_iter()
            .map(|(c, number)| self.suggestion(c, Some(number), steps, None, second(c, number)))
            .collect()
    }
}
