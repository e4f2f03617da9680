//! From a folder's files to a pack, or to all errors in them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::thread;

use serde_json::value::RawValue;

use super::checker::{Checker, messages};
use super::diagnostic::Diagnostic;
use super::folder::{File, Folder};
use super::json::{self, ShapeError, key_offset};
use super::limits::MAX_DIAGNOSTICS;
use super::position::{Position, PositionCursor, offset};
use super::raw::{FORMAT, RawId, RawPack, RawQuestion, RawQuestions, RawTeaches};
use super::slug::is_slug;
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::question::{Fact, Pack, Question, QuestionId, Teaches, Topic};
use badgedex_domain::sanitize;

/// What was read from a folder with a pack.
pub struct Outcome {
    /// The pack, or what is wrong with it.
    pub pack: Result<Pack, Vec<Diagnostic>>,
    /// Questions that were read, with errors or without.
    pub questions_read: usize,
}

/// Reads the pack of a folder; `None` if it has no `pack.json`.
pub fn read(folder: &Folder, known: &BTreeSet<CredentialId>) -> Option<Outcome> {
    let file = folder.pack()?;
    let raw = match head(file) {
        Ok(raw) => raw,
        Err(diagnostics) => return Some(Outcome { pack: Err(diagnostics), questions_read: 0 }),
    };
    let mut reader = PackReader {
        pack: pack_of(&raw),
        known,
        diagnostics: Vec::new(),
        places: Vec::new(),
        files: Vec::new(),
        read: 0,
    };
    reader.check_head(file, &raw);
    for file in folder.question_files() {
        reader.read_file(file);
    }
    reader.check_ids();
    let pack = if reader.diagnostics.is_empty() { Ok(reader.pack) } else { Err(reader.diagnostics) };
    Some(Outcome { pack, questions_read: reader.read })
}

/// One question of a file, read by itself.
pub enum QuestionState {
    /// It does not have the shape of a question.
    Unreadable,
    /// It has this many errors.
    Faulty(usize),
    /// It has no error.
    Sound(Box<Question>),
}

/// Every question of a file by itself; `None` if the file as a whole cannot be read.
pub fn each(file: &File, pack: &Pack, known: &BTreeSet<CredentialId>) -> Option<Vec<QuestionState>> {
    let raw: RawQuestions = serde_json::from_str(&file.text).ok()?;
    let state = |text: &&RawValue| {
        let read = read_question(file, Position::START, text, pack, known);
        match (serde_json::from_str::<RawQuestion>(text.get()), read.question) {
            (Err(_), _) => QuestionState::Unreadable,
            (Ok(_), Some(question)) if read.diagnostics.is_empty() => {
                QuestionState::Sound(Box::new(question))
            }
            (Ok(_), _) => QuestionState::Faulty(read.diagnostics.len()),
        }
    };
    Some(raw.questions.iter().map(state).collect())
}

/// The pack of a folder without its questions, as far as its head can be read.
pub fn head_of(folder: &Folder) -> Option<Pack> {
    folder.pack().and_then(pack_in)
}

/// The pack that a head names.
pub fn pack_in(file: &File) -> Option<Pack> {
    head(file).ok().map(|raw| pack_of(&raw))
}

fn head(file: &File) -> Result<RawPack, Vec<Diagnostic>> {
    let raw: RawPack = json::read(&file.text, Position::START)
        .map_err(|error| vec![Diagnostic::of_json(&file.label, None, &error)])?;
    match raw.format {
        FORMAT => Ok(raw),
        other => Err(vec![wrong_format(file, other)]),
    }
}

fn wrong_format(file: &File, format: u32) -> Diagnostic {
    let problem = format!("format {format} is not known: write {FORMAT}, which this program reads");
    Diagnostic::at(&file.label, spot_of(&file.text, "format"), None, problem)
}

