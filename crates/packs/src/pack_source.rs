//! Where a new pack comes from: a folder, a JSON document or a zip archive, which is read and checked.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde_json::json;
use serde_json::value::RawValue;
use zip::ZipArchive;

use super::diagnostic::Diagnostic;
use super::folder::{self, File, Folder};
use super::json::{self, JsonError};
use super::json_writer;
use super::layout;
use super::limits::{MAX_ARCHIVE_BYTES, MAX_ARCHIVE_FILES, MAX_FILE_BYTES, MAX_PACK_FILES, MAX_VALUES};
use super::loader::check;
use super::position::Position;
use super::text_size::{self, TooMany};
use badgedex_domain::question::Pack;

/// Why a pack is not taken from a source.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The source cannot be read.
    #[error(transparent)]
    Unreadable(#[from] folder::Unreadable),
    /// The source at a path is not a pack, for a reason.
    #[error("{0}: {1}")]
    Unfit(PathBuf, NotAPack),
    /// The pack has errors.
    #[error("the pack has faults, and nothing was done")]
    Faulty(Vec<Diagnostic>),
}

/// Why a source is not a pack.
#[derive(Debug, thiserror::Error)]
pub enum NotAPack {
    /// A folder with more than one pack.
    #[error("it holds several packs: name the folder of one")]
    SeveralPacks,
    /// A source without a pack.
    #[error("it contains no pack")]
    NoPack,
    /// A file that is not text.
    #[error("it is not UTF-8 text")]
    NotText,
    /// A file that is neither JSON nor a zip archive.
    #[error(
        "it is neither a pack in JSON nor a zip archive: {}:{}: {error}", error.position.line, error.position.column
    )]
    NotJson {
        /// What is wrong with it as JSON.
        error: Box<JsonError>,
    },
    /// A document without questions.
    #[error("it has no \"questions\": give the folder of the pack")]
    NoQuestions,
    /// A zip archive that is damaged.
    #[error("the archive cannot be read: {0}")]
    DamagedArchive(#[from] zip::result::ZipError),
    /// A file of an archive that cannot be read.
    #[error("the archive cannot be read: {0}")]
    DamagedEntry(#[from] io::Error),
    /// More files than [`MAX_ARCHIVE_FILES`].
    #[error("the archive holds more than 10000 files")]
    TooManyFiles,
    /// More files of questions than [`MAX_PACK_FILES`].
    #[error("it holds more than 1000 files of questions: put several into one")]
    TooManyPackFiles,
    /// A link in an archive.
    #[error("the archive holds a link")]
    Link,
    /// More bytes than [`MAX_ARCHIVE_BYTES`].
    #[error("the archive inflates to more than 64 MiB")]
    TooLarge,
    /// More values than [`MAX_VALUES`].
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// More than one folder, or two files of one name.
    #[error("the archive holds more than the one folder of a pack")]
    SeveralFolders,
    /// A name that leads out of the archive.
    #[error("the archive holds a name that leads out of it")]
    NameLeadsOut,
}

/// How an entry begins in the list at the end of an archive (APPNOTE.TXT 4.3.12).
const ENTRY_START: &[u8; 4] = b"PK\x01\x02";

/// A pack without errors, and the files that hold it.
#[derive(Debug)]
pub struct IncomingPack {
    /// The pack.
    pub pack: Pack,
    /// Its files, as they are to be written.
    pub files: Vec<File>,
}

/// Reads and checks the one pack that is at a path.
///
/// # Errors
///
/// [`SourceError`] if the path cannot be read, does not hold exactly one pack, or the pack has errors.
pub fn read(path: &Path) -> Result<IncomingPack, SourceError> {
    if path.is_dir() {
        return checked(one_of(path, folder::incoming(path)?)?);
    }
    let unfit = |why: NotAPack| SourceError::Unfit(path.to_owned(), why);
    let bytes =
        badgedex_files::read(path, MAX_FILE_BYTES).map_err(|error| folder::Unreadable::of(path, error))?;
    let label = path.display().to_string();
    if bytes.starts_with(b"PK") {
        return checked(Folder::new(path, archived(&label, bytes).map_err(unfit)?));
    }
    let files = document(&label, bytes).map_err(unfit)?;
    let mut arrival = checked(Folder::new(path, files)).map_err(without_positions)?;
    arrival.files = json_writer::files(&arrival.pack).into_iter().chain(layout::schemas()).collect();
    Ok(arrival)
}

fn one_of(path: &Path, folders: Vec<Folder>) -> Result<Folder, SourceError> {
    let has_catalog = folders.iter().any(|folder| folder.catalog().is_some());
    let mut packs: Vec<Folder> = folders.into_iter().filter(|folder| folder.pack().is_some()).collect();
    match (packs.pop(), packs.is_empty()) {
        (Some(folder), true) => Ok(folder),
        (None, _) if has_catalog => Err(folder::Unreadable::OnlyCatalog(path.to_owned()).into()),
        (None, _) => Err(folder::Unreadable::NoPack(path.to_owned()).into()),
        _ => Err(SourceError::Unfit(path.to_owned(), NotAPack::SeveralPacks)),
    }
}

fn checked(folder: Folder) -> Result<IncomingPack, SourceError> {
    check_size(&folder.files).map_err(|why| SourceError::Unfit(folder.path.clone(), why))?;
    let id = folder.pack().and_then(File::id).unwrap_or_default();
    let loaded = check(std::slice::from_ref(&folder));
    if !loaded.diagnostics.is_empty() {
        return Err(SourceError::Faulty(loaded.diagnostics));
    }
    match loaded.library.packs().iter().find(|pack| pack.id == id) {
        Some(pack) => Ok(IncomingPack { pack: pack.clone(), files: folder.files }),
        None => Err(SourceError::Unfit(folder.path, NotAPack::NoPack)),
    }
}

/// Refuses too many files, and files that hold too many values together.
fn check_size(files: &[File]) -> Result<(), NotAPack> {
    if files.len() > MAX_PACK_FILES {
        return Err(NotAPack::TooManyPackFiles);
    }
    let mut values = 0;
    for file in files {
        values += text_size::count(&file.text)?;
    }
    if values > MAX_VALUES { Err(TooMany::Values.into()) } else { Ok(()) }
}

/// The positions in a document are not those in the files that were made of it.
fn without_positions(error: SourceError) -> SourceError {
    match error {
        SourceError::Faulty(mut diagnostics) => {
            diagnostics.iter_mut().for_each(|diagnostic| diagnostic.place.position = None);
            SourceError::Faulty(diagnostics)
        }
        SourceError::Unreadable(_) | SourceError::Unfit(..) => error,
    }
}

/// The two files that a document with a whole pack is split into.
fn document(label: &str, bytes: Vec<u8>) -> Result<Vec<File>, NotAPack> {
    let mut text = String::from_utf8(bytes).map_err(|_| NotAPack::NotText)?;
    folder::strip_mark(&mut text);
    text_size::count(&text)?;
    // The values stay text: a tree of them would take many times as much memory.
    let mut head: BTreeMap<String, &RawValue> =
        json::read(&text, Position::START).map_err(|error| NotAPack::NotJson { error: Box::new(error) })?;
    let questions = head.remove("questions").ok_or(NotAPack::NoQuestions)?;
    let value = |key: &str| head.get(key).map_or("null", |value| value.get());
    let (format, id) = (value("format"), value("id"));
    let body = format!("{{\"format\":{format},\"pack\":{id},\"questions\":{}}}", questions.get());
    let members: Vec<String> = head.iter().map(|(key, value)| format!("{}:{value}", json!(key))).collect();
    let file = |name: &str, text: String| File { label: label.to_owned(), name: name.to_owned(), text };
    Ok(vec![file("pack.json", format!("{{{}}}", members.join(","))), file("questions.json", body)])
}

/// The files of a zipped folder. Neither their names nor their stated sizes are trusted.
fn archived(label: &str, bytes: Vec<u8>) -> Result<Vec<File>, NotAPack> {
    if count_entries(&bytes) > MAX_ARCHIVE_FILES {
        return Err(NotAPack::TooManyFiles);
    }
    let mut archive = ZipArchive::new(std::io::Cursor::new(bytes))?;
    let mut files = Vec::new();
    let (mut names, mut folders) = (BTreeSet::new(), BTreeSet::new());
    let mut left = MAX_ARCHIVE_BYTES;
    for place in 0..archive.len() {
        let entry = archive.by_index(place)?;
        if entry.is_symlink() {
            return Err(NotAPack::Link);
        }
        let Some((folder, name)) = wanted(&entry.name()?)? else { continue };
        let stated = usize::try_from(entry.size().min(left)).unwrap_or_default();
        let mut text = String::with_capacity(stated);
        entry.take(left + 1).read_to_string(&mut text)?;
        left = left.checked_sub(text.len() as u64).ok_or(NotAPack::TooLarge)?;
        folders.insert(folder);
        if folders.len() > 1 || !names.insert(name.to_lowercase()) {
            return Err(NotAPack::SeveralFolders);
        }
        folder::strip_mark(&mut text);
        files.push(File { label: format!("{label}/{name}"), name, text });
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// How many entries an archive has at most. The list of them is not read before that is known: each takes more memory
/// than the 46 bytes in which it is written, and how many there are is stated where anything can be stated.
pub fn count_entries(archive: &[u8]) -> usize {
    archive.windows(ENTRY_START.len()).filter(|bytes| bytes == ENTRY_START).count()
}

/// Folder and safe name of an entry that belongs to a pack; `None` if it does not.
fn wanted(entry: &str) -> Result<Option<(String, String)>, NotAPack> {
    let parts: Vec<&str> = entry.split(['/', '\\']).collect();
    if parts.contains(&"..") || entry.starts_with(['/', '\\']) || entry.contains('\0') {
        return Err(NotAPack::NameLeadsOut);
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
