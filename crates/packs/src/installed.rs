//! The learner's own packs on disk: which one has an id, and replacing it with a new version.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use badgedex_files::{Draft, FileLock, Locked, private};
use tempfile::TempDir;

use super::folder::read_own;
use super::folder::{self, File, Folder};
use super::import_marks;
use super::pack_reader;
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::facts;
use badgedex_domain::question::Pack;

/// Why a pack of this id cannot be installed.
#[derive(Debug, thiserror::Error)]
pub enum IdTaken {
    /// A shipped pack has the id.
    #[error("the pack \"{0}\" comes with the program: choose another name with --name")]
    Shipped(String),
    /// The learner's pack with this id is not an imported one.
    #[error("the pack \"{0}\" in {1} was not imported: choose another name with --name")]
    NotImported(String, PathBuf),
    /// The learner's pack with this id has errors.
    #[error("the pack \"{0}\" in {1} cannot be read: fix it (badgedex pack check), or choose another name")]
    Faulty(String, PathBuf),
    /// Something else is at the path where the pack belongs.
    #[error("{1} is in the way of the pack \"{0}\": choose another name with --name")]
    InTheWay(String, PathBuf),
}

/// Where a pack is installed, or would be.
#[derive(Debug)]
pub struct InstallPlace {
    /// The pack's folder.
    pub path: PathBuf,
    /// The pack that is there now.
    pub pack: Option<Pack>,
}

/// Finds the place of an imported pack below the folder of the learner's own packs.
///
/// # Errors
///
/// [`IdTaken`] if the id or the folder belongs to anything but an imported pack.
pub fn place(questions: &Path, id: &str, known: &BTreeSet<CredentialId>) -> Result<InstallPlace, IdTaken> {
    if id == facts::PACK || folder::shipped().iter().any(|folder| folder.ids().any(|one| one == id)) {
        return Err(IdTaken::Shipped(id.to_owned()));
    }
    if let Some(folder) = read_own(questions).iter().find(|folder| has_pack(folder, id)) {
        let path = folder.path.clone();
        let pack = pack_reader::read(folder, known).and_then(|outcome| outcome.pack.ok());
        return match pack {
            None => Err(IdTaken::Faulty(id.to_owned(), path)),
            Some(pack) if pack.source.as_deref() != Some(import_marks::SOURCE) => {
                Err(IdTaken::NotImported(id.to_owned(), path))
            }
            Some(pack) => Ok(InstallPlace { path, pack: Some(pack) }),
        };
    }
    let path = questions.join(id);
    match fs::symlink_metadata(&path) {
        Ok(_) => Err(IdTaken::InTheWay(id.to_owned(), path)),
        Err(_) => Ok(InstallPlace { path, pack: None }),
    }
}

/// Whether a pack of this id comes with the program.
pub fn is_shipped(id: &str) -> bool {
    id == facts::PACK || folder::shipped().iter().any(|folder| has_pack(folder, id))
}

/// The folder of one of the learner's own packs, with errors or without.
pub fn own(questions: &Path, id: &str) -> Option<Folder> {
    read_own(questions).into_iter().find(|folder| has_pack(folder, id))
}

fn has_pack(folder: &Folder, id: &str) -> bool {
    folder.pack().and_then(File::id).is_some_and(|one| one == id)
}

/// The old version of a pack while it is being replaced, in a folder next to the packs.
const OLD: &str = "old";
/// How the names of the folders begin in which packs are written, which are not read as packs.
const INCOMING: &str = ".import-";
/// How the names of the folders begin in which packs are deleted.
const OUTGOING: &str = ".removed-";
/// How long a change waits for that of another process.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a start waits for a pack that is being replaced right now.
const PATIENCE_AT_START: Duration = Duration::from_secs(2);

/// The right to change the learner's own packs, which one process has at a time. The system frees it when the process
/// ends, however it ends. What decides about a change is read while it is held.
#[derive(Debug)]
pub struct PackChange {
    questions: PathBuf,
    _lock: FileLock,
}

