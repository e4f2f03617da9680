//! A finding about a file of questions: what it is, how bad, where, and what to do.

use std::fmt;

use super::json::JsonError;
use super::position::Position;
use badgedex_domain::sanitize;

/// One thing that is wrong, or could be better.
///
/// ```
/// use badgedex_packs::{File, Folder, Severity, check};
///
/// let head = r#"{ "format": 1, "id": "sea", "title": "Sea", "teaches": "content", "topics": [], }"#;
/// let files = vec![File::of("sea/pack.json", head)];
/// let loaded = check(&[Folder::new("sea", files)]);
/// let [diagnostic] = &loaded.diagnostics[..] else { panic!("one thing is wrong") };
/// assert_eq!(diagnostic.severity(), Severity::Error);
/// assert!(diagnostic.to_string().starts_with("sea/pack.json:1:79: this comma is too many"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What sort of finding it is.
    pub code: Code,
    /// Where it is.
    pub place: Place,
    /// What is wrong, and what to write.
    pub message: String,
}

/// The sort of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// A file or folder cannot be read, or is not read.
    File,
    /// A file is not JSON.
    Syntax,
    /// A key or value is not one that belongs in its place.
    Shape,
    /// What is written contradicts itself or the rest of the pack.
    Content,
    /// The pack can be used, and could be better: the name of the rule.
    Lint(&'static str),
}

impl Code {
    /// The name in lower case, as `--json` has it for the findings of `--strict`.
    pub fn name(self) -> &'static str {
        match self {
            Code::File => "file",
            Code::Syntax => "syntax",
            Code::Shape => "shape",
            Code::Content => "content",
            Code::Lint(name) => name,
        }
    }
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The pack is not used until it is fixed.
    Error,
    /// The pack is used.
    Warning,
}

/// A file, a position in it, and the question or credential that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// As messages name it: a path, for files on disk.
    pub file: String,
    /// `None` if the whole file is meant.
    pub position: Option<Position>,
    /// The id of the question or credential; `None` if it is about neither, or the id cannot be read.
    pub item: Option<String>,
}

impl Place {
    /// A file as a whole.
    pub fn file(file: &str) -> Place {
        Place { file: file.to_owned(), position: None, item: None }
    }

    /// The line, from 1.
    pub fn line(&self) -> Option<usize> {
        self.position.map(|position| position.line)
    }

    /// The column, from 1, in characters.
    pub fn column(&self) -> Option<usize> {
        self.position.map(|position| position.column)
    }
}

/// `file:line:column  item`, as much of it as is known.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", sanitize::line(&self.file))?;
        if let Some(Position { line, column }) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        match &self.item {
            Some(item) => write!(f, "  {}", sanitize::line(item)),
            None => Ok(()),
        }
    }
}

impl Diagnostic {
    /// A finding about a file or folder as a whole.
    pub fn of_file(file: &str, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code: Code::File, place: Place::file(file), message: message.into() }
    }

    /// A finding about what is written at a position.
    pub fn at(file: &str, position: Position, item: Option<&str>, message: impl Into<String>) -> Diagnostic {
        let place = Place { position: Some(position), item: item.map(str::to_owned), ..Place::file(file) };
        Diagnostic { code: Code::Content, place, message: message.into() }
    }

    /// What keeps a text of a file from being read.
    pub fn of_json(file: &str, item: Option<&str>, error: &JsonError) -> Diagnostic {
        let by_fix = if error.is_fixable { ", or let pack check --fix do it" } else { "" };
        let code = if error.shape.is_some() { Code::Shape } else { Code::Syntax };
        Diagnostic { code, ..Diagnostic::at(file, error.position, item, format!("{error}{by_fix}")) }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self.code {
            Code::File | Code::Syntax | Code::Shape | Code::Content => Severity::Error,
            Code::Lint(_) => Severity::Warning,
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, sanitize::line(&self.message))
    }
}
