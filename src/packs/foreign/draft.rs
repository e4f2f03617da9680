//! A question on its way in: what every text format asks of it before it is taken.

use unicode_normalization::UnicodeNormalization;

use super::{Content, Contents, Found, Refused};
use crate::domain::gate;

/// More choices have no letters.
pub const MOST_CHOICES: usize = 26;

/// A longer question is refused.
const MOST_TEXT: usize = 64 * 1024;

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
        let content = content.and_then(|content| self.checked(content));
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
                warnings: self.warnings,
            }),
        }
    }

    fn checked(&mut self, content: Content) -> Result<Content, Why> {
        if is_blank(&self.stem) {
            return Err("it asks nothing".to_owned());
        }
        if self.size() + size(&content) > MOST_TEXT {
            return Err("it is longer than 64 KiB".to_owned());
        }
        if let Content::OneOf { choices, .. } | Content::AnyOf { choices, .. } = &content
            && look_the_same(choices)
        {
            self.warnings.push("choices look the same".to_owned());
        }
        Ok(content)
    }

    fn size(&self) -> usize {
        let texts = [&self.hint, &self.rationale];
        self.stem.len() + texts.into_iter().flatten().map(String::len).sum::<usize>()
    }
}

fn size(content: &Content) -> usize {
    match content {
        Content::OneOf { choices: texts, .. }
        | Content::AnyOf { choices: texts, .. }
        | Content::Typed { accepted: texts }
        | Content::Order { items: texts } => texts.iter().map(String::len).sum(),
        Content::Reveal { answer } => answer.len(),
        Content::TrueFalse { .. } | Content::Number { .. } => 0,
    }
}

/// Choices and the places of the right ones, if that makes a question.
pub fn choice(choices: Vec<String>, mut keys: Vec<usize>) -> Result<Content, Why> {
    let choices = different(choices, "choice")?;
    keys.sort_unstable();
    keys.dedup();
    match keys[..] {
        [] => Err("no choice is marked as right".to_owned()),
        [.., last] if last >= choices.len() => Err("its key names no choice".to_owned()),
        [key] => Ok(Content::OneOf { choices, key }),
        _ if keys.len() == choices.len() => Err("every choice is marked as right".to_owned()),
        _ => Ok(Content::AnyOf { choices, keys }),
    }
}

/// Items in their right order, if that makes a question.
pub fn order(items: Vec<String>) -> Result<Content, Why> {
    Ok(Content::Order { items: different(items, "item")? })
}

/// Two to 26 texts, none empty, no two the same.
fn different(texts: Vec<String>, name: &str) -> Result<Vec<String>, Why> {
    let texts: Vec<String> = texts.iter().map(|text| text.trim().to_owned()).collect();
    match texts.len() {
        0 => return Err(format!("it has no {name}s")),
        1 => return Err(format!("it has only one {name}")),
        count if count > MOST_CHOICES => {
            return Err(format!("it has {count} {name}s, and {MOST_CHOICES} is the most"));
        }
        _ => {}
    }
    for (i, text) in texts.iter().enumerate() {
        if is_blank(text) {
            return Err(format!("one {name} is empty"));
        }
        let same = texts[..i].iter().find(|t| t.to_lowercase() == text.to_lowercase());
        if let Some(other) = same {
            let how = if other == text { "are the same" } else { "differ only in capital letters" };
            return Err(format!("two {name}s {how}: \"{}\"", beginning(text)));
        }
    }
    Ok(texts)
}

/// Whether nothing is left of it at the gate.
pub fn is_blank(text: &str) -> bool {
    gate::paragraph(text).trim().is_empty()
}

/// A text, unless it is blank.
pub fn filled(text: &str) -> Option<String> {
    (!is_blank(text)).then(|| text.trim().to_owned())
}

/// The first words of a text, on one line, for the eye.
pub fn beginning(text: &str) -> String {
    const MOST_CHARS: usize = 60;
    let line = text.trim_start().lines().next().unwrap_or_default().trim_end();
    match line.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}

fn look_the_same(choices: &[String]) -> bool {
    let looks: Vec<String> = choices.iter().map(|choice| look(choice)).collect();
    looks.iter().enumerate().any(|(i, look)| looks[..i].contains(look))
}

/// What a text looks like: without what shows nothing, letters of other scripts as the Latin ones.
fn look(text: &str) -> String {
    gate::line(text).nfkc().filter(|c| !c.is_whitespace()).map(latin).collect()
}

fn latin(c: char) -> char {
    const LIKE: &str = "АAВBЕEКKМMНHОOРPСCТTУYХXаaеeоoрpсcуyхxіiІIјjЈJѕsЅSΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνv";
    let mut pairs = LIKE.chars();
    while let (Some(foreign), Some(ours)) = (pairs.next(), pairs.next()) {
        if foreign == c {
            return ours;
        }
    }
    c
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

/// The letter of a place among choices.
pub fn letter(place: usize) -> char {
    u8::try_from(place).ok().filter(|p| *p < 26).map_or('?', |p| (b'A' + p) as char)
}
