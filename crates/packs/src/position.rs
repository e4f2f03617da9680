//! Positions in a text: lines and columns, as editors count them.

use serde_json::value::RawValue;

/// A line and a column, both from 1. Columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl Position {
    /// Where a text begins.
    pub const START: Position = Position { line: 1, column: 1 };

    /// The position at the end of `text`, which begins at this one.
    pub fn after(self, text: &str) -> Position {
        match text.rfind('\n') {
            None => Position { column: self.column + text.chars().count(), ..self },
            Some(last) => Position {
                line: self.line + text.bytes().filter(|b| *b == b'\n').count(),
                column: 1 + text[last + 1..].chars().count(),
            },
        }
    }
}

/// Turns bytes of a text into positions, from front to back: each line is counted once, however many
/// positions are asked for.
#[derive(Debug)]
pub struct PositionCursor<'a> {
    text: &'a str,
    at: usize,
    position: Position,
}

impl<'a> PositionCursor<'a> {
    /// A cursor at the beginning of a text.
    pub fn start(text: &'a str) -> Self {
        PositionCursor { text, at: 0, position: Position::START }
    }

    /// The position of a byte, which must not come before the last one asked for.
    pub fn to(&mut self, at: usize) -> Position {
        self.position = self.position.after(&self.text[self.at..at]);
        self.at = at;
        self.position
    }
}

/// The byte of `text` at which a value begins that was read from it.
pub fn offset(text: &str, value: &RawValue) -> usize {
    value.get().as_ptr() as usize - text.as_ptr() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_lines_and_characters() {
        for (text, line, column) in
            [("", 1, 1), ("ab", 1, 3), ("äö", 1, 3), ("a\n", 2, 1), ("a\nbc", 2, 3), ("\r\n\n x", 3, 3)]
        {
            assert_eq!(Position::START.after(text), Position { line, column }, "{text:?}");
        }
    }

    #[test]
    fn a_cursor_says_the_same_as_counting_anew() {
        let text = "one\ntwö three\n\nfour";
        let mut cursor = PositionCursor::start(text);
        for (at, _) in text.char_indices() {
            assert_eq!(cursor.to(at), Position::START.after(&text[..at]));
        }
    }
}
