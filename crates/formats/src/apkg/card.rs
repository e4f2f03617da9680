//! What a note type makes of its notes, worked out once for all of them.

use super::choices;
use super::template::Side;
use crate::anki::{Notetype, Template};

/// A note type with its sides taken apart.
#[derive(Debug)]
pub struct Kind {
    pub cards: Vec<Card>,
    pub is_cloze: bool,
    pub is_occlusion: bool,
    /// Where its choices are, if it is one of choices.
    pub choices: Option<choices::Layout>,
    /// The fields that explain or name a source.
    pub extras: Vec<usize>,
    /// What a person should know of all that comes of it.
    pub warning: Option<&'static str>,
}

/// A card that each note of a type can have.
#[derive(Debug)]
pub struct Card {
    /// From 0; a deletion has its own.
    pub place: i64,
    pub front: Side,
    pub back: Side,
}

impl Kind {
    /// What is made of a note whose type is not there: one card of its first two fields.
    pub fn unknown() -> Kind {
        let fields = ["Front", "Back"].map(str::to_owned);
        let template = Template { place: 0, front: "{{Front}}".to_owned(), back: "{{Back}}".to_owned() };
        let templates = vec![template];
        let kind = Kind::of(&Notetype { fields: fields.to_vec(), templates, ..Notetype::default() });
        Kind {
            warning: Some("its note type is missing: the first two fields are taken as its sides"),
            ..kind
        }
    }

    pub fn of(notetype: &Notetype) -> Kind {
        let fields = &notetype.fields;
        let card = |template: &Template| Card {
            place: template.place,
            front: Side::parse(&template.front, fields),
            back: Side::parse_back(&template.back, fields),
        };
        let name = notetype.name.to_lowercase();
        Kind {
            cards: notetype.templates.iter().map(card).collect(),
            is_cloze: notetype.is_cloze,
            is_occlusion: notetype.is_occlusion || name.contains("image occlusion"),
            choices: choices::layout(fields).filter(|_| !notetype.is_cloze),
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
