//! Awards: their titles, what they ask for, and how they look.

mod pictures;

#[cfg(test)]
mod tests;

use crate::ui::look::{Look, Tone};
use crate::ui::styled_page::{Span, StyledPage, span};
use crate::ui::text::{and, bar, date, fit};
use badgedex_domain::awards::{Award, AwardFamily, AwardState};
use pictures::picture;

/// Columns of a picture.
const PICTURE: usize = 9;
/// Cells of a bar of progress.
const CELLS: usize = 14;

/// An award's title.
pub fn title(award: Award) -> &'static str {
    match award {
        Award::FirstRoots => "First roots",
        Award::FromMemory => "Out of my head",
        Award::DeepShelf => "A deep shelf",
        Award::HundredDays => "A hundred days",
        Award::HundredTimesHundred => "Hundred by hundred",
        Award::FullYear => "Once round the sun",
        Award::FirmGround => "Firm ground",
        Award::Bedrock => "Bedrock",
        Award::NoGap => "Without a gap",
        Award::KnowsItsBadge => "More than a badge",
        Award::LeechTamed => "Leech tamed",
        Award::Mended => "Mended",
        Award::BacklogCleared => "Clear water",
        Award::Calibrated => "True to the scale",
        Award::SecondWind => "Second wind",
        Award::RenewedInTime => "In good time",
        Award::FirstBadge => "The first badge",
        Award::TierHeld => "A whole tier",
        Award::TitleHeld => "A name for it",
        Award::TwoIssuers => "Two houses",
        Award::Everything => "All there is",
        Award::NewYear => "Between the years",
        Award::LeapDay => "The odd day",
        Award::FullCircle => "Full circle",
    }
}

/// What it asks for, without a full stop.
pub fn how(award: Award) -> &'static str {
    match award {
        Award::FirstRoots => "A question right on three days, over three weeks, and not by luck",
        Award::FromMemory => {
            "25 questions without choices to guess from, each right on three days over three weeks"
        }
        Award::DeepShelf => "500 questions, each right on three days over three weeks",
        Award::HundredDays => "A question right on three days, a hundred days from the first to the last",
        Award::HundredTimesHundred => "100 questions, each right on three days over a hundred days",
        Award::FullYear => "A question right on three days, a year from the first to the last",
        Award::FirmGround => "Every question of a topic of five or more right on three days over three weeks",
        Award::Bedrock => "Every question of a pack of twenty or more right on three days over three weeks",
        Award::NoGap => {
            "All that is asked about a tier's credentials, twenty questions or more, right on three days over three weeks"
        }
        Award::KnowsItsBadge => {
            "All that is asked about a credential that you hold, ten questions or more, right on three days over three weeks"
        }
        Award::LeechTamed => "A question wrong on eight days, then right on three days over three weeks",
        Award::Mended => "25 questions once answered wrong, then right on three days over three weeks",
        Award::BacklogCleared => "100 questions from a month ago or earlier right within seven days",
        Award::Calibrated => "200 answers in a row for which the chances given were true within 3 %",
        Award::SecondWind => "An exam passed that was failed before",
        Award::RenewedInTime => "A credential passed again while it was still valid",
        Award::FirstBadge => "A credential passed",
        Award::TierHeld => "All credentials on offer in a tier held on one day",
        Award::TitleHeld => "All that a catalog's title asks for",
        Award::TwoIssuers => "Credentials of two issuers held on one day",
        Award::Everything => "All that an issuer offers held on one day",
        Award::NewYear => "An answer right within five minutes of midnight between two years",
        Award::LeapDay => "An answer right on a 29 February",
        Award::FullCircle => "A question right two years and longer after it was first right",
    }
}

/// "3 of 25".
pub fn of_need(state: &AwardState) -> String {
    format!("{} of {}", state.have, state.need)
}

/// How much of it is reached, 0 to 1.
pub fn share(state: &AwardState) -> f64 {
    f64::from(state.have) / f64::from(state.need.max(1))
}

/// Awards in progress, the nearest first.
pub fn nearest(states: &[AwardState]) -> Vec<&AwardState> {
    let is_open = |s: &&AwardState| s.earned_on.is_none() && !s.award.is_secret() && s.have > 0;
    let mut open: Vec<&AwardState> = states.iter().filter(is_open).collect();
    open.sort_by(|a, b| share(b).total_cmp(&share(a)));
    open
}

