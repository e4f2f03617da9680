//! `completions` and `man`: for the shell, and for readers of manuals.

use std::io::{self, Write};

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::exit::Exit;
use crate::cli::Cli;

/// Prints the completions of a shell.
///
/// # Errors
/// Standard output cannot be written to.
pub fn completions(shell: Shell) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "badgedex", &mut script);
    print(&script)?;
    Ok(Exit::Done)
}

/// Prints the manual page.
///
/// # Errors
/// Standard output cannot be written to.
pub fn man() -> Result<Exit> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    print(&page)?;
    Ok(Exit::Done)
}

fn print(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}
