//! Predicted against actual: of the answers that the program gave a chance, how many were right.

use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::symbols::Marker;
use ratatui::text::Line;
use ratatui::widgets::{Axis, Chart, Dataset, Widget};

use super::chances::span;
use super::words::{counted, number};
use crate::ui::look::{Look, Tone};
use crate::ui::sheet::{Sheet, piece, style};
use crate::ui::text::percent;
use badgedex_domain::history::{Calibration, Predictions};

/// So many answers make a comparison worth drawing.
pub const ENOUGH: u32 = 20;
const ROWS: u16 = 11;
const WIDEST: u16 = 48;
/// Columns of the whole table.
const TABLE: usize = 36;

/// Predictions of checked answers: what a learner says of themselves proves none.
pub fn predictions(sheet: &mut Sheet, predictions: &Predictions) {
    let all = &predictions.all;
    sheet.heading("Predicted against actual", &counted(u64::from(all.answers), "answer", "answers"));
    if let Some(missing) = ENOUGH.checked_sub(all.answers).filter(|missing| *missing > 0) {
        sheet.para(format!("The plot begins at {ENOUGH} answers on later days: {missing} more."));
        return;
    }
    if !sheet.look.plain {
        let plot = plot(&sheet.look, sheet.room(), predictions);
        sheet.picture(&plot);
        let heads = "Chance       Answers   Right   Given";
        let heads = if sheet.room() < TABLE { "Chance       Answers Right" } else { heads };
        sheet.line([piece(Tone::Dim, heads)]);
    }
    for (bin, of_bin) in predictions.bins.iter().enumerate().rev() {
        if let Some((predicted, actual)) = of_bin.means() {
            row(sheet, bin, of_bin, predicted, actual);
        }
    }
    if let Some((predicted, actual)) = all.means() {
        sheet.para(format!("In all {} predicted, {} right.", percent(predicted), percent(actual)));
    }
}

fn row(sheet: &mut Sheet, bin: usize, of_bin: &Calibration, predicted: f64, actual: f64) {
    let (given, came) = (percent(predicted), percent(actual));
    if sheet.look.plain {
        let answers = counted(u64::from(of_bin.answers), "answer", "answers");
        let right = number(u64::from(of_bin.right));
        sheet.para(format!("{}: {answers}, {right} right ({came}), predicted {given}.", span(bin)));
        return;
    }
    let answers = number(u64::from(of_bin.answers));
    if sheet.room() < TABLE {
        let share = piece(Tone::Title, format!("{came:>6}"));
        sheet.line([piece(Tone::Plain, format!("{:<11}{answers:>9}", span(bin))), share]);
        return;
    }
    sheet.line([
        piece(Tone::Plain, format!("{:<11}", span(bin))),
        piece(Tone::Plain, format!("{answers:>9}")),
        piece(Tone::Title, format!("{came:>8}")),
        piece(Tone::Dim, format!("{given:>8}")),
    ]);
}

fn plot(look: &Look, room: usize, predictions: &Predictions) -> Buffer {
    let area = Rect::new(0, 0, (room as u16).min(WIDEST), ROWS);
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
