//! Reading a file that somebody names: a regular file, and at most a number of bytes of it.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// Why a file was not read, as a part of a sentence.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system cannot read it.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is a pipe, a device, a socket or a folder, which may have no end.
    #[error("it is not a regular file")]
    NotRegular,
    /// It is larger than the limit.
    #[error("it is larger than {}", size(*max_bytes))]
    TooLarge {
        /// The limit, in bytes.
        max_bytes: u64,
    },
    /// It is not UTF-8.
    #[error("it is not UTF-8 text")]
    NotText,
}

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

/// A limit as people read it: `64 MiB`.
fn size(bytes: u64) -> String {
    match bytes {
        bytes if bytes >= MIB && bytes % MIB == 0 => format!("{} MiB", bytes / MIB),
        bytes if bytes >= KIB && bytes % KIB == 0 => format!("{} KiB", bytes / KIB),
        bytes => format!("{bytes} bytes"),
    }
}

/// Opens a regular file. Opening a pipe does not wait for its other end.
///
/// # Errors
///
/// [`ReadError`] if it cannot be opened or is not a regular file.
pub fn open_regular(path: &Path) -> Result<File, ReadError> {
    let mut options = OpenOptions::new();
    options.read(true);
    without_waiting(&mut options);
    let file = options.open(path)?;
    // Asked of the open file: the path may lead to another one by now.
    if file.metadata()?.is_file() { Ok(file) } else { Err(ReadError::NotRegular) }
}

/// Reads a regular file of at most `max_bytes`.
///
/// # Errors
///
/// [`ReadError`] if it cannot be read, is not a regular file, or is larger. Then at most `max_bytes` were read.
pub fn read(path: &Path, max_bytes: u64) -> Result<Vec<u8>, ReadError> {
    let file = open_regular(path)?;
    let length = file.metadata()?.len();
    if length > max_bytes {
        return Err(ReadError::TooLarge { max_bytes });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    // Some files have no length before they are read, and others grow.
    file.take(max_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max_bytes { Err(ReadError::TooLarge { max_bytes }) } else { Ok(bytes) }
}

/// As [`read`], for UTF-8 text.
///
/// # Errors
///
/// As [`read`], and if it is not UTF-8.
pub fn read_text(path: &Path, max_bytes: u64) -> Result<String, ReadError> {
    String::from_utf8(read(path, max_bytes)?).map_err(|_| ReadError::NotText)
}

#[cfg(unix)]
fn without_waiting(options: &mut OpenOptions) {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;

    // A terminal that is opened does not become the one of this process.
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    options.custom_flags(flags.bits().cast_signed());
}

#[cfg(not(unix))]
fn without_waiting(_: &mut OpenOptions) {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_is_read_up_to_its_limit_and_not_beyond() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "four").unwrap();
        assert_eq!(read_text(&path, 4).unwrap(), "four");
        assert!(matches!(read(&path, 3), Err(ReadError::TooLarge { max_bytes: 3 })));
        assert!(matches!(read(folder.path(), 3), Err(ReadError::NotRegular | ReadError::Io(_))));
        assert!(matches!(read(&folder.path().join("b"), 3), Err(ReadError::Io(_))));
        fs::write(&path, b"\xff").unwrap();
        assert!(matches!(read_text(&path, 3), Err(ReadError::NotText)));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_and_a_device_are_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        for path in [&pipe, Path::new("/dev/zero"), Path::new("/dev/urandom"), Path::new("/dev/null")] {
            assert!(matches!(read(path, 3), Err(ReadError::NotRegular)), "{}", path.display());
        }
    }

    #[test]
    fn a_limit_is_named_in_whole_units() {
        for (bytes, words) in
            [(3, "3 bytes"), (2 * KIB, "2 KiB"), (64 * MIB, "64 MiB"), (KIB + 1, "1025 bytes")]
        {
            assert_eq!(size(bytes), words);
        }
    }
}
