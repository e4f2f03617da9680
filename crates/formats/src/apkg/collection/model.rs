//! What a collection holds: rows as values. Notes are text with HTML in it, which is read elsewhere.

use std::collections::HashMap;

/// A collection, as far as it can be studied.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Collection {
    /// In the order in which they were made.
    pub notes: Vec<AnkiNote>,
    pub note_types: HashMap<i64, NoteType>,
    /// A deck's names, from the outermost to the innermost.
    pub decks: HashMap<i64, Vec<String>>,
    pub cards: Vec<AnkiCard>,
    /// In order of time; empty if they were not asked for.
    pub reviews: Vec<AnkiReview>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct AnkiNote {
    pub id: i64,
    pub guid: String,
    pub note_type: i64,
    pub tags: Vec<String>,
    /// `None` if they are not text.
    pub fields: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct NoteType {
    pub name: String,
    pub is_cloze: bool,
    /// Whether it covers parts of a picture.
    pub is_occlusion: bool,
    pub fields: Vec<String>,
    pub templates: Vec<AnkiTemplate>,
}

/// The two sides of a card, as HTML with the names of fields in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AnkiTemplate {
    pub ord: i64,
    pub front: String,
    pub back: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnkiCard {
    pub id: i64,
    pub note: i64,
    pub deck: i64,
    /// Which of the note's templates or deletions it is of, from 0.
    pub ord: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnkiReview {
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    pub card: i64,
    /// The button, from 1; 0 if no button was pressed.
    pub ease: i64,
    /// 0 learning, 1 review, 2 relearning, 3 ahead of time, 4 and above by hand.
    pub kind: i64,
    pub took_ms: i64,
}
