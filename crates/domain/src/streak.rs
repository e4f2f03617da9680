//! The streak: days of study in a row, with days of rest that do not break it.
//!
//! A day counts once its goal is reached or, without a goal, once something was answered. Weekdays off
//! are skipped. Seven days of study earn a day of rest; at most two are kept, and they are used automatically.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::history::DayTotals;
use super::settings::{Goal, Settings};

/// Days of study that earn a day of rest.
const DAYS_PER_REST_DAY: u32 = 7;
/// How many days of rest are kept.
const MAX_REST_DAYS: u32 = 2;
/// A shorter streak that ended is not mentioned.
const MIN_LOST_DAYS: u32 = 3;
const MS_PER_MINUTE: u64 = 60_000;

/// The streak as of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Streak {
    /// Days of study in a row; days of rest are not counted.
    pub days: u32,
    /// The longest streak ever, in days of study.
    pub longest: u32,
    /// Days of rest that are left.
    pub rest_days: u32,
    /// Whether today counts already.
    pub is_today_done: bool,
    /// The last streak that ended; `None` if another one has begun since, or it was short.
    pub lost: Option<Lost>,
}

/// A streak that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    /// How long it was.
    pub days: u32,
    /// Its last day.
    pub on: NaiveDate,
}

/// Whether a day's goal is reached.
pub fn is_reached(goal: Option<Goal>, day: &DayTotals) -> bool {
    match goal {
        None => day.answers > 0,
        Some(Goal::Answers(number)) => day.answers >= number,
        Some(Goal::Minutes(number)) => day.took_ms >= u64::from(number) * MS_PER_MINUTE,
    }
}

/// The streak on `today`, from the totals of each day; later days are ignored.
pub fn streak(days: &BTreeMap<NaiveDate, DayTotals>, settings: &Settings, today: NaiveDate) -> Streak {
    let mut run = Run::default();
    for (day, totals) in days.range(..=today) {
        if is_reached(settings.rule_on(*day).goal, totals) {
            run.study(*day, settings);
        }
    }
    let is_over = run.last.is_some_and(|last| !run.bridges(last, today, settings));
    let (days, rest_days) = if is_over { (0, 0) } else { (run.days, run.rest_on(today, settings)) };
    let lost = run.last.filter(|_| is_over && run.days >= MIN_LOST_DAYS);
    Streak {
        days,
        longest: run.longest,
        rest_days,
        is_today_done: run.last == Some(today),
        lost: lost.map(|on| Lost { days: run.days, on }),
    }
}

/// A streak while it is counted.
#[derive(Debug, Default)]
struct Run {
    days: u32,
    longest: u32,
    rest: u32,
    last: Option<NaiveDate>,
}

impl Run {
    fn study(&mut self, day: NaiveDate, settings: &Settings) {
        match self.last {
            Some(last) if self.bridges(last, day, settings) => self.rest -= missed(last, day, settings),
            _ => (self.days, self.rest) = (0, 0),
        }
        self.days += 1;
        self.longest = self.longest.max(self.days);
        self.last = Some(day);
        if self.days.is_multiple_of(DAYS_PER_REST_DAY) {
            self.rest = (self.rest + 1).min(MAX_REST_DAYS);
        }
    }

    /// Whether the days of rest cover all missed days between two days.
    fn bridges(&self, last: NaiveDate, day: NaiveDate, settings: &Settings) -> bool {
        missed(last, day, settings) <= self.rest
    }

    /// The days of rest that are left once those before today are used.
    fn rest_on(&self, today: NaiveDate, settings: &Settings) -> u32 {
        self.rest.saturating_sub(self.last.map_or(0, |last| missed(last, today, settings)))
    }
}

/// Days between two on which study was expected. Counting stops at one more than can be covered.
fn missed(last: NaiveDate, day: NaiveDate, settings: &Settings) -> u32 {
    let between = last.iter_days().skip(1).take_while(|between| *between < day);
    let expected = between.filter(|between| !settings.rule_on(*between).days_off.has(between.weekday()));
    expected.take(MAX_REST_DAYS as usize + 1).count() as u32
}

#[cfg(test)]
mod tests;
