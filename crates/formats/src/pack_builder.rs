//! From questions that were read to a pack of our own: the gate, ids and topics.
//!
//! This is the one place where foreign text becomes a question that can be asked. Whatever our own reader would
//! refuse is refused here, with its reason: what is written can always be read.

mod ids;
mod topics;

use std::collections::HashMap;

use badgedex_domain::catalog::CredentialId;
use badgedex_domain::question::{Kind, Pack, Question, QuestionId, Teaches};
use badgedex_domain::sanitize;

use crate::excerpt::excerpt;
use crate::limits::{MAX_CHOICES, MAX_QUESTIONS};
use crate::parsed::{ImportedQuestion, ParsedFile};
use crate::report::ImportRemark;
use ids::Fingerprint;
use topics::TopicList;

/// What the new pack is called, and what it is for.
#[derive(Debug, Clone)]
pub struct PackHead {
    /// The id, which begins the ids of all its questions.
    pub id: String,
    /// The title, as a person wrote it.
    pub title: String,
    /// The names of the files, for the description.
    pub files: Vec<String>,
    /// The credential that it prepares for.
    pub credential: Option<CredentialId>,
}

/// A pack that our own reader has not read yet.
#[derive(Debug, Clone)]
pub struct BuiltPack {
    /// The pack.
    pub pack: Pack,
    /// Where each of its questions came from.
    pub origins: Vec<Origin>,
    /// Which question an id of a file names, by the index of the file.
    pub own_ids: OwnIds,
    /// What is not in the pack.
    pub refused: Vec<ImportRemark>,
    /// What a person should know of its questions.
    pub warnings: Vec<ImportRemark>,
}

/// From the index of a file and an id in it to the id of the question.
pub type OwnIds = HashMap<(usize, String), QuestionId>;

/// Where a question came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The index of its file.
    pub file: usize,
    /// Its line there, from 1.
    pub line: usize,
}

/// Questions between two calls of `progress`.
const PROGRESS_INTERVAL: usize = 1_000;

/// Builds a pack of the files' questions. `progress` is told now and then what share is done, from 0 to 1.
pub fn build(head: &PackHead, contents: Vec<ParsedFile>, progress: &mut dyn FnMut(f64)) -> BuiltPack {
    let all: usize = contents.iter().map(|contents| contents.questions.len()).sum();
    let mut taken = 0;
    let mut builder = PackBuilder {
        built: BuiltPack {
            pack: empty(head),
            origins: Vec::new(),
            own_ids: OwnIds::new(),
            refused: Vec::new(),
            warnings: Vec::new(),
        },
        topics: TopicList::new(&head.title),
        taken: HashMap::new(),
    };
    for (file, contents) in contents.into_iter().enumerate() {
        for refusal in contents.refusals {
            let remark = remark(file, refusal.line, &refusal.excerpt, &refusal.reason.to_string());
            builder.built.refused.push(remark);
        }
        for found in contents.questions {
            builder.take(file, found);
            taken += 1;
            if taken % PROGRESS_INTERVAL == 0 {
                progress(taken as f64 / all as f64);
            }
        }
    }
    builder.built.pack.topics = builder.topics.named();
    let key = |remark: &ImportRemark| (remark.file, remark.line);
    builder.built.refused.sort_by_key(key);
    builder.built
}

fn empty(head: &PackHead) -> Pack {
    Pack {
        id: head.id.clone(),
        title: sanitize::line(&head.title).into_owned(),
        description: described(&head.files),
        licence: None,
        source: Some(badgedex_packs::import_marks::SOURCE.to_owned()),
        teaches: Teaches::Content,
        credentials: head.credential.iter().cloned().collect(),
        topics: Vec::new(),
        facts: Vec::new(),
        questions: Vec::new(),
    }
}

fn described(files: &[String]) -> String {
    let name = |file: &String| sanitize::line(file).into_owned();
    match files {
        [] => String::new(),
        [one] => format!("Imported from {}.", name(one)),
        [first, rest @ ..] => match rest.len() {
            1 => format!("Imported from {} and {}.", name(first), name(&rest[0])),
            others => format!("Imported from {} and {others} other files.", name(first)),
        },
    }
}

fn remark(file: usize, line: usize, what: &str, why: &str) -> ImportRemark {
    ImportRemark { file, line: Some(line), what: excerpt(what), why: sanitize::line(why).into_owned() }
}

struct PackBuilder {
    built: BuiltPack,
    topics: TopicList,
    /// Ids, with what their questions ask and where these came from.
    taken: HashMap<QuestionId, (Fingerprint, Origin)>,
}

impl PackBuilder {
    fn take(&mut self, file: usize, found: ImportedQuestion) {
        let origin = Origin { file, line: found.line };
        let stem = excerpt(&found.stem);
        let said: Vec<ImportRemark> =
            found.warnings.iter().map(|warning| remark(file, found.line, &stem, warning)).collect();
        let own_id = found.own_id.clone();
        match self.question(origin, found) {
            Err(why) => self.built.refused.push(remark(file, origin.line, &stem, &why)),
            Ok(question) => {
                self.built.warnings.extend(said);
                let own_id = own_id.map(|own_id| ((file, own_id), question.id.clone()));
                self.built.own_ids.extend(own_id);
                self.built.pack.questions.push(question);
                self.built.origins.push(origin);
            }
        }
    }

