//! `stats`: what was learned, and what becomes due.

mod activity_map;
mod calibration;
mod due_forecast;
mod gamification;
mod hard_questions;
mod key_figures;
mod mastery;
mod memory;
mod misses;
mod numbers;
mod real_exams;
mod recall_chart;
mod self_checked;
mod study_time;

#[cfg(test)]
mod tests;

use crate::ui::look::{Look, Tone};
use crate::ui::styled_page::StyledPage;
use crate::ui::text::date;
use badgedex_domain::overview::Overview;
use badgedex_domain::settings::Goal;
use numbers::{counted, number};
pub use real_exams::RealExamLine;

/// Two charts are shown side by side from this width, in columns.
const BESIDE_FROM: usize = 76;

/// What the screen shows.
#[derive(Debug, Clone, Copy)]
pub struct Stats<'a> {
    pub overview: &'a Overview,
    /// Whether streak, levels and awards are shown.
    pub gamification: bool,
    /// What the learner wants to do today.
    pub goal: Option<Goal>,
    /// The real exams, the earliest first.
    pub exams: &'a [RealExamLine],
}

/// The screen as text.
pub fn stats(look: &Look, stats: &Stats) -> String {
    page(look, stats).text()
}

/// The screen, before it is printed or drawn.
pub fn page(look: &Look, stats: &Stats) -> StyledPage {
    let overview = stats.overview;
    let mut page = StyledPage::new(*look);
    page.heading("What you remember", &date(overview.day));
    page.blank();
    key_figures::key_figures(&mut page, overview);
    later(&mut page, overview);
    if overview.answers == 0 {
        page.blank();
        page.para("No answers yet: the figures begin with the first sitting. badgedex study starts one.");
        return page;
    }
    if stats.gamification {
        gamification::streak(&mut page, stats);
    }
    memory::memory(&mut page, stats);
    activity_map::activity_map(&mut page, overview);
    mastery::mastery(&mut page, overview);
    now(&mut page, overview);
    misses::misses(&mut page, overview);
    self_checked::self_checked(&mut page, &overview.self_checked);
    real_exams::real_exams(&mut page, stats.exams);
    due_forecast::due_forecast(&mut page, overview);
    study_time::study_time(&mut page, overview);
    hard_questions::hardest(&mut page, overview);
    hard_questions::leeches(&mut page, overview);
    if stats.gamification {
        gamification::awards(&mut page, overview);
    }
    page
}

/// The chances that the program gives, and how often they were right.
fn now(page: &mut StyledPage, overview: &Overview) {
    let look = page.look;
    if look.plain || look.width < BESIDE_FROM {
        recall_chart::recall_chart(page, overview);
        calibration::calibration(page, &overview.predictions);
        return;
    }
    let half = look.width / 2;
    let mut left = StyledPage::new(Look { width: half, ..look });
    let mut right = StyledPage::new(Look { width: look.width - half, ..look });
    recall_chart::recall_chart(&mut left, overview);
    calibration::calibration(&mut right, &overview.predictions);
    page.beside(&left, &right);
}

/// A note about a clock that was wrong.
fn later(page: &mut StyledPage, overview: &Overview) {
    if overview.later == 0 {
        return;
    }
    let verb = if overview.later == 1 { "carries" } else { "carry" };
    let answers = counted(u64::from(overview.later), "answer", "answers");
    page.blank();
    page.toned(
        Tone::Warn,
        "",
        format!("{answers} {verb} a later day than today: a clock was wrong, here or on another device."),
    );
}

/// "412 of 620".
fn of(have: u64, all: u64) -> String {
    format!("{} of {}", number(have), number(all))
}
