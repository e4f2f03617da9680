//! Flaws of packs: where they stand, and the sentences for them.

use std::collections::{HashMap, HashSet};
use std::fmt;

use chrono::NaiveDate;

use super::fault::Fault;
use super::folder::{File, Folder};
use super::place::{Spot, Walk, key_offset, offset};
use super::raw::{RawId, RawQuestions};
use crate::domain::library::Library;
use crate::domain::quality::{self, Defect, Flaw, Of};

/// A flaw and its place.
pub struct Placed {
    /// The name in JSON.
    pub kind: &'static str,
    pub fault: Fault,
}

/// The flaws of the folders' packs that have no fault, as they are on `today`.
pub fn flaws(folders: &[Folder], library: &Library, today: NaiveDate) -> Vec<Placed> {
    let mut placed = Vec::new();
    for folder in folders {
        let Some(file) = folder.pack() else { continue };
        let id = file.id();
        let Some(pack) = library.packs().iter().find(|pack| Some(&pack.id) == id.as_ref()) else { continue };
        let flaws = quality::flaws(pack, today);
        let wanted = flaws.iter().filter_map(|flaw| match &flaw.of {
            Of::Question(id) => Some(id.as_str()),
            _ => None,
        });
        let places = places(folder, &wanted.collect());
        placed.extend(flaws.iter().map(|flaw| place(flaw, file, &places)));
    }
    placed
}

/// Where a question is written: its file, its beginning and its text.
type Places<'a> = HashMap<String, (&'a File, Spot, &'a str)>;

fn places<'a>(folder: &'a Folder, wanted: &HashSet<&str>) -> Places<'a> {
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

fn place(flaw: &Flaw, pack: &File, places: &Places) -> Placed {
    let of_pack = |word: &str| {
        let at = pack.text.find(&format!("\"{word}\"")).unwrap_or(0);
        Spot::START.after(&pack.text[..at])
    };
    let problem = sentence(&flaw.defect).to_string();
    let fault = match &flaw.of {
        Of::Pack => Fault::at(&pack.label, of_pack("topics"), None, problem),
        Of::Topic(id) => Fault::at(&pack.label, of_pack(id), None, format!("topic \"{id}\": {problem}")),
        Of::Fact(id) => Fault::at(&pack.label, of_pack(id), None, format!("fact \"{id}\": {problem}")),
        Of::Question(id) => match places.get(id.as_str()) {
            Some((file, spot, text)) => {
                let spot = spot.after(&text[..key_offset(text, key(&flaw.defect))]);
                Fault::at(&file.label, spot, Some(id.as_str()), problem)
            }
            None => Fault::of_file(&pack.label, problem),
        },
    };
    Placed { kind: flaw.defect.name(), fault }
}

/// The key of a question that a flaw is about.
fn key(defect: &Defect) -> &'static str {
    match defect {
        Defect::LongKey | Defect::Overlap { .. } | Defect::Above { .. } => "choices",
        Defect::Negative | Defect::Telling { .. } | Defect::Duplicate { .. } => "stem",
        Defect::BareRationale => "rationale",
        Defect::Old { .. } => "checked",
        _ => "id",
    }
}

/// What is bad, and what to do.
fn sentence(defect: &Defect) -> impl fmt::Display + '_ {
    struct Sentence<'a>(&'a Defect);
    impl fmt::Display for Sentence<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write_sentence(f, self.0)
        }
    }
    Sentence(defect)
}

fn write_sentence(f: &mut fmt::Formatter<'_>, defect: &Defect) -> fmt::Result {
    match defect {
        Defect::LongKey => f.write_str("the key is far longer than the other choices: shorten it"),
        Defect::LongestKeys { longest, questions } => {
            write!(
                f,
                "the key is the longest choice in {longest} of {questions} questions: shorten some keys"
            )
        }
        Defect::SameLetter { letter, times, questions } => {
            write!(f, "the key is {letter} in {times} of {questions} questions: move some")
        }
        Defect::Overlap { one, other } => {
            write!(f, "\"{one}\" and \"{other}\" can be right together: make one exclude the other")
        }
        Defect::Above { choice } => {
            write!(f, "\"{choice}\" speaks of the other choices: write one of its own")
        }
        Defect::Negative => {
            f.write_str("the stem asks for what is not so: turn it, or write NOT in capitals")
        }
        Defect::Telling { word } => {
            write!(
                f,
                "of all choices only the key has \"{word}\", as the stem does: say it with another word"
            )
        }
        Defect::Duplicate { of } => write!(f, "it asks nearly the same as {of}: take one out"),
        Defect::NoRationale => f.write_str("\"rationale\" is missing: say why the answer is right"),
        Defect::BareRationale => f.write_str("the rationale only repeats the key: say why it is right"),
        Defect::NoSource => f.write_str("\"source\" is missing: say where the answer can be looked up"),
        Defect::NeverChecked => {
            f.write_str("\"checked\" is missing: write the day on which it was compared with its source")
        }
        Defect::Old { checked } => {
            write!(f, "it was last checked on {checked}, over a year ago: compare it with its source")
        }
        Defect::Unasked => f.write_str("no question asks it: write one, or take it out"),
        Defect::Weights { sum } => write!(f, "the weights of the topics come to {sum}: make them 100"),
    }
}
