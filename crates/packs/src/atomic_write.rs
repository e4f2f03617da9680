//! Replacing the text of a file as a whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Writes a new file next to the old one, then renames it: a reader, or an interruption, sees the old text or the
/// new one. The file keeps its permissions.
///
/// # Errors
///
/// If the file no longer holds `old`, is a link (which may lead to somebody else's file) or read-only, or what the
/// system says: then nothing is written.
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> io::Result<()> {
    if path.is_symlink() {
        return Err(io::Error::other("it is a link, and what it leads to is left alone"));
    }
    if fs::read(path)? != old {
        return Err(io::Error::other("the file was changed by somebody else meanwhile"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let permissions = fs::metadata(path)?.permissions();
    if permissions.readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut draft = tempfile::Builder::new().prefix(".edit-").tempfile_in(folder)?;
    draft.write_all(new)?;
    draft.as_file().set_permissions(permissions)?;
    draft.as_file().sync_all()?;
    draft.persist(path).map(drop).map_err(|error| error.error)
}
