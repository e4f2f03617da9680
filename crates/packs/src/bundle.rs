//! The learner's own packs and catalogs in one file, with which they travel and are backed up.
//!
//! The file is compressed JSON lines. The first is `{"format":"badgedex-packs/1"}`; then come the ids that were
//! removed, `{"removed":"sea","at":1795420800000}`, and the folders. Each has a line of its own,
//! `{"pack":"sea","catalog":false,"edited":1795420800000,"digest":"...","files":2}`, which the lines of its files follow,
//! `{"file":"pack.json","text":"..."}`. Times are milliseconds since 1970. Folders with a catalog come first,
//! since packs name credentials.
//!
//! Unlike an archive, it is read in a stream: whatever is in it, no more than one folder is in memory.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File as DiskFile};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::diagnostic::Diagnostic;
use super::folder::{self, File, Folder};
use super::import_marks;
use super::installed::{self, PackChange};
use super::limits::{MAX_BUNDLE_BYTES, MAX_BUNDLE_FILES, MAX_BUNDLE_PACKS, MAX_TRAVELING_BYTES};
use super::loader::check;
use super::slug::is_slug;
use super::text_size::{self, TooMany};

/// The format that the first line names.
pub const FORMAT: &str = "badgedex-packs/1";
/// Blanks, quotes and line feeds take two bytes in JSON; a text of nothing else is not a pack.
const MAX_LINE_BYTES: u64 = MAX_TRAVELING_BYTES + MAX_TRAVELING_BYTES / 2;
/// A longer id is nobody's.
const MAX_ID_BYTES: usize = 100;
/// A longer name is cut.
const MAX_NAME_BYTES: usize = 100;

/// Why a bundle, or a pack in it, is not taken.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The system cannot read or write it.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It does not begin as a bundle does.
    #[error("it does not hold packs of badgedex")]
    Foreign,
    /// A newer version wrote it.
    #[error("it was written by a newer badgedex: update this one")]
    Newer,
    /// It ends early, or a line is not what it should be.
    #[error("line {0} is damaged")]
    Damaged(usize),
    /// It holds more than is read.
    #[error("it holds more than is read: at most {MAX_BUNDLE_PACKS} packs, and 512 MiB of text")]
    TooLarge,
    /// A pack is larger than is carried.
    #[error("a pack in it is larger than 32 MiB, or has more than {MAX_BUNDLE_FILES} files")]
    PackTooLarge,
    /// A text with more values than are read.
    #[error("the pack \"{0}\": {1}")]
    TooMany(String, TooMany),
    /// The text of a pack is not what its digest was made of.
    #[error("the pack \"{0}\" is damaged: its digest does not match")]
    WrongDigest(String),
    /// The pack has errors.
    #[error("the pack \"{id}\" has errors, the first: {first}")]
    Faulty {
        /// Its id.
        id: String,
        /// The first error.
        first: Box<Diagnostic>,
    },
}

/// A state of one of the learner's own folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackState {
    /// The id of its pack, else of its catalog.
    pub id: String,
    /// When it was last edited, in milliseconds since 1970.
    pub edited: i64,
    /// Names the content.
    pub digest: String,
    /// Whether it has a catalog: packs name the credentials of catalogs.
    pub has_catalog: bool,
}

impl PackState {
    /// Whether it takes the place of another state of the same pack: the later edit does, and of two at the same
    /// moment the same one on all devices.
    pub fn supersedes(&self, other: &PackState) -> bool {
        self.digest != other.digest && (self.edited, &self.digest) > (other.edited, &other.digest)
    }
}

/// One of the learner's own folders.
#[derive(Debug, Clone)]
pub struct OwnPack {
    /// Its state.
    pub state: PackState,
    /// The folder.
    pub path: PathBuf,
}

/// The learner's own packs and catalogs, those with a catalog first. Folders that cannot be read are left out.
pub fn own(questions: &Path) -> Vec<OwnPack> {
    let below = fs::read_dir(questions).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_visible =
        |path: &PathBuf| path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.'));
    let folders = below.filter(|path| is_visible(path) && path.is_dir());
    let mut own: Vec<OwnPack> = folders.filter_map(|path| own_pack(&path)).collect();
    own.sort_by(|a, b| (!a.state.has_catalog, &a.state.id).cmp(&(!b.state.has_catalog, &b.state.id)));
    own.dedup_by(|a, b| a.state.id == b.state.id);
    own
}

