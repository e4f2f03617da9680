//! `data restore`: goes back to a backup, and after damage to what can still be read.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use uuid::Uuid;

use super::damage::set_aside_once;
use super::journal_file::{MAX_TOLD, add_all, tell_damaged};
use super::packs;
use crate::cli::GlobalArgs;
use crate::commands::app_context::Interface;
use crate::commands::clock::Clock;
use crate::commands::data_folder;
use crate::commands::exit::Exit;
use crate::commands::full_backup;
use crate::ui::json::{json, set_path};
use crate::ui::output;
use crate::ui::text::count;
use badgedex_store::backups::{self, BackupReason};
use badgedex_store::kept_aside::{self, KeptAside};
use badgedex_store::salvage::{self, Salvage};
use badgedex_store::{DamagedLine, Import, JournalFile, Store, StoreError};

/// A damaged store is copied to this file to be read: in the learner's own folder, and removed afterwards.
const SCRATCH: &str = "salvage.db";

/// Brings back a backup, and after damage what can be read of the damaged store. An event that a backup holds
/// is taken from the backup; what the damaged store has beyond it is added if its checksum matches. It only
/// adds to a sound store that is there.
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
    // A sound store that is there has what an earlier restore has read.
    let aside = match present {
        Some(_) => salvage::unrestored_stores(&home),
        None => salvage::set_aside_stores(&home),
    };
    let (backup, unsound) = match wanted {
        Some(path) => (Some(path.to_owned()), Vec::new()),
        None => newest_sound(&home)?,
    };
    if present.is_some() && aside.is_empty() && backup.is_none() {
        bail!("nothing is damaged, and there is no backup to go back to");
    }
    let read = |damaged: &PathBuf| salvage::read(damaged, &home.join(SCRATCH));
    let sources = Sources {
        backup: backup.as_deref(),
        salvaged: aside.iter().map(read).collect(),
        unsound_backups: &unsound,
    };
    let mut restored = match present {
        Some(mut store) => {
            if !store.is_empty()? {
                full_backup::make(&home, now, BackupReason::Restore, &store)?;
            }
            sources.fill(&mut store)?
        }
        None => {
            let mut store = Store::begin_restore(&home)?;
            let restored = sources.fill(&mut store)?;
            restored.keep_aside(&home)?;
            store.finish_restore(&home)?;
            restored
        }
    };
    if let Some(backup) = &backup {
        packs::restore(&home, backup)?;
    }
    restored.aside_file = restored.keep_aside(&home)?;
    for store in &aside {
        // Without the note the next restore reads it again, which does no harm.
        let _ = salvage::note_restored(store);
    }
    restored.tell(global, backup.as_deref())
}

/// Where events are taken from, in this order.
struct Sources<'a> {
    /// All of its checksums match, or the learner named it.
    backup: Option<&'a Path>,
    /// What could be read of damaged stores.
    salvaged: Vec<Salvage>,
    /// Newer backups that are not whole: only their lines with a checksum count.
    unsound_backups: &'a [PathBuf],
}

/// What a restore brought back, and what it did not.
#[derive(Default)]
struct Restored {
    from_backup: usize,
    salvaged: usize,
    damaged: Vec<DamagedLine>,
    /// Lines that are not in the journal. For those that have a right one there, nothing is in doubt.
    aside: Vec<KeptAside>,
    /// Events that were in the damaged store, and are neither in the backup nor readable.
    lost: Vec<Uuid>,
    /// As many more, of which not even the id is known.
    lost_without_id: usize,
    /// A part of the damaged store is gone, so that nobody knows how many events it had.
    is_partial: bool,
    aside_file: Option<PathBuf>,
}

impl Sources<'_> {
    fn fill(&self, store: &mut Store) -> Result<Restored> {
        let mut importing = store.begin_import()?;
        let mut restored = Restored::default();
        if let Some(path) = self.backup {
            restored.damaged = add_all(&mut importing, &mut JournalFile::open(path)?)?;
        }
        restored.from_backup = importing.new_so_far();
        for event in self.salvaged.iter().flat_map(|salvage| &salvage.events) {
            importing.add(event)?;
        }
        for path in self.unsound_backups {
            add_summed(&mut importing, path)?;
        }
        let imported = importing.finish()?;
        restored.salvaged = imported.new - restored.from_backup;
        restored.aside = imported.conflicts.iter().map(KeptAside::from).collect();
        self.compare(store, &mut restored)?;
        Ok(restored)
    }

    /// Finds out which events of the damaged stores are not in the restored one.
    fn compare(&self, store: &Store, restored: &mut Restored) -> Result<()> {
        let mut seen = HashSet::new();
        let mut gaps = 0;
        for salvage in &self.salvaged {
            seen.extend(salvage.events.iter().map(|event| event.id));
            seen.extend(salvage.unread.iter().copied());
            gaps += salvage.gaps;
            restored.is_partial |= salvage.is_partial;
            for row in &salvage.doubtful {
                seen.extend(row.id);
                let kept = row.id.map(|id| store.line_of(id)).transpose()?.flatten();
                let why = format!("in the damaged store {}", row.problem);
                restored.aside.push(KeptAside { id: row.id, why, kept, aside: row.columns.clone() });
            }
            for id in &salvage.unread {
                if store.seq_of(*id)?.is_none() {
                    restored.lost.push(*id);
                }
            }
        }
        // What only the backup has is what could not be read at all.
        let mut only_in_backup = 0;
        if gaps > 0 {
            store.each_event(|event| {
                only_in_backup += usize::from(!seen.contains(&event.id));
                Ok::<(), StoreError>(())
            })?;
        }
        restored.lost_without_id = gaps.saturating_sub(only_in_backup);
        // A row that is kept aside under its id is told once.
        let aside: HashSet<Uuid> = restored.aside.iter().filter_map(|line| line.id).collect();
        restored.lost.retain(|id| !aside.contains(id));
        restored.lost.sort_unstable();
        restored.lost.dedup();
        Ok(())
    }
}

