//! GIFT: every kind of question except those whose choices are drawn, with rationales, topics and ids.

use super::losses::{LeftOut, QuestionPart};
use super::written::{DRAWN, WrittenPack};
use crate::gift::escapes::escape;
use badgedex_domain::question::{Kind, Pack, Question};

/// Up to this many right choices share 100 % in fractions that Moodle knows; more of them get 5 % each.
const MAX_SHARES: usize = 10;

/// What GIFT keeps besides what is asked, some of it in comments that other programs ignore.
const KEPT: [QuestionPart; 10] = [
    QuestionPart::Kind,
    QuestionPart::Id,
    QuestionPart::Topic,
    QuestionPart::Hint,
    QuestionPart::Rationale,
    QuestionPart::Source,
    QuestionPart::Checked,
    QuestionPart::OtherAnswers,
    QuestionPart::Unit,
    QuestionPart::Tolerance,
];

/// Writes what GIFT can say of a pack.
pub fn write(pack: &Pack) -> WrittenPack {
    let mut written = WrittenPack::default();
    let mut topic = None;
    for question in &pack.questions {
        let answers = match answers(&question.kind) {
            Ok(answers) => answers,
            Err(why) => {
                written.left_out.push(LeftOut::whole(question, why));
                continue;
            }
        };
        if topic != Some(&question.topic) {
            topic = Some(&question.topic);
            written.text.push_str(&category(pack, &question.topic));
        }
        written.text.push_str(&one(question, &answers));
        written.left_out.extend(LeftOut::parts(question, &KEPT));
    }
    written
}

fn category(pack: &Pack, topic: &str) -> String {
    let name = pack.topics.iter().find(|t| t.id == topic).map_or(topic, |t| t.name.as_str());
    format!("$CATEGORY: {}\n\n", on_one_line(name).replace('/', "//"))
}

fn one(question: &Question, answers: &str) -> String {
    let mut text = comment("id", question.id.as_str());
    if let Some(hint) = &question.hint {
        text.push_str(&comment("hint", &escape(hint)));
    }
    if let Some(source) = &question.source {
        text.push_str(&comment("source", &readable(source)));
    }
    if let Some(checked) = question.checked {
        text.push_str(&comment("checked", &checked.to_string()));
    }
    if let Kind::Number { unit, .. } = &question.kind
        && !unit.is_empty()
    {
        text.push_str(&comment("unit", &escape(unit)));
    }
    let general = question.rationale.as_ref().map(|r| format!(" ####{}", marked(r))).unwrap_or_default();
    text + &format!("[plain]{} {{{answers}{general}}}\n\n", escape(question.stem.trim()))
}

fn comment(name: &str, text: &str) -> String {
    format!("// [{name}:{}]\n", text.replace(']', "\\]"))
}

/// A text without backslashes if it needs none: a link can be clicked.
fn readable(text: &str) -> String {
    match text.contains(['\\', '\n']) {
        true => escape(text),
        false => text.to_owned(),
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text that begins like a markup or like points says that it is neither.
fn marked(text: &str) -> String {
    let text = escape(text.trim());
    match text.starts_with(['[', '%']) {
        true => format!("[plain]{text}"),
        false => text,
    }
}

fn answers(kind: &Kind) -> Result<String, &'static str> {
    match kind {
        Kind::OneOf { choices, key, .. } => {
            let sign = |at| if at == *key { "=" } else { "~" };
            Ok(joined(choices.iter().enumerate().map(|(at, text)| format!("{}{}", sign(at), marked(text)))))
        }
        Kind::AnyOf { choices, keys, .. } => {
            let right = format!("~%{}%", share(keys.len()));
            let points = |at| if keys.contains(&at) { right.as_str() } else { "~%-100%" };
            Ok(joined(choices.iter().enumerate().map(|(at, text)| format!("{}{}", points(at), marked(text)))))
        }
        Kind::TrueFalse { key } => Ok(if *key { "TRUE" } else { "FALSE" }.to_owned()),
        // With "=" before it, an arrow would make a match of it.
        Kind::Typed { accepted } if accepted.iter().any(|text| text.contains("->")) => match accepted.len() {
            1 => Ok(typed(&accepted[0])),
            _ => Err("since an answer holds ->, which GIFT takes for a match"),
        },
        Kind::Typed { accepted } => Ok(joined(accepted.iter().map(|text| format!("={}", typed(text))))),
        Kind::Number { value, tolerance, .. } if *tolerance == 0.0 => Ok(format!("#{value}")),
        Kind::Number { value, tolerance, .. } => Ok(format!("#{value}:{tolerance}")),
        Kind::Order { items } => {
            Ok(joined(items.iter().enumerate().map(|(at, text)| format!("={} -> {}", at + 1, marked(text)))))
        }
        Kind::Reveal { .. } => Err("since GIFT has no self-checked questions"),
        Kind::Drawn { .. } => Err(DRAWN),
    }
}

/// In a typed answer a star would match any letters.
fn typed(text: &str) -> String {
    marked(&text.replace('*', "\\*"))
}

fn joined(answers: impl Iterator<Item = String>) -> String {
    answers.collect::<Vec<_>>().join(" ")
}

/// The points of each right choice.
fn share(count: usize) -> String {
    let share = if count > MAX_SHARES { 5.0 } else { 100.0 / count as f64 };
    format!("{share:.5}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests;
