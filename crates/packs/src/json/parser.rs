//! Reads a JSON text into a tree, and goes on after errors that can be fixed in one way only.
//!
//! A parser that stops where it cannot go on names a place that is often behind the mistake, and what it
//! wanted. This one knows what people mistype, and points at what a person would point at.

use super::node::{Member, Node, Value};
use super::syntax_error::SyntaxError;

/// A text that was read.
#[derive(Debug)]
pub struct Parsed<'a> {
    /// Its tree; `None` if it has an error that only a person can fix, or too many values.
    pub root: Option<Node<'a>>,
    /// Its errors with the bytes at which they are, up to the first one that only a person can fix; none if it has
    /// too many values.
    pub errors: Vec<Located<'a>>,
}

/// An error and the byte that it is about.
pub type Located<'a> = (usize, SyntaxError<'a>);

/// Reads a text.
pub fn parse(text: &str) -> Parsed<'_> {
    let mut parser = Parser {
        text,
        at: 0,
        open: Vec::new(),
        root: None,
        expected: Expected::Value,
        comma: 0,
        nodes: 0,
        errors: Vec::new(),
    };
    let fatal = loop {
        match parser.next_char() {
            Some(_) if parser.nodes > MAX_NODES => return Parsed { root: None, errors: Vec::new() },
            Some(c) => {
                if let Err(error) = parser.step(c) {
                    break Some(error);
                }
            }
            None => break parser.end(),
        }
    };
    let root = if fatal.is_none() { parser.root } else { None };
    parser.errors.extend(fatal);
    Parsed { root, errors: parser.errors }
}

/// A text with more values is not read into a tree, which takes some 70 bytes for each.
const MAX_NODES: usize = 2_000_000;
/// serde_json goes no deeper either.
const MAX_DEPTH: usize = 127;

/// What comes next in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    Value,
    ValueOrClose,
    Key,
    KeyOrClose,
    Colon,
    Comma,
    End,
}

/// A list or an object that is not closed yet.
struct Container<'a> {
    start: usize,
    children: Children<'a>,
}

enum Children<'a> {
    List(Vec<Node<'a>>),
    Object { members: Vec<Member<'a>>, key: Option<Node<'a>> },
}

impl<'a> Container<'a> {
    fn is_list(&self) -> bool {
        matches!(self.children, Children::List(_))
    }

    /// The value or key that was read last.
    fn last(&self) -> Option<&Node<'a>> {
        match &self.children {
            Children::List(items) => items.last(),
            Children::Object { key: Some(key), .. } => Some(key),
            Children::Object { members, key: None } => members.last().map(|member| &member.value),
        }
    }

    /// The one before the last of a list.
    fn last_but_one(&self) -> Option<&Node<'a>> {
        match &self.children {
            Children::List(items) => items.iter().rev().nth(1),
            Children::Object { .. } => None,
        }
    }

    fn into_value(self) -> Value<'a> {
        match self.children {
            Children::List(items) => Value::List(items),
            Children::Object { members, .. } => Value::Object(members),
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    open: Vec<Container<'a>>,
    root: Option<Node<'a>>,
    expected: Expected,
    /// Where the last comma is.
    comma: usize,
    /// How many values and keys were read.
    nodes: usize,
    errors: Vec<Located<'a>>,
}

type Step<'a> = Result<(), Located<'a>>;

