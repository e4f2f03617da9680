//! The texts of GIFT as plain text, whatever markup they say they are in.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::escapes::unescape;
use crate::html;

/// How a text is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// Moodle's own, the default: lines as they are, and HTML wherever it occurs.
    Moodle,
    Html,
    Plain,
    Markdown,
}

/// A text without its markup.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    pub text: String,
    /// Pictures and sounds that were in it.
    pub pictures: usize,
}

/// Tags by which a text is known to be HTML: `a<b` has none.
const TAGS: [&str; 45] = [
    "a",
    "abbr",
    "audio",
    "b",
    "blockquote",
    "br",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "video",
];
/// Those that begin or end a line by themselves.
const LINE_TAGS: [&str; 17] = [
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tr",
    "ul",
];

/// The markup that a text names at its beginning, and the rest; `otherwise` if it names none.
pub fn named(text: &str, otherwise: Markup) -> (Markup, &str) {
    let text = text.trim();
    let known = [
        ("[html]", Markup::Html),
        ("[plain]", Markup::Plain),
        ("[markdown]", Markup::Markdown),
        ("[moodle]", Markup::Moodle),
    ];
    let found = known.iter().find_map(|(name, markup)| Some((*markup, text.strip_prefix(name)?)));
    found.unwrap_or((otherwise, text))
}

/// The plain text of a text with its escapes.
pub fn shown(text: &str, otherwise: Markup) -> Shown {
    let (markup, text) = named(text, otherwise);
    let text = unescape(text);
    let text = text.trim();
    match markup {
        Markup::Plain => Shown { text: text.to_owned(), pictures: 0 },
        Markup::Markdown => of_markdown(text),
        Markup::Html => of_html(text),
        Markup::Moodle => of_moodle(text),
    }
}

fn of_html(text: &str) -> Shown {
    let plain = html::plain(text);
    Shown { text: plain.text.trim().to_owned(), pictures: plain.pictures + plain.sounds }
}

fn of_moodle(text: &str) -> Shown {
    if !has_tag(text, &TAGS) && !has_entity(text) {
        return Shown { text: text.to_owned(), pictures: 0 };
    }
    // If no tag ends a line, Moodle keeps the line breaks.
    match text.contains('\n') && has_tag(text, &TAGS) && !has_tag(text, &LINE_TAGS) {
        true => of_html(&text.replace('\n', "<br>")),
        false => of_html(text),
    }
}

/// Whether one of the tags opens or closes in a text.
fn has_tag(text: &str, tags: &[&str]) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = &text[at + 1..];
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let end = rest.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
        let is_closed = rest[end..].starts_with(['>', '/', ' ', '\n', '\t']);
        is_closed && tags.iter().any(|tag| tag.eq_ignore_ascii_case(&rest[..end]))
    })
}

/// Whether a text ends in the middle of a tag, as when a bare `=` of HTML was read as the next answer.
pub fn is_cut_in_tag(text: &str) -> bool {
    let tag = text.rfind('<').map(|at| &text[at..]).filter(|tag| !tag.contains('>'));
    tag.is_some_and(|tag| tag.contains(' ') && has_tag(tag, &TAGS))
}

/// Whether a text has `&name;` or `&#1234;`.
fn has_entity(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let rest = &text[at + 1..];
        let rest = rest.strip_prefix('#').unwrap_or(rest);
        let length = rest.bytes().take(32).take_while(u8::is_ascii_alphanumeric).count();
        length > 0 && rest[length..].starts_with(';')
    })
}

fn of_markdown(text: &str) -> Shown {
    let mut shown = Shown::default();
    for event in Parser::new(text) {
        match event {
            Event::Text(words) | Event::Code(words) => shown.text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => shown.text.push('\n'),
            Event::Start(Tag::Item) => shown.text.push_str("- "),
            Event::Start(Tag::Image { .. }) => shown.pictures += 1,
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => shown.text.push_str("\n\n"),
            Event::End(TagEnd::Item | TagEnd::CodeBlock) => shown.text.push('\n'),
            Event::InlineHtml(tag) | Event::Html(tag) => shown.pictures += of_html(&tag).pictures,
            _ => {}
        }
    }
    shown.text.truncate(shown.text.trim_end().len());
    shown
}
