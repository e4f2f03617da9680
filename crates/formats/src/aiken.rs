//! Moodle's Aiken: a stem, choices with letters, and a line that names the right one.
//!
//! Moodle wants the stem on one line and `ANSWER:` in capitals. Other programs write it differently, so several
//! lines, any case and several letters are accepted with a warning.

use badgedex_domain::question::Kind;

use crate::excerpt::excerpt;
use crate::kinds;
use crate::limits;
use crate::parsed::{ImportedQuestion, ParsedFile};
use crate::reason::Reason;
use crate::validate;

/// Moodle skips shorter lines.
const MIN_CHARS: usize = 2;

/// Reads a whole file.
pub fn read(text: &str) -> ParsedFile {
    let mut reader = AikenReader::default();
    for (number, line) in text.split('\n').enumerate() {
        if reader.is_full() {
            reader.contents.notes.push(limits::TOO_MANY_QUESTIONS.to_owned());
            return reader.contents;
        }
        let line = line.trim();
        if line.chars().nth(MIN_CHARS - 1).is_some() {
            reader.take(number + 1, line);
        }
    }
    reader.end_unanswered();
    reader.contents
}

/// What a line is by its beginning.
enum AikenLine<'a> {
    Choice(char, &'a str),
    Answer { said: &'a str, is_proper: bool },
    Text,
}

fn kind(line: &str) -> AikenLine<'_> {
    if let Some((letter, rest)) = labelled(line) {
        return AikenLine::Choice(letter, rest.trim());
    }
    let word = line.get(..6).filter(|word| word.eq_ignore_ascii_case("answer"));
    match word.and_then(|_| line[6..].trim_start().strip_prefix(':')) {
        Some(said) => AikenLine::Answer { said: said.trim(), is_proper: line.starts_with("ANSWER:") },
        None => AikenLine::Text,
    }
}

/// `a. text` or `a) text`: the letter in capitals, and the mark.
fn labelled_low(line: &str) -> Option<(char, char, &str)> {
    let mut chars = line.chars();
    let letter = chars.next().filter(char::is_ascii_lowercase)?.to_ascii_uppercase();
    let mark = chars.next().filter(|mark| matches!(mark, '.' | ')'))?;
    // "e.g. this" is not a choice.
    chars.as_str().starts_with(char::is_whitespace).then(|| (letter, mark, chars.as_str().trim()))
}

/// `A. text` or `A) text`.
fn labelled(line: &str) -> Option<(char, &str)> {
    let mut chars = line.chars();
    let letter = chars.next().filter(char::is_ascii_uppercase)?;
    matches!(chars.next()?, '.' | ')').then(|| (letter, chars.as_str()))
}

/// What a line is that is not part of a stem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineRole {
    /// A choice with its letter.
    Choice,
    /// The line that names the right choices.
    Answer,
}

/// Whether a line would be read as a choice or as an answer.
pub fn line_role(line: &str) -> Option<LineRole> {
    match kind(line.trim()) {
        AikenLine::Choice(..) => Some(LineRole::Choice),
        AikenLine::Answer { .. } => Some(LineRole::Answer),
        AikenLine::Text => labelled_low(line.trim()).map(|_| LineRole::Choice),
    }
}

#[derive(Default)]
struct AikenDraft {
    line: usize,
    stem: String,
    choices: Vec<(char, String)>,
    /// Lines after a choice: they belong to it, unless a choice A shows that they are the next stem.
    loose: Vec<(usize, String)>,
    warnings: Vec<String>,
    length: usize,
    /// The sign after the letters of its choices if these are lower-case.
    low: Option<char>,
}

#[derive(Default)]
struct AikenReader {
    draft: AikenDraft,
    contents: ParsedFile,
}

impl AikenReader {
    fn is_full(&self) -> bool {
        self.contents.count() >= limits::MAX_QUESTIONS
    }

    fn take(&mut self, number: usize, line: &str) {
        if self.draft.line == 0 {
            self.draft.line = number;
        }
        self.draft.length += line.len() + 1;
        let kind = match kind(line) {
            AikenLine::Text => self.draft.low_choice(line).unwrap_or(AikenLine::Text),
            other => other,
        };
        match kind {
            AikenLine::Answer { said, is_proper } => self.end(number, said, is_proper),
            // "I. Newton wrote .." is a stem if there is none yet.
            AikenLine::Choice(letter, _) if self.draft.is_empty() && letter != 'A' => {
                self.draft.text(number, line)
            }
            AikenLine::Choice(letter, text) => {
                if labelled(line).is_some() {
                    self.draft.unmake_low_choices(letter);
                }
                self.begin_next_at(letter);
                self.draft.choice(letter, text);
                self.draft.low = labelled_low(line).map(|(_, mark, _)| mark);
            }
            AikenLine::Text => self.draft.text(number, line),
        }
    }

    /// A choice A after other choices begins the next question; what was open before has no answer.
    fn begin_next_at(&mut self, letter: char) {
        if letter != 'A' || self.draft.choices.is_empty() || self.draft.loose.is_empty() {
            return;
        }
        let loose = std::mem::take(&mut self.draft.loose);
        self.end_unanswered();
        self.draft.line = loose.first().map_or(0, |(number, _)| *number);
        self.draft.stem = loose.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n");
        self.draft.length = self.draft.stem.len();
    }

    fn end_unanswered(&mut self) {
        let mut draft = std::mem::take(&mut self.draft);
        if !draft.is_empty() {
            draft.join_loose_lines();
            self.refuse(&draft, "it has no ANSWER line");
        }
    }

