//! `pack`: questions. One file a subcommand.

mod check;
pub mod edit;
mod export;
mod fix;
pub mod import;
mod install;
mod list;
pub mod new;
mod show;
pub mod switch;

use anyhow::Result;

use super::exit::Exit;
use super::leftovers::Leftovers;
use super::with_app::with_app;
use crate::cli::{GlobalArgs, PackCommand};
pub use list::list;

/// Runs a subcommand.
///
/// # Errors
/// What the subcommand could not do.
pub fn run(global: &GlobalArgs, command: &PackCommand, leftovers: &mut Leftovers) -> Result<Exit> {
    match command {
        PackCommand::List => with_app(global, |app| list(app)),
        PackCommand::Show { pack, facts: true, .. } => with_app(global, |app| show::facts(app, pack)),
        PackCommand::Show { pack, held_back, .. } => with_app(global, |app| show::run(app, pack, *held_back)),
        PackCommand::Off { pack } => with_app(global, |app| switch::off(app, pack)),
        PackCommand::On { pack } => with_app(global, |app| switch::on(app, pack)),
        PackCommand::New(wanted) => with_app(global, |app| new::run(app, wanted)),
        PackCommand::Check { path, strict, fix } => {
            let options = check::CheckOptions { strict: *strict, fix: *fix };
            check::run(global, path, options, leftovers)
        }
        PackCommand::Add { source } => with_app(global, |app| install::add(app, source)),
        PackCommand::Remove { pack, yes } => with_app(global, |app| install::remove(app, pack, *yes)),
        PackCommand::Update { pack, source, dry_run, yes } => {
            let options = install::UpdateOptions { dry_run: *dry_run, yes: *yes };
            with_app(global, |app| install::update(app, pack, source, options))
        }
        PackCommand::Edit { question } => with_app(global, |app| edit::run(app, question)),
        PackCommand::Import(wanted) => with_app(global, |app| import::run(app, wanted)),
        PackCommand::Export { pack, format, held_back, out } => {
            with_app(global, |app| export::run(app, pack, *format, *held_back, out.as_deref()))
        }
    }
}
