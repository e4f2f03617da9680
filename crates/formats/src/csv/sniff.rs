//! Which character separates the columns: the one by which most rows have the same number of them.

use std::collections::HashMap;

use super::columns;
use crate::records::{self, Shape};

/// A character between columns, and its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separator {
    /// The character itself.
    pub byte: u8,
    /// As in "separated by commas".
    pub plural: &'static str,
}

/// In the order in which they are preferred if nothing else decides.
const SEPARATORS: [Separator; 4] = [
    Separator { byte: b'\t', plural: "tabs" },
    Separator { byte: b',', plural: "commas" },
    Separator { byte: b';', plural: "semicolons" },
    Separator { byte: b'|', plural: "pipes" },
];

/// How much of a file is looked at, in bytes.
const MAX_SAMPLE_BYTES: usize = 64 * 1024;

/// The separator of a file; commas if it shows none.
pub fn separator(text: &str) -> Separator {
    regularity(text).1
}

/// How regular a file is by its separator: above 10,000 if its first row names columns, otherwise how many
/// of 1000 rows have as many columns as most.
pub fn regularity(text: &str) -> (usize, Separator) {
    let sample = sample(text);
    let rated = SEPARATORS.iter().map(|separator| (rating(sample, separator.byte), separator));
    let best = rated.fold((0, &SEPARATORS[1]), |best, next| if next.0 > best.0 { next } else { best });
    (best.0, *best.1)
}

/// Whole lines from the start of a text.
fn sample(text: &str) -> &str {
    if text.len() <= MAX_SAMPLE_BYTES {
        return text;
    }
    let end = text.as_bytes()[..MAX_SAMPLE_BYTES].iter().rposition(|b| *b == b'\n');
    end.and_then(|end| text.get(..=end)).or_else(|| text.lines().next()).unwrap_or(text)
}

/// Names in the first row decide; otherwise how many of 1000 rows have as many columns as most.
fn rating(sample: &str, delimiter: u8) -> usize {
    let sample = &records::without_blanks_before_quotes(sample, delimiter);
    let rows = records::read(sample, Shape { delimiter, has_comments: false, first_line: 1 }).rows;
    let known = rows.first().map_or(0, |row| columns::known(&row.fields));
    if known >= 2 {
        return 10_000 + known;
    }
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for row in rows.iter().filter(|row| row.fields.len() > 1) {
        *counts.entry(row.fields.len()).or_default() += 1;
    }
    counts.values().max().map_or(0, |most| most * 1000 / rows.len().max(1))
}
