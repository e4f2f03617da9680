//! Anki's notes in plain text.

#![no_main]

use badgedex_formats::anki_text;
use badgedex_fuzz::foreign;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| foreign::assert_text(bytes, anki_text::read));
