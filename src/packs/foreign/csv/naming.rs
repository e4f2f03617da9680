//! How the keys of a table name their choices: one cell may say it in two ways, all of them together in one.
//!
//! In a row with the choices 3, 2 and 1, a key of 1 may be the third choice or the first.

use super::super::draft::place_of_letter;
use super::super::records::Row;
use super::columns::{Columns, Field};

/// How every key of a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Naming {
    /// In different ways, or by the words of choices: each row tells for itself.
    #[default]
    Mixed,
    /// By the number of a choice, counted from this one.
    Numbers(usize),
    Letters,
    /// By words that hardly ever are those of a choice: the right answer is one more choice.
    Apart,
}

impl Naming {
    /// What the keys of all rows have in common.
    pub fn of(rows: &[Row], columns: &Columns) -> Naming {
        let mut seen = Seen::default();
        for row in rows {
            let key = columns.cell(row, Field::Correct).or_else(|| columns.cell(row, Field::Answer));
            let choices = columns.choices(row);
            if let Some(key) = key.filter(|_| choices.len() > 1) {
                seen.take(key.trim(), &choices);
            }
        }
        seen.naming()
    }

    /// The place that a key names in this way.
    pub fn place(self, key: &str) -> Option<usize> {
        let key = key.trim();
        match self {
            Naming::Mixed | Naming::Apart => None,
            Naming::Numbers(first) => key.parse::<usize>().ok()?.checked_sub(first),
            Naming::Letters => letter(key),
        }
    }
}

/// The place of the only letter of a key.
fn letter(key: &str) -> Option<usize> {
    let mut chars = key.chars();
    let letter = chars.next().filter(|_| chars.next().is_none())?;
    place_of_letter(letter)
}

/// How many keys fit which way.
#[derive(Default)]
struct Seen {
    keys: usize,
    words: usize,
    letters: usize,
    from_one: usize,
    from_zero: usize,
    zeros: usize,
    /// Keys that are no signs of a place.
    said: usize,
}

impl Seen {
    fn take(&mut self, key: &str, choices: &[(usize, &str)]) {
        // A choice before the last may be missing; that is no other way of counting.
        let is_choice = |place: usize| choices.iter().any(|(at, _)| *at >= place);
        let number = key.parse::<usize>().ok();
        self.keys += 1;
        self.words +=
            usize::from(choices.iter().any(|(_, text)| text.trim().to_lowercase() == key.to_lowercase()));
        self.letters += usize::from(letter(key).is_some_and(is_choice));
        self.from_one += usize::from(number.and_then(|n| n.checked_sub(1)).is_some_and(is_choice));
        self.from_zero += usize::from(number.is_some_and(is_choice));
        self.zeros += usize::from(number == Some(0));
        self.said += usize::from(number.is_none() && key.chars().count() > 1);
    }

    /// A few keys may be mistaken, or name several choices.
    fn naming(&self) -> Naming {
        let named = self.words + self.letters + self.from_one + self.from_zero;
        if self.keys > 1 && named * 10 <= self.keys && self.said * 10 >= self.keys * 9 {
            return Naming::Apart;
        }
        let ways = [
            (self.letters, Naming::Letters),
            (self.from_one, Naming::Numbers(1)),
            (if self.zeros > 0 { self.from_zero } else { 0 }, Naming::Numbers(0)),
        ];
        let (fitting, naming) = ways.into_iter().rev().max_by_key(|(count, _)| *count).unwrap_or_default();
        let is_common = fitting > self.words && fitting * 10 >= self.keys * 9;
        if is_common { naming } else { Naming::Mixed }
    }
}
