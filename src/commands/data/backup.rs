//! `data backup`: writes a backup now.

use std::path::Path;

use anyhow::Result;

use crate::commands::app_context::AppContext;
use crate::commands::exit::Exit;
use crate::commands::full_backup;
use crate::ui::json::{json, set_path};
use crate::ui::text::count;
use badgedex_store::backups::{self, BackupReason};

/// Writes a backup to a file, or into the folder of backups.
///
/// # Errors
/// The journal cannot be read, or the backup cannot be written.
pub fn run(app: &AppContext, out: Option<&Path>) -> Result<Exit> {
    let path = match out {
        Some(path) => {
            backups::write(path, &app.journal.store)?;
            full_backup::add_packs(&app.home, path)?;
            path.to_owned()
        }
        None => {
            full_backup::make(&app.home, app.clock.now().to_utc(), BackupReason::Asked, &app.journal.store)?
        }
    };
    let events = app.journal.store.count()?;
    let text = format!("{} backed up to {}", count(events, "event", "events"), path.display());
    let mut value = json!({ "format": 1, "events": events });
    set_path(&mut value, "file", &path);
    app.ui.tell(&value, &text)?;
    Ok(Exit::Done)
}
