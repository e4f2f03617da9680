//! Writing what was asked for: to a file as a whole or not at all, or to standard output.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::ui::output;
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

/// Writes a file as a whole or not at all.
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
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().with_context(cannot)?.to_string_lossy().into_owned();
    let draft = folder.join(format!(".{name}.{}.part", std::process::id()));
    let written = (|| {
        let mut file = File::create_new(&draft)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&draft, path)
    })();
    written.map_err(|source| {
        // The draft is ours; if it cannot be removed either, the first error says more.
        let _ = fs::remove_file(&draft);
        anyhow::anyhow!("{}: {}", cannot(), describe_io_error(&source))
    })
}
