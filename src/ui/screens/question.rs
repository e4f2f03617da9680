//! A question, its hint and its answer, and the verdict.

use chrono::NaiveDate;

use crate::session::Turn;
use crate::ui::look::{Look, Tone};
use crate::ui::prompter::listed_texts;
use crate::ui::text::{Page, bar, in_days};
use badgedex_domain::grading::{Recall, Reply, Verdict};
use badgedex_domain::question::{Changed, Question};
use badgedex_domain::record::Flag;
use badgedex_domain::sanitize;
use badgedex_domain::wording;
use badgedex_packs::json_writer::letter;

/// Cells of the bar that shows how far the sitting is.
const BAR: usize = 10;

/// The learner's own marks on a question.
#[derive(Debug, Clone, Copy, Default)]
pub struct Marks<'a> {
    pub flag: Option<&'a Flag>,
    pub note: Option<&'a str>,
}

impl Marks<'_> {
    fn show(&self, page: &mut Page, look: &Look) {
        if let Some(flag) = self.flag {
            let why = flag.why.as_deref().unwrap_or("no reason given");
            page.hanging(&format!("{} ", look.paint(Tone::Warn, "Flagged:")), sanitize::line(why));
        }
        if let Some(note) = self.note {
            page.hanging(&format!("{} ", look.paint(Tone::Accent, "Your note:")), sanitize::line(note));
        }
    }
}

/// How far the sitting is, the learner's marks, and the stem.
pub fn question(look: &Look, turn: &Turn, topic: &str, marks: Marks) -> String {
    let mut page = Page::new(look);
    page.blank();
    let place = format!("{} of {}", turn.number, turn.of);
    let again = if turn.is_repeat { " (again)" } else { "" };
    if look.plain {
        page.line(format!("{place}. {topic}{again}."));
        marks.show(&mut page, look);
    } else {
        let share = (turn.number - 1) as f64 / turn.of as f64;
        let topic = look.paint(Tone::Dim, &format!("{topic}{again}")).into_owned();
        page.line(format!("{place}  {}  {topic}", bar(look, share, BAR)));
        marks.show(&mut page, look);
        page.blank();
    }
    page.para(&turn.asked.stem);
    page.done()
}

/// The hint that was asked for.
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

/// The verdict as a word and a symbol, the right answer, the rationale, the source, when it comes back.
pub fn verdict(look: &Look, view: &VerdictView) -> String {
    let mut page = Page::new(look);
    if !look.plain {
        page.blank();
    }
    let words = in_words(view);
    match view.verdict {
        Verdict::Right => {
            let word = format!("{}Right:", mark(look, "✔ ", "+ "));
            page.hanging(&format!("{} ", look.paint(Tone::Good, &word)), words);
        }
        Verdict::Wrong => {
            let word = format!("{}Not yet:", mark(look, "✘ ", "x "));
            page.hanging(&format!("{} ", look.paint(Tone::Bad, &word)), words);
        }
    }
    if let Some(rationale) = &view.question.rationale {
        page.para(rationale);
    }
    reasons(&mut page, look, view);
    if let Some(changed) = view.changed {
        page.para(look.paint(Tone::Warn, &what_changed(changed, &view.turn.asked.answer.text())));
    }
    let source = view.question.source.as_ref().map_or_else(String::new, |source| format!("{source}. "));
    let footer = format!("{source}{}", comes_back(view));
    page.para(look.paint(Tone::Dim, &footer));
    page.done()
}

/// Why the choices that were taken are wrong, and why the right ones are right.
fn reasons(page: &mut Page, look: &Look, view: &VerdictView) {
    let asked = &view.turn.asked;
    let taken: &[usize] = match view.reply {
        Reply::Choice(place) => std::slice::from_ref(place),
        Reply::Choices(places) => places,
        Reply::Text(_) | Reply::Order(_) | Reply::Recalled(_) | Reply::DontKnow => &[],
    };
    for (place, reason) in asked.reasons.iter().enumerate() {
        let Some(reason) = reason else { continue };
        if taken.contains(&place) || asked.answer.is_right(place) {
            page.hanging(&choice_label(look, place), reason);
        }
    }
}

/// The label of a choice, as the question showed it.
fn choice_label(look: &Look, place: usize) -> String {
    match look.plain {
        true => format!("{}. ", place + 1),
        false => format!("{}) ", letter(place)),
    }
}

/// What follows the word of the verdict: the right answer, and the learner's answer if it was wrong.
fn in_words(view: &VerdictView) -> String {
    let right = one_line(&view.turn.asked.answer.text());
    match (view.reply, view.verdict) {
        // The answer is already on the screen.
        (Reply::Recalled(Recall::Knew), _) => "you knew it.".to_owned(),
        (Reply::Recalled(Recall::Hard), _) => "you knew it, but it was hard.".to_owned(),
        (Reply::Recalled(Recall::Forgot), _) => "you forgot it.".to_owned(),
        (_, Verdict::Right) => right,
        (_, Verdict::Wrong) => {
            let said = said(view).map_or_else(String::new, |said| format!("you said {said}; "));
            format!("{said}it is {right}")
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

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

/// What the learner answered, in words; `None` if they did not know.
fn said(view: &VerdictView) -> Option<String> {
    let texts = listed_texts(&view.turn.asked.answer);
    let joined = |places: &[usize], separator: &str| {
        let chosen: Vec<&str> = places.iter().filter_map(|&place| texts.get(place)).copied().collect();
        chosen.join(separator)
    };
    let text = match view.reply {
        Reply::Choice(place) => (*texts.get(*place)?).to_owned(),
        Reply::Choices(places) => joined(places, "; "),
        Reply::Order(places) => joined(places, " → "),
        Reply::Text(text) => sanitize::line(text).into_owned(),
        Reply::Recalled(_) | Reply::DontKnow => return None,
    };
    Some(one_line(&text))
}

fn comes_back(view: &VerdictView) -> String {
    if view.comes_back {
        return "Again in a moment.".to_owned();
    }
    if view.cram {
        return "Cramming leaves the schedule alone.".to_owned();
    }
    match view.due_on {
        Some(day) => {
            let days = (day - view.today).num_days().max(1);
            format!("Back {}.", in_days(days))
        }
        None => String::new(),
    }
}
