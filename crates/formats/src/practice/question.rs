//! A question of the numbered layout, built line by line.

use badgedex_domain::question::Kind;

use super::labels::{called_correct, is_answer_word, without_label};
use super::lines::numbered;
use super::number::without_number;
use super::{key, render};
use crate::draft::{QuestionDraft, choice, filled};
use crate::limits::MAX_CHOICES;
use crate::parsed::ParsedFile;
use crate::reason::Reason;

/// Which part of a question the next line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    Stem,
    Choices,
    Key,
    Rationale,
}

/// What is known of it.
pub struct NumberedQuestion {
    pub line: usize,
    pub section: Section,
    pub stem: String,
    pub choices: Vec<String>,
    /// Of each choice, its letter or its digit.
    pub letters: Vec<char>,
    /// The lines of choices with numbers; empty where they have letters.
    pub numbers: Vec<usize>,
    pub key: String,
    /// Whether a line said that what follows is the answer.
    pub is_told: bool,
    /// Whether that line had letters after a label that may mean something else.
    pub is_guessed: bool,
    /// Whether sentences of the explanation said it.
    pub is_gathered: bool,
    pub rationale: String,
    /// A heading or a number began it; else it is unfolded only.
    pub is_numbered: bool,
    /// A heading began it.
    pub is_headed: bool,
}

impl NumberedQuestion {
    /// One that begins in a line.
    pub fn at(line: usize, stem: &str, is_numbered: bool) -> NumberedQuestion {
        NumberedQuestion {
            line,
            section: Section::Stem,
            stem: stem.to_owned(),
            choices: Vec::new(),
            letters: Vec::new(),
            numbers: Vec::new(),
            key: String::new(),
            is_told: false,
            is_guessed: false,
            is_gathered: false,
            rationale: String::new(),
            is_numbered,
            is_headed: false,
        }
    }

    /// How many choices with letters it has.
    pub fn lettered(&self) -> usize {
        self.choices.len() - self.numbers.len()
    }

    /// Whether what is unfolded below this title belongs to it. Below choices there is their answer,
    /// whatever it is called.
    pub fn is_answered_by(&self, title: &str) -> bool {
        let asks = title.ends_with('?') || numbered(title).is_some();
        self.is_numbered && (is_answer_word(title) || (!self.choices.is_empty() && !asks))
    }

    /// Takes the next of choices that have numbers; only a question under a heading has such.
    pub fn takes_number(&mut self, line: usize, text: &str) -> bool {
        let is_open = self.is_headed && self.key.trim().is_empty() && self.lettered() == 0;
        let next = u32::try_from(self.choices.len() + 1).ok();
        let choice = next.and_then(|next| numbered_choice(text, next));
        let Some((digit, words)) =
            choice.filter(|_| is_open && self.section <= Section::Choices && self.asks())
        else {
            return false;
        };
        self.section = Section::Choices;
        self.choices.push(words.to_owned());
        self.letters.push(digit);
        self.numbers.push(line);
        true
    }

    /// Whether its heading, or the text below that, is a question.
    fn asks(&self) -> bool {
        let mut lines = self.stem.lines();
        let title = lines.next().unwrap_or_default().trim_matches(['*', ' ']);
        let has_more = lines.any(|line| !line.trim().is_empty());
        title.ends_with('?') || (has_more && without_number(title).len() < title.len())
    }

    /// What looked like choices with numbers was a list in the stem; or it was a question, and the heading
    /// above it is the title of a part.
    fn take_numbers_back(&mut self) {
        let is_title = !self.stem.lines().any(|line| line.trim().ends_with('?'));
        if let ([line], [stem], true) = (&self.numbers[..], &self.choices[..], is_title) {
            let question = NumberedQuestion::at(*line, stem, true);
            let (section, key, is_told, rationale) = (
                if self.section == Section::Choices { Section::Stem } else { self.section },
                std::mem::take(&mut self.key),
                self.is_told,
                std::mem::take(&mut self.rationale),
            );
            *self = NumberedQuestion { section, key, is_told, rationale, ..question };
            return;
        }
        for (digit, choice) in self.letters.drain(..).zip(self.choices.drain(..)) {
            self.stem.push_str(&format!("\n{digit}. {choice}"));
        }
        self.numbers.clear();
    }

    /// A line says what the answer is; what was taken for the answer before explains it.
    pub fn tell(&mut self, key: &str) {
        let before = std::mem::replace(&mut self.key, key.to_owned());
        if !before.trim().is_empty() && !std::mem::take(&mut self.is_guessed) {
            self.rationale = format!("{before}\n{}", self.rationale);
        }
        self.section = Section::Key;
        self.is_told = true;
    }

    /// What seems to be the key.
    pub fn guess(&mut self, key: &str) {
        self.tell(key);
        self.is_guessed = true;
    }

    /// Whether it has choices, and nothing told yet which of them are right.
    pub fn waits_for_key(&self) -> bool {
        self.is_numbered && !self.choices.is_empty() && !self.is_told
    }

    /// Whether a sentence of the explanation may say which choices are right.
    fn may_be_called_correct(&self) -> bool {
        let is_untold = self.key.trim().is_empty() || self.is_gathered;
        self.waits_for_key() && self.section == Section::Rationale && is_untold
    }

    /// A sentence says of a choice that it is right.
    fn call_correct(&mut self, letter: char) {
        if !self.key.is_empty() {
            self.key.push(' ');
        }
        self.key.push(letter);
        self.is_gathered = true;
    }

    /// Whether a line may say what the answer is: it is the first to do so, or what did so was only a guess.
    pub fn may_be_told(&self) -> bool {
        self.is_numbered && (self.is_guessed || self.key_is_due())
    }

