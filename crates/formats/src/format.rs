//! The formats that can be read.

use std::fmt;

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
    /// Values separated by commas, tabs, semicolons or pipes.
    Csv,
    /// The Markdown decks of hashcards.
    Hashcards,
    /// The decks of hascard.
    Hascard,
    /// Practice exams in Markdown, in any of their three layouts.
    Practice,
    /// Our own packs, as one JSON document.
    Json,
}

impl Format {
    /// All formats, in the order in which they are listed.
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
