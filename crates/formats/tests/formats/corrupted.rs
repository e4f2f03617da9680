//! Files of other programs with bytes turned, cut and spliced: every reader keeps its laws. What `fuzz/run`
//! does for hours, for a moment and always the same.

use std::fs;
use std::path::Path;

use crate::properties;
use badgedex_formats::csv::ColumnMapping;
use badgedex_formats::reading::{ReadOptions, read};
use badgedex_formats::{aiken, anki_text, badgedex_json, csv, gift, hascard, hashcards, practice};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// Corrupted files for each folder of seeds.
const CASES: u64 = 150;
/// A spoilt file is no longer than this.
const MAX_BYTES: usize = 8192;
/// What means something in one format or another.
const SIGNS: [&str; 32] = [
    "\n",
    "\n\n",
    "{",
    "}",
    "=",
    "~",
    "#",
    "::",
    "%50%",
    "->",
    "\"",
    ",",
    ";",
    "\t",
    "|",
    "ANSWER: A\n",
    "A. ",
    "- [x] ",
    "- [ ] ",
    "Q: ",
    "A: ",
    "C: [",
    "]",
    "---\n",
    "<b>",
    "</",
    "&#0;",
    "{{c1::",
    "\u{200b}",
    "\u{1b}[31m",
    "\u{0}",
    "null",
];

/// The files of a folder of seeds.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [root.join("../../fuzz/seeds").join(target), root.join("samples").join(target)];
    let mut paths: Vec<_> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).into_iter().flatten())
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "there are no seeds of {target}");
    paths.iter().map(|path| fs::read(path).expect("a seed")).collect()
}

/// Says which bytes broke a law.
struct Tried<'a>(&'a [u8]);

impl Drop for Tried<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the bytes: {}", self.0.escape_ascii());
        }
    }
}

fn spoilt(seeds: &[Vec<u8>], rng: &mut StdRng) -> Vec<u8> {
    let start = |bytes: &[u8], rng: &mut StdRng| {
        let from = rng.random_range(0..=bytes.len().saturating_sub(MAX_BYTES));
        bytes[from..bytes.len().min(from + MAX_BYTES)].to_vec()
    };
    let mut bytes = start(&seeds[rng.random_range(0..seeds.len())], rng);
    for _ in 0..rng.random_range(1..6) {
        let at = rng.random_range(0..=bytes.len());
        match rng.random_range(0..6) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => bytes[at] ^= 1 << rng.random_range(0..8),
            2 => {
                let end = (at + rng.random_range(0..40)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => {
                let other = &seeds[rng.random_range(0..seeds.len())];
                let from = rng.random_range(0..=other.len());
                let end = (from + rng.random_range(0..200)).min(other.len());
                bytes.splice(at..at, other[from..end].iter().copied());
            }
            4 => {
                let end = (at + rng.random_range(0..60)).min(bytes.len());
                let twice = bytes[at..end].to_vec();
                bytes.splice(at..at, twice);
            }
            _ => {
                let sign = SIGNS[rng.random_range(0..SIGNS.len())];
                bytes.splice(at..at, sign.bytes());
            }
        }
    }
    bytes
}

/// Tries the seeds as they are, then spoilt ones.
fn tried(target: &str, law: impl Fn(&[u8])) {
    let seeds = seeds(target);
    let mut rng = StdRng::seed_from_u64(7);
    let spoilt = (0..CASES).map(|_| spoilt(&seeds, &mut rng)).collect::<Vec<_>>();
    for bytes in seeds.iter().chain(&spoilt) {
        let _tried = Tried(bytes);
        law(bytes);
        // Whatever it is taken for: no bytes make it panic.
        let said = read("bank", bytes, &ReadOptions::default());
        assert!(said.is_ok() || said.is_err_and(|error| !error.to_string().is_empty()));
    }
}

#[test]
fn gift_keeps_its_laws() {
    tried("gift", |bytes| properties::assert_text(bytes, gift::read));
}

#[test]
fn aiken_keeps_its_laws() {
    tried("aiken", |bytes| properties::assert_text(bytes, aiken::read));
}

#[test]
fn separated_values_keep_their_laws() {
    tried("csv", |bytes| properties::assert_text(bytes, |text| csv::read(text, &ColumnMapping::default())));
}

#[test]
fn anki_text_keeps_its_laws() {
    tried("anki_text", |bytes| properties::assert_text(bytes, anki_text::read));
}

#[test]
fn markdown_keeps_its_laws() {
    tried("markdown", |bytes| {
        for read in [practice::read, hashcards::read, hascard::read] {
            properties::assert_text(bytes, read);
        }
    });
}

#[test]
fn our_own_json_keeps_its_laws() {
    tried("own", |bytes| {
        properties::assert_text(bytes, |text| badgedex_json::read(text).unwrap_or_default())
    });
}

#[test]
fn html_keeps_its_laws() {
    tried("html", properties::assert_html);
}

#[test]
fn packages_keep_their_laws() {
    tried("apkg", properties::assert_package);
}
