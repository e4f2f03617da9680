//! Which choices are right: letters, and what people write in their place.

use super::Checker;
use crate::json_writer::letter;
use crate::raw::{RawKey, RawQuestion, Use};
use crate::text_case::folded;
use badgedex_domain::question::Kind;

const LETTERS: &str = "write \"A\" for the first choice, \"B\" for the second";

impl Checker<'_> {
    /// Keys that mean nothing for the kind.
    pub(super) fn check_keys(&mut self, raw: &RawQuestion) {
        let meant = raw.kind.answer_keys();
        for (key, _) in answers(raw).iter().filter(|(key, here)| *here && meant.iter().all(|(m, _)| m != key))
        {
            let problem = match meant.iter().find(|(wanted, _)| written_for(raw, wanted) == Some(key)) {
                Some((wanted @ ("key" | "keys"), _)) if raw.choices.is_some() => {
                    format!(
                        "\"{key}\" is called \"{wanted}\" in a question of this kind: rename it; {LETTERS}"
                    )
                }
                Some((wanted, _)) => {
                    format!("\"{key}\" is called \"{wanted}\" in a question of this kind: rename it")
                }
                None => format!("\"{key}\" means nothing in a question of this kind: take it out"),
            };
            self.report(key, problem);
        }
    }

    /// Reports a missing key, unless it is there under another name, which is reported already.
    pub(super) fn missing<T>(&mut self, raw: &RawQuestion, key: &str, at: &str, problem: &str) -> Option<T> {
        match written_for(raw, key) {
            Some(_) => None,
            None => self.refuse(at, problem),
        }
    }

    pub(super) fn one_of(&mut self, raw: &RawQuestion) -> Option<Kind> {
        let choices = self.texts(raw, "choices", raw.choices.as_ref(), 2);
        let typed = match &raw.typed {
            Some(_) => self.texts(raw, "typed", raw.typed.as_ref(), 1)?,
            None => Vec::new(),
        };
        let choices = choices?;
        let key = match &raw.key {
            Some(RawKey::Letter(letter)) => self.place("key", letter, &choices)?,
            Some(RawKey::Number(number)) => return self.refuse("key", &no_letter(*number)),
            Some(RawKey::Truth(_)) => {
                return self.refuse("key", &format!("the key is the letter of a choice: {LETTERS}"));
            }
            None => return self.missing(raw, "key", "id", "no choice is right: \"key\" is missing"),
        };
        Some(Kind::OneOf { choices, key, typed, shuffle: raw.shuffle.unwrap_or(true) })
    }

    pub(super) fn any_of(&mut self, raw: &RawQuestion) -> Option<Kind> {
        let choices = self.texts(raw, "choices", raw.choices.as_ref(), 3)?;
        let Some(letters) = &raw.keys else {
            return self.missing(raw, "keys", "id", "no choice is right: \"keys\" is missing");
        };
        let mut keys = Vec::new();
        for letter in letters {
            let letter = match letter {
                RawKey::Letter(letter) => letter,
                RawKey::Number(number) => return self.refuse("keys", &no_letter(*number)),
                RawKey::Truth(_) => {
                    return self.refuse("keys", &format!("\"keys\" holds letters of choices: {LETTERS}"));
                }
            };
            keys.push(self.place("keys", letter, &choices)?);
        }
        keys.sort_unstable();
        keys.dedup();
        if keys.len() != letters.len() {
            return self.refuse("keys", "a letter appears twice: remove one, or write the one that is meant");
        }
        if keys.is_empty() {
            return self.refuse("keys", "no choice is right: write the letter of each that is");
        }
        if keys.len() == choices.len() {
            return self.refuse("keys", "every choice is right: at least one must be wrong");
        }
        let size_stated = raw.size_stated.unwrap_or(true);
        Some(Kind::AnyOf { choices, keys, size_stated, shuffle: raw.shuffle.unwrap_or(true) })
    }

    pub(super) fn truth(&mut self, raw: &RawQuestion) -> Option<Kind> {
        const TRUTH: &str = "the key of a true-false question is true or false";
        match &raw.key {
            Some(RawKey::Truth(key)) => Some(Kind::TrueFalse { key: *key }),
            Some(RawKey::Letter(said)) if ["true", "false"].contains(&folded(said.trim()).as_str()) => {
                let bare = folded(said.trim());
                self.refuse(
                    "key",
                    &format!("{TRUTH}: write {bare} without quotation marks, or let pack check --fix do it"),
                )
            }
            Some(_) => self.refuse("key", &format!("{TRUTH}: write one of the two")),
            None => self.missing(raw, "key", "id", "\"key\" is missing: write true or false"),
        }
    }

    /// The place of a letter among choices.
    fn place(&mut self, key: &str, letter: &str, choices: &[String]) -> Option<usize> {
        let place = match letter.as_bytes() {
            [byte @ b'A'..=b'Z'] => Some(usize::from(byte - b'A')),
            _ => None,
        };
        place.filter(|place| *place < choices.len()).or_else(|| {
            let what = instead(letter, choices);
            self.refuse(key, &format!("key \"{letter}\" names no choice: write {what}"))
        })
    }
}

