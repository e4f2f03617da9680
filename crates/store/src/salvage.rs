//! Recovery of a damaged store: it is set aside unchanged, and every event that can be read is read.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::error::reason_of;
use super::open::{self, with_suffix};
use super::{SCHEMA_WITH_SUMS, Store, StoreError, backups, jsonl, rows};
use badgedex_domain::journal::Event;
use badgedex_files::private;

/// `journal-damaged-2026-11-23T10-45-12Z.db`: kept even after it was restored.
const DAMAGED_PREFIX: &str = "journal-damaged-";
/// `journal-damaged-2026-11-23T10-45-12Z.db.restored`: an empty file.
const RESTORED_SUFFIX: &str = ".restored";
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

/// Those of them that no restore has read yet.
pub fn unrestored_stores(home: &Path) -> Vec<PathBuf> {
    let mut stores = set_aside_stores(home);
    stores.retain(|store| !with_suffix(store, RESTORED_SUFFIX).exists());
    stores
}

/// Notes that a restore has read a store that was set aside.
///
/// # Errors
///
/// Returns an error if the note cannot be written next to the store.
pub fn note_restored(store: &Path) -> io::Result<()> {
    match private::new_file().open(with_suffix(store, RESTORED_SUFFIX)) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        created => created.map(drop),
    }
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

/// What could be read of a damaged store.
#[derive(Debug, Default)]
pub struct Salvage {
    /// Events that are what their checksums were made of, and all events of a store of an earlier schema,
    /// which had no checksums.
    pub events: Vec<Event>,
    /// Rows that are not, or cannot be read as events.
    pub doubtful: Vec<DoubtfulRow>,
    /// Events whose ids are known although they cannot be read.
    pub unread: Vec<Uuid>,
    /// How many more events there must have been, of which nothing is known.
    pub gaps: usize,
    /// A part of the file is gone, so that there may have been still more events.
    pub is_partial: bool,
}

/// A row of the journal that is not an event any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtfulRow {
    /// The event's id, if it can be read.
    pub id: Option<Uuid>,
    /// What is wrong with it, as the part of a sentence.
    pub problem: String,
    /// Its columns as JSON, as far as they can be read.
    pub columns: String,
}

/// Reads all events of a damaged store that can be read, from a copy at `scratch`; the file itself does not
/// change. Never fails: what cannot be read is left out, and named as far as anything is known of it.
pub fn read(damaged: &Path, scratch: &Path) -> Salvage {
    let mut found = Found::default();
    for attempt in [Attempt::WithLog, Attempt::WithoutLog, Attempt::WithNewHeader] {
        let copied = attempt.copy(damaged, scratch);
        if let Some(connection) = copied.ok().and_then(|()| connect(scratch).ok()) {
            if matches!(attempt, Attempt::WithNewHeader) && !has_sums(&connection) {
                // If it fails, the rows are doubtful instead of sound.
                let _ = connection.pragma_update(None, "user_version", SCHEMA_WITH_SUMS - 1);
            }
            found.add(Found::in_store(&connection));
        }
        for suffix in SUFFIXES {
            // If the copy cannot be removed, the next attempt overwrites it.
            let _ = fs::remove_file(with_suffix(scratch, suffix));
        }
        if found.is_complete() {
            break;
        }
    }
    found.into_salvage()
}

