//! Editing one question in its file: it is found, checked after the edit, and written back.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::PathBuf;

use super::folder::{File, Folder};
use serde_json::{Map, Value};

use super::atomic_write::replace;
use super::diagnostic::Diagnostic;
use super::json::{self, Member};
use super::limits::MAX_FILE_BYTES;
use super::loader::check;
use super::position::Position;
use super::raw::{RawId, RawQuestions};

/// A question's text and where it is.
#[derive(Debug, Clone)]
pub struct QuestionText {
    folder: Folder,
    place: usize,
    range: Range<usize>,
}

/// Finds a question in the files of its pack.
pub fn find(folder: &Folder, id: &str) -> Option<QuestionText> {
    let found = folder.files.iter().enumerate().find_map(|(place, file)| Some((place, range(file, id)?)));
    found.map(|(place, range)| QuestionText { folder: folder.clone(), place, range })
}

fn range(file: &File, id: &str) -> Option<Range<usize>> {
    let raw: RawQuestions = serde_json::from_str(&file.text).ok()?;
    let is_wanted = |text: &str| serde_json::from_str::<RawId>(text).is_ok_and(|raw| raw.id == id);
    let text = raw.questions.into_iter().map(|raw| raw.get()).find(|text| is_wanted(text))?;
    // The question is a part of the file's text: the distance of the two is its place in it.
    let start = (text.as_ptr() as usize).checked_sub(file.text.as_ptr() as usize)?;
    Some(start..start + text.len())
}

/// What an edit does to the id of a question, under which its answers are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Naming {
    /// The id is the same.
    Same,
    /// The same question under another id; the text names the old one in "was".
    Renamed {
        /// The new id.
        to: String,
        /// The question with its old id in "was".
        text: String,
    },
    /// Another question in its place: it asks something else, and something else is right.
    Another {
        /// Its id.
        to: String,
    },
}

/// The keys that say what is right.
const ANSWER: [&str; 8] = ["choices", "key", "keys", "accepted", "value", "unit", "items", "answer"];

impl QuestionText {
    /// What another text does to the id, under which answers are kept.
    pub fn naming(&self, text: &str) -> Naming {
        let parsed = |text: &str| serde_json::from_str::<Map<String, Value>>(text).unwrap_or_default();
        let (old, new) = (parsed(self.text()), parsed(text));
        let id =
            |question: &Map<String, Value>| question.get("id").and_then(Value::as_str).map(str::to_owned);
        let (Some(from), Some(to)) = (id(&old), id(&new)) else { return Naming::Same };
        if from == to {
            return Naming::Same;
        }
        let names_it = |was: &Value| was.as_array().is_some_and(|ids| ids.iter().any(|one| *one == *from));
        if new.get("was").is_some_and(names_it) {
            return Naming::Renamed { to, text: text.to_owned() };
        }
        let is_same = |key: &str| old.get(key) == new.get(key);
        match is_same("stem") || ANSWER.into_iter().all(is_same) {
            true => Naming::Renamed { to, text: with_earlier_id(text, &from) },
            false => Naming::Another { to },
        }
    }

    fn file(&self) -> &File {
        &self.folder.files[self.place]
    }

    /// The question alone.
    pub fn text(&self) -> &str {
        &self.file().text[self.range.clone()]
    }

    /// Where the file is.
    pub fn path(&self) -> PathBuf {
        self.folder.path_of(self.file())
    }

    /// The file with another text in the question's place; the rest stays as it is.
    fn spliced(&self, text: &str) -> String {
        let mut whole = self.file().text.clone();
        whole.replace_range(self.range.clone(), text);
        whole
    }

    /// The errors that the pack would have with another text in the question's place.
    ///
    /// Those in the text have their positions in it, as the file `draft`.
    pub fn diagnostics(&self, text: &str, draft: &str) -> Vec<Diagnostic> {
        if let Err(error) = json::read::<Map<String, Value>>(text, Position::START) {
            // A draft is fixed in the editor only.
            return vec![Diagnostic::at(draft, error.position, None, error.to_string())];
        }
        let mut folder = self.folder.clone();
        folder.files[self.place].text = self.spliced(text);
        let mut diagnostics = check(std::slice::from_ref(&folder)).diagnostics;
        diagnostics.iter_mut().for_each(|diagnostic| self.move_to_draft(diagnostic, text, draft));
        diagnostics
    }

