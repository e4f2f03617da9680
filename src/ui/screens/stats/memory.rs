//! Days of memory: the sum, what has faded, the level, and how it grew.

use chrono::{Days, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::symbols::Marker;
use ratatui::text::Line;
use ratatui::widgets::{Axis, Chart, Dataset, GraphType, Widget};

use super::Stats;
use super::activity_map::{WEEKS, first_monday};
use super::numbers::{counted, number, whole};
use crate::ui::look::{Look, Tone};
use crate::ui::styled_page::{StyledPage, span, style};
use crate::ui::text::{bar, date};
use badgedex_domain::levels::MemoryDays;
use badgedex_domain::overview::Overview;

/// Days with answers that the plot needs.
const MIN_DAYS: usize = 2;
const ROWS: u16 = 9;

/// Adds the days of memory, their plot and the level.
pub fn memory(page: &mut StyledPage, stats: &Stats) {
    let overview = stats.overview;
    let memory = &overview.memory;
    page.heading("Days of memory", &number(whole(memory.days)));
    let points = points(overview);
    let missing = MIN_DAYS.saturating_sub(overview.days.values().filter(|day| day.answers > 0).count());
    if page.look.plain {
        plain(page, overview, &points);
    } else if missing > 0 || points.iter().all(|(_, days)| *days <= 0.0) {
        let days = counted(missing.max(1) as u64, "day", "days");
        page.para(format!("The plot begins at {MIN_DAYS} days of study within 26 weeks: {days} more."));
    } else {
        page.picture(&plot(&page.look, page.room(), overview.day, &points));
    }
    page.para(faded(memory));
    if stats.gamification {
        level(page, memory);
    }
}

/// Days since the first Monday shown, and the days of memory at their end.
fn points(overview: &Overview) -> Vec<(f64, f64)> {
    let from = first_monday(overview.day);
    let before: f64 = overview.days.range(..from).map(|(_, totals)| totals.memory).sum();
    let mut sum = overview.memory_before + before;
    let shown = (overview.day - from).num_days().max(0);
    (0..=shown)
        .map(|after| {
            let day = from + Days::new(after.unsigned_abs());
            sum += overview.days.get(&day).map_or(0.0, |totals| totals.memory);
            (after as f64, if sum.is_finite() { sum.max(0.0) } else { 0.0 })
        })
        .collect()
}

fn plot(look: &Look, room: usize, day: NaiveDate, points: &[(f64, f64)]) -> Buffer {
    let area = Rect::new(0, 0, room as u16, ROWS);
    let mut buffer = Buffer::empty(area);
    let top = points.iter().map(|(_, days)| *days).fold(1.0, f64::max);
    let last = points.last().map_or(1.0, |(after, _)| after.max(1.0));
    let (marker, graph) =
        if look.unicode { (Marker::Braille, GraphType::Area) } else { (Marker::Dot, GraphType::Line) };
    let area_of_memory =
        Dataset::default().marker(marker).graph_type(graph).style(style(Tone::Accent)).data(points);
    let from = first_monday(day);
    let middle = from + Days::new(WEEKS * 7 / 2);
    let days = [from, middle, day].map(|day| Line::from(day.format("%-d %b").to_string()));
    let heights = [0.0, top / 2.0, top].map(|days| Line::from(number(whole(days))));
    let dim = style(Tone::Dim);
    let x = Axis::default().bounds([0.0, last]).labels(days).style(dim);
    let y = Axis::default().bounds([0.0, top]).labels(heights).labels_alignment(Alignment::Right).style(dim);
    Chart::new(vec![area_of_memory]).x_axis(x).y_axis(y).legend_position(None).render(area, &mut buffer);
    buffer
}

fn faded(memory: &MemoryDays) -> String {
    match whole(memory.faded) {
        0 => "None of it has faded: what is due is learned again first.".to_owned(),
        faded => format!("{} of it belong to questions that have faded: they are due.", number(faded)),
    }
}

fn level(page: &mut StyledPage, memory: &MemoryDays) {
    let now = memory.level().map_or("none yet", |level| level.name);
    let Some(next) = memory.next_level() else {
        page.para(format!("Level: {now}, the last one."));
        return;
    };
    let missing = counted(whole((next.from_days - memory.days).ceil()), "day", "days");
    let asks = format!("{missing} more to {} at {}", next.name, number(whole(next.from_days)));
    let from = memory.level().map_or(0.0, |level| level.from_days);
    let share = (memory.days - from) / (next.from_days - from);
    if page.look.plain || page.look.is_narrow() {
        page.para(format!("Level: {now}. {asks}."));
        return;
    }
    let cells = bar(&Look { color: false, ..page.look }, share, 14);
    page.line([
        span(Tone::Plain, "Level "),
        span(Tone::Title, now),
        span(Tone::Accent, format!("  {cells}")),
        span(Tone::Plain, format!("  {asks}")),
    ]);
}

/// Every fourth week in words.
fn plain(page: &mut StyledPage, overview: &Overview, points: &[(f64, f64)]) {
    let from = first_monday(overview.day);
    for (week, at) in points.iter().step_by(28).enumerate() {
        let day = from + Days::new(week as u64 * 28);
        let days = counted(whole(at.1), "day", "days");
        page.para(format!("On {}: {days} of memory.", date(day)));
    }
}
