//! A pack in our own format: as the files of a folder, or as one document with its head and its questions.

use serde_json::{Map, Value, json};

use super::folder::File;
use super::layout::{self, IN_ORDER, in_line, list, object};
use super::raw::FORMAT;
use badgedex_domain::question::{Kind, Pack, Question, Teaches, Topic};

/// A file of questions ends after this many bytes; our reader takes 64 MiB.
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// The whole pack as one document, without the questions that have no form in a file ([`question`]).
pub fn document(pack: &Pack) -> String {
    let questions: Vec<String> = pack.questions.iter().filter_map(|q| question(pack, q)).collect();
    let mut pairs = head_pairs(pack);
    pairs.push(("questions", list("  ", &questions)));
    object("", &pairs) + "\n"
}

/// What `pack.json` holds of a pack.
pub fn head(pack: &Pack) -> String {
    let schema = ("$schema", layout::schema_of("pack").to_string());
    let pairs: Vec<(&str, String)> = std::iter::once(schema).chain(head_pairs(pack)).collect();
    object("", &pairs) + "\n"
}

/// The files of a pack, without its schemas: its head, and as many with questions as it needs.
pub fn files(pack: &Pack) -> Vec<File> {
    let mut files = vec![File::of("pack.json", &head(pack))];
    let (mut part, mut length) = (Vec::new(), 0);
    for question in pack.questions.iter().filter_map(|one| question(pack, one)) {
        if length + question.len() > MAX_BYTES {
            files.push(questions(pack, files.len(), &part));
            (part, length) = (Vec::new(), 0);
        }
        length += question.len();
        part.push(question);
    }
    files.push(questions(pack, files.len(), &part));
    files
}

fn questions(pack: &Pack, number: usize, part: &[String]) -> File {
    let name = match number {
        1 => "questions.json".to_owned(),
        number => format!("questions-{number:02}.json"),
    };
    let pairs = [
        ("$schema", layout::schema_of("questions").to_string()),
        ("format", FORMAT.to_string()),
        ("pack", json!(pack.id).to_string()),
        ("questions", list("  ", part)),
    ];
    File::of(&name, &(object("", &pairs) + "\n"))
}

/// A question as it is written in a file with questions; `None` if its choices are drawn afresh each time.
pub fn question(pack: &Pack, question: &Question) -> Option<String> {
    let entry = entry(pack, question)?;
    let pairs: Vec<(&str, String)> =
        IN_ORDER.iter().filter_map(|key| Some((*key, in_line(entry.get(*key)?)))).collect();
    Some(object("    ", &pairs))
}

fn head_pairs(pack: &Pack) -> Vec<(&'static str, String)> {
    let topic = |t: &Topic| {
        let weight = t.weight.map(|weight| format!(", \"weight\": {}", number(weight))).unwrap_or_default();
        format!("{{ \"id\": {}, \"name\": {}{weight} }}", json!(t.id), json!(t.name))
    };
    let topics: Vec<String> = pack.topics.iter().map(topic).collect();
    let facts = pack.facts.iter().map(|f| {
        format!("{{ \"id\": {}, \"topic\": {}, \"text\": {} }}", json!(f.id), json!(f.topic), json!(f.text))
    });
    let facts: Vec<String> = facts.collect();
    let teaches = match pack.teaches {
        Teaches::About => "about",
        Teaches::Content => "content",
    };
    let said = |text: Option<&String>| text.filter(|t| !t.is_empty()).map(|t| json!(t).to_string());
    let pairs = [
        ("format", Some(FORMAT.to_string())),
        ("id", Some(json!(pack.id).to_string())),
        ("title", Some(json!(pack.title).to_string())),
        ("description", said(Some(&pack.description))),
        ("licence", said(pack.licence.as_ref())),
        ("source", said(pack.source.as_ref())),
        ("teaches", Some(json!(teaches).to_string())),
        ("credentials", Some(in_line(&json!(pack.credentials)))),
        ("topics", Some(list("  ", &topics))),
        ("facts", (!facts.is_empty()).then(|| list("  ", &facts))),
    ];
    pairs.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

/// What a question says, by its keys in a file: nothing that goes without saying.
pub fn entry(pack: &Pack, question: &Question) -> Option<Map<String, Value>> {
    let mut entry = key(&question.kind)?;
    let mut put = |key: &str, value: Value| entry.insert(key.to_owned(), value);
    put("id", json!(question.id));
    put("topic", json!(question.topic));
    if question.credentials != pack.credentials {
        put("credentials", json!(question.credentials));
    }
    put("kind", json!(question.form().name()));
    put("stem", json!(question.stem));
    let texts = [("hint", &question.hint), ("rationale", &question.rationale), ("source", &question.source)];
    for (key, text) in texts {
        if let Some(text) = text {
            put(key, json!(text));
        }
    }
    if !question.reasons.is_empty() {
        put("reasons", json!(question.reasons));
    }
    if let Some(level) = question.level {
        put("level", json!(level.number()));
    }
    if let Some(form) = &question.exam_form {
        put("form", json!(form));
    }
    if let Some(checked) = question.checked {
        put("checked", json!(checked.to_string()));
    }
    let lists = [("was", &question.was), ("replaces", &question.replaces)];
    for (key, ids) in lists.into_iter().filter(|(_, ids)| !ids.is_empty()) {
        put(key, json!(ids));
    }
    if !question.facts.is_empty() {
        put("facts", json!(question.facts));
    }
    if let Some(changed) = &question.changed {
        let value = match changed.since {
            Some(since) => json!({ "was": changed.was, "since": since.to_string() }),
            None => json!({ "was": changed.was }),
        };
        put("changed", value);
    }
    Some(entry)
}

/// The keys that belong to a kind.
fn key(kind: &Kind) -> Option<Map<String, Value>> {
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| drop(map.insert(key.to_owned(), value));
    match kind {
        Kind::OneOf { choices, key, typed, shuffle } => {
            put("choices", json!(choices));
            put("key", json!(letter(*key)));
            if !shuffle {
                put("shuffle", json!(shuffle));
            }
            if !typed.is_empty() {
                put("typed", json!(typed));
            }
        }
        Kind::AnyOf { choices, keys, size_stated, shuffle } => {
            put("choices", json!(choices));
            put("keys", json!(keys.iter().map(|place| letter(*place)).collect::<Vec<_>>()));
            for (key, value) in [("size_stated", size_stated), ("shuffle", shuffle)] {
                if !value {
                    put(key, json!(value));
                }
            }
        }
        Kind::TrueFalse { key } => put("key", json!(key)),
        Kind::Typed { accepted } => put("accepted", json!(accepted)),
        Kind::Number { value, unit, tolerance } => {
            put("value", number(*value));
            if !unit.is_empty() {
                put("unit", json!(unit));
            }
            if *tolerance != 0.0 {
                put("tolerance", number(*tolerance));
            }
        }
        Kind::Order { items } => put("items", json!(items)),
        Kind::Reveal { answer } => put("answer", json!(answer)),
        Kind::Drawn { .. } => return None,
    }
    Some(map)
}

/// A whole number as people write it.
fn number(value: f64) -> Value {
    /// Every whole number below is one of these, and no other.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value.fract() == 0.0 && value.abs() < EXACT {
        true => json!(value as i64),
        false => json!(value),
    }
}

/// The letter of a place among choices: A for 0; "?" beyond Z.
pub fn letter(place: usize) -> char {
    u8::try_from(place).ok().filter(|p| *p < 26).map_or('?', |p| (b'A' + p) as char)
}
