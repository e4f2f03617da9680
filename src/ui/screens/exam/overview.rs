//! The overview of a mock exam: which questions are answered, open and flagged.

use crate::ui::exam_prompt::{ExamCell, ExamMap, time_left};
use crate::ui::look::Look;
use crate::ui::text::Page;

/// "58 answered, 4 flagged, 7 open".
pub fn tally(map: &ExamMap) -> String {
    let (answered, flagged, open) = map.counts();
    format!("{answered} answered, {flagged} flagged, {open} open")
}

/// The sign of a question: here, flagged, answered or open.
pub fn cell_symbol(look: &Look, cell: ExamCell, is_here: bool) -> &'static str {
    match (is_here, cell.is_flagged, cell.is_answered) {
        (true, _, _) => look.symbol("◐", ">"),
        (false, true, _) => look.symbol("⚑", "!"),
        (false, false, true) => look.symbol("●", "*"),
        (false, false, false) => look.symbol("○", "-"),
    }
}

/// What the signs mean.
pub fn legend(look: &Look) -> Vec<String> {
    let sign = |unicode, ascii, word| format!("{} {word}", look.symbol(unicode, ascii));
    vec![
        sign("●", "*", "answered"),
        sign("○", "-", "open"),
        sign("⚑", "!", "flagged"),
        sign("◐", ">", "here"),
    ]
}

/// The overview in plain lines: the numbers of what is open and flagged.
pub fn overview(look: &Look, map: &ExamMap) -> String {
    let numbers = |is_in: &dyn Fn(&ExamCell) -> bool| {
        let places = map.cells.iter().enumerate().filter(|(_, cell)| is_in(cell));
        places.map(|(place, _)| (place + 1).to_string()).collect::<Vec<_>>().join(", ")
    };
    let time =
        map.time.seconds_left().map_or_else(String::new, |seconds| format!(", {}", time_left(seconds)));
    let mut page = Page::new(look);
    page.para(format!("Overview: {}{time}.", tally(map)));
    let rows = [
        ("Open", numbers(&|cell| !cell.is_answered)),
        ("Flagged", numbers(&|cell| cell.is_flagged)),
        ("Answered", numbers(&|cell| cell.is_answered)),
    ];
    for (label, numbers) in rows.iter().filter(|(_, numbers)| !numbers.is_empty()) {
        page.hanging(&format!("{label}: "), numbers);
    }
    page.para(format!("You are at question {}.", map.here + 1));
    page.done()
}
