//! Records of separated values, each with its line. A quotation mark that is never closed costs only its line.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord, Trim};

/// A record, and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// From 1.
    pub line: usize,
    pub fields: Vec<String>,
}

/// All records of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    pub rows: Vec<Row>,
    /// The line with a quotation mark that is never closed; it is not among the rows.
    pub unclosed: Option<usize>,
}

/// How records are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    pub delimiter: u8,
    /// Lines that begin with `#` are not records.
    pub has_comments: bool,
    /// The number of the text's first line.
    pub first_line: usize,
}

/// Reads the records; a quotation mark that is never closed costs only its line.
pub fn read(text: &str, shape: Shape) -> Rows {
    let Some(open) = unclosed_quote(text, shape) else {
        return Rows { rows: sound_rows(text, shape), unclosed: None };
    };
    let start = text[..open].rfind('\n').map_or(0, |at| at + 1);
    let end = text[open..].find('\n').map_or(text.len(), |at| open + at + 1);
    let mut rows = sound_rows(&text[..start], shape);
    let unclosed = shape.first_line + line_breaks(&text[..open]);
    // After it every quotation mark is doubled: no second one can be open.
    rows.extend(sound_rows(&text[end..], Shape { first_line: unclosed + 1, ..shape }));
    Rows { rows, unclosed: Some(unclosed) }
}

/// A text without the blanks before cells that are quoted as a whole: `one, "two, three"` has two.
pub fn without_blanks_before_quotes(text: &str, delimiter: u8) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut kept: Option<String> = None;
    let (mut at, mut from, mut is_field_start) = (0, 0, true);
    while at < bytes.len() {
        if is_field_start {
            let blanks = bytes[at..].iter().take_while(|b| **b == b' ').count();
            if bytes.get(at + blanks) == Some(&b'"')
                && let Some(close) = closing_quote(bytes, at + blanks + 1)
            {
                if blanks > 0 && ends_cell(&bytes[close + 1..], delimiter) {
                    kept.get_or_insert_default().push_str(&text[from..at]);
                    from = at + blanks;
                }
                at = if blanks == 0 || from == at + blanks { close } else { at + blanks };
            }
        }
        is_field_start = bytes[at] == b'\n' || bytes[at] == delimiter;
        at += 1;
    }
    match kept {
        None => Cow::Borrowed(text),
        Some(kept) => Cow::Owned(kept + &text[from..]),
    }
}

/// Whether only blanks come before the end of a cell.
fn ends_cell(bytes: &[u8], delimiter: u8) -> bool {
    let next = bytes.iter().find(|b| !matches!(b, b' ' | b'\r'));
    next.is_none_or(|next| *next == b'\n' || *next == delimiter)
}

fn sound_rows(text: &str, shape: Shape) -> Vec<Row> {
    let mut reader = ReaderBuilder::new()
        .delimiter(shape.delimiter)
        .has_headers(false)
        .flexible(true)
        .trim(Trim::None)
        .comment(shape.has_comments.then_some(b'#'))
        .from_reader(text.as_bytes());
    let mut place = Place { at: 0, line: shape.first_line };
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    while matches!(reader.read_record(&mut record), Ok(true)) {
        let from = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(usize::MAX));
        let line = place.line_of(text, record_start(text, from, shape.has_comments));
        rows.push(Row { line, fields: record.iter().map(str::to_owned).collect() });
    }
    rows
}

/// The reader's position is the one before empty lines and comments.
fn record_start(text: &str, from: usize, has_comments: bool) -> usize {
    let mut at = from.min(text.len());
    while let Some(line) = text.get(at..).and_then(|rest| rest.split_inclusive('\n').next()) {
        let is_skipped = line == "\n" || (has_comments && line.starts_with('#'));
        if !is_skipped {
            break;
        }
        at += line.len();
    }
    at
}

/// Counts line breaks once, however many places are asked for.
struct Place {
    at: usize,
    line: usize,
}

impl Place {
    fn line_of(&mut self, text: &str, at: usize) -> usize {
        self.line += text.get(self.at..at).map_or(0, line_breaks);
        self.at = self.at.max(at);
        self.line
    }
}

fn line_breaks(text: &str) -> usize {
    text.bytes().filter(|b| *b == b'\n').count()
}

/// Where a quotation mark opens that is never closed.
fn unclosed_quote(text: &str, shape: Shape) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let (mut is_field_start, mut is_line_start) = (true, true);
    while at < bytes.len() {
        let byte = bytes[at];
        if is_line_start && shape.has_comments && byte == b'#' {
            at += text[at..].find('\n').map_or(text.len() - at, |end| end + 1);
            continue;
        }
        if is_field_start && byte == b'"' {
            match closing_quote(bytes, at + 1) {
                Some(close) => at = close,
                None => return Some(at),
            }
        }
        is_line_start = byte == b'\n';
        is_field_start = is_line_start || byte == shape.delimiter;
        at += 1;
    }
    None
}

fn closing_quote(bytes: &[u8], mut at: usize) -> Option<usize> {
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'"', Some(b'"')) => at += 2,
            (b'"', _) => return Some(at),
            _ => at += 1,
        }
    }
    None
}
