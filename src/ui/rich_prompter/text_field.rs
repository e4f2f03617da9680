//! A line of text, or a yes or no, that is asked for: what the keys do, and how it looks, without a terminal.

use super::frame::Frame;
use super::key::Key;
use super::layout::Layout;
use super::line_editor::{LineEditor, too_long};
use super::session::{Prompt, Step};
use crate::ui::prompter::Validator;
use badgedex_domain::sanitize;

/// What is asked, and what was typed.
pub struct TextField<'a> {
    title: String,
    /// What Enter alone means; empty if it means nothing.
    initial: &'a str,
    keys: &'a [&'a str],
    check: Validator<'a>,
    line: LineEditor,
    notice: Option<String>,
}

impl<'a> TextField<'a> {
    /// `keys` are named in the footer.
    pub fn new(title: &str, keys: &'a [&'a str], check: Validator<'a>) -> TextField<'a> {
        let title = title.to_owned();
        TextField { title, initial: "", keys, check, line: LineEditor::default(), notice: None }
    }

    /// With a text that Enter alone takes, shown next to the title and not in the field: typing would continue
    /// after it there.
    pub fn or(self, initial: &'a str) -> TextField<'a> {
        TextField { initial, ..self }
    }

    fn enter(&mut self) -> Step<String> {
        let typed = self.line.text();
        let given = match sanitize::line(&typed).trim() {
            "" => self.initial.to_owned(),
            given => given.to_owned(),
        };
        let refusal = if self.line.is_cut() { Some(too_long()) } else { (self.check)(&given).err() };
        self.notice = refusal;
        if self.notice.is_some() { Step::Stay } else { Step::Answer(given) }
    }

    fn change(&mut self, change: impl FnOnce(&mut LineEditor)) {
        change(&mut self.line);
        self.notice = self.line.is_cut().then(too_long);
    }
}

impl Prompt for TextField<'_> {
    type Answer = String;

    fn press(&mut self, key: Key) -> Step<String> {
        match key {
            Key::Char(c) => self.change(|line| line.insert(c)),
            Key::Paste(text) => self.change(|line| line.paste(&text)),
            Key::Edit(edit) => self.change(|line| line.edit(edit)),
            Key::Up | Key::Down | Key::PageUp | Key::PageDown => {}
            Key::Esc | Key::Interrupt => return Step::Back,
            Key::Enter => return self.enter(),
        }
        Step::Stay
    }

    fn draw(&self, layout: &Layout) -> Frame {
        let title = match self.initial {
            "" => self.title.clone(),
            initial => format!("{} ({initial})", self.title),
        };
        let mut frame = Frame::asking(layout, &title, &self.line, "");
        frame.extend(self.notice.iter().flat_map(|why| layout.notice(why)).collect());
        frame.extend(layout.footer(self.keys));
        frame
    }

    fn record(&self, layout: &Layout, given: &String) -> Vec<String> {
        layout.record(&self.title, given)
    }
}

/// A yes or a no, typed as a word or its first letter.
pub struct ConfirmField<'a> {
    field: TextField<'a>,
    /// What Enter alone means.
    initial: bool,
}

impl ConfirmField<'_> {
    /// `initial` is what Enter alone means.
    pub fn new(title: &str, initial: bool) -> ConfirmField<'static> {
        let field = TextField::new(title, &["y or n and Enter", "Esc back"], &|given| {
            let is_read = ["y", "yes", "n", "no", "y/n"].iter().any(|word| given.eq_ignore_ascii_case(word));
            if is_read { Ok(()) } else { Err("Type y for yes or n for no.".to_owned()) }
        });
        ConfirmField { field: field.or(if initial { "Y/n" } else { "y/N" }), initial }
    }
}

impl Prompt for ConfirmField<'_> {
    type Answer = bool;

    fn press(&mut self, key: Key) -> Step<bool> {
        match self.field.press(key) {
            Step::Answer(given) if given == self.field.initial => Step::Answer(self.initial),
            Step::Answer(given) => Step::Answer(given.starts_with(['y', 'Y'])),
            Step::Stay => Step::Stay,
            Step::Back => Step::Back,
        }
    }

    fn draw(&self, layout: &Layout) -> Frame {
        self.field.draw(layout)
    }

    fn record(&self, layout: &Layout, yes: &bool) -> Vec<String> {
        layout.record(&self.field.title, if *yes { "Yes" } else { "No" })
    }
}
