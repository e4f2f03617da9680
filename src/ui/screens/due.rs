//! What is due, by pack and topic.

use super::exam_days::{CatchUp, ExamDaysView};
use super::target::days;
use crate::ui::look::Look;
use crate::ui::text::{Page, count, fit};

/// What is due.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Due {
    /// The days before the next exam; `None` if none has a day.
    pub exam: Option<ExamDaysView>,
    /// What a learner can do who is behind; empty if they are on course.
    pub catch_up: Vec<CatchUp>,
    /// Pack's title, topic's name, number.
    pub topics: Vec<(String, String, usize)>,
    pub total: usize,
    /// New questions that today's limit allows.
    pub new: usize,
}

/// What is due, topic by topic.
pub fn due(look: &Look, due: &Due) -> String {
    let mut page = Page::new(look);
    page.blank();
    if let Some(exam) = &due.exam {
        page.title(&exam.name);
        days(&mut page, exam);
        catch_up(&mut page, &due.catch_up, exam.today.daily);
    }
    match due.total {
        0 => page.line("Nothing is due."),
        n => page.title(&format!("{} due", count(n, "question is", "questions are"))),
    };
    let widest = due.topics.iter().map(|(_, topic, _)| topic.chars().count()).max().unwrap_or(0).min(30);
    let mut last = "";
    for (pack, topic, number) in &due.topics {
        if pack != last {
            page.blank();
            page.line(pack);
            last = pack;
        }
        page.line(format!("  {}  {number:>4}", fit(topic, widest)));
    }
    if due.new > 0 && due.exam.is_none() {
        page.blank();
        page.para(format!(
            "{} today. Start with: badgedex study",
            count(due.new, "new question is waiting", "new questions are waiting")
        ));
    }
    page.done()
}

fn catch_up(page: &mut Page, ways: &[CatchUp], daily: u32) {
    if ways.is_empty() {
        return;
    }
    page.para(if ways.len() > 1 { "To catch up, either of these:" } else { "To catch up:" });
    for way in ways {
        page.hanging("  ", format!("{}: {}", way.words(daily), way.command()));
    }
    page.blank();
}

/// One line for a shell prompt.
pub fn short(due: usize, streak_days: u32) -> String {
    let streak = if streak_days > 0 { format!(", streak {streak_days}") } else { String::new() };
    format!("{due} due{streak}")
}
