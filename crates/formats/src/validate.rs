//! What must hold for a question in whatever format it is written, and the reason if it does not.

use unicode_normalization::UnicodeNormalization;

use badgedex_domain::question::Kind;
use badgedex_domain::sanitize;

use crate::excerpt::excerpt;
use crate::limits::MAX_CHOICES;
use crate::reason::Reason;

/// Warning for choices that only a machine can tell apart.
pub const LOOK_THE_SAME: &str = "choices look the same";

/// Accepts a question if it can be asked. What a person should know of it is added to the warnings. Every
/// reader asks here.
///
/// # Errors
///
/// The reason why it cannot be asked.
pub fn accept(stem: &str, kind: &Kind, warnings: &mut Vec<String>) -> Result<(), Reason> {
    check_question(stem, kind)?;
    let choices = match kind {
        Kind::OneOf { choices, .. } | Kind::AnyOf { choices, .. } => choices,
        Kind::TrueFalse { .. }
        | Kind::Typed { .. }
        | Kind::Number { .. }
        | Kind::Order { .. }
        | Kind::Drawn { .. }
        | Kind::Reveal { .. } => return Ok(()),
    };
    if look_the_same(choices) && !warnings.iter().any(|warning| warning == LOOK_THE_SAME) {
        warnings.push(LOOK_THE_SAME.to_owned());
    }
    Ok(())
}

/// Checks that there is a stem, and answers as [`check_kind`] wants them.
///
/// # Errors
///
/// The reason why it cannot be asked.
pub fn check_question(stem: &str, kind: &Kind) -> Result<(), Reason> {
    match is_blank(stem) {
        true => Err(Reason::NoStem),
        false => check_kind(kind),
    }
}

/// Checks the answers: enough choices and not too many, all different, some right and some wrong.
///
/// # Errors
///
/// The reason why it cannot be asked.
pub fn check_kind(kind: &Kind) -> Result<(), Reason> {
    match kind {
        Kind::OneOf { choices, key, .. } => check_choices(choices, &[*key]),
        Kind::AnyOf { choices, keys, .. } => check_choices(choices, keys),
        Kind::Typed { accepted } => check_accepted(accepted),
        Kind::Number { value, tolerance, .. } => check_number(*value, *tolerance),
        Kind::Order { items } => check_texts("item", items),
        Kind::Reveal { answer } if is_blank(answer) => Err(Reason::NoAnswer),
        // No file can hold a question whose choices are drawn.
        Kind::Reveal { .. } | Kind::TrueFalse { .. } | Kind::Drawn { .. } => Ok(()),
    }
}

/// Whether nothing is left of a text at the gate.
pub fn is_blank(text: &str) -> bool {
    sanitize::paragraph(text).trim().is_empty()
}

/// The form in which two texts are compared: without blanks around them, case, and invisible characters.
pub fn folded(text: &str) -> String {
    sanitize::line(text).trim().to_lowercase()
}

fn check_choices(choices: &[String], keys: &[usize]) -> Result<(), Reason> {
    check_texts("choice", choices)?;
    match keys {
        [] => Err(Reason::NoRightChoice),
        keys if keys.iter().any(|key| *key >= choices.len()) => Err(Reason::KeyNamesNoChoice),
        keys if keys.len() == choices.len() => Err(Reason::EveryChoiceRight),
        _ => Ok(()),
    }
}

/// Empty answers and repeated ones are left out later; at least one must remain.
fn check_accepted(accepted: &[String]) -> Result<(), Reason> {
    match accepted.len() {
        count if count > MAX_CHOICES => Err(too_many(count, "accepted answer")),
        _ if accepted.iter().all(|one| is_blank(one)) => Err("it has no accepted answer".into()),
        _ => Ok(()),
    }
}

fn check_number(value: f64, tolerance: f64) -> Result<(), Reason> {
    if !value.is_finite() || !tolerance.is_finite() {
        return Err("its number is too large".into());
    }
    match tolerance < 0.0 {
        true => Err("its tolerance is below 0".into()),
        false => Ok(()),
    }
}

/// At least two texts and not too many, none empty and no two the same.
fn check_texts(noun: &str, texts: &[String]) -> Result<(), Reason> {
    match texts.len() {
        0 => return Err(format!("it has no {noun}s").into()),
        1 => return Err(format!("it has only one {noun}").into()),
        count if count > MAX_CHOICES => return Err(too_many(count, noun)),
        _ => {}
    }
    for (i, text) in texts.iter().enumerate() {
        if is_blank(text) {
            return Err(format!("one {noun} is empty").into());
        }
        let is_same = |other: &&String| other.trim().to_lowercase() == text.trim().to_lowercase();
        if let Some(other) = texts[..i].iter().find(is_same) {
            let how =
                if other.trim() == text.trim() { "are the same" } else { "differ only in capital letters" };
            return Err(format!("two {noun}s {how}: \"{}\"", excerpt(text)).into());
        }
    }
    Ok(())
}

/// What is said of a question with too many choices, items or accepted answers.
pub fn too_many(count: usize, noun: &str) -> Reason {
    format!("it has {count} {noun}s; the maximum is {MAX_CHOICES}").into()
}

fn look_the_same(choices: &[String]) -> bool {
    let looks: Vec<String> = choices.iter().map(|choice| look(choice)).collect();
    looks.iter().enumerate().any(|(i, look)| looks[..i].contains(look))
}

/// What a text looks like: without invisible characters, and with look-alike letters of other scripts as Latin ones.
fn look(text: &str) -> String {
    sanitize::line(text).nfkc().filter(|c| !c.is_whitespace()).map(latin).collect()
}

fn latin(c: char) -> char {
    const LIKE: &str = "АAВBЕEКKМMНHОOРPСCТTУYХXаaеeоoрpсcуyхxіiІIјjЈJѕsЅSΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνv";
    let mut pairs = LIKE.chars();
    while let (Some(foreign), Some(ours)) = (pairs.next(), pairs.next()) {
        if foreign == c {
            return ours;
        }
    }
    c
}

#[cfg(test)]
mod tests;
