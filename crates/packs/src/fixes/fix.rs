//! What is fixed in a file, and the file with its fixes.

use crate::diagnostic::Place;
use crate::json::Node;

/// What was fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FixKind {
    /// A byte order mark at the beginning of the file.
    ByteOrderMark,
    /// Lines that did not end with LF alone.
    LineEnds(usize),
    /// Lines with blanks before their end.
    BlanksAtLineEnds(usize),
    /// No line end after the last line.
    LastLineEnd,
    /// A comma after the last value of a list or an object.
    Comma,
    /// Texts in curly quotation marks.
    CurlyQuotes(usize),
    /// Words written as in other languages: `True`, `None`.
    Words(usize),
    /// A number in quotation marks.
    Number {
        /// The key that holds it.
        key: &'static str,
        /// The number.
        number: String,
    },
    /// A text where a list of texts belongs.
    List {
        /// The key that holds it.
        key: &'static str,
    },
    /// A missing id: the one that was made.
    IdMade(String),
    /// An id in other letters than an id has, or without its pack.
    IdRighted {
        /// As it was written.
        from: String,
        /// As it is now.
        to: String,
    },
    /// A key that names a choice and is not its letter.
    Letter {
        /// As it was written.
        from: String,
        /// The letter.
        to: char,
    },
    /// True or false in quotation marks.
    Truth(bool),
    /// A text that is in a list already.
    TextTwice {
        /// The key that holds it.
        key: &'static str,
        /// The text.
        text: String,
    },
    /// Blanks around a text.
    Blanks {
        /// The key that holds it.
        key: &'static str,
    },
    /// A credential by another name than its id.
    Credential {
        /// As it was written.
        from: String,
        /// As it is now.
        to: String,
    },
    /// A date that is not written as YYYY-MM-DD.
    Date {
        /// As it was written.
        from: String,
        /// As it is now.
        to: String,
    },
}

/// Something that was fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Where it is now.
    pub place: Place,
    /// What was fixed.
    pub kind: FixKind,
}

/// A file with its fixes in it.
#[derive(Debug)]
pub struct FixedFile {
    /// The file's label.
    pub label: String,
    /// Its new text.
    pub text: String,
    /// What was fixed in it.
    pub fixes: Vec<Fix>,
}

/// Fixes that would make a folder worse.
#[derive(Debug, thiserror::Error)]
#[error("the files were left unchanged: the fixes would have made something worse")]
pub struct FixRefused;

/// The mark at the beginning of a file that some editors write.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A text without its byte order mark.
pub fn unmarked(text: &str) -> &str {
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)
}

/// The questions of a file, as far as it has any.
pub fn questions<'t, 'a>(file: &'t Node<'a>) -> &'t [Node<'a>] {
    let questions = if file.has_unique_keys() { file.get("questions") } else { None };
    questions.and_then(Node::items).unwrap_or_default()
}
