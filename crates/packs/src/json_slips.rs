//! The slips in a text that is no JSON: where a person would point at, and what each of them is.
//!
//! The parser stops where it cannot go on, which is often after the slip, and names what it wanted. This
//! one knows what people mistype, and goes on after those slips that can be mended in one way only.

mod scan;
mod words;

use std::ops::Range;

use super::place::Spot;
pub use scan::slips;

/// A slip of the pen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip<'a> {
    Empty,
    /// After the last thing of a list or an object.
    CommaAtEnd,
    /// Nothing stands before it.
    CommaAlone,
    CommaMissing,
    CommaInNumber,
    ColonMissing,
    ValueMissing,
    KeyMissing,
    /// A key stands in a list that holds nothing else.
    KeyInList,
    Comment,
    /// Around a text that is whole without them, or on one side only.
    CurlyQuotes(Option<Range<usize>>),
    SingleQuotes,
    BareKey(&'a str),
    BareText(&'a str),
    /// What JSON writes otherwise.
    Word {
        written: &'a str,
        meant: &'static str,
    },
    QuoteInside,
    /// The text that begins here has no quotation mark at its end.
    TextOpen,
    /// So has this, and the next text ends it.
    QuoteMissing,
    Backslash,
    Tab,
    Unseen(char),
    Number(&'a str),
    /// A bracket or brace that opens there is not closed here.
    NotClosed(usize),
    /// The text ends, and these are not closed: the innermost first.
    EndsOpen(Vec<usize>),
    /// A bracket or brace closes nothing.
    Needless(char),
    Instead {
        wanted: char,
        found: char,
    },
    AfterEnd,
    TooDeep,
    Other(char),
}

impl Slip<'_> {
    /// Whether there is one way only to put it right.
    pub fn is_mendable(&self) -> bool {
        matches!(self, Slip::CommaAtEnd | Slip::Word { .. } | Slip::CurlyQuotes(Some(_)))
    }
}

/// A byte of the text, and what is wrong there.
pub type Placed<'a> = (usize, Slip<'a>);

/// The slip of a text that begins at `start` to begin with, in words; and whether all of its slips can be
/// mended in one way only. Where one is up to a person, it is that one.
pub fn first(text: &str, start: Spot) -> Option<(usize, String, bool)> {
    let slips = slips(text);
    let is_mendable = slips.iter().all(|(_, slip)| slip.is_mendable());
    let of_a_person = slips.iter().find(|(_, slip)| !slip.is_mendable());
    let (at, slip) = of_a_person.or_else(|| slips.iter().min_by_key(|(at, _)| *at))?;
    Some((*at, words::sentence(slip, text, start), is_mendable))
}

#[cfg(test)]
mod tests;
