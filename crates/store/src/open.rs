//! Opens a store: checks that the file is ours and intact as far as its header tells, and upgrades its schema.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use uuid::Uuid;

use badgedex_files::private;

use super::error::is_disk_full;
use super::{SCHEMA_VERSION, StoreError, permissions, rows};

/// Tells our files from other programs' (SQLite's `application_id`): "bdex".
pub const APPLICATION_ID: u32 = 0x6264_6578;
/// The key of the schema's version in the table `store`: it must be the header's.
const SCHEMA_KEY: &str = "schema";
/// How long a write waits for another process, in milliseconds.
const BUSY_TIMEOUT_MS: u64 = 10_000;
/// The size of a SQLite file's header in bytes, and the offsets of two numbers in it
/// (<https://www.sqlite.org/fileformat2.html#the_database_header>).
const HEADER_BYTES: usize = 100;
const USER_VERSION_OFFSET: usize = 60;
const APPLICATION_ID_OFFSET: usize = 68;

/// Whether the store exists.
///
/// # Errors
///
/// Returns an error if the file, or a log next to it, is not the learner's own file.
pub fn exists(path: &Path) -> Result<bool, StoreError> {
    for suffix in ["-wal", "-shm"] {
        permissions::check_file(&with_suffix(path, suffix))?;
    }
    permissions::check_file(path)
}

/// Whether both the file and the log next to it are empty or missing.
pub fn is_empty(path: &Path) -> bool {
    let length = |path: &Path| fs::metadata(path).map_or(0, |metadata| metadata.len());
    length(path) == 0 && length(&with_suffix(path, "-wal")) == 0
}

/// Creates the empty file, accessible to its owner only.
///
/// # Errors
///
/// Returns an error if the file cannot be created. An existing file is not an error.
pub fn create_file(path: &Path) -> Result<(), StoreError> {
    match private::new_file().open(path) {
        // Another process was faster.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        created => created.map(drop).map_err(|source| StoreError::Home { path: path.to_owned(), source }),
    }
}

/// Opens the file once it is known to be ours. Until then nothing is written: the file is not changed, and
/// a log that waits next to it is not written back.
///
/// # Errors
///
/// Returns an error if the file is damaged, another program's, or of a newer schema.
pub fn open_ours(path: &Path) -> Result<Connection, StoreError> {
    let failed = |source| StoreError::of(path, source);
    let is_ours = check_header(path)?;
    let traces = ["-shm", "-wal"].map(|suffix| with_suffix(path, suffix)).map(|t| (t.exists(), t));
    let mut connection = connect(path).map_err(failed)?;
    if rows::schema_version(&connection).is_err_and(|e| is_disk_full(&e)) {
        // A full disk has no room even for the index of the log. A single process can hold that index in
        // memory, so that the journal can be read.
        connection = connect(path).map_err(failed)?;
        connection.pragma_update(None, "locking_mode", "exclusive").map_err(failed)?;
    }
    // The header is right unless the log changes it; then the version is different.
    if is_ours && rows::schema_version(&connection).is_ok_and(|version| version == SCHEMA_VERSION) {
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(failed)?;
        return Ok(connection);
    }
    if let Err(refused) = check_ours(&connection, path) {
        drop(connection);
        // A log that is new and not empty belongs to another process, and so does its index.
        let is_log_foreign = !traces[1].0 && fs::metadata(&traces[1].1).is_ok_and(|m| m.len() > 0);
        for (_, trace) in traces.iter().filter(|(was_there, _)| !was_there && !is_log_foreign) {
            // We created it by looking. If it stays, the next program replaces it.
            let _ = fs::remove_file(trace);
        }
        return Err(refused);
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(failed)?;
    Ok(connection)
}

/// A connection that does not write the log back when it closes, until the file is known to be ours.
fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_millis(BUSY_TIMEOUT_MS))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(connection)
}

/// Reads the header without SQLite, so that a file of another program or of a newer version is not even
/// opened. Returns whether the file is certainly ours.
fn check_header(path: &Path) -> Result<bool, StoreError> {
    let mut header = Vec::with_capacity(HEADER_BYTES);
    let read = File::open(path).and_then(|file| file.take(HEADER_BYTES as u64).read_to_end(&mut header));
    read.map_err(|source| StoreError::Home { path: path.to_owned(), source })?;
    let number = |at: usize| header.get(at..at + 4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]));
    match (number(APPLICATION_ID_OFFSET), number(USER_VERSION_OFFSET)) {
        (Some(APPLICATION_ID), Some(version)) if i64::from(version) > SCHEMA_VERSION => {
            let inside = open_untouched(path).and_then(|connection| schema_inside(&connection));
            match inside.is_ok_and(|inside| is_one_bit_from(inside, i64::from(version))) {
                true => Err(header_damaged(path, i64::from(version))),
                false => Err(StoreError::Newer { path: path.to_owned(), version: i64::from(version) }),
            }
        }
        (Some(APPLICATION_ID), _) => Ok(true),
        // Empty, or cut short: SQLite will report it.
        (None, _) => Ok(false),
        // No application id, or another one: the tables decide. Looking at them leaves no trace.
        (Some(_), _) => {
            let connection = open_untouched(path).map_err(|e| StoreError::of(path, e));
            match connection.and_then(|connection| check_ours(&connection, path)) {
                Err(refused @ (StoreError::Foreign(_) | StoreError::Newer { .. })) => Err(refused),
                // What looks damaged may be another process that is writing: its lock will tell.
                _ => Ok(false),
            }
        }
    }
}