fn pack_of(raw: &RawPack) -> Pack {
    let clean = |text: &String| sanitize::line(text).into_owned();
    Pack {
        id: clean(&raw.id),
        title: clean(&raw.title),
        description: clean(&raw.description),
        licence: raw.licence.as_ref().map(clean),
        source: raw.source.as_ref().map(clean),
        teaches: match raw.teaches {
            RawTeaches::About => Teaches::About,
            RawTeaches::Content => Teaches::Content,
        },
        credentials: raw.credentials.iter().map(CredentialId::new).collect(),
        topics: raw
            .topics
            .iter()
            .map(|t| Topic { id: clean(&t.id), name: clean(&t.name), weight: t.weight })
            .collect(),
        facts: raw
            .facts
            .iter()
            .map(|f| Fact { id: clean(&f.id), topic: clean(&f.topic), text: clean(&f.text) })
            .collect(),
        questions: Vec::new(),
    }
}

/// Where a key of a file begins.
fn spot_of(text: &str, key: &str) -> Position {
    Position::START.after(&text[..key_offset(text, key)])
}

/// The positions of the parts of a list in the head.
fn spots_of(text: &str, list: &str) -> Vec<Position> {
    let root = json::parse(text).root;
    let items = root.as_ref().and_then(|head| head.get(list)?.items()).unwrap_or_default();
    let mut cursor = PositionCursor::start(text);
    items.iter().map(|item| cursor.to(item.range().start)).collect()
}

struct PackReader<'a> {
    pack: Pack,
    known: &'a BTreeSet<CredentialId>,
    diagnostics: Vec<Diagnostic>,
    /// Where every question of the pack is, to report repeated ids.
    places: Vec<At>,
    files: Vec<&'a File>,
    read: usize,
}

/// Where a question is: the file's number, the bytes in it, and where they begin.
#[derive(Clone)]
struct At {
    file: usize,
    range: Range<usize>,
    spot: Position,
}

/// A question as it was read, and what is wrong with it.
struct ReadQuestion {
    range: Range<usize>,
    spot: Position,
    question: Option<Question>,
    diagnostics: Vec<Diagnostic>,
}

/// Another thread is worth its start from this many questions on.
const MIN_PER_THREAD: usize = 2_000;

impl<'a> PackReader<'a> {
    fn check_head(&mut self, file: &File, raw: &RawPack) {
        let mut diagnostic = |spot: Option<&Position>, problem: String| {
            let spot = *spot.unwrap_or(&Position::START);
            self.diagnostics.push(Diagnostic::at(&file.label, spot, None, problem));
        };
        if !is_slug(&raw.id) {
            let problem = messages::wrong_pack_id(&raw.id);
            diagnostic(Some(&spot_of(&file.text, "id")), problem);
        }
        let spots = spots_of(&file.text, "credentials");
        for (place, id) in raw.credentials.iter().enumerate() {
            if !self.known.contains(&CredentialId::new(id.as_str())) {
                diagnostic(spots.get(place), messages::no_credential(id));
            }
        }
        let spots = spots_of(&file.text, "topics");
        let mut topics = HashSet::new();
        for (place, topic) in raw.topics.iter().enumerate() {
            if !topics.insert(&topic.id) {
                diagnostic(spots.get(place), format!("two topics have the id \"{}\": rename one", topic.id));
            }
        }
        let spots = spots_of(&file.text, "facts");
        let mut facts = HashSet::new();
        for (place, fact) in raw.facts.iter().enumerate() {
            if !facts.insert(&fact.id) {
                diagnostic(spots.get(place), format!("two facts have the id \"{}\": rename one", fact.id));
            }
            if !topics.contains(&fact.topic) {
                let problem = format!("fact {}: the pack has no topic \"{}\"", fact.id, fact.topic);
                diagnostic(spots.get(place), problem);
            }
        }
    }

    fn read_file(&mut self, file: &'a File) {
        if self.diagnostics.len() >= MAX_DIAGNOSTICS {
            let problem = "not read because the files before it have too many errors: fix those first";
            return self.diagnostics.push(Diagnostic::of_file(&file.label, problem.to_owned()));
        }
        let raw: RawQuestions = match json::read(&file.text, Position::START) {
            Ok(raw) => raw,
            Err(error) => {
                let is_list = error.shape.is_some() && file.text.trim_start().starts_with('[');
                return self.diagnostics.push(match is_list {
                    true => self.list_for_a_file(file),
                    false => Diagnostic::of_json(&file.label, None, &error),
                });
            }
        };
        if raw.format != FORMAT {
            return self.diagnostics.push(wrong_format(file, raw.format));
        }
        if raw.pack != self.pack.id {
            let (said, id) = (&raw.pack, &self.pack.id);
            let problem = format!(
                "the file says pack \"{said}\", and pack.json beside it says \"{id}\": write \"{id}\""
            );
            self.diagnostics.push(Diagnostic::at(&file.label, spot_of(&file.text, "pack"), None, problem));
        }
        let mut walk = PositionCursor::start(&file.text);
        let place = |text: &'_ &RawValue| offset(&file.text, text);
        let texts: Vec<(Position, &RawValue)> =
            raw.questions.iter().map(|text| (walk.to(place(text)), *text)).collect();
        self.read += texts.len();
        self.files.push(file);
        for read in read_all(&texts, file, &self.pack, self.known) {
            self.take(read);
        }
    }

