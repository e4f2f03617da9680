//! All questions of a mock exam at a glance: what the keys do, and how it looks, without a terminal.

use std::cell::Cell;
use std::time::Duration;

use super::exam_page::{head, patience};
use super::frame::Frame;
use super::key::{Edit, Key};
use super::layout::Layout;
use super::session::{Prompt, Step};
use crate::ui::exam_prompt::{ExamInput, ExamMap};
use crate::ui::look::Tone;
use crate::ui::screens::exam::{cell_symbol, legend, tally};

/// Columns of one question: "123 ●", and a gap.
const CELL: usize = 7;

/// The overview, and where its arrows are.
pub struct MapPage<'a> {
    map: ExamMap<'a>,
    cursor: usize,
    /// A number that is being typed.
    number: String,
    /// Questions in a row, as it was last drawn.
    per_row: Cell<usize>,
}

impl<'a> MapPage<'a> {
    pub fn new(map: ExamMap<'a>) -> MapPage<'a> {
        MapPage { cursor: map.here, map, number: String::new(), per_row: Cell::new(1) }
    }

    fn move_by(&mut self, step: isize) {
        self.number.clear();
        let moved = self.cursor.checked_add_signed(step).filter(|place| *place < self.map.cells.len());
        self.cursor = moved.unwrap_or(self.cursor);
    }

    fn digit(&mut self, digit: char) {
        self.number.push(digit);
        let place = self.number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        match place.filter(|place| *place < self.map.cells.len()) {
            Some(place) => self.cursor = place,
            None => self.number.clear(),
        }
    }

    fn rows(&self, layout: &Layout) -> Vec<String> {
        let per_row = (layout.width().saturating_sub(2) / CELL).max(1);
        self.per_row.set(per_row);
        let cell = |(place, cell): (usize, &crate::ui::exam_prompt::ExamCell)| {
            let symbol = cell_symbol(layout.look(), *cell, place == self.map.here);
            let text = format!("{:>3} {symbol}", place + 1);
            let text = match place == self.cursor {
                true => layout.paint(Tone::Accent, &format!("[{}]", text.trim_start())),
                false => format!(" {} ", text.trim_start()),
            };
            // Numbers of one to three digits end in one column.
            let pad = 3usize.saturating_sub((place + 1).to_string().len());
            format!("{}{text}", " ".repeat(pad))
        };
        let cells: Vec<String> = self.map.cells.iter().enumerate().map(cell).collect();
        cells.chunks(per_row).map(|row| format!(" {}", row.concat()).trim_end().to_owned()).collect()
    }
}

impl Prompt for MapPage<'_> {
    type Answer = ExamInput;

    fn press(&mut self, key: Key) -> Step<ExamInput> {
        let row = isize::try_from(self.per_row.get()).unwrap_or(1);
        match key {
            Key::Char(digit) if digit.is_ascii_digit() => self.digit(digit),
            Key::Char('s' | 'S') => return Step::Answer(ExamInput::Submit),
            Key::Char('m' | 'M' | 'q' | 'Q') | Key::Esc | Key::Interrupt => return Step::Back,
            Key::Enter => return Step::Answer(ExamInput::GoTo(self.cursor)),
            Key::Up => self.move_by(-row),
            Key::Down => self.move_by(row),
            Key::Edit(Edit::Left) => self.move_by(-1),
            Key::Edit(Edit::Right) => self.move_by(1),
            Key::Char(_) | Key::Paste(_) | Key::Edit(_) | Key::PageUp | Key::PageDown => {}
        }
        Step::Stay
    }

    fn draw(&self, layout: &Layout) -> Frame {
        let mut lines = head(layout, &format!("Overview: {}", tally(&self.map)), self.map.time);
        let rows = self.rows(layout);
        let legend = layout.footer(&legend(layout.look()).iter().map(String::as_str).collect::<Vec<_>>());
        let keys = ["arrows or a number, Enter go to", "s submit", "Esc back"];
        let foot: Vec<String> = legend.into_iter().chain(layout.footer(&keys)).collect();
        let room = layout.height().saturating_sub(lines.len() + foot.len() + 1).max(1);
        let row = self.cursor / self.per_row.get();
        let top = if rows.len() <= room { 0 } else { row.saturating_sub(room / 2).min(rows.len() - room) };
        lines.extend(rows.into_iter().skip(top).take(room));
        lines.extend(foot);
        Frame { cursor_line: lines.len() - 1, cursor_column: 0, lines }
    }

    fn record(&self, _: &Layout, _: &ExamInput) -> Vec<String> {
        Vec::new()
    }

    fn patience(&self) -> Option<Duration> {
        patience(self.map.time)
    }

    fn wake(&mut self) -> Step<ExamInput> {
        match self.map.time.seconds_left() {
            Some(0) => Step::Answer(ExamInput::TimeUp),
            Some(_) | None => Step::Stay,
        }
    }
}
