//! A question before its answer, and the verdict after it.

use chrono::NaiveDate;

use crate::session::Turn;
use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, bar, in_days};
use badgedex_domain::grading::{Recall, Reply, Verdict};
use badgedex_domain::question::{Changed, Key, Question, TRUE_FALSE};

/// Cells of the bar that shows how far the sitting is.
const BAR: usize = 10;

/// Where I am, and the stem.
pub fn question(look: &Look, turn: &Turn, topic: &str) -> String {
    let mut page = Page::new(look);
    page.blank();
    let place = format!("{} of {}", turn.number, turn.of);
    let again = if turn.is_repeat { " (again)" } else { "" };
    if look.plain {
        page.line(format!("{place}. {topic}{again}."));
    } else {
        let share = (turn.number - 1) as f64 / turn.of as f64;
        let topic = look.paint(Tone::Dim, &format!("{topic}{again}")).into_owned();
        page.line(format!("{place}  {}  {topic}", bar(look, share, BAR)));
        page.blank();
    }
    page.para(&turn.asked.stem);
    page.done()
}

/// What is said to a hint that was asked for.
pub fn hint(look: &Look, question: &Question) -> String {
    let mut page = Page::new(look);
    page.hanging("Hint: ", question.hint.as_deref().unwrap_or("there is none for this one."));
    page.done()
}

/// The answer of a self-checked question, before the learner judges it.
pub fn answer(look: &Look, answer: &str) -> String {
    let mut page = Page::new(look);
    if !look.plain {
        page.blank();
    }
    page.hanging(&format!("{} ", look.paint(Tone::Accent, "Answer:")), answer);
    page.done()
}

/// All that a verdict says.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    pub turn: &'a Turn,
    pub question: &'a Question,
    pub reply: &'a Reply,
    pub verdict: Verdict,
    /// It comes back in this sitting.
    pub comes_back: bool,
    /// The day on which it comes back otherwise.
    pub due_on: Option<NaiveDate>,
    /// What the learner learned before the world changed.
    pub changed: Option<&'a Changed>,
    /// Asked outside the schedule.
    pub cram: bool,
    pub today: NaiveDate,
}

/// The verdict in a word and a symbol, the right answer, the rationale, the source, what comes next.
pub fn verdict(look: &Look, judged: &Judged) -> String {
    let mut page = Page::new(look);
    if !look.plain {
        page.blank();
    }
    let words = in_words(judged);
    match judged.verdict {
        Verdict::Right => {
            let word = format!("{}Right:", mark(look, "✔ ", "+ "));
            page.hanging(&format!("{} ", look.paint(Tone::Good, &word)), words);
        }
        Verdict::Wrong => {
            let word = format!("{}Not yet:", mark(look, "✘ ", "x "));
            page.hanging(&format!("{} ", look.paint(Tone::Bad, &word)), words);
        }
    }
    if let Some(rationale) = &judged.question.rationale {
        page.para(rationale);
    }
    if !judged.turn.asked.meanings.is_empty() {
        page.para(judged.turn.asked.meanings.join(" "));
    }
    if let Some(changed) = judged.changed {
        page.para(look.paint(Tone::Warn, &what_changed(changed, &judged.turn.asked.answer.text())));
    }
    let source = judged.question.source.as_ref().map_or_else(String::new, |source| format!("{source}. "));
    let footer = format!("{source}{}", comes_back(judged));
    page.para(look.paint(Tone::Dim, &footer));
    page.done()
}

/// What follows the word of the verdict: the right answer, and what was said instead.
fn in_words(judged: &Judged) -> String {
    let right = one_line(&judged.turn.asked.answer.text());
    match (judged.reply, judged.verdict) {
        // The answer stands above it.
        (Reply::Recalled(Recall::Knew), _) => "you knew it.".to_owned(),
        (Reply::Recalled(Recall::Hard), _) => "you knew it, but it was hard.".to_owned(),
        (Reply::Recalled(Recall::Forgot), _) => "you forgot it.".to_owned(),
        (_, Verdict::Right) => right,
        (_, Verdict::Wrong) => {
            let said = said(judged).map_or_else(String::new, |said| format!("you said {said}; "));
            format!("{said}it is {right}")
        }
    }
}

/// "You learned 2; since 8 October 2024 it is 3."
fn what_changed(changed: &Changed, now: &str) -> String {
    let was = if changed.was.is_empty() { "something else" } else { &changed.was };
    match changed.since {
        Some(since) => format!("You learned {was}; since {since} it is {}.", one_line(now)),
        None => format!("You learned {was}; now it is {}.", one_line(now)),
    }
}

fn mark<'s>(look: &Look, unicode: &'s str, ascii: &'s str) -> &'s str {
    if look.plain { "" } else { look.symbol(unicode, ascii) }
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

/// What the learner answered, in words; none where they did not know.
fn said(judged: &Judged) -> Option<String> {
    let list = |texts: &[String], places: &[usize], between: &str| {
        let chosen: Vec<&str> = places.iter().filter_map(|&i| texts.get(i)).map(String::as_str).collect();
        chosen.join(between)
    };
    let text = match (&judged.turn.asked.answer, judged.reply) {
        (Key::OneOf { choices, .. }, Reply::Choice(i)) => choices.get(*i)?.clone(),
        (Key::TrueFalse { .. }, Reply::Choice(i)) => (*TRUE_FALSE.get(*i)?).to_owned(),
        (Key::AnyOf { choices, .. }, Reply::Choices(places)) => list(choices, places, "; "),
        (Key::Order { shown, .. }, Reply::Order(places)) => list(shown, places, " → "),
        (_, Reply::Text(text)) => badgedex_domain::sanitize::line(text).into_owned(),
        _ => return None,
    };
    Some(one_line(&text))
}

fn comes_back(judged: &Judged) -> String {
    if judged.comes_back {
        return "Again in a moment.".to_owned();
    }
    if judged.cram {
        return "Cramming leaves the schedule alone.".to_owned();
    }
    match judged.due_on {
        Some(day) => {
            let days = (day - judged.today).num_days().max(1);
            format!("Back {}.", in_days(days))
        }
        None => String::new(),
    }
}
