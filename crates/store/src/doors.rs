//! Who may touch the files: the learner alone. A link, or a file that others can write, is refused.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;

use super::StoreError;

/// Makes the folder, readable by its owner only; refuses one in which anybody could put another file
/// in the place of ours.
pub fn folder(path: &Path) -> Result<(), StoreError> {
    let failed = |source| StoreError::Home { path: path.to_owned(), source };
    match fs::metadata(path) {
        Ok(found) if !found.is_dir() => Err(StoreError::HomeIsFile(path.to_owned())),
        Ok(found) if unix::others_write(&found) => Err(StoreError::Exposed(path.to_owned())),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(path).map_err(failed)?;
            unix::restrict(path, 0o700).map_err(failed)
        }
        Err(error) => Err(failed(error)),
    }
}

/// The same of a folder within ours, where a link leads out of it.
pub fn own_folder(path: &Path) -> Result<(), StoreError> {
    match path.is_symlink() {
        true => Err(StoreError::Linked(path.to_owned())),
        false => folder(path),
    }
}

/// Whether a file is there; refuses what is no plain file, what others can write, and what belongs to
/// somebody else. One that others could read is closed to them.
pub fn file(path: &Path) -> Result<bool, StoreError> {
    let Ok(found) = path.symlink_metadata() else { return Ok(false) };
    if !found.is_file() {
        return Err(StoreError::NotAFile(path.to_owned()));
    }
    if unix::others_write(&found) || unix::is_foreign(path, &found) {
        return Err(StoreError::Exposed(path.to_owned()));
    }
    if unix::others_read(&found) {
        // On a disk that cannot be written it stays as it is.
        let _ = unix::restrict(path, 0o600);
    }
    Ok(true)
}

/// How a new file is made: by us, and for us alone.
pub fn new_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    unix::private(&mut options);
    options
}

#[cfg(unix)]
mod unix {
    use std::fs::{self, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
    use std::path::Path;

    pub fn others_write(found: &Metadata) -> bool {
        found.mode() & 0o002 != 0
    }

    pub fn others_read(found: &Metadata) -> bool {
        found.mode() & 0o077 != 0
    }

    /// Neither ours nor of the folder's owner, whose store root may open.
    pub fn is_foreign(path: &Path, found: &Metadata) -> bool {
        let is_ours = || found.uid() == rustix::process::geteuid().as_raw();
        let folder = path.parent().and_then(|folder| fs::metadata(folder).ok());
        folder.is_some_and(|folder| folder.uid() != found.uid()) && !is_ours()
    }

    pub fn restrict(path: &Path, mode: u32) -> io::Result<()> {
        fs::set_permissions(path, Permissions::from_mode(mode))
    }

    pub fn private(options: &mut OpenOptions) {
        options.mode(0o600);
    }
}

#[cfg(not(unix))]
mod unix {
    use std::fs::{Metadata, OpenOptions};
    use std::io;
    use std::path::Path;

    pub fn others_write(_: &Metadata) -> bool {
        false
    }

    pub fn others_read(_: &Metadata) -> bool {
        false
    }

    pub fn is_foreign(_: &Path, _: &Metadata) -> bool {
        false
    }

    pub fn restrict(_: &Path, _: u32) -> io::Result<()> {
        Ok(())
    }

    pub fn private(_: &mut OpenOptions) {}
}
