//! What a note type makes of its notes, worked out once for all of them.

use super::choice_fields::{self, ChoiceFields};
use super::collection::{AnkiTemplate, NoteType};
use super::template::Side;

/// A note type with its sides taken apart.
#[derive(Debug)]
pub struct NoteKind {
    pub cards: Vec<CardTemplate>,
    pub is_cloze: bool,
    pub is_occlusion: bool,
    /// Where its choices are, if it is one of choices.
    pub choices: Option<ChoiceFields>,
    /// The fields that explain or name a source.
    pub extras: Vec<usize>,
    /// What a person should know of all that comes of it.
    pub warning: Option<&'static str>,
}

/// A card that each note of a type can have.
#[derive(Debug)]
pub struct CardTemplate {
    /// From 0; a deletion has its own.
    pub ord: i64,
    pub front: Side,
    pub back: Side,
}

impl NoteKind {
    /// What is made of a note whose type is not there: one card of its first two fields.
    pub fn unknown() -> NoteKind {
        let fields = ["Front", "Back"].map(str::to_owned);
        let template = AnkiTemplate { ord: 0, front: "{{Front}}".to_owned(), back: "{{Back}}".to_owned() };
        let templates = vec![template];
        let kind = NoteKind::of(&NoteType { fields: fields.to_vec(), templates, ..NoteType::default() });
        NoteKind {
            warning: Some("its note type is missing: the first two fields are taken as its sides"),
            ..kind
        }
    }

    /// What a note type makes of its notes.
    pub fn of(note_type: &NoteType) -> NoteKind {
        let fields = &note_type.fields;
        let card = |template: &AnkiTemplate| CardTemplate {
            ord: template.ord,
            front: Side::parse(&template.front, fields),
            back: Side::parse_back(&template.back, fields),
        };
        let name = note_type.name.to_lowercase();
        NoteKind {
            cards: note_type.templates.iter().map(card).collect(),
            is_cloze: note_type.is_cloze,
            is_occlusion: note_type.is_occlusion || name.contains("image occlusion"),
            choices: choice_fields::find(fields).filter(|_| !note_type.is_cloze),
            extras: (0..fields.len()).filter(|&place| explains(&fields[place])).collect(),
            warning: None,
        }
    }
}

fn explains(name: &str) -> bool {
    const WORDS: [&str; 13] = [
        "extra",
        "extras",
        "explanation",
        "explanations",
        "note",
        "notes",
        "source",
        "sources",
        "rationale",
        "reference",
        "references",
        "comment",
        "comments",
    ];
    let name = name.to_lowercase();
    name.split(|c: char| !c.is_alphabetic()).any(|word| WORDS.contains(&word))
}
