//! The questions that are hard for this learner.

use super::words::counted;
use crate::ui::look::Tone;
use crate::ui::sheet::Sheet;
use badgedex_domain::overview::{HardQuestion, Overview};

pub fn hardest(sheet: &mut Sheet, overview: &Overview) {
    if overview.hardest.is_empty() {
        return;
    }
    sheet.heading("Hardest questions", "");
    for hard in &overview.hardest {
        question(sheet, hard, &format!("{} of {} right", hard.right, hard.answers));
    }
}

pub fn leeches(sheet: &mut Sheet, overview: &Overview) {
    if overview.leeches.is_empty() {
        return;
    }
    sheet.heading("Leeches", "");
    for leech in &overview.leeches {
        question(sheet, leech, &counted(u64::from(leech.lapses), "lapse", "lapses"));
        sheet.toned(Tone::Dim, "  ", format!("badgedex suspend {}", leech.question));
    }
    sheet.para("They keep slipping away. Setting one aside is no shame: badgedex resume ID asks it again.");
}

fn question(sheet: &mut Sheet, hard: &HardQuestion, figure: &str) {
    let label = if sheet.look.is_narrow() { format!("{figure}: ") } else { format!("{figure:<15}  ") };
    sheet.toned(Tone::Plain, &label, &hard.stem);
}
