//! The journal of a run: the store, where it ends, and its events without the answers.

use std::collections::HashSet;

use chrono::{DateTime, FixedOffset};
use serde_json::Map;
use uuid::Uuid;

use badgedex_domain::journal::{self, Deed, Event};
use badgedex_store::{JournalHead, Store, StoreError};

/// The store, with what was last read of it.
pub struct Journal {
    pub store: Store,
    head: JournalHead,
    deeds: Vec<Event>,
    has_recorded: bool,
    has_moved: bool,
}

impl Journal {
    /// Reads all events except answers.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn open(store: Store) -> Result<Journal, StoreError> {
        let (head, deeds) = (store.head()?, store.deeds()?);
        Ok(Journal { store, head, deeds, has_recorded: false, has_moved: false })
    }

    /// Reads again, after something was recorded here or by another process.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn reread(&mut self) -> Result<(), StoreError> {
        self.head = self.store.head()?;
        self.deeds = self.store.deeds()?;
        Ok(())
    }

    /// Where the journal ended when it was last read.
    pub fn head(&self) -> &JournalHead {
        &self.head
    }

    /// All events except answers, in the order of recording, retractions and what they retract among them.
    pub fn deeds(&self) -> &[Event] {
        &self.deeds
    }

    /// The events that were taken back.
    pub fn retracted(&self) -> HashSet<Uuid> {
        journal::retracted(&self.deeds)
    }

    /// Adds events of this device. They are on disk when this returns; what was read stays as it is.
    ///
    /// They are in the store that the home folder has now: a damaged one may have been set aside by another
    /// process while this one was waiting for the learner, and replaced by a restore.
    ///
    /// # Errors
    /// The store cannot be written to, or there is none any more.
    pub fn append(&mut self, at: DateTime<FixedOffset>, deeds: Vec<Deed>) -> Result<Vec<Event>, StoreError> {
        self.follow_store(at)?;
        let device = self.store.device().to_owned();
        let event = |deed| Event { id: Uuid::now_v7(), at, device: device.clone(), deed, extra: Map::new() };
        let events: Vec<Event> = deeds.into_iter().map(event).collect();
        self.has_recorded = true;
        self.store.record(&events)?;
        if self.follow_store(at)? {
            // It was replaced at this very moment.
            let mut importing = self.store.begin_import()?;
            events.iter().try_for_each(|event| importing.add(event))?;
            importing.finish()?;
        }
        Ok(events)
    }

    /// Goes on with the store that has taken the place of the one that was opened. Returns whether one has.
    fn follow_store(&mut self, at: DateTime<FixedOffset>) -> Result<bool, StoreError> {
        let has_moved = !self.store.is_in_place();
        if has_moved {
            self.store = self.store.open_successor(at.to_utc())?;
            self.has_moved = true;
        }
        Ok(has_moved)
    }

    /// Whether another store has taken the place of the one that was opened, since this was last asked.
    pub fn take_has_moved(&mut self) -> bool {
        std::mem::take(&mut self.has_moved)
    }

    /// Notes that the store was changed as a whole, by an import.
    pub fn note_import(&mut self) {
        self.has_recorded = true;
    }

    /// Whether this run has recorded something.
    pub fn has_recorded(&self) -> bool {
        self.has_recorded
    }
}
