//! Lints for the words of a question: negative stems, and stems that name their own key.

use std::collections::{HashMap, HashSet};

use crate::question::{Kind, Question, TRUE_FALSE};

/// Lower case, without punctuation.
pub fn words(text: &str) -> Vec<String> {
    let apart = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    apart.map(str::to_lowercase).collect()
}

/// The right answer as text.
pub fn key_text(kind: &Kind) -> String {
    match kind {
        Kind::OneOf { choices, key, .. } => choices[*key].clone(),
        Kind::AnyOf { choices, keys, .. } => {
            keys.iter().map(|key| choices[*key].as_str()).collect::<Vec<_>>().join(" ")
        }
        Kind::TrueFalse { key } => TRUE_FALSE[usize::from(!key)].to_owned(),
        Kind::Typed { accepted } => accepted.join(" "),
        Kind::Number { value, unit, .. } => format!("{value} {unit}"),
        Kind::Order { items } => items.join(" "),
        Kind::Reveal { answer } => answer.clone(),
        Kind::Drawn { right, .. } => right.join(" "),
    }
}

/// Words that begin a subordinate clause, which does not contain the question itself.
const SUBORDINATE: [&str; 16] = [
    "that", "who", "whose", "when", "if", "because", "while", "where", "whether", "although", "so", "but",
    "since", "unless", "until", "why",
];

/// Words that negate the question.
const DENIALS: [&str; 6] = ["not", "cannot", "except", "false", "incorrect", "untrue"];

/// Whether the question asks which choice does not apply.
pub fn is_negative(question: &Question) -> bool {
    if question.kind.choices().is_empty() {
        return false;
    }
    let asked = asking_sentence(&question.stem);
    // Capitals emphasize the question itself, in whatever clause they are.
    asked.split_whitespace().any(is_loud_denial) || denies(asked.trim_start())
}

/// Whether the main clause of a question is negated.
fn denies(asked: &str) -> bool {
    let main = asked.split([',', ';', ':']).next().unwrap_or(asked);
    let written: Vec<&str> = main.split_whitespace().collect();
    let words: Vec<String> = written.iter().map(|word| bare(word)).collect();
    let is_subordinate = |(place, word): (usize, &String)| place > 0 && SUBORDINATE.contains(&word.as_str());
    let end = words.iter().enumerate().position(is_subordinate).unwrap_or(words.len());
    (0..end).any(|place| {
        let before = place.checked_sub(1).map_or("", |before| words[before].as_str());
        let next = words.get(place + 1).map_or("", String::as_str);
        let is_mild = matches!(before, "and" | "or") || matches!(next, "just" | "only");
        // "Not Found" is a name.
        let is_name = place > 0 && written[place].starts_with(char::is_uppercase);
        !is_mild && !is_name && (DENIALS.contains(&words[place].as_str()) || words[place].ends_with("n't"))
    })
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).replace('\u{2019}', "'").to_lowercase()
}

/// "NOT", "EXCEPT", "LEAST".
fn is_loud_denial(word: &str) -> bool {
    matches!(
        word.trim_matches(|c: char| !c.is_alphanumeric()),
        "NOT" | "CANNOT" | "EXCEPT" | "LEAST" | "FALSE" | "NEVER" | "INCORRECT"
    )
}

/// The last sentence with a question mark, else the last one.
fn asking_sentence(stem: &str) -> &str {
    let stem = stem.trim();
    let end = stem.rfind('?').unwrap_or(stem.len());
    let before = stem[..end].trim_end_matches(['.', '!', '?', ' ']);
    let ends = [". ", "! ", "? ", "\n"];
    let begin = ends.iter().filter_map(|end| before.rfind(end).map(|at| at + end.len())).max();
    &before[begin.unwrap_or(0)..]
}

/// Shorter words are ignored.
const MIN_TELLING_CHARS: usize = 5;
/// A word is rare if it is in at most one question, and one more for each this many questions of the pack.
const QUESTIONS_PER_RARE_WORD: usize = 120;

/// For every question, a rare word that its stem and its key share, but no other choice.
pub fn telling(questions: &[Question]) -> Vec<Option<String>> {
    let mut spread: HashMap<String, usize> = HashMap::new();
    for question in questions {
        let mut seen: HashSet<String> = roots(&question.stem);
        seen.extend(question.kind.choices().iter().flat_map(|choice| roots(choice)));
        seen.into_iter().for_each(|word| *spread.entry(word).or_default() += 1);
    }
    let most = 1 + questions.len() / QUESTIONS_PER_RARE_WORD;
    questions.iter().map(|question| telling_word(question, &spread, most)).collect()
}

/// The key if the stem contains all of it, and none of the other choices.
pub fn named_key(question: &Question) -> Option<String> {
    let stem = words(&question.stem);
    let holds = |text: &str| holds_in_order(&stem, &words(text));
    match &question.kind {
        Kind::OneOf { choices, key, .. } => {
            let is_named = |(place, choice): (usize, &String)| place != *key && holds(choice);
            let is_alone = holds(&choices[*key]) && !choices.iter().enumerate().any(is_named);
            is_alone.then(|| choices[*key].clone())
        }
        Kind::Typed { accepted } => accepted.iter().find(|text| holds(text)).cloned(),
        Kind::AnyOf { .. } | Kind::TrueFalse { .. } | Kind::Number { .. } => None,
        Kind::Order { .. } | Kind::Drawn { .. } | Kind::Reveal { .. } => None,
    }
}

/// Whether a text contains some words in sequence.
fn holds_in_order(text: &[String], part: &[String]) -> bool {
    let spaced = |words: &[String]| format!(" {} ", words.join(" "));
    !part.is_empty() && spaced(text).contains(&spaced(part))
}

fn telling_word(question: &Question, spread: &HashMap<String, usize>, most: usize) -> Option<String> {
    let Kind::OneOf { choices, key, .. } = &question.kind else { return None };
    let stem = roots(&question.stem);
    let others = choices.iter().enumerate().filter(|(i, _)| i != key);
    let others: HashSet<String> = others.flat_map(|(_, choice)| roots(choice)).collect();
    let shared =
        roots(&choices[*key]).into_iter().filter(|word| stem.contains(word) && !others.contains(word));
    shared.filter(|word| spread.get(word).is_some_and(|n| *n <= most)).min()
}

/// The longer words, without a plural "s".
fn roots(text: &str) -> HashSet<String> {
    let long = words(text)
        .into_iter()
        .filter(|w| w.chars().count() >= MIN_TELLING_CHARS && w.chars().all(char::is_alphabetic));
    long.map(|word| word.strip_suffix('s').map(str::to_owned).unwrap_or(word)).collect()
}

/// Words that add nothing to a key.
const EMPTY: [&str; 16] = [
    "the", "a", "an", "is", "are", "it", "this", "that", "answer", "correct", "right", "key", "choice",
    "and", "because", "of",
];

/// Whether the rationale has no word that is not in the key.
pub fn only_repeats(question: &Question) -> bool {
    let Some(rationale) = &question.rationale else { return false };
    let key: HashSet<String> = words(&key_text(&question.kind)).into_iter().collect();
    words(rationale).iter().all(|word| key.contains(word) || EMPTY.contains(&word.as_str()))
}
