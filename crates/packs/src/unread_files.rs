//! Files and folders that look like questions and are not read.

use std::fs;
use std::path::{Path, PathBuf};

use super::diagnostic::Diagnostic;
use super::folder::{Folder, PACK};
use super::raw::RawQuestions;

/// At most this many entries of a folder are looked at.
const MAX_ENTRIES: usize = 2_000;
/// A larger file is not looked at, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;
/// A file without questions is shorter, in bytes.
const MAX_EMPTY_FILE: usize = 4096;

/// Errors for packs without questions, and for files and folders that look like questions and are not
/// read. `path` is what was named, and `folders` what was read there.
pub fn overlooked(path: &Path, folders: &[Folder]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for folder in folders {
        let place = &folder.path;
        diagnostics.extend(without_questions(folder));
        diagnostics.extend(entries(place).iter().filter_map(|entry| stray(entry)));
        diagnostics.extend(folders_in(place).flat_map(|inner| inside_a_pack(&inner)));
    }
    let is_one = folders.iter().any(|folder| folder.path == path);
    if !is_one && path.is_dir() {
        let is_read = |inner: &PathBuf| folders.iter().any(|folder| folder.path == *inner);
        diagnostics
            .extend(folders_in(path).filter(|inner| !is_read(inner)).flat_map(|inner| beside(path, &inner)));
    }
    diagnostics
}

/// The folder of a pack that is deeper below `path` than packs are looked for.
pub fn nested(path: &Path) -> Option<PathBuf> {
    folders_in(path).flat_map(|inner| folders_in(&inner).collect::<Vec<_>>()).find(|folder| is_pack(folder))
}

fn without_questions(folder: &Folder) -> Option<Diagnostic> {
    let head = folder.pack()?;
    // A file that cannot be read has an error of its own, and may hold questions.
    let is_empty = |text: &str| {
        text.len() < MAX_EMPTY_FILE
            && serde_json::from_str::<RawQuestions>(text).is_ok_and(|raw| raw.questions.is_empty())
    };
    let has_none = folder.unreadable.is_none() && folder.question_files().all(|file| is_empty(&file.text));
    let problem = "the pack has no question: write some into a file beside it, such as questions.json";
    has_none.then(|| Diagnostic::of_file(&head.label, problem))
}

/// A file whose name keeps it from being read.
fn stray(path: &Path) -> Option<Diagnostic> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let lower = name.to_lowercase();
    let is_read = name.ends_with(".json") || name.starts_with('.');
    let like = lower.find(".json").map(|at| format!("{}.json", &lower[..at]))?;
    let is_stray = !is_read && path.is_file() && holds_questions(path);
    let problem = format!("the file is not read: name it {like}");
    is_stray.then(|| Diagnostic::of_file(&path.display().to_string(), problem))
}

/// Questions, or a whole pack, in a folder inside of a pack's.
fn inside_a_pack(inner: &Path) -> Vec<Diagnostic> {
    if is_pack(inner) {
        let problem = "the pack is not read because the folder around it is a pack: move it next to that";
        return vec![Diagnostic::of_file(&inner.display().to_string(), problem)];
    }
    let is_like = |file: &&PathBuf| is_json(file) && holds_questions(file);
    let problem = "the file is not read because it is in a folder inside the pack: move it next to pack.json";
    let files = entries(inner);
    files
        .iter()
        .filter(is_like)
        .map(|file| Diagnostic::of_file(&file.display().to_string(), problem))
        .collect()
}

/// A folder next to packs that is not a pack itself.
fn beside(path: &Path, inner: &Path) -> Vec<Diagnostic> {
    let label = inner.display().to_string();
    if entries(inner).iter().any(|file| is_json(file) && holds_questions(file)) {
        return vec![Diagnostic::of_file(&label, "the questions in it are not read: it has no pack.json")];
    }
    let packs = folders_in(inner).filter(|folder| is_pack(folder));
    let problem = format!("the pack is not read here: move its folder to {}", path.display());
    packs.map(|pack| Diagnostic::of_file(&pack.display().to_string(), problem.clone())).collect()
}

fn is_pack(folder: &Path) -> bool {
    folder.join(PACK).is_file()
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "json")
}

