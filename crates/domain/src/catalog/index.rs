//! Where the credentials of a catalog are, so that none is searched for among thousands.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Credential, CredentialId};

/// Places of a catalog's credentials and how its names begin, worked out when they are first asked for.
///
/// It says nothing that the credentials do not say: a copy begins without it, and all are equal. What was changed in
/// the catalog since is found as well, but slowly.
#[derive(Debug, Default)]
pub struct CredentialIndex {
    places: OnceLock<HashMap<CredentialId, usize>>,
    /// How many names begin with these words.
    starts: OnceLock<HashMap<Vec<String>, usize>>,
}

impl Clone for CredentialIndex {
    fn clone(&self) -> CredentialIndex {
        CredentialIndex::default()
    }
}

impl PartialEq for CredentialIndex {
    fn eq(&self, _: &CredentialIndex) -> bool {
        true
    }
}

impl CredentialIndex {
    /// The place of the first credential with an id.
    pub(super) fn place(&self, credentials: &[Credential], id: &CredentialId) -> Option<usize> {
        let places = self.places.get_or_init(|| {
            let mut places = HashMap::with_capacity(credentials.len());
            for (place, credential) in credentials.iter().enumerate() {
                places.entry(credential.id.clone()).or_insert(place);
            }
            places
        });
        match places.get(id) {
            Some(place) if credentials.get(*place).is_some_and(|c| c.id == *id) => Some(*place),
            None if places.len() == credentials.len() => None,
            _ => credentials.iter().position(|c| c.id == *id),
        }
    }

    /// How many names of the catalog begin with these words.
    pub(super) fn names_beginning_with(&self, credentials: &[Credential], words: &[&str]) -> usize {
        let starts = self.starts.get_or_init(|| {
            let mut starts = HashMap::new();
            for credential in credentials {
                let words: Vec<String> = name_words(&credential.name).map(str::to_owned).collect();
                for count in 1..=words.len() {
                    *starts.entry(words[..count].to_vec()).or_insert(0) += 1;
                }
            }
            starts
        });
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        starts.get(&words).copied().unwrap_or_default()
    }
}

/// The words of a name, without punctuation.
pub(super) fn name_words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    fn catalog(ids: &[&str]) -> Catalog {
        let credential = |id: &&str| Credential::new(CredentialId::new(*id), format!("The {id}"), "tier");
        Catalog { credentials: ids.iter().map(credential).collect(), ..Catalog::new("north", "North") }
    }

    #[test]
    fn a_credential_is_found_by_its_id_and_the_first_of_two() {
        let mut catalog = catalog(&["a", "b", "a"]);
        assert_eq!(
            (catalog.number(&CredentialId::new("b")), catalog.number(&CredentialId::new("a"))),
            (2, 1)
        );
        assert_eq!(catalog.credential(&CredentialId::new("c")), None);
        catalog.credentials.swap(0, 1);
        assert_eq!(
            (catalog.number(&CredentialId::new("b")), catalog.number(&CredentialId::new("a"))),
            (1, 2)
        );
        catalog.credentials.push(Credential::new(CredentialId::new("c"), "C", "tier"));
        assert_eq!(catalog.number(&CredentialId::new("c")), 4);
    }
}