    /// Whether letters after a label may be the answer. "Zone: A" is not if another line says it.
    pub fn may_be_guessed(&self) -> bool {
        self.waits_for_key() && self.key_is_due()
    }

    /// Whether a line that tells the answer is the first to do so. What was merely unfolded counts if it
    /// names a choice.
    fn key_is_due(&self) -> bool {
        let is_named = || self.is_told || self.choices.is_empty() || self.keys().is_ok();
        self.key.trim().is_empty() || is_answer_word(&self.key) || !is_named()
    }

    /// Adds a choice that has a letter. What looked like choices with numbers before was a list.
    pub fn push_choice(&mut self, letter: char, text: &str) {
        if !self.numbers.is_empty() {
            self.take_numbers_back();
        }
        self.section = Section::Choices;
        self.choices.push(text.to_owned());
        self.letters.push(letter);
    }

    /// The explanation begins.
    pub fn explain(&mut self, text: &str) {
        self.section = Section::Rationale;
        self.rationale = text.to_owned();
    }

    /// Adds a line of text. It may say that a choice is right, and it may be the first after the key.
    pub fn push_text(&mut self, line: &str) {
        if self.is_numbered {
            if let Some(letter) = called_correct(line).filter(|_| self.may_be_called_correct()) {
                self.call_correct(letter);
            }
            if self.section == Section::Key && !self.key.trim().is_empty() && !self.choices.is_empty() {
                self.section = Section::Rationale;
            }
        }
        self.push(line);
    }

    /// Adds a line to the section that is open.
    pub fn push(&mut self, line: &str) {
        let text = match self.section {
            Section::Stem => &mut self.stem,
            Section::Choices => match self.choices.last_mut() {
                Some(choice) => choice,
                None => &mut self.stem,
            },
            Section::Key => &mut self.key,
            Section::Rationale => &mut self.rationale,
        };
        text.push('\n');
        text.push_str(line);
    }

    /// Adds the question to those of the file, or to its refusals; a title that asks nothing is neither.
    pub fn finish(mut self, contents: &mut ParsedFile) {
        if self.numbers.len() == 1 {
            self.take_numbers_back();
        }
        let has_answer = !self.choices.is_empty() || !self.key.trim().is_empty();
        if !has_answer && !self.stem.trim().ends_with('?') {
            return;
        }
        let stem = render::plain(&self.stem);
        let mut draft = QuestionDraft::at(self.line);
        draft.stem = without_number(&stem.text).to_owned();
        draft.rationale = filled(without_label(&render::plain(&self.rationale).text));
        let kind = draft.leave_out_pictures(stem.pictures).and_then(|()| self.kind());
        draft.finish(kind, contents);
    }

    fn kind(&self) -> Result<Kind, Reason> {
        let sources: Vec<&str> = self.choices.iter().map(|choice| words(choice)).collect();
        let shown = render::choices(&sources);
        if shown.iter().any(|choice| choice.text.is_empty() && choice.pictures > 0) {
            return Err(Reason::PictureAsChoice);
        }
        let answer = render::plain(&self.key);
        if shown.is_empty() {
            return match (filled(&answer.text), self.is_numbered) {
                (Some(answer), _) => Ok(Kind::Reveal { answer }),
                (None, true) => Err(Reason::NothingToAnswer),
                (None, false) if answer.pictures > 0 => Err(Reason::PictureAsAnswer),
                (None, false) => Err(Reason::NoAnswer),
            };
        }
        for (i, letter) in self.letters.iter().enumerate() {
            if self.letters[..i].contains(letter) {
                return Err(format!("two choices have the letter {letter}").into());
            }
        }
        let choices: Vec<String> = shown.into_iter().map(|choice| choice.text).collect();
        let keys = match filled(&answer.text) {
            Some(key) => key::indexes(&key, &choices, &self.letters)?,
            None => bold(&self.choices),
        };
        if keys.is_empty() {
            return Err(Reason::NoRightChoice);
        }
        choice(choices, keys).map(key::choice_or_truth)
    }

    fn keys(&self) -> Result<Vec<usize>, Reason> {
        // Such a question is refused in the end; its choices are not rendered for each line before.
        if self.choices.len() > MAX_CHOICES {
            return Ok(Vec::new());
        }
        let choices: Vec<String> = self.choices.iter().map(|c| render::plain(words(c)).text).collect();
        key::indexes(&render::plain(&self.key).text, &choices, &self.letters)
    }
}

/// The indexes of the choices that are bold as a whole, if others are not.
fn bold(choices: &[String]) -> Vec<usize> {
    let is_bold = |choice: &String| choice.trim().ends_with("**") && choice.matches("**").count() <= 2;
    let bold: Vec<usize> = (0..choices.len()).filter(|&index| is_bold(&choices[index])).collect();
    if bold.len() < choices.len() { bold } else { Vec::new() }
}

/// The words of a choice without the end of marks that began before its letter.
fn words(choice: &str) -> &str {
    let choice = choice.trim();
    choice.strip_suffix("**").filter(|rest| !rest.contains("**")).unwrap_or(choice)
}

/// The digit and the words of a choice with this number.
fn numbered_choice(line: &str, number: u32) -> Option<(char, &str)> {
    const MAX_INDENT: usize = 3;
    let text = line.trim_start();
    let digit = char::from_digit(number, 10)?;
    let rest = text.strip_prefix(digit)?.strip_prefix(['.', ')'])?;
    let is_near = line.len() - text.len() <= MAX_INDENT;
    (is_near && rest.starts_with(' ')).then(|| (digit, rest.trim()))
}
