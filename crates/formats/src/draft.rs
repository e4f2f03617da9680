//! A question while it is read: what every text format asks of it before it is imported.

use chrono::NaiveDate;

use badgedex_domain::question::{Kind, Level};

use crate::excerpt::first_line_excerpt;
use crate::kinds;
use crate::limits::{MAX_TEXT, MIN_LETTERS_WITHOUT_PICTURE};
use crate::parsed::{ImportedQuestion, ParsedFile};
use crate::reason::Reason;
use crate::validate::{self, is_blank};

/// A question without its answers.
#[derive(Debug, Clone, Default)]
pub struct QuestionDraft {
    pub line: usize,
    pub own_id: Option<String>,
    pub topic: Vec<String>,
    pub tags: Vec<String>,
    pub stem: String,
    pub hint: Option<String>,
    pub rationale: Option<String>,
    pub reasons: Vec<String>,
    pub exam_form: Option<String>,
    pub level: Option<Level>,
    pub source: Option<String>,
    pub checked: Option<NaiveDate>,
    pub warnings: Vec<String>,
}

impl QuestionDraft {
    pub fn at(line: usize) -> QuestionDraft {
        QuestionDraft { line, ..QuestionDraft::default() }
    }

    /// Warns that pictures are left out.
    ///
    /// # Errors
    ///
    /// The stem is too short to be understood without them.
    pub fn leave_out_pictures(&mut self, pictures: usize) -> Result<(), Reason> {
        if pictures == 0 {
            return Ok(());
        }
        if self.stem.chars().filter(|c| c.is_alphabetic()).count() < MIN_LETTERS_WITHOUT_PICTURE {
            return Err(Reason::NeedsPicture);
        }
        let warning = if pictures == 1 { "a picture is left out" } else { "pictures are left out" };
        self.warnings.push(warning.to_owned());
        Ok(())
    }

    /// Adds the question to the file's questions, or to its refusals.
    pub fn finish(mut self, kind: Result<Kind, Reason>, contents: &mut ParsedFile) {
        match kind.and_then(|kind| self.accepted(kind)) {
            Err(reason) => contents.refuse(self.line, first_line_excerpt(&self.stem), reason),
            Ok(kind) => contents.questions.push(self.with(kind)),
        }
    }

    /// The question with its answers.
    pub fn with(self, kind: Kind) -> ImportedQuestion {
        ImportedQuestion {
            line: self.line,
            own_id: self.own_id,
            topic: self.topic,
            tags: self.tags,
            stem: self.stem,
            kind,
            hint: self.hint,
            rationale: self.rationale,
            reasons: self.reasons,
            exam_form: self.exam_form,
            level: self.level,
            source: self.source,
            checked: self.checked,
            warnings: self.warnings,
        }
    }

    fn accepted(&mut self, kind: Kind) -> Result<Kind, Reason> {
        if self.size() + size(&kind) > MAX_TEXT {
            return Err(Reason::TooLong);
        }
        validate::accept(&self.stem, &kind, &mut self.warnings)?;
        Ok(kind)
    }

    fn size(&self) -> usize {
        let texts = [&self.hint, &self.rationale, &self.source];
        let lengths = texts.into_iter().flatten().chain(&self.reasons).map(String::len);
        self.stem.len() + lengths.sum::<usize>()
    }
}

/// The texts of a kind, in bytes.
fn size(kind: &Kind) -> usize {
    let all = |texts: &[String]| texts.iter().map(String::len).sum();
    match kind {
        Kind::OneOf { choices, typed, .. } => all(choices) + all(typed),
        Kind::AnyOf { choices: texts, .. }
        | Kind::Typed { accepted: texts }
        | Kind::Order { items: texts } => all(texts),
        Kind::Reveal { answer: text } | Kind::Number { unit: text, .. } => text.len(),
        // No file can hold a question whose choices are drawn.
        Kind::TrueFalse { .. } | Kind::Drawn { .. } => 0,
    }
}

/// A question with choices, and the indexes of the right ones in any order.
///
/// # Errors
///
/// The choices do not make a question.
pub fn choice(choices: Vec<String>, keys: Vec<usize>) -> Result<Kind, Reason> {
    checked(kinds::choice(trimmed(choices), keys))
}

/// A question with items in their right order.
///
/// # Errors
///
/// The items do not make a question.
pub fn order(items: Vec<String>) -> Result<Kind, Reason> {
    checked(Kind::Order { items: trimmed(items) })
}

fn checked(kind: Kind) -> Result<Kind, Reason> {
    validate::check_kind(&kind).map(|()| kind)
}

fn trimmed(texts: Vec<String>) -> Vec<String> {
    texts.iter().map(|text| text.trim().to_owned()).collect()
}

/// A text without blanks around it; `None` if it is blank.
pub fn filled(text: &str) -> Option<String> {
    (!is_blank(text)).then(|| text.trim().to_owned())
}

/// Checks that a text of this length, in bytes, can be asked once for each of its deletions: each question
/// holds the whole of it.
///
/// # Errors
///
/// It is too long for that.
pub fn check_deletions(length: usize, count: usize) -> Result<(), Reason> {
    const MAX_TOGETHER: usize = 16 * MAX_TEXT;
    if length > MAX_TEXT {
        return Err(Reason::TooLong);
    }
    match length.saturating_mul(count) > MAX_TOGETHER {
        true => Err(format!("it has {count} deletions, which is too many for its length").into()),
        false => Ok(()),
    }
}

/// The index of a letter among choices: A is the first, in either case.
pub fn index_of_letter(letter: char) -> Option<usize> {
    let letter = letter.to_ascii_uppercase();
    letter.is_ascii_uppercase().then(|| usize::from(letter as u8 - b'A'))
}
