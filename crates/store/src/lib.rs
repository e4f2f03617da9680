//! The learner's data in SQLite: the journal of events, the cache next to it, backups, and the recovery of
//! damaged stores. No other crate knows SQL.
//!
//! ```
//! use badgedex_domain::catalog::CredentialId;
//! use badgedex_domain::journal::{Deed, Event};
//! use badgedex_store::Store;
//! use chrono::Utc;
//! # use serde_json::Map;
//! # use uuid::Uuid;
//!
//! let home = tempfile::tempdir()?;
//! let now = Utc::now();
//! let mut store = Store::open(home.path(), now)?;
//! let skipped = Event {
//!     id: Uuid::now_v7(),
//!     at: now.fixed_offset(),
//!     device: store.device().to_owned(),
//!     deed: Deed::Skipped { credential: CredentialId::new("aws-security-specialty") },
//!     extra: Map::new(),
//! };
//! store.record(&[skipped.clone()])?;
//!
//! let reopened = Store::open(home.path(), now)?;
//! assert_eq!(reopened.events()?, [skipped]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![warn(missing_docs)]

pub mod backups;
pub mod cache;
mod checksum;
mod error;
mod import;
mod journal_file;
pub mod jsonl;
pub mod kept_aside;
mod open;
mod permissions;
mod rows;
pub mod salvage;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use uuid::Uuid;

use badgedex_domain::journal::{Deed, Event};
use badgedex_files::private;

use error::reason_of;
use rows::Census;

pub use error::{StoreError, describe_io_error};
pub use import::{Conflict, Import, ImportSummary, Merged};
pub use journal_file::{DamagedLine, JournalFile, JournalFileError, ReadLimits};
pub use permissions::check_dir;
pub use rows::Answer;

/// The schema that this version writes (SQLite's `user_version`).
pub const SCHEMA_VERSION: i64 = 3;
/// The first schema in which every event has a checksum.
const SCHEMA_WITH_SUMS: i64 = 3;
/// A check names at most this many events.
const MAX_PROBLEMS: usize = 20;
const INDEXES_DIFFER: &str = "events are missing, or its indexes do not fit";
const FILE: &str = "journal.db";
const RESTORING_FILE: &str = "journal-restoring.db";

/// The journal of one learner on one device.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    /// The file that was opened; its name may be another file's by now.
    identity: Option<private::Identity>,
    device: String,
}

/// The last event of a journal. As long as it is the same, so is everything that is derived from the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalHead {
    /// Changes when the journal changes other than by events at its end.
    pub edition: String,
    /// The last event's position in the order of recording; 0 if the journal is empty.
    pub seq: i64,
    /// The last event's id; `None` if the journal is empty.
    pub last: Option<Uuid>,
}

/// A deed that can be undone.
#[derive(Debug, Clone, PartialEq)]
pub struct LastDeed {
    /// Its events, in the order of recording.
    pub events: Vec<Event>,
}

impl Store {
    /// The path of the store in a home folder.
    pub fn path_in(home: &Path) -> PathBuf {
        home.join(FILE)
    }

    /// Opens the store of a home folder, and creates both if they are missing. A store of an older schema is
    /// backed up, with `now` in the backup's name, and upgraded.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder or file cannot be used, is damaged, or is not the learner's own; and if
    /// the store is missing although there are backups or a damaged store that was set aside.
    pub fn open(home: &Path, now: DateTime<Utc>) -> Result<Store, StoreError> {
        permissions::ensure_dir(home)?;
        let path = Store::path_in(home);
        let exists = open::exists(&path)?;
        if !exists || open::is_empty(&path) {
            salvage::refuse_to_start_over(home)?;
        }
        if !exists {
            open::create_file(&path)?;
        }
        let store = match Store::open_file(&path) {
            // Another process has just set it aside.
            Err(error) if !path.exists() => return salvage::refuse_to_start_over(home).and(Err(error)),
            opened => opened?,
        };
        match store.schema_version()? {
            SCHEMA_VERSION => store.with_device(),
            0 => store.upgraded(),
            _ => {
                backups::make(home, now, backups::BackupReason::Upgrade, &store)?;
                store.upgraded()
            }
        }
    }

