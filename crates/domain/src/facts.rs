//! The questions that a catalog generates from its facts, for a day.
//!
//! Ids are `facts/kind/subject`. A fact is asked while it is verified. A key that changes with the calendar
//! (retired, renamed, a new exam code, one more in a tier) gets a new id, which names the old one in
//! `replaces`. Wrong choices are siblings from the same catalog, drawn anew each time.

mod exam;
mod offer;
mod terms;
mod tiers;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::catalog::{Catalog, Credential, CredentialId, Tier};
use super::period::{Offer, PartialDate, months_later};
use super::question::{Changed, Kind, Pack, Question, QuestionId, Teaches, Topic, Wrong};

/// The id of the virtual pack.
pub const PACK: &str = "facts";
/// How many choices a drawn question shows.
const SHOWN_CHOICES: usize = 4;
/// Months after the last check for which a fact is asked.
const MAX_VERIFIED_MONTHS: u32 = 36;

/// The virtual pack of all catalogs on a day.
pub fn pack(catalogs: &[Catalog], today: NaiveDate) -> Pack {
    let questions: Vec<Question> =
        catalogs.iter().flat_map(|catalog| CatalogQuestions { catalog, today }.questions()).collect();
    let named = [
        ("tiers", "Catalog: tiers"),
        ("costs", "Catalog: fees"),
        ("proctoring", "Catalog: proctoring"),
        ("expiry", "Catalog: validity"),
        ("offer", "Catalog: on offer"),
        ("exams", "Catalog: exams"),
        ("path", "Catalog: the path"),
    ];
    let topics = named
        .into_iter()
        .filter(|(id, _)| questions.iter().any(|q| q.topic == *id))
        .map(|(id, name)| Topic { id: id.to_owned(), name: name.to_owned(), weight: None })
        .collect();
    Pack {
        id: PACK.to_owned(),
        title: "What the catalogs say".to_owned(),
        description: "Asked by the catalogs themselves: tiers, fees, validity, what is on offer.".to_owned(),
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
}

/// A question under construction.
struct FactDraft<'a> {
    id: String,
    topic: &'static str,
    credentials: Vec<CredentialId>,
    stem: String,
    kind: Kind,
    rationale: String,
    /// The credential and the fact on which it rests.
    origin: Option<(&'a Credential, &'static str)>,
    replaces: Vec<String>,
    changed: Option<Changed>,
}

