//! Anki's "Notes in Plain Text": a head of `#key:value` lines, then separated values.

mod cloze;
mod head;

use super::csv::read_as;
use super::draft::{Draft, Why, beginning, check_deletions, filled, is_blank};
use super::html;
use super::records::{self, Row, Shape};
use super::{Content, Contents, Refused};
use cloze::Deletion;
use head::Head;

/// So many columns are told.
const MOST_NAMED: usize = 50;
/// Said where the head does not tell it.
const GUESSED: &str = "tags or entities of HTML stand in it, so it is read as HTML: #html:false as its first line keeps them as text";

/// Reads the notes of a file: cards with a front and a back, and cloze notes.
pub fn read(text: &str) -> Contents {
    let (mut head, body, first_line) = head::read(text);
    let shape = Shape { delimiter: head.delimiter(body), has_comments: true, first_line };
    let rows = records::read(body, shape);
    let mut contents = Contents::default();
    let width = rows.rows.iter().map(|row| row.fields.len()).max().unwrap_or(0);
    if width > 0 {
        let columns: Vec<&str> = (0..width.min(MOST_NAMED)).map(|place| head.column(place)).collect();
        contents
            .notes
            .push(format!("{}: --as csv --map FIELD=COLUMN reads them otherwise", read_as(&columns)));
    }
    if head.is_html.is_none() && html::is_like(body) {
        head.is_html = Some(true);
        contents.notes.push(GUESSED.to_owned());
    }
    for row in &rows.rows {
        Note::of(row, &head).settle(&mut contents);
    }
    if let Some(line) = rows.unclosed {
        let why = "a quote opens in this line and is never closed".to_owned();
        contents.refused.push(Refused { line, what: String::new(), why });
    }
    contents
}

/// A field as text.
struct Field {
    text: String,
    pictures: usize,
    sounds: usize,
}

impl Field {
    fn of(raw: &str, is_html: bool) -> Field {
        if !is_html {
            return Field { text: raw.trim().to_owned(), pictures: 0, sounds: 0 };
        }
        let plain = html::plain(raw);
        Field { text: plain.text, pictures: plain.pictures, sounds: plain.sounds }
    }
}

/// A record without its columns that are no fields.
struct Note {
    draft: Draft,
    fields: Vec<Field>,
}

impl Note {
    fn of(row: &Row, head: &Head) -> Note {
        let column = |place: Option<usize>| place.and_then(|p| row.fields.get(p)).map(|f| f.trim());
        let mut draft = Draft::at(row.line);
        draft.own_id = column(head.guid_column).filter(|id| !id.is_empty()).map(str::to_owned);
        let deck = column(head.deck_column).filter(|deck| !deck.is_empty()).or(head.deck.as_deref());
        draft.topic = deck.map(parts_of_deck).unwrap_or_default();
        let tags = head.tags.iter().map(String::as_str).chain(column(head.tags_column));
        draft.tags = tags.flat_map(str::split_whitespace).map(str::to_owned).collect();
        let fields = row.fields.iter().enumerate().filter(|(place, _)| !head.is_meta(*place));
        Note { draft, fields: fields.map(|(_, raw)| Field::of(raw, head.is_html == Some(true))).collect() }
    }

    fn settle(mut self, contents: &mut Contents) {
        let front = self.text(0).to_owned();
        let parts = cloze::parts(&front);
        let numbers = cloze::numbers(&parts);
        if !numbers.is_empty() {
            let checked = check_deletions(self.fields.iter().map(|f| f.text.len()).sum(), numbers.len());
            return match checked {
                Ok(()) => self.settle_deletions(cloze::deletions(&parts, &numbers), contents),
                Err(why) => Draft { stem: beginning(&front), ..self.draft }.settle(Err(why), contents),
            };
        }
        if self.fields.iter().all(|field| is_blank(&field.text) && field.pictures + field.sounds == 0) {
            return;
        }
        self.draft.stem = self.text(0).to_owned();
        let content = self.front().and_then(|()| self.back());
        self.draft.rationale = self.rest(2);
        self.draft.settle(content, contents);
    }

    fn text(&self, place: usize) -> &str {
        self.fields.get(place).map_or("", |field| field.text.as_str())
    }

    /// The front must ask something without its pictures and sounds.
    fn front(&mut self) -> Result<(), Why> {
        let Some(front) = self.fields.first() else { return Ok(()) };
        let (pictures, sounds) = (front.pictures, front.sounds);
        if is_blank(&front.text) && sounds > 0 {
            return Err("its sound cannot be played here".to_owned());
        }
        if sounds > 0 {
            self.draft.warnings.push("a sound is left out".to_owned());
        }
        self.draft.leave_pictures(pictures)
    }

    fn back(&mut self) -> Result<Content, Why> {
        let Some(back) = self.fields.get(1) else { return Err("it has no back".to_owned()) };
        if !is_blank(&back.text) {
            if back.pictures > 0 {
                self.draft.warnings.push("a picture on the back is left out".to_owned());
            }
            return Ok(Content::Reveal { answer: back.text.clone() });
        }
        Err(match (back.pictures, back.sounds) {
            (0, 0) => "its back is empty",
            (0, _) => "its back is a sound, which cannot be played here",
            _ => "its back is a picture, which cannot be shown here",
        }
        .to_owned())
    }

    /// The fields from a place on that say something.
    fn rest(&self, from: usize) -> Option<String> {
        let texts: Vec<&str> = self.fields.iter().skip(from).map(|f| f.text.as_str()).collect();
        filled(&texts.into_iter().filter(|text| !is_blank(text)).collect::<Vec<_>>().join("\n"))
    }

    /// One question a deletion.
    fn settle_deletions(mut self, deletions: Vec<Deletion>, contents: &mut Contents) {
        self.draft.rationale = self.rest(1);
        let pictures = self.fields.first().map_or(0, |field| field.pictures);
        for deletion in deletions {
            let mut draft = self.draft.clone();
            draft.own_id = draft.own_id.map(|id| format!("{id} c{}", deletion.number));
            draft.stem = deletion.stem;
            let answer = filled(&deletion.answer).ok_or_else(|| "its deletion is empty".to_owned());
            let content = draft.leave_pictures(pictures).and(answer);
            draft.settle(content.map(|answer| Content::Reveal { answer }), contents);
        }
    }
}

/// The names of a deck, from the outermost to the innermost.
fn parts_of_deck(deck: &str) -> Vec<String> {
    deck.split("::").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
