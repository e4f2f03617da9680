//! A line of text while it is being typed: state without a terminal.

use unicode_width::UnicodeWidthChar;

use super::key::Edit;
use badgedex_domain::sanitize;

/// Characters that fit on a line; a longer paste is a mistake.
pub const MAX_CHARS: usize = 500;

/// Said when more than [`MAX_CHARS`] are typed or pasted.
pub fn too_long() -> String {
    format!("Answers are at most {MAX_CHARS} characters.")
}

/// The text, and the place of the cursor in it.
#[derive(Debug, Clone, Default)]
pub struct LineEditor {
    chars: Vec<char>,
    /// From 0, before the first character, to their number.
    cursor: usize,
    is_cut: bool,
}

/// The part of a line that fits.
#[derive(Debug, PartialEq, Eq)]
pub struct LineView {
    pub text: String,
    /// Columns before the cursor.
    pub cursor: usize,
}

impl LineEditor {
    /// The text as it was typed.
    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }

    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// Whether something was typed or pasted that did not fit. It stays so until the next change: the text is
    /// not what was meant.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Types a character before the cursor.
    pub fn insert(&mut self, c: char) {
        self.insert_all(&sanitize::line(c.encode_utf8(&mut [0; 4])));
    }

    /// Inserts all of a text or, if it is too long, none of it. Line breaks become spaces.
    pub fn paste(&mut self, text: &str) {
        // As many bytes are too long whatever they are: not worth a look at each.
        match text.len() > MAX_CHARS * 8 {
            true => self.is_cut = true,
            false => self.insert_all(&sanitize::line(text.trim_end_matches(['\r', '\n']))),
        }
    }

    fn insert_all(&mut self, text: &str) {
        let chars: Vec<char> = text.chars().collect();
        self.is_cut = self.chars.len() + chars.len() > MAX_CHARS;
        if !self.is_cut {
            let number = chars.len();
            self.chars.splice(self.cursor..self.cursor, chars);
            self.cursor += number;
        }
    }

    pub fn clear(&mut self) {
        *self = LineEditor::default();
    }

    pub fn edit(&mut self, edit: Edit) {
        let end = self.chars.len();
        match edit {
            Edit::Left => self.cursor = self.cursor.saturating_sub(1),
            Edit::Right => self.cursor = (self.cursor + 1).min(end),
            Edit::WordLeft => self.cursor = self.word_left(),
            Edit::WordRight => self.cursor = self.word_right(),
            Edit::Start => self.cursor = 0,
            Edit::End => self.cursor = end,
            Edit::DeleteLeft => self.delete_back_to(self.cursor.saturating_sub(1)),
            Edit::DeleteRight => drop(self.chars.drain(self.cursor..(self.cursor + 1).min(end))),
            Edit::DeleteWordLeft => self.delete_back_to(self.word_left()),
            Edit::DeleteToStart => self.delete_back_to(0),
            Edit::DeleteToEnd => self.chars.truncate(self.cursor),
        }
        self.is_cut &= end == self.chars.len();
    }

    fn delete_back_to(&mut self, start: usize) {
        self.chars.drain(start..self.cursor);
        self.cursor = start;
    }

    /// The start of the word before the cursor.
    fn word_left(&self) -> usize {
        let before = &self.chars[..self.cursor];
        let word_end = before.iter().rposition(|c| !c.is_whitespace()).map_or(0, |place| place + 1);
        before[..word_end].iter().rposition(|c| c.is_whitespace()).map_or(0, |place| place + 1)
    }

    /// The end of the word after the cursor.
    fn word_right(&self) -> usize {
        let after = &self.chars[self.cursor..];
        let word = after.iter().position(|c| !c.is_whitespace()).unwrap_or(after.len());
        let length = after[word..].iter().position(|c| c.is_whitespace()).unwrap_or(after.len() - word);
        self.cursor + word + length
    }

    /// As much of the text as fits in `room` columns, the cursor among them.
    pub fn view(&self, room: usize) -> LineView {
        let room = room.max(2);
        let mut start = self.cursor;
        let mut before = 0;
        while let Some(wider) = start.checked_sub(1).map(|i| before + width(self.chars[i])) {
            if wider >= room {
                break;
            }
            (start, before) = (start - 1, wider);
        }
        let mut taken = 0;
        let fitting = self.chars[start..].iter().take_while(|c| {
            taken += width(**c);
            taken < room
        });
        LineView { text: fitting.collect(), cursor: before }
    }
}

