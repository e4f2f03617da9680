//! How large packs and their parts may be: what is larger is refused by name, never cut.

/// Choices, items or accepted answers of one question: each needs a letter.
pub const MAX_CHOICES: usize = 26;
/// A text of a question (stem, choice, rationale, ...), in bytes.
pub const MAX_TEXT: usize = 64 * 1024;
/// A file of questions, in bytes: 64 MiB, about 100,000 questions.
pub const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;
/// Values in a file of questions: lists, objects, keys, texts and numbers. 100,000 questions have two to four million.
pub const MAX_VALUES: usize = 6_000_000;
/// Entries of one list, such as the questions of a file, and keys of one object.
pub const MAX_LIST: usize = 120_000;
/// All files of a pack that is installed, and what an archive with a pack may inflate to, in bytes.
pub const MAX_ARCHIVE_BYTES: u64 = MAX_FILE_BYTES;
/// Files of a folder or an archive with a pack, pictures and others included.
pub const MAX_ARCHIVE_FILES: usize = 10_000;
/// The text of a pack that travels or is backed up, in bytes.
pub const MAX_TRAVELING_BYTES: u64 = 32 * 1024 * 1024;
/// What a bundle of packs may inflate to, in bytes.
pub const MAX_BUNDLE_BYTES: u64 = 512 * 1024 * 1024;
/// Packs and removals in a bundle.
pub const MAX_BUNDLE_PACKS: usize = 10_000;
/// Files of a pack in a bundle.
pub const MAX_BUNDLE_FILES: usize = 1_000;
/// Files of questions of a pack that is installed: each is synchronized to disk.
pub const MAX_PACK_FILES: usize = 1_000;
/// Errors of a pack after which no further file of it is read.
pub const MAX_DIAGNOSTICS: usize = 10_000;
