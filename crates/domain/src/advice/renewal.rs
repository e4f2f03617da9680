//! What expires soon, and which exam keeps it valid.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::Advisor;
use crate::catalog::{Credential, CredentialId, RenewalWindow};
use crate::money::Money;
use crate::record::Standing;
use crate::renewals::renews;

/// A holding that expires soon.
#[derive(Debug, Clone, PartialEq)]
pub struct RenewalDue<'a> {
    /// What is held.
    pub credential: &'a Credential,
    /// The last valid day.
    pub expires_on: NaiveDate,
    /// Days from today to the last valid one, 0 to [`EXPIRING_DAYS`](crate::record::EXPIRING_DAYS).
    pub days_left: i64,
    /// Exams on offer that renew it.
    pub renewed_by: Vec<CredentialId>,
    /// What renews it without an exam, with the days on which it can be completed.
    pub without_exam: Vec<RenewalWindow<'a>>,
}

impl<'a> Advisor<'a> {
    /// Held and expiring, the most urgent first.
    pub(super) fn renewals(&self) -> Vec<RenewalDue<'a>> {
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
                    without_exam: credential.windows_without_exam(expires_on, self.today),
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

    /// The exam to take for the most urgent renewal that an exam on offer makes possible.
    pub(super) fn renewal_exam<'d>(
        &self,
        due: &'d [RenewalDue<'a>],
    ) -> Option<(&'a Credential, &'d RenewalDue<'a>)> {
        due.iter().find_map(|renewal| Some((self.exam_for(renewal, due)?, renewal)))
    }

    /// Of the exams that renew it, the one that renews the most of what expires: then no exam is paid for twice.
    /// Among equals its own exam, then another one that expires itself, then a booked one, then the cheapest.
    fn exam_for(&self, renewal: &RenewalDue<'a>, due: &[RenewalDue<'a>]) -> Option<&'a Credential> {
        let renewed =
            |exam: &Credential| due.iter().filter(|d| renews(exam, d.credential, self.today)).count();
        let is_booked = |exam: &Credential| {
            self.record.upcoming(&exam.id, self.today).is_some_and(|b| b.on <= renewal.expires_on)
        };
        let expires = |exam: &Credential| due.iter().any(|d| d.credential.id == exam.id);
        let exams = self.catalog.credentials.iter().filter(|exam| self.can_renew(exam, renewal.credential));
        exams.min_by_key(|exam| {
            (
                Reverse(renewed(exam)),
                exam.id != renewal.credential.id,
                !expires(exam),
                !is_booked(exam),
                exam.fee.map_or(Money(i64::MAX), |fee| fee.amount),
            )
        })
    }

    /// Whether a pass of `exam` today would renew `held`, and would not repeat what is valid for long.
    fn can_renew(&self, exam: &Credential, held: &Credential) -> bool {
        renews(exam, held, self.today)
            && self.is_wanted_and_on_offer(exam)
            && self.record.standing(&exam.id, self.today) != Some(Standing::Held)
            && self.open_prerequisite(exam).is_none()
    }

    /// The exam that renews what would expire before `day`, with the day of that expiry; `None` if nothing would, or
    /// no exam renews it.
    pub fn renewal_before(&self, day: NaiveDate) -> Option<(&'a Credential, NaiveDate)> {
        let mut due = self.renewals();
        due.retain(|renewal| renewal.expires_on < day);
        self.renewal_exam(&due).map(|(exam, renewal)| (exam, renewal.expires_on))
    }

    /// The first expiry that a pass of this exam would prevent; `None` if it renews nothing else that expires.
    pub fn expiry_that_it_prevents(&self, exam: &Credential) -> Option<NaiveDate> {
        let due = self.renewals().into_iter();
        let mut prevented =
            due.filter(|due| due.credential.id != exam.id && self.can_renew(exam, due.credential));
        prevented.next().map(|due| due.expires_on)
    }

    /// What a pass would renew today.
    pub fn renews(&self, credential: &Credential) -> Vec<CredentialId> {
        let renewed = |held: &&Credential| {
            let valid = self.record.holds(&held.id, self.today);
            held.id != credential.id
                && held.renewal_by(&credential.id, self.today).is_some_and(|r| valid || r.also_when_expired)
        };
        let expiring = self.record.holdings().filter(|holding| holding.expires_on().is_some());
        let held = expiring.filter_map(|holding| self.catalog.credential(&holding.credential));
        let mut all: Vec<&CredentialId> = held.filter(renewed).map(|c| &c.id).collect();
        all.sort_by_key(|id| self.catalog.number(id));
        all.into_iter().cloned().collect()
    }
}
