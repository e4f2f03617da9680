//! Opening a store: it is ours, it is sound as far as its head tells, and it has today's schema.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior, params};
use uuid::Uuid;

use super::error::is_out_of_room;
use super::{SCHEMA, StoreError, doors};

/// Tells our files from other programs' (SQLite's `application_id`): "bdex".
pub const APPLICATION: u32 = 0x6264_6578;
/// How long a write waits for another process's, in milliseconds.
const PATIENCE_MS: u64 = 10_000;
/// SQLite's head of a file, in bytes, and where in it the two numbers stand
/// (<https://www.sqlite.org/fileformat2.html#the_database_header>).
const HEAD: usize = 100;
const USER_VERSION_AT: usize = 60;
const APPLICATION_AT: usize = 68;

/// Whether a store is there; refuses what others may have put in its place.
pub fn is_there(path: &Path) -> Result<bool, StoreError> {
    for end in ["-wal", "-shm"] {
        doors::file(&beside(path, end))?;
    }
    doors::file(path)
}

/// Whether nothing stands in the file, nor in a log that waits beside it.
pub fn is_empty(path: &Path) -> bool {
    let length = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
    length(path) == 0 && length(&beside(path, "-wal")) == 0
}

/// Makes the empty file, readable by its owner only.
pub fn make(path: &Path) -> Result<(), StoreError> {
    match doors::new_file().open(path) {
        // Another process was quicker.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop).map_err(|source| StoreError::Home { path: path.to_owned(), source }),
    }
}

/// Opens the file once it is known to be ours. Until then nothing is written: neither to it, nor is the log
/// that may wait beside it written back.
pub fn open_ours(path: &Path) -> Result<Connection, StoreError> {
    let failed = |source| StoreError::of(path, source);
    let is_ours = look_at_head(path)?;
    let traces = ["-shm", "-wal"].map(|end| beside(path, end)).map(|trace| (trace.exists(), trace));
    let mut connection = connect(path).map_err(failed)?;
    if version(&connection).is_err_and(|e| is_out_of_room(&e)) {
        // On a full disk there is no room even for the index of the log. One process alone can hold that
        // in memory, so that what is there can be read.
        connection = connect(path).map_err(failed)?;
        connection.pragma_update(None, "locking_mode", "exclusive").map_err(failed)?;
    }
    // What the file's head says holds, unless the log says otherwise: then the version is another.
    if is_ours && version(&connection).is_ok_and(|version| version == SCHEMA) {
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(failed)?;
        return Ok(connection);
    }
    if let Err(refused) = version_of_ours(&connection, path) {
        drop(connection);
        // A log that is neither older than us nor empty is another process's, and so is its index.
        let log_is_others = !traces[1].0 && fs::metadata(&traces[1].1).is_ok_and(|m| m.len() > 0);
        for (_, trace) in traces.iter().filter(|(was_there, _)| !was_there && !log_is_others) {
            // Made by looking. Where it stays, the next program makes it anew.
            let _ = fs::remove_file(trace);
        }
        return Err(refused);
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(failed)?;
    Ok(connection)
}

/// A connection that writes no log back until the file is known to be ours.
fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_millis(PATIENCE_MS))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(connection)
}

/// Reads the head of the file itself: another program's, or one of a newer version, is not even opened.
/// Says whether it is surely ours.
fn look_at_head(path: &Path) -> Result<bool, StoreError> {
    let mut head = Vec::with_capacity(HEAD);
    let read = File::open(path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
    read.map_err(|source| StoreError::Home { path: path.to_owned(), source })?;
    let number = |at: usize| head.get(at..at + 4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]));
    match (number(APPLICATION_AT), number(USER_VERSION_AT)) {
        (Some(APPLICATION), Some(version)) if i64::from(version) > SCHEMA => {
            Err(StoreError::Newer { path: path.to_owned(), version: i64::from(version) })
        }
        (Some(APPLICATION), _) => Ok(true),
        // Empty, or cut short: SQLite will say.
        (None, _) => Ok(false),
        // Nameless, or of another: what is in it tells, and looking leaves no trace.
        (Some(_), _) => {
            let looked = open_untouched(path).map_err(|e| StoreError::of(path, e));
            match looked.and_then(|connection| version_of_ours(&connection, path)) {
                Err(refused @ (StoreError::Foreign(_) | StoreError::Newer { .. })) => Err(refused),
                // What looks damaged may be another process writing at this moment: its lock will tell.
                _ => Ok(false),
            }
        }
    }
}

/// Opens the file as it stands, without its log and without any trace.
pub fn open_untouched(path: &Path) -> rusqlite::Result<Connection> {
    let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)
}

/// A file that SQLite keeps beside the store.
pub fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// The schema's version, 0 for an empty file.
pub fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// The same; refuses another program's file and one of a newer version.
pub fn version_of_ours(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    // One statement, so that all three are of one moment: another process may be laying the file out.
    let query = "SELECT (SELECT application_id FROM pragma_application_id),
        (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)";
    let three = connection.query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let (application, version, tables): (i64, i64, i64) = three.map_err(|e| StoreError::of(path, e))?;
    if tables > 0 && application != i64::from(APPLICATION) {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    if version > SCHEMA {
        return Err(StoreError::Newer { path: path.to_owned(), version });
    }
    Ok(version)
}

/// Write-ahead log, full synchronous: what is committed survives a power cut.
pub fn settle(connection: &Connection) -> rusqlite::Result<()> {
    keep_a_log(connection)?;
    connection.pragma_update(None, "synchronous", "full")?;
    // What a sort cannot hold stays in memory: no file of ours in a folder of others.
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false).map(drop)
}

/// Turns the write-ahead log on where it is off. SQLite does not wait for others here, so we do.
fn keep_a_log(connection: &Connection) -> rusqlite::Result<()> {
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode == "wal" {
        return Ok(());
    }
    let deadline = Instant::now() + Duration::from_millis(PATIENCE_MS);
    loop {
        let turned = connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()));
        let busy = turned.as_ref().is_err_and(|e| e.sqlite_error_code() == Some(ErrorCode::DatabaseBusy));
        if !busy || Instant::now() > deadline {
            return turned;
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// Lays out an empty file, or brings an older one to today's schema. Two processes may try at once: one
/// waits and finds it done.
pub fn bring_up(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    match version(&transaction)? {
        0 => {
            transaction.execute_batch(include_str!("schema.sql"))?;
            let device = Uuid::now_v7().simple().to_string();
            let random_part = &device[device.len() - 12..];
            transaction
                .execute("INSERT INTO store (key, value) VALUES ('device', ?1)", params![random_part])?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
        }
        1 => transaction.execute_batch(include_str!("upgrades/2.sql"))?,
        _ => return transaction.commit(),
    }
    new_edition(&transaction)?;
    transaction.pragma_update(None, "user_version", SCHEMA)?;
    transaction.commit()
}

/// Notes that the journal is no longer what it was with more events at its end.
pub fn new_edition(connection: &Connection) -> rusqlite::Result<()> {
    let edition = Uuid::now_v7().simple().to_string();
    let sql = "INSERT INTO store (key, value) VALUES ('edition', ?1)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    connection.prepare_cached(sql)?.execute(params![edition]).map(drop)
}
