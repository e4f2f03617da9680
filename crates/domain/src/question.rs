//! Questions: what is asked, in eight kinds, and how one is drawn for asking.

use std::fmt;

use chrono::NaiveDate;
use rand::Rng;
use rand::seq::{IndexedRandom, SliceRandom};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::catalog::CredentialId;
use super::period::PartialDate;

/// Identifies a question permanently: `pack/name`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuestionId(String);

impl QuestionId {
    /// An id as the pack writes it.
    pub fn new(id: impl Into<String>) -> Self {
        QuestionId(id.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of its pack: the part before the first slash.
    pub fn pack(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }
}

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A folder of questions on one subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// Unique among packs; the part of its questions' ids before the slash.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One or two sentences; may be empty.
    pub description: String,
    /// The license of the questions: `CC-BY-4.0`.
    pub licence: Option<String>,
    /// Where the questions come from.
    pub source: Option<String>,
    /// Facts about credentials, or the content of their exams.
    pub teaches: Teaches,
    /// The credentials that it prepares for.
    pub credentials: Vec<CredentialId>,
    /// Its topics, in the order in which they are shown.
    pub topics: Vec<Topic>,
    /// The facts that the pack promises to ask.
    pub facts: Vec<Fact>,
    /// Its questions.
    pub questions: Vec<Question>,
}

impl Pack {
    /// An empty pack.
    pub fn new(id: impl Into<String>, title: impl Into<String>, teaches: Teaches) -> Pack {
        Pack {
            id: id.into(),
            title: title.into(),
            description: String::new(),
            licence: None,
            source: None,
            teaches,
            credentials: Vec::new(),
            topics: Vec::new(),
            facts: Vec::new(),
            questions: Vec::new(),
        }
    }

    /// The pack without its questions.
    pub fn head(&self) -> Pack {
        Pack {
            id: self.id.clone(),
            title: self.title.clone(),
            description: self.description.clone(),
            licence: self.licence.clone(),
            source: self.source.clone(),
            teaches: self.teaches,
            credentials: self.credentials.clone(),
            topics: self.topics.clone(),
            facts: self.facts.clone(),
            questions: Vec::new(),
        }
    }
}

/// What a pack's questions are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Teaches {
    /// Facts about the credentials: fees, expiry, order.
    About,
    /// What their exams ask.
    Content,
}

/// A named part of a pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Topic {
    /// Unique within the pack.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Percent of the exam; `None` if no exam guide says so.
    pub weight: Option<f64>,
}

/// One fact that questions ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Unique within the pack.
    pub id: String,
    /// The id of its topic.
    pub topic: String,
    /// A sentence.
    pub text: String,
}

/// One item of a pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Never changes, whatever the text becomes.
    pub id: QuestionId,
    /// The id of its topic.
    pub topic: String,
    /// The credentials it is about: those that it names, else its pack's.
    pub credentials: Vec<CredentialId>,
    /// Ids of the facts that it asks.
    pub facts: Vec<String>,
    /// What is asked.
    pub stem: String,
    /// How it is asked, with its key.
    pub kind: Kind,
    /// Shown on request, before the answer.
    pub hint: Option<String>,
    /// What is to be remembered, shown after the answer.
    pub rationale: Option<String>,
    /// Why each choice is right or wrong here, in the pack's order of the choices; empty if nothing is written.
    pub reasons: Vec<String>,
    /// The mock exam form for which it is held back: nobody sees it before that exam asks it.
    pub exam_form: Option<String>,
    /// How difficult it is; `None` if the pack does not say.
    pub level: Option<Level>,
    /// Where the key can be verified: an address or a title.
    pub source: Option<String>,
    /// The day on which it was last compared with its source.
    pub checked: Option<NaiveDate>,
    /// Earlier ids of the same question; what was learned under them is kept.
    pub was: Vec<QuestionId>,
    /// Questions that are no longer true; this one takes their place and starts unknown.
    pub replaces: Vec<QuestionId>,
    /// What those questions taught, if that can be put into words.
    pub changed: Option<Changed>,
}

/// How difficult a question is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// A fact on its own.
    Easy,
    /// A fact in a situation.
    Medium,
    /// Requirements that have to be weighed against each other.
    Hard,
}

