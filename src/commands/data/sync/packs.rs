//! The learner's own packs in a shared folder: each device has a file of its own with them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::commands::app_context::AppContext;
use crate::commands::full_backup;
use crate::commands::traveling_packs::{self, BundleOrigin, PackChanges};
use crate::ui::output;
use badgedex_files::private;
use badgedex_packs::bundle::OwnPack;
use badgedex_store::backups::BackupReason;
use badgedex_store::describe_io_error;

const PREFIX: &str = "badgedex-";
const INFIX: &str = ".packs";
const EXTENSION: &str = ".gz";
/// More devices than anybody has.
const MAX_FILES: usize = 1_000;

/// Takes the packs of all devices in, and writes this device's own. `is_backed_up`: a backup was made already.
///
/// # Errors
/// Packs cannot be read or written here, or this device's file cannot be written.
pub fn sync(app: &mut AppContext, dir: &Path, is_backed_up: bool) -> Result<PackChanges> {
    let bundles = bundles(dir)?;
    let now = app.clock.now().to_utc();
    let back_up = || match is_backed_up {
        true => Ok(()),
        false => full_backup::make(&app.home, now, BackupReason::Sync, &app.journal.store).map(drop),
    };
    let changes =
        traveling_packs::take_in(&app.home, &app.packs.folder, &bundles, BundleOrigin::Devices, back_up)?;
    if !changes.is_empty() {
        app.reread_packs();
    }
    write(app, dir)?;
    Ok(changes)
}

/// The files with packs in a folder; copies that programs made of conflicts are among them.
fn bundles(dir: &Path) -> Result<Vec<PathBuf>> {
    let is_bundle = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_ours = name.find(PREFIX).is_some_and(|place| name[place..].contains(INFIX));
        let is_file = || path.symlink_metadata().is_ok_and(|found| found.is_file() && found.len() > 0);
        is_ours && name.contains(EXTENSION) && !name.starts_with('.') && is_file()
    };
    let mut bundles: Vec<PathBuf> =
        fs::read_dir(dir)?.flatten().map(|e| e.path()).filter(is_bundle).collect();
    if bundles.len() > MAX_FILES {
        bail!(
            "{} has more than {MAX_FILES} files with packs: move those away that are not your devices'",
            dir.display()
        );
    }
    bundles.sort();
    Ok(bundles)
}

/// Writes this device's packs, unless its file has them already.
fn write(app: &AppContext, dir: &Path) -> Result<()> {
    let path = dir.join(format!("{PREFIX}{}{INFIX}{EXTENSION}", app.journal.store.device()));
    let cannot =
        |error: io::Error| anyhow::anyhow!("cannot write {}: {}", path.display(), describe_io_error(&error));
    let is_sound = |pack: &OwnPack| is_sound(app, &pack.state.id);
    let draft = traveling_packs::write_draft(&app.home, &app.packs.folder, is_sound).map_err(cannot)?;
    let Some(mut draft) = draft else { return Ok(()) };
    if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
        bail!("{} is a link or a folder, and should be this device's file", path.display());
    }
    if full_backup::is_same(draft.file(), &path) {
        return Ok(());
    }
    draft.file().rewind().map_err(cannot)?;
    let mut file: File = match private::new_file().open(&path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            OpenOptions::new().write(true).truncate(true).open(&path).map_err(cannot)?
        }
        created => created.map_err(cannot)?,
    };
    io::copy(draft.file(), &mut file).map_err(cannot)?;
    file.sync_all().map_err(cannot)
}

/// Whether a pack or catalog can be used; others would not take it.
fn is_sound(app: &AppContext, id: &str) -> bool {
    let is_pack = app.packs.library().all_packs().iter().any(|pack| pack.id == id);
    let is_sound = is_pack || app.packs.catalogs.iter().any(|catalog| catalog.id == id);
    if !is_sound {
        // If standard error is closed, nobody reads it.
        let _ = output::note(&format!("the pack {id} has errors and stays here until they are fixed"));
    }
    is_sound
}