    /// Counts the position of a diagnostic from the beginning of the question that it is in.
    fn move_to_draft(&self, diagnostic: &mut Diagnostic, text: &str, draft: &str) {
        let start = Position::START.after(&self.file().text[..self.range.start]);
        let end = start.after(text);
        let place = &mut diagnostic.place;
        let Some(position) = place.position else { return };
        if place.file != self.file().label || !(start..=end).contains(&position) {
            return;
        }
        let Position { line, column } = position;
        place.file = draft.to_owned();
        place.position = Some(Position {
            line: line - start.line + 1,
            column: if line == start.line { column - start.column + 1 } else { column },
        });
    }

    /// Writes the file with another text in the question's place, as a whole or not at all.
    ///
    /// # Errors
    ///
    /// If the file was changed since it was read, or cannot be written: then it stays as it is.
    pub fn put(&self, text: &str) -> io::Result<()> {
        let path = self.path();
        let now = badgedex_files::read_text(&path, MAX_FILE_BYTES).map_err(io::Error::other)?;
        let mark = now.strip_suffix(&self.file().text).filter(|mark| mark.is_empty() || *mark == "\u{feff}");
        let Some(mark) = mark else {
            return Err(io::Error::other("the file was changed by somebody else meanwhile"));
        };
        let new = format!("{mark}{}", self.spliced(text));
        replace(&fs::canonicalize(&path)?, now.as_bytes(), new.as_bytes())
    }
}

/// A question's text that names an earlier id in "was", and is the same otherwise.
fn with_earlier_id(text: &str, id: &str) -> String {
    let id = Value::from(id).to_string();
    let mut whole = text.to_owned();
    let Some(root) = json::parse(text).root else { return whole };
    if let Some(was) = root.get("was") {
        if let Some(earlier) = was.items() {
            whole.insert_str(was.inner().start, &if earlier.is_empty() { id } else { format!("{id}, ") });
        }
    } else if let Some(Member { key, value }) = root.member("id") {
        let before = &text[..key.range().start];
        let line = before.rfind('\n').map_or("", |at| &before[at..]);
        let between = if !line.is_empty() && line.trim().is_empty() { line } else { " " };
        whole.insert_str(value.range().end, &format!(",{between}\"was\": [{id}]"));
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(text: &str) -> QuestionText {
        let files = vec![File::of("questions.json", text)];
        QuestionText { folder: Folder::new("", files), place: 0, range: 0..text.len() }
    }

    #[test]
    fn a_question_under_another_id_names_its_earlier_one() {
        let old = r#"{ "id": "a/x", "stem": "Why?", "accepted": ["so"] }"#;
        for (new, kept) in [
            (
                r#"{ "id": "a/y", "stem": "Why?", "accepted": ["thus"] }"#,
                r#"{ "id": "a/y", "was": ["a/x"], "stem": "Why?", "accepted": ["thus"] }"#,
            ),
            (
                "{\n  \"id\" : \"a/y\",\n  \"stem\": \"How?\",\n  \"accepted\": [\"so\"]\n}",
                "{\n  \"id\" : \"a/y\",\n  \"was\": [\"a/x\"],\n  \"stem\": \"How?\",\n  \"accepted\": [\"so\"]\n}",
            ),
            (r#"{"stem":"Why?","was":[],"id":"a/y"}"#, r#"{"stem":"Why?","was":["a/x"],"id":"a/y"}"#),
            (
                r#"{"stem":"Why?","id":"a/y","was": ["a/w"]}"#,
                r#"{"stem":"Why?","id":"a/y","was": ["a/x", "a/w"]}"#,
            ),
            (r#"{"stem":"How?","id":"a/y","was":["a/x"]}"#, r#"{"stem":"How?","id":"a/y","was":["a/x"]}"#),
        ] {
            let renamed = Naming::Renamed { to: "a/y".to_owned(), text: kept.to_owned() };
            assert_eq!(spot(old).naming(new), renamed, "{new}");
        }
    }

    #[test]
    fn another_question_takes_no_answers_over() {
        let old = r#"{ "id": "a/x", "stem": "Why?", "accepted": ["so"] }"#;
        let another = r#"{ "id": "a/y", "stem": "How?", "accepted": ["thus"] }"#;
        assert_eq!(spot(old).naming(another), Naming::Another { to: "a/y".to_owned() });
        for same in [r#"{ "id": "a/x", "stem": "How?", "accepted": ["thus"] }"#, "{}", "[", ""] {
            assert_eq!(spot(old).naming(same), Naming::Same, "{same}");
        }
    }
}
