//! Deletions in a field, `{{c1::text::hint}}`: which there are, and the field without one of them.

use std::collections::BTreeSet;

/// As many questions come of one note at most.
pub const MOST_DELETIONS: usize = 500;
/// Deletions that stand deeper inside of one another are text.
const DEEPEST: usize = 16;
/// Between the answers where several deletions have the same number.
const BETWEEN: &str = "; ";

/// A field, taken apart once for all of its questions.
#[derive(Debug, Default)]
pub struct Field<'a>(Vec<Part<'a>>);

#[derive(Debug)]
enum Part<'a> {
    Text(&'a str),
    /// One deletion may belong to several questions.
    Open(Vec<u32>),
    Hint(&'a str),
    Close,
}

/// A field for one of its questions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hidden {
    /// With a gap where a deletion was.
    pub shown: String,
    /// What was there; empty where the field has no deletion of this number.
    pub answer: String,
}

impl<'a> Field<'a> {
    /// What opens and is never closed is text.
    pub fn parse(text: &'a str) -> Field<'a> {
        let mut parts = Vec::new();
        let mut open: Vec<(usize, &str)> = Vec::new();
        let mut rest = text;
        while let Some((before, token, after)) = next_token(rest, open.is_empty()) {
            parts.push(Part::Text(before));
            match token {
                Token::Open(numbers, written) if open.len() < DEEPEST => {
                    open.push((parts.len(), written));
                    parts.push(Part::Open(numbers));
                }
                Token::Open(_, written) => parts.push(Part::Text(written)),
                Token::Close => {
                    open.pop();
                    split_hint(&mut parts);
                    parts.push(Part::Close);
                }
            }
            rest = after;
        }
        parts.push(Part::Text(rest));
        for (place, written) in open {
            parts[place] = Part::Text(written);
        }
        Field(parts)
    }

    /// The numbers of its deletions.
    pub fn numbers(&self) -> BTreeSet<u32> {
        let numbers = |part: &Part| if let Part::Open(numbers) = part { numbers.clone() } else { Vec::new() };
        self.0.iter().flat_map(numbers).collect()
    }

    /// The field as one of its questions shows it.
    pub fn without(&self, number: u32) -> Hidden {
        let mut hidden = Hidden::default();
        let (mut answers, mut answer, mut hint) = (Vec::new(), String::new(), None);
        // Whether each of the open deletions, or one around it, is the one that is asked for.
        let mut open: Vec<bool> = Vec::new();
        for part in &self.0 {
            let is_hidden = open.last().copied().unwrap_or(false);
            match part {
                Part::Text(text) if is_hidden => answer.push_str(text),
                Part::Text(text) => hidden.shown.push_str(text),
                Part::Open(numbers) => open.push(is_hidden || numbers.contains(&number)),
                Part::Hint(text) => hint = Some(*text).filter(|_| is_hidden),
                Part::Close => {
                    open.pop();
                    if is_hidden && !open.last().copied().unwrap_or(false) {
                        hidden.shown.push_str(&format!("[{}]", hint.take().unwrap_or("...")));
                        answers.push(std::mem::take(&mut answer));
                    }
                }
            }
        }
        hidden.answer = answers.join(BETWEEN);
        hidden
    }
}

enum Token<'a> {
    Open(Vec<u32>, &'a str),
    Close,
}

/// What stands before the next token, the token, and what stands behind it.
fn next_token(text: &str, is_outside: bool) -> Option<(&str, Token<'_>, &str)> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find(['{', '}'])?;
        let (before, here) = text.split_at(at);
        if let Some((numbers, length)) = opening(here) {
            let (written, after) = here.split_at(length);
            return Some((before, Token::Open(numbers, written), after));
        }
        if let Some(after) = here.strip_prefix("}}")
            && !is_outside
        {
            return Some((before, Token::Close, after));
        }
        from = at + 1;
    }
}

/// The numbers of `{{c1::` or `{{c1,2::`, and how long that is.
fn opening(text: &str) -> Option<(Vec<u32>, usize)> {
    const MOST_WRITTEN: usize = 100;
    let rest = text.strip_prefix("{{c")?;
    let written = rest.bytes().take(MOST_WRITTEN).take_while(|b| b.is_ascii_digit() || *b == b',').count();
    rest[written..].strip_prefix("::")?;
    let numbers: Option<Vec<u32>> = rest[..written].split(',').map(|number| number.parse().ok()).collect();
    Some((numbers.filter(|numbers| !numbers.contains(&0))?, "{{c".len() + written + "::".len()))
}

/// The text before a closing is a deletion's last, and a hint stands in it behind the first `::`.
fn split_hint<'a>(parts: &mut Vec<Part<'a>>) {
    let Some(Part::Text(text)) = parts.last() else { return };
    let text: &'a str = text;
    if let Some((text, hint)) = text.split_once("::") {
        parts.pop();
        parts.extend([Part::Text(text), Part::Hint(hint)]);
    }
}
