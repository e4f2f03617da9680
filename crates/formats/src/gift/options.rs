//! Choices: `=right`, `~wrong`, and points in per cent.

use badgedex_domain::question::Kind;

use super::asked::{GiftAnswers, one_line};
use super::escapes;
use super::markup::{self, Markup};
use crate::excerpt::excerpt;
use crate::kinds;
use crate::reason::Reason;

/// A choice as it is written.
struct WrittenChoice<'a> {
    is_right: bool,
    weight: Option<f64>,
    text: &'a str,
    feedback: Option<&'a str>,
}

/// A choice as it is shown.
struct GiftChoice {
    text: String,
    is_right: bool,
    weight: Option<f64>,
}

/// Reads choices.
///
/// # Errors
///
/// They do not make a question.
pub fn read(answers: &str, markup: Markup) -> Result<GiftAnswers, Reason> {
    let mut answered = GiftAnswers::default();
    let (mut choices, mut said) = (Vec::new(), Vec::new());
    for written in written(answers) {
        if markup::is_cut_in_tag(written.text) {
            return Err(
                "a sign inside an HTML tag begins a choice: in tags it must be written as \\= or \\~".into(),
            );
        }
        let shown = markup::shown(written.text, markup);
        if shown.text.is_empty() && shown.pictures > 0 {
            return Err("one of its choices is a picture, which cannot be shown here".into());
        }
        if shown.pictures > 0 {
            answered.warn("a picture is left out");
        }
        if shown.text.is_empty() {
            match written.is_right {
                true => return Err("its right choice is empty".into()),
                false => answered.warn("an empty choice is left out"),
            }
            continue;
        }
        let WrittenChoice { is_right, weight, feedback, .. } = written;
        said.push(feedback);
        choices.push(GiftChoice { text: one_line(&shown.text), is_right, weight });
    }
    let kind = kind(&choices, &mut answered)?;
    answered.parts = GiftAnswers::of(kind.clone()).parts;
    for (is_key, (choice, feedback)) in rights_first(&kind, choices.iter().zip(said)) {
        answered.feedback((!is_key).then_some(choice.text.as_str()), feedback, markup);
    }
    Ok(answered)
}

/// What is said of the right choices comes before what is said of the others.
fn rights_first<T>(kind: &Kind, all: impl Iterator<Item = T>) -> Vec<(bool, T)> {
    let is_key = |at: usize| match kind {
        Kind::OneOf { key, .. } => at == *key,
        Kind::AnyOf { keys, .. } => keys.contains(&at),
        _ => false,
    };
    let mut all: Vec<(bool, T)> = all.enumerate().map(|(at, item)| (is_key(at), item)).collect();
    all.sort_by_key(|(is_key, _)| !is_key);
    all
}

/// Every bare `~` or `=` begins a choice; `~=` is a right one.
fn written(answers: &str) -> Vec<WrittenChoice<'_>> {
    let signs: Vec<(usize, char)> = escapes::bare(answers).filter(|(_, c)| matches!(c, '~' | '=')).collect();
    let first = signs.first().map_or(answers.len(), |(at, _)| *at);
    let mut all = Vec::new();
    if !answers[..first].trim().is_empty() {
        all.push(one(&answers[..first], false));
    }
    for (i, (at, sign)) in signs.iter().enumerate() {
        let end = signs.get(i + 1).map_or(answers.len(), |(next, _)| *next);
        let text = &answers[at + 1..end];
        let is_half = *sign == '~' && text.trim().is_empty() && answers[end..].starts_with('=');
        if !is_half {
            all.push(one(text, *sign == '='));
        }
    }
    all
}

fn one(text: &str, is_right: bool) -> WrittenChoice<'_> {
    let (weight, text) = weight(text.trim());
    let (text, feedback) = escapes::cut(text, '#');
    WrittenChoice { is_right, weight, text, feedback }
}

/// Points in per cent at the beginning of an answer, and the rest.
pub fn weight(text: &str) -> (Option<f64>, &str) {
    let Some((inside, rest)) = text.strip_prefix('%').and_then(|rest| rest.split_once('%')) else {
        return (None, text);
    };
    let is_number =
        inside.len() < 24 && inside.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b',' | b'-'));
    match inside.replace(',', ".").parse::<f64>() {
        Ok(weight) if is_number => (Some(weight), rest),
        _ => (None, text),
    }
}

/// Without any `=` a question has several answers, and all with points are right.
fn kind(choices: &[GiftChoice], answered: &mut GiftAnswers) -> Result<Kind, Reason> {
    let texts = choices.iter().map(|c| c.text.clone()).collect();
    let places = |is: &dyn Fn(&GiftChoice) -> bool| -> Vec<usize> {
        choices.iter().enumerate().filter(|(_, c)| is(c)).map(|(at, _)| at).collect()
    };
    let mut keys = places(&|c| c.is_right);
    let is_one = !keys.is_empty();
    let weighted = places(&|c| !c.is_right && c.weight.is_some_and(|weight| weight > 0.0));
    match is_one {
        true => warn_of_one(choices, &keys, &weighted, answered),
        false => {
            warn_of_several(choices, &weighted, answered);
            keys = weighted;
        }
    }
    match keys.as_slice() {
        [] => Err(Reason::NoRightChoice),
        [key] if is_one || choices.len() < 3 => Ok(kinds::one_of(texts, *key)),
        _ => Ok(kinds::any_of(texts, keys)),
    }
}

fn warn_of_one(choices: &[GiftChoice], keys: &[usize], weighted: &[usize], answered: &mut GiftAnswers) {
    if keys.len() > 1 {
        answered.warn("several choices begin with =: all of them are asked for");
    }
    for at in weighted {
        let GiftChoice { text, weight, .. } = &choices[*at];
        let weight = weight.unwrap_or_default();
        answered.warn(format!("\"{}\" is worth {weight} % and counts as wrong", excerpt(text)));
    }
}

/// Warns unless the right choices share 100 % in equal parts: anything else is lost.
fn warn_of_several(choices: &[GiftChoice], weighted: &[usize], answered: &mut GiftAnswers) {
    let weights: Vec<f64> = weighted.iter().filter_map(|at| choices[*at].weight).collect();
    let (least, most) = weights.iter().fold((f64::MAX, f64::MIN), |(l, m), w| (l.min(*w), m.max(*w)));
    let sum: f64 = weights.iter().sum();
    if !weights.is_empty() && (most - least > 0.1 || (sum - 100.0).abs() > 1.0) {
        answered
            .warn("its points are not kept: every choice with some is right, and all of them are asked for");
    }
}