    fn end(&mut self, number: usize, said: &str, is_proper: bool) {
        let mut draft = std::mem::take(&mut self.draft);
        draft.join_loose_lines();
        if draft.low.is_some() {
            draft.warn("its choices have small letters, which Moodle does not take");
        }
        if !is_proper {
            draft.warn("\"ANSWER:\" is not written as Moodle wants it");
        }
        match draft.kind(number, said) {
            Err(reason) => self.refuse(&draft, reason),
            Ok(kind) => self.contents.questions.push(draft.imported(kind)),
        }
    }

    fn refuse(&mut self, draft: &AikenDraft, reason: impl Into<Reason>) {
        self.contents.refuse(draft.line, excerpt(&draft.stem), reason);
    }
}

impl AikenDraft {
    fn is_empty(&self) -> bool {
        self.stem.is_empty() && self.choices.is_empty()
    }

    fn warn(&mut self, warning: &str) {
        self.warnings.push(warning.to_owned());
    }

    fn text(&mut self, number: usize, line: &str) {
        match (self.choices.is_empty(), self.stem.is_empty()) {
            (true, true) => self.stem = line.to_owned(),
            (true, false) => self.stem.extend(["\n", line]),
            (false, _) => self.loose.push((number, line.to_owned())),
        }
    }

    /// A choice with a lower-case letter if it is the next one, or the first of the next question.
    fn low_choice<'a>(&self, line: &'a str) -> Option<AikenLine<'a>> {
        let (letter, _, text) = labelled_low(line)?;
        let place = usize::from(letter as u8 - b'A');
        let is_alike = self.low.is_some() || self.choices.is_empty();
        let is_next = place == self.choices.len() || (place == 0 && !self.loose.is_empty());
        (is_alike && is_next && !self.stem.is_empty()).then_some(AikenLine::Choice(letter, text))
    }

    /// If a choice A follows, lines with lower-case letters were a list in the stem.
    fn unmake_low_choices(&mut self, next: char) {
        let is_list = self.loose.is_empty() || self.choices.len() < 2;
        let Some(mark) = self.low.filter(|_| next == 'A' && is_list) else { return };
        for (letter, text) in self.choices.drain(..) {
            self.stem.push_str(&format!("\n{}{mark} {text}", letter.to_ascii_lowercase()));
        }
        for (_, line) in self.loose.drain(..) {
            self.stem.extend(["\n", line.as_str()]);
        }
        self.low = None;
    }

    fn choice(&mut self, letter: char, text: &str) {
        self.join_loose_lines();
        self.choices.push((letter, text.to_owned()));
    }

    /// Loose lines go on with the choice before them.
    fn join_loose_lines(&mut self) {
        let loose = std::mem::take(&mut self.loose);
        let Some((_, choice)) = self.choices.last_mut().filter(|_| !loose.is_empty()) else { return };
        loose.iter().for_each(|(_, line)| choice.extend([" ", line.as_str()]));
        self.warn("a choice has several lines");
    }

    /// Choices with the key that an answer names.
    fn kind(&mut self, number: usize, said: &str) -> Result<Kind, Reason> {
        if self.length > limits::MAX_TEXT {
            return Err(Reason::TooLong);
        }
        let letters = letters(said, self.choices.len())
            .ok_or_else(|| format!("its answer \"{}\" in line {number} is not a letter", excerpt(said)))?;
        let keys = letters.iter().map(|l| self.index_of(*l, number)).collect::<Result<Vec<usize>, _>>()?;
        let choices = self.choices.iter().map(|(_, text)| text.clone()).collect();
        let kind = kinds::choice(choices, keys);
        validate::accept(&self.stem, &kind, &mut self.warnings)?;
        if matches!(kind, Kind::AnyOf { .. }) {
            self.warn("several answers are right, which Moodle's Aiken does not have");
        }
        Ok(kind)
    }

    fn index_of(&self, letter: char, number: usize) -> Result<usize, Reason> {
        let mut places = self.choices.iter().enumerate().filter(|(_, (l, _))| *l == letter);
        match (places.next(), places.next()) {
            (Some((place, _)), None) => Ok(place),
            (Some(_), Some(_)) => Err(format!("two of its choices have the letter {letter}").into()),
            (None, _) if self.choices.is_empty() => Err("it has no choices".into()),
            (None, _) => Err(format!("its answer {letter} in line {number} names no choice").into()),
        }
    }

    fn imported(self, kind: Kind) -> ImportedQuestion {
        ImportedQuestion {
            line: self.line,
            own_id: None,
            topic: Vec::new(),
            tags: Vec::new(),
            stem: self.stem,
            kind,
            hint: None,
            rationale: None,
            reasons: Vec::new(),
            exam_form: None,
            level: None,
            source: None,
            checked: None,
            warnings: self.warnings,
        }
    }
}

/// The letters of an answer: `B`, `b)`, `A, C`, `A and C`, `AC`, `B. with its text`.
fn letters(said: &str, count: usize) -> Option<Vec<char>> {
    if let Some((letter, _)) = labelled(said) {
        return Some(vec![letter]);
    }
    let divides = |c: char| c.is_whitespace() || ",;&/.()".contains(c);
    let words: Vec<&str> =
        said.split(divides).filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("and")).collect();
    let is_letter = |word: &&str| word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic();
    if !words.is_empty() && words.iter().all(is_letter) {
        return Some(words.concat().to_ascii_uppercase().chars().collect());
    }
    let last = b'A' + count.min(26) as u8;
    let is_run = said.bytes().all(|b| (b'A'..last).contains(&b)) && said.len() <= count;
    let is_rising = said.as_bytes().is_sorted_by(|a, b| a < b);
    (!said.is_empty() && is_run && is_rising).then(|| said.chars().collect())
}

#[cfg(test)]
mod tests;
