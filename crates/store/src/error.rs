//! What can go wrong with the store: what failed, on what, and what to do.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::backups::NoBackup;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("cannot use the folder {}: {}\n  choose another with --home or BADGEDEX_HOME", path.display(), said(source))]
    Home { path: PathBuf, source: io::Error },
    #[error("{} is a file, and should be the folder of your data\n  choose another with --home or BADGEDEX_HOME", .0.display())]
    HomeIsFile(PathBuf),
    #[error("{} is a link or a folder, and should be the file of your data\n  move it away, then start again", .0.display())]
    NotAFile(PathBuf),
    #[error("{} belongs to another program; nothing was changed\n  choose another folder with --home or BADGEDEX_HOME", .0.display())]
    Foreign(PathBuf),
    #[error("{} was written by a newer badgedex (schema {version}, this one knows {}); nothing was changed\n  update badgedex, then start again", path.display(), super::SCHEMA)]
    Newer { path: PathBuf, version: i64 },
    #[error("{} can be written by others, or is not yours; nothing was read\n  make it yours alone (chmod go-w), or choose another folder with --home or BADGEDEX_HOME", .0.display())]
    Exposed(PathBuf),
    #[error("{} is damaged: {reason}; nothing was changed\n  bring back what can be read of it, and the newest backup, with: badgedex data restore", path.display())]
    Damaged { path: PathBuf, reason: String },
    #[error("your journal was damaged and set aside as {}\n  bring back what can be read of it, and the newest backup, with: badgedex data restore", path.display())]
    SetAside { path: PathBuf },
    #[error("{} is gone, or empty, and there are backups of it\n  bring back the newest with: badgedex data restore; to begin anew, move {} away", path.display(), backups.display())]
    Lost { path: PathBuf, backups: PathBuf },
    #[error("{} is a link, which is not followed\n  put the folder itself in its place", .0.display())]
    Linked(PathBuf),
    #[error("the backup that comes before it failed, and nothing was changed: {0}")]
    NoBackup(String),
    #[error("there is no room left to write {}\n  everything up to now is kept; make room, then go on", .0.display())]
    Full(PathBuf),
    #[error("{} cannot be written: it or its folder is read-only\n  everything up to now is kept", .0.display())]
    ReadOnly(PathBuf),
    #[error("{} is in use by another program\n  close other windows of badgedex, then try again", .0.display())]
    Busy(PathBuf),
    #[error("cannot read or write {}: {reason}", path.display())]
    Other { path: PathBuf, reason: String },
}

impl From<NoBackup> for StoreError {
    fn from(error: NoBackup) -> Self {
        match error {
            NoBackup::Store(error) => error,
            other => StoreError::NoBackup(other.to_string()),
        }
    }
}

impl StoreError {
    /// What is wrong, without where and what to do.
    pub(super) fn reason(&self) -> String {
        match self {
            StoreError::Damaged { reason, .. } | StoreError::Other { reason, .. } => reason.clone(),
            other => other.to_string(),
        }
    }

    /// What SQLite says, in words that help.
    pub(super) fn of(path: &Path, source: rusqlite::Error) -> StoreError {
        let reason = source.to_string();
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreError::Full(path),
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly(path),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(path),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Damaged { path, reason }
            }
            _ if is_out_of_room(&source) => StoreError::Full(path),
            _ if is_malformed(&source) => StoreError::Damaged { path, reason },
            _ => StoreError::Other { path, reason },
        }
    }
}

/// A limit of the file's size, or of the disk's, shows as a write that failed.
pub(super) fn is_out_of_room(error: &rusqlite::Error) -> bool {
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

/// What the system says of a file, in words that help.
pub fn said(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "there is no room left".to_owned()
        }
        _ => error.to_string(),
    }
}

/// A row that does not hold what the schema says, or is gone: what may be missing is asked for as such.
fn is_malformed(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::QueryReturnedNoRows
    )
}
