//! A question of a mock exam on a screen of its own: what the keys do, and how it looks, without a terminal.
//!
//! Its lines are those of the window: what is longer scrolls below the number and the time, which stay.

use std::cell::{Cell, RefCell};
use std::io;
use std::ops::Range;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};

use super::RichPrompter;
use super::frame::Frame;
use super::key::{Edit, Key};
use super::layout::Layout;
use super::session::{Prompt, Step, run};
use crate::ui::exam_prompt::{ExamInput, ExamPrompt, ExamTime, FEW_MINUTES, MAX_IDLE, time_left};
use crate::ui::look::Tone;
use crate::ui::prompter::{Prompted, Prompter, listed_texts};
use crate::ui::terminal;
use crate::ui::text::display_width;
use badgedex_domain::grading::{self, Reply};
use badgedex_domain::question::Key as Answer;
use badgedex_domain::sanitize;
use badgedex_packs::json_writer::letter;

/// The screen is looked at again after this time at the latest: the computer may have slept.
const MAX_PATIENCE: u64 = 20;
/// Columns before a choice: margin and cursor.
const MARGIN: usize = 4;
/// Lines of the window that the field for a typed answer needs.
const LINES_OF_A_FIELD: usize = 5;

impl RichPrompter {
    /// Shows a question until the learner does something. A text or a number is typed into a field of its own.
    pub(super) fn exam_page(&mut self, prompt: &ExamPrompt) -> io::Result<Prompted<ExamInput>> {
        if prompt.is_new {
            terminal::clear()?;
            self.exam_spot.set(PageSpot::default());
        }
        match run(&self.look, ExamPage::new(prompt, &self.exam_spot))? {
            Prompted::Input(PageInput::Type) => self.typed_in_exam(prompt),
            Prompted::Input(PageInput::Exam(input)) => Ok(Prompted::Input(input)),
            Prompted::Back => Ok(Prompted::Back),
            Prompted::EndOfInput => Ok(Prompted::EndOfInput),
            Prompted::Quit => Ok(Prompted::Quit),
        }
    }

    fn typed_in_exam(&mut self, prompt: &ExamPrompt) -> io::Result<Prompted<ExamInput>> {
        let unit = match &prompt.asked.answer {
            Answer::Number { unit, .. } => Some(unit.as_str()),
            _ => None,
        };
        let check = |text: &str| match unit {
            _ if text.is_empty() => Err("Type an answer; Esc goes back.".to_owned()),
            Some(unit) if grading::read_number(text, unit).is_none() => Err("Type a number.".to_owned()),
            Some(_) | None => Ok(()),
        };
        let title = match unit {
            Some(unit) if !unit.is_empty() => format!("Your answer in {unit}:"),
            Some(_) => "Your number:".to_owned(),
            None => "Your answer:".to_owned(),
        };
        let typed = self.text(&title, "", &check)?;
        terminal::clear()?;
        Ok(match typed {
            Prompted::Input(text) => Prompted::Input(ExamInput::Answer(Reply::Text(text))),
            // Back to the question, which is drawn again.
            Prompted::Back => Prompted::Input(ExamInput::GoTo(prompt.place)),
            left => left.map(|_| ExamInput::Break),
        })
    }
}

/// What a page of an exam leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum PageInput {
    Exam(ExamInput),
    /// The answer is typed: it needs a field.
    Type,
}

/// Where the learner is on a page.
#[derive(Debug, Clone, Copy, Default)]
pub struct PageSpot {
    /// The choice that the arrows have reached; `None` before any key.
    cursor: Option<usize>,
    /// The first line below the head that is shown.
    top: usize,
}

/// The page, and where the learner is on it.
pub struct ExamPage<'a> {
    prompt: &'a ExamPrompt<'a>,
    /// The choices that are marked, or the items in the order that was given so far.
    marked: Vec<usize>,
    spot: &'a Cell<PageSpot>,
    /// A number that is being typed, after `g`.
    going_to: Option<String>,
    notice: Option<String>,
    last_key: DateTime<FixedOffset>,
    /// Lines that were free for the question when it was last drawn, and where its choices are among all lines.
    room: Cell<usize>,
    rows: RefCell<Vec<Range<usize>>>,
    lines: Cell<usize>,
}

