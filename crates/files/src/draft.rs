//! Writing a file as a whole or not at all: into a draft next to it, which then gets its name.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::read::open_regular;

/// How the name of a draft begins and ends. It is short whatever the name of the file is.
const PREFIX: &str = ".badgedex-";
const SUFFIX: &str = ".part";
/// How often another process may take a new draft for a leftover before it is locked.
const MAX_ATTEMPTS: usize = 10;

/// A file that has no name of its own yet. It is accessible to its owner only, locked while it is written, and
/// removed when it is dropped. One that a kill left is not locked: the next draft in the folder removes it.
#[derive(Debug)]
pub struct Draft(NamedTempFile);

impl Draft {
    /// Creates a draft in the folder that a path is in, and removes those that a kill left there.
    ///
    /// # Errors
    ///
    /// What the system reports.
    pub fn next_to(path: &Path) -> io::Result<Draft> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        Draft::in_folder(folder.unwrap_or(Path::new(".")))
    }

    /// Creates a draft in a folder, and removes those that a kill left there.
    ///
    /// # Errors
    ///
    /// What the system reports.
    pub fn in_folder(folder: &Path) -> io::Result<Draft> {
        Draft::clear_leftovers(folder);
        for _ in 0..MAX_ATTEMPTS {
            let draft = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
            // Where files cannot be locked, drafts cannot either, and none is removed.
            let _ = draft.as_file().lock();
            if draft.path().exists() {
                return Ok(Draft(draft));
            }
        }
        Err(io::Error::other("another process removes what is written"))
    }

    /// Removes the drafts in a folder that no running process writes.
    pub fn clear_leftovers(folder: &Path) {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        for path in entries.filter(|entry| is_draft(&entry.file_name())).map(|entry| entry.path()) {
            let is_file = path.symlink_metadata().is_ok_and(|found| found.is_file());
            let file = is_file.then(|| open_regular(&path).ok()).flatten();
            // The lock is held until the file is gone: its writer must not get it in between.
            if let Some(file) = file
                && file.try_lock().is_ok()
            {
                // One that cannot be removed only takes up room.
                let _ = fs::remove_file(&path);
            }
        }
    }

    /// The file, to be written to.
    pub fn file(&mut self) -> &mut File {
        self.0.as_file_mut()
    }

    /// Where it is until it has its name.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Puts it on disk and gives it its name. A file that has the name is replaced.
    ///
    /// # Errors
    ///
    /// What the system reports: then nothing was replaced, and the draft is removed.
    pub fn commit(self, path: &Path) -> io::Result<()> {
        self.0.as_file().sync_all()?;
        self.0.persist(path).map(drop).map_err(|error| error.error)
    }
}

fn is_draft(name: &std::ffi::OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX))
}

/// Writes a file as a whole or not at all. A new one is accessible to its owner only; one that is replaced keeps its
/// permissions.
///
/// # Errors
///
/// What the system reports: then the file is as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut draft = Draft::next_to(path)?;
    draft.file().write_all(bytes)?;
    if let Ok(old) = fs::symlink_metadata(path)
        && old.is_file()
    {
        draft.file().set_permissions(old.permissions())?;
    }
    draft.commit(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_next_to_it() {
        let folder = tempfile::tempdir().unwrap();
        // The longest name that most systems allow.
        for name in ["a", &"n".repeat(255)] {
            let path = folder.path().join(name);
            for text in ["one", "two"] {
                write_whole(&path, text.as_bytes()).unwrap();
                assert_eq!(fs::read_to_string(&path).unwrap(), text);
            }
        }
        assert!(write_whole(&folder.path().join("n".repeat(256)), b"").is_err());
        assert_eq!(names(folder.path()), 2);
    }

    #[test]
    fn a_draft_that_nobody_writes_is_cleared_and_another_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let running = Draft::in_folder(folder.path()).unwrap();
        let left = folder.path().join(".badgedex-killed.part");
        let another = folder.path().join(".another-killed.part");
        fs::write(&left, "half").unwrap();
        fs::write(&another, "whole").unwrap();
        write_whole(&folder.path().join("a"), b"").unwrap();
        assert!(!left.exists() && another.exists() && running.path().exists());
        drop(running);
        assert_eq!(names(folder.path()), 2);
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_is_for_its_owner_only_and_a_replaced_one_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        write_whole(&path, b"one").unwrap();
        assert_eq!(mode(), 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        write_whole(&path, b"two").unwrap();
        assert_eq!(mode(), 0o644);
    }
}
