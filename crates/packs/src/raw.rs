//! The shapes of files as they are written; only this crate sees them.
//!
//! The descriptions are for the people who write such files: editors show them, by way of the JSON
//! schemas that are made of these types.

use serde::Deserialize;
use serde_json::value::RawValue;

pub mod catalog;
pub mod credential;
pub mod stated;

/// The only format that there is so far.
pub const FORMAT: u32 = 1;

/// The head of a pack: what it is called, what it is for, and its topics.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawPack {
    /// Where the schema of this file is, for editors.
    #[serde(rename = "$schema")]
    pub _schema: Option<String>,
    /// The format of this file: 1.
    pub format: u32,
    /// Names the pack and never changes: a to z, 0 to 9 and hyphens.
    pub id: String,
    /// What people read in lists.
    pub title: String,
    /// A sentence or two on what the questions are about.
    #[serde(default)]
    pub description: String,
    /// Under which terms others may use the pack: "CC-BY-4.0", "all rights reserved".
    pub licence: Option<String>,
    /// Where the content of the pack as a whole comes from.
    pub source: Option<String>,
    /// What the questions are about.
    pub teaches: RawTeaches,
    /// The ids of the credentials that the pack is for, as "badgedex badges" knows them; none at all is fine.
    #[serde(default)]
    pub credentials: Vec<String>,
    /// The named parts of the pack. Every question belongs to one.
    pub topics: Vec<RawTopic>,
    /// Things to know that the pack undertakes to ask. Questions name them in "facts".
    #[serde(default)]
    pub facts: Vec<RawFact>,
}

/// What the questions of a pack are about.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum RawTeaches {
    /// Facts about credentials: fees, expiry, order.
    About,
    /// What exams ask: the subject itself.
    Content,
}

/// A named part of a pack.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawTopic {
    /// How questions name the topic.
    pub id: String,
    /// What people read.
    pub name: String,
    /// Per cent of the exam, where an exam guide gives it. All weights together are 100.
    pub weight: Option<f64>,
}

/// One thing to know.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawFact {
    /// How questions name the fact.
    pub id: String,
    /// The id of the topic that it belongs to.
    pub topic: String,
    /// What there is to know, as a sentence.
    pub text: String,
}

/// A file with questions of a pack. A pack may have any number of them.
// Each question is still text: so every error has its place, and one bad question does not hide the others.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawQuestions<'a> {
    /// Where the schema of this file is, for editors.
    #[serde(rename = "$schema")]
    pub _schema: Option<String>,
    /// The format of this file: 1.
    pub format: u32,
    /// The id of the pack that the file belongs to.
    pub pack: String,
    /// The questions.
    #[serde(borrow)]
    #[cfg_attr(test, schemars(with = "Vec<RawQuestion>"))]
    pub questions: Vec<&'a RawValue>,
}

