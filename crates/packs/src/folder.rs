//! Folders of questions: the shipped ones inside the binary, the learner's own on disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::diagnostic::Diagnostic;
use super::limits::MAX_FILE_BYTES;
use super::shipped;

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
    /// Its path, for folders on disk.
    pub label: String,
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
}

impl Unreadable {
    /// What is wrong with the file, for messages that begin with its path.
    fn of_the_file(&self) -> String {
        match self {
            Unreadable::Io { source, .. } => format!("the file cannot be read: {source}"),
            Unreadable::TooLarge(_) => "the file is larger than 64 MiB: make two of it".to_owned(),
            Unreadable::NotText { in_what, .. } => format!("the file is {in_what}: save it as UTF-8"),
            Unreadable::NoPack(_) => self.to_string(),
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
            None => folders.push(Folder { label, files: vec![file], unreadable: None }),
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
    let folder = read(path)?;
    if folder.is_wanted() {
        return Ok(vec![folder]);
    }
    let mut below: Vec<PathBuf> =
        entries(path)?.into_iter().filter(|p| p.is_dir() && !is_hidden(p)).collect();
    below.sort();
    let folders: Vec<Folder> = below.iter().map(|p| read(p)).collect::<Result<_, _>>()?;
    let folders: Vec<Folder> = folders.into_iter().filter(Folder::is_wanted).collect();
    if folders.is_empty() { Err(Unreadable::NoPack(path.to_owned())) } else { Ok(folders) }
}

fn read(path: &Path) -> Result<Folder, Unreadable> {
    let mut folder = Folder { label: path.display().to_string(), files: Vec::new(), unreadable: None };
    for entry in entries(path)? {
        let name = entry.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if !name.ends_with(".json") || !entry.is_file() {
            continue;
        }
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

/// A folder whose name begins with a dot is not a pack: it is being installed, or was left by a crash.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

fn entries(path: &Path) -> Result<Vec<PathBuf>, Unreadable> {
    let failed = |source| Unreadable::Io { path: path.to_owned(), source };
    fs::read_dir(path).map_err(failed)?.map(|entry| entry.map(|e| e.path()).map_err(failed)).collect()
}

fn read_text(path: &Path) -> Result<String, Unreadable> {
    let failed = |source| Unreadable::Io { path: path.to_owned(), source };
    if fs::metadata(path).map_err(failed)?.len() > MAX_FILE_BYTES {
        return Err(Unreadable::TooLarge(path.to_owned()));
    }
    let bytes = fs::read(path).map_err(failed)?;
    let in_what = if is_utf16(&bytes) { "text in UTF-16" } else { "no text in UTF-8" };
    let text =
        String::from_utf8(bytes).map_err(|_| Unreadable::NotText { path: path.to_owned(), in_what })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// The learner's own folders that can be read.
pub fn read_own(path: &Path) -> Vec<Folder> {
    folders(path).unwrap_or_default()
}
