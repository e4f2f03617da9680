//! Texts with blanks around them, and texts that are in a list twice.

use std::collections::HashSet;
use std::ops::Range;

use super::edits::Edits;
use super::fix::FixKind;
use crate::json::Node;
use crate::text_case::folded;
use badgedex_domain::sanitize;

/// The blanks at the beginning and at the end of a text in quotation marks, as they are written;
/// `None` if the text is nothing else.
fn blanks(text: &Node<'_>) -> Option<(Range<usize>, Range<usize>)> {
    let Range { start, end } = text.is_string().then(|| text.inner())?;
    let inner = &text.whole()[start..end];
    let mut shown: Option<(usize, usize)> = None;
    let mut at = 0;
    while let Some((length, c)) = unit(&inner[at..]) {
        if !c.is_whitespace() {
            shown = Some((shown.map_or(at, |(first, _)| first), at + length));
        }
        at += length;
    }
    let (first, last) = shown?;
    Some((start..start + first, start + last..end))
}

/// The length of the first character as it is written, and what it means; half of a pair is not a blank.
fn unit(text: &str) -> Option<(usize, char)> {
    let c = text.chars().next()?;
    if c != '\\' {
        return Some((c.len_utf8(), c));
    }
    let escaped = text[1..].chars().next()?;
    Some(match escaped {
        'n' | 'r' | 't' => (2, ' '),
        'u' => {
            let code = text.get(2..6).and_then(|code| u32::from_str_radix(code, 16).ok());
            (6, code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER))
        }
        other => (1 + other.len_utf8(), other),
    })
}

/// A text of one line loses the blanks around it. The first of several lines may be indented for a
/// reason: there only those at the end go.
pub fn trim(text: &Node<'_>, key: &'static str, item: Option<&str>, edits: &mut Edits) {
    let Some((before, after)) = blanks(text) else { return };
    let is_one_line = !text.string().is_some_and(|said| said.trim().contains(['\n', '\r']));
    let ranges = [before, after].into_iter().zip([is_one_line, true]);
    let ranges: Vec<Range<usize>> =
        ranges.filter(|(range, may_go)| *may_go && !range.is_empty()).map(|(range, _)| range).collect();
    if let Some((first, rest)) = ranges.split_first() {
        edits.reported(first.clone(), "", item, FixKind::Blanks { key });
        rest.iter().for_each(|range| edits.silent(range.clone(), ""));
    }
}

/// All texts of a list lose the blanks around them.
pub fn trim_all(list: &Node<'_>, key: &'static str, item: Option<&str>, edits: &mut Edits) {
    for text in list.items().unwrap_or_default() {
        if text.string().is_some() {
            trim(text, key, item, edits);
        }
    }
}

/// Like `trim_all`, and of texts that are the same the first one stays.
pub fn trim_and_thin(list: &Node<'_>, key: &'static str, item: Option<&str>, edits: &mut Edits) {
    let items = list.items().unwrap_or_default();
    let mut seen = HashSet::new();
    for (place, text) in items.iter().enumerate() {
        let Some(said) = text.string() else { continue };
        let said = sanitize::line(&said).trim().to_owned();
        if said.is_empty() || seen.insert(folded(&said)) {
            trim(text, key, item, edits);
        } else {
            let what = FixKind::TextTwice { key, text: said };
            edits.reported(with_comma(items, place), "", item, what);
        }
    }
}

/// A part of a list together with the comma before it.
pub fn with_comma(items: &[Node<'_>], place: usize) -> Range<usize> {
    let end = items[place].range().end;
    let start = place.checked_sub(1).map_or(items[place].range().start, |before| items[before].range().end);
    start..end
}
