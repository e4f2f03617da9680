//! What holds of a sound question in whatever format it is written, and the words for what does not.

use unicode_normalization::UnicodeNormalization;

use super::Content;
use badgedex_domain::question::Kind;
use badgedex_domain::sanitize;
use badgedex_packs::limits::MAX_CHOICES;

/// The longest text of a question, in bytes.
pub const MOST_TEXT: usize = 64 * 1024;
/// So many questions of a file are read.
pub const MOST_QUESTIONS: usize = 1_000_000;
/// Said of a file that has more.
pub const TOO_MANY: &str = "the file has more than 1,000,000 questions: the rest is not read";
/// Said of a question that is longer.
pub const TOO_LONG: &str = "it is longer than 64 KiB";
/// How much of a foreign text is quoted.
const MOST_QUOTED: usize = 60;

/// The beginning of a foreign text, harmless and on one line.
pub fn short(text: &str) -> String {
    let start: String = text.trim_start().chars().take(4 * MOST_QUOTED).collect();
    let line = sanitize::line(&start);
    let mut words = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(MOST_QUOTED) {
        words.truncate(end);
        words.push('…');
    }
    words
}

/// What makes two texts the same: neither blanks around them, nor case, nor what nobody sees.
pub fn sameness(text: &str) -> String {
    sanitize::line(text).trim().to_lowercase()
}

/// Lets a question pass, or says why nobody can be asked it, as the part of a sentence. What a person
/// should know of it is added to the warnings. Every format asks here.
pub fn pass(stem: &str, content: &Content, warnings: &mut Vec<String>) -> Result<(), String> {
    if let Some(why) = fault(stem, content) {
        return Err(why);
    }
    let (Content::OneOf { choices, .. }
    | Content::AnyOf { choices, .. }
    | Content::Own(Kind::OneOf { choices, .. } | Kind::AnyOf { choices, .. })) = content
    else {
        return Ok(());
    };
    if look_the_same(choices) && !warnings.iter().any(|warning| warning == LOOK_THE_SAME) {
        warnings.push(LOOK_THE_SAME.to_owned());
    }
    Ok(())
}

/// Said of choices that only a machine can tell apart.
pub const LOOK_THE_SAME: &str = "choices look the same";

/// Why nobody can be asked this; none where it is sound.
pub fn fault(stem: &str, content: &Content) -> Option<String> {
    match is_blank(stem) {
        true => Some("it asks nothing".to_owned()),
        false => fault_of(content),
    }
}

/// What is wrong with the answers; none where they are sound.
pub fn fault_of(content: &Content) -> Option<String> {
    match content {
        Content::OneOf { choices, key } => of_choices(choices, &[*key]),
        Content::AnyOf { choices, keys } => of_choices(choices, keys),
        Content::Typed { accepted } => of_accepted(accepted),
        Content::Number { value, tolerance, .. } => of_number(*value, *tolerance),
        Content::Order { items } => of_texts("item", items),
        Content::Reveal { answer } => is_blank(answer).then(|| "it has no answer".to_owned()),
        // Our own reader has found it sound.
        Content::TrueFalse { .. } | Content::Own(_) => None,
    }
}

/// Whether nothing is left of a text at the gate.
pub fn is_blank(text: &str) -> bool {
    sanitize::paragraph(text).trim().is_empty()
}

fn of_choices(choices: &[String], keys: &[usize]) -> Option<String> {
    of_texts("choice", choices).or_else(|| match keys {
        [] => Some("no choice is marked as right".to_owned()),
        keys if keys.iter().any(|key| *key >= choices.len()) => Some("its key names no choice".to_owned()),
        keys if keys.len() == choices.len() => Some("every choice is marked as right".to_owned()),
        _ => None,
    })
}

/// Empty answers, and those that stand twice, are left out later; one at least must remain.
fn of_accepted(accepted: &[String]) -> Option<String> {
    match accepted.len() {
        count if count > MAX_CHOICES => Some(too_many(count, "accepted answer")),
        _ if accepted.iter().all(|one| is_blank(one)) => Some("it has no accepted answer".to_owned()),
        _ => None,
    }
}

fn of_number(value: f64, tolerance: f64) -> Option<String> {
    if !value.is_finite() || !tolerance.is_finite() {
        return Some("its number is too large".to_owned());
    }
    (tolerance < 0.0).then(|| "its tolerance is below 0".to_owned())
}

/// Two texts at least and not too many, none empty and none twice.
fn of_texts(noun: &str, texts: &[String]) -> Option<String> {
    match texts.len() {
        0 => return Some(format!("it has no {noun}s")),
        1 => return Some(format!("it has only one {noun}")),
        count if count > MAX_CHOICES => return Some(too_many(count, noun)),
        _ => {}
    }
    for (i, text) in texts.iter().enumerate() {
        if is_blank(text) {
            return Some(format!("one {noun} is empty"));
        }
        let is_same = |other: &&String| other.trim().to_lowercase() == text.trim().to_lowercase();
        if let Some(other) = texts[..i].iter().find(is_same) {
            let how =
                if other.trim() == text.trim() { "are the same" } else { "differ only in capital letters" };
            return Some(format!("two {noun}s {how}: \"{}\"", short(text)));
        }
    }
    None
}

fn too_many(count: usize, noun: &str) -> String {
    format!("it has {count} {noun}s, and {MAX_CHOICES} are the most")
}

fn look_the_same(choices: &[String]) -> bool {
    let looks: Vec<String> = choices.iter().map(|choice| look(choice)).collect();
    looks.iter().enumerate().any(|(i, look)| looks[..i].contains(look))
}

/// What a text looks like: without what shows nothing, letters of other scripts as the Latin ones.
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
