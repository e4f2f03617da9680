//! Whole files of other programs: every question is found, in its line, with its key.

use badgedex_formats::csv::Mapping;
use badgedex_formats::{Content, Contents, anki_text, csv, hascard, hashcards, practice};

/// Compares what was found with lines of `line|start of the stem|answer`.
fn assert_all(contents: &Contents, expected: &str) {
    assert_eq!(contents.refused, []);
    let found: Vec<String> = contents
        .found
        .iter()
        .map(|f| format!("{}|{}|{}", f.line, f.stem.lines().next().unwrap_or_default(), answer(&f.content)))
        .collect();
    assert_eq!(found, expected.lines().collect::<Vec<_>>());
    assert!(found.len() >= 40, "{} questions", found.len());
}

fn answer(content: &Content) -> String {
    match content {
        Content::OneOf { choices, key } => choices[*key].clone(),
        Content::AnyOf { choices, keys } => {
            keys.iter().map(|key| choices[*key].as_str()).collect::<Vec<_>>().join("; ")
        }
        Content::TrueFalse { key } => key.to_string(),
        Content::Typed { accepted } => accepted.join(" / "),
        Content::Number { value, .. } => value.to_string(),
        Content::Order { items } => items.join(" -> "),
        Content::Reveal { answer } => answer.clone(),
        Content::Own(kind) => unreachable!("no other program writes it: {kind:?}"),
    }
}

#[test]
fn a_practice_exam_in_three_layouts_comes_in_whole() {
    let text = include_str!("../../samples/markdown/islands.md");
    assert_all(&practice::read(text), include_str!("../../samples/markdown/expected.txt"));
}

#[test]
fn a_table_comes_in_whole() {
    let contents = csv::read(include_str!("../../samples/csv/islands.csv"), &Mapping::default());
    assert_all(&contents, include_str!("../../samples/csv/expected.txt"));
    assert_eq!(contents.notes[0], "the columns are separated by semicolons");
    assert_eq!(contents.found[0].topic, ["Valmora", "Lore"]);
}

#[test]
fn a_collection_of_notes_comes_in_whole() {
    let contents = anki_text::read(include_str!("../../samples/anki-text/islands.txt"));
    assert_all(&contents, include_str!("../../samples/anki-text/expected.txt"));
    assert!(contents.found.iter().all(|f| f.topic == ["Lore", "Isles"] && f.own_id.is_some()));
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
