//! What stands between a question's braces, by Moodle's order of decisions.

use super::markup::{self, Markup};
use super::{escapes, matching, number, options};
use crate::Content;
use crate::sound::{sameness, short};
use badgedex_packs::limits::MAX_CHOICES;

/// What the answers of a question say.
#[derive(Debug, Default)]
pub struct Answered {
    /// One, or several where one question has to be asked as many.
    pub parts: Vec<Part>,
    /// What is said of the question as a whole.
    general: Option<String>,
    feedback: Vec<String>,
    pub warnings: Vec<String>,
}

/// A question that is asked.
#[derive(Debug)]
pub struct Part {
    /// What tells it from the other parts.
    pub name: Option<String>,
    /// What it asks beyond the stem.
    pub asks: Option<String>,
    pub content: Content,
}

/// Nobody writes more of them by hand, and every one is compared with the others.
const MOST_ANSWERS: usize = 200;

/// Feedback that teaches nothing: that an answer is right is said anyway.
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

impl Answered {
    pub fn of(content: Content) -> Answered {
        Answered { parts: vec![Part { name: None, asks: None, content }], ..Answered::default() }
    }

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

    /// Everything that is said once an answer was given.
    pub fn rationale(&self) -> Option<String> {
        let said: Vec<&str> = self.general.iter().chain(&self.feedback).map(String::as_str).collect();
        (!said.is_empty()).then(|| said.join("\n\n"))
    }
}

/// Reads what stands between the braces; the error says why nobody can be asked it.
pub fn read(answers: &str, markup: Markup) -> Result<Answered, String> {
    let (answers, general) = match escapes::find_last(answers, "####") {
        Some(at) => (answers[..at].trim(), Some(&answers[at + 4..])),
        None => (answers, None),
    };
    let mut answered = decide(answers, markup)?;
    let general = general.map(|text| markup::shown(text, markup).text);
    answered.general = general.filter(|text| !text.is_empty());
    Ok(answered)
}

fn decide(answers: &str, markup: Markup) -> Result<Answered, String> {
    let has = |sign| escapes::find(answers, sign).is_some();
    if answers.is_empty() {
        return Err("it is an essay: no answer is given".to_owned());
    }
    if escapes::bare(answers).filter(|(_, c)| matches!(c, '=' | '~')).count() > MOST_ANSWERS {
        return Err(format!("it has more than {MOST_ANSWERS} answers"));
    }
    if let Some(numbers) = answers.strip_prefix('#') {
        return number::read(numbers, markup);
    }
    if has("~") {
        return options::read(answers, markup);
    }
    if has("=") && answers.contains("->") {
        return matching::read(answers, markup);
    }
    true_false(answers, markup).map_or_else(|| typed(answers, markup), Ok)
}

/// Whether answers begin as `1:MC:` or `:SHORTANSWER:` do.
pub fn is_cloze(answers: &str) -> bool {
    let rest = answers.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let Some(rest) = rest.strip_prefix(':') else { return false };
    let name = rest.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'_').count();
    name > 0 && rest[name..].starts_with(':')
}

/// Its feedback comes for the wrong answer first.
fn true_false(answers: &str, markup: Markup) -> Option<Answered> {
    let (said, rest) = escapes::cut(answers, '#');
    let key = match said.trim() {
        "T" | "TRUE" => true,
        "F" | "FALSE" => false,
        other if other.eq_ignore_ascii_case("true") => true,
        other if other.eq_ignore_ascii_case("false") => false,
        _ => return None,
    };
    let mut answered = Answered::of(Content::TrueFalse { key });
    let (if_wrong, if_right) = rest.map_or((None, None), |rest| {
        let (if_wrong, if_right) = escapes::cut(rest, '#');
        (Some(if_wrong), if_right)
    });
    answered.feedback(None, if_right, markup);
    answered.feedback(None, if_wrong, markup);
    Some(answered)
}

/// Typed answers: those with all of the points are accepted.
fn typed(answers: &str, markup: Markup) -> Result<Answered, String> {
    let mut answered = Answered::default();
    let (mut accepted, mut others) = (Vec::<String>::new(), Vec::new());
    for part in escapes::split(answers, '=').into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        let (weight, part) = options::weight(part);
        let (text, feedback) = escapes::cut(part, '#');
        let is_accepted = weight.is_none_or(|weight| weight >= 100.0);
        // What is said of any other answer.
        if !is_accepted && text.trim() == "*" {
            answered.feedback(None, feedback, markup);
            continue;
        }
        let text = typed_text(text, markup, &mut answered)?;
        match weight {
            Some(weight) if !is_accepted && weight > 0.0 => {
                answered.warn(format!("\"{}\" is worth {weight} % and is not accepted", short(&text)));
            }
            _ => {}
        }
        match is_accepted {
            true => answered.feedback(None, feedback, markup),
            false => others.push((text.clone(), feedback)),
        }
        if is_accepted && !accepted.iter().any(|a| sameness(a) == sameness(&text)) {
            accepted.push(text);
        }
    }
    for (text, feedback) in others {
        answered.feedback(Some(&text), feedback, markup);
    }
    if accepted.is_empty() {
        return Err("no answer has all of the points".to_owned());
    }
    if accepted.len() > MAX_CHOICES {
        answered.warn(format!("only the first {MAX_CHOICES} of its answers are accepted"));
        accepted.truncate(MAX_CHOICES);
    }
    answered.parts = Answered::of(Content::Typed { accepted }).parts;
    Ok(answered)
}

/// In Moodle a star in a typed answer stands for any letters, and `\*` for itself.
fn typed_text(text: &str, markup: Markup, answered: &mut Answered) -> Result<String, String> {
    let text = one_line(&markup::shown(text, markup).text);
    let (mut meant, mut has_star) = (String::with_capacity(text.len()), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.next_if_eq(&'*').is_some() => meant.push('*'),
            '*' => has_star = true,
            _ => meant.push(c),
        }
    }
    if has_star && meant.trim().is_empty() {
        return Err("any answer is right: its answer is *".to_owned());
    }
    if has_star {
        answered
            .warn(format!("the * in \"{}\" stands for any letters in Moodle and is left out", short(&text)));
    }
    Ok(meant.trim().to_owned())
}

/// A text on one line: what is chosen or typed has no more.
pub fn one_line(text: &str) -> String {
    match text.contains('\n') {
        true => text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "),
        false => text.to_owned(),
    }
}