impl Level {
    /// The level that packs write as this number, from 1 to 3; `None` for others.
    pub fn of(number: u8) -> Option<Level> {
        [Level::Easy, Level::Medium, Level::Hard].into_iter().find(|level| level.number() == number)
    }

    /// As packs write it: 1 to 3.
    pub fn number(self) -> u8 {
        match self {
            Level::Easy => 1,
            Level::Medium => 2,
            Level::Hard => 3,
        }
    }
}

/// What was true before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// The former answer, as a part of a sentence.
    pub was: String,
    /// Since when it is no longer true.
    pub since: Option<PartialDate>,
}

/// How a question is asked, with its key. Choices are in the pack's order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// One of several choices is right.
    OneOf {
        /// The choices.
        choices: Vec<String>,
        /// Place of the right one.
        key: usize,
        /// Accepted answers if it may be typed once it is strong; else empty.
        typed: Vec<String>,
        /// Whether the choices are shown in a new order each time.
        shuffle: bool,
    },
    /// Several choices are right.
    AnyOf {
        /// The choices.
        choices: Vec<String>,
        /// In ascending order.
        keys: Vec<usize>,
        /// Whether the stem says how many are right.
        size_stated: bool,
        /// Whether the choices are shown in a new order each time.
        shuffle: bool,
    },
    /// A statement.
    TrueFalse {
        /// Whether it is true.
        key: bool,
    },
    /// The answer is typed.
    Typed {
        /// All answers that count as right; the first is shown.
        accepted: Vec<String>,
    },
    /// The answer is a number.
    Number {
        /// The right number.
        value: f64,
        /// Its unit; may be empty.
        unit: String,
        /// By how much an answer may differ.
        tolerance: f64,
    },
    /// The items in their right order.
    Order {
        /// At least two.
        items: Vec<String>,
    },
    /// One choice is right. The choices are drawn anew each time: one from `right`, the others from `wrong`.
    Drawn {
        /// Texts that are right; one of them is shown.
        right: Vec<String>,
        /// Texts that are wrong.
        wrong: Vec<Wrong>,
        /// How many choices are shown.
        shown: usize,
    },
    /// Self-checked: the learner thinks, sees the answer, and says how well it was known.
    Reveal {
        /// The answer that is revealed.
        answer: String,
    },
}

/// A wrong choice, and what it would be right for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// The choice.
    pub text: String,
    /// A sentence; `None` if the rationale says it already.
    pub meaning: Option<String>,
}

/// How a question is put to the learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One choice.
    OneOf,
    /// Several choices.
    AnyOf,
    /// True or false.
    TrueFalse,
    /// A typed text.
    Typed,
    /// A typed number.
    Number,
    /// Items to be put in order.
    Order,
    /// A self-checked answer.
    Reveal,
}

impl Form {
    /// The name in files, JSON and the journal.
    pub fn name(self) -> &'static str {
        match self {
            Form::OneOf => "one-of",
            Form::AnyOf => "any-of",
            Form::TrueFalse => "true-false",
            Form::Typed => "typed",
            Form::Number => "number",
            Form::Order => "order",
            Form::Reveal => "reveal",
        }
    }
}

/// The choices of a true-false question.
pub const TRUE_FALSE: [&str; 2] = ["True", "False"];

/// A question as it is put to the learner this time.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// What is asked.
    pub stem: String,
    /// What is shown, with the key.
    pub answer: Key,
    /// Chance that somebody who does not know guesses right, at least 0 and below 1.
    pub guess: f64,
    /// Identifies the text as it is asked, regardless of the order of its choices: twelve hexadecimal digits.
    pub revision: String,
    /// Why each choice that is shown is right or wrong, or what it would be right for; empty if there are no
    /// choices.
    pub reasons: Vec<Option<String>>,
}

