//! What was learned, and what is to come.

mod calendar;
mod chances;
mod coming;
mod figures;
mod hard;
mod mastery;
mod memory;
mod predictions;
mod progress;
mod self_checked;
mod time;
mod words;

#[cfg(test)]
mod tests;

use crate::ui::look::{Look, Tone};
use crate::ui::sheet::Sheet;
use crate::ui::text::date;
use badgedex_domain::overview::Overview;
use badgedex_domain::settings::Goal;
use words::{counted, number};

/// Two charts stand side by side from so many columns on.
const BESIDE_FROM: usize = 76;

/// What the screen is made of.
#[derive(Debug, Clone, Copy)]
pub struct Stats<'a> {
    pub overview: &'a Overview,
    /// Whether streak, levels and awards are shown.
    pub gamification: bool,
    /// What the learner wants to do today.
    pub goal: Option<Goal>,
}

pub fn stats(look: &Look, stats: &Stats) -> String {
    sheet(look, stats).text()
}

/// The screen, before it is printed or drawn.
pub fn sheet(look: &Look, stats: &Stats) -> Sheet {
    let overview = stats.overview;
    let mut sheet = Sheet::new(*look);
    sheet.heading("What you remember", &date(overview.day));
    sheet.blank();
    figures::figures(&mut sheet, overview);
    later(&mut sheet, overview);
    if overview.answers == 0 {
        sheet.blank();
        sheet.para("No answers yet: the figures begin with the first sitting. badgedex study starts one.");
        return sheet;
    }
    if stats.gamification {
        progress::streak(&mut sheet, stats);
    }
    memory::memory(&mut sheet, stats);
    calendar::calendar(&mut sheet, overview);
    mastery::mastery(&mut sheet, overview);
    now(&mut sheet, overview);
    self_checked::self_checked(&mut sheet, &overview.self_checked);
    coming::coming(&mut sheet, overview);
    time::time(&mut sheet, overview);
    hard::hardest(&mut sheet, overview);
    hard::leeches(&mut sheet, overview);
    if stats.gamification {
        progress::awards(&mut sheet, overview);
    }
    sheet
}

/// The chances that the program gives, and whether they came true.
fn now(sheet: &mut Sheet, overview: &Overview) {
    let look = sheet.look;
    if look.plain || look.width < BESIDE_FROM {
        chances::chances(sheet, overview);
        predictions::predictions(sheet, &overview.predictions);
        return;
    }
    let half = look.width / 2;
    let mut left = Sheet::new(Look { width: half, ..look });
    let mut right = Sheet::new(Look { width: look.width - half, ..look });
    chances::chances(&mut left, overview);
    predictions::predictions(&mut right, &overview.predictions);
    sheet.beside(&left, &right);
}

/// Calm words for a clock that was wrong.
fn later(sheet: &mut Sheet, overview: &Overview) {
    if overview.later == 0 {
        return;
    }
    let verb = if overview.later == 1 { "carries" } else { "carry" };
    let answers = counted(u64::from(overview.later), "answer", "answers");
    sheet.blank();
    sheet.toned(
        Tone::Warn,
        "",
        format!("{answers} {verb} a later day than today: a clock was wrong, here or on another device."),
    );
}

/// "412 of 620".
fn of(have: u64, all: u64) -> String {
    format!("{} of {}", number(have), number(all))
}
