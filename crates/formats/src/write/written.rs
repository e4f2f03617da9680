//! A pack in another format, and what all writers share.

use badgedex_domain::question::{Kind, Pack, Question, TRUE_FALSE, with_unit};

use super::losses::LeftOut;

/// Why a question whose choices are drawn is in no file.
pub const DRAWN: &str = "since the choices are drawn afresh each time";

/// A pack in another format.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WrittenPack {
    /// The file; lines end in LF.
    pub text: String,
    /// What is not in it.
    pub left_out: Vec<LeftOut>,
}

/// The name of a question's topic.
pub fn topic<'a>(pack: &'a Pack, question: &'a Question) -> &'a str {
    let topic = pack.topics.iter().find(|topic| topic.id == question.topic);
    topic.map_or(&question.topic, |topic| &topic.name)
}

/// The right answer in words; `None` if the choices are drawn.
pub fn key_text(kind: &Kind) -> Option<String> {
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
