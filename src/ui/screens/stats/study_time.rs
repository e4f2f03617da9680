//! The time spent studying.

use super::activity_map::monday_of;
use super::numbers::{counted, hours};
use crate::ui::styled_page::StyledPage;
use badgedex_domain::overview::Overview;

/// Adds the time spent studying.
pub fn study_time(page: &mut StyledPage, overview: &Overview) {
    page.heading("Time spent", "");
    if overview.took_ms == 0 {
        page.para("No answer carries the time that it took yet.");
        return;
    }
    let monday = monday_of(overview.day);
    let week: u64 = overview.days.range(monday..=overview.day).map(|(_, totals)| totals.took_ms).sum();
    let days = u64::from(overview.days_studied.max(1));
    page.para(format!(
        "This week {}, in all {}; {} a day of study, over {}.",
        hours(week),
        hours(overview.took_ms),
        hours(overview.took_ms / days),
        counted(days, "day", "days")
    ));
}
