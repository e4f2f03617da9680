//! Text that stays until a key is pressed: scrolled and searched if it is longer than the window.

use std::cell::Cell;

use super::frame::Frame;
use super::key::{Edit, Key};
use super::layout::Layout;
use super::line_editor::LineEditor;
use super::session::{Prompt, Step};
use crate::ui::prompter::Sheet;

/// A sheet, how far it is scrolled, and what is searched for.
pub struct Pager<'s> {
    sheet: Sheet<'s>,
    lines: Vec<&'s str>,
    /// The first line that is shown.
    top: usize,
    /// Lines of text that the window has room for, as it was last drawn.
    room: Cell<usize>,
    /// What is being typed after `/`.
    search: Option<LineEditor>,
    notice: Option<String>,
}

impl<'s> Pager<'s> {
    pub fn new(sheet: Sheet<'s>) -> Pager<'s> {
        let lines = sheet.text.trim_end_matches('\n').split('\n').collect();
        Pager { sheet, lines, top: 0, room: Cell::new(1), search: None, notice: None }
    }

    fn keys(&self, fits: bool) -> Vec<String> {
        let mut keys = vec![format!("Enter {}", self.sheet.enter)];
        keys.extend(self.sheet.keys.iter().map(|(key, what)| format!("{key} {what}")));
        if !fits {
            keys.extend(["Space scroll".to_owned(), "/ search".to_owned()]);
        }
        keys.extend(self.sheet.stays.then(|| "Esc menu".to_owned()));
        keys
    }

    /// Lines of text that fit above the footer.
    fn room(&self, layout: &Layout) -> usize {
        let all = self.keys(false);
        let footer = layout.footer(&all.iter().map(String::as_str).collect::<Vec<_>>());
        layout.height().saturating_sub(footer.len() + 2).max(1)
    }

    fn scroll(&mut self, step: impl FnOnce(usize, usize) -> usize) {
        let room = self.room.get();
        let max = self.lines.len().saturating_sub(room);
        self.top = step(self.top, room).min(max);
    }

    /// Goes to the next line that has the text, from the top again after the last.
    fn find(&mut self, text: &str) {
        let wanted = text.to_lowercase();
        let has = |line: &&str| line.to_lowercase().contains(&wanted);
        let after = self.lines.iter().skip(self.top + 1).position(has).map(|place| place + self.top + 1);
        match after.or_else(|| self.lines.iter().position(has)) {
            Some(place) => self.scroll(|_, _| place),
            None => self.notice = Some(format!("\"{text}\" is not in it.")),
        }
    }

    /// A key while something is typed to search for.
    fn press_in_search(&mut self, key: Key) {
        let Some(line) = &mut self.search else { return };
        match key {
            Key::Char(c) => line.insert(c),
            Key::Paste(text) => line.paste(&text),
            Key::Edit(Edit::DeleteLeft) if line.is_empty() => self.search = None,
            Key::Edit(edit) => line.edit(edit),
            Key::Enter => {
                let text = line.text();
                self.search = None;
                if !text.is_empty() {
                    self.find(&text);
                }
            }
            Key::Esc => self.search = None,
            Key::Up | Key::Down | Key::PageUp | Key::PageDown | Key::Interrupt => {}
        }
    }
}

impl Prompt for Pager<'_> {
    type Answer = Option<char>;

    fn press(&mut self, key: Key) -> Step<Option<char>> {
        self.notice = None;
        if self.search.is_some() {
            self.press_in_search(key);
            return Step::Stay;
        }
        match key {
            Key::Enter => return Step::Answer(None),
            Key::Char(c) if self.sheet.keys.iter().any(|(key, _)| *key == c) => return Step::Answer(Some(c)),
            Key::Char('q') | Key::Esc | Key::Interrupt => return Step::Back,
            Key::Char('/') => self.search = Some(LineEditor::default()),
            Key::Char(' ') | Key::PageDown => self.scroll(|top, room| top + room),
            Key::Char('b') | Key::PageUp => self.scroll(|top, room| top.saturating_sub(room)),
            Key::Down | Key::Char('j') => self.scroll(|top, _| top + 1),
            Key::Up | Key::Char('k') => self.scroll(|top, _| top.saturating_sub(1)),
            Key::Edit(Edit::Start) => self.scroll(|_, _| 0),
            Key::Edit(Edit::End) => self.scroll(|_, _| usize::MAX),
            Key::Char(_) | Key::Paste(_) | Key::Edit(_) => {}
        }
        Step::Stay
    }

    fn draw(&self, layout: &Layout) -> Frame {
        let room = self.room(layout);
        self.room.set(room);
        let fits = self.lines.len() <= room;
        let top = if fits { 0 } else { self.top };
        let mut lines: Vec<String> =
            self.lines.iter().skip(top).take(room).map(|line| (*line).to_owned()).collect();
        if !self.sheet.text.is_empty() {
            lines.push(String::new());
        }
        lines.extend(self.notice.iter().flat_map(|why| layout.notice(why)));
        if let Some(search) = &self.search {
            let typed = Frame::asking(layout, "Search for", search, "");
            let cursor_line = lines.len() + typed.cursor_line;
            lines.extend(typed.lines);
            return Frame { lines, cursor_line, cursor_column: typed.cursor_column };
        }
        let keys = self.keys(fits);
        lines.extend(layout.footer(&keys.iter().map(String::as_str).collect::<Vec<_>>()));
        Frame { cursor_line: lines.len() - 1, cursor_column: 0, lines }
    }

    fn record(&self, _: &Layout, _: &Option<char>) -> Vec<String> {
        match self.sheet.stays {
            true => self.lines.iter().map(|line| (*line).to_owned()).collect(),
            false => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::look::Look;

    const LOOK: Look =
        Look { width: 40, color: false, unicode: true, plain: false, wrap: true, links: false };

    fn sheet(text: &str) -> Sheet<'_> {
        Sheet { text, enter: "next", keys: &[('f', "flag")], stays: true }
    }

    #[test]
    fn a_short_text_is_shown_whole_with_its_keys() {
        let pager = Pager::new(sheet("one\ntwo"));
        let frame = pager.draw(&Layout::new(LOOK, 12));
        assert_eq!(frame.lines, ["one", "two", "", "  Enter next   f flag   Esc menu"]);
    }

    #[test]
    fn a_long_text_is_cut_to_the_window_and_names_how_to_go_on() {
        let text = (1..=30).map(|n| n.to_string()).collect::<Vec<_>>().join("\n");
        let mut pager = Pager::new(sheet(&text));
        let layout = Layout::new(LOOK, 12);
        let frame = pager.draw(&layout);
        assert!(frame.lines.len() <= 11, "{:?}", frame.lines);
        assert!(
            frame.lines.last().is_some_and(|last| last.contains("Space scroll") || last.contains("search"))
        );
        assert!(pager.draw(&layout).lines[0] == "1");
        pager.find("27");
        assert!(pager.draw(&layout).lines.iter().any(|line| line == "27"));
        pager.find("nothing");
        assert!(pager.draw(&layout).lines.iter().any(|line| line.contains("is not in it")));
    }

    #[test]
    fn a_named_key_answers_and_others_do_not() {
        let mut pager = Pager::new(sheet("one"));
        assert_eq!(pager.press(Key::Char('f')), Step::Answer(Some('f')));
        assert_eq!(pager.press(Key::Char('x')), Step::Stay);
        assert_eq!(pager.press(Key::Enter), Step::Answer(None));
        assert_eq!(pager.press(Key::Esc), Step::Back);
    }
}
