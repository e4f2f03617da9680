//! Practice exams line by line: numbered stems, lettered choices and a key, folded or not; and questions
//! that are unfolded to show their answer.

use std::ops::Range;

use super::super::draft::{Draft, choice, filled, place_of_letter};
use super::super::{Content, Contents};
use super::labels::{answer, called_correct, explains, explanation, is_answer_word, letters_behind_label};
use super::question::{Part, Question};
use super::{key, render};
use badgedex_packs::limits::MAX_CHOICES;

/// Reads the questions in those lines that are not in `taken`.
pub fn read(text: &str, taken: &[Range<usize>], contents: &mut Contents) {
    let mut reader = Reader { contents, question: None, fence: false, details: 0, folded: None };
    let (mut at, mut taken) = (0, taken.iter().peekable());
    for (number, line) in text.split_inclusive('\n').enumerate() {
        while taken.next_if(|range| range.end <= at).is_some() {}
        let is_taken = taken.peek().is_some_and(|range| range.start < at + line.len());
        at += line.len();
        match is_taken {
            true => reader.settle(),
            false => reader.take(number + 1, line.trim_end()),
        }
    }
    reader.settle();
}

struct Reader<'a> {
    contents: &'a mut Contents,
    question: Option<Question>,
    /// Inside of a block of code.
    fence: bool,
    /// How many `<details>` are open.
    details: usize,
    /// The line of a `<details>` whose summary has not come yet.
    folded: Option<usize>,
}

impl Reader<'_> {
    fn take(&mut self, number: usize, line: &str) {
        let is_fence = opens_code(line);
        if is_fence || self.fence {
            self.fence ^= is_fence;
            return self.push(line);
        }
        let lower = line.to_ascii_lowercase();
        if lower.contains("<details") {
            self.details += 1;
            self.folded = Some(number);
        }
        let closes = lower.contains("</details>");
        self.unfolded(number, line, &lower);
        if closes {
            self.details = self.details.saturating_sub(1);
            self.folded = None;
            if self.details == 0 && self.question.as_ref().is_some_and(|q| !q.is_numbered) {
                self.settle();
            }
        }
    }

    /// A line without the tags that fold things.
    fn unfolded(&mut self, number: usize, line: &str, lower: &str) {
        if let Some((start, end)) = summary(lower) {
            let title = render::without_tags(&line[start..end]).0;
            let after = line.get(end..).unwrap_or_default();
            let after = after.split_once('>').map_or("", |(_, rest)| rest);
            self.summary(number, title.trim());
            let after = strip_close(after);
            return if after.trim().is_empty() {
            } else {
                self.plain(number, &after)
            };
        }
        let line = strip_close(line);
        if lower.contains("<details") {
            let rest = line.split_once('>').map_or("", |(_, rest)| rest).to_owned();
            return if rest.trim().is_empty() {
            } else {
                self.plain(number, &rest)
            };
        }
        self.plain(number, &line);
    }

    /// What is unfolded: the key of the question before, or a question of its own.
    fn summary(&mut self, number: usize, title: &str) {
        let line = self.folded.take().unwrap_or(number);
        if let Some(question) = self.question.as_mut().filter(|question| question.is_answered_by(title)) {
            if !question.key.is_empty() {
                question.part = Part::Rationale;
                return;
            }
            question.part = Part::Key;
            if let Some(rest) = answer(title) {
                question.key = rest.to_owned();
                question.is_told = !rest.is_empty();
            }
        } else if is_question(title) {
            self.settle();
            self.question = Some(Question { part: Part::Key, ..Question::at(line, title, false) });
        }
    }

    fn plain(&mut self, number: usize, line: &str) {
        if self.details == 0 {
            if self.question.as_mut().is_some_and(|question| question.takes_number(number, line)) {
                return;
            }
            if let Some(stem) = numbered(line) {
                self.settle();
                let (stem, first) = without_choice(stem);
                self.question = Some(Question::at(number, stem, true));
                return first.into_iter().for_each(|choice| self.plain(number, choice));
            }
            if let Some(heading) = heading(line) {
                if let Some(question) =
                    self.question.as_mut().filter(|q| q.waits_for_key() && explains(heading))
                {
                    question.part = Part::Rationale;
                    return;
                }
                self.settle();
                self.question = Some(Question { is_headed: true, ..Question::at(number, heading, true) });
                return;
            }
            if matches!(line.trim(), "---" | "***" | "___") {
                return self.settle();
            }
        }
        let Some(question) = &mut self.question else { return };
        if question.is_numbered
            && question.part <= Part::Choices
            && self.details == 0
            && let Some((letter, text)) = option(line, question.lettered())
        {
            if !question.numbers.is_empty() {
                question.take_numbers_back();
            }
            question.part = Part::Choices;
            question.choices.push(text.to_owned());
            return question.letters.push(letter);
        }
        if question.part != Part::Stem
            && let Some(rest) = explanation(line)
        {
            question.part = Part::Rationale;
            question.rationale = rest.to_owned();
            return;
        }
        if question.is_numbered {
            // "Zone: A" may be no key: a line that says that it is one counts more.
            if let Some(rest) = answer(line).filter(|_| question.is_guessed || key_is_due(question)) {
                return question.tell(rest);
            }
            let guessed = letters_behind_label(line).filter(|_| question.waits_for_key());
            if let Some(rest) = guessed.filter(|_| key_is_due(question)) {
                return question.guess(rest);
            }
            if let Some(letter) = called_correct(line).filter(|_| question.may_be_called_correct()) {
                question.call_correct(letter);
            }
            if question.part == Part::Key && !question.key.trim().is_empty() && !question.choices.is_empty() {
                question.part = Part::Rationale;
            }
        }
        question.push(line);
    }

    fn push(&mut self, line: &str) {
        if let Some(question) = &mut self.question {
            question.push(line);
        }
    }

    fn settle(&mut self) {
        let Some(mut question) = self.question.take() else { return };
        if question.numbers.len() == 1 {
            question.take_numbers_back();
        }
        if question.choices.is_empty()
            && question.key.trim().is_empty()
            && !question.stem.trim().ends_with('?')
        {
            return;
        }
        if question.is_numbered
            && question.choices.is_empty()
            && question.key.trim().is_empty()
            && !starts_with_number(&question)
        {
            return;
        }
        let mut draft = Draft::at(question.line);
        let stem = render::plain(&question.stem);
        draft.stem = super::without_number(&stem.text).to_owned();
        draft.rationale = filled(super::without_label(&render::plain(&question.rationale).text));
        let content = draft.leave_pictures(stem.pictures).and_then(|()| content(&question));
        draft.settle(content, self.contents);
    }
}