/// Whether the first row has a checksum: one of an earlier schema has none.
fn has_sums(connection: &Connection) -> bool {
    let first = connection.query_row("SELECT sum FROM journal LIMIT 1", [], |row| row.get(0));
    !matches!(first, Ok(None::<i64>))
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

/// A row as it was found.
enum Row {
    Sound(Event),
    Doubtful(DoubtfulRow),
}

/// What was found in a damaged store, by the position of recording.
#[derive(Default)]
struct Found {
    rows: BTreeMap<i64, Row>,
    /// What the index of ids says.
    ids: BTreeMap<i64, Uuid>,
    /// Every row of the journal could be reached.
    has_all_rows: bool,
    /// Every id in the index could be reached.
    has_all_ids: bool,
}

impl Found {
    fn in_store(connection: &Connection) -> Found {
        let mut found = Found::default();
        if rows::all(connection).is_err() {
            return found;
        }
        found.has_all_rows = found.scan(connection).is_ok();
        found.has_all_ids = found.scan_ids(connection).is_ok();
        let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap_or(1);
        let max_seq = pages.saturating_mul(MAX_EVENTS_PER_PAGE);
        let last = connection.query_row("SELECT max(seq) FROM journal", [], |row| row.get(0)).optional();
        let last: i64 = last.ok().flatten().unwrap_or(max_seq);
        let known = found.rows.keys().chain(found.ids.keys()).copied().filter(|seq| *seq <= max_seq).max();
        found.search(connection, known.unwrap_or(0).max(last.min(max_seq)));
        found
    }

    /// All rows one after the other, until one cannot be reached.
    fn scan(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut statement = rows::all(connection)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            self.take(row);
        }
        Ok(())
    }

    fn scan_ids(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        rows::each_indexed_id(connection, |seq, id| {
            self.ids.entry(seq).or_insert(id);
        })
    }

    fn take(&mut self, row: &rusqlite::Row) {
        let Ok(seq) = rows::seq(row) else { return };
        let found = match rows::event(row) {
            // What an import would refuse is no event, even if nothing has changed it since.
            Ok(event) => match jsonl::read(&jsonl::write(&event)) {
                Ok(_) => Row::Sound(event),
                Err(problem) => Row::Doubtful(doubtful(row, problem.to_string())),
            },
            Err(error) => Row::Doubtful(doubtful(row, reason_of(&error))),
        };
        self.insert(seq, found);
    }

    /// A sound row takes the place of a doubtful one.
    fn insert(&mut self, seq: i64, row: Row) {
        match (self.rows.get(&seq), &row) {
            (None, _) | (Some(Row::Doubtful(_)), Row::Sound(_)) => drop(self.rows.insert(seq, row)),
            (Some(_), _) => {}
        }
    }

    /// Looks for the positions up to `last` that a scan has not reached.
    fn search(&mut self, connection: &Connection, last: i64) {
        let mut failures = 0;
        // A range that cannot be read at once is split in two; the first half is on top.
        let mut ranges = self.unreached(last);
        ranges.reverse();
        while let Some((first, last)) = ranges.pop().filter(|_| failures < MAX_FAILURES) {
            let searched = rows::between(connection, first, last, |row| self.take(row));
            if searched.is_ok() {
                continue;
            }
            failures += 1;
            if first < last {
                let middle = first.midpoint(last);
                ranges.push((middle + 1, last));
                ranges.push((first, middle));
            }
        }
    }

    /// The ranges of positions up to `last` without a row.
    fn unreached(&self, last: i64) -> Vec<(i64, i64)> {
        let mut ranges = Vec::new();
        let mut next = 1;
        for seq in self.rows.keys().copied().filter(|seq| (1..=last).contains(seq)).chain([last + 1]) {
            if next < seq {
                ranges.push((next, seq - 1));
            }
            next = seq + 1;
        }
        ranges
    }

    fn add(&mut self, other: Found) {
        other.rows.into_iter().for_each(|(seq, row)| self.insert(seq, row));
        for (seq, id) in other.ids {
            self.ids.entry(seq).or_insert(id);
        }
        self.has_all_rows |= other.has_all_rows;
        self.has_all_ids |= other.has_all_ids;
    }

    /// Nothing is missing, and nothing is in doubt.
    fn is_complete(&self) -> bool {
        let are_sound = self.rows.values().all(|row| matches!(row, Row::Sound(_)));
        self.has_all_rows && self.has_all_ids && are_sound && self.ids.keys().eq(self.rows.keys())
    }

    fn into_salvage(self) -> Salvage {
        let sound = |seq: &i64| matches!(self.rows.get(seq), Some(Row::Sound(_)));
        let last = self.rows.keys().copied().filter(sound).max().unwrap_or(0);
        let unread: Vec<Uuid> = self.ids.iter().filter(|(seq, _)| !sound(seq)).map(|(_, id)| *id).collect();
        let gaps =
            (1..=last).filter(|seq| !self.rows.contains_key(seq) && !self.ids.contains_key(seq)).count();
        let is_partial = !self.has_all_rows && !self.has_all_ids;
        let mut salvage = Salvage { unread, gaps, is_partial, ..Salvage::default() };
        for row in self.rows.into_values() {
            match row {
                Row::Sound(event) => salvage.events.push(event),
                Row::Doubtful(row) => salvage.doubtful.push(row),
            }
        }
        // An id may be in the index under a position that is not its own any more.
        let sound: HashSet<Uuid> = salvage.events.iter().map(|event| event.id).collect();
        salvage.unread.retain(|id| !sound.contains(id));
        salvage
    }
}

/// What can be read of a row that is not an event.
fn doubtful(row: &rusqlite::Row, problem: String) -> DoubtfulRow {
    let mut columns = Map::new();
    for (place, name) in row.as_ref().column_names().enumerate() {
        let value = match row.get_ref(place) {
            Ok(ValueRef::Integer(number)) => json!(number),
            Ok(ValueRef::Real(number)) => json!(number),
            Ok(ValueRef::Text(text)) => json!(String::from_utf8_lossy(text)),
            Ok(ValueRef::Blob(bytes)) => match <[u8; 16]>::try_from(bytes) {
                Ok(id) => json!(Uuid::from_bytes(id)),
                Err(_) => json!(format!("{} bytes", bytes.len())),
            },
            Ok(ValueRef::Null) | Err(_) => Value::Null,
        };
        columns.insert(name.to_owned(), value);
    }
    let id = columns.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
    DoubtfulRow { id, problem, columns: Value::Object(columns).to_string() }
}

#[cfg(test)]
mod tests;
