//! Edits of a text: whatever no edit names stays byte for byte.

use std::cmp::Reverse;
use std::ops::Range;

use super::fix::FixKind;
use crate::position::{Position, PositionCursor};

/// Edits of one text, in any order.
#[derive(Debug, Default)]
pub struct Edits(Vec<Edit>);

#[derive(Debug)]
struct Edit {
    range: Range<usize>,
    text: String,
    /// What it is called; `None` if it belongs to another edit that is.
    reported: Option<Reported>,
}

/// What an edit is called, and the question that it is in.
type Reported = (Option<String>, FixKind);

/// What was fixed, and where it is in the new text.
#[derive(Debug)]
pub struct PlacedFix {
    /// Where it is now.
    pub position: Position,
    /// The question or credential that it is in.
    pub item: Option<String>,
    /// What was fixed.
    pub kind: FixKind,
}

impl Edits {
    /// An edit that belongs to another one, which is reported.
    pub fn silent(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push(Edit { range, text: text.into(), reported: None });
    }

    pub fn reported(
        &mut self,
        range: Range<usize>,
        text: impl Into<String>,
        item: Option<&str>,
        what: FixKind,
    ) {
        self.0.push(Edit { range, text: text.into(), reported: Some((item.map(str::to_owned), what)) });
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with all edits. One inside a part that another one replaces is left out.
    pub fn applied(mut self, text: &str) -> (String, Vec<PlacedFix>) {
        // What is inserted at a byte comes before what replaces the text from there on.
        self.0.sort_by_key(|edit| (edit.range.start, !edit.range.is_empty(), Reverse(edit.range.end)));
        let mut new = String::with_capacity(text.len() + 64 * self.0.len());
        let mut reported: Vec<(usize, Reported)> = Vec::new();
        let mut at = 0;
        for edit in self.0.into_iter() {
            if edit.range.start < at {
                continue;
            }
            new.push_str(&text[at..edit.range.start]);
            reported.extend(edit.reported.map(|fix| (new.len(), fix)));
            new.push_str(&edit.text);
            at = edit.range.end;
        }
        new.push_str(&text[at..]);
        let mut cursor = PositionCursor::start(&new);
        let placed =
            reported.into_iter().map(|(at, (item, kind))| PlacedFix { position: cursor.to(at), item, kind });
        let placed = placed.collect();
        (new, placed)
    }
}
