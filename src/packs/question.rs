//! From a folder's files to a pack, with every fault that stands in them.

use std::collections::{BTreeSet, HashMap};
use std::thread;

use chrono::NaiveDate;
use serde_json::value::RawValue;

use super::fault::Fault;
use super::folder::{File, Folder};
use super::raw::{
    FORMAT, RawChanged, RawId, RawKey, RawKind, RawPack, RawQuestion, RawQuestions, RawTeaches,
};
use crate::domain::catalog::CredentialId;
use crate::domain::gate;
use crate::domain::period::PartialDate;
use crate::domain::question::{Changed, Fact, Kind, Pack, Question, QuestionId, Teaches, Topic};

/// More choices have no letter.
pub const MOST_CHOICES: usize = 26;
/// The longest text of a question, in bytes.
const MOST_TEXT: usize = 64 * 1024;

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

fn head(file: &File) -> Result<RawPack, Vec<Fault>> {
    let raw: RawPack =
        serde_json::from_str(&file.text).map_err(|e| vec![Fault::of_json(&file.label, 0, None, &e)])?;
    match raw.format {
        FORMAT => Ok(raw),
        other => Err(vec![wrong_format(file, other)]),
    }
}

fn wrong_format(file: &File, format: u32) -> Fault {
    let line = line_of(&file.text, "format");
    Fault::at(
        &file.label,
        line,
        None,
        format!("format {format} is not known: this program reads format {FORMAT}"),
    )
}

