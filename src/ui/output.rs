//! The one way to print: standard output for what was asked for, standard error for the rest.

use std::io::{self, Write};

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
    let mut err = io::stderr().lock();
    writeln!(err, "badgedex: {}", gate::paragraph(text))
}
