//! What holds of a sound question in whatever format it is written, and the words for what does not.

use std::collections::HashSet;

use super::Content;
use crate::domain::gate;
use crate::packs::checker::MOST_CHOICES;

/// The longest text of a question, in bytes.
pub const MOST_TEXT: usize = 64 * 1024;
/// So many questions of a file are read.
pub const MOST_QUESTIONS: usize = 1_000_000;
/// Said of a file that has more.
pub const TOO_MANY: &str = "the file has more than 1,000,000 questions: the rest is not read";
/// Said of a question that is longer.
pub const TOO_LONG: &str = "it is longer than 64 KiB";
/// How much of a foreign text is quoted.
const MOST_QUOTED: usize = 60;

/// The beginning of a foreign text, harmless and on one line.
pub fn short(text: &str) -> String {
    let start: String = text.trim_start().chars().take(4 * MOST_QUOTED).collect();
    let line = gate::line(&start);
    let mut words = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(MOST_QUOTED) {
        words.truncate(end);
        words.push('…');
    }
    words
}

/// What makes two texts the same: neither blanks around them, nor case, nor what nobody sees.
pub fn sameness(text: &str) -> String {
    gate::line(text).trim().to_lowercase()
}

/// Why nobody can be asked this, as the part of a sentence; none where it is sound.
pub fn fault(stem: &str, content: &Content) -> Option<String> {
    if gate::line(stem).trim().is_empty() {
        return Some("it asks nothing: its text is empty".to_owned());
    }
    match content {
        Content::OneOf { choices, key } => {
            of_texts("choice", choices, 2).or_else(|| out_of_place(&[*key], choices.len()))
        }
        Content::AnyOf { choices, keys } => of_any(choices, keys),
        Content::Typed { accepted } => of_texts("accepted answer", accepted, 1),
        Content::Number { value, tolerance } => of_number(*value, *tolerance),
        Content::Order { items } => of_texts("item", items, 2),
        Content::Reveal { answer } if gate::line(answer).trim().is_empty() => {
            Some("it has no answer".to_owned())
        }
        Content::TrueFalse { .. } | Content::Reveal { .. } => None,
    }
}

fn of_any(choices: &[String], keys: &[usize]) -> Option<String> {
    let said = match keys.len() {
        0 => Some("no choice is right".to_owned()),
        n if n == choices.len() && n > 1 => {
            Some("every choice is right: one at least must be wrong".to_owned())
        }
        _ => None,
    };
    said.or_else(|| of_texts("choice", choices, 3)).or_else(|| out_of_place(keys, choices.len()))
}

fn out_of_place(keys: &[usize], count: usize) -> Option<String> {
    let is_out = keys.iter().any(|key| *key >= count);
    is_out.then(|| "its key names no choice".to_owned())
}

fn of_number(value: f64, tolerance: f64) -> Option<String> {
    if !value.is_finite() || !tolerance.is_finite() {
        return Some("its number is too large".to_owned());
    }
    (tolerance < 0.0).then(|| "its tolerance is below 0".to_owned())
}

/// Texts of which there are neither too few nor too many, none empty and none twice.
fn of_texts(noun: &str, texts: &[String], least: usize) -> Option<String> {
    match texts.len() {
        0 => return Some(format!("it has no {noun}")),
        1 if least > 1 => return Some(format!("it has only one {noun}")),
        n if n < least => return Some(format!("it has {n} {noun}s, and {least} are the least")),
        n if n > MOST_CHOICES => return Some(format!("it has {n} {noun}s, and {MOST_CHOICES} are the most")),
        _ => {}
    }
    let mut seen = HashSet::new();
    for text in texts {
        let same = sameness(text);
        if same.is_empty() {
            return Some(format!("one {noun} is empty"));
        }
        if !seen.insert(same) {
            return Some(format!("two of its {noun}s are the same: \"{}\"", short(text)));
        }
    }
    None
}
