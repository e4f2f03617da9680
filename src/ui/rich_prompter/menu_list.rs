//! A list of options without letters: what the keys do, and how it looks, without a terminal.
//!
//! A long list is filtered by what is typed; what does not match is hidden, and the arrows move over the rest.

use super::frame::{Frame, Row, Sign, page_of_rows};
use super::key::{Edit, Key};
use super::layout::Layout;
use super::line_editor::{LineEditor, too_long};
use super::session::{Prompt, Step};

/// Longer lists can be filtered by typing.
const MAX_WITHOUT_FILTER: usize = 9;
/// Options that Page Up and Page Down move by.
const PAGE_STEP: usize = 10;

/// The options, what was typed, and where the arrows have moved.
#[derive(Debug)]
pub struct MenuList<'o> {
    title: &'o str,
    options: &'o [String],
    line: LineEditor,
    /// Among all options.
    cursor: usize,
    /// `None` if one option is taken.
    marked: Option<Vec<bool>>,
    notice: Option<String>,
    /// The key that leaves, and what it does.
    leave: &'o str,
}

impl<'o> MenuList<'o> {
    /// A list of which one option is taken; `cursor` is where the arrows start.
    pub fn one(title: &'o str, options: &'o [String], cursor: usize) -> MenuList<'o> {
        let cursor = cursor.min(options.len().saturating_sub(1));
        MenuList {
            title,
            options,
            line: LineEditor::default(),
            cursor,
            marked: None,
            notice: None,
            leave: "Esc back",
        }
    }

    /// A list of which any number is taken; these are marked at the start.
    pub fn any(title: &'o str, options: &'o [String], marked: &[usize]) -> MenuList<'o> {
        let marked = (0..options.len()).map(|place| marked.contains(&place)).collect();
        MenuList { marked: Some(marked), ..MenuList::one(title, options, 0) }
    }

    /// Names another key by which the list is left.
    pub fn left_by(self, leave: &'o str) -> MenuList<'o> {
        MenuList { leave, ..self }
    }

    fn is_long(&self) -> bool {
        self.options.len() > MAX_WITHOUT_FILTER
    }

    /// The options that hold every typed word.
    fn shown(&self) -> Vec<usize> {
        let words = self.line.text().to_lowercase();
        let holds = |option: &String| {
            let option = option.to_lowercase();
            words.split_whitespace().all(|word| option.contains(word))
        };
        let places = self.options.iter().enumerate();
        places.filter(|(_, option)| holds(option)).map(|(place, _)| place).collect()
    }

    fn change(&mut self, change: impl FnOnce(&mut LineEditor)) {
        let before = self.line.text();
        change(&mut self.line);
        if self.line.is_cut() {
            self.notice = Some(too_long());
        }
        if !self.line.is_empty()
            && self.line.text() != before
            && let Some(first) = self.shown().first()
        {
            self.cursor = *first;
        }
    }

    /// The option so many places after the cursor, or before it; at either end the list starts again.
    fn move_by(&mut self, step: impl FnOnce(usize, usize) -> usize) {
        let shown = self.shown();
        if let Some(here) = shown.iter().position(|place| *place == self.cursor) {
            self.cursor = shown[step(here, shown.len())];
        }
    }

    /// Whether the cursor is on an option that is shown.
    fn is_aimed(&self) -> bool {
        self.shown().contains(&self.cursor)
    }

    fn mark(&mut self, mark: impl FnOnce(bool) -> bool) {
        if self.is_aimed()
            && let Some(marked) = &mut self.marked
        {
            marked[self.cursor] = mark(marked[self.cursor]);
            self.line.clear();
        }
    }

    fn mark_all(&mut self, value: bool) {
        self.marked.iter_mut().flatten().for_each(|marked| *marked = value);
    }

    fn enter(&mut self) -> Step<Vec<usize>> {
        if self.line.is_cut() {
            self.notice = Some(too_long());
            return Step::Stay;
        }
        if !self.is_aimed() {
            let is_filtered = !self.line.is_empty();
            self.notice = is_filtered.then(|| "Nothing matches. Esc clears the text.".to_owned());
            return Step::Stay;
        }
        match &self.marked {
            None => Step::Answer(vec![self.cursor]),
            Some(_) if !self.line.is_empty() => {
                self.mark(|_| true);
                self.notice = Some("Marked. Enter again when all are.".to_owned());
                Step::Stay
            }
            Some(marked) => Step::Answer((0..marked.len()).filter(|place| marked[*place]).collect()),
        }
    }

    fn footer(&self, layout: &Layout) -> Vec<String> {
        let mut keys = vec![layout.symbol("↑ ↓ move", "Up Down move")];
        match self.marked {
            Some(_) => {
                keys.extend(["Space mark", layout.symbol("← none", "Left none")]);
                keys.extend([layout.symbol("→ all", "Right all"), "Enter done"]);
            }
            None => keys.push("Enter choose"),
        }
        keys.extend(self.is_long().then_some("type to filter"));
        keys.push(if self.line.is_empty() { self.leave } else { "Esc clear" });
        layout.footer(&keys)
    }
}

