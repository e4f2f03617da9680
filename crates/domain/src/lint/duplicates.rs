//! Questions that ask nearly the same, found in nearly linear time.

use std::collections::{HashMap, HashSet};

use super::wording::{key_text, words};
use crate::question::{Question, QuestionId};

/// Share of common words from which two questions are duplicates, 0 to 1.
const MIN_SHARED_WORDS: f64 = 0.7;
/// A question is compared with at most this many others.
const MAX_COMPARISONS: usize = 100;

/// For every question, an earlier one that asks nearly the same.
///
/// Two sets of words can only be that similar if they share one of their rarest words, so only
/// those are indexed.
pub fn duplicates(questions: &[Question]) -> Vec<Option<QuestionId>> {
    let texts: Vec<String> = questions.iter().map(|q| format!("{} {}", q.stem, key_text(&q.kind))).collect();
    let sets: Vec<HashSet<String>> = texts.iter().map(|text| meaning(text)).collect();
    let mut spread: HashMap<&str, usize> = HashMap::new();
    for word in sets.iter().flatten() {
        *spread.entry(word).or_default() += 1;
    }
    let mut index: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut duplicates = Vec::with_capacity(questions.len());
    for (place, set) in sets.iter().enumerate() {
        let rare = rarest(set, &spread);
        let mut candidates: Vec<usize> =
            rare.iter().filter_map(|word| index.get(word)).flatten().copied().take(MAX_COMPARISONS).collect();
        candidates.sort_unstable();
        candidates.dedup();
        let is_duplicate = |other: &&usize| {
            questions[**other].form() == questions[place].form()
                && is_alike(&sets[**other], set)
                && !(names_its_own(&texts[**other], set) && names_its_own(&texts[place], &sets[**other]))
        };
        duplicates.push(candidates.iter().find(is_duplicate).map(|other| questions[*other].id.clone()));
        rare.iter().for_each(|word| index.entry(word).or_default().push(place));
    }
    duplicates
}

/// Words that say little about what is asked.
const LITTLE: [&str; 40] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "has", "have",
    "how", "in", "is", "it", "its", "may", "must", "of", "on", "or", "should", "that", "the", "their",
    "there", "these", "this", "to", "what", "when", "which", "who", "will", "with", "your",
];

/// The words of a text that carry its meaning, without a plural "s".
fn meaning(text: &str) -> HashSet<String> {
    let carries = words(text).into_iter().filter(|word| !LITTLE.contains(&word.as_str()));
    carries.map(singular).collect()
}

fn singular(word: String) -> String {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem.to_owned(),
        _ => word,
    }
}

/// As many of the rarest words as it takes for a duplicate to share at least one of them.
fn rarest<'a>(set: &'a HashSet<String>, spread: &HashMap<&str, usize>) -> Vec<&'a str> {
    let mut all: Vec<&str> = set.iter().map(String::as_str).collect();
    all.sort_by_key(|word| (spread.get(word).copied().unwrap_or(0), *word));
    let shared = (MIN_SHARED_WORDS * all.len() as f64).ceil() as usize;
    all.truncate(all.len() + 1 - shared.max(1));
    all
}

fn is_alike(one: &HashSet<String>, other: &HashSet<String>) -> bool {
    let shared = one.intersection(other).count();
    let all = one.len() + other.len() - shared;
    all > 0 && shared as f64 >= MIN_SHARED_WORDS * all as f64
}

/// Whether a text names something, by a capital or a digit, that the other does not: two questions
/// of one pattern about two things are not duplicates.
fn names_its_own(text: &str, other: &HashSet<String>) -> bool {
    let is_name = |word: &&str| word.chars().any(|c| c.is_uppercase() || c.is_ascii_digit());
    let mut named = text.split_whitespace().filter(is_name).flat_map(meaning);
    named.any(|word| !other.contains(&word))
}
