//! Note types with a field for each choice: those of add-ons, and those that people make themselves.

use badgedex_domain::question::Kind;

use crate::draft::{self, index_of_letter};
use crate::reason::Reason;
use crate::validate::is_blank;

/// Where a note type has its question, its choices and its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceFields {
    pub question: usize,
    pub choices: Vec<usize>,
    pub key: usize,
    /// Whether its notes can only be read as questions with choices.
    pub is_sure: bool,
}

/// The layout of a note type, if it is one of choices.
pub fn find(fields: &[String]) -> Option<ChoiceFields> {
    let names: Vec<String> = fields.iter().map(|name| squeezed(name)).collect();
    let place = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
    let is_sure = names.iter().any(|name| name.starts_with("qtype"));
    let choices: Vec<usize> = (0..names.len()).filter(|&i| is_choice(&names[i])).collect();
    let key = place(&[
        "answer",
        "answers",
        "correct",
        "correctanswer",
        "correctanswers",
        "correctoption",
        "key",
        "right",
    ])?;
    let question = place(&["question", "front", "stem"]).unwrap_or(0);
    let is_sound = choices.len() >= 2 && !choices.contains(&question) && question != key;
    is_sound.then_some(ChoiceFields { question, choices, key, is_sure })
}

/// A name without blanks and case, for comparing.
fn squeezed(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// "Option A", "choice_2", "Q_1"; not "Option".
fn is_choice(name: &str) -> bool {
    let ends = ["option", "choice", "q"].iter().filter_map(|begin| name.strip_prefix(begin));
    let is_place = |end: &str| {
        let is_letter = end.len() == 1 && end.bytes().all(|b| b.is_ascii_lowercase());
        is_letter || (matches!(end.len(), 1 | 2) && end.bytes().all(|b| b.is_ascii_digit()))
    };
    ends.into_iter().any(is_place)
}

/// What a note asks for; `None` if its key is not clear. Empty choices are left out.
pub fn kind_of(choices: &[String], key: &str) -> Option<Result<Kind, Reason>> {
    let places = key_places(choices, key)?;
    let mut kept = Vec::new();
    let mut keys = Vec::new();
    for (place, choice) in choices.iter().enumerate() {
        match (is_blank(choice), places.contains(&place)) {
            (true, true) => return None,
            (true, false) => continue,
            (false, true) => keys.push(kept.len()),
            (false, false) => {}
        }
        kept.push(choice.clone());
    }
    Some(draft::choice(kept, keys))
}

/// The right ones, from a text, letters, numbers from 1, or a 1 or a 0 for each.
fn key_places(choices: &[String], key: &str) -> Option<Vec<usize>> {
    let key = key.trim();
    let same = |choice: &&String| choice.trim().to_lowercase() == key.to_lowercase();
    if let Some(text) = choices.iter().find(same).filter(|choice| !is_blank(choice)) {
        return choices.iter().position(|choice| choice == text).map(|place| vec![place]);
    }
    let filled = choices.iter().filter(|choice| !is_blank(choice)).count();
    let words: Vec<&str> = key.split(|c: char| c.is_whitespace() || ",;/&".contains(c)).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty() && *word != "and").collect();
    let is_binary = words.iter().all(|word| matches!(*word, "0" | "1"));
    if is_binary && words.len() >= 2 && (words.len() == filled || words.len() == choices.len()) {
        return Some((0..words.len()).filter(|&i| words[i] == "1").collect());
    }
    places_of_words(&words, choices.len()).or_else(|| place_before_text(key, choices))
}

fn places_of_words(words: &[&str], count: usize) -> Option<Vec<usize>> {
    let mut places = Vec::new();
    for word in words {
        let word = word.trim_end_matches(['.', ')']);
        match word.parse::<usize>() {
            Ok(number) => places.push(number.checked_sub(1)?),
            Err(_) if word.chars().count() == 1 || word.chars().all(|c| c.is_ascii_uppercase()) => {
                for letter in word.chars() {
                    places.push(index_of_letter(letter)?);
                }
            }
            Err(_) => return None,
        }
    }
    places.sort_unstable();
    let is_clear = !places.is_empty()
        && places.windows(2).all(|pair| pair[0] < pair[1])
        && places.iter().all(|&place| place < count);
    is_clear.then_some(places)
}

/// "B) Amazon S3" and "B. Amazon S3" name B if that is what B says.
fn place_before_text(key: &str, choices: &[String]) -> Option<Vec<usize>> {
    let (letter, text) = key.split_once([')', '.', ':'])?;
    let mut letters = letter.trim().chars();
    let place = index_of_letter(letters.next()?).filter(|_| letters.next().is_none())?;
    let says = choices.get(place)?.trim().to_lowercase();
    (says == text.trim().to_lowercase()).then(|| vec![place])
}
