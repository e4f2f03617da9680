//! Practice exams line by line: numbered stems, lettered choices and a key, folded or not; and questions
//! that are unfolded to show their answer.

use std::ops::Range;

use super::labels::{answer, explains, is_answer_word};
use super::lines::{LineKind, Surroundings, classify, numbered, without_choice};
use super::question::{NumberedQuestion, Section};
use super::render;
use crate::parsed::ParsedFile;

/// Reads the questions in those lines that are not in `taken`.
pub fn read(text: &str, taken: &[Range<usize>], contents: &mut ParsedFile) {
    let mut reader = NumberedReader { contents, question: None, is_code: false, details: 0, folded: None };
    let (mut at, mut taken) = (0, taken.iter().peekable());
    for (number, line) in text.split_inclusive('\n').enumerate() {
        while taken.next_if(|range| range.end <= at).is_some() {}
        let is_taken = taken.peek().is_some_and(|range| range.start < at + line.len());
        at += line.len();
        match is_taken {
            true => reader.finish_question(),
            false => reader.take(number + 1, line.trim_end()),
        }
    }
    reader.finish_question();
}

struct NumberedReader<'a> {
    contents: &'a mut ParsedFile,
    question: Option<NumberedQuestion>,
    /// Inside a block of code.
    is_code: bool,
    /// How many `<details>` are open.
    details: usize,
    /// The line of a `<details>` whose summary has not come yet.
    folded: Option<usize>,
}

impl NumberedReader<'_> {
    fn take(&mut self, number: usize, line: &str) {
        let is_fence = opens_code(line);
        if is_fence || self.is_code {
            self.is_code ^= is_fence;
            if let Some(question) = &mut self.question {
                question.push(line);
            }
            return;
        }
        let lower = line.to_ascii_lowercase();
        if lower.contains("<details") {
            self.details += 1;
            self.folded = Some(number);
        }
        self.unfolded(number, line, &lower);
        if lower.contains("</details>") {
            self.details = self.details.saturating_sub(1);
            self.folded = None;
            if self.details == 0 && self.question.as_ref().is_some_and(|q| !q.is_numbered) {
                self.finish_question();
            }
        }
    }

    /// A line without the tags that fold things; nothing is left of it if it held nothing else.
    fn unfolded(&mut self, number: usize, line: &str, lower: &str) {
        let rest = if let Some((start, end)) = summary(lower) {
            let title = render::without_tags(&line[start..end]).0;
            self.summary(number, title.trim());
            let after = line.get(end..).unwrap_or_default();
            without_closing_tags(after.split_once('>').map_or("", |(_, rest)| rest))
        } else if lower.contains("<details") {
            without_closing_tags(line).split_once('>').map_or("", |(_, rest)| rest).to_owned()
        } else {
            return self.plain(number, &without_closing_tags(line));
        };
        if !rest.trim().is_empty() {
            self.plain(number, &rest);
        }
    }

    /// What is unfolded: the key of the question before, or a question of its own.
    fn summary(&mut self, number: usize, title: &str) {
        let line = self.folded.take().unwrap_or(number);
        if let Some(question) = self.question.as_mut().filter(|question| question.is_answered_by(title)) {
            if !question.key.is_empty() {
                question.section = Section::Rationale;
                return;
            }
            question.section = Section::Key;
            if let Some(rest) = answer(title) {
                question.key = rest.to_owned();
                question.is_told = !rest.is_empty();
            }
        } else if is_question(title) {
            self.begin(NumberedQuestion {
                section: Section::Key,
                ..NumberedQuestion::at(line, title, false)
            });
        }
    }

    fn plain(&mut self, number: usize, line: &str) {
        match (classify(line, self.surroundings()), &mut self.question) {
            (LineKind::Stem(stem), _) => self.stem(number, line, stem),
            (LineKind::Heading(heading), _) => self.heading(number, heading),
            (LineKind::Rule, _) => self.finish_question(),
            (_, None) => {}
            (LineKind::Choice { letter, text }, Some(question)) => question.push_choice(letter, text),
            (LineKind::Explanation(rest), Some(question)) if question.section != Section::Stem => {
                question.explain(rest);
            }
            (LineKind::Answer(rest), Some(question)) if question.may_be_told() => question.tell(rest),
            (LineKind::LabeledLetters(rest), Some(question)) if question.may_be_guessed() => {
                question.guess(rest);
            }
            (
                LineKind::Explanation(_) | LineKind::Answer(_) | LineKind::LabeledLetters(_) | LineKind::Text,
                Some(question),
            ) => question.push_text(line),
        }
    }

    fn surroundings(&self) -> Surroundings {
        let question = self.question.as_ref().filter(|question| {
            question.is_numbered && question.section <= Section::Choices && self.details == 0
        });
        Surroundings { is_folded: self.details > 0, choices: question.map(NumberedQuestion::lettered) }
    }

    /// A number begins a question, unless it is that of a choice below a heading that asks.
    fn stem(&mut self, number: usize, line: &str, stem: &str) {
        if self.question.as_mut().is_some_and(|question| question.takes_number(number, line)) {
            return;
        }
        let (stem, first) = without_choice(stem);
        self.begin(NumberedQuestion::at(number, stem, true));
        if let Some(choice) = first {
            self.plain(number, choice);
        }
    }

    /// A heading begins a question, unless it is above the explanation of the one before.
    fn heading(&mut self, number: usize, heading: &str) {
        let explained = self.question.as_mut().filter(|q| q.waits_for_key() && explains(heading));
        match explained {
            Some(question) => question.section = Section::Rationale,
            None => self
                .begin(NumberedQuestion { is_headed: true, ..NumberedQuestion::at(number, heading, true) }),
        }
    }

    fn begin(&mut self, question: NumberedQuestion) {
        self.finish_question();
        self.question = Some(question);
    }

    fn finish_question(&mut self) {
        if let Some(question) = self.question.take() {
            question.finish(self.contents);
        }
    }
}

/// Code that ends in the line in which it begins opens nothing.
fn opens_code(line: &str) -> bool {
    let line = line.trim_start();
    let behind = line.strip_prefix("```").map(|rest| rest.trim_start_matches('`'));
    behind.is_some_and(|rest| !rest.contains("```")) || line.starts_with("~~~")
}

/// Where the text of a summary begins and ends.
fn summary(lower: &str) -> Option<(usize, usize)> {
    let open = lower.find("<summary")?;
    let start = open + lower[open..].find('>')? + 1;
    let end = lower[start..].find("</summary").map_or(lower.len(), |end| start + end);
    Some((start, end))
}

fn without_closing_tags(line: &str) -> String {
    line.replace("</details>", "").replace("</DETAILS>", "").replace("</summary>", "")
}

/// Whether a piece of HTML is a question that unfolds, and not the answer of the one before it.
pub fn unfolds_a_question(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    let title = summary(&lower).map(|(start, end)| render::without_tags(&html[start..end]).0);
    lower.trim_start().starts_with("<details") && title.is_some_and(|title| is_question(title.trim()))
}

fn is_question(title: &str) -> bool {
    !is_answer_word(title) || title.ends_with('?') || numbered(title).is_some()
}