fn own_pack(path: &Path) -> Option<OwnPack> {
    let folder = folder_at(path)?;
    let id = id_of(&folder).filter(|id| is_id(id))?;
    let edited = last_modified(path, &folder)?;
    let has_catalog = folder.catalog().is_some();
    let digest = digest(&traveling(path, folder));
    Some(OwnPack { state: PackState { id, edited, digest, has_catalog }, path: path.to_owned() })
}

/// The folder with a pack or a catalog at a path; `None` if a file of it cannot be read.
fn folder_at(path: &Path) -> Option<Folder> {
    let folder = folder::folders(path).ok()?.into_iter().next()?;
    (folder.path == path && folder.unreadable.is_none()).then_some(folder)
}

fn id_of(folder: &Folder) -> Option<String> {
    folder.pack().or(folder.catalog()).and_then(File::id)
}

fn is_id(id: &str) -> bool {
    is_slug(id) && id.len() <= MAX_ID_BYTES
}

/// When a folder was last edited, in milliseconds since 1970; `None` if it cannot be read.
pub fn edited(path: &Path) -> Option<i64> {
    last_modified(path, &folder_at(path)?)
}

fn last_modified(path: &Path, folder: &Folder) -> Option<i64> {
    folder.files.iter().filter_map(|file| modified(&path.join(&file.name))).max()
}

fn modified(path: &Path) -> Option<i64> {
    let time = fs::metadata(path).ok()?.modified().ok()?;
    i64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok()
}

