//! What this learner can earn today: on offer, open to everybody, not skipped.

use super::Advisor;
use crate::catalog::Credential;
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

    /// Only partners of the issuer can earn it, and the learner is none.
    fn is_closed(&self, credential: &Credential) -> bool {
        self.is_partner == Some(false) && credential.is_partners_only(self.today)
    }

    /// Only partners of the issuer can earn it, and whether the learner is one was not asked.
    pub(super) fn may_be_closed(&self, credential: &Credential) -> bool {
        self.is_partner.is_none() && credential.is_partners_only(self.today)
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
    pub(super) fn partners_only(&self) -> Vec<&'a Credential> {
        let wanted = |c: &&Credential| {
            c.is_partners_only(self.today)
                && matches!(c.offer(self.today), Offer::OnOffer | Offer::Unverified)
                && !self.record.holds(&c.id, self.today)
                && !self.record.has_skipped(&c.id)
        };
        self.catalog.credentials.iter().filter(wanted).collect()
    }
}
