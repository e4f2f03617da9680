//! What is wrong with a file of questions: where, and what to do.

use std::fmt;

use crate::domain::gate;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    /// From 1; none where the whole file is meant.
    pub line: Option<usize>,
    /// Question or credential.
    pub item: Option<String>,
    pub problem: String,
}

impl Fault {
    pub fn of_file(file: &str, problem: impl Into<String>) -> Fault {
        Fault { file: file.to_owned(), line: None, item: None, problem: problem.into() }
    }

    pub fn at(file: &str, line: usize, item: Option<&str>, problem: impl Into<String>) -> Fault {
        Fault {
            file: file.to_owned(),
            line: Some(line),
            item: item.map(str::to_owned),
            problem: problem.into(),
        }
    }

    /// What serde says, at its line. `before` is the number of lines before the text that it read.
    pub fn of_json(file: &str, before: usize, item: Option<&str>, error: &serde_json::Error) -> Fault {
        let said = error.to_string();
        let problem = said.rsplit_once(" at line ").map_or(said.as_str(), |(problem, _)| problem);
        Fault::at(file, before + error.line().max(1), item, problem.replace('`', "\""))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", gate::line(&self.file))?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(item) = &self.item {
            write!(f, "  {}", gate::line(item))?;
        }
        write!(f, ": {}", gate::line(&self.problem))
    }
}
