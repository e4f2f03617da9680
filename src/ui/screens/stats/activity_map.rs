//! The last 26 weeks as a map of days: darker means more answers.

use chrono::{Datelike, Days, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::numbers::{counted, number};
use crate::ui::look::{Look, Tone};
use crate::ui::styled_page::{StyledPage, span, style};
use crate::ui::text::date;
use badgedex_domain::overview::Overview;

/// The columns of the map.
pub const WEEKS: u64 = 26;
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// Columns before the first week.
const LEFT: u16 = 5;
/// The map and its legend are shown side by side from this width, in columns.
const LEGEND_BESIDE: usize = 74;

/// The Monday with which the map begins.
pub fn first_monday(day: NaiveDate) -> NaiveDate {
    monday_of(day) - Days::new((WEEKS - 1) * 7)
}

/// The Monday of the week of a day.
pub fn monday_of(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}

/// Adds the map of days.
pub fn activity_map(page: &mut StyledPage, overview: &Overview) {
    let from = first_monday(overview.day);
    let active: Vec<u32> = overview.days.range(from..).map(|(_, d)| d.answers).filter(|n| *n > 0).collect();
    let days = counted(active.len() as u64, "day of study", "days of study");
    page.heading("The last 26 weeks", &days);
    if page.look.plain {
        plain(page, overview, from);
        return;
    }
    let shades = Shades::of(active);
    let map = map(page, overview, from, &shades);
    page.picture(&map);
    if page.room() < LEGEND_BESIDE {
        legend_below(page, &shades);
    }
}

/// The numbers of answers from which a day is drawn darker: the quartiles of the days with answers.
struct Shades([u32; 3]);

impl Shades {
    fn of(mut active: Vec<u32>) -> Shades {
        active.sort_unstable();
        let quarter = |n: usize| active.get(active.len() * n / 4).copied().unwrap_or(1);
        Shades([quarter(1), quarter(2), quarter(3)])
    }

    /// 0 for nothing, 4 for most.
    fn shade(&self, answers: u32) -> usize {
        if answers == 0 { 0 } else { 1 + self.0.iter().filter(|from| **from <= answers).count() }
    }

    /// The shades that can occur, each with the number of answers that it means.
    fn legend(&self) -> Vec<(usize, String)> {
        let [a, b, c] = self.0;
        let between = |from: u32, to: u32| match from + 1 == to {
            true => number(u64::from(from)),
            false => format!("{} to {}", number(u64::from(from)), number(u64::from(to - 1))),
        };
        let mut all = vec![(0, "no answers".to_owned())];
        for (shade, (from, to)) in [(1, a), (a, b), (b, c)].into_iter().enumerate() {
            if from < to {
                all.push((shade + 1, between(from, to)));
            }
        }
        all.push((4, format!("{} or more", number(u64::from(c)))));
        all
    }
}

fn mark(look: &Look, shade: usize) -> (&'static str, Tone) {
    let marks = [("·", "."), ("░", "-"), ("▒", "+"), ("▓", "*"), ("█", "#")];
    let (unicode, ascii) = marks[shade.min(4)];
    (look.symbol(unicode, ascii), if shade == 0 { Tone::Dim } else { Tone::Good })
}

fn map(page: &StyledPage, overview: &Overview, from: NaiveDate, shades: &Shades) -> Buffer {
    let look = &page.look;
    let step = if page.room() >= usize::from(LEFT) + WEEKS as usize * 2 { 2 } else { 1 };
    let wide = (page.room() as u16).max(LEFT + 4);
    // On the narrowest screens the first weeks do not fit.
    let weeks = u64::from((wide - LEFT) / step).min(WEEKS);
    let from = from + Days::new((WEEKS - weeks) * 7);
    let mut buffer = Buffer::empty(Rect::new(0, 0, wide, 8));
    months(&mut buffer, from, step);
    for (row, name) in (1..).zip(WEEKDAYS) {
        buffer.set_string(0, row, name, style(Tone::Dim));
    }
    for after in 0..weeks * 7 {
        let day = from + Days::new(after);
        if day > overview.day {
            break;
        }
        let answers = overview.days.get(&day).map_or(0, |totals| totals.answers);
        let (symbol, tone) = mark(look, shades.shade(answers));
        let (week, weekday) = ((after / 7) as u16, (after % 7) as u16);
        buffer.set_string(LEFT + week * step, 1 + weekday, symbol, style(tone));
    }
    if page.room() >= LEGEND_BESIDE {
        let left = LEFT + WEEKS as u16 * step + 3;
        for (row, (shade, answers)) in (2..).zip(shades.legend()) {
            let (symbol, tone) = mark(look, shade);
            buffer.set_string(left, row, symbol, style(tone));
            buffer.set_stringn(left + 2, row, answers, usize::from(wide - left - 2), style(Tone::Plain));
        }
    }
    buffer
}

/// The names of the months, each above the first week that begins in it.
fn months(buffer: &mut Buffer, from: NaiveDate, step: u16) {
    let mut last = None;
    let mut free = 0;
    for week in 0..WEEKS {
        let monday = from + Days::new(week * 7);
        let column = week as u16 * step;
        let ends_soon = week == 0 && (monday + Days::new(21)).month() != monday.month();
        if last == Some(monday.month()) || column < free || ends_soon || LEFT + column + 3 > buffer.area.width
        {
            continue;
        }
        last = Some(monday.month());
        buffer.set_string(LEFT + column, 0, monday.format("%b").to_string(), style(Tone::Dim));
        free = column + 4;
    }
}

fn legend_below(page: &mut StyledPage, shades: &Shades) {
    let mut line = vec![span(Tone::Dim, "     ")];
    let mut taken = 5;
    for (shade, answers) in shades.legend() {
        let (symbol, tone) = mark(&page.look, shade);
        let words = format!(" {answers}  ");
        let width = 1 + words.chars().count();
        if taken + width > page.room() + 2 {
            page.line(std::mem::replace(&mut line, vec![span(Tone::Dim, "     ")]));
            taken = 5;
        }
        line.extend([span(tone, symbol), span(Tone::Plain, words)]);
        taken += width;
    }
    page.line(line);
}

fn plain(page: &mut StyledPage, overview: &Overview, from: NaiveDate) {
    for week in 0..WEEKS {
        let monday = from + Days::new(week * 7);
        let days = overview.days.range(monday..monday + Days::new(7)).map(|(_, totals)| totals.answers);
        let active: Vec<u32> = days.filter(|answers| *answers > 0).collect();
        if active.is_empty() {
            continue;
        }
        let answers: u64 = active.iter().map(|n| u64::from(*n)).sum();
        page.para(format!(
            "In the week of {}: {} on {}.",
            date(monday),
            counted(answers, "answer", "answers"),
            counted(active.len() as u64, "day", "days")
        ));
    }
}
