//! Parses the command line, runs the command, prints the one error, ends with the exit code.

use std::process::ExitCode;

use badgedex::cli::Cli;
use badgedex::commands;
use clap::Parser;

fn main() -> ExitCode {
    ExitCode::from(commands::main(&Cli::parse()))
}
