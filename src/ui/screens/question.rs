//! A question, its hint and its answer.

use crate::session::Turn;
use crate::ui::look::{Look, Tone};
use crate::ui::prompter::listed_texts;
use crate::ui::text::{Page, bar};
use badgedex_domain::question::{Asked, Question};
use badgedex_domain::record::Flag;
use badgedex_domain::sanitize;
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
    /// The flag with its reason, and the note.
    pub fn show(&self, page: &mut Page, look: &Look) {
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
    let place = match turn.is_repeat {
        true => "Again".to_owned(),
        false => turn.of.map_or_else(|| turn.number.to_string(), |of| format!("{} of {of}", turn.number)),
    };
    if look.plain {
        page.line(format!("{place}. {topic}."));
        marks.show(&mut page, look);
    } else {
        let bar = turn.of.map_or_else(String::new, |of| {
            bar(look, turn.number.saturating_sub(1) as f64 / of.max(1) as f64, BAR) + "  "
        });
        let topic = look.paint(Tone::Dim, topic);
        match look.is_narrow() {
            true => page.para(format!("{place}  {topic}")),
            false => page.line(format!("{place}  {bar}{topic}")),
        };
        marks.show(&mut page, look);
        page.blank();
    }
    page.para(&turn.asked.stem);
    page.done()
}

/// A question outside of a sitting, as it was drawn; its answer only if that is wanted.
pub fn browsed(
    look: &Look,
    question: &Question,
    asked: &Asked,
    topic: &str,
    marks: Marks,
    shows_answer: bool,
) -> String {
    let mut page = Page::new(look);
    page.blank();
    page.para(format!(
        "{}  {}",
        look.paint(Tone::Accent, question.id.as_str()),
        look.paint(Tone::Dim, topic)
    ));
    marks.show(&mut page, look);
    page.blank();
    page.para(&question.stem);
    if shows_answer {
        all_reasons(&mut page, look, asked);
        page.blank();
        page.hanging(&format!("{} ", look.paint(Tone::Good, "Answer:")), one_line(&asked.answer.text()));
        if let Some(rationale) = &question.rationale {
            page.para(rationale);
        }
        if let Some(source) = &question.source {
            page.source(source);
        }
    } else {
        for (place, text) in listed_texts(&asked.answer).into_iter().enumerate() {
            page.hanging(&choice_label(look, place), text);
        }
    }
    page.done()
}

/// Each choice, and why it is right or wrong.
pub fn all_reasons(page: &mut Page, look: &Look, asked: &Asked) {
    let texts = listed_texts(&asked.answer);
    for ((place, text), reason) in texts.iter().enumerate().zip(&asked.reasons) {
        let label = choice_label(look, place);
        page.hanging(&label, one_line(text));
        if let Some(reason) = reason {
            page.hanging(&" ".repeat(label.len()), reason);
        }
    }
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

/// The label of a choice, as the question showed it.
pub fn choice_label(look: &Look, place: usize) -> String {
    match look.plain {
        true => format!("{}) ", place + 1),
        false => format!("{}) ", letter(place)),
    }
}

/// A text without line breaks.
pub fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}