/// Code that ends in the line in which it begins opens nothing.
fn opens_code(line: &str) -> bool {
    let line = line.trim_start();
    let behind = line.strip_prefix("```").map(|rest| rest.trim_start_matches('`'));
    behind.is_some_and(|rest| !rest.contains("```")) || line.starts_with("~~~")
}

/// Headings that ask nothing are titles; numbers that ask are questions without choices.
fn starts_with_number(question: &Question) -> bool {
    question.stem.trim().ends_with('?')
}

/// Whether a line that tells the answer is the first to do so. What was merely unfolded counts where it
/// names a choice.
fn key_is_due(question: &Question) -> bool {
    let is_named = || question.is_told || question.choices.is_empty() || keys(question).is_ok();
    question.key.trim().is_empty() || is_answer_word(&question.key) || !is_named()
}

fn keys(question: &Question) -> Result<Vec<usize>, String> {
    // Such a question is refused at its end; its choices are not rendered for each line before.
    if question.choices.len() > MAX_CHOICES {
        return Ok(Vec::new());
    }
    let choices: Vec<String> = question.choices.iter().map(|c| render::plain(words(c)).text).collect();
    key::places(&render::plain(&question.key).text, &choices, &question.letters)
}

fn content(question: &Question) -> Result<Content, String> {
    let sources: Vec<&str> = question.choices.iter().map(|choice| words(choice)).collect();
    let shown = render::choices(&sources);
    if shown.iter().any(|choice| choice.text.is_empty() && choice.pictures > 0) {
        return Err("a choice is a picture, which cannot be shown here".to_owned());
    }
    let answer = render::plain(&question.key);
    if shown.is_empty() {
        return match (filled(&answer.text), question.is_numbered) {
            (Some(answer), _) => Ok(Content::Reveal { answer }),
            (None, true) => Err(super::NOTHING_TO_ANSWER.to_owned()),
            (None, false) if answer.pictures > 0 => {
                Err("its answer is a picture, which cannot be shown here".to_owned())
            }
            (None, false) => Err("it has no answer".to_owned()),
        };
    }
    for (i, letter) in question.letters.iter().enumerate() {
        if question.letters[..i].contains(letter) {
            return Err(format!("two choices have the letter {letter}"));
        }
    }
    let choices: Vec<String> = shown.into_iter().map(|choice| choice.text).collect();
    let keys = match filled(&answer.text) {
        Some(key) => key::places(&key, &choices, &question.letters)?,
        None => bold(&question.choices),
    };
    if keys.is_empty() {
        return Err("no choice is marked as right".to_owned());
    }
    super::choice_or_truth(choice(choices, keys)?)
}

