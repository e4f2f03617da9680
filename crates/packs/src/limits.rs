//! How large packs and their parts may be: what is larger is refused by name, never cut.

/// Choices, items or accepted answers of one question: each needs a letter.
pub const MAX_CHOICES: usize = 26;
/// A text of a question (stem, choice, rationale, ...), in bytes.
pub const MAX_TEXT: usize = 64 * 1024;
/// A file of questions, in bytes: 64 MiB, about 100,000 questions.
pub const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;
/// Values in a file of questions: lists, objects, keys, texts and numbers. 100,000 questions have two to four million.
pub const MAX_VALUES: usize = 6_000_000;
/// Entries of one list, and keys of one object.
pub const MAX_LIST: usize = 250_000;
/// All files of a pack that is installed, and what an archive with a pack may inflate to, in bytes.
pub const MAX_ARCHIVE_BYTES: u64 = MAX_FILE_BYTES;
/// Files of a folder or an archive with a pack.
pub const MAX_ARCHIVE_FILES: usize = 10_000;
