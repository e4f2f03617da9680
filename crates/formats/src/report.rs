//! What an import did, or would do: files, counts, refusals and warnings. The program finds the words.

use badgedex_domain::question::Question;

use crate::format::Format;

/// Something about one question, one line or one file of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRemark {
    /// The index of the file among those that were read.
    pub file: usize,
    /// From 1; `None` if the whole file is meant.
    pub line: Option<usize>,
    /// How the question begins, harmless and on one line; empty if there is nothing to show.
    pub what: String,
    /// Part of a sentence: "it has no answer".
    pub why: String,
}

/// One file of an import.
#[derive(Debug, Clone, Default)]
pub struct FileReport {
    /// As it was named.
    pub name: String,
    /// `None` if the file could not be read.
    pub format: Option<Format>,
    /// The name of its encoding; `None` if it is not text.
    pub encoding: Option<&'static str>,
    /// Questions that were found, refused ones too.
    pub found: usize,
    /// Questions that were imported.
    pub taken: usize,
    /// Questions that were refused.
    pub refused: usize,
    /// What holds for the file as a whole.
    pub notes: Vec<String>,
}

/// How an import changes the questions of a pack that was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChangeCounts {
    /// New questions.
    pub added: usize,
    /// Questions with another text, key or topic.
    pub changed: usize,
    /// Questions that stay as they were.
    pub unchanged: usize,
    /// Questions that are no longer in the pack.
    pub gone: usize,
}

/// What becomes of the questions that the learner edited since the last import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptEdits {
    /// This many are kept.
    Kept(usize),
    /// The last import left no note, so that edits cannot be told from imported questions.
    Unknown,
}

impl Default for KeptEdits {
    fn default() -> Self {
        KeptEdits::Kept(0)
    }
}

/// What becomes of the past reviews in an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReviewCounts {
    /// Reviews in the files.
    pub found: usize,
    /// Recorded as answers now.
    pub new: usize,
    /// Recorded by an earlier import.
    pub known: usize,
}

/// One pack of an import.
#[derive(Debug, Clone, Default)]
pub struct PackReport {
    /// The pack's id.
    pub id: String,
    /// The pack's title.
    pub title: String,
    /// Its folder, for the screen.
    pub place: String,
    /// The files that it was made of.
    pub files: Vec<FileReport>,
    /// The questions that it holds now.
    pub questions: Vec<Question>,
    /// What is different from before.
    pub change: ChangeCounts,
    /// What becomes of the learner's edits.
    pub edits: KeptEdits,
    /// What was not imported.
    pub refused: Vec<ImportRemark>,
    /// What was imported, with something that a person should know.
    pub warnings: Vec<ImportRemark>,
    /// What becomes of past reviews.
    pub reviews: ReviewCounts,
}