fn width(c: char) -> usize {
    c.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line in which `|` is the cursor.
    fn line(text: &str) -> LineEditor {
        let (before, after) = text.split_once('|').unwrap();
        let mut line = LineEditor::default();
        line.paste(before);
        let cursor = line.cursor;
        line.paste(after);
        line.cursor = cursor;
        line
    }

    fn shown(line: &LineEditor) -> String {
        let (before, after) = line.chars.split_at(line.cursor);
        format!("{}|{}", before.iter().collect::<String>(), after.iter().collect::<String>())
    }

    #[test]
    fn edits_do_what_they_do_in_a_shell() {
        for (before, edit, after) in [
            ("lam|b", Edit::Left, "la|mb"),
            ("|lamb", Edit::Left, "|lamb"),
            ("lam|b", Edit::Right, "lamb|"),
            ("lamb|", Edit::Right, "lamb|"),
            ("lam|b", Edit::Start, "|lamb"),
            ("lam|b", Edit::End, "lamb|"),
            ("lam|b", Edit::DeleteLeft, "la|b"),
            ("|lamb", Edit::DeleteLeft, "|lamb"),
            ("lam|b", Edit::DeleteRight, "lam|"),
            ("lamb|", Edit::DeleteRight, "lamb|"),
            ("aws lam|b", Edit::DeleteToStart, "|b"),
            ("aws| lamb", Edit::DeleteToEnd, "aws|"),
            ("aws lamb|", Edit::DeleteWordLeft, "aws |"),
            ("aws lamb  |", Edit::DeleteWordLeft, "aws |"),
            ("  |", Edit::DeleteWordLeft, "|"),
            ("aws lamb|", Edit::WordLeft, "aws |lamb"),
            ("aws |lamb", Edit::WordLeft, "|aws lamb"),
            ("|aws lamb", Edit::WordRight, "aws| lamb"),
            ("aws| lamb", Edit::WordRight, "aws lamb|"),
            ("aws lamb|", Edit::WordRight, "aws lamb|"),
        ] {
            let mut line = line(before);
            line.edit(edit);
            assert_eq!(shown(&line), after, "{before} {edit:?}");
        }
    }

    #[test]
    fn typing_goes_in_before_the_cursor_and_what_a_terminal_would_obey_does_not() {
        let mut line = line("l|mb");
        line.insert('a');
        assert_eq!(shown(&line), "la|mb");
        line.paste("one\r\ntwo\n");
        assert_eq!(line.text().split_whitespace().collect::<Vec<_>>(), ["laone", "twomb"]);
        line.clear();
        line.paste("\x1b[2J");
        assert!(!line.text().contains('\x1b'));
    }

    #[test]
    fn a_line_is_full_at_five_hundred_characters_and_says_so_until_it_is_changed() {
        let mut line = LineEditor::default();
        for _ in 0..MAX_CHARS {
            line.insert('a');
        }
        assert!(!line.is_cut());
        line.insert('a');
        assert!(line.is_cut());
        assert_eq!(line.text().len(), MAX_CHARS);
        line.edit(Edit::DeleteLeft);
        assert!(!line.is_cut());
        assert_eq!(too_long(), "Answers are at most 500 characters.");
    }

    #[test]
    fn a_paste_that_is_too_long_leaves_the_line_as_it_was() {
        for length in [MAX_CHARS, 10_000, 10_000_000] {
            let mut line = line("b|");
            line.paste(&"a".repeat(length));
            assert!(line.is_cut(), "{length}");
            assert_eq!(line.text(), "b");
        }
    }

    #[test]
    fn a_long_line_is_shown_around_its_cursor() {
        for (text, room, view, cursor) in [
            ("lamb|", 9, "lamb", 4),
            ("lamb|", 4, "amb", 3),
            ("|lamb", 4, "lam", 0),
            ("12345|67", 4, "345", 3),
            ("日本語|", 5, "本語", 4),
        ] {
            let expected = LineView { text: view.to_owned(), cursor };
            assert_eq!(line(text).view(room), expected, "{text}");
        }
    }
}
