//! From the bytes of a file to the questions in it: the encoding, the format, then the format's reader.

use std::io::Cursor;

use badgedex_domain::sanitize;

use crate::apkg::{self, PackageError, PastReview};
use crate::badgedex_json::{self, DocumentError};
use crate::csv::{self, ColumnMapping};
use crate::encoding::{self, DecodeError};
use crate::format::Format;
use crate::limits::{MAX_LINES, MAX_SEPARATORS};
use crate::parsed::{ImportedQuestion, ParsedFile};
use crate::{aiken, anki_text, gift, hascard, hashcards, practice, recognize};

/// What a person said about a file; everything else is recognized.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Its format.
    pub format: Option<Format>,
    /// The label of its encoding.
    pub encoding: Option<String>,
    /// What its columns hold.
    pub map: ColumnMapping,
    /// Whether past reviews are wanted too.
    pub history: bool,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadFile {
    /// The format that it was read as.
    pub format: Format,
    /// The name of its encoding; `None` if it is not text.
    pub encoding: Option<&'static str>,
    /// What it holds.
    pub contents: ParsedFile,
    /// Answers that were given in another program; empty unless they are wanted.
    pub history: Vec<PastReview>,
}

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is not text.
    #[error(transparent)]
    Encoding(#[from] DecodeError),
    /// It is a damaged package.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// It is JSON, but not a pack.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// Nothing is in it.
    #[error("it is empty")]
    Empty,
    /// It has more lines than [`MAX_LINES`].
    #[error("it has more than {MAX_LINES} lines: make several files of it")]
    TooManyLines,
    /// It has more separators than [`MAX_SEPARATORS`].
    #[error("it has more than {MAX_SEPARATORS} commas, semicolons, tabs and bars: make several files of it")]
    TooManySeparators,
    /// It is text in no format that is known.
    #[error("its format is not recognized: name it with --as ({})", format_names())]
    UnknownFormat,
}

/// Reads a file of this name. The name decides between formats only if the bytes leave it open.
///
/// ```
/// use badgedex_formats::reading::{ReadError, ReadOptions, read};
///
/// let deck = b"Q: Which side is port?\nA: left\n";
/// let read_deck = read("sea.md", deck, &ReadOptions::default())?;
/// assert_eq!(read_deck.contents.questions.len(), 1);
/// assert_eq!(read("empty.txt", b" ", &ReadOptions::default()), Err(ReadError::Empty));
/// # Ok::<(), ReadError>(())
/// ```
///
/// # Errors
///
/// Nothing in it can be read. Questions that cannot be imported are in [`ParsedFile::refusals`] instead.
pub fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<ReadFile, ReadError> {
    let decoded = encoding::decode(bytes, options.encoding.as_deref());
    let text = decoded.as_ref().ok().map(|decoded| decoded.text.as_str());
    text.map_or(Ok(()), check_size)?;
    let format = options.format.or_else(|| recognize::recognize(name, bytes, text));
    if format == Some(Format::AnkiPackage) {
        return read_package(bytes, options.history);
    }
    let decoded = decoded?;
    if is_blank(&decoded.text) {
        return Err(ReadError::Empty);
    }
    let format = format.ok_or(ReadError::UnknownFormat)?;
    let mut contents = read_text(format, &decoded.text, &options.map)?;
    contents.notes.extend(lost_tags(&contents));
    Ok(ReadFile { format, encoding: Some(decoded.encoding), contents, history: Vec::new() })
}

/// Refuses a text whose questions would not fit in memory, whatever its format is.
fn check_size(text: &str) -> Result<(), ReadError> {
    let (mut feeds, mut returns, mut separators) = (0, 0, 0);
    for byte in text.bytes() {
        match byte {
            b'\n' => feeds += 1,
            b'\r' => returns += 1,
            b',' | b';' | b'\t' | b'|' => separators += 1,
            _ => {}
        }
    }
    if feeds.max(returns) > MAX_LINES {
        Err(ReadError::TooManyLines)
    } else if separators > MAX_SEPARATORS {
        Err(ReadError::TooManySeparators)
    } else {
        Ok(())
    }
}

/// Whether nothing in a text can be seen. It is read in pieces: most texts show something in the first.
fn is_blank(text: &str) -> bool {
    const PIECE_LENGTH: usize = 1024;
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.char_indices().nth(PIECE_LENGTH).map_or(rest.len(), |(end, _)| end);
        let (piece, after) = rest.split_at(end);
        if !sanitize::line(piece).trim().is_empty() {
            return false;
        }
        rest = after;
    }
    true
}

fn read_text(format: Format, text: &str, map: &ColumnMapping) -> Result<ParsedFile, DocumentError> {
    Ok(match format {
        Format::Gift => gift::read(text),
        Format::Aiken => aiken::read(text),
        Format::AnkiText => anki_text::read(text),
        Format::Csv => csv::read(text, map),
        Format::Hashcards => hashcards::read(text),
        Format::Hascard => hascard::read(text),
        Format::Practice => practice::read(text),
        Format::Json => badgedex_json::read(text)?,
        // A package is not text and is read before.
        Format::AnkiPackage => ParsedFile::default(),
    })
}

fn read_package(bytes: &[u8], want_history: bool) -> Result<ReadFile, ReadError> {
    let (mut contents, history) = apkg::read(Cursor::new(bytes), want_history)?;
    contents.notes.extend(lost_tags(&contents));
    Ok(ReadFile { format: Format::AnkiPackage, encoding: None, contents, history })
}

/// A note about tags that are lost: a question has one topic, and its first tag is that if it has no other.
fn lost_tags(contents: &ParsedFile) -> Option<String> {
    let is_lost = |question: &&ImportedQuestion| question.tags.len() > usize::from(question.topic.is_empty());
    let number = contents.questions.iter().filter(is_lost).count();
    let questions = if number == 1 { "1 question".to_owned() } else { format!("{number} questions") };
    (number > 0).then(|| format!("tags of {questions} are left out: a question has one topic and no tags"))
}

fn format_names() -> String {
    Format::ALL.map(Format::name).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(name: &str, text: &str) -> Option<ReadError> {
        read(name, text.as_bytes(), &ReadOptions::default()).err()
    }

    #[test]
    fn a_text_with_too_many_lines_or_columns_is_refused_before_it_is_taken_apart() {
        for (name, line) in [("a.csv", "a\n"), ("a.txt", "a\r\n"), ("a.gift", "\r"), ("a.md", "- [ ] a\n")] {
            assert_eq!(refused(name, &line.repeat(MAX_LINES + 1)), Some(ReadError::TooManyLines), "{name}");
        }
        for separator in [",", ";", "\t", "|"] {
            let text = separator.repeat(MAX_SEPARATORS + 1);
            assert_eq!(refused("a.csv", &text), Some(ReadError::TooManySeparators), "{separator:?}");
        }
        assert!(check_size(&"a,b\r\n".repeat(MAX_LINES)).is_ok());
    }

    #[test]
    fn a_text_that_shows_nothing_is_empty_however_long_it_is() {
        assert_eq!(refused("a.csv", &" \u{200b}\n".repeat(5_000)), Some(ReadError::Empty));
        assert!(!is_blank(&format!("{}é", " \n".repeat(5_000))));
        assert!(is_blank(""));
    }
}
