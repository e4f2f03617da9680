//! HTML as plain text: what a card or a question looks like if nothing can be drawn.
//!
//! Tags are walked one by one and no tree is built, so that nesting, however deep, costs nothing.

mod inline;
mod lines;

use std::str;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use lines::{Lines, Script};

/// A text without its markup, and how much of what was in it cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlainText {
    /// The text.
    pub text: String,
    /// Pictures and films.
    pub pictures: usize,
    /// Sounds.
    pub sounds: usize,
}

/// The text of a piece of HTML, its line breaks as LF, without blanks around it.
///
/// A text without a single tag keeps its own line breaks and blanks.
pub fn plain(html: &str) -> PlainText {
    let mut emitter = DefaultEmitter::default();
    // Inside of scripts and styles "<" begins no tag.
    emitter.naively_switch_states(true);
    let is_markup = |token: &Token| !matches!(token, Token::String(_) | Token::Error(_));
    let tokens = Tokenizer::new_with_emitter(html, emitter);
    let tokens: Vec<Token> = tokens.map(|token| token.unwrap_or_else(|never| match never {})).collect();
    let mut walk = HtmlReader::default();
    if !tokens.iter().any(is_markup) {
        walk.lines.keep_blanks();
    }
    tokens.into_iter().for_each(|token| walk.take(token));
    PlainText { text: walk.lines.finish(), pictures: walk.pictures, sounds: walk.sounds }
}

/// Signs of HTML in flash cards. Opening tags do not count: a question may be about one.
const SIGNS: [&str; 22] = [
    "&nbsp;",
    "&lt;",
    "&gt;",
    "&amp;",
    "&quot;",
    "&#39;",
    "<br>",
    "<br/>",
    "<br />",
    "<img ",
    "</b>",
    "</i>",
    "</u>",
    "</em>",
    "</strong>",
    "</span>",
    "</div>",
    "</p>",
    "</li>",
    "</sub>",
    "</sup>",
    "</td>",
];

/// Whether a text that may be anything seems to be HTML.
pub fn is_like(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    SIGNS.iter().any(|sign| text.contains(sign))
}

#[derive(Default)]
struct HtmlReader {
    lines: Lines,
    pictures: usize,
    sounds: usize,
    /// The element whose content is not shown.
    hidden: Option<&'static str>,
}

impl HtmlReader {
    fn take(&mut self, token: Token) {
        match token {
            Token::EndTag(tag) if self.hidden.is_some_and(|name| tag.name.as_slice() == name.as_bytes()) => {
                self.hidden = None;
            }
            _ if self.hidden.is_some() => {}
            Token::String(text) => self.text(&String::from_utf8_lossy(&text)),
            Token::StartTag(tag) => self.open(&tag),
            Token::EndTag(tag) => self.close(str::from_utf8(&tag.name).unwrap_or_default()),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        let (text, sounds) = inline::without_sounds(text);
        self.sounds += sounds;
        match self.lines.is_code() {
            true => self.lines.text(&text),
            false => self.lines.text(&inline::without_math_delimiters(&text)),
        }
    }

    fn open(&mut self, tag: &StartTag<()>) {
        let name = str::from_utf8(&tag.name).unwrap_or_default();
        self.hidden = hidden(name).filter(|_| !(tag.self_closing && name == "svg"));
        match name {
            "br" => self.lines.end_line(),
            "hr" => self.lines.paragraph(),
            "img" => self.picture(tag),
            "video" | "object" | "embed" | "canvas" | "svg" => self.pictures += 1,
            "audio" => self.sounds += 1,
            "pre" => self.lines.open_pre(),
            "code" | "tt" | "samp" | "kbd" | "xmp" => self.lines.open_code(),
            "ul" | "menu" | "dir" => self.lines.open_list(None),
            "ol" => self.lines.open_list(Some(first_number(tag))),
            "li" => self.lines.item(),
            "table" | "tr" => self.lines.row(),
            "td" | "th" => self.lines.cell(),
            "sup" => self.lines.open_script(Script::Above),
            "sub" => self.lines.open_script(Script::Below),
            "rt" => self.lines.text("("),
            _ => self.around(name),
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "pre" => self.lines.close_pre(),
            "code" | "tt" | "samp" | "kbd" | "xmp" => self.lines.close_code(),
            "ul" | "ol" | "menu" | "dir" => self.lines.close_list(),
            "li" => self.lines.block(),
            "table" | "tr" => self.lines.row(),
            "sup" | "sub" => self.lines.close_script(),
            "rt" => self.lines.text(")"),
            // Browsers read it as a line break.
            "br" => self.lines.end_line(),
            _ => self.around(name),
        }
    }

    /// What begins and ends a block.
    fn around(&mut self, name: &str) {
        match name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" => self.lines.paragraph(),
            "div" | "section" | "article" | "header" | "footer" | "main" | "nav" | "aside" | "address"
            | "center" | "figure" | "figcaption" | "dl" | "dt" | "dd" | "details" | "summary" | "form"
            | "fieldset" | "legend" | "option" | "body" | "caption" => self.lines.block(),
            _ => {}
        }
    }

    fn picture(&mut self, tag: &StartTag<()>) {
        self.pictures += 1;
        let alt = tag.attributes.get(b"alt".as_slice()).map(|alt| String::from_utf8_lossy(alt));
        if let Some(alt) = alt.filter(|alt| inline::says_something(alt)) {
            self.lines.text(&format!("[{}]", alt.trim()));
        }
    }
}

/// The elements whose content is not text to read.
fn hidden(name: &str) -> Option<&'static str> {
    let names = ["script", "style", "title", "iframe", "noembed", "noframes", "template", "svg", "rp"];
    names.into_iter().find(|hidden| *hidden == name)
}

fn first_number(tag: &StartTag<()>) -> u32 {
    let start = tag.attributes.get(b"start".as_slice());
    start.and_then(|start| str::from_utf8(start).ok()?.trim().parse().ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests;