fn pack_of(raw: &RawPack) -> Pack {
    let clean = |text: &String| gate::line(text).into_owned();
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

/// The line, from 1, on which a key first stands; 1 where it does not.
fn line_of(text: &str, key: &str) -> usize {
    let place = text.find(&format!("\"{key}\"")).unwrap_or(0);
    1 + text[..place].matches('\n').count()
}

/// Whether two texts are the same but for upper and lower case.
fn is_same(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// Whether an id or a part of one is lower-case letters, digits and hyphens.
fn is_kebab(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

struct Reader<'a> {
    pack: Pack,
    known: &'a BTreeSet<CredentialId>,
    faults: Vec<Fault>,
    /// Where every question of the pack stands, for duplicates.
    places: Vec<At>,
    files: Vec<String>,
    read: usize,
}

/// Where a question stands: the file's number, the line on which it begins, and that of its id.
#[derive(Clone, Copy)]
struct At {
    file: usize,
    line: usize,
    id_line: usize,
}

/// A question as it was read: the lines on which it and its id begin, and what is wrong with it.
struct Read {
    line: usize,
    id_line: usize,
    question: Option<Question>,
    faults: Vec<Fault>,
}

/// So many questions are worth another thread.
const A_THREADS_WORK: usize = 2_000;

impl Reader<'_> {
    fn check_head(&mut self, file: &File, raw: &RawPack) {
        let mut fault = |key: &str, problem: String| {
            self.faults.push(Fault::at(&file.label, line_of(&file.text, key), None, problem));
        };
        if !is_kebab(&raw.id) {
            fault("id", format!("the id \"{}\" may hold only a to z, 0 to 9 and hyphens", raw.id));
        }
        for id in raw.credentials.iter().filter(|id| !self.known.contains(&CredentialId::new(id.as_str()))) {
            fault(id, format!("no catalog has a credential \"{id}\""));
        }
        for (i, topic) in raw.topics.iter().enumerate() {
            if raw.topics[..i].iter().any(|t| t.id == topic.id) {
                fault(&topic.id, format!("two topics have the id \"{}\"", topic.id));
            }
        }
        for (i, fact) in raw.facts.iter().enumerate() {
            if raw.facts[..i].iter().any(|f| f.id == fact.id) {
                fault(&fact.id, format!("two facts have the id \"{}\"", fact.id));
            }
            if !raw.topics.iter().any(|t| t.id == fact.topic) {
                fault(&fact.id, format!("fact {}: the pack has no topic \"{}\"", fact.id, fact.topic));
            }
        }
    }

    fn read_file(&mut self, file: &File) {
        let raw: RawQuestions = match serde_json::from_str(&file.text) {
            Ok(raw) => raw,
            Err(error) => return self.faults.push(Fault::of_json(&file.label, 0, None, &error)),
        };
        if raw.format != FORMAT {
            return self.faults.push(wrong_format(file, raw.format));
        }
        if raw.pack != self.pack.id {
            let problem =
                format!("the file says pack \"{}\", its folder is pack \"{}\"", raw.pack, self.pack.id);
            self.faults.push(Fault::at(&file.label, line_of(&file.text, "pack"), None, problem));
        }
        let mut place = Place::start(&file.text);
        let texts: Vec<(usize, &RawValue)> =
            raw.questions.iter().map(|text| (place.lines_before(text), *text)).collect();
        self.read += texts.len();
        self.files.push(file.label.clone());
        for read in read_all(&texts, file, &self.pack, self.known) {
            self.take(read);
        }
    }

    /// Adds a question that was read; an id that stands elsewhere is a fault.
    fn take(&mut self, read: Read) {
        let Read { line, id_line, question, faults } = read;
        if let Some(question) = question {
            self.places.push(At { file: self.files.len() - 1, line, id_line });
            self.pack.questions.push(question);
        }
        self.faults.extend(faults);
    }

    /// An id that stands twice is a fault of the second.
    fn check_ids(&mut self) {
        let mut first: HashMap<&QuestionId, At> = HashMap::with_capacity(self.places.len());
        for (question, at) in self.pack.questions.iter().zip(&self.places) {
            if let Some(other) = first.insert(&question.id, *at) {
                let problem = format!("the id stands already in {}:{}", self.files[other.file], other.line);
                let file = &self.files[at.file];
                self.faults.push(Fault::at(file, at.id_line, Some(question.id.as_str()), problem));
            }
        }
    }
}

/// Reads the questions of a file, in their order; where there are many, on several threads.
fn read_all(
    texts: &[(usize, &RawValue)],
    file: &File,
    pack: &Pack,
    known: &BTreeSet<CredentialId>,
) -> Vec<Read> {
    let read = |texts: &[(usize, &RawValue)]| -> Vec<Read> {
        texts.iter().map(|(before, text)| read_question(file, *before, text, pack, known)).collect()
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
    before: usize,
    text: &RawValue,
    pack: &Pack,
    known: &BTreeSet<CredentialId>,
) -> Read {
    let raw: RawQuestion = match serde_json::from_str(text.get()) {
        Ok(raw) => raw,
        Err(error) => {
            let id = serde_json::from_str::<RawId>(text.get()).ok().map(|raw| raw.id);
            let fault = Fault::of_json(&file.label, before, id.as_deref(), &error);
            return Read { line: before + 1, id_line: before + 1, question: None, faults: vec![fault] };
        }
    };
    let mut checker = Checker { file: &file.label, before, text: text.get(), id: &raw.id, faults: vec![] };
    let question = checker.question(&raw, pack, known);
    let id_line = before + line_of(text.get(), "id");
    Read { line: before + 1, id_line, question, faults: checker.faults }
}

/// Counts lines once, however many questions a file has.
pub struct Place<'a> {
    text: &'a str,
    at: usize,
    lines: usize,
}

impl<'a> Place<'a> {
    pub fn start(text: &'a str) -> Self {
        Place { text, at: 0, lines: 0 }
    }

    /// The number of lines before a value, which borrows from the text and comes after the last one.
    pub fn lines_before(&mut self, value: &RawValue) -> usize {
        let at = value.get().as_ptr() as usize - self.text.as_ptr() as usize;
        self.lines += self.text[self.at..at].matches('\n').count();
        self.at = at;
        self.lines
    }
}

/// One question and what is wrong with it.
struct Checker<'a> {
    file: &'a str,
    before: usize,
    text: &'a str,
    id: &'a str,
    faults: Vec<Fault>,
}

