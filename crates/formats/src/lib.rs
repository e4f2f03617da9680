//! Questions as other programs write them: bytes in, questions out, each refusal with its reason.
//!
//! One format a file. A reader knows nothing of files, folders or packs: it is given the whole text and
//! returns every question that is sound, with what was wrong with the others. What it returns has not
//! passed the gate yet: that is done in one place, where a pack is made of it.

pub mod aiken;
mod anki;
pub mod anki_text;
pub mod apkg;
pub mod csv;
mod draft;
pub mod encoding;
pub mod gift;
pub mod hascard;
pub mod hashcards;
pub mod html;
pub mod making;
pub mod own;
pub mod practice;
pub mod reading;
pub mod recognise;
mod records;
mod sound;
pub mod write;

use std::fmt;

use chrono::NaiveDate;

use badgedex_domain::question::Kind;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Moodle's GIFT.
    Gift,
    /// Moodle's Aiken.
    Aiken,
    /// Anki's "Notes in Plain Text".
    AnkiText,
    /// An Anki package (`.apkg`, `.colpkg`).
    AnkiPackage,
    /// Comma, tab, semicolon .. separated values.
    Csv,
    /// The Markdown decks of hashcards.
    Hashcards,
    /// The decks of hascard.
    Hascard,
    /// Practice exams in Markdown, in any of their three layouts.
    Practice,
    /// Our own packs, as one document.
    Json,
}

impl Format {
    pub const ALL: [Format; 9] = [
        Format::Gift,
        Format::Aiken,
        Format::AnkiText,
        Format::AnkiPackage,
        Format::Csv,
        Format::Hashcards,
        Format::Hascard,
        Format::Practice,
        Format::Json,
    ];

    /// The name on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Format::Gift => "gift",
            Format::Aiken => "aiken",
            Format::AnkiText => "anki-text",
            Format::AnkiPackage => "anki",
            Format::Csv => "csv",
            Format::Hashcards => "hashcards",
            Format::Hascard => "hascard",
            Format::Practice => "markdown",
            Format::Json => "json",
        }
    }

    /// The name on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Format::Gift => "GIFT",
            Format::Aiken => "Aiken",
            Format::AnkiText => "Anki text",
            Format::AnkiPackage => "Anki package",
            Format::Csv => "separated values",
            Format::Hashcards => "hashcards Markdown",
            Format::Hascard => "hascard Markdown",
            Format::Practice => "practice exam in Markdown",
            Format::Json => "a pack in JSON",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a question asks for, in the words of the pack format.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    OneOf {
        choices: Vec<String>,
        /// The place of the right choice.
        key: usize,
    },
    AnyOf {
        choices: Vec<String>,
        /// The places of the right choices, in ascending order; at least one, and not all.
        keys: Vec<usize>,
    },
    TrueFalse {
        key: bool,
    },
    /// Accepted answers, the one that is shown first.
    Typed {
        accepted: Vec<String>,
    },
    Number {
        value: f64,
        tolerance: f64,
        /// What is counted; empty where nothing is said.
        unit: String,
    },
    /// The items in their right order.
    Order {
        items: Vec<String>,
    },
    /// A self-checked question: what is shown once the learner has thought.
    Reveal {
        answer: String,
    },
    /// As our own files say it, with what no other format has.
    Own(Kind),
}

/// A sound question, as plain text: no markup, line breaks as LF.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Where it begins, from 1; in a package the place among its notes.
    pub line: usize,
    /// The format's own id, guid or title where that names it for ever; it may hold anything.
    pub own_id: Option<String>,
    /// Decks or categories, from the outermost to the innermost; labels, never paths of files.
    pub topic: Vec<String>,
    pub tags: Vec<String>,
    pub stem: String,
    pub content: Content,
    pub hint: Option<String>,
    pub rationale: Option<String>,
    /// Where it can be looked up.
    pub source: Option<String>,
    /// When it was compared with that.
    pub checked: Option<NaiveDate>,
    /// What was let pass, and what a person should know: sentences without a full stop at the end.
    pub warnings: Vec<String>,
}

/// A question, or a piece of the file, that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Where it begins, from 1; in a package the place among its notes.
    pub line: usize,
    /// How it begins, for the eye; empty where there is nothing to show.
    pub what: String,
    /// Why, as the part of a sentence: "it has no right choice".
    pub why: String,
}

/// All that a file holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contents {
    pub found: Vec<Found>,
    pub refused: Vec<Refused>,
    /// What holds for the file as a whole: "the columns are separated by semicolons".
    pub notes: Vec<String>,
    /// The file's own name for itself, where it has one: a deck's name.
    pub title: Option<String>,
}
