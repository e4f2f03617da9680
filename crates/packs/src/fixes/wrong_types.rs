//! Numbers in quotation marks, and a single text where a list of texts belongs.

use serde_json::Value;

use super::edits::Edits;
use super::fix::FixKind;
use crate::coercion::{LISTS, NUMBERS, is_lone, is_number};
use crate::json::Node;

/// Takes the quotation marks from numbers, and puts brackets around lone texts.
pub fn fix(question: &Node<'_>, item: Option<&str>, edits: &mut Edits) {
    for key in NUMBERS {
        question.get(key).into_iter().for_each(|part| fix_number(part, key, item, edits));
    }
    for key in LISTS {
        question.get(key).into_iter().for_each(|part| fix_list(part, key, item, edits));
    }
}

fn fix_number(part: &Node<'_>, key: &'static str, item: Option<&str>, edits: &mut Edits) {
    if let Some(said) = part.string().filter(|said| is_number(said)) {
        let number = said.trim().to_owned();
        edits.reported(part.range(), number.clone(), item, FixKind::Number { key, number });
    }
}

fn fix_list(part: &Node<'_>, key: &'static str, item: Option<&str>, edits: &mut Edits) {
    let Some(said) = part.string() else { return };
    let text = said.trim();
    if is_lone(key, text) {
        let text = if text == said { part.json().into_owned() } else { Value::from(text).to_string() };
        edits.reported(part.range(), format!("[{text}]"), item, FixKind::List { key });
    }
}
