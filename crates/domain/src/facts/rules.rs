//! Questions on what holds for a whole tier, asked once for the tier, and on the exceptions to it.

use std::collections::BTreeMap;

use super::{CatalogQuestions, FactDraft, MAX_LISTED, MIN_WRONG, drawn, listed, spread, wrong};
use crate::catalog::{Credential, Tier, ValidFor, Validity};
use crate::period::PartialDate;
use crate::question::{Kind, Wrong, with_unit};

/// A fact that is mostly the same for all credentials of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Term {
    Fee,
    Proctored,
    Validity,
    Minutes,
    PassMark,
}

/// A term of one credential, or of most of a tier. Terms are ordered by size.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct TermValue {
    /// Hundredths of a currency's unit, months, minutes or points; 1 if it is proctored.
    size: i64,
    /// As a choice.
    text: String,
}

/// A term as it is in one tier.
struct TierTerm<'a> {
    tier: &'a Tier,
    /// What more than half of the credentials have that are on offer and verified.
    rule: Option<TermValue>,
    /// The credentials that are on offer and verified.
    verified: Vec<(&'a Credential, TermValue)>,
}

/// Whose a value of a term is, to explain it as a wrong choice: tiers and credentials.
type Holders = BTreeMap<TermValue, Vec<String>>;

impl Term {
    const ALL: [Term; 5] = [Term::Fee, Term::Proctored, Term::Validity, Term::Minutes, Term::PassMark];

    /// Its kind in ids.
    fn kind(self) -> &'static str {
        match self {
            Term::Fee => "fee",
            Term::Proctored => "proctored",
            Term::Validity => "validity",
            Term::Minutes => "minutes",
            Term::PassMark => "pass-mark",
        }
    }

    /// Its name in the catalog.
    fn fact(self) -> &'static str {
        match self {
            Term::Fee => "fee",
            Term::Proctored => "proctored",
            Term::Validity => "validity",
            Term::Minutes => "minutes",
            Term::PassMark => "pass_mark",
        }
    }

    fn topic(self) -> &'static str {
        match self {
            Term::Fee => "costs",
            Term::Proctored => "proctoring",
            Term::Validity => "expiry",
            Term::Minutes | Term::PassMark => "exams",
        }
    }

    /// Asks it of a credential or a tier; `usually` has a blank at its end, or is empty.
    fn stem(self, subject: &str, usually: &str) -> String {
        match self {
            Term::Fee => format!("How much does {subject} {usually}cost?"),
            Term::Proctored => format!("The exam for {subject} is {usually}proctored."),
            Term::Validity => format!("When does {subject} {usually}expire if you pass it today?"),
            Term::Minutes => format!("How many minutes does the exam for {subject} {usually}last?"),
            Term::PassMark => format!("Which score do you {usually}need to pass the exam for {subject}?"),
        }
    }

    fn choices(self, value: &TermValue, wrong: Vec<Wrong>) -> Kind {
        let number =
            |unit: &str| Kind::Number { value: value.size as f64, unit: unit.to_owned(), tolerance: 0.0 };
        match self {
            Term::Fee | Term::Validity => drawn(vec![value.text.clone()], wrong),
            Term::Proctored => Kind::TrueFalse { key: value.size != 0 },
            Term::Minutes => number("minutes"),
            Term::PassMark => number("points"),
        }
    }

    /// Says what is right.
    fn rationale(self, value: &TermValue) -> String {
        match self {
            Term::Fee if value.size == 0 => "It is free.".to_owned(),
            Term::Fee => format!("It costs {}.", value.text),
            Term::Proctored if value.size == 0 => "It has no proctor.".to_owned(),
            Term::Proctored => "A proctor watches, at a test center or online.".to_owned(),
            Term::Validity if value.size == i64::MAX => "It never expires.".to_owned(),
            Term::Validity => {
                format!("It expires {}, counted from the day you pass. Renew it before then.", value.text)
            }
            Term::Minutes => format!("It lasts {}.", value.text),
            Term::PassMark => format!("You pass with {} or more.", value.text),
        }
    }
}