/// What is shown to choose from, and what is right.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// One of several choices is right.
    OneOf {
        /// As they are shown.
        choices: Vec<String>,
        /// Place of the right one.
        key: usize,
    },
    /// Several choices are right.
    AnyOf {
        /// As they are shown.
        choices: Vec<String>,
        /// Places of the right ones, ascending.
        keys: Vec<usize>,
        /// How many are right, if the stem says so.
        size: Option<usize>,
    },
    /// A statement.
    TrueFalse {
        /// Whether it is true.
        key: bool,
    },
    /// The answer is typed.
    Typed {
        /// All answers that count as right; never empty.
        accepted: Vec<String>,
    },
    /// The answer is a number.
    Number {
        /// The right number.
        value: f64,
        /// Its unit; may be empty.
        unit: String,
        /// By how much an answer may differ.
        tolerance: f64,
    },
    /// Items have to be put in order.
    Order {
        /// The items as they are shown.
        shown: Vec<String>,
        /// Places in `shown`, in the right order.
        order: Vec<usize>,
    },
    /// The answer is revealed, and the learner says how well it was known.
    Reveal {
        /// The answer.
        answer: String,
    },
}

impl Key {
    /// How the question was put.
    pub fn form(&self) -> Form {
        match self {
            Key::OneOf { .. } => Form::OneOf,
            Key::AnyOf { .. } => Form::AnyOf,
            Key::TrueFalse { .. } => Form::TrueFalse,
            Key::Typed { .. } => Form::Typed,
            Key::Number { .. } => Form::Number,
            Key::Order { .. } => Form::Order,
            Key::Reveal { .. } => Form::Reveal,
        }
    }

    /// The choices as they are shown; empty if the question has none. True or false counts as none.
    pub fn choices(&self) -> &[String] {
        match self {
            Key::OneOf { choices, .. } | Key::AnyOf { choices, .. } => choices,
            Key::TrueFalse { .. } | Key::Typed { .. } | Key::Number { .. } => &[],
            Key::Order { .. } | Key::Reveal { .. } => &[],
        }
    }

    /// Whether the choice at a place is right; never if the question has no choices.
    pub fn is_right(&self, place: usize) -> bool {
        match self {
            Key::OneOf { key, .. } => *key == place,
            Key::AnyOf { keys, .. } => keys.contains(&place),
            Key::TrueFalse { .. } | Key::Typed { .. } | Key::Number { .. } => false,
            Key::Order { .. } | Key::Reveal { .. } => false,
        }
    }

    /// The right answer in words.
    pub fn text(&self) -> String {
        match self {
            Key::OneOf { choices, key } => choices[*key].clone(),
            Key::AnyOf { choices, keys, .. } => {
                keys.iter().map(|&k| choices[k].as_str()).collect::<Vec<_>>().join("; ")
            }
            Key::TrueFalse { key } => TRUE_FALSE[usize::from(!key)].to_owned(),
            Key::Typed { accepted } => accepted.first().cloned().unwrap_or_default(),
            Key::Number { value, unit, .. } => with_unit(*value, unit),
            Key::Order { shown, order } => {
                order.iter().map(|&i| shown[i].as_str()).collect::<Vec<_>>().join(" → ")
            }
            Key::Reveal { answer } => answer.clone(),
        }
    }
}

impl Kind {
    /// The written choices; empty if the question has none, or draws them.
    pub fn choices(&self) -> &[String] {
        match self {
            Kind::OneOf { choices, .. } | Kind::AnyOf { choices, .. } => choices,
            Kind::TrueFalse { .. } | Kind::Typed { .. } | Kind::Number { .. } | Kind::Order { .. } => &[],
            Kind::Drawn { .. } | Kind::Reveal { .. } => &[],
        }
    }

    /// How a question of this kind is asked while it is weak.
    pub fn form(&self) -> Form {
        match self {
            Kind::OneOf { .. } | Kind::Drawn { .. } => Form::OneOf,
            Kind::AnyOf { .. } => Form::AnyOf,
            Kind::TrueFalse { .. } => Form::TrueFalse,
            Kind::Typed { .. } => Form::Typed,
            Kind::Number { .. } => Form::Number,
            Kind::Order { .. } => Form::Order,
            Kind::Reveal { .. } => Form::Reveal,
        }
    }
}

impl Question {
    /// A question without hint, rationale, source and history.
    pub fn new(id: QuestionId, topic: impl Into<String>, stem: impl Into<String>, kind: Kind) -> Question {
        Question {
            id,
            topic: topic.into(),
            credentials: Vec::new(),
            facts: Vec::new(),
            stem: stem.into(),
            kind,
            hint: None,
            rationale: None,
            reasons: Vec::new(),
            exam_form: None,
            level: None,
            source: None,
            checked: None,
            was: Vec::new(),
            replaces: Vec::new(),
            changed: None,
        }
    }

