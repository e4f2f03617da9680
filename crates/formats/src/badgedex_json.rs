//! Our own JSON as it was exported: a pack as one document, or a file of its questions.
//!
//! The questions are imported as copies under ids of the new pack, like those of every other format. `pack add`
//! takes the pack itself, with its ids, facts and weights.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use badgedex_domain::question::Question;
use badgedex_packs::Diagnostic;
use badgedex_packs::json;
use badgedex_packs::pack_reader;
use badgedex_packs::position::{Position, PositionCursor, offset};
use badgedex_packs::{File, Folder};

use crate::draft::QuestionDraft;
use crate::excerpt::first_line_excerpt;
use crate::parsed::ParsedFile;

/// Keys that belong to the pack of a question, and mean nothing in another.
const LEFT_BEHIND: [&str; 5] = ["credentials", "facts", "was", "replaces", "changed"];
/// What is said of a file with questions that have such keys.
const WITHOUT: &str =
    "credentials, facts and earlier ids are left out: badgedex pack add keeps them, for a pack as a whole";

#[derive(Deserialize)]
struct Document<'a> {
    format: Option<Value>,
    title: Option<String>,
    #[serde(default)]
    topics: Vec<DocumentTopic>,
    #[serde(borrow)]
    questions: Option<Vec<&'a RawValue>>,
}

#[derive(Deserialize)]
struct DocumentTopic {
    id: String,
    name: String,
}

/// Whether a text seems to be an object of JSON.
pub fn is_like(text: &str) -> bool {
    let inside = text.trim_start_matches(['\u{feff}', ' ', '\t', '\n', '\r']).strip_prefix('{');
    inside.is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// It is not valid JSON, or not a pack.
    #[error("it is not a pack in JSON: line {line}: {problem}")]
    NotAPack {
        /// From 1.
        line: usize,
        /// Part of a sentence.
        problem: String,
    },
    /// Its `format` is a number that this program does not know.
    #[error("its format is not 1, the only one that this program reads")]
    UnknownFormat,
    /// It is JSON without questions.
    #[error("it is JSON, but not a pack: it has no \"questions\"")]
    NoQuestions,
    /// It is the `pack.json` of a folder.
    #[error(
        "it is the head of a pack, whose questions are in other files: badgedex pack add FOLDER takes all of them"
    )]
    HeadOnly,
    /// Our own reader refuses all questions together.
    #[error("{0}")]
    Unreadable(String),
}

/// Reads a document.
///
/// # Errors
///
/// It is not a pack. Questions that cannot be read are refused one by one.
pub fn read(text: &str) -> Result<ParsedFile, DocumentError> {
    let document: Document = json::read(text, Position::START).map_err(|error: json::JsonError| {
        DocumentError::NotAPack { line: error.position.line, problem: error.to_string() }
    })?;
    if document.format.as_ref().is_some_and(|format| *format != 1) {
        return Err(DocumentError::UnknownFormat);
    }
    let Some(questions) = document.questions else {
        return Err(match document.topics.is_empty() {
            true => DocumentError::NoQuestions,
            false => DocumentError::HeadOnly,
        });
    };
    let names: HashMap<String, String> = document.topics.into_iter().map(|t| (t.id, t.name)).collect();
    let mut contents = ParsedFile { title: document.title, ..ParsedFile::default() };
    let mut walk = PositionCursor::start(text);
    let mut entries = Vec::new();
    for raw in questions {
        let line = walk.to(offset(text, raw)).line;
        match Entry::of(line, raw.get()) {
            Ok(entry) => entries.push(entry),
            Err(why) => contents.refuse(line, String::new(), why),
        }
    }
    if entries.iter().any(|entry| entry.is_cut) {
        contents.notes.push(WITHOUT.to_owned());
    }
    take(entries, &names, &mut contents)?;
    contents.refusals.sort_by_key(|refused| refused.line);
    Ok(contents)
}

/// A question before our own reader has seen it.
struct Entry {
    line: usize,
    own_id: Option<String>,
    topic: Option<String>,
    stem: String,
    /// The whole of it, but for what belongs to its pack.
    object: Map<String, Value>,
    is_cut: bool,
}

