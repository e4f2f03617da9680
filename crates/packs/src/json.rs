//! Reading JSON so that every error has its place and says what to write.
//!
//! A text is read by serde_json, which is fast. Only if it fails, or if a part of the text is to be named or
//! changed, the text is read into a tree.

mod node;
mod parser;
mod shape_error;
mod syntax_error;
mod tree_deserializer;

use serde::Deserialize;

use crate::position::Position;

pub use node::{Member, Node};
pub use parser::{Located, Parsed, parse};
pub use shape_error::ShapeError;
pub use syntax_error::SyntaxError;

/// Why a text cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct JsonError {
    /// The byte of the text that it is about.
    pub at: usize,
    /// The same as line and column.
    pub position: Position,
    /// What is wrong, and what to write.
    pub sentence: String,
    /// What is wrong, if the text is JSON and does not hold what belongs in it.
    pub shape: Option<ShapeError>,
    /// Whether `pack check --fix` makes JSON of the text.
    pub is_fixable: bool,
}

/// Reads a typed value from a text that begins at `start` of its file.
///
/// # Errors
///
/// The first mistake that only a person can fix, else the first one.
pub fn read<'a, T: Deserialize<'a>>(text: &'a str, start: Position) -> Result<T, JsonError> {
    serde_json::from_str(text).map_err(|error| explain::<T>(text, start, &error))
}

fn explain<'a, T: Deserialize<'a>>(text: &'a str, start: Position, error: &serde_json::Error) -> JsonError {
    let Parsed { root, errors } = parse(text);
    let error_at = |at, sentence, shape, is_fixable| JsonError {
        at,
        position: start.after(&text[..at]),
        sentence,
        shape,
        is_fixable,
    };
    if let Some((at, first)) = first_to_name(&errors) {
        let is_fixable = errors.iter().all(|(_, error)| error.is_fixable());
        return error_at(at, first.sentence(text, start), None, is_fixable);
    }
    match root.as_ref().map(|root| T::deserialize(root)) {
        Some(Err(error)) => {
            let sentence = error.to_string();
            error_at(error.at.unwrap_or(0), sentence, Some(error.problem), false)
        }
        // Nothing is wrong by the tree: what serde_json says is all that is known.
        Some(Ok(_)) | None => error_at(0, format!("the text cannot be read: {error}"), None, false),
    }
}

/// The error that only a person can fix, else the first of the text.
fn first_to_name<'e, 'a>(errors: &'e [(usize, SyntaxError<'a>)]) -> Option<(usize, &'e SyntaxError<'a>)> {
    let of_a_person = errors.iter().find(|(_, error)| !error.is_fixable());
    of_a_person.or_else(|| errors.iter().min_by_key(|(at, _)| *at)).map(|(at, error)| (*at, error))
}

/// The byte at which a key of an object begins; 0 if the text is not an object or has no such key.
pub fn key_offset(object: &str, key: &str) -> usize {
    let root = parse(object).root;
    root.as_ref().and_then(|root| root.member(key)).map_or(0, |member| member.key.range().start)
}

#[cfg(test)]
mod tests;
