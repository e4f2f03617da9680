//! The answers between a question's braces: which type of question they make, decided in Moodle's order.

use badgedex_domain::question::Kind;

use super::asked::{GiftAnswers, one_line};
use super::markup::{self, Markup};
use super::{escapes, matching, number, options};
use crate::excerpt::excerpt;
use crate::limits::MAX_CHOICES;
use crate::reason::Reason;
use crate::validate::folded;

/// An author writes no more of them by hand, and each is compared with all others.
const MAX_ANSWERS: usize = 200;

/// Reads the text between the braces.
///
/// # Errors
///
/// The reason why it cannot be asked.
pub fn read(answers: &str, markup: Markup) -> Result<GiftAnswers, Reason> {
    let (answers, general) = match escapes::find_last(answers, "####") {
        Some(at) => (answers[..at].trim(), Some(&answers[at + 4..])),
        None => (answers, None),
    };
    let mut answered = decide(answers, markup)?;
    let general = general.map(|text| markup::shown(text, markup).text);
    answered.general = general.filter(|text| !text.is_empty());
    Ok(answered)
}

fn decide(answers: &str, markup: Markup) -> Result<GiftAnswers, Reason> {
    let has = |sign| escapes::find(answers, sign).is_some();
    if answers.is_empty() {
        return Err("it is an essay: no answer is given".into());
    }
    if escapes::bare(answers).filter(|(_, c)| matches!(c, '=' | '~')).count() > MAX_ANSWERS {
        return Err(format!("it has more than {MAX_ANSWERS} answers").into());
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
fn true_false(answers: &str, markup: Markup) -> Option<GiftAnswers> {
    let (said, rest) = escapes::cut(answers, '#');
    let key = match said.trim() {
        "T" | "TRUE" => true,
        "F" | "FALSE" => false,
        other if other.eq_ignore_ascii_case("true") => true,
        other if other.eq_ignore_ascii_case("false") => false,
        _ => return None,
    };
    let mut answered = GiftAnswers::of(Kind::TrueFalse { key });
    let (if_wrong, if_right) = rest.map_or((None, None), |rest| {
        let (if_wrong, if_right) = escapes::cut(rest, '#');
        (Some(if_wrong), if_right)
    });
    answered.feedback(None, if_right, markup);
    answered.feedback(None, if_wrong, markup);
    Some(answered)
}

/// Typed answers: those with all of the points are accepted.
fn typed(answers: &str, markup: Markup) -> Result<GiftAnswers, Reason> {
    let mut answered = GiftAnswers::default();
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
                answered.warn(format!("\"{}\" is worth {weight} % and is not accepted", excerpt(&text)));
            }
            _ => {}
        }
        match is_accepted {
            true => answered.feedback(None, feedback, markup),
            false => others.push((text.clone(), feedback)),
        }
        if is_accepted && !accepted.iter().any(|a| folded(a) == folded(&text)) {
            accepted.push(text);
        }
    }
    for (text, feedback) in others {
        answered.feedback(Some(&text), feedback, markup);
    }
    if accepted.is_empty() {
        return Err("no answer has all of the points".into());
    }
    if accepted.len() > MAX_CHOICES {
        answered.warn(format!("only the first {MAX_CHOICES} of its answers are accepted"));
        accepted.truncate(MAX_CHOICES);
    }
    answered.parts = GiftAnswers::of(Kind::Typed { accepted }).parts;
    Ok(answered)
}

/// In Moodle a star in a typed answer stands for any letters, and `\*` for itself.
fn typed_text(text: &str, markup: Markup, answered: &mut GiftAnswers) -> Result<String, Reason> {
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
        return Err("any answer is right: its answer is *".into());
    }
    if has_star {
        answered.warn(format!(
            "the * in \"{}\" stands for any letters in Moodle and is left out",
            excerpt(&text)
        ));
    }
    Ok(meant.trim().to_owned())
}
