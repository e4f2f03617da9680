//! Decks of cards as hashcards reads them.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;

/// Cards in one file.
const FILE: usize = 1_000;

/// Writes a folder of Markdown files with the given number of cards.
pub fn write(folder: &Path, cards: usize) -> Result<()> {
    fs::create_dir_all(folder)?;
    for start in (0..cards).step_by(FILE) {
        let mut file = BufWriter::new(fs::File::create(folder.join(format!("part-{start:06}.md")))?);
        for number in start..(start + FILE).min(cards) {
            writeln!(
                file,
                "Q: Case {number}: which of the services of the region fits what must be durable?"
            )?;
            writeln!(file, "A: Service {number}, since of all of them only number {number} is durable.\n")?;
        }
        file.flush()?;
    }
    Ok(())
}
