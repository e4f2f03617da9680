//! The questions that a catalog generates from its facts, for a day.
//!
//! Ids are `facts/kind/subject`. The subject is a credential (`facts/tier/aws-security-specialty`), a tier
//! by its catalog and id (`facts/tier-fee/aws-associate`), or a step of the path (`facts/path/aws-step-3`).
//! What holds for most of a tier is its rule: `tier-fee`, `tier-proctored`, `tier-validity`, `tier-minutes` and
//! `tier-pass-mark` ask each rule once, and `fee`, `proctored`, `validity`, `minutes` and `pass-mark` ask only
//! for a credential that is an exception to it.
//!
//! A fact is asked while it is verified, and only where it tells credentials apart: a kind that has a single
//! answer in a catalog is not asked there. A key that changes with the calendar (an exam code, a validity, what
//! can still be earned) gets a new id, which names the old one in `replaces`. Wrong choices are siblings from
//! the same catalog, drawn anew each time.

mod exam;
mod index;
mod offer;
mod path;
mod renewal;
mod rules;
mod tiers;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::catalog::{Catalog, Credential, CredentialId, Tier};
use super::period::{Offer, PartialDate, months_later};
use super::question::{Changed, Kind, Pack, Question, QuestionId, Teaches, Topic, Wrong};
use super::wording::and;
use index::CatalogIndex;

/// The id of the virtual pack.
pub const PACK: &str = "facts";
/// How many choices a drawn question shows.
const SHOWN_CHOICES: usize = 4;
/// Fewer wrong choices are not enough: they are then taken from farther away, or the question is not asked.
const MIN_WRONG: usize = 2;
/// From how many wrong choices a question draws at most.
const MAX_WRONG: usize = 12;
/// How many names a rationale lists at most.
const MAX_LISTED: usize = 8;
/// Months after the last check for which a fact is asked.
const MAX_VERIFIED_MONTHS: u32 = 36;

/// The virtual pack of all catalogs on a day.
pub fn pack(catalogs: &[Catalog], today: NaiveDate) -> Pack {
    let questions: Vec<Question> =
        catalogs.iter().flat_map(|catalog| CatalogQuestions::of(catalog, today).questions()).collect();
    let named = [
        ("tiers", "Catalog: tiers"),
        ("costs", "Catalog: fees"),
        ("proctoring", "Catalog: proctoring"),
        ("expiry", "Catalog: validity"),
        ("offer", "Catalog: on offer"),
        ("exams", "Catalog: exams"),
        ("path", "Catalog: the path"),
    ];
    let used: BTreeSet<&str> = questions.iter().map(|q| q.topic.as_str()).collect();
    let topics = named
        .into_iter()
        .filter(|(id, _)| used.contains(id))
        .map(|(id, name)| Topic { id: id.to_owned(), name: name.to_owned(), weight: None })
        .collect();
    Pack {
        id: PACK.to_owned(),
        title: "What the catalogs say".to_owned(),
        description: "Generated from the catalogs: tiers and their rules, exams, renewals, what is on offer."
            .to_owned(),
        licence: None,
        source: None,
        teaches: Teaches::About,
        credentials: Vec::new(),
        topics,
        facts: Vec::new(),
        questions,
    }
}

struct CatalogQuestions<'a> {
    catalog: &'a Catalog,
    today: NaiveDate,
    index: CatalogIndex<'a>,
}

/// A question under construction.
struct FactDraft<'a> {
    /// The kinds that count as one: a rule and its exceptions, a question and its reverse.
    group: &'static str,
    /// The id, without that of the pack.
    id: String,
    topic: &'static str,
    credentials: Vec<CredentialId>,
    stem: String,
    kind: Kind,
    rationale: String,
    /// The credential and the fact on which it rests.
    origin: Option<(&'a Credential, &'static str)>,
    /// Where it can be verified, if that is no fact of a credential.
    source: Option<String>,
    replaces: Vec<String>,
    changed: Option<Changed>,
}

