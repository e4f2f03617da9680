//! From folders to a library: what can be used, and what is wrong with the rest.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::diagnostic::{Code, Diagnostic};
use super::folder::{self, Folder};
use super::{catalog_reader, id_conflicts, pack_reader, question_positions};
use badgedex_domain::catalog::{Catalog, CredentialId};
use badgedex_domain::facts;
use badgedex_domain::library::Library;
use badgedex_domain::question::{Pack, QuestionId};

/// Everything that can be used, and what is wrong with the rest.
///
/// ```
/// use badgedex_packs::load;
///
/// let today = chrono::NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
/// let loaded = load(&[], today);
/// assert!(loaded.diagnostics.is_empty(), "the shipped packs have no errors");
/// assert!(loaded.library.packs().iter().any(|pack| pack.id == "article"));
/// ```
#[derive(Debug, Default)]
pub struct LoadedPacks {
    /// The packs and catalogs without an error.
    pub library: Library,
    /// What is wrong with the others.
    pub diagnostics: Vec<Diagnostic>,
    /// Questions that were read, in packs with errors too.
    pub questions_read: usize,
}

/// The library of the shipped folders and the learner's own, as it is on `today`.
///
/// What has an error is left out, and its errors are listed.
pub fn load(own: &[Folder], today: NaiveDate) -> LoadedPacks {
    let shipped = folder::shipped();
    let mut loader = Loader::of(shipped.iter().collect(), own.iter().collect());
    loader.check_earlier_ids();
    loader.packs.push(facts::pack(&loader.catalogs, today));
    loader.loaded()
}

/// Checks folders against themselves and the shipped catalogs. Errors of other folders are not listed.
///
/// A folder that is a version of a shipped one replaces it.
///
/// ```
/// use badgedex_packs::{File, Folder, check};
///
/// let files = vec![File::of("sea/pack.json", "{ 'id': 1 }")];
/// let loaded = check(&[Folder::new("sea", files)]);
/// assert_eq!(
///     loaded.diagnostics[0].to_string(),
///     "sea/pack.json:1:3: JSON does not know single quotation marks: write double ones"
/// );
/// ```
pub fn check(folders: &[Folder]) -> LoadedPacks {
    let shipped = folder::shipped();
    let is_checked = |f: &&Folder| folders.iter().any(|checked| id_conflicts::is_state_of(checked, f));
    let others: Vec<&Folder> = shipped.iter().filter(|f| !is_checked(f)).collect();
    let known: usize = others.iter().map(|f| Loader::of(vec![*f], vec![]).questions_read).sum();
    let mut loaded = Loader::of(others, folders.iter().collect()).finish();
    loaded.questions_read -= known;
    question_positions::place(&mut loaded.diagnostics, folders, "was");
    loaded
}

/// Reads folders into a library: catalogs first, since packs name credentials.
struct Loader {
    catalogs: Vec<Catalog>,
    packs: Vec<Pack>,
    /// The label of the folder that has an id of a pack; `None` if the pack comes with the program.
    owners: HashMap<String, Option<String>>,
    diagnostics: Vec<Diagnostic>,
    questions_read: usize,
}

impl Loader {
    fn of(shipped: Vec<&Folder>, own: Vec<&Folder>) -> Loader {
        let owners = HashMap::from([(facts::PACK.to_owned(), None)]);
        let mut loader =
            Loader { catalogs: vec![], packs: vec![], owners, diagnostics: vec![], questions_read: 0 };
        let (own, unreadable): (Vec<&Folder>, Vec<&Folder>) =
            own.into_iter().partition(|folder| folder.unreadable.is_none());
        loader.diagnostics.extend(unreadable.iter().filter_map(|folder| folder.unreadable.clone()));
        for folder in shipped.iter().chain(&own) {
            loader.read_catalog(folder);
        }
        let known: BTreeSet<CredentialId> =
            loader.catalogs.iter().flat_map(|c| &c.credentials).map(|c| c.id.clone()).collect();
        shipped.iter().for_each(|folder| loader.read_pack(folder, None, &known));
        own.iter().for_each(|folder| loader.read_pack(folder, Some(&folder.label), &known));
        loader
    }

    fn read_catalog(&mut self, folder: &Folder) {
        let Some(file) = folder.catalog() else { return };
        match catalog_reader::read(file) {
            Err(diagnostics) => self.diagnostics.extend(diagnostics),
            Ok(catalog) => {
                let diagnostic = |problem: String| Diagnostic::of_file(&file.label, problem);
                let taken = catalog.credentials.iter().find(|c| self.has_credential(&c.id));
                if self.catalogs.iter().any(|c| c.id == catalog.id) {
                    self.diagnostics
                        .push(diagnostic(format!("there is a catalog \"{}\" already", catalog.id)));
                } else if let Some(credential) = taken {
                    let problem = format!("another catalog has the credential \"{}\" already", credential.id);
                    self.diagnostics.push(diagnostic(problem));
                } else {
                    self.catalogs.push(catalog);
                }
            }
        }
    }

    fn has_credential(&self, id: &CredentialId) -> bool {
        self.catalogs.iter().any(|c| c.credential(id).is_some())
    }

    /// Reads the pack of a folder; the owner is `None` if it comes with the program.
    fn read_pack(&mut self, folder: &Folder, owner: Option<&String>, known: &BTreeSet<CredentialId>) {
        let Some(outcome) = pack_reader::read(folder, known) else { return };
        self.questions_read += outcome.questions_read;
        match outcome.pack {
            Err(diagnostics) => self.diagnostics.extend(diagnostics),
            Ok(pack) => match self.owners.get(&pack.id) {
                Some(other) => {
                    self.diagnostics.push(id_conflicts::diagnostic(folder, &pack.id, other.as_deref()))
                }
                None => {
                    self.owners.insert(pack.id.clone(), owner.cloned());
                    self.packs.push(pack);
                }
            },
        }
    }

    /// An earlier id that is in use would take another question's answers.
    fn check_earlier_ids(&mut self) {
        if self.packs.iter().flat_map(|p| &p.questions).all(|q| q.was.is_empty()) {
            return;
        }
        let live: BTreeSet<&QuestionId> =
            self.packs.iter().flat_map(|p| &p.questions).map(|q| &q.id).collect();
        let taken = |pack: &Pack| {
            let earlier = pack.questions.iter().flat_map(|q| q.was.iter().map(move |old| (&q.id, old)));
            let mut taken = earlier.filter(|(_, old)| live.contains(old));
            taken.next().map(|(id, old)| (pack.id.clone(), id.to_string(), old.to_string()))
        };
        let faulty: Vec<(String, String, String)> = self.packs.iter().filter_map(taken).collect();
        for (pack, id, old) in faulty {
            self.packs.retain(|p| p.id != pack);
            let mut diagnostic =
                Diagnostic::of_file(&pack, format!("\"was\" names \"{old}\", which is a question of today"));
            diagnostic.place.item = Some(id);
            diagnostic.code = Code::Content;
            self.diagnostics.push(diagnostic);
        }
    }

    fn finish(mut self) -> LoadedPacks {
        self.check_earlier_ids();
        self.loaded()
    }

    fn loaded(self) -> LoadedPacks {
        LoadedPacks {
            library: Library::new(self.catalogs, self.packs),
            diagnostics: self.diagnostics,
            questions_read: self.questions_read,
        }
    }
}