impl Checker<'_> {
    /// Notes a fault at the line of a key of the question.
    fn fault(&mut self, key: &str, problem: impl Into<String>) {
        let line = self.before + line_of(self.text, key);
        self.faults.push(Fault::at(self.file, line, Some(self.id), problem));
    }

    fn question(
        &mut self,
        raw: &RawQuestion,
        pack: &Pack,
        known: &BTreeSet<CredentialId>,
    ) -> Option<Question> {
        self.check_id(&raw.id, &pack.id);
        self.check_references(raw, pack, known);
        self.check_text(raw);
        let checked = self.date(raw.checked.as_deref());
        let kind = self.kind(raw);
        let changed = self.changed(raw.changed.as_ref());
        let clean = |text: &String| gate::paragraph(text).into_owned();
        let ids = |ids: &[String]| ids.iter().map(QuestionId::new).collect();
        let credentials = match &raw.credentials {
            Some(named) => named.iter().map(CredentialId::new).collect(),
            None => pack.credentials.clone(),
        };
        Some(Question {
            id: QuestionId::new(raw.id.as_str()),
            topic: raw.topic.clone(),
            credentials,
            facts: raw.facts.clone(),
            stem: clean(&raw.stem),
            kind: kind?,
            hint: raw.hint.as_ref().map(clean),
            rationale: raw.rationale.as_ref().map(clean),
            source: raw.source.as_ref().map(clean),
            checked,
            was: ids(&raw.was),
            replaces: ids(&raw.replaces),
            changed,
        })
    }

    fn check_id(&mut self, id: &str, pack: &str) {
        match id.split_once('/') {
            Some((before, name)) if before == pack && is_kebab(name) => {}
            _ => self.fault("id", format!("the id is \"{pack}/\" and a name of a to z, 0 to 9 and hyphens")),
        }
    }

    fn check_references(&mut self, raw: &RawQuestion, pack: &Pack, known: &BTreeSet<CredentialId>) {
        if !pack.topics.iter().any(|t| t.id == raw.topic) {
            self.fault("topic", format!("the pack has no topic \"{}\"", raw.topic));
        }
        for id in raw.credentials.iter().flatten() {
            if !known.contains(&CredentialId::new(id.as_str())) {
                self.fault("credentials", format!("no catalog has a credential \"{id}\""));
            }
        }
        for (key, ids) in [("was", &raw.was), ("replaces", &raw.replaces)] {
            if ids.iter().any(|id| gate::line(id) != id.as_str()) {
                self.fault(key, format!("\"{key}\" holds characters that no id has"));
            }
        }
        for id in &raw.facts {
            if !pack.facts.iter().any(|f| f.id == *id) {
                self.fault("facts", format!("the pack has no fact \"{id}\""));
            }
        }
    }

    fn check_text(&mut self, raw: &RawQuestion) {
        if gate::line(&raw.stem).trim().is_empty() {
            self.fault("stem", "the stem is empty");
        }
        if self.text.len() > MOST_TEXT {
            self.fault("stem", "the question is longer than 64 KiB");
        }
    }

    fn date(&mut self, text: Option<&str>) -> Option<NaiveDate> {
        let text = text?;
        let date = text.parse().ok();
        if date.is_none() {
            self.fault("checked", format!("\"{text}\" is no date: write YYYY-MM-DD"));
        }
        date
    }

    fn changed(&mut self, raw: Option<&RawChanged>) -> Option<Changed> {
        let raw = raw?;
        let since = raw.since.as_deref().map(str::parse::<PartialDate>);
        let since = match since {
            Some(Err(error)) => return self.refuse("changed", &error.to_string()),
            Some(Ok(since)) => Some(since),
            None => None,
        };
        Some(Changed { was: gate::line(&raw.was).into_owned(), since })
    }

    fn kind(&mut self, raw: &RawQuestion) -> Option<Kind> {
        self.check_keys(raw);
        match raw.kind {
            RawKind::OneOf => self.one_of(raw),
            RawKind::AnyOf => self.any_of(raw),
            RawKind::TrueFalse => match raw.key {
                Some(RawKey::Truth(key)) => Some(Kind::TrueFalse { key }),
                _ => self.refuse("key", "a true-false question has \"key\": true or false"),
            },
            RawKind::Typed => {
                let accepted = self.texts("accepted", raw.accepted.as_ref(), 1)?;
                Some(Kind::Typed { accepted })
            }
            RawKind::Number => self.number(raw),
            RawKind::Order => Some(Kind::Order { items: self.texts("items", raw.items.as_ref(), 2)? }),
            RawKind::Reveal => self.reveal(raw),
        }
    }

    fn refuse<T>(&mut self, key: &str, problem: &str) -> Option<T> {
        self.fault(key, problem);
        None
    }

    /// Keys that mean nothing for the kind.
    fn check_keys(&mut self, raw: &RawQuestion) {
        use RawKind::{AnyOf, Number, OneOf, Order, Reveal, TrueFalse, Typed};
        let keys: [(&str, bool, &[RawKind]); 12] = [
            ("choices", raw.choices.is_some(), &[OneOf, AnyOf]),
            ("key", raw.key.is_some(), &[OneOf, TrueFalse]),
            ("keys", raw.keys.is_some(), &[AnyOf]),
            ("size_stated", raw.size_stated.is_some(), &[AnyOf]),
            ("shuffle", raw.shuffle.is_some(), &[OneOf, AnyOf]),
            ("typed", raw.typed.is_some(), &[OneOf]),
            ("accepted", raw.accepted.is_some(), &[Typed]),
            ("value", raw.value.is_some(), &[Number]),
            ("unit", raw.unit.is_some(), &[Number]),
            ("tolerance", raw.tolerance.is_some(), &[Number]),
            ("items", raw.items.is_some(), &[Order]),
            ("answer", raw.answer.is_some(), &[Reveal]),
        ];
        for (key, present, kinds) in keys {
            if present && !kinds.contains(&raw.kind) {
                self.fault(key, format!("\"{key}\" means nothing in a question of this kind"));
            }
        }
    }

    /// Texts of which there must be some, all different.
    fn texts(&mut self, key: &str, texts: Option<&Vec<String>>, least: usize) -> Option<Vec<String>> {
        let texts: Vec<String> = match texts {
            Some(texts) => texts.iter().map(|t| gate::line(t).trim().to_owned()).collect(),
            None => return self.refuse(key, &format!("\"{key}\" is missing")),
        };
        if !(least..=MOST_CHOICES).contains(&texts.len()) {
            return self.refuse(
                key,
                &format!("\"{key}\" has {}, and may have {least} to {MOST_CHOICES}", texts.len()),
            );
        }
        for (i, text) in texts.iter().enumerate() {
            if text.is_empty() {
                self.fault(key, format!("one of \"{key}\" is empty"));
            }
            if texts[..i].iter().any(|t| is_same(t, text)) {
                self.fault(key, format!("two of \"{key}\" are the same: \"{text}\""));
            }
        }
        Some(texts)
    }

    fn one_of(&mut self, raw: &RawQuestion) -> Option<Kind> {
        let choices = self.texts("choices", raw.choices.as_ref(), 2)?;
        let key = match &raw.key {
            Some(RawKey::Letter(letter)) => self.place("key", letter, choices.len())?,
            Some(RawKey::Truth(_)) => return self.refuse("key", "the key is the letter of a choice"),
            None => return self.refuse("id", "no choice is right: \"key\" is missing"),
        };
        let typed = match &raw.typed {
            Some(_) => self.texts("typed", raw.typed.as_ref(), 1)?,
            None => Vec::new(),
        };
        Some(Kind::OneOf { choices, key, typed, shuffle: raw.shuffle.unwrap_or(true) })
    }

    fn any_of(&mut self, raw: &RawQuestion) -> Option<Kind> {
        let choices = self.texts("choices", raw.choices.as_ref(), 3)?;
        let Some(letters) = &raw.keys else {
            return self.refuse("id", "no choice is right: \"keys\" is missing");
        };
        let mut keys = Vec::new();
        for letter in letters {
            keys.push(self.place("keys", letter, choices.len())?);
        }
        keys.sort_unstable();
        keys.dedup();
        if keys.len() != letters.len() {
            return self.refuse("keys", "a letter stands twice");
        }
        if keys.is_empty() {
            return self.refuse("keys", "no choice is right");
        }
        if keys.len() == choices.len() {
            return self.refuse("keys", "every choice is right: at least one must be wrong");
        }
        let size_stated = raw.size_stated.unwrap_or(true);
        Some(Kind::AnyOf { choices, keys, size_stated, shuffle: raw.shuffle.unwrap_or(true) })
    }

    /// The place of a letter among `count` choices.
    fn place(&mut self, key: &str, letter: &str, count: usize) -> Option<usize> {
        let place = match letter.as_bytes() {
            [byte @ b'A'..=b'Z'] => Some(usize::from(byte - b'A')),
            _ => None,
        };
        place.filter(|place| *place < count).or_else(|| {
            let last = (b'A' + (count - 1) as u8) as char;
            self.refuse(key, &format!("key \"{letter}\" names no choice (A to {last})"))
        })
    }

    fn reveal(&mut self, raw: &RawQuestion) -> Option<Kind> {
        let Some(answer) = &raw.answer else { return self.refuse("id", "\"answer\" is missing") };
        let answer = gate::paragraph(answer).trim().to_owned();
        match answer.is_empty() {
            true => self.refuse("answer", "the answer is empty"),
            false => Some(Kind::Reveal { answer }),
        }
    }

    fn number(&mut self, raw: &RawQuestion) -> Option<Kind> {
        let Some(value) = raw.value else { return self.refuse("id", "\"value\" is missing") };
        let tolerance = raw.tolerance.unwrap_or(0.0);
        if tolerance < 0.0 {
            return self.refuse("tolerance", "the tolerance is below 0");
        }
        let unit = raw.unit.as_ref().map(|u| gate::line(u).into_owned()).unwrap_or_default();
        Some(Kind::Number { value, unit, tolerance })
    }
}
