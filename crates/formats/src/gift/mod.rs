//! Moodle's GIFT.
//!
//! What a question is, is decided in Moodle's order, so that a file means here what it means there; where
//! Moodle would take nonsense, the question is refused with the reason.

mod answers;
mod blocks;
pub mod escapes;
mod markup;
mod matching;
mod number;
mod options;

use std::collections::HashMap;

use super::sound::{self, short};
use super::{Content, Contents, Found, Refused};
use answers::{Answered, Part};
use blocks::{Block, Piece};
use markup::{Markup, Shown};

/// A stem with fewer letters than these does not stand without its picture.
const FEWEST_LETTERS: usize = 12;

/// Reads a whole file.
pub fn read(text: &str) -> Contents {
    let mut reader = Reader::default();
    for piece in blocks::pieces(text) {
        match piece {
            Piece::Category(labels) => reader.topic = labels,
            Piece::Question(_) if reader.is_full() => {
                reader.contents.notes.push(sound::TOO_MANY.to_owned());
                break;
            }
            Piece::Question(block) => reader.take(block),
        }
    }
    keep_unique_ids(&mut reader.contents.found, &reader.ids);
    reader.contents
}

/// One of so many pieces at least looks like a question.
const FEWEST_LIKE: usize = 4;

/// How much of a text looks like GIFT: its categories, and questions whose braces begin as answers do.
pub fn likeness(text: &str) -> usize {
    let is_answer = |inside: &str| {
        let words = ["=", "~", "#", "}", "T}", "TRUE", "F}", "FALSE", "T#", "F#"];
        words.iter().any(|word| inside.trim_start().starts_with(word))
    };
    let is_like = |piece: &Piece| match piece {
        Piece::Category(_) => true,
        Piece::Question(block) => {
            let (title, body) = titled(&block.text);
            escapes::find(body, "{").is_some_and(|open| title.is_some() || is_answer(&body[open + 1..]))
        }
    };
    let pieces = blocks::pieces(text);
    let count = pieces.iter().filter(|piece| is_like(piece)).count();
    // Braces stand in programs too; in a bank most of what blank lines divide is a question.
    if count * FEWEST_LIKE >= pieces.len() { count } else { 0 }
}

#[derive(Default)]
struct Reader {
    topic: Vec<String>,
    contents: Contents,
    /// How often an id or a title stands in the file, in refused questions too.
    ids: HashMap<String, usize>,
}

impl Reader {
    fn is_full(&self) -> bool {
        self.contents.found.len() + self.contents.refused.len() >= sound::MOST_QUESTIONS
    }

    fn take(&mut self, block: Block) {
        let (title, body) = titled(&block.text);
        let own_id = block.id.clone().or(title.clone());
        if let Some(id) = &own_id {
            *self.ids.entry(id.clone()).or_default() += 1;
        }
        match question(&block, body) {
            Ok(question) => {
                let parts = question.parts(&block, own_id.as_deref(), &self.topic);
                self.contents.found.extend(parts);
            }
            Err(why) => {
                let what = title.as_deref().filter(|t| !t.is_empty()).unwrap_or(body);
                self.contents.refused.push(Refused { line: block.line, what: short(what), why });
            }
        }
    }
}

/// A title names a question for ever only where no other has it.
fn keep_unique_ids(found: &mut [Found], ids: &HashMap<String, usize>) {
    // A match that became several questions has longer ids, which begin with its own.
    let mut parts: HashMap<String, usize> = HashMap::new();
    for id in found.iter().filter_map(|f| f.own_id.as_ref()) {
        *parts.entry(id.clone()).or_default() += 1;
    }
    for question in found {
        let is_unique = |id: &String| parts[id] == 1 && ids.get(id).is_none_or(|count| *count == 1);
        question.own_id = question.own_id.take().filter(is_unique);
    }
}

/// The title between `::` and `::`, and the rest.
fn titled(text: &str) -> (Option<String>, &str) {
    let Some(rest) = text.strip_prefix("::") else { return (None, text) };
    let Some(end) = escapes::find(rest, "::") else { return (None, rest.trim()) };
    let title = escapes::unescape(&rest[..end]).trim().to_owned();
    ((!title.is_empty()).then_some(title), rest[end + 2..].trim())
}

