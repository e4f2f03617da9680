//! The learner's own packs on disk: which one has an id, and putting a new state of it in its place.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::folder::{self, File, Folder};
use super::foreign::making::IMPORTED;
use super::{question, read_own};
use crate::domain::catalog::CredentialId;
use crate::domain::facts;
use crate::domain::question::Pack;

/// Why a pack of this id cannot be put in place.
#[derive(Debug, thiserror::Error)]
pub enum Taken {
    #[error("the pack \"{0}\" comes with the program: choose another name with --name")]
    Shipped(String),
    #[error("the pack \"{0}\" in {1} was not imported: choose another name with --name")]
    NotImported(String, PathBuf),
    #[error("the pack \"{0}\" in {1} cannot be read: mend it (badgedex pack check), or choose another name")]
    Faulty(String, PathBuf),
    #[error("{1} is in the way of the pack \"{0}\": choose another name with --name")]
    InTheWay(String, PathBuf),
}

/// Where a pack stands, or would stand.
#[derive(Debug)]
pub struct Standing {
    pub path: PathBuf,
    /// The pack that is there now.
    pub pack: Option<Pack>,
}

/// Finds the place of an imported pack below the folder of the learner's own.
pub fn place(questions: &Path, id: &str, known: &BTreeSet<CredentialId>) -> Result<Standing, Taken> {
    if id == facts::PACK || folder::shipped().iter().any(|folder| folder.ids().any(|one| one == id)) {
        return Err(Taken::Shipped(id.to_owned()));
    }
    if let Some(folder) = read_own(questions).iter().find(|folder| has_pack(folder, id)) {
        let path = PathBuf::from(&folder.label);
        let pack = question::read(folder, known).and_then(|outcome| outcome.pack.ok());
        return match pack {
            None => Err(Taken::Faulty(id.to_owned(), path)),
            Some(pack) if pack.source.as_deref() != Some(IMPORTED) => {
                Err(Taken::NotImported(id.to_owned(), path))
            }
            Some(pack) => Ok(Standing { path, pack: Some(pack) }),
        };
    }
    let path = questions.join(id);
    match fs::symlink_metadata(&path) {
        Ok(_) => Err(Taken::InTheWay(id.to_owned(), path)),
        Err(_) => Ok(Standing { path, pack: None }),
    }
}

/// Whether a pack of this id comes with the program.
pub fn is_shipped(id: &str) -> bool {
    id == facts::PACK || folder::shipped().iter().any(|folder| has_pack(folder, id))
}

/// The folder of one of the learner's own packs, faulty or not.
pub fn own(questions: &Path, id: &str) -> Option<Folder> {
    read_own(questions).into_iter().find(|folder| has_pack(folder, id))
}

/// Takes a pack's folder out of sight at once, then deletes it.
pub fn take_out(path: &Path) -> io::Result<()> {
    let questions = path.parent().unwrap_or(Path::new("."));
    let aside = tempfile::Builder::new().prefix(".removed-").tempdir_in(questions)?;
    fs::rename(path, aside.path().join("old"))?;
    aside.close()?;
    sync(questions)
}

fn has_pack(folder: &Folder, id: &str) -> bool {
    folder.pack().and_then(File::id).is_some_and(|one| one == id)
}

/// Writes a pack's folder as a whole or not at all; what stood there before stays until the new is whole.
pub fn put(path: &Path, files: &[File]) -> io::Result<()> {
    let questions = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(questions)?;
    // A name with a dot: nobody takes it for a pack before it is whole.
    let aside = tempfile::Builder::new().prefix(".import-").tempdir_in(questions)?;
    let new = aside.path().join("new");
    fs::create_dir(&new)?;
    for file in files {
        let mut written = fs::File::create_new(new.join(&file.name))?;
        written.write_all(file.text.as_bytes())?;
        written.sync_all()?;
    }
    swap(path, &new, aside)?;
    sync(questions)
}

/// Puts the new folder where the old one is; where that fails the old one comes back.
fn swap(path: &Path, new: &Path, aside: TempDir) -> io::Result<()> {
    let old = aside.path().join("old");
    let had_old = path.exists();
    if had_old {
        fs::rename(path, &old)?;
    }
    if let Err(error) = fs::rename(new, path) {
        if had_old && fs::rename(&old, path).is_err() {
            // It stays where it is: a person can still find it.
            let _ = aside.keep();
        }
        return Err(error);
    }
    aside.close()
}

/// The renaming is on disk too, where the system can say so.
#[cfg(unix)]
fn sync(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync(_folder: &Path) -> io::Result<()> {
    Ok(())
}
