//! All catalogs and packs that are in use, and how things are found in them.

use std::collections::{HashMap, HashSet};

use super::catalog::{Catalog, Credential, CredentialId};
use super::question::{Pack, Question, QuestionId, Teaches, Topic};

/// How many near names an error offers.
const NEAREST: usize = 3;

#[derive(Debug, Clone, Default)]
pub struct Library {
    catalogs: Vec<Catalog>,
    packs: Vec<Pack>,
    /// Pack and place of every question.
    places: HashMap<QuestionId, (usize, usize)>,
    /// From earlier ids to today's.
    renamed: HashMap<QuestionId, QuestionId>,
}

/// Nothing has that name; these are the nearest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFound {
    /// What was looked for: "credential", "pack", ...
    pub what: &'static str,
    pub typed: String,
    /// Names to try instead, the nearest first, with a remark each (may be empty).
    pub nearest: Vec<(String, String)>,
}

impl Library {
    pub fn new(catalogs: Vec<Catalog>, packs: Vec<Pack>) -> Library {
        let mut library = Library { catalogs, packs: without_replaced(packs), ..Library::default() };
        for (p, pack) in library.packs.iter().enumerate() {
            for (q, question) in pack.questions.iter().enumerate() {
                library.places.insert(question.id.clone(), (p, q));
                for old in &question.was {
                    library.renamed.insert(old.clone(), question.id.clone());
                }
            }
        }
        library
    }

    pub fn catalogs(&self) -> &[Catalog] {
        &self.catalogs
    }

    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.packs.iter().flat_map(|pack| &pack.questions)
    }

    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        let (pack, place) = self.places.get(id)?;
        Some(&self.packs[*pack].questions[*place])
    }

    /// Today's id of a question that may have been answered under an earlier one.
    pub fn current_id<'a>(&'a self, id: &'a QuestionId) -> &'a QuestionId {
        self.renamed.get(id).unwrap_or(id)
    }

    pub fn credentials(&self) -> impl Iterator<Item = &Credential> {
        self.catalogs.iter().flat_map(|catalog| &catalog.credentials)
    }

    pub fn credential(&self, id: &CredentialId) -> Option<&Credential> {
        self.credentials().find(|c| c.id == *id)
    }

    pub fn catalog_of(&self, id: &CredentialId) -> Option<&Catalog> {
        self.catalogs.iter().find(|catalog| catalog.credential(id).is_some())
    }

    /// A catalog by its id, its issuer's short name or its issuer's name.
    pub fn find_catalog(&self, typed: &str) -> Result<&Catalog, NotFound> {
        let wanted = folded(typed);
        let is_meant = |c: &&Catalog| [&c.id, &c.short, &c.issuer].iter().any(|name| folded(name) == wanted);
        self.catalogs.iter().find(is_meant).ok_or_else(|| {
            nearest_of("issuer", typed, self.catalogs.iter().map(|c| (c.id.clone(), c.issuer.clone())))
        })
    }

    pub fn questions_of<'a>(&'a self, id: &'a CredentialId) -> impl Iterator<Item = &'a Question> {
        self.questions().filter(move |q| q.credentials.contains(id))
    }

    /// Whether an installed pack teaches what the credential's exam asks.
    pub fn has_content_for(&self, id: &CredentialId) -> bool {
        self.packs
            .iter()
            .any(|p| p.teaches == Teaches::Content && p.credentials.contains(id) && !p.questions.is_empty())
    }

    /// The name of a topic; its id where the pack is not there.
    pub fn topic_name<'a>(&'a self, pack: &str, topic: &'a str) -> &'a str {
        self.packs
            .iter()
            .find(|p| p.id == pack)
            .and_then(|p| p.topics.iter().find(|t| t.id == topic))
            .map_or(topic, |t| t.name.as_str())
    }

    /// What a person means by a credential: the id, else the short name, exam code or alias, else an
    /// unambiguous part of the name.
    pub fn find_credential(&self, typed: &str) -> Result<&Credential, NotFound> {
        let wanted = folded(typed);
        let exact = self.credentials().find(|c| c.id.as_str() == typed.trim());
        let named = || self.credentials().find(|c| names(c).any(|name| folded(name) == wanted));
        if let Some(credential) = exact.or_else(named) {
            return Ok(credential);
        }
        let partly: Vec<&Credential> = self
            .credentials()
            .filter(|c| !wanted.is_empty() && holds_words(&folded(&c.name), &wanted))
            .collect();
        match partly[..] {
            [one] => Ok(one),
            _ => Err(self.no_credential(typed, &partly)),
        }
    }

    fn no_credential(&self, typed: &str, partly: &[&Credential]) -> NotFound {
        let label = |c: &Credential| (c.id.to_string(), c.short.to_lowercase());
        let nearest = if partly.is_empty() {
            let wanted = folded(typed);
            let mut all: Vec<(f64, &Credential)> = self
                .credentials()
                .map(|c| (names(c).map(|n| likeness(&folded(n), &wanted)).fold(0.0, f64::max), c))
                .collect();
            all.sort_by(|a, b| b.0.total_cmp(&a.0));
            all.iter().take(NEAREST).map(|(_, c)| label(c)).collect()
        } else {
            partly.iter().take(NEAREST + 2).map(|c| label(c)).collect()
        };
        NotFound { what: "credential", typed: typed.to_owned(), nearest }
    }

    pub fn find_pack(&self, typed: &str) -> Result<&Pack, NotFound> {
        self.packs.iter().find(|p| p.id.eq_ignore_ascii_case(typed.trim())).ok_or_else(|| {
            nearest_of("pack", typed, self.packs.iter().map(|p| (p.id.clone(), p.title.clone())))
        })
    }

    /// The topics that a person means by an id, a name or `pack/topic`.
    pub fn find_topics(&self, typed: &str) -> Result<Vec<(&Pack, &Topic)>, NotFound> {
        let wanted = folded(typed);
        let all = || self.packs.iter().flat_map(|p| p.topics.iter().map(move |t| (p, t)));
        let found: Vec<_> = all()
            .filter(|(p, t)| {
                let full = format!("{}/{}", p.id, t.id);
                folded(&t.id) == wanted || folded(&t.name) == wanted || full == typed.trim()
            })
            .collect();
        if found.is_empty() {
            let ids = all().map(|(p, t)| (t.id.clone(), format!("{}: {}", p.id, t.name)));
            return Err(nearest_of("topic", typed, ids));
        }
        Ok(found)
    }

    pub fn find_question(&self, typed: &str) -> Result<&Question, NotFound> {
        let id = QuestionId::new(typed.trim());
        self.question(self.current_id(&id)).ok_or_else(|| {
            nearest_of("question", typed, self.questions().map(|q| (q.id.to_string(), String::new())))
        })
    }
}

