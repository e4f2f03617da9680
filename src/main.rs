//! badgedex: study for professional credentials, collect them, and learn which one to take next.
//!
//! Parses the command line, runs the command, ends with its exit code. The map, from the door inwards;
//! arrows run one way:
//!
//! - [`cli`]: the command line, as types
//! - [`commands`]: one file a command: read the clock once, load, let the domain decide, save, show
//! - [`ui`]: what the learner sees and how they are asked (rich, plain)
//! - [`session`]: one sitting as a state machine

mod cli;
mod commands;
mod session;
mod ui;

use std::mem;
use std::process::ExitCode;

use clap::Parser;

use cli::Cli;
use commands::Leftovers;

fn main() -> ExitCode {
    let mut leftovers = Leftovers::default();
    let code = match Cli::try_parse() {
        Ok(cli) => commands::main(&cli, &mut leftovers),
        Err(error) => commands::misspelt(&error),
    };
    mem::forget(leftovers);
    ExitCode::from(code)
}
