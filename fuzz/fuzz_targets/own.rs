//! Our own packs as JSON.

#![no_main]

use badgedex_formats::own;
use badgedex_fuzz::foreign;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| foreign::assert_text(bytes, |text| own::read(text).unwrap_or_default()));
