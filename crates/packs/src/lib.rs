//! Reading, checking and fixing packs and catalogs, and the shipped questions.
//!
//! [`load`] gives the library of everything that can be used; [`check`] gives the [`Diagnostic`]s of folders.
//! How files are written is known in this crate only.

#![warn(missing_docs)]

pub mod atomic_write;
pub mod bundle;
mod catalog_reader;
mod checker;
mod coercion;
mod diagnostic;
pub mod fixes;
mod folder;
mod id_conflicts;
pub mod import_marks;
pub mod installed;
pub mod json;
pub mod json_writer;
pub mod layout;
pub mod limits;
mod lint_report;
mod loader;
mod nearest;
pub mod new_pack;
pub mod pack_reader;
pub mod pack_source;
pub mod position;
pub mod question_edit;
mod question_positions;
mod raw;
pub mod removals;
mod schema;
mod shipped;
pub mod slug;
mod text_case;
mod text_size;
mod unread_files;

pub use diagnostic::{Code, Diagnostic, Place, Severity};
pub use folder::{File, Fingerprint, Folder, Unreadable, fingerprint, folders, folders_in};
pub use lint_report::lint;
pub use loader::{LoadedPacks, check, load};
pub use question_positions::{repeated_stems, repetitions};
pub use unread_files::{nested, overlooked};

#[cfg(test)]
mod readme_tests;
#[cfg(test)]
mod tests;
