//! Questions on what can be earned: what has ended, and what got a new name.

use chrono::NaiveDate;

use super::{CatalogQuestions, FactDraft, MAX_WRONG, MIN_WRONG, drawn, spread, wrong};
use crate::catalog::{Credential, CredentialId, Expires, Tier};
use crate::period::{Moment, Offer, PartialDate};
use crate::question::Wrong;
use crate::wording;

/// From how many ended credentials of a tier the question is what can still be earned.
const MIN_ENDED_AS_WRONG: usize = 3;

impl<'a> CatalogQuestions<'a> {
    /// What of a tier has ended; where most has, what can still be earned.
    pub(super) fn ended(&self, tier: &'a Tier) -> Option<FactDraft<'a>> {
        let (on_offer, ended) = (self.index.on_offer(&tier.id), self.index.ended(&tier.id));
        if ended.len() >= MIN_ENDED_AS_WRONG {
            return self.still_offered(tier, on_offer, ended);
        }
        let ends: Vec<String> = ended.iter().map(|c| self.what_became_of(c)).collect();
        let draft = FactDraft::over(ended, "ended", format!("ended/{}", self.subject(tier)), "offer");
        let stem = format!("Which of these {} can no longer be earned?", self.many_of_tier(tier));
        (!ended.is_empty() && on_offer.len() >= MIN_WRONG).then(|| {
            let right = ended.iter().map(|c| self.full_name(c)).collect();
            FactDraft { credentials: ids(ended.iter().chain(on_offer)), ..draft }.asks(
                stem,
                drawn(right, self.explained(on_offer)),
                ends.join(" "),
            )
        })
    }

    /// What of a tier can still be earned. With each that ends it is a new question.
    fn still_offered(
        &self,
        tier: &'a Tier,
        on_offer: &[&'a Credential],
        ended: &[&'a Credential],
    ) -> Option<FactDraft<'a>> {
        let last = ended.iter().max_by_key(|c| c.offered.last_possible())?;
        let id = |count: usize| format!("still-offered/{}-{count}", self.subject(tier));
        let right: Vec<String> = on_offer.iter().map(|c| self.full_name(c)).collect();
        let stem = format!("Which of these {} can still be earned?", self.many_of_tier(tier));
        let rationale = format!("On offer: {}.", self.full_names(on_offer));
        (!right.is_empty()).then(|| {
            let draft = FactDraft::over(ended, "ended", id(ended.len()), "offer");
            let draft = FactDraft { credentials: ids(on_offer.iter().chain(ended)), ..draft };
            let asked = draft.asks(stem, drawn(right, self.explained(ended)), rationale);
            let earlier = (MIN_ENDED_AS_WRONG..ended.len()).rev().take(MAX_WRONG).map(id).collect();
            asked.replacing(earlier, self.full_name(last), day_after(last))
        })
    }

    /// Credentials as wrong choices, with what became of them.
    fn explained(&self, credentials: &[&'a Credential]) -> Vec<Wrong> {
        let credentials = spread(credentials.to_vec()).into_iter();
        credentials.map(|c| wrong(self.full_name(c), self.what_became_of(c))).collect()
    }

    /// "AWS Certified Database - Specialty ended on 29 April 2024."
    fn what_became_of(&self, credential: &Credential) -> String {
        let name = self.full_name(credential);
        match self.index.offer(credential) {
            Offer::Retired => format!("{name} {}.", ended(credential)),
            Offer::OnOffer | Offer::Announced | Offer::Unverified => match credential.offered.last_sure() {
                Some(day) => format!("{name} can be earned until {}.", wording::date(day)),
                None => format!("{name} is on offer."),
            },
        }
    }

    /// The new name of a credential that goes on under one.
    pub(super) fn successor(&self, credential: &'a Credential) -> Option<FactDraft<'a>> {
        let heir = self.index.credential(credential.successor.as_ref()?)?;
        let siblings = self.index.on_offer(&credential.tier).iter().chain(self.index.ended(&credential.tier));
        let others = siblings.copied().filter(|c| c.id != heir.id && c.id != credential.id);
        let others: Vec<&Credential> = others.take(MAX_WRONG).collect();
        let wrong = self.explained(&others);
        let is_known = self.index.offer(heir) != Offer::Announced;
        (is_known && wrong.len() >= MIN_WRONG).then(|| {
            let draft = FactDraft::about(credential, "offered", "successor", "offer");
            let credentials = vec![credential.id.clone(), heir.id.clone()];
            FactDraft { credentials, ..draft }.asks(
                format!("Which is the successor of {}?", self.full_name(credential)),
                drawn(vec![self.full_name(heir)], wrong),
                self.renaming(credential, heir),
            )
        })
    }

    /// What happened to the old name, and to those who hold it.
    fn renaming(&self, credential: &Credential, heir: &Credential) -> String {
        let (old, new) = (self.full_name(credential), self.full_name(heir));
        let then = match self.index.offer(heir) {
            Offer::Retired => format!(" and {}", ended(heir)),
            Offer::OnOffer | Offer::Announced | Offer::Unverified => String::new(),
        };
        let last_pass = credential.offered.last_possible();
        let counts = match last_pass.is_some_and(|last| self.may_be_valid(credential, last)) {
            true => " If you hold the old one, it stays valid until it expires.",
            false => "",
        };
        format!("{old} {}. {new} succeeded it{then}.{counts}", ended(credential))
    }

    /// Whether a pass on a day is still valid.
    fn may_be_valid(&self, credential: &Credential, passed: NaiveDate) -> bool {
        match credential.expiry(passed) {
            Some(Expires::On(last)) => self.today <= last,
            Some(Expires::Never) => true,
            None => false,
        }
    }
}

/// "ended on 29 April 2024", as precisely as it is known.
fn ended(credential: &Credential) -> String {
    match credential.offered.until.and_then(when) {
        Some(when) => format!("ended {when}"),
        None => "has ended".to_owned(),
    }
}

/// "on 29 April 2024", "in March 2021", "between 1 April 2020 and 30 June 2021"; `None` if nothing is known.
pub(super) fn when(moment: Moment) -> Option<String> {
    let told = |date| match date {
        PartialDate::Day(_) => format!("on {}", wording::partial_date(date)),
        PartialDate::Month(_) | PartialDate::Year(_) => format!("in {}", wording::partial_date(date)),
    };
    match moment {
        Moment::At(date) => Some(told(date)),
        Moment::Between { after: Some(after), by: Some(by) } => {
            Some(format!("between {} and {}", wording::partial_date(after), wording::partial_date(by)))
        }
        Moment::Between { after: Some(after), by: None } => {
            Some(format!("after {}", wording::partial_date(after)))
        }
        Moment::Between { after: None, by: Some(by) } => Some(format!("by {}", wording::partial_date(by))),
        Moment::Between { after: None, by: None } => None,
    }
}

/// The first day without it; `None` if its end is just a span.
fn day_after(credential: &Credential) -> Option<PartialDate> {
    match credential.offered.until? {
        Moment::At(date) => date.last().succ_opt().map(PartialDate::Day),
        Moment::Between { .. } => None,
    }
}

fn ids<'c>(credentials: impl Iterator<Item = &'c &'c Credential>) -> Vec<CredentialId> {
    credentials.map(|c| c.id.clone()).collect()
}
