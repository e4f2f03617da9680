//! Anki's collections: SQLite files of another program, of schema 11 or 18. Nothing is ever written to them.

mod database;
#[cfg(test)]
pub mod fixtures;
mod model;
mod schema;

use std::path::Path;

pub use database::CollectionError;
use database::{Database, number, text};
pub use model::{AnkiCard, AnkiNote, AnkiReview, AnkiTemplate, Collection, NoteType};

/// Separates the fields of a note.
const FIELD_SEPARATOR: char = '\u{1f}';

/// Reads a collection.
///
/// # Errors
///
/// It is damaged, it has no notes or no note types, or reading it would take too long.
pub fn read(path: &Path, want_reviews: bool) -> Result<Collection, CollectionError> {
    let file = Database::open(path)?;
    let (note_types, decks) = match file.has("notetypes")? {
        true => schema::of_tables(&file)?,
        false => schema::of_json(&file)?,
    };
    let reviews = match want_reviews && file.has("revlog")? {
        true => reviews(&file)?,
        false => Vec::new(),
    };
    Ok(Collection { notes: notes(&file)?, note_types, decks, cards: cards(&file)?, reviews })
}

fn notes(file: &Database) -> Result<Vec<AnkiNote>, CollectionError> {
    file.require("notes")?;
    // Sorted here: an index is one more thing that may be hostile.
    let sql = "SELECT id, guid, mid, tags, flds FROM notes NOT INDEXED";
    let mut notes = file.rows(sql, [], "notes", |row| {
        let tags = text(row, 3).unwrap_or_default();
        let fields = text(row, 4).map(|all| all.split(FIELD_SEPARATOR).map(str::to_owned).collect());
        Ok(AnkiNote {
            id: number(row, 0),
            guid: text(row, 1).unwrap_or_default(),
            note_type: number(row, 2),
            tags: tags.split_whitespace().map(str::to_owned).collect(),
            fields,
        })
    })?;
    notes.sort_by_key(|note| note.id);
    Ok(notes)
}

fn cards(file: &Database) -> Result<Vec<AnkiCard>, CollectionError> {
    if !file.has("cards")? {
        return Ok(Vec::new());
    }
    let sql = "SELECT id, nid, did, odid, ord FROM cards NOT INDEXED";
    file.rows(sql, [], "cards", |row| {
        // While a card is in a filtered deck, its own deck is in the other column.
        let deck = [number(row, 3), number(row, 2)].into_iter().find(|&deck| deck != 0).unwrap_or(0);
        Ok(AnkiCard { id: number(row, 0), note: number(row, 1), deck, ord: number(row, 4) })
    })
}

fn reviews(file: &Database) -> Result<Vec<AnkiReview>, CollectionError> {
    let sql = "SELECT id, cid, ease, type, time FROM revlog NOT INDEXED";
    let mut reviews = file.rows(sql, [], "reviews", |row| {
        let [at, card, ease, kind, took_ms] = [0, 1, 2, 3, 4].map(|column| number(row, column));
        Ok(AnkiReview { at, card, ease, kind, took_ms })
    })?;
    reviews.sort_by_key(|review| review.at);
    Ok(reviews)
}

#[cfg(test)]
mod tests;
