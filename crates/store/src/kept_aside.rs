//! Lines that are not in the journal because another one is, or because something is wrong with them: they are
//! kept in one file next to the backups, for a person to look at.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Conflict, StoreError, backups, permissions};
use badgedex_files::private;

const FILE: &str = "kept-aside.jsonl";
/// The file does not grow beyond this, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// One line that is not in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAside {
    /// The event's id, if it can be read.
    pub id: Option<Uuid>,
    /// Why it is not in the journal, as a sentence without its end.
    pub why: String,
    /// The line of the journal with the same id, if there is one.
    pub kept: Option<String>,
    /// The line itself, or the part of it that can be read.
    pub aside: String,
}

impl From<&Conflict> for KeptAside {
    fn from(conflict: &Conflict) -> KeptAside {
        KeptAside {
            id: Some(conflict.id),
            why: "the journal has another line with its id".to_owned(),
            kept: Some(conflict.kept.clone()),
            aside: conflict.aside.clone(),
        }
    }
}

impl KeptAside {
    fn line(&self) -> String {
        // A line is shown as what it is, or as text if it is not JSON.
        let shown = |line: &String| serde_json::from_str(line).unwrap_or_else(|_| Value::from(line.as_str()));
        let kept = self.kept.as_ref().map(shown);
        json!({ "id": self.id, "why": self.why, "kept": kept, "aside": shown(&self.aside) }).to_string()
    }
}

/// Adds lines to the file of a home folder, each once however often it comes. Returns the file's path.
///
/// # Errors
///
/// Returns an error if the file cannot be read or written.
pub fn add(home: &Path, lines: &[KeptAside]) -> Result<PathBuf, StoreError> {
    let folder = backups::folder_in(home);
    permissions::ensure_inner_dir(&folder)?;
    let path = folder.join(FILE);
    let failed = |source| StoreError::Home { path: path.clone(), source };
    let mut file = match permissions::check_file(&path)? {
        true => fs::OpenOptions::new().append(true).open(&path).map_err(failed)?,
        false => private::new_file().open(&path).map_err(failed)?,
    };
    let mut length = file.metadata().map_err(failed)?.len();
    if length > MAX_BYTES {
        return Ok(path);
    }
    let there = fs::read(&path).map_err(failed)?;
    let mut there: HashSet<&[u8]> = there.split(|byte| *byte == b'\n').collect();
    let texts: Vec<String> = lines.iter().map(KeptAside::line).collect();
    let mut added = Vec::new();
    for text in &texts {
        length += text.len() as u64 + 1;
        if length <= MAX_BYTES && there.insert(text.as_bytes()) {
            added.extend_from_slice(text.as_bytes());
            added.push(b'\n');
        }
    }
    let written = file.write_all(&added).and_then(|()| file.sync_all());
    written.map_err(|source: io::Error| StoreError::Home { path: path.clone(), source })?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_added_once_however_often_it_comes() {
        let home = tempfile::tempdir().unwrap();
        let line = |aside: &str| KeptAside { id: None, why: "w".into(), kept: None, aside: aside.into() };
        for _ in 0..3 {
            add(home.path(), &[line("{\"a\":1}"), line("no JSON")]).unwrap();
        }
        let path = add(home.path(), &[line("later")]).unwrap();
        assert_eq!(
            fs::read_to_string(path).unwrap(),
            concat!(
                "{\"aside\":{\"a\":1},\"id\":null,\"kept\":null,\"why\":\"w\"}\n",
                "{\"aside\":\"no JSON\",\"id\":null,\"kept\":null,\"why\":\"w\"}\n",
                "{\"aside\":\"later\",\"id\":null,\"kept\":null,\"why\":\"w\"}\n"
            )
        );
    }
}
