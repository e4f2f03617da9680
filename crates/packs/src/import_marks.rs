//! Marks of the questions that an import wrote: they tell the learner's own edits from the rest.
//!
//! The file holds a mark for each question as it was imported. Whatever is in it, the worst that it can do is to
//! keep a question that was not edited, or to replace one that was.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use uuid::Uuid;

use super::folder::File;
use super::json_writer;
use badgedex_domain::question::{Pack, Question, QuestionId};

/// The source that an imported pack names. Only a pack with this source is replaced by an import.
pub const SOURCE: &str = "badgedex pack import";
/// Not a file of questions: its name does not end in ".json".
const NAME: &str = "imported.txt";
/// The first line: other notes are not read.
const FIRST_LINE: &str = "badgedex import 1: marks of the questions as they came in";
/// Marks of 1,000,000 questions are half as long.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The marks of the questions that an import wrote.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportMarks(HashSet<String>);

/// The note of a pack that comes in as it is.
pub fn note(pack: &Pack) -> File {
    let mut marks: Vec<String> = pack.questions.iter().filter_map(|question| mark(pack, question)).collect();
    marks.sort();
    let text = format!("{FIRST_LINE}\n{}\n", marks.join("\n"));
    File { label: NAME.to_owned(), name: NAME.to_owned(), text }
}

/// The marks in a folder; `None` if no import left any, or the file is not one of marks.
pub fn read(folder: &Path) -> Option<ImportMarks> {
    let path = folder.join(NAME);
    // A link may lead anywhere.
    if path.is_symlink() {
        return None;
    }
    let text = badgedex_files::read_text(&path, MAX_BYTES).ok()?;
    let mut lines = text.lines();
    (lines.next()? == FIRST_LINE).then(|| ImportMarks(lines.map(str::to_owned).collect()))
}

/// Whether a file of this name holds marks.
pub fn is_named(name: &str) -> bool {
    name == NAME
}

/// The file with the marks of a folder, as it is; `None` if there is none.
pub fn file(folder: &Path) -> Option<File> {
    let marks = read(folder)?;
    let mut marks: Vec<String> = marks.0.into_iter().collect();
    marks.sort();
    let text = format!("{FIRST_LINE}\n{}\n", marks.join("\n"));
    Some(File { label: NAME.to_owned(), name: NAME.to_owned(), text })
}

/// The questions of a pack that are not as they came in: edited, or added by hand.
pub fn edited<'a>(pack: &'a Pack, note: &'a ImportMarks) -> impl Iterator<Item = &'a Question> {
    let is_own = move |question: &&Question| mark(pack, question).is_some_and(|mark| !note.0.contains(&mark));
    pack.questions.iter().filter(is_own)
}

/// Whether a folder holds this very note.
pub fn holds(folder: &Path, note: &File) -> bool {
    let marks = |text: &str| text.lines().skip(1).map(str::to_owned).collect();
    read(folder).is_some_and(|there| there == ImportMarks(marks(&note.text)))
}

/// A digest of a question as it is written in a file.
fn mark(pack: &Pack, question: &Question) -> Option<String> {
    let entry = serde_json::Value::Object(json_writer::entry(pack, question)?);
    Some(Uuid::new_v5(&Uuid::NAMESPACE_OID, entry.to_string().as_bytes()).simple().to_string())
}

/// Puts what the learner edited or added in the old state of a pack into the new one, in the place of what the
/// file says instead. Returns how many questions that were.
pub fn keep(old: &Pack, note: &ImportMarks, new: &mut Pack) -> usize {
    let mut kept = 0;
    let places: HashMap<QuestionId, usize> =
        new.questions.iter().enumerate().map(|(place, question)| (question.id.clone(), place)).collect();
    for own in edited(old, note) {
        let place = std::iter::once(&own.id).chain(&own.was).find_map(|id| places.get(id).copied());
        let question = carried(own, old, new);
        match place {
            Some(place) if new.questions[place] == question => continue,
            Some(place) => new.questions[place] = question,
            None => new.questions.push(question),
        }
        take_along(own, old, new);
        kept += 1;
    }
    kept
}

/// A question that is for what its pack is for stays so.
fn carried(own: &Question, old: &Pack, new: &Pack) -> Question {
    let mut question = own.clone();
    if own.credentials == old.credentials {
        question.credentials.clone_from(&new.credentials);
    }
    question
}

/// The topic and the facts that a question names.
fn take_along(own: &Question, old: &Pack, new: &mut Pack) {
    if !new.topics.iter().any(|topic| topic.id == own.topic) {
        new.topics.extend(old.topics.iter().find(|topic| topic.id == own.topic).cloned());
    }
    for id in &own.facts {
        let fact = old.facts.iter().find(|fact| fact.id == *id);
        let Some(fact) = fact.filter(|_| !new.facts.iter().any(|there| there.id == *id)) else { continue };
        new.facts.push(fact.clone());
        if !new.topics.iter().any(|topic| topic.id == fact.topic) {
            new.topics.extend(old.topics.iter().find(|topic| topic.id == fact.topic).cloned());
        }
    }
}

#[cfg(test)]
mod tests;
