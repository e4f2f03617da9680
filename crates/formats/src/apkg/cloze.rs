//! Deletions in a field, `{{c1::text::hint}}`: which there are, and the field without one of them.

use std::collections::BTreeSet;

use crate::limits::MAX_CLOZE_DEPTH;

/// Questions of one note.
pub const MAX_DELETIONS: usize = 500;
/// Separates the answers if several deletions have the same number.
const ANSWER_SEPARATOR: &str = "; ";

/// A field, taken apart once for all of its questions.
#[derive(Debug, Default)]
pub struct ClozeField<'a>(Vec<ClozePart<'a>>);

#[derive(Debug)]
enum ClozePart<'a> {
    Text(&'a str),
    /// One deletion may belong to several questions.
    Open(Vec<u32>),
    Hint(&'a str),
    Close,
}

/// A field for one of its questions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HiddenDeletion {
    /// With a gap where a deletion was.
    pub shown: String,
    /// What was there; empty where the field has no deletion of this number.
    pub answer: String,
}

impl<'a> ClozeField<'a> {
    /// What opens and is never closed is text.
    pub fn parse(text: &'a str) -> ClozeField<'a> {
        let mut parts = Vec::new();
        let mut open: Vec<(usize, &str)> = Vec::new();
        let mut rest = text;
        while let Some((before, token, after)) = next_token(rest, open.is_empty()) {
            parts.push(ClozePart::Text(before));
            match token {
                ClozeToken::Open(numbers, written) if open.len() < MAX_CLOZE_DEPTH => {
                    open.push((parts.len(), written));
                    parts.push(ClozePart::Open(numbers));
                }
                ClozeToken::Open(_, written) => parts.push(ClozePart::Text(written)),
                ClozeToken::Close => {
                    open.pop();
                    split_hint(&mut parts);
                    parts.push(ClozePart::Close);
                }
            }
            rest = after;
        }
        parts.push(ClozePart::Text(rest));
        for (place, written) in open {
            parts[place] = ClozePart::Text(written);
        }
        ClozeField(parts)
    }

    /// The numbers of its deletions.
    pub fn numbers(&self) -> BTreeSet<u32> {
        let numbers =
            |part: &ClozePart| if let ClozePart::Open(numbers) = part { numbers.clone() } else { Vec::new() };
        self.0.iter().flat_map(numbers).collect()
    }

    /// The field as one of its questions shows it.
    pub fn without(&self, number: u32) -> HiddenDeletion {
        let mut hidden = HiddenDeletion::default();
        let (mut answers, mut answer, mut hint) = (Vec::new(), String::new(), None);
        // Whether each of the open deletions, or one around it, is the one that is asked for.
        let mut open: Vec<bool> = Vec::new();
        for part in &self.0 {
            let is_hidden = open.last().copied().unwrap_or(false);
            match part {
                ClozePart::Text(text) if is_hidden => answer.push_str(text),
                ClozePart::Text(text) => hidden.shown.push_str(text),
                ClozePart::Open(numbers) => open.push(is_hidden || numbers.contains(&number)),
                ClozePart::Hint(text) => hint = Some(*text).filter(|_| is_hidden),
                ClozePart::Close => {
                    open.pop();
                    if is_hidden && !open.last().copied().unwrap_or(false) {
                        hidden.shown.push_str(&format!("[{}]", hint.take().unwrap_or("...")));
                        answers.push(std::mem::take(&mut answer));
                    }
                }
            }
        }
        hidden.answer = answers.join(ANSWER_SEPARATOR);
        hidden
    }
}

enum ClozeToken<'a> {
    Open(Vec<u32>, &'a str),
    Close,
}

/// The text before the next token, the token, and the rest.
fn next_token(text: &str, is_outside: bool) -> Option<(&str, ClozeToken<'_>, &str)> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find(['{', '}'])?;
        let (before, here) = text.split_at(at);
        if let Some((numbers, length)) = opening(here) {
            let (written, after) = here.split_at(length);
            return Some((before, ClozeToken::Open(numbers, written), after));
        }
        if let Some(after) = here.strip_prefix("}}")
            && !is_outside
        {
            return Some((before, ClozeToken::Close, after));
        }
        from = at + 1;
    }
}

/// The numbers of `{{c1::` or `{{c1,2::`, and how long that is.
fn opening(text: &str) -> Option<(Vec<u32>, usize)> {
    const MAX_WRITTEN: usize = 100;
    let rest = text.strip_prefix("{{c")?;
    let written = rest.bytes().take(MAX_WRITTEN).take_while(|b| b.is_ascii_digit() || *b == b',').count();
    rest[written..].strip_prefix("::")?;
    let numbers: Option<Vec<u32>> = rest[..written].split(',').map(|number| number.parse().ok()).collect();
    Some((numbers.filter(|numbers| !numbers.contains(&0))?, "{{c".len() + written + "::".len()))
}

/// The text before a closing is the last of a deletion; after the first `::` in it comes a hint.
fn split_hint<'a>(parts: &mut Vec<ClozePart<'a>>) {
    let Some(ClozePart::Text(text)) = parts.last() else { return };
    let text: &'a str = text;
    if let Some((text, hint)) = text.split_once("::") {
        parts.pop();
        parts.extend([ClozePart::Text(text), ClozePart::Hint(hint)]);
    }
}
