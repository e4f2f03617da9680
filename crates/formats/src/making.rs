//! From what was read elsewhere to a pack of our own: the gate, ids and topics.
//!
//! The one place where foreign text becomes a question that can be asked. Whatever our own reader would
//! refuse is refused here, with its reason: what is written can always be read.

mod ids;
mod settled;
mod topics;

use std::collections::HashMap;

use super::sound::{self, short};
use super::{Content, Contents, Found};
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::question::{Kind, Pack, Question, QuestionId, Teaches};
use badgedex_domain::sanitize;
use ids::Mark;
pub use settled::{Files, Unwritable, settle};
use topics::Topics;

/// More questions are not taken into one pack.
const MOST_QUESTIONS: usize = sound::MOST_QUESTIONS;

/// What the new pack is called, and what it is for.
#[derive(Debug, Clone)]
pub struct Head {
    pub id: String,
    pub title: String,
    /// The names of the files, for the description.
    pub files: Vec<String>,
    pub credential: Option<CredentialId>,
}

/// Something about a place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The place of the file among those that were read.
    pub file: usize,
    /// From 1; none where the whole file is meant.
    pub line: Option<usize>,
    /// How the question begins, harmless and on one line.
    pub what: String,
    /// The part of a sentence.
    pub why: String,
}

/// Questions on their way to a pack.
#[derive(Debug, Clone)]
pub struct Made {
    pub pack: Pack,
    /// Where each of its questions came from.
    pub origins: Vec<Origin>,
    /// Which question an id of a file's own names, by the place of the file.
    pub own_ids: OwnIds,
    pub refused: Vec<Remark>,
    pub warnings: Vec<Remark>,
}

/// From ids of the files' own to those of the questions.
pub type OwnIds = HashMap<(usize, String), QuestionId>;

/// Where a question came from: the place of its file, and its line there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    pub file: usize,
    pub line: usize,
}

/// How often the share that is done is told.
const TOLD_EACH: usize = 1_000;

/// Makes a pack of what stands in files, and tells now and then what share of it is done.
pub fn make(head: &Head, contents: Vec<Contents>, done: &mut dyn FnMut(f64)) -> Made {
    let all: usize = contents.iter().map(|contents| contents.found.len()).sum();
    let mut taken = 0;
    let mut making = Making {
        made: Made {
            pack: empty(head),
            origins: Vec::new(),
            own_ids: OwnIds::new(),
            refused: Vec::new(),
            warnings: Vec::new(),
        },
        topics: Topics::new(&head.title),
        taken: HashMap::new(),
    };
    for (file, contents) in contents.into_iter().enumerate() {
        for refused in contents.refused {
            let remark = remark(file, refused.line, &refused.what, &refused.why);
            making.made.refused.push(remark);
        }
        for found in contents.found {
            making.take(file, found);
            taken += 1;
            if taken % TOLD_EACH == 0 {
                done(taken as f64 / all as f64);
            }
        }
    }
    making.made.pack.topics = making.topics.named();
    let key = |remark: &Remark| (remark.file, remark.line);
    making.made.refused.sort_by_key(key);
    making.made
}

