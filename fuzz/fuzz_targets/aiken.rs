//! A file of Aiken. What is found has its choices and a key among them; what is refused can be shown.

#![no_main]

use badgedex::packs::foreign::{Content, aiken, encoding};
use badgedex_fuzz::{assert_found, assert_refused};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(decoded) = encoding::decode(bytes, None) else { return };
    let contents = aiken::read(&decoded.text);
    assert_eq!(aiken::read(&decoded.text), contents);
    contents.refused.iter().for_each(|refused| assert_refused(refused, &decoded.text));
    for found in &contents.found {
        assert_found(found, &decoded.text);
        assert!(matches!(found.content, Content::OneOf { .. } | Content::AnyOf { .. }), "{found:?}");
    }
});
