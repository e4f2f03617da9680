//! The catalogs and packs of a run: the shipped ones and the learner's own.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::NaiveDate;

use crate::commands::cache_key;
use crate::ui::output;
use crate::ui::text::count;
use badgedex_domain::catalog::{Catalog, CredentialId};
use badgedex_domain::catalogs::Catalogs;
use badgedex_domain::library::Library;
use badgedex_domain::mock_exam::MockExams;
use badgedex_domain::question::QuestionId;
use badgedex_packs::{Fingerprint, Folder};
use badgedex_store::cache::{Cache, PackSummary};

/// Catalogs are there at once, from the cache if no file has changed: they are small. Questions are read
/// when something needs them.
pub struct Packs {
    /// The folder of the learner's own packs.
    pub folder: PathBuf,
    pub catalogs: Catalogs,
    /// Names the earlier ids of all questions.
    pub renames: String,
    /// What the files of the learner's own packs look like from outside.
    pub fingerprint: Fingerprint,
    today: NaiveDate,
    /// The ids of the packs that the learner has switched off.
    off: BTreeSet<String>,
    /// The questions of open mock exams, which nothing else may show.
    hidden: BTreeSet<QuestionId>,
    /// The questions of mock exams that are over: they are questions like others.
    released: BTreeSet<QuestionId>,
    library: OnceCell<Library>,
}

impl Packs {
    /// Takes the catalogs from the cache, or reads every file. Says what is wrong with the learner's own packs.
    ///
    /// # Errors
    /// Standard error is closed.
    pub fn open(
        folder: PathBuf,
        fingerprint: Fingerprint,
        today: NaiveDate,
        cache: &mut Cache,
    ) -> Result<Packs> {
        let mut packs = Packs {
            folder,
            fingerprint,
            today,
            catalogs: Catalogs::default(),
            renames: String::new(),
            off: BTreeSet::new(),
            hidden: BTreeSet::new(),
            released: BTreeSet::new(),
            library: OnceCell::new(),
        };
        let shelf = cache.pack_summary(&cache_key::packs(&packs.fingerprint));
        let shelf = shelf.unwrap_or_else(|| packs.read(cache));
        shelf.errors.iter().try_for_each(|fault| output::note(fault))?;
        packs.take(shelf);
        Ok(packs)
    }

    /// Reads every file again, after one of the learner's own was changed.
    pub fn reread(&mut self, fingerprint: Fingerprint, cache: &mut Cache) {
        self.fingerprint = fingerprint;
        let shelf = self.read(cache);
        self.take(shelf);
    }

    fn take(&mut self, shelf: PackSummary) {
        (self.renames, self.catalogs) = (shelf.renames, shelf.catalogs);
    }

    /// Reads every file, and caches what does not need the questions.
    fn read(&mut self, cache: &mut Cache) -> PackSummary {
        let (own, unreadable) = own_folders(&self.folder);
        let read = badgedex_packs::load(&own, self.today);
        let mut faults: Vec<String> = unreadable.into_iter().collect();
        faults.extend(read.diagnostics.iter().map(ToString::to_string));
        if !read.diagnostics.is_empty() {
            let number = count(read.diagnostics.len(), "fault", "faults");
            faults.push(format!("{number}: packs with a fault are not used until it is fixed"));
        }
        let renames =
            read.library.renamed().iter().map(|(old, new)| format!("{old}={new};")).collect::<String>();
        let renames = cache_key::renames(&renames);
        let shelf = PackSummary { catalogs: read.library.catalogs().clone(), errors: faults, renames };
        if self.fingerprint.settled {
            cache.store_pack_summary(&cache_key::packs(&self.fingerprint), &shelf);
        }
        self.library = OnceCell::from(self.as_set(read.library));
        shelf
    }

    /// The day that decides what is on offer; another one makes another library.
    pub fn set_today(&mut self, today: NaiveDate) {
        self.today = today;
        self.library = OnceCell::new();
    }

    /// The packs that are switched off; others make another library.
    pub fn set_off(&mut self, off: &BTreeSet<String>) {
        if self.off != *off {
            self.off.clone_from(off);
            self.library = OnceCell::new();
        }
    }

    /// Which questions mock exams hold back or have released; the library follows.
    pub fn set_exams(&mut self, exams: &MockExams) {
        let owned = |ids: BTreeSet<&QuestionId>| ids.into_iter().cloned().collect::<BTreeSet<QuestionId>>();
        let (hidden, released) = (owned(exams.hidden()), owned(exams.released()));
        if (&self.hidden, &self.released) != (&hidden, &released) {
            (self.hidden, self.released) = (hidden, released);
            if let Some(library) = self.library.take() {
                self.library = OnceCell::from(self.with_exams(library));
            }
        }
    }

    /// The library as mock exams leave it. Exams name questions by the ids of their time.
    fn with_exams(&self, library: Library) -> Library {
        let current = |ids: &BTreeSet<QuestionId>| -> BTreeSet<QuestionId> {
            ids.iter().map(|id| library.current_id(id).clone()).collect()
        };
        let (hidden, released) = (current(&self.hidden), current(&self.released));
        library.with_exams(&hidden.iter().collect(), &released.iter().collect())
    }

    /// A library as the learner's settings and mock exams leave it.
    pub fn as_set(&self, library: Library) -> Library {
        self.with_exams(library).with_off(&self.off)
    }

    /// All packs with all questions.
    pub fn library(&self) -> &Library {
        self.library.get_or_init(|| {
            let (own, _) = own_folders(&self.folder);
            self.as_set(badgedex_packs::load(&own, self.today).library)
        })
    }

    /// The catalog that has a credential.
    ///
    /// # Errors
    /// No catalog has it any more.
    pub fn catalog_of(&self, id: &CredentialId) -> Result<&Catalog> {
        self.catalogs.catalog_of(id).context("no catalog has this credential any more")
    }
}

/// The folders of the learner's own packs, or why they cannot be read.
fn own_folders(path: &Path) -> (Vec<Folder>, Option<String>) {
    if !path.is_dir() {
        return (Vec::new(), None);
    }
    match badgedex_packs::folders(path) {
        Ok(folders) => (folders, None),
        Err(badgedex_packs::Unreadable::NoPack(_)) => (Vec::new(), None),
        Err(error) => (Vec::new(), Some(error.to_string())),
    }
}
