//! Curly quotation marks around texts, and the words that JSON writes otherwise.
//!
//! They are put right only where nothing else stands in the way of reading the file: then it is clear
//! where each text begins and ends.

use std::borrow::Cow;

use super::What;
use crate::json_slips::{Slip, slips};

/// The text as JSON writes it, but for commas that are too many; and what was done.
pub fn righted(text: &str) -> (Cow<'_, str>, Vec<What>) {
    let slips = slips(text);
    let (mut quotes, mut words, mut new, mut from) = (0, 0, String::new(), 0);
    for (at, slip) in &slips {
        let (end, written) = match slip {
            Slip::CurlyQuotes(Some(inside)) => {
                quotes += 1;
                let mark = text[inside.end..].chars().next().map_or(0, char::len_utf8);
                (inside.end + mark, format!("\"{}\"", &text[inside.clone()]))
            }
            Slip::Word { written, meant } => {
                words += 1;
                (at + written.len(), (*meant).to_owned())
            }
            Slip::CommaAtEnd => continue,
            _ => return (Cow::Borrowed(text), Vec::new()),
        };
        new.push_str(&text[from..*at]);
        new.push_str(&written);
        from = end;
    }
    new.push_str(&text[from..]);
    let told = [(quotes > 0).then_some(What::CurlyQuotes(quotes)), (words > 0).then_some(What::Words(words))];
    (Cow::Owned(new), told.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_clear_is_put_right_and_with_anything_else_all_stays() {
        for (text, new, told) in [
            ("{ “a”: „x, y“, \"b\": “”, }", "{ \"a\": \"x, y\", \"b\": \"\", }", vec![What::CurlyQuotes(3)]),
            ("[True, \"True\", None]", "[true, \"True\", null]", vec![What::Words(2)]),
            ("[«a», FALSE]", "[\"a\", false]", vec![What::CurlyQuotes(1), What::Words(1)]),
            ("[“a”, 'b']", "[“a”, 'b']", vec![]),
            ("[“the “largest” one”]", "[“the “largest” one”]", vec![]),
            ("[\"“a”\"]", "[\"“a”\"]", vec![]),
        ] {
            assert_eq!(righted(text), (Cow::Borrowed(new), told), "{text}");
        }
    }
}
