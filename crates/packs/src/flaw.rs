//! Flaws of packs: where they stand, and the sentences for them.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use chrono::NaiveDate;

use super::fault::Fault;
use super::folder::{File, Folder};
use super::place::{Spot, Walk, key_offset, offset};
use super::question;
use super::raw::{RawId, RawParts};
use super::standing::{self, Standing};
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::library::Library;
use badgedex_domain::lint::{self, Lint, LintPlace, LintWarning};

/// A flaw and its place.
pub struct Placed {
    /// The name in JSON.
    pub kind: &'static str,
    pub fault: Fault,
}

/// The flaws of the folders' packs that have no fault, as they are on `today`.
pub fn flaws(folders: &[Folder], library: &Library, today: NaiveDate) -> Vec<Placed> {
    let catalogs = library.catalogs().iter().flat_map(|catalog| &catalog.credentials);
    let known: BTreeSet<CredentialId> = catalogs.map(|credential| credential.id.clone()).collect();
    folders.iter().flat_map(|folder| flaws_of(folder, &known, today)).collect()
}

/// The library lacks what other packs replace, so that the folder is read once more.
fn flaws_of(folder: &Folder, known: &BTreeSet<CredentialId>, today: NaiveDate) -> Vec<Placed> {
    let Some(head) = folder.pack() else { return Vec::new() };
    let Some(Ok(pack)) = question::read(folder, known).map(|outcome| outcome.pack) else { return Vec::new() };
    let flaws = lint::lint(&pack, today);
    let wanted = flaws.iter().filter_map(|flaw| match &flaw.place {
        LintPlace::Question(id) => Some(id.as_str()),
        _ => None,
    });
    let written =
        Written { head, parts: parts(head), questions: standing::questions(folder, &wanted.collect()) };
    flaws.iter().map(|flaw| written.place(flaw)).collect()
}

/// Where the parts of a pack are written.
struct Written<'a> {
    head: &'a File,
    /// Topics and facts, by the key of their list and their id.
    parts: HashMap<(&'static str, String), Spot>,
    questions: HashMap<String, Standing<'a>>,
}

fn parts(head: &File) -> HashMap<(&'static str, String), Spot> {
    let RawParts { topics, facts } = serde_json::from_str(&head.text).unwrap_or_default();
    let mut spots = HashMap::new();
    for (list, parts) in [("topics", topics), ("facts", facts)] {
        let mut walk = Walk::start(&head.text);
        for part in parts {
            let Ok(RawId { id }) = serde_json::from_str(part.get()) else { continue };
            spots.insert((list, id), walk.to(offset(&head.text, part)));
        }
    }
    spots
}

impl Written<'_> {
    fn place(&self, flaw: &LintWarning) -> Placed {
        let problem = sentence(&flaw.lint).to_string();
        let fault = match &flaw.place {
            LintPlace::Pack => self.at_head(self.topics(), problem),
            LintPlace::Topic(id) => {
                self.at_head(self.part("topics", id), format!("topic \"{id}\": {problem}"))
            }
            LintPlace::Fact(id) => self.at_head(self.part("facts", id), format!("fact \"{id}\": {problem}")),
            LintPlace::Question(id) => match self.questions.get(id.as_str()) {
                Some((file, spot, text)) => {
                    let spot = spot.after(&text[..key_offset(text, key(&flaw.lint))]);
                    Fault::at(&file.label, spot, Some(id.as_str()), problem)
                }
                None => Fault::of_file(&self.head.label, problem),
            },
        };
        Placed { kind: flaw.lint.name(), fault }
    }

    fn at_head(&self, spot: Spot, problem: String) -> Fault {
        Fault::at(&self.head.label, spot, None, problem)
    }

    fn topics(&self) -> Spot {
        Spot::START.after(&self.head.text[..key_offset(&self.head.text, "topics")])
    }

    fn part(&self, list: &'static str, id: &str) -> Spot {
        self.parts.get(&(list, id.to_owned())).copied().unwrap_or(Spot::START)
    }
}

/// The key of a question that a flaw is about.
fn key(defect: &Lint) -> &'static str {
    match defect {
        Lint::LongKey | Lint::Overlap { .. } | Lint::Above { .. } => "choices",
        Lint::Negative | Lint::Telling { .. } | Lint::NamedKey { .. } | Lint::Duplicate { .. } => "stem",
        Lint::BareRationale => "rationale",
        Lint::Old { .. } | Lint::Ahead { .. } => "checked",
        _ => "id",
    }
}

/// What is bad, and what to do.
fn sentence(defect: &Lint) -> impl fmt::Display + '_ {
    struct Sentence<'a>(&'a Lint);
    impl fmt::Display for Sentence<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write_sentence(f, self.0)
        }
    }
    Sentence(defect)
}

fn write_sentence(f: &mut fmt::Formatter<'_>, defect: &Lint) -> fmt::Result {
    match defect {
        Lint::LongKey => f.write_str("the key is far longer than the other choices: shorten it"),
        Lint::LongestKeys { longest, questions } => {
            write!(
                f,
                "the key is the longest choice in {longest} of {questions} questions: shorten some keys"
            )
        }
        Lint::SameLetter { letter, times, questions } => {
            write!(f, "the key is {letter} in {times} of {questions} questions: move some")
        }
        Lint::Overlap { one, other } => {
            write!(f, "\"{one}\" and \"{other}\" can be right together: make one exclude the other")
        }
        Lint::Above { choice } => {
            write!(f, "\"{choice}\" speaks of the other choices: write one of its own")
        }
        Lint::Negative => f.write_str("the stem asks for what is not so: ask for what is"),
        Lint::Telling { word } => {
            write!(
                f,
                "of all choices only the key has \"{word}\", as the stem does: say it with another word"
            )
        }
        Lint::NamedKey { key } => write!(f, "the stem names the key, \"{key}\": ask without it"),
        Lint::Duplicate { of } => write!(f, "it asks nearly the same as {of}: take one out"),
        Lint::NoRationale => f.write_str("\"rationale\" is missing: say why the answer is right"),
        Lint::BareRationale => f.write_str("the rationale only repeats the key: say why it is right"),
        Lint::NoSource => f.write_str("\"source\" is missing: say where the answer can be looked up"),
        Lint::NeverChecked => {
            f.write_str("\"checked\" is missing: write the day on which it was compared with its source")
        }
        Lint::Old { checked } => {
            write!(f, "it was last checked on {checked}, over a year ago: compare it with its source")
        }
        Lint::Ahead { checked } => {
            write!(f, "the day {checked} is yet to come: write the one on which it was checked")
        }
        Lint::Unasked => f.write_str("no question asks it: write one, or take it out"),
        Lint::Weights { sum } => {
            let sum = (sum * 10.0).round() / 10.0;
            write!(f, "the weights of the topics come to {sum}: make them 100")
        }
    }
}
