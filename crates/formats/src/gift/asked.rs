//! What the answers of a GIFT question say: what is asked, with its feedback and warnings.

use badgedex_domain::question::Kind;

use super::markup::{self, Markup};

/// Feedback that teaches nothing: that an answer is right or wrong is said anyway.
const EMPTY_WORDS: [&str; 14] = [
    "correct",
    "incorrect",
    "right",
    "wrong",
    "yes",
    "no",
    "ok",
    "good",
    "true",
    "false",
    "welldone",
    "goodjob",
    "thatsright",
    "thatswrong",
];

/// Everything between a question's braces.
#[derive(Debug, Default)]
pub struct GiftAnswers {
    /// One, or several if one question has to be asked as several.
    pub parts: Vec<AskedPart>,
    /// Feedback for the question as a whole.
    pub general: Option<String>,
    feedback: Vec<String>,
    pub warnings: Vec<String>,
}

/// One question to ask.
#[derive(Debug)]
pub struct AskedPart {
    /// What tells it from the other parts.
    pub name: Option<String>,
    /// What it asks beyond the stem.
    pub asks: Option<String>,
    pub kind: Kind,
}

impl GiftAnswers {
    pub fn of(kind: Kind) -> GiftAnswers {
        GiftAnswers { parts: vec![AskedPart { name: None, asks: None, kind }], ..GiftAnswers::default() }
    }

    /// Adds a warning, once.
    pub fn warn(&mut self, warning: impl Into<String>) {
        let warning = warning.into();
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// Keeps the feedback of an answer; `of` is the wrong answer that it belongs to.
    pub fn feedback(&mut self, of: Option<&str>, text: Option<&str>, markup: Markup) {
        let Some(text) = text.map(|text| markup::shown(text, markup).text) else { return };
        let letters: String =
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        if letters.is_empty() || EMPTY_WORDS.contains(&letters.as_str()) {
            return;
        }
        let said = match of {
            Some(answer) => format!("{answer}: {text}"),
            None => text,
        };
        if !self.feedback.contains(&said) {
            self.feedback.push(said);
        }
    }

    /// All feedback as one text; `None` if there is none.
    pub fn rationale(&self) -> Option<String> {
        let said: Vec<&str> = self.general.iter().chain(&self.feedback).map(String::as_str).collect();
        (!said.is_empty()).then(|| said.join("\n\n"))
    }
}

/// A text on one line, as choices and typed answers need it.
pub fn one_line(text: &str) -> String {
    match text.contains('\n') {
        true => text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "),
        false => text.to_owned(),
    }
}
