//! What came in from other programs, or would: files, counts, questions and refusals.

use crate::domain::gate;
use crate::domain::question::Question;
use crate::packs::foreign::Format;
use crate::packs::foreign::making::Remark;
use crate::ui::look::{Look, Tone};
use crate::ui::screens::packs;
use crate::ui::text::{Page, count};

/// So many questions are shown before anything is written.
const SHOWN: usize = 3;
/// So many refusals are told after an import; a dry run tells all.
const MOST_TOLD: usize = 20;

/// A file that was read, or could not be.
#[derive(Debug, Clone, Default)]
pub struct FileIn {
    pub name: String,
    /// None where it could not be read.
    pub format: Option<Format>,
    pub encoding: Option<&'static str>,
    pub found: usize,
    pub taken: usize,
    pub refused: usize,
    pub notes: Vec<String>,
}

/// What an import does to the pack that was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Change {
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub gone: usize,
}

/// A pack that came in, or would.
#[derive(Debug, Clone, Default)]
pub struct PackIn {
    pub id: String,
    pub title: String,
    pub files: Vec<FileIn>,
    pub questions: Vec<Question>,
    pub change: Change,
    pub refused: Vec<Remark>,
    pub warnings: Vec<Remark>,
    pub reviews: Reviews,
}

/// What came of the past reviews of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reviews {
    pub found: usize,
    /// Recorded as answers.
    pub new: usize,
    /// Recorded by an earlier import.
    pub known: usize,
}

/// What came in.
pub fn done(look: &Look, all: &[PackIn]) -> String {
    let mut page = Page::new(look);
    for pack in all {
        head(&mut page, look, pack, false);
        if !pack.warnings.is_empty() {
            let number = count(pack.warnings.len(), "remark", "remarks");
            page.para(format!("{number} on questions that came in: --dry-run lists them"));
        }
        if !pack.questions.is_empty() {
            page.para(look.paint(Tone::Dim, &format!("badgedex study --pack {} asks them", pack.id)));
        }
    }
    page.done()
}

/// What would come in.
pub fn rehearsed(look: &Look, all: &[PackIn]) -> String {
    let mut page = Page::new(look);
    for pack in all {
        head(&mut page, look, pack, true);
        if !pack.questions.is_empty() {
            page.blank();
            let shown = pack.questions.len().min(SHOWN);
            page.title(&if shown == 1 { "The first".to_owned() } else { format!("The first {shown}") });
        }
        for question in pack.questions.iter().take(SHOWN) {
            packs::asked(&mut page, look, question);
        }
        remarks(&mut page, pack, "Refused", &pack.refused);
        remarks(&mut page, pack, "Remarks", &pack.warnings);
    }
    page.blank().para("Nothing was written.");
    page.done()
}

fn head(page: &mut Page, look: &Look, pack: &PackIn, is_dry: bool) {
    page.blank();
    page.title(&format!("{}  {}", pack.id, gate::line(&pack.title)));
    for file in &pack.files {
        page.para(format!("{}: {}", gate::line(&file.name), read_as(file)));
        for note in &file.notes {
            page.hanging("  ", gate::line(note));
        }
        if file.format.is_some() {
            page.hanging("  ", counts(file));
        }
    }
    let Change { added, changed, unchanged, gone } = pack.change;
    let would = match (pack.questions.is_empty(), is_dry) {
        (true, _) => "nothing to write".to_owned(),
        (false, true) => {
            format!("would be {added} added, {changed} changed, {unchanged} unchanged, {gone} gone")
        }
        (false, false) => format!("{added} added, {changed} changed, {unchanged} unchanged, {gone} gone"),
    };
    page.para(look.paint(Tone::Accent, &would));
    if pack.reviews.found > 0 {
        page.para(reviews(pack.reviews, is_dry));
    }
}

/// "120 past reviews found, 100 recorded, 15 known already, 5 left out".
fn reviews(reviews: Reviews, is_dry: bool) -> String {
    let Reviews { found, new, known } = reviews;
    let said = format!("{} found", count(found, "past review", "past reviews"));
    match (is_dry, found.saturating_sub(new + known)) {
        (true, _) => said,
        (false, 0) => format!("{said}, {new} recorded, {known} known already"),
        (false, left_out) => format!("{said}, {new} recorded, {known} known already, {left_out} left out"),
    }
}

fn read_as(file: &FileIn) -> String {
    match (file.format, file.encoding) {
        (None, _) => "not read".to_owned(),
        (Some(format), None) => format!("read as {}", format.title()),
        (Some(format), Some(encoding)) => format!("read as {}, {encoding}", format.title()),
    }
}

fn counts(file: &FileIn) -> String {
    let found = count(file.found, "question", "questions");
    format!("{found} found, {} taken, {} refused", file.taken, file.refused)
}

fn remarks(page: &mut Page, pack: &PackIn, title: &str, remarks: &[Remark]) {
    if remarks.is_empty() {
        return;
    }
    page.blank();
    page.title(title);
    for remark in remarks {
        page.para(told(pack, remark));
    }
}

/// "bank.gift:12: it has no right choice (What is ..)".
fn told(pack: &PackIn, remark: &Remark) -> String {
    let file = pack.files.get(remark.file).map(|file| gate::line(&file.name)).unwrap_or_default();
    let place = remark.line.map_or(file.to_string(), |line| format!("{file}:{line}"));
    match remark.what.is_empty() {
        true => format!("{place}: {}", remark.why),
        false => format!("{place}: {} ({})", remark.why, remark.what),
    }
}

/// How many were refused, and the first of them where nobody sees all; none where all came in.
pub fn summary(all: &[PackIn], shows_all: bool) -> Option<String> {
    let refused: Vec<(&PackIn, &Remark)> =
        all.iter().flat_map(|pack| pack.refused.iter().map(move |remark| (pack, remark))).collect();
    let taken: usize = all.iter().map(|pack| pack.questions.len()).sum();
    let nothing = if taken == 0 { "nothing came in" } else { "" };
    let number = match refused.len() {
        0 => String::new(),
        1 => "1 was refused".to_owned(),
        number => format!("{number} were refused"),
    };
    let said = [nothing, &number].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    if said.is_empty() || shows_all {
        return (!said.is_empty()).then_some(said);
    }
    let mut lines = vec![said];
    lines.extend(refused.iter().take(MOST_TOLD).map(|(pack, remark)| format!("  {}", told(pack, remark))));
    if let Some(more) = refused.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
        lines.push(format!("  and {more} more: --dry-run lists them"));
    }
    Some(lines.join("\n"))
}
