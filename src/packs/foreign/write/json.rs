//! A pack in our own format as one document: what `pack.json` holds, and its questions.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{LeftOut, Written};
use crate::domain::question::{Kind, Pack, Question, Teaches};
use crate::packs::foreign::draft::letter;

/// The version of the pack format that is written.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    id: &'a str,
    title: &'a str,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    teaches: &'a str,
    credentials: Vec<&'a str>,
    topics: Vec<Value>,
    facts: Vec<Value>,
    questions: Vec<Value>,
}

/// Writes the whole pack; a question whose choices are drawn has no form in a file.
pub fn write(pack: &Pack) -> Written {
    let mut left_out = Vec::new();
    let mut questions = Vec::new();
    for question in &pack.questions {
        match entry(pack, question) {
            Some(entry) => questions.push(Value::Object(entry)),
            None => left_out.push(LeftOut::of(question, "its choices are drawn afresh each time")),
        }
    }
    let topic = |t: &crate::domain::question::Topic| match t.weight {
        Some(weight) => json!({ "id": t.id, "name": t.name, "weight": weight }),
        None => json!({ "id": t.id, "name": t.name }),
    };
    let document = Document {
        format: FORMAT,
        id: &pack.id,
        title: &pack.title,
        description: &pack.description,
        licence: pack.licence.as_deref(),
        source: pack.source.as_deref(),
        teaches: match pack.teaches {
            Teaches::About => "about",
            Teaches::Content => "content",
        },
        credentials: pack.credentials.iter().map(|c| c.as_str()).collect(),
        topics: pack.topics.iter().map(topic).collect(),
        facts: pack.facts.iter().map(|f| json!({ "id": f.id, "topic": f.topic, "text": f.text })).collect(),
        questions,
    };
    let text = serde_json::to_string_pretty(&document).expect("texts and numbers have a form in JSON");
    Written { text: text + "\n", left_out }
}

/// A question in the form of the files with questions.
fn entry(pack: &Pack, question: &Question) -> Option<Map<String, Value>> {
    let mut entry = Map::new();
    let mut put = |key: &str, value: Value| entry.insert(key.to_owned(), value);
    put("id", json!(question.id));
    put("topic", json!(question.topic));
    if question.credentials != pack.credentials {
        put("credentials", json!(question.credentials));
    }
    put("kind", json!(super::kind_name(&question.kind)));
    put("stem", json!(question.stem));
    let texts = [("hint", &question.hint), ("rationale", &question.rationale), ("source", &question.source)];
    for (key, text) in texts {
        if let Some(text) = text {
            put(key, json!(text));
        }
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
        let since = changed.since.map(|since| since.to_string());
        put("changed", json!({ "was": changed.was, "since": since }));
    }
    entry.extend(key(&question.kind)?);
    Some(entry)
}

/// The keys that belong to a kind.
fn key(kind: &Kind) -> Option<Map<String, Value>> {
    let value = match kind {
        Kind::OneOf { choices, key, typed, shuffle } if typed.is_empty() => {
            json!({ "choices": choices, "key": letter(*key).to_string(), "shuffle": shuffle })
        }
        Kind::OneOf { choices, key, typed, shuffle } => {
            json!({ "choices": choices, "key": letter(*key).to_string(), "shuffle": shuffle, "typed": typed })
        }
        Kind::AnyOf { choices, keys, size_stated, shuffle } => {
            let keys: Vec<String> = keys.iter().map(|place| letter(*place).to_string()).collect();
            json!({ "choices": choices, "keys": keys, "size_stated": size_stated, "shuffle": shuffle })
        }
        Kind::TrueFalse { key } => json!({ "key": key }),
        Kind::Typed { accepted } => json!({ "accepted": accepted }),
        Kind::Number { value, unit, tolerance } => {
            json!({ "value": value, "unit": unit, "tolerance": tolerance })
        }
        Kind::Order { items } => json!({ "items": items }),
        Kind::Reveal { answer } => json!({ "answer": answer }),
        Kind::Drawn { .. } => return None,
    };
    match value {
        Value::Object(map) => Some(map),
        _ => None,
    }
}
