//! All catalogs that are in use, and how a person's words for a credential are understood.

use std::collections::HashMap;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::catalog::{Catalog, Credential, CredentialId};

/// How many near names an error offers.
const MAX_NEAREST: usize = 3;

/// The catalogs of all issuers, the shipped ones first.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Catalogs(Vec<Catalog>);

/// Nothing has that name; these are the nearest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFound {
    /// What was looked for: "credential", "pack", ...
    pub what: &'static str,
    /// What the person typed.
    pub typed: String,
    /// Names to try instead, the nearest first, with a remark each (may be empty).
    pub nearest: Vec<(String, String)>,
}

impl From<Vec<Catalog>> for Catalogs {
    fn from(all: Vec<Catalog>) -> Self {
        Catalogs(all)
    }
}

impl Deref for Catalogs {
    type Target = [Catalog];

    fn deref(&self) -> &[Catalog] {
        &self.0
    }
}

impl Catalogs {
    /// The credentials of all catalogs.
    pub fn credentials(&self) -> impl Iterator<Item = &Credential> {
        self.0.iter().flat_map(|catalog| &catalog.credentials)
    }

    /// The credential with an id, in any catalog.
    pub fn credential(&self, id: &CredentialId) -> Option<&Credential> {
        self.credentials().find(|c| c.id == *id)
    }

    /// The catalog that has a credential.
    pub fn catalog_of(&self, id: &CredentialId) -> Option<&Catalog> {
        self.0.iter().find(|catalog| catalog.credential(id).is_some())
    }

    /// The catalog whose path is followed: the named one if it is found, else the first. `None` if there
    /// are no catalogs.
    pub fn followed(&self, issuer: Option<&str>) -> Option<&Catalog> {
        issuer.and_then(|named| self.find_catalog(named).ok()).or_else(|| self.0.first())
    }

    /// A catalog by its id, its issuer's short name or its issuer's name.
    pub fn find_catalog(&self, typed: &str) -> Result<&Catalog, NotFound> {
        let wanted = folded(typed);
        let is_meant = |c: &&Catalog| [&c.id, &c.short, &c.issuer].iter().any(|name| folded(name) == wanted);
        self.0.iter().find(is_meant).ok_or_else(|| {
            nearest_of("issuer", typed, self.0.iter().map(|c| (c.id.clone(), c.issuer.clone())))
        })
    }

    /// What a person means by a credential: the id, else the short name, exam code or alias, else an
    /// unambiguous part of the name.
    pub fn find_credential(&self, typed: &str) -> Result<&Credential, NotFound> {
        let wanted = folded(typed);
        let exact = self.credentials().find(|c| c.id.as_str() == typed.trim());
        let named = || self.credentials().find(|c| names_of(c).any(|name| folded(name) == wanted));
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

    /// All names of all credentials.
    pub fn names(&self) -> CredentialNames {
        let mut names: HashMap<String, Option<CredentialId>> = HashMap::new();
        for credential in self.credentials() {
            for name in names_of(credential).map(folded).filter(|name| !name.is_empty()) {
                let one = names.entry(name).or_insert_with(|| Some(credential.id.clone()));
                if one.as_ref() != Some(&credential.id) {
                    *one = None;
                }
            }
        }
        CredentialNames(names)
    }

    fn no_credential(&self, typed: &str, partly: &[&Credential]) -> NotFound {
        let label = |c: &Credential| (c.id.to_string(), c.short.to_lowercase());
        let nearest = if partly.is_empty() {
            let wanted = folded(typed);
            let mut all: Vec<(f64, &Credential)> = self
                .credentials()
                .map(|c| (names_of(c).map(|n| likeness(&folded(n), &wanted)).fold(0.0, f64::max), c))
                .collect();
            all.sort_by(|a, b| b.0.total_cmp(&a.0));
            all.iter().take(MAX_NEAREST).map(|(_, c)| label(c)).collect()
        } else {
            partly.iter().take(MAX_NEAREST + 2).map(|c| label(c)).collect()
        };
        NotFound { what: "credential", typed: typed.to_owned(), nearest }
    }
}

/// What every credential is called, for names in files, where the likeliest one may be wrong.
#[derive(Debug, Default)]
pub struct CredentialNames(HashMap<String, Option<CredentialId>>);

impl CredentialNames {
    /// The one credential with this name, whatever its case and punctuation; none where several have it.
    pub fn unique(&self, name: &str) -> Option<&CredentialId> {
        self.0.get(&folded(name))?.as_ref()
    }
}

/// The near names among `all`, nearest first.
pub fn nearest_of(what: &'static str, typed: &str, all: impl Iterator<Item = (String, String)>) -> NotFound {
    let wanted = folded(typed);
    let mut rated: Vec<(f64, (String, String))> =
        all.map(|name| (likeness(&folded(&name.0), &wanted), name)).collect();
    rated.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut nearest: Vec<(String, String)> = Vec::new();
    for (_, name) in rated {
        if nearest.len() < MAX_NEAREST && !nearest.iter().any(|(n, _)| *n == name.0) {
            nearest.push(name);
        }
    }
    NotFound { what, typed: typed.to_owned(), nearest }
}

fn likeness(name: &str, wanted: &str) -> f64 {
    if !wanted.is_empty() && name.contains(wanted) { 1.0 } else { strsim::jaro_winkler(name, wanted) }
}

/// All that a person may call a credential.
fn names_of(credential: &Credential) -> impl Iterator<Item = &str> {
    [credential.id.as_str(), &credential.name, &credential.short]
        .into_iter()
        .chain(credential.code.as_deref())
        .chain(credential.versions.iter().map(|v| v.code.as_str()))
        .chain(credential.aliases.iter().map(String::as_str))
}

/// Lower case, with every run of blanks and punctuation as one blank.
pub(super) fn folded(text: &str) -> String {
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
