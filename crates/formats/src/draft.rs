//! A question on its way in: what every text format asks of it before it is taken.

use chrono::NaiveDate;

pub use super::sound::is_blank;
use super::sound::{self, MOST_TEXT, TOO_LONG, short};
use super::{Content, Contents, Found, Refused};
use badgedex_domain::question::Kind;
pub use badgedex_packs::json_writer::letter;

/// A stem with a picture is taken where it has as many letters beside it.
const LEAST_LETTERS: usize = 12;

/// Why a question cannot be taken, as the part of a sentence.
pub type Why = String;

/// A question but for what it asks for.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub line: usize,
    pub own_id: Option<String>,
    pub topic: Vec<String>,
    pub tags: Vec<String>,
    pub stem: String,
    pub hint: Option<String>,
    pub rationale: Option<String>,
    pub source: Option<String>,
    pub checked: Option<NaiveDate>,
    pub warnings: Vec<String>,
}

impl Draft {
    pub fn at(line: usize) -> Draft {
        Draft { line, ..Draft::default() }
    }

    /// Warns of pictures that are left out, or says that the stem needs them.
    pub fn leave_pictures(&mut self, pictures: usize) -> Result<(), Why> {
        if pictures == 0 {
            return Ok(());
        }
        if self.stem.chars().filter(|c| c.is_alphabetic()).count() < LEAST_LETTERS {
            return Err("its picture cannot be shown here".to_owned());
        }
        let warning = if pictures == 1 { "a picture is left out" } else { "pictures are left out" };
        self.warnings.push(warning.to_owned());
        Ok(())
    }

    /// Takes the question, or refuses it with the reason.
    pub fn settle(mut self, content: Result<Content, Why>, contents: &mut Contents) {
        let content = content.and_then(|content| self.passed(content));
        match content {
            Err(why) => contents.refused.push(Refused { line: self.line, what: beginning(&self.stem), why }),
            Ok(content) => contents.found.push(Found {
                line: self.line,
                own_id: self.own_id,
                topic: self.topic,
                tags: self.tags,
                stem: self.stem,
                content,
                hint: self.hint,
                rationale: self.rationale,
                source: self.source,
                checked: self.checked,
                warnings: self.warnings,
            }),
        }
    }

    fn passed(&mut self, content: Content) -> Result<Content, Why> {
        if self.size() + size(&content) > MOST_TEXT {
            return Err(TOO_LONG.to_owned());
        }
        sound::pass(&self.stem, &content, &mut self.warnings)?;
        Ok(content)
    }

    fn size(&self) -> usize {
        let texts = [&self.hint, &self.rationale, &self.source];
        self.stem.len() + texts.into_iter().flatten().map(String::len).sum::<usize>()
    }
}

fn size(content: &Content) -> usize {
    let all = |texts: &[String]| texts.iter().map(String::len).sum();
    match content {
        Content::OneOf { choices: texts, .. }
        | Content::AnyOf { choices: texts, .. }
        | Content::Typed { accepted: texts }
        | Content::Order { items: texts } => all(texts),
        Content::Reveal { answer } => answer.len(),
        Content::Number { unit, .. } => unit.len(),
        Content::TrueFalse { .. } => 0,
        Content::Own(Kind::OneOf { choices, typed, .. }) => all(choices) + all(typed),
        Content::Own(Kind::AnyOf { choices: texts, .. } | Kind::Typed { accepted: texts })
        | Content::Own(Kind::Order { items: texts }) => all(texts),
        Content::Own(Kind::Reveal { answer: text } | Kind::Number { unit: text, .. }) => text.len(),
        // No file holds a drawn one.
        Content::Own(Kind::TrueFalse { .. } | Kind::Drawn { .. }) => 0,
    }
}

/// Choices and the places of the right ones, if that makes a question.
pub fn choice(choices: Vec<String>, mut keys: Vec<usize>) -> Result<Content, Why> {
    let choices = trimmed(choices);
    keys.sort_unstable();
    keys.dedup();
    sound(match keys[..] {
        [key] => Content::OneOf { choices, key },
        _ => Content::AnyOf { choices, keys },
    })
}

/// Items in their right order, if that makes a question.
pub fn order(items: Vec<String>) -> Result<Content, Why> {
    sound(Content::Order { items: trimmed(items) })
}

fn sound(content: Content) -> Result<Content, Why> {
    sound::fault_of(&content).map_or(Ok(content), Err)
}

fn trimmed(texts: Vec<String>) -> Vec<String> {
    texts.iter().map(|text| text.trim().to_owned()).collect()
}

/// A text, unless it is blank.
pub fn filled(text: &str) -> Option<String> {
    (!is_blank(text)).then(|| text.trim().to_owned())
}

/// The first words of a text, of its first line, for the eye.
pub fn beginning(text: &str) -> String {
    short(text.trim_start().lines().next().unwrap_or_default())
}

/// Whether a text can be asked for piece by piece: each question holds the whole of it.
pub fn check_deletions(length: usize, count: usize) -> Result<(), Why> {
    const MOST_TOGETHER: usize = 16 * MOST_TEXT;
    if length > MOST_TEXT {
        return Err("it is longer than 64 KiB".to_owned());
    }
    match length.saturating_mul(count) > MOST_TOGETHER {
        true => Err(format!("it has {count} deletions, which is too many for its length")),
        false => Ok(()),
    }
}

/// The place of a letter among choices: A is the first, in either case.
pub fn place_of_letter(letter: char) -> Option<usize> {
    let letter = letter.to_ascii_uppercase();
    letter.is_ascii_uppercase().then(|| usize::from(letter as u8 - b'A'))
}
