//! How the keys of a table name their choices: one cell may say it in two ways, all of them together in one.
//!
//! In a row with the choices 3, 2 and 1, a key of 1 may be the third choice or the first; and among numbers
//! alone, it may be the first or the second.

use super::super::draft::{Why, beginning, place_of_letter};
use super::super::records::Row;
use super::columns::{Columns, Field};

/// How the keys of a table are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Naming {
    way: Way,
    numbers: Numbers,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// In different ways, or by the words of choices: each row tells for itself.
    Mixed,
    /// All by the number of a choice.
    Numbers,
    /// All by a letter.
    Letters,
}

/// From where numbers count the choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbers {
    /// There are none.
    Absent,
    FromOne,
    FromZero,
    /// From 0 in one line and from 1 in another.
    Torn {
        zero: usize,
        last: usize,
    },
}

impl Naming {
    /// What the keys of all rows have in common.
    pub fn of(rows: &[Row], columns: &Columns) -> Naming {
        let mut seen = Seen::default();
        for row in rows {
            let key = columns.cell(row, Field::Correct).or_else(|| columns.cell(row, Field::Answer));
            let choices = columns.choices(row);
            if let Some(key) = key.filter(|_| choices.len() > 1) {
                seen.take(row.line, key.trim(), &choices);
            }
        }
        seen.naming()
    }

    /// The place that a key names, where all keys are written in one way.
    pub fn place(self, key: &str) -> Option<usize> {
        let key = key.trim();
        match self.way {
            Way::Mixed => None,
            Way::Numbers => self.place_of_number(key.parse().ok()?, key).ok()?,
            Way::Letters => letter(key),
        }
    }

    /// The place that a number names, if it is one at all; an error where nobody can say how it is meant.
    pub fn place_of_number(self, number: usize, key: &str) -> Result<Option<usize>, Why> {
        match self.numbers {
            Numbers::FromZero => Ok(Some(number)),
            Numbers::Absent | Numbers::FromOne => Ok(number.checked_sub(1)),
            Numbers::Torn { zero, last } => Err(format!(
                "its key {} may count the choices from 0, as line {zero} does, or from 1, as line {last} does: \
                 write letters as keys, or name another column with --map correct=COLUMN",
                beginning(key)
            )),
        }
    }

    /// How numbers are read, for the eye; none where there are none.
    pub fn note(self) -> Option<&'static str> {
        match self.numbers {
            Numbers::Absent => None,
            Numbers::FromOne => Some("keys that are numbers count the choices from 1: none of them is 0"),
            Numbers::FromZero => Some(
                "keys that are numbers count the choices from 0: one is 0, and none is the number of choices",
            ),
            Numbers::Torn { .. } => Some(
                "keys that are numbers count the choices from 0 in some rows and from 1 in others: none of them is taken",
            ),
        }
    }

    /// How a number is read that is the words of a choice, too; none where it can be meant in one way only.
    pub fn remark(self, key: &str, choices: &[(usize, &str)]) -> Option<String> {
        let key = key.trim();
        let number: usize = key.parse().ok()?;
        let named = self.place(key).and_then(|place| choices.iter().find(|(at, _)| *at == place));
        let is_word = choices.iter().any(|(_, text)| is_same(text, key));
        match named {
            Some((_, text)) if is_word && !is_same(text, key) => Some(format!(
                "its key {key} is read as the number of a choice, as those of the other rows are"
            )),
            None if is_word && number <= choices.len() => {
                Some(format!("its key {key} is read as the words of a choice, not as its number"))
            }
            _ => None,
        }
    }
}

fn is_same(text: &str, key: &str) -> bool {
    text.trim().to_lowercase() == key.to_lowercase()
}

/// The place of the only letter of a key.
fn letter(key: &str) -> Option<usize> {
    let mut chars = key.chars();
    let letter = chars.next().filter(|_| chars.next().is_none())?;
    place_of_letter(letter)
}

/// The numbers of a key that consists of nothing else.
fn numbers(key: &str) -> Option<Vec<usize>> {
    let pieces = pieces(key).flat_map(str::split_whitespace);
    pieces.map(|piece| piece.parse().ok()).collect::<Option<Vec<_>>>().filter(|found| !found.is_empty())
}

/// What stands between the commas and the like of a key.
pub fn pieces(key: &str) -> impl Iterator<Item = &str> {
    key.split([',', ';', '|', '/', '&', '\n']).map(str::trim).filter(|piece| !piece.is_empty())
}

/// How many keys fit which way.
#[derive(Default)]
struct Seen {
    keys: usize,
    words: usize,
    letters: usize,
    from_one: usize,
    from_zero: usize,
    /// Keys of numbers that are not the words of a choice, and the lines in which one is 0 or the last.
    numbers: usize,
    zero: Option<usize>,
    last: Option<usize>,
}

impl Seen {
    fn take(&mut self, line: usize, key: &str, choices: &[(usize, &str)]) {
        let is_choice = |place: usize| choices.iter().any(|(at, _)| *at == place);
        let number = key.parse::<usize>().ok();
        let is_word = choices.iter().any(|(_, text)| is_same(text, key));
        self.keys += 1;
        self.words += usize::from(is_word);
        self.letters += usize::from(letter(key).is_some_and(is_choice));
        self.from_one += usize::from(number.and_then(|n| n.checked_sub(1)).is_some_and(is_choice));
        self.from_zero += usize::from(number.is_some_and(is_choice));
        let Some(numbers) = numbers(key).filter(|_| !is_word) else { return };
        let count = choices.last().map_or(0, |(place, _)| place + 1);
        self.numbers += 1;
        self.zero = self.zero.or_else(|| numbers.contains(&0).then_some(line));
        self.last = self.last.or_else(|| numbers.contains(&count).then_some(line));
    }

    fn naming(&self) -> Naming {
        let is_all = |count: usize| self.keys > 0 && count == self.keys;
        let numbers = match (self.zero, self.last) {
            _ if self.numbers == 0 => Numbers::Absent,
            (Some(zero), Some(last)) => Numbers::Torn { zero, last },
            (Some(_), None) => Numbers::FromZero,
            (None, _) => Numbers::FromOne,
        };
        let all_fit = match numbers {
            Numbers::FromOne => is_all(self.from_one),
            Numbers::FromZero => is_all(self.from_zero),
            Numbers::Absent | Numbers::Torn { .. } => false,
        };
        let way = match (is_all(self.words), is_all(self.letters), all_fit) {
            (true, ..) | (_, false, false) => Way::Mixed,
            (false, true, _) => Way::Letters,
            (false, false, true) => Way::Numbers,
        };
        Naming { way, numbers }
    }
}
