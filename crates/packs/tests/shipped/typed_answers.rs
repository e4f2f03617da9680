//! The accepted answers of the shipped packs: no two that differ are taken for each other.

use std::collections::BTreeMap;

use badgedex_domain::question::Kind;
use badgedex_domain::typed_answer::is_same;

/// An answer without what may be written in several ways: case, blanks, hyphens, articles, a leading dot.
fn bare(answer: &str) -> String {
    let words = answer.split_whitespace().filter(|word| !["a", "an", "the"].contains(word));
    words.collect::<String>().to_lowercase().trim_start_matches('.').replace('-', "")
}

#[test]
fn no_accepted_answer_is_taken_for_another() {
    let library = badgedex_packs::load(&[], "2026-11-30".parse().unwrap()).library;
    let mut answers: BTreeMap<&str, &str> = BTreeMap::new();
    for question in library.questions() {
        let (Kind::Typed { accepted } | Kind::OneOf { typed: accepted, .. }) = &question.kind else {
            continue;
        };
        for answer in accepted {
            assert!(is_same(answer, answer), "{}: {answer}", question.id);
            answers.insert(answer, question.id.as_str());
        }
    }
    assert!(answers.len() > 50, "{}", answers.len());
    for (a, of) in &answers {
        for (b, other) in &answers {
            assert!(!is_same(a, b) || bare(a) == bare(b), "\"{a}\" of {of} is taken for \"{b}\" of {other}");
        }
    }
}
