//! The verdict on an answer: right or not, the learner's answer next to the correct one, and why.

use chrono::NaiveDate;

use super::question::{all_reasons, choice_label, one_line};
use crate::session::Turn;
use crate::ui::look::{Look, Tone};
use crate::ui::prompter::listed_texts;
use crate::ui::text::{Page, in_days, wrap};
use badgedex_domain::grading::{Recall, Reply, Verdict};
use badgedex_domain::question::{Asked, Changed, Key, Question};
use badgedex_domain::sanitize;
use badgedex_domain::wording;

/// The labels of the two answers, and the columns that they take.
const YOURS: &str = "Your answer";
const CORRECT: &str = "Correct";
const LABEL: usize = 13;
/// Blanks between two columns.
const GAP: usize = 3;

/// What the screen of a verdict shows.
#[derive(Debug, Clone, Copy)]
pub struct VerdictView<'a> {
    pub turn: &'a Turn,
    pub question: &'a Question,
    pub reply: &'a Reply,
    pub verdict: Verdict,
    /// It comes back in this sitting.
    pub comes_back: bool,
    /// The day on which it comes back otherwise.
    pub due_on: Option<NaiveDate>,
    /// What was right when the learner learned it, if that has changed since.
    pub changed: Option<&'a Changed>,
    /// Asked outside the schedule.
    pub cram: bool,
    pub today: NaiveDate,
}

impl VerdictView<'_> {
    fn asked(&self) -> &Asked {
        &self.turn.asked
    }

    /// The places of the choices that the learner took.
    fn taken(&self) -> &[usize] {
        match self.reply {
            Reply::Choice(place) => std::slice::from_ref(place),
            Reply::Choices(places) => places,
            Reply::Text(_) | Reply::Order(_) | Reply::Recalled(_) | Reply::DontKnow => &[],
        }
    }

    /// Whether some reason is left for the list of all.
    pub fn has_more_reasons(&self) -> bool {
        let is_shown = |place: usize| self.taken().contains(&place) || self.asked().answer.is_right(place);
        let reasons = self.asked().reasons.iter().enumerate();
        reasons.filter(|(_, reason)| reason.is_some()).any(|(place, _)| !is_shown(place))
    }
}

/// The verdict as a word and a symbol, both answers, the reasons, the source, and when the question comes back.
pub fn verdict(look: &Look, view: &VerdictView) -> String {
    let mut page = Page::new(look);
    if !look.plain {
        page.blank();
    }
    match view.verdict {
        Verdict::Right => right(&mut page, look, view),
        Verdict::Wrong => wrong(&mut page, look, view),
    }
    if let Some(rationale) = &view.question.rationale {
        page.para(rationale);
    }
    if let Some(changed) = view.changed {
        page.para(look.paint(Tone::Warn, &what_changed(changed, &view.asked().answer.text())));
    }
    if let Some(source) = &view.question.source {
        page.source(source);
    }
    let back = comes_back(view);
    if !back.is_empty() {
        page.para(look.paint(Tone::Dim, &back));
    }
    page.done()
}

/// The reasons of all choices, with the choices.
pub fn reasons(look: &Look, asked: &Asked) -> String {
    let mut page = Page::new(look);
    page.blank();
    all_reasons(&mut page, look, asked);
    page.done()
}

fn right(page: &mut Page, look: &Look, view: &VerdictView) {
    let word = look.paint(Tone::Good, &format!("{}Right:", mark(look, "✔ ", "+ "))).into_owned();
    let answer = match view.reply {
        // The answer is already on the screen.
        Reply::Recalled(Recall::Hard) => vec!["you knew it, but it was hard.".to_owned()],
        Reply::Recalled(_) => vec!["you knew it.".to_owned()],
        Reply::Choice(_) | Reply::Choices(_) | Reply::Text(_) | Reply::Order(_) | Reply::DontKnow => {
            correct(look, view.asked())
        }
    };
    match &answer[..] {
        [one] => {
            page.hanging(&format!("{word} "), one);
        }
        several => {
            page.line(word);
            several.iter().for_each(|line| {
                page.hanging("  ", line);
            });
        }
    }
    for place in view.taken() {
        reason(page, view, *place, "");
    }
}