    /// How it is asked while it is weak.
    pub fn form(&self) -> Form {
        self.kind.form()
    }

    /// Chance that somebody who does not know guesses right. `strong` means the typed form if the question has one.
    pub fn guess(&self, strong: bool) -> f64 {
        guess(match &self.kind {
            Kind::OneOf { typed, .. } if strong && !typed.is_empty() => 1.0,
            Kind::OneOf { choices, .. } => choices.len() as f64,
            Kind::AnyOf { choices, keys, size_stated: true, .. } => combinations(choices.len(), keys.len()),
            Kind::AnyOf { choices, .. } => subsets(choices.len()),
            Kind::TrueFalse { .. } => 2.0,
            Kind::Order { items } => orders(items.len()),
            Kind::Drawn { wrong, shown, .. } => (wrong.len() + 1).min(*shown) as f64,
            Kind::Typed { .. } | Kind::Number { .. } | Kind::Reveal { .. } => 1.0,
        })
    }

    /// Draws the question for asking: choices in a new order, wrong ones anew if there are more.
    ///
    /// `strong` asks for the typed form if the question has one.
    ///
    /// ```
    /// use badgedex_domain::question::{Form, Kind, Question, QuestionId};
    ///
    /// let choices = ["36 months", "12 months"].map(str::to_owned).to_vec();
    /// let kind = Kind::OneOf { choices, key: 0, typed: vec!["36 months".into()], shuffle: true };
    /// let question = Question::new(QuestionId::new("pack/validity"), "expiry", "How long is it valid?", kind);
    ///
    /// let asked = question.draw(false, &mut rand::rng());
    /// assert_eq!((asked.answer.text(), asked.guess), ("36 months".into(), 0.5));
    /// assert_eq!(question.draw(true, &mut rand::rng()).answer.form(), Form::Typed);
    /// ```
    pub fn draw(&self, strong: bool, rng: &mut impl Rng) -> Asked {
        let answer = self.key(strong, rng);
        Asked {
            reasons: self.reasons_of(&answer),
            stem: self.stem.clone(),
            guess: guess(ways(&answer)),
            revision: revision(&self.stem, &answer),
            answer,
        }
    }

    /// The reason of every choice of a drawing.
    fn reasons_of(&self, answer: &Key) -> Vec<Option<String>> {
        let reason = |shown: &String| match &self.kind {
            Kind::OneOf { choices, .. } | Kind::AnyOf { choices, .. } => {
                let place = choices.iter().position(|choice| choice == shown)?;
                self.reasons.get(place).filter(|reason| !reason.is_empty()).cloned()
            }
            Kind::Drawn { wrong, .. } => wrong.iter().find(|w| w.text == *shown)?.meaning.clone(),
            Kind::TrueFalse { .. } | Kind::Typed { .. } | Kind::Number { .. } => None,
            Kind::Order { .. } | Kind::Reveal { .. } => None,
        };
        answer.choices().iter().map(reason).collect()
    }

    fn key(&self, strong: bool, rng: &mut impl Rng) -> Key {
        match &self.kind {
            Kind::OneOf { typed, .. } if strong && !typed.is_empty() => {
                Key::Typed { accepted: typed.clone() }
            }
            Kind::OneOf { choices, key, shuffle, .. } => {
                let places = places(choices.len(), *shuffle, rng);
                Key::OneOf { choices: pick(choices, &places), key: place_of(&places, *key) }
            }
            Kind::AnyOf { choices, keys, size_stated, shuffle } => {
                let places = places(choices.len(), *shuffle, rng);
                let mut drawn: Vec<usize> = keys.iter().map(|&k| place_of(&places, k)).collect();
                drawn.sort_unstable();
                let size = size_stated.then_some(keys.len());
                Key::AnyOf { choices: pick(choices, &places), keys: drawn, size }
            }
            Kind::TrueFalse { key } => Key::TrueFalse { key: *key },
            Kind::Typed { accepted } => Key::Typed { accepted: accepted.clone() },
            Kind::Number { value, unit, tolerance } => {
                Key::Number { value: *value, unit: unit.clone(), tolerance: *tolerance }
            }
            Kind::Order { items } => order_key(items, rng),
            Kind::Reveal { answer } => Key::Reveal { answer: answer.clone() },
            Kind::Drawn { right, wrong, shown } => drawn_key(right, wrong, *shown, rng),
        }
    }
}

