//! The learner's flags and notes on questions.

use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, count, date};
use badgedex_domain::question::QuestionId;
use badgedex_domain::record::Flag;
use badgedex_domain::sanitize;

/// A flagged question.
#[derive(Debug, Clone, Copy)]
pub struct FlagView<'a> {
    pub id: &'a QuestionId,
    pub flag: &'a Flag,
    /// `None` if no pack has the question any more.
    pub stem: Option<&'a str>,
    /// It is set aside, too.
    pub is_aside: bool,
}

/// All flagged questions.
pub fn list(look: &Look, flags: &[FlagView]) -> String {
    let mut page = Page::new(look);
    page.blank();
    if flags.is_empty() {
        page.para("No question is flagged. badgedex flag QUESTION WHY marks one.");
        return page.done();
    }
    page.title(&count(flags.len(), "question is flagged", "questions are flagged"));
    for flag in flags {
        page.blank();
        let aside = if flag.is_aside { ", set aside" } else { "" };
        let since = format!("{}{aside}", date(flag.flag.at.date_naive()));
        let id = sanitize::line(flag.id.as_str());
        page.ends(&look.paint(Tone::Title, &id), &look.paint(Tone::Dim, &since));
        match flag.stem {
            Some(stem) => page.hanging("  ", sanitize::line(stem)),
            None => page.hanging("  ", "No pack has this question any more."),
        };
        if let Some(why) = &flag.flag.why {
            page.hanging(&format!("  {} ", look.paint(Tone::Warn, "Why:")), sanitize::line(why));
        }
    }
    page.blank();
    page.para(look.paint(Tone::Dim, "badgedex unflag QUESTION takes a flag away"));
    page.done()
}

/// The note on a question; `None` if there is none.
pub fn note(look: &Look, question: &QuestionId, text: Option<&str>) -> String {
    let mut page = Page::new(look);
    match text {
        Some(text) => page.para(sanitize::paragraph(text)),
        None => {
            page.para(format!("There is no note on {question}. badgedex note {question} TEXT writes one."))
        }
    };
    page.done()
}
