//! Letters of right choices, written small or as numbers.
//!
//! A number may count from 0 or from 1, and a key that was guessed wrongly would be learned. So a
//! number is only taken where it can be read in one way: 0 is the first choice, and the number of
//! choices is the last. Where a file holds both, it counts in no way that is known, and all stay.

use super::edits::Edits;
use super::fix::FixKind;
use crate::json::Node;
use crate::json_writer::letter;
use crate::limits::MAX_CHOICES;
use crate::text_case::folded;

/// From where the numbers of choices count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    Zero,
    One,
}

/// The base of every question in which it shows.
#[derive(Debug, Default)]
pub struct Bases {
    zero: bool,
    one: bool,
}

impl Bases {
    pub fn note(&mut self, question: &Node<'_>) {
        match base(question) {
            Some(Base::Zero) => self.zero = true,
            Some(Base::One) => self.one = true,
            None => {}
        }
    }

    fn agree(&self) -> bool {
        self.zero != self.one
    }
}

/// What a key says of the right choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Place(usize),
    Number(usize),
}

fn named(key: &Node<'_>) -> Option<Named> {
    let said = key.string().unwrap_or_else(|| key.json().into_owned());
    let bare = said.trim().trim_matches(['(', ')', '.']);
    match bare.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => {
            key.string()?;
            Some(Named::Place(usize::from(letter.to_ascii_uppercase() - b'A')))
        }
        [_] | [_, _] if bare.bytes().all(|byte| byte.is_ascii_digit()) => {
            bare.parse().ok().map(Named::Number)
        }
        _ => None,
    }
}

/// The parts of a question that say which choices are right.
fn keys<'t, 'a>(question: &'t Node<'a>) -> Vec<&'t Node<'a>> {
    match question.string_at("kind").as_deref() {
        Some("one-of") => question.get("key").into_iter().collect(),
        Some("any-of") => question.get("keys").and_then(Node::items).unwrap_or_default().iter().collect(),
        _ => Vec::new(),
    }
}

fn choices(question: &Node<'_>) -> Option<Vec<String>> {
    let choices = question.get("choices")?.items()?;
    let choices: Vec<String> = choices.iter().map(Node::string).collect::<Option<_>>()?;
    (2..=MAX_CHOICES).contains(&choices.len()).then_some(choices)
}

/// From where the numbers of a question count, where they can count in one way only.
fn base(question: &Node<'_>) -> Option<Base> {
    let count = choices(question)?.len();
    let number = |key: &Node<'_>| match named(key) {
        Some(Named::Number(number)) if number <= count => Some(number),
        _ => None,
    };
    let numbers: Vec<usize> = keys(question).into_iter().map(number).collect::<Option<_>>()?;
    match (numbers.contains(&0), numbers.contains(&count)) {
        (true, false) => Some(Base::Zero),
        (false, true) => Some(Base::One),
        _ => None,
    }
}

/// The place that a key names for certain.
fn place(key: &Node<'_>, choices: &[String], base: Option<Base>) -> Option<usize> {
    let place = match (named(key)?, base) {
        (Named::Place(place), _) => place,
        (Named::Number(number), Some(Base::Zero)) => number,
        (Named::Number(number), Some(Base::One)) => number.checked_sub(1)?,
        (Named::Number(_), None) => return None,
    };
    // A choice that reads like the key may be what is meant by it.
    let said = folded(key.string().as_deref().unwrap_or(&key.json()).trim());
    let begins = |choice: &str| {
        let rest = folded(choice.trim());
        rest.strip_prefix(&*said).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let is_other = |(at, choice): (usize, &String)| at != place && begins(choice);
    let is_clear = is_capital(key) || !choices.iter().enumerate().any(is_other);
    (place < choices.len() && is_clear).then_some(place)
}

fn is_capital(key: &Node<'_>) -> bool {
    matches!(key.json().as_bytes(), [b'"', b'A'..=b'Z', b'"'])
}

/// Fixes the key or the keys of a question with choices.
pub fn fix(question: &Node<'_>, bases: &Bases, item: Option<&str>, edits: &mut Edits) {
    let Some(choices) = choices(question) else { return };
    let base = base(question).filter(|_| bases.agree());
    let keys = keys(question);
    let Some(places) = keys.iter().map(|key| place(key, &choices, base)).collect::<Option<Vec<_>>>() else {
        return;
    };
    // A repeated letter may be a typo for another one: only a person can tell.
    if (1..places.len()).any(|at| places[..at].contains(&places[at])) {
        return;
    }
    for (key, place) in keys.iter().zip(places).filter(|(key, _)| !is_capital(key)) {
        let (from, to) = (key.json().into_owned(), letter(place));
        edits.reported(key.range(), format!("\"{to}\""), item, FixKind::Letter { from, to });
    }
}

/// Fixes a true or false in quotation marks.
pub fn fix_truth(question: &Node<'_>, item: Option<&str>, edits: &mut Edits) {
    let Some(key) = question.get("key") else { return };
    let Some(said) = key.string() else { return };
    let truth = match said.trim().to_ascii_lowercase().as_str() {
        "true" => true,
        "false" => false,
        _ => return,
    };
    edits.reported(key.range(), truth.to_string(), item, FixKind::Truth(truth));
}
