//! The time that was spent.

use chrono::{Datelike, Days};

use super::words::{counted, hours};
use crate::ui::sheet::Sheet;
use badgedex_domain::overview::Overview;

pub fn time(sheet: &mut Sheet, overview: &Overview) {
    sheet.heading("Time spent", "");
    if overview.took_ms == 0 {
        sheet.para("No answer carries the time that it took yet.");
        return;
    }
    let monday = overview.day - Days::new(u64::from(overview.day.weekday().num_days_from_monday()));
    let week: u64 = overview.days.range(monday..=overview.day).map(|(_, totals)| totals.took_ms).sum();
    let days = u64::from(overview.days_studied.max(1));
    sheet.para(format!(
        "This week {}, in all {}; {} a day of study, over {}.",
        hours(week),
        hours(overview.took_ms),
        hours(overview.took_ms / days),
        counted(days, "day", "days")
    ));
}
