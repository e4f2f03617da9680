//! What is done about a damaged store: it is set aside, and the way back is named.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::{DateTime, Utc};

use crate::cli::GlobalArgs;
use crate::commands::clock::Clock;
use crate::commands::data_folder;
use crate::ui::text::date;
use badgedex_store::{Store, backups, salvage};

/// Sets the store aside, unless another process that found it damaged was quicker.
///
/// # Errors
/// The store cannot be renamed.
pub fn set_aside_once(home: &Path, now: DateTime<Utc>) -> io::Result<PathBuf> {
    salvage::set_aside(home, now).or_else(|error| match salvage::set_aside_stores(home).pop() {
        Some(aside) if error.kind() == io::ErrorKind::NotFound => Ok(aside),
        _ => Err(error),
    })
}

/// Sets a damaged store aside. Returns what happened and the way back, for the error message.
///
/// # Errors
/// The store cannot be renamed.
pub fn set_aside(global: &GlobalArgs, reason: &str) -> Result<String> {
    let home = data_folder::home(global)?;
    let store = Store::path_in(&home);
    let now = Clock::new(global.today).now().to_utc();
    let aside = set_aside_once(&home, now).map_err(|error| {
        anyhow::anyhow!("{} is damaged ({reason}) and cannot be set aside: {error}", store.display())
    })?;
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