const CURLY: [char; 7] = ['“', '”', '„', '‟', '«', '»', '″'];
const SINGLE: [char; 5] = ['\'', '‘', '’', '‚', '`'];

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '$')
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn next_char(&mut self) -> Option<char> {
        self.at = self.text.len() - self.rest().trim_start_matches(is_blank).len();
        self.rest().chars().next()
    }

    fn last(&self) -> Option<&Node<'a>> {
        self.open.last().and_then(Container::last)
    }

    fn is_in_list(&self) -> bool {
        self.open.last().is_some_and(Container::is_list)
    }

    /// Where the next thing of the open list or object would have ended before it.
    fn last_end(&self) -> usize {
        let container = self.open.last();
        container.map_or(0, |container| container.last().map_or(container.start + 1, |last| last.range().end))
    }

    fn step(&mut self, c: char) -> Step<'a> {
        let is_comment = c == '#' || self.rest().starts_with("//") || self.rest().starts_with("/*");
        match c {
            '{' | '[' => self.open(c),
            '}' | ']' => self.close(c),
            ',' => self.comma(),
            ':' => self.colon(),
            '"' => self.text(),
            ';' if self.expected == Expected::Comma && self.ends_line() => {
                Err((self.at, SyntaxError::WrongCharacter { wanted: ',', found: ';' }))
            }
            _ if self.is_at_text_end() && !(is_comment && c == '/') => Err(self.inner_quote()),
            _ if is_comment => Err((self.at, SyntaxError::Comment)),
            '-' | '+' | '.' | '0'..='9' => self.number(),
            _ if CURLY.contains(&c) => self.curly(),
            _ if SINGLE.contains(&c) => Err((self.at, SyntaxError::SingleQuotes)),
            _ if c.is_whitespace() || c.is_control() || c == '\u{feff}' || c == '\u{200b}' => {
                Err((self.at, SyntaxError::Invisible(c)))
            }
            _ if c.is_alphabetic() || matches!(c, '_' | '$') => self.word(),
            ';' if self.expected == Expected::Comma => {
                Err((self.at, SyntaxError::WrongCharacter { wanted: ',', found: ';' }))
            }
            '=' if self.expected == Expected::Colon => {
                Err((self.at, SyntaxError::WrongCharacter { wanted: ':', found: '=' }))
            }
            _ if self.expected == Expected::End => Err((self.at, SyntaxError::AfterEnd)),
            _ => Err((self.at, SyntaxError::Unexpected(c))),
        }
    }

    /// Whether nothing follows in the line.
    fn ends_line(&self) -> bool {
        self.rest()[1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n')
    }

    /// Whether a text has just ended, without a blank after it.
    fn is_at_text_end(&self) -> bool {
        let is_it = |last: &Node| last.is_string() && last.range().end == self.at;
        self.expected == Expected::Comma && self.last().is_some_and(is_it)
    }

    /// A string has ended too early: at a quotation mark inside it, or because its own is missing.
    fn inner_quote(&self) -> Located<'a> {
        let Some(last) = self.last() else { return (self.at, SyntaxError::QuoteInString) };
        let end = last.inner().end;
        match self.text[last.range().start..end].trim_end().ends_with([',', ':']) {
            true => (last.range().start, SyntaxError::MissingQuote),
            false => (end, SyntaxError::QuoteInString),
        }
    }

    /// Whether a value may begin here.
    fn value_comes(&self, first: char) -> Step<'a> {
        match self.expected {
            Expected::Value | Expected::ValueOrClose => Ok(()),
            Expected::End => Err((self.at, SyntaxError::AfterEnd)),
            Expected::Colon => Err(self.no_colon()),
            Expected::Key | Expected::KeyOrClose => Err(match self.last() {
                Some(last) if first == '{' => (last.range().end, self.not_closed()),
                Some(last) if begins_number(first) && last.is_number() => {
                    (last.range().start, SyntaxError::CommaInNumber)
                }
                _ => (self.at, SyntaxError::MissingKey),
            }),
            Expected::Comma if self.is_at_text_end() => Err(self.inner_quote()),
            Expected::Comma if first == '{' && !self.is_in_list() => {
                Err((self.last_end(), self.not_closed()))
            }
            Expected::Comma => Err((self.last_end(), SyntaxError::MissingComma)),
        }
    }

    fn not_closed(&self) -> SyntaxError<'a> {
        self.open.last().map_or(SyntaxError::AfterEnd, |container| SyntaxError::Unclosed(container.start))
    }

    fn no_colon(&self) -> Located<'a> {
        let Some(key) = self.last() else { return (self.at, SyntaxError::MissingColon) };
        match self.text[key.range().start..key.inner().end].trim_end().ends_with(':') {
            true => (key.range().start, SyntaxError::MissingQuote),
            false => (key.range().end, SyntaxError::MissingColon),
        }
    }

    /// A value or a key was read.
    fn finish(&mut self, start: usize, end: usize, value: Value<'a>) {
        let node = Node::new(self.text, start..end, value);
        self.nodes += 1;
        self.at = end;
        self.expected = Expected::Comma;
        match self.open.last_mut().map(|container| &mut container.children) {
            None => {
                self.root = Some(node);
                self.expected = Expected::End;
            }
            Some(Children::List(items)) => items.push(node),
            Some(Children::Object { members, key }) => match key.take() {
                Some(key) => members.push(Member { key, value: node }),
                None => {
                    *key = Some(node);
                    self.expected = Expected::Colon;
                }
            },
        }
    }

    fn open(&mut self, c: char) -> Step<'a> {
        self.value_comes(c)?;
        if self.open.len() == MAX_DEPTH {
            return Err((self.at, SyntaxError::TooDeep));
        }
        let (children, expected) = match c {
            '[' => (Children::List(Vec::new()), Expected::ValueOrClose),
            _ => (Children::Object { members: Vec::new(), key: None }, Expected::KeyOrClose),
        };
        self.open.push(Container { start: self.at, children });
        self.expected = expected;
        self.at += 1;
        Ok(())
    }

    fn close(&mut self, c: char) -> Step<'a> {
        let Some(is_list) = self.open.last().map(Container::is_list) else {
            return Err((self.at, SyntaxError::Unopened(c)));
        };
        if is_list != (c == ']') {
            return Err(self.closes_another(c));
        }
        match self.expected {
            Expected::Value if !is_list => return Err((self.at, SyntaxError::MissingValue)),
            Expected::Colon => return Err(self.no_colon()),
            Expected::Value | Expected::Key => self.errors.push((self.comma, SyntaxError::TrailingComma)),
            _ => {}
        }
        if let Some(container) = self.open.pop() {
            self.finish(container.start, self.at + 1, container.into_value());
        }
        Ok(())
    }

    fn closes_another(&self, c: char) -> Located<'a> {
        let end = self.last_end();
        let after = self.text[self.at + 1..].trim_start_matches(is_blank);
        let is_twice = self.text[..end].ends_with(c) && after.starts_with([',', ']', '}']);
        let is_inside = self.open.len() > 1;
        match (is_twice, is_inside) {
            (true, _) => (self.at, SyntaxError::Unopened(c)),
            (false, true) => (end, self.not_closed()),
            (false, false) => {
                let wanted = if c == ']' { '}' } else { ']' };
                (self.at, SyntaxError::WrongCharacter { wanted, found: c })
            }
        }
    }

    fn comma(&mut self) -> Step<'a> {
        match self.expected {
            Expected::Comma => {}
            Expected::End => return Err((self.at, SyntaxError::AfterEnd)),
            Expected::Colon => return Err(self.no_colon()),
            Expected::Value if !self.open.is_empty() && !self.is_in_list() => {
                return Err((self.at, SyntaxError::MissingValue));
            }
            _ => return Err((self.at, SyntaxError::StrayComma)),
        }
        self.comma = self.at;
        self.expected = if self.is_in_list() { Expected::Value } else { Expected::Key };
        self.at += 1;
        Ok(())
    }

    fn colon(&mut self) -> Step<'a> {
        match self.expected {
            Expected::Colon => {
                self.expected = Expected::Value;
                self.at += 1;
                Ok(())
            }
            Expected::Comma if self.is_in_list() && self.last().is_some_and(Node::is_string) => {
                Err(self.key_in_list())
            }
            Expected::Comma => Err((self.at, SyntaxError::WrongCharacter { wanted: ',', found: ':' })),
            Expected::End => Err((self.at, SyntaxError::AfterEnd)),
            Expected::Key | Expected::KeyOrClose => Err((self.at, SyntaxError::MissingKey)),
            Expected::Value | Expected::ValueOrClose => Err((self.at, SyntaxError::Unexpected(':'))),
        }
    }

    /// The list was to end before the key, or was to be an object.
    fn key_in_list(&self) -> Located<'a> {
        let Some(container) = self.open.last() else { return (self.at, SyntaxError::Unexpected(':')) };
        match container.last_but_one() {
            Some(before) => (before.range().end, SyntaxError::Unclosed(container.start)),
            None => (container.start, SyntaxError::KeyInList),
        }
    }

    fn text(&mut self) -> Step<'a> {
        let is_key = matches!(self.expected, Expected::Key | Expected::KeyOrClose);
        if self.expected == Expected::Comma && self.is_in_list() && !self.is_at_text_end() {
            let after = self.text_end(self.at).ok().map(|end| self.text[end..].trim_start_matches(is_blank));
            if after.is_some_and(|after| after.starts_with(':')) {
                return Err((self.last_end(), self.not_closed()));
            }
        }
        if !is_key {
            self.value_comes('"')?;
        }
        let start = self.at;
        let end = self.text_end(start)?;
        self.finish(start, end, Value::String);
        Ok(())
    }

    /// Where the text that begins at a quotation mark ends.
    fn text_end(&self, start: usize) -> Result<usize, Located<'a>> {
        let mut chars = self.text[start + 1..].char_indices().map(|(at, c)| (start + 1 + at, c));
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => return Ok(at + 1),
                '\n' | '\r' => return Err(self.open_text(start, at)),
                '\t' => return Err((at, SyntaxError::Tab)),
                '\0'..='\u{1f}' => return Err((at, SyntaxError::Invisible(c))),
                '\\' => match chars.next() {
                    Some((_, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {}
                    Some((u, 'u')) if is_hexadecimal(&self.text[u + 1..]) => {}
                    _ => return Err((at, SyntaxError::Backslash)),
                },
                _ => {}
            }
        }
        Err(self.open_text(start, self.text.len()))
    }

    /// A text whose line ends; a curly quotation mark may be what was to close it.
    fn open_text(&self, start: usize, line_end: usize) -> Located<'a> {
        let line = self.text[start..line_end].trim_end_matches([',', ' ', ']', '}']);
        match line.chars().next_back() {
            Some(c) if CURLY.contains(&c) => {
                (start + line.len() - c.len_utf8(), SyntaxError::CurlyQuotes(None))
            }
            _ => (start, SyntaxError::UnclosedString),
        }
    }

    /// A text in curly quotation marks goes on as a text where it is clear where it ends.
    fn curly(&mut self) -> Step<'a> {
        let is_key = matches!(self.expected, Expected::Key | Expected::KeyOrClose);
        if !is_key {
            self.value_comes('"')?;
        }
        let (start, mark) = (self.at, self.rest().chars().next().map_or(0, char::len_utf8));
        let inside = start + mark;
        let is_stop = |c: char| CURLY.contains(&c) || matches!(c, '"' | '\\') || c.is_control();
        let close = self.text[inside..].find(is_stop).map_or(self.text.len(), |found| inside + found);
        let closing = self.text[close..].chars().next().filter(|c| CURLY.contains(c));
        let end = close + closing.map_or(0, char::len_utf8);
        let after = self.text[end..].trim_start_matches(is_blank).chars().next();
        if closing.is_none() || !matches!(after, None | Some(',' | ':' | ']' | '}')) {
            return Err((start, SyntaxError::CurlyQuotes(None)));
        }
        self.errors.push((start, SyntaxError::CurlyQuotes(Some(inside..close))));
        self.finish(start, end, Value::String);
        Ok(())
    }

    fn word(&mut self) -> Step<'a> {
        let written = self.rest().split(|c| !is_of_word(c)).next().unwrap_or_default();
        let meant = meant(written);
        match self.expected {
            Expected::Key | Expected::KeyOrClose => return Err((self.at, SyntaxError::BareKey(written))),
            Expected::Comma if meant.is_none() => return Err(self.stray(written)),
            _ => self.value_comes('a')?,
        }
        let Some((json, value)) = meant else { return Err((self.at, SyntaxError::BareWord(written))) };
        if json != written {
            self.errors.push((self.at, SyntaxError::ForeignWord { written, meant: json }));
        }
        self.finish(self.at, self.at + written.len(), value);
        Ok(())
    }

    /// A word after a value: of a text that ended too early, of a number with its unit, or of nothing.
    fn stray(&self, word: &'a str) -> Located<'a> {
        match self.last() {
            Some(last) if last.is_string() => self.inner_quote(),
            Some(last) if last.is_number() => {
                let start = last.range().start;
                (start, SyntaxError::BadNumber(&self.text[start..self.at + word.len()]))
            }
            _ => (self.at, SyntaxError::BareWord(word)),
        }
    }

    fn number(&mut self) -> Step<'a> {
        self.value_comes('0')?;
        let is_of_number = |c: char| is_of_word(c) || matches!(c, '+' | '.' | '%');
        let written = self.rest().split(|c| !is_of_number(c)).next().unwrap_or_default();
        if serde_json::from_str::<serde::de::IgnoredAny>(written).is_err() {
            return Err((self.at, SyntaxError::BadNumber(written)));
        }
        self.finish(self.at, self.at + written.len(), Value::Number);
        Ok(())
    }

    /// What is missing when the text has ended.
    fn end(&self) -> Option<Located<'a>> {
        let end = self.text.trim_end_matches(is_blank).len();
        match (self.expected, self.open.is_empty()) {
            (Expected::End, _) => None,
            (_, true) => Some((0, SyntaxError::Empty)),
            _ => Some((
                end,
                SyntaxError::UnclosedAtEnd(self.open.iter().rev().map(|container| container.start).collect()),
            )),
        }
    }
}

fn begins_number(c: char) -> bool {
    matches!(c, '-' | '+' | '.' | '0'..='9')
}

/// How JSON writes a word that other languages may write otherwise, and what it means.
fn meant(word: &str) -> Option<(&'static str, Value<'static>)> {
    match word {
        "true" | "True" | "TRUE" => Some(("true", Value::Bool(true))),
        "false" | "False" | "FALSE" => Some(("false", Value::Bool(false))),
        "null" | "None" | "Null" | "NULL" | "nil" => Some(("null", Value::Null)),
        _ => None,
    }
}

fn is_hexadecimal(text: &str) -> bool {
    text.get(..4).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
#[path = "parser_tests.rs"]
mod tests;
