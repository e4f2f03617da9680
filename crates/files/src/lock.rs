//! A lock that processes share: the system frees it when a process ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How long between two tries.
const PAUSE: Duration = Duration::from_millis(10);

/// A lock that is held until the value is dropped.
#[derive(Debug)]
pub struct FileLock(#[expect(dead_code, reason = "closing the file frees the lock")] File);

/// What came of asking for a lock.
#[derive(Debug)]
pub enum Locked {
    /// It is held by this process.
    Held(FileLock),
    /// Another process holds it.
    Busy,
}

impl FileLock {
    /// Asks for the lock of a file, which is created if it is missing, for at most this long. Where the system has
    /// no locks everybody holds it.
    ///
    /// # Errors
    ///
    /// What the system reports if the file cannot be opened, or is a link.
    pub fn acquire(path: &Path, patience: Duration) -> io::Result<Locked> {
        let file = lock_file().open(path)?;
        let asked = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Locked::Held(FileLock(file))),
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(Locked::Held(FileLock(file)));
                }
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) if asked.elapsed() >= patience => return Ok(Locked::Busy),
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            }
        }
    }
}

fn lock_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    private(&mut options);
    options
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;

    options.mode(0o600).custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
}

#[cfg(not(unix))]
fn private(_: &mut OpenOptions) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_held(path: &Path) -> Option<FileLock> {
        match FileLock::acquire(path, Duration::ZERO).unwrap() {
            Locked::Held(lock) => Some(lock),
            Locked::Busy => None,
        }
    }

    #[test]
    fn one_holds_the_lock_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = is_held(&path);
        assert!(first.is_some() && is_held(&path).is_none());
        drop(first);
        assert!(is_held(&path).is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_the_lock_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (path, target) = (folder.path().join("lock"), folder.path().join("target"));
        std::os::unix::fs::symlink(&target, &path).unwrap();
        assert!(FileLock::acquire(&path, Duration::ZERO).is_err());
        assert!(!target.exists());
    }
}
