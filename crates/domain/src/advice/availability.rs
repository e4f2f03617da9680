//! What this learner can earn today: on offer, open to everybody, not skipped, prerequisites met.

use super::Advisor;
use crate::catalog::{Credential, CredentialId, Prerequisite};
use crate::period::Offer;

impl<'a> Advisor<'a> {
    /// Whether it is certainly on offer to this learner.
    pub(super) fn is_on_offer(&self, credential: &Credential) -> bool {
        credential.offer(self.today) == Offer::OnOffer && !self.is_closed(credential)
    }

    /// Whether it is on offer to this learner, or at least not known to be gone.
    pub(super) fn may_be_available(&self, credential: &Credential) -> bool {
        matches!(credential.offer(self.today), Offer::OnOffer | Offer::Unverified)
            && !self.is_closed(credential)
    }

    pub(super) fn is_wanted_and_on_offer(&self, credential: &Credential) -> bool {
        self.is_on_offer(credential) && !self.record.has_skipped(&credential.id)
    }

    /// Only partners of the issuer can earn it, and the learner is not one.
    fn is_closed(&self, credential: &Credential) -> bool {
        self.is_partner == Some(false) && credential.is_partners_only(self.today)
    }

    /// Only partners of the issuer can earn it, and it is not known whether the learner is one.
    pub(super) fn may_be_closed(&self, credential: &Credential) -> bool {
        self.is_partner.is_none() && credential.is_partners_only(self.today)
    }

    /// Whether the suggestion depends on whether the learner is a partner of the issuer.
    pub fn depends_on_partnership(&self) -> bool {
        let first = |is_partner| {
            let advisor = Advisor { is_partner: Some(is_partner), ..*self };
            advisor.first_choice().map(|(credential, ..)| &credential.id)
        };
        !self.partners_only().is_empty() && first(true) != first(false)
    }

    /// What has only a beta exam and is neither held nor skipped.
    pub(super) fn betas(&self) -> Vec<&'a Credential> {
        let open = |c: &&Credential| {
            c.is_only_beta(self.today)
                && !self.record.holds(&c.id, self.today)
                && !self.record.has_skipped(&c.id)
        };
        self.catalog.credentials.iter().filter(open).collect()
    }

    /// What only partners of the issuer can earn today and the learner neither holds nor has skipped.
    pub fn partners_only(&self) -> Vec<&'a Credential> {
        let wanted = |c: &&Credential| {
            c.is_partners_only(self.today)
                && matches!(c.offer(self.today), Offer::OnOffer | Offer::Unverified)
                && !self.record.holds(&c.id, self.today)
                && !self.record.has_skipped(&c.id)
        };
        self.catalog.credentials.iter().filter(wanted).collect()
    }

    fn is_met(&self, prerequisite: &Prerequisite) -> bool {
        match prerequisite.active {
            true => self.record.holds(&prerequisite.credential, self.today),
            false => self.record.holding(&prerequisite.credential).is_some(),
        }
    }

    /// The first prerequisite that is not met; `None` if all are.
    pub(super) fn open_prerequisite(&self, credential: &Credential) -> Option<&CredentialId> {
        let listed = self.catalog.credential(&credential.id)?.prerequisites.iter().flatten();
        listed.filter(|p| !self.is_met(p)).map(|p| &p.credential).next()
    }

    /// What has to be earned before a credential and is missing, in an order in which it can be earned.
    pub fn missing_for(&self, credential: &'a Credential) -> Vec<&'a Credential> {
        let mut missing = vec![credential];
        let mut seen = 0;
        while let Some(next) = missing.get(seen) {
            let open = next.prerequisites.iter().flatten().filter(|p| !self.is_met(p));
            let required: Vec<&Credential> =
                open.filter_map(|p| self.catalog.credential(&p.credential)).collect();
            seen += 1;
            for credential in required {
                if !missing.contains(&credential) {
                    missing.push(credential);
                }
            }
        }
        missing.remove(0);
        missing.reverse();
        missing
    }

    /// Whether it can be taken: available, not skipped, not held, and all prerequisites are met.
    pub fn is_ready(&self, credential: &Credential) -> bool {
        self.may_be_available(credential)
            && !self.record.has_skipped(&credential.id)
            && !self.record.holds(&credential.id, self.today)
            && self.open_prerequisite(credential).is_none()
    }
}
