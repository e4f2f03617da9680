//! One file a command: read the clock once, load, let the domain decide, save, show.

mod badges;
mod calendar;
mod check;
mod clock;
mod data;
mod desk;
mod due;
mod errors;
mod files;
mod keep;
mod menu;
mod next;
mod pack;
mod plan;
mod record;
mod set;
mod share;
mod shell;
mod stats;
mod study;
mod undo;
mod welcome;

use std::io::{self, Write};

use anyhow::Result;

use crate::cli::{Cli, Command, DataCommand, Global, PackCommand};
use crate::domain::gate;
use crate::ui::output;
use desk::Desk;

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
        true => write!(io::stderr(), "{}", gate::paragraph(&error.render().to_string())),
        false => error.print(),
    };
    u8::try_from(error.exit_code()).unwrap_or(Exit::NotDone as u8)
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
        Some(Command::Pack(PackCommand::Check { path })) => check::run(global, path),
        Some(Command::Data(DataCommand::Where)) => data::location(global),
        Some(command) => at_desk(command, global),
    }
}

/// Commands that need the learner's data.
fn at_desk(command: &Command, global: &Global) -> Result<Exit> {
    let mut desk = Desk::open(global)?;
    match command {
        Command::Study(wanted) => study::run(&mut desk, wanted),
        Command::Due { short } => due::run(&desk, *short),
        Command::Badges { credential, issuer } => {
            badges::run(&desk, credential.as_deref(), issuer.as_deref())
        }
        Command::Next { role, explain, issuer } => {
            next::run(&desk, role.as_deref(), *explain, issuer.as_deref())
        }
        Command::Plan(wanted) => plan::run(&desk, wanted),
        Command::Calendar { out } => calendar::run(&desk, out.as_deref()),
        Command::Share(wanted) => share::run(&desk, wanted),
        Command::Fail { credential, on } => record::fail(&mut desk, credential, *on),
        Command::Move { credential, on } => record::move_to(&mut desk, credential, *on),
        Command::Pass(pass) => record::pass(&mut desk, pass),
        Command::Schedule { credential, on, fee, place } => {
            record::schedule(&mut desk, credential, *on, *fee, place.as_deref())
        }
        Command::Unschedule { credential } => record::unschedule(&mut desk, credential),
        Command::Drop { credential } => record::drop(&mut desk, credential),
        Command::Skip { credential } => record::skip(&mut desk, credential),
        Command::Unskip { credential } => record::unskip(&mut desk, credential),
        Command::Suspend { question } => record::suspend(&mut desk, question),
        Command::Resume { question } => record::resume(&mut desk, question),
        Command::Stats { all } => stats::run(&desk, *all),
        Command::Pack(PackCommand::List) => pack::list(&desk),
        Command::Pack(PackCommand::Show { pack }) => pack::show(&desk, pack),
        Command::Data(DataCommand::Export { out }) => data::export(&desk, out.as_deref()),
        Command::Data(DataCommand::Import { file }) => data::import(&mut desk, file),
        Command::Data(DataCommand::Check) => data::check(&desk),
        Command::Undo => undo::run(&mut desk),
        Command::Set { key, value } => set::run(&mut desk, key.as_deref(), value.as_deref()),
        Command::Completions { .. } | Command::Man => Ok(Exit::Done),
        Command::Pack(PackCommand::Check { .. }) | Command::Data(DataCommand::Where) => Ok(Exit::Done),
    }
}