impl<'a> CatalogQuestions<'a> {
    /// Each rule of a tier, and each exception to it.
    pub(super) fn rules(&self) -> Vec<FactDraft<'a>> {
        Term::ALL.into_iter().flat_map(|term| self.of_term(term)).collect()
    }

    fn of_term(&self, term: Term) -> Vec<FactDraft<'a>> {
        let tiers: Vec<TierTerm> = self.catalog.tiers.iter().map(|tier| self.in_tier(term, tier)).collect();
        let mut families: BTreeMap<&str, Holders> = BTreeMap::new();
        for tier in &tiers {
            let holders = families.entry(&tier.tier.family).or_default();
            if let Some(rule) = &tier.rule {
                holders.entry(rule.clone()).or_default().push(tier.tier.plural.clone());
            }
            for (credential, value) in tier.exceptions() {
                holders.entry(value.clone()).or_default().push(self.full_name(credential));
            }
        }
        let everywhere = choices(families.values().flatten());
        let of_family = |holders: &Holders| {
            let are_enough = holders.len() > MIN_WRONG;
            if are_enough { choices(holders.iter()) } else { everywhere.clone() }
        };
        let choices: BTreeMap<&str, Vec<Wrong>> =
            families.iter().map(|(family, holders)| (*family, of_family(holders))).collect();
        let mut drafts = Vec::new();
        for tier in &tiers {
            let choices = &choices[tier.tier.family.as_str()];
            drafts.extend(self.rule(term, tier, choices));
            drafts.extend(tier.exceptions().map(|(c, value)| self.exception(term, c, value, choices)));
        }
        drafts
    }

    fn in_tier(&self, term: Term, tier: &'a Tier) -> TierTerm<'a> {
        let is_verified = |c: &&&Credential| {
            let is_disputed = term == Term::Minutes && c.notes.iter().any(|n| n.about == "minutes");
            !is_disputed && self.is_verified(c, term.fact())
        };
        let members = self.index.on_offer(&tier.id).iter().filter(is_verified);
        let verified: Vec<(&Credential, TermValue)> =
            members.filter_map(|c| Some((*c, self.value(term, c)?))).collect();
        let mut counts: BTreeMap<&TermValue, usize> = BTreeMap::new();
        verified.iter().for_each(|(_, value)| *counts.entry(value).or_default() += 1);
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        let rule = most.filter(|(_, count)| 2 * count > verified.len()).map(|(value, _)| value.clone());
        TierTerm { tier, rule, verified }
    }

    /// A term of a credential today; `None` if it is not known.
    fn value(&self, term: Term, credential: &Credential) -> Option<TermValue> {
        let sized =
            |size: u32, unit: &str| TermValue { size: size.into(), text: with_unit(f64::from(size), unit) };
        Some(match term {
            Term::Fee => {
                let fee = credential.fee?;
                TermValue { size: fee.amount.0, text: fee.to_string() }
            }
            Term::Proctored => {
                let proctored = credential.proctored?;
                TermValue { size: i64::from(proctored), text: proctored.to_string() }
            }
            Term::Validity => match credential.validity.as_ref()? {
                Validity::Never => TermValue { size: i64::MAX, text: "never".to_owned() },
                validity => {
                    let months = validity.months_on(self.today)?;
                    TermValue { size: months.into(), text: after(months) }
                }
            },
            Term::Minutes => sized(credential.minutes?, "minutes"),
            Term::PassMark => sized(credential.pass_mark?, "points"),
        })
    }

    /// The rule of a tier. It is about all that follow it, also those of which it was not verified lately.
    fn rule(&self, term: Term, tier: &TierTerm<'a>, choices: &[Wrong]) -> Option<FactDraft<'a>> {
        let value = tier.rule.as_ref()?;
        let (first, _) = tier.verified.iter().find(|(_, of_member)| of_member == value)?;
        let members = self.index.on_offer(&tier.tier.id).iter();
        let known: Vec<(&Credential, TermValue)> =
            members.filter_map(|c| Some((*c, self.value(term, c)?))).collect();
        let follow = known.iter().filter(|(_, of_member)| of_member == value);
        let usually = if known.iter().any(|(_, of_member)| of_member != value) { "usually " } else { "" };
        let id = format!("tier-{}/{}", term.kind(), self.subject(tier.tier));
        let draft = FactDraft {
            credentials: follow.map(|(c, _)| c.id.clone()).collect(),
            origin: Some((first, term.fact())),
            ..FactDraft::new(term.kind(), id, term.topic())
        };
        let stem = term.stem(&self.one_of_tier(tier.tier), usually);
        Some(self.dated(term, first, asked(draft, term, stem, value, choices)))
    }

    fn exception(
        &self,
        term: Term,
        credential: &'a Credential,
        value: &TermValue,
        choices: &[Wrong],
    ) -> FactDraft<'a> {
        let draft = FactDraft::about(credential, term.fact(), term.kind(), term.topic());
        let stem = term.stem(&self.full_name(credential), "");
        self.dated(term, credential, asked(draft, term, stem, value, choices))
    }

    /// A validity that changed is a new question: the first rule's has the plain id, a later one's names its months.
    fn dated(&self, term: Term, credential: &Credential, draft: FactDraft<'a>) -> FactDraft<'a> {
        let (Term::Validity, Some(Validity::Months(rules))) = (term, &credential.validity) else {
            return draft;
        };
        let begun = |rule: &ValidFor| rule.passed_from.is_none_or(|from| from <= self.today);
        let Some(now) = rules.iter().rposition(begun) else { return draft };
        let plain = draft.id.clone();
        let id = |place: usize| match place {
            0 => plain.clone(),
            _ => format!("{plain}-{}-months", rules[place].months),
        };
        let was = rules[..now].last().map_or_else(String::new, |rule| after(rule.months));
        let since = rules[now].passed_from.map(PartialDate::Day);
        FactDraft { id: id(now), ..draft }.replacing((0..now).map(id).collect(), was, since)
    }
}

impl<'a> TierTerm<'a> {
    /// The credentials that have something else than the rule; all if there is no rule.
    fn exceptions(&self) -> impl Iterator<Item = (&'a Credential, &TermValue)> {
        let others = self.verified.iter().filter(|(_, value)| self.rule.as_ref() != Some(value));
        others.map(|(credential, value)| (*credential, value))
    }
}

/// The values from which wrong choices are drawn, each explained by whose it is.
fn choices<'h>(holders: impl Iterator<Item = (&'h TermValue, &'h Vec<String>)>) -> Vec<Wrong> {
    let mut all = BTreeMap::<&TermValue, Vec<&str>>::new();
    holders.for_each(|(value, names)| all.entry(value).or_default().extend(names.iter().map(String::as_str)));
    let explained = all
        .into_iter()
        .map(|(value, names)| wrong(&value.text, format!("{}: {}.", joined(&names), value.text)));
    spread(explained.collect())
}

