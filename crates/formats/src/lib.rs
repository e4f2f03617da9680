//! Questions as other programs write them, in and out: bytes in, questions out, and a reason for each refusal.
//!
//! Each format has its own module. A reader knows nothing of files, folders or packs: it is given the whole
//! text and returns every question that can be asked, with what was wrong with the others. What it returns
//! has not passed the gate yet: [`pack_builder`] does that in one place, and [`round_trip`] then proves that
//! the pack can be read back.
//!
//! ```
//! use badgedex_formats::reading::{ReadOptions, read};
//! use badgedex_formats::Format;
//!
//! let file = b"Which rope is thicker?\nA. a hawser\nB. a line\nANSWER: A\n";
//! let read = read("ropes.txt", file, &ReadOptions::default()).unwrap();
//! assert_eq!(read.format, Format::Aiken);
//! assert_eq!(read.contents.questions[0].stem, "Which rope is thicker?");
//! ```

#![warn(missing_docs)]

pub mod aiken;
pub mod anki_text;
pub mod apkg;
pub mod badgedex_json;
pub mod csv;
mod draft;
pub mod encoding;
mod excerpt;
mod format;
pub mod gift;
pub mod hascard;
pub mod hashcards;
pub mod html;
pub mod kinds;
pub mod limits;
pub mod pack_builder;
mod parsed;
pub mod practice;
pub mod reading;
mod reason;
pub mod recognize;
mod records;
pub mod report;
pub mod round_trip;
mod validate;
pub mod write;

pub use format::Format;
pub use parsed::{ImportedQuestion, ParsedFile, Refusal};
pub use reason::Reason;
