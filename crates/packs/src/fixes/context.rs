//! What must be known of all files before one of them is fixed.

use std::collections::{BTreeSet, HashMap};

use super::fix::{questions, unmarked};
use super::ids::Ids;
use crate::folder::Folder;
use crate::json::{Node, parse};
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::catalogs::CredentialNames;
use badgedex_domain::library::Library;

/// What must be known of all files before one of them is fixed: ids that are taken, stems, and the names of
/// credentials.
#[derive(Debug)]
pub struct FixContext {
    /// The ids of all questions, to which new ones are added.
    pub(super) ids: Ids,
    /// How many questions have a stem, blanks around it aside.
    pub(super) stems: HashMap<String, usize>,
    /// The names of credentials.
    pub(super) called: CredentialNames,
    known: BTreeSet<CredentialId>,
}

impl FixContext {
    /// Looks at folders, which may have errors, and at the library that they are part of.
    pub fn of(folders: &[Folder], library: &Library) -> FixContext {
        let catalogs = library.catalogs();
        let known = catalogs.credentials().map(|credential| credential.id.clone()).collect();
        let mut context =
            FixContext { ids: Ids::default(), stems: HashMap::new(), called: catalogs.names(), known };
        for question in library.questions() {
            let earlier = question.was.iter().chain(&question.replaces);
            earlier.for_each(|id| context.ids.take(id.as_str()));
        }
        for file in folders.iter().flat_map(Folder::question_files) {
            match parse(unmarked(&file.text)).root {
                Some(root) => context.look_at(&root),
                // In a text that cannot be read, whatever may be an id is left free.
                None => {
                    file.text.split('"').filter(|id| id.contains('/')).for_each(|id| context.ids.take(id))
                }
            }
        }
        context
    }

    /// The ids of all credentials.
    pub(super) fn known(&self) -> &BTreeSet<CredentialId> {
        &self.known
    }

    fn look_at(&mut self, file: &Node<'_>) {
        for question in questions(file).iter().filter(|question| question.has_unique_keys()) {
            question.string_at("id").into_iter().for_each(|id| self.ids.take(id));
            for list in ["was", "replaces"] {
                let ids = question.get(list).and_then(Node::items).unwrap_or_default();
                ids.iter().filter_map(Node::string).for_each(|id| self.ids.take(id));
            }
            if let Some(stem) = question.string_at("stem") {
                *self.stems.entry(stem.trim().to_owned()).or_default() += 1;
            }
        }
    }
}
