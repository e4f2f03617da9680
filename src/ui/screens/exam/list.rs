//! All mock exams, one a line, with a small chart.

use chrono::NaiveDate;

use super::result::heading;
use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, bar, percent, short_date};

/// Cells of the bars that make the chart.
const BAR: usize = 20;

/// A mock exam in the list.
#[derive(Debug, Clone)]
pub struct ExamLine {
    /// From 1.
    pub number: usize,
    pub title: String,
    pub form: Option<String>,
    pub on: NaiveDate,
    pub questions: usize,
    pub answered: usize,
    /// How many answers were right; `None` without a result.
    pub right: Option<usize>,
    pub is_open: bool,
}

/// "Mock exam 2, Cloud Practitioner, form b: 49 of 65 right", for a menu.
pub fn one_line(exam: &ExamLine) -> String {
    let state = match exam.right {
        Some(right) => format!("{right} of {} right", exam.questions),
        None if exam.is_open => format!("open, {} of {} answered", exam.answered, exam.questions),
        None => "given up".to_owned(),
    };
    format!("{}: {state}", heading(exam.number, &exam.title, exam.form.as_deref()))
}

/// All mock exams, the earliest first.
pub fn list(look: &Look, exams: &[ExamLine]) -> String {
    let mut page = Page::new(look);
    page.blank();
    if exams.is_empty() {
        page.para("No mock exam yet. To begin one: badgedex exam");
        return page.done();
    }
    for exam in exams {
        let title = heading(exam.number, &exam.title, exam.form.as_deref());
        page.ends(&title, &short_date(exam.on));
        let share = |right: usize| right as f64 / exam.questions.max(1) as f64;
        match exam.right {
            Some(right) => {
                let bar = bar(look, share(right), if look.is_narrow() { BAR / 2 } else { BAR });
                let gap = if bar.is_empty() { "" } else { "  " };
                let said = format!("{right} of {} right, {}", exam.questions, percent(share(right)));
                page.line(format!("  {bar}{gap}{said}"))
            }
            None if exam.is_open => {
                page.para(format!("  open: {} of {} answered", exam.answered, exam.questions))
            }
            None => page.line(look.paint(Tone::Dim, "  given up, no result")),
        };
    }
    page.blank();
    page.para(look.paint(Tone::Dim, "One in full: badgedex exam show NUMBER; its questions: with --review"));
    page.done()
}