fn wrong(page: &mut Page, look: &Look, view: &VerdictView) {
    let word = format!("{}Not quite", mark(look, "✘ ", "x "));
    if *view.reply == Reply::Recalled(Recall::Forgot) {
        page.hanging(&format!("{} ", look.paint(Tone::Bad, &format!("{word}:"))), "you forgot it.");
        return;
    }
    page.line(look.paint(Tone::Bad, &format!("{word}.")));
    if let (Reply::Order(places), Key::Order { shown, order }) = (view.reply, &view.asked().answer) {
        return two_orders(page, look, shown, places, order);
    }
    let indent = if look.plain { "" } else { "  " };
    let label = |text: &str| match look.plain || look.is_narrow() {
        true => format!("{indent}{text}: "),
        false => format!("{indent}{text:LABEL$}"),
    };
    let below = " ".repeat(if look.plain || look.is_narrow() { 2 } else { LABEL + 2 });
    let below = if look.plain { String::new() } else { below };
    let yours = yours(look, view);
    for (i, (place, text)) in yours.iter().enumerate() {
        page.hanging(&if i == 0 { label(YOURS) } else { below.clone() }, text);
        if let Some(place) = place {
            reason(page, view, *place, &below);
        }
    }
    let rights: Vec<usize> =
        (0..listed_texts(&view.asked().answer).len()).filter(|p| view.asked().answer.is_right(*p)).collect();
    for (i, text) in correct(look, view.asked()).iter().enumerate() {
        page.hanging(&if i == 0 { label(CORRECT) } else { below.clone() }, text);
        if let Some(place) = rights.get(i) {
            reason(page, view, *place, &below);
        }
    }
}

/// The reason of a choice, if it has one.
fn reason(page: &mut Page, view: &VerdictView, place: usize, label: &str) {
    if let Some(Some(reason)) = view.asked().reasons.get(place) {
        page.hanging(label, reason);
    }
}

/// What the learner answered, a choice an entry with its place; empty if they did not know.
fn yours(look: &Look, view: &VerdictView) -> Vec<(Option<usize>, String)> {
    let texts = listed_texts(&view.asked().answer);
    let choice = |place: &usize| {
        let text = texts.get(*place)?;
        Some((Some(*place), format!("{}{}", choice_label(look, *place), one_line(text))))
    };
    match view.reply {
        Reply::Text(text) => vec![(None, sanitize::line(text).into_owned())],
        Reply::Choice(_) | Reply::Choices(_) => view.taken().iter().filter_map(choice).collect(),
        Reply::Order(_) | Reply::Recalled(_) | Reply::DontKnow => Vec::new(),
    }
}

/// The right answer, a choice an entry.
fn correct(look: &Look, asked: &Asked) -> Vec<String> {
    let texts = listed_texts(&asked.answer);
    let choices: Vec<String> = (0..texts.len())
        .filter(|place| asked.answer.is_right(*place))
        .map(|place| format!("{}{}", choice_label(look, place), one_line(texts[place])))
        .collect();
    if choices.is_empty() { vec![one_line(&asked.answer.text())] } else { choices }
}

/// The learner's order next to the correct one, in two numbered columns; below each other if there is no room.
fn two_orders(page: &mut Page, look: &Look, shown: &[String], yours: &[usize], correct: &[usize]) {
    let numbered = |places: &[usize]| -> Vec<String> {
        let texts = places.iter().filter_map(|place| shown.get(*place));
        texts.zip(1..).map(|(text, number)| format!("{number}  {}", one_line(text))).collect()
    };
    let (yours, correct) = (numbered(yours), numbered(correct));
    if look.plain || look.is_narrow() {
        for (title, items) in [("Your order", yours), ("Correct order", correct)] {
            page.line(format!("{title}:"));
            items.iter().for_each(|item| {
                page.hanging("  ", item);
            });
        }
        return;
    }
    let width = (look.width.saturating_sub(2 * look.margin().len() + 2 + GAP)) / 2;
    let cell = Look { width: width + look.margin().len() / 2, ..*look };
    let lines = |text: &str| wrap(text, &cell, "", "   ");
    let row = |left: &str, right: &str| format!("  {left:width$}{:GAP$}{right}", "");
    page.line(row("Your order", "Correct order"));
    for (left, right) in yours.iter().zip(&correct) {
        let (left, right) = (lines(left), lines(right));
        for i in 0..left.len().max(right.len()) {
            let at = |side: &[String]| side.get(i).cloned().unwrap_or_default();
            page.line(row(&at(&left), &at(&right)));
        }
    }
}

/// "You learned 2; since 8 October 2024 it is 3."
fn what_changed(changed: &Changed, now: &str) -> String {
    let was = if changed.was.is_empty() { "something else" } else { &changed.was };
    match changed.since {
        Some(since) => {
            format!("You learned {was}; since {} it is {}.", wording::partial_date(since), one_line(now))
        }
        None => format!("You learned {was}; now it is {}.", one_line(now)),
    }
}

fn mark<'s>(look: &Look, unicode: &'s str, ascii: &'s str) -> &'s str {
    if look.plain { "" } else { look.symbol(unicode, ascii) }
}

fn comes_back(view: &VerdictView) -> String {
    if view.comes_back {
        return "Comes again in a few questions.".to_owned();
    }
    if view.cram {
        return "The schedule stays as it is.".to_owned();
    }
    match view.due_on {
        Some(day) => {
            let days = (day - view.today).num_days().max(1);
            format!("Back {}.", in_days(days))
        }
        None => String::new(),
    }
}
