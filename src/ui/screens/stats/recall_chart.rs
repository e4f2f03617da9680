//! A chart of retrievability now: how many questions have which chance to be recalled.

use ratatui::buffer::Buffer;
use ratatui::layout::{Direction, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Bar, BarChart, Widget};

use super::numbers::{counted, number};
use crate::ui::look::Tone;
use crate::ui::styled_page::{StyledPage, style};
use badgedex_domain::history::BINS;
use badgedex_domain::overview::Overview;

/// Columns before the bars.
const LABEL: u16 = 13;

/// Adds the chart of chances to recall.
pub fn recall_chart(page: &mut StyledPage, overview: &Overview) {
    let all: u64 = overview.chances.iter().map(|n| u64::from(*n)).sum();
    page.heading("Chance to recall, now", &counted(all, "question", "questions"));
    if all == 0 {
        page.para("The chart begins with the first question that is asked within the schedule: 1 more.");
    } else if page.look.plain {
        for (bin, questions) in overview.chances.iter().enumerate().rev().filter(|(_, n)| **n > 0) {
            let questions = counted(u64::from(*questions), "question", "questions");
            page.para(format!("At a chance of {}: {questions}.", bin_range(bin)));
        }
    } else {
        let chart = chart(page.room(), overview);
        page.picture(&chart);
    }
}

/// "80 to 90 %".
pub fn bin_range(bin: usize) -> String {
    format!("{} to {} %", bin * 100 / BINS, (bin + 1) * 100 / BINS)
}

fn chart(room: usize, overview: &Overview) -> Buffer {
    let area = Rect::new(0, 0, room as u16, BINS as u16);
    let mut buffer = Buffer::empty(area);
    let most = overview.chances.iter().copied().max().unwrap_or(1).max(1);
    let figures = number(u64::from(most)).len() as u16 + 1;
    let bars: Vec<Bar> = overview.chances.iter().enumerate().rev().map(|(bin, n)| bar(bin, *n)).collect();
    let widget = BarChart::vertical(bars).direction(Direction::Horizontal).bar_gap(0).max(u64::from(most));
    let wide = area.width.saturating_sub(LABEL + figures);
    widget.render(Rect { x: LABEL, width: wide, ..area }, &mut buffer);
    for (row, (bin, questions)) in overview.chances.iter().enumerate().rev().enumerate() {
        let figure = number(u64::from(*questions));
        let tone = if *questions == 0 { Tone::Dim } else { Tone::Plain };
        buffer.set_string(0, row as u16, format!("{:>12}", bin_range(bin)), style(Tone::Dim));
        buffer.set_string(area.width - figure.len() as u16, row as u16, figure, style(tone));
    }
    buffer
}

/// Low chances, which are due soon or already, are drawn as a warning.
fn bar(bin: usize, questions: u32) -> Bar<'static> {
    let tone = match bin {
        9.. => Tone::Good,
        7..9 => Tone::Accent,
        _ => Tone::Warn,
    };
    Bar::default().value(u64::from(questions)).text_value("").label(Line::default()).style(style(tone))
}
