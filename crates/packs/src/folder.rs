//! Folders of questions: the shipped ones inside the binary, the learner's own on disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use badgedex_files::ReadError;

use super::diagnostic::Diagnostic;
use super::limits::{MAX_ARCHIVE_BYTES, MAX_ARCHIVE_FILES, MAX_FILE_BYTES};
use super::shipped;
use super::text_size::{self, TooMany};

/// A file and its text.
#[derive(Debug, Clone)]
pub struct File {
    /// As error messages name it.
    pub label: String,
    /// Its name, without folders.
    pub name: String,
    /// What is in it, without a byte order mark.
    pub text: String,
}

impl File {
    /// A file with this text; its name is the last part of the label.
    pub fn of(label: &str, text: &str) -> File {
        let name = label.rsplit('/').next().unwrap_or(label).to_owned();
        File { label: label.to_owned(), name, text: text.to_owned() }
    }

    /// The id that it claims, as far as that can be read.
    pub fn id(&self) -> Option<String> {
        #[derive(serde::Deserialize)]
        struct Id {
            id: String,
        }
        serde_json::from_str::<Id>(&self.text).ok().map(|raw| raw.id)
    }
}

/// A folder with a pack, a catalog or both.
#[derive(Debug, Clone)]
pub struct Folder {
    /// As error messages name it: its path, for folders on disk.
    pub label: String,
    /// Where it is, for folders on disk. Unlike its label it need not be UTF-8.
    pub path: PathBuf,
    /// Its JSON files, by name.
    pub files: Vec<File>,
    /// A file in it cannot be read: the folder is not used.
    pub unreadable: Option<Diagnostic>,
}

/// A folder or file of questions cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The system cannot read it.
    #[error("cannot read {path}: {source}")]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file larger than [`MAX_FILE_BYTES`].
    #[error("{0} is larger than 64 MiB")]
    TooLarge(PathBuf),
    /// A pipe, a device or a folder in the place of a file.
    #[error("{0} is not a regular file")]
    NotRegular(PathBuf),
    /// A text with more values than [`MAX_VALUES`](crate::limits::MAX_VALUES), or a list longer than
    /// [`MAX_LIST`](crate::limits::MAX_LIST).
    #[error("{path}: {reason}")]
    TooMany {
        /// The file.
        path: PathBuf,
        /// What there is too much of.
        reason: TooMany,
    },
    /// A file whose name is not UTF-8.
    #[error("the name of {0} is not UTF-8: rename the file")]
    NameNotText(PathBuf),
    /// A link in a folder that is installed.
    #[error("{0} is a link, which is not followed: put the file or folder itself in its place")]
    Link(PathBuf),
    /// More files than [`MAX_ARCHIVE_FILES`] in a folder that is installed.
    #[error("{0} holds more than 10000 files")]
    TooManyFiles(PathBuf),
    /// More bytes than [`MAX_ARCHIVE_BYTES`] in a folder that is installed.
    #[error("the files of {0} are larger than 64 MiB together")]
    TooLargeTogether(PathBuf),
    /// A file that is not UTF-8.
    #[error("{path} is {in_what}: save it as UTF-8")]
    NotText {
        /// The file.
        path: PathBuf,
        /// What it is, as a part of a sentence.
        in_what: &'static str,
    },
    /// A folder without a pack or a catalog.
    #[error("there is no pack.json or catalog.json in {0}")]
    NoPack(PathBuf),
    /// A folder without a pack, but with a catalog.
    #[error(
        "{0} holds a catalog and no pack: copy the folder into the \"questions\" folder that badgedex data where names"
    )]
    OnlyCatalog(PathBuf),
}

impl Unreadable {
    pub(crate) fn of(path: &Path, error: ReadError) -> Unreadable {
        let path = path.to_owned();
        match error {
            ReadError::Io(source) => Unreadable::Io { path, source },
            ReadError::NotRegular => Unreadable::NotRegular(path),
            ReadError::TooLarge { .. } => Unreadable::TooLarge(path),
            ReadError::NotText => Unreadable::NotText { path, in_what: "no text in UTF-8" },
        }
    }

