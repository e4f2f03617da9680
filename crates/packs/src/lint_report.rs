//! Warnings about packs that can be used and could be better: where they are, and the sentences for them.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use chrono::NaiveDate;

use super::diagnostic::{Code, Diagnostic};
use super::folder::{File, Folder};
use super::json::key_offset;
use super::pack_reader;
use super::position::{Position, PositionCursor, offset};
use super::question_positions::{self, QuestionPosition};
use super::raw::{RawId, RawParts};
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::library::Library;
use badgedex_domain::lint::{self, Lint, LintPlace, LintWarning};

/// Warnings about the packs without errors in these folders, as they are on `today`.
pub fn lint(folders: &[Folder], library: &Library, today: NaiveDate) -> Vec<Diagnostic> {
    let catalogs = library.catalogs().iter().flat_map(|catalog| &catalog.credentials);
    let known: BTreeSet<CredentialId> = catalogs.map(|credential| credential.id.clone()).collect();
    folders.iter().flat_map(|folder| lint_folder(folder, &known, today)).collect()
}

/// The library lacks what other packs replace, so that the folder is read once more.
fn lint_folder(folder: &Folder, known: &BTreeSet<CredentialId>, today: NaiveDate) -> Vec<Diagnostic> {
    let Some(head) = folder.pack() else { return Vec::new() };
    let Some(Ok(pack)) = pack_reader::read(folder, known).map(|outcome| outcome.pack) else {
        return Vec::new();
    };
    let flaws = lint::lint(&pack, today);
    let wanted = flaws.iter().filter_map(|flaw| match &flaw.place {
        LintPlace::Question(id) => Some(id.as_str()),
        LintPlace::Pack | LintPlace::Topic(_) | LintPlace::Fact(_) => None,
    });
    let written = Written {
        head,
        parts: parts(head),
        questions: question_positions::questions(folder, &wanted.collect()),
    };
    flaws.iter().map(|flaw| written.place(flaw)).collect()
}

/// Where the parts of a pack are written.
struct Written<'a> {
    head: &'a File,
    /// Topics and facts, by the key of their list and their id.
    parts: HashMap<(&'static str, String), Position>,
    questions: HashMap<String, QuestionPosition<'a>>,
}

fn parts(head: &File) -> HashMap<(&'static str, String), Position> {
    let RawParts { topics, facts } = serde_json::from_str(&head.text).unwrap_or_default();
    let mut spots = HashMap::new();
    for (list, parts) in [("topics", topics), ("facts", facts)] {
        let mut walk = PositionCursor::start(&head.text);
        for part in parts {
            let Ok(RawId { id }) = serde_json::from_str(part.get()) else { continue };
            spots.insert((list, id), walk.to(offset(&head.text, part)));
        }
    }
    spots
}

impl Written<'_> {
    fn place(&self, flaw: &LintWarning) -> Diagnostic {
        let problem = sentence(&flaw.lint).to_string();
        let diagnostic = match &flaw.place {
            LintPlace::Pack => self.at_head(self.topics(), problem),
            LintPlace::Topic(id) => {
                self.at_head(self.part("topics", id), format!("topic \"{id}\": {problem}"))
            }
            LintPlace::Fact(id) => self.at_head(self.part("facts", id), format!("fact \"{id}\": {problem}")),
            LintPlace::Question(id) => match self.questions.get(id.as_str()) {
                Some((file, spot, text)) => {
                    let spot = spot.after(&text[..key_offset(text, key(&flaw.lint))]);
                    Diagnostic::at(&file.label, spot, Some(id.as_str()), problem)
                }
                None => Diagnostic::of_file(&self.head.label, problem),
            },
        };
        Diagnostic { code: Code::Lint(flaw.lint.name()), ..diagnostic }
    }

    fn at_head(&self, spot: Position, problem: String) -> Diagnostic {
        Diagnostic::at(&self.head.label, spot, None, problem)
    }

    fn topics(&self) -> Position {
        Position::START.after(&self.head.text[..key_offset(&self.head.text, "topics")])
    }

    fn part(&self, list: &'static str, id: &str) -> Position {
        self.parts.get(&(list, id.to_owned())).copied().unwrap_or(Position::START)
    }
}

/// The key of a question that a warning is about.
fn key(defect: &Lint) -> &'static str {
    match defect {
        Lint::LongKey | Lint::Overlap { .. } | Lint::Above { .. } => "choices",
        Lint::Negative | Lint::Telling { .. } | Lint::NamedKey { .. } | Lint::Duplicate { .. } => "stem",
        Lint::BareRationale => "rationale",
        Lint::Old { .. } | Lint::Ahead { .. } => "checked",
        Lint::LongestKeys { .. }
        | Lint::SameLetter { .. }
        | Lint::NoRationale
        | Lint::NoSource
        | Lint::NeverChecked
        | Lint::Unasked
        | Lint::Weights { .. } => "id",
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
