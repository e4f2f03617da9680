//! What can be picked in answer to a question, and the keys that pick it.

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

/// Something to pick, with its letter and its text.
#[derive(Debug, Clone)]
pub struct Entry {
    pub pick: Pick,
    pub letter: char,
    pub text: String,
    /// Other keys that mean the same.
    also: Vec<char>,
}

impl Entry {
    fn new(pick: Pick, letter: char, text: &str) -> Entry {
        Entry { pick, letter, text: text.to_owned(), also: Vec::new() }
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

    /// Also picked by another key.
    pub fn or(mut self, key: char) -> Entry {
        self.also.push(key);
        self
    }

    /// Whether a key, in either case, picks it.
    pub fn is_picked_by(&self, key: char) -> bool {
        let key = key.to_ascii_uppercase();
        key == self.letter || self.also.contains(&key)
    }

    /// Whether it is in the list: the footer names the hint, and a line among the choices would be one line too
    /// many.
    pub fn is_listed(&self) -> bool {
        self.pick != Pick::Hint
    }

    /// "A) ".
    pub fn label(&self) -> String {
        format!("{}) ", self.letter)
    }

    /// "A) text", on one line.
    pub fn line(&self) -> String {
        format!("{}{}", self.label(), self.text)
    }
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

    fn picked_by(key: char, choices: usize, has_hint: bool) -> String {
        let choices = (0..choices).map(|place| Entry::choice(place, "text")).collect();
        let entries = with_ways_out(choices, has_hint);
        entries.iter().filter(|entry| entry.is_picked_by(key)).map(|entry| entry.letter).collect()
    }

    #[test]
    fn a_key_picks_exactly_what_it_names() {
        for (key, picked) in
            [('c', "C"), ('C', "C"), ('2', "B"), ('?', "?"), ('h', "H"), ('x', ""), ('9', "")]
        {
            assert_eq!(picked_by(key, 4, true), picked, "{key}");
        }
        assert_eq!(picked_by('h', 4, false), "");
    }

    #[test]
    fn eight_choices_keep_their_h_and_the_hint_moves_to_another_key() {
        assert_eq!(picked_by('h', 8, true), "H");
        assert_eq!(picked_by('!', 8, true), "!");
    }
}
