//! The learner's data in SQLite: the only room that knows SQL.

mod error;
pub mod lines;
mod rows;

use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Transaction, params};
use uuid::Uuid;

use crate::domain::journal::{Deed, Event};

pub use error::StoreError;

/// The schema that this version writes (SQLite's `user_version`).
pub const SCHEMA: i64 = 1;
/// Tells our files from other programs' (SQLite's `application_id`): "bdex".
const APPLICATION: i64 = 0x6264_6578;
/// How long a write waits for another process's, in milliseconds.
const PATIENCE_MS: u64 = 10_000;
const FILE: &str = "journal.db";

/// The journal of one learner on one device.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    device: String,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    pub new: usize,
    /// Already there, and equal.
    pub known: usize,
    /// Events of which two different lines exist: the smaller one stays.
    pub conflicts: Vec<Uuid>,
}

/// A deed that can be taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct LastDeed {
    pub events: Vec<Event>,
}

impl Store {
    /// Where the store of a home folder is.
    pub fn path_in(home: &Path) -> PathBuf {
        home.join(FILE)
    }

    /// Opens the store of a home folder; makes both where they are missing.
    pub fn open(home: &Path) -> Result<Store, StoreError> {
        let path = Store::path_in(home);
        prepare(home, &path)?;
        let failed = |source| StoreError::of(&path, source);
        let mut connection = open_ours(&path)?;
        settle(&connection).map_err(failed)?;
        create(&mut connection).map_err(failed)?;
        let device = device(&connection).map_err(failed)?;
        Ok(Store { connection, path, device })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name under which this device records.
    pub fn device(&self) -> &str {
        &self.device
    }

    fn failed(&self, source: rusqlite::Error) -> StoreError {
        StoreError::of(&self.path, source)
    }

    /// All events in the order of recording.
    pub fn events(&self) -> Result<Vec<Event>, StoreError> {
        rows::all(&self.connection).map_err(|e| self.failed(e))
    }

    /// Whether nothing was ever recorded.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        let any = self.connection.query_row("SELECT 1 FROM journal LIMIT 1", [], |_| Ok(())).optional();
        any.map(|row| row.is_none()).map_err(|e| self.failed(e))
    }

    /// Records the events of one deed, all or none. They are on disk when this returns.
    pub fn record(&mut self, events: &[Event]) -> Result<(), StoreError> {
        let done = (|| {
            let transaction =
                self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let batch = next_seq(&transaction)?;
            for event in events {
                rows::insert(&transaction, event, Some(batch))?;
            }
            transaction.commit()
        })();
        done.map_err(|e| self.failed(e))
    }

    /// Adds events from elsewhere: a union by id, which can be repeated and comes in any order.
    pub fn import(&mut self, events: &[Event]) -> Result<Imported, StoreError> {
        let done = (|| {
            let transaction =
                self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let mut imported = Imported::default();
            for event in events {
                import_one(&transaction, event, &mut imported)?;
            }
            transaction.commit()?;
            Ok(imported)
        })();
        done.map_err(|e| self.failed(e))
    }

    /// The last deed recorded here that still stands and is no retraction.
    pub fn last_deed(&self) -> Result<Option<LastDeed>, StoreError> {
        let done = (|| {
            let retracted: HashSet<Uuid> = rows::retracted(&self.connection)?;
            let Some(batch) = rows::last_batch(&self.connection, &retracted, &self.device)? else {
                return Ok(None);
            };
            let mut events = rows::of_batch(&self.connection, batch)?;
            events.retain(|e| !retracted.contains(&e.id) && !matches!(e.deed, Deed::Retracted { .. }));
            Ok(Some(LastDeed { events }))
        })();
        done.map_err(|e| self.failed(e))
    }

    /// What SQLite finds wrong with the file; empty where it is sound.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let lines = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare("PRAGMA integrity_check(20)")?;
            statement.query_map([], |row| row.get(0))?.collect()
        };
        let mut lines = lines().map_err(|e| self.failed(e))?;
        lines.retain(|line| line != "ok");
        Ok(lines)
    }
}

