//! The scripted face: answers come from a list, and everything shown is kept. For tests.

use std::collections::VecDeque;
use std::io;

use chrono::NaiveDate;

use super::look::Look;
use super::prompter::{Check, Prompt, Prompter, Said, Wish};
use crate::domain::grading::{Recall, Reply};
use crate::domain::question::Key;

/// One thing that the learner of a script does.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Whatever is right.
    Right,
    /// Something that is wrong.
    Wrong,
    Say(Said),
    Choose(usize),
    ChooseMany(Vec<usize>),
    Text(String),
    Date(NaiveDate),
    Confirm(bool),
    Back,
    Quit,
}

#[derive(Debug)]
pub struct Scripted {
    look: Look,
    script: VecDeque<Act>,
    /// Everything that was shown, and every title that was asked.
    pub shown: Vec<String>,
}

impl Scripted {
    pub fn new(look: Look, script: impl IntoIterator<Item = Act>) -> Scripted {
        Scripted { look, script: script.into_iter().collect(), shown: Vec::new() }
    }

    /// The next act as a wish; a script at its end is input at its end, and an act that does not fit
    /// the question is an error of the test.
    fn act<T>(&mut self, title: &str, fits: impl Fn(&Act) -> Option<T>) -> io::Result<Wish<T>> {
        self.shown.push(title.to_owned());
        match self.script.pop_front() {
            None => Ok(Wish::End),
            Some(Act::Back) => Ok(Wish::Back),
            Some(Act::Quit) => Ok(Wish::Quit),
            Some(act) => fits(&act)
                .map(Wish::Said)
                .ok_or_else(|| io::Error::other(format!("{act:?} does not answer \"{title}\""))),
        }
    }
}

/// A reply that is right, or one that is not.
fn reply(key: &Key, right: bool) -> Reply {
    match key {
        _ if !right => Reply::DontKnow,
        Key::OneOf { key, .. } => Reply::Choice(*key),
        Key::TrueFalse { key } => Reply::Choice(usize::from(!key)),
        Key::AnyOf { keys, .. } => Reply::Choices(keys.clone()),
        Key::Typed { .. } | Key::Number { .. } => Reply::Text(key.text()),
        Key::Order { order, .. } => Reply::Order(order.clone()),
        Key::Reveal { .. } => Reply::Recalled(Recall::Knew),
    }
}

impl Prompter for Scripted {
    fn look(&self) -> &Look {
        &self.look
    }

    fn show(&mut self, text: &str) -> io::Result<()> {
        self.shown.push(text.to_owned());
        Ok(())
    }

    fn ask(&mut self, prompt: Prompt) -> io::Result<Wish<Said>> {
        let key = &prompt.asked.answer;
        let judges = matches!(self.script.front(), Some(Act::Right | Act::Wrong));
        if matches!(key, Key::Reveal { .. }) && !prompt.revealed && judges {
            return Ok(Wish::Said(Said::Reveal));
        }
        self.act("?", |act| match act {
            Act::Right => Some(Said::Reply(reply(key, true))),
            Act::Wrong => Some(Said::Reply(reply(key, false))),
            Act::Say(said) => Some(said.clone()),
            _ => None,
        })
    }

    fn choose(&mut self, title: &str, options: &[String], _: usize) -> io::Result<Wish<usize>> {
        self.act(title, |act| match act {
            Act::Choose(i) if *i < options.len() => Some(*i),
            _ => None,
        })
    }

    fn choose_many(&mut self, title: &str, _: &[String], _: &[usize]) -> io::Result<Wish<Vec<usize>>> {
        self.act(title, |act| match act {
            Act::ChooseMany(chosen) => Some(chosen.clone()),
            _ => None,
        })
    }

    fn text(&mut self, title: &str, _: &str, check: Check) -> io::Result<Wish<String>> {
        self.act(title, |act| match act {
            Act::Text(text) if check(text).is_ok() => Some(text.clone()),
            _ => None,
        })
    }

    fn date(&mut self, title: &str, _: NaiveDate, _: Option<NaiveDate>) -> io::Result<Wish<NaiveDate>> {
        self.act(title, |act| match act {
            Act::Date(day) => Some(*day),
            _ => None,
        })
    }

    fn confirm(&mut self, title: &str, _: bool) -> io::Result<Wish<bool>> {
        self.act(title, |act| match act {
            Act::Confirm(yes) => Some(*yes),
            _ => None,
        })
    }
}
