//! What is wrong with a file of questions: where, and what to do.

use std::fmt;

use super::json_words;
use super::place::Spot;
use badgedex_domain::sanitize;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    /// From 1; none where the whole file is meant.
    pub line: Option<usize>,
    /// From 1, in characters; none where the whole file is meant.
    pub column: Option<usize>,
    /// Question or credential.
    pub item: Option<String>,
    pub problem: String,
}

impl Fault {
    pub fn of_file(file: &str, problem: impl Into<String>) -> Fault {
        Fault { file: file.to_owned(), line: None, column: None, item: None, problem: problem.into() }
    }

    pub fn at(file: &str, spot: Spot, item: Option<&str>, problem: impl Into<String>) -> Fault {
        Fault {
            file: file.to_owned(),
            line: Some(spot.line),
            column: Some(spot.column),
            item: item.map(str::to_owned),
            problem: problem.into(),
        }
    }

    /// What serde says of `text`, which begins at `start`, in words that say what to do.
    pub fn of_json(
        file: &str,
        start: Spot,
        text: &str,
        item: Option<&str>,
        error: &serde_json::Error,
    ) -> Fault {
        let said = json_words::said(text, start, error);
        let by_fix = if said.is_mendable { ", or let pack check --fix do it" } else { "" };
        Fault::at(file, start.after(&text[..said.at]), item, said.problem + by_fix)
    }
}

/// `file:line:column  item: `, as much of it as is known.
pub fn write_place(
    f: &mut fmt::Formatter<'_>,
    file: &str,
    spot: Option<(usize, usize)>,
    item: Option<&str>,
) -> fmt::Result {
    write!(f, "{}", sanitize::line(file))?;
    if let Some((line, column)) = spot {
        write!(f, ":{line}:{column}")?;
    }
    if let Some(item) = item {
        write!(f, "  {}", sanitize::line(item))?;
    }
    f.write_str(": ")
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_place(f, &self.file, self.line.zip(self.column), self.item.as_deref())?;
        write!(f, "{}", sanitize::line(&self.problem))
    }
}
