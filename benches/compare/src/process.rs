//! Running other programs: for their work, for their time, for what they print.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};

/// The seconds of a whole process, from its start to its end. It must succeed.
pub fn seconds(command: &mut Command) -> Result<f64> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let started = Instant::now();
    let status = command.status().with_context(|| format!("cannot start {command:?}"))?;
    let seconds = started.elapsed().as_secs_f64();
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok(seconds)
}

/// What a program prints. It must succeed; what it complains of becomes the error.
pub fn said(command: &mut Command) -> Result<String> {
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {command:?}"))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        let last = complaint.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
        bail!("{command:?} ended with {}: {last}", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The one number that a program prints.
pub fn number(command: &mut Command) -> Result<f64> {
    let said = said(command)?;
    said.parse().with_context(|| format!("{command:?} said {said:?}, which is no number"))
}

/// The seconds from the start of a process until a line of its output is the one waited for. Its input then
/// ends, and so must the process.
pub fn seconds_until(command: &mut Command, is_it: impl Fn(&str) -> bool) -> Result<f64> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let started = Instant::now();
    let mut child = command.spawn().with_context(|| format!("cannot start {command:?}"))?;
    let input = child.stdin.take();
    let output = child.stdout.take().context("a pipe has two ends")?;
    let mut lines = BufReader::new(output).lines();
    let found = lines.by_ref().map_while(Result::ok).find(|line| is_it(line));
    let seconds = started.elapsed().as_secs_f64();
    drop(input);
    // What is left is read, so that the process never waits for a reader.
    lines.for_each(drop);
    let status = child.wait()?;
    ensure!(found.is_some(), "{command:?} ended with {status} and never said what was waited for");
    Ok(seconds)
}
