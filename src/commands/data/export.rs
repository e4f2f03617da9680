//! `data export`: the journal as JSON lines.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::Result;

use crate::commands::app_context::AppContext;
use crate::commands::exit::Exit;
use crate::commands::files;
use crate::ui::output;
use crate::ui::text::count;
use badgedex_store::backups;

/// Writes the journal to a file, or to standard output if none is named; and the learner's own packs to another
/// file.
///
/// # Errors
/// The journal cannot be read, or what was asked for cannot be written.
pub fn run(app: &AppContext, out: Option<&Path>, packs: Option<&Path>) -> Result<Exit> {
    match out {
        None => {
            let mut stdout = BufWriter::new(io::stdout().lock());
            backups::write_lines(&mut stdout, &app.journal.store)?;
            stdout.flush()?;
        }
        Some(path) => {
            let mut text = Vec::new();
            let events = backups::write_lines(&mut text, &app.journal.store)?;
            files::write_new(path, &text)?;
            output::note(&format!("{} written to {}", count(events, "event", "events"), path.display()))?;
        }
    }
    match packs {
        Some(path) => super::packs::export(app, path)?,
        None => super::packs::tell_absence(app)?,
    }
    Ok(Exit::Done)
}
