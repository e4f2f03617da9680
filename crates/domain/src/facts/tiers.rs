//! Questions on tiers: which is where, how many there are, what the path asks for next.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    CatalogQuestions, FactDraft, SHOWN_CHOICES, and, article, drawn, explained, with_article, wrong,
};
use crate::catalog::{Credential, Needs, Pool, Step, Tier};
use crate::period::Offer;
use crate::question::{Kind, Wrong};

impl<'a> CatalogQuestions<'a> {
    pub(super) fn tier(&self, credential: &'a Credential) -> Option<FactDraft<'a>> {
        let tier = self.catalog.tier(&credential.tier)?;
        let others = self.catalog.tiers.iter().filter(|t| t.id != tier.id);
        let wrong: Vec<Wrong> = others.map(|t| wrong(&t.name, self.example(t))).collect();
        let rationale = format!("{} is {}.", credential.name, self.one_of_tier(tier));
        (!wrong.is_empty()).then(|| {
            FactDraft::about(credential, "offered", "tier", "tiers").asks(
                format!("Which tier does {} belong to?", self.name_without_tier(credential)),
                drawn(vec![tier.name.clone()], wrong),
                rationale,
            )
        })
    }

    /// "an Associate certification", or "an accreditation" if tier and family share a name.
    fn one_of_tier(&self, tier: &Tier) -> String {
        let family = self.catalog.family_of(tier).map_or("credential", |f| f.name.as_str());
        if tier.name.eq_ignore_ascii_case(family) {
            format!("{} {family}", article(family))
        } else {
            format!("{} {} {family}", article(&tier.name), tier.name)
        }
    }

    /// An example of a tier, to explain why it is the wrong choice.
    fn example(&self, tier: &Tier) -> String {
        let members = || self.catalog.in_tier(&tier.id);
        let member = members().find(|c| c.offer(self.today) == Offer::OnOffer).or_else(|| members().next());
        format!("{}: {}.", tier.name, member.map_or("none yet", |c| &c.name))
    }

    /// A credential of another tier as a wrong choice.
    fn of_tier_named(&self, credential: &Credential) -> Wrong {
        let tier = self.catalog.tier(&credential.tier).map_or("", |t| &t.name);
        let bare = self.bare_name(credential);
        let meaning = format!("{bare}: {tier}.");
        wrong(bare, meaning)
    }

    /// A name for a tier that is unique over all catalogs.
    fn subject(&self, tier: &Tier) -> String {
        format!("{}-{}", self.catalog.id, tier.id)
    }

    fn in_tier(&self, tier: &Tier) -> Vec<&'a Credential> {
        self.on_offer().filter(|c| c.tier == tier.id).collect()
    }