/// What to write instead of a key that is not the capital letter of a choice.
fn instead(written: &str, choices: &[String]) -> String {
    let small = match written.as_bytes() {
        [byte @ b'a'..=b'z'] => Some(usize::from(byte - b'a')).filter(|place| *place < choices.len()),
        _ => None,
    };
    let said = folded(written.trim());
    let same = choices.iter().position(|choice| folded(choice) == said);
    match (small, same) {
        (Some(place), None) => format!("\"{}\", or let pack check --fix do it", letter(place)),
        (Some(place), Some(same)) if place == same => {
            format!("\"{}\", or let pack check --fix do it", letter(place))
        }
        (None, Some(place)) => format!("\"{}\", its letter", letter(place)),
        _ => format!("a letter from A to {}", letter(choices.len() - 1)),
    }
}

fn no_letter(number: f64) -> String {
    format!("the key is the letter of a choice, not {number}: {LETTERS}")
}

/// The keys that hold answers, and whether a question has them.
fn answers(raw: &RawQuestion) -> [(&'static str, bool); 13] {
    [
        ("choices", raw.choices.is_some()),
        ("key", raw.key.is_some()),
        ("keys", raw.keys.is_some()),
        ("size_stated", raw.size_stated.is_some()),
        ("shuffle", raw.shuffle.is_some()),
        ("typed", raw.typed.is_some()),
        ("accepted", raw.accepted.is_some()),
        ("value", raw.value.is_some()),
        ("unit", raw.unit.is_some()),
        ("tolerance", raw.tolerance.is_some()),
        ("items", raw.items.is_some()),
        ("answer", raw.answer.is_some()),
        ("reasons", raw.reasons.is_some()),
    ]
}

/// The key that a question has instead of one that its kind needs.
fn written_for(raw: &RawQuestion, wanted: &str) -> Option<&'static str> {
    let is_here = |key: &str| answers(raw).iter().any(|(name, here)| *name == key && *here);
    let is_needed = raw.kind.answer_keys().contains(&(wanted, Use::Needed));
    let others: &[&str] = match wanted {
        _ if !is_needed || is_here(wanted) => &[],
        "key" => &["keys", "answer", "accepted", "value"],
        "keys" => &["key", "answer", "accepted"],
        "accepted" => &["answer", "key", "keys", "typed", "value"],
        "value" => &["answer", "key", "accepted"],
        "choices" => &["items"],
        "items" => &["choices"],
        "answer" => &["accepted", "key", "value"],
        _ => &[],
    };
    answers(raw)
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| others.contains(name))
        .find(|name| is_here(name))
}
