//! Backups: the journal as compressed JSON lines, made by themselves, thinned out, each verified by
//! being opened. Any of them can be restored on any platform.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, SubsecRound, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::{BadJournal, JournalFile, Store, StoreError, doors, lines, said};

const FOLDER: &str = "backups";
/// `journal-2026-11-23T10-45-12Z-daily.jsonl.gz`: no colons, which some systems do not allow.
const TIME: &str = "%Y-%m-%dT%H-%M-%SZ";
const ENDING: &str = ".jsonl.gz";
/// So many of the last days, weeks and months are kept.
const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;

/// What a backup was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    Daily,
    /// Before the schema was brought up to date.
    Upgrade,
    Import,
    Restore,
    /// The learner asked for it.
    Asked,
}

impl Why {
    const ALL: [Why; 5] = [Why::Daily, Why::Upgrade, Why::Import, Why::Restore, Why::Asked];

    pub fn name(self) -> &'static str {
        match self {
            Why::Daily => "daily",
            Why::Upgrade => "upgrade",
            Why::Import => "import",
            Why::Restore => "restore",
            Why::Asked => "asked",
        }
    }
}

/// A backup in the folder of backups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    pub path: PathBuf,
    /// When it was made, UTC.
    pub at: NaiveDateTime,
    pub why: Why,
}