    /// Opens the file itself, whatever its schema.
    fn open_file(path: &Path) -> Result<Store, StoreError> {
        let identity = private::identity(path);
        let connection = open::open_ours(path)?;
        open::configure(&connection).map_err(|e| StoreError::of(path, e))?;
        Ok(Store { connection, path: path.to_owned(), identity, device: String::new() })
    }

    /// Refuses to go on if there was no room for the index that several connections share: a second connection,
    /// such as a backup during an import needs, would wait in vain.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no room left.
    pub fn check_can_be_shared(&self) -> Result<(), StoreError> {
        let mode: rusqlite::Result<String> =
            self.connection.pragma_query_value(None, "locking_mode", |row| row.get(0));
        match mode.map_err(|e| StoreError::of(&self.path, e))?.as_str() {
            "exclusive" => Err(StoreError::Full(self.path.clone())),
            _ => Ok(()),
        }
    }

    /// Whether the file that was opened is still the store of its home folder: another process may have set it
    /// aside, and a restore may have put another one in its place.
    pub fn is_in_place(&self) -> bool {
        private::identity(&self.path) == self.identity
    }

    /// Opens the store that has taken the place of this one.
    ///
    /// # Errors
    ///
    /// Returns an error if there is none, or it cannot be opened.
    pub fn open_successor(&self, now: DateTime<Utc>) -> Result<Store, StoreError> {
        let home = self.path.parent().unwrap_or(Path::new("."));
        if !home.exists() {
            return Err(StoreError::Gone(home.to_owned()));
        }
        if !open::exists(&self.path)? {
            salvage::refuse_to_start_over(home)?;
            return Err(StoreError::Gone(self.path.clone()));
        }
        Store::open(home, now)
    }

    /// Creates a store that will replace one that was set aside. It has another name until it is complete.
    ///
    /// # Errors
    ///
    /// Returns an error if the store cannot be created.
    pub fn begin_restore(home: &Path) -> Result<Store, StoreError> {
        permissions::ensure_dir(home)?;
        let path = home.join(RESTORING_FILE);
        for suffix in ["", "-wal", "-shm"] {
            // Left over from a restore that was interrupted.
            let _ = std::fs::remove_file(open::with_suffix(&path, suffix));
        }
        open::create_file(&path)?;
        Store::open_file(&path)?.upgraded()
    }

    /// Gives a restored store its final name.
    ///
    /// # Errors
    ///
    /// Returns an error if its log cannot be written back or the file cannot be renamed.
    pub fn finish_restore(self, home: &Path) -> Result<(), StoreError> {
        let path = self.path.clone();
        let written = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        written.map_err(|source| self.error(source))?;
        drop(self);
        let to = Store::path_in(home);
        std::fs::rename(&path, &to).map_err(|source| StoreError::Home { path: to, source })
    }

    fn schema_version(&self) -> Result<i64, StoreError> {
        rows::schema_version(&self.connection).map_err(|e| self.error(e))
    }

    fn upgraded(mut self) -> Result<Store, StoreError> {
        open::upgrade(&mut self.connection).map_err(|e| StoreError::of(&self.path, e))?;
        self.with_device()
    }

