//! What a reader returns: the questions of a file, and what was wrong with the others.

use chrono::NaiveDate;

use badgedex_domain::question::{Kind, Level};

use crate::reason::Reason;

/// A question that can be asked, as plain text: no markup, line breaks as LF.
///
/// It has not passed the gate yet; `pack_builder::build` does that.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedQuestion {
    /// The line on which it begins, from 1; in a package its position among the notes.
    pub line: usize,
    /// The format's own id, guid or title if that never changes; it may hold anything.
    pub own_id: Option<String>,
    /// Decks or categories, from the outermost to the innermost; labels, never paths of files.
    pub topic: Vec<String>,
    /// Tags, in the file's order.
    pub tags: Vec<String>,
    /// What is asked.
    pub stem: String,
    /// How it is answered, and what is right.
    pub kind: Kind,
    /// Shown if the learner asks for it.
    pub hint: Option<String>,
    /// Why the answer is right.
    pub rationale: Option<String>,
    /// Why each choice is right or wrong, in the order of the choices; empty if the file does not say.
    pub reasons: Vec<String>,
    /// The mock exam form that it is held back for.
    pub exam_form: Option<String>,
    /// How difficult it is.
    pub level: Option<Level>,
    /// Where it can be looked up.
    pub source: Option<String>,
    /// When it was last compared with its source.
    pub checked: Option<NaiveDate>,
    /// What was tolerated, and what a person should know: sentences without a full stop at the end.
    pub warnings: Vec<String>,
}

/// A question, or a piece of the file, that cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The line on which it begins, from 1; in a package its position among the notes.
    pub line: usize,
    /// How it begins, to recognize it by; empty if there is nothing to show.
    pub excerpt: String,
    /// Why it cannot be imported.
    pub reason: Reason,
}

/// Everything that a file holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ParsedFile {
    /// In the order of the file.
    pub questions: Vec<ImportedQuestion>,
    /// In the order of the file.
    pub refusals: Vec<Refusal>,
    /// What holds for the file as a whole: "the columns are separated by semicolons".
    pub notes: Vec<String>,
    /// The file's own name for itself, such as a deck's name.
    pub title: Option<String>,
}

impl ParsedFile {
    /// How many questions were read or refused so far.
    pub fn count(&self) -> usize {
        self.questions.len() + self.refusals.len()
    }

    /// Adds a refusal.
    pub fn refuse(&mut self, line: usize, excerpt: impl Into<String>, reason: impl Into<Reason>) {
        self.refusals.push(Refusal { line, excerpt: excerpt.into(), reason: reason.into() });
    }
}
