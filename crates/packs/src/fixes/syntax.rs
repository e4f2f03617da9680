//! Curly quotation marks, the words that other languages write, and commas after the last value.
//!
//! They are fixed only if nothing else is wrong with the text: then it is clear where each text begins
//! and ends.

use super::edits::Edits;
use super::fix::FixKind;
use super::layout::take_out_comma;
use crate::json::{Located, SyntaxError};

/// Fixes the errors of a text that has a tree in spite of them; returns what was fixed in the file as a whole.
pub fn fix(text: &str, errors: &[Located<'_>], edits: &mut Edits) -> Vec<FixKind> {
    let (mut quotes, mut words) = (0, 0);
    for (at, error) in errors {
        match error {
            SyntaxError::CurlyQuotes(Some(inside)) => {
                quotes += 1;
                let mark = text[inside.end..].chars().next().map_or(0, char::len_utf8);
                edits.silent(*at..inside.start, "\"");
                edits.silent(inside.end..inside.end + mark, "\"");
            }
            SyntaxError::ForeignWord { written, meant } => {
                words += 1;
                edits.silent(*at..at + written.len(), *meant);
            }
            SyntaxError::TrailingComma => take_out_comma(text, *at, edits),
            other => debug_assert!(!other.is_fixable(), "{other:?} is fixable, and nothing fixes it"),
        }
    }
    let told =
        [(quotes > 0).then_some(FixKind::CurlyQuotes(quotes)), (words > 0).then_some(FixKind::Words(words))];
    told.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Parsed, parse};

    #[test]
    fn what_is_clear_is_fixed_and_with_anything_else_all_stays() {
        for (text, new, told) in [
            (
                "{ “a”: „x, y“, \"b\": “”, }",
                "{ \"a\": \"x, y\", \"b\": \"\" }",
                vec![FixKind::CurlyQuotes(3)],
            ),
            ("[True, \"True\", None]", "[true, \"True\", null]", vec![FixKind::Words(2)]),
            ("[«a», FALSE]", "[\"a\", false]", vec![FixKind::CurlyQuotes(1), FixKind::Words(1)]),
            ("[\"a\\\\\",]", "[\"a\\\\\"]", vec![]),
            ("{\"a\": [1 , ] ,\n}", "{\"a\": [1  ]\n}", vec![]),
            ("[\"“a”\", \",]\"]", "[\"“a”\", \",]\"]", vec![]),
        ] {
            let Parsed { root, errors } = parse(text);
            let mut edits = Edits::default();
            assert_eq!(fix(text, &errors, &mut edits), told, "{text}");
            assert_eq!((edits.applied(text).0.as_str(), root.is_some()), (new, true), "{text}");
        }
        for text in ["[“a”, 'b']", "[“the “largest” one”]", "[,]", "[1,,]", "{\"a\":,}", ",]"] {
            assert!(parse(text).root.is_none(), "{text}");
        }
    }
}
