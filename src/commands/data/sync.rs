//! `data sync`: several devices, one folder. Every device writes its own files there and reads the others.
//!
//! A journal there only grows: events are added at its end, in place, so that no other file appears in a folder
//! that is not ours, and whatever a program that copies it has seen of it is a journal. Everything that can be
//! read is in our journal before our own file changes, so that nothing is lost, whatever such a program made of it.

mod conflicts;
mod folder;
mod line_hashes;
mod own_file;
mod packs;
mod reading;
mod report;

use std::path::Path;

use anyhow::{Result, bail};
use chrono::{DateTime, Utc};

use crate::commands::app_context::AppContext;
use crate::commands::exit::Exit;
use crate::commands::full_backup;
use badgedex_domain::journal::Event;
use badgedex_store::backups::{self, Backup, BackupReason};
use badgedex_store::{Store, StoreError, jsonl, kept_aside};
use folder::SharedFolder;
use own_file::OwnFile;
use reading::Reading;
use report::Report;

/// Reads the files of the other devices, and brings this device's file up to date.
///
/// # Errors
/// The folder cannot be read, or the store or this device's file cannot be written.
pub fn run(app: &mut AppContext, dir: &Path) -> Result<Exit> {
    if !dir.is_dir() {
        bail!("{} is not a folder: create it, or name the one that your devices share", dir.display());
    }
    let mut report = Report::default();
    let mut own = locked_own_file(app, dir)?;
    let folder = SharedFolder::look_at(dir, own.path())?;
    let mut reading = Reading::of(app.journal.store.device());
    take_in(app, &folder, &mut own, &mut reading, &mut report)?;
    if report.has_changed_journal() {
        app.reload_imported()?;
    }
    if reading.is_behind && has_unwritten(&app.journal.store, &reading)? {
        app.journal.store.rename_device()?;
        report.new_name = Some(app.journal.store.device().to_owned());
        reading.lines.own_file.clear();
        own = OwnFile::open(&folder::own_path(dir, app.journal.store.device()))?;
    }
    report.written = own.write(&app.journal.store, &reading.lines)?;
    report.packs = packs::sync(app, dir, report.is_backed_up)?;
    report.tell(app, own.path())
}

/// This device's file, which no other process of this computer changes until it is dropped.
fn locked_own_file(app: &mut AppContext, dir: &Path) -> Result<OwnFile> {
    loop {
        let device = app.journal.store.device().to_owned();
        let own = OwnFile::open(&folder::own_path(dir, &device))?;
        app.journal.store.reread_device()?;
        // While we waited, another process may have given the device a new name.
        if app.journal.store.device() == device {
            return Ok(own);
        }
    }
}

/// Adds what the files of the folder hold, in one transaction, after a backup.
fn take_in(
    app: &mut AppContext,
    folder: &SharedFolder,
    own: &mut OwnFile,
    reading: &mut Reading,
    report: &mut Report,
) -> Result<()> {
    let now = app.clock.now().to_utc();
    let can_be_shared = app.journal.store.check_can_be_shared();
    let mut importing = app.journal.store.begin_import()?;
    reading.read(&mut importing, folder, own, report)?;
    if !reading.differing.is_empty() {
        let lines = conflicts::settle(&mut importing, folder, own, reading, report)?;
        own.needs_rewriting |= lines.is_own_file_wrong;
        report.kept_aside = Some(kept_aside::add(&app.home, &lines.lost)?);
    }
    report.new = importing.new_so_far();
    if report.has_changed_journal() {
        can_be_shared?;
        report.is_backed_up = back_up(&app.home, now, report.replaced > 0)?;
    }
    importing.finish()?;
    Ok(())
}

/// Backs up the journal as it is before the import that is in progress, and the packs. Additions alone need one
/// backup a day. Returns whether one was made.
fn back_up(home: &Path, now: DateTime<Utc>, is_always: bool) -> Result<bool> {
    let before = Store::open(home, now)?;
    let is_todays = |b: &Backup| b.reason == BackupReason::Sync && b.at.date() == now.date_naive();
    let is_needed = !before.is_empty()? && (is_always || !backups::list(home).iter().any(is_todays));
    if is_needed {
        full_backup::make(home, now, BackupReason::Sync, &before)?;
    }
    Ok(is_needed)
}

/// Whether this device has recorded events that are not in its own file.
fn has_unwritten(store: &Store, reading: &Reading) -> Result<bool, StoreError> {
    let mut has_unwritten = false;
    store.each_event(|event: Event| {
        has_unwritten |=
            event.device == store.device() && !reading.lines.is_in_own_file(&jsonl::write(&event));
        Ok::<(), StoreError>(())
    })?;
    Ok(has_unwritten)
}
