//! The learner's own packs in files of their own: as an export, an import, and a part of a backup.

use std::io::{self, Seek};
use std::path::Path;

use anyhow::{Result, bail};

use crate::commands::app_context::AppContext;
use crate::commands::data_folder;
use crate::commands::exit::Exit;
use crate::commands::full_backup;
use crate::commands::traveling_packs::{self, BundleOrigin};
use crate::ui::json::json;
use crate::ui::output;
use badgedex_files::Draft;
use badgedex_packs::bundle;
use badgedex_store::backups::{self, BackupReason};
use badgedex_store::describe_io_error;

/// Writes the learner's own packs and catalogs to a file.
///
/// # Errors
/// There are none, or the file cannot be written.
pub fn export(app: &AppContext, out: &Path) -> Result<()> {
    let cannot =
        |error: io::Error| anyhow::anyhow!("cannot write {}: {}", out.display(), describe_io_error(&error));
    let draft = traveling_packs::write_draft(&app.home, &app.packs.folder, |_| true).map_err(cannot)?;
    let Some(mut draft) = draft else {
        bail!("you have no packs of your own: {} was not written", out.display())
    };
    draft.file().rewind().map_err(cannot)?;
    let mut copy = Draft::next_to(out).map_err(cannot)?;
    io::copy(draft.file(), copy.file()).map_err(cannot)?;
    copy.commit(out).map_err(cannot)?;
    output::note(&format!("your own packs are in {}", out.display()))?;
    Ok(())
}

/// Says that an export does not hold the learner's own packs, if there are any.
///
/// # Errors
/// Standard error is closed.
pub fn tell_absence(app: &AppContext) -> Result<()> {
    if !bundle::own(&app.packs.folder).is_empty() {
        output::note("your own packs are not in it: --packs FILE writes them, too")?;
    }
    Ok(())
}

/// Adds the packs of a file that [`export`] or a backup wrote.
///
/// # Errors
/// The file cannot be read, or a pack cannot be written.
pub fn import(app: &mut AppContext, path: &Path) -> Result<Exit> {
    let now = app.clock.now().to_utc();
    let back_up = || full_backup::make(&app.home, now, BackupReason::Import, &app.journal.store).map(drop);
    let bundles = [path.to_owned()];
    let changes =
        traveling_packs::take_in(&app.home, &app.packs.folder, &bundles, BundleOrigin::Named, back_up)?;
    app.reread_packs();
    let text = changes.told().unwrap_or_else(|| "packs: nothing is new".to_owned());
    app.ui.tell(&json!({ "format": 1, "packs": changes.json() }), &text)?;
    Ok(if changes.refused == 0 { Exit::Done } else { Exit::NotDone })
}

/// Brings back the packs that were backed up with a journal: those that are missing, and those that were edited later
/// than what is there. Says which.
///
/// # Errors
/// A pack cannot be written, or standard error is closed.
pub fn restore(home: &Path, backup: &Path) -> Result<()> {
    let bundle = backups::packs_path(backup);
    if !bundle.exists() {
        return Ok(());
    }
    let questions = data_folder::questions_in(home);
    let changes = traveling_packs::take_in(home, &questions, &[bundle], BundleOrigin::Backup, || Ok(()))?;
    if let Some(told) = changes.told() {
        output::note(&told)?;
    }
    Ok(())
}
