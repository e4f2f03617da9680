//! File permissions: the files belong to the learner alone. A link, or a file that others can write, is refused.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;

use super::StoreError;

/// Creates the folder, accessible to its owner only, unless it exists.
///
/// # Errors
///
/// Returns an error if the path is a file, if everybody may write in the folder (and could replace our
/// files), or if it cannot be created.
pub fn ensure_dir(path: &Path) -> Result<(), StoreError> {
    let failed = |source| StoreError::Home { path: path.to_owned(), source };
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_dir() => Err(StoreError::HomeIsFile(path.to_owned())),
        Ok(metadata) if unix::is_writable_by_others(&metadata) => Err(StoreError::Exposed(path.to_owned())),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(path).map_err(failed)?;
            unix::set_mode(path, 0o700).map_err(failed)
        }
        Err(error) => Err(failed(error)),
    }
}

/// Like [`ensure_dir`], for a folder inside the home folder.
///
/// # Errors
///
/// Also returns an error if the path is a link, which could lead out of the home folder.
pub fn ensure_inner_dir(path: &Path) -> Result<(), StoreError> {
    match path.is_symlink() {
        true => Err(StoreError::Linked(path.to_owned())),
        false => ensure_dir(path),
    }
}

/// Whether the file exists. If others can read it, their permission is removed.
///
/// # Errors
///
/// Returns an error if the path is not a regular file, if others can write the file, or if it belongs to
/// somebody else.
pub fn check_file(path: &Path) -> Result<bool, StoreError> {
    let Ok(metadata) = path.symlink_metadata() else { return Ok(false) };
    if !metadata.is_file() {
        return Err(StoreError::NotAFile(path.to_owned()));
    }
    if unix::is_writable_by_others(&metadata) || unix::is_foreign(path, &metadata) {
        return Err(StoreError::Exposed(path.to_owned()));
    }
    if unix::is_accessible_to_others(&metadata) {
        // On a read-only disk the mode stays as it is.
        let _ = unix::set_mode(path, 0o600);
    }
    Ok(true)
}

/// Options that create a new file, accessible to its owner only.
pub fn new_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    unix::make_private(&mut options);
    options
}

/// Tells a file from another one that has taken its name.
pub type Identity = (u64, u64);

/// The identity of the file with a name; `None` if there is none, or the system has no such thing.
pub fn identity(path: &Path) -> Option<Identity> {
    fs::metadata(path).ok().and_then(|metadata| unix::identity(&metadata))
}

#[cfg(unix)]
mod unix {
    use std::fs::{self, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
    use std::path::Path;

    pub fn is_writable_by_others(metadata: &Metadata) -> bool {
        metadata.mode() & 0o002 != 0
    }

    pub fn is_accessible_to_others(metadata: &Metadata) -> bool {
        metadata.mode() & 0o077 != 0
    }

    /// Whether the file belongs neither to this user nor to the owner of its folder. The second lets root
    /// open a learner's store.
    pub fn is_foreign(path: &Path, metadata: &Metadata) -> bool {
        let is_ours = || metadata.uid() == rustix::process::geteuid().as_raw();
        let folder = path.parent().and_then(|folder| fs::metadata(folder).ok());
        folder.is_some_and(|folder| folder.uid() != metadata.uid()) && !is_ours()
    }

    pub fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
        fs::set_permissions(path, Permissions::from_mode(mode))
    }

    pub fn make_private(options: &mut OpenOptions) {
        options.mode(0o600);
    }

    pub fn identity(metadata: &Metadata) -> Option<super::Identity> {
        Some((metadata.dev(), metadata.ino()))
    }
}

/// Elsewhere the platform's data folder is private to its user.
#[cfg(not(unix))]
mod unix {
    use std::fs::{Metadata, OpenOptions};
    use std::io;
    use std::path::Path;

    pub fn is_writable_by_others(_: &Metadata) -> bool {
        false
    }

    pub fn is_accessible_to_others(_: &Metadata) -> bool {
        false
    }

    pub fn is_foreign(_: &Path, _: &Metadata) -> bool {
        false
    }

    pub fn set_mode(_: &Path, _: u32) -> io::Result<()> {
        Ok(())
    }

    pub fn make_private(_: &mut OpenOptions) {}

    /// A file that is open cannot be renamed there.
    pub fn identity(_: &Metadata) -> Option<super::Identity> {
        None
    }
}
