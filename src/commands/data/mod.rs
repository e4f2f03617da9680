//! `data`: where the learner's data is, how it travels, and how it is brought back. One file a subcommand.

mod backup;
mod check;
mod damage;
mod export;
mod import;
mod journal_file;
mod location;
mod packs;
mod restore;
mod sync;

use anyhow::Result;

use super::exit::Exit;
use super::with_app::with_app;
use crate::cli::{DataCommand, GlobalArgs};
use badgedex_packs::bundle;
pub use damage::set_aside;

/// Runs a subcommand.
///
/// # Errors
/// What the subcommand could not do.
pub fn run(global: &GlobalArgs, command: &DataCommand) -> Result<Exit> {
    match command {
        DataCommand::Where => location::run(global),
        DataCommand::Export { out, packs } => {
            with_app(global, |app| export::run(app, out.as_deref(), packs.as_deref()))
        }
        DataCommand::Import { file } if bundle::is_bundle(file) => {
            with_app(global, |app| packs::import(app, file))
        }
        DataCommand::Import { file } => with_app(global, |app| import::run(app, file)),
        DataCommand::Backup { file } => with_app(global, |app| backup::run(app, file.as_deref())),
        DataCommand::Restore { file } => restore::run(global, file.as_deref()),
        DataCommand::Sync { dir } => with_app(global, |app| sync::run(app, dir)),
        DataCommand::Check => check::run(global),
    }
}
