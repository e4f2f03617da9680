//! The Markdown decks of hashcards: `Q:` and `A:`, and `C:` with deletions in square brackets.

use super::draft::{Draft, check_deletions, filled};
use super::{Content, Contents};

/// Reads a deck. A heading, a comment or a `---` ends a card.
pub fn read(text: &str) -> Contents {
    let mut contents = Contents::default();
    let (title, lines) = without_head(text);
    contents.title = title;
    let mut card = Card::default();
    let mut is_code = false;
    for (number, line) in lines {
        is_code ^= line.trim_start().starts_with("```");
        match tag(line).filter(|_| !is_code) {
            Some((Tag::Answer, rest)) if card.can_be_answered() => card.answer = Some(begun(rest)),
            Some((tag, rest)) => {
                std::mem::take(&mut card).settle(&mut contents);
                card = Card { line: number, tag: Some(tag), text: begun(rest), answer: None };
            }
            None if !is_code && ends_card(line) => std::mem::take(&mut card).settle(&mut contents),
            None => card.push(line),
        }
    }
    card.settle(&mut contents);
    contents
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Question,
    Answer,
    Cloze,
}

fn tag(line: &str) -> Option<(Tag, &str)> {
    let tags = [("Q:", Tag::Question), ("A:", Tag::Answer), ("C:", Tag::Cloze)];
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
struct Card {
    line: usize,
    tag: Option<Tag>,
    text: String,
    answer: Option<String>,
}

impl Card {
    fn can_be_answered(&self) -> bool {
        self.tag == Some(Tag::Question) && self.answer.is_none()
    }

    fn push(&mut self, line: &str) {
        let text = self.answer.as_mut().unwrap_or(&mut self.text);
        text.push('\n');
        text.push_str(line);
    }

    fn settle(self, contents: &mut Contents) {
        let mut draft = Draft::at(self.line);
        match self.tag {
            None => {}
            Some(Tag::Cloze) => settle_cloze(&draft, &self.text, contents),
            Some(Tag::Answer) => {
                draft.stem = self.text.trim().to_owned();
                draft.settle(Err("it is an answer without a question".to_owned()), contents);
            }
            Some(Tag::Question) => {
                let (stem, pictures) = without_pictures(self.text.trim());
                let (answer, missing) = without_pictures(self.answer.unwrap_or_default().trim());
                draft.stem = stem;
                let answer = filled(&answer).ok_or_else(|| no_answer(missing));
                let content = draft.leave_pictures(pictures).and(answer);
                draft.settle(content.map(|answer| Content::Reveal { answer }), contents);
            }
        }
    }
}

fn no_answer(pictures: usize) -> String {
    let why =
        if pictures > 0 { "its answer is a picture, which cannot be shown here" } else { "it has no answer" };
    why.to_owned()
}

/// A piece of a cloze text.
struct Piece {
    text: String,
    is_deleted: bool,
}

/// One question a deletion, with the others shown.
fn settle_cloze(draft: &Draft, text: &str, contents: &mut Contents) {
    let (text, pictures) = without_pictures(text.trim());
    let pieces = pieces(&text);
    let deleted: Vec<usize> = (0..pieces.len()).filter(|&i| pieces[i].is_deleted).collect();
    if deleted.is_empty() {
        let draft = Draft { stem: text, ..draft.clone() };
        return draft.settle(Err("it has no deletion in square brackets".to_owned()), contents);
    }
    if let Err(why) = check_deletions(text.len(), deleted.len()) {
        return Draft { stem: text, ..draft.clone() }.settle(Err(why), contents);
    }
    for &place in &deleted {
        let shown =
            |(i, piece): (usize, &Piece)| if i == place { "[...]".to_owned() } else { piece.text.clone() };
        let mut draft = Draft { stem: pieces.iter().enumerate().map(shown).collect(), ..draft.clone() };
        let answer = filled(&pieces[place].text).ok_or_else(|| "its deletion is empty".to_owned());
        let content = draft.leave_pictures(pictures).and(answer);
        draft.settle(content.map(|answer| Content::Reveal { answer }), contents);
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = vec![Piece { text: String::new(), is_deleted: false }];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let last = pieces.len() - 1;
        match c {
            '\\' if matches!(chars.peek(), Some('[' | ']')) => pieces[last].text.extend(chars.next()),
            '[' if !pieces[last].is_deleted => pieces.push(Piece { text: String::new(), is_deleted: true }),
            ']' if pieces[last].is_deleted => pieces.push(Piece { text: String::new(), is_deleted: false }),
            _ => pieces[last].text.push(c),
        }
    }
    if let Some(open) = pieces.pop_if(|last| last.is_deleted) {
        pieces.push(Piece { text: format!("[{}", open.text), is_deleted: false });
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

/// The deck's name, and the lines behind the head with their numbers.
fn without_head(text: &str) -> (Option<String>, impl Iterator<Item = (usize, &str)>) {
    let head = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---"));
    let table = head.and_then(|(head, _)| head.parse::<toml::Table>().ok());
    let skipped = table.as_ref().and(head).map_or(0, |(head, _)| head.lines().count() + 2);
    let name = table.and_then(|table| Some(table.get("name")?.as_str()?.to_owned()));
    (name, text.lines().enumerate().map(|(i, line)| (i + 1, line)).skip(skipped))
}

#[cfg(test)]
mod tests;
