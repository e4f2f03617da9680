//! `data`: where the learner's data is, how it travels, and how it is brought back.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::Exit;
use super::clock::Clock;
use super::desk::{self, Desk};
use super::files;
use crate::cli::Global;
use crate::ui::output;
use crate::ui::text::{count, date};
use badgedex_domain::journal::Event;
use badgedex_domain::sanitize;
use badgedex_store::backups::{self, Backup, BackupReason};
use badgedex_store::{DamagedLine, Import, ImportSummary, JournalFile, Store, StoreError, salvage};

/// How many damaged lines are told one by one.
const TOLD: usize = 20;
/// Where a damaged store is copied to be read; in the learner's own folder, and gone afterwards.
const SCRATCH: &str = "salvage.db";

pub fn location(global: &Global) -> Result<Exit> {
    let home = desk::home(global)?;
    let (store, questions) = (Store::path_in(&home), desk::questions_in(&home));
    let backups = backups::folder_in(&home);
    let text = format!(
        "{}\n  {}  your journal\n  {}  your own packs and catalogs\n  {}  backups of your journal",
        home.display(),
        store.display(),
        questions.display(),
        backups.display()
    );
    let value =
        json!({ "format": 1, "home": home, "store": store, "questions": questions, "backups": backups });
    if global.json {
        output::json(&value)?
    } else {
        output::page(&sanitize::paragraph(&text))?
    }
    Ok(Exit::Done)
}

pub fn export(desk: &Desk, out: Option<&Path>) -> Result<Exit> {
    match out {
        None => {
            let mut stdout = BufWriter::new(io::stdout().lock());
            backups::write_lines(&mut stdout, desk.store())?;
            stdout.flush()?;
        }
        Some(path) => {
            let mut text = Vec::new();
            let events = backups::write_lines(&mut text, desk.store())?;
            files::write_new(path, &text)?;
            output::note(&format!("{} written to {}", count(events, "event", "events"), path.display()))?;
        }
    }
    Ok(Exit::Done)
}

pub fn import(desk: &mut Desk, path: &Path) -> Result<Exit> {
    let mut file = match path == Path::new("-") {
        true => JournalFile::from_reader(io::stdin(), "-")?,
        false => JournalFile::open(path)?,
    };
    if !desk.store().is_empty()? {
        backups::make(desk.home(), desk.now(), BackupReason::Import, desk.store())?;
    }
    let (imported, damaged) = take_in(desk.store_mut(), &mut file)?;
    desk.reload()?;
    tell_damaged(&damaged)?;
    tell(desk, &imported, &damaged)?;
    Ok(if damaged.is_empty() { Exit::Done } else { Exit::NotDone })
}

/// Adds what a journal file holds, in one transaction.
fn take_in(store: &mut Store, file: &mut JournalFile) -> Result<(ImportSummary, Vec<DamagedLine>)> {
    let mut importing = store.begin_import()?;
    let damaged = add_all(&mut importing, file)?;
    Ok((importing.finish()?, damaged))
}

fn add_all(importing: &mut Import, file: &mut JournalFile) -> Result<Vec<DamagedLine>> {
    let mut damaged = Vec::new();
    while let Some(line) = file.next_event()? {
        match line {
            Ok(event) => importing.add(&event)?,
            Err(bad) => damaged.push(bad),
        }
    }
    Ok(damaged)
}

fn tell_damaged(damaged: &[DamagedLine]) -> Result<()> {
    for DamagedLine { line, problem } in damaged.iter().take(TOLD) {
        output::note(&format!("line {line} was left out: {problem}"))?;
    }
    if damaged.len() > TOLD {
        let more = count(damaged.len() - TOLD, "more line was", "more lines were");
        output::note(&format!("{more} left out"))?;
    }
    Ok(())
}

fn tell(desk: &Desk, imported: &ImportSummary, damaged: &[DamagedLine]) -> Result<()> {
    for id in &imported.conflicts {
        output::note(&format!("there are two different events {id}; the smaller one stays"))?;
    }
    let left_out = match damaged.len() {
        0 => String::new(),
        number => format!(", {} left out", count(number, "damaged line", "damaged lines")),
    };
    let text = format!(
        "{}, {} known already{left_out}",
        count(imported.new, "new event", "new events"),
        imported.known
    );
    let value = json!({
        "format": 1, "new": imported.new, "known": imported.known, "conflicts": imported.conflicts.len(),
        "damaged": damaged.iter().map(|d| d.line).collect::<Vec<_>>(),
    });
    desk.tell(&value, &text)
}

/// Writes a backup now: to a file, or into the folder of backups.
pub fn backup(desk: &Desk, out: Option<&Path>) -> Result<Exit> {
    let path = match out {
        Some(path) => {
            backups::write(path, desk.store())?;
            path.to_owned()
        }
        None => backups::make(desk.home(), desk.now(), BackupReason::Asked, desk.store())?,
    };
    let events = desk.store().count()?;
    let text = format!("{} backed up to {}", count(events, "event", "events"), path.display());
    desk.tell(&json!({ "format": 1, "events": events, "file": path }), &text)?;
    Ok(Exit::Done)
}