    /// What is wrong with the file, for messages that begin with its path.
    fn of_the_file(&self) -> String {
        match self {
            Unreadable::Io { source, .. } => format!("the file cannot be read: {source}"),
            Unreadable::TooLarge(_) => "the file is larger than 64 MiB: make two of it".to_owned(),
            Unreadable::TooMany { reason, .. } => reason.to_string(),
            Unreadable::NotRegular(_) => "it is not a regular file".to_owned(),
            Unreadable::NameNotText(_) => "the name of the file is not UTF-8: rename it".to_owned(),
            Unreadable::NotText { in_what, .. } => format!("the file is {in_what}: save it as UTF-8"),
            Unreadable::NoPack(_)
            | Unreadable::OnlyCatalog(_)
            | Unreadable::Link(_)
            | Unreadable::TooManyFiles(_)
            | Unreadable::TooLargeTogether(_) => self.to_string(),
        }
    }
}

/// Whether the byte order mark says so.
fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}

pub const PACK: &str = "pack.json";
pub const CATALOG: &str = "catalog.json";

impl Folder {
    /// A folder that holds these files.
    pub fn new(path: impl Into<PathBuf>, files: Vec<File>) -> Folder {
        let path = path.into();
        Folder { label: path.display().to_string(), path, files, unreadable: None }
    }

    /// Where a file of it is, for folders on disk.
    pub fn path_of(&self, file: &File) -> PathBuf {
        self.path.join(&file.name)
    }

    fn file(&self, name: &str) -> Option<&File> {
        self.files.iter().find(|f| f.name == name)
    }

    /// The head of its pack.
    pub fn pack(&self) -> Option<&File> {
        self.file(PACK)
    }

    /// Its catalog.
    pub fn catalog(&self) -> Option<&File> {
        self.file(CATALOG)
    }

    /// The files with questions, by name.
    pub fn question_files(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|f| f.name != PACK && f.name != CATALOG)
    }

    /// The ids that its files claim, as far as they can be read.
    pub fn ids(&self) -> impl Iterator<Item = String> {
        let both = [self.pack(), self.catalog()];
        both.into_iter().flatten().filter_map(File::id)
    }

    fn is_wanted(&self) -> bool {
        self.pack().is_some() || self.catalog().is_some()
    }
}

/// The folders inside the binary, by name.
pub fn shipped() -> Vec<Folder> {
    let mut folders: Vec<Folder> = Vec::new();
    for (path, text) in shipped::files() {
        let Some((folder, name)) = path.rsplit_once('/') else { continue };
        let label = format!("questions/{folder}");
        let file = File { label: format!("{label}/{name}"), name: name.to_owned(), text };
        match folders.iter_mut().find(|f| f.label == label) {
            Some(folder) => folder.files.push(file),
            None => folders.push(Folder::new(label, vec![file])),
        }
    }
    folders.retain(Folder::is_wanted);
    folders
}

/// What the files of a folder look like from outside: while it is the same, so are they.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fingerprint {
    /// Names, sizes and times of the files.
    pub text: String,
    /// No file was touched within the last moments, in which another change could look the same.
    pub settled: bool,
}

/// A file's times may be as coarse as this on some disks.
const COARSE: Duration = Duration::from_secs(2);

/// Looks at the folders of questions below `path` without reading them.
pub fn fingerprint(path: &Path, now: SystemTime) -> Fingerprint {
    let mut lines = Vec::new();
    let mut settled = true;
    let mut below = entries(path).unwrap_or_default();
    below.retain(|entry| !is_hidden(entry));
    let inside = below.iter().filter_map(|folder| entries(folder).ok()).flatten();
    for entry in below.iter().cloned().chain(inside) {
        let Ok(found) = fs::metadata(&entry) else { continue };
        let is_json = entry.extension().is_some_and(|e| e == "json");
        if found.is_dir() || is_json {
            let changed = changed(&found);
            settled &= changed.is_some_and(|at| now.duration_since(at).is_ok_and(|age| age > COARSE));
            lines.push(format!(
                "{}|{}|{changed:?}|{:?}",
                entry.display(),
                found.len(),
                found.modified().ok()
            ));
        }
    }
    lines.sort();
    Fingerprint { text: lines.join("\n"), settled }
}

/// When a file was last changed in any way.
#[cfg(unix)]
fn changed(found: &fs::Metadata) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt;
    let seconds = u64::try_from(found.ctime()).ok()?;
    Some(SystemTime::UNIX_EPOCH + Duration::new(seconds, u32::try_from(found.ctime_nsec()).ok()?))
}

#[cfg(not(unix))]
fn changed(found: &fs::Metadata) -> Option<SystemTime> {
    found.modified().ok()
}

/// Reads the folders of questions below `path`, or the one that it is.
///
/// # Errors
///
/// [`Unreadable`] if the folder cannot be read, or holds neither a pack nor a catalog. A file that cannot be read is
/// noted in its folder instead.
pub fn folders(path: &Path) -> Result<Vec<Folder>, Unreadable> {
    let path = match path.parent() {
        Some(parent) if path.is_file() && parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) if path.is_file() => parent,
        _ => path,
    };
    read_below(path, &mut |path| read(path))
}

