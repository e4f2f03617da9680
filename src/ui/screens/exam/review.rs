//! One question of a mock exam that is over: the learner's answer, the correct one, and every reason.

use crate::ui::look::{Look, Tone};
use crate::ui::prompter::listed_texts;
use crate::ui::screens::question::{Marks, choice_label, one_line};
use crate::ui::text::{Page, and};
use badgedex_domain::grading::{Reply, Verdict};
use badgedex_domain::question::{Asked, Key, Question};
use badgedex_domain::sanitize;

/// A question and what became of it.
#[derive(Debug, Clone, Copy)]
pub struct ReviewView<'a> {
    /// Its place in the review, and how many questions that has.
    pub place: (usize, usize),
    /// Its number in the exam.
    pub number: usize,
    pub topic: &'a str,
    pub question: &'a Question,
    /// As the exam showed it.
    pub asked: &'a Asked,
    /// `None` if it was left open.
    pub reply: Option<&'a Reply>,
    pub verdict: Verdict,
    /// Whether it was flagged in the exam.
    pub was_flagged: bool,
    /// Whether the answer was changed, or took long.
    pub was_unsure: bool,
    /// The learner's own marks.
    pub marks: Marks<'a>,
}

impl ReviewView<'_> {
    /// The places that the learner chose.
    fn taken(&self) -> &[usize] {
        match self.reply {
            Some(Reply::Choice(place)) => std::slice::from_ref(place),
            Some(Reply::Choices(places)) => places,
            Some(Reply::Text(_) | Reply::Order(_) | Reply::Recalled(_) | Reply::DontKnow) | None => &[],
        }
    }
}

/// The verdict, the stem, all choices with their reasons, the rationale and the source.
pub fn review(look: &Look, view: &ReviewView) -> String {
    let mut page = Page::new(look);
    page.blank();
    let (place, of) = view.place;
    page.ends(
        &format!("{} of {of}: question {} of the exam", place + 1, view.number),
        &look.paint(Tone::Dim, view.topic),
    );
    verdict(&mut page, look, view);
    view.marks.show(&mut page, look);
    page.blank();
    page.para(&view.question.stem);
    page.blank();
    match listed_texts(&view.asked.answer).is_empty() {
        true => typed(&mut page, look, view),
        false => choices(&mut page, look, view),
    }
    if let Some(rationale) = &view.question.rationale {
        page.blank();
        page.para(rationale);
    }
    if let Some(source) = &view.question.source {
        page.source(source);
    }
    page.done()
}

fn verdict(page: &mut Page, look: &Look, view: &ReviewView) {
    let (tone, sign, ascii, word) = match view.verdict {
        Verdict::Right => (Tone::Good, "✔ ", "+ ", "Right"),
        Verdict::Wrong => (Tone::Bad, "✘ ", "x ", "Not quite"),
    };
    let sign = if look.plain { "" } else { look.symbol(sign, ascii) };
    let marks = [
        view.reply.is_none().then_some("left open"),
        view.was_flagged.then_some("flagged"),
        view.was_unsure.then_some("unsure: changed, or it took long"),
    ];
    let marks: Vec<String> = marks.into_iter().flatten().map(str::to_owned).collect();
    let verdict = look.paint(tone, &format!("{sign}{word}.")).into_owned();
    match marks.is_empty() {
        true => page.line(verdict),
        false => page.hanging(&format!("{verdict} "), format!("({})", and(&marks))),
    };
}

/// Each choice with what the learner did with it, and why it is right or wrong.
fn choices(page: &mut Page, look: &Look, view: &ReviewView) {
    if let Key::Order { shown, order } = &view.asked.answer {
        return orders(page, view, shown, order);
    }
    for (place, text) in listed_texts(&view.asked.answer).into_iter().enumerate() {
        let is_key = match &view.asked.answer {
            Key::TrueFalse { key } => (place == 0) == *key,
            answer => answer.is_right(place),
        };
        let is_yours = view.taken().contains(&place);
        let said = match (is_yours, is_key) {
            (true, true) => look.paint(Tone::Good, "  (your answer, correct)"),
            (true, false) => look.paint(Tone::Bad, "  (your answer)"),
            (false, true) => look.paint(Tone::Good, "  (correct)"),
            (false, false) => "".into(),
        };
        let label = choice_label(look, place);
        page.hanging(&label, format!("{}{said}", one_line(text)));
        if let Some(Some(reason)) = view.asked.reasons.get(place) {
            page.hanging(&" ".repeat(label.len()), reason);
        }
    }
}

fn orders(page: &mut Page, view: &ReviewView, shown: &[String], order: &[usize]) {
    let in_order = |places: &[usize]| {
        let texts = places.iter().filter_map(|place| shown.get(*place));
        texts.map(|text| one_line(text)).collect::<Vec<_>>().join("; ")
    };
    let yours = match view.reply {
        Some(Reply::Order(places)) => in_order(places),
        _ => "none".to_owned(),
    };
    page.hanging("Your order: ", yours);
    page.hanging("Correct: ", in_order(order));
}

fn typed(page: &mut Page, look: &Look, view: &ReviewView) {
    let yours = match view.reply {
        Some(Reply::Text(text)) => sanitize::line(text).into_owned(),
        _ => "none".to_owned(),
    };
    page.hanging("Your answer: ", yours);
    page.hanging(&format!("{} ", look.paint(Tone::Good, "Correct:")), one_line(&view.asked.answer.text()));
}
