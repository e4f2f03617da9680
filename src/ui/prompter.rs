//! Asking the learner: one interface, two implementations.
//!
//! `RichPrompter` (inquire, on a terminal) and `PlainPrompter` (numbered choices, for pipes and screen
//! readers). Esc and Ctrl-C are values, not errors.

use std::io;

use chrono::NaiveDate;

use super::exam_prompt::{ExamInput, ExamMap, ExamPrompt};
use super::look::Look;
use super::text::Page;
use badgedex_domain::grading::{Recall, Reply};
use badgedex_domain::period::PartialDate;
use badgedex_domain::question::{Asked, Key, TRUE_FALSE};
use badgedex_domain::typed_date;

/// What the learner did when asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Prompted<T> {
    Input(T),
    /// Esc: one step back.
    Back,
    EndOfInput,
    /// Ctrl-C: leave at once.
    Quit,
}

impl<T> Prompted<T> {
    /// Converts the input; the other outcomes stay.
    pub fn map<U>(self, then: impl FnOnce(T) -> U) -> Prompted<U> {
        match self {
            Prompted::Input(input) => Prompted::Input(then(input)),
            Prompted::Back => Prompted::Back,
            Prompted::EndOfInput => Prompted::EndOfInput,
            Prompted::Quit => Prompted::Quit,
        }
    }
}

/// What a learner can enter when a question is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum StudyInput {
    Reply(Reply),
    /// Show the answer of a self-checked question, which is judged then.
    Reveal,
    Hint,
    Undo,
    Skip,
    /// Set this question aside.
    Suspend,
    /// Change this question in the editor.
    Edit,
    /// Finish the sitting.
    Finish,
}

/// A question to be answered; its stem was shown before.
#[derive(Debug, Clone, Copy)]
pub struct QuestionPrompt<'a> {
    pub asked: &'a Asked,
    /// There is a hint that was not shown yet.
    pub has_hint: bool,
    /// The answer of a self-checked question was shown.
    pub revealed: bool,
}

/// How well a self-checked answer was known, in the words and the order of every prompter.
pub const RECALL_CHOICES: [(Recall, &str); 3] =
    [(Recall::Knew, "Knew it"), (Recall::Hard, "Hard"), (Recall::Forgot, "Forgot")];

/// The text before the answer of a self-checked question is shown.
pub const REVEAL_PROMPT: &str = "Think, then press Enter to see the answer";

/// The texts that a question lists to choose from, in the order of the screen; empty if it lists none.
pub fn listed_texts(key: &Key) -> Vec<&str> {
    match key {
        Key::OneOf { choices, .. } | Key::AnyOf { choices, .. } => {
            choices.iter().map(String::as_str).collect()
        }
        Key::Order { shown, .. } => shown.iter().map(String::as_str).collect(),
        Key::TrueFalse { .. } => TRUE_FALSE.to_vec(),
        Key::Typed { .. } | Key::Number { .. } | Key::Reveal { .. } => Vec::new(),
    }
}

/// The days that may be given.
#[derive(Debug, Clone, Copy)]
pub struct DayRange {
    /// What "today" means.
    today: NaiveDate,
    may_be_later: bool,
}

impl DayRange {
    /// Days up to today.
    pub fn up_to(today: NaiveDate) -> DayRange {
        DayRange { today, may_be_later: false }
    }

    /// Any day.
    pub fn any(today: NaiveDate) -> DayRange {
        DayRange { today, may_be_later: true }
    }

    /// The last day; `None` if there is none.
    pub fn latest(self) -> Option<NaiveDate> {
        (!self.may_be_later).then_some(self.today)
    }
}

/// A day as it was typed, in any usual form; the error says why it is refused.
pub fn typed_day(text: &str, range: DayRange) -> Result<NaiveDate, String> {
    match typed_date::parse(text, range.today).map_err(|error| error.to_string())? {
        PartialDate::Day(day) if range.latest().is_some_and(|latest| day > latest) => {
            Err("That day is in the future.".to_owned())
        }
        PartialDate::Day(day) => Ok(day),
        PartialDate::Month(_) | PartialDate::Year(_) => Err("The day is missing.".to_owned()),
    }
}

/// Text to be read: it stays until a key is pressed.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    pub text: &'a str,
    /// What Enter does.
    pub enter: &'a str,
    /// The other keys, and what they do.
    pub keys: &'a [(char, &'a str)],
    /// Whether the text remains on the screen after the key.
    pub stays: bool,
}

/// Checks a line of text; the error says why it is refused.
pub type Validator<'a> = &'a dyn Fn(&str) -> Result<(), String>;

/// Asks a learner. Every method returns an error only if the terminal or a stream fails.
pub trait Prompter {
    /// The look that its output has.
    fn look(&self) -> &Look;

    /// Prints text that is ready to be printed; a line break follows.
    fn show(&mut self, text: &str) -> io::Result<()>;

    /// Prints a sentence or two, wrapped to lines that fit.
    fn say(&mut self, words: &str) -> io::Result<()> {
        let text = Page::new(self.look()).para(words).done();
        self.show(&text)
    }

    /// Asks for the answer to a question.
    fn ask(&mut self, prompt: QuestionPrompt) -> io::Result<Prompted<StudyInput>>;

    /// Shows a question of a mock exam, and waits for what the learner does. Back: they want a break.
    fn exam(&mut self, prompt: &ExamPrompt) -> io::Result<Prompted<ExamInput>>;

    /// Shows all questions of a mock exam at a glance. Back: to the question.
    fn exam_map(&mut self, map: &ExamMap) -> io::Result<Prompted<ExamInput>>;

    /// One of several; `cursor` is where it starts.
    fn choose(&mut self, title: &str, options: &[String], cursor: usize) -> io::Result<Prompted<usize>>;

    /// One of several, below a screen of its own: the place to which everything comes back.
    fn menu(
        &mut self,
        head: &str,
        title: &str,
        options: &[String],
        cursor: usize,
    ) -> io::Result<Prompted<usize>> {
        self.show(head)?;
        self.show("")?;
        self.choose(title, options, cursor)
    }

    /// Shows a text, and waits for Enter (`None`) or one of its keys. Lines are not waited for.
    fn read(&mut self, sheet: Sheet) -> io::Result<Prompted<Option<char>>>;

    /// Any of several, `chosen` at the start.
    fn choose_many(
        &mut self,
        title: &str,
        options: &[String],
        chosen: &[usize],
    ) -> io::Result<Prompted<Vec<usize>>>;

    /// A line of text that passes `check`.
    fn text(&mut self, title: &str, initial: &str, check: Validator) -> io::Result<Prompted<String>>;

    /// A calendar day in a range.
    fn date(&mut self, title: &str, initial: NaiveDate, range: DayRange) -> io::Result<Prompted<NaiveDate>>;

    /// Yes or no; `initial` is what Enter alone means.
    fn confirm(&mut self, title: &str, initial: bool) -> io::Result<Prompted<bool>>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tomorrow_is_the_day_after_today_where_a_later_day_may_be_given() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-11-23");
        assert_eq!(typed_day("tomorrow", DayRange::any(today)), Ok(day("2026-11-24")));
        assert_eq!(typed_day("today", DayRange::up_to(today)), Ok(today));
        assert!(typed_day("tomorrow", DayRange::up_to(today)).is_err());
        assert!(typed_day("May 2026", DayRange::up_to(today)).is_err());
    }
}
