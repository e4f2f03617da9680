//! Adding events from elsewhere, in one transaction.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use uuid::Uuid;

use super::{StoreError, lines, next_seq, opening, rows};
use badgedex_domain::journal::Event;

/// How much an import may hold of the file's pages, in KiB.
const CACHE_KIB: i64 = 64 * 1024;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    pub new: usize,
    /// Already there, and equal.
    pub known: usize,
    /// Events of which two different lines exist: the smaller one stays.
    pub conflicts: Vec<Uuid>,
}

/// An import under way. Dropped before [`Importing::finish`] it leaves nothing behind.
pub struct Importing<'a> {
    transaction: Transaction<'a>,
    path: PathBuf,
    next: i64,
    /// Events that were there before have changed, or are gone.
    rewritten: bool,
    imported: Imported,
}

impl<'a> Importing<'a> {
    pub(super) fn begin(connection: &'a mut Connection, path: &Path) -> Result<Importing<'a>, StoreError> {
        let failed = |source| StoreError::of(path, source);
        // Room for the pages of a large import, which would else be written and read again and again.
        connection.pragma_update(None, "cache_size", -CACHE_KIB).map_err(failed)?;
        let transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let next = next_seq(&transaction).map_err(failed)?;
        let imported = Imported::default();
        Ok(Importing { transaction, path: path.to_owned(), next, rewritten: false, imported })
    }

    /// How many events were new up to now.
    pub fn so_far(&self) -> usize {
        self.imported.new
    }

    /// Adds an event, which is a deed of its own.
    pub fn add(&mut self, event: &Event) -> Result<(), StoreError> {
        let path = self.path.clone();
        self.add_one(event).map_err(|e| StoreError::of(&path, e))
    }

    fn add_one(&mut self, event: &Event) -> rusqlite::Result<()> {
        if rows::insert_unless_known(&self.transaction, event, self.next)? {
            self.next += 1;
            self.imported.new += 1;
            return Ok(());
        }
        let Some((seq, existing)) = rows::with_id(&self.transaction, event.id)? else { return Ok(()) };
        let (old, new) = (lines::write(&existing), lines::write(event));
        if old == new {
            self.imported.known += 1;
            return Ok(());
        }
        self.imported.conflicts.push(event.id);
        if new < old {
            self.rewritten = true;
            rows::replace(&self.transaction, seq, event)?;
        }
        Ok(())
    }

    /// Puts all of it on disk.
    pub fn finish(self) -> Result<Imported, StoreError> {
        let Importing { transaction, path, rewritten, imported, .. } = self;
        let done = (|| {
            if rewritten {
                opening::new_edition(&transaction)?;
            }
            transaction.commit()
        })();
        done.map(|()| imported).map_err(|e| StoreError::of(&path, e))
    }
}