/// The places of the choices that are bold as a whole, where others are not.
fn bold(choices: &[String]) -> Vec<usize> {
    let is_bold = |choice: &String| choice.trim().ends_with("**") && choice.matches("**").count() <= 2;
    let bold: Vec<usize> = (0..choices.len()).filter(|&place| is_bold(&choices[place])).collect();
    if bold.len() < choices.len() { bold } else { Vec::new() }
}

/// The words of a choice without the end of marks that began in front of its letter.
fn words(choice: &str) -> &str {
    let choice = choice.trim();
    choice.strip_suffix("**").filter(|rest| !rest.contains("**")).unwrap_or(choice)
}

/// The stem in a line that begins with a number, at most three blanks in.
pub fn numbered(line: &str) -> Option<&str> {
    let text = line.trim_start();
    if line.len() - text.len() > 3 {
        return None;
    }
    let text = text.trim_start_matches("**");
    let rest = super::without_number(text);
    let starts_so = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'Q' | 'q'));
    (starts_so && rest.len() < text.len()).then_some(rest)
}

/// A stem, and the first choice where that stands in the same line.
fn without_choice(stem: &str) -> (&str, Option<&str>) {
    match stem.find("  - A. ").or_else(|| stem.find("  - A) ")) {
        Some(at) => (stem[..at].trim_end(), Some(stem[at..].trim_start())),
        None => (stem, None),
    }
}

/// A heading's words; the title of a whole file is none.
pub fn heading(line: &str) -> Option<&str> {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    let text = line[level..].trim();
    ((1..=6).contains(&level) && line[level..].starts_with(' ')).then_some(text)
}

/// The letter and the words of a choice.
pub fn option(line: &str, count: usize) -> Option<(char, &str)> {
    let text = line.trim_start();
    let unlisted = text.strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with(' '));
    let is_item = unlisted.is_some();
    let text = unlisted.unwrap_or(text).trim_start();
    let is_bold = text.starts_with("**");
    let inner = text.trim_start_matches("**").trim_start_matches('(');
    let letter = inner.chars().next().filter(char::is_ascii_alphabetic)?;
    let rest = inner[1..].strip_prefix(['.', ')', ':'])?;
    let place = place_of_letter(letter)?;
    let fits = rest.is_empty() || rest.starts_with([' ', '*', '\t']);
    if !fits || !(is_item || place == count) {
        return None;
    }
    let rest = rest.trim_start();
    // In "**B. words**" the marks stand around the whole: the end of them tells so later.
    let words = rest.strip_prefix("**").filter(|_| is_bold && !rest.ends_with("**")).unwrap_or(rest);
    Some((letter.to_ascii_uppercase(), words.trim()))
}

/// Where the text of a summary begins and ends.
fn summary(lower: &str) -> Option<(usize, usize)> {
    let open = lower.find("<summary")?;
    let start = open + lower[open..].find('>')? + 1;
    let end = lower[start..].find("</summary").map_or(lower.len(), |end| start + end);
    Some((start, end))
}

fn strip_close(line: &str) -> String {
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
