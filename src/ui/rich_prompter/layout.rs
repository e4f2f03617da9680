//! Lines that fit the window: broken between words, and not more of them than there is room for.

use std::iter;

use crate::ui::look::{Look, Tone};
use crate::ui::terminal;
use crate::ui::text;
use badgedex_domain::sanitize;

/// Columns before an option: margin, cursor, blank.
pub const AFTER_CURSOR: usize = 4;
/// Lines kept free for a notice.
const SPARE: usize = 2;
/// Blanks between two keys of the footer.
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
        Layout::new(Look { width: look.width.min(columns), ..*look }, height)
    }

    /// A window of the look's width and of a height in lines.
    pub fn new(look: Look, height: usize) -> Layout {
        Layout { look, height }
    }

    /// The look that its lines have.
    pub fn look(&self) -> &Look {
        &self.look
    }

    /// Lines of the window.
    pub fn height(&self) -> usize {
        self.height
    }

    pub fn width(&self) -> usize {
        self.look.width
    }

    /// A text after `start` columns, which the lines do not contain.
    pub fn wrapped(&self, start: usize, text: &str) -> Vec<String> {
        let indent = " ".repeat(start);
        let text = sanitize::paragraph(text);
        let lines = text.split('\n').flat_map(|text| text::wrap(text, &self.look, &indent, &indent));
        lines.map(|line| line.get(start..).unwrap_or_default().trim_end().to_owned()).collect()
    }

    /// A label and a text that hangs from it, after `start` columns, on at most `room` lines.
    pub fn option(&self, start: usize, label: &str, text: &str, room: usize) -> Vec<String> {
        let hanging = text::display_width(label);
        let mut lines = self.wrapped(start + hanging, text);
        if lines.len() > room {
            lines.truncate(room);
            lines.iter_mut().last().into_iter().for_each(|last| last.push_str(self.symbol("…", ".")));
        }
        let indent = " ".repeat(hanging);
        let labels = iter::once(label).chain(iter::repeat(indent.as_str()));
        labels.zip(lines).map(|(label, line)| format!("{label}{line}")).collect()
    }

    /// The keys of a prompt, the last of its lines; no key is split across two lines.
    pub fn footer(&self, keys: &[&str]) -> Vec<String> {
        let margin = self.look.margin();
        self.rows_of_keys(keys).into_iter().map(|row| format!("{margin}{row}")).collect()
    }

    /// [`Layout::footer`] for inquire, which puts brackets around and no margin before: the CR writes the margin
    /// over its bracket.
    pub fn inquire_help(&self, keys: &[&str]) -> String {
        format!("\r  [{}", self.rows_of_keys(keys).join("\n   "))
    }

    /// What is asked, after the sign that inquire writes.
    pub fn inquire_title(&self, title: &str) -> String {
        self.wrapped(AFTER_CURSOR, title).join("\n    ")
    }

    fn rows_of_keys(&self, keys: &[&str]) -> Vec<String> {
        let room = self.look.width.saturating_sub(6);
        let mut rows = vec![String::new()];
        for key in keys {
            let row = rows.last().map_or("", String::as_str);
            let longer = if row.is_empty() { (*key).to_owned() } else { format!("{row}{GAP}{key}") };
            if row.is_empty() || text::display_width(&longer) <= room {
                rows.pop();
                rows.push(longer);
            } else {
                rows.push((*key).to_owned());
            }
        }
        rows
    }

    /// Lines that remain for options beside so many others.
    pub fn room(&self, taken: usize) -> usize {
        self.height.saturating_sub(taken + SPARE).max(1)
    }

    /// The same for a menu, which leaves some of the screen above it visible.
    pub fn menu_room(&self, taken: usize) -> usize {
        self.height.saturating_sub(6).max(4).min(self.room(taken))
    }

    /// What remains on the screen of a prompt: what was asked, and the input on the rest of a line, below it if
    /// the rest is too short to be readable.
    pub fn record(&self, title: &str, input: &str) -> Vec<String> {
        let mut lines = self.titled("  > ", title);
        let last = lines.pop().unwrap_or_default();
        let input = sanitize::line(input);
        let start = text::display_width(&last);
        let room = self.look.width.saturating_sub(start + 1);
        let cut = |room| text::fit(&input, room).trim_end().to_owned();
        if text::display_width(&input) <= room || room > self.look.width / 2 {
            lines.push(format!("{last}{}", cut(room)));
        } else {
            let below = self.look.width.saturating_sub(AFTER_CURSOR + 1);
            lines.push(last.trim_end().to_owned());
            lines.push(format!("{}{}", " ".repeat(AFTER_CURSOR), cut(below)));
        }
        lines
    }

    /// What is asked, after a sign of [`AFTER_CURSOR`] columns. The last line ends with the blank before the input.
    pub fn titled(&self, sign: &str, title: &str) -> Vec<String> {
        let sign = self.look.paint(Tone::Accent, sign.trim_end());
        let indent = " ".repeat(AFTER_CURSOR);
        let signs = iter::once(format!("{sign} ")).chain(iter::repeat(indent));
        if title.is_empty() {
            return signs.take(1).collect();
        }
        let title = self.wrapped(AFTER_CURSOR, title);
        let painted = title.iter().map(|line| self.look.paint(Tone::Title, line));
        let mut lines: Vec<String> = signs.zip(painted).map(|(sign, line)| format!("{sign}{line}")).collect();
        lines.iter_mut().last().into_iter().for_each(|last| last.push(' '));
        lines
    }

    /// Why the input was refused.
    pub fn notice(&self, why: &str) -> Vec<String> {
        let sign = self.look.paint(Tone::Warn, "  !");
        let signs = iter::once(sign.as_ref()).chain(iter::repeat("   "));
        let lines = self.wrapped(AFTER_CURSOR, why);
        signs.zip(&lines).map(|(sign, line)| format!("{sign} {}", self.paint(Tone::Warn, line))).collect()
    }

    pub fn paint(&self, tone: Tone, text: &str) -> String {
        self.look.paint(tone, text).into_owned()
    }

    /// The first if the terminal can show it, else the second.
    pub fn symbol<'s>(&self, unicode: &'s str, ascii: &'s str) -> &'s str {
        self.look.symbol(unicode, ascii)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(width: usize, height: usize) -> Layout {
        Layout::new(
            Look { width, color: false, unicode: true, plain: false, wrap: true, links: false },
            height,
        )
    }

    #[test]
    fn an_option_is_broken_between_words_and_hangs_from_its_label() {
        let text = "valid for three years\nor for life";
        let lines = ["A) valid for three", "   years", "   or for life"];
        assert_eq!(layout(24, 12).option(AFTER_CURSOR, "A) ", text, 9), lines);
        assert_eq!(layout(24, 12).option(AFTER_CURSOR, "A) ", text, 1), ["A) valid for three…"]);
    }

    #[test]
    fn no_key_of_the_footer_is_broken() {
        let keys = ["a-d and Enter", "h hint", "Esc menu"];
        assert_eq!(layout(80, 24).footer(&keys), ["  a-d and Enter   h hint   Esc menu"]);
        assert_eq!(layout(30, 24).footer(&keys), ["  a-d and Enter   h hint", "  Esc menu"]);
        assert_eq!(layout(30, 24).inquire_help(&keys), "\r  [a-d and Enter   h hint\n   Esc menu");
    }

    #[test]
    fn what_remains_of_a_prompt_is_short() {
        let layout = layout(30, 12);
        assert_eq!(layout.record("", "A) yes\nor no"), ["  > A) yes or no"]);
        assert_eq!(layout.record("", &"long ".repeat(9)), ["  > long long long long long."]);
        assert_eq!(
            layout.record("How many days of rest", "fourteen days"),
            ["  > How many days of rest", "    fourteen days"]
        );
    }
}
