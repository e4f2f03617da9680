//! Numbers in quotation marks, and a single text where a list of texts belongs.

use serde_json::{Number, Value};

use super::What;
use super::splice::Splices;
use crate::packs::parts::{Object, Part};

/// Takes the quotation marks from numbers, and puts brackets around lone texts.
pub fn mend(question: &Object<'_>, item: Option<&str>, splices: &mut Splices) {
    for key in ["value", "tolerance"] {
        question.get(key).into_iter().for_each(|part| mend_number(part, key, item, splices));
    }
    for key in ["accepted", "typed", "facts", "was", "replaces"] {
        question.get(key).into_iter().for_each(|part| mend_list(part, key, item, splices));
    }
}

/// "1,000" is one thousand to some and one to others: only what JSON takes for a number is one.
fn mend_number(part: Part<'_>, key: &'static str, item: Option<&str>, splices: &mut Splices) {
    let Some(said) = part.string() else { return };
    let number = said.trim();
    if serde_json::from_str::<Number>(number).is_ok_and(|number| number.as_f64().is_some_and(f64::is_finite))
    {
        let what = What::Number { key, number: number.to_owned() };
        splices.told(part.range(), number, item, what);
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