/// Makes the folder and an empty file, readable by their owner only.
fn prepare(home: &Path, path: &Path) -> Result<(), StoreError> {
    let failed = |source| StoreError::Home { path: home.to_owned(), source };
    if home.exists() && !home.is_dir() {
        return Err(StoreError::HomeIsFile(home.to_owned()));
    }
    if !home.exists() {
        fs::create_dir_all(home).map_err(failed)?;
        restrict(home, 0o700).map_err(failed)?;
    }
    if path.symlink_metadata().is_ok_and(|m| !m.is_file()) {
        return Err(StoreError::NotAFile(path.to_owned()));
    }
    if !path.exists() {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            other => drop(other.map_err(failed)?),
        }
    }
    Ok(())
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn restrict(_: &Path, _: u32) -> std::io::Result<()> {
    Ok(())
}

/// Opens the file once it is known to be ours. Until then nothing is written: neither to it, nor is the log
/// that may wait beside it written back.
fn open_ours(path: &Path) -> Result<Connection, StoreError> {
    let failed = |source| StoreError::of(path, source);
    if fs::metadata(path).is_ok_and(|m| m.len() > 0) {
        let looked = open_untouched(path).map_err(failed).and_then(|c| check_is_ours(&c, path));
        // What looks damaged may be another process writing at this moment: the lock below will tell.
        if let Err(refused @ (StoreError::Foreign(_) | StoreError::Newer { .. })) = looked {
            return Err(refused);
        }
    }
    let traces = ["-shm", "-wal"].map(|end| beside(path, end)).map(|trace| (trace.exists(), trace));
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(Duration::from_millis(PATIENCE_MS)).map_err(failed)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(failed)?;
    if let Err(refused) = check_is_ours(&connection, path) {
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

/// Opens the file as it stands, without its log and without any trace.
fn open_untouched(path: &Path) -> rusqlite::Result<Connection> {
    let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)
}

/// A file that SQLite keeps beside the store.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// Refuses another program's file and one of a newer version, before anything is written to it.
fn check_is_ours(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    // One statement, so that all three are of one moment: another process may be laying the file out.
    let query = "SELECT (SELECT application_id FROM pragma_application_id),
        (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)";
    let three = connection.query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let (application, version, tables): (i64, i64, i64) = three.map_err(|e| StoreError::of(path, e))?;
    if tables > 0 && application != APPLICATION {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    if version > SCHEMA {
        return Err(StoreError::Newer { path: path.to_owned(), version });
    }
    Ok(())
}

/// Write-ahead log, full synchronous: what is committed survives a power cut.
fn settle(connection: &Connection) -> rusqlite::Result<()> {
    keep_a_log(connection)?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "trusted_schema", false)
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

/// Lays out an empty file. Two processes may try at once: one waits and finds it done.
fn create(connection: &mut Connection) -> rusqlite::Result<()> {
    let version = |c: &Connection| c.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0));
    if version(connection)? == SCHEMA {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    if version(&transaction)? == 0 {
        transaction.execute_batch(include_str!("schema.sql"))?;
        let device = Uuid::now_v7().simple().to_string();
        let random_part = &device[device.len() - 12..];
        transaction.execute("INSERT INTO store (key, value) VALUES ('device', ?1)", params![random_part])?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", SCHEMA)?;
    }
    transaction.commit()
}

fn device(connection: &Connection) -> rusqlite::Result<String> {
    connection.query_row("SELECT value FROM store WHERE key = 'device'", [], |row| row.get(0))
}

fn next_seq(transaction: &Transaction) -> rusqlite::Result<i64> {
    transaction.query_row("SELECT coalesce(max(seq), 0) + 1 FROM journal", [], |row| row.get(0))
}

fn import_one(transaction: &Transaction, event: &Event, imported: &mut Imported) -> rusqlite::Result<()> {
    let Some((seq, existing)) = rows::with_id(transaction, event.id)? else {
        imported.new += 1;
        return rows::insert(transaction, event, None);
    };
    let (old, new) = (lines::write(&existing), lines::write(event));
    if old == new {
        imported.known += 1;
        return Ok(());
    }
    imported.conflicts.push(event.id);
    if new < old { rows::replace(transaction, seq, event) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
