//! What is done about a damaged store: it is set aside as it is, and read as far as that goes.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::opening::{self, beside};
use super::{Store, StoreError, backups, rows};
use badgedex_domain::journal::Event;

/// `journal-damaged-2026-11-23T10-45-12Z.db`: kept after it was restored too.
const DAMAGED: &str = "journal-damaged-";
const TIME: &str = "%Y-%m-%dT%H-%M-%SZ";
/// What SQLite keeps beside a file belongs to it.
const ENDS: [&str; 3] = ["", "-wal", "-shm"];
/// A store has no more events than this many for each page of the file.
const MOST_EVENTS_A_PAGE: i64 = 512;
/// After so many stretches that cannot be read nothing more is looked for.
const MOST_FAILURES: usize = 100_000;

/// The stores of a home folder that were set aside, the oldest first.
pub fn waiting(home: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(home) else { return Vec::new() };
    let is_waiting = |path: &PathBuf| {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        name.starts_with(DAMAGED) && name.ends_with(".db")
    };
    let mut found: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(is_waiting).collect();
    found.sort();
    found
}

/// A home folder whose store was set aside, or is gone while there are backups of it, is not begun anew
/// as if nothing had been.
pub(super) fn refuse_to_begin_anew(home: &Path) -> Result<(), StoreError> {
    if let Some(path) = waiting(home).pop() {
        return Err(StoreError::SetAside { path });
    }
    match backups::list(home).is_empty() {
        true => Ok(()),
        false => Err(StoreError::Lost { path: Store::path_in(home), backups: backups::folder_in(home) }),
    }
}

/// Sets the store of a home folder aside, untouched, under a name that tells when. Returns the new name.
pub fn set_aside(home: &Path, now: DateTime<Utc>) -> io::Result<PathBuf> {
    let store = Store::path_in(home);
    let time = now.format(TIME).to_string();
    let free = |number: usize| match number {
        0 => home.join(format!("{DAMAGED}{time}.db")),
        more => home.join(format!("{DAMAGED}{time}-{more}.db")),
    };
    let aside = (0..1000).map(free).find(|path| !path.exists()).unwrap_or_else(|| free(0));
    rename_with_log(&store, &aside)?;
    Ok(aside)
}

/// The log goes first: a store without its log would look whole.
fn rename_with_log(from: &Path, to: &Path) -> io::Result<()> {
    for end in ENDS.iter().rev() {
        match fs::rename(beside(from, end), beside(to, end)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !end.is_empty() => {}
            renamed => renamed?,
        }
    }
    Ok(())
}

/// Reads what can be read of a damaged store, from a copy: the file itself stays as it is. Never fails;
/// what cannot be read is left out.
pub fn read(damaged: &Path, scratch: &Path) -> Vec<Event> {
    let mut events = Vec::new();
    // With its log, without it, and with the head of a sound store in the place of its own.
    for attempt in [Copy::WithLog, Copy::Alone, Copy::WithNewHead] {
        let copied = attempt.of(damaged, scratch);
        let read = copied.ok().and_then(|()| open(scratch).ok()).map(|c| readable(&c)).unwrap_or_default();
        if read.len() > events.len() {
            events = read;
        }
        for end in ENDS {
            // The copy is ours. What stays is overwritten by the next attempt.
            let _ = fs::remove_file(beside(scratch, end));
        }
    }
    events
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    Ok(connection)
}

#[derive(Clone, Copy)]
enum Copy {
    WithLog,
    Alone,
    WithNewHead,
}

impl Copy {
    fn of(self, damaged: &Path, scratch: &Path) -> io::Result<()> {
        let mut bytes = fs::read(damaged)?;
        let log = beside(damaged, "-wal");
        match self {
            Copy::WithLog if log.exists() => {
                fs::copy(&log, beside(scratch, "-wal"))?;
            }
            Copy::WithLog | Copy::Alone => {}
            Copy::WithNewHead => graft(&mut bytes, scratch)?,
        }
        fs::write(scratch, bytes)
    }
}

/// Puts the first page of a new store in the place of a broken one: all stores have their tables on the
/// same pages, and the first page holds nothing else but where those are.
fn graft(bytes: &mut [u8], scratch: &Path) -> io::Result<()> {
    let model = beside(scratch, "-model");
    // An earlier one may have stayed behind.
    let _ = fs::remove_file(&model);
    let made = Connection::open(&model).and_then(|mut connection| {
        connection.pragma_update(None, "application_id", opening::APPLICATION)?;
        opening::bring_up(&mut connection)
    });
    let sound = fs::read(&model);
    fs::remove_file(&model)?;
    made.map_err(io::Error::other)?;
    let sound = sound?;
    let page = sound.get(16..18).map_or(0, |size| usize::from(u16::from_be_bytes([size[0], size[1]])));
    if page == 0 || bytes.len() < page {
        return Err(io::Error::other("it is too short"));
    }
    bytes[..page].copy_from_slice(&sound[..page]);
    // The number of pages stands in the head; and so does that it has no list of free ones.
    let pages = u32::try_from(bytes.len() / page).unwrap_or(u32::MAX);
    bytes[28..32].copy_from_slice(&pages.to_be_bytes());
    bytes[32..40].fill(0);
    Ok(())
}

/// Every event that can be read, in the order of recording.
fn readable(connection: &Connection) -> Vec<Event> {
    if rows::all(connection).is_err() {
        return Vec::new();
    }
    let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap_or(1);
    let most = pages.saturating_mul(MOST_EVENTS_A_PAGE);
    let last = connection.query_row("SELECT max(seq) FROM journal", [], |row| row.get(0)).optional();
    let last: i64 = last.ok().flatten().unwrap_or(most).min(most);
    let mut events = Vec::new();
    let mut failures = 0;
    // Halves of what cannot be read in one go, the first half on top.
    let mut open = vec![(1, last)];
    while let Some((first, last)) = open.pop().filter(|_| failures < MOST_FAILURES) {
        match rows::between(connection, first, last) {
            Ok(read) => events.extend(read),
            Err(_) if first < last => {
                failures += 1;
                let middle = first.midpoint(last);
                open.push((middle + 1, last));
                open.push((first, middle));
            }
            Err(_) => failures += 1,
        }
    }
    events
}

#[cfg(test)]
mod tests;