/// Opens the file read-only, without its log and without leaving a trace.
fn open_untouched(path: &Path) -> rusqlite::Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(format!("file:{}?immutable=1", uri_path(path)), flags)
}

/// A path as a part of a URI. Bytes that are not UTF-8 are escaped like any other.
fn uri_path(path: &Path) -> String {
    let escaped = |byte: &u8| match byte {
        b'/' | b'-' | b'.' | b'_' | b'~' => char::from(*byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
        byte => format!("%{byte:02x}"),
    };
    path.as_os_str().as_encoded_bytes().iter().map(escaped).collect()
}

/// The path of a file that SQLite keeps next to the store, such as `journal.db-wal`.
pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Refuses another program's file and one of a newer schema.
fn check_ours(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    // One statement, so that all three values are of one moment: another process may be creating the tables.
    let query = "SELECT (SELECT application_id FROM pragma_application_id),
        (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)";
    let values = connection.query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let (application_id, version, tables): (i64, i64, i64) = values.map_err(|e| StoreError::of(path, e))?;
    // Two bits of a header do not flip by themselves: another program's file is not taken for a damaged one.
    let inside = || schema_inside(connection).ok();
    if tables > 0 && application_id != i64::from(APPLICATION_ID) {
        let is_flipped = is_one_bit_from(application_id, i64::from(APPLICATION_ID)) && inside().is_some();
        return Err(match is_flipped {
            true => header_damaged(path, version),
            false => StoreError::Foreign(path.to_owned()),
        });
    }
    if version != SCHEMA_VERSION && inside().is_some_and(|inside| is_one_bit_from(inside, version)) {
        return Err(header_damaged(path, version));
    }
    if version > SCHEMA_VERSION {
        return Err(StoreError::Newer { path: path.to_owned(), version });
    }
    Ok(())
}

/// The schema that the store itself names. Schemas 1 and 2 do not.
fn schema_inside(connection: &Connection) -> rusqlite::Result<i64> {
    rows::store_value(connection, SCHEMA_KEY).map(|version| version.parse().unwrap_or_default())
}

fn is_one_bit_from(one: i64, other: i64) -> bool {
    (one ^ other).count_ones() == 1
}

fn header_damaged(path: &Path, version: i64) -> StoreError {
    let reason = format!("its header (schema {version}) does not fit what is in it");
    StoreError::Damaged { path: path.to_owned(), reason }
}

/// Sets the options of a connection: a write-ahead log and full synchronization, so that what is committed
/// survives a power cut.
pub fn configure(connection: &Connection) -> rusqlite::Result<()> {
    enable_write_ahead_log(connection)?;
    connection.pragma_update(None, "synchronous", "full")?;
    // Large sorts stay in memory instead of in a file in a folder that others share.
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false).map(drop)
}

/// Turns the write-ahead log on if it is off. SQLite does not wait for other processes here, so we do.
fn enable_write_ahead_log(connection: &Connection) -> rusqlite::Result<()> {
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode == "wal" {
        return Ok(());
    }
    let deadline = Instant::now() + Duration::from_millis(BUSY_TIMEOUT_MS);
    loop {
        let enabled = connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()));
        let is_busy = enabled.as_ref().is_err_and(|e| e.sqlite_error_code() == Some(ErrorCode::DatabaseBusy));
        if !is_busy || Instant::now() > deadline {
            return enabled;
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// Creates the tables in an empty file, or upgrades an older schema. Two processes may try at once: one
/// waits and finds it done.
pub fn upgrade(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = rows::schema_version(&transaction)?;
    if from == SCHEMA_VERSION {
        return transaction.commit();
    }
    if from == 0 {
        transaction.execute_batch(include_str!("schema.sql"))?;
        rows::set_store_value(&transaction, "device", &new_device())?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    if from == 1 {
        transaction.execute_batch(include_str!("upgrades/2.sql"))?;
    }
    if (1..=2).contains(&from) {
        transaction.execute_batch(include_str!("upgrades/3.sql"))?;
        rows::add_sums(&transaction)?;
    }
    set_new_edition(&transaction)?;
    rows::set_store_value(&transaction, SCHEMA_KEY, &SCHEMA_VERSION.to_string())?;
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    transaction.commit()
}

/// A name for a device: twelve random hexadecimal digits.
pub fn new_device() -> String {
    let mut device = Uuid::now_v7().simple().to_string();
    device.split_off(device.len() - 12)
}

/// Notes that the journal has changed other than by events at its end.
pub fn set_new_edition(connection: &Connection) -> rusqlite::Result<()> {
    rows::set_store_value(connection, "edition", &Uuid::now_v7().simple().to_string())
}
