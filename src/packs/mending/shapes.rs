//! Numbers in quotation marks, and a single text where a list of texts belongs.

use serde_json::{Number, Value};

use super::What;
use super::splice::Splices;
use crate::packs::parts::{Object, Part};

/// Keys of numbers.
pub const NUMBERS: [&str; 2] = ["value", "tolerance"];
/// Keys of lists of which one text alone is clear.
pub const LISTS: [&str; 5] = ["accepted", "typed", "facts", "was", "replaces"];

/// Whether a text is what JSON takes for a number: "1,000" is one thousand to some and one to others.
pub fn is_number(text: &str) -> bool {
    let number = serde_json::from_str::<Number>(text.trim());
    number.is_ok_and(|number| number.as_f64().is_some_and(f64::is_finite))
}

/// Takes the quotation marks from numbers, and puts brackets around lone texts.
pub fn mend(question: &Object<'_>, item: Option<&str>, splices: &mut Splices) {
    for key in NUMBERS {
        question.get(key).into_iter().for_each(|part| mend_number(part, key, item, splices));
    }
    for key in LISTS {
        question.get(key).into_iter().for_each(|part| mend_list(part, key, item, splices));
    }
}

fn mend_number(part: Part<'_>, key: &'static str, item: Option<&str>, splices: &mut Splices) {
    if let Some(said) = part.string().filter(|said| is_number(said)) {
        let number = said.trim().to_owned();
        splices.told(part.range(), number.clone(), item, What::Number { key, number });
    }
}

fn mend_list(part: Part<'_>, key: &'static str, item: Option<&str>, splices: &mut Splices) {
    let Some(said) = part.string() else { return };
    let text = said.trim();
    if !text.is_empty() {
        let text = if text == said { part.text().to_owned() } else { Value::from(text).to_string() };
        splices.told(part.range(), format!("[{text}]"), item, What::List { key });
    }
}
