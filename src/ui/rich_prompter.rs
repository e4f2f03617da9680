//! The rich prompter: prompts that are redrawn on a terminal; the calendar is inquire's.
//!
//! Prompts are drawn on standard error. Every prompt drops keys typed too early, names its own
//! keys, is wrapped between words and is not taller than the window.

mod answers;
mod choice_list;
mod entry;
mod exam_map;
mod exam_page;
#[cfg(test)]
mod exam_tests;
mod frame;
mod key;
mod layout;
mod line_editor;
mod menu_list;
mod pager;
mod render_config;
mod session;
#[cfg(test)]
mod tests;
mod text_field;

use std::cell::Cell;
use std::io::{self, IsTerminal};

use chrono::NaiveDate;
use inquire::{DateSelect, InquireError};

use self::exam_map::MapPage;
use self::exam_page::PageSpot;
use self::layout::Layout;
use self::menu_list::MenuList;
use self::pager::Pager;
use self::render_config::render_config;
use self::session::{no_terminal, run};
use self::text_field::{ConfirmField, TextField};
use super::exam_prompt::{ExamInput, ExamMap, ExamPrompt};
use super::look::Look;
use super::prompter::{
    DayRange, Prompted, Prompter, QuestionPrompt, Sheet, StudyInput, Validator, typed_day,
};
use super::{output, terminal, text};

/// Asks on a terminal: standard input and standard error must both be terminals.
#[derive(Debug)]
pub struct RichPrompter {
    look: Look,
    /// Where the learner is on the page of a mock exam: it is drawn again after each mark.
    exam_spot: Cell<PageSpot>,
}

impl RichPrompter {
    /// From here on the look alone decides about colors, for crossterm too.
    pub fn new(look: Look) -> RichPrompter {
        crossterm::style::force_color_output(look.color);
        RichPrompter { look, exam_spot: Cell::default() }
    }
}

impl Prompter for RichPrompter {
    fn look(&self) -> &Look {
        &self.look
    }

    fn show(&mut self, text: &str) -> io::Result<()> {
        output::page(text)
    }

    fn ask(&mut self, prompt: QuestionPrompt) -> io::Result<Prompted<StudyInput>> {
        self.answer(prompt)
    }

    fn exam(&mut self, prompt: &ExamPrompt) -> io::Result<Prompted<ExamInput>> {
        self.exam_page(prompt)
    }

    fn exam_map(&mut self, map: &ExamMap) -> io::Result<Prompted<ExamInput>> {
        terminal::clear()?;
        run(&self.look, MapPage::new(*map))
    }

    fn choose(&mut self, title: &str, options: &[String], cursor: usize) -> io::Result<Prompted<usize>> {
        let chosen = run(&self.look, MenuList::one(title, options, cursor))?;
        Ok(chosen.map(|places| places.first().copied().unwrap_or_default()))
    }

    fn menu(
        &mut self,
        head: &str,
        title: &str,
        options: &[String],
        cursor: usize,
    ) -> io::Result<Prompted<usize>> {
        terminal::clear()?;
        self.show(head)?;
        self.show("")?;
        let chosen = run(&self.look, MenuList::one(title, options, cursor).left_by("q quit"))?;
        Ok(chosen.map(|places| places.first().copied().unwrap_or_default()))
    }

    fn read(&mut self, sheet: Sheet) -> io::Result<Prompted<Option<char>>> {
        run(&self.look, Pager::new(sheet))
    }

    fn choose_many(
        &mut self,
        title: &str,
        options: &[String],
        chosen: &[usize],
    ) -> io::Result<Prompted<Vec<usize>>> {
        run(&self.look, MenuList::any(title, options, chosen))
    }

    fn text(&mut self, title: &str, initial: &str, check: Validator) -> io::Result<Prompted<String>> {
        run(&self.look, TextField::new(title, &["Enter accept", "Esc back"], check).or(initial))
    }

    fn date(&mut self, title: &str, initial: NaiveDate, range: DayRange) -> io::Result<Prompted<NaiveDate>> {
        let latest = range.latest();
        let check = |text: &str| match text.trim() {
            "" => Ok(()),
            typed => typed_day(typed, range).map(drop),
        };
        let keys = ["type a day, such as 14 Mar 2027", "Enter alone: calendar", "Esc back"];
        match run(&self.look, TextField::new(title, &keys, &check))? {
            Prompted::Input(text) if text.trim().is_empty() => {}
            Prompted::Input(text) => return Ok(Prompted::Input(typed_day(&text, range).unwrap_or(initial))),
            left => return Ok(left.map(|_| initial)),
        }
        let layout = Layout::of_terminal(&self.look);
        let title = layout.inquire_title(title);
        let (days, weeks) =
            (layout.symbol("← → day", "Left Right day"), layout.symbol("↑ ↓ week", "Up Down week"));
        let help = layout.inquire_help(&[days, weeks, "[ ] month", "{ } year", "Enter choose", "Esc back"]);
        let mut select = DateSelect::new(&title)
            .with_starting_date(latest.map_or(initial, |latest| initial.min(latest)))
            .with_week_start(chrono::Weekday::Mon)
            .with_formatter(&text::date)
            .with_help_message(&help)
            .with_render_config(render_config(&self.look));
        select.max_date = latest;
        hear(select)
    }

    fn confirm(&mut self, title: &str, initial: bool) -> io::Result<Prompted<bool>> {
        run(&self.look, ConfirmField::new(title, initial))
    }
}

/// Drops what was typed too early, asks for a day, and turns inquire's errors into [`Prompted`].
///
/// If standard input is not a terminal, inquire would wait on the controlling terminal and never return.
fn hear(calendar: DateSelect) -> io::Result<Prompted<NaiveDate>> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(no_terminal());
    }
    if terminal::drop_pending_input()? {
        return Ok(Prompted::Quit);
    }
    match calendar.prompt() {
        Ok(day) => Ok(Prompted::Input(day)),
        Err(InquireError::OperationCanceled) => Ok(Prompted::Back),
        Err(InquireError::OperationInterrupted) => terminal::clear_below().map(|()| Prompted::Quit),
        Err(InquireError::IO(fault)) if fault.kind() == io::ErrorKind::UnexpectedEof => {
            Ok(Prompted::EndOfInput)
        }
        Err(InquireError::IO(fault)) => Err(fault),
        Err(InquireError::NotTTY) => Err(no_terminal()),
        Err(fault) => Err(io::Error::other(fault)),
    }
}