/// As [`folders`], for a folder that is to be installed: it holds no links, and all its files together fit the limits.
///
/// # Errors
///
/// As [`folders`], and if it holds a link or too much.
pub fn incoming(path: &Path) -> Result<Vec<Folder>, Unreadable> {
    let (mut bytes, mut files) = (0, 0);
    read_below(path, &mut |folder| {
        for entry in entries(folder)? {
            let found = entry.symlink_metadata().map_err(|source| io_error(&entry, source))?;
            let is_read = found.is_dir() && !is_hidden(&entry) || is_json(&entry);
            if is_read && found.is_symlink() {
                return Err(Unreadable::Link(entry));
            }
            files += 1;
            bytes += if is_json(&entry) { found.len() } else { 0 };
            if files > MAX_ARCHIVE_FILES {
                return Err(Unreadable::TooManyFiles(path.to_owned()));
            }
            if bytes > MAX_ARCHIVE_BYTES {
                return Err(Unreadable::TooLargeTogether(path.to_owned()));
            }
        }
        read(folder)
    })
}

/// What `read` makes of the folder at a path, or of those below it if it is not one of questions.
fn read_below(
    path: &Path,
    read: &mut dyn FnMut(&Path) -> Result<Folder, Unreadable>,
) -> Result<Vec<Folder>, Unreadable> {
    let folder = read(path)?;
    if folder.is_wanted() {
        return Ok(vec![folder]);
    }
    let mut below: Vec<PathBuf> = entries(path)?.into_iter().filter(|p| is_visible_dir(p)).collect();
    below.sort();
    let folders: Vec<Folder> = below.iter().map(|p| read(p)).collect::<Result<_, _>>()?;
    let folders: Vec<Folder> = folders.into_iter().filter(Folder::is_wanted).collect();
    if folders.is_empty() { Err(Unreadable::NoPack(path.to_owned())) } else { Ok(folders) }
}

fn read(path: &Path) -> Result<Folder, Unreadable> {
    let mut folder = Folder::new(path, Vec::new());
    for entry in entries(path)? {
        if !is_json(&entry) || !entry.is_file() {
            continue;
        }
        let name = entry.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let text = read_text(&entry).unwrap_or_else(|problem| {
            folder.unreadable =
                Some(Diagnostic::of_file(&entry.display().to_string(), problem.of_the_file()));
            String::new()
        });
        folder.files.push(File { label: entry.display().to_string(), name, text });
    }
    folder.files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(folder)
}

fn is_json(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(b".json"))
}

/// A folder whose name begins with a dot is not a pack: it is being installed, or was left by a crash.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn is_visible_dir(path: &Path) -> bool {
    path.is_dir() && !is_hidden(path)
}

/// The folders directly below `path` that may hold a pack or a catalog; none if it cannot be read.
pub fn folders_in(path: &Path) -> impl Iterator<Item = PathBuf> {
    entries(path).unwrap_or_default().into_iter().filter(|path| is_visible_dir(path))
}

fn io_error(path: &Path, source: io::Error) -> Unreadable {
    Unreadable::Io { path: path.to_owned(), source }
}

fn entries(path: &Path) -> Result<Vec<PathBuf>, Unreadable> {
    let failed = |source| io_error(path, source);
    fs::read_dir(path).map_err(failed)?.map(|entry| entry.map(|e| e.path()).map_err(failed)).collect()
}

fn read_text(path: &Path) -> Result<String, Unreadable> {
    if path.file_name().is_none_or(|name| name.to_str().is_none()) {
        return Err(Unreadable::NameNotText(path.to_owned()));
    }
    let bytes = badgedex_files::read(path, MAX_FILE_BYTES).map_err(|error| Unreadable::of(path, error))?;
    let in_what = if is_utf16(&bytes) { "text in UTF-16" } else { "no text in UTF-8" };
    let mut text =
        String::from_utf8(bytes).map_err(|_| Unreadable::NotText { path: path.to_owned(), in_what })?;
    text_size::count(&text).map_err(|reason| Unreadable::TooMany { path: path.to_owned(), reason })?;
    strip_mark(&mut text);
    Ok(text)
}

/// Takes the byte order mark from a text.
pub(crate) fn strip_mark(text: &mut String) {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
}

/// The learner's own folders that can be read.
pub fn read_own(path: &Path) -> Vec<Folder> {
    folders(path).unwrap_or_default()
}
