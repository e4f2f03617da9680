//! Questions on tiers: which credential is where.

use super::{CatalogQuestions, FactDraft, MAX_WRONG, MIN_WRONG, SHOWN_CHOICES, drawn, spread, wrong};
use crate::catalog::{Credential, Tier};
use crate::question::Wrong;

impl<'a> CatalogQuestions<'a> {
    /// The tier of a credential whose name does not tell it.
    pub(super) fn tier(&self, credential: &'a Credential) -> Option<FactDraft<'a>> {
        let tier = self.index.tier(&credential.tier)?;
        let name = self.index.name_without_tier(credential)?;
        let others = self.sibling_tiers(tier);
        let wrong: Vec<Wrong> = others.into_iter().map(|t| self.with_example(t)).collect();
        (!wrong.is_empty()).then(|| {
            FactDraft::about(credential, "offered", "tier", "tiers").asks(
                format!("Which tier does {name} belong to?"),
                drawn(vec![tier.name.clone()], wrong),
                format!("{} is {}.", self.full_name(credential), self.one_of_tier(tier)),
            )
        })
    }

    /// Tiers of the same family; of all families if there are too few.
    fn sibling_tiers(&self, tier: &Tier) -> Vec<&'a Tier> {
        let siblings: Vec<&Tier> = self.index.sibling_tiers(tier).take(MAX_WRONG).collect();
        if siblings.len() >= MIN_WRONG {
            return siblings;
        }
        self.catalog.tiers.iter().filter(|other| other.id != tier.id).take(MAX_WRONG).collect()
    }

    /// A tier as a wrong choice, explained by an example.
    fn with_example(&self, tier: &Tier) -> Wrong {
        let example = self.index.example(&tier.id);
        let meaning = example.map(|c| format!("{}: for example {}.", tier.name, self.full_name(c)));
        Wrong { text: tier.name.clone(), meaning }
    }

    /// A name for a tier that is unique over all catalogs.
    pub(super) fn subject(&self, tier: &Tier) -> String {
        format!("{}-{}", self.catalog.id, tier.id)
    }

    /// One of a tier among others, or one of another among three of the tier: the same fact is asked once.
    pub(super) fn which_is(&self, tier: &'a Tier) -> Option<FactDraft<'a>> {
        let members = self.index.on_offer(&tier.id);
        let of_tier = self.named_without_tier(members);
        let others = self.index.sibling_tiers(tier).take(MAX_WRONG);
        let others = others.flat_map(|t| self.index.on_offer(&t.id).iter().take(MAX_WRONG).copied());
        let others = self.named_without_tier(&others.collect::<Vec<_>>());
        let rationale = format!("{} on offer: {}.", tier.plural, self.full_names(members));
        if of_tier.len() >= SHOWN_CHOICES - 1 && !others.is_empty() {
            let right = spread(others).into_iter().map(|(name, _)| name).collect();
            let wrong = spread(of_tier).into_iter().map(|(text, _)| Wrong { text, meaning: None }).collect();
            let id = format!("which-is-not/{}", self.subject(tier));
            let stem = format!("Three of these are {}. Which one is not?", self.many_of_tier(tier));
            return Some(FactDraft::over(members, "which", id, "tiers").asks(
                stem,
                drawn(right, wrong),
                rationale,
            ));
        }
        (!of_tier.is_empty() && others.len() >= SHOWN_CHOICES - 1).then(|| {
            let right = of_tier.into_iter().map(|(name, _)| name).collect();
            let wrong = spread(others).into_iter().map(|(name, c)| self.of_tier_named(name, c)).collect();
            let id = format!("which-is/{}", self.subject(tier));
            let stem = format!("Which of these is {}?", self.one_of_tier(tier));
            FactDraft::over(members, "which", id, "tiers").asks(stem, drawn(right, wrong), rationale)
        })
    }

    /// The credentials whose names do not give their tier away, with those names.
    fn named_without_tier(&self, credentials: &[&'a Credential]) -> Vec<(String, &'a Credential)> {
        credentials.iter().filter_map(|c| Some((self.index.name_without_tier(c)?, *c))).collect()
    }

    /// A credential of another tier as a wrong choice.
    fn of_tier_named(&self, name: String, credential: &Credential) -> Wrong {
        let tier = self.index.tier(&credential.tier).map_or("", |t| &t.name);
        let meaning = format!("{name}: {tier}.");
        wrong(name, meaning)
    }
}
