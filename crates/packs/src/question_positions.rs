//! Where questions are in the files of folders, for findings that show only after a whole pack is read.

use std::collections::{HashMap, HashSet};

use super::diagnostic::{Code, Diagnostic, Place};
use super::folder::{File, Folder};
use super::json::key_offset;
use super::position::{Position, PositionCursor, offset};
use super::raw::{RawId, RawQuestions};
use badgedex_domain::library::Library;
use badgedex_domain::question::QuestionId;

/// A question's file, its beginning and its text.
pub type QuestionPosition<'a> = (&'a File, Position, &'a str);

/// Where the wanted questions of a folder are.
pub fn questions<'a>(folder: &'a Folder, wanted: &HashSet<&str>) -> HashMap<String, QuestionPosition<'a>> {
    let mut places = HashMap::new();
    for file in folder.question_files() {
        let Ok(raw) = serde_json::from_str::<RawQuestions>(&file.text) else { continue };
        let mut walk = PositionCursor::start(&file.text);
        for text in raw.questions {
            let Ok(RawId { id }) = serde_json::from_str(text.get()) else { continue };
            if wanted.contains(id.as_str()) {
                let at = offset(&file.text, text);
                places.insert(id, (file, walk.to(at), &file.text[at..at + text.get().len()]));
            }
        }
    }
    places
}

/// Gives the diagnostics that know only their question a position: that of a key of it.
pub fn place(diagnostics: &mut [Diagnostic], folders: &[Folder], key: &str) {
    let is_lost = |found: &&mut Diagnostic| found.place.position.is_none() && found.place.item.is_some();
    let wanted: Vec<String> =
        diagnostics.iter_mut().filter(is_lost).filter_map(|found| found.place.item.clone()).collect();
    if wanted.is_empty() {
        return;
    }
    let wanted: HashSet<&str> = wanted.iter().map(String::as_str).collect();
    let mut places = HashMap::new();
    folders.iter().for_each(|folder| places.extend(questions(folder, &wanted)));
    for diagnostic in diagnostics.iter_mut().filter(is_lost) {
        let place = &mut diagnostic.place;
        let Some((file, start, text)) = place.item.as_ref().and_then(|id| places.get(id)) else { continue };
        place.position = Some(start.after(&text[..key_offset(text, key)]));
        place.file.clone_from(&file.label);
    }
}

/// An error for every question of a library that has the stem of another one.
pub fn repetitions(folders: &[Folder], library: &Library) -> Vec<Diagnostic> {
    let diagnostic = |(first, second): (QuestionId, QuestionId)| {
        let message = format!("it has the same stem as {first}: ask another thing, or take one out");
        let place = Place { item: Some(second.to_string()), ..Place::file("questions") };
        Diagnostic { code: Code::Content, place, message }
    };
    let mut diagnostics: Vec<Diagnostic> = repeated_stems(library).into_iter().map(diagnostic).collect();
    place(&mut diagnostics, folders, "stem");
    diagnostics
}

/// Pairs of questions of a library with the same stem, the first one first.
pub fn repeated_stems(library: &Library) -> Vec<(QuestionId, QuestionId)> {
    let mut first: HashMap<&str, &QuestionId> = HashMap::new();
    let mut repeated = Vec::new();
    for question in library.questions() {
        match first.get(question.stem.as_str()) {
            Some(other) => repeated.push((QuestionId::clone(other), question.id.clone())),
            None => drop(first.insert(&question.stem, &question.id)),
        }
    }
    repeated
}
