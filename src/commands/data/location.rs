//! `data where`: where the learner's data is.

use anyhow::Result;
use serde_json::json;

use crate::cli::GlobalArgs;
use crate::commands::data_folder;
use crate::commands::exit::Exit;
use crate::ui::output;
use badgedex_domain::sanitize;
use badgedex_store::{Store, backups};

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
    let value =
        json!({ "format": 1, "home": home, "store": store, "questions": questions, "backups": backups });
    if global.json {
        output::json(&value)?
    } else {
        output::page(&sanitize::paragraph(&text))?
    }
    Ok(Exit::Done)
}
