//! Values of the wrong type that can mean one thing only: a number in quotation marks, and one text where a
//! list of texts belongs.

use serde_json::Number;

/// Keys of numbers.
pub const NUMBERS: [&str; 2] = ["value", "tolerance"];
/// Keys of lists of which one text alone is clear.
pub const LISTS: [&str; 5] = ["accepted", "typed", "facts", "was", "replaces"];

/// Whether a text is a number and one only: "1,000" and "1.000" are one thousand to some and one to others.
pub fn is_number(text: &str) -> bool {
    let text = text.trim();
    let parts = text.trim_start_matches('-').split_once('.');
    let may_be_thousands = parts.is_some_and(|(whole, rest)| {
        (1..=3).contains(&whole.len()) && rest.len() == 3 && !whole.starts_with('0')
    });
    let number = serde_json::from_str::<Number>(text);
    !may_be_thousands && number.is_ok_and(|number| number.as_f64().is_some_and(f64::is_finite))
}

/// Whether a text is one and no list of several.
pub fn is_one(text: &str) -> bool {
    !text.trim().is_empty() && !text.contains([',', ';', '|', '/', '\n'])
}

/// The keys whose texts are ids: they have a slash and are one.
const IDS: [&str; 2] = ["was", "replaces"];

/// Whether a lone text can become a list of one.
pub fn is_lone(key: &str, text: &str) -> bool {
    is_one(text) || (IDS.contains(&key) && is_one(&text.replacen('/', "", 1)))
}
