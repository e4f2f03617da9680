//! Changes of a text in place: whatever no change names stays byte for byte.

use std::cmp::Reverse;
use std::ops::Range;

use super::What;
use crate::place::{Spot, Walk};

/// Changes on their way into a text.
#[derive(Debug, Default)]
pub struct Splices(Vec<Splice>);

#[derive(Debug)]
struct Splice {
    range: Range<usize>,
    text: String,
    note: Option<Note>,
}

/// What a change is called, and the question that it is in.
type Note = (Option<String>, What);

/// What was mended, and where it stands in the new text.
pub type Placed = (Spot, Option<String>, What);

impl Splices {
    /// A change that goes with another one, which is told.
    pub fn quiet(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push(Splice { range, text: text.into(), note: None });
    }

    pub fn told(&mut self, range: Range<usize>, text: impl Into<String>, item: Option<&str>, what: What) {
        self.0.push(Splice { range, text: text.into(), note: Some((item.map(str::to_owned), what)) });
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with all changes. One inside of a part that another one takes out is left undone.
    pub fn applied(mut self, text: &str) -> (String, Vec<Placed>) {
        self.0.sort_by_key(|splice| (splice.range.start, Reverse(splice.range.end)));
        let mut new = String::with_capacity(text.len() + 64 * self.0.len());
        let mut notes: Vec<(usize, Note)> = Vec::new();
        let mut at = 0;
        for splice in self.0.into_iter() {
            if splice.range.start < at {
                continue;
            }
            new.push_str(&text[at..splice.range.start]);
            notes.extend(splice.note.map(|note| (new.len(), note)));
            new.push_str(&splice.text);
            at = splice.range.end;
        }
        new.push_str(&text[at..]);
        let mut walk = Walk::start(&new);
        let placed = notes.into_iter().map(|(at, (item, what))| (walk.to(at), item, what)).collect();
        (new, placed)
    }
}
