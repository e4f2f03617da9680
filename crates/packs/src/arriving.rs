//! A pack on its way in: read from a folder, a document or an archive, and checked before it is used.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use zip::ZipArchive;

use super::folder::{self, File, Folder};
use super::json_words::{self, Said};
use super::json_writer;
use super::place::Spot;
use super::{Fault, check, layout};
use badgedex_domain::question::Pack;

/// Larger files, and archives that inflate to more, are not read.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
const MOST_INFLATED: u64 = 256 * 1024 * 1024;
/// More files are no pack that a person wrote.
const MOST_FILES: usize = 10_000;

/// Why nothing arrives.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error(transparent)]
    Unreadable(#[from] folder::Unreadable),
    #[error("{0}: {1}")]
    Unfit(PathBuf, String),
    #[error("the pack has faults, and nothing was done")]
    Faulty(Vec<Fault>),
}

/// A pack without faults, and the files that hold it.
#[derive(Debug)]
pub struct Arrival {
    pub pack: Pack,
    pub files: Vec<File>,
}

/// Reads and checks the one pack that is at a path.
pub fn read(path: &Path) -> Result<Arrival, Refused> {
    if path.is_dir() {
        return checked(&one_of(path, folder::read_all(path)?)?);
    }
    let unfit = |why: String| Refused::Unfit(path.to_owned(), why);
    let file =
        fs::File::open(path).map_err(|source| folder::Unreadable::Io { path: path.to_owned(), source })?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|source| folder::Unreadable::Io { path: path.to_owned(), source })?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(folder::Unreadable::TooLarge(path.to_owned()).into());
    }
    let label = path.display().to_string();
    if bytes.starts_with(b"PK") {
        let files = archived(&label, bytes).map_err(unfit)?;
        return checked(&Folder { label, files, unreadable: None });
    }
    let files = document(&label, bytes).map_err(unfit)?;
    let mut arrival = checked(&Folder { label, files, unreadable: None }).map_err(without_lines)?;
    arrival.files = json_writer::files(&arrival.pack).into_iter().chain(layout::schemas()).collect();
    Ok(arrival)
}

fn one_of(path: &Path, folders: Vec<Folder>) -> Result<Folder, Refused> {
    let mut packs: Vec<Folder> = folders.into_iter().filter(|folder| folder.pack().is_some()).collect();
    match (packs.pop(), packs.is_empty()) {
        (Some(folder), true) => Ok(folder),
        (None, _) => Err(folder::Unreadable::NoPack(path.to_owned()).into()),
        _ => {
            Err(Refused::Unfit(path.to_owned(), "it holds several packs: name the folder of one".to_owned()))
        }
    }
}

fn checked(folder: &Folder) -> Result<Arrival, Refused> {
    let id = folder.pack().and_then(File::id).unwrap_or_default();
    let shelf = check(std::slice::from_ref(folder));
    if !shelf.faults.is_empty() {
        return Err(Refused::Faulty(shelf.faults));
    }
    match shelf.library.packs().iter().find(|pack| pack.id == id) {
        Some(pack) => Ok(Arrival { pack: pack.clone(), files: folder.files.clone() }),
        None => Err(Refused::Unfit(PathBuf::from(&folder.label), "there is no pack in it".to_owned())),
    }
}

/// The lines of a document are not those of the files that were made of it.
fn without_lines(refused: Refused) -> Refused {
    match refused {
        Refused::Faulty(faults) => {
            Refused::Faulty(faults.into_iter().map(|fault| Fault { line: None, ..fault }).collect())
        }
        other => other,
    }
}

/// The two files that a document with a whole pack stands for.
fn document(label: &str, bytes: Vec<u8>) -> Result<Vec<File>, String> {
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut head: Map<String, Value> = serde_json::from_str(text).map_err(|error| {
        let Said { at, problem, .. } = json_words::said(text, Spot::START, &error);
        let Spot { line, column } = Spot::START.after(&text[..at]);
        format!("it is no pack as JSON, and no zip archive: {line}:{column}: {problem}")
    })?;
    let questions = head.remove("questions").ok_or("it has no \"questions\": give the folder of the pack")?;
    let body = json!({ "format": head.get("format"), "pack": head.get("id"), "questions": questions });
    let file = |name: &str, text: String| File { label: label.to_owned(), name: name.to_owned(), text };
    Ok(vec![file("pack.json", Value::Object(head).to_string()), file("questions.json", body.to_string())])
}

/// The files of a zipped folder. Their names are not trusted, nor how large they say they are.
fn archived(label: &str, bytes: Vec<u8>) -> Result<Vec<File>, String> {
    let broken = |error: &dyn std::fmt::Display| format!("the archive cannot be read: {error}");
    let mut archive = ZipArchive::new(std::io::Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.len() > MOST_FILES {
        return Err("the archive holds more than 10000 files".to_owned());
    }
    let mut files = Vec::new();
    let (mut names, mut folders) = (BTreeSet::new(), BTreeSet::new());
    let mut left = MOST_INFLATED;
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|error| broken(&error))?;
        if entry.is_symlink() {
            return Err("the archive holds a link".to_owned());
        }
        let Some((folder, name)) = wanted(&entry.name().map_err(|error| broken(&error))?)? else { continue };
        let mut text = String::new();
        entry.take(left + 1).read_to_string(&mut text).map_err(|error| broken(&error))?;
        left = left.checked_sub(text.len() as u64).ok_or("the archive inflates to more than 256 MiB")?;
        folders.insert(folder);
        if folders.len() > 1 || !names.insert(name.to_lowercase()) {
            return Err("the archive holds more than the one folder of a pack".to_owned());
        }
        let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned);
        files.push(File { label: format!("{label}/{name}"), name, text });
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// Folder and tame name of an entry that belongs to a pack; none where it does not.
fn wanted(entry: &str) -> Result<Option<(String, String)>, String> {
    let parts: Vec<&str> = entry.split(['/', '\\']).collect();
    if parts.contains(&"..") || entry.starts_with(['/', '\\']) || entry.contains('\0') {
        return Err("the archive holds a name that leads out of it".to_owned());
    }
    let (folder, name) = match parts[..] {
        [name] => ("", name),
        [folder, name] => (folder, name),
        _ => return Ok(None),
    };
    if !name.ends_with(".json") || name.starts_with('.') || folder.starts_with('.') {
        return Ok(None);
    }
    let tame = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    Ok(Some((folder.to_owned(), name.chars().take(100).map(tame).collect::<String>())))
        .map(|found| found.filter(|(folder, name)| folder != "__MACOSX" && name.ends_with(".json")))
}
