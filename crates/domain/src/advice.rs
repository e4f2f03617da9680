//! Which credential next, and why: a pure function of catalog, record, knowledge, role and day.

mod availability;
mod choice;
mod explanation;
mod path;
mod rank;
mod reason;
mod renewal;

use chrono::NaiveDate;

use super::catalog::{Catalog, Credential, Role};
use super::catalogs::Catalogs;
use super::mastery::{Mastery, StudyStage};
use super::overview::Overview;
use super::record::{Record, Standing};
pub use path::{Slot, StepState};
pub use reason::{Reason, RunnerUpReason};
pub use renewal::RenewalDue;

/// An exam retires soon if at most this many days are left.
pub const MAX_RETIRES_SOON_DAYS: i64 = 180;

/// Days of study before an exam, by our estimate: what retires earlier comes last in its step.
pub const STUDY_DAYS: i64 = 60;

/// A new version of an exam is mentioned if it begins within this many days.
pub const EXAM_CHANGES_WITHIN_DAYS: u64 = 60;

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
    /// Whether the learner can earn what only partners of the issuer can; `None` if that is not known.
    pub is_partner: Option<bool>,
    /// The calendar day.
    pub today: NaiveDate,
}

/// What to do about a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Its exam is booked.
    Sit,
    /// It, or something that its pass renews, is held and expires soon.
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
    /// What only partners of the issuer can earn and is not held: not suggested to others, and last in its step as long
    /// as it is not known whether the learner is a partner.
    pub partners_only: Vec<&'a Credential>,
    /// What has only a beta exam so far and is neither held nor skipped: it keeps no step open.
    pub betas: Vec<&'a Credential>,
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
    /// let advisor = Advisor { catalog, catalogs: &catalogs, overview: &overview, record: &record, role: None, is_partner: None, today };
    ///
    /// let suggestion = advisor.advise().suggestion.unwrap();
    /// assert_eq!((suggestion.credential.name.as_str(), suggestion.action), ("North Builder", Action::Study));
    /// ```
    pub fn advise(&self) -> Advice<'a> {
        let steps = self.steps();
        let renewals = self.renewals();
        let complete = self.is_complete();
        let first = self.first(&steps, &renewals, complete);
        let alternatives = first.as_ref().map_or_else(Vec::new, |first| self.alternatives(&steps, first));
        Advice {
            complete,
            suggestion: first
                .map(|first| self.suggestion(first.credential, first.step, &steps, first.renewal, None)),
            alternatives,
            renewals,
            steps,
            partners_only: self.partners_only(),
            betas: self.betas(),
        }
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
        renewal: Option<&RenewalDue>,
        second: Option<RunnerUpReason>,
    ) -> Suggestion<'a> {
        let mastery = self.overview.of_credential(&credential.id);
        let action = self.action(credential, &mastery).or_renew(renewal);
        let state = steps.iter().find(|s| Some(s.step.number) == step);
        let named_already = renewal.map(|renewal| &renewal.credential.id);
        let plain = self.reasons(credential, action, &mastery, state, second);
        let mut reasons: Vec<Reason> =
            plain.into_iter().filter_map(|reason| reason.without_renewal_of(named_already)).collect();
        let mut urgent = renewal.map_or_else(Vec::new, |renewal| self.renewal_reasons(credential, renewal));
        let next = steps.iter().find(|step| step.is_open());
        if next.is_some_and(|step| self.is_role_first(step, credential)) {
            let first = self.role.and_then(|role| role.first.as_ref());
            urgent.extend(first.map(|first| Reason::RoleFirst { why: first.why.clone() }));
        }
        // That it expires is said before the ways to renew it.
        let after_dates = reasons.iter().take_while(|reason| reason.is_date()).count();
        reasons.splice(after_dates..after_dates, urgent);
        Suggestion { credential, action, step, mastery, reasons }
    }
}

#[cfg(test)]
mod tests;
