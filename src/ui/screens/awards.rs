//! Awards: their titles, what they ask for, and how they look.

mod pictures;

#[cfg(test)]
mod tests;

use crate::ui::look::{Look, Tone};
use crate::ui::sheet::{Piece, Sheet, piece};
use crate::ui::text::{and, bar, date, fit};
use badgedex_domain::awards::{Award, AwardFamily, AwardState};
use pictures::picture;

/// Columns of a picture.
const PICTURE: usize = 9;
/// Cells of a bar of progress.
const CELLS: usize = 14;

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

/// Those that are open and begun, the nearest first.
pub fn nearest(states: &[AwardState]) -> Vec<&AwardState> {
    let is_open = |s: &&AwardState| s.earned_on.is_none() && !s.award.is_secret() && s.have > 0;
    let mut open: Vec<&AwardState> = states.iter().filter(is_open).collect();
    let share = |s: &AwardState| f64::from(s.have) / f64::from(s.need.max(1));
    open.sort_by(|a, b| share(b).total_cmp(&share(a)));
    open
}

/// At most two lines for the end of a sitting; nothing where nothing was earned.
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
    let mut sheet = Sheet::new(*look);
    sheet.toned(Tone::Good, "", format!("{opening}{text}"));
    sheet.text()
}

/// All awards, family by family.
pub fn awards(look: &Look, states: &[AwardState]) -> String {
    let mut sheet = Sheet::new(*look);
    let earned = states.iter().filter(|state| state.earned_on.is_some()).count();
    sheet.heading("Awards", &format!("{earned} of {} earned", states.len()));
    for (family, name) in [
        (AwardFamily::Remembering, "Remembering"),
        (AwardFamily::Care, "Care"),
        (AwardFamily::Collection, "The collection"),
        (AwardFamily::Joy, "Secret until earned"),
    ] {
        sheet.blank();
        sheet.toned(Tone::Title, "", name);
        for state in states.iter().filter(|state| state.award.family() == family) {
            award(&mut sheet, state);
        }
    }
    sheet.text()
}

fn award(sheet: &mut Sheet, state: &AwardState) {
    let is_hidden = state.award.is_secret() && state.earned_on.is_none();
    let (name, asks) =
        if is_hidden { ("???", "secret until earned") } else { (title(state.award), how(state.award)) };
    if sheet.look.plain {
        let asks = if is_hidden { "Secret until earned" } else { asks };
        let stands = if is_hidden { String::new() } else { format!(" {}.", stands(state)) };
        sheet.para(format!("{name}: {asks}.{stands}"));
        return;
    }
    let drawn = drawing(&sheet.look, state, is_hidden);
    let words = words(&sheet.look, state, name, asks, is_hidden);
    sheet.blank();
    for row in 0..drawn.len().max(words.len()) {
        let left = drawn.get(row).map_or("", String::as_str);
        let tone = if state.earned_on.is_some() { Tone::Good } else { Tone::Dim };
        let mut line = vec![piece(tone, fit(left, PICTURE)), piece(Tone::Plain, "  ")];
        line.extend(words.get(row).cloned().unwrap_or_default());
        sheet.line(line);
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

/// The lines beside a picture.
fn words(look: &Look, state: &AwardState, name: &str, asks: &str, is_hidden: bool) -> Vec<Vec<Piece>> {
    let room = look.width.saturating_sub(2 * look.margin().len() + PICTURE + 2).max(8);
    let mut lines = vec![vec![piece(Tone::Title, fit(name, room).trim_end())]];
    lines.extend(textwrap::wrap(asks, room).into_iter().map(|line| vec![piece(Tone::Plain, line)]));
    if is_hidden {
        return lines;
    }
    lines.push(match state.earned_on {
        Some(_) => vec![piece(Tone::Good, format!("{} {}", look.symbol("★", "*"), stands(state)))],
        None => {
            let share = f64::from(state.have) / f64::from(state.need.max(1));
            let cells = bar(&Look { color: false, ..*look }, share, CELLS.min(room / 2));
            vec![piece(Tone::Accent, cells), piece(Tone::Plain, format!("  {}", of_need(state)))]
        }
    });
    lines
}
