//! What can be picked in answer to a question, and the keys that filter the list down to it.

use std::fmt;

use super::layout::Layout;
use crate::ui::prompter::StudyInput;
use badgedex_domain::grading::{Recall, Reply};

/// What an entry means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// The place of a choice or item.
    Choice(usize),
    /// How well a self-checked answer was known.
    Recalled(Recall),
    DontKnow,
    Hint,
}

impl From<Pick> for StudyInput {
    fn from(pick: Pick) -> StudyInput {
        match pick {
            Pick::Choice(place) => StudyInput::Reply(Reply::Choice(place)),
            Pick::Recalled(recall) => StudyInput::Reply(Reply::Recalled(recall)),
            Pick::DontKnow => StudyInput::Reply(Reply::DontKnow),
            Pick::Hint => StudyInput::Hint,
        }
    }
}

/// An item of the list; inquire shows it as it was laid out last.
#[derive(Debug, Clone)]
pub struct Entry {
    pub pick: Pick,
    pub letter: char,
    /// Other keys that mean the same.
    also: Vec<char>,
    text: String,
    /// Wrapped for this window.
    laid_out: String,
}

impl Entry {
    fn new(pick: Pick, letter: char, text: &str) -> Entry {
        Entry { pick, letter, also: Vec::new(), text: text.to_owned(), laid_out: String::new() }
    }

    /// A choice goes by its letter, and by its number as in the plain prompter.
    pub fn choice(place: usize, text: &str) -> Entry {
        let letter = u32::try_from(place).ok().and_then(|place| char::from_u32(u32::from('A') + place));
        let number = u32::try_from(place + 1).ok().and_then(|number| char::from_digit(number, 10));
        let choice = Entry::new(Pick::Choice(place), letter.unwrap_or(' '), text);
        Entry { also: number.into_iter().collect(), ..choice }
    }

    /// What a learner says of an answer, by its first letter and by its number as in the plain prompter.
    pub fn recalled(place: usize, recall: Recall, text: &str) -> Entry {
        let letter = text.chars().next().unwrap_or(' ').to_ascii_uppercase();
        let number = u32::try_from(place + 1).ok().and_then(|number| char::from_digit(number, 10));
        let entry = Entry::new(Pick::Recalled(recall), letter, text);
        Entry { also: number.into_iter().collect(), ..entry }
    }

    /// Also chosen by another key.
    pub fn or(mut self, key: char) -> Entry {
        self.also.push(key);
        self
    }

    /// "A) text", on as many lines as it needs.
    pub fn lay_out(&mut self, layout: &Layout, start: usize, room: usize) {
        self.laid_out = layout.option(start, &format!("{}) ", self.letter), &self.text, room);
    }

    /// The text of the last [`Entry::lay_out`].
    pub fn laid_out(&self) -> &str {
        &self.laid_out
    }

    /// "A) text", on one line.
    pub fn line(&self) -> String {
        format!("{}) {}", self.letter, self.text)
    }

    /// inquire's score: `None` hides the entry after what was typed; the others keep their order.
    pub fn score(&self, typed: &str, place: usize) -> Option<i64> {
        let stays = match last_key(typed) {
            // The help line names the hint; a line among the choices would be one line too many.
            None => self.pick != Pick::Hint,
            Some(key) => key == self.letter || self.also.contains(&key),
        };
        stays.then(|| i64::try_from(place).map_or(i64::MIN, |place| -place))
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.laid_out)
    }
}

/// The key that counts is the last one typed, so that a wrong key need not be deleted.
pub fn last_key(typed: &str) -> Option<char> {
    typed.trim().chars().next_back().map(|key| key.to_ascii_uppercase())
}

/// The choices, then "I don't know", and the hint if there is one.
pub fn with_ways_out(mut entries: Vec<Entry>, has_hint: bool) -> Vec<Entry> {
    // Eight choices have an H of their own.
    let is_free = entries.iter().all(|entry| entry.letter != 'H');
    entries.push(Entry::new(Pick::DontKnow, '?', "I don't know"));
    if has_hint {
        entries.push(Entry::new(Pick::Hint, if is_free { 'H' } else { '!' }, "Show a hint"));
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_by(typed: &str, choices: usize, has_hint: bool) -> String {
        let choices = (0..choices).map(|place| Entry::choice(place, "text")).collect();
        let entries = with_ways_out(choices, has_hint);
        let left = entries.iter().enumerate().filter(|(place, entry)| entry.score(typed, *place).is_some());
        left.map(|(_, entry)| entry.letter).collect()
    }

    #[test]
    fn one_key_leaves_exactly_what_it_names_and_the_last_key_counts() {
        for (typed, left) in [
            ("", "ABCD?"),
            ("c", "C"),
            ("C", "C"),
            ("ac", "C"),
            ("2", "B"),
            ("?", "?"),
            ("h", "H"),
            ("x", ""),
        ] {
            assert_eq!(left_by(typed, 4, true), left, "{typed}");
        }
        assert_eq!(left_by("h", 4, false), "");
    }

    #[test]
    fn eight_choices_keep_their_h_and_the_hint_moves_to_another_key() {
        assert_eq!(left_by("", 8, true), "ABCDEFGH?");
        assert_eq!(left_by("h", 8, true), "H");
        assert_eq!(left_by("!", 8, true), "!");
    }
}