/// Adds the lines of a backup that is not whole: each that matches its own checksum is as good as any.
fn add_summed(importing: &mut Import, path: &Path) -> Result<()> {
    let Ok(mut file) = JournalFile::open(path) else { return Ok(()) };
    // Where it cannot be read any further it ends.
    while let Ok(Some(line)) = file.next_event() {
        if let Ok(line) = line
            && line.has_sum
        {
            importing.add(&line.event)?;
        }
    }
    Ok(())
}

impl Restored {
    fn keep_aside(&self, home: &Path) -> Result<Option<PathBuf>> {
        Ok(match self.aside.is_empty() {
            true => None,
            false => Some(kept_aside::add(home, &self.aside)?),
        })
    }

    /// Rows of the damaged store for which the journal has no line.
    fn left_out(&self) -> impl Iterator<Item = &KeptAside> {
        self.aside.iter().filter(|line| line.kept.is_none())
    }

    fn tell(&self, global: &GlobalArgs, backup: Option<&Path>) -> Result<Exit> {
        let name = backup.map_or_else(String::new, |path| path.display().to_string());
        tell_damaged(&name, &self.damaged)?;
        self.tell_doubts()?;
        let events = count(self.from_backup, "event", "events");
        let mut text = match backup {
            Some(path) => format!("Restored: {events} from {}", path.display()),
            None => "There was no backup".to_owned(),
        };
        if self.salvaged > 0 {
            text += &format!(", and {} read from what was damaged", self.salvaged);
        }
        text += ".";
        let doubts = self.doubts(backup.is_some());
        if !doubts.is_empty() {
            text += &format!("\n{}", doubts.join(" "));
        }
        let left_out: Vec<Option<Uuid>> = self.left_out().map(|line| line.id).collect();
        let differing: Vec<Option<Uuid>> =
            self.aside.iter().filter(|line| line.kept.is_some()).map(|line| line.id).collect();
        let mut value = json!({
            "format": 1, "events": self.from_backup + self.salvaged, "backup": null, "salvaged": self.salvaged,
            "differing": differing, "left_out": left_out, "lost": self.lost,
            "lost_without_id": self.lost_without_id, "partial": self.is_partial, "kept_aside": null,
        });
        for (key, path) in [("backup", backup), ("kept_aside", self.aside_file.as_deref())] {
            if let Some(path) = path {
                set_path(&mut value, key, path);
            }
        }
        Interface::new(global).tell(&value, &text)?;
        Ok(if self.damaged.is_empty() && doubts.is_empty() { Exit::Done } else { Exit::NotDone })
    }

    /// Names every event that is in doubt.
    fn tell_doubts(&self) -> Result<()> {
        let without_id = || "an event without a readable id".to_owned();
        let named = |id: &Option<Uuid>| id.map_or_else(without_id, |id| format!("event {id}"));
        let aside = self.aside.iter().map(|line| match line.kept {
            Some(_) => format!("{}: the backup's stays; {}", named(&line.id), line.why),
            None => format!("{} was left out: {}", named(&line.id), line.why),
        });
        let lost = self.lost.iter().map(|id| format!("event {id} cannot be read, and is in no backup"));
        let mut all = aside.chain(lost);
        for told in all.by_ref().take(MAX_TOLD) {
            output::note(&told)?;
        }
        match all.count() {
            0 => Ok(()),
            more => Ok(output::note(&format!("and {} more", count(more, "event", "events")))?),
        }
    }

    /// What the last line says is in doubt, a sentence each; empty if nothing is.
    fn doubts(&self, has_backup: bool) -> Vec<String> {
        let mut doubts = Vec::new();
        let left_out = self.left_out().count();
        let differing = self.aside.len() - left_out;
        if differing > 0 {
            let lines = count(differing, "event differs", "events differ");
            doubts.push(format!("{lines} in what was damaged: the right one was kept."));
        }
        if left_out > 0 {
            doubts.push(format!("{} in doubt: left out.", count(left_out, "event is", "events are")));
        }
        if let Some(file) = &self.aside_file {
            doubts.push(format!("Look at {}.", file.display()));
        }
        let lost = self.lost.len() + self.lost_without_id;
        if lost > 0 {
            let events = count(lost, "event", "events");
            doubts
                .push(format!("{events} that the damaged store had cannot be read, and no backup has them."));
        }
        if self.is_partial {
            let what =
                if has_backup { "what was recorded after that backup" } else { "some of your answers" };
            doubts.push(format!("A part of the damaged store is gone: {what} may be missing."));
        }
        doubts
    }
}

/// The newest backup that can be read whole and whose checksums all match, and the newer ones that cannot,
/// which are named.
fn newest_sound(home: &Path) -> Result<(Option<PathBuf>, Vec<PathBuf>)> {
    let mut unsound = Vec::new();
    for backup in backups::list(home) {
        match backups::is_sound(&backup.path) {
            Ok(true) => return Ok((Some(backup.path), unsound)),
            Ok(false) => {
                output::note(&format!("{} is not whole: an older one is taken", backup.path.display()))?
            }
            Err(error) => output::note(&format!("{error}: an older one is taken"))?,
        }
        unsound.push(backup.path);
    }
    Ok((None, unsound))
}
