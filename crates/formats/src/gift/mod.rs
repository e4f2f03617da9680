//! Moodle's GIFT.
//!
//! What type of question it is, is decided in Moodle's order, so that a file means here what it means there;
//! if Moodle would import nonsense, the question is refused with the reason.

mod answers;
mod asked;
mod blocks;
pub mod escapes;
mod markup;
mod matching;
mod number;
mod options;

use std::collections::HashMap;

use badgedex_domain::question::Kind;

use crate::excerpt::excerpt;
use crate::limits::{self, MIN_LETTERS_WITHOUT_PICTURE};
use crate::parsed::{ImportedQuestion, ParsedFile};
use crate::reason::Reason;
use crate::validate;
use asked::{AskedPart, GiftAnswers};
use blocks::{GiftItem, QuestionBlock};
use markup::{Markup, Shown};

/// Reads a whole file.
pub fn read(text: &str) -> ParsedFile {
    let mut reader = GiftReader::default();
    for piece in blocks::pieces(text) {
        match piece {
            GiftItem::Category(labels) => reader.topic = labels,
            GiftItem::Question(_) if reader.is_full() => {
                reader.contents.notes.push(limits::TOO_MANY_QUESTIONS.to_owned());
                break;
            }
            GiftItem::Question(block) => reader.take(block),
        }
    }
    keep_unique_ids(&mut reader.contents.questions, &reader.ids);
    reader.contents
}

/// A text is GIFT if at least one of this many pieces looks like a question.
const PIECES_PER_QUESTION: usize = 4;

/// How much of a text looks like GIFT: its categories, and questions whose braces begin as answers do.
pub fn likeness(text: &str) -> usize {
    let is_answer = |inside: &str| {
        let words = ["=", "~", "#", "}", "T}", "TRUE", "F}", "FALSE", "T#", "F#"];
        words.iter().any(|word| inside.trim_start().starts_with(word))
    };
    let is_like = |piece: &GiftItem| match piece {
        GiftItem::Category(_) => true,
        GiftItem::Question(block) => {
            let (title, body) = titled(&block.text);
            escapes::find(body, "{").is_some_and(|open| title.is_some() || is_answer(&body[open + 1..]))
        }
    };
    let pieces = blocks::pieces(text);
    let count = pieces.iter().filter(|piece| is_like(piece)).count();
    // Program code has braces too; in a question bank, many of the pieces between blank lines are questions.
    if count * PIECES_PER_QUESTION >= pieces.len() { count } else { 0 }
}

#[derive(Default)]
struct GiftReader {
    topic: Vec<String>,
    contents: ParsedFile,
    /// How often an id or a title occurs in the file, in refused questions too.
    ids: HashMap<String, usize>,
}

impl GiftReader {
    fn is_full(&self) -> bool {
        self.contents.count() >= limits::MAX_QUESTIONS
    }

    fn take(&mut self, block: QuestionBlock) {
        let (title, body) = titled(&block.text);
        let own_id = block.id.clone().or(title.clone());
        if let Some(id) = &own_id {
            *self.ids.entry(id.clone()).or_default() += 1;
        }
        match question(&block, body) {
            Ok(question) => {
                let parts = question.parts(&block, own_id.as_deref(), &self.topic);
                self.contents.questions.extend(parts);
            }
            Err(why) => {
                let what = title.as_deref().filter(|t| !t.is_empty()).unwrap_or(body);
                self.contents.refuse(block.line, excerpt(what), why);
            }
        }
    }
}

/// Keeps those ids and titles that only one question has: others do not name it.
fn keep_unique_ids(found: &mut [ImportedQuestion], ids: &HashMap<String, usize>) {
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
struct GiftQuestion {
    stem: String,
    answered: GiftAnswers,
}

impl GiftQuestion {
    fn parts(self, block: &QuestionBlock, own_id: Option<&str>, topic: &[String]) -> Vec<ImportedQuestion> {
        let GiftQuestion { stem, answered } = self;
        let rationale = answered.rationale();
        let GiftAnswers { parts, warnings, .. } = answered;
        let found = parts.into_iter().map(|AskedPart { name, asks, kind }| ImportedQuestion {
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
            kind: match (kind, &block.unit) {
                (Kind::Number { value, tolerance, .. }, Some(unit)) => {
                    Kind::Number { value, tolerance, unit: unit.clone() }
                }
                (kind, _) => kind,
            },
            hint: block.hint.clone(),
            rationale: rationale.clone(),
            reasons: Vec::new(),
            exam_form: None,
            level: None,
            source: block.source.clone(),
            checked: block.checked,
            warnings: warnings.clone(),
        });
        found.collect()
    }
}

fn question(block: &QuestionBlock, body: &str) -> Result<GiftQuestion, Reason> {
    if block.text.len() > limits::MAX_TEXT {
        return Err(Reason::TooLong);
    }
    if block.is_torn {
        return Err("there is a blank line inside its braces, and a blank line ends a question".into());
    }
    let Braces { stem, answers } = braces(body)?;
    let (markup, _) = markup::named(&stem, Markup::Moodle);
    let shown = markup::shown(&stem, Markup::Moodle);
    let mut answered = answers::read(answers.trim(), markup)?;
    if block.is_crammed {
        answered.warn("there is no blank line before it");
    }
    let stem = without_pictures(shown, &mut answered)?;
    for AskedPart { kind, .. } in &answered.parts {
        validate::accept(&stem, kind, &mut answered.warnings)?;
    }
    Ok(GiftQuestion { stem, answered })
}

/// The text of a stem, if it can be understood without its pictures.
fn without_pictures(shown: Shown, answered: &mut GiftAnswers) -> Result<String, Reason> {
    if shown.pictures > 0 {
        if shown.text.chars().filter(|c| c.is_alphabetic()).count() < MIN_LETTERS_WITHOUT_PICTURE {
            return Err(Reason::NeedsPicture);
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

fn braces(body: &str) -> Result<Braces<'_>, Reason> {
    let all: Vec<(usize, char)> = escapes::bare(body).filter(|(_, c)| matches!(c, '{' | '}')).collect();
    if let Some((open, _)) = all.first()
        && answers::is_cloze(&body[open + 1..])
    {
        return Err("it is written in Moodle's Cloze syntax, which GIFT does not have".into());
    }
    match all.as_slice() {
        [] => Err("it is a description: nothing is asked".into()),
        [(open, '{'), (close, '}')] => {
            let (before, after) = (body[..*open].trim_end(), body[close + 1..].trim());
            let stem = match after.is_empty() {
                true => before.to_owned(),
                false => format!("{}_____{}", &body[..*open], &body[close + 1..]),
            };
            Ok(Braces { stem, answers: &body[open + 1..*close] })
        }
        several => Err(mismatch(several).into()),
    }
}

/// Why more or other braces than one pair are refused.
fn mismatch(braces: &[(usize, char)]) -> &'static str {
    let (mut depth, mut deepest, mut is_broken) = (0_i64, 0_i64, false);
    for (_, c) in braces {
        depth += if *c == '{' { 1 } else { -1 };
        deepest = deepest.max(depth);
        is_broken |= depth < 0;
    }
    if is_broken || depth != 0 {
        "its braces do not match: one is missing, or is text and must be written as \\{ or \\}"
    } else if deepest > 1 {
        "there are braces inside braces: those that are text must be written as \\{ and \\}"
    } else {
        "it has more than one pair of braces: put a blank line between questions, and write braces that are text as \\{ and \\}"
    }
}

#[cfg(test)]
mod tests;
