//! The decks of hascard: cards between lines of `---`, each with a `#` title and what it asks.

use badgedex_domain::question::Kind;

use crate::draft::{QuestionDraft, choice, filled, order};
use crate::hashcards::without_pictures;
use crate::kinds;
use crate::parsed::ParsedFile;
use crate::reason::Reason;
use crate::validate::is_blank;

/// Reads every card of a deck.
pub fn read(text: &str) -> ParsedFile {
    let mut contents = ParsedFile::default();
    let mut card: Vec<(usize, &str)> = Vec::new();
    let mut is_code = false;
    for (number, line) in text.lines().enumerate() {
        is_code ^= line.trim_start().starts_with("```");
        if !is_code && line.trim_end() == "---" {
            finish_card(&std::mem::take(&mut card), &mut contents);
        } else {
            card.push((number + 1, line));
        }
    }
    finish_card(&card, &mut contents);
    contents
}

fn finish_card(card: &[(usize, &str)], contents: &mut ParsedFile) {
    let Some(first) = card.iter().position(|(_, line)| !line.trim().is_empty()) else { return };
    let (number, title) = card[first];
    let mut draft = QuestionDraft::at(number);
    let Some(title) = title.trim_start().strip_prefix('#') else {
        draft.stem = title.to_owned();
        return draft.finish(Err("the card does not begin with #".into()), contents);
    };
    draft.stem = title.trim().to_owned();
    let lines: Vec<&str> = card[first + 1..].iter().map(|(_, line)| *line).collect();
    let (body, pictures) = without_pictures(&lines.join("\n"));
    let kind = draft.leave_out_pictures(pictures).and_then(|()| kind(&mut draft, &body));
    draft.finish(kind, contents);
}

fn kind(draft: &mut QuestionDraft, body: &str) -> Result<Kind, Reason> {
    if is_blank(body) {
        return Err("there is nothing after its title".into());
    }
    if let Some(boxes) = items(body, boxed) {
        return marked(boxes);
    }
    if let Some(items) = items(body, bulleted).filter(|items| items.len() > 1 && items.iter().any(|i| i.0)) {
        return marked(items);
    }
    if let Some(mut items) = items(body, numbered).filter(|items| items.len() > 1) {
        items.sort_by_key(|(number, _)| *number);
        return order(items.into_iter().map(|(_, text)| text).collect());
    }
    let gaps = gaps(body);
    if gaps.answers.is_empty() {
        return Ok(kinds::reveal(body.to_owned()));
    }
    open(draft, gaps)
}

fn marked(items: Vec<(bool, String)>) -> Result<Kind, Reason> {
    let keys = items.iter().enumerate().filter(|(_, item)| item.0).map(|(place, _)| place).collect();
    choice(items.into_iter().map(|item| item.1).collect(), keys)
}

/// The items of a body that is nothing else; a line that is none goes on with the one before it.
fn items<T>(body: &str, item: fn(&str) -> Option<(T, &str)>) -> Option<Vec<(T, String)>> {
    let mut items: Vec<(T, String)> = Vec::new();
    for line in body.lines().filter(|line| !line.trim().is_empty()) {
        match item(line.trim_start()) {
            Some((mark, text)) => items.push((mark, text.trim().to_owned())),
            None => {
                let last = items.last_mut()?;
                last.1.push('\n');
                last.1.push_str(line.trim());
            }
        }
    }
    (!items.is_empty()).then_some(items)
}

fn boxed(line: &str) -> Option<(bool, &str)> {
    let line = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).unwrap_or(line);
    let wrong = line.strip_prefix("[ ]").or_else(|| line.strip_prefix("[]")).map(|text| (false, text));
    wrong.or_else(|| ["[*]", "[x]", "[X]"].iter().find_map(|mark| Some((true, line.strip_prefix(mark)?))))
}

fn bulleted(line: &str) -> Option<(bool, &str)> {
    let wrong = line.strip_prefix("- ").map(|text| (false, text));
    wrong.or_else(|| Some((true, line.strip_prefix("* ")?)))
}

fn numbered(line: &str) -> Option<(u32, &str)> {
    let (number, text) = line.split_once(". ")?;
    Some((number.parse().ok()?, text))
}

/// A text with its gaps open, and what belongs into each.
struct Gaps {
    text: String,
    answers: Vec<Vec<String>>,
}

fn gaps(body: &str) -> Gaps {
    let mut gaps = Gaps { text: String::new(), answers: Vec::new() };
    let mut gap: Option<String> = None;
    let mut chars = body.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, gap.take()) {
            ('\\', open) if chars.peek() == Some(&'_') => {
                chars.next();
                gap = open;
                gap.as_mut().unwrap_or(&mut gaps.text).push('_');
            }
            ('_', None) => gap = Some(String::new()),
            ('_', Some(text)) if is_blank(&text) => gaps.text.push_str(&format!("_{text}_")),
            ('_', Some(text)) => {
                gaps.text.push_str("[...]");
                gaps.answers.push(text.split('|').filter_map(filled).collect());
            }
            (c, open) => {
                gap = open;
                gap.as_mut().unwrap_or(&mut gaps.text).push(c);
            }
        }
    }
    if let Some(open) = gap {
        gaps.text.push('_');
        gaps.text.push_str(&open);
    }
    gaps.answers.retain(|answers| !answers.is_empty());
    gaps
}

/// One gap is typed; several are shown at once.
fn open(draft: &mut QuestionDraft, mut gaps: Gaps) -> Result<Kind, Reason> {
    if gaps.text.trim() != "[...]" {
        draft.stem = format!("{}\n{}", draft.stem, gaps.text.trim());
    }
    if gaps.answers.len() == 1 {
        let mut accepted = gaps.answers.remove(0);
        let mut seen = std::collections::HashSet::new();
        accepted.retain(|answer| seen.insert(answer.to_lowercase()));
        return Ok(Kind::Typed { accepted });
    }
    draft.warnings.push("it has several gaps, so it is self-checked".to_owned());
    let answers: Vec<String> = gaps.answers.iter().map(|answers| answers.join(" or ")).collect();
    Ok(kinds::reveal(answers.join("; ")))
}

#[cfg(test)]
mod tests;
