//! Parses the command line, runs the command, prints the one error, ends with the exit code.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use badgedex::cli::Cli;
use badgedex::commands;
use clap::Parser;

fn main() -> ExitCode {
    ExitCode::from(match Cli::try_parse() {
        Ok(cli) => commands::main(&cli),
        Err(error) => commands::misspelt(&error),
    })
}
