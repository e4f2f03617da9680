//! The formats of other programs, by their names on the command line.

use clap::ValueEnum;

use badgedex_formats::Format;

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Reads {
    Gift,
    Aiken,
    AnkiText,
    Anki,
    Csv,
    Hashcards,
    Hascard,
    Markdown,
    Json,
}

impl From<Reads> for Format {
    fn from(reads: Reads) -> Format {
        match reads {
            Reads::Gift => Format::Gift,
            Reads::Aiken => Format::Aiken,
            Reads::AnkiText => Format::AnkiText,
            Reads::Anki => Format::AnkiPackage,
            Reads::Csv => Format::Csv,
            Reads::Hashcards => Format::Hashcards,
            Reads::Hascard => Format::Hascard,
            Reads::Markdown => Format::Practice,
            Reads::Json => Format::Json,
        }
    }
}

/// The formats that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Writes {
    Gift,
    Aiken,
    // The name under which a package of Anki comes in.
    #[value(alias = "anki")]
    AnkiText,
    Csv,
    Markdown,
    Json,
}
