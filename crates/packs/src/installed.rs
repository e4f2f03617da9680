//! The learner's own packs on disk: which one has an id, and replacing it with a new version.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

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
    #[error("the pack \"{0}\" in {1} cannot be read: mend it (badgedex pack check), or choose another name")]
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
        let path = PathBuf::from(&folder.label);
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

/// The old version of a pack while it is being replaced, in a folder next to the packs.
const OLD: &str = "old";
/// How the names of such folders begin, which are not read as packs.
const ASIDE: &str = ".import-";

/// Restores packs whose replacement was interrupted between the two renamings. What cannot be restored stays
/// where it is, and is tried again next time.
pub fn bring_back(questions: &Path) {
    for aside in below(questions).filter(|path| is_aside(path)) {
        let old = aside.join(OLD);
        let packs: Vec<PathBuf> = below(&old).collect();
        // With nothing in it yet it belongs to an import that is on its way.
        let mut is_spent = !packs.is_empty();
        for pack in packs {
            let place = questions.join(pack.file_name().unwrap_or_default());
            // If another version is there by now, the old one is not needed.
            let is_taken = fs::symlink_metadata(&place).is_ok();
            is_spent &= is_taken || fs::rename(&pack, &place).is_ok();
        }
        if is_spent {
            let _ = fs::remove_dir_all(&aside);
        }
    }
}

fn below(folder: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path())
}

/// A folder of ours, not a link to another one.
fn is_aside(path: &Path) -> bool {
    let is_named = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(ASIDE));
    is_named && fs::symlink_metadata(path).is_ok_and(|found| found.is_dir())
}

/// Removes a pack: its folder is renamed at once, then deleted.
///
/// # Errors
///
/// What the system says if the folder cannot be renamed or deleted.
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

/// Writes a pack's folder as a whole or not at all; the old one stays until the new one is whole.
///
/// # Errors
///
/// What the system says if a file or folder cannot be written.
pub fn put(path: &Path, files: &[File]) -> io::Result<()> {
    let questions = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(questions)?;
    // A folder whose name begins with a dot is not read as a pack before it is whole.
    let aside = tempfile::Builder::new().prefix(ASIDE).tempdir_in(questions)?;
    let new = aside.path().join("new");
    fs::create_dir(&new)?;
    for file in files {
        let place = new.join(&file.name);
        // The schemas of a pack have a folder of their own.
        fs::create_dir_all(place.parent().unwrap_or(&new))?;
        let mut written = fs::File::create_new(place)?;
        written.write_all(file.text.as_bytes())?;
        written.sync_all()?;
    }
    swap(path, &new, aside)?;
    sync(questions)
}

/// Puts the new folder where the old one is; where that fails the old one comes back.
fn swap(path: &Path, new: &Path, aside: TempDir) -> io::Result<()> {
    // Under its own name: by that it is brought back where nothing below is done any more.
    let old = aside.path().join(OLD).join(path.file_name().unwrap_or_default());
    let had_old = path.exists();
    if had_old {
        fs::create_dir(aside.path().join(OLD))?;
        fs::rename(path, &old)?;
    }
    if let Err(error) = fs::rename(new, path) {
        if had_old && fs::rename(&old, path).is_err() {
            // It stays where it is: a person can still find it.
            let _ = aside.keep();
        }
        return Err(error);
    }
    match aside.close() {
        // Another start of the program may have cleared it away already.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        closed => closed,
    }
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

    fn home() -> TempDir {
        TempDir::new().unwrap()
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
        let home = home();
        write(&home.path().join(".import-x/old/sea"), "old");
        write(&home.path().join(".import-x/new"), "new");
        bring_back(home.path());
        assert_eq!(text(&home.path().join("sea")), "old");
        assert_eq!(below(home.path()).count(), 1, "nothing is left beside it");
        bring_back(home.path());
        assert_eq!(text(&home.path().join("sea")), "old");
    }

    #[test]
    fn a_new_state_that_came_stays_and_the_old_one_goes() {
        let home = home();
        write(&home.path().join("sea"), "new");
        write(&home.path().join(".import-x/old/sea"), "old");
        bring_back(home.path());
        assert_eq!(text(&home.path().join("sea")), "new");
        assert_eq!(below(home.path()).count(), 1);
    }

    #[test]
    fn what_is_on_its_way_is_left_alone() {
        let home = home();
        write(&home.path().join(".import-x/new"), "new");
        write(&home.path().join(".removed-x/old"), "removed");
        fs::create_dir_all(home.path().join(".import-y/old")).unwrap();
        bring_back(home.path());
        assert_eq!(below(home.path()).count(), 3);
        bring_back(&home.path().join("nothing"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let (home, other) = (self::home(), self::home());
        write(&other.path().join("old/sea"), "of somebody else");
        std::os::unix::fs::symlink(other.path(), home.path().join(".import-x")).unwrap();
        bring_back(home.path());
        assert!(!home.path().join("sea").exists());
        assert_eq!(text(&other.path().join("old/sea")), "of somebody else");
    }

    #[test]
    fn a_pack_is_put_in_the_place_of_its_old_state() {
        let home = home();
        let path = home.path().join("sea");
        for state in ["one", "two"] {
            put(&path, &[File::of("pack.json", state)]).unwrap();
            assert_eq!(text(&path), state);
            assert_eq!(below(home.path()).count(), 1);
        }
    }
}
