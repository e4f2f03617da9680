//! Anki packages (`.apkg`, `.colpkg`) of versions 1 to 3: a zip archive with a collection in it.

mod archive;
mod ask;
mod card;
mod choices;
mod cloze;
mod gather;
mod note;
mod template;
mod zstd;

use std::io::{Read, Seek};

use super::Contents;
use crate::anki::{self, NoCollection};

/// Why nothing of a package can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPackage {
    #[error("it is no sound zip archive ({0})")]
    NoArchive(String),
    #[error("there is no Anki collection in it")]
    NothingInIt,
    #[error(
        "it was made by a newer Anki than this program knows: export it again with \"Support older Anki versions\""
    )]
    TooNew,
    #[error("its collection is a link or a folder, and no file")]
    NoFile,
    #[error("its collection cannot be unpacked ({0})")]
    Packed(String),
    #[error("its collection is larger than 256 MiB once it is unpacked")]
    TooLarge,
    #[error("its collection is no SQLite database")]
    NoDatabase,
    #[error(transparent)]
    Collection(#[from] NoCollection),
}

/// An answer that was given in Anki.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastReview {
    /// The question's own id.
    pub own_id: String,
    /// Milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// The button: 1 again, 2 hard, 3 good, 4 easy.
    pub grade: u8,
    pub took_ms: u32,
}

/// Reads the questions of a package, and the answers that were given to them if they are wanted.
pub fn read(source: impl Read + Seek, want_history: bool) -> Result<(Contents, Vec<PastReview>), BadPackage> {
    let file = archive::collection(source)?;
    let collection = anki::read(file.path(), want_history)?;
    Ok(gather::gather(&collection))
}

#[cfg(test)]
mod tests;
