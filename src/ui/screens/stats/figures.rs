//! The figures at the head: how much is known.

use super::of;
use super::words::{number, whole};
use crate::ui::look::Tone;
use crate::ui::sheet::{Sheet, piece};
use crate::ui::text::{display_width, fit, percent};
use badgedex_domain::overview::Overview;

/// Columns between two figures, at least.
const LEAST_GAP: usize = 2;

/// A figure and what it counts.
type Figure = (String, String, Tone);

pub fn figures(sheet: &mut Sheet, overview: &Overview) {
    let figures = all(overview);
    if sheet.look.plain {
        plain(sheet, overview);
        return;
    }
    let wide = |(value, label, _): &Figure| display_width(value).max(display_width(label));
    let taken: usize = figures.iter().map(wide).sum();
    let gap = sheet.room().saturating_sub(taken) / (figures.len() - 1);
    if sheet.look.is_narrow() || gap < LEAST_GAP {
        below_each_other(sheet, &figures);
        return;
    }
    let column = |figure: &Figure| wide(figure) + gap;
    sheet.line(figures.iter().map(|figure| piece(figure.2, fit(&figure.0, column(figure)))));
    sheet.line(figures.iter().map(|figure| piece(Tone::Dim, fit(&figure.1, column(figure)))));
}

fn below_each_other(sheet: &mut Sheet, figures: &[Figure]) {
    let wide = figures.iter().map(|(value, ..)| display_width(value)).max().unwrap_or(0);
    let room = sheet.room().saturating_sub(wide + LEAST_GAP);
    for (value, label, tone) in figures {
        let label = format!("  {}", fit(label, room));
        sheet.line([piece(*tone, format!("{value:>wide$}")), piece(Tone::Dim, label)]);
    }
}

fn all(overview: &Overview) -> Vec<Figure> {
    let known = &overview.all;
    let due = if overview.due > 0 { Tone::Warn } else { Tone::Title };
    vec![
        (number(known.seen as u64), format!("seen of {}", number(known.questions as u64)), Tone::Title),
        (number(known.mastered as u64), "mastered".into(), Tone::Good),
        (number(overview.due as u64), "due now".into(), due),
        (number(u64::from(overview.checked().0)), right(overview), Tone::Title),
        (number(whole(overview.memory.days)), "days of memory".into(), Tone::Accent),
    ]
}

/// Checked answers only: self-checked ones have a part of the page to themselves.
fn right(overview: &Overview) -> String {
    let what = if overview.self_checked.answers > 0 { "checked" } else { "answers" };
    match overview.checked() {
        (0, _) => what.to_owned(),
        (answers, right) => format!("{what}, {} right", tight(f64::from(right) / f64::from(answers))),
    }
}

/// A share where every column counts: "84%".
fn tight(share: f64) -> String {
    percent(share).replace(' ', "")
}

fn plain(sheet: &mut Sheet, overview: &Overview) {
    let known = &overview.all;
    sheet.para(format!(
        "{} questions seen, {} mastered, {} due now.",
        of(known.seen as u64, known.questions as u64),
        number(known.mastered as u64),
        number(overview.due as u64)
    ));
    let (answers, right) = overview.checked();
    if answers > 0 {
        let share = percent(f64::from(right) / f64::from(answers));
        let (one, many) = match overview.self_checked.answers {
            0 => ("answer", "answers"),
            _ => ("checked answer", "checked answers"),
        };
        sheet.para(format!("{}, {share} right.", super::counted(u64::from(answers), one, many)));
    }
}