impl<'a> FactDraft<'a> {
    fn new(group: &'static str, id: String, topic: &'static str) -> FactDraft<'a> {
        FactDraft {
            group,
            id,
            topic,
            credentials: Vec::new(),
            stem: String::new(),
            kind: Kind::TrueFalse { key: true },
            rationale: String::new(),
            origin: None,
            source: None,
            replaces: Vec::new(),
            changed: None,
        }
    }

    /// A question about one credential, on one of its facts.
    fn about(
        credential: &'a Credential,
        fact: &'static str,
        kind: &'static str,
        topic: &'static str,
    ) -> FactDraft<'a> {
        FactDraft {
            credentials: vec![credential.id.clone()],
            origin: Some((credential, fact)),
            ..FactDraft::new(kind, format!("{kind}/{}", credential.id), topic)
        }
    }

    /// A question about several credentials and whether they are on offer.
    fn over(
        credentials: &[&'a Credential],
        group: &'static str,
        id: String,
        topic: &'static str,
    ) -> FactDraft<'a> {
        FactDraft {
            credentials: credentials.iter().map(|c| c.id.clone()).collect(),
            origin: credentials.iter().max_by_key(|c| c.offered.checked).map(|c| (*c, "offered")),
            ..FactDraft::new(group, id, topic)
        }
    }

    fn asks(self, stem: impl Into<String>, kind: Kind, rationale: impl Into<String>) -> FactDraft<'a> {
        FactDraft { stem: stem.into(), kind, rationale: rationale.into(), ..self }
    }

    /// It replaces others that are no longer true; `was` and `since` say what changed.
    fn replacing(
        self,
        replaces: Vec<String>,
        was: impl Into<String>,
        since: Option<PartialDate>,
    ) -> FactDraft<'a> {
        let changed = (!replaces.is_empty()).then(|| Changed { was: was.into(), since });
        FactDraft { replaces, changed, ..self }
    }

    /// All answers that are right, as texts.
    fn answers(&self) -> Vec<String> {
        match &self.kind {
            Kind::Drawn { right, .. } => right.clone(),
            Kind::TrueFalse { key } => vec![key.to_string()],
            Kind::Number { value, .. } => vec![value.to_string()],
            Kind::OneOf { choices, key, .. } => vec![choices[*key].clone()],
            Kind::AnyOf { choices, keys, .. } => keys.iter().map(|key| choices[*key].clone()).collect(),
            Kind::Typed { accepted } => accepted.clone(),
            Kind::Order { items } => vec![items.join("\n")],
            Kind::Reveal { answer } => vec![answer.clone()],
        }
    }

    fn question(self, catalog: &Catalog) -> Question {
        let origin = self.origin.and_then(|(credential, fact)| match fact {
            "offered" => Some((credential.offered.checked, credential.offered.source.clone())),
            fact => credential.origin(fact).map(|o| (o.checked, o.source.clone())),
        });
        let (checked, source) = origin.unwrap_or((None, None));
        Question {
            credentials: self.credentials,
            rationale: Some(self.rationale),
            source: source.or(self.source).or_else(|| Some(format!("The catalog of {}", catalog.issuer))),
            checked,
            replaces: self.replaces.into_iter().map(|id| QuestionId::new(format!("{PACK}/{id}"))).collect(),
            changed: self.changed,
            ..Question::new(QuestionId::new(format!("{PACK}/{}", self.id)), self.topic, self.stem, self.kind)
        }
    }
}

