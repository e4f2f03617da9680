//! How the keys of a table name their choices: one cell may be read in two ways, all of them together in one.
//!
//! In a row with the choices 3, 2 and 1, a key of 1 may be the third choice or the first; and among numbers
//! alone, it may be the first or the second.

use super::columns::{Columns, CsvField};
use crate::draft::index_of_letter;
use crate::excerpt::first_line_excerpt;
use crate::reason::Reason;
use crate::records::Row;

/// One key in this many may be mistaken.
const KEYS_PER_MISTAKE: usize = 10;

/// How the keys of a table are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyNaming {
    way: KeyStyle,
    numbers: Numbers,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyStyle {
    /// In different ways, or by the words of choices: each row tells for itself.
    Mixed,
    /// All by the number of a choice.
    Numbers,
    /// All by a letter.
    Letters,
    /// By words that hardly ever are those of a choice: the right answer is one more choice.
    Apart,
}

/// From where numbers count the choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbers {
    /// There are no numbers.
    Absent,
    FromOne,
    FromZero,
    /// From 0 in one line and from 1 in another.
    Torn {
        zero: usize,
        last: usize,
    },
}

impl KeyNaming {
    /// What the keys of all rows have in common.
    pub fn of(rows: &[Row], columns: &Columns) -> KeyNaming {
        let mut seen = KeyCounts::default();
        for row in rows {
            let key = columns.cell(row, CsvField::Correct).or_else(|| columns.cell(row, CsvField::Answer));
            let choices = columns.choices(row);
            if let Some(key) = key.filter(|_| choices.len() > 1) {
                seen.take(row.line, key.trim(), &choices);
            }
        }
        seen.naming()
    }

    /// The index that a key names, if all keys are written in one way.
    pub fn index(self, key: &str) -> Option<usize> {
        let key = key.trim();
        match self.way {
            KeyStyle::Mixed | KeyStyle::Apart => None,
            KeyStyle::Numbers => self.index_of_number(key.parse().ok()?, key).ok()?,
            KeyStyle::Letters => letter(key),
        }
    }

    /// The index that a number names; `None` if it is below the first.
    ///
    /// # Errors
    ///
    /// Other rows leave open how it is meant.
    pub fn index_of_number(self, number: usize, key: &str) -> Result<Option<usize>, Reason> {
        match self.numbers {
            Numbers::FromZero => Ok(Some(number)),
            Numbers::Absent | Numbers::FromOne => Ok(number.checked_sub(1)),
            Numbers::Torn { zero, last } => Err(format!(
                "its key {} may count the choices from 0, as line {zero} does, or from 1, as line {last} does: \
                 write letters as keys, or name another column with --map correct=COLUMN",
                first_line_excerpt(key)
            )
            .into()),
        }
    }

    /// Whether the right answers are choices by themselves.
    pub fn is_apart(self) -> bool {
        self.way == KeyStyle::Apart
    }

    /// How numbers are read, for the screen; `None` if there are none.
    pub fn note(self) -> Option<&'static str> {
        match self.numbers {
            Numbers::Absent => None,
            Numbers::FromOne => Some("keys that are numbers are taken to count the choices from 1"),
            Numbers::FromZero => {
                Some("keys that are numbers are taken to count the choices from 0, as one of them is 0")
            }
            Numbers::Torn { .. } => Some(
                "keys that are numbers count the choices from 0 in some rows and from 1 in others: none of them is taken",
            ),
        }
    }

    /// How a number is read that is the words of a choice, too; `None` if only one reading is possible.
    pub fn warning(self, key: &str, choices: &[(usize, &str)]) -> Option<String> {
        let key = key.trim();
        let number: usize = key.parse().ok()?;
        let named = self.index(key).and_then(|place| choices.iter().find(|(at, _)| *at == place));
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
    index_of_letter(letter)
}

/// The places among `places` of letters with commas between them, as our own export writes a key.
pub fn letters(key: &str, places: &[usize]) -> Option<Vec<usize>> {
    key.split(',').map(|one| places.iter().position(|place| Some(*place) == letter(one))).collect()
}

