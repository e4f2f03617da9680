//! What serde says of a JSON text, in words that say what to do.

use super::json_slips;
use super::mending::shapes::{LISTS, NUMBERS, is_lone, is_number};
use super::parts::{Object, Part};
use super::place::{Spot, first_value, key_offset};

/// A name is like another where it is at least so near.
const ALIKE: f64 = 0.8;
/// Longer words, in bytes, are like no name.
const LONGEST: usize = 100;

/// What is wrong with a text.
pub struct Said {
    /// The byte that it is about.
    pub at: usize,
    pub problem: String,
    /// There is one way only to put it right, and all else that is no JSON.
    pub is_mendable: bool,
}

/// What an error says of a text that begins at `start`.
pub fn said(text: &str, start: Spot, error: &serde_json::Error) -> Said {
    match json_slips::first(text, start) {
        Some((at, problem, is_mendable)) if !error.is_data() => Said { at, problem, is_mendable },
        _ => {
            let (at, problem) = of_data(text, error);
            Said { at, problem, is_mendable: false }
        }
    }
}

/// What is wrong with a text that is JSON.
fn of_data(text: &str, error: &serde_json::Error) -> (usize, String) {
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(problem, _)| problem);
    let at = error_offset(text, error);
    if let Some(rest) = said.strip_prefix("missing field ") {
        let is_whole = text[at..].trim_end().len() <= 1;
        return (if is_whole { 0 } else { at }, missing(text, &names(rest).concat()));
    }
    if let Some(rest) = said.strip_prefix("unknown field ") {
        let names = names(rest);
        return (last_key(text, at, names.first()), unknown_key(&names));
    }
    if let Some(rest) = said.strip_prefix("duplicate field ") {
        let names = names(rest);
        let problem = format!("\"{}\" stands twice: take one out", names.concat());
        return (last_key(text, at, names.first()), problem);
    }
    if let Some(rest) = said.strip_prefix("unknown variant ") {
        return (value_at(text, at), unknown_word(&names(rest)));
    }
    let at = value_at(text, at);
    (at, other(said) + &instead(text, at))
}

/// What to write in the place of a text where something else belongs, where that is clear.
fn instead(text: &str, at: usize) -> String {
    let before = text[..at].trim_end().strip_suffix(':').and_then(|rest| rest.trim_end().strip_suffix('"'));
    let key = before.and_then(|rest| rest.rsplit('"').next()).unwrap_or_default();
    let value = first_value(&text[at..]);
    let Ok(said) = serde_json::from_str::<String>(value) else { return String::new() };
    match key {
        _ if LISTS.contains(&key) && is_lone(key, &said) => {
            format!(": write [{value}], or let pack check --fix do it")
        }
        _ if LISTS.contains(&key) => ": write each text by itself, in quotation marks".to_owned(),
        "keys" => format!(": write [{}]", letters(&said)),
        _ if NUMBERS.contains(&key) && is_number(&said) => {
            format!(": write {}, or let pack check --fix do it", said.trim())
        }
        _ => String::new(),
    }
}