    pub(super) fn family(&self, tier: &'a Tier) -> Option<FactDraft<'a>> {
        let family = self.catalog.family_of(tier)?;
        let others = self.catalog.families.iter().filter(|f| f.id != family.id);
        let wrong: Vec<String> = others.map(|f| with_article(&f.name)).collect();
        let examples: Vec<String> =
            self.catalog.tiers.iter().filter(|t| t.family != tier.family).map(|t| self.example(t)).collect();
        let members = self.in_tier(tier);
        let member = *members.first()?;
        if wrong.is_empty() || tier.name.eq_ignore_ascii_case(&family.name) {
            return None;
        }
        Some(FactDraft::over(&members, format!("family/{}", self.subject(tier)), "tiers").asks(
            format!("In the {} tier of {}: what does one earn?", tier.name, self.catalog.short),
            drawn(vec![with_article(&family.name)], explained(wrong)),
            format!(
                "Each credential of that tier is {}, such as {}. {}",
                self.one_of_tier(tier),
                member.name,
                examples.join(" ")
            ),
        ))
    }

    /// The credentials whose bare names do not reveal their tier.
    fn without_tier_in_name(&self, credentials: &[&'a Credential]) -> Vec<&'a Credential> {
        credentials.iter().copied().filter(|c| self.name_without_tier(c) == self.bare_name(c)).collect()
    }

    fn bare_names(&self, credentials: &[&Credential]) -> Vec<String> {
        credentials.iter().map(|c| self.bare_name(c)).collect()
    }

    pub(super) fn which_is(&self, tier: &'a Tier) -> Option<FactDraft<'a>> {
        let members = self.in_tier(tier);
        let others: Vec<&Credential> = self.on_offer().filter(|c| c.tier != tier.id).collect();
        let (right, wrong) = (self.without_tier_in_name(&members), self.without_tier_in_name(&others));
        (!right.is_empty() && wrong.len() >= SHOWN_CHOICES - 1).then(|| {
            let right = self.bare_names(&right);
            let wrong = wrong.iter().map(|c| self.of_tier_named(c)).collect();
            let rationale = format!("{} on offer: {}.", tier.plural, and(&right));
            FactDraft::over(&members, format!("which-is/{}", self.subject(tier)), "tiers").asks(
                format!("Which of these does {} offer as {}?", self.catalog.short, self.one_of_tier(tier)),
                drawn(right, wrong),
                rationale,
            )
        })
    }

    pub(super) fn which_is_not(&self, tier: &'a Tier) -> Option<FactDraft<'a>> {
        let members = self.in_tier(tier);
        let others: Vec<&Credential> = self.on_offer().filter(|c| c.tier != tier.id).collect();
        let (wrong, right) = (self.without_tier_in_name(&members), self.without_tier_in_name(&others));
        (!right.is_empty() && wrong.len() >= SHOWN_CHOICES - 1).then(|| {
            let (right, wrong) = (self.bare_names(&right), self.bare_names(&wrong));
            let rationale = format!("{} on offer: {}.", tier.plural, and(&wrong));
            let wrong = explained(wrong);
            let many = self.many_of_tier(tier);
            FactDraft::over(&members, format!("which-is-not/{}", self.subject(tier)), "tiers").asks(
                format!(
                    "Three of these are {many} of {}. Which one belongs to another tier?",
                    self.catalog.short
                ),
                drawn(right, wrong),
                rationale,
            )
        })
    }

    fn many_of_tier(&self, tier: &Tier) -> String {
        let plural = self.catalog.family_of(tier).map_or("credentials", |f| f.plural.as_str());
        if tier.plural.eq_ignore_ascii_case(plural) {
            plural.to_owned()
        } else {
            format!("{} {plural}", tier.name)
        }
    }

    /// How many credentials a tier offers on a day; `None` while one of them is unverified.
    fn count(&self, tier: &Tier, day: NaiveDate) -> Option<usize> {
        let members = || self.catalog.in_tier(&tier.id).map(|c| c.offer(day));
        let clear = !members().any(|offer| offer == Offer::Unverified);
        clear.then(|| members().filter(|offer| *offer == Offer::OnOffer).count())
    }

    pub(super) fn how_many(&self, tier: &'a Tier) -> Option<FactDraft<'a>> {
        let count = self.count(tier, self.today).filter(|count| *count > 0)?;
        let members = self.in_tier(tier);
        let names: Vec<String> = members.iter().map(|c| self.bare_name(c)).collect();
        let earlier = self.earlier_counts(tier, count);
        let was = earlier.last().map_or_else(String::new, usize::to_string);
        let replaces = earlier.iter().map(|count| self.how_many_id(tier, *count)).collect();
        Some(
            FactDraft::over(&members, self.how_many_id(tier, count), "tiers")
                .asks(
                    format!("How many {} does {} offer today?", self.many_of_tier(tier), self.catalog.short),
                    Kind::Number { value: count as f64, unit: String::new(), tolerance: 0.0 },
                    format!("{count}: {}.", and(&names)),
                )
                .replacing(replaces, was, None),
        )
    }

    fn how_many_id(&self, tier: &Tier, count: usize) -> String {
        format!("how-many/{}-{count}", self.subject(tier))
    }

    /// Counts of earlier days that differ from today's, the latest last.
    fn earlier_counts(&self, tier: &Tier, now: usize) -> Vec<usize> {
        let days = self.catalog.in_tier(&tier.id).flat_map(|c| c.offered.change_days());
        let days: BTreeSet<NaiveDate> = days.filter(|day| *day <= self.today).collect();
        let mut counts: Vec<usize> = Vec::new();
        for count in days.into_iter().filter_map(|day| self.count(tier, day)) {
            counts.retain(|earlier| *earlier != count);
            counts.push(count);
        }
        counts.retain(|count| *count > 0 && *count != now);
        counts
    }

    pub(super) fn next_step(&self, step: &'a Step, next: &'a Step) -> FactDraft<'a> {
        let others = self.catalog.path.iter().filter(|s| s.number != next.number && s.number != step.number);
        let wrong = others.map(|s| wrong(&s.title, format!("{}: step {}.", s.title, s.number))).collect();
        let pool: Vec<&Credential> = match &step.from {
            Pool::Tier(tier) => self.on_offer().filter(|c| c.tier == *tier).collect(),
            Pool::Credentials(ids) => ids.iter().filter_map(|id| self.catalog.credential(id)).collect(),
            Pool::Rest => Vec::new(),
        };
        let asks = match step.needs {
            Needs::All => "all of it",
            Needs::AtLeast(_) => "enough of it",
        };
        let id = format!("path/{}-step-{}", self.catalog.id, step.number);
        let draft = FactDraft { origin: None, ..FactDraft::over(&pool, id, "path") };
        draft.asks(
            format!(
                "On the recommended path of {}, what comes right after step {}, \"{}\"?",
                self.catalog.short, step.number, step.title
            ),
            drawn(vec![next.title.clone()], wrong),
            format!("With {asks} done, step {} follows: {}. {}", next.number, next.title, next.why),
        )
    }
}
