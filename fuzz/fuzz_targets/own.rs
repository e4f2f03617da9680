//! Our own packs as JSON.

#![no_main]

use badgedex_formats::badgedex_json;
use badgedex_fuzz::foreign;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| foreign::assert_text(bytes, |text| badgedex_json::read(text).unwrap_or_default()));
