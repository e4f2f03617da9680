//! Backups: the journal as compressed JSON lines, made automatically, thinned out with age, each verified by
//! reading it back. Any backup can be restored on any platform.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, SubsecRound, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;

use badgedex_files::Draft;

use super::{JournalFile, JournalFileError, Store, StoreError, describe_io_error, jsonl, permissions};

const FOLDER: &str = "backups";
/// `journal-2026-11-23T10-45-12Z-daily.jsonl.gz`: no colons, which some systems do not allow in names.
const TIME_FORMAT: &str = "%Y-%m-%dT%H-%M-%SZ";
const EXTENSION: &str = ".jsonl.gz";
const PACKS_EXTENSION: &str = ".packs.gz";
/// How many days, weeks and months back one backup each is kept.
const DAYS_KEPT: usize = 7;
const WEEKS_KEPT: usize = 4;
const MONTHS_KEPT: usize = 12;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BackupReason {
    /// After the last command of a day that changed something.
    Daily,
    /// Before an upgrade of the schema.
    Upgrade,
    /// Before an import.
    Import,
    /// Before a restore.
    Restore,
    /// Before a sync.
    Sync,
    /// The learner asked for it.
    Asked,
}

impl BackupReason {
    const ALL: [BackupReason; 6] = [
        BackupReason::Daily,
        BackupReason::Upgrade,
        BackupReason::Import,
        BackupReason::Restore,
        BackupReason::Sync,
        BackupReason::Asked,
    ];

    /// The word in the backup's file name.
    pub fn name(self) -> &'static str {
        match self {
            BackupReason::Daily => "daily",
            BackupReason::Upgrade => "upgrade",
            BackupReason::Import => "import",
            BackupReason::Restore => "restore",
            BackupReason::Sync => "sync",
            BackupReason::Asked => "asked",
        }
    }
}

/// A file in the backup folder, as its name describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// When it was made, UTC.
    pub at: NaiveDateTime,
    /// Why it was made.
    pub reason: BackupReason,
}

/// Why a backup was not made.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file cannot be written.
    #[error("cannot write the backup {}: {}", path.display(), describe_io_error(source))]
    Io {
        /// The backup.
        path: PathBuf,
        /// What the system reports.
        source: io::Error,
    },
    /// The file was written, but does not hold the journal.
    #[error("the backup {} cannot be read back: {reason}", path.display())]
    NotVerified {
        /// The backup.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The journal cannot be read, or the folder cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Creates the backup folder of a home folder if it is missing. Returns its path.
///
/// # Errors
///
/// Returns an error if it cannot be created, or is not the learner's own folder.
pub fn ensure_folder(home: &Path) -> Result<PathBuf, StoreError> {
    let folder = folder_in(home);
    permissions::ensure_inner_dir(&folder)?;
    Ok(folder)
}

/// The path of the backup folder of a home folder.
pub fn folder_in(home: &Path) -> PathBuf {
    home.join(FOLDER)
}

/// Where the learner's own packs are backed up with a journal.
pub fn packs_path(backup: &Path) -> PathBuf {
    let name = backup.file_name().unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(EXTENSION).unwrap_or(&name);
    backup.with_file_name(format!("{name}{PACKS_EXTENSION}"))
}

/// The backups of a home folder, newest first. Other files are ignored.
pub fn list(home: &Path) -> Vec<Backup> {
    let Ok(entries) = fs::read_dir(folder_in(home)) else { return Vec::new() };
    let mut all: Vec<Backup> = entries.flatten().filter_map(|entry| parse_name(&entry.path())).collect();
    all.sort_by(|a, b| b.at.cmp(&a.at).then(b.reason.cmp(&a.reason)));
    all
}

fn parse_name(path: &Path) -> Option<Backup> {
    let name = path.file_name()?.to_str()?.strip_prefix("journal-")?.strip_suffix(EXTENSION)?;
    let (time, reason) = name.rsplit_once('-')?;
    let reason = BackupReason::ALL.into_iter().find(|r| r.name() == reason)?;
    let at = NaiveDateTime::parse_from_str(time, TIME_FORMAT).ok()?;
    Some(Backup { path: path.to_owned(), at, reason })
}

/// Makes a backup in the backup folder, and removes older ones that are no longer needed. Returns its path.
///
/// # Errors
///
/// Returns an error if the folder cannot be used, or the backup cannot be written and read back.
pub fn make(
    home: &Path,
    now: DateTime<Utc>,
    reason: BackupReason,
    store: &Store,
) -> Result<PathBuf, BackupError> {
    let folder = ensure_folder(home)?;
    let taken: BTreeSet<NaiveDateTime> = list(home).into_iter().map(|b| b.at).collect();
    // Of two within one second, the later one gets the next second: the newest name is the newest backup.
    let seconds = (0..).map(|more| now + Duration::seconds(more));
    let is_free = |at: &DateTime<Utc>| !taken.contains(&at.trunc_subsecs(0).naive_utc());
    let at = seconds.take(taken.len() + 1).find(is_free).unwrap_or(now);
    let path = folder.join(format!("journal-{}-{}{EXTENSION}", at.format(TIME_FORMAT), reason.name()));
    write(&path, store)?;
    for old in superseded(&list(home), now.date_naive()) {
        // A backup that cannot be removed only takes up room.
        let _ = fs::remove_file(&old.path);
        let _ = fs::remove_file(packs_path(&old.path));
    }
    Ok(path)
}

/// Writes the journal, compressed, as a whole or not at all: the file gets its name once it has been read
/// back. Returns the number of events.
///
/// # Errors
///
/// Returns an error if the file cannot be written and read back; then an earlier file is unchanged.
pub fn write(path: &Path, store: &Store) -> Result<usize, BackupError> {
    let failed = |source| BackupError::Io { path: path.to_owned(), source };
    let mut draft = Draft::next_to(path).map_err(failed)?;
    let mut out = GzEncoder::new(BufWriter::new(draft.file()), Compression::fast());
    let events = write_lines(&mut out, store).map_err(|e| e.into_backup_error(path))?;
    out.finish().and_then(|mut buffer| buffer.flush()).map_err(failed)?;
    verify(draft.path(), events)
        .map_err(|reason| BackupError::NotVerified { path: path.to_owned(), reason })?;
    draft.commit(path).map_err(failed)?;
    Ok(events)
}

/// Why the journal could not be written out.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The output cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The journal cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl WriteError {
    fn into_backup_error(self, path: &Path) -> BackupError {
        match self {
            WriteError::Io(source) => BackupError::Io { path: path.to_owned(), source },
            WriteError::Store(error) => BackupError::Store(error),
        }
    }
}

