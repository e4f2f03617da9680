//! What an import brought in, or would bring in: plain values that the command fills, and that the screen and
//! the JSON show.

use badgedex_domain::question::Question;
use badgedex_formats::Format;
use badgedex_formats::report::ImportRemark;

/// A file that was read, or could not be.
#[derive(Debug, Clone, Default)]
pub struct ImportedFile {
    pub name: String,
    /// `None` if it could not be read.
    pub format: Option<Format>,
    /// The text encoding, if it is not UTF-8.
    pub encoding: Option<&'static str>,
    /// Questions found in it: those taken and those refused.
    pub found: usize,
    pub taken: usize,
    pub refused: usize,
    /// What the reader assumed about the file as a whole, as sentences.
    pub notes: Vec<String>,
}

/// How many questions of the pack an import changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChangeCounts {
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub gone: usize,
}

/// What happens to the questions that the learner edited since the last import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalEdits {
    /// Number of edited or added questions that are kept.
    Kept(usize),
    /// They cannot be told apart from the imported ones.
    Unknown,
}

impl Default for LocalEdits {
    fn default() -> Self {
        LocalEdits::Kept(0)
    }
}

/// Counts of the past reviews in an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReviewCounts {
    pub found: usize,
    /// Recorded as answers now.
    pub new: usize,
    /// Recorded by an earlier import.
    pub known: usize,
}

/// A pack that was imported, or would be.
#[derive(Debug, Clone, Default)]
pub struct ImportedPack {
    pub id: String,
    pub title: String,
    /// The path of its folder.
    pub place: String,
    pub files: Vec<ImportedFile>,
    pub questions: Vec<Question>,
    pub change: ChangeCounts,
    pub edits: LocalEdits,
    pub refused: Vec<ImportRemark>,
    pub warnings: Vec<ImportRemark>,
    pub reviews: ReviewCounts,
}
