//! The report of an import, done or rehearsed: files, counts, questions and refusals.

use crate::ui::look::{Look, Tone};
use crate::ui::screens::packs;
use crate::ui::text::{Page, count};
use badgedex_domain::sanitize;
use badgedex_formats::report::ImportRemark;
use badgedex_formats::report::{ChangeCounts, FileReport, KeptEdits, PackReport, ReviewCounts};

/// At most this many questions are shown by a dry run.
const MAX_QUESTIONS_SHOWN: usize = 3;
/// At most this many refusals are listed after an import; a dry run lists all.
const MAX_REFUSALS: usize = 20;
/// At most this many remarks on imported questions are listed.
const MAX_REMARKS: usize = 10;

/// The report of an import that was written.
pub fn done(look: &Look, all: &[PackReport]) -> String {
    let mut page = Page::new(look);
    for pack in all {
        head(&mut page, look, pack, false);
        remarks(&mut page, pack, "Remarks", &pack.warnings, MAX_REMARKS);
        if !pack.questions.is_empty() {
            page.blank();
            page.para(format!("It is in {}", sanitize::line(&pack.place)));
            page.para(look.paint(Tone::Dim, &format!("badgedex study --pack {} asks them", pack.id)));
        }
    }
    page.done()
}

/// The report of a dry run.
pub fn rehearsed(look: &Look, all: &[PackReport]) -> String {
    let mut page = Page::new(look);
    for pack in all {
        head(&mut page, look, pack, true);
        if !pack.questions.is_empty() {
            page.blank();
            let shown = pack.questions.len().min(MAX_QUESTIONS_SHOWN);
            page.title(&if shown == 1 { "The first".to_owned() } else { format!("The first {shown}") });
        }
        for question in pack.questions.iter().take(MAX_QUESTIONS_SHOWN) {
            packs::asked(&mut page, look, question);
        }
        remarks(&mut page, pack, "Refused", &pack.refused, usize::MAX);
        remarks(&mut page, pack, "Remarks", &pack.warnings, usize::MAX);
    }
    page.blank().para("Nothing was written.");
    page.done()
}

fn head(page: &mut Page, look: &Look, pack: &PackReport, is_dry: bool) {
    page.blank();
    page.title(&format!("{}  {}", pack.id, sanitize::line(&pack.title)));
    for file in &pack.files {
        page.para(format!("{}: {}", sanitize::line(&file.name), read_as(file)));
        for note in &file.notes {
            page.hanging("  ", sanitize::line(note));
        }
        if file.format.is_some() {
            page.hanging("  ", counts(file));
        }
    }
    let ChangeCounts { added, changed, unchanged, gone } = pack.change;
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

fn edits(pack: &PackReport) -> Option<String> {
    match pack.edits {
        KeptEdits::Kept(0) => None,
        KeptEdits::Kept(1) => {
            Some("1 question that you edited or added is kept: --replace takes the file's".to_owned())
        }
        KeptEdits::Kept(number) => {
            Some(format!("{number} questions that you edited or added are kept: --replace takes the file's"))
        }
        KeptEdits::Unknown if pack.change.changed + pack.change.gone > 0 => Some(
            "what you edited in it by hand is not kept: the last import left no note of what it wrote"
                .to_owned(),
        ),
        KeptEdits::Unknown => None,
    }
}

/// "120 past reviews found, 100 recorded, 15 known already, 5 left out".
fn reviews(reviews: ReviewCounts, is_dry: bool) -> String {
    let ReviewCounts { found, new, known } = reviews;
    let said = format!("{} found", count(found, "past review", "past reviews"));
    match (is_dry, found.saturating_sub(new + known)) {
        (true, _) => said,
        (false, 0) => format!("{said}, {new} recorded, {known} known already"),
        (false, left_out) => format!("{said}, {new} recorded, {known} known already, {left_out} left out"),
    }
}

fn read_as(file: &FileReport) -> String {
    match (file.format, file.encoding) {
        (None, _) => "not read".to_owned(),
        (Some(format), None) => format!("read as {}", format.title()),
        (Some(format), Some(encoding)) => format!("read as {}, {encoding}", format.title()),
    }
}

fn counts(file: &FileReport) -> String {
    let found = count(file.found, "question", "questions");
    format!("{found} found, {} taken, {} refused", file.taken, file.refused)
}

fn remarks(page: &mut Page, pack: &PackReport, title: &str, remarks: &[ImportRemark], most: usize) {
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
fn told(pack: &PackReport, remark: &ImportRemark) -> String {
    let file = pack.files.get(remark.file).map(|file| sanitize::line(&file.name)).unwrap_or_default();
    let place = remark.line.map_or(file.to_string(), |line| format!("{file}:{line}"));
    match remark.what.is_empty() {
        true => format!("{place}: {}", remark.why),
        false => format!("{place}: {} ({})", remark.why, remark.what),
    }
}

/// How many were refused, with the first of them unless all are shown; `None` if everything was imported.
pub fn summary(all: &[PackReport], shows_all: bool) -> Option<String> {
    let remarks: Vec<(&PackReport, &ImportRemark)> =
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
        // A whole pack was refused, although its files list nothing.
        "not everything came in".clone_into(&mut said);
    }
    if said.is_empty() || shows_all {
        return (!said.is_empty()).then_some(said);
    }
    let mut lines = vec![said];
    lines.extend(remarks.iter().take(MAX_REFUSALS).map(|(pack, remark)| format!("  {}", told(pack, remark))));
    lines.extend(more(remarks.len(), MAX_REFUSALS).map(|more| format!("  {more}")));
    Some(lines.join("\n"))
}

/// The line that counts the rest of a long list.
fn more(number: usize, shown: usize) -> Option<String> {
    let more = number.checked_sub(shown).filter(|more| *more > 0)?;
    Some(format!("and {more} more: --dry-run lists them"))
}
