//! An Anki package. What is found can be asked, and each answer belongs to something that was found.

#![no_main]

use std::collections::HashSet;
use std::io::Cursor;

use badgedex::packs::foreign::{Content, apkg};
use badgedex_fuzz::assert_harmless;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (contents, reviews) = match apkg::read(Cursor::new(bytes), true) {
        Ok(read) => read,
        Err(bad) => return assert!(!bad.to_string().is_empty()),
    };
    for found in &contents.found {
        assert!(!found.stem.trim().is_empty(), "{found:?}");
        match &found.content {
            Content::OneOf { choices, key } => assert!(choices.len() >= 2 && *key < choices.len(), "{found:?}"),
            Content::AnyOf { choices, keys } => {
                assert!(keys.iter().all(|key| *key < choices.len()) && keys.len() < choices.len(), "{found:?}");
            }
            Content::Typed { accepted } => assert!(accepted.iter().all(|text| !text.is_empty()), "{found:?}"),
            Content::Reveal { answer } => assert!(!answer.trim().is_empty(), "{found:?}"),
            other => panic!("no card asks for {other:?}"),
        }
    }
    contents.refused.iter().for_each(|refused| assert_harmless(&refused.why));
    let ids: HashSet<&str> = contents.found.iter().filter_map(|found| found.own_id.as_deref()).collect();
    assert!(reviews.iter().all(|review| ids.contains(review.own_id.as_str())));
    assert!(reviews.iter().all(|review| (1..=4).contains(&review.grade)));
});
