//! Separated values. Every question that is found can be asked, and every line that is told is there.

#![no_main]

use badgedex::packs::foreign::{Content, Contents, encoding, csv};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(decoded) = encoding::decode(bytes, None) else { return };
    let text = decoded.text.as_str();
    for contents in [csv::read(text, &csv::Mapping::default())] {
        assert_sound(&contents, text.split('\n').count());
    }
});

fn assert_sound(contents: &Contents, lines: usize) {
    for found in &contents.found {
        assert!((1..=lines).contains(&found.line), "{found:?}");
        assert!(!found.stem.trim().is_empty(), "{found:?}");
        match &found.content {
            Content::OneOf { choices, key } => assert!(choices.len() >= 2 && *key < choices.len(), "{found:?}"),
            Content::AnyOf { choices, keys } => {
                assert!(keys.iter().all(|key| *key < choices.len()) && keys.len() < choices.len(), "{found:?}");
            }
            Content::Typed { accepted: texts } | Content::Order { items: texts } => {
                assert!(!texts.is_empty() && texts.iter().all(|text| !text.is_empty()), "{found:?}");
            }
            Content::Number { value, tolerance } => assert!(value.is_finite() && *tolerance >= 0.0, "{found:?}"),
            Content::Reveal { answer } => assert!(!answer.trim().is_empty(), "{found:?}"),
            Content::TrueFalse { .. } => {}
        }
    }
    assert!(contents.refused.iter().all(|refused| (1..=lines).contains(&refused.line)));
}
