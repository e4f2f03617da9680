//! `data import`: adds another journal to the learner's own.

use std::io;
use std::path::Path;

use anyhow::Result;

use super::journal_file::{MAX_TOLD, add_all, tell_damaged};
use crate::commands::app_context::AppContext;
use crate::commands::exit::Exit;
use crate::commands::full_backup;
use crate::ui::json::json;
use crate::ui::output;
use crate::ui::text::count;
use badgedex_store::backups::BackupReason;
use badgedex_store::kept_aside::{self, KeptAside};
use badgedex_store::{DamagedLine, ImportSummary, JournalFile, Store};

/// Adds what a journal file holds, after a backup. Damaged lines are left out and told.
///
/// # Errors
/// The file cannot be read, or the backup or the store cannot be written.
pub fn run(app: &mut AppContext, path: &Path) -> Result<Exit> {
    let mut file = match path == Path::new("-") {
        true => JournalFile::from_reader(io::stdin(), "-")?,
        false => JournalFile::open(path)?,
    };
    if !app.journal.store.is_empty()? {
        full_backup::make(&app.home, app.clock.now().to_utc(), BackupReason::Import, &app.journal.store)?;
    }
    let (imported, damaged) = take_in(&mut app.journal.store, &mut file)?;
    app.reload_imported()?;
    tell_damaged(file.name(), &damaged)?;
    tell(app, &imported, &damaged)?;
    Ok(if damaged.is_empty() && imported.conflicts.is_empty() { Exit::Done } else { Exit::NotDone })
}

/// Adds what a journal file holds, in one transaction.
fn take_in(store: &mut Store, file: &mut JournalFile) -> Result<(ImportSummary, Vec<DamagedLine>)> {
    let mut importing = store.begin_import()?;
    let damaged = add_all(&mut importing, file)?;
    Ok((importing.finish()?, damaged))
}

fn tell(app: &AppContext, imported: &ImportSummary, damaged: &[DamagedLine]) -> Result<()> {
    for conflict in imported.conflicts.iter().take(MAX_TOLD) {
        output::note(&format!("there are two different events {}; the one here stays", conflict.id))?;
    }
    if !imported.conflicts.is_empty() {
        let lines: Vec<KeptAside> = imported.conflicts.iter().map(KeptAside::from).collect();
        let (number, file) = (count(lines.len(), "line", "lines"), kept_aside::add(&app.home, &lines)?);
        output::note(&format!("{number} that differ from yours: kept aside in {}", file.display()))?;
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
    app.ui.tell(&value, &text)
}