impl Entry {
    fn of(line: usize, text: &str) -> Result<Entry, String> {
        let mut object: Map<String, Value> =
            json::read(text, Position::START).map_err(|error| error.to_string())?;
        // The last of two keys with the same name would win silently.
        if !json::parse(text).root.is_some_and(|object| object.has_unique_keys()) {
            return Err("it has the same key twice".into());
        }
        let removed = LEFT_BEHIND.map(|key| object.remove(key));
        let says = |value: &Value| !value.as_array().is_some_and(Vec::is_empty) && !value.is_null();
        let is_cut = removed.iter().flatten().any(says);
        let text = |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
        let (own_id, topic, stem) = (text("id"), text("topic"), text("stem").unwrap_or_default());
        Ok(Entry { line, own_id, topic, stem, object, is_cut })
    }

    /// The question on one line, as the `place` one of a pack that holds nothing else.
    fn written(&self, place: usize) -> String {
        let mut object = self.object.clone();
        object.insert("id".to_owned(), json!(format!("{PACK}/{place}")));
        object.insert("topic".to_owned(), json!(PACK));
        Value::Object(object).to_string()
    }
}

/// The pack as which our own reader reads the questions, and its one topic.
const PACK: &str = "q";

/// Reads the entries as our own reader does, and refuses those that have a fault.
fn take(
    entries: Vec<Entry>,
    names: &HashMap<String, String>,
    contents: &mut ParsedFile,
) -> Result<(), DocumentError> {
    let faulty = match questions(&entries, &BTreeMap::new()) {
        Ok(questions) => {
            finish_all(entries.iter().zip(questions), names, contents);
            return Ok(());
        }
        Err(faults) => by_place(faults)?,
    };
    let questions = questions(&entries, &faulty).map_err(|mut faults| {
        let problem = faults.pop().map(|fault| fault.message);
        DocumentError::Unreadable(problem.unwrap_or_else(|| "its questions cannot be told apart".to_owned()))
    })?;
    for (place, why) in &faulty {
        if let Some(Entry { line, stem, .. }) = entries.get(*place) {
            contents.refuse(*line, first_line_excerpt(stem), why.clone());
        }
    }
    let sound = entries.iter().enumerate().filter(|(place, _)| !faulty.contains_key(place));
    finish_all(sound.map(|(_, entry)| entry).zip(questions), names, contents);
    Ok(())
}

/// The first fault of each question; an error if one belongs to no question.
fn by_place(faults: Vec<Diagnostic>) -> Result<BTreeMap<usize, String>, DocumentError> {
    let mut first = BTreeMap::new();
    for fault in faults {
        // The first line of the file is its head.
        let place = fault.place.line().and_then(|line| line.checked_sub(2));
        let place = place.ok_or_else(|| DocumentError::Unreadable(fault.message.clone()))?;
        first.entry(place).or_insert(fault.message);
    }
    Ok(first)
}

fn questions(entries: &[Entry], faulty: &BTreeMap<usize, String>) -> Result<Vec<Question>, Vec<Diagnostic>> {
    let sound = entries.iter().enumerate().filter(|(place, _)| !faulty.contains_key(place));
    let lines: Vec<String> = sound.map(|(place, entry)| entry.written(place)).collect();
    let head = json!({
        "format": 1, "id": PACK, "title": PACK, "teaches": "content", "topics": [{ "id": PACK, "name": PACK }],
    });
    let body = format!("{{\"format\":1,\"pack\":\"{PACK}\",\"questions\":[\n{}\n]}}", lines.join(",\n"));
    let files = vec![File::of("pack.json", &head.to_string()), File::of("questions.json", &body)];
    let folder = Folder::new("", files);
    match pack_reader::read(&folder, &BTreeSet::new()) {
        Some(outcome) => outcome.pack.map(|pack| pack.questions),
        None => Ok(Vec::new()),
    }
}

fn finish_all<'a>(
    read: impl Iterator<Item = (&'a Entry, Question)>,
    names: &HashMap<String, String>,
    contents: &mut ParsedFile,
) {
    for (entry, question) in read {
        let named = |topic: &String| names.get(topic).unwrap_or(topic).clone();
        let draft = QuestionDraft {
            own_id: entry.own_id.clone(),
            topic: entry.topic.iter().map(named).collect(),
            stem: question.stem,
            hint: question.hint,
            rationale: question.rationale,
            reasons: question.reasons,
            exam_form: question.exam_form,
            level: question.level,
            source: question.source,
            checked: question.checked,
            ..QuestionDraft::at(entry.line)
        };
        draft.finish(Ok(question.kind), contents);
    }
}

#[cfg(test)]
mod tests;
