//! Cloze notes: `{{c1::text::hint}}`, which may be nested.

use std::collections::BTreeSet;

use crate::limits::MAX_CLOZE_DEPTH;

/// A question that one number of a note asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    pub number: u32,
    pub stem: String,
    pub answer: String,
}

/// What a cloze note is made of.
pub enum NotePart<'a> {
    Text(&'a str),
    Open(u32),
    Hint(&'a str),
    Close,
}

/// The numbers that a note asks for.
pub fn numbers(parts: &[NotePart]) -> BTreeSet<u32> {
    let number = |part: &NotePart| if let NotePart::Open(number) = part { Some(*number) } else { None };
    parts.iter().filter_map(number).collect()
}

/// The questions of a note, by number.
pub fn deletions(parts: &[NotePart], numbers: &BTreeSet<u32>) -> Vec<Deletion> {
    numbers.iter().map(|number| deletion(parts, *number)).collect()
}

fn deletion(parts: &[NotePart], number: u32) -> Deletion {
    let (mut stem, mut answers) = (String::new(), Vec::new());
    let mut open: Vec<u32> = Vec::new();
    let (mut answer, mut hint) = (String::new(), None);
    for part in parts {
        let is_hidden = open.contains(&number);
        match part {
            NotePart::Text(text) if is_hidden => answer.push_str(text),
            NotePart::Text(text) => stem.push_str(text),
            NotePart::Open(n) => open.push(*n),
            NotePart::Hint(text) if open.last() == Some(&number) => hint = Some(*text),
            NotePart::Hint(_) => {}
            NotePart::Close => {
                open.pop();
                if is_hidden && !open.contains(&number) {
                    stem.push_str(&format!("[{}]", hint.take().unwrap_or("...")));
                    answers.push(std::mem::take(&mut answer));
                }
            }
        }
    }
    Deletion { number, stem, answer: answers.join(", ") }
}

/// Splits a text into parts. A deletion that is not closed is text.
pub fn parts(text: &str) -> Vec<NotePart<'_>> {
    let mut parts = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let (mut from, mut at) = (0, 0);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        if let Some((number, length)) = opening(&text[at..]).filter(|_| open.len() < MAX_CLOZE_DEPTH) {
            parts.push(NotePart::Text(&text[from..at]));
            open.push(parts.len());
            parts.push(NotePart::Open(number));
            at += length;
            from = at;
        } else if !open.is_empty() && text[at..].starts_with("}}") {
            push_last(&mut parts, &text[from..at]);
            parts.push(NotePart::Close);
            open.pop();
            at += 2;
            from = at;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    parts.push(NotePart::Text(&text[from..]));
    for place in open {
        parts[place] = NotePart::Text("");
    }
    parts
}

/// The text before a closing, which may end in a hint.
fn push_last<'a>(parts: &mut Vec<NotePart<'a>>, text: &'a str) {
    match text.split_once("::") {
        Some((text, hint)) => parts.extend([NotePart::Text(text), NotePart::Hint(hint)]),
        None => parts.push(NotePart::Text(text)),
    }
}

/// The number of a deletion that begins here, and how long its opening is.
fn opening(text: &str) -> Option<(u32, usize)> {
    let rest = text.strip_prefix("{{c").or_else(|| text.strip_prefix("{{C"))?;
    let digits = rest.bytes().take(9).take_while(u8::is_ascii_digit).count();
    let number = rest[..digits].parse().ok()?;
    rest[digits..].starts_with("::").then_some((number, 3 + digits + 2))
}
