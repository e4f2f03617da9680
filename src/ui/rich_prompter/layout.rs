//! Lines that fit the window: inquire breaks lines within words, and redraws badly what is taller than the
//! screen.

use std::iter;

use crate::ui::look::Look;
use crate::ui::terminal;
use crate::ui::text;
use badgedex_domain::sanitize;

/// Columns before an option: margin, cursor, blank.
pub const AFTER_CURSOR: usize = 4;
/// Columns before an option with a box to mark.
pub const AFTER_BOX: usize = 8;
/// Lines kept free for a complaint above the prompt.
const SPARE: usize = 2;
/// Blanks between two keys of the help line.
const GAP: &str = "   ";

/// The size of the window, for laying out a prompt.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    look: Look,
    height: usize,
}

impl Layout {
    /// The window now: it may have become smaller since the program started.
    pub fn of_terminal(look: &Look) -> Layout {
        let (columns, height) = terminal::size();
        Layout { look: Look { width: look.width.min(columns), ..*look }, height }
    }

    /// What is asked, after its prefix.
    pub fn title(&self, title: &str) -> String {
        self.hang(AFTER_CURSOR, "", title)
    }

    /// Why something was refused.
    pub fn complaint(&self, why: &str) -> String {
        self.hang(AFTER_CURSOR, "", why)
    }

    /// An option whose text starts in a column; further lines are aligned with the text.
    pub fn option(&self, start: usize, label: &str, text: &str, room: usize) -> String {
        let whole = self.hang(start, label, text);
        if whole.lines().count() <= room {
            return whole;
        }
        let shown: Vec<&str> = whole.lines().take(room).collect();
        format!("{}{}", shown.join("\n"), self.look.symbol("…", "."))
    }

    fn hang(&self, start: usize, label: &str, text: &str) -> String {
        let first = format!("{}{label}", " ".repeat(start));
        let next = " ".repeat(text::display_width(&first));
        let text = sanitize::paragraph(text);
        let firsts = iter::once(first.as_str()).chain(iter::repeat(next.as_str()));
        let paragraphs = text.split('\n').zip(firsts);
        let lines = paragraphs.flat_map(|(text, first)| text::wrap(text, &self.look, first, &next));
        // inquire itself writes what comes before the first line.
        lines.collect::<Vec<_>>().join("\n").trim_start().to_owned()
    }

    /// The keys of a prompt; no key is split across two lines.
    ///
    /// inquire puts brackets around and no margin before: the CR writes the margin over its bracket.
    pub fn help(&self, keys: &[&str]) -> String {
        let room = self.look.width.saturating_sub(6);
        let mut lines = vec![String::new()];
        for key in keys {
            let line = lines.last().map_or("", String::as_str);
            let longer = if line.is_empty() { (*key).to_owned() } else { format!("{line}{GAP}{key}") };
            if line.is_empty() || text::display_width(&longer) <= room {
                lines.pop();
                lines.push(longer);
            } else {
                lines.push((*key).to_owned());
            }
        }
        format!("\r  [{}", lines.join("\n   "))
    }

    /// Lines that remain for options after the title and the help line.
    pub fn room(&self, title: &str, help: &str) -> usize {
        let taken = title.lines().count().max(1) + help.lines().count() + SPARE;
        self.height.saturating_sub(taken).max(1)
    }

    /// The same for a menu, which leaves some of the screen above it visible.
    pub fn menu_room(&self, title: &str, help: &str) -> usize {
        self.height.saturating_sub(6).max(4).min(self.room(title, help))
    }

    /// The input, on the rest of a line; below it if the rest is too short to be readable.
    pub fn said(&self, start: usize, text: &str) -> String {
        let text = sanitize::line(text);
        let room = self.look.width.saturating_sub(start + 1);
        let cut = |room| text::fit(&text, room).trim_end().to_owned();
        if text::display_width(&text) <= room || room > self.look.width / 2 {
            return cut(room);
        }
        format!("\n{}{}", " ".repeat(AFTER_CURSOR), cut(self.look.width.saturating_sub(AFTER_CURSOR + 1)))
    }

    /// The first if the terminal can show it, else the second.
    pub fn symbol<'s>(&self, unicode: &'s str, ascii: &'s str) -> &'s str {
        self.look.symbol(unicode, ascii)
    }
}

/// How many options may be shown at once, so that the tallest of them fit together.
pub fn page_size<'o>(options: impl Iterator<Item = &'o str>, room: usize) -> usize {
    let mut heights: Vec<usize> = options.map(|option| option.lines().count()).collect();
    heights.sort_unstable_by(|a, b| b.cmp(a));
    let sums = heights.iter().scan(0, |sum, height| {
        *sum += height;
        Some(*sum)
    });
    sums.take_while(|sum| *sum <= room).count().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(width: usize, height: usize) -> Layout {
        let look = Look { width, color: false, unicode: true, plain: false, wrap: true };
        Layout { look, height }
    }

    #[test]
    fn an_option_is_broken_between_words_and_stands_below_its_text() {
        let text = "valid for three years\nor for ever";
        let option = layout(24, 12).option(AFTER_CURSOR, "A) ", text, 9);
        assert_eq!(option, "A) valid for three\n       years\n       or for ever");
        assert_eq!(layout(24, 12).option(AFTER_CURSOR, "A) ", text, 1), "A) valid for three…");
    }

    #[test]
    fn no_key_of_the_help_line_is_broken() {
        let keys = ["a-d and Enter", "h hint", "Esc menu"];
        assert_eq!(layout(80, 24).help(&keys), "\r  [a-d and Enter   h hint   Esc menu");
        assert_eq!(layout(30, 24).help(&keys), "\r  [a-d and Enter   h hint\n   Esc menu");
    }

    #[test]
    fn a_page_holds_no_more_than_fits_whichever_options_are_on_it() {
        for (room, size) in [(1, 1), (4, 1), (5, 2), (6, 3), (20, 3)] {
            assert_eq!(page_size(["a", "b\nb\nb\nb", "c"].into_iter(), room), size, "{room}");
        }
    }

    #[test]
    fn what_was_said_is_short() {
        let layout = layout(30, 12);
        assert_eq!(layout.said(4, "A) yes\nor no"), "A) yes or no");
        assert_eq!(layout.said(4, &"long ".repeat(9)), "long long long long long.");
        assert_eq!(layout.said(20, "fourteen days"), "\n    fourteen days");
    }
}
