//! The streak and the awards, which can be switched off.

use super::Stats;
use super::numbers::counted;
use crate::ui::look::{Look, Tone};
use crate::ui::screens::awards::{how, nearest, of_need, share, title};
use crate::ui::styled_page::{StyledPage, span};
use crate::ui::text::{bar, date, fit, short_date};
use badgedex_domain::awards::AwardState;
use badgedex_domain::overview::Overview;
use badgedex_domain::streak::Streak;

/// At most this many of the latest awards are named.
const MAX_EARNED: usize = 4;
/// At most this many of the nearest awards are named.
const MAX_NEAREST: usize = 3;
/// Columns of an award's title.
const MAX_TITLE: usize = 22;

/// One line for the streak.
pub fn streak(page: &mut StyledPage, stats: &Stats) {
    let streak = &stats.overview.streak;
    let goal = match stats.goal {
        None => String::new(),
        Some(goal) if streak.is_today_done => format!(" Today's goal of {goal} is reached."),
        Some(goal) => format!(" Today's goal: {goal}."),
    };
    page.blank();
    page.para(format!("{}{goal}", told(streak)));
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
pub fn awards(page: &mut StyledPage, overview: &Overview) {
    let mut earned: Vec<&AwardState> = overview.awards.iter().filter(|s| s.earned_on.is_some()).collect();
    let figure = format!("{} of {}", earned.len(), overview.awards.len());
    page.heading("Awards", &figure);
    earned.sort_by_key(|state| std::cmp::Reverse(state.earned_on));
    for state in earned.iter().take(MAX_EARNED) {
        let on = state.earned_on.map(short_date).unwrap_or_default();
        if page.look.plain {
            page.para(format!("Earned on {on}: {}.", title(state.award)));
        } else {
            let star = page.look.symbol("★", "*");
            let name = fit(title(state.award), columns(page));
            page.line([span(Tone::Good, format!("{star} {name}")), span(Tone::Dim, format!("  {on}"))]);
        }
    }
    for state in nearest(&overview.awards).into_iter().take(MAX_NEAREST) {
        next(page, state);
    }
    page.para("badgedex awards shows them all.");
}

fn next(page: &mut StyledPage, state: &AwardState) {
    if page.look.plain {
        page.para(format!("Near: {}, {}. {}.", title(state.award), of_need(state), how(state.award)));
        return;
    }
    let name = columns(page);
    let plain = Look { color: false, ..page.look };
    let cells = if page.room() < MAX_TITLE + 34 { 0 } else { 14 };
    page.line([
        span(Tone::Plain, format!("  {}  ", fit(title(state.award), name))),
        span(Tone::Accent, bar(&plain, share(state), cells)),
        span(Tone::Plain, if cells > 0 { "  " } else { "" }),
        span(Tone::Dim, of_need(state)),
    ]);
}

/// The columns of a title: what a date or a tally leaves.
fn columns(page: &StyledPage) -> usize {
    page.room().saturating_sub(16).clamp(8, MAX_TITLE)
}
