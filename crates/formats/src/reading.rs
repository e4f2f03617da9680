//! From the bytes of a file to the questions in it: the encoding, the format, then the format's reader.

use std::io::Cursor;

use super::apkg::PastReview;
use super::csv::Mapping;
use super::{
    Contents, Format, Found, aiken, anki_text, apkg, csv, encoding, gift, hascard, hashcards, own, practice,
    recognise,
};
use badgedex_domain::sanitize;

/// What a person said about a file; the rest is recognised.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub format: Option<Format>,
    /// The label of an encoding.
    pub encoding: Option<String>,
    pub map: Mapping,
    /// Past reviews are wanted too.
    pub history: bool,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub format: Format,
    /// The name of its encoding; none where it is no text.
    pub encoding: Option<&'static str>,
    pub contents: Contents,
    /// Answers that were given elsewhere; none where nobody wants them.
    pub history: Vec<PastReview>,
}

/// Reads a file of this name; an error is the part of a sentence that says why it cannot be.
pub fn read(name: &str, bytes: &[u8], said: &Said) -> Result<Reading, String> {
    let decoded = encoding::decode(bytes, said.encoding.as_deref());
    let text = decoded.as_ref().ok().map(|decoded| decoded.text.as_str());
    let recognised = said.format.or_else(|| recognise::recognise(name, bytes, text));
    if recognised == Some(Format::AnkiPackage) {
        return package(bytes, said.history);
    }
    let decoded = decoded.map_err(|error| error.to_string())?;
    if sanitize::line(&decoded.text).trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    let format = recognised.ok_or_else(unknown)?;
    let mut contents = contents(format, &decoded.text, &said.map)?;
    contents.notes.extend(lost_tags(&contents));
    Ok(Reading { format, encoding: Some(decoded.encoding), contents, history: Vec::new() })
}

fn contents(format: Format, text: &str, map: &Mapping) -> Result<Contents, String> {
    Ok(match format {
        Format::Gift => gift::read(text),
        Format::Aiken => aiken::read(text),
        Format::AnkiText => anki_text::read(text),
        Format::Csv => csv::read(text, map),
        Format::Hashcards => hashcards::read(text),
        Format::Hascard => hascard::read(text),
        Format::Practice => practice::read(text),
        Format::Json => own::read(text)?,
        // A package is no text: it never comes here.
        Format::AnkiPackage => Contents::default(),
    })
}

/// What is said of tags: a pack has topics, one for each question, and the first tag is it where nothing else
/// says one.
fn lost_tags(contents: &Contents) -> Option<String> {
    let is_lost = |found: &&Found| found.tags.len() > usize::from(found.topic.is_empty());
    let number = contents.found.iter().filter(is_lost).count();
    let questions = if number == 1 { "1 question".to_owned() } else { format!("{number} questions") };
    (number > 0).then(|| format!("tags of {questions} are left out: a question has one topic and no tags"))
}

fn package(bytes: &[u8], want_history: bool) -> Result<Reading, String> {
    let (mut contents, history) =
        apkg::read(Cursor::new(bytes), want_history).map_err(|bad| bad.to_string())?;
    contents.notes.extend(lost_tags(&contents));
    Ok(Reading { format: Format::AnkiPackage, encoding: None, contents, history })
}

fn unknown() -> String {
    let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
    format!("its format is not recognised: name it with --as ({})", names.join(", "))
}
