//! From a folder's files to a pack, with every fault that stands in them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::thread;

use serde_json::value::RawValue;

use super::checker::{Checker, words};
use super::fault::Fault;
use super::folder::{File, Folder};
use super::parts::{Object, Part};
use super::place::{Spot, Walk, first_value, key_offset, offset};
use super::raw::{FORMAT, RawId, RawPack, RawQuestion, RawQuestions, RawTeaches};
use super::slug::is_slug;
use super::slug::slug;
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::question::{Fact, Pack, Question, QuestionId, Teaches, Topic};
use badgedex_domain::sanitize;

/// What came of a folder with a pack.
pub struct Outcome {
    pub pack: Result<Pack, Vec<Fault>>,
    pub questions_read: usize,
}

/// Reads the pack of a folder; none where it has no `pack.json`.
pub fn read(folder: &Folder, known: &BTreeSet<CredentialId>) -> Option<Outcome> {
    let file = folder.pack()?;
    let raw = match head(file) {
        Ok(raw) => raw,
        Err(faults) => return Some(Outcome { pack: Err(faults), questions_read: 0 }),
    };
    let mut reader = Reader {
        pack: pack_of(&raw),
        known,
        faults: Vec::new(),
        places: Vec::new(),
        files: Vec::new(),
        read: 0,
    };
    reader.check_head(file, &raw);
    for file in folder.question_files() {
        reader.read_file(file);
    }
    reader.check_ids();
    let pack = if reader.faults.is_empty() { Ok(reader.pack) } else { Err(reader.faults) };
    Some(Outcome { pack, questions_read: reader.read })
}

/// What becomes of one question by itself.
pub enum State {
    /// It has not the shape of a question.
    Unreadable,
    /// So many faults stand in it.
    Faulty(usize),
    Sound(Box<Question>),
}