/// Writes the journal as JSON lines, header first. Returns the number of events.
///
/// # Errors
///
/// Returns an error if the journal cannot be read or the output cannot be written.
pub fn write_lines(out: &mut impl Write, store: &Store) -> Result<usize, WriteError> {
    let mut events = 0;
    writeln!(out, "{}", jsonl::header())?;
    store.each_event(|event| {
        events += 1;
        writeln!(out, "{}", jsonl::write(&event)).map_err(WriteError::Io)
    })?;
    Ok(events)
}

/// Reads a backup to its end; it must hold this number of events. The error is a part of a sentence.
fn verify(path: &Path, events: usize) -> Result<(), String> {
    let read = JournalFile::open(path).and_then(|mut file| file.count_lines());
    match read.map_err(|e| e.to_string())? {
        found if found == events => Ok(()),
        found => Err(format!("it has {found} events, not {events}")),
    }
}

/// Whether a backup can be read to its end, has no damaged line, and holds at least one event.
///
/// # Errors
///
/// Returns an error if the file cannot be read as a journal.
pub fn is_sound(path: &Path) -> Result<bool, JournalFileError> {
    let mut file = JournalFile::open(path)?;
    let mut has_events = false;
    while let Some(event) = file.next_event()? {
        if event.is_err() {
            return Ok(false);
        }
        has_events = true;
    }
    Ok(has_events)
}

/// The backups that need not be kept. For each reason the newest one of each of the last seven days, four
/// weeks and twelve months stays. So do backups that the learner asked for, and those with a date after
/// today, which a clock that was set forward has made.
fn superseded(all: &[Backup], today: NaiveDate) -> Vec<&Backup> {
    let mut old = Vec::new();
    for reason in BackupReason::ALL.into_iter().filter(|reason| *reason != BackupReason::Asked) {
        let same_reason: Vec<&Backup> =
            all.iter().filter(|b| b.reason == reason && b.at.date() <= today).collect();
        let kept: BTreeSet<&Path> = [
            newest_per_period(&same_reason, DAYS_KEPT, |day| day.num_days_from_ce()),
            newest_per_period(&same_reason, WEEKS_KEPT, |day| monday_of(day).num_days_from_ce()),
            newest_per_period(&same_reason, MONTHS_KEPT, |day| day.year() * 12 + day.month0() as i32),
        ]
        .concat()
        .into_iter()
        .collect();
        old.extend(same_reason.into_iter().filter(|b| !kept.contains(b.path.as_path())));
    }
    old
}

/// The newest backup of each of the last periods that have one; `all` is sorted newest first.
fn newest_per_period<'a>(
    all: &[&'a Backup],
    periods: usize,
    period: impl Fn(NaiveDate) -> i32,
) -> Vec<&'a Path> {
    let mut last = None;
    let firsts = all.iter().filter(|b| last.replace(period(b.at.date())) != Some(period(b.at.date())));
    firsts.take(periods).map(|b| b.path.as_path()).collect()
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    let since = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(since)).unwrap_or(day)
}

#[cfg(test)]
mod tests;