/// Whether a key names places and says nothing: "2", "A, C", "AC".
fn is_signs(key: &str, choices: usize) -> bool {
    let is_sign = |piece: &str| {
        let piece = piece.trim_matches(['.', ')', '(']);
        let is_letters = piece.len() <= choices && piece.bytes().all(|byte| byte.is_ascii_uppercase());
        piece.parse::<usize>().is_ok() || piece.chars().count() == 1 || (is_letters && !piece.is_empty())
    };
    pieces(key).flat_map(str::split_whitespace).all(is_sign)
}

/// The numbers of a key that consists of nothing else.
fn numbers(key: &str) -> Option<Vec<usize>> {
    let pieces = pieces(key).flat_map(str::split_whitespace);
    pieces.map(|piece| piece.parse().ok()).collect::<Option<Vec<_>>>().filter(|found| !found.is_empty())
}

/// The parts of a key between commas and similar signs.
pub fn pieces(key: &str) -> impl Iterator<Item = &str> {
    key.split([',', ';', '|', '/', '&', '\n']).map(str::trim).filter(|piece| !piece.is_empty())
}

/// How many keys fit which way.
#[derive(Default)]
struct KeyCounts {
    keys: usize,
    words: usize,
    letters: usize,
    from_one: usize,
    from_zero: usize,
    /// Keys of numbers that are not the words of a choice; how many of them have a 0, and how many the last
    /// choice's number, with the line of the first.
    numbers: usize,
    zero: (usize, usize),
    last: (usize, usize),
    /// Keys that are not signs of a choice.
    said: usize,
}

impl KeyCounts {
    fn take(&mut self, line: usize, key: &str, choices: &[(usize, &str)]) {
        // A choice before the last may be missing; that is not another way of counting.
        let is_choice = |place: usize| choices.iter().any(|(at, _)| *at >= place);
        let number = key.parse::<usize>().ok();
        let is_word = choices.iter().any(|(_, text)| is_same(text, key));
        self.keys += 1;
        self.words += usize::from(is_word);
        self.letters += usize::from(letter(key).is_some_and(is_choice));
        self.from_one += usize::from(number.and_then(|n| n.checked_sub(1)).is_some_and(is_choice));
        self.from_zero += usize::from(number.is_some_and(is_choice));
        self.said += usize::from(!is_signs(key, choices.len()));
        let Some(numbers) = numbers(key).filter(|_| !is_word) else { return };
        let count = choices.last().map_or(0, |(place, _)| place + 1);
        self.numbers += 1;
        for (seen, number) in [(&mut self.zero, 0), (&mut self.last, count)] {
            if numbers.contains(&number) {
                *seen = (seen.0 + 1, if seen.0 == 0 { line } else { seen.1 });
            }
        }
    }

    /// A few keys may be mistaken, or name several choices.
    fn naming(&self) -> KeyNaming {
        let numbers = self.numbers();
        let named = self.words + self.letters + self.from_one + self.from_zero;
        if self.keys > 1
            && named * KEYS_PER_MISTAKE <= self.keys
            && self.said * KEYS_PER_MISTAKE >= self.keys * (KEYS_PER_MISTAKE - 1)
        {
            return KeyNaming { way: KeyStyle::Apart, numbers };
        }
        let fitting = match numbers {
            Numbers::FromOne => self.from_one,
            Numbers::FromZero => self.from_zero,
            Numbers::Absent | Numbers::Torn { .. } => 0,
        };
        let (fitting, way) = if self.letters > fitting {
            (self.letters, KeyStyle::Letters)
        } else {
            (fitting, KeyStyle::Numbers)
        };
        let is_common =
            fitting > self.words && fitting * KEYS_PER_MISTAKE >= self.keys * (KEYS_PER_MISTAKE - 1);
        KeyNaming { way: if is_common { way } else { KeyStyle::Mixed }, numbers }
    }

    /// A 0 among many numbers that count from 1 is a mistake; among a few it leaves both readings open.
    fn numbers(&self) -> Numbers {
        let ((zeros, zero), (lasts, last)) = (self.zero, self.last);
        if self.numbers == 0 {
            Numbers::Absent
        } else if zeros.min(lasts) * KEYS_PER_MISTAKE > self.numbers {
            Numbers::Torn { zero, last }
        } else if zeros > lasts {
            Numbers::FromZero
        } else {
            Numbers::FromOne
        }
    }
}
