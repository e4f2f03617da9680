//! A question of the numbered layout while its lines come.

use super::labels::is_answer_word;
use super::numbered::numbered;

/// Which part of a question the next line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Stem,
    Choices,
    Key,
    Rationale,
}

/// What is known of it.
pub struct Question {
    pub line: usize,
    pub part: Part,
    pub stem: String,
    pub choices: Vec<String>,
    /// Of each choice, its letter or its digit.
    pub letters: Vec<char>,
    /// The lines of choices with numbers; empty where they have letters.
    pub numbers: Vec<usize>,
    pub key: String,
    /// Whether a line said that what follows is the answer.
    pub is_told: bool,
    /// Whether that line was one of letters behind a label that may say something else.
    pub is_guessed: bool,
    /// Whether sentences of the explanation said it.
    pub is_gathered: bool,
    pub rationale: String,
    /// A heading or a number began it; else it is unfolded only.
    pub is_numbered: bool,
    /// A heading began it.
    pub is_headed: bool,
}

impl Question {
    /// One that begins in a line.
    pub fn at(line: usize, stem: &str, is_numbered: bool) -> Question {
        Question {
            line,
            part: Part::Stem,
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

    /// Whether what is unfolded below this title belongs to it. Below choices stands their answer,
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
        let Some((digit, words)) = choice.filter(|_| is_open && self.part <= Part::Choices && self.asks())
        else {
            return false;
        };
        self.part = Part::Choices;
        self.choices.push(words.to_owned());
        self.letters.push(digit);
        self.numbers.push(line);
        true
    }

    /// Whether its heading, or what stands below that, is a question.
    fn asks(&self) -> bool {
        let mut lines = self.stem.lines();
        let title = lines.next().unwrap_or_default().trim_matches(['*', ' ']);
        let has_more = lines.any(|line| !line.trim().is_empty());
        title.ends_with('?') || (has_more && super::without_number(title).len() < title.len())
    }

    /// What looked like choices with numbers was a list in the stem; or it was a question, and the heading
    /// above it is the title of a part.
    pub fn take_numbers_back(&mut self) {
        let is_title = !self.stem.lines().any(|line| line.trim().ends_with('?'));
        if let ([line], [stem], true) = (&self.numbers[..], &self.choices[..], is_title) {
            let question = Question::at(*line, stem, true);
            let (part, key, is_told, rationale) = (
                if self.part == Part::Choices { Part::Stem } else { self.part },
                std::mem::take(&mut self.key),
                self.is_told,
                std::mem::take(&mut self.rationale),
            );
            *self = Question { part, key, is_told, rationale, ..question };
            return;
        }
        for (digit, choice) in self.letters.drain(..).zip(self.choices.drain(..)) {
            self.stem.push_str(&format!("\n{digit}. {choice}"));
        }
        self.numbers.clear();
    }

    /// A line says what the answer is; what stood in its place explains it.
    pub fn tell(&mut self, key: &str) {
        let before = std::mem::replace(&mut self.key, key.to_owned());
        if !before.trim().is_empty() && !std::mem::take(&mut self.is_guessed) {
            self.rationale = format!("{before}\n{}", self.rationale);
        }
        self.part = Part::Key;
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
    pub fn may_be_called_correct(&self) -> bool {
        let is_untold = self.key.trim().is_empty() || self.is_gathered;
        self.waits_for_key() && self.part == Part::Rationale && is_untold
    }

    /// A sentence says of a choice that it is right.
    pub fn call_correct(&mut self, letter: char) {
        if !self.key.is_empty() {
            self.key.push(' ');
        }
        self.key.push(letter);
        self.is_gathered = true;
    }

    /// Adds a line to the part that is open.
    pub fn push(&mut self, line: &str) {
        let text = match self.part {
            Part::Stem => &mut self.stem,
            Part::Choices => match self.choices.last_mut() {
                Some(choice) => choice,
                None => &mut self.stem,
            },
            Part::Key => &mut self.key,
            Part::Rationale => &mut self.rationale,
        };
        text.push('\n');
        text.push_str(line);
    }
}

/// The digit and the words of a choice with this number.
fn numbered_choice(line: &str, number: u32) -> Option<(char, &str)> {
    const MOST_INDENT: usize = 3;
    let text = line.trim_start();
    let digit = char::from_digit(number, 10)?;
    let rest = text.strip_prefix(digit)?.strip_prefix(['.', ')'])?;
    let is_near = line.len() - text.len() <= MOST_INDENT;
    (is_near && rest.starts_with(' ')).then(|| (digit, rest.trim()))
}
