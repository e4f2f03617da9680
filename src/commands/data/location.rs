//! `data where`: where the learner's data is.

use anyhow::Result;

use crate::cli::GlobalArgs;
use crate::commands::data_folder;
use crate::commands::exit::Exit;
use crate::ui::json::{json, set_path};
use crate::ui::output;
use badgedex_domain::sanitize;
use badgedex_store::{Store, backups};

/// What follows a path that cannot be printed as it is.
const LOSSY: &str = "\n\nThe name of the folder is not UTF-8: \u{fffd} is printed for what cannot be.";

/// Names the folder, the journal, the packs and the backups, whether they exist or not.
///
/// # Errors
/// There is no data folder, or standard output cannot be written to.
pub fn run(global: &GlobalArgs) -> Result<Exit> {
    let home = data_folder::home(global)?;
    let (store, questions) = (Store::path_in(&home), data_folder::questions_in(&home));
    let backups = backups::folder_in(&home);
    let text = format!(
        "{}\n  {}  your journal\n  {}  your own packs and catalogs\n  {}  backups of your journal",
        home.display(),
        store.display(),
        questions.display(),
        backups.display()
    );
    if global.json {
        let mut value = json!({ "format": 1 });
        for (key, path) in
            [("home", &home), ("store", &store), ("questions", &questions), ("backups", &backups)]
        {
            set_path(&mut value, key, path);
        }
        output::json(&value)?;
    } else {
        let lossy = if home.to_str().is_none() { LOSSY } else { "" };
        output::page(&sanitize::paragraph(&(text + lossy)))?;
    }
    Ok(Exit::Done)
}