/// At most two lines for the end of a sitting; empty if nothing was earned.
pub fn announcement(look: &Look, earned: &[AwardState]) -> String {
    let titles: Vec<String> = earned.iter().map(|state| title(state.award).to_owned()).collect();
    let (opening, text) = match (titles.as_slice(), earned) {
        ([], _) | (_, []) => return String::new(),
        ([one], [state, ..]) => ("New award: ", format!("{one}. {}.", how(state.award))),
        ([_, _], _) => ("Two new awards: ", format!("{}. See badgedex awards.", and(&titles))),
        ([first, ..], _) => {
            let others = titles.len() - 1;
            ("New awards: ", format!("{first} and {others} others. See badgedex awards."))
        }
    };
    let mut page = StyledPage::new(*look);
    page.toned(Tone::Good, "", format!("{opening}{text}"));
    page.text()
}

/// All awards, family by family.
pub fn awards(look: &Look, states: &[AwardState]) -> String {
    let mut page = StyledPage::new(*look);
    let earned = states.iter().filter(|state| state.earned_on.is_some()).count();
    page.heading("Awards", &format!("{earned} of {} earned", states.len()));
    for (family, name) in [
        (AwardFamily::Remembering, "Remembering"),
        (AwardFamily::Care, "Care"),
        (AwardFamily::Collection, "The collection"),
        (AwardFamily::Joy, "Secret until earned"),
    ] {
        page.blank();
        page.toned(Tone::Title, "", name);
        for state in states.iter().filter(|state| state.award.family() == family) {
            award(&mut page, state);
        }
    }
    page.text()
}

fn award(page: &mut StyledPage, state: &AwardState) {
    let is_hidden = state.award.is_secret() && state.earned_on.is_none();
    let (name, asks) =
        if is_hidden { ("???", "secret until earned") } else { (title(state.award), how(state.award)) };
    if page.look.plain {
        let asks = if is_hidden { "Secret until earned" } else { asks };
        let stands = if is_hidden { String::new() } else { format!(" {}.", stands(state)) };
        page.para(format!("{name}: {asks}.{stands}"));
        return;
    }
    let drawn = drawing(&page.look, state, is_hidden);
    let words = words(&page.look, state, name, asks, is_hidden);
    page.blank();
    for row in 0..drawn.len().max(words.len()) {
        let left = drawn.get(row).map_or("", String::as_str);
        let tone = if state.earned_on.is_some() { Tone::Good } else { Tone::Dim };
        let mut line = vec![span(tone, fit(left, PICTURE)), span(Tone::Plain, "  ")];
        line.extend(words.get(row).cloned().unwrap_or_default());
        page.line(line);
    }
}

/// "earned on 3 May 2026", "3 of 25".
fn stands(state: &AwardState) -> String {
    state.earned_on.map_or_else(|| of_need(state), |on| format!("Earned on {}", date(on)))
}

fn drawing(look: &Look, state: &AwardState, is_hidden: bool) -> Vec<String> {
    let lines = if is_hidden { ["", "  ? ? ?", ""] } else { picture(state.award, look.unicode) };
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// The lines next to a picture.
fn words(look: &Look, state: &AwardState, name: &str, asks: &str, is_hidden: bool) -> Vec<Vec<Span>> {
    let room = look.width.saturating_sub(2 * look.margin().len() + PICTURE + 2).max(8);
    let mut lines = vec![vec![span(Tone::Title, fit(name, room).trim_end())]];
    lines.extend(textwrap::wrap(asks, room).into_iter().map(|line| vec![span(Tone::Plain, line)]));
    if is_hidden {
        return lines;
    }
    lines.push(match state.earned_on {
        Some(_) => vec![span(Tone::Good, format!("{} {}", look.symbol("★", "*"), stands(state)))],
        None => {
            let cells = bar(&Look { color: false, ..*look }, share(state), CELLS.min(room / 2));
            vec![span(Tone::Accent, cells), span(Tone::Plain, format!("  {}", of_need(state)))]
        }
    });
    lines
}
