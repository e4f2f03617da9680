//! A pack as a practice exam in Markdown: task lists for choices, unfolding answers for the rest.

use super::losses::{LeftOut, QuestionPart};
use super::written::{DRAWN, WrittenPack, key_text};
use badgedex_domain::question::{Kind, Pack, Question, TRUE_FALSE};

/// What a task list keeps besides what is asked.
const KEPT_OF_TASKS: [QuestionPart; 2] = [QuestionPart::Kind, QuestionPart::Rationale];
/// What an unfolding answer keeps: it contains the unit.
const KEPT_OF_UNFOLDING: [QuestionPart; 2] = [QuestionPart::Rationale, QuestionPart::Unit];

/// Writes every question except those whose choices are drawn.
pub fn write(pack: &Pack) -> WrittenPack {
    let mut written = WrittenPack { text: format!("# {}\n", escaped(&pack.title)), ..WrittenPack::default() };
    for (number, question) in pack.questions.iter().enumerate() {
        match question_text(number + 1, question) {
            Some(text) => {
                written.text.push_str(&text);
                written.left_out.extend(LeftOut::parts(question, kept(&question.kind)));
            }
            None => written.left_out.push(LeftOut::whole(question, DRAWN)),
        }
    }
    written
}

fn kept(kind: &Kind) -> &'static [QuestionPart] {
    match kind {
        Kind::OneOf { .. } | Kind::AnyOf { .. } | Kind::TrueFalse { .. } => &KEPT_OF_TASKS,
        Kind::Typed { .. }
        | Kind::Number { .. }
        | Kind::Order { .. }
        | Kind::Drawn { .. }
        | Kind::Reveal { .. } => &KEPT_OF_UNFOLDING,
    }
}

fn question_text(number: usize, question: &Question) -> Option<String> {
    match &question.kind {
        Kind::OneOf { choices, key, .. } => Some(tasks(number, question, choices, &[*key])),
        Kind::AnyOf { choices, keys, .. } => Some(tasks(number, question, choices, keys)),
        Kind::TrueFalse { key } => {
            Some(tasks(number, question, &TRUE_FALSE.map(str::to_owned), &[usize::from(!key)]))
        }
        kind @ (Kind::Typed { .. }
        | Kind::Number { .. }
        | Kind::Order { .. }
        | Kind::Drawn { .. }
        | Kind::Reveal { .. }) => key_text(kind).map(|answer| unfolding(number, question, &answer)),
    }
}

/// The reader removes the number again, and thus leaves a number of the stem alone.
fn tasks(number: usize, question: &Question, choices: &[String], keys: &[usize]) -> String {
    let stem = escaped(&question.stem);
    let (first, more) = stem.split_once('\n').unwrap_or((&stem, ""));
    let mut text = format!("\n### {number}. {first}\n\n");
    if !more.is_empty() {
        text.push_str(&format!("{more}\n\n"));
    }
    for (place, choice) in choices.iter().enumerate() {
        let mark = if keys.contains(&place) { 'x' } else { ' ' };
        text.push_str(&format!("- [{mark}] {}\n", escaped(choice).replace('\n', "\n  ")));
    }
    if let Some(rationale) = &question.rationale {
        text.push_str(&format!("\nExplanation: {}\n", escaped(rationale)));
    }
    text
}

fn unfolding(number: usize, question: &Question, answer: &str) -> String {
    let stem = entities(&question.stem).replace('\n', "<br>");
    let rationale = question.rationale.as_ref();
    let rationale = rationale.map(|r| format!("\n\nExplanation: {}", entities(r))).unwrap_or_default();
    format!(
        "\n<details><summary>{number}. {stem}</summary>\n\n{}{rationale}\n\n</details>\n",
        entities(answer)
    )
}

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    marked(text, |c| format!("\\{c}"))
}

/// The same inside HTML, where backslashes would be shown.
fn entities(text: &str) -> String {
    marked(text, |c| format!("&#{};", c as u32))
}

fn marked(text: &str, mark: impl Fn(char) -> String) -> String {
    let mut marked = String::with_capacity(text.len());
    // Signs that are markup only at the start of a line, also after a number.
    let mut is_start = true;
    for c in text.chars() {
        let begins = is_start && matches!(c, '-' | '+' | '=' | '.' | ')' | ':');
        match begins
            || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '!' | '~' | '|')
        {
            true => marked.push_str(&mark(c)),
            false => marked.push(c),
        }
        is_start = c == '\n' || (is_start && (c.is_ascii_digit() || c == ' '));
    }
    marked
}
