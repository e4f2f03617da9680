//! Runs a command and prints the most memory that it held, in bytes.
//!
//! A program of its own, since a child starts with its parent's peak: this one stays small.

use std::env;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use wait4::Wait4;

fn main() -> Result<()> {
    let mut arguments = env::args_os().skip(1);
    let program = arguments.next().context("peak PROGRAM ARGUMENTS...")?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    let used = command.spawn()?.wait4()?;
    ensure!(used.status.success(), "the command ended with {}", used.status);
    println!("{}", used.rusage.maxrss);
    Ok(())
}
