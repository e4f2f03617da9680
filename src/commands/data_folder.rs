//! The folder of the learner's data, and what is where in it.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use directories::ProjectDirs;

use crate::cli::GlobalArgs;
use badgedex_files::Draft;
use badgedex_store::backups;

/// The folder of the learner's own packs and catalogs.
const QUESTIONS: &str = "questions";

/// The folder of the learner's data: `--home`, `BADGEDEX_HOME`, or the platform's.
///
/// # Errors
/// The name given is empty, or the platform has no such folder.
pub fn home(global: &GlobalArgs) -> Result<PathBuf> {
    let home = global.home.clone().or_else(|| env::var_os("BADGEDEX_HOME").map(PathBuf::from));
    if let Some(home) = home {
        if home.as_os_str().is_empty() {
            bail!("the folder of your data has no name: give one to --home or BADGEDEX_HOME");
        }
        return Ok(home);
    }
    let dirs = ProjectDirs::from("", "", "badgedex")
        .context("this computer names no folder for your data: choose one with --home or BADGEDEX_HOME")?;
    Ok(dirs.data_dir().to_owned())
}

/// Removes what a kill has left half written. What a running process writes is left alone.
pub fn clear_drafts(home: &Path) {
    Draft::clear_leftovers(home);
    Draft::clear_leftovers(&backups::folder_in(home));
    Draft::clear_leftovers(&questions_in(home));
}

/// Where the learner's own packs and catalogs are in a data folder.
pub fn questions_in(home: &Path) -> PathBuf {
    home.join(QUESTIONS)
}
