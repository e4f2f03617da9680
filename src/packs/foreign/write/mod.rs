//! Packs in the formats of other programs: text out, with what the format cannot say.
//!
//! One format a file, each the reverse of its reader: what was written and is read again is the same.

pub mod aiken;
pub mod gift;
#[cfg(test)]
mod laws;

use crate::domain::question::Question;

/// A pack in another format.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// The file; lines end in LF.
    pub text: String,
    /// What is not in it.
    pub left_out: Vec<LeftOut>,
}

/// A question, or a part of one, that the format cannot say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The question's id.
    pub question: String,
    /// What, and why, as a sentence without a full stop at the end.
    pub why: String,
}

impl LeftOut {
    /// What is not kept of this question.
    pub fn of(question: &Question, why: impl Into<String>) -> LeftOut {
        LeftOut { question: question.id.as_str().to_owned(), why: why.into() }
    }
}
