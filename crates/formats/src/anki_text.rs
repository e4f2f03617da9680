//! Anki's "Notes in Plain Text": a head of `#key:value` lines, then separated values.

mod cloze;
mod head;

use badgedex_domain::question::Kind;

use crate::csv::read_as;
use crate::draft::{QuestionDraft, check_deletions, filled};
use crate::excerpt::first_line_excerpt;
use crate::html;
use crate::kinds;
use crate::parsed::ParsedFile;
use crate::reason::Reason;
use crate::records::{self, Row, Shape};
use crate::validate::is_blank;
use cloze::Deletion;
use head::FileHead;

/// Columns that are listed in a note.
const MAX_NAMED: usize = 50;
/// What is said of a file whose head does not say whether it is HTML.
const GUESSED: &str = "it has HTML tags or entities, so it is read as HTML: put #html:false on its first line to keep them as text";

/// Reads the notes of a file: cards with a front and a back, and cloze notes.
pub fn read(text: &str) -> ParsedFile {
    let (mut head, body, first_line) = head::read(text);
    let shape = Shape { delimiter: head.delimiter(body), has_comments: true, first_line };
    let rows = records::read(body, shape);
    let mut contents = ParsedFile::default();
    let width = rows.rows.iter().map(|row| row.fields.len()).max().unwrap_or(0);
    if width > 0 {
        let columns: Vec<&str> = (0..width.min(MAX_NAMED)).map(|place| head.column(place)).collect();
        contents
            .notes
            .push(format!("{}: --as csv --map FIELD=COLUMN reads them otherwise", read_as(&columns)));
    }
    if head.is_html.is_none() && html::is_like(body) {
        head.is_html = Some(true);
        contents.notes.push(GUESSED.to_owned());
    }
    for row in &rows.rows {
        TextNote::of(row, &head).finish(&mut contents);
    }
    if let Some(line) = rows.unclosed {
        let why = "a quotation mark on this line is never closed";
        contents.refuse(line, String::new(), why);
    }
    contents
}

/// A field as text.
struct TextField {
    text: String,
    pictures: usize,
    sounds: usize,
}

impl TextField {
    fn of(raw: &str, is_html: bool) -> TextField {
        if !is_html {
            return TextField { text: raw.trim().to_owned(), pictures: 0, sounds: 0 };
        }
        let plain = html::plain(raw);
        TextField { text: plain.text, pictures: plain.pictures, sounds: plain.sounds }
    }
}

/// A record without the columns that are not fields.
struct TextNote {
    draft: QuestionDraft,
    fields: Vec<TextField>,
}

impl TextNote {
    fn of(row: &Row, head: &FileHead) -> TextNote {
        let column = |place: Option<usize>| place.and_then(|p| row.fields.get(p)).map(|f| f.trim());
        let mut draft = QuestionDraft::at(row.line);
        draft.own_id = column(head.guid_column).filter(|id| !id.is_empty()).map(str::to_owned);
        let deck = column(head.deck_column).filter(|deck| !deck.is_empty()).or(head.deck.as_deref());
        draft.topic = deck.map(parts_of_deck).unwrap_or_default();
        let tags = head.tags.iter().map(String::as_str).chain(column(head.tags_column));
        draft.tags = tags.flat_map(str::split_whitespace).map(str::to_owned).collect();
        let fields = row.fields.iter().enumerate().filter(|(place, _)| !head.is_meta(*place));
        TextNote {
            draft,
            fields: fields.map(|(_, raw)| TextField::of(raw, head.is_html == Some(true))).collect(),
        }
    }

    fn finish(mut self, contents: &mut ParsedFile) {
        let front = self.text(0).to_owned();
        let parts = cloze::parts(&front);
        let numbers = cloze::numbers(&parts);
        if !numbers.is_empty() {
            let checked = check_deletions(self.fields.iter().map(|f| f.text.len()).sum(), numbers.len());
            return match checked {
                Ok(()) => self.finish_deletions(cloze::deletions(&parts, &numbers), contents),
                Err(why) => QuestionDraft { stem: first_line_excerpt(&front), ..self.draft }
                    .finish(Err(why), contents),
            };
        }
        if self.fields.iter().all(|field| is_blank(&field.text) && field.pictures + field.sounds == 0) {
            return;
        }
        self.draft.stem = self.text(0).to_owned();
        let kind = self.front().and_then(|()| self.back());
        self.draft.rationale = self.rest(2);
        self.draft.finish(kind, contents);
    }

    fn text(&self, place: usize) -> &str {
        self.fields.get(place).map_or("", |field| field.text.as_str())
    }

    /// The front must ask something without its pictures and sounds.
    fn front(&mut self) -> Result<(), Reason> {
        let Some(front) = self.fields.first() else { return Ok(()) };
        let (pictures, sounds) = (front.pictures, front.sounds);
        if is_blank(&front.text) && sounds > 0 {
            return Err(Reason::NeedsSound);
        }
        if sounds > 0 {
            self.draft.warnings.push("a sound is left out".to_owned());
        }
        self.draft.leave_out_pictures(pictures)
    }

    fn back(&mut self) -> Result<Kind, Reason> {
        let Some(back) = self.fields.get(1) else { return Err("it has no back".into()) };
        if !is_blank(&back.text) {
            if back.pictures > 0 {
                self.draft.warnings.push("a picture on the back is left out".to_owned());
            }
            return Ok(kinds::reveal(back.text.clone()));
        }
        Err(match (back.pictures, back.sounds) {
            (0, 0) => Reason::EmptyBack,
            (0, _) => "its back is a sound, which cannot be played here".into(),
            _ => "its back is a picture, which cannot be shown here".into(),
        })
    }

    /// The fields from a place on that say something.
    fn rest(&self, from: usize) -> Option<String> {
        let texts: Vec<&str> = self.fields.iter().skip(from).map(|f| f.text.as_str()).collect();
        filled(&texts.into_iter().filter(|text| !is_blank(text)).collect::<Vec<_>>().join("\n"))
    }

    /// One question a deletion.
    fn finish_deletions(mut self, deletions: Vec<Deletion>, contents: &mut ParsedFile) {
        self.draft.rationale = self.rest(1);
        let pictures = self.fields.first().map_or(0, |field| field.pictures);
        for deletion in deletions {
            let mut draft = self.draft.clone();
            draft.own_id = draft.own_id.map(|id| format!("{id} c{}", deletion.number));
            draft.stem = deletion.stem;
            let answer = filled(&deletion.answer).ok_or(Reason::EmptyDeletion);
            let kind = draft.leave_out_pictures(pictures).and(answer);
            draft.finish(kind.map(kinds::reveal), contents);
        }
    }
}

/// The names of a deck, from the outermost to the innermost.
fn parts_of_deck(deck: &str) -> Vec<String> {
    deck.split("::").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
