//! Reading a journal file into the store, and telling which of its lines are damaged.

use anyhow::Result;

use crate::ui::output;
use crate::ui::text::count;
use badgedex_store::{DamagedLine, Import, JournalFile};

/// At most this many damaged lines are told one by one.
pub const MAX_TOLD: usize = 20;

/// Adds all sound lines of a journal file. Returns the others.
///
/// # Errors
/// The file cannot be read, or the store cannot be written to.
pub fn add_all(importing: &mut Import, file: &mut JournalFile) -> Result<Vec<DamagedLine>> {
    let mut damaged = Vec::new();
    while let Some(line) = file.next_event()? {
        match line {
            Ok(line) => importing.add(&line.event)?,
            Err(bad) => damaged.push(bad),
        }
    }
    Ok(damaged)
}

/// Tells which lines were left out.
///
/// # Errors
/// Standard error is closed.
pub fn tell_damaged(file: &str, damaged: &[DamagedLine]) -> Result<()> {
    for DamagedLine { line, problem } in damaged.iter().take(MAX_TOLD) {
        output::note(&format!("{file}: line {line} was left out: {problem}"))?;
    }
    if damaged.len() > MAX_TOLD {
        let more = count(damaged.len() - MAX_TOLD, "more line was", "more lines were");
        output::note(&format!("{file}: {more} left out"))?;
    }
    Ok(())
}
