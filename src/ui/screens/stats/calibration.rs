//! Predicted against actual recall: for each predicted chance, how many answers were right.

use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::symbols::Marker;
use ratatui::text::Line;
use ratatui::widgets::{Axis, Chart, Dataset, Widget};

use super::numbers::{counted, number};
use super::recall_chart::bin_range;
use crate::ui::look::{Look, Tone};
use crate::ui::styled_page::{StyledPage, span, style};
use crate::ui::text::percent;
use badgedex_domain::history::{Calibration, Predictions};

/// Answers that a comparison needs to be drawn.
pub const MIN_ANSWERS: u32 = 20;
const ROWS: u16 = 11;
const MAX_PLOT_WIDTH: u16 = 48;
/// Columns of the whole table.
const TABLE_WIDTH: usize = 36;

/// Only checked answers: a self-checked one does not prove a prediction.
pub fn calibration(page: &mut StyledPage, predictions: &Predictions) {
    let all = &predictions.all;
    page.heading("Predicted against actual", &counted(u64::from(all.answers), "answer", "answers"));
    if let Some(missing) = MIN_ANSWERS.checked_sub(all.answers).filter(|missing| *missing > 0) {
        page.para(format!("The plot begins at {MIN_ANSWERS} answers on later days: {missing} more."));
        return;
    }
    if !page.look.plain {
        let plot = plot(&page.look, page.room(), predictions);
        page.picture(&plot);
        let heads = "Chance       Answers   Right   Given";
        let heads = if page.room() < TABLE_WIDTH { "Chance       Answers Right" } else { heads };
        page.line([span(Tone::Dim, heads)]);
    }
    for (bin, of_bin) in predictions.bins.iter().enumerate().rev() {
        if let Some((predicted, actual)) = of_bin.means() {
            row(page, bin, of_bin, predicted, actual);
        }
    }
    if let Some((predicted, actual)) = all.means() {
        page.para(format!("In all {} predicted, {} right.", percent(predicted), percent(actual)));
    }
}

fn row(page: &mut StyledPage, bin: usize, of_bin: &Calibration, predicted: f64, actual: f64) {
    let (given, came) = (percent(predicted), percent(actual));
    if page.look.plain {
        let answers = counted(u64::from(of_bin.answers), "answer", "answers");
        let right = number(u64::from(of_bin.right));
        page.para(format!("{}: {answers}, {right} right ({came}), predicted {given}.", bin_range(bin)));
        return;
    }
    let answers = number(u64::from(of_bin.answers));
    if page.room() < TABLE_WIDTH {
        let share = span(Tone::Title, format!("{came:>6}"));
        page.line([span(Tone::Plain, format!("{:<11}{answers:>9}", bin_range(bin))), share]);
        return;
    }
    page.line([
        span(Tone::Plain, format!("{:<11}", bin_range(bin))),
        span(Tone::Plain, format!("{answers:>9}")),
        span(Tone::Title, format!("{came:>8}")),
        span(Tone::Dim, format!("{given:>8}")),
    ]);
}

fn plot(look: &Look, room: usize, predictions: &Predictions) -> Buffer {
    let area = Rect::new(0, 0, (room as u16).min(MAX_PLOT_WIDTH), ROWS);
    let mut buffer = Buffer::empty(area);
    let diagonal: Vec<(f64, f64)> = (0..=20).map(|i| (f64::from(i) * 5.0, f64::from(i) * 5.0)).collect();
    let means = predictions.bins.iter().filter_map(Calibration::means);
    let points: Vec<(f64, f64)> =
        means.map(|(predicted, actual)| (predicted * 100.0, actual * 100.0)).collect();
    let (dots, point) = match look.unicode {
        true => (Marker::Braille, Marker::Custom('●')),
        false => (Marker::Custom('.'), Marker::Custom('o')),
    };
    let datasets = vec![
        Dataset::default().marker(dots).style(style(Tone::Dim)).data(&diagonal),
        Dataset::default().marker(point).style(style(Tone::Good)).data(&points),
    ];
    let axis = |labels: [&'static str; 3]| {
        let labels = labels.map(Line::from);
        Axis::default()
            .bounds([0.0, 100.0])
            .labels(labels)
            .labels_alignment(Alignment::Right)
            .style(style(Tone::Dim))
    };
    let x = axis(["0", "50", "100 %"]).title("predicted");
    let y = axis(["0", "50", "100"]).title("right");
    Chart::new(datasets).x_axis(x).y_axis(y).legend_position(None).render(area, &mut buffer);
    buffer
}
