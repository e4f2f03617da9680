//! Replacing the text of a file as a whole or not at all.

use std::io;
use std::path::Path;

use badgedex_files::write_whole;

use super::limits::MAX_FILE_BYTES;

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
    if badgedex_files::read(path, MAX_FILE_BYTES).map_err(io::Error::other)? != old {
        return Err(io::Error::other("the file was changed by somebody else meanwhile"));
    }
    if path.metadata()?.permissions().readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    write_whole(path, new)
}
