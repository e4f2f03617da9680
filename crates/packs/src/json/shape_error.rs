//! What is wrong in a text that is JSON, and not what belongs in its place.

use std::fmt;

use super::node::{Node, Value};
use crate::coercion::{LISTS, NUMBERS, is_lone, is_number};
use crate::limits::MAX_CHOICES;
use crate::nearest::nearest;

/// A value or a key that does not belong where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShapeError {
    /// A value of another type than the one that belongs there.
    WrongType {
        /// The value, in words.
        found: String,
        /// What belongs there, in words.
        wanted: String,
    },
    /// A key that every such object has.
    MissingKey {
        /// The key.
        key: &'static str,
        /// Whether `pack check --fix` can write it.
        can_be_made: bool,
    },
    /// A key that no such object has.
    UnknownKey {
        /// The key.
        key: String,
        /// The keys of such an object.
        known: &'static [&'static str],
    },
    /// A key that is written twice.
    RepeatedKey(&'static str),
    /// A word that is none of those that may be written there.
    UnknownWord {
        /// The word.
        word: String,
        /// The words that may be written there.
        known: &'static [&'static str],
    },
    /// An escape that names half of a character.
    HalfCharacter,
    /// Said by one of our own types.
    Other(String),
}

impl ShapeError {
    /// The value of a node is not `wanted`.
    pub(super) fn wrong_type(node: &Node<'_>, wanted: &str) -> ShapeError {
        let found = match node.value() {
            Value::Null => "null".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Number => format!("the number {}", node.written()),
            Value::String => match node.string() {
                Some(text) => format!("the text {text:?}"),
                None => return ShapeError::HalfCharacter,
            },
            Value::List(_) => "a list".to_owned(),
            Value::Object(_) => "an object".to_owned(),
        };
        ShapeError::WrongType { found, wanted: wanted.to_owned() }
    }
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ShapeError::WrongType { found, wanted } => write!(f, "expected {wanted}, found {found}"),
            ShapeError::MissingKey { key, can_be_made: true } => {
                write!(f, "\"{key}\" is missing: write one, or let pack check --fix do it")
            }
            ShapeError::MissingKey { key, can_be_made: false } => {
                write!(f, "\"{key}\" is missing: write it")
            }
            ShapeError::UnknownKey { key, known } => match nearest(key, known) {
                Some(meant) => write!(f, "unknown key \"{key}\": did you mean \"{meant}\"?"),
                None => write!(f, "unknown key \"{key}\": remove it"),
            },
            ShapeError::RepeatedKey(key) => write!(f, "\"{key}\" appears twice: remove one"),
            ShapeError::UnknownWord { word, known } => {
                match other_name(word, known).or_else(|| nearest(word, known)) {
                    Some(meant) => write!(f, "\"{word}\" is not valid here: did you mean \"{meant}\"?"),
                    None => {
                        let known: Vec<String> = known.iter().map(|name| format!("\"{name}\"")).collect();
                        write!(f, "\"{word}\" is not valid here: write {}", known.join(" or "))
                    }
                }
            }
            ShapeError::HalfCharacter => {
                f.write_str("this is half of a character: write the character itself")
            }
            ShapeError::Other(problem) => f.write_str(problem),
        }
    }
}

/// What to write in the place of a text at a key where something else belongs, as the end of a sentence;
/// empty if that is not clear.
pub(super) fn suggestion(key: &str, value: &Node<'_>) -> String {
    let Some(text) = value.string() else { return String::new() };
    match key {
        _ if LISTS.contains(&key) && is_lone(key, &text) => {
            format!(": write [{}], or let pack check --fix do it", value.written())
        }
        _ if LISTS.contains(&key) => ": write each text by itself, in quotation marks".to_owned(),
        "keys" => format!(": write [{}]", letters(&text)),
        _ if NUMBERS.contains(&key) && is_number(&text) => {
            format!(": write {}, or let pack check --fix do it", text.trim())
        }
        _ => String::new(),
    }
}

/// Letters of choices as a list holds them: "A, B" as `"A", "B"`.
fn letters(text: &str) -> String {
    let letters = text.split(|c: char| !c.is_alphanumeric()).filter(|letter| !letter.is_empty());
    letters.take(MAX_CHOICES).map(|letter| format!("\"{letter}\"")).collect::<Vec<_>>().join(", ")
}

/// What other programs call the kinds of questions.
const OTHER_NAMES: [(&str, &[&str]); 7] = [
    ("one-of", &["multiplechoice", "singlechoice", "choice", "single", "mcq", "radio"]),
    ("any-of", &["multipleanswer", "multipleresponse", "multiselect", "multiple", "checkbox"]),
    ("true-false", &["truefalse", "boolean", "bool", "yesno"]),
    ("typed", &["shortanswer", "text", "fillin", "cloze", "input"]),
    ("number", &["numeric", "numerical", "integer"]),
    ("order", &["ordering", "sequence", "sort", "sorting"]),
    ("reveal", &["flashcard", "card", "basic", "open", "essay", "selfchecked"]),
];

fn other_name<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let bare: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let (meant, _) = OTHER_NAMES.iter().find(|(_, names)| names.contains(&bare.as_str()))?;
    known.iter().find(|name| *name == meant).copied()
}