    fn question(&mut self, origin: Origin, found: ImportedQuestion) -> Result<Question, String> {
        if self.built.origins.len() >= MAX_QUESTIONS {
            return Err("a pack has at most 1,000,000 questions".into());
        }
        let kind = cleaned(found.kind);
        let stem = text(&found.stem);
        let fingerprint = Fingerprint::of(&stem, &kind);
        let id = self.id(found.own_id.as_deref(), fingerprint, origin)?;
        let filled = |said: Option<String>| said.map(|said| text(&said)).filter(|said| !said.is_empty());
        Ok(Question {
            id,
            topic: self.topics.of(&found.topic, &found.tags),
            credentials: self.built.pack.credentials.clone(),
            facts: Vec::new(),
            stem,
            kind,
            hint: filled(found.hint),
            rationale: filled(found.rationale),
            reasons: found.reasons.iter().map(|reason| line(reason)).collect(),
            exam_form: found.exam_form,
            level: found.level,
            source: filled(found.source),
            checked: found.checked,
            was: Vec::new(),
            replaces: Vec::new(),
            changed: None,
        })
    }

    /// The id of a new question. An id of the file that another question has already
    /// is not used: then the id is made of what is asked.
    fn id(
        &mut self,
        own: Option<&str>,
        fingerprint: Fingerprint,
        origin: Origin,
    ) -> Result<QuestionId, String> {
        let pack = &self.built.pack.id;
        let named = own.and_then(|own| ids::by_name(pack, own));
        let numbered = own.map(|own| ids::by_own(pack, own));
        let candidates = named.into_iter().chain(numbered).chain([ids::by_fingerprint(pack, fingerprint)]);
        let mut place = None;
        for id in candidates {
            match self.taken.get(&id) {
                None => {
                    self.taken.insert(id.clone(), (fingerprint, origin));
                    return Ok(id);
                }
                Some((other, at)) => {
                    place = Some(*at);
                    if *other == fingerprint {
                        break;
                    }
                }
            }
        }
        Err(already(place, origin))
    }
}

fn already(place: Option<Origin>, origin: Origin) -> String {
    match place {
        Some(at) if at.file == origin.file => format!("repeats the question on line {}", at.line),
        Some(at) => format!("repeats the question on line {} of another file", at.line),
        None => "repeats another question".to_owned(),
    }
}

/// A text of several lines that passed the gate, without blanks around it.
fn text(foreign: &str) -> String {
    sanitize::paragraph(foreign).trim().to_owned()
}

/// A text of one line that passed the gate.
fn line(foreign: &str) -> String {
    sanitize::line(foreign).trim().to_owned()
}

/// A kind whose texts passed the gate.
fn cleaned(kind: Kind) -> Kind {
    match kind {
        Kind::OneOf { choices, key, typed, shuffle } => {
            let typed = typed.iter().map(|one| line(one)).filter(|one| !one.is_empty()).collect();
            Kind::OneOf { choices: lines(choices), key, typed, shuffle }
        }
        Kind::AnyOf { choices, keys, size_stated, shuffle } => {
            Kind::AnyOf { choices: lines(choices), keys, size_stated, shuffle }
        }
        Kind::TrueFalse { key } => Kind::TrueFalse { key },
        Kind::Typed { accepted } => Kind::Typed { accepted: different(accepted) },
        Kind::Number { value, unit, tolerance } => Kind::Number { value, unit: line(&unit), tolerance },
        Kind::Order { items } => Kind::Order { items: lines(items) },
        Kind::Reveal { answer } => Kind::Reveal { answer: text(&answer) },
        // No file can hold a question whose choices are drawn.
        kind @ Kind::Drawn { .. } => kind,
    }
}

/// Texts of one line that passed the gate. If it would make two of them the same, their invisible characters are
/// shown, so that they can be told apart.
fn lines(foreign: Vec<String>) -> Vec<String> {
    let clean: Vec<String> = foreign.iter().map(|one| line(one)).collect();
    let is_double = |i: usize| clean.iter().enumerate().any(|(j, other)| i != j && is_same(other, &clean[i]));
    let shown = |(i, one): (usize, &String)| match is_double(i) {
        true => line(&revealed(one)),
        false => clean[i].clone(),
    };
    foreign.iter().enumerate().map(shown).collect()
}

fn is_same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// Characters that the gate drops, by their numbers.
fn revealed(foreign: &str) -> String {
    let shown = |c: char| match sanitize::line(c.encode_utf8(&mut [0; 4])).is_empty() {
        true => format!("<U+{:04X}>", c as u32),
        false => c.to_string(),
    };
    foreign.chars().map(shown).collect()
}

/// Accepted answers, each once.
fn different(foreign: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for one in foreign.iter().map(|one| line(one)) {
        if kept.len() <= MAX_CHOICES && !one.is_empty() && !kept.iter().any(|other| is_same(other, &one)) {
            kept.push(one);
        }
    }
    kept
}

#[cfg(test)]
mod tests;