impl<'a> ExamPage<'a> {
    pub fn new(prompt: &'a ExamPrompt<'a>, spot: &'a Cell<PageSpot>) -> ExamPage<'a> {
        let marked = match prompt.reply {
            Some(Reply::Choice(place)) => vec![*place],
            Some(Reply::Choices(places) | Reply::Order(places)) => places.clone(),
            Some(Reply::Text(_) | Reply::Recalled(_) | Reply::DontKnow) | None => Vec::new(),
        };
        ExamPage {
            marked,
            prompt,
            spot,
            going_to: None,
            notice: None,
            last_key: (prompt.time.now)(),
            room: Cell::new(usize::MAX),
            rows: RefCell::default(),
            lines: Cell::new(0),
        }
    }

    fn answer(&self) -> &Answer {
        &self.prompt.asked.answer
    }

    /// The choice that the arrows have reached: at first the one that is marked.
    fn cursor(&self) -> usize {
        self.spot.get().cursor.or_else(|| self.marked.last().copied()).unwrap_or(0)
    }

    fn move_cursor(&self, place: usize) {
        self.spot.set(PageSpot { cursor: Some(place), ..self.spot.get() });
    }

    fn choices(&self) -> usize {
        listed_texts(self.answer()).len()
    }

    fn is_typed(&self) -> bool {
        matches!(self.answer(), Answer::Typed { .. } | Answer::Number { .. })
    }

    /// The choice that a letter or a number names; T and F are true and false.
    fn named(&self, key: char) -> Option<usize> {
        let key = key.to_ascii_lowercase();
        let by_word = match (self.answer(), key) {
            (Answer::TrueFalse { .. }, 't') => Some(0),
            (Answer::TrueFalse { .. }, 'f') => Some(1),
            _ => None,
        };
        let place = match key {
            'a'..='f' => usize::try_from(u32::from(key) - u32::from('a')).ok(),
            '1'..='9' => usize::try_from(u32::from(key) - u32::from('1')).ok(),
            _ => None,
        };
        by_word.or(place).filter(|place| *place < self.choices())
    }

    /// Marks a choice, or takes its mark away.
    fn choose(&mut self, place: usize) -> Step<PageInput> {
        self.move_cursor(place);
        match self.answer() {
            Answer::OneOf { .. } | Answer::TrueFalse { .. } => answered(Reply::Choice(place)),
            Answer::AnyOf { size, .. } => self.toggle(place, *size),
            Answer::Order { .. } => self.put_next(place),
            Answer::Typed { .. } | Answer::Number { .. } | Answer::Reveal { .. } => Step::Stay,
        }
    }

    fn toggle(&mut self, place: usize, size: Option<usize>) -> Step<PageInput> {
        match self.marked.iter().position(|marked| *marked == place) {
            Some(at) => drop(self.marked.remove(at)),
            None if size.is_some_and(|size| self.marked.len() >= size) => {
                let size = size.unwrap_or_default();
                return self.refuse(format!("Choose {size}: press a chosen letter again to free one."));
            }
            None => self.marked.push(place),
        }
        let mut chosen = self.marked.clone();
        chosen.sort_unstable();
        answered(Reply::Choices(chosen))
    }

    /// Puts an item at the next place; a letter after the last one begins again.
    fn put_next(&mut self, place: usize) -> Step<PageInput> {
        let all = self.choices();
        if self.marked.len() == all {
            self.marked.clear();
        }
        if self.marked.contains(&place) {
            return self
                .refuse("You have placed that one already; Backspace takes back the last one.".to_owned());
        }
        self.marked.push(place);
        if self.marked.len() + 1 == all {
            self.marked.extend((0..all).find(|last| !self.marked.contains(last)));
        }
        if self.marked.len() == all { answered(Reply::Order(self.marked.clone())) } else { Step::Stay }
    }

    fn refuse(&mut self, why: String) -> Step<PageInput> {
        self.notice = Some(why);
        Step::Stay
    }

    /// Enter takes the choice that the arrows have reached, or goes on if it is marked already.
    fn enter(&mut self) -> Step<PageInput> {
        if self.is_typed() {
            return Step::Answer(PageInput::Type);
        }
        let is_order = matches!(self.answer(), Answer::Order { .. });
        let is_done = self.marked.contains(&self.cursor()) || self.choices() == 0;
        if is_done || is_order && self.marked.len() == self.choices() {
            return exam(ExamInput::Next);
        }
        self.choose(self.cursor())
    }

    fn letter(&mut self, key: char) -> Step<PageInput> {
        if let Some(place) = self.named(key) {
            return self.choose(place);
        }
        match key.to_ascii_lowercase() {
            'n' => exam(ExamInput::Next),
            'p' => exam(ExamInput::Previous),
            '!' => exam(ExamInput::Flag),
            'm' => exam(ExamInput::Overview),
            's' => exam(ExamInput::Submit),
            '?' => answered(Reply::DontKnow),
            'g' => {
                self.going_to = Some(String::new());
                Step::Stay
            }
            ' ' if self.choices() > 0 => self.choose(self.cursor()),
            _ => Step::Stay,
        }
    }

    /// A key while a number is typed to go to.
    fn press_in_going(&mut self, key: &Key) -> Step<PageInput> {
        let Some(number) = &mut self.going_to else { return Step::Stay };
        match key {
            Key::Char(digit) if digit.is_ascii_digit() && number.len() < 4 => number.push(*digit),
            Key::Edit(Edit::DeleteLeft) if !number.is_empty() => drop(number.pop()),
            Key::Edit(Edit::DeleteLeft) | Key::Esc => self.going_to = None,
            Key::Enter => {
                let place = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                let place = place.filter(|place| *place < self.prompt.cells.len());
                self.going_to = None;
                return match place {
                    Some(place) => exam(ExamInput::GoTo(place)),
                    None => self.refuse(format!("The questions are 1 to {}.", self.prompt.cells.len())),
                };
            }
            _ => {}
        }
        Step::Stay
    }

    /// One step down or up: to the next choice if that can be seen, else one line of the text.
    fn step(&self, down: bool) {
        let next = if down { self.cursor() + 1 } else { self.cursor().wrapping_sub(1) };
        let row = self.rows.borrow().get(next).cloned();
        let top = self.spot.get().top;
        let shown = top..top.saturating_add(self.room.get());
        match row {
            Some(row) if down && row.end <= shown.end || !down && row.start >= shown.start => {
                self.move_cursor(next)
            }
            _ => self.scroll(if down { 1 } else { -1 }),
        }
    }

    fn scroll(&self, lines: isize) {
        let max = self.lines.get().saturating_sub(self.room.get());
        let spot = self.spot.get();
        self.spot.set(PageSpot { top: spot.top.saturating_add_signed(lines).min(max), ..spot });
    }

    fn page(&self) -> isize {
        isize::try_from(self.room.get().saturating_sub(1).max(1)).unwrap_or(1)
    }

    /// The question below its head, a line each; where the choices are is noted.
    fn body(&self, layout: &Layout) -> Vec<String> {
        let mut lines: Vec<String> =
            layout.wrapped(2, &self.prompt.asked.stem).into_iter().map(|line| format!("  {line}")).collect();
        if let Some(chosen) = self.prompt.chosen(self.marked.len()) {
            lines.push(format!("  {}", layout.paint(Tone::Accent, &chosen)));
        }
        lines.push(String::new());
        let mut rows = Vec::new();
        for (place, text) in listed_texts(self.answer()).into_iter().enumerate() {
            let from = lines.len();
            lines.extend(self.choice(layout, place, text));
            rows.push(from..lines.len());
        }
        if self.is_typed() {
            let given = match self.prompt.reply {
                Some(Reply::Text(text)) => sanitize::line(text).into_owned(),
                _ => "none yet".to_owned(),
            };
            lines.push(format!("  Your answer: {given}"));
        }
        self.rows.replace(rows);
        lines
    }

    fn choice(&self, layout: &Layout, place: usize, text: &str) -> Vec<String> {
        let is_here = place == self.cursor();
        let marked = self.marked.iter().position(|marked| *marked == place);
        let sign = match (self.answer(), marked) {
            (Answer::AnyOf { .. }, Some(_)) => "[x] ".to_owned(),
            (Answer::AnyOf { .. }, None) => "[ ] ".to_owned(),
            (Answer::Order { .. }, Some(at)) => format!("{:>2}. ", at + 1),
            (Answer::Order { .. }, None) => "    ".to_owned(),
            (_, Some(_)) => "(x) ".to_owned(),
            (_, None) => "( ) ".to_owned(),
        };
        let label = format!("{}) ", letter(place));
        let block = layout.option(MARGIN + sign.len(), &label, text, usize::MAX);
        let tone = if marked.is_some() { Tone::Accent } else { Tone::Plain };
        let arrow = if is_here { layout.paint(Tone::Accent, ">") } else { " ".to_owned() };
        let line = |(at, line): (usize, String)| {
            let line = layout.paint(tone, &line);
            match at {
                0 => format!("  {arrow} {}{line}", layout.paint(tone, &sign)),
                _ => format!("{}{line}", " ".repeat(MARGIN + sign.len())),
            }
        };
        block.into_iter().enumerate().map(line).collect()
    }

    fn head(&self, layout: &Layout) -> Vec<String> {
        let mut left = format!("Question {} of {}", self.prompt.place + 1, self.prompt.cells.len());
        if self.prompt.is_flagged() {
            left.push_str(&format!("  {} flagged", layout.symbol("⚑", "!")));
        }
        head(layout, &left, self.prompt.time)
    }

    fn keys(&self, is_all: bool) -> Vec<String> {
        let how = match self.answer() {
            Answer::Typed { .. } | Answer::Number { .. } => "Enter answer".to_owned(),
            Answer::Order { .. } => "letters in order".to_owned(),
            Answer::Reveal { .. } => String::new(),
            Answer::OneOf { .. } | Answer::AnyOf { .. } | Answer::TrueFalse { .. } => {
                format!("a-{} choose", letter(self.choices().saturating_sub(1)).to_ascii_lowercase())
            }
        };
        let more = if is_all { "" } else { "PgDn more" };
        let fixed = ["n next", "p previous", "! flag", "g go to", "m overview", "s submit", "Esc break"];
        let keys = [how.as_str(), more].into_iter().chain(fixed).filter(|key| !key.is_empty());
        keys.map(str::to_owned).collect()
    }

    fn foot(&self, layout: &Layout, is_all: bool) -> Vec<String> {
        let mut lines: Vec<String> = self.notice.iter().flat_map(|why| layout.notice(why)).collect();
        match &self.going_to {
            Some(number) => lines.push(format!("  Go to question {number}_   Enter go   Esc back")),
            None => {
                let keys = self.keys(is_all);
                lines.extend(layout.footer(&keys.iter().map(String::as_str).collect::<Vec<_>>()));
            }
        }
        lines
    }
}

/// Two texts at both ends of a line, the right one the time that is left, and a rule below them.
pub fn head(layout: &Layout, left: &str, time: ExamTime) -> Vec<String> {
    let seconds = time.seconds_left();
    let right = seconds.map_or_else(String::new, time_left);
    let tone = if seconds.is_some_and(|left| left <= FEW_MINUTES * 60) { Tone::Warn } else { Tone::Dim };
    let width = layout.width().saturating_sub(4);
    let gap = width.saturating_sub(display_width(left) + display_width(&right)).max(1);
    let rule = layout.paint(Tone::Dim, &layout.symbol("─", "-").repeat(width));
    let mut lines: Vec<String> = match display_width(left) + display_width(&right) < width {
        true => vec![format!("  {left}{}{}", " ".repeat(gap), layout.paint(tone, &right))],
        false => {
            let left = layout.wrapped(2, left).into_iter().map(|line| format!("  {line}"));
            let time = (!right.is_empty()).then(|| format!("  {}", layout.paint(tone, &right)));
            left.chain(time).collect()
        }
    };
    lines.push(format!("  {rule}"));
    lines
}

/// How long a page waits: until the minute changes, or the time is up.
pub fn patience(time: ExamTime) -> Option<Duration> {
    let seconds = time.seconds_left()?;
    let to_next_minute = if seconds.is_multiple_of(60) { 60.min(seconds) } else { seconds % 60 };
    Some(Duration::from_secs(to_next_minute.clamp(1, MAX_PATIENCE)))
}

fn exam(input: ExamInput) -> Step<PageInput> {
    Step::Answer(PageInput::Exam(input))
}

fn answered(reply: Reply) -> Step<PageInput> {
    exam(ExamInput::Answer(reply))
}

impl Prompt for ExamPage<'_> {
    type Answer = PageInput;