/// Brings back a backup, and after damage what can be read of the damaged store. It only adds: a backup
/// is as much a part of the truth as what is there.
pub fn restore(global: &Global, wanted: Option<&Path>) -> Result<Exit> {
    let home = desk::home(global)?;
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
    fn tell(&self, global: &Global, backup: Option<&Path>) -> Result<Exit> {
        tell_damaged(&self.damaged)?;
        let events = count(self.from_backup, "event", "events");
        let mut text = match backup {
            Some(path) => format!("Restored: {events} from {}", path.display()),
            None => "There was no backup".to_owned(),
        };
        if self.salvaged > 0 {
            text += &format!(", and {} read from what was damaged", self.salvaged);
        }
        let value = json!({
            "format": 1, "events": self.from_backup + self.salvaged, "backup": backup, "salvaged": self.salvaged,
        });
        tell_either(global, &value, &format!("{text}."))?;
        Ok(if self.damaged.is_empty() { Exit::Done } else { Exit::NotDone })
    }
}

/// Says a sentence or two, or their JSON, where there is no desk.
fn tell_either(global: &Global, json: &Value, text: &str) -> Result<()> {
    if global.json {
        output::json(json)?
    } else {
        output::say(text)?
    }
    Ok(())
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

/// Looks whether the data is sound, and changes nothing.
pub fn check(global: &Global) -> Result<Exit> {
    let home = desk::home(global)?;
    let path = Store::path_in(&home);
    let now = Clock::new(global.today).now().to_utc();
    let looked = Store::open(&home, now).and_then(|store| Ok((store.check()?, store.count()?)));
    let (problems, events) = match looked {
        Ok((problems, events)) => (problems, Some(events)),
        Err(StoreError::Damaged { reason, .. }) => (vec![reason], None),
        Err(StoreError::SetAside { path }) => {
            (vec![format!("it was damaged, and set aside as {}", path.display())], None)
        }
        Err(StoreError::Lost { .. }) => (vec!["it is gone, or empty".to_owned()], None),
        Err(error) => return Err(error.into()),
    };
    let backups = backups::list(&home);
    let text = match problems.len() {
        0 => format!("{} is sound: {}", path.display(), count(events.unwrap_or(0), "event", "events")),
        _ => format!(
            "{} is damaged:\n  {}\nBring back what can be read of it, and the newest backup, with: badgedex data restore",
            path.display(),
            problems.join("\n  ")
        ),
    };
    let newest = backups.first().map_or_else(
        || "There is no backup yet.".to_owned(),
        |b| format!("{}, the newest of {}.", count(backups.len(), "backup", "backups"), date(b.at.date())),
    );
    let value = json!({
        "format": 1, "events": events, "problems": problems,
        "backups": backups.iter().map(backup_json).collect::<Vec<_>>(),
    });
    tell_either(global, &value, &format!("{text}\n{newest}"))?;
    Ok(if problems.is_empty() { Exit::Done } else { Exit::NotDone })
}

fn backup_json(backup: &Backup) -> Value {
    json!({ "file": backup.path, "at": backup.at.and_utc(), "why": backup.reason.name() })
}

/// After a command that recorded something: the first of a day leaves a backup.
pub fn keep_daily(desk: &Desk) -> Result<()> {
    let now = desk.now();
    let is_done = |b: &Backup| b.reason == BackupReason::Daily && b.at.date() == now.date_naive();
    if desk.has_recorded() && !backups::list(desk.home()).iter().any(is_done) {
        backups::make(desk.home(), now, BackupReason::Daily, desk.store())
            .context("today's backup was not made")?;
    }
    Ok(())
}

/// Sets the store aside, unless another process that found it damaged was quicker.
fn set_aside_once(home: &Path, now: DateTime<Utc>) -> io::Result<PathBuf> {
    salvage::set_aside(home, now).or_else(|error| match salvage::set_aside_stores(home).pop() {
        Some(aside) if error.kind() == io::ErrorKind::NotFound => Ok(aside),
        _ => Err(error),
    })
}

/// What is done about a store that turned out to be damaged: it is set aside, and the way back is named.
pub fn set_aside(global: &Global, reason: &str) -> Result<String> {
    let home = desk::home(global)?;
    let store = Store::path_in(&home);
    let now = Clock::new(global.today).now().to_utc();
    let aside = set_aside_once(&home, now)
        .with_context(|| format!("{} is damaged ({reason}) and cannot be set aside", store.display()))?;
    let back = match backups::list(&home).first() {
        Some(newest) => format!("the backup of {} and what can be read of it", date(newest.at.date())),
        None => "what can be read of it".to_owned(),
    };
    Ok(format!(
        "{} is damaged: {reason}; it was set aside, as it is, as {}\n  bring back {back} with: badgedex data restore",
        store.display(),
        aside.display()
    ))
}