/// Letters of choices as a list holds them: "A, B" as `"A", "B"`.
fn letters(said: &str) -> String {
    let letters = said.split(|c: char| !c.is_alphanumeric()).filter(|letter| !letter.is_empty());
    letters
        .take(super::limits::MAX_CHOICES)
        .map(|letter| format!("\"{letter}\""))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The byte at which serde stopped: the last one that it looked at.
fn error_offset(text: &str, error: &serde_json::Error) -> usize {
    let ends = text.match_indices('\n').map(|(at, _)| at + 1);
    let begins = std::iter::once(0).chain(ends).nth(error.line().saturating_sub(1)).unwrap_or(0);
    let mut at = (begins + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where a key stands for the last time before an error.
fn last_key(text: &str, at: usize, key: Option<&&str>) -> usize {
    let is_before = |(place, _): &(usize, &str)| *place <= at;
    let written = |key: &&str| text.match_indices(&format!("\"{key}\"")).take_while(is_before).last();
    key.and_then(written).map_or(at, |(place, _)| place)
}

/// Where the innermost value begins in which a byte stands.
fn value_at(text: &str, at: usize) -> usize {
    let whole = Part::whole(text);
    let found = std::iter::successors(whole.and_then(|part| inside(part, at)), |part| inside(*part, at));
    found.last().map_or(at, |part| part.range().start)
}

/// The part of a list or an object in which a byte stands.
fn inside(part: Part<'_>, at: usize) -> Option<Part<'_>> {
    let members = Object::of(part).map(|object| object.members).unwrap_or_default();
    let values = members.into_iter().map(|member| member.value);
    let mut parts = part.items().unwrap_or_default().into_iter().chain(values);
    parts.find(|part| part.range().contains(&at))
}

/// The names that serde puts between backticks.
fn names(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn missing(text: &str, key: &str) -> String {
    match key {
        // Only questions have stems, and only their ids can be made.
        "id" if key_offset(text, "stem") > 0 => {
            "\"id\" is missing: write one, or let pack check --fix do it".to_owned()
        }
        _ => format!("\"{key}\" is missing: write it"),
    }
}

fn unknown_key(names: &[&str]) -> String {
    let Some((key, known)) = names.split_first() else { return "unknown key: take it out".to_owned() };
    match nearest(key, known) {
        Some(meant) => format!("no key is called \"{key}\": did you mean \"{meant}\"?"),
        None => format!("no key is called \"{key}\": take it out"),
    }
}

fn unknown_word(names: &[&str]) -> String {
    let Some((word, known)) = names.split_first() else { return "an unknown word stands here".to_owned() };
    if let Some(meant) = other_name(word, known).or_else(|| nearest(word, known)) {
        return format!("\"{word}\" means nothing here: did you mean \"{meant}\"?");
    }
    let known: Vec<String> = known.iter().map(|name| format!("\"{name}\"")).collect();
    format!("\"{word}\" means nothing here: write {}", known.join(" or "))
}

/// What other programs call the kinds of questions.
const OTHER_NAMES: [(&str, &[&str]); 7] = [
    ("one-of", &["multiplechoice", "singlechoice", "choice", "single", "mcq", "radio"]),
    ("any-of", &["multipleanswer", "multipleresponse", "multiselect", "multiple", "checkbox"]),
    ("true-false", &["truefalse", "boolean", "bool", "yesno"]),
    ("typed", &["shortanswer", "text", "fillin", "cloze", "input"]),
    ("number", &["numeric", "numerical", "integer"]),
    ("order", &["ordering", "sequence", "sort", "sorting"]),
    ("reveal", &["flashcard", "card", "basic", "open", "essay", "selfchecked"]),
];

fn other_name<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let bare: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let (meant, _) = OTHER_NAMES.iter().find(|(_, names)| names.contains(&bare.as_str()))?;
    known.iter().find(|name| *name == meant).copied()
}

/// The known name that is most like another one, where one is like it.
pub fn nearest<'a>(key: &str, known: &[&'a str]) -> Option<&'a str> {
    if key.len() > LONGEST {
        return None;
    }
    let near = known.iter().map(|name| (strsim::jaro_winkler(key, name), *name));
    near.filter(|(likeness, _)| *likeness >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

/// "invalid type: string "three", expected f64": what stands there, and what belongs there.
fn other(said: &str) -> String {
    let wrong = said.strip_prefix("invalid type: ").or_else(|| said.strip_prefix("invalid value: "));
    let Some((found, wanted)) = wrong.and_then(|rest| rest.rsplit_once(", expected ")) else {
        return syntax(said);
    };
    let wanted = match wanted {
        "f64" => "a number",
        "u32" | "usize" => "a whole number",
        "a string" => "a text in quotation marks",
        "a sequence" => "a list in square brackets",
        "a boolean" => "true or false",
        other if other.starts_with("struct ") => "an object in braces",
        other => other,
    };
    format!("{} stands where {wanted} belongs", what(found))
}

/// A value in other words than a parser's.
fn what(found: &str) -> String {
    let bare = found.replace('`', "");
    let (sort, value) = bare.split_once(' ').unwrap_or((&bare, ""));
    match sort {
        "string" => format!("the text {value}"),
        "integer" => format!("the number {value}"),
        "floating" => format!("the number {}", value.trim_start_matches("point ")),
        "boolean" => value.to_owned(),
        "sequence" => "a list".to_owned(),
        "map" => "an object".to_owned(),
        _ => bare,
    }
}

/// What the parser alone knows: a text that means nothing, or too many brackets in one another.
fn syntax(said: &str) -> String {
    match said {
        "recursion limit exceeded" => "brackets stand too deep in one another: take some out".to_owned(),
        said if said.contains("surrogate") || said.contains("hex escape") => {
            "half of a character stands here: write the character itself".to_owned()
        }
        said if said.starts_with("invalid length") => {
            "a list stands where an object in braces belongs: write { and keys".to_owned()
        }
        said => said.replace('`', "\""),
    }
}
