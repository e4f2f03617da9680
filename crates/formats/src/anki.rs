//! Anki's collections, read as what they are: files of somebody else. Nothing is ever written to them.
//!
//! Notes are text with HTML in it, which is somebody else's business; here rows become values.

mod layout;
#[cfg(test)]
pub mod made;
pub mod protobuf;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, Row};

/// More rows than this are read from no table.
pub const MOST_ROWS: usize = 1_000_000;
/// So many steps SQLite may take for all that is read; an honest collection at its limits needs a third.
const MOST_STEPS: u64 = 150_000_000;
const STEPS_BETWEEN_LOOKS: i32 = 10_000;
/// A longer text or row is none of an honest collection, in bytes.
const LONGEST_VALUE: i32 = 16 * 1024 * 1024;
/// Between the fields of a note.
const FIELD_CUT: char = '\u{1f}';

/// Why a file cannot be read as a collection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoCollection {
    #[error("its collection is damaged: {0}")]
    Damaged(String),
    #[error("its collection has no table {0}")]
    NoTable(&'static str),
    #[error("in its collection {0} is no table")]
    NotATable(&'static str),
    #[error("its collection takes too long to read")]
    Endless,
    #[error("its collection holds more than 1,000,000 {0}")]
    TooMany(&'static str),
}

/// What a collection holds, as far as it can be studied.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Collection {
    /// In the order of their making.
    pub notes: Vec<Note>,
    pub notetypes: HashMap<i64, Notetype>,
    /// A deck's names, from the outermost to the innermost.
    pub decks: HashMap<i64, Vec<String>>,
    pub cards: Vec<Card>,
    /// In the order of time; empty where nobody asked for them.
    pub reviews: Vec<Review>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    pub id: i64,
    pub guid: String,
    pub notetype: i64,
    pub tags: Vec<String>,
    /// None where they are no text.
    pub fields: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Notetype {
    pub name: String,
    pub is_cloze: bool,
    /// Whether it covers parts of a picture.
    pub is_occlusion: bool,
    pub fields: Vec<String>,
    pub templates: Vec<Template>,
}

/// The two sides of a card, as HTML with the names of fields in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Template {
    pub place: i64,
    pub front: String,
    pub back: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    pub id: i64,
    pub note: i64,
    pub deck: i64,
    /// Which of the note's templates or deletions it is of, from 0.
    pub place: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    pub card: i64,
    /// The button, from 1; 0 where nobody pressed one.
    pub ease: i64,
    /// 0 learning, 1 review, 2 relearning, 3 ahead of time, 4 and above by hand.
    pub kind: i64,
    pub took_ms: i64,
}

/// Reads a collection of schema 11 or 18.
pub fn read(path: &Path, want_reviews: bool) -> Result<Collection, NoCollection> {
    let file = Foreign::open(path)?;
    let (notetypes, decks) = match file.has("notetypes")? {
        true => layout::of_tables(&file)?,
        false => layout::of_json(&file)?,
    };
    let reviews = match want_reviews && file.has("revlog")? {
        true => file.reviews()?,
        false => Vec::new(),
    };
    Ok(Collection { notes: file.notes()?, notetypes, decks, cards: file.cards()?, reviews })
}

/// A database whose schema nobody vouches for.
struct Foreign {
    connection: Connection,
    is_stopped: Arc<AtomicBool>,
}

/// Opens the file as it is, without its log and without leaving a trace.
fn open_read_only(path: &Path) -> rusqlite::Result<Connection> {
    let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)
}

impl Foreign {
    fn open(path: &Path) -> Result<Foreign, NoCollection> {
        let is_stopped = Arc::new(AtomicBool::new(false));
        let mut connection = open_read_only(path).map_err(damaged)?;
        restrict(&connection).map_err(damaged)?;
        watch(&mut connection, Arc::clone(&is_stopped)).map_err(damaged)?;
        Ok(Foreign { connection, is_stopped })
    }

    /// Whether a table is there. A view could name any query, without an end.
    fn has(&self, name: &'static str) -> Result<bool, NoCollection> {
        let sql = "SELECT type, rootpage, sql FROM sqlite_schema WHERE name = ?1 COLLATE NOCASE";
        let mut found = self.rows(sql, [name], "tables", |row| {
            let begin = text(row, 2).unwrap_or_default().get(..12).unwrap_or_default().to_lowercase();
            let is_table = text(row, 0).as_deref() == Some("table");
            Ok(is_table && number(row, 1) > 0 && begin == "create table")
        })?;
        match (found.pop(), found.is_empty()) {
            (None, _) => Ok(false),
            (Some(true), true) => Ok(true),
            _ => Err(NoCollection::NotATable(name)),
        }
    }