fn empty(head: &Head) -> Pack {
    Pack {
        id: head.id.clone(),
        title: sanitize::line(&head.title).into_owned(),
        description: described(&head.files),
        licence: None,
        source: Some(badgedex_packs::imported::SOURCE.to_owned()),
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

fn remark(file: usize, line: usize, what: &str, why: &str) -> Remark {
    Remark { file, line: Some(line), what: short(what), why: sanitize::line(why).into_owned() }
}

struct Making {
    made: Made,
    topics: Topics,
    /// Ids, and what their questions are and where they stand.
    taken: HashMap<QuestionId, (Mark, Origin)>,
}

impl Making {
    fn take(&mut self, file: usize, found: Found) {
        let origin = Origin { file, line: found.line };
        let stem = short(&found.stem);
        let said: Vec<Remark> =
            found.warnings.iter().map(|warning| remark(file, found.line, &stem, warning)).collect();
        let own_id = found.own_id.clone();
        match self.question(origin, found) {
            Err(why) => self.made.refused.push(remark(file, origin.line, &stem, &why)),
            Ok(question) => {
                self.made.warnings.extend(said);
                let own_id = own_id.map(|own_id| ((file, own_id), question.id.clone()));
                self.made.own_ids.extend(own_id);
                self.made.pack.questions.push(question);
                self.made.origins.push(origin);
            }
        }
    }

    fn question(&mut self, origin: Origin, found: Found) -> Result<Question, String> {
        if self.made.origins.len() >= MOST_QUESTIONS {
            return Err("a pack has 1,000,000 questions at most".to_owned());
        }
        let kind = kind(found.content);
        let stem = text(&found.stem);
        let mark = Mark::of(&stem, &kind);
        let id = self.id(found.own_id.as_deref(), mark, origin)?;
        let filled = |said: Option<String>| said.map(|said| text(&said)).filter(|said| !said.is_empty());
        Ok(Question {
            id,
            topic: self.topics.of(&found.topic, &found.tags),
            credentials: self.made.pack.credentials.clone(),
            facts: Vec::new(),
            stem,
            kind,
            hint: filled(found.hint),
            rationale: filled(found.rationale),
            source: filled(found.source),
            checked: found.checked,
            was: Vec::new(),
            replaces: Vec::new(),
            changed: None,
        })
    }

    /// The id of a question that is not there yet. An id of the file's own that another question has
    /// names nothing: then what is asked does.
    fn id(&mut self, own: Option<&str>, mark: Mark, origin: Origin) -> Result<QuestionId, String> {
        let pack = &self.made.pack.id;
        let named = own.and_then(|own| ids::by_name(pack, own));
        let numbered = own.map(|own| ids::by_own(pack, own));
        let candidates = named.into_iter().chain(numbered).chain([ids::by_mark(pack, mark)]);
        let mut place = None;
        for id in candidates {
            match self.taken.get(&id) {
                None => {
                    self.taken.insert(id.clone(), (mark, origin));
                    return Ok(id);
                }
                Some((other, at)) => {
                    place = Some(*at);
                    if *other == mark {
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
        Some(at) if at.file == origin.file => format!("it stands already at line {}", at.line),
        Some(at) => format!("it stands already at line {} of another file", at.line),
        None => "it stands already".to_owned(),
    }
}

/// A text of several lines behind the gate, without blanks around it.
fn text(foreign: &str) -> String {
    sanitize::paragraph(foreign).trim().to_owned()
}

/// A text of one line behind the gate.
fn line(foreign: &str) -> String {
    sanitize::line(foreign).trim().to_owned()
}

fn kind(content: Content) -> Kind {
    match content {
        Content::OneOf { choices, key } => {
            Kind::OneOf { choices: lines(choices), key, typed: Vec::new(), shuffle: true }
        }
        Content::AnyOf { choices, keys } => {
            Kind::AnyOf { choices: lines(choices), keys, size_stated: true, shuffle: true }
        }
        Content::TrueFalse { key } => Kind::TrueFalse { key },
        Content::Typed { accepted } => Kind::Typed { accepted: different(accepted) },
        Content::Number { value, tolerance, unit } => Kind::Number { value, unit: line(&unit), tolerance },
        Content::Order { items } => Kind::Order { items: lines(items) },
        Content::Reveal { answer } => Kind::Reveal { answer: text(&answer) },
        Content::Own(kind) => kind,
    }
}

/// Texts of one line behind the gate. Where it would make two of them the same, what nobody sees in them
/// is shown, so that they can be told apart.
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
        if kept.len() <= badgedex_packs::limits::MAX_CHOICES
            && !one.is_empty()
            && !kept.iter().any(|other| is_same(other, &one))
        {
            kept.push(one);
        }
    }
    kept
}

#[cfg(test)]
mod tests;
