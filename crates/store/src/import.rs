//! Adds events from elsewhere, in one transaction.

mod merge;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use uuid::Uuid;

use super::{StoreError, jsonl, next_seq, open, rows};
use badgedex_domain::journal::Event;
pub use merge::Merged;

/// How much of the file's pages an import may hold in memory, in KiB.
const PAGE_CACHE_KIB: i64 = 64 * 1024;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportSummary {
    /// The number of events that were added.
    pub new: usize,
    /// The number of events that were in the journal already, and are equal.
    pub known: usize,
    /// Ids for which two different lines exist. The smaller line stays.
    pub conflicts: Vec<Uuid>,
}

/// An import in progress. Nothing remains of it if it is dropped before [`Import::finish`].
pub struct Import<'a> {
    transaction: Transaction<'a>,
    path: PathBuf,
    next_seq: i64,
    /// An event that was there before has changed.
    has_rewritten: bool,
    summary: ImportSummary,
}

impl<'a> Import<'a> {
    pub(super) fn begin(connection: &'a mut Connection, path: &Path) -> Result<Import<'a>, StoreError> {
        let failed = |source| StoreError::of(path, source);
        // A large import would otherwise write and read its pages again and again.
        connection.pragma_update(None, "cache_size", -PAGE_CACHE_KIB).map_err(failed)?;
        let transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let next_seq = next_seq(&transaction).map_err(failed)?;
        let summary = ImportSummary::default();
        Ok(Import { transaction, path: path.to_owned(), next_seq, has_rewritten: false, summary })
    }

    /// The number of new events so far.
    pub fn new_so_far(&self) -> usize {
        self.summary.new
    }

    /// Adds one event, as a deed of its own.
    ///
    /// # Errors
    ///
    /// Returns an error if the store cannot be read or written.
    pub fn add(&mut self, event: &Event) -> Result<(), StoreError> {
        let path = self.path.clone();
        self.add_one(event).map_err(|e| StoreError::of(&path, e))
    }

    fn add_one(&mut self, event: &Event) -> rusqlite::Result<()> {
        if rows::insert_unless_known(&self.transaction, event, self.next_seq)? {
            self.next_seq += 1;
            self.summary.new += 1;
            return Ok(());
        }
        let Some((seq, existing)) = rows::with_id(&self.transaction, event.id)? else { return Ok(()) };
        let (old, new) = (jsonl::write(&existing), jsonl::write(event));
        if old == new {
            self.summary.known += 1;
            return Ok(());
        }
        self.summary.conflicts.push(event.id);
        if new < old {
            self.has_rewritten = true;
            rows::replace(&self.transaction, seq, event)?;
        }
        Ok(())
    }

    /// Commits the import.
    ///
    /// # Errors
    ///
    /// Returns an error if the store cannot be written; then nothing was imported.
    pub fn finish(self) -> Result<ImportSummary, StoreError> {
        let Import { transaction, path, has_rewritten, summary, .. } = self;
        let done = (|| {
            if has_rewritten {
                open::set_new_edition(&transaction)?;
            }
            transaction.commit()
        })();
        done.map(|()| summary).map_err(|e| StoreError::of(&path, e))
    }
}
