//! Packs of questions as badgedex reads them, some 300 bytes a question.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

/// A pack of more questions is cut.
pub const PACK: usize = 10_000;
/// Questions in one file.
const FILE: usize = 1_000;
const TOPICS: usize = 8;
/// Credentials of the shipped catalog that the packs teach, one pack each in turn.
const CREDENTIALS: [&str; 4] = [
    "aws-solutions-architect-associate",
    "aws-developer-associate",
    "aws-data-engineer-associate",
    "aws-security-specialty",
];
const SERVICES: [&str; 7] = ["storage", "compute", "queue", "database", "network", "identity", "billing"];
const NEEDS: [&str; 5] = ["durable", "cheap", "fast to restore", "kept in one region", "encrypted at rest"];

/// The id of a question by its number among all.
pub fn id(number: usize) -> String {
    format!("bulk-{}/q{number:06}", number / PACK)
}

/// The kind of a question by its number, as the journal names it, and its chance of being guessed.
pub fn form(number: usize) -> (&'static str, f64) {
    match number % 5 {
        0..=2 => ("one-of", 0.25),
        3 => ("true-false", 0.5),
        _ => ("typed", 0.0),
    }
}

/// Writes packs `bulk-0`, `bulk-1`, ... with the given total of questions into a folder.
pub fn write(folder: &Path, questions: usize) -> Result<()> {
    for first in (0..questions).step_by(PACK) {
        write_pack(folder, first, (first + PACK).min(questions))?;
    }
    Ok(())
}

fn write_pack(folder: &Path, first: usize, end: usize) -> Result<()> {
    let pack = format!("bulk-{}", first / PACK);
    let folder = folder.join(&pack);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("pack.json"), head(&pack, first / PACK).to_string())?;
    for start in (first..end).step_by(FILE) {
        let name = format!("part-{:03}.json", (start - first) / FILE);
        let mut file = BufWriter::new(fs::File::create(folder.join(name))?);
        writeln!(file, "{{\"format\":1,\"pack\":\"{pack}\",\"questions\":[")?;
        let last = (start + FILE).min(end) - 1;
        for number in start..=last {
            writeln!(file, "{}{}", question(number), if number == last { "]}" } else { "," })?;
        }
        file.flush()?;
    }
    Ok(())
}

fn head(pack: &str, place: usize) -> Value {
    let topics: Vec<Value> = (0..TOPICS)
        .map(|topic| json!({ "id": format!("topic-{topic}"), "name": format!("Part {topic}") }))
        .collect();
    json!({
        "format": 1, "id": pack, "title": format!("Generated questions {place}"), "licence": "CC0-1.0",
        "teaches": "content", "credentials": [CREDENTIALS[place % CREDENTIALS.len()]], "topics": topics,
    })
}

fn question(number: usize) -> Value {
    let (service, need) = (SERVICES[number % SERVICES.len()], NEEDS[number / 7 % NEEDS.len()]);
    let (kind, _) = form(number);
    let stem = match kind {
        "one-of" => format!("Case {number}: which {service} service fits what must be {need}?"),
        "true-false" => format!("Case {number}: its {service} service makes what it holds {need}."),
        _ => format!("Case {number}: name the {service} service that makes its objects {need}."),
    };
    let mut question = json!({
        "id": id(number), "topic": format!("topic-{}", number % TOPICS), "kind": kind, "stem": stem,
        "rationale": format!("Of all {service} services only number {number} is {need} by itself."),
        "source": "Generated", "checked": "2026-01-01",
    });
    match kind {
        "one-of" => {
            let choice = |n: usize| format!("{service} service {}", number + n * 3);
            question["choices"] = json!([choice(0), choice(1), choice(2), choice(3)]);
            question["key"] = json!("A");
        }
        "true-false" => question["key"] = json!(number.is_multiple_of(2)),
        _ => question["accepted"] = json!([format!("service {number}"), format!("{service} {number}")]),
    }
    question
}