impl Prompt for MenuList<'_> {
    type Answer = Vec<usize>;

    fn press(&mut self, key: Key) -> Step<Vec<usize>> {
        self.notice = None;
        match key {
            Key::Char(' ') if self.marked.is_some() => self.mark(|marked| !marked),
            Key::Edit(Edit::Left) if self.line.is_empty() => self.mark_all(false),
            Key::Edit(Edit::Right) if self.line.is_empty() => self.mark_all(true),
            Key::Char('q') if !self.is_long() => return Step::Back,
            Key::Char(c) if self.is_long() => self.change(|line| line.insert(c)),
            Key::Paste(text) if self.is_long() => self.change(|line| line.paste(&text)),
            Key::Edit(edit) => self.change(|line| line.edit(edit)),
            Key::Char(_) | Key::Paste(_) => {}
            Key::Up => self.move_by(|here, number| (here + number - 1) % number),
            Key::Down => self.move_by(|here, number| (here + 1) % number),
            Key::PageUp => self.move_by(|here, _| here.saturating_sub(PAGE_STEP)),
            Key::PageDown => self.move_by(|here, number| (here + PAGE_STEP).min(number - 1)),
            Key::Esc if !self.line.is_empty() || self.line.is_cut() => self.change(LineEditor::clear),
            Key::Esc | Key::Interrupt => return Step::Back,
            Key::Enter => return self.enter(),
        }
        Step::Stay
    }

    fn draw(&self, layout: &Layout) -> Frame {
        let shown = self.shown();
        let aside = if shown.is_empty() && !self.line.is_empty() { "none match" } else { "" };
        let mut frame = Frame::asking(layout, self.title, &self.line, aside);
        let rows: Vec<Row> = shown
            .iter()
            .map(|place| Row {
                sign: if *place == self.cursor { Sign::Cursor } else { Sign::None },
                marked: self.marked.as_ref().map(|marked| marked[*place]),
                label: "",
                text: &self.options[*place],
            })
            .collect();
        let here = shown.iter().position(|place| *place == self.cursor).unwrap_or_default();
        let footer = self.footer(layout);
        let room = layout.menu_room(frame.lines.len() + footer.len());
        frame.extend(page_of_rows(layout, &rows, here, room).lines);
        frame.extend(self.notice.iter().flat_map(|why| layout.notice(why)).collect());
        frame.extend(footer);
        frame
    }

    fn record(&self, layout: &Layout, places: &Vec<usize>) -> Vec<String> {
        let taken: Vec<&str> = places.iter().map(|place| self.options[*place].as_str()).collect();
        layout.record(self.title, &taken.join("; "))
    }
}
