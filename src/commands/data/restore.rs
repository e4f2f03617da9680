//! `data restore`: goes back to a backup, and after damage to what can still be read.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::damage::set_aside_once;
use super::journal_file::{add_all, tell_damaged};
use crate::cli::GlobalArgs;
use crate::commands::app_context::Interface;
use crate::commands::clock::Clock;
use crate::commands::data_folder;
use crate::commands::exit::Exit;
use crate::ui::json::{json, set_path};
use crate::ui::output;
use crate::ui::text::count;
use badgedex_domain::journal::Event;
use badgedex_store::backups::{self, BackupReason};
use badgedex_store::{DamagedLine, JournalFile, Store, StoreError, salvage};

/// A damaged store is copied to this file to be read: in the learner's own folder, and removed afterwards.
const SCRATCH: &str = "salvage.db";

/// Brings back a backup, and after damage what can be read of the damaged store. It only adds: a backup
/// is as much a part of the truth as what is there.
///
/// # Errors
/// There is nothing to go back to, or a file cannot be read or written.
pub fn run(global: &GlobalArgs, wanted: Option<&Path>) -> Result<Exit> {
    let home = data_folder::home(global)?;
    let now = Clock::new(global.today).now().to_utc();
    let present = match Store::open(&home, now) {
        Ok(store) if store.check().is_ok_and(|problems| problems.is_empty()) => Some(store),
        Ok(store) => {
            drop(store);
            set_aside_once(&home, now).map(|_| None)?
        }
        Err(StoreError::SetAside { .. } | StoreError::Lost { .. }) => None,
        Err(StoreError::Damaged { .. }) => set_aside_once(&home, now).map(|_| None)?,
        Err(error) => return Err(error.into()),
    };
    let aside = salvage::set_aside_stores(&home);
    let backup = wanted.map_or_else(|| newest_sound(&home), |path| Ok(Some(path.to_owned())))?;
    if present.is_some() && aside.is_empty() && backup.is_none() {
        bail!("nothing is damaged, and there is no backup to go back to");
    }
    let read = |damaged| salvage::read(damaged, &home.join(SCRATCH));
    let salvaged: Vec<Event> = aside.iter().flat_map(|damaged| read(damaged)).collect();
    let restored = match present {
        Some(mut store) => {
            if !store.is_empty()? {
                backups::make(&home, now, BackupReason::Restore, &store)?;
            }
            fill(&mut store, backup.as_deref(), &salvaged)?
        }
        None => {
            let mut store = Store::begin_restore(&home)?;
            let restored = fill(&mut store, backup.as_deref(), &salvaged)?;
            store.finish_restore(&home)?;
            restored
        }
    };
    restored.tell(global, backup.as_deref())
}

/// What a restore brought back.
struct Restored {
    from_backup: usize,
    salvaged: usize,
    damaged: Vec<DamagedLine>,
}

fn fill(store: &mut Store, backup: Option<&Path>, salvaged: &[Event]) -> Result<Restored> {
    let mut importing = store.begin_import()?;
    let damaged = match backup {
        Some(path) => add_all(&mut importing, &mut JournalFile::open(path)?)?,
        None => Vec::new(),
    };
    let from_backup = importing.new_so_far();
    for event in salvaged {
        importing.add(event)?;
    }
    let imported = importing.finish()?;
    Ok(Restored { from_backup, salvaged: imported.new - from_backup, damaged })
}

impl Restored {
    fn tell(&self, global: &GlobalArgs, backup: Option<&Path>) -> Result<Exit> {
        tell_damaged(&self.damaged)?;
        let events = count(self.from_backup, "event", "events");
        let mut text = match backup {
            Some(path) => format!("Restored: {events} from {}", path.display()),
            None => "There was no backup".to_owned(),
        };
        if self.salvaged > 0 {
            text += &format!(", and {} read from what was damaged", self.salvaged);
        }
        let events = self.from_backup + self.salvaged;
        let mut value = json!({ "format": 1, "events": events, "backup": null, "salvaged": self.salvaged });
        if let Some(path) = backup {
            set_path(&mut value, "backup", path);
        }
        Interface::new(global).tell(&value, &format!("{text}."))?;
        Ok(if self.damaged.is_empty() { Exit::Done } else { Exit::NotDone })
    }
}

/// The newest backup that can be read whole; those that cannot are named.
fn newest_sound(home: &Path) -> Result<Option<PathBuf>> {
    for backup in backups::list(home) {
        match backups::is_sound(&backup.path) {
            Ok(true) => return Ok(Some(backup.path)),
            Ok(false) => {
                output::note(&format!("{} is not whole: an older one is taken", backup.path.display()))?
            }
            Err(error) => output::note(&format!("{error}: an older one is taken"))?,
        }
    }
    Ok(None)
}