/// Whether a file looks like one with questions; a schema does, and is none.
fn holds_questions(path: &Path) -> bool {
    let is_schema = path.to_string_lossy().contains(".schema.");
    let text = if is_schema { Vec::new() } else { badgedex_files::read(path, MAX_BYTES).unwrap_or_default() };
    let has = |word: &[u8]| text.windows(word.len()).any(|part| part == word);
    has(b"\"questions\"") || has(b"\"topics\"") && has(b"\"teaches\"")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().take(MAX_ENTRIES).map(|e| e.path()).collect();
    entries.sort();
    entries
}

/// The folders in a folder, without those that begin with a dot.
fn folders_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let is_hidden =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    entries(folder).into_iter().filter(move |path| path.is_dir() && !is_hidden(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folders;

    const HEAD: &str = "{ \"format\": 1, \"id\": \"sea\", \"topics\": [], \"teaches\": \"content\" }";
    const QUESTIONS: &str = "{ \"format\": 1, \"pack\": \"sea\", \"questions\": [1] }";
    const NONE: &str = "{ \"format\": 1, \"pack\": \"sea\", \"questions\": [] }";

    /// What is told of a folder with these files, without the folder's own path.
    fn told(files: &[(&str, &str)]) -> Vec<String> {
        let home = tempfile::TempDir::new().unwrap();
        for (name, text) in files {
            let path = home.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let read = folders(home.path()).unwrap_or_default();
        let bare = format!("{}/", home.path().display());
        overlooked(home.path(), &read)
            .iter()
            .map(|diagnostic| diagnostic.to_string().replace(&bare, ""))
            .collect()
    }

    #[test]
    fn what_looks_like_questions_and_is_not_read_is_named() {
        let (pack, rest) = (("sea/pack.json", HEAD), ("sea/q.json", QUESTIONS));
        for (files, diagnostic) in [
            (vec![pack, rest], None),
            (vec![pack], Some("sea/pack.json: the pack has no question")),
            (vec![pack, ("sea/q.json", NONE)], Some("sea/pack.json: the pack has no question")),
            (vec![pack, ("sea/q.json", "no JSON")], None),
            (
                vec![pack, rest, ("sea/Q2.JSON", QUESTIONS)],
                Some("sea/Q2.JSON: the file is not read: name it q2.json"),
            ),
            (
                vec![pack, rest, ("sea/b.json.txt", QUESTIONS)],
                Some("sea/b.json.txt: the file is not read: name it b.json"),
            ),
            (vec![pack, rest, ("sea/notes.txt", QUESTIONS), ("sea/old.json.bak", "nothing")], None),
            (
                vec![pack, rest, ("sea/more/b.json", QUESTIONS)],
                Some("sea/more/b.json: the file is not read because it is in a folder"),
            ),
            (vec![pack, rest, ("sea/schema/questions.schema.json", QUESTIONS)], None),
            (vec![pack, rest, ("sea/bay/pack.json", HEAD)], Some("sea/bay: the pack is not read because")),
            (
                vec![pack, rest, ("bay/b.json", QUESTIONS)],
                Some("bay: the questions in it are not read: it has no pack.json"),
            ),
            (
                vec![pack, rest, ("mine/bay/pack.json", HEAD)],
                Some("mine/bay: the pack is not read here: move its folder to"),
            ),
            (vec![pack, rest, (".old/b.json", QUESTIONS), ("pictures/a.json", "{}")], None),
        ] {
            let told = told(&files);
            let is_as_wanted = match (diagnostic, &told[..]) {
                (None, []) => true,
                (Some(diagnostic), [told]) => told.starts_with(diagnostic),
                _ => false,
            };
            assert!(is_as_wanted, "{files:?}\n{told:?}");
        }
    }

    #[test]
    fn a_pack_that_lies_too_deep_is_found_where_there_is_no_other() {
        let home = tempfile::TempDir::new().unwrap();
        assert_eq!(nested(home.path()), None);
        let deep = home.path().join("mine/sea");
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join(PACK), HEAD).unwrap();
        assert_eq!(nested(home.path()), Some(deep));
    }
}
