//! The backup that the first command of a day leaves, if it has recorded something.

use anyhow::{Context, Result};

use super::app_context::AppContext;
use super::full_backup;
use badgedex_store::backups::{self, Backup, BackupReason};

/// Makes today's backup, unless there is one.
///
/// # Errors
/// The backup cannot be written.
pub fn keep(app: &AppContext) -> Result<()> {
    let now = app.clock.now().to_utc();
    let is_done = |b: &Backup| b.reason == BackupReason::Daily && b.at.date() == now.date_naive();
    // A folder that has vanished is not made again.
    let is_wanted = app.journal.has_recorded() && app.journal.store.is_in_place();
    if is_wanted && !backups::list(&app.home).iter().any(is_done) {
        full_backup::make(&app.home, now, BackupReason::Daily, &app.journal.store)
            .context("today's backup was not made")?;
    }
    Ok(())
}
