//! Splits a JSON text into the texts of its badges, without parsing all of it, as far as it is valid.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::badge::{BadgeError, BadgeFileError, MAX_BADGES};

/// The texts of the badges in a file, and what is wrong with the rest of the file.
#[derive(Debug, Default)]
pub(super) struct BadgeTexts<'a> {
    pub(super) texts: Vec<&'a str>,
    pub(super) errors: Vec<BadgeError>,
    /// The numbers of the pages in the file, and how many there are.
    pages: BTreeSet<u64>,
    page_count: u64,
}

/// Where a list is cut into pages.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Metadata {
    current_page: Option<u64>,
    total_pages: Option<u64>,
}

/// The badges of a text that begins with a brace or a bracket: `{"data": [..]}`, a list, or one badge.
/// Several such texts may follow each other.
pub(super) fn split(text: &str) -> Result<BadgeTexts<'_>, BadgeFileError> {
    let mut cursor = Cursor { text, at: 0 };
    let mut badge_texts = BadgeTexts::default();
    while cursor.peek().is_some() {
        match badge_texts.document(&mut cursor) {
            Ok(()) => {}
            Err(Stop::TooMany) => return Err(BadgeFileError::TooMany),
            Err(Stop::Broken(problem)) if badge_texts.texts.is_empty() => {
                return Err(BadgeFileError::not_badges(problem));
            }
            Err(Stop::Broken(problem)) => {
                badge_texts
                    .errors
                    .push(BadgeError::of_file(format!("{problem}; everything before that was read")));
                break;
            }
        }
    }
    badge_texts.check_pages();
    Ok(badge_texts)
}

enum Stop {
    TooMany,
    Broken(String),
}

impl<'a> BadgeTexts<'a> {
    fn document(&mut self, cursor: &mut Cursor<'a>) -> Result<(), Stop> {
        match cursor.peek() {
            Some('[') => self.list(cursor),
            Some('{') => self.object(cursor),
            _ => {
                let value = cursor.value()?;
                self.push(value)
            }
        }
    }

    fn list(&mut self, cursor: &mut Cursor<'a>) -> Result<(), Stop> {
        cursor.each('[', ']', |cursor| {
            let value = cursor.value()?;
            self.push(value)
        })
    }

    /// A page with its badges under `data`; else one badge.
    fn object(&mut self, cursor: &mut Cursor<'a>) -> Result<(), Stop> {
        let start = cursor.at;
        let mut is_page = false;
        cursor.each('{', '}', |cursor| {
            let key: String = cursor.read()?;
            cursor.expect(':')?;
            match (key.as_str(), cursor.peek()) {
                ("data", Some('[')) => {
                    is_page = true;
                    self.list(cursor)
                }
                ("data", Some('{')) => {
                    is_page = true;
                    let value = cursor.value()?;
                    self.push(value)
                }
                ("metadata", _) => {
                    let value = cursor.value()?;
                    self.metadata(value);
                    Ok(())
                }
                _ => cursor.value().map(drop),
            }
        })?;
        if is_page { Ok(()) } else { self.push(&cursor.text[start..cursor.at]) }
    }

    fn push(&mut self, text: &'a str) -> Result<(), Stop> {
        if self.texts.len() == MAX_BADGES {
            return Err(Stop::TooMany);
        }
        self.texts.push(text);
        Ok(())
    }

    fn metadata(&mut self, text: &str) {
        let stated: Metadata = serde_json::from_str(text).unwrap_or_default();
        if let (Some(page), Some(count)) = (stated.current_page, stated.total_pages) {
            self.pages.insert(page);
            self.page_count = self.page_count.max(count);
        }
    }

    fn check_pages(&mut self) {
        let (here, count) = (self.pages.len(), self.page_count);
        if (here as u64) < count {
            let problem = format!("it has {here} of {count} pages; save and read the others too");
            self.errors.push(BadgeError::of_file(problem));
        }
    }
}

/// A place in a JSON text.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The next character that is not blank.
    fn peek(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        self.text[self.at..].chars().next()
    }

    fn takes(&mut self, wanted: char) -> bool {
        let is_next = self.peek() == Some(wanted);
        self.at += if is_next { wanted.len_utf8() } else { 0 };
        is_next
    }

    fn expect(&mut self, wanted: char) -> Result<(), Stop> {
        if self.takes(wanted) { Ok(()) } else { Err(self.broken(&format!("\"{wanted}\" is missing"))) }
    }

    /// Reads the comma-separated items between two brackets.
    fn each(
        &mut self,
        open: char,
        close: char,
        mut read: impl FnMut(&mut Cursor<'a>) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        self.expect(open)?;
        if self.takes(close) {
            return Ok(());
        }
        loop {
            read(self)?;
            if self.takes(close) {
                return Ok(());
            }
            self.expect(',')?;
        }
    }

    /// The text of the next value.
    fn value(&mut self) -> Result<&'a str, Stop> {
        self.peek();
        let mut stream = serde_json::Deserializer::from_str(&self.text[self.at..]).into_iter::<&RawValue>();
        match stream.next() {
            Some(Ok(raw)) => {
                self.at += stream.byte_offset();
                Ok(raw.get())
            }
            Some(Err(error)) if !error.is_eof() => Err(self.broken("there is no value")),
            _ => {
                self.at = self.text.len();
                Err(self.broken(""))
            }
        }
    }

    fn read<T: DeserializeOwned>(&mut self) -> Result<T, Stop> {
        let text = self.value()?;
        serde_json::from_str(text).map_err(|_| self.broken("a name is missing"))
    }

    fn broken(&mut self, problem: &str) -> Stop {
        let problem = if self.peek().is_none() { "the text ends too early" } else { problem };
        let line = self.text[..self.at].matches('\n').count() + 1;
        Stop::Broken(format!("broken JSON (line {line}: {problem})"))
    }
}
