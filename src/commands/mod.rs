//! One file a command: read the clock once, load, let the domain decide, save, show.

mod awards;
mod badges;
mod calendar;
mod check;
mod clock;
mod data;
mod desk;
mod due;
mod edit;
mod errors;
mod export;
mod files;
mod import;
mod keep;
mod mend;
mod menu;
mod next;
mod own;
mod pack;
mod pack_new;
mod plan;
mod recall;
mod record;
mod set;
mod share;
mod shell;
mod stats;
mod study;
mod sync;
mod threshold;
mod tune;
mod undo;
mod welcome;

use std::io::{self, Write};

use anyhow::Result;

use crate::cli::{Cli, Command, DataCommand, Global, PackCommand};
use crate::ui::output;
use badgedex_domain::sanitize;
use badgedex_store::StoreError;
use badgedex_store::backups::{BackupError, WriteError};
use desk::Desk;
use threshold::Threshold;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Done = 0,
    /// It could not be done, or only in part; or nothing is due.
    NotDone = 1,
    /// `due --short` could not tell.
    Unsure = 3,
    /// Left by Ctrl-C.
    Interrupted = 130,
}

/// Runs a command line and prints its error. Returns the exit code.
pub fn main(cli: &Cli) -> u8 {
    match run(cli) {
        Ok(exit) => exit as u8,
        // The reader of a pipe has had enough.
        Err(error) if is_broken_pipe(&error) => Exit::Done as u8,
        Err(error) => {
            let error = cared_for(&cli.global, error);
            // Where standard error is closed there is nobody left to tell.
            let _ = output::note(&error.to_string());
            let prompt = matches!(cli.command, Some(Command::Due { short: true }));
            (if prompt { Exit::Unsure } else { Exit::NotDone }) as u8
        }
    }
}

/// What clap has to say: help and version as they are, an error through the gate, since it repeats what
/// was typed. Returns the exit code.
pub fn misspelt(error: &clap::Error) -> u8 {
    // A reader who has gone, or a closed standard error, leaves nobody to tell.
    let _ = match error.use_stderr() {
        true => write!(io::stderr(), "{}", sanitize::paragraph(&error.render().to_string())),
        false => error.print(),
    };
    u8::try_from(error.exit_code()).unwrap_or(Exit::NotDone as u8)
}

/// A damaged store is set aside before anybody writes to it, and the error tells the way back.
fn cared_for(global: &Global, error: anyhow::Error) -> anyhow::Error {
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
        _ => None,
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

fn run(cli: &Cli) -> Result<Exit> {
    let global = &cli.global;
    match &cli.command {
        None => menu::run(global),
        Some(Command::Completions { shell }) => shell::completions(*shell),
        Some(Command::Man) => shell::man(),
        Some(Command::Pack(PackCommand::Check { path, strict, fix })) => {
            check::run(global, path, check::How { strict: *strict, fix: *fix })
        }
        Some(Command::Data(DataCommand::Where)) => data::location(global),
        Some(Command::Data(DataCommand::Check)) => data::check(global),
        Some(Command::Data(DataCommand::Restore { file })) => data::restore(global, file.as_deref()),
        Some(command) => at_desk(command, global),
    }
}

/// Commands that need the learner's data.
fn at_desk(command: &Command, global: &Global) -> Result<Exit> {
    let at = Threshold::open(global)?;
    if matches!(command, Command::Due { short: true })
        && !global.json
        && let Some((due, streak_days)) = at.due()
    {
        return due::tell_short(due, streak_days);
    }
    let mut desk = Desk::open(at, global)?;
    let exit = obey(command, &mut desk);
    closing(&desk)?;
    exit
}

/// A backup that fails is said, and does not undo what was done.
fn closing(desk: &Desk) -> Result<()> {
    match data::keep_daily(desk) {
        Err(error) => output::note(&format!("{error:#}")).map_err(Into::into),
        Ok(()) => Ok(()),
    }
}

fn obey(command: &Command, desk: &mut Desk) -> Result<Exit> {
    match command {
        Command::Study(wanted) => study::run(desk, wanted),
        Command::Due { short } => due::run(desk, *short),
        Command::Badges { credential, issuer } => badges::run(desk, credential.as_deref(), issuer.as_deref()),
        Command::Next { role, explain, issuer } => {
            next::run(desk, role.as_deref(), *explain, issuer.as_deref())
        }
        Command::Plan(wanted) => plan::run(desk, wanted),
        Command::Calendar { out } => calendar::run(desk, out.as_deref()),
        Command::Share(wanted) => share::run(desk, wanted),
        Command::Fail { credential, on } => record::fail(desk, credential, *on),
        Command::Move { credential, on } => record::move_to(desk, credential, *on),
        Command::Pass(pass) => record::pass(desk, pass),
        Command::Schedule { credential, on, fee, place } => {
            record::schedule(desk, credential, *on, *fee, place.as_deref())
        }
        Command::Unschedule { credential } => record::unschedule(desk, credential),
        Command::Drop { credential } => record::drop(desk, credential),
        Command::Skip { credential } => record::skip(desk, credential),
        Command::Unskip { credential } => record::unskip(desk, credential),
        Command::Suspend { question } => record::suspend(desk, question),
        Command::Resume { question } => record::resume(desk, question),
        Command::Stats { all, svg } => stats::run(desk, *all, svg.as_deref()),
        Command::Awards => awards::run(desk),
        Command::Pack(PackCommand::List) => pack::list(desk),
        Command::Pack(PackCommand::New(wanted)) => pack_new::run(desk, wanted),
        Command::Pack(PackCommand::Show { pack }) => pack::show(desk, pack),
        Command::Pack(PackCommand::Add { source }) => own::add(desk, source),
        Command::Pack(PackCommand::Remove { pack, yes }) => own::remove(desk, pack, *yes),
        Command::Pack(PackCommand::Update { pack, source, dry_run, yes }) => {
            own::update(desk, pack, source, own::How { is_dry: *dry_run, yes: *yes })
        }
        Command::Pack(PackCommand::Edit { question }) => edit::run(desk, question),
        Command::Pack(PackCommand::Import(wanted)) => import::run(desk, wanted),
        Command::Pack(PackCommand::Export { pack, format, out }) => {
            export::run(desk, pack, *format, out.as_deref())
        }
        Command::Data(DataCommand::Export { out }) => data::export(desk, out.as_deref()),
        Command::Data(DataCommand::Import { file }) => data::import(desk, file),
        Command::Data(DataCommand::Backup { file }) => data::backup(desk, file.as_deref()),
        Command::Data(DataCommand::Sync { dir }) => sync::run(desk, dir),
        Command::Tune(wanted) => tune::run(desk, wanted),
        Command::Undo => undo::run(desk),
        Command::Set { key, value } => set::run(desk, key.as_deref(), value.as_deref()),
        Command::Completions { .. } | Command::Man => Ok(Exit::Done),
        Command::Pack(PackCommand::Check { .. }) => Ok(Exit::Done),
        Command::Data(DataCommand::Where | DataCommand::Check | DataCommand::Restore { .. }) => {
            Ok(Exit::Done)
        }
    }
}
