//! The streak and the awards: what can be switched off.

use super::Stats;
use super::words::counted;
use crate::ui::look::Tone;
use crate::ui::screens::awards::{how, nearest, of_need, title};
use crate::ui::sheet::{Sheet, piece};
use crate::ui::text::{bar, date, fit, short_date};
use badgedex_domain::awards::AwardState;
use badgedex_domain::overview::Overview;
use badgedex_domain::streak::Streak;

/// So many of the awards that were earned last are named.
const LAST: usize = 4;
/// And so many of those that are nearest.
const NEAREST: usize = 3;
/// Columns of an award's title.
const TITLE: usize = 22;

/// One line for the streak.
pub fn streak(sheet: &mut Sheet, stats: &Stats) {
    let streak = &stats.overview.streak;
    let goal = match stats.goal {
        None => String::new(),
        Some(goal) if streak.is_today_done => format!(" Today's goal of {goal} is reached."),
        Some(goal) => format!(" Today's goal: {goal}."),
    };
    sheet.blank();
    sheet.para(format!("{}{goal}", told(streak)));
}

fn told(streak: &Streak) -> String {
    let days = |days: u32| counted(u64::from(days), "day", "days");
    if let Some(lost) = streak.lost {
        return format!(
            "The streak of {} ended on {}; the longest stays at {}.",
            days(lost.days),
            date(lost.on),
            days(streak.longest)
        );
    }
    if streak.days == 0 {
        return match streak.longest {
            0 => "The first day of a streak is the next one with an answer.".to_owned(),
            longest => format!("No streak now; the longest had {}.", days(longest)),
        };
    }
    let longest = match streak.longest {
        longest if longest == streak.days => "the longest so far".to_owned(),
        longest => format!("the longest had {}", days(longest)),
    };
    let rest = match streak.rest_days {
        0 => String::new(),
        kept => format!(" {} of rest kept.", days(kept)),
    };
    format!("Streak of {}, {longest}.{rest}", days(streak.days))
}

/// What was earned last, and what is nearest.
pub fn awards(sheet: &mut Sheet, overview: &Overview) {
    let mut earned: Vec<&AwardState> = overview.awards.iter().filter(|s| s.earned_on.is_some()).collect();
    let figure = format!("{} of {}", earned.len(), overview.awards.len());
    sheet.heading("Awards", &figure);
    earned.sort_by_key(|state| std::cmp::Reverse(state.earned_on));
    for state in earned.iter().take(LAST) {
        let on = state.earned_on.map(short_date).unwrap_or_default();
        if sheet.look.plain {
            sheet.para(format!("Earned on {on}: {}.", title(state.award)));
        } else {
            let star = sheet.look.symbol("★", "*");
            let name = fit(title(state.award), columns(sheet));
            sheet.line([piece(Tone::Good, format!("{star} {name}")), piece(Tone::Dim, format!("  {on}"))]);
        }
    }
    for state in nearest(&overview.awards).into_iter().take(NEAREST) {
        next(sheet, state);
    }
    sheet.para("badgedex awards shows them all.");
}

fn next(sheet: &mut Sheet, state: &AwardState) {
    if sheet.look.plain {
        sheet.para(format!("Near: {}, {}. {}.", title(state.award), of_need(state), how(state.award)));
        return;
    }
    let name = columns(sheet);
    let share = f64::from(state.have) / f64::from(state.need.max(1));
    let plain = crate::ui::look::Look { color: false, ..sheet.look };
    let cells = if sheet.room() < TITLE + 34 { 0 } else { 14 };
    sheet.line([
        piece(Tone::Plain, format!("  {}  ", fit(title(state.award), name))),
        piece(Tone::Accent, bar(&plain, share, cells)),
        piece(Tone::Plain, if cells > 0 { "  " } else { "" }),
        piece(Tone::Dim, of_need(state)),
    ]);
}

/// The columns of a title, as far as there are any beside a date or a tally.
fn columns(sheet: &Sheet) -> usize {
    sheet.room().saturating_sub(16).clamp(8, TITLE)
}
