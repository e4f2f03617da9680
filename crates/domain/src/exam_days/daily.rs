//! How many answers a day the learner gives.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::history::DayTotals;
use crate::settings::{Goal, Settings};

/// The pace is that of this many days before today.
const DAYS: u64 = 14;
/// A slower pace is not assumed.
const MIN_ANSWERS: u32 = 10;
/// What is assumed of a learner who did not answer lately.
const DEFAULT_ANSWERS: u32 = 20;

/// The daily number of answers: what is set, else a goal in answers, else the mean of the last two weeks over the
/// days with answers.
pub fn daily_answers(settings: &Settings, days: &BTreeMap<NaiveDate, DayTotals>, today: NaiveDate) -> u32 {
    let goal = match settings.goal {
        Some(Goal::Answers(number)) => Some(number),
        Some(Goal::Minutes(_)) | None => None,
    };
    settings.answers_per_day.or(goal).unwrap_or_else(|| pace(days, today))
}

fn pace(days: &BTreeMap<NaiveDate, DayTotals>, today: NaiveDate) -> u32 {
    let from = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today);
    let answers: Vec<u32> =
        days.range(from..today).map(|(_, totals)| totals.answers).filter(|answers| *answers > 0).collect();
    if answers.is_empty() {
        return DEFAULT_ANSWERS;
    }
    let mean = f64::from(answers.iter().sum::<u32>()) / answers.len() as f64;
    (mean.round() as u32).max(MIN_ANSWERS)
}
