//! A file of Aiken.

#![no_main]

use badgedex_formats::aiken;
use badgedex_fuzz::foreign;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| foreign::assert_text(bytes, aiken::read));
