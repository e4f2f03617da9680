//! What a prompt shows: lines that fit the window, with the cursor on one of them.

use std::iter;
use std::ops::Range;

use super::layout::{AFTER_CURSOR, Layout};
use super::line_editor::LineEditor;
use crate::ui::look::Tone;
use crate::ui::text;

/// Columns of the field that are kept for typing, below the title if need be.
const MIN_FIELD: usize = 12;

/// A picture of a prompt.
#[derive(Debug, PartialEq, Eq)]
pub struct Frame {
    pub lines: Vec<String>,
    /// The line of the cursor, from 0.
    pub cursor_line: usize,
    /// Columns before the cursor.
    pub cursor_column: usize,
}

impl Frame {
    /// What is asked, and the field after it. `aside` stands after what was typed.
    pub fn asking(layout: &Layout, title: &str, line: &LineEditor, aside: &str) -> Frame {
        let mut lines = layout.titled("  ? ", title);
        let after = if aside.is_empty() { 1 } else { text::display_width(aside) + 4 };
        let room_after = |start: usize| layout.width().saturating_sub(start + after);
        let mut start = lines.last().map_or(0, |last| text::display_width(last));
        if room_after(start) < MIN_FIELD && start > AFTER_CURSOR {
            lines.iter_mut().last().into_iter().for_each(|last| *last = last.trim_end().to_owned());
            lines.push(" ".repeat(AFTER_CURSOR));
            start = AFTER_CURSOR;
        }
        let view = line.view(room_after(start));
        if let Some(last) = lines.last_mut() {
            last.push_str(&view.text);
            if !aside.is_empty() {
                last.push_str("   ");
                last.push_str(&layout.paint(Tone::Dim, aside));
            }
        }
        let cursor_line = lines.len().saturating_sub(1);
        Frame { lines, cursor_line, cursor_column: start + view.cursor }
    }

    pub fn extend(&mut self, lines: Vec<String>) {
        self.lines.extend(lines);
    }

    /// Rows of the window above the cursor, also after the terminal has broken the lines of a wider window anew.
    pub fn rows_above_cursor(&self, columns: usize) -> usize {
        let columns = columns.max(1);
        let rows = |line: &String| text::display_width(line).div_ceil(columns).max(1);
        let above: usize = self.lines.iter().take(self.cursor_line).map(rows).sum();
        above + self.cursor_column / columns
    }
}

/// What stands before an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    None,
    /// The one that Enter takes.
    Cursor,
    /// One that says what was typed.
    Match,
    /// One that does not, while others do.
    NoMatch,
}

/// An option of a list.
#[derive(Debug)]
pub struct Row<'a> {
    pub sign: Sign,
    /// `None` if only one option can be taken.
    pub marked: Option<bool>,
    /// "A) ".
    pub label: &'a str,
    pub text: &'a str,
}

/// Options that fit on `room` lines, and whether there are others.
#[derive(Debug)]
pub struct RowsPage {
    pub lines: Vec<String>,
    pub is_all: bool,
}

/// The page of a list that shows the option at `place`.
pub fn page_of_rows(layout: &Layout, rows: &[Row], place: usize, room: usize) -> RowsPage {
    let blocks: Vec<Vec<String>> = rows.iter().map(|row| text_of(layout, row, room)).collect();
    let heights: Vec<usize> = blocks.iter().map(Vec::len).collect();
    let shown = page_around(&heights, place, room);
    let (up, down) = (shown.start > 0, shown.end < rows.len());
    let last = shown.end.saturating_sub(1);
    let lines = shown.clone().flat_map(|i| {
        let arrow = match rows[i].sign {
            Sign::None | Sign::NoMatch if up && i == shown.start => Some(layout.symbol("↑", "^")),
            Sign::None | Sign::NoMatch if down && i == last => Some(layout.symbol("↓", "v")),
            _ => None,
        };
        painted(layout, &rows[i], arrow, &blocks[i])
    });
    RowsPage { lines: lines.collect(), is_all: !up && !down }
}

fn text_of(layout: &Layout, row: &Row, room: usize) -> Vec<String> {
    let start = AFTER_CURSOR + if row.marked.is_some() { "[x] ".len() } else { 0 };
    layout.option(start, row.label, row.text, room)
}

fn painted(layout: &Layout, row: &Row, arrow: Option<&str>, block: &[String]) -> Vec<String> {
    let tone = match row.sign {
        Sign::Cursor => Tone::Accent,
        Sign::NoMatch => Tone::Dim,
        Sign::None | Sign::Match => Tone::Plain,
    };
    let sign = match row.sign {
        Sign::Cursor => layout.paint(Tone::Accent, ">"),
        Sign::Match => layout.paint(Tone::Accent, layout.symbol("•", "*")),
        Sign::None | Sign::NoMatch => arrow.unwrap_or(" ").to_owned(),
    };
    let (mark, below) = match row.marked {
        Some(true) => (layout.paint(Tone::Accent, "[x] "), "        "),
        Some(false) => ("[ ] ".to_owned(), "        "),
        None => (String::new(), "    "),
    };
    let starts = iter::once(format!("  {sign} {mark}")).chain(iter::repeat(below.to_owned()));
    starts.zip(block).map(|(start, line)| format!("{start}{}", layout.paint(tone, line))).collect()
}

/// The page that shows an option, of options with these heights; each page holds as many as fit.
fn page_around(heights: &[usize], place: usize, room: usize) -> Range<usize> {
    let (mut start, mut taken) = (0, 0);
    for (i, height) in heights.iter().enumerate() {
        if taken + height > room && i > start {
            if place < i {
                return start..i;
            }
            (start, taken) = (i, 0);
        }
        taken += height;
    }
    start..heights.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_holds_as_many_options_as_fit() {
        for (heights, place, room, page) in [
            (vec![1, 1, 1], 2, 3, 0..3),
            (vec![1, 1, 1], 0, 2, 0..2),
            (vec![1, 1, 1], 2, 2, 2..3),
            (vec![1, 4, 1], 1, 4, 1..2),
            (vec![1, 4, 1], 2, 4, 2..3),
            (vec![9], 0, 4, 0..1),
            (vec![], 0, 4, 0..0),
        ] {
            assert_eq!(page_around(&heights, place, room), page, "{heights:?} {place}");
        }
    }

    #[test]
    fn a_narrower_window_breaks_the_lines_above_the_cursor_anew() {
        let lines = vec!["a".repeat(70), "b".repeat(30)];
        let frame = Frame { lines, cursor_line: 1, cursor_column: 25 };
        for (columns, rows) in [(80, 1), (70, 1), (40, 2), (20, 5)] {
            assert_eq!(frame.rows_above_cursor(columns), rows, "{columns}");
        }
    }
}
