//! A file of GIFT. What is found can be asked, what is refused can be shown, and each has its line.

#![no_main]

use badgedex::packs::foreign::{Content, encoding, gift};
use badgedex_fuzz::{assert_found, assert_refused};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(decoded) = encoding::decode(bytes, None) else { return };
    let contents = gift::read(&decoded.text);
    assert_eq!(gift::read(&decoded.text), contents);
    contents.refused.iter().for_each(|refused| assert_refused(refused, &decoded.text));
    for found in &contents.found {
        assert_found(found, &decoded.text);
        assert!(!matches!(found.content, Content::Reveal { .. }), "{found:?}");
    }
});
