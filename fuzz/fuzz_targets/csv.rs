//! Separated values.

#![no_main]

use badgedex_formats::csv::{self, ColumnMapping};
use badgedex_fuzz::foreign;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| foreign::assert_text(bytes, |text| csv::read(text, &ColumnMapping::default())));
