//! What a line says about which choices are right: "B, E", "BE", "Options A and C", or a choice's words.

use badgedex_domain::question::Kind;
use badgedex_packs::json_writer::letter;

use crate::draft::index_of_letter;
use crate::excerpt::first_line_excerpt;
use crate::limits::MAX_CHOICES;
use crate::reason::Reason;
use crate::validate::too_many;

/// Words between letters that mean nothing.
const FILLERS: [&str; 12] =
    ["and", "or", "option", "options", "answer", "answers", "choice", "choices", "is", "are", "both", "the"];

/// The indexes of the choices that a key names. Each choice has the letter that it was given.
///
/// # Errors
///
/// The key names no choice, or there are too many choices.
pub fn indexes(key: &str, choices: &[String], letters: &[char]) -> Result<Vec<usize>, Reason> {
    if choices.len() > MAX_CHOICES {
        return Err(too_many(choices.len(), "choice"));
    }
    let key = key.trim().trim_matches(['*', '_', '`', '"', ' ', '\n']);
    // A choice may be called "C" and not be the third.
    if let Some(place) = only_letter(key, letters) {
        return Ok(vec![place]);
    }
    let folded = fold(key);
    let choices: Vec<String> = choices.iter().map(|choice| fold(choice)).collect();
    if let Some(place) = choices.iter().position(|choice| *choice == folded) {
        return Ok(vec![place]);
    }
    if let Some(places) = in_words(&folded, &choices) {
        return Ok(places);
    }
    let named = named(key.lines().next().unwrap_or_default(), letters);
    if named.is_empty() {
        return Err(format!("its key \"{}\" names no choice", first_line_excerpt(key)).into());
    }
    named.into_iter().map(|letter| place(letter, letters)).collect()
}

/// The letters of choices that have none of their own.
pub fn in_order(count: usize) -> Vec<char> {
    (0..count).map(letter).collect()
}

fn only_letter(key: &str, letters: &[char]) -> Option<usize> {
    let mut chars = key.chars();
    let letter = chars.next().filter(|_| chars.next().is_none())?;
    letters.iter().position(|l| l.eq_ignore_ascii_case(&letter))
}

/// The indexes of choices whose words follow one another, with commas or "and" between them.
fn in_words(key: &str, choices: &[String]) -> Option<Vec<usize>> {
    const BETWEEN: [char; 7] = [',', ';', '.', '&', '-', '*', ' '];
    let mut places = Vec::new();
    let mut rest = key.trim_start_matches(BETWEEN);
    while !rest.is_empty() && places.len() < choices.len() {
        let fits = |choice: &String| {
            let after = rest.strip_prefix(choice.as_str()).filter(|_| !choice.is_empty());
            after.filter(|after| !after.starts_with(char::is_alphanumeric))
        };
        let longest = choices.iter().enumerate().filter(|(_, choice)| fits(choice).is_some());
        let (place, choice) = longest.max_by_key(|(_, choice)| choice.len())?;
        places.push(place);
        rest = rest[choice.len()..].trim_start_matches(BETWEEN);
        rest = rest.strip_prefix("and ").unwrap_or(rest);
    }
    (rest.is_empty() && !places.is_empty()).then_some(places)
}

fn place(letter: char, letters: &[char]) -> Result<usize, Reason> {
    let place = letters.iter().position(|l| l.eq_ignore_ascii_case(&letter));
    place.ok_or_else(|| format!("its key {} names no choice", letter.to_ascii_uppercase()).into())
}

/// The letters before the first word that is not a letter.
fn named(key: &str, letters: &[char]) -> Vec<char> {
    let mut named = Vec::new();
    let mut rest = key;
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if word.is_empty() {
            return named;
        }
        rest = after;
        if FILLERS.contains(&word.to_lowercase().as_str()) {
            continue;
        }
        let is_letter = |c: char| index_of_letter(c).is_some() || letters.contains(&c);
        let is_one = word.len() == 1 && word.chars().all(is_letter);
        let is_article =
            is_one && !named.is_empty() && word.starts_with(['a', 'i']) && after.starts_with(' ');
        if (is_one && !is_article) || (named.is_empty() && are_letters(word, after)) {
            named.extend(word.chars());
        } else {
            return named;
        }
    }
}

/// Whether a word is letters written together: different ones, and no sentence follows.
fn are_letters(word: &str, after: &str) -> bool {
    let letters: Vec<char> = word.to_ascii_uppercase().chars().collect();
    let are_different = letters.iter().enumerate().all(|(i, c)| !letters[..i].contains(c));
    let ends = after.is_empty() || !after.starts_with(' ') || after.trim_start().starts_with(['-', '(', '<']);
    letters.iter().all(char::is_ascii_uppercase) && letters.len() <= 8 && are_different && ends
}

/// For comparing: without case, marks at the edges and repeated blanks.
fn fold(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase().trim_matches(['.', ' ', '*']).to_owned()
}

/// True and false as the only choices make a question of that kind.
pub fn choice_or_truth(kind: Kind) -> Kind {
    match kind {
        Kind::OneOf { choices, key, .. } if is_truth(&choices) => {
            Kind::TrueFalse { key: choices[key].eq_ignore_ascii_case("true") }
        }
        other => other,
    }
}

fn is_truth(choices: &[String]) -> bool {
    let has = |word: &str| choices.iter().any(|choice| choice.eq_ignore_ascii_case(word));
    choices.len() == 2 && has("true") && has("false")
}
