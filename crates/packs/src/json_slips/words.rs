//! Slips in words: what is wrong, and what to write.

use super::Slip;
use crate::place::Spot;

/// So many brackets are named; more say nothing more.
const MOST_NAMED: usize = 3;

/// The sentence for a slip in a text that begins at `start`.
pub fn sentence(slip: &Slip<'_>, text: &str, start: Spot) -> String {
    match slip {
        Slip::BareKey(word) => format!("a key stands in quotation marks: write \"{word}\""),
        Slip::BareText(word) => {
            format!("{word} stands without quotation marks: a text begins and ends with one")
        }
        Slip::Word { written, meant } => format!("JSON does not know {written}: write {meant}"),
        Slip::Unseen(c) => {
            format!("a character that does not show stands here (U+{:04X}): take it out", u32::from(*c))
        }
        Slip::Number(written) => {
            format!("{written} is no number: write digits, with a point for decimals and no 0 in front")
        }
        Slip::NotClosed(open) => {
            let (what, close) = bracket(text, *open, start);
            format!("{what} is not closed: write {close} here")
        }
        Slip::EndsOpen(open) => ends_open(text, open, start),
        Slip::Needless(c) => format!("this {c} closes nothing: take it out"),
        Slip::Instead { wanted, found } => format!("write {wanted} in place of {found}"),
        Slip::Other(c) => format!("{c} means nothing here: take it out"),
        plain => said(plain).to_owned(),
    }
}

fn said(slip: &Slip<'_>) -> &'static str {
    match slip {
        Slip::Empty => "nothing stands here: write an object in braces",
        Slip::CommaAtEnd => "this comma is too many, since nothing follows it: take it out",
        Slip::CommaAlone => "this comma is too many, since nothing stands before it: take it out",
        Slip::CommaMissing => "a comma is missing: write one here",
        Slip::CommaInNumber => "a number has no commas: write its digits alone, and a point for decimals",
        Slip::ColonMissing => "a colon is missing between a key and its value: write one here",
        Slip::ValueMissing => "the value of the key before is missing: write it here",
        Slip::KeyMissing => "a key in quotation marks belongs here: write one",
        Slip::KeyInList => "this list holds keys: write { and } in place of [ and ]",
        Slip::Comment => "JSON has no comments: take it out",
        Slip::CurlyQuotes(_) => "JSON does not know curly quotation marks: write straight ones",
        Slip::SingleQuotes => "JSON does not know single quotation marks: write double ones",
        Slip::QuoteInside => "the text ends at this quotation mark: write \\\" for one inside of a text",
        Slip::QuoteMissing => "the text that begins here has no quotation mark at its end: write it",
        Slip::TextOpen => {
            "the text that begins here is not closed in its line: write its last quotation mark, and \\n for a line break in it"
        }
        Slip::TooDeep => "brackets stand too deep in one another: take some out",
        Slip::Backslash => "a backslash is written twice in a text: write \\\\",
        Slip::Tab => "a tab stands in a text: write \\t, or a blank",
        _ => "something stands after the end: take it out",
    }
}

/// A bracket with its place, and what closes it.
fn bracket(text: &str, open: usize, start: Spot) -> (String, char) {
    let Spot { line, column } = start.after(&text[..open]);
    match text[open..].starts_with('[') {
        true => (format!("the list that begins at {line}:{column}"), ']'),
        false => (format!("the object that begins at {line}:{column}"), '}'),
    }
}

fn ends_open(text: &str, open: &[usize], start: Spot) -> String {
    let named: Vec<(String, char)> =
        open.iter().take(MOST_NAMED).map(|open| bracket(text, *open, start)).collect();
    let whats: Vec<&str> = named.iter().map(|(what, _)| what.as_str()).collect();
    let closes: String = named.iter().map(|(_, close)| *close).collect();
    let is = if whats.len() == 1 { "is" } else { "are" };
    format!("{} {is} not closed: write {closes} at the end", whats.join(" and "))
}
