//! How large packs and their parts may be: what is larger is refused by name, never cut.

/// Choices, items or accepted answers of one question: each needs a letter.
pub const MAX_CHOICES: usize = 26;
/// A text of a question (stem, choice, rationale, ...), in bytes.
pub const MAX_TEXT: usize = 64 * 1024;
