//! One file a command: read the clock once, load, let the domain decide, save, show.

mod app_context;
mod awards;
mod badges;
mod cache_key;
mod calendar;
mod chance;
mod clock;
mod daily_backup;
mod data;
mod data_folder;
mod due;
mod errors;
mod exam;
mod exam_days;
mod exit;
mod files;
mod first_run;
mod flags;
mod full_backup;
mod leftovers;
mod menu;
mod next;
mod pack;
mod partner;
mod pass_from_file;
mod plan;
mod ready;
mod record;
mod roles;
mod search;
mod set;
mod share;
mod shell;
mod startup;
mod stats;
mod study;
mod suspend;
mod target;
mod traveling_packs;
mod tune;
mod undo;
mod upgrade;
mod with_app;

use std::io::{self, Write};

use anyhow::Result;

use crate::cli::{Cli, Command, GlobalArgs};
use crate::ui::output;
use badgedex_domain::sanitize;
use badgedex_store::backups::{BackupError, WriteError};
use badgedex_store::{StoreError, describe_io_error};
use exit::Exit;
pub use leftovers::Leftovers;
use with_app::with_app;

/// Runs a command line and prints its error. Returns the exit code.
pub fn main(cli: &Cli, leftovers: &mut Leftovers) -> u8 {
    match run(cli, leftovers) {
        Ok(exit) => exit as u8,
        // The reader of a pipe has had enough.
        Err(error) if is_broken_pipe(&error) => Exit::Done as u8,
        Err(error) => {
            let error = with_rescue(&cli.global, error);
            // If standard error is closed there is nobody left to tell.
            let _ = output::note(&error.to_string());
            let is_prompt = matches!(cli.command, Some(Command::Due { short: true }));
            (if is_prompt { Exit::Unsure } else { Exit::NotDone }) as u8
        }
    }
}

/// Prints what clap says: help and version as they are, an error through the gate, since it repeats what
/// was typed. Returns the exit code.
pub fn misspelt(error: &clap::Error) -> u8 {
    let code = u8::try_from(error.exit_code()).unwrap_or(Exit::NotDone as u8);
    if error.use_stderr() {
        // A closed standard error leaves nobody to tell.
        let _ = write!(io::stderr(), "{}", sanitize::paragraph(&error.render().to_string()));
        return code;
    }
    match error.print().and_then(|()| io::stdout().flush()) {
        Ok(()) => code,
        // The reader of a pipe has had enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => code,
        Err(error) => {
            let _ = output::note(&format!("cannot print it: {}", describe_io_error(&error)));
            Exit::NotDone as u8
        }
    }
}

/// Sets a damaged store aside before anybody writes to it; the error then tells the way back.
fn with_rescue(global: &GlobalArgs, error: anyhow::Error) -> anyhow::Error {
    match store_error(&error) {
        Some(StoreError::Damaged { reason, .. }) => {
            data::set_aside(global, reason).map_or_else(|failed| failed, |told| anyhow::anyhow!(told))
        }
        _ => error,
    }
}

/// What went wrong with the store, wherever it came to light.
fn store_error(error: &anyhow::Error) -> Option<&StoreError> {
    let by_backup = || match error.downcast_ref()? {
        BackupError::Store(error) => Some(error),
        BackupError::Io { .. } | BackupError::NotVerified { .. } => None,
    };
    let by_writing = || match error.downcast_ref()? {
        WriteError::Store(error) => Some(error),
        WriteError::Io(_) => None,
    };
    error.downcast_ref().or_else(by_backup).or_else(by_writing)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |e: &io::Error| e.kind() == io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(broken))
}

fn run(cli: &Cli, leftovers: &mut Leftovers) -> Result<Exit> {
    let global = &cli.global;
    let Some(command) = &cli.command else { return menu::run(global) };
    match command {
        Command::Study(wanted) => with_app(global, |app| study::run(app, wanted)),
        Command::Target(wanted) => with_app(global, |app| target::run(app, wanted)),
        Command::Exam(wanted) => with_app(global, |app| exam::run(app, wanted)),
        Command::Ready(wanted) => with_app(global, |app| ready::run(app, wanted)),
        Command::Due { short } => due::run(global, *short),
        Command::Badges { credential, sources, issuer } => {
            with_app(global, |app| badges::run(app, credential.as_deref(), *sources, issuer.as_deref()))
        }
        Command::Next { role, explain, issuer } => {
            with_app(global, |app| next::run(app, role.as_deref(), *explain, issuer.as_deref()))
        }
        Command::Plan(wanted) => with_app(global, |app| plan::run(app, wanted)),
        Command::Pass(wanted) => with_app(global, |app| record::pass(app, wanted)),
        Command::Fail { credential, on, score } => {
            with_app(global, |app| record::fail(app, credential, *on, score.as_ref()))
        }
        Command::Schedule { credential, on, fee, place } => {
            with_app(global, |app| record::schedule(app, credential, *on, *fee, place.as_deref()))
        }
        Command::Move { credential, on } => with_app(global, |app| record::move_to(app, credential, *on)),
        Command::Unschedule { credential } => with_app(global, |app| record::unschedule(app, credential)),
        Command::Drop { credential } => with_app(global, |app| record::drop(app, credential)),
        Command::Skip { credential } => with_app(global, |app| record::skip(app, credential)),
        Command::Unskip { credential } => with_app(global, |app| record::unskip(app, credential)),
        Command::Suspend { question: Some(question), .. } => {
            with_app(global, |app| suspend::suspend(app, question))
        }
        Command::Suspend { question: None, least } => {
            with_app(global, |app| suspend::suspend_least(app, least.unwrap_or(0) as usize))
        }
        Command::Resume { question } => with_app(global, |app| suspend::resume(app, question)),
        Command::Flag { question, why } => with_app(global, |app| flags::run_flag(app, question, why)),
        Command::Unflag { question } => with_app(global, |app| flags::run_unflag(app, question)),
        Command::Flags => with_app(global, |app| flags::list(app)),
        Command::Note { question, text } => with_app(global, |app| flags::run_note(app, question, text)),
        Command::Search { words } => with_app(global, |app| search::run(app, words)),
        Command::Calendar { out, study } => {
            with_app(global, |app| calendar::run(app, out.as_deref(), *study))
        }
        Command::Share(wanted) => with_app(global, |app| share::run(app, wanted)),
        Command::Stats { all, svg } => with_app(global, |app| stats::run(app, *all, svg.as_deref())),
        Command::Tune(wanted) => with_app(global, |app| tune::run(app, wanted)),
        Command::Awards => with_app(global, |app| awards::run(app)),
        Command::Pack(command) => pack::run(global, command, leftovers),
        Command::Data(command) => data::run(global, command),
        Command::Undo => with_app(global, undo::run),
        Command::Set { key, value } => {
            with_app(global, |app| set::run(app, key.as_deref(), value.as_deref()))
        }
        Command::Completions { shell } => shell::completions(*shell),
        Command::Man => shell::man(),
    }
}