impl PackChange {
    /// Waits until no other process changes the packs.
    ///
    /// # Errors
    ///
    /// What the system says; or that another process takes too long.
    pub fn begin(questions: &Path) -> io::Result<PackChange> {
        match FileLock::acquire(&lock_of(questions), PATIENCE)? {
            Locked::Held(lock) => Ok(PackChange { questions: questions.to_owned(), _lock: lock }),
            Locked::Busy => Err(io::Error::new(
                io::ErrorKind::TimedOut,
                "another badgedex is changing your packs: try again when it is done",
            )),
        }
    }

    /// Writes a pack's folder as a whole or not at all; the old one stays until the new one is whole.
    ///
    /// # Errors
    ///
    /// What the system says if a file or folder cannot be written.
    pub fn put(&self, path: &Path, files: &[File]) -> io::Result<()> {
        private::create_dir_all(&self.questions)?;
        // A folder whose name begins with a dot is not read as a pack before it is whole.
        let aside = self.aside(INCOMING)?;
        let new = aside.path().join("new");
        private::create_dir(&new)?;
        for file in files {
            let place = new.join(&file.name);
            // The schemas of a pack have a folder of their own.
            private::create_dir_all(place.parent().unwrap_or(&new))?;
            let mut written = private::new_file().open(place)?;
            written.write_all(file.text.as_bytes())?;
            written.sync_all()?;
        }
        swap(path, &new, aside)?;
        sync(&self.questions)
    }

    /// Removes a pack: its folder is renamed at once, then deleted.
    ///
    /// # Errors
    ///
    /// What the system says if the folder cannot be renamed or deleted.
    pub fn take_out(&self, path: &Path) -> io::Result<()> {
        let aside = self.aside(OUTGOING)?;
        fs::rename(path, aside.path().join(OLD))?;
        aside.close()?;
        sync(&self.questions)
    }

    fn aside(&self, prefix: &str) -> io::Result<TempDir> {
        let aside = tempfile::Builder::new().prefix(prefix).tempdir_in(&self.questions)?;
        private::set_dir_mode(aside.path())?;
        Ok(aside)
    }

    /// Restores packs whose replacement was interrupted between the two renamings, and clears what is left of other
    /// changes. What cannot be restored stays where it is, and is tried again next time.
    fn clear_leftovers(&self) {
        for aside in below(&self.questions).filter(|path| is_folder_named(path, INCOMING)) {
            let old: Vec<PathBuf> = below(&aside.join(OLD)).collect();
            if old.iter().all(|pack| self.restore(pack)) {
                let _ = fs::remove_dir_all(&aside);
            }
        }
        for aside in below(&self.questions).filter(|path| is_folder_named(path, OUTGOING)) {
            let _ = fs::remove_dir_all(&aside);
        }
    }

    /// Whether an old version is back in its place, or is not needed since another version is there.
    fn restore(&self, pack: &Path) -> bool {
        let place = self.questions.join(pack.file_name().unwrap_or_default());
        fs::symlink_metadata(&place).is_ok() || fs::rename(pack, &place).is_ok()
    }
}

/// The lock is next to the folder of the packs, which may hold nothing but packs.
fn lock_of(questions: &Path) -> PathBuf {
    questions.with_extension("lock")
}

/// Clears what a crash has left among the packs, and restores what it has interrupted. What a running process is
/// changing is left alone; a pack that it is replacing right now is waited for.
pub fn clear_leftovers(questions: &Path) {
    below(questions).filter(|path| path.is_dir()).for_each(|pack| Draft::clear_leftovers(&pack));
    let asides: Vec<PathBuf> = below(questions)
        .filter(|path| is_folder_named(path, INCOMING) || is_folder_named(path, OUTGOING))
        .collect();
    if asides.is_empty() {
        return;
    }
    let is_replacing = asides.iter().any(|aside| aside.join(OLD).exists());
    let patience = if is_replacing { PATIENCE_AT_START } else { Duration::ZERO };
    // On a read-only disk nothing is cleared.
    if let Ok(Locked::Held(lock)) = FileLock::acquire(&lock_of(questions), patience) {
        PackChange { questions: questions.to_owned(), _lock: lock }.clear_leftovers();
    }
}