/// Packs without the questions that others replace: their keys are no longer true.
fn without_replaced(mut packs: Vec<Pack>) -> Vec<Pack> {
    let replaced: HashSet<QuestionId> =
        packs.iter().flat_map(|p| &p.questions).flat_map(|q| &q.replaces).cloned().collect();
    for pack in &mut packs {
        pack.questions.retain(|q| !replaced.contains(&q.id));
    }
    packs
}

/// The near names among `all`, nearest first.
pub fn nearest_of(what: &'static str, typed: &str, all: impl Iterator<Item = (String, String)>) -> NotFound {
    let wanted = folded(typed);
    let mut rated: Vec<(f64, (String, String))> =
        all.map(|name| (likeness(&folded(&name.0), &wanted), name)).collect();
    rated.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut nearest: Vec<(String, String)> = Vec::new();
    for (_, name) in rated {
        if nearest.len() < NEAREST && !nearest.iter().any(|(n, _)| *n == name.0) {
            nearest.push(name);
        }
    }
    NotFound { what, typed: typed.to_owned(), nearest }
}

fn likeness(name: &str, wanted: &str) -> f64 {
    if !wanted.is_empty() && name.contains(wanted) { 1.0 } else { strsim::jaro_winkler(name, wanted) }
}

/// All that a person may call a credential.
fn names(credential: &Credential) -> impl Iterator<Item = &str> {
    [credential.id.as_str(), &credential.name, &credential.short]
        .into_iter()
        .chain(credential.code.as_deref())
        .chain(credential.versions.iter().map(|v| v.code.as_str()))
        .chain(credential.aliases.iter().map(String::as_str))
}

/// Lower case, with every run of blanks and punctuation as one blank.
fn folded(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

fn holds_words(name: &str, wanted: &str) -> bool {
    name.contains(wanted) || wanted.split(' ').all(|word| name.split(' ').any(|n| n == word))
}

#[cfg(test)]
mod tests;
