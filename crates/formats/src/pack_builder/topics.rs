//! Decks, categories and tags as the topics of a pack.

use std::collections::HashMap;

use badgedex_domain::question::Topic;
use badgedex_domain::sanitize;
use badgedex_packs::slug::{digest, nonempty_slug};

/// Questions with further labels are in the pack's own topic: more labels are not an order any more.
const MAX_TOPICS: usize = 500;

/// The topics of a pack while its questions are added.
pub struct TopicList {
    /// The name of the topic of questions that have no label.
    own: String,
    /// By name, without case.
    ids: HashMap<String, String>,
    topics: Vec<Topic>,
}

impl TopicList {
    pub fn new(title: &str) -> TopicList {
        TopicList { own: title.to_owned(), ids: HashMap::new(), topics: Vec::new() }
    }

    /// The id of the topic for a question's labels, from the outermost; tags count if it has none.
    pub fn of(&mut self, labels: &[String], tags: &[String]) -> String {
        let label = |labels: &[String]| labels.iter().rev().map(|l| shown(l)).find(|l| !l.is_empty());
        let first_tag = || tags.iter().map(|tag| shown(tag)).find(|tag| !tag.is_empty());
        let name = label(labels).or_else(first_tag).unwrap_or_else(|| shown(&self.own));
        let key = name.to_lowercase();
        match self.ids.get(&key) {
            Some(id) => id.clone(),
            None if self.topics.len() + 1 >= MAX_TOPICS && name != shown(&self.own) => self.of(&[], &[]),
            None => self.add(key, name),
        }
    }

    fn add(&mut self, key: String, name: String) -> String {
        let plain = nonempty_slug(&name);
        // "C" and "C++" are different things with one slug.
        let id = match self.topics.iter().any(|topic| topic.id == plain) {
            true => format!("{plain}-{}", digest(&key, 6)),
            false => plain,
        };
        self.topics.push(Topic { id: id.clone(), name, weight: None });
        self.ids.insert(key, id.clone());
        id
    }

    /// All topics, in the order in which they were met.
    pub fn named(self) -> Vec<Topic> {
        self.topics
    }
}

fn shown(label: &str) -> String {
    sanitize::line(label).split_whitespace().collect::<Vec<_>>().join(" ")
}