fn below(folder: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path())
}

/// A folder of ours, not a link to another one.
fn is_folder_named(path: &Path, prefix: &str) -> bool {
    let is_named = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix));
    is_named && fs::symlink_metadata(path).is_ok_and(|found| found.is_dir())
}

/// Puts the new folder where the old one is; where that fails the old one comes back.
fn swap(path: &Path, new: &Path, aside: TempDir) -> io::Result<()> {
    // Under its own name: by that it is brought back where nothing below is done any more.
    let old = aside.path().join(OLD).join(path.file_name().unwrap_or_default());
    let had_old = path.exists();
    if had_old {
        private::create_dir(&aside.path().join(OLD))?;
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A home folder and the folder of packs in it.
    fn home() -> (TempDir, PathBuf) {
        let home = TempDir::new().unwrap();
        let questions = home.path().join("questions");
        fs::create_dir(&questions).unwrap();
        (home, questions)
    }

    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path).unwrap();
        fs::write(path.join("pack.json"), text).unwrap();
    }

    fn text(path: &Path) -> String {
        fs::read_to_string(path.join("pack.json")).unwrap_or_default()
    }

    #[test]
    fn a_pack_whose_new_state_never_came_is_brought_back() {
        let (_home, questions) = home();
        write(&questions.join(".import-x/old/sea"), "old");
        write(&questions.join(".import-x/new"), "new");
        clear_leftovers(&questions);
        assert_eq!(text(&questions.join("sea")), "old");
        assert_eq!(below(&questions).count(), 1, "nothing is left beside it");
        clear_leftovers(&questions);
        assert_eq!(text(&questions.join("sea")), "old");
    }

    #[test]
    fn a_new_state_that_came_stays_and_the_old_one_goes() {
        let (_home, questions) = home();
        write(&questions.join("sea"), "new");
        write(&questions.join(".import-x/old/sea"), "old");
        clear_leftovers(&questions);
        assert_eq!(text(&questions.join("sea")), "new");
        assert_eq!(below(&questions).count(), 1);
    }

    #[test]
    fn what_a_running_process_changes_is_left_alone_and_what_a_crash_left_is_cleared() {
        let (_home, questions) = home();
        write(&questions.join(".import-x/new"), "new");
        write(&questions.join(".removed-x/old"), "removed");
        write(&questions.join("sea"), "whole");
        fs::write(questions.join("sea/.badgedex-x.part"), "half").unwrap();
        let change = PackChange::begin(&questions).unwrap();
        clear_leftovers(&questions);
        assert_eq!(below(&questions).count(), 3);
        drop(change);
        clear_leftovers(&questions);
        assert_eq!(below(&questions).collect::<Vec<_>>(), [questions.join("sea")]);
        assert_eq!(below(&questions.join("sea")).count(), 1);
        clear_leftovers(&questions.join("nothing"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let ((_home, questions), (_other_home, other)) = (home(), home());
        write(&other.join("old/sea"), "of somebody else");
        std::os::unix::fs::symlink(&other, questions.join(".import-x")).unwrap();
        clear_leftovers(&questions);
        assert!(!questions.join("sea").exists());
        assert_eq!(text(&other.join("old/sea")), "of somebody else");
    }

    #[test]
    fn a_pack_is_put_in_the_place_of_its_old_state() {
        let (_home, questions) = home();
        let path = questions.join("sea");
        for state in ["one", "two"] {
            PackChange::begin(&questions).unwrap().put(&path, &[File::of("pack.json", state)]).unwrap();
            assert_eq!(text(&path), state);
            assert_eq!(below(&questions).count(), 1);
        }
    }
}
