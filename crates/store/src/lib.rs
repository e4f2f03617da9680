//! The learner's data in SQLite: the only room that knows SQL.

pub mod backups;
mod doors;
mod error;
mod importing;
pub mod lines;
mod opening;
mod reading;
pub mod ready;
mod rows;
pub mod salvage;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use uuid::Uuid;

use badgedex_domain::journal::{Deed, Event};

pub use error::{StoreError, said};
pub use importing::{Imported, Importing};
pub use reading::{BadJournal, Damaged, JournalFile, Line};
pub use rows::Answer;

/// The schema that this version writes (SQLite's `user_version`).
pub const SCHEMA: i64 = 2;
const FILE: &str = "journal.db";
const RESTORING: &str = "journal-restoring.db";

/// The journal of one learner on one device.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    device: String,
}

/// Up to where a journal goes. As long as it is the same, so is everything that follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Changes when the journal does otherwise than by events at its end.
    pub edition: String,
    /// The last event's place in the order of recording; 0 where there is none.
    pub seq: i64,
    pub last: Option<Uuid>,
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

    /// Opens the store of a home folder; makes both where they are missing. One of an older schema is
    /// backed up, with `now` in the backup's name, and brought up to date.
    pub fn open(home: &Path, now: DateTime<Utc>) -> Result<Store, StoreError> {
        doors::folder(home)?;
        let path = Store::path_in(home);
        let is_there = opening::is_there(&path)?;
        if !is_there || opening::is_empty(&path) {
            salvage::refuse_to_begin_anew(home)?;
        }
        if !is_there {
            opening::make(&path)?;
        }
        let store = match Store::open_file(&path) {
            // Another process has set it aside at this moment.
            Err(error) if !path.exists() => return salvage::refuse_to_begin_anew(home).and(Err(error)),
            opened => opened?,
        };
        match store.version()? {
            SCHEMA => store.named(),
            0 => store.brought_up(),
            _ => {
                backups::make(home, now, backups::Why::Upgrade, &store)?;
                store.brought_up()
            }
        }
    }

    /// Opens the file itself, of whatever schema.
    fn open_file(path: &Path) -> Result<Store, StoreError> {
        let connection = opening::open_ours(path)?;
        opening::settle(&connection).map_err(|e| StoreError::of(path, e))?;
        Ok(Store { connection, path: path.to_owned(), device: String::new() })
    }

    /// Begins a store that will take the place of one that was set aside: until it is whole it has
    /// another name.
    pub fn to_be_restored(home: &Path) -> Result<Store, StoreError> {
        doors::folder(home)?;
        let path = home.join(RESTORING);
        for end in ["", "-wal", "-shm"] {
            // Left behind by a restore that was cut short.
            let _ = std::fs::remove_file(opening::beside(&path, end));
        }
        opening::make(&path)?;
        Store::open_file(&path)?.brought_up()
    }

    /// Gives a restored store its name.
    pub fn put_in_place(self, home: &Path) -> Result<(), StoreError> {
        let Store { connection, path, .. } = self;
        let failed = |source| StoreError::of(&path, source);
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(failed)?;
        connection.close().map_err(|(_, source)| failed(source))?;
        let to = Store::path_in(home);
        std::fs::rename(&path, &to).map_err(|source| StoreError::Home { path: to, source })
    }

    fn version(&self) -> Result<i64, StoreError> {
        opening::version(&self.connection).map_err(|e| self.failed(e))
    }

    fn brought_up(mut self) -> Result<Store, StoreError> {
        opening::bring_up(&mut self.connection).map_err(|e| StoreError::of(&self.path, e))?;
        self.named()
    }

    /// With the name of its device.
    fn named(mut self) -> Result<Store, StoreError> {
        self.device = rows::fact(&self.connection, "device").map_err(|e| self.failed(e))?;
        Ok(self)
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

    /// Up to where the journal goes now.
    pub fn head(&self) -> Result<Head, StoreError> {
        rows::head(&self.connection).map_err(|e| self.failed(e))
    }

    /// All events in the order of recording. For journals that may be long see [`Store::each_event`].
    pub fn events(&self) -> Result<Vec<Event>, StoreError> {
        let mut events = Vec::new();
        self.each_event(|event| {
            events.push(event);
            Ok::<(), StoreError>(())
        })?;
        Ok(events)
    }

    /// Visits all events in the order of recording.
    pub fn each_event<E: From<StoreError>>(
        &self,
        mut visit: impl FnMut(Event) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |e| self.failed(e);
        let mut statement = rows::all(&self.connection).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            visit(rows::event(row).map_err(failed)?)?;
        }
        Ok(())
    }

    /// The events that are no answers, in the order of recording: there are few.
    pub fn deeds(&self) -> Result<Vec<Event>, StoreError> {
        rows::deeds(&self.connection).map_err(|e| self.failed(e))
    }

    /// Visits the answers that were recorded after a place, in the order of recording. The visitor says
    /// whether to go on.
    pub fn each_answer(&self, after: i64, visit: impl FnMut(Answer<'_>) -> bool) -> Result<(), StoreError> {
        rows::each_answer(&self.connection, after, visit).map_err(|e| self.failed(e))
    }

    /// The place of an event in the order of recording.
    pub fn place_of(&self, event: Uuid) -> Result<Option<i64>, StoreError> {
        rows::place_of(&self.connection, event).map_err(|e| self.failed(e))
    }

    /// The events that were taken back by what was recorded after a place.
    pub fn retracted_since(&self, seq: i64) -> Result<Vec<Uuid>, StoreError> {
        rows::retracted_since(&self.connection, seq).map_err(|e| self.failed(e))
    }

    /// How many events there are.
    pub fn count(&self) -> Result<usize, StoreError> {
        let count: rusqlite::Result<i64> =
            self.connection.query_row("SELECT count(*) FROM journal", [], |row| row.get(0));
        count.map(|count| usize::try_from(count).unwrap_or_default()).map_err(|e| self.failed(e))
    }

    /// Whether nothing was ever recorded.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        let any = self.connection.query_row("SELECT 1 FROM journal LIMIT 1", [], |_| Ok(())).optional();
        any.map(|row| row.is_none()).map_err(|e| self.failed(e))
    }

    /// Records the events of one deed, all or none. They are on disk when this returns.
    pub fn record(&mut self, events: &[Event]) -> Result<(), StoreError> {
        let done = (|| {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let batch = next_seq(&transaction)?;
            for (event, seq) in events.iter().zip(batch..) {
                rows::insert(&transaction, event, seq, batch)?;
            }
            transaction.commit()
        })();
        done.map_err(|e| self.failed(e))
    }

    /// Begins to add events from elsewhere: a union by id, which can be repeated and comes in any order.
    pub fn importing(&mut self) -> Result<Importing<'_>, StoreError> {
        Importing::begin(&mut self.connection, &self.path)
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

    /// What is wrong with the file and with what stands in it; empty where it is sound.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let lines = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare("PRAGMA integrity_check(20)")?;
            statement.query_map([], |row| row.get(0))?.collect()
        };
        let mut lines = lines().map_err(|e| self.failed(e))?;
        lines.retain(|line| line != "ok");
        if lines.is_empty()
            && let Err(unreadable) = self.each_event(|_| Ok::<(), StoreError>(()))
        {
            lines.push(unreadable.reason());
        }
        Ok(lines)
    }
}

fn next_seq(transaction: &Transaction) -> rusqlite::Result<i64> {
    transaction.query_row("SELECT coalesce(max(seq), 0) + 1 FROM journal", [], |row| row.get(0))
}

#[cfg(test)]
mod tests;
