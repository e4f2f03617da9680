//! Adds events whose differences the caller settles: it knows whose file each line comes from.

use uuid::Uuid;

use super::{Import, is_same_deed};
use crate::{StoreError, jsonl, rows};
use badgedex_domain::journal::Event;

/// What became of an event from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merged {
    /// It was added.
    New,
    /// The journal has it already.
    Known,
    /// The journal has another event of this id, which is unchanged.
    Differs,
}

impl Import<'_> {
    /// Adds one event, as a deed of its own, unless its id is known.
    ///
    /// # Errors
    ///
    /// Returns an error if the store cannot be read or written.
    pub fn merge(&mut self, event: &Event) -> Result<Merged, StoreError> {
        let done = (|| {
            if rows::insert_unless_known(&self.transaction, event, self.next_seq)? {
                self.next_seq += 1;
                self.summary.new += 1;
                return Ok(Merged::New);
            }
            let Some((seq, existing)) = rows::with_id(&self.transaction, event.id)? else {
                return Ok(Merged::Known);
            };
            if is_same_deed(&existing, event) {
                if jsonl::write(event) < jsonl::write(&existing) {
                    self.replace(seq, event)?;
                }
            } else if jsonl::write(&existing) != jsonl::write(event) {
                return Ok(Merged::Differs);
            }
            self.summary.known += 1;
            Ok(Merged::Known)
        })();
        done.map_err(|e| StoreError::of(&self.path, e))
    }

    /// The event of this id that the journal has.
    ///
    /// # Errors
    ///
    /// Returns an error if the store cannot be read.
    pub fn existing(&self, id: Uuid) -> Result<Option<Event>, StoreError> {
        let found = rows::with_id(&self.transaction, id).map_err(|e| StoreError::of(&self.path, e))?;
        Ok(found.map(|(_, event)| event))
    }

    /// Puts an event in the place of the one that has its id.
    ///
    /// # Errors
    ///
    /// Returns an error if the store cannot be read or written.
    pub fn settle(&mut self, event: &Event) -> Result<(), StoreError> {
        let done = (|| match rows::with_id(&self.transaction, event.id)? {
            Some((seq, _)) => self.replace(seq, event),
            None => Ok(()),
        })();
        done.map_err(|e| StoreError::of(&self.path, e))
    }
}