    fn press(&mut self, key: Key) -> Step<PageInput> {
        let now = (self.prompt.time.now)();
        let before = std::mem::replace(&mut self.last_key, now);
        if now - before > MAX_IDLE {
            return exam(ExamInput::Away(before));
        }
        self.notice = None;
        if self.going_to.is_some() {
            return self.press_in_going(&key);
        }
        match key {
            Key::Char(key) => return self.letter(key),
            Key::Enter => return self.enter(),
            Key::Up => self.step(false),
            Key::Down => self.step(true),
            Key::PageUp => self.scroll(-self.page()),
            Key::PageDown => self.scroll(self.page()),
            Key::Edit(Edit::Left) => return exam(ExamInput::Previous),
            Key::Edit(Edit::Right) => return exam(ExamInput::Next),
            Key::Edit(Edit::DeleteLeft) if matches!(self.answer(), Answer::Order { .. }) => {
                self.marked.pop();
            }
            Key::Esc | Key::Interrupt => return Step::Back,
            Key::Edit(_) | Key::Paste(_) => {}
        }
        Step::Stay
    }

    fn draw(&self, layout: &Layout) -> Frame {
        let mut lines = self.head(layout);
        let body = self.body(layout);
        let free = |is_all: bool| {
            layout.height().saturating_sub(lines.len() + self.foot(layout, is_all).len() + 1).max(1)
        };
        let is_all = body.len() <= free(true);
        let room = free(is_all);
        self.room.set(room);
        self.lines.set(body.len());
        let top = self.spot.get().top.min(body.len().saturating_sub(room));
        let shown: Vec<String> = body.into_iter().skip(top).take(room).collect();
        lines.extend(shown);
        if is_all {
            lines.push(String::new());
        }
        lines.extend(self.foot(layout, is_all));
        Frame { cursor_line: lines.len() - 1, cursor_column: 0, lines }
    }

    /// The question stays while its answer is typed.
    fn record(&self, layout: &Layout, input: &PageInput) -> Vec<String> {
        match input {
            PageInput::Exam(_) => Vec::new(),
            PageInput::Type => {
                let room = layout.height().saturating_sub(LINES_OF_A_FIELD).max(1);
                let lines = self.head(layout).into_iter().chain(self.body(layout));
                lines.skip(self.spot.get().top).take(room).collect()
            }
        }
    }

    fn patience(&self) -> Option<Duration> {
        patience(self.prompt.time)
    }

    /// At the end of the time; somebody who is away is asked first when they come back.
    fn wake(&mut self) -> Step<PageInput> {
        let is_away = (self.prompt.time.now)() - self.last_key > MAX_IDLE;
        match self.prompt.time.seconds_left() {
            Some(0) if !is_away => exam(ExamInput::TimeUp),
            Some(_) | None => Step::Stay,
        }
    }

    fn takes_earlier_keys(&self) -> bool {
        !self.prompt.is_new
    }

    fn is_drawn_again_after(&self, answer: &PageInput) -> bool {
        matches!(answer, PageInput::Exam(ExamInput::Answer(_) | ExamInput::Flag))
    }
}
