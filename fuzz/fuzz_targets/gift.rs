//! A file of GIFT.

#![no_main]

use badgedex_formats::gift;
use badgedex_fuzz::foreign;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| foreign::assert_text(bytes, gift::read));
