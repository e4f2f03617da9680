//! A new pack: its head, and a question of every kind to be written over.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::layout::{self, IN_ORDER, in_line, object};
use super::raw::FORMAT;
pub use super::slug::slug;
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::question::Teaches;

/// What is asked before a pack is laid out.
#[derive(Debug, Clone)]
pub struct NewPack {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What its questions are about.
    pub teaches: Teaches,
    /// The credential that it is for.
    pub credential: Option<CredentialId>,
    /// Names for people; ids are made of them.
    pub topics: Vec<String>,
    /// Its licence.
    pub licence: String,
}

impl NewPack {
    /// Before anything was said.
    pub fn unsaid() -> NewPack {
        NewPack {
            id: String::new(),
            title: String::new(),
            teaches: Teaches::Content,
            credential: None,
            topics: Vec::new(),
            licence: String::new(),
        }
    }
}

/// Topics that a new pack may begin with.
const MAX_TOPICS: usize = 100;

/// Why a line does not name the topics of a new pack.
#[derive(Debug, thiserror::Error)]
pub enum TopicsError {
    /// Too few or too many.
    #[error("a pack has 1 to {MAX_TOPICS} topics to begin with: write them with commas between")]
    Number,
    /// Two names that would get the same id.
    #[error("two topics would have the id \"{0}\": rename one")]
    SameId(String),
}

/// The topics of a line with commas.
///
/// # Errors
///
/// [`TopicsError`] if there are no topics, or more than 100, or two of them would get the same id.
pub fn topics_of(line: &str) -> Result<Vec<String>, TopicsError> {
    let topics: Vec<String> =
        line.split(',').map(str::trim).filter(|topic| !topic.is_empty()).map(str::to_owned).collect();
    if topics.is_empty() || topics.len() > MAX_TOPICS {
        return Err(TopicsError::Number);
    }
    let ids = topic_ids(&topics);
    match (1..ids.len()).find(|place| ids[..*place].contains(&ids[*place])) {
        Some(place) => Err(TopicsError::SameId(ids[place].clone())),
        None => Ok(topics),
    }
}

/// Topics without a letter for an id are numbered.
fn topic_ids(topics: &[String]) -> Vec<String> {
    let id = |(place, name): (usize, &String)| match slug(name) {
        id if id.is_empty() => format!("topic-{}", place + 1),
        id => id,
    };
    topics.iter().enumerate().map(id).collect()
}

impl NewPack {
    /// The files of the pack by their names, which may begin with a folder. The head comes last: a
    /// folder without it is not a pack.
    pub fn files(&self, today: NaiveDate) -> Vec<(String, String)> {
        let questions = ("questions.json".to_owned(), self.questions(today));
        let head = ("pack.json".to_owned(), self.head());
        let schemas = layout::schemas().map(|file| (file.name, file.text));
        schemas.chain([questions, head]).collect()
    }

    fn head(&self) -> String {
        let ids = topic_ids(&self.topics);
        let topic = |(id, name)| format!("    {{ \"id\": {}, \"name\": {} }}", json!(id), json!(name));
        let topics: Vec<String> = ids.iter().zip(&self.topics).map(topic).collect();
        let teaches = match self.teaches {
            Teaches::About => "about",
            Teaches::Content => "content",
        };
        let credentials: Vec<&str> = self.credential.iter().map(CredentialId::as_str).collect();
        let pairs = [
            ("$schema", layout::schema_of("pack").to_string()),
            ("format", FORMAT.to_string()),
            ("id", json!(self.id).to_string()),
            ("title", json!(self.title).to_string()),
            ("description", json!("").to_string()),
            ("licence", json!(self.licence).to_string()),
            ("teaches", json!(teaches).to_string()),
            ("credentials", json!(credentials).to_string()),
            ("topics", format!("[\n{}\n  ]", topics.join(",\n"))),
            ("facts", "[]".to_owned()),
        ];
        object("", &pairs) + "\n"
    }

    /// The examples, dealt out to the topics one after the other.
    fn questions(&self, today: NaiveDate) -> String {
        let topics = topic_ids(&self.topics);
        let dealt = examples().into_iter().zip(topics.iter().cycle());
        let questions: Vec<String> = dealt
            .map(|((name, example), topic)| format!("    {}", self.question(name, &example, topic, today)))
            .collect();
        let pairs = [
            ("$schema", layout::schema_of("questions").to_string()),
            ("format", FORMAT.to_string()),
            ("pack", json!(self.id).to_string()),
            ("questions", format!("[\n{}\n  ]", questions.join(",\n"))),
        ];
        object("", &pairs) + "\n"
    }

    fn question(&self, name: &str, example: &Value, topic: &str, today: NaiveDate) -> String {
        let whole = json!({
            "id": format!("{}/{name}", self.id),
            "topic": topic,
            "source": "questions/README.md of badgedex",
            "checked": today.to_string(),
        });
        let value = |key: &str| whole.get(key).or_else(|| example.get(key));
        let pairs: Vec<(&str, String)> =
            IN_ORDER.iter().filter_map(|key| Some((*key, in_line(value(key)?)))).collect();
        object("    ", &pairs)
    }
}

/// A question of every kind, about this format.
fn examples() -> [(&'static str, Value); 7] {
    [
        (
            "example-one-of",
            json!({
                "kind": "one-of", "stem": "Which file makes a folder a pack?",
                "choices": ["questions.json", "pack.json", "schema.json", "README.md"], "key": "B",
                "hint": "It holds the title and the topics.",
                "rationale": "pack.json is the head of a pack; files with questions may have any other name.",
            }),
        ),
        (
            "example-any-of",
            json!({
                "kind": "any-of", "stem": "Which two of these stay the same when a typo is fixed?",
                "choices": ["The stem of the question", "The id of the question", "What was learned", "The day it was checked"],
                "keys": ["B", "C"],
                "rationale": "What was learned is kept under the id, so neither changes with the wording.",
            }),
        ),
        (
            "example-true-false",
            json!({
                "kind": "true-false", "stem": "A pack may be for no credential at all.", "key": true,
                "rationale": "The list \"credentials\" may be empty.",
            }),
        ),
        (
            "example-typed",
            json!({
                "kind": "typed", "stem": "Which key holds the reason why an answer is right?",
                "accepted": ["rationale"],
                "rationale": "\"rationale\" is shown after every answer, right or wrong.",
            }),
        ),
        (
            "example-number",
            json!({
                "kind": "number", "stem": "At most how many choices can a question have?",
                "value": 26, "unit": "choices", "tolerance": 0,
                "rationale": "Every choice has a letter, from A to Z.",
            }),
        ),
        (
            "example-order",
            json!({
                "kind": "order", "stem": "Put the making of a question in order.",
                "items": ["Read the source", "Write the stem", "Check the pack", "Study it"],
                "rationale": "The source comes first, and only a pack without faults can be studied.",
            }),
        ),
        (
            "example-reveal",
            json!({
                "kind": "reveal", "stem": "When is a self-checked question better than one with choices?",
                "answer": "When the answer is a thought in several parts,\nand choices would give it away.",
                "rationale": "The learner thinks, sees the answer, and says how well it was known.",
            }),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_stand_between_commas_and_differ() {
        assert_eq!(topics_of(" Storage ,, Networks,").unwrap(), ["Storage", "Networks"]);
        assert_eq!(topics_of("日本,中国").unwrap().len(), 2);
        for line in ["", " , ", "Storage, storage!"] {
            assert!(topics_of(line).is_err(), "{line}");
        }
    }
}
