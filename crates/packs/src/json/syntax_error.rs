//! What is wrong in a text that is not JSON, and what to write.

use std::ops::Range;

use crate::position::Position;

/// A mistake in writing JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyntaxError<'a> {
    /// Nothing is in the file.
    Empty,
    /// A comma after the last value of a list or an object.
    TrailingComma,
    /// A comma with nothing before it.
    StrayComma,
    /// No comma between two values.
    MissingComma,
    /// A comma in a number.
    CommaInNumber,
    /// No colon between a key and its value.
    MissingColon,
    /// No value after a key.
    MissingValue,
    /// Something else in the place of a key.
    MissingKey,
    /// A key in a list that holds nothing else.
    KeyInList,
    /// A comment.
    Comment,
    /// Around a string that is whole without them (what is between them), or on one side only.
    CurlyQuotes(Option<Range<usize>>),
    /// Single quotation marks around a string.
    SingleQuotes,
    /// A key without quotation marks.
    BareKey(&'a str),
    /// A value without quotation marks.
    BareWord(&'a str),
    /// A value that other languages write so.
    ForeignWord {
        /// As it is written.
        written: &'a str,
        /// As JSON writes it.
        meant: &'static str,
    },
    /// A quotation mark inside a string.
    QuoteInString,
    /// The string that begins here is not closed in its line.
    UnclosedString,
    /// The string that begins here is not closed, and the next quotation mark ends it.
    MissingQuote,
    /// A single backslash.
    Backslash,
    /// A tab in a string.
    Tab,
    /// A character that does not show.
    Invisible(char),
    /// A number that JSON writes otherwise.
    BadNumber(&'a str),
    /// The list or object that opens at a byte is not closed here.
    Unclosed(usize),
    /// The text ends before the lists and objects that open at these bytes are closed, innermost first.
    UnclosedAtEnd(Vec<usize>),
    /// A bracket or brace that closes nothing.
    Unopened(char),
    /// One character in the place of another.
    WrongCharacter {
        /// What JSON writes.
        wanted: char,
        /// What is written.
        found: char,
    },
    /// Something after the end.
    AfterEnd,
    /// More brackets in one another than can be read.
    TooDeep,
    /// A character that means nothing.
    Unexpected(char),
}

impl SyntaxError<'_> {
    /// Whether there is only one way to fix it.
    pub fn is_fixable(&self) -> bool {
        matches!(
            self,
            SyntaxError::TrailingComma | SyntaxError::ForeignWord { .. } | SyntaxError::CurlyQuotes(Some(_))
        )
    }

    /// What is wrong in a text that begins at `start`, and what to write.
    pub fn sentence(&self, text: &str, start: Position) -> String {
        sentence(self, text, start)
    }
}

/// At most this many open brackets are named.
const MAX_NAMED: usize = 3;

fn sentence(error: &SyntaxError<'_>, text: &str, start: Position) -> String {
    let fixed = match error {
        SyntaxError::BareKey(word) => {
            return format!("a key is written in quotation marks: write \"{word}\"");
        }
        SyntaxError::BareWord(word) => {
            return format!("{word} is not in quotation marks: a text begins and ends with one");
        }
        SyntaxError::ForeignWord { written, meant } => {
            return format!("JSON does not know {written}: write {meant}");
        }
        SyntaxError::Invisible(c) => {
            return format!("there is an invisible character here (U+{:04X}): take it out", u32::from(*c));
        }
        SyntaxError::BadNumber(written) => {
            return format!(
                "{written} is not a number: write digits, with a point for decimals and no 0 in front"
            );
        }
        SyntaxError::Unclosed(open) => {
            let (what, close) = bracket(text, *open, start);
            return format!("{what} is not closed: write {close} here");
        }
        SyntaxError::UnclosedAtEnd(open) => return unclosed_at_end(text, open, start),
        SyntaxError::Unopened(c) => return format!("this {c} closes nothing: take it out"),
        SyntaxError::WrongCharacter { wanted, found } => {
            return format!("write {wanted} in place of {found}");
        }
        SyntaxError::Unexpected(c) => return format!("{c} is not valid here: remove it"),
        SyntaxError::Empty => "the file is empty: write an object in braces",
        SyntaxError::TrailingComma => "this comma is too many, since nothing follows it: take it out",
        SyntaxError::StrayComma => "this comma is too many, since nothing is before it: take it out",
        SyntaxError::MissingComma => "a comma is missing: write one here",
        SyntaxError::CommaInNumber => {
            "a number has no commas: write its digits alone, and a point for decimals"
        }
        SyntaxError::MissingColon => "a colon is missing between a key and its value: write one here",
        SyntaxError::MissingValue => "the value of the key before is missing: write it here",
        SyntaxError::MissingKey => "a key in quotation marks belongs here: write one",
        SyntaxError::KeyInList => "this list holds keys: write { and } in place of [ and ]",
        SyntaxError::Comment => "JSON has no comments: take it out",
        SyntaxError::CurlyQuotes(_) => "JSON does not know curly quotation marks: write straight ones",
        SyntaxError::SingleQuotes => "JSON does not know single quotation marks: write double ones",
        SyntaxError::QuoteInString => {
            "the text ends at this quotation mark: write \\\" for one inside a text"
        }
        SyntaxError::MissingQuote => "the text that begins here has no quotation mark at its end: write it",
        SyntaxError::UnclosedString => {
            "the text that begins here is not closed in its line: write its last quotation mark, and \\n for a line break in it"
        }
        SyntaxError::TooDeep => "too many brackets are nested here: take some out",
        SyntaxError::Backslash => "a backslash is written twice in a text: write \\\\",
        SyntaxError::Tab => "there is a tab in a text: write \\t, or a space",
        SyntaxError::AfterEnd => "there is something after the end: take it out",
    };
    fixed.to_owned()
}

/// What opens at a byte, in words, and what closes it.
fn bracket(text: &str, open: usize, start: Position) -> (String, char) {
    let Position { line, column } = start.after(&text[..open]);
    match text[open..].starts_with('[') {
        true => (format!("the list that begins at {line}:{column}"), ']'),
        false => (format!("the object that begins at {line}:{column}"), '}'),
    }
}

fn unclosed_at_end(text: &str, open: &[usize], start: Position) -> String {
    let named: Vec<(String, char)> =
        open.iter().take(MAX_NAMED).map(|open| bracket(text, *open, start)).collect();
    let whats: Vec<&str> = named.iter().map(|(what, _)| what.as_str()).collect();
    let closes: String = named.iter().map(|(_, close)| *close).collect();
    let is = if whats.len() == 1 { "is" } else { "are" };
    format!("{} {is} not closed: write {closes} at the end", whats.join(" and "))
}
