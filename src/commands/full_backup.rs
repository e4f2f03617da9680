//! A backup of everything: the journal, and next to it the learner's own packs.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::{DateTime, Utc};

use super::data_folder;
use super::traveling_packs;
use badgedex_store::backups::{self, BackupReason};
use badgedex_store::{Store, describe_io_error};

/// Makes a backup in the backup folder. Returns the path of the journal's.
///
/// # Errors
/// The journal or the packs cannot be read, or a backup cannot be written.
pub fn make(home: &Path, now: DateTime<Utc>, reason: BackupReason, store: &Store) -> Result<PathBuf> {
    let path = backups::make(home, now, reason, store)?;
    add_packs(home, &path)?;
    Ok(path)
}

/// Backs up the learner's own packs next to a backup of the journal. Returns the path; `None` if there are no
/// packs.
///
/// # Errors
/// The packs cannot be read, or the file cannot be written.
pub fn add_packs(home: &Path, journal: &Path) -> Result<Option<PathBuf>> {
    let path = backups::packs_path(journal);
    let written =
        traveling_packs::write_draft(home, &data_folder::questions_in(home), |_| true).and_then(|draft| {
            let Some(mut draft) = draft else { return Ok(None) };
            // Packs change seldom: most backups are the same file under another name.
            let earlier = backups::list(home).into_iter().map(|backup| backups::packs_path(&backup.path));
            let earlier = earlier.filter(|earlier| *earlier != path && earlier.exists()).take(1).next();
            let is_same = earlier.as_ref().is_some_and(|earlier| is_same(draft.file(), earlier));
            if !(is_same && earlier.is_some_and(|earlier| fs::hard_link(earlier, &path).is_ok())) {
                draft.commit(&path)?;
            }
            Ok(Some(path.clone()))
        });
    written.map_err(|error| {
        anyhow::anyhow!("cannot write the backup {}: {}", path.display(), describe_io_error(&error))
    })
}

/// Whether a file has the bytes of the one at a path.
pub fn is_same(mut draft: &File, path: &Path) -> bool {
    let mut same = || -> io::Result<bool> {
        let other = File::open(path)?;
        if draft.metadata()?.len() != other.metadata()?.len() {
            return Ok(false);
        }
        draft.rewind()?;
        let mut both = BufReader::new(draft).bytes().zip(BufReader::new(other).bytes());
        both.try_fold(true, |same, (a, b)| Ok(same && a? == b?))
    };
    same().unwrap_or(false)
}
