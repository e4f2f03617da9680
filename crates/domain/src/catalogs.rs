//! All catalogs that are in use, and how the name that a person types is resolved.

use std::collections::HashMap;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::catalog::{Catalog, Credential, CredentialId};

/// How many similar names an error offers.
const MAX_NEAREST: usize = 3;

/// The catalogs of all issuers, the shipped ones first.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Catalogs(Vec<Catalog>);

/// Nothing has the name that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFound {
    /// What was looked for: "credential", "pack", ...
    pub what: &'static str,
    /// What the person typed.
    pub typed: String,
    /// Names to try instead, the nearest first, each with a remark that may be empty.
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
        self.0.iter().find_map(|catalog| catalog.credential(id))
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

    /// Finds a catalog by its id, its issuer's short name or its issuer's name.
    ///
    /// # Errors
    ///
    /// The nearest names if no catalog has this one.
    pub fn find_catalog(&self, typed: &str) -> Result<&Catalog, NotFound> {
        let wanted = folded(typed);
        let is_meant = |c: &&Catalog| [&c.id, &c.short, &c.issuer].iter().any(|name| folded(name) == wanted);
        self.0.iter().find(is_meant).ok_or_else(|| {
            nearest_of("issuer", typed, self.0.iter().map(|c| (c.id.clone(), c.issuer.clone())))
        })
    }

    /// Finds the credential that a person means: by id, else by short name, exam code or alias, else by an
    /// unambiguous part of the name.
    ///
    /// # Errors
    ///
    /// The nearest names if none or more than one matches.
    ///
    /// ```
    /// use badgedex_domain::catalog::{Catalog, Credential, CredentialId};
    /// use badgedex_domain::catalogs::Catalogs;
    ///
    /// let id = CredentialId::new("north-builder");
    /// let builder = Credential { short: "BLD".into(), ..Credential::new(id, "North Builder", "associate") };
    /// let catalogs = Catalogs::from(vec![Catalog { credentials: vec![builder], ..Catalog::new("north", "North") }]);
    /// assert_eq!(catalogs.find_credential("bld").unwrap().name, "North Builder");
    /// assert_eq!(catalogs.find_credential("bilder").unwrap_err().nearest[0].0, "north-builder");
    /// ```
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

    /// An index of all names of all credentials.
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

/// Exact names of credentials, for files, where guessing a similar name would be wrong.
#[derive(Debug, Default)]
pub struct CredentialNames(HashMap<String, Option<CredentialId>>);

impl CredentialNames {
    /// The one credential with this name, ignoring case and punctuation; `None` if none or several have it.
    pub fn unique(&self, name: &str) -> Option<&CredentialId> {
        self.0.get(&folded(name))?.as_ref()
    }
}

/// An error with the names among `all` that are most similar to `typed`.
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

/// All names by which a person may call a credential.
fn names_of(credential: &Credential) -> impl Iterator<Item = &str> {
    [credential.id.as_str(), &credential.name, &credential.short]
        .into_iter()
        .chain(credential.code.as_deref())
        .chain(credential.versions.iter().map(|v| v.code.as_str()))
        .chain(credential.aliases.iter().map(String::as_str))
}

/// Lower case, with every run of spaces and punctuation as one space.
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
