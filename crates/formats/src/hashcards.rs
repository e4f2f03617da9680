//! The Markdown decks of hashcards: `Q:` and `A:`, and `C:` with deletions in square brackets.

use crate::draft::{QuestionDraft, check_deletions, filled};
use crate::kinds;
use crate::parsed::ParsedFile;
use crate::reason::Reason;

/// Reads a deck. A heading, a comment or a `---` ends a card.
pub fn read(text: &str) -> ParsedFile {
    let mut contents = ParsedFile::default();
    let (title, lines) = without_head(text);
    contents.title = title;
    let mut card = Hashcard::default();
    let mut is_code = false;
    for (number, line) in lines {
        is_code ^= line.trim_start().starts_with("```");
        match tag(line).filter(|_| !is_code) {
            Some((CardTag::Answer, rest)) if card.can_be_answered() => card.answer = Some(begun(rest)),
            Some((tag, rest)) => {
                std::mem::take(&mut card).finish(&mut contents);
                card = Hashcard { line: number, tag: Some(tag), text: begun(rest), answer: None };
            }
            None if !is_code && ends_card(line) => std::mem::take(&mut card).finish(&mut contents),
            None => card.push(line),
        }
    }
    card.finish(&mut contents);
    contents
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CardTag {
    Question,
    Answer,
    Cloze,
}

fn tag(line: &str) -> Option<(CardTag, &str)> {
    let tags = [("Q:", CardTag::Question), ("A:", CardTag::Answer), ("C:", CardTag::Cloze)];
    tags.into_iter().find_map(|(sign, tag)| Some((tag, line.strip_prefix(sign)?)))
}

/// A heading or a comment at the start of a line belongs to no card.
fn ends_card(line: &str) -> bool {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    let is_heading = (1..=6).contains(&level) && line[level..].starts_with(' ');
    is_heading || line.trim_end() == "---" || line.starts_with("<!--") || line.starts_with("//")
}

fn begun(rest: &str) -> String {
    rest.trim_start().to_owned()
}

#[derive(Default)]
struct Hashcard {
    line: usize,
    tag: Option<CardTag>,
    text: String,
    answer: Option<String>,
}

impl Hashcard {
    fn can_be_answered(&self) -> bool {
        self.tag == Some(CardTag::Question) && self.answer.is_none()
    }

    fn push(&mut self, line: &str) {
        let text = self.answer.as_mut().unwrap_or(&mut self.text);
        text.push('\n');
        text.push_str(line);
    }

    fn finish(self, contents: &mut ParsedFile) {
        let mut draft = QuestionDraft::at(self.line);
        match self.tag {
            None => {}
            Some(CardTag::Cloze) => finish_cloze(&draft, &self.text, contents),
            Some(CardTag::Answer) => {
                draft.stem = self.text.trim().to_owned();
                draft.finish(Err("it is an answer without a question".into()), contents);
            }
            Some(CardTag::Question) => {
                let (stem, pictures) = without_pictures(self.text.trim());
                let (answer, missing) = without_pictures(self.answer.unwrap_or_default().trim());
                draft.stem = stem;
                let answer = filled(&answer).ok_or_else(|| no_answer(missing));
                let kind = draft.leave_out_pictures(pictures).and(answer);
                draft.finish(kind.map(kinds::reveal), contents);
            }
        }
    }
}

fn no_answer(pictures: usize) -> Reason {
    if pictures > 0 { Reason::PictureAsAnswer } else { Reason::NoAnswer }
}

/// A piece of a cloze text.
struct DeletionPiece {
    text: String,
    is_deleted: bool,
}

/// One question a deletion, with the others shown.
fn finish_cloze(draft: &QuestionDraft, text: &str, contents: &mut ParsedFile) {
    let (text, pictures) = without_pictures(text.trim());
    let pieces = pieces(&text);
    let deleted: Vec<usize> = (0..pieces.len()).filter(|&i| pieces[i].is_deleted).collect();
    if deleted.is_empty() {
        let draft = QuestionDraft { stem: text, ..draft.clone() };
        return draft.finish(Err("it has no deletion in square brackets".into()), contents);
    }
    if let Err(why) = check_deletions(text.len(), deleted.len()) {
        return QuestionDraft { stem: text, ..draft.clone() }.finish(Err(why), contents);
    }
    for &place in &deleted {
        let shown = |(i, piece): (usize, &DeletionPiece)| {
            if i == place { "[...]".to_owned() } else { piece.text.clone() }
        };
        let mut draft =
            QuestionDraft { stem: pieces.iter().enumerate().map(shown).collect(), ..draft.clone() };
        let answer = filled(&pieces[place].text).ok_or(Reason::EmptyDeletion);
        let kind = draft.leave_out_pictures(pictures).and(answer);
        draft.finish(kind.map(kinds::reveal), contents);
    }
}

fn pieces(text: &str) -> Vec<DeletionPiece> {
    let mut pieces = vec![DeletionPiece { text: String::new(), is_deleted: false }];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let last = pieces.len() - 1;
        match c {
            '\\' if matches!(chars.peek(), Some('[' | ']')) => pieces[last].text.extend(chars.next()),
            '[' if !pieces[last].is_deleted => {
                pieces.push(DeletionPiece { text: String::new(), is_deleted: true })
            }
            ']' if pieces[last].is_deleted => {
                pieces.push(DeletionPiece { text: String::new(), is_deleted: false })
            }
            _ => pieces[last].text.push(c),
        }
    }
    if let Some(open) = pieces.pop_if(|last| last.is_deleted) {
        pieces.push(DeletionPiece { text: format!("[{}", open.text), is_deleted: false });
    }
    pieces
}

/// A text without its pictures, and how many there were. Every piece is looked at once.
pub fn without_pictures(text: &str) -> (String, usize) {
    let (mut kept, mut pictures) = (String::new(), 0);
    let mut rest = text;
    while let Some(at) = rest.find("![") {
        let (before, after) = rest.split_at(at);
        kept.push_str(before);
        let (length, is_picture) = picture(after);
        match is_picture {
            true => pictures += 1,
            false => kept.push_str(&after[..length]),
        }
        rest = &after[length..];
    }
    kept.push_str(rest);
    (kept.trim().to_owned(), pictures)
}

/// How much of a text that begins with "![" was looked at, and whether that is a picture.
fn picture(text: &str) -> (usize, bool) {
    let name = text[2..].find([']', '\n', '!']).map_or(text.len(), |end| end + 2);
    if !text[name..].starts_with("](") {
        return (name, false);
    }
    let end = text[name..].find([')', '\n']).map_or(text.len(), |end| name + end);
    if text[end..].starts_with(')') { (end + 1, true) } else { (end, false) }
}

/// The deck's name, and the lines after the head with their numbers.
fn without_head(text: &str) -> (Option<String>, impl Iterator<Item = (usize, &str)>) {
    let head = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---"));
    let table = head.and_then(|(head, _)| head.parse::<toml::Table>().ok());
    let skipped = table.as_ref().and(head).map_or(0, |(head, _)| head.lines().count() + 2);
    let name = table.and_then(|table| Some(table.get("name")?.as_str()?.to_owned()));
    (name, text.lines().enumerate().map(|(i, line)| (i + 1, line)).skip(skipped))
}

#[cfg(test)]
mod tests;
