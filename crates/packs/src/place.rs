//! Where things stand in a text: lines and columns, and the parts of JSON.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A line and a column, both from 1. Columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub line: usize,
    pub column: usize,
}

impl Spot {
    pub const START: Spot = Spot { line: 1, column: 1 };

    /// Where one stands after reading `text` from here on.
    pub fn after(self, text: &str) -> Spot {
        match text.rfind('\n') {
            None => Spot { column: self.column + text.chars().count(), ..self },
            Some(last) => Spot {
                line: self.line + text.bytes().filter(|b| *b == b'\n').count(),
                column: 1 + text[last + 1..].chars().count(),
            },
        }
    }
}

/// A walk through a text from front to back: counts once, however many places are asked for.
pub struct Walk<'a> {
    text: &'a str,
    at: usize,
    spot: Spot,
}

impl<'a> Walk<'a> {
    pub fn start(text: &'a str) -> Self {
        Walk { text, at: 0, spot: Spot::START }
    }

    /// The place of a byte that does not come before the last one.
    pub fn to(&mut self, at: usize) -> Spot {
        self.spot = self.spot.after(&self.text[self.at..at]);
        self.at = at;
        self.spot
    }
}

/// Where a value begins in the text that it borrows from.
pub fn offset(text: &str, value: &RawValue) -> usize {
    value.get().as_ptr() as usize - text.as_ptr() as usize
}

/// Where a key of an object begins; the object's own beginning where it has no such key.
pub fn key_offset(object: &str, key: &str) -> usize {
    let is_it = |raw: &RawValue| serde_json::from_str::<String>(raw.get()).is_ok_and(|name| name == key);
    pairs(object).iter().find(|(name, _)| is_it(name)).map_or(0, |(name, _)| offset(object, name))
}

/// The keys and values of an object as they are written; none where the text is no object.
pub fn pairs(object: &str) -> Vec<(&RawValue, &RawValue)> {
    serde_json::from_str(object).map(|Pairs(pairs)| pairs).unwrap_or_default()
}

/// The one value at the beginning of a text.
pub fn first_value(text: &str) -> &str {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    values.next().and_then(Result::ok).map_or("", RawValue::get)
}

/// An object's keys and values as they are written.
#[derive(Default)]
struct Pairs<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Pairs<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spot_counts_lines_and_characters() {
        for (text, line, column) in
            [("", 1, 1), ("ab", 1, 3), ("äö", 1, 3), ("a\n", 2, 1), ("a\nbc", 2, 3), ("\r\n\n x", 3, 3)]
        {
            assert_eq!(Spot::START.after(text), Spot { line, column }, "{text:?}");
        }
    }

    #[test]
    fn a_walk_says_the_same_as_counting_anew() {
        let text = "one\ntwö three\n\nfour";
        let mut walk = Walk::start(text);
        for (at, _) in text.char_indices() {
            assert_eq!(walk.to(at), Spot::START.after(&text[..at]));
        }
    }

    #[test]
    fn a_key_stands_where_it_is_written_and_not_where_a_text_says_the_same() {
        let text = "{ \"a\" : \"b\",\n  \"b\":{\"c\": null} }";
        for (key, at) in [("a", 2), ("b", 15), ("c", 0)] {
            assert_eq!(key_offset(text, key), at, "{key}");
        }
        for text in ["", "{", "null", "7", "{\"a\"}"] {
            assert_eq!(key_offset(text, "a"), 0, "{text}");
        }
    }
}
