//! Asking the learner: one interface with two implementations.
//!
//! *Rich* (inquire, on a terminal) and *lines* (numbered choices, for pipes and screen readers). Esc and
//! Ctrl-C are values, not errors.

use std::io;

use chrono::NaiveDate;

use super::look::Look;
use super::text::Page;
use badgedex_domain::grading::{Recall, Reply};
use badgedex_domain::question::Asked;

/// What came of asking.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish<T> {
    Said(T),
    /// Esc: one step back.
    Back,
    /// The input is at its end.
    End,
    /// Ctrl-C: leave at once.
    Quit,
}

impl<T> Wish<T> {
    pub fn map<U>(self, then: impl FnOnce(T) -> U) -> Wish<U> {
        match self {
            Wish::Said(said) => Wish::Said(then(said)),
            Wish::Back => Wish::Back,
            Wish::End => Wish::End,
            Wish::Quit => Wish::Quit,
        }
    }
}

/// What a learner can say to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
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
pub struct Prompt<'a> {
    pub asked: &'a Asked,
    /// There is a hint that was not shown yet.
    pub has_hint: bool,
    /// The answer of a self-checked question was shown.
    pub revealed: bool,
}

/// How well a self-checked answer was known, in the words and the order of every face.
pub const RECALLS: [(Recall, &str); 3] =
    [(Recall::Knew, "Knew it"), (Recall::Hard, "Hard"), (Recall::Forgot, "Forgot")];

/// What is said before the answer of a self-checked question is shown.
pub const THINK: &str = "Think, then press Enter to see the answer";

/// A refused text, and why.
pub type Check<'a> = &'a dyn Fn(&str) -> Result<(), String>;

pub trait Prompter {
    fn look(&self) -> &Look;

    /// Prints text that is ready to be printed; a line break follows.
    fn show(&mut self, text: &str) -> io::Result<()>;

    /// Prints a sentence or two, broken into lines that fit.
    fn say(&mut self, words: &str) -> io::Result<()> {
        let text = Page::new(self.look()).para(words).done();
        self.show(&text)
    }

    /// Asks for the answer to a question.
    fn ask(&mut self, prompt: Prompt) -> io::Result<Wish<Said>>;

    /// One of several; `cursor` is where it starts.
    fn choose(&mut self, title: &str, options: &[String], cursor: usize) -> io::Result<Wish<usize>>;

    /// Any of several, `chosen` at the start.
    fn choose_many(
        &mut self,
        title: &str,
        options: &[String],
        chosen: &[usize],
    ) -> io::Result<Wish<Vec<usize>>>;

    /// A line of text that passes `check`.
    fn text(&mut self, title: &str, initial: &str, check: Check) -> io::Result<Wish<String>>;

    /// A calendar day, no later than `latest` where there is one.
    fn date(
        &mut self,
        title: &str,
        initial: NaiveDate,
        latest: Option<NaiveDate>,
    ) -> io::Result<Wish<NaiveDate>>;

    fn confirm(&mut self, title: &str, initial: bool) -> io::Result<Wish<bool>>;
}
