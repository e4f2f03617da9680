//! The questions that are hard for this learner.

use super::numbers::counted;
use crate::ui::look::Tone;
use crate::ui::styled_page::StyledPage;
use badgedex_domain::overview::{HardQuestion, Overview};

/// Adds the questions with the lowest share of right answers.
pub fn hardest(page: &mut StyledPage, overview: &Overview) {
    if overview.hardest.is_empty() {
        return;
    }
    page.heading("Hardest questions", "");
    for hard in &overview.hardest {
        question(page, hard, &format!("{} of {} right", hard.right, hard.answers));
    }
}

/// Adds the questions that are forgotten again and again.
pub fn leeches(page: &mut StyledPage, overview: &Overview) {
    if overview.leeches.is_empty() {
        return;
    }
    page.heading("Leeches", "");
    for leech in &overview.leeches {
        question(page, leech, &counted(u64::from(leech.lapses), "lapse", "lapses"));
        page.toned(Tone::Dim, "  ", format!("badgedex suspend {}", leech.question));
    }
    page.para("They keep slipping away. Setting one aside is no shame: badgedex resume ID asks it again.");
}

fn question(page: &mut StyledPage, hard: &HardQuestion, figure: &str) {
    let label = if page.look.is_narrow() { format!("{figure}: ") } else { format!("{figure:<15}  ") };
    page.toned(Tone::Plain, &label, &hard.stem);
}