    /// Reads the name of the device.
    fn with_device(mut self) -> Result<Store, StoreError> {
        self.device = rows::store_value(&self.connection, "device").map_err(|e| self.error(e))?;
        Ok(self)
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name under which this device records.
    pub fn device(&self) -> &str {
        &self.device
    }

    /// Reads the name of the device again: another process may have changed it.
    ///
    /// # Errors
    ///
    /// Returns an error if the store cannot be read.
    pub fn reread_device(&mut self) -> Result<(), StoreError> {
        self.device = rows::store_value(&self.connection, "device").map_err(|e| self.error(e))?;
        Ok(())
    }

    /// Gives the device a new name, under which it records from now on. Its events keep the name that they have.
    ///
    /// # Errors
    ///
    /// Returns an error if the store cannot be written.
    pub fn rename_device(&mut self) -> Result<(), StoreError> {
        let device = open::new_device();
        rows::set_store_value(&self.connection, "device", &device).map_err(|e| self.error(e))?;
        self.device = device;
        Ok(())
    }

    fn damaged(&self, reason: &str) -> StoreError {
        StoreError::Damaged { path: self.path.clone(), reason: reason.to_owned() }
    }

    fn error(&self, source: rusqlite::Error) -> StoreError {
        StoreError::of(&self.path, source)
    }

    /// The last event of the journal as it is now.
    ///
    /// # Errors
    ///
    /// Returns an error if the store cannot be read.
    pub fn head(&self) -> Result<JournalHead, StoreError> {
        rows::head(&self.connection).map_err(|e| self.error(e))
    }

    /// All events in the order of recording. For journals that may be long use [`Store::each_event`].
    ///
    /// # Errors
    ///
    /// Returns an error if an event cannot be read.
    pub fn events(&self) -> Result<Vec<Event>, StoreError> {
        let mut events = Vec::new();
        self.each_event(|event| {
            events.push(event);
            Ok::<(), StoreError>(())
        })?;
        Ok(events)
    }

    /// Visits all events in the order of recording. Each was compared with its checksum, and at the end the
    /// events are compared with the indexes, so that none is missing.
    ///
    /// # Errors
    ///
    /// Returns an error if an event cannot be read or is not what it was, or the first error of the visitor.
    pub fn each_event<E: From<StoreError>>(
        &self,
        mut visit: impl FnMut(Event) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |e| self.error(e);
        // Events and indexes as of one moment.
        let snapshot = self.connection.unchecked_transaction().map_err(failed)?;
        let mut census = Census::default();
        {
            let mut statement = rows::all(&snapshot).map_err(failed)?;
            let mut rows = statement.query([]).map_err(failed)?;
            while let Some(row) = rows.next().map_err(failed)? {
                let event = rows::event(row).map_err(failed)?;
                census.add(rows::seq(row).map_err(failed)?, &event);
                visit(event)?;
            }
        }
        if census != Census::of_indexes(&snapshot).map_err(failed)? {
            return Err(self.damaged(INDEXES_DIFFER).into());
        }
        Ok(())
    }

    /// The events other than answers, in the order of recording. There are few.
    ///
    /// # Errors
    ///
    /// Returns an error if an event cannot be read.
    pub fn deeds(&self) -> Result<Vec<Event>, StoreError> {
        rows::deeds(&self.connection).map_err(|e| self.error(e))
    }

    /// The answers that were given in mock exams, in the order of recording.
    ///
    /// # Errors
    ///
    /// Returns an error if an answer cannot be read.
    pub fn exam_answers(&self) -> Result<Vec<Event>, StoreError> {
        rows::exam_answers(&self.connection).map_err(|e| self.error(e))
    }

    /// Visits the answers after a position in the order of recording, until the visitor returns `false`.
    ///
    /// # Errors
    ///
    /// Returns an error if an answer cannot be read.
    pub fn each_answer(&self, after: i64, visit: impl FnMut(Answer<'_>) -> bool) -> Result<(), StoreError> {
        let read = (|| {
            // Answers and indexes as of one moment.
            let snapshot = self.connection.unchecked_transaction()?;
            let read = rows::each_answer(&snapshot, after, visit)?;
            match read {
                Some(answers) if after == 0 => Ok(answers == rows::indexed_answers(&snapshot)?),
                Some(_) | None => Ok(true),
            }
        })();
        match read.map_err(|e| self.error(e))? {
            true => Ok(()),
            false => Err(self.damaged("answers are missing")),
        }
    }

    /// The position of an event in the order of recording; `None` if there is no such event.
    ///
    /// # Errors
    ///
    /// Returns an error if the store cannot be read.
    pub fn seq_of(&self, event: Uuid) -> Result<Option<i64>, StoreError> {
        rows::seq_of(&self.connection, event).map_err(|e| self.error(e))
    }

    /// The line of an event; `None` if there is no such event.
    ///
    /// # Errors
    ///
    /// Returns an error if the event cannot be read.
    pub fn line_of(&self, event: Uuid) -> Result<Option<String>, StoreError> {
        let found = rows::with_id(&self.connection, event).map_err(|e| self.error(e))?;
        Ok(found.map(|(_, event)| jsonl::write(&event)))
    }

    /// The ids of the events that were undone by events after a position.
    ///
    /// # Errors
    ///
    /// Returns an error if a retraction cannot be read.
    pub fn retracted_since(&self, seq: i64) -> Result<Vec<Uuid>, StoreError> {
        rows::retracted_since(&self.connection, seq).map_err(|e| self.error(e))
    }

    /// The number of events.
    ///
    /// # Errors
    ///
    /// Returns an error if the store cannot be read.
    pub fn count(&self) -> Result<usize, StoreError> {
        let count: i64 = self
            .connection
            .query_row("SELECT count(*) FROM journal", [], |row| row.get(0))
            .map_err(|e| self.error(e))?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// Whether nothing was ever recorded.
    ///
    /// # Errors
    ///
    /// Returns an error if the store cannot be read.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        let any = self.connection.query_row("SELECT 1 FROM journal LIMIT 1", [], |_| Ok(())).optional();
        any.map(|row| row.is_none()).map_err(|e| self.error(e))
    }

    /// Records the events of one deed, all or none. They are on disk when this returns.
    ///
    /// # Errors
    ///
    /// Returns an error if the store cannot be written; then none of the events was recorded.
    pub fn record(&mut self, events: &[Event]) -> Result<(), StoreError> {
        let done = (|| {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let batch = next_seq(&transaction)?;
            for (event, seq) in events.iter().zip(batch..) {
                rows::insert(&transaction, event, seq, batch)?;
            }
            transaction.commit()
        })();
        done.map_err(|e| self.error(e))
    }

    /// Begins to add events from elsewhere: a union by id, which can be repeated and accepts any order.
    ///
    /// # Errors
    ///
    /// Returns an error if the store cannot be written.
    pub fn begin_import(&mut self) -> Result<Import<'_>, StoreError> {
        Import::begin(&mut self.connection, &self.path)
    }

    /// The last deed that was recorded on this device, else on any, that was not undone and is not an undo;
    /// `None` if there is none.
    ///
    /// # Errors
    ///
    /// Returns an error if the store cannot be read.
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
        done.map_err(|e| self.error(e))
    }