/// A question. Which keys hold its answer depends on its kind.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawQuestion {
    /// Names the question: the pack's id, a slash, and a name of a to z, 0 to 9 and hyphens. What was learned is kept under it, so it never changes.
    pub id: String,
    /// The id of one of the pack's topics.
    pub topic: String,
    /// The ids of the credentials that the question is about, where they are others than the pack's.
    pub credentials: Option<Vec<String>>,
    /// The ids of the pack's facts that the question asks.
    #[serde(default)]
    pub facts: Vec<String>,
    /// How the question is answered.
    pub kind: RawKind,
    /// What is asked.
    pub stem: String,
    /// The answers to choose from, 2 to 26 of them, all different (one-of, any-of).
    pub choices: Option<Vec<String>>,
    /// The letter of the right choice (one-of); true or false (true-false).
    pub key: Option<RawKey>,
    /// The letters of all right choices, at least one and not all (any-of).
    pub keys: Option<Vec<RawKey>>,
    /// Whether the learner is told how many choices are right; true where it is left out (any-of).
    pub size_stated: Option<bool>,
    /// Whether the choices may come in any order; true where it is left out (one-of, any-of).
    pub shuffle: Option<bool>,
    /// Accepted answers, where the question may be asked without its choices once it is well known (one-of).
    pub typed: Option<Vec<String>>,
    /// All answers that are right, the one to show first (typed). Upper and lower case, and small slips, do not matter.
    pub accepted: Option<Vec<String>>,
    /// The right number (number).
    pub value: Option<f64>,
    /// What is counted, in the plural: "years" (number).
    pub unit: Option<String>,
    /// How far off an answer may be; 0 where it is left out (number).
    pub tolerance: Option<f64>,
    /// The items in their right order, 2 to 26 of them (order).
    pub items: Option<Vec<String>>,
    /// What the learner compares their own answer with; it may have several lines (reveal).
    pub answer: Option<String>,
    /// As many as choices, in their order: why each is right or wrong here, and what it would be right for (one-of, any-of).
    pub reasons: Option<Vec<String>>,
    /// A push in the right direction, shown when the learner asks for it.
    pub hint: Option<String>,
    /// What is to be remembered, and why the answer is right; shown after every answer.
    pub rationale: Option<String>,
    /// The mock exam form that the question is held back for: "a", "b". Nobody sees it before that exam asks it.
    pub form: Option<String>,
    /// How difficult it is: 1 a fact, 2 a fact in a situation, 3 requirements to weigh against each other.
    pub level: Option<u8>,
    /// Where that can be looked up: a page, a chapter, an address.
    pub source: Option<String>,
    /// The day on which somebody last compared the question with its source: YYYY-MM-DD.
    pub checked: Option<String>,
    /// Earlier ids of the same question: what was learned under them is kept.
    #[serde(default)]
    pub was: Vec<String>,
    /// The ids of questions whose answers are no longer true, since the world has changed; this one is asked in their stead and starts unknown.
    #[serde(default)]
    pub replaces: Vec<String>,
    /// What the replaced questions taught.
    pub changed: Option<RawChanged>,
}

/// What was true before, where a question replaces another.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawChanged {
    /// The answer of before, as a part of a sentence.
    pub was: String,
    /// Since when it is no longer true: YYYY, YYYY-MM or YYYY-MM-DD.
    pub since: Option<String>,
}

/// The id alone, of a question whose other keys may be wrong.
#[derive(Debug, Deserialize)]
pub struct RawId {
    pub id: String,
}

/// The topics and facts of a head as they are written, for their places.
#[derive(Debug, Default, Deserialize)]
pub struct RawParts<'a> {
    #[serde(borrow, default)]
    pub topics: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    pub facts: Vec<&'a RawValue>,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RawKind {
    /// By picking one choice.
    OneOf,
    /// By picking several choices.
    AnyOf,
    /// By saying whether the stem is true.
    TrueFalse,
    /// By typing a word or two.
    Typed,
    /// By typing a number.
    Number,
    /// By putting items in order.
    Order,
    /// By thinking, seeing the answer, and saying how well it was known.
    Reveal,
}

/// What the key of an answer means for a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    Needed,
    Allowed,
}

impl RawKind {
    /// The keys that hold the answer of this kind; all others of its sort mean nothing in it.
    pub fn answer_keys(self) -> &'static [(&'static str, Use)] {
        use Use::{Allowed, Needed};
        match self {
            RawKind::OneOf => &[
                ("choices", Needed),
                ("key", Needed),
                ("shuffle", Allowed),
                ("typed", Allowed),
                ("reasons", Allowed),
            ],
            RawKind::AnyOf => &[
                ("choices", Needed),
                ("keys", Needed),
                ("size_stated", Allowed),
                ("shuffle", Allowed),
                ("reasons", Allowed),
            ],
            RawKind::TrueFalse => &[("key", Needed)],
            RawKind::Typed => &[("accepted", Needed)],
            RawKind::Number => &[("value", Needed), ("unit", Allowed), ("tolerance", Allowed)],
            RawKind::Order => &[("items", Needed)],
            RawKind::Reveal => &[("answer", Needed)],
        }
    }
}

/// The letter of a choice, or true or false.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "the key is the letter of a choice, or true or false")]
pub enum RawKey {
    /// Whether the stem is true.
    Truth(bool),
    /// A capital letter: A is the first choice.
    Letter(String),
    // Read so that it can be said what is wrong with it; no file should hold one.
    #[cfg_attr(test, schemars(skip))]
    Number(f64),
}
