//! Labels in the text: what follows is an answer, or an explanation.

use super::render;

/// Whether a summary unfolds the answer of the question before it.
pub fn is_answer_word(title: &str) -> bool {
    let title = title.to_lowercase();
    let words = [
        "answer",
        "solution",
        "explanation",
        "response",
        "show",
        "reveal",
        "click",
        "hint",
        "antwort",
        "lösung",
        "respuesta",
        "réponse",
        "resposta",
        "risposta",
    ];
    words.iter().any(|word| title.trim_matches(|c: char| !c.is_alphabetic()).starts_with(word))
        || title.starts_with("correct answer")
}

/// Takes the lines out of a text that tell which choices are right; what they tell.
pub fn take_key(text: &mut String) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let (at, told) = lines.iter().enumerate().find_map(|(at, line)| {
        let line = render::without_tags(line).0;
        answer(&line).map(|told| (at, told.to_owned()))
    })?;
    let mut key = told;
    let mut end = at + 1;
    while let Some(line) = lines.get(end) {
        let is_over = line.trim().is_empty() && !key.trim().is_empty();
        if is_over || explanation(line).is_some() {
            break;
        }
        key.push('\n');
        key.push_str(&render::without_tags(line).0);
        end += 1;
    }
    *text = [&lines[..at], &lines[end..]].concat().join("\n");
    Some(key)
}

/// What follows "Answer:" or the like.
pub fn answer(line: &str) -> Option<&str> {
    let text = line.trim().trim_start_matches(['-', '*', '_', '>', '#', ' ', '✅']);
    let lower = text.to_ascii_lowercase();
    let starts = [
        "the correct answer",
        "correct answer",
        "right answer",
        "answer",
        "ans",
        "correct option",
        "correct choice",
        "correct",
        "richtige antwort",
        "antwort",
        "lösung",
        "respuesta correcta",
        "respuesta",
        "réponse",
        "resposta",
        "risposta",
    ];
    let Some(start) = starts.iter().find(|start| lower.starts_with(**start)) else {
        return labelled_answer(text);
    };
    let rest = text.get(start.len()..)?;
    let rest = rest.strip_prefix("(s)").or_else(|| rest.strip_prefix('s')).unwrap_or(rest);
    let rest = rest.trim_start_matches(['*', '_', ' ']);
    let is_named =
        [":", ";", "is ", "are ", "- ", "– ", "is:", "are:"].iter().find_map(|mark| rest.strip_prefix(mark));
    let rest = if rest.is_empty() { rest } else { is_named? };
    Some(rest.trim_start_matches([':', '*', '_', ' ']).trim())
}

/// What follows a label of a few words that ends in "answer": "Suggested answers: B".
fn labelled_answer(text: &str) -> Option<&str> {
    const MAX_WORDS: usize = 4;
    let (label, rest) = text.split_once(':')?;
    let words: Vec<&str> = label.split_whitespace().take(MAX_WORDS + 1).collect();
    let last = words.last()?.trim_matches(['*', '_']).to_ascii_lowercase();
    let are_words = words.iter().all(|word| word.chars().all(|c| c.is_alphabetic() || "*_".contains(c)));
    let is_answer = are_words && words.len() <= MAX_WORDS && matches!(last.as_str(), "answer" | "answers");
    is_answer.then(|| rest.trim_start_matches(['*', '_', ' ']).trim())
}

/// What follows "Explanation:" or the like.
pub fn explanation(line: &str) -> Option<&str> {
    let text = line.trim().trim_start_matches(['-', '*', '_', '>', '#', ' ']);
    let lower = text.to_lowercase();
    let label = ["explanation", "rationale", "reason"].into_iter().find(|label| lower.starts_with(label))?;
    let rest = text.get(label.len()..)?.trim_start_matches(['*', '_']);
    rest.strip_prefix(':').map(|rest| rest.trim_start_matches(['*', '_', ' ']))
}

/// Only letters after a label of a few words, in any language: "Javob: C", "答案：A, D".
pub fn letters_behind_label(line: &str) -> Option<&str> {
    const MAX_LABEL_LENGTH: usize = 24;
    let text = line.trim().trim_start_matches(['-', '*', '_', '>', '#', ' ']);
    let (label, rest) = text.split_once([':', '：'])?;
    let is_label = label.chars().count() <= MAX_LABEL_LENGTH
        && label.chars().any(char::is_alphabetic)
        && !label.chars().any(|c| c.is_ascii_digit() || ".,;`".contains(c));
    let rest = rest.trim().trim_matches(['*', '_', '.', ' ']);
    let words: Vec<&str> = rest.split([',', ' ']).filter(|word| !word.is_empty()).collect();
    let is_letter = |word: &&str| word.len() == 1 && word.starts_with(|c: char| ('A'..='H').contains(&c));
    (is_label && !words.is_empty() && words.iter().all(is_letter)).then_some(rest)
}

/// The choice that a sentence calls right: "C is correct, since ..".
pub fn called_correct(line: &str) -> Option<char> {
    let text = line.trim().trim_start_matches(['-', '*', '_', '>', '(', ' ']);
    let letter = text.chars().next().filter(|c| ('A'..='H').contains(c))?;
    let rest = text[1..].trim_start_matches(['*', '_', ')', '.', ':']);
    ["is correct", "is the correct", "is right"]
        .iter()
        .any(|words| rest.trim_start().starts_with(words) && rest.starts_with(' '))
        .then_some(letter)
}

/// Whether a heading is above the explanation of the question before it.
pub fn explains(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    let words = ["feedback", "explanation", "rationale", "discussion"];
    words.iter().any(|word| heading.trim_matches(['*', '_', ':', ' ']) == *word)
}

/// A rationale without the word "Explanation" before it.
pub fn without_label(text: &str) -> &str {
    let text = text.trim();
    for label in ["explanation", "rationale", "reason", "erläuterung"] {
        if let Some(start) = text.get(..label.len())
            && start.to_lowercase() == label
            && let Some(rest) = text[label.len()..].strip_prefix([':', '\n'])
        {
            return rest.trim();
        }
    }
    text
}
