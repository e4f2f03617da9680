//! Anki packages (`.apkg`, `.colpkg`) of versions 1 to 3: a zip archive with a collection in it.

mod archive;
mod choice_fields;
mod cloze;
mod collection;
mod gather;
mod note_kind;
mod note_text;
mod protobuf;
mod questions;
mod template;
mod zstd;

use std::io::{Read, Seek};

pub use archive::PackageError;
pub use collection::CollectionError;
pub use gather::PastReview;

use crate::parsed::ParsedFile;

/// Reads the questions of a package, and the answers that were given to them if they are wanted.
///
/// # Errors
///
/// It is not a package, it is damaged, or its collection is too large.
pub fn read(
    source: impl Read + Seek,
    want_history: bool,
) -> Result<(ParsedFile, Vec<PastReview>), PackageError> {
    let file = archive::collection(source)?;
    let collection = collection::read(file.path(), want_history)?;
    Ok(gather::gather(&collection))
}

#[cfg(test)]
mod tests;
