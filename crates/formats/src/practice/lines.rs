//! What a single line of a practice exam is: the number of a question, a choice, a key, an explanation.

use super::labels::{answer, explanation, letters_behind_label};
use super::number::without_number;
use crate::draft::index_of_letter;

/// What a line is, by itself and by what surrounds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind<'a> {
    /// The number of a question, and the stem after it.
    Stem(&'a str),
    /// A heading, without its signs.
    Heading(&'a str),
    /// A line across the page.
    Rule,
    /// A choice with its letter.
    Choice { letter: char, text: &'a str },
    /// "Explanation: ..", and what follows the label.
    Explanation(&'a str),
    /// "Answer: ..", and what follows the label.
    Answer(&'a str),
    /// Letters after a label that may or may not name the answer: "Zone: A".
    LabeledLetters(&'a str),
    /// Anything else, or one of the above in a place where it is only text.
    Text,
}

/// What decides how a line is meant.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings {
    /// Inside `<details>`, where no question begins.
    pub is_folded: bool,
    /// How many choices with letters the question has; `None` if no choice can follow.
    pub choices: Option<usize>,
}

/// What a line is. A line that fits several kinds is the first of them.
pub fn classify(line: &str, surroundings: Surroundings) -> LineKind<'_> {
    if !surroundings.is_folded {
        if let Some(stem) = numbered(line) {
            return LineKind::Stem(stem);
        }
        if let Some(text) = heading(line) {
            return LineKind::Heading(text);
        }
        if matches!(line.trim(), "---" | "***" | "___") {
            return LineKind::Rule;
        }
    }
    if let Some((letter, text)) = surroundings.choices.and_then(|count| lettered_choice(line, count)) {
        return LineKind::Choice { letter, text };
    }
    let explanation = explanation(line).map(LineKind::Explanation);
    let answer = || answer(line).map(LineKind::Answer);
    let letters = || letters_behind_label(line).map(LineKind::LabeledLetters);
    explanation.or_else(answer).or_else(letters).unwrap_or(LineKind::Text)
}

/// The stem in a line that begins with a number, at most three blanks in.
pub fn numbered(line: &str) -> Option<&str> {
    let text = line.trim_start();
    if line.len() - text.len() > 3 {
        return None;
    }
    let text = text.trim_start_matches("**");
    let rest = without_number(text);
    let starts_so = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'Q' | 'q'));
    (starts_so && rest.len() < text.len()).then_some(rest)
}

/// The words of a heading of any level.
pub fn heading(line: &str) -> Option<&str> {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    let text = line[level..].trim();
    ((1..=6).contains(&level) && line[level..].starts_with(' ')).then_some(text)
}

/// The letter and the words of a choice. Without a bullet it must be the next one after `count` others.
pub fn lettered_choice(line: &str, count: usize) -> Option<(char, &str)> {
    let text = line.trim_start();
    let unlisted = text.strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with(' '));
    let is_item = unlisted.is_some();
    let text = unlisted.unwrap_or(text).trim_start();
    let is_bold = text.starts_with("**");
    let inner = text.trim_start_matches("**").trim_start_matches('(');
    let letter = inner.chars().next().filter(char::is_ascii_alphabetic)?;
    let rest = inner[1..].strip_prefix(['.', ')', ':'])?;
    let index = index_of_letter(letter)?;
    let fits = rest.is_empty() || rest.starts_with([' ', '*', '\t']);
    if !fits || !(is_item || index == count) {
        return None;
    }
    let rest = rest.trim_start();
    // In "**B. words**" the marks are around the whole: their end shows that later.
    let words = rest.strip_prefix("**").filter(|_| is_bold && !rest.ends_with("**")).unwrap_or(rest);
    Some((letter.to_ascii_uppercase(), words.trim()))
}

/// A stem, and the first choice if that is on the same line.
pub fn without_choice(stem: &str) -> (&str, Option<&str>) {
    match stem.find("  - A. ").or_else(|| stem.find("  - A) ")) {
        Some(at) => (stem[..at].trim_end(), Some(stem[at..].trim_start())),
        None => (stem, None),
    }
}
