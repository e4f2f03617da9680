//! Questions on what can be earned: on offer, retired, renamed.

use super::{CatalogQuestions, FactDraft, and, drawn, wrong};
use crate::catalog::Credential;
use crate::period::{Moment, Offer};
use crate::question::{Kind, Wrong};

impl<'a> CatalogQuestions<'a> {
    fn can_be_earned(&self, credential: &Credential) -> String {
        format!("{} can still be earned.", credential.name)
    }

    pub(super) fn offered(&self, credential: &'a Credential) -> FactDraft<'a> {
        let rationale = match credential.offered.last_sure() {
            Some(day) => format!("It is on offer, but not for ever: its last day is {day}."),
            None => "It is on offer; no last day has been announced.".to_owned(),
        };
        FactDraft::about(credential, "offered", "offered", "offer").asks(
            self.can_be_earned(credential),
            Kind::TrueFalse { key: true },
            rationale,
        )
    }

    pub(super) fn retired(&self, credential: &'a Credential) -> FactDraft<'a> {
        let last = match credential.offered.until {
            Some(Moment::At(date)) => Some(date),
            Some(Moment::Between { .. }) | None => None,
        };
        let ended = match last {
            Some(date) => format!("It ended: {date} was the last of it."),
            None => "It is no longer on offer.".to_owned(),
        };
        let heirs = credential.successor.iter().chain(&credential.followed_by);
        let heirs: Vec<String> =
            heirs.filter_map(|id| self.catalog.credential(id)).map(|c| c.name.clone()).collect();
        let heirs =
            if heirs.is_empty() { String::new() } else { format!(" What came after: {}.", and(&heirs)) };
        FactDraft::about(credential, "offered", "retired", "offer")
            .asks(self.can_be_earned(credential), Kind::TrueFalse { key: false }, format!("{ended}{heirs}"))
            .replacing(vec![format!("offered/{}", credential.id)], "that it can be earned", last)
    }

    pub(super) fn successor(&self, credential: &'a Credential) -> Option<FactDraft<'a>> {
        let heir = self.catalog.credential(credential.successor.as_ref()?)?;
        let siblings = self.catalog.in_tier(&credential.tier);
        let wrong: Vec<Wrong> = siblings
            .filter(|c| c.id != heir.id && c.id != credential.id)
            .map(|c| wrong(&c.name, format!("{} is a credential of its own.", c.name)))
            .collect();
        let rationale = format!(
            "{} goes on as {}; the old one still counts while it is valid.",
            credential.name, heir.name
        );
        (heir.offer(self.today) != Offer::Announced && wrong.len() >= 2).then(|| {
            let draft = FactDraft::about(credential, "offered", "successor", "offer");
            let credentials = vec![credential.id.clone(), heir.id.clone()];
            FactDraft { credentials, ..draft }.asks(
                format!("{} got a new name. Which?", credential.name),
                drawn(vec![heir.name.clone()], wrong),
                rationale,
            )
        })
    }
}
