//! Adds events from elsewhere, in one transaction.

mod merge;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use uuid::Uuid;

use super::jsonl;
use super::{StoreError, next_seq, open, rows};
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
    /// Ids for which two different lines exist.
    pub conflicts: Vec<Conflict>,
}

/// Two different lines with one id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The id.
    pub id: Uuid,
    /// The line of the journal, which stays.
    pub kept: String,
    /// The other line. It is not in the journal.
    pub aside: String,
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

    /// Adds one event, as a deed of its own. If its id is taken by a different event, the one that is there stays.
    ///
    /// # Errors
    ///
    /// Returns an error if the store cannot be read or written.
    pub fn add(&mut self, event: &Event) -> Result<(), StoreError> {
        if self.merge(event)? == Merged::Differs
            && let Some(existing) = self.existing(event.id)?
        {
            let (kept, aside) = (jsonl::write(&existing), jsonl::write(event));
            self.summary.conflicts.push(Conflict { id: event.id, kept, aside });
        }
        Ok(())
    }

    fn replace(&mut self, seq: i64, event: &Event) -> rusqlite::Result<()> {
        self.has_rewritten = true;
        rows::replace(&self.transaction, seq, event)
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

/// Whether two events are of one thing that was imported on two devices, such as a review in Anki: its id is
/// derived from it (version 5), and only the device differs. The smaller line stays on both.
fn is_same_deed(one: &Event, other: &Event) -> bool {
    one.id.get_version_num() == 5 && Event { device: other.device.clone(), ..one.clone() } == *other
}