/// The files that travel, under the names that they have there.
fn traveling(path: &Path, folder: Folder) -> Vec<File> {
    let mut files = folder.files;
    files.extend(import_marks::file(path));
    let mut taken = HashSet::new();
    for (place, file) in files.iter_mut().enumerate() {
        file.name = tame(&file.name);
        if !taken.insert(file.name.to_lowercase()) {
            file.name = format!("{place}-{}", file.name);
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn tame(name: &str) -> String {
    let tame = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let from = name.len().saturating_sub(MAX_NAME_BYTES);
    let from = (from..name.len()).find(|place| name.is_char_boundary(*place)).unwrap_or(0);
    name[from..].chars().map(tame).collect::<String>().trim_start_matches('.').to_owned()
}

/// Names the content of files: their names and texts, in the order of the names.
fn digest(files: &[File]) -> String {
    let of_file = |sum: Uuid, file: &File| {
        Uuid::new_v5(&Uuid::new_v5(&sum, file.name.as_bytes()), file.text.as_bytes())
    };
    files.iter().fold(Uuid::NAMESPACE_OID, of_file).simple().to_string()
}

/// Writes packs and removals. Returns the ids of those that are too large, or that changed meanwhile, and are not
/// in it.
///
/// # Errors
///
/// Returns an error if the output cannot be written.
pub fn write(
    out: impl Write,
    packs: &[OwnPack],
    removed: &BTreeMap<String, i64>,
) -> Result<Vec<String>, io::Error> {
    let mut left_out = Vec::new();
    let mut out = GzEncoder::new(out, Compression::fast());
    writeln!(out, "{}", json!({ "format": FORMAT }))?;
    for (id, at) in removed {
        writeln!(out, "{}", json!({ "removed": id, "at": at }))?;
    }
    for pack in packs {
        let files = folder_at(&pack.path).map(|folder| traveling(&pack.path, folder)).unwrap_or_default();
        let PackState { id, edited, digest: named, has_catalog } = &pack.state;
        let bytes: u64 = files.iter().map(|file| file.text.len() as u64).sum();
        if bytes > MAX_TRAVELING_BYTES || files.len() > MAX_BUNDLE_FILES || digest(&files) != *named {
            left_out.push(id.clone());
            continue;
        }
        writeln!(
            out,
            "{}",
            json!({
                "pack": id, "catalog": has_catalog, "edited": edited, "digest": named, "files": files.len(),
            })
        )?;
        for file in &files {
            serde_json::to_writer(&mut out, &json!({ "file": file.name, "text": file.text }))?;
            out.write_all(b"\n")?;
        }
    }
    out.finish()?.flush()?;
    Ok(left_out)
}

/// Whether a file begins as a bundle does.
pub fn is_bundle(path: &Path) -> bool {
    BundleReader::open(path).is_ok()
}

/// What a bundle says of one pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BundleEntry {
    /// It was removed at this time, in milliseconds since 1970.
    Removed(String, i64),
    /// It is in the bundle: [`BundleReader::folder`] reads it.
    Pack(PackState),
}

/// A line of a bundle, as it is written.
#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum RawLine {
    Removed { removed: String, at: i64 },
    Pack { pack: String, catalog: bool, edited: i64, digest: String, files: usize },
    File { file: String, text: String },
}

/// A bundle that is being read.
pub struct BundleReader {
    reader: Box<dyn BufRead>,
    line_number: usize,
    bytes_left: u64,
    packs_left: usize,
    /// Files of the present pack that are not read yet.
    files_left: usize,
}

impl BundleReader {
    /// Opens a bundle.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read, or is not a bundle that this version knows.
    pub fn open(path: &Path) -> Result<BundleReader, BundleError> {
        let file = badgedex_files::open_regular(path).map_err(|_| BundleError::Foreign)?;
        let inflated = MultiGzDecoder::new(BufReader::new(file));
        let mut bundle = BundleReader {
            reader: Box::new(BufReader::new(inflated)),
            line_number: 0,
            bytes_left: MAX_BUNDLE_BYTES,
            packs_left: MAX_BUNDLE_PACKS,
            files_left: 0,
        };
        let mut first = Vec::new();
        // What is not compressed is not a bundle either.
        let read = (&mut bundle.reader).take(1024).read_until(b'\n', &mut first);
        bundle.line_number = 1;
        let first: serde_json::Value =
            read.ok().and_then(|_| serde_json::from_slice(&first).ok()).unwrap_or_default();
        match first["format"].as_str() {
            Some(FORMAT) => Ok(bundle),
            Some(other) if other.starts_with("badgedex-packs/") => Err(BundleError::Newer),
            _ => Err(BundleError::Foreign),
        }
    }

    /// The next pack or removal; `None` at the end. The files of a pack that nobody asked for are skipped.
    ///
    /// # Errors
    ///
    /// Returns an error if the bundle cannot be read any further.
    pub fn next_entry(&mut self) -> Result<Option<BundleEntry>, BundleError> {
        while self.files_left > 0 {
            self.files_left -= 1;
            self.line()?.ok_or(BundleError::Damaged(self.line_number))?;
        }
        let Some(line) = self.line()? else { return Ok(None) };
        self.packs_left = self.packs_left.checked_sub(1).ok_or(BundleError::TooLarge)?;
        match serde_json::from_slice(&line) {
            Ok(RawLine::Removed { removed, at }) if is_id(&removed) => {
                Ok(Some(BundleEntry::Removed(removed, at)))
            }
            Ok(RawLine::Pack { pack, catalog, edited, digest, files }) if is_id(&pack) => {
                if files > MAX_BUNDLE_FILES {
                    return Err(BundleError::PackTooLarge);
                }
                self.files_left = files;
                Ok(Some(BundleEntry::Pack(PackState { id: pack, edited, digest, has_catalog: catalog })))
            }
            _ => Err(BundleError::Damaged(self.line_number)),
        }
    }

    /// Reads the files of the pack that [`BundleReader::next_entry`] has just returned.
    ///
    /// # Errors
    ///
    /// Returns an error if they cannot be read, are too large, or are not what the state says.
    pub fn folder(&mut self, state: &PackState) -> Result<Folder, BundleError> {
        let mut files: Vec<File> = Vec::new();
        let mut left = MAX_TRAVELING_BYTES;
        while self.files_left > 0 {
            self.files_left -= 1;
            let damaged = BundleError::Damaged(self.line_number + 1);
            let Some(line) = self.line()? else { return Err(damaged) };
            let Ok(RawLine::File { file, text }) = serde_json::from_slice(&line) else { return Err(damaged) };
            drop(line);
            text_size::count(&text).map_err(|reason| BundleError::TooMany(state.id.clone(), reason))?;
            left = left.checked_sub(text.len() as u64).ok_or(BundleError::PackTooLarge)?;
            let is_twice = files.iter().any(|other| other.name.eq_ignore_ascii_case(&file));
            if is_twice || tame(&file) != file || !(file.ends_with(".json") || import_marks::is_named(&file))
            {
                return Err(damaged);
            }
            files.push(File { label: format!("{}/{file}", state.id), name: file, text });
        }
        match digest(&files) == state.digest {
            true => Ok(Folder::new(&state.id, files)),
            false => Err(BundleError::WrongDigest(state.id.clone())),
        }
    }

    /// The next line; `None` at the end.
    fn line(&mut self) -> Result<Option<Vec<u8>>, BundleError> {
        let mut line = Vec::new();
        let most = MAX_LINE_BYTES.min(self.bytes_left);
        let read = (&mut self.reader).take(most + 1).read_until(b'\n', &mut line)? as u64;
        self.line_number += 1;
        match read {
            0 => Ok(None),
            read if read > self.bytes_left => Err(BundleError::TooLarge),
            read if read > MAX_LINE_BYTES => Err(BundleError::PackTooLarge),
            read => {
                self.bytes_left -= read;
                Ok(Some(line))
            }
        }
    }
}

/// Checks a folder from a bundle as `pack add` does, against the shipped catalogs and those of the learner.
///
/// # Errors
///
/// [`BundleError::Faulty`] with the first error.
pub fn check_folder(folder: &Folder, state: &PackState, questions: &Path) -> Result<(), BundleError> {
    let label = folder.label.as_str();
    let faulty = |first: Diagnostic| BundleError::Faulty { id: state.id.clone(), first: Box::new(first) };
    if installed::is_shipped(&state.id) {
        return Err(faulty(Diagnostic::of_file(label, "a pack of this id comes with the program")));
    }
    if id_of(folder).as_ref() != Some(&state.id) {
        return Err(faulty(Diagnostic::of_file(label, "its files name another id")));
    }
    let mut folders = catalogs_of_others(questions, &state.id);
    let mut checked = folder.clone();
    checked.files.retain(|file| file.name.ends_with(".json"));
    folders.push(checked);
    let is_its =
        |found: &Diagnostic| found.place.file == label || found.place.file.starts_with(&format!("{label}/"));
    match check(&folders).diagnostics.into_iter().find(|found| is_its(found) || folders.len() == 1) {
        Some(first) => Err(faulty(first)),
        None => Ok(()),
    }
}

/// The learner's own catalogs, without their packs, but for that of the folder with this id.
fn catalogs_of_others(questions: &Path, id: &str) -> Vec<Folder> {
    let own = own(questions).into_iter().filter(|pack| pack.state.has_catalog && pack.state.id != id);
    let only_catalog = |pack: OwnPack| {
        let mut folder = folder_at(&pack.path)?;
        folder.files.retain(|file| file.name == folder::CATALOG);
        Some(folder)
    };
    own.filter_map(only_catalog).collect()
}

/// Puts a folder from a bundle in its place, with the time of its last edit.
///
/// # Errors
///
/// What the system says if a file cannot be written, or something else is in the way.
pub fn install(change: &PackChange, folder: &Folder, state: &PackState, questions: &Path) -> io::Result<()> {
    let old = own(questions).into_iter().find(|pack| pack.state.id == state.id);
    let path = old.as_ref().map_or_else(|| questions.join(&state.id), |pack| pack.path.clone());
    if old.is_none() && path.symlink_metadata().is_ok() {
        return Err(io::Error::other(format!("{} is in the way", path.display())));
    }
    let files: Vec<File> = folder.files.iter().cloned().chain(super::layout::schemas()).collect();
    change.put(&path, &files)?;
    let edited = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(state.edited).unwrap_or(0));
    for file in &folder.files {
        DiskFile::options().write(true).open(path.join(&file.name))?.set_modified(edited)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