/// A question as it was read, before it is known how many it makes.
struct Question {
    stem: String,
    answered: Answered,
}

impl Question {
    fn parts(self, block: &Block, own_id: Option<&str>, topic: &[String]) -> Vec<Found> {
        let Question { stem, answered } = self;
        let rationale = answered.rationale();
        let Answered { parts, warnings, .. } = answered;
        let found = parts.into_iter().map(|Part { name, asks, content }| Found {
            line: block.line,
            own_id: own_id.map(|id| match &name {
                Some(name) => format!("{id}: {name}"),
                None => id.to_owned(),
            }),
            topic: topic.to_vec(),
            tags: block.tags.clone(),
            stem: match asks {
                Some(asks) => format!("{stem}\n\n{asks}"),
                None => stem.clone(),
            },
            content: match (content, &block.unit) {
                (Content::Number { value, tolerance, .. }, Some(unit)) => {
                    Content::Number { value, tolerance, unit: unit.clone() }
                }
                (content, _) => content,
            },
            hint: block.hint.clone(),
            rationale: rationale.clone(),
            source: block.source.clone(),
            checked: block.checked,
            warnings: warnings.clone(),
        });
        found.collect()
    }
}

fn question(block: &Block, body: &str) -> Result<Question, String> {
    if block.text.len() > sound::MOST_TEXT {
        return Err(sound::TOO_LONG.to_owned());
    }
    if block.is_torn {
        return Err("a blank line stands inside of its braces: it ends a question".to_owned());
    }
    let Braces { stem, answers } = braces(body)?;
    let (markup, _) = markup::named(&stem, Markup::Moodle);
    let shown = markup::shown(&stem, Markup::Moodle);
    let mut answered = answers::read(answers.trim(), markup)?;
    if block.is_crammed {
        answered.warn("no blank line stands before it");
    }
    let stem = without_pictures(shown, &mut answered)?;
    for Part { content, .. } in &answered.parts {
        sound::pass(&stem, content, &mut answered.warnings)?;
    }
    Ok(Question { stem, answered })
}

/// The text of a stem, where it stands without its pictures.
fn without_pictures(shown: Shown, answered: &mut Answered) -> Result<String, String> {
    if shown.pictures > 0 {
        if shown.text.chars().filter(|c| c.is_alphabetic()).count() < FEWEST_LETTERS {
            return Err("its picture cannot be shown here".to_owned());
        }
        answered.warn("a picture is left out");
    }
    Ok(shown.text)
}

/// A question's text, with a gap where its answers stood in the middle, and those.
struct Braces<'a> {
    stem: String,
    answers: &'a str,
}

fn braces(body: &str) -> Result<Braces<'_>, String> {
    let all: Vec<(usize, char)> = escapes::bare(body).filter(|(_, c)| matches!(c, '{' | '}')).collect();
    if let Some((open, _)) = all.first()
        && answers::is_cloze(&body[open + 1..])
    {
        return Err("it is written in Moodle's Cloze syntax, which GIFT does not have".to_owned());
    }
    match all.as_slice() {
        [] => Err("it is a description: nothing is asked".to_owned()),
        [(open, '{'), (close, '}')] => {
            let (before, after) = (body[..*open].trim_end(), body[close + 1..].trim());
            let stem = match after.is_empty() {
                true => before.to_owned(),
                false => format!("{}_____{}", &body[..*open], &body[close + 1..]),
            };
            Ok(Braces { stem, answers: &body[open + 1..*close] })
        }
        several => Err(mismatch(several)),
    }
}

/// Why more or other braces than one pair are refused.
fn mismatch(braces: &[(usize, char)]) -> String {
    let (mut depth, mut deepest, mut is_broken) = (0_i64, 0_i64, false);
    for (_, c) in braces {
        depth += if *c == '{' { 1 } else { -1 };
        deepest = deepest.max(depth);
        is_broken |= depth < 0;
    }
    if is_broken || depth != 0 {
        "its braces do not match: one is missing, or meant as text (then it is written \\{ or \\})".to_owned()
    } else if deepest > 1 {
        "braces stand inside of braces: those that are text are written \\{ and \\}".to_owned()
    } else {
        "it has more than one pair of braces: a blank line divides questions, and braces that are text are written \\{ and \\}".to_owned()
    }
}

#[cfg(test)]
mod tests;
