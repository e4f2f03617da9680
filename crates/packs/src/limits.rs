//! How large packs and their parts may be: what is larger is refused by name, never cut.

/// Choices, items or accepted answers of one question: each needs a letter.
pub const MAX_CHOICES: usize = 26;
/// A text of a question (stem, choice, rationale, ...), in bytes.
pub const MAX_TEXT: usize = 64 * 1024;
/// A file of questions, in bytes: 64 MiB, about 100,000 questions.
pub const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;
/// What an archive with a pack may inflate to, in bytes.
pub const MAX_ARCHIVE_BYTES: u64 = 256 * 1024 * 1024;
/// Files of an archive with a pack.
pub const MAX_ARCHIVE_FILES: usize = 10_000;
