//! Aiken: questions with one right choice, and nothing else of them.

use super::{LeftOut, Part, Written};
use crate::aiken::mark;
use badgedex_domain::question::{Kind, Pack, Question};

/// What Aiken says beside what is asked.
const KEPT: [Part; 1] = [Part::Kind];

/// Writes what Aiken can say of a pack.
pub fn write(pack: &Pack) -> Written {
    let mut written = Written::default();
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
    let Kind::OneOf { choices, key, .. } = &question.kind else {
        return Err("since Aiken has only questions with one right choice");
    };
    let stem = question.stem.trim();
    if stem.contains('\n') {
        return Err("since a text has several lines, and Aiken has room for one");
    }
    if mark(stem).is_some() || stem.chars().count() < 2 {
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