impl<'a> CatalogQuestions<'a> {
    fn of(catalog: &'a Catalog, today: NaiveDate) -> CatalogQuestions<'a> {
        CatalogQuestions { catalog, today, index: CatalogIndex::of(catalog, today) }
    }

    fn questions(&self) -> Vec<Question> {
        let credentials = self.catalog.credentials.iter().flat_map(|c| self.of_credential(c));
        let tiers = self.catalog.tiers.iter().flat_map(|t| self.of_tier(t));
        let path = if self.index.has_offers() { self.catalog.path.as_slice() } else { &[] };
        let steps = path.windows(2).map(|pair| self.next_step(&pair[0], &pair[1]));
        let drafts = credentials.chain(self.rules()).chain(tiers).chain(steps);
        let has_choice = |d: &FactDraft| !matches!(&d.kind, Kind::Drawn { wrong, .. } if wrong.is_empty());
        let drafts: Vec<FactDraft> = drafts.filter(has_choice).collect();
        let informative = with_two_answers(&drafts);
        let drafts = drafts.into_iter().filter(|draft| informative.contains(draft.group));
        drafts.map(|draft| draft.question(self.catalog)).collect()
    }

    fn of_credential(&self, credential: &'a Credential) -> Vec<FactDraft<'a>> {
        let drafts = match self.index.offer(credential) {
            Offer::Announced => vec![],
            Offer::Unverified => vec![self.tier(credential)],
            Offer::Retired => vec![self.successor(credential)],
            Offer::OnOffer => vec![
                self.tier(credential),
                self.renewed_by(credential),
                self.code(credential),
                self.heaviest(credential),
            ],
        };
        drafts.into_iter().flatten().collect()
    }

    fn of_tier(&self, tier: &'a Tier) -> Vec<FactDraft<'a>> {
        [self.which_is(tier), self.ended(tier)].into_iter().flatten().collect()
    }

    /// Whether a fact was read within the last three years.
    fn is_verified(&self, credential: &Credential, fact: &str) -> bool {
        let checked = credential.origin(fact).and_then(|o| o.checked);
        checked.is_some_and(|day| self.today <= months_later(day, MAX_VERIFIED_MONTHS))
    }

    /// The full name; with the code where that is the name that people use: "... Administrator (CKA)".
    fn full_name(&self, credential: &Credential) -> String {
        match &credential.code {
            Some(code) if *code == credential.short => format!("{} ({code})", credential.name),
            Some(_) | None => credential.name.clone(),
        }
    }

    /// Full names: "a, b and c", or the first ones "and 12 more".
    fn full_names(&self, credentials: &[&Credential]) -> String {
        let names: Vec<String> = credentials.iter().take(MAX_LISTED).map(|c| self.full_name(c)).collect();
        listed(&names, credentials.len())
    }

    /// The tier's name, its family's and the issuer's: "an Associate certification from AWS".
    fn one_of_tier(&self, tier: &Tier) -> String {
        let family = self.catalog.family_of(tier).map_or("credential", |f| f.name.as_str());
        let what = match tier.name.eq_ignore_ascii_case(family) {
            true => family.to_owned(),
            false => format!("{} {family}", tier.name),
        };
        format!("{} {what} from {}", article(&what), self.catalog.short)
    }

    /// The same in the plural: "Associate certifications from AWS".
    fn many_of_tier(&self, tier: &Tier) -> String {
        let family = self.catalog.family_of(tier);
        let plural = family.map_or("credentials", |f| f.plural.as_str());
        match family.is_some_and(|f| tier.name.eq_ignore_ascii_case(&f.name)) {
            true => format!("{plural} from {}", self.catalog.short),
            false => format!("{} {plural} from {}", tier.name, self.catalog.short),
        }
    }
}

/// The groups with at least two answers: what always has the same one teaches nothing.
fn with_two_answers(drafts: &[FactDraft]) -> BTreeSet<&'static str> {
    let mut answers: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    for draft in drafts {
        answers.entry(draft.group).or_default().extend(draft.answers());
    }
    answers.into_iter().filter(|(_, answers)| answers.len() >= 2).map(|(group, _)| group).collect()
}

/// One right choice among distinct wrong ones: two exams may have the same code.
fn drawn(right: Vec<String>, mut wrong: Vec<Wrong>) -> Kind {
    let mut seen: BTreeSet<String> = right.iter().cloned().collect();
    wrong.retain(|w| seen.insert(w.text.clone()));
    Kind::Drawn { right, wrong, shown: SHOWN_CHOICES }
}

/// A wrong choice and the sentence that explains it.
fn wrong(text: impl Into<String>, meaning: String) -> Wrong {
    Wrong { text: text.into(), meaning: Some(meaning) }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) { "an" } else { "a" }
}

/// At most [`MAX_WRONG`] items from the whole list, in its order.
fn spread<T>(items: Vec<T>) -> Vec<T> {
    let step = items.len().div_ceil(MAX_WRONG).max(1);
    items.into_iter().step_by(step).collect()
}

/// The first [`MAX_LISTED`] names of `count`, as one phrase.
fn listed(names: &[String], count: usize) -> String {
    let first = &names[..names.len().min(MAX_LISTED)];
    match count - first.len() {
        0 => and(first),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

#[cfg(test)]
mod tests;
