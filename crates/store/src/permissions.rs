//! File permissions: the files belong to the learner alone. A link, or a file that others can write, is refused.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

use badgedex_files::private;

use super::StoreError;

/// Creates the folder, accessible to its owner only, unless it exists.
///
/// # Errors
///
/// Returns an error if the path is a file, if anybody else may write in the folder (and could replace our
/// files) or owns it, or if it cannot be created.
pub fn ensure_dir(path: &Path) -> Result<(), StoreError> {
    match fs::metadata(path) {
        Ok(metadata) => refuse_exposed(path, &metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            private::create_dir_all(path).map_err(|source| StoreError::Home { path: path.to_owned(), source })
        }
        Err(source) => Err(StoreError::Home { path: path.to_owned(), source }),
    }
}

/// Refuses a folder, if it is there, that anybody else may write in or owns.
///
/// # Errors
///
/// Returns an error if it is such a folder, or a file.
pub fn check_dir(path: &Path) -> Result<(), StoreError> {
    fs::metadata(path).map_or(Ok(()), |metadata| refuse_exposed(path, &metadata))
}

fn refuse_exposed(path: &Path, metadata: &Metadata) -> Result<(), StoreError> {
    // Of a link, the owner of what it leads to counts, and of the folder that this is in.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match metadata.is_dir() {
        false => Err(StoreError::HomeIsFile(path.to_owned())),
        true if private::is_writable_by_others(metadata) || private::is_foreign(&place, metadata) => {
            Err(StoreError::Exposed(path.to_owned()))
        }
        true => Ok(()),
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
    if private::is_writable_by_others(&metadata) || private::is_foreign(path, &metadata) {
        return Err(StoreError::Exposed(path.to_owned()));
    }
    if private::is_accessible_to_others(&metadata) {
        // On a read-only disk the mode stays as it is.
        let _ = private::set_file_mode(path);
    }
    Ok(true)
}
