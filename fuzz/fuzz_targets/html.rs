//! HTML as plain text. Nothing is left around it, and no line break but LF.

#![no_main]

use badgedex::packs::foreign::html;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let plain = html::plain(text);
    assert_eq!(plain, html::plain(text));
    assert_eq!(plain.text, plain.text.trim());
    assert!(!plain.text.contains('\r'), "{plain:?}");
});
