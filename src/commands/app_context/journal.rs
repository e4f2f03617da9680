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
}

impl Journal {
    /// Reads all events except answers.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn open(store: Store) -> Result<Journal, StoreError> {
        let (head, deeds) = (store.head()?, store.deeds()?);
        Ok(Journal { store, head, deeds, has_recorded: false })
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

    /// All events except answers, in the order of recording.
    pub fn deeds(&self) -> &[Event] {
        &self.deeds
    }

    /// The deeds that hold, in the journal's order: without retracted ones.
    pub fn standing_deeds(&self) -> Vec<Event> {
        journal::effective(self.deeds.clone())
    }

    /// The events that were taken back.
    pub fn retracted(&self) -> HashSet<Uuid> {
        journal::retracted(&self.deeds)
    }

    /// Adds events of this device. They are on disk when this returns; what was read stays as it is.
    ///
    /// # Errors
    /// The store cannot be written to.
    pub fn append(&mut self, at: DateTime<FixedOffset>, deeds: Vec<Deed>) -> Result<Vec<Event>, StoreError> {
        let device = self.store.device().to_owned();
        let event = |deed| Event { id: Uuid::now_v7(), at, device: device.clone(), deed, extra: Map::new() };
        let events: Vec<Event> = deeds.into_iter().map(event).collect();
        self.has_recorded = true;
        self.store.record(&events)?;
        Ok(events)
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
