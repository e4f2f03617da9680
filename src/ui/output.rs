//! Printing: standard output for what the command was asked for, standard error for everything else.

use std::io::{self, IsTerminal, Write};

use serde_json::Value;

use badgedex_domain::sanitize;

/// Prints a screen and a line break.
pub fn page(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Prints a JSON value on one line.
pub fn json(value: &Value) -> io::Result<()> {
    page(&sanitize::json(&value.to_string()))
}

/// Prints a sentence or two; on a terminal they are wrapped.
pub fn say(text: &str) -> io::Result<()> {
    let text = sanitize::paragraph(text);
    page(&if io::stdout().is_terminal() { fitting(&text) } else { text.into_owned() })
}

/// Prints a message to standard error.
pub fn note(text: &str) -> io::Result<()> {
    let said = format!("badgedex: {}", sanitize::paragraph(text));
    let fitting = if io::stderr().is_terminal() { fitting(&said) } else { said };
    let mut err = io::stderr().lock();
    writeln!(err, "{fitting}")
}

/// A text whose lines fit the terminal.
fn fitting(text: &str) -> String {
    let width = crossterm::terminal::size().map_or(80, |(width, _)| usize::from(width));
    let lines: Vec<String> = text.lines().map(|line| broken(line, width)).collect();
    lines.join("\n")
}

/// A line in lines that fit, broken between words.
fn broken(line: &str, width: usize) -> String {
    let options = textwrap::Options::new(width.max(20))
        .subsequent_indent("  ")
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace);
    textwrap::fill(line, options)
}
