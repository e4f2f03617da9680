//! Where questions stand in the files of folders, for what shows only once a whole pack is read.

use std::collections::{HashMap, HashSet};

use super::fault::Fault;
use super::folder::{File, Folder};
use super::place::{Spot, Walk, key_offset, offset};
use super::raw::{RawId, RawQuestions};
use super::repeated_stems;
use badgedex_domain::library::Library;

/// A question's file, its beginning and its text.
pub type Standing<'a> = (&'a File, Spot, &'a str);

/// Where the wanted questions of a folder stand.
pub fn questions<'a>(folder: &'a Folder, wanted: &HashSet<&str>) -> HashMap<String, Standing<'a>> {
    let mut places = HashMap::new();
    for file in folder.question_files() {
        let Ok(raw) = serde_json::from_str::<RawQuestions>(&file.text) else { continue };
        let mut walk = Walk::start(&file.text);
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

/// Gives the faults that know only their question a place: at a key of it.
pub fn place(faults: &mut [Fault], folders: &[Folder], key: &str) {
    let is_lost = |fault: &&mut Fault| fault.line.is_none() && fault.item.is_some();
    let wanted: Vec<String> =
        faults.iter_mut().filter(is_lost).filter_map(|fault| fault.item.clone()).collect();
    if wanted.is_empty() {
        return;
    }
    let wanted: HashSet<&str> = wanted.iter().map(String::as_str).collect();
    let mut places = HashMap::new();
    folders.iter().for_each(|folder| places.extend(questions(folder, &wanted)));
    for fault in faults.iter_mut().filter(is_lost) {
        let Some((file, start, text)) = fault.item.as_ref().and_then(|id| places.get(id)) else { continue };
        let spot = start.after(&text[..key_offset(text, key)]);
        (fault.line, fault.column) = (Some(spot.line), Some(spot.column));
        fault.file.clone_from(&file.label);
    }
}

/// A fault for every question of a library that asks what another one asks in the same words.
pub fn repetitions(folders: &[Folder], library: &Library) -> Vec<Fault> {
    let fault = |(first, second): (_, badgedex_domain::question::QuestionId)| {
        let problem = format!("it has the same stem as {first}: ask another thing, or take one out");
        let item = Some(second.to_string());
        Fault { item, ..Fault::of_file("questions", problem) }
    };
    let mut faults: Vec<Fault> = repeated_stems(library).into_iter().map(fault).collect();
    place(&mut faults, folders, "stem");
    faults
}
