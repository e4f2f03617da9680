//! Markdown, as practice exams and as decks.

#![no_main]

use badgedex_formats::{hascard, hashcards, practice};
use badgedex_fuzz::foreign;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for read in [practice::read, hashcards::read, hascard::read] {
        foreign::assert_text(bytes, read);
    }
});
