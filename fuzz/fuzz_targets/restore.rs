//! A damaged store, as a restore reads it: whatever its bytes are, reading ends, and an event that counts as sound
//! is written and read again.

#![no_main]

use std::fs;

use badgedex_fuzz::scratch;
use badgedex_store::{jsonl, salvage};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let damaged = scratch("damaged.db");
    fs::write(&damaged, bytes).expect("a scratch file");
    for event in salvage::read(&damaged, &scratch("copy.db")).events {
        let line = jsonl::write(&event);
        assert_eq!(jsonl::read(&line).expect("what was written is read"), event, "of {line}");
    }
});