    fn require(&self, name: &'static str) -> Result<(), NoCollection> {
        match self.has(name)? {
            true => Ok(()),
            false => Err(NoCollection::NoTable(name)),
        }
    }

    fn rows<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        what: &'static str,
        mut read: impl FnMut(&Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, NoCollection> {
        let failed = |error| self.failed(error);
        let mut statement = self.connection.prepare(sql).map_err(failed)?;
        let mut rows = statement.query(params).map_err(failed)?;
        let mut values = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            if values.len() == MOST_ROWS {
                return Err(NoCollection::TooMany(what));
            }
            values.push(read(row).map_err(failed)?);
        }
        Ok(values)
    }

    fn failed(&self, error: rusqlite::Error) -> NoCollection {
        let interrupted = error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted);
        match interrupted && self.is_stopped.load(Ordering::Relaxed) {
            true => NoCollection::Endless,
            false => damaged(error),
        }
    }

    fn notes(&self) -> Result<Vec<Note>, NoCollection> {
        self.require("notes")?;
        // Sorted here: an index is one more thing that a stranger may have made.
        let sql = "SELECT id, guid, mid, tags, flds FROM notes NOT INDEXED";
        let mut notes = self.rows(sql, [], "notes", |row| {
            let tags = text(row, 3).unwrap_or_default();
            let fields = text(row, 4).map(|all| all.split(FIELD_CUT).map(str::to_owned).collect());
            Ok(Note {
                id: number(row, 0),
                guid: text(row, 1).unwrap_or_default(),
                notetype: number(row, 2),
                tags: tags.split_whitespace().map(str::to_owned).collect(),
                fields,
            })
        })?;
        notes.sort_by_key(|note| note.id);
        Ok(notes)
    }

    fn cards(&self) -> Result<Vec<Card>, NoCollection> {
        if !self.has("cards")? {
            return Ok(Vec::new());
        }
        let sql = "SELECT id, nid, did, odid, ord FROM cards NOT INDEXED";
        self.rows(sql, [], "cards", |row| {
            // In a deck that was filtered together it keeps its own in mind.
            let deck = [number(row, 3), number(row, 2)].into_iter().find(|&deck| deck != 0).unwrap_or(0);
            Ok(Card { id: number(row, 0), note: number(row, 1), deck, place: number(row, 4) })
        })
    }

    fn reviews(&self) -> Result<Vec<Review>, NoCollection> {
        let sql = "SELECT id, cid, ease, type, time FROM revlog NOT INDEXED";
        let mut reviews = self.rows(sql, [], "reviews", |row| {
            let [at, card, ease, kind, took_ms] = [0, 1, 2, 3, 4].map(|column| number(row, column));
            Ok(Review { at, card, ease, kind, took_ms })
        })?;
        reviews.sort_by_key(|review| review.at);
        Ok(reviews)
    }
}

fn damaged(error: rusqlite::Error) -> NoCollection {
    NoCollection::Damaged(error.to_string())
}

/// As <https://www.sqlite.org/security.html> advises for files from strangers.
fn restrict(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, LONGEST_VALUE),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (Limit::SQLITE_LIMIT_COLUMN, 100),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 10),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 3),
        (Limit::SQLITE_LIMIT_VDBE_OP, 25_000),
        (Limit::SQLITE_LIMIT_FUNCTION_ARG, 8),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50),
        (Limit::SQLITE_LIMIT_VARIABLE_NUMBER, 10),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    ] {
        connection.set_limit(limit, most)?;
    }
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)
}

/// Stops what does not come to an end.
fn watch(connection: &mut Connection, is_stopped: Arc<AtomicBool>) -> rusqlite::Result<()> {
    let mut left = MOST_STEPS / u64::from(STEPS_BETWEEN_LOOKS.unsigned_abs());
    let look = move || {
        left = left.saturating_sub(1);
        is_stopped.store(left == 0, Ordering::Relaxed);
        left == 0
    };
    connection.progress_handler(STEPS_BETWEEN_LOOKS, Some(look))
}

/// The text of a column; none where it is no text in UTF-8.
fn text(row: &Row, column: usize) -> Option<String> {
    match row.get_ref(column).ok()? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8(bytes.to_vec()).ok(),
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Null => None,
    }
}

/// The whole number of a column; 0 where it is none.
fn number(row: &Row, column: usize) -> i64 {
    match row.get_ref(column) {
        Ok(ValueRef::Integer(number)) => number,
        Ok(ValueRef::Text(bytes)) => {
            std::str::from_utf8(bytes).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0)
        }
        _ => 0,
    }
}

fn bytes(row: &Row, column: usize) -> Vec<u8> {
    match row.get_ref(column) {
        Ok(ValueRef::Blob(bytes) | ValueRef::Text(bytes)) => bytes.to_vec(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
