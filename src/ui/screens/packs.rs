//! Packs and their questions, listed.

use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, count};
use badgedex_domain::library::Library;
use badgedex_domain::question::{Kind, Pack, Question, TRUE_FALSE, with_unit};

/// All packs with their topics, those that are off last.
pub fn list(look: &Look, library: &Library) -> String {
    let mut page = Page::new(look);
    page.blank();
    for pack in library.all_packs() {
        let size = count(pack.questions.len(), "question", "questions");
        let size = if library.is_off(&pack.id) { format!("off, {size}") } else { size };
        page.ends(&format!("{}  {}", look.paint(Tone::Title, &pack.id), pack.title), &size);
        if !pack.description.is_empty() {
            page.hanging("  ", &pack.description);
        }
        let topics: Vec<&str> = pack.topics.iter().map(|t| t.name.as_str()).collect();
        page.hanging("  ", look.paint(Tone::Dim, &topics.join(", ")));
        page.blank();
    }
    page.para(look.paint(Tone::Dim, "badgedex pack show PACK lists the questions with their answers"));
    if library.all_packs().iter().any(|pack| library.is_off(&pack.id)) {
        page.para(look.paint(Tone::Dim, "badgedex pack on PACK takes a pack that is off back into study"));
    }
    page.done()
}

/// What a pack's questions are about, topic by topic.
pub fn facts(look: &Look, pack: &Pack) -> String {
    let mut page = Page::new(look);
    page.blank();
    page.title(&pack.title);
    page.para(&pack.description);
    for topic in &pack.topics {
        let mut of_topic = pack.facts.iter().filter(|fact| fact.topic == topic.id).peekable();
        if of_topic.peek().is_some() {
            page.blank();
            page.para(look.paint(Tone::Accent, &topic.name));
        }
        for fact in of_topic {
            page.hanging("- ", &fact.text);
        }
    }
    page.done()
}

/// A pack with the given questions and their answers.
pub fn show(look: &Look, pack: &Pack, questions: &[Question]) -> String {
    let mut page = Page::new(look);
    page.blank();
    page.title(&format!("{}  {}", pack.id, pack.title));
    if !pack.description.is_empty() {
        page.para(&pack.description);
    }
    for topic in &pack.topics {
        let of_topic: Vec<&Question> = questions.iter().filter(|q| q.topic == topic.id).collect();
        if of_topic.is_empty() {
            continue;
        }
        page.blank();
        page.title(&format!("{} ({})", topic.name, of_topic.len()));
        for question in of_topic {
            asked(&mut page, look, question);
            page.para(look.paint(Tone::Dim, question.id.as_str()));
        }
    }
    page.done()
}

/// A question with its answer.
pub fn asked(page: &mut Page, look: &Look, question: &Question) {
    page.blank();
    page.para(&question.stem);
    answers(page, look, question);
}

/// The choices with the right ones marked, or the answer.
fn answers(page: &mut Page, look: &Look, question: &Question) {
    let mark = |right: bool| if right { look.symbol("✔ ", "+ ") } else { "  " };
    let mut choice = |place: usize, text: &String, is_right: bool| {
        page.hanging(mark(is_right), text);
        if let Some(reason) = question.reasons.get(place) {
            page.hanging("    ", look.paint(Tone::Dim, reason));
        }
    };
    match &question.kind {
        Kind::OneOf { choices, key, .. } => {
            for (i, text) in choices.iter().enumerate() {
                choice(i, text, i == *key);
            }
        }
        Kind::AnyOf { choices, keys, .. } => {
            for (i, text) in choices.iter().enumerate() {
                choice(i, text, keys.contains(&i));
            }
        }
        Kind::TrueFalse { key } => {
            page.line(format!("{}{}", mark(true), TRUE_FALSE[usize::from(!key)]));
        }
        Kind::Typed { accepted } => {
            page.hanging(mark(true), accepted.join(", or "));
        }
        Kind::Number { value, unit, .. } => {
            page.line(format!("{}{}", mark(true), with_unit(*value, unit)));
        }
        Kind::Order { items } => {
            for (i, item) in items.iter().enumerate() {
                page.hanging(&format!("{}. ", i + 1), item);
            }
        }
        Kind::Reveal { answer } => {
            page.hanging(mark(true), answer);
        }
        Kind::Drawn { right, .. } => {
            page.hanging(mark(true), right.join(", or "));
        }
    }
}
