//! Which packs the learner removed, and when: a pack that was removed does not come back from another device.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use badgedex_files::private;
use serde::{Deserialize, Serialize};

/// Hidden, so that it is not read as a pack.
const NAME: &str = ".removed.json";
/// Ten thousand ids are shorter.
const MAX_BYTES: u64 = 1024 * 1024;

#[derive(Debug, Default, Serialize, Deserialize)]
struct RawRemovals {
    format: u32,
    /// By id, in milliseconds since 1970.
    removed: BTreeMap<String, i64>,
}

/// The removed packs of a folder of packs, with times in milliseconds since 1970. If the file is missing or
/// damaged there are none.
pub fn read(questions: &Path) -> BTreeMap<String, i64> {
    let path = questions.join(NAME);
    let read = badgedex_files::read(&path, MAX_BYTES).ok();
    let removals = read.and_then(|bytes| serde_json::from_slice::<RawRemovals>(&bytes).ok());
    removals.unwrap_or_default().removed
}

/// Writes which packs were removed.
///
/// # Errors
///
/// What the system says if the file cannot be written.
pub fn write(questions: &Path, removed: &BTreeMap<String, i64>) -> io::Result<()> {
    if *removed == read(questions) {
        return Ok(());
    }
    private::create_dir_all(questions)?;
    let raw = RawRemovals { format: 1, removed: removed.clone() };
    badgedex_files::write_whole(&questions.join(NAME), &serde_json::to_vec(&raw)?)
}

/// Notes that a pack was removed at a time.
///
/// # Errors
///
/// As [`write()`].
pub fn note(questions: &Path, id: &str, at: i64) -> io::Result<()> {
    let mut removed = read(questions);
    removed.insert(id.to_owned(), at);
    write(questions, &removed)
}

/// Forgets that a pack was removed: it was added again.
///
/// # Errors
///
/// As [`write()`].
pub fn forget(questions: &Path, id: &str) -> io::Result<()> {
    let mut removed = read(questions);
    match removed.remove(id) {
        Some(_) => write(questions, &removed),
        None => Ok(()),
    }
}
