//! Questions with texts that no format likes, for the properties of writing and reading.

use proptest::collection::{hash_set, vec};
use proptest::prelude::*;

use super::WrittenPack;
use crate::validate::folded;
use badgedex_domain::question::{Kind, Pack, Question, QuestionId, Teaches, Topic};

/// A question with nothing but what it asks.
pub fn question(name: &str, stem: &str, kind: Kind) -> Question {
    Question::new(QuestionId::new(format!("mine/{name}")), "knots", stem, kind)
}

/// A pack with one topic.
pub fn pack_of(questions: Vec<Question>) -> Pack {
    Pack {
        id: "mine".to_owned(),
        title: "Mine".to_owned(),
        description: String::new(),
        licence: None,
        source: None,
        teaches: Teaches::Content,
        credentials: vec![],
        topics: vec![Topic { id: "knots".to_owned(), name: "Ropes / knots".to_owned(), weight: None }],
        facts: vec![],
        questions,
    }
}

/// What was written, and what was not.
pub fn shown(written: &WrittenPack) -> String {
    let left_out = written.left_out.iter().map(|l| format!("left out: {}: {:?}\n", l.question, l.loss));
    written.text.clone() + &left_out.collect::<String>()
}

/// Pieces that mean something in one of the formats.
const PIECES: [&str; 42] = [
    "{",
    "}",
    "=",
    "~",
    "#",
    "####",
    ":",
    "::",
    "\\",
    "\\n",
    "->",
    "%50%",
    "%",
    "[html]",
    "[plain]",
    "*",
    "\\*",
    "//",
    "$CATEGORY: x",
    "ANSWER: A",
    "A. ",
    "B)",
    "<b>",
    "</p>",
    "&amp;",
    "1:MC:",
    "T",
    "TRUE",
    "..",
    ",",
    "\"",
    "'",
    "\t",
    ";",
    "- [x]",
    "Q:",
    "---",
    "word",
    "é",
    "語",
    "1",
    "-",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned),
        2 => Just(" ".to_owned()),
        1 => "[a-zA-Z0-9äß ]{1,6}",
    ]
}

/// A text on one line with something to see.
pub fn line() -> impl Strategy<Value = String> {
    vec(piece(), 1..8)
        .prop_map(|pieces| pieces.concat().trim().to_owned())
        .prop_filter("something to see", |text| !folded(text).is_empty())
}

/// A text of several lines.
pub fn paragraph() -> impl Strategy<Value = String> {
    vec(line(), 1..4).prop_map(|lines| lines.join("\n"))
}

/// Different texts.
fn lines(least: usize) -> impl Strategy<Value = Vec<String>> {
    hash_set(line(), least..7)
        .prop_map(|lines| {
            let mut seen = std::collections::HashSet::new();
            lines.into_iter().filter(|line| seen.insert(folded(line))).collect::<Vec<_>>()
        })
        .prop_filter("enough that differ", move |lines| lines.len() >= least)
}

fn kind() -> impl Strategy<Value = Kind> {
    let one_of = (lines(2), any::<prop::sample::Index>()).prop_map(|(choices, key)| {
        let key = key.index(choices.len());
        Kind::OneOf { choices, key, typed: vec![], shuffle: true }
    });
    let any_of = (lines(3), 1_u32..127).prop_filter_map("some right and some wrong", |(choices, bits)| {
        let keys: Vec<usize> = (0..choices.len()).filter(|at| bits >> at & 1 == 1).collect();
        let is_sound = !keys.is_empty() && keys.len() < choices.len();
        is_sound.then_some(Kind::AnyOf { choices, keys, size_stated: true, shuffle: true })
    });
    let number = (-1e9..1e9, prop_oneof![Just(0.0), 0.0..1e3]).prop_map(|(value, tolerance)| Kind::Number {
        value,
        unit: String::new(),
        tolerance,
    });
    prop_oneof![
        3 => one_of,
        3 => any_of,
        1 => any::<bool>().prop_map(|key| Kind::TrueFalse { key }),
        2 => lines(1).prop_map(|accepted| Kind::Typed { accepted }),
        1 => number,
        2 => lines(2).prop_map(|items| Kind::Order { items }),
    ]
}

/// Questions of every kind that a format can say.
pub fn questions() -> impl Strategy<Value = Vec<Question>> {
    let one = (paragraph(), kind(), proptest::option::of(paragraph()));
    vec(one, 1..5).prop_map(|all| {
        let number = |(at, (stem, kind, rationale)): (usize, (String, Kind, Option<String>))| Question {
            rationale,
            ..question(&format!("q{at}"), &stem, kind)
        };
        all.into_iter().enumerate().map(number).collect()
    })
}
