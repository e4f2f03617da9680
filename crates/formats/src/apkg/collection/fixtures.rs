//! Collections for tests, laid out by statements.

use rusqlite::Connection;
use tempfile::NamedTempFile;

/// A database with what the statements put into it.
pub fn file(sql: &str) -> NamedTempFile {
    let file = NamedTempFile::new().expect("a file");
    let connection = Connection::open(file.path()).expect("a database");
    // Nobody misses it after a crash.
    let quick = "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;";
    connection.execute_batch(&format!("{quick} BEGIN; {sql} COMMIT;")).expect("it is laid out");
    connection.close().expect("it is closed");
    file
}

/// The bytes of such a database.
pub fn bytes(sql: &str) -> Vec<u8> {
    std::fs::read(file(sql).path()).expect("it is read")
}
