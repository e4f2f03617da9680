//! A collection's database: a file from a stranger, opened read-only and with every limit that SQLite offers.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, Row};

/// Rows that are read from one table.
pub const MAX_ROWS: usize = 1_000_000;
/// Steps of SQLite's virtual machine for everything that is read; an honest collection at the limits needs a
/// third of them.
const MAX_STEPS: u64 = 150_000_000;
const STEPS_BETWEEN_CHECKS: i32 = 10_000;
/// The longest text or row, in bytes; no honest collection has a longer one.
const MAX_VALUE_LENGTH: i32 = 16 * 1024 * 1024;
/// Why a file cannot be read as a collection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CollectionError {
    /// SQLite's reason, or that of a JSON text in it.
    #[error("its collection is damaged: {0}")]
    Damaged(String),
    /// A table is missing.
    #[error("its collection has no table {0}")]
    NoTable(&'static str),
    /// A view or a virtual table has the name of a table.
    #[error("in its collection {0} is not a table")]
    NotATable(&'static str),
    /// It exceeds the limit of steps.
    #[error("its collection takes too long to read")]
    Endless,
    /// A table exceeds the limit of rows.
    #[error("its collection holds more than 1,000,000 {0}")]
    TooMany(&'static str),
}

/// A database whose schema may be hostile.
pub struct Database {
    connection: Connection,
    is_stopped: Arc<AtomicBool>,
}

/// Opens the file as it is, without its log and without creating any file next to it.
fn open_read_only(path: &Path) -> rusqlite::Result<Connection> {
    let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)
}

impl Database {
    /// Opens a file with every limit set.
    pub fn open(path: &Path) -> Result<Database, CollectionError> {
        let is_stopped = Arc::new(AtomicBool::new(false));
        let mut connection = open_read_only(path).map_err(damaged)?;
        restrict(&connection).map_err(damaged)?;
        watch(&mut connection, Arc::clone(&is_stopped)).map_err(damaged)?;
        // The order of names in Anki's indexes. A table that is itself an index (WITHOUT ROWID) cannot be
        // read without knowing it, and rows are not read in this order.
        connection
            .create_collation("unicase", |a, b| a.to_lowercase().cmp(&b.to_lowercase()))
            .map_err(damaged)?;
        Ok(Database { connection, is_stopped })
    }

    /// Whether there is such a table. A view could name any query, even an endless one.
    pub fn has(&self, name: &'static str) -> Result<bool, CollectionError> {
        let sql = "SELECT type, rootpage, sql FROM sqlite_schema WHERE name = ?1 COLLATE NOCASE";
        let mut found = self.rows(sql, [name], "tables", |row| {
            let begin = text(row, 2).unwrap_or_default().get(..12).unwrap_or_default().to_lowercase();
            let is_table = text(row, 0).as_deref() == Some("table");
            Ok(is_table && number(row, 1) > 0 && begin == "create table")
        })?;
        match (found.pop(), found.is_empty()) {
            (None, _) => Ok(false),
            (Some(true), true) => Ok(true),
            _ => Err(CollectionError::NotATable(name)),
        }
    }

    /// Fails if there is no such table.
    pub fn require(&self, name: &'static str) -> Result<(), CollectionError> {
        match self.has(name)? {
            true => Ok(()),
            false => Err(CollectionError::NoTable(name)),
        }
    }

    /// All rows of a query, each turned into a value; `what` names them in an error.
    pub fn rows<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        what: &'static str,
        mut read: impl FnMut(&Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, CollectionError> {
        let failed = |error| self.failed(error);
        let mut statement = self.connection.prepare(sql).map_err(failed)?;
        let mut rows = statement.query(params).map_err(failed)?;
        let mut values = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            if values.len() == MAX_ROWS {
                return Err(CollectionError::TooMany(what));
            }
            values.push(read(row).map_err(failed)?);
        }
        Ok(values)
    }

    fn failed(&self, error: rusqlite::Error) -> CollectionError {
        let interrupted = error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted);
        match interrupted && self.is_stopped.load(Ordering::Relaxed) {
            true => CollectionError::Endless,
            false => damaged(error),
        }
    }
}

fn damaged(error: rusqlite::Error) -> CollectionError {
    CollectionError::Damaged(error.to_string())
}

/// As <https://www.sqlite.org/security.html> advises for files from strangers.
fn restrict(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, MAX_VALUE_LENGTH),
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

/// Interrupts a query that takes too long.
fn watch(connection: &mut Connection, is_stopped: Arc<AtomicBool>) -> rusqlite::Result<()> {
    let mut left = MAX_STEPS / u64::from(STEPS_BETWEEN_CHECKS.unsigned_abs());
    let check = move || {
        left = left.saturating_sub(1);
        is_stopped.store(left == 0, Ordering::Relaxed);
        left == 0
    };
    connection.progress_handler(STEPS_BETWEEN_CHECKS, Some(check))
}

/// The text of a column; `None` if it is not UTF-8.
pub fn text(row: &Row, column: usize) -> Option<String> {
    match row.get_ref(column).ok()? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8(bytes.to_vec()).ok(),
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Null => None,
    }
}

/// The whole number of a column; 0 if it is not a number.
pub fn number(row: &Row, column: usize) -> i64 {
    match row.get_ref(column) {
        Ok(ValueRef::Integer(number)) => number,
        Ok(ValueRef::Text(bytes)) => {
            std::str::from_utf8(bytes).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0)
        }
        _ => 0,
    }
}

/// The bytes of a column; empty if it has none.
pub fn bytes(row: &Row, column: usize) -> Vec<u8> {
    match row.get_ref(column) {
        Ok(ValueRef::Blob(bytes) | ValueRef::Text(bytes)) => bytes.to_vec(),
        _ => Vec::new(),
    }
}
