//! A GIFT file in pieces: categories, and questions with what their comments say.

use chrono::NaiveDate;

use super::escapes;

/// A piece of a file, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GiftItem {
    /// Labels from the outermost to the innermost.
    Category(Vec<String>),
    Question(QuestionBlock),
}

/// The lines of a question, without its comments.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuestionBlock {
    /// The first of them, from 1.
    pub line: usize,
    pub text: String,
    pub id: Option<String>,
    pub tags: Vec<String>,
    pub hint: Option<String>,
    pub source: Option<String>,
    pub checked: Option<NaiveDate>,
    /// The unit of a number.
    pub unit: Option<String>,
    /// Whether there is no blank line before it.
    pub is_crammed: bool,
    /// Whether there is a blank line inside its braces.
    pub is_torn: bool,
}

/// Cuts a file at blank lines, even inside braces.
///
/// Two exceptions: a category, and a question after a finished one that has a title, or its text and
/// its answers on one line, need no blank line.
pub fn pieces(text: &str) -> Vec<GiftItem> {
    let mut cutter = Cutter::default();
    for (number, line) in text.split('\n').enumerate() {
        cutter.take(number + 1, line.trim());
    }
    cutter.end_block();
    joined(cutter.pieces)
}

#[derive(Default)]
struct Cutter {
    pieces: Vec<GiftItem>,
    block: QuestionBlock,
    /// How many braces are opened and closed in the block.
    opened: usize,
    closed: usize,
    is_cloze: bool,
}

impl Cutter {
    fn take(&mut self, number: usize, line: &str) {
        if line.is_empty() {
            return self.end_block();
        }
        if let Some(comment) = line.strip_prefix("//") {
            return self.take_comment(comment);
        }
        if let Some(path) = line.strip_prefix("$CATEGORY:") {
            self.end_block();
            return self.pieces.push(GiftItem::Category(labels(path)));
        }
        let is_next = line.starts_with("::") || (is_whole(line) && self.has_one_pair());
        if is_next && ends_bare(&self.block.text, '}') {
            let block = QuestionBlock { is_crammed: true, ..QuestionBlock::default() };
            self.push(block);
        }
        self.is_cloze |= line.contains("{1:");
        for (_, sign) in escapes::bare(line) {
            self.opened += usize::from(sign == '{');
            self.closed += usize::from(sign == '}');
        }
        if self.block.text.is_empty() {
            self.block.line = number;
        } else {
            self.block.text.push('\n');
        }
        self.block.text.push_str(line);
    }

    /// Whether the block is a question by itself. Numbered braces are Cloze: its pieces are one question.
    fn has_one_pair(&self) -> bool {
        self.opened == 1 && self.closed == 1 && !self.is_cloze
    }

    /// A comment belongs to the question that it is in, or to the next one if that is finished.
    fn take_comment(&mut self, comment: &str) {
        if let Some(id) = bracketed(comment, "[id:").next() {
            if self.has_one_pair() && ends_bare(&self.block.text, '}') {
                self.push(QuestionBlock { is_crammed: true, ..QuestionBlock::default() });
            }
            self.block.id.get_or_insert(id);
        }
        let said = |word| bracketed(comment, word).next().map(|text| escapes::unescape(&text));
        let block = &mut self.block;
        block.hint = block.hint.take().or_else(|| said("[hint:"));
        block.source = block.source.take().or_else(|| said("[source:"));
        block.checked = block.checked.or_else(|| said("[checked:")?.parse().ok());
        block.unit = block.unit.take().or_else(|| said("[unit:"));
        self.block.tags.extend(bracketed(comment, "[tag:"));
    }

    fn end_block(&mut self) {
        self.push(QuestionBlock::default());
    }

    fn push(&mut self, next: QuestionBlock) {
        let block = std::mem::replace(&mut self.block, next);
        (self.opened, self.closed, self.is_cloze) = (0, 0, false);
        if !block.text.is_empty() {
            self.pieces.push(GiftItem::Question(block));
        }
    }
}

/// Whether a line has a text and, after it, the braces of its answers.
fn is_whole(line: &str) -> bool {
    let braces: Vec<(usize, char)> = escapes::bare(line).filter(|(_, c)| matches!(c, '{' | '}')).collect();
    matches!(braces[..], [(open, '{'), (_, '}')] if open > 0) && ends_bare(line, '}')
}

/// The texts in brackets after a word of a comment; `\]` does not end them.
fn bracketed<'a>(comment: &'a str, word: &'a str) -> impl Iterator<Item = String> + 'a {
    let mut rest = comment;
    let texts = std::iter::from_fn(move || {
        let inside = &rest[rest.find(word)? + word.len()..];
        let mut is_escaped = false;
        let end = inside.find(|c| {
            let ends = c == ']' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            ends
        })?;
        rest = &inside[end..];
        Some(inside[..end].replace("\\]", "]").trim().to_owned())
    });
    texts.filter(|text| !text.is_empty())
}

/// The labels of a category's path. Moodle's own places are not labels, and `//` is a slash.
fn labels(path: &str) -> Vec<String> {
    let path = path.replace("//", "\u{1f}");
    let parts = path.split('/').map(|part| part.replace('\u{1f}', "/").trim().to_owned());
    let mut labels: Vec<String> = parts.skip_while(|part| is_place(part)).collect();
    if labels.first().is_some_and(|label| label == "top") {
        labels.remove(0);
    }
    labels.retain(|label| label.chars().any(|c| c != '.'));
    labels
}

fn is_place(label: &str) -> bool {
    let name = label.strip_prefix('$').and_then(|rest| rest.strip_suffix('$'));
    name.is_some_and(|name| name.chars().all(|c| c.is_ascii_alphanumeric()))
}

fn ends_bare(text: &str, sign: char) -> bool {
    let before =
        text.strip_suffix(sign).map(|before| before.bytes().rev().take_while(|b| *b == b'\\').count());
    before.is_some_and(|backslashes| backslashes % 2 == 0)
}

/// Joins the pieces of a question that has blank lines inside its braces: they are one that cannot be
/// read, not several.
fn joined(pieces: Vec<GiftItem>) -> Vec<GiftItem> {
    let mut whole: Vec<GiftItem> = Vec::with_capacity(pieces.len());
    let mut is_open = false;
    for piece in pieces {
        match (whole.last_mut(), piece) {
            (Some(GiftItem::Question(torn)), GiftItem::Question(rest)) if is_open && is_rest(&rest.text) => {
                is_open = !escapes::bare(&rest.text).any(|(_, c)| c == '}');
                torn.is_torn = true;
                torn.text.push_str("\n\n");
                torn.text.push_str(&rest.text);
            }
            (_, piece) => {
                is_open = matches!(&piece, GiftItem::Question(block) if is_torn(&block.text));
                whole.push(piece);
            }
        }
    }
    whole
}

/// Whether a brace is opened and never closed.
fn is_torn(text: &str) -> bool {
    let last = escapes::bare(text).filter(|(_, c)| matches!(c, '{' | '}')).last();
    last.is_some_and(|(_, c)| c == '{')
}

/// Whether a text begins in the middle of answers.
fn is_rest(text: &str) -> bool {
    let first = escapes::bare(text).find(|(_, c)| matches!(c, '{' | '}'));
    let closes = first.is_some_and(|(_, c)| c == '}');
    let goes_on = first.is_none() && text.starts_with(['=', '~', '#']);
    !text.starts_with("::") && (closes || goes_on)
}
