//! Limits that several readers share. What is larger is refused by name, never cut.

pub use badgedex_packs::limits::{MAX_CHOICES, MAX_TEXT};

/// Lines of a text: what is read of one takes up to half a kilobyte.
pub const MAX_LINES: usize = 400_000;
/// Commas, semicolons, tabs and bars of a text: each may begin a column.
pub const MAX_SEPARATORS: usize = 1_500_000;
/// Questions of one file, or of one pack.
pub const MAX_QUESTIONS: usize = 1_000_000;
/// What is said of a file that has more.
pub const TOO_MANY_QUESTIONS: &str = "the file has more than 1,000,000 questions: the rest is not read";
/// How deep cloze deletions may be nested; deeper ones are text.
pub const MAX_CLOZE_DEPTH: usize = 16;
/// A text that loses a picture is kept if it has at least this many letters: it can be understood without it.
pub const MIN_LETTERS_WITHOUT_PICTURE: usize = 12;