/// Places in a new order, or in the given one.
fn places(count: usize, shuffle: bool, rng: &mut impl Rng) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    if shuffle {
        places.shuffle(rng);
    }
    places
}

fn pick(texts: &[String], places: &[usize]) -> Vec<String> {
    places.iter().map(|&i| texts[i].clone()).collect()
}

fn place_of(places: &[usize], index: usize) -> usize {
    places.iter().position(|&p| p == index).expect("every index has a place")
}

/// Items in an order that is not already the right one.
fn order_key(items: &[String], rng: &mut impl Rng) -> Key {
    let mut places = places(items.len(), true, rng);
    if places.is_sorted() {
        places.rotate_left(1);
    }
    let order = (0..items.len()).map(|i| place_of(&places, i)).collect();
    Key::Order { shown: pick(items, &places), order }
}

fn drawn_key(right: &[String], wrong: &[Wrong], shown: usize, rng: &mut impl Rng) -> Key {
    let key = right.choose(rng).cloned().unwrap_or_default();
    let mut choices: Vec<String> =
        wrong.sample(rng, shown.saturating_sub(1)).map(|w| w.text.clone()).collect();
    choices.push(key.clone());
    choices.shuffle(rng);
    let key = choices.iter().position(|c| *c == key).expect("the key was put in");
    Key::OneOf { choices, key }
}

/// Chance that somebody who does not know guesses right, if there is more than one way to answer.
fn guess(ways: f64) -> f64 {
    if ways > 1.0 { 1.0 / ways } else { 0.0 }
}

/// The number of ways to answer; 1 if nobody could guess.
fn ways(answer: &Key) -> f64 {
    match answer {
        Key::OneOf { choices, .. } => choices.len() as f64,
        Key::AnyOf { choices, size: Some(size), .. } => combinations(choices.len(), *size),
        Key::AnyOf { choices, size: None, .. } => subsets(choices.len()),
        Key::TrueFalse { .. } => 2.0,
        Key::Order { shown, .. } => orders(shown.len()),
        Key::Typed { .. } | Key::Number { .. } | Key::Reveal { .. } => 1.0,
    }
}

/// The number of subsets that are not empty.
fn subsets(count: usize) -> f64 {
    2_f64.powi(count as i32) - 1.0
}

/// The number of ways in which items can be put in order.
fn orders(count: usize) -> f64 {
    (1..=count).map(|n| n as f64).product()
}

/// A number with its unit: "3 years", "1 year", "720".
pub fn with_unit(value: f64, unit: &str) -> String {
    let unit = if value == 1.0 { unit.strip_suffix('s').unwrap_or(unit) } else { unit };
    format!("{value} {unit}").trim().to_owned()
}

/// The number of subsets of `size` among `count`.
fn combinations(count: usize, size: usize) -> f64 {
    (0..size).map(|i| (count - i) as f64 / (i + 1) as f64).product::<f64>().round()
}

/// Twelve hexadecimal digits that change if the words or the key change.
fn revision(stem: &str, answer: &Key) -> String {
    let mut words: Vec<&str> = match answer {
        Key::OneOf { choices, .. } | Key::AnyOf { choices, .. } => {
            choices.iter().map(String::as_str).collect()
        }
        Key::Order { shown, .. } => shown.iter().map(String::as_str).collect(),
        Key::Typed { accepted } => accepted.iter().map(String::as_str).collect(),
        Key::TrueFalse { .. } | Key::Number { .. } | Key::Reveal { .. } => Vec::new(),
    };
    words.sort_unstable();
    let mut key = answer.text();
    // The order of the drawn choices must not matter.
    if let Key::AnyOf { choices, keys, .. } = answer {
        let mut right: Vec<&str> = keys.iter().map(|&k| choices[k].as_str()).collect();
        right.sort_unstable();
        key = right.join("\u{1f}");
    }
    let text = format!("{}\u{1e}{stem}\u{1e}{}\u{1e}{key}", answer.form().name(), words.join("\u{1f}"));
    Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()).simple().to_string()[..12].to_owned()
}

#[cfg(test)]
mod tests;
