//! Aiken: questions with one right choice, and nothing else of them.

use super::losses::{LeftOut, QuestionPart};
use super::written::WrittenPack;
use crate::aiken::line_role;
use badgedex_domain::question::{Kind, Pack, Question};

/// What Aiken keeps besides what is asked.
const KEPT: [QuestionPart; 1] = [QuestionPart::Kind];

/// Writes what Aiken can say of a pack.
///
/// ```
/// # use badgedex_domain::question::{Pack, Teaches};
/// # let questions = Vec::new();
/// # let pack = Pack {
/// #     id: "sea".into(), title: "Sea".into(), description: String::new(), licence: None, source: None,
/// #     teaches: Teaches::Content, credentials: vec![], topics: vec![], facts: vec![], questions,
/// # };
/// let written = badgedex_formats::write::aiken::write(&pack);
/// assert_eq!((written.text.as_str(), written.left_out.len()), ("", 0));
/// ```
pub fn write(pack: &Pack) -> WrittenPack {
    let mut written = WrittenPack::default();
    for question in &pack.questions {
        match one(question) {
            Ok(text) => {
                if !written.text.is_empty() {
                    written.text.push('\n');
                }
                written.text.push_str(&text);
                written.left_out.extend(LeftOut::parts(question, &KEPT));
            }
            Err(why) => written.left_out.push(LeftOut::whole(question, why)),
        }
    }
    written
}

fn one(question: &Question) -> Result<String, &'static str> {
    let (choices, key) = match &question.kind {
        Kind::OneOf { choices, key, .. } => (choices, key),
        Kind::AnyOf { .. }
        | Kind::TrueFalse { .. }
        | Kind::Typed { .. }
        | Kind::Number { .. }
        | Kind::Order { .. }
        | Kind::Drawn { .. }
        | Kind::Reveal { .. } => return Err("since Aiken has only questions with one right choice"),
    };
    let stem = question.stem.trim();
    if stem.contains('\n') {
        return Err("since a text has several lines, and Aiken has room for one");
    }
    if line_role(stem).is_some() || stem.chars().count() < 2 {
        return Err("since a text begins like a choice or an answer, or is too short for Aiken");
    }
    let mut text = format!("{stem}\n");
    for (letter, choice) in ('A'..='Z').zip(choices) {
        text.push_str(&format!("{letter}. {}\n", choice.replace('\n', " ").trim()));
    }
    let letter = ('A'..='Z').nth(*key).ok_or("since the right choice has no letter")?;
    Ok(text + &format!("ANSWER: {letter}\n"))
}

#[cfg(test)]
mod tests;
