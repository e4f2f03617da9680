//! The key figures at the top: how much is known.

use super::numbers::{number, whole};
use super::of;
use crate::ui::look::Tone;
use crate::ui::styled_page::{StyledPage, span};
use crate::ui::text::{display_width, fit, percent};
use badgedex_domain::overview::Overview;

/// Columns between two figures, at least.
const MIN_GAP: usize = 2;

/// A figure and what it counts.
type Figure = (String, String, Tone);

/// Adds the key figures.
pub fn key_figures(page: &mut StyledPage, overview: &Overview) {
    let figures = all(overview);
    if page.look.plain {
        plain(page, overview);
        return;
    }
    let wide = |(value, label, _): &Figure| display_width(value).max(display_width(label));
    let taken: usize = figures.iter().map(wide).sum();
    let gap = page.room().saturating_sub(taken) / (figures.len() - 1);
    if page.look.is_narrow() || gap < MIN_GAP {
        below_each_other(page, &figures);
        return;
    }
    let column = |figure: &Figure| wide(figure) + gap;
    page.line(figures.iter().map(|figure| span(figure.2, fit(&figure.0, column(figure)))));
    page.line(figures.iter().map(|figure| span(Tone::Dim, fit(&figure.1, column(figure)))));
}

fn below_each_other(page: &mut StyledPage, figures: &[Figure]) {
    let wide = figures.iter().map(|(value, ..)| display_width(value)).max().unwrap_or(0);
    let room = page.room().saturating_sub(wide + MIN_GAP);
    for (value, label, tone) in figures {
        let label = format!("  {}", fit(label, room));
        page.line([span(*tone, format!("{value:>wide$}")), span(Tone::Dim, label)]);
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

/// Checked answers only: self-checked ones have their own section.
fn right(overview: &Overview) -> String {
    let what = if overview.self_checked.answers > 0 { "checked" } else { "answers" };
    match overview.checked() {
        (0, _) => what.to_owned(),
        (answers, right) => format!("{what}, {} right", tight(f64::from(right) / f64::from(answers))),
    }
}

/// A share in as few columns as possible: "84%".
fn tight(share: f64) -> String {
    percent(share).replace(' ', "")
}

fn plain(page: &mut StyledPage, overview: &Overview) {
    let known = &overview.all;
    page.para(format!(
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
        page.para(format!("{}, {share} right.", super::counted(u64::from(answers), one, many)));
    }
}