/// A backup was not made.
#[derive(Debug, thiserror::Error)]
pub enum NoBackup {
    #[error("cannot write the backup {}: {}", path.display(), said(source))]
    Io { path: PathBuf, source: io::Error },
    #[error("the backup {} cannot be read back: {reason}", path.display())]
    Unsound { path: PathBuf, reason: String },
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where the backups of a home folder are.
pub fn folder_in(home: &Path) -> PathBuf {
    home.join(FOLDER)
}

/// The backups of a home folder, the newest first. Other files are passed over.
pub fn list(home: &Path) -> Vec<Backup> {
    let Ok(entries) = fs::read_dir(folder_in(home)) else { return Vec::new() };
    let mut all: Vec<Backup> = entries.flatten().filter_map(|entry| named(&entry.path())).collect();
    all.sort_by(|a, b| b.at.cmp(&a.at).then(b.why.cmp(&a.why)));
    all
}

fn named(path: &Path) -> Option<Backup> {
    let name = path.file_name()?.to_str()?.strip_prefix("journal-")?.strip_suffix(ENDING)?;
    let (time, why) = name.rsplit_once('-')?;
    let why = Why::ALL.into_iter().find(|w| w.name() == why)?;
    let at = NaiveDateTime::parse_from_str(time, TIME).ok()?;
    Some(Backup { path: path.to_owned(), at, why })
}

/// Makes a backup in the folder of backups, and thins the older ones out.
pub fn make(home: &Path, now: DateTime<Utc>, why: Why, store: &Store) -> Result<PathBuf, NoBackup> {
    let folder = folder_in(home);
    doors::own_folder(&folder)?;
    let taken: BTreeSet<NaiveDateTime> = list(home).into_iter().map(|b| b.at).collect();
    // Two within a second: the later one is of the next, so that the newest is the last.
    let seconds = (0..).map(|more| now + Duration::seconds(more));
    let is_free = |at: &DateTime<Utc>| !taken.contains(&at.trunc_subsecs(0).naive_utc());
    let at = seconds.take(taken.len() + 1).find(is_free).unwrap_or(now);
    let path = folder.join(format!("journal-{}-{}{ENDING}", at.format(TIME), why.name()));
    write(&path, store)?;
    for old in superseded(&list(home), now.date_naive()) {
        // What cannot be removed costs room, and nothing else.
        let _ = fs::remove_file(&old.path);
    }
    Ok(path)
}

/// Writes the journal, compressed, as a whole or not at all, and reads it back before it counts.
/// Returns how many events there are.
pub fn write(path: &Path, store: &Store) -> Result<usize, NoBackup> {
    let draft = draft_of(path);
    let failed = |source| NoBackup::Io { path: path.to_owned(), source };
    let written = write_draft(&draft, store).and_then(|events| {
        verify(&draft, events)?;
        fs::rename(&draft, path).map_err(failed)?;
        Ok(events)
    });
    written.inspect_err(|_| {
        // The draft is ours; where it cannot be removed either, the first error says more.
        let _ = fs::remove_file(&draft);
    })
}

fn draft_of(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

fn write_draft(draft: &Path, store: &Store) -> Result<usize, NoBackup> {
    let failed = |source| NoBackup::Io { path: draft.to_owned(), source };
    let file = doors::new_file().open(draft).map_err(failed)?;
    let mut out = GzEncoder::new(BufWriter::new(file), Compression::fast());
    let events = write_lines(&mut out, store).map_err(|e| e.named(draft))?;
    let file = out.finish().and_then(|buffer| buffer.into_inner().map_err(|e| e.into_error()));
    file.and_then(|file: File| file.sync_all()).map_err(failed)?;
    Ok(events)
}

/// Writing stopped.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Stopped {
    fn named(self, path: &Path) -> NoBackup {
        match self {
            Stopped::Io(source) => NoBackup::Io { path: path.to_owned(), source },
            Stopped::Store(error) => NoBackup::Store(error),
        }
    }
}

/// Writes the journal as JSON lines, header first. Returns how many events there are.
pub fn write_lines(out: &mut impl Write, store: &Store) -> Result<usize, Stopped> {
    let mut events = 0;
    writeln!(out, "{}", lines::header())?;
    store.each_event(|event| {
        events += 1;
        writeln!(out, "{}", lines::write(&event)).map_err(Stopped::Io)
    })?;
    Ok(events)
}

/// Opens a backup and reads all of it; it must hold so many events.
fn verify(path: &Path, events: usize) -> Result<(), NoBackup> {
    let unsound = |reason: String| NoBackup::Unsound { path: path.to_owned(), reason };
    let read = JournalFile::open(path).and_then(|mut file| file.count_lines());
    match read.map_err(|e| unsound(e.to_string()))? {
        found if found == events => Ok(()),
        found => Err(unsound(format!("it has {found} events, not {events}"))),
    }
}

/// Whether a backup can be read to its end, without a damaged line; one without an event is of no use.
pub fn is_sound(path: &Path) -> Result<bool, BadJournal> {
    let mut file = JournalFile::open(path)?;
    let mut has_some = false;
    while let Some(line) = file.line()? {
        if line.is_err() {
            return Ok(false);
        }
        has_some = true;
    }
    Ok(has_some)
}

/// The backups that need not be kept: of each kind the newest one of the last seven days, four weeks and
/// twelve months stays, and so does what the learner asked for and what a clock set forward has made.
fn superseded(all: &[Backup], today: NaiveDate) -> Vec<&Backup> {
    let mut old = Vec::new();
    for why in Why::ALL.into_iter().filter(|why| *why != Why::Asked) {
        let of_kind: Vec<&Backup> = all.iter().filter(|b| b.why == why && b.at.date() <= today).collect();
        let kept: BTreeSet<&Path> = [
            newest(&of_kind, DAYS, |day| day.num_days_from_ce()),
            newest(&of_kind, WEEKS, |day| monday(day).num_days_from_ce()),
            newest(&of_kind, MONTHS, |day| day.year() * 12 + day.month0() as i32),
        ]
        .concat()
        .into_iter()
        .collect();
        old.extend(of_kind.into_iter().filter(|b| !kept.contains(b.path.as_path())));
    }
    old
}

/// The newest backup of each of the last periods that have one; `all` has the newest first.
fn newest<'a>(all: &[&'a Backup], periods: usize, period: impl Fn(NaiveDate) -> i32) -> Vec<&'a Path> {
    let mut last = None;
    let firsts = all.iter().filter(|b| last.replace(period(b.at.date())) != Some(period(b.at.date())));
    firsts.take(periods).map(|b| b.path.as_path()).collect()
}

fn monday(day: NaiveDate) -> NaiveDate {
    let since = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(since)).unwrap_or(day)
}

#[cfg(test)]
mod tests;
