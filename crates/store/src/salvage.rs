//! Recovery of a damaged store: it is set aside unchanged, and every event that can be read is read.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::open::{self, with_suffix};
use super::{Store, StoreError, backups, rows};
use badgedex_domain::journal::Event;
use badgedex_files::private;

/// `journal-damaged-2026-11-23T10-45-12Z.db`: kept even after it was restored.
const DAMAGED_PREFIX: &str = "journal-damaged-";
const TIME_FORMAT: &str = "%Y-%m-%dT%H-%M-%SZ";
/// The store and the files that SQLite keeps next to it.
const SUFFIXES: [&str; 3] = ["", "-wal", "-shm"];
/// A store has at most this many events for each page of the file.
const MAX_EVENTS_PER_PAGE: i64 = 512;
/// After this many ranges that cannot be read the search ends.
const MAX_FAILURES: usize = 100_000;

/// The stores of a home folder that were set aside, oldest first.
pub fn set_aside_stores(home: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(home) else { return Vec::new() };
    let is_set_aside = |path: &PathBuf| {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        name.starts_with(DAMAGED_PREFIX) && name.ends_with(".db")
    };
    let mut stores: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(is_set_aside).collect();
    stores.sort();
    stores
}

/// Refuses to create an empty journal in a home folder whose store was set aside, or is missing although
/// there are backups of it.
pub(super) fn refuse_to_start_over(home: &Path) -> Result<(), StoreError> {
    if let Some(path) = set_aside_stores(home).pop() {
        return Err(StoreError::SetAside { path });
    }
    match backups::list(home).is_empty() {
        true => Ok(()),
        false => Err(StoreError::Lost { path: Store::path_in(home), backups: backups::folder_in(home) }),
    }
}

/// Sets the store of a home folder aside, unchanged, under a name with the time. Returns the new path.
///
/// # Errors
///
/// Returns an error if the store or its log cannot be renamed.
pub fn set_aside(home: &Path, now: DateTime<Utc>) -> io::Result<PathBuf> {
    let store = Store::path_in(home);
    let time = now.format(TIME_FORMAT).to_string();
    let candidate = |number: usize| match number {
        0 => home.join(format!("{DAMAGED_PREFIX}{time}.db")),
        more => home.join(format!("{DAMAGED_PREFIX}{time}-{more}.db")),
    };
    let aside = (0..1000).map(candidate).find(|path| !path.exists()).unwrap_or_else(|| candidate(0));
    rename_with_log(&store, &aside)?;
    Ok(aside)
}

/// Renames the log first: a store without its log would look complete.
fn rename_with_log(from: &Path, to: &Path) -> io::Result<()> {
    for suffix in SUFFIXES.iter().rev() {
        match fs::rename(with_suffix(from, suffix), with_suffix(to, suffix)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !suffix.is_empty() => {}
            renamed => renamed?,
        }
    }
    Ok(())
}

/// Reads all events of a damaged store that can be read, from a copy at `scratch`; the file itself does not
/// change. Never fails: what cannot be read is left out.
pub fn read(damaged: &Path, scratch: &Path) -> Vec<Event> {
    let mut events = Vec::new();
    for attempt in [Attempt::WithLog, Attempt::WithoutLog, Attempt::WithNewHeader] {
        let copied = attempt.copy(damaged, scratch);
        let read =
            copied.ok().and_then(|()| connect(scratch).ok()).map(|c| readable_events(&c)).unwrap_or_default();
        if read.len() > events.len() {
            events = read;
        }
        for suffix in SUFFIXES {
            // If the copy cannot be removed, the next attempt overwrites it.
            let _ = fs::remove_file(with_suffix(scratch, suffix));
        }
    }
    events
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    Ok(connection)
}

/// A way to copy a damaged store so that SQLite may be able to read it.
#[derive(Clone, Copy)]
enum Attempt {
    WithLog,
    WithoutLog,
    /// With the first page of an intact store.
    WithNewHeader,
}

impl Attempt {
    fn copy(self, damaged: &Path, scratch: &Path) -> io::Result<()> {
        let mut bytes = fs::read(damaged)?;
        let log = with_suffix(damaged, "-wal");
        match self {
            Attempt::WithLog if log.exists() => {
                fs::copy(&log, with_suffix(scratch, "-wal"))?;
            }
            Attempt::WithLog | Attempt::WithoutLog => {}
            Attempt::WithNewHeader => replace_first_page(&mut bytes, scratch)?,
        }
        write_new(scratch, &bytes)
    }
}

/// Writes a file anew, accessible to its owner only.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // An earlier one may have been left over.
    let _ = fs::remove_file(path);
    private::new_file().open(path)?.write_all(bytes)
}

/// Replaces a broken first page with that of a new store. All stores have their tables on the same pages,
/// and the first page only says where those are.
fn replace_first_page(bytes: &mut [u8], scratch: &Path) -> io::Result<()> {
    let intact = new_store_bytes(&with_suffix(scratch, "-model"))?;
    let page_size = intact.get(16..18).map_or(0, |size| usize::from(u16::from_be_bytes([size[0], size[1]])));
    if page_size == 0 || bytes.len() < page_size {
        return Err(io::Error::other("it is too short"));
    }
    bytes[..page_size].copy_from_slice(&intact[..page_size]);
    // The header holds the number of pages, and an empty list of free pages
    // (<https://www.sqlite.org/fileformat2.html#the_database_header>).
    let pages = u32::try_from(bytes.len() / page_size).unwrap_or(u32::MAX);
    bytes[28..32].copy_from_slice(&pages.to_be_bytes());
    bytes[32..40].fill(0);
    Ok(())
}

/// The bytes of a new store, which is created at `path` and removed again.
fn new_store_bytes(path: &Path) -> io::Result<Vec<u8>> {
    write_new(path, &[])?;
    let created = Connection::open(path).and_then(|mut connection| {
        connection.pragma_update(None, "application_id", open::APPLICATION_ID)?;
        open::upgrade(&mut connection)
    });
    let bytes = fs::read(path);
    fs::remove_file(path)?;
    created.map_err(io::Error::other)?;
    bytes
}

/// Every event that can be read, in the order of recording.
fn readable_events(connection: &Connection) -> Vec<Event> {
    if rows::all(connection).is_err() {
        return Vec::new();
    }
    let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap_or(1);
    let max_seq = pages.saturating_mul(MAX_EVENTS_PER_PAGE);
    let last = connection.query_row("SELECT max(seq) FROM journal", [], |row| row.get(0)).optional();
    let last: i64 = last.ok().flatten().unwrap_or(max_seq).min(max_seq);
    let mut events = Vec::new();
    let mut failures = 0;
    // A range that cannot be read at once is split in two; the first half is on top.
    let mut ranges = vec![(1, last)];
    while let Some((first, last)) = ranges.pop().filter(|_| failures < MAX_FAILURES) {
        match rows::between(connection, first, last) {
            Ok(read) => events.extend(read),
            Err(_) if first < last => {
                failures += 1;
                let middle = first.midpoint(last);
                ranges.push((middle + 1, last));
                ranges.push((first, middle));
            }
            Err(_) => failures += 1,
        }
    }
    events
}

#[cfg(test)]
mod tests;
