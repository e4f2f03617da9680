//! Packs in the formats of other programs: text out, with what the format cannot say.
//!
//! One format a file, each the reverse of its reader: what was written and is read again is the same.

pub mod aiken;
pub mod anki_text;
pub mod csv;
pub mod gift;
pub mod json;
#[cfg(test)]
pub mod laws;
pub mod losses;
pub mod markdown;

use badgedex_domain::question::{Kind, Pack, Question, TRUE_FALSE, with_unit};
pub use losses::{LeftOut, Loss, Part};

/// Why a question that draws its choices is in no file.
const DRAWN: &str = "since the choices are drawn afresh each time";

/// A pack in another format.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// The file; lines end in LF.
    pub text: String,
    /// What is not in it.
    pub left_out: Vec<LeftOut>,
}

/// The name of a question's topic.
fn topic<'a>(pack: &'a Pack, question: &'a Question) -> &'a str {
    let topic = pack.topics.iter().find(|topic| topic.id == question.topic);
    topic.map_or(&question.topic, |topic| &topic.name)
}

/// The right answer in words; none where it is drawn.
fn key_text(kind: &Kind) -> Option<String> {
    Some(match kind {
        Kind::OneOf { choices, key, .. } => choices.get(*key)?.clone(),
        Kind::AnyOf { choices, keys, .. } => {
            keys.iter().filter_map(|key| choices.get(*key)).cloned().collect::<Vec<_>>().join("\n")
        }
        Kind::TrueFalse { key } => TRUE_FALSE[usize::from(!key)].to_owned(),
        Kind::Typed { accepted } => accepted.first()?.clone(),
        Kind::Number { value, unit, .. } => with_unit(*value, unit),
        Kind::Order { items } => items.join("\n"),
        Kind::Reveal { answer } => answer.clone(),
        Kind::Drawn { .. } => return None,
    })
}

#[cfg(test)]
mod text_tests;
