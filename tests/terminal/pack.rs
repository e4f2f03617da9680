//! A pack with a question of each kind, each in a topic of its own, so that a scene reaches it at once.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// Writes the pack `kinds` among the learner's own questions.
pub fn write(home: &Path) {
    let folder = home.join("questions/kinds");
    fs::create_dir_all(&folder).expect("a folder for the pack");
    let write = |file: &str, json: Value| fs::write(folder.join(file), json.to_string()).expect("a file");
    write("pack.json", pack());
    write("questions.json", json!({ "format": 1, "pack": "kinds", "questions": questions() }));
}

fn pack() -> Value {
    let topics = ["capitals", "marks", "sequence", "typed", "number", "truth", "long", "recall"];
    let topics: Vec<Value> = topics.iter().map(|id| json!({ "id": id, "name": id })).collect();
    json!({
        "format": 1, "id": "kinds", "title": "A question of each kind", "description": "For the scenes.",
        "licence": "MIT", "source": "The tests", "teaches": "content", "topics": topics,
    })
}

fn questions() -> Vec<Value> {
    let capital = |country: &str, city: &str, key: char| {
        json!({
            "id": format!("kinds/{}", country.to_lowercase()), "topic": "capitals", "kind": "one-of",
            "stem": format!("What is the capital of {country}?"),
            "choices": ["Rome", "Madrid", "Lima", "Oslo"], "key": key.to_string(),
            "hint": format!("It begins with {}.", &city[..1]),
            "rationale": format!("{city} has been the capital of {country} for long."),
            "source": format!("An atlas, under {country}"),
        })
    };
    vec![
        capital("Italy", "Rome", 'A'),
        capital("Spain", "Madrid", 'B'),
        capital("Peru", "Lima", 'C'),
        json!({
            "id": "kinds/rivers", "topic": "marks", "kind": "any-of", "stem": "Which two of these are rivers?",
            "choices": ["Danube", "Etna", "Sahara", "Volga", "Elba"], "keys": ["A", "D"],
            "rationale": "The Danube and the Volga flow.", "source": "An atlas",
        }),
        json!({
            "id": "kinds/day", "topic": "sequence", "kind": "order", "stem": "Put the day in order.",
            "items": ["Dawn", "Noon", "Dusk", "Midnight"],
            "rationale": "The sun says so.", "source": "A window",
        }),
        json!({
            "id": "kinds/sea", "topic": "typed", "kind": "typed", "stem": "Which sea is south of France?",
            "accepted": ["Mediterranean"], "rationale": "Marseille lies on it.", "source": "An atlas",
        }),
        json!({
            "id": "kinds/week", "topic": "number", "kind": "number", "stem": "How long is a week?",
            "value": 7, "unit": "days", "tolerance": 0, "rationale": "Seven days.", "source": "A calendar",
        }),
        json!({
            "id": "kinds/moon", "topic": "truth", "kind": "true-false", "stem": "The moon is made of cheese.",
            "key": false, "rationale": "It is made of rock.", "source": "A telescope",
        }),
        json!({
            "id": "kinds/tides", "topic": "recall", "kind": "reveal", "stem": "Why are there tides?",
            "answer": "The moon pulls at the near sea more than at the far one.",
            "hint": "Look up.", "rationale": "The sun does the same, but less.", "source": "A beach",
        }),
        json!({
            "id": "kinds/long", "topic": "long", "kind": "one-of", "shuffle": false,
            "stem": "A learner with a very small window reads a question that goes on for a good while before \
                     it comes to its point, which is this: which of these answers is the longest?",
            "choices": [
                "One that is long enough to be broken over several lines in a narrow window",
                "One that is short",
                "One that is so long that it has to be broken over several lines, and then goes on, and on, \
                 until nobody remembers how it began",
                "One of middling length, not more than two",
            ],
            "key": "C", "hint": "Count the letters, or look for the one that does not want to end.",
            "rationale": "It goes on, and on, until nobody remembers how it began; the others end earlier.",
            "source": "The tests, in the middle of a rather long file",
        }),
    ]
}
