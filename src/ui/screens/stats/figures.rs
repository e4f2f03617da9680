//! The figures at the head: how much is known.

use super::of;
use super::words::{number, whole};
use crate::domain::overview::Overview;
use crate::ui::look::Tone;
use crate::ui::sheet::{Sheet, piece};
use crate::ui::text::{display_width, fit, percent};

/// A figure and what it counts.
type Figure = (String, String, Tone);

pub fn figures(sheet: &mut Sheet, overview: &Overview) {
    let figures = all(overview);
    if sheet.look.plain {
        plain(sheet, overview);
        return;
    }
    let column = sheet.room() / figures.len();
    let widest = figures.iter().map(|(value, label, _)| display_width(value).max(display_width(label))).max();
    if sheet.look.is_narrow() || widest.unwrap_or(0) >= column {
        let wide = figures.iter().map(|(value, ..)| display_width(value)).max().unwrap_or(0);
        for (value, label, tone) in &figures {
            sheet.line([piece(*tone, format!("{value:>wide$}")), piece(Tone::Dim, format!("  {label}"))]);
        }
        return;
    }
    sheet.line(figures.iter().map(|(value, _, tone)| piece(*tone, fit(value, column))));
    sheet.line(figures.iter().map(|(_, label, _)| piece(Tone::Dim, fit(label, column))));
}

fn all(overview: &Overview) -> Vec<Figure> {
    let known = &overview.all;
    let due = if overview.due > 0 { Tone::Warn } else { Tone::Title };
    vec![
        (number(known.seen as u64), format!("seen of {}", number(known.questions as u64)), Tone::Title),
        (number(known.mastered as u64), "mastered".into(), Tone::Good),
        (number(overview.due as u64), "due now".into(), due),
        (number(u64::from(overview.answers)), right(overview), Tone::Title),
        (number(whole(overview.memory.days)), "days of memory".into(), Tone::Accent),
    ]
}

fn right(overview: &Overview) -> String {
    match overview.answers {
        0 => "answers".to_owned(),
        answers => format!("answers, {} right", tight(f64::from(overview.right) / f64::from(answers))),
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
    if overview.answers > 0 {
        let share = percent(f64::from(overview.right) / f64::from(overview.answers));
        let answers = super::counted(u64::from(overview.answers), "answer", "answers");
        sheet.para(format!("{answers}, {share} right."));
    }
}
