//! What came in from other programs, or would: files, counts, questions and refusals.

use crate::ui::look::{Look, Tone};
use crate::ui::screens::packs;
use crate::ui::text::{Page, count};
use badgedex_domain::gate;
use badgedex_domain::question::Question;
use badgedex_formats::Format;
use badgedex_formats::report::ImportRemark;

/// So many questions are shown before anything is written.
const SHOWN: usize = 3;
/// So many refusals are told after an import; a dry run tells all.
const MOST_REFUSALS: usize = 20;
/// And so many remarks on questions that came in.
const MOST_REMARKS: usize = 10;

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

/// What becomes of the questions that the learner edited since the last import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edits {
    /// So many are kept.
    Kept(usize),
    /// Nothing tells them from those that came in.
    Unknown,
}

impl Default for Edits {
    fn default() -> Self {
        Edits::Kept(0)
    }
}

/// A pack that came in, or would.
#[derive(Debug, Clone, Default)]
pub struct PackIn {
    pub id: String,
    pub title: String,
    /// Its folder.
    pub place: String,
    pub files: Vec<FileIn>,
    pub questions: Vec<Question>,
    pub change: Change,
    pub edits: Edits,
    pub refused: Vec<ImportRemark>,
    pub warnings: Vec<ImportRemark>,
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
        remarks(&mut page, pack, "Remarks", &pack.warnings, MOST_REMARKS);
        if !pack.questions.is_empty() {
            page.blank();
            page.para(format!("It lies in {}", gate::line(&pack.place)));
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
        remarks(&mut page, pack, "Refused", &pack.refused, usize::MAX);
        remarks(&mut page, pack, "Remarks", &pack.warnings, usize::MAX);
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
    if let Some(said) = edits(pack) {
        page.para(said);
    }
    if pack.reviews.found > 0 {
        page.para(reviews(pack.reviews, is_dry));
    }
}

fn edits(pack: &PackIn) -> Option<String> {
    match pack.edits {
        Edits::Kept(0) => None,
        Edits::Kept(1) => {
            Some("1 question that you edited or added is kept: --replace takes the file's".to_owned())
        }
        Edits::Kept(number) => {
            Some(format!("{number} questions that you edited or added are kept: --replace takes the file's"))
        }
        Edits::Unknown if pack.change.changed + pack.change.gone > 0 => Some(
            "what you edited in it by hand is not kept: the last import left no note of what it wrote"
                .to_owned(),
        ),
        Edits::Unknown => None,
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

fn remarks(page: &mut Page, pack: &PackIn, title: &str, remarks: &[ImportRemark], most: usize) {
    if remarks.is_empty() {
        return;
    }
    page.blank();
    page.title(title);
    for remark in remarks.iter().take(most) {
        page.para(told(pack, remark));
    }
    if let Some(more) = more(remarks.len(), most) {
        page.para(more);
    }
}

/// "bank.gift:12: it has no right choice (What is ..)".
fn told(pack: &PackIn, remark: &ImportRemark) -> String {
    let file = pack.files.get(remark.file).map(|file| gate::line(&file.name)).unwrap_or_default();
    let place = remark.line.map_or(file.to_string(), |line| format!("{file}:{line}"));
    match remark.what.is_empty() {
        true => format!("{place}: {}", remark.why),
        false => format!("{place}: {} ({})", remark.why, remark.what),
    }
}

/// How many were refused, and the first of them where nobody sees all; none where all came in.
pub fn summary(all: &[PackIn], shows_all: bool) -> Option<String> {
    let remarks: Vec<(&PackIn, &ImportRemark)> =
        all.iter().flat_map(|pack| pack.refused.iter().map(move |remark| (pack, remark))).collect();
    let files = || all.iter().flat_map(|pack| &pack.files);
    let refused: usize = files().map(|file| file.refused).sum();
    let unread = files().filter(|file| file.format.is_none()).count();
    let taken: usize = all.iter().map(|pack| pack.questions.len()).sum();
    let said = [
        (taken == 0).then(|| "nothing came in".to_owned()),
        (refused > 0).then(|| format!("{} refused", count(refused, "question", "questions"))),
        (unread > 0).then(|| format!("{} not read", count(unread, "file", "files"))),
    ];
    let mut said = said.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if said.is_empty() && !remarks.is_empty() {
        // A whole pack was refused, and nothing stood in its files.
        "not everything came in".clone_into(&mut said);
    }
    if said.is_empty() || shows_all {
        return (!said.is_empty()).then_some(said);
    }
    let mut lines = vec![said];
    lines
        .extend(remarks.iter().take(MOST_REFUSALS).map(|(pack, remark)| format!("  {}", told(pack, remark))));
    lines.extend(more(remarks.len(), MOST_REFUSALS).map(|more| format!("  {more}")));
    Some(lines.join("\n"))
}

/// What is said of the rest of a long list.
fn more(number: usize, shown: usize) -> Option<String> {
    let more = number.checked_sub(shown).filter(|more| *more > 0)?;
    Some(format!("and {more} more: --dry-run lists them"))
}