    /// What is wrong with the file and its content, a line each; empty if nothing is.
    ///
    /// # Errors
    ///
    /// Returns an error if the check cannot run.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let lines = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare("PRAGMA integrity_check(20)")?;
            statement.query_map([], |row| row.get(0))?.collect()
        };
        let mut lines = lines().map_err(|e| self.error(e))?;
        lines.retain(|line| line != "ok");
        if lines.is_empty() {
            lines = self.check_events().unwrap_or_else(|error| vec![reason_of(&error)]);
        }
        Ok(lines)
    }

    /// What is wrong with the events, a line each.
    fn check_events(&self) -> rusqlite::Result<Vec<String>> {
        let snapshot = self.connection.unchecked_transaction()?;
        let (mut problems, mut more, mut census) = (Vec::new(), 0, Census::default());
        let mut statement = rows::all(&snapshot)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            match rows::event(row) {
                Ok(event) => census.add(rows::seq(row)?, &event),
                Err(error) if problems.len() < MAX_PROBLEMS => problems.push(reason_of(&error)),
                Err(_) => more += 1,
            }
        }
        if more > 0 {
            problems.push(format!("and {more} more"));
        }
        if problems.is_empty() && census != Census::of_indexes(&snapshot)? {
            problems.push(INDEXES_DIFFER.to_owned());
        }
        Ok(problems)
    }
}

impl Drop for Store {
    /// SQLite writes the log back when it closes, and removes it by its name. If that name is the log of
    /// another store by now, it must stay.
    fn drop(&mut self) {
        if !self.is_in_place() {
            // If it cannot be set, the log is removed: nothing more can be done here.
            let _ = self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        }
    }
}

fn next_seq(transaction: &Transaction) -> rusqlite::Result<i64> {
    transaction.query_row("SELECT coalesce(max(seq), 0) + 1 FROM journal", [], |row| row.get(0))
}

#[cfg(test)]
mod tests;
