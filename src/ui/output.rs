//! The one way to print: standard output for what was asked for, standard error for the rest.

use std::io::{self, IsTerminal, Write};

use crate::domain::gate;

/// Prints a screen and a line break.
pub fn page(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Says something beside what was asked for.
pub fn note(text: &str) -> io::Result<()> {
    let said = format!("badgedex: {}", gate::paragraph(text));
    let width = if io::stderr().is_terminal() { crossterm::terminal::size().ok() } else { None };
    let mut err = io::stderr().lock();
    for line in said.lines() {
        match width {
            Some((width, _)) => writeln!(err, "{}", broken(line, usize::from(width)))?,
            None => writeln!(err, "{line}")?,
        }
    }
    Ok(())
}

/// A line in lines that fit, broken between words.
fn broken(line: &str, width: usize) -> String {
    let options = textwrap::Options::new(width.max(20))
        .subsequent_indent("  ")
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace);
    textwrap::fill(line, options)
}
