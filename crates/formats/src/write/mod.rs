//! Packs in the formats of other programs: text out, with what the format cannot say.
//!
//! Each format has its own module, the reverse of its reader: what is written and read again is the same.

pub mod aiken;
pub mod anki_text;
pub mod csv;
pub mod gift;
pub mod json;
pub mod losses;
pub mod markdown;
#[cfg(test)]
pub mod strategies;
mod written;

pub use losses::{LeftOut, Loss, QuestionPart};
pub use written::WrittenPack;

#[cfg(test)]
mod text_tests;
