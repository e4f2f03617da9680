//! The questions that become due in the next thirty days.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Bar, BarChart, Widget};

use super::numbers::{counted, number};
use crate::ui::look::Tone;
use crate::ui::styled_page::{StyledPage, style};
use crate::ui::text::date;
use badgedex_domain::overview::Overview;

const DAYS: u64 = 30;
const ROWS: u16 = 6;

/// Adds the chart of what becomes due.
pub fn due_forecast(page: &mut StyledPage, overview: &Overview) {
    let days: Vec<(NaiveDate, u64)> = (0..DAYS)
        .map(|after| overview.day + Days::new(after))
        .map(|day| (day, overview.coming.get(&day).copied().unwrap_or(0) as u64))
        .collect();
    let all: u64 = days.iter().map(|(_, due)| due).sum();
    page.heading("The next 30 days", &format!("{} due", number(all)));
    if all == 0 {
        page.para(nothing(overview));
        return;
    }
    if page.look.plain {
        plain(page, &days);
        return;
    }
    let chart = chart(page.room(), &days);
    page.picture(&chart);
    page.para(told(&days));
}

fn nothing(overview: &Overview) -> String {
    match overview.after_today().first() {
        Some((on, due)) => {
            format!("Nothing; then {} on {}.", counted(*due as u64, "question", "questions"), date(*on))
        }
        None => "Nothing: no question was asked within the schedule yet.".to_owned(),
    }
}

fn told(days: &[(NaiveDate, u64)]) -> String {
    let sum = |first: usize| days.iter().take(first).map(|(_, due)| due).sum::<u64>();
    let now = format!("{} now, {} within a week.", number(sum(1)), number(sum(7)));
    let fullest = days.iter().skip(1).max_by_key(|(day, due)| (*due, std::cmp::Reverse(*day)));
    match fullest.filter(|(_, due)| *due > 0) {
        Some((day, due)) => format!("{now} The fullest day: {}, {}.", day.format("%a %-d %B"), number(*due)),
        None => now,
    }
}

fn chart(room: usize, days: &[(NaiveDate, u64)]) -> Buffer {
    let area = Rect::new(0, 0, room as u16, ROWS + 1);
    let mut buffer = Buffer::empty(area);
    // A large backlog would flatten the coming days, so its bar is cut.
    let most = days.iter().skip(1).map(|(_, due)| *due).max().filter(|due| *due > 0);
    let most = most.unwrap_or(days[0].1).max(1);
    let scale = number(most);
    let left = scale.len() as u16 + 1;
    let step = if area.width >= left + DAYS as u16 * 2 { 2 } else { 1 };
    let tone = |i: usize| if i == 0 { Tone::Warn } else { Tone::Accent };
    let bar = |(i, (_, due)): (usize, &(NaiveDate, u64))| {
        Bar::default().value((*due).min(most)).text_value("").style(style(tone(i)))
    };
    let bars: Vec<Bar> = days.iter().enumerate().map(bar).collect();
    let widget = BarChart::vertical(bars).bar_width(1).bar_gap(step - 1).max(most);
    let wide = area.width.saturating_sub(left);
    widget.render(Rect::new(left, 0, wide, ROWS), &mut buffer);
    buffer.set_string(0, 0, &scale, style(Tone::Dim));
    buffer.set_string(left - 2, ROWS - 1, "0", style(Tone::Dim));
    marks(&mut buffer, days, left, step);
    buffer
}

/// Today and the Mondays below their columns.
fn marks(buffer: &mut Buffer, days: &[(NaiveDate, u64)], left: u16, step: u16) {
    let dim = style(Tone::Dim);
    buffer.set_string(left, ROWS, "now", dim);
    let mut free = left + 4;
    for (i, (day, _)) in days.iter().enumerate().skip(1) {
        let column = left + i as u16 * step;
        let mark = day.format("%-d %b").to_string();
        let fits = column >= free && column + mark.len() as u16 <= buffer.area.width;
        if day.weekday() == Weekday::Mon && fits {
            buffer.set_string(column, ROWS, &mark, dim);
            free = column + mark.len() as u16 + 1;
        }
    }
}

fn plain(page: &mut StyledPage, days: &[(NaiveDate, u64)]) {
    for (i, (day, due)) in days.iter().enumerate().filter(|(_, (_, due))| *due > 0) {
        let questions = counted(*due, "question", "questions");
        match i {
            0 => page.para(format!("Due now: {questions}.")),
            _ => page.para(format!("On {}: {questions}.", date(*day))),
        };
    }
}
