//! Questions on the terms: fee, proctor, validity, renewal.

use super::{CatalogQuestions, FactDraft, and, drawn, explained, wrong};
use crate::catalog::{Credential, Tier, ValidFor, Validity};
use crate::money::Fee;
use crate::period::PartialDate;
use crate::question::{Kind, Wrong};

impl<'a> CatalogQuestions<'a> {
    pub(super) fn fee(&self, credential: &'a Credential) -> Option<FactDraft<'a>> {
        let fee = credential.fee.filter(|_| self.is_verified(credential, "fee"))?;
        let mut others: Vec<Fee> = self.on_offer().filter_map(|c| c.fee).filter(|f| *f != fee).collect();
        others.sort_by_key(|f| f.amount);
        others.dedup();
        let wrong: Vec<String> = others.iter().map(Fee::to_string).collect();
        let meanings: Vec<String> = others.iter().filter_map(|f| self.tiers_with_fee(*f)).collect();
        (!wrong.is_empty()).then(|| {
            FactDraft::about(credential, "fee", "fee", "costs").asks(
                format!("What does {} cost?", credential.name),
                drawn(vec![fee.to_string()], explained(wrong)),
                format!("{}: {fee}. {}", credential.name, meanings.join(" ")),
            )
        })
    }

    /// "USD 150: Associate."
    fn tiers_with_fee(&self, fee: Fee) -> Option<String> {
        let costs = |tier: &&Tier| self.on_offer().any(|c| c.tier == tier.id && c.fee == Some(fee));
        let tiers: Vec<&str> = self.catalog.tiers.iter().filter(costs).map(|t| t.name.as_str()).collect();
        (!tiers.is_empty()).then(|| format!("{fee}: {}.", tiers.join(", ")))
    }

    pub(super) fn proctored(&self, credential: &'a Credential) -> Option<FactDraft<'a>> {
        let proctored = credential.proctored.filter(|_| self.is_verified(credential, "proctored"))?;
        let how = match proctored {
            true => "is a proctored exam: somebody watches, in a test centre or on line",
            false => "is taken without a proctor",
        };
        Some(FactDraft::about(credential, "proctored", "proctored", "proctoring").asks(
            format!("{} is taken under the eyes of a proctor.", credential.name),
            Kind::TrueFalse { key: proctored },
            format!("{} {how}.", credential.name),
        ))
    }

    pub(super) fn validity(&self, credential: &'a Credential) -> Option<FactDraft<'a>> {
        let validity = credential.validity.as_ref().filter(|_| self.is_verified(credential, "validity"))?;
        let draft = FactDraft::about(credential, "validity", "validity", "expiry");
        match validity {
            Validity::Never => Some(draft.asks(
                format!("{} stays valid for ever.", credential.name),
                Kind::TrueFalse { key: true },
                "It does not expire: once passed it needs no renewal.",
            )),
            Validity::Months(rules) => {
                let now = rules.iter().rposition(|r| r.passed_from.is_none_or(|from| from <= self.today))?;
                let (value, unit) = in_years(rules[now].months);
                let earlier = rules[..now].iter().map(|r| validity_id(credential, rules, r)).collect();
                let was = rules[..now].last().map_or_else(String::new, |r| {
                    let (value, unit) = in_years(r.months);
                    format!("{value} {unit}")
                });
                let since = rules[now].passed_from.map(PartialDate::Day);
                let draft = FactDraft { id: validity_id(credential, rules, &rules[now]), ..draft };
                let asked = draft.asks(
                    format!("You pass {} today. For how many {unit} is it valid?", credential.name),
                    Kind::Number { value: f64::from(value), unit: unit.to_owned(), tolerance: 0.0 },
                    format!(
                        "It is valid for {value} {unit} from the day of the pass; then it has to be renewed."
                    ),
                );
                Some(asked.replacing(earlier, was, since))
            }
        }
    }

    /// A credential as a wrong choice, with what its pass renews instead.
    fn renews_else(&self, credential: &Credential) -> Wrong {
        let others = self.on_offer().filter(|c| c.id != credential.id);
        let renewed = others.filter(|c| c.renewal_by(&credential.id, self.today).is_some());
        let names: Vec<String> = renewed.map(|c| self.bare_name(c)).collect();
        let what = if names.is_empty() { "nothing but itself".to_owned() } else { and(&names) };
        wrong(&credential.name, format!("{} renews {what}.", credential.name))
    }

    pub(super) fn renewed_by(&self, credential: &'a Credential) -> Option<FactDraft<'a>> {
        let ways = credential.renewed_by.as_ref().filter(|_| self.is_verified(credential, "renewed_by"))?;
        let renews = |c: &Credential| {
            ways.iter().any(|w| w.credential == c.id && w.from.is_none_or(|from| from <= self.today))
        };
        let others = || self.on_offer().filter(|c| c.id != credential.id);
        let right: Vec<String> = others().filter(|c| renews(c)).map(|c| c.name.clone()).collect();
        let names: Vec<String> = others().filter(|c| renews(c)).map(|c| self.name_without_tier(c)).collect();
        let wrong: Vec<Wrong> = others().filter(|c| !renews(c)).map(|c| self.renews_else(c)).collect();
        (!right.is_empty() && wrong.len() >= 2).then(|| {
            let rationale = format!(
                "Besides its own exam it is renewed by {}, as far as the catalog knows.",
                and(&names)
            );
            FactDraft::about(credential, "renewed_by", "renewed-by", "expiry").asks(
                format!("Which of these, when passed, also renews a valid {}?", credential.name),
                drawn(right, wrong),
                rationale,
            )
        })
    }
}

/// Months, or years if they are whole ones.
fn in_years(months: u32) -> (u32, &'static str) {
    match (months, months.is_multiple_of(12)) {
        (12, _) => (1, "year"),
        (_, true) => (months / 12, "years"),
        (1, _) => (1, "month"),
        (_, false) => (months, "months"),
    }
}

/// The first rule's question has the plain id; a rule that came later has its own.
fn validity_id(credential: &Credential, rules: &[ValidFor], rule: &ValidFor) -> String {
    let id = format!("validity/{}", credential.id);
    if rules.first() == Some(rule) { id } else { format!("{id}-{}-months", rule.months) }
}
