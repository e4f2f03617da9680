//! Folders of questions: the shipped ones inside the binary, the learner's own on disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

/// Everything under `questions/`, as it was when the program was built.
static SHIPPED: Dir = include_dir!("$CARGO_MANIFEST_DIR/questions");

/// A larger file is not read.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// A file and what stands in it.
#[derive(Debug, Clone)]
pub struct File {
    /// As error messages name it.
    pub label: String,
    pub name: String,
    pub text: String,
}

/// A folder with a pack, a catalog or both.
#[derive(Debug, Clone)]
pub struct Folder {
    pub label: String,
    pub files: Vec<File>,
    /// A file in it cannot be read: the folder is not used.
    pub unreadable: Option<String>,
}

/// A folder or file of questions cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("cannot read {path}: {source}")]
    Io { path: PathBuf, source: io::Error },
    #[error("{0} is larger than 64 MiB")]
    TooLarge(PathBuf),
    #[error("{0} is not UTF-8 text")]
    NotText(PathBuf),
    #[error("there is no pack.json or catalog.json in {0}")]
    NoPack(PathBuf),
}

const PACK: &str = "pack.json";
const CATALOG: &str = "catalog.json";

impl Folder {
    fn file(&self, name: &str) -> Option<&File> {
        self.files.iter().find(|f| f.name == name)
    }

    pub fn pack(&self) -> Option<&File> {
        self.file(PACK)
    }

    pub fn catalog(&self) -> Option<&File> {
        self.file(CATALOG)
    }

    /// The files with questions, by name.
    pub fn question_files(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|f| f.name != PACK && f.name != CATALOG)
    }

    /// The ids that its files claim, as far as they can be read.
    pub fn ids(&self) -> impl Iterator<Item = String> {
        #[derive(serde::Deserialize)]
        struct Id {
            id: String,
        }
        let id = |file: &File| serde_json::from_str::<Id>(&file.text).ok().map(|raw| raw.id);
        let both = [self.pack().and_then(id), self.catalog().and_then(id)];
        both.into_iter().flatten()
    }

    fn is_wanted(&self) -> bool {
        self.pack().is_some() || self.catalog().is_some()
    }
}

/// The folders inside the binary, by name.
pub fn shipped() -> Vec<Folder> {
    let mut folders: Vec<Folder> = SHIPPED.dirs().map(shipped_folder).filter(Folder::is_wanted).collect();
    folders.sort_by(|a, b| a.label.cmp(&b.label));
    folders
}

fn shipped_folder(dir: &Dir) -> Folder {
    let label = format!("questions/{}", dir.path().display());
    let mut files: Vec<File> = dir
        .files()
        .filter_map(|file| {
            let name = file.path().file_name()?.to_str()?.to_owned();
            let text = file.contents_utf8()?.to_owned();
            name.ends_with(".json").then(|| File { label: format!("{label}/{name}"), name, text })
        })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Folder { label, files, unreadable: None }
}

/// The folder that `path` is (or that holds the file that it is), else all below it.
pub fn read_all(path: &Path) -> Result<Vec<Folder>, Unreadable> {
    let path = if path.is_file() { path.parent().unwrap_or(path) } else { path };
    let folder = read(path)?;
    if folder.is_wanted() {
        return Ok(vec![folder]);
    }
    let mut below: Vec<PathBuf> = entries(path)?.into_iter().filter(|p| p.is_dir()).collect();
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
            folder.unreadable = Some(problem.to_string());
            String::new()
        });
        folder.files.push(File { label: entry.display().to_string(), name, text });
    }
    folder.files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(folder)
}

fn entries(path: &Path) -> Result<Vec<PathBuf>, Unreadable> {
    let failed = |source| Unreadable::Io { path: path.to_owned(), source };
    fs::read_dir(path).map_err(failed)?.map(|entry| entry.map(|e| e.path()).map_err(failed)).collect()
}

fn read_text(path: &Path) -> Result<String, Unreadable> {
    let failed = |source| Unreadable::Io { path: path.to_owned(), source };
    if fs::metadata(path).map_err(failed)?.len() > MOST_BYTES {
        return Err(Unreadable::TooLarge(path.to_owned()));
    }
    let bytes = fs::read(path).map_err(failed)?;
    let text = String::from_utf8(bytes).map_err(|_| Unreadable::NotText(path.to_owned()))?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}
