//! What a mock exam will be like, before it begins, and how one goes on.

use crate::ui::exam_prompt::time_left;
use crate::ui::look::Look;
use crate::ui::text::{Page, count};

/// A mock exam that has not begun.
#[derive(Debug, Clone)]
pub struct StartView<'a> {
    /// "Cloud Practitioner (CLF-C02)".
    pub title: &'a str,
    /// The form; `None` if the questions are drawn from those in study.
    pub form: Option<&'a str>,
    pub questions: usize,
    /// `None`: without a clock.
    pub minutes: Option<u32>,
    /// Extra time that is in the minutes, in percent.
    pub extra_percent: u32,
    /// How many questions the real exam has; `None` if no catalog says so.
    pub full_length: Option<usize>,
    /// How many of the questions the learner has never seen.
    pub fresh: usize,
}

/// An open mock exam.
#[derive(Debug, Clone, Copy)]
pub struct OpenView<'a> {
    pub title: &'a str,
    pub questions: usize,
    pub answered: usize,
    /// `None`: without a clock.
    pub seconds_left: Option<u64>,
}

/// How many questions and minutes, how many are fresh, that answers come at the end.
pub fn start(look: &Look, view: &StartView) -> String {
    let mut page = Page::new(look);
    page.blank();
    let form = view.form.map_or_else(String::new, |form| format!(", form {form}"));
    page.title(&format!("Mock exam: {}{form}", view.title));
    if !look.plain {
        page.blank();
    }
    page.para(format!("{}, {}.", count(view.questions, "question", "questions"), minutes(view)));
    if let Some(full) = view.full_length.filter(|full| *full != view.questions) {
        page.para(format!("The real exam has {full}; the share of each domain is the same."));
    }
    page.para(fresh(view));
    page.para("As at the test center: no hints, and answers and reasons come at the end. You can go back, flag a question and change an answer until you submit.");
    page.para("What is left open counts as wrong. A break stops the clock, and the result names it.");
    page.done()
}

fn minutes(view: &StartView) -> String {
    match view.minutes {
        None => "without a clock".to_owned(),
        Some(minutes) => {
            let extra = match view.extra_percent {
                0 => String::new(),
                percent => format!(", {percent} % extra time included"),
            };
            format!("{}{extra}", count(minutes as usize, "minute", "minutes"))
        }
    }
}

fn fresh(view: &StartView) -> String {
    match view.fresh {
        fresh if fresh == view.questions => "All of them are new to you.".to_owned(),
        0 => "You have seen all of them before: the result says little about questions you do not know."
            .to_owned(),
        fresh => format!(
            "{fresh} of them {} new to you. You have seen the others: they make the result look better.",
            if fresh == 1 { "is" } else { "are" }
        ),
    }
}

/// An open mock exam that goes on.
pub fn go_on(look: &Look, view: &OpenView) -> String {
    let mut page = Page::new(look);
    page.blank();
    page.title(&format!("Mock exam: {}", view.title));
    let time = view.seconds_left.map_or_else(String::new, |seconds| format!(", {}", time_left(seconds)));
    page.para(format!("It goes on: {} of {} answered{time}.", view.answered, view.questions));
    page.done()
}
