//! Practice exams in Markdown, in the layouts that are found: numbered questions with lettered choices, task
//! lists, and questions that are unfolded. A file may mix them.

mod key;
mod labels;
mod marks;
mod numbered;
mod question;
mod render;
mod tasks;

use super::{Content, Contents};

/// Said of what asks and says nothing else.
const NOTHING_TO_ANSWER: &str = "it has no choices and no answer";

/// Reads every question of a file, in the order of the file.
pub fn read(text: &str) -> Contents {
    let mut contents = Contents::default();
    let text = &marks::tidied(text);
    let taken = tasks::read(text, &mut contents);
    numbered::read(text, &taken, &mut contents);
    contents.found.sort_by_key(|found| found.line);
    contents.refused.sort_by_key(|refused| refused.line);
    contents.title = title(text);
    if contents.title.is_some() && !contents.found.is_empty() {
        // A title may ask, and is no question.
        let line = text.lines().position(|line| !line.trim().is_empty()).map_or(0, |place| place + 1);
        contents.refused.retain(|refused| refused.line != line || refused.why != NOTHING_TO_ANSWER);
    }
    contents
}

/// What a line is in one of the layouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// A heading or a number begins it.
    pub is_stem: bool,
    /// A choice with the letter A, or a task.
    pub is_first_choice: bool,
    pub is_ticked: bool,
}

/// What a line shows by itself.
pub fn signs(line: &str) -> Signs {
    let tick = marks::tick(line);
    let is_first = numbered::option(line, 0).is_some_and(|(letter, _)| letter == 'A');
    Signs {
        is_stem: numbered::numbered(line).is_some() || numbered::heading(line).is_some(),
        is_first_choice: is_first || tick.is_some(),
        is_ticked: tick == Some(true),
    }
}

/// The first line, where it is the one heading of the first level.
fn title(text: &str) -> Option<String> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let title = first.strip_prefix("# ")?;
    super::draft::filled(&render::plain(title).text)
}

/// Words in front of the number of a question.
const NUMBERED: [&str; 8] =
    ["question", "frage", "pregunta", "pergunta", "domanda", "questão", "вопрос", "питання"];

/// A stem without the number in front of it: "12. ", "Question 3: ", "Q4) ".
fn without_number(stem: &str) -> &str {
    let rest = stem.trim_start();
    let named = without_name(rest).trim_start_matches([' ', '#']);
    let digits = named.bytes().take_while(u8::is_ascii_digit).count();
    let after = &named[digits..];
    let marks = ['.', ')', ':', '。', '：', '、'];
    let has_mark = after.starts_with(marks) || (after.is_empty() || after.starts_with('\n'));
    match digits {
        1..=4 if has_mark => {
            let text = after.trim_start_matches(marks);
            // "3.5 volts" is no number of a question.
            if text.starts_with(|c: char| c.is_ascii_digit()) { rest } else { text.trim_start() }
        }
        _ => rest,
    }
}

/// What stands behind "Question", or behind the one letter that is short for it: "P12. ".
fn without_name(text: &str) -> &str {
    let word = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(word);
    if NUMBERED.contains(&word.to_lowercase().as_str()) || word.eq_ignore_ascii_case("q") {
        return rest;
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let is_short = word.chars().count() == 1
        && digits > 0
        && [". ", "。"].iter().any(|mark| rest[digits..].starts_with(mark));
    if is_short { rest } else { text }
}

/// A rationale without the word "Explanation" in front of it.
fn without_label(text: &str) -> &str {
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

/// True and false as the only choices make a question of that kind.
fn choice_or_truth(content: Content) -> Result<Content, String> {
    Ok(match content {
        Content::OneOf { choices, key } if is_truth(&choices) => {
            Content::TrueFalse { key: choices[key].eq_ignore_ascii_case("true") }
        }
        other => other,
    })
}

fn is_truth(choices: &[String]) -> bool {
    let has = |word: &str| choices.iter().any(|choice| choice.eq_ignore_ascii_case(word));
    choices.len() == 2 && has("true") && has("false")
}

#[cfg(test)]
mod tests;
