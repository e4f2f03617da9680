//! Which format a file is in: by its text, and by its name only if the text fits two formats.

use crate::format::Format;
use crate::{aiken, badgedex_json, csv, gift, practice};

/// How much of a text is looked at first, in bytes.
const MAX_SAMPLE_BYTES: usize = 256 * 1024;
/// In a table, at least this many of 1000 rows have as many columns as most of them.
const MIN_REGULAR_ROWS: usize = 900;
/// One line in this many may lack its tab.
const LINES_PER_MISSING_TAB: usize = 10;
/// A first row that names columns is rated above this.
const NAMES_COLUMNS: usize = 10_000;

/// The format of a file; `None` if nothing fits. `text` is what its bytes say, if they are text.
pub fn recognize(name: &str, bytes: &[u8], text: Option<&str>) -> Option<Format> {
    if is_package(name, bytes) {
        return Some(Format::AnkiPackage);
    }
    let text = text?;
    if badgedex_json::is_like(first_lines(text)) {
        return Some(Format::Json);
    }
    // There may be a long table of contents before the questions.
    by_signs(name, first_lines(text)).or_else(|| by_signs(name, text))
}

fn by_signs(name: &str, text: &str) -> Option<Format> {
    if has_anki_head(text) {
        return Some(Format::AnkiText);
    }
    let (regularity, separator) = csv::regularity(text);
    if regularity > NAMES_COLUMNS {
        return Some(Format::Csv);
    }
    let rows = text.lines().filter(|line| !line.trim().is_empty()).count();
    let (signs, format) = most_signs(name, text);
    let is_named = has_ending(name, &["csv", "tsv", "tab", "txt"]);
    let fewest_rows = if separator.byte == b',' && !is_named { 3 } else { 2 };
    let is_table = regularity >= MIN_REGULAR_ROWS && (rows >= fewest_rows || (rows == 1 && is_named));
    if (is_table || is_tabbed(text)) && signs * 2 < rows {
        let is_anki = (separator.byte == b'\t' || !is_table) && has_ending(name, &["txt"]);
        return Some(if is_anki { Format::AnkiText } else { Format::Csv });
    }
    if signs == 0 && has_ending(name, &["gift"]) && text.contains('{') {
        return Some(Format::Gift);
    }
    (signs > 0).then_some(format)
}

/// Whether nearly every line has a tab: one without is a mistake, not another format.
fn is_tabbed(text: &str) -> bool {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let (all, tabbed) = (lines().count(), lines().filter(|line| line.trim().contains('\t')).count());
    tabbed >= 2 && all - tabbed <= (all / LINES_PER_MISSING_TAB).max(1)
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
    endings.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// A zip archive with a collection, or one that is called as such and may be damaged.
fn is_package(name: &str, bytes: &[u8]) -> bool {
    const COLLECTION: &[u8] = b"collection.anki2";
    bytes.starts_with(b"PK")
        && (has_ending(name, &["apkg", "colpkg"])
            || bytes.windows(COLLECTION.len()).any(|part| part == COLLECTION))
}

/// Whole lines from the start of a text.
fn first_lines(text: &str) -> &str {
    let Some(start) = text.as_bytes().get(..MAX_SAMPLE_BYTES) else { return text };
    let end = start.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
    text.get(..end).filter(|start| !start.is_empty()).unwrap_or(text)
}

/// `#separator:tab` and the like.
fn has_anki_head(text: &str) -> bool {
    const KEYS: [&str; 10] = [
        "separator",
        "html",
        "tags",
        "columns",
        "notetype",
        "deck",
        "notetype column",
        "deck column",
        "tags column",
        "guid column",
    ];
    let key = text.strip_prefix('#').and_then(|rest| rest.split_once(':')).map(|(key, _)| key.trim());
    key.is_some_and(|key| KEYS.iter().any(|known| known.eq_ignore_ascii_case(key)))
}

/// How many questions a text seems to hold in the format of which it holds most.
fn most_signs(name: &str, text: &str) -> (usize, Format) {
    let all = [
        (hashcards(text), Format::Hashcards, "md"),
        (practice_questions(text), Format::Practice, "md"),
        (aiken_questions(text), Format::Aiken, "txt"),
        (gift::likeness(text), Format::Gift, "gift"),
        (hascard(text), Format::Hascard, "txt"),
    ];
    let rating = |(signs, _, ending): &(usize, Format, &str)| (*signs, has_ending(name, &[ending]));
    // Of equal ones the first: the last one is `max_by_key`'s.
    let best = all.iter().rev().max_by_key(|one| rating(one));
    best.map_or((0, Format::Gift), |(signs, format, _)| (*signs, *format))
}

/// `Q:` with its `A:`, and `C:` with a deletion, each at the start of a line.
fn hashcards(text: &str) -> usize {
    let (mut count, mut is_asked, mut is_cloze) = (0, false, false);
    for line in text.lines() {
        match line.get(..2) {
            Some("Q:") => (is_asked, is_cloze) = (true, false),
            Some("A:") if is_asked => (count, is_asked) = (count + 1, false),
            Some("C:") => is_cloze = true,
            Some("A:" | "--") => is_cloze = false,
            _ => {}
        }
        // The deletion may be on a later line.
        if is_cloze && line.contains('[') {
            (count, is_cloze) = (count + 1, false);
        }
    }
    count
}

/// Ticked tasks, folded answers, lines that tell the correct one, and stems with choices below them.
fn practice_questions(text: &str) -> usize {
    let (mut ticked, mut folded, mut told, mut asked) = (0, 0, 0, 0);
    let mut after_stem = false;
    for line in text.lines() {
        let signs = practice::signs(line);
        after_stem |= signs.is_stem;
        if after_stem && signs.is_first_choice {
            (asked, after_stem) = (asked + 1, false);
        }
        ticked += usize::from(signs.is_ticked);
        let line = line.trim_start();
        folded += usize::from(line.starts_with("<details"));
        let words = line.get(..14).unwrap_or_default();
        told += usize::from(words.eq_ignore_ascii_case("correct answer"));
    }
    ticked.max(folded).max(told).max(asked)
}

/// Answers right after a choice.
fn aiken_questions(text: &str) -> usize {
    let (mut count, mut after_choice) = (0, false);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match aiken::line_role(line) {
            Some(aiken::LineRole::Answer) => {
                count += usize::from(after_choice);
                after_choice = false;
            }
            Some(aiken::LineRole::Choice) => after_choice = true,
            None => after_choice = false,
        }
    }
    count
}

/// Cards that begin with a heading, between lines of hyphens.
fn hascard(text: &str) -> usize {
    let (mut cards, mut headed, mut is_start) = (0, 0, true);
    for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        if line.len() >= 3 && line.bytes().all(|b| b == b'-') {
            is_start = true;
        } else if is_start {
            is_start = false;
            cards += 1;
            headed += usize::from(line.starts_with("# "));
        }
    }
    // One heading is a document, not a deck.
    if headed > 1 && headed * 2 > cards { headed } else { 0 }
}

#[cfg(test)]
mod tests;
