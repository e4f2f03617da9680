//! Why something is suggested, or comes second: facts that the screens put into words.

use chrono::NaiveDate;

use super::{Action, Advisor, MAX_RETIRES_SOON_DAYS, Reason, RunnerUpReason, StepState};
use crate::catalog::Credential;
use crate::mastery::Mastery;
use crate::period::Offer;
use crate::record::Standing;

impl Advisor<'_> {
    pub(super) fn reasons(
        &self,
        credential: &Credential,
        action: Action,
        mastery: &Mastery,
        step: Option<&StepState>,
        second: Option<RunnerUpReason>,
    ) -> Vec<Reason> {
        let mut reasons = self.dates(credential);
        reasons.extend(second.map(Reason::Second));
        reasons.extend(step.map(|s| Reason::Step {
            number: s.step.number,
            title: s.step.title.clone(),
            have: s.have,
            needed: s.needed,
        }));
        reasons.push(Reason::Mastery { mean: mastery.mean, open: mastery.questions - mastery.mastered });
        if action == Action::Prepare {
            reasons.push(Reason::NoContent);
        }
        if let Some(role) = self.role.filter(|_| self.preference(&credential.id) != usize::MAX) {
            reasons.push(Reason::RolePrefers { role: role.name.clone() });
        }
        let credentials = self.renews(credential);
        if !credentials.is_empty() {
            reasons.push(Reason::Renews { credentials });
        }
        reasons.push(Reason::Fee { fee: credential.fee, proctored: credential.proctored });
        reasons.push(Reason::Valid { validity: credential.validity.clone() });
        reasons.extend(self.obstacles(credential));
        reasons
    }

    /// Booked, expiring, expired.
    pub(super) fn dates(&self, credential: &Credential) -> Vec<Reason> {
        let booked = self
            .record
            .upcoming(&credential.id, self.today)
            .map(|b| Reason::Booked { on: b.on, days: (b.on - self.today).num_days() });
        let expiry = self.record.holding(&credential.id).and_then(|holding| {
            let on = holding.expires_on()?;
            match holding.standing(self.today) {
                Standing::Expired => Some(Reason::Expired { on }),
                Standing::Expiring => Some(Reason::Expires { on, days_left: (on - self.today).num_days() }),
                Standing::Held | Standing::Scheduled => None,
            }
        });
        booked.into_iter().chain(expiry).collect()
    }

    pub(super) fn obstacles(&self, credential: &Credential) -> Vec<Reason> {
        let unverified = (credential.offer(self.today) == Offer::Unverified).then_some(Reason::Unverified);
        let prerequisite =
            self.open_prerequisite(credential).map(|id| Reason::PrerequisiteOpen { credential: id.clone() });
        let failed = self.record.last_fail(&credential.id).zip(self.retake_from(credential));
        let failed = failed.map(|(on, again_from)| Reason::Failed { on, again_from });
        let soon = self.retires_soon(credential);
        failed.into_iter().chain(soon).chain(unverified).chain(prerequisite).collect()
    }

    pub(super) fn retires_soon(&self, credential: &Credential) -> Option<Reason> {
        let last_day = credential.offered.last_sure().or(credential.offered.last_possible())?;
        let days_left = (last_day - self.today).num_days();
        let wait = self.catalog.retake.as_ref().map(|r| i64::from(r.after_days));
        // The next try is on the booked day, else today.
        let tried = self.record.upcoming(&credential.id, self.today).map_or(self.today, |b| b.on);
        let second_try = wait.map(|wait| wait <= (last_day - tried).num_days());
        (0..=MAX_RETIRES_SOON_DAYS).contains(&days_left).then_some(Reason::RetiresSoon {
            last_day,
            days_left,
            second_try,
        })
    }

    /// The first day of another try after the last failed one; `None` if it is possible today.
    pub fn retake_from(&self, credential: &Credential) -> Option<NaiveDate> {
        self.record.retake_from(self.catalog, &credential.id, self.today)
    }

    /// The first rule that puts `credential` behind `leader`.
    pub(super) fn second(
        &self,
        leader: &Credential,
        credential: &Credential,
        step: u32,
        steps: &[StepState],
    ) -> RunnerUpReason {
        if self.record.upcoming(&leader.id, self.today).is_some() {
            return RunnerUpReason::BookedFirst;
        }
        if self.record.standing(&leader.id, self.today) == Some(Standing::Expiring) {
            return RunnerUpReason::RenewalFirst;
        }
        let first_open = steps.iter().find(|s| s.is_open()).map(|s| s.step.number);
        if first_open.is_some_and(|first| step > first) {
            return RunnerUpReason::LaterStep;
        }
        self.rank(credential).behind(&self.rank(leader))
    }
}
