//! `data check`: whether the learner's data is sound.

use anyhow::Result;
use serde_json::Value;

use crate::cli::GlobalArgs;
use crate::commands::app_context::Interface;
use crate::commands::clock::Clock;
use crate::commands::data_folder;
use crate::commands::exit::Exit;
use crate::ui::json::{json, set_path};
use crate::ui::text::{count, date};
use badgedex_store::backups::{self, Backup};
use badgedex_store::{Store, StoreError};

/// Checks store and backups, and changes nothing.
///
/// # Errors
/// The store cannot be opened for another reason than damage.
pub fn run(global: &GlobalArgs) -> Result<Exit> {
    let home = data_folder::home(global)?;
    let path = Store::path_in(&home);
    let now = Clock::new(global.today).now().to_utc();
    let looked = Store::open(&home, now).and_then(|store| Ok((store.check()?, store.count()?)));
    let (problems, events) = match looked {
        Ok((problems, events)) => (problems, Some(events)),
        Err(StoreError::Damaged { reason, .. }) => (vec![reason], None),
        Err(StoreError::SetAside { path }) => {
            (vec![format!("it was damaged, and set aside as {}", path.display())], None)
        }
        Err(StoreError::Lost { .. }) => (vec!["it is gone, or empty".to_owned()], None),
        Err(error) => return Err(error.into()),
    };
    let backups = backups::list(&home);
    let text = match problems.len() {
        0 => format!("{} is sound: {}", path.display(), count(events.unwrap_or(0), "event", "events")),
        _ => format!(
            "{} is damaged:\n  {}\nBring back what can be read of it, and the newest backup, with: badgedex data restore",
            path.display(),
            problems.join("\n  ")
        ),
    };
    let newest = backups.first().map_or_else(
        || "There is no backup yet.".to_owned(),
        |b| format!("{}, the newest of {}.", count(backups.len(), "backup", "backups"), date(b.at.date())),
    );
    let value = json!({
        "format": 1, "events": events, "problems": problems,
        "backups": backups.iter().map(backup_json).collect::<Vec<_>>(),
    });
    Interface::new(global).tell(&value, &format!("{text}\n{newest}"))?;
    Ok(if problems.is_empty() { Exit::Done } else { Exit::NotDone })
}

fn backup_json(backup: &Backup) -> Value {
    let mut value = json!({ "at": backup.at.and_utc(), "why": backup.reason.name() });
    set_path(&mut value, "file", &backup.path);
    value
}
