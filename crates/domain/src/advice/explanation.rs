//! Why something is suggested, or comes second: facts that the screens put into words.

use chrono::{Days, NaiveDate};

use super::choice::FirstChoice;
use super::{
    Action, Advisor, EXAM_CHANGES_WITHIN_DAYS, MAX_RETIRES_SOON_DAYS, Reason, RenewalDue, RunnerUpReason,
    StepState,
};
use crate::catalog::{Credential, Expires};
use crate::mastery::Mastery;
use crate::period::Offer;
use crate::record::Standing;
use crate::renewals::renews;

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
            not_counted: s.unconfirmed(self.today).map(|c| c.id.clone()).collect(),
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

    /// What a pass of another exam keeps valid, and what would do so without an exam.
    pub(super) fn renewal_reasons(&self, exam: &Credential, renewal: &RenewalDue) -> Vec<Reason> {
        let held = renewal.credential;
        let another = (held.id != exam.id).then(|| Reason::RenewsExpiring {
            credential: held.id.clone(),
            on: renewal.expires_on,
            days_left: renewal.days_left,
            own_exam_is_gone: held.offer(self.today) == Offer::Retired,
        });
        let without_exam = renewal.without_exam.iter().map(|window| Reason::RenewableWithoutExam {
            name: window.way.name.clone(),
            fee: window.way.fee,
            from: window.from,
            until: window.until,
        });
        another.into_iter().chain(without_exam).collect()
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

    /// What stands in the way of earning it, and what changes soon.
    pub fn obstacles(&self, credential: &Credential) -> Vec<Reason> {
        let is_unverified =
            credential.offer(self.today) == Offer::Unverified && !credential.is_only_beta(self.today);
        let unverified = is_unverified.then_some(Reason::Unverified);
        let beta = credential.beta_on(self.today).map(|beta| Reason::Beta {
            code: beta.code.clone().or(credential.code_on(self.today).map(str::to_owned)),
            fee: beta.fee,
            languages: beta.languages.clone(),
        });
        let changes = self.exam_changes(credential);
        let partners = self.may_be_closed(credential).then_some(Reason::PartnersOnly);
        let prerequisite =
            self.open_prerequisite(credential).map(|id| Reason::PrerequisiteOpen { credential: id.clone() });
        let failed = self.record.last_fail(&credential.id).zip(self.retake_from(credential));
        let failed = failed.map(|(on, again_from)| Reason::Failed { on, again_from });
        let soon = self.retires_soon(credential);
        let worth = soon.as_ref().map(|_| self.worth(credential));
        let soon = soon.into_iter().chain(worth);
        let first = failed.into_iter().chain(soon).chain(changes).chain(beta);
        first.chain(unverified).chain(partners).chain(prerequisite).collect()
    }

    fn exam_changes(&self, credential: &Credential) -> Option<Reason> {
        let (next, first_day) = credential.next_version(self.today, EXAM_CHANGES_WITHIN_DAYS)?;
        let now = credential.version(self.today);
        Some(Reason::ExamChanges {
            code: now.map(|version| version.code.clone()),
            last_day: now.and_then(|version| version.until?.last()),
            next_code: next.code.clone(),
            first_day,
        })
    }

    pub(super) fn retires_soon(&self, credential: &Credential) -> Option<Reason> {
        let last_day = credential.offered.last_sure().or(credential.offered.last_possible())?;
        let days_left = (last_day - self.today).num_days();
        let wait = self.catalog.retake.as_ref().map(|r| i64::from(r.after_days));
        // The next try is on the booked day, else today.
        let tried = self.record.upcoming(&credential.id, self.today).map_or(self.today, |b| b.on);
        let second_try = wait.map(|wait| wait <= (last_day - tried).num_days());
        let first_try_by = self.catalog.retake.as_ref().and_then(|retake| {
            last_day.checked_sub_days(Days::new(retake.after_days.into())).filter(|day| *day >= self.today)
        });
        (0..=MAX_RETIRES_SOON_DAYS).contains(&days_left).then_some(Reason::RetiresSoon {
            last_day,
            days_left,
            second_try,
            first_try_by,
        })
    }

    /// What a pass on the last day of an exam that retires would be worth.
    fn worth(&self, credential: &Credential) -> Reason {
        let last_day = credential.offered.last_sure().or(credential.offered.last_possible());
        let valid_until = match credential.expiry(last_day.unwrap_or(self.today)) {
            Some(Expires::On(day)) => Some(day),
            Some(Expires::Never) | None => None,
        };
        let is_renewable = valid_until.is_none_or(|expires_on| {
            let stays =
                |exam: &&Credential| exam.offered.last_possible().is_none_or(|last| last >= expires_on);
            let exams = self.catalog.credentials.iter().filter(|exam| renews(exam, credential, expires_on));
            exams.filter(stays).count() > 0
                || !credential.windows_without_exam(expires_on, self.today).is_empty()
        });
        Reason::Worth { valid_until, is_renewable }
    }

    /// The first day of another try after the last failed one; `None` if it is possible today.
    pub fn retake_from(&self, credential: &Credential) -> Option<NaiveDate> {
        self.record.retake_from(self.catalog, &credential.id, self.today)
    }

    /// The first rule that puts `credential` behind `leader`.
    pub(super) fn second(
        &self,
        first: &FirstChoice,
        credential: &Credential,
        step: u32,
        steps: &[StepState],
    ) -> RunnerUpReason {
        let leader = first.credential;
        if self.record.upcoming(&leader.id, self.today).is_some() {
            return RunnerUpReason::BookedFirst;
        }
        if first.renewal.is_some() {
            return RunnerUpReason::RenewalFirst;
        }
        let open = steps.iter().find(|s| s.is_open());
        let is_role_first = |c: &Credential| open.is_some_and(|step| self.is_role_first(step, c));
        let both_are = is_role_first(leader) && is_role_first(credential);
        if is_role_first(leader) && !both_are {
            return RunnerUpReason::RoleFirst;
        }
        if open.is_some_and(|first| step > first.step.number) && !both_are {
            return RunnerUpReason::LaterStep;
        }
        match self.rank(credential).behind(&self.rank(leader)) {
            RunnerUpReason::Unverified if credential.is_only_beta(self.today) => RunnerUpReason::OnlyBeta,
            why => why,
        }
    }
}
