//! Reading and checking packs and catalogs. Past this room nobody sees how they are written.

pub mod arriving;
pub mod blank;
mod catalog;
mod checker;
pub mod editing;
mod fault;
mod flaw;
mod folder;
pub mod imported;
pub mod installed;
mod json_slips;
pub mod json_words;
pub mod json_writer;
pub mod layout;
pub mod limits;
pub mod mending;
pub mod parts;
pub mod place;
pub mod question;
mod raw;
pub mod replacing;
mod schema;
mod shipped;
pub mod slug;
mod standing;
mod taken;
mod vicinity;

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use chrono::NaiveDate;

use badgedex_domain::catalog::{Catalog, CredentialId};
use badgedex_domain::facts;
use badgedex_domain::library::Library;
use badgedex_domain::question::{Pack, QuestionId};

pub use fault::Fault;
pub use flaw::{Placed, flaws};
pub use folder::{File, Fingerprint, Folder, Unreadable, fingerprint};
pub use standing::repetitions;
pub use vicinity::{nested, overlooked};

/// Everything that can be used, and what is wrong with the rest.
#[derive(Debug, Default)]
pub struct Shelf {
    pub library: Library,
    pub faults: Vec<Fault>,
    /// Questions that were read, in packs with faults too.
    pub questions_read: usize,
}

/// The library of the shipped folders and the learner's own, as it is on `today`.
///
/// What has a fault is left out, and its faults are listed.
pub fn load(own: &[Folder], today: NaiveDate) -> Shelf {
    let shipped = folder::shipped();
    let mut reading = Reading::of(shipped.iter().collect(), own.iter().collect());
    reading.check_earlier_ids();
    reading.packs.push(facts::pack(&reading.catalogs, today));
    reading.shelf()
}

/// Reads the folders of questions below `path`, or the one that it is.
pub fn folders(path: &Path) -> Result<Vec<Folder>, Unreadable> {
    folder::read_all(path)
}

/// The learner's own folders that can be read.
fn read_own(path: &Path) -> Vec<Folder> {
    folder::read_all(path).unwrap_or_default()
}

/// Checks folders against themselves and the shipped catalogs. Faults of other folders are not listed.
///
/// A folder that is a state of a shipped one stands in its place.
pub fn check(folders: &[Folder]) -> Shelf {
    let shipped = folder::shipped();
    let is_checked = |f: &&Folder| folders.iter().any(|checked| taken::is_state_of(checked, f));
    let others: Vec<&Folder> = shipped.iter().filter(|f| !is_checked(f)).collect();
    let known: usize = others.iter().map(|f| Reading::of(vec![*f], vec![]).questions_read).sum();
    let mut shelf = Reading::of(others, folders.iter().collect()).finish();
    shelf.questions_read -= known;
    standing::place(&mut shelf.faults, folders, "was");
    shelf
}

/// Folders on their way to a library: catalogs first, since packs name credentials.
struct Reading {
    catalogs: Vec<Catalog>,
    packs: Vec<Pack>,
    /// Who has which id of a pack: the label of its folder, none where it comes with the program.
    owners: HashMap<String, Option<String>>,
    faults: Vec<Fault>,
    questions_read: usize,
}

impl Reading {
    fn of(shipped: Vec<&Folder>, own: Vec<&Folder>) -> Reading {
        let owners = HashMap::from([(facts::PACK.to_owned(), None)]);
        let mut reading =
            Reading { catalogs: vec![], packs: vec![], owners, faults: vec![], questions_read: 0 };
        let (own, unreadable): (Vec<&Folder>, Vec<&Folder>) =
            own.into_iter().partition(|folder| folder.unreadable.is_none());
        reading.faults.extend(unreadable.iter().filter_map(|folder| folder.unreadable.clone()));
        for folder in shipped.iter().chain(&own) {
            reading.read_catalog(folder);
        }
        let known: BTreeSet<CredentialId> =
            reading.catalogs.iter().flat_map(|c| &c.credentials).map(|c| c.id.clone()).collect();
        shipped.iter().for_each(|folder| reading.read_pack(folder, None, &known));
        own.iter().for_each(|folder| reading.read_pack(folder, Some(&folder.label), &known));
        reading
    }

    fn read_catalog(&mut self, folder: &Folder) {
        let Some(file) = folder.catalog() else { return };
        match catalog::read(file) {
            Err(faults) => self.faults.extend(faults),
            Ok(catalog) => {
                let fault = |problem: String| Fault::of_file(&file.label, problem);
                let taken = catalog.credentials.iter().find(|c| self.has_credential(&c.id));
                if self.catalogs.iter().any(|c| c.id == catalog.id) {
                    self.faults.push(fault(format!("there is a catalog \"{}\" already", catalog.id)));
                } else if let Some(credential) = taken {
                    let problem = format!("another catalog has the credential \"{}\" already", credential.id);
                    self.faults.push(fault(problem));
                } else {
                    self.catalogs.push(catalog);
                }
            }
        }
    }

    fn has_credential(&self, id: &CredentialId) -> bool {
        self.catalogs.iter().any(|c| c.credential(id).is_some())
    }

    /// Reads the pack of a folder, which has no owner where it comes with the program.
    fn read_pack(&mut self, folder: &Folder, owner: Option<&String>, known: &BTreeSet<CredentialId>) {
        let Some(outcome) = question::read(folder, known) else { return };
        self.questions_read += outcome.questions_read;
        match outcome.pack {
            Err(faults) => self.faults.extend(faults),
            Ok(pack) => match self.owners.get(&pack.id) {
                Some(other) => self.faults.push(taken::fault(folder, &pack.id, other.as_deref())),
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
            let mut fault =
                Fault::of_file(&pack, format!("\"was\" names \"{old}\", which is a question of today"));
            fault.item = Some(id);
            self.faults.push(fault);
        }
    }

    fn finish(mut self) -> Shelf {
        self.check_earlier_ids();
        self.shelf()
    }

    fn shelf(self) -> Shelf {
        Shelf {
            library: Library::new(self.catalogs, self.packs),
            faults: self.faults,
            questions_read: self.questions_read,
        }
    }
}

/// Stems that stand in more than one question of a library.
pub fn repeated_stems(library: &Library) -> Vec<(QuestionId, QuestionId)> {
    let mut first: HashMap<&str, &QuestionId> = HashMap::new();
    let mut repeated = Vec::new();
    for question in library.questions() {
        match first.get(question.stem.as_str()) {
            Some(other) => repeated.push((QuestionId::clone(other), question.id.clone())),
            None => drop(first.insert(&question.stem, &question.id)),
        }
    }
    repeated
}

#[cfg(test)]
mod readme_tests;
#[cfg(test)]
mod tests;