    fn list_for_a_file(&self, file: &File) -> Diagnostic {
        let problem = format!(
            "expected an object in braces, found a list: write {{ \"format\": 1, \"pack\": \"{}\", \"questions\": before it and }} after it",
            self.pack.id
        );
        let blanks = file.text.len() - file.text.trim_start().len();
        Diagnostic::at(&file.label, Position::START.after(&file.text[..blanks]), None, problem)
    }

    /// Adds a question that was read, and its errors.
    fn take(&mut self, read: ReadQuestion) {
        let ReadQuestion { range, spot, question, diagnostics } = read;
        if let Some(question) = question {
            self.places.push(At { file: self.files.len() - 1, range, spot });
            self.pack.questions.push(question);
        }
        self.diagnostics.extend(diagnostics);
    }

    /// Reports an id that is used twice at its second question.
    fn check_ids(&mut self) {
        let mut first: HashMap<&QuestionId, &At> = HashMap::with_capacity(self.places.len());
        for (question, at) in self.pack.questions.iter().zip(&self.places) {
            if let Some(other) = first.insert(&question.id, at) {
                let first = &self.files[other.file].label;
                let problem = format!("the id is already in {first}:{}: rename one", other.spot.line);
                let file = self.files[at.file];
                let text = &file.text[at.range.clone()];
                let spot = at.spot.after(&text[..key_offset(text, "id")]);
                self.diagnostics.push(Diagnostic::at(&file.label, spot, Some(question.id.as_str()), problem));
            }
        }
    }
}

/// Reads the questions of a file, in their order; where there are many, on several threads.
fn read_all(
    texts: &[(Position, &RawValue)],
    file: &File,
    pack: &Pack,
    known: &BTreeSet<CredentialId>,
) -> Vec<ReadQuestion> {
    let read = |texts: &[(Position, &RawValue)]| -> Vec<ReadQuestion> {
        texts.iter().map(|(spot, text)| read_question(file, *spot, text, pack, known)).collect()
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(texts.len() / MIN_PER_THREAD);
    if threads < 2 {
        return read(texts);
    }
    thread::scope(|scope| {
        let parts = texts.chunks(texts.len().div_ceil(threads));
        let running: Vec<_> = parts.map(|part| scope.spawn(move || read(part))).collect();
        running.into_iter().flat_map(|thread| thread.join().expect("reading does not panic")).collect()
    })
}

fn read_question(
    file: &File,
    spot: Position,
    text: &RawValue,
    pack: &Pack,
    known: &BTreeSet<CredentialId>,
) -> ReadQuestion {
    let start = offset(&file.text, text);
    let range = start..start + text.get().len();
    let raw: RawQuestion = match json::read(text.get(), spot) {
        Ok(raw) => raw,
        Err(error) => {
            let id = serde_json::from_str::<RawId>(text.get()).ok().map(|raw| raw.id);
            let diagnostic = match error.shape {
                Some(ShapeError::MissingKey { key: "topic", .. }) => {
                    Diagnostic::at(&file.label, error.position, id.as_deref(), messages::missing_topic(pack))
                }
                _ => Diagnostic::of_json(&file.label, id.as_deref(), &error),
            };
            return ReadQuestion { range, spot, question: None, diagnostics: vec![diagnostic] };
        }
    };
    let mut checker = Checker { file: &file.label, spot, text: text.get(), id: &raw.id, diagnostics: vec![] };
    let question = checker.question(&raw, pack, known);
    ReadQuestion { range, spot, question, diagnostics: checker.diagnostics }
}
