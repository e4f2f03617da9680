//! A piece of Markdown as plain text.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::limits::MAX_CHOICES;

/// Text without markup, and the pictures that are not in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    pub text: String,
    pub pictures: usize,
}

/// Elements whose tags are dropped; anything else in angle brackets is text.
const ELEMENTS: [&str; 30] = [
    "a",
    "b",
    "blockquote",
    "br",
    "center",
    "code",
    "del",
    "details",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "img",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "u",
    "ul",
];

/// Renders a piece of Markdown whose lines may all be indented.
pub fn plain(markdown: &str) -> Rendered {
    let markdown = dedented(markdown);
    let mut writer = PlainWriter::default();
    Parser::new_ext(&markdown, Options::empty()).for_each(|event| writer.take(event));
    let lines: Vec<&str> = writer.text.lines().map(str::trim_end).collect();
    Rendered { text: lines.join("\n").trim().to_owned(), pictures: writer.pictures }
}

/// Renders the choices of a question. What markup leaves nothing of, and what it makes the same as another
/// choice, is shown as it is written: a `#`, or a backslash that matters.
pub fn choices(sources: &[&str]) -> Vec<Rendered> {
    let mut shown: Vec<Rendered> = sources.iter().map(|source| choice(source)).collect();
    // A question with more choices is refused, and each would be compared with each.
    if shown.len() > MAX_CHOICES {
        return shown;
    }
    let looks: Vec<String> = shown.iter().map(|choice| choice.text.to_lowercase()).collect();
    for (i, choice) in shown.iter_mut().enumerate() {
        let collides = |j: usize| i != j && looks[i] == looks[j] && sources[i].trim() != sources[j].trim();
        if !choice.text.is_empty() && (0..sources.len()).any(collides) {
            sources[i].trim().clone_into(&mut choice.text);
        }
    }
    shown
}

fn choice(source: &str) -> Rendered {
    let mut shown = plain(source);
    // Some files have a soft hyphen where the words of a choice are below it.
    shown.text = shown.text.trim_start_matches(|c: char| c == '\u{ad}' || c.is_whitespace()).to_owned();
    let is_of_signs = !source.chars().any(char::is_alphanumeric);
    if shown.text.is_empty() && shown.pictures == 0 && is_of_signs {
        source.trim().clone_into(&mut shown.text);
    }
    shown
}

/// The lines without the indentation that all but the first have.
fn dedented(text: &str) -> String {
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let common = text.lines().skip(1).filter(|l| !l.trim().is_empty()).map(|l| indent(&l)).min().unwrap_or(0);
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default().trim_start().to_owned();
    lines.fold(first, |kept, line| kept + "\n" + line.get(common..).unwrap_or_default())
}

#[derive(Default)]
struct PlainWriter {
    text: String,
    pictures: usize,
    in_picture: usize,
    /// The next numbers of the open lists; `None` for bullets.
    lists: Vec<Option<u64>>,
}

impl PlainWriter {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(Tag::Image { .. }) => {
                self.pictures += 1;
                self.in_picture += 1;
            }
            Event::End(TagEnd::Image) => self.in_picture = self.in_picture.saturating_sub(1),
            _ if self.in_picture > 0 => {}
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Code(text) => self.text.push_str(&text),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak | Event::HardBreak => self.text.push('\n'),
            Event::Rule => self.fresh_line(),
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag) {
        match tag {
            Tag::List(first) => {
                self.fresh_line();
                self.lists.push(*first);
            }
            Tag::Item => self.item(),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => self.fresh_line(),
            Tag::HtmlBlock => self.fresh_line(),
            Tag::Paragraph | Tag::Heading { .. } if self.lists.is_empty() => self.fresh_line(),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) => {
                self.lists.pop();
                self.fresh_line();
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.fresh_line()
            }
            _ => {}
        }
    }

    fn item(&mut self) {
        self.fresh_line();
        match self.lists.last_mut() {
            Some(Some(number)) => {
                self.text.push_str(&format!("{number}. "));
                *number = number.saturating_add(1);
            }
            _ => self.text.push_str("- "),
        }
    }

    fn fresh_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn html(&mut self, html: &str) {
        let (text, pictures) = without_tags(html);
        self.text.push_str(&text);
        self.pictures += pictures;
    }
}

/// A text without HTML's tags; `<br>` ends a line. The number is that of its pictures.
pub fn without_tags(text: &str) -> (String, usize) {
    let (mut kept, mut pictures) = (String::new(), 0);
    let mut pieces = text.split('<');
    kept.push_str(pieces.next().unwrap_or_default());
    let mut is_comment = false;
    for piece in pieces {
        is_comment |= piece.starts_with("!--");
        if is_comment {
            if let Some((_, after)) = piece.split_once("-->") {
                is_comment = false;
                kept.push_str(after);
            }
            continue;
        }
        match piece.split_once('>').filter(|(tag, _)| ELEMENTS.contains(&name(tag).as_str())) {
            Some((tag, after)) => {
                match name(tag).as_str() {
                    "br" => kept.push('\n'),
                    "img" => pictures += 1,
                    _ => {}
                }
                kept.push_str(after);
            }
            None => {
                kept.push('<');
                kept.push_str(piece);
            }
        }
    }
    (kept, pictures)
}

fn name(tag: &str) -> String {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_lowercase()
}
