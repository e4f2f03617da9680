//! The formats of other programs, by their names on the command line.

use clap::ValueEnum;

use badgedex_formats::Format;

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportFormat {
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

impl From<ImportFormat> for Format {
    fn from(reads: ImportFormat) -> Format {
        match reads {
            ImportFormat::Gift => Format::Gift,
            ImportFormat::Aiken => Format::Aiken,
            ImportFormat::AnkiText => Format::AnkiText,
            ImportFormat::Anki => Format::AnkiPackage,
            ImportFormat::Csv => Format::Csv,
            ImportFormat::Hashcards => Format::Hashcards,
            ImportFormat::Hascard => Format::Hascard,
            ImportFormat::Markdown => Format::Practice,
            ImportFormat::Json => Format::Json,
        }
    }
}

/// The formats that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    Gift,
    Aiken,
    // The name under which a package of Anki comes in.
    #[value(alias = "anki")]
    AnkiText,
    Csv,
    Markdown,
    Json,
}