impl<'a> FactDraft<'a> {
    /// A question about one credential, on one of its facts.
    fn about(credential: &'a Credential, fact: &'static str, id: &str, topic: &'static str) -> FactDraft<'a> {
        FactDraft {
            id: format!("{id}/{}", credential.id),
            topic,
            credentials: vec![credential.id.clone()],
            stem: String::new(),
            kind: Kind::TrueFalse { key: true },
            rationale: String::new(),
            origin: Some((credential, fact)),
            replaces: Vec::new(),
            changed: None,
        }
    }

    /// A question about several credentials.
    fn over(credentials: &[&'a Credential], id: String, topic: &'static str) -> FactDraft<'a> {
        FactDraft {
            id,
            topic,
            credentials: credentials.iter().map(|c| c.id.clone()).collect(),
            stem: String::new(),
            kind: Kind::TrueFalse { key: true },
            rationale: String::new(),
            origin: credentials.iter().max_by_key(|c| c.offered.checked).map(|c| (*c, "offered")),
            replaces: Vec::new(),
            changed: None,
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

    fn question(self, catalog: &Catalog) -> Question {
        let origin = self.origin.and_then(|(credential, fact)| match fact {
            "offered" => Some((credential.offered.checked, credential.offered.source.clone())),
            fact => credential.origin(fact).map(|o| (o.checked, o.source.clone())),
        });
        let (checked, source) = origin.unwrap_or((None, None));
        Question {
            credentials: self.credentials,
            rationale: Some(self.rationale),
            source: source.or_else(|| Some(format!("The catalog of {}", catalog.issuer))),
            checked,
            replaces: self.replaces.into_iter().map(|id| QuestionId::new(format!("{PACK}/{id}"))).collect(),
            changed: self.changed,
            ..Question::new(QuestionId::new(format!("{PACK}/{}", self.id)), self.topic, self.stem, self.kind)
        }
    }
}

impl<'a> CatalogQuestions<'a> {
    fn questions(&self) -> Vec<Question> {
        let credentials = self.catalog.credentials.iter().flat_map(|c| self.of_credential(c));
        let tiers = self.catalog.tiers.iter().flat_map(|t| self.of_tier(t));
        let steps = self.catalog.path.windows(2).map(|pair| self.next_step(&pair[0], &pair[1]));
        let drafts = credentials.chain(tiers).chain(steps);
        let has_choice = |d: &FactDraft| !matches!(&d.kind, Kind::Drawn { wrong, .. } if wrong.is_empty());
        drafts.filter(has_choice).map(|draft| draft.question(self.catalog)).collect()
    }

    fn of_credential(&self, credential: &'a Credential) -> Vec<FactDraft<'a>> {
        let drafts = match credential.offer(self.today) {
            Offer::Announced => vec![],
            Offer::Unverified => vec![self.tier(credential)],
            Offer::Retired => {
                vec![self.tier(credential), Some(self.retired(credential)), self.successor(credential)]
            }
            Offer::OnOffer => vec![
                self.tier(credential),
                self.fee(credential),
                self.proctored(credential),
                self.validity(credential),
                self.renewed_by(credential),
                Some(self.offered(credential)),
                self.code(credential),
                self.minutes(credential),
                self.pass_mark(credential),
                self.heaviest(credential),
            ],
        };
        drafts.into_iter().flatten().collect()
    }

    fn of_tier(&self, tier: &'a Tier) -> Vec<FactDraft<'a>> {
        [self.family(tier), self.which_is(tier), self.which_is_not(tier), self.how_many(tier)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Whether a fact was read within the last three years.
    fn is_verified(&self, credential: &Credential, fact: &str) -> bool {
        let checked = credential.origin(fact).and_then(|o| o.checked);
        checked.is_some_and(|day| self.today <= months_later(day, MAX_VERIFIED_MONTHS))
    }

    fn on_offer(&self) -> impl Iterator<Item = &'a Credential> {
        let today = self.today;
        self.catalog.credentials.iter().filter(move |c| c.offer(today) == Offer::OnOffer)
    }

    fn bare_name(&self, credential: &Credential) -> String {
        let tier = self.catalog.tier(&credential.tier).map_or("", |t| t.name.as_str());
        let bare = credential.name.strip_suffix(tier).unwrap_or(&credential.name);
        bare.trim_end_matches([' ', '-', ':', '–']).to_owned()
    }

    /// A credential's name without its tier, which would give the answer away. The exam code distinguishes
    /// two credentials that then have the same name.
    fn name_without_tier(&self, credential: &Credential) -> String {
        let bare = self.bare_name(credential);
        let same = |c: &&Credential| self.bare_name(c) == bare;
        if self.catalog.credentials.iter().filter(same).count() < 2 {
            return bare;
        }
        format!("{bare} ({})", credential.code.as_deref().unwrap_or(&credential.short))
    }
}

/// One right choice among distinct wrong ones: two exams may have the same code, and "free" is the same in
/// every currency.
fn drawn(right: Vec<String>, mut wrong: Vec<Wrong>) -> Kind {
    let mut seen: BTreeSet<String> = right.iter().cloned().collect();
    wrong.retain(|w| seen.insert(w.text.clone()));
    Kind::Drawn { right, wrong, shown: SHOWN_CHOICES }
}

/// Wrong choices that the rationale explains.
fn explained(texts: Vec<String>) -> Vec<Wrong> {
    texts.into_iter().map(|text| Wrong { text, meaning: None }).collect()
}

/// A wrong choice and the sentence that explains it.
fn wrong(text: impl Into<String>, meaning: String) -> Wrong {
    Wrong { text: text.into(), meaning: Some(meaning) }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) { "an" } else { "a" }
}

fn with_article(word: &str) -> String {
    format!("{} {word}", article(word))
}

/// "a", "a and b", "a, b and c".
fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests;
