//! Whole files of other programs: every question is found, in its line, with its key.

use badgedex_domain::question::Kind;
use badgedex_formats::csv::ColumnMapping;
use badgedex_formats::{ParsedFile, anki_text, csv, hascard, hashcards, practice};

/// Compares what was found with lines of `line|start of the stem|answer`.
fn assert_all(contents: &ParsedFile, expected: &str) {
    assert_eq!(contents.refusals, []);
    let found: Vec<String> = contents
        .questions
        .iter()
        .map(|f| format!("{}|{}|{}", f.line, f.stem.lines().next().unwrap_or_default(), answer(&f.kind)))
        .collect();
    assert_eq!(found, expected.lines().collect::<Vec<_>>());
    assert!(found.len() >= 40, "{} questions", found.len());
}

fn answer(kind: &Kind) -> String {
    match kind {
        Kind::OneOf { choices, key, .. } => choices[*key].clone(),
        Kind::AnyOf { choices, keys, .. } => {
            keys.iter().map(|key| choices[*key].as_str()).collect::<Vec<_>>().join("; ")
        }
        Kind::TrueFalse { key } => key.to_string(),
        Kind::Typed { accepted } => accepted.join(" / "),
        Kind::Number { value, .. } => value.to_string(),
        Kind::Order { items } => items.join(" -> "),
        Kind::Reveal { answer } => answer.clone(),
        Kind::Drawn { .. } => unreachable!("no file holds it: {kind:?}"),
    }
}

#[test]
fn a_practice_exam_in_three_layouts_comes_in_whole() {
    let text = include_str!("../../samples/markdown/islands.md");
    assert_all(&practice::read(text), include_str!("../../samples/markdown/expected.txt"));
}

#[test]
fn a_table_comes_in_whole() {
    let contents = csv::read(include_str!("../../samples/csv/islands.csv"), &ColumnMapping::default());
    assert_all(&contents, include_str!("../../samples/csv/expected.txt"));
    assert_eq!(contents.notes[0], "the columns are separated by semicolons");
    assert_eq!(contents.questions[0].topic, ["Valmora", "Lore"]);
}

#[test]
fn a_collection_of_notes_comes_in_whole() {
    let contents = anki_text::read(include_str!("../../samples/anki-text/islands.txt"));
    assert_all(&contents, include_str!("../../samples/anki-text/expected.txt"));
    assert!(contents.questions.iter().all(|f| f.topic == ["Lore", "Isles"] && f.own_id.is_some()));
}

#[test]
fn a_deck_of_hashcards_comes_in_whole() {
    let contents = hashcards::read(include_str!("../../samples/hashcards/islands.md"));
    assert_all(&contents, include_str!("../../samples/hashcards/expected.txt"));
    assert_eq!(contents.title.as_deref(), Some("Islands"));
}

#[test]
fn a_deck_of_hascard_comes_in_whole() {
    let contents = hascard::read(include_str!("../../samples/hascard/islands.txt"));
    assert_all(&contents, include_str!("../../samples/hascard/expected.txt"));
}