/// Names as one phrase, with a common noun that all end with said once: "Professional and Specialty
/// certifications".
fn joined(names: &[&str]) -> String {
    let noun = names[0].rsplit_once(' ').map_or("", |(_, noun)| noun);
    let starts: Option<Vec<&str>> = names.iter().map(|name| name.strip_suffix(noun)).collect();
    let texts = |names: &[&str]| names.iter().map(|name| name.trim_end().to_owned()).collect::<Vec<_>>();
    match starts.filter(|starts| starts.len() > 1 && noun.starts_with(char::is_lowercase)) {
        Some(starts) => format!("{} {noun}", listed(&texts(&starts), names.len())),
        None => listed(&texts(names), names.len()),
    }
}

/// A draft with its stem, its choices and a rationale that also explains the other values.
fn asked<'a>(
    draft: FactDraft<'a>,
    term: Term,
    stem: String,
    value: &TermValue,
    choices: &[Wrong],
) -> FactDraft<'a> {
    let wrong: Vec<Wrong> = choices.iter().filter(|choice| choice.text != value.text).cloned().collect();
    let meanings = wrong.iter().filter_map(|w| w.meaning.clone()).take(MAX_LISTED);
    let rationale = match term {
        // The choices that are drawn bring their explanation; true or false needs none.
        Term::Fee | Term::Validity | Term::Proctored => term.rationale(value),
        Term::Minutes | Term::PassMark => {
            std::iter::once(term.rationale(value)).chain(meanings).collect::<Vec<_>>().join(" ")
        }
    };
    let kind = term.choices(value, wrong);
    draft.asks(stem, kind, rationale)
}

/// "after 3 years", or "after 18 months" if it is not whole years.
fn after(months: u32) -> String {
    match months.is_multiple_of(12) {
        true => format!("after {}", with_unit(f64::from(months / 12), "years")),
        false => format!("after {}", with_unit(f64::from(months), "months")),
    }
}