/// Every question of a file by itself; none where the file as a whole cannot be read.
pub fn each(file: &File, pack: &Pack, known: &BTreeSet<CredentialId>) -> Option<Vec<State>> {
    let raw: RawQuestions = serde_json::from_str(&file.text).ok()?;
    let state = |text: &&RawValue| {
        let read = read_question(file, Spot::START, text, pack, known);
        match (serde_json::from_str::<RawQuestion>(text.get()), read.question) {
            (Err(_), _) => State::Unreadable,
            (Ok(_), Some(question)) if read.faults.is_empty() => State::Sound(Box::new(question)),
            (Ok(_), _) => State::Faulty(read.faults.len()),
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

fn head(file: &File) -> Result<RawPack, Vec<Fault>> {
    let raw: RawPack = serde_json::from_str(&file.text)
        .map_err(|e| vec![Fault::of_json(&file.label, Spot::START, &file.text, None, &e)])?;
    match raw.format {
        FORMAT => Ok(raw),
        other => Err(vec![wrong_format(file, other)]),
    }
}

fn wrong_format(file: &File, format: u32) -> Fault {
    let problem = format!("format {format} is not known: write {FORMAT}, which this program reads");
    Fault::at(&file.label, spot_of(&file.text, "format"), None, problem)
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
fn spot_of(text: &str, key: &str) -> Spot {
    Spot::START.after(&text[..key_offset(text, key)])
}

/// The places of the parts of a list in the head, for as many faults as there may be.
fn spots_of(text: &str, list: &str) -> Vec<Spot> {
    let parts = Part::whole(text).and_then(Object::of).and_then(|head| head.get(list)?.items());
    let mut walk = Walk::start(text);
    parts.into_iter().flatten().map(|part| walk.to(part.range().start)).collect()
}

fn wrong_pack_id(id: &str) -> String {
    let like = slug(id);
    let like = if like.is_empty() { "my-pack" } else { &like };
    format!("the id \"{id}\" may hold only a to z, 0 to 9 and hyphens: write \"{like}\"")
}

/// What is wrong with a credential that nobody knows.
pub fn no_credential(id: &str) -> String {
    format!("no catalog has a credential \"{id}\": write an id that badgedex badges knows")
}

struct Reader<'a> {
    pack: Pack,
    known: &'a BTreeSet<CredentialId>,
    faults: Vec<Fault>,
    /// Where every question of the pack stands, for duplicates.
    places: Vec<At>,
    files: Vec<&'a File>,
    read: usize,
}

/// Where a question begins: the file's number, the byte in it, its line and column.
#[derive(Clone, Copy)]
struct At {
    file: usize,
    byte: usize,
    spot: Spot,
}

/// A question as it was read, and what is wrong with it.
struct Read {
    byte: usize,
    spot: Spot,
    question: Option<Question>,
    faults: Vec<Fault>,
}

/// So many questions are worth another thread.
const A_THREADS_WORK: usize = 2_000;

impl<'a> Reader<'a> {
    fn check_head(&mut self, file: &File, raw: &RawPack) {
        let mut fault = |spot: Option<&Spot>, problem: String| {
            let spot = *spot.unwrap_or(&Spot::START);
            self.faults.push(Fault::at(&file.label, spot, None, problem));
        };
        if !is_slug(&raw.id) {
            let problem = wrong_pack_id(&raw.id);
            fault(Some(&spot_of(&file.text, "id")), problem);
        }
        let spots = spots_of(&file.text, "credentials");
        for (place, id) in raw.credentials.iter().enumerate() {
            if !self.known.contains(&CredentialId::new(id.as_str())) {
                fault(spots.get(place), no_credential(id));
            }
        }
        let spots = spots_of(&file.text, "topics");
        let mut topics = HashSet::new();
        for (place, topic) in raw.topics.iter().enumerate() {
            if !topics.insert(&topic.id) {
                fault(spots.get(place), format!("two topics have the id \"{}\": rename one", topic.id));
            }
        }
        let spots = spots_of(&file.text, "facts");
        let mut facts = HashSet::new();
        for (place, fact) in raw.facts.iter().enumerate() {
            if !facts.insert(&fact.id) {
                fault(spots.get(place), format!("two facts have the id \"{}\": rename one", fact.id));
            }
            if !topics.contains(&fact.topic) {
                let problem = format!("fact {}: the pack has no topic \"{}\"", fact.id, fact.topic);
                fault(spots.get(place), problem);
            }
        }
    }

    fn read_file(&mut self, file: &'a File) {
        let raw: RawQuestions = match serde_json::from_str(&file.text) {
            Ok(raw) => raw,
            Err(error) => {
                let mut fault = Fault::of_json(&file.label, Spot::START, &file.text, None, &error);
                if error.is_data() && file.text.trim_start().starts_with('[') {
                    fault = self.list_for_a_file(file);
                }
                return self.faults.push(fault);
            }
        };
        if raw.format != FORMAT {
            return self.faults.push(wrong_format(file, raw.format));
        }
        if raw.pack != self.pack.id {
            let (said, id) = (&raw.pack, &self.pack.id);
            let problem = format!(
                "the file says pack \"{said}\", and pack.json beside it says \"{id}\": write \"{id}\""
            );
            self.faults.push(Fault::at(&file.label, spot_of(&file.text, "pack"), None, problem));
        }
        let mut walk = Walk::start(&file.text);
        let place = |text: &'_ &RawValue| offset(&file.text, text);
        let texts: Vec<(Spot, &RawValue)> =
            raw.questions.iter().map(|text| (walk.to(place(text)), *text)).collect();
        self.read += texts.len();
        self.files.push(file);
        for read in read_all(&texts, file, &self.pack, self.known) {
            self.take(read);
        }
    }

    fn list_for_a_file(&self, file: &File) -> Fault {
        let problem = format!(
            "a list stands where an object in braces belongs: write {{ \"format\": 1, \"pack\": \"{}\", \"questions\": before it and }} after it",
            self.pack.id
        );
        let blanks = file.text.len() - file.text.trim_start().len();
        Fault::at(&file.label, Spot::START.after(&file.text[..blanks]), None, problem)
    }

    /// Adds a question that was read; an id that stands elsewhere is a fault.
    fn take(&mut self, read: Read) {
        let Read { byte, spot, question, faults } = read;
        if let Some(question) = question {
            self.places.push(At { file: self.files.len() - 1, byte, spot });
            self.pack.questions.push(question);
        }
        self.faults.extend(faults);
    }

    /// An id that stands twice is a fault of the second.
    fn check_ids(&mut self) {
        let mut first: HashMap<&QuestionId, At> = HashMap::with_capacity(self.places.len());
        for (question, at) in self.pack.questions.iter().zip(&self.places) {
            if let Some(other) = first.insert(&question.id, *at) {
                let first = &self.files[other.file].label;
                let problem = format!("the id stands already in {first}:{}: rename one", other.spot.line);
                let file = self.files[at.file];
                let text = first_value(&file.text[at.byte..]);
                let spot = at.spot.after(&text[..key_offset(text, "id")]);
                self.faults.push(Fault::at(&file.label, spot, Some(question.id.as_str()), problem));
            }
        }
    }
}

/// Reads the questions of a file, in their order; where there are many, on several threads.
fn read_all(
    texts: &[(Spot, &RawValue)],
    file: &File,
    pack: &Pack,
    known: &BTreeSet<CredentialId>,
) -> Vec<Read> {
    let read = |texts: &[(Spot, &RawValue)]| -> Vec<Read> {
        texts.iter().map(|(spot, text)| read_question(file, *spot, text, pack, known)).collect()
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(texts.len() / A_THREADS_WORK);
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
    spot: Spot,
    text: &RawValue,
    pack: &Pack,
    known: &BTreeSet<CredentialId>,
) -> Read {
    let byte = offset(&file.text, text);
    let raw: RawQuestion = match serde_json::from_str(text.get()) {
        Ok(raw) => raw,
        Err(error) => {
            let id = serde_json::from_str::<RawId>(text.get()).ok().map(|raw| raw.id);
            let mut fault = Fault::of_json(&file.label, spot, text.get(), id.as_deref(), &error);
            if fault.problem.starts_with("\"topic\" is missing") {
                fault.problem = words::missing_topic(pack);
            }
            return Read { byte, spot, question: None, faults: vec![fault] };
        }
    };
    let mut checker = Checker { file: &file.label, spot, text: text.get(), id: &raw.id, faults: vec![] };
    let question = checker.question(&raw, pack, known);
    Read { byte, spot, question, faults: checker.faults }
}
