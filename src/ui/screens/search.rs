//! The questions that a search has found. Their keys are not shown.

use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, count, wrap};
use badgedex_domain::library::Library;
use badgedex_domain::question::Question;
use badgedex_domain::search::SearchQuery;

/// At most this many questions are listed.
const MAX_LISTED: usize = 20;
/// At most this many lines of a stem are shown.
const MAX_STEM_LINES: usize = 2;
const STEM_INDENT: &str = "  ";

/// The questions that were found, the best first.
pub fn list(look: &Look, library: &Library, query: &SearchQuery, found: &[&Question]) -> String {
    let mut page = Page::new(look);
    page.blank();
    page.title(&count(found.len(), "question", "questions"));
    for question in found.iter().take(MAX_LISTED) {
        let topic = library.topic_name(question.id.pack(), &question.topic);
        page.blank();
        page.para(format!(
            "{}  {}",
            look.paint(Tone::Accent, question.id.as_str()),
            look.paint(Tone::Dim, topic)
        ));
        page.hanging(STEM_INDENT, shortened(look, &question.stem));
    }
    page.blank();
    if found.len() > MAX_LISTED {
        page.para(format!("and {} more", found.len() - MAX_LISTED));
    }
    let words = query.words().join(" ");
    let them = if found.len() == 1 { "it" } else { "them" };
    page.para(look.paint(Tone::Dim, &format!("badgedex study --search {words} studies {them}")));
    page.done()
}

/// A stem as one paragraph, cut after a word if it would take too many lines.
fn shortened(look: &Look, stem: &str) -> String {
    let indent = format!("{}{STEM_INDENT}", look.margin());
    let fits = |text: &str| wrap(text, look, &indent, &indent).len() <= MAX_STEM_LINES;
    let words: Vec<&str> = stem.split_whitespace().collect();
    let whole = words.join(" ");
    if fits(&whole) {
        return whole;
    }
    let cut = (0..words.len()).rev().map(|kept| format!("{} ...", words[..kept].join(" ")));
    cut.into_iter().find(|text| fits(text)).unwrap_or_default()
}
