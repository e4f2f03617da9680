//! What is due, by pack and topic.

use crate::ui::look::Look;
use crate::ui::text::{Page, count, fit};

/// What is due.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Due {
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
    if due.new > 0 {
        page.blank();
        page.para(format!(
            "{} today. Start with: badgedex study",
            count(due.new, "new question is waiting", "new questions are waiting")
        ));
    }
    page.done()
}

/// One line for a shell prompt.
pub fn short(due: usize, streak_days: u32) -> String {
    let streak = if streak_days > 0 { format!(", streak {streak_days}") } else { String::new() };
    format!("{due} due{streak}")
}
