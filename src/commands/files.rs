//! Writing what was asked for: to a file as a whole or not at all, or to standard output.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::{Result, bail};

use crate::ui::output;
use badgedex_files::write_whole;
use badgedex_store::describe_io_error;

/// Writes bytes to a file, or to standard output if none is named. Bytes that are not text never reach a
/// terminal.
///
/// # Errors
/// The file cannot be written, or a picture would go to a terminal.
pub fn deliver(out: Option<&Path>, bytes: &[u8], is_text: bool) -> Result<()> {
    match out {
        Some(path) => {
            write_new(path, bytes)?;
            output::note(&format!("written to {}", path.display()))?;
        }
        None if !is_text && io::stdout().is_terminal() => {
            bail!("a picture cannot be shown here: write it to a file with --out FILE");
        }
        None => {
            let mut stdout = io::stdout().lock();
            stdout.write_all(bytes)?;
            stdout.flush()?;
        }
    }
    Ok(())
}

/// Writes a file as a whole or not at all. A new one is for its owner only.
///
/// # Errors
/// The file cannot be written; what was there before is as it was.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    let cannot = || format!("cannot write {}", path.display());
    if fs::metadata(path).is_ok_and(|m| !m.is_file()) {
        // A pipe or a device is written to, not replaced.
        return fs::write(path, bytes)
            .map_err(|source| anyhow::anyhow!("{}: {}", cannot(), describe_io_error(&source)));
    }
    write_whole(path, bytes).map_err(|source| anyhow::anyhow!("{}: {}", cannot(), describe_io_error(&source)))
}
