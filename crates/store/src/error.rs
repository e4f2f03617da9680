//! Errors of the store: what failed, on which file, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::backups::BackupError;

/// Why the store cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The home folder, or a file in it, cannot be used.
    #[error("cannot use the folder {}: {}\n  choose another with --home or BADGEDEX_HOME", path.display(), describe_io_error(source))]
    Home {
        /// The folder or file.
        path: PathBuf,
        /// What the system reports.
        source: io::Error,
    },
    /// The home folder is a file.
    #[error("{} is a file, and should be the folder of your data\n  choose another with --home or BADGEDEX_HOME", .0.display())]
    HomeIsFile(PathBuf),
    /// A file of ours is a link, a folder or something else.
    #[error("{} is a link or a folder, and should be the file of your data\n  move it away, then start again", .0.display())]
    NotAFile(PathBuf),
    /// Another program made the file.
    #[error("{} belongs to another program; nothing was changed\n  choose another folder with --home or BADGEDEX_HOME", .0.display())]
    Foreign(PathBuf),
    /// A newer version of this program made the file.
    #[error("{} was written by a newer badgedex (schema {version}, this one knows {}); nothing was changed\n  update badgedex, then start again", path.display(), super::SCHEMA_VERSION)]
    Newer {
        /// The store.
        path: PathBuf,
        /// Its schema.
        version: i64,
    },
    /// Somebody else can write the file or folder, or owns it.
    #[error("{} can be written by others, or is not yours; nothing was read\n  make it yours alone (chmod go-w), or choose another folder with --home or BADGEDEX_HOME", .0.display())]
    Exposed(PathBuf),
    /// SQLite, or what is in its tables, is damaged.
    #[error("{} is damaged: {reason}; nothing was changed\n  restore what can be read of it, and the newest backup, with: badgedex data restore", path.display())]
    Damaged {
        /// The store.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// There is no store, because it was damaged and set aside.
    #[error("your journal was damaged and set aside as {}\n  restore what can be read of it, and the newest backup, with: badgedex data restore", path.display())]
    SetAside {
        /// The damaged store.
        path: PathBuf,
    },
    /// There is no store, but there are backups of one.
    #[error("{} is missing or empty, and there are backups of it\n  restore the newest with: badgedex data restore; to start over, move {} away", path.display(), backups.display())]
    Lost {
        /// Where the store should be.
        path: PathBuf,
        /// The folder of the backups.
        backups: PathBuf,
    },
    /// The store was there when the program started, and is not any more.
    #[error("{} is gone since the program started\n  put it back where it was, then start again", .0.display())]
    Gone(PathBuf),
    /// A folder of ours is a link.
    #[error("{} is a link, which is not followed\n  put the folder itself in its place", .0.display())]
    Linked(PathBuf),
    /// The backup before a change failed, so that the change was not made.
    #[error("the backup that comes before it failed, and nothing was changed: {0}")]
    NoBackup(String),
    /// The disk is full.
    #[error("there is no room left to write {}\n  everything up to now is kept; make room, then go on", .0.display())]
    Full(PathBuf),
    /// The disk, folder or file is read-only.
    #[error("{} cannot be written: it or its folder is read-only\n  everything up to now is kept", .0.display())]
    ReadOnly(PathBuf),
    /// Another process holds the file for too long.
    #[error("{} is in use by another program\n  close other windows of badgedex, then try again", .0.display())]
    Busy(PathBuf),
    /// Any other error of SQLite.
    #[error("cannot read or write {}: {reason}", path.display())]
    Other {
        /// The store.
        path: PathBuf,
        /// What SQLite reports.
        reason: String,
    },
}

impl From<BackupError> for StoreError {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Store(error) => error,
            other => StoreError::NoBackup(other.to_string()),
        }
    }
}

impl StoreError {
    /// The error of SQLite on a file, in words that help.
    pub(super) fn of(path: &Path, source: rusqlite::Error) -> StoreError {
        let reason = reason_of(&source);
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreError::Full(path),
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly(path),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(path),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Damaged { path, reason }
            }
            _ if is_disk_full(&source) => StoreError::Full(path),
            // Our statements are right: if one does not fit, the tables are not what we made.
            _ if is_unfit_statement(&source) => StoreError::Damaged { path, reason },
            _ if is_malformed(&source) => StoreError::Damaged { path, reason },
            _ => StoreError::Other { path, reason },
        }
    }
}

/// Whether a write failed because the file or the disk has reached its limit, which SQLite reports as an
/// input/output error.
pub(super) fn is_disk_full(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi;
    let writing = [
        ffi::SQLITE_IOERR_WRITE,
        ffi::SQLITE_IOERR_TRUNCATE,
        ffi::SQLITE_IOERR_SHMSIZE,
        ffi::SQLITE_IOERR_SHMMAP,
        ffi::SQLITE_IOERR_SHMOPEN,
    ];
    error.sqlite_error().is_some_and(|e| writing.contains(&e.extended_code))
}

fn is_unfit_statement(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|e| e.extended_code == rusqlite::ffi::SQLITE_ERROR)
}

/// What is wrong, without SQLite's words around our own.
pub(super) fn reason_of(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::FromSqlConversionFailure(_, _, reason) => reason.to_string(),
        other => other.to_string(),
    }
}

/// Describes what the system reports about a file.
pub fn describe_io_error(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "there is no room left".to_owned()
        }
        _ => error.to_string(),
    }
}

/// Whether a row does not hold what the schema promises, or is missing. Queries whose row may be missing
/// ask for it as optional.
fn is_malformed(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::QueryReturnedNoRows
            | rusqlite::Error::Utf8Error(..)
    )
}
