//! The files of an import: read, and sorted by the packs that they make.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::ui::json::json;
use serde_json::Value;

use super::watch::Watch;
use badgedex_domain::sanitize;
use badgedex_files::ReadError;
use badgedex_formats::apkg::PastReview;
use badgedex_formats::reading::{self, ReadFile, ReadOptions};
use badgedex_formats::report::ImportRemark;
use badgedex_formats::report::{FileReport, PackReport};
use badgedex_formats::{Format, ParsedFile};
use badgedex_packs::slug::nonempty_slug;
use badgedex_store::describe_io_error;

/// A larger file is not read.
const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// Files that make one pack.
pub struct Batch {
    pub id: String,
    pub title: String,
    /// Its name has a number, since another file of the import has the same name.
    pub is_numbered: bool,
    pub files: Vec<FileReport>,
    /// The length of all files together.
    pub bytes: u64,
    /// Their content, in the same order; empty for one that could not be read.
    contents: Vec<ParsedFile>,
    /// Answers that were given elsewhere, in the same order.
    histories: Vec<Vec<PastReview>>,
    /// The files that could not be read.
    pub unread: Vec<ImportRemark>,
}

impl Batch {
    fn new(title: &str) -> Batch {
        let title = sanitize::line(title).trim().to_owned();
        Batch {
            id: nonempty_slug(&title),
            title,
            is_numbered: false,
            files: Vec::new(),
            bytes: 0,
            contents: Vec::new(),
            histories: Vec::new(),
            unread: Vec::new(),
        }
    }

    fn add(&mut self, path: &Path, read: Result<ReadFile, String>) {
        let name = path.display().to_string();
        let (contents, history) = match read {
            Err(why) => {
                let file = self.files.len();
                let why = sanitize::line(&why).into_owned();
                self.unread.push(ImportRemark { file, line: None, what: String::new(), why });
                self.files.push(FileReport { name, ..FileReport::default() });
                (ParsedFile::default(), Vec::new())
            }
            Ok(ReadFile { format, encoding, contents, history }) => {
                self.files.push(FileReport {
                    name,
                    format: Some(format),
                    encoding,
                    found: contents.count(),
                    notes: contents.notes.clone(),
                    ..FileReport::default()
                });
                (contents, history)
            }
        };
        self.contents.push(contents);
        self.histories.push(history);
    }

    /// Gives it a name of its own, with the first free number.
    pub fn number(&mut self, taken: &BTreeSet<&str>) {
        let is_free = |id: &String| !taken.contains(id.as_str());
        if is_free(&self.id) {
            return;
        }
        let numbered =
            |number: usize| (format!("{}-{number}", self.id), format!("{} ({number})", self.title));
        if let Some((id, title)) = (2..).map(numbered).find(|(id, _)| is_free(id)) {
            (self.id, self.title, self.is_numbered) = (id, title, true);
        }
    }

    /// Whether one of the files could not be read.
    pub fn has_unread(&self) -> bool {
        !self.unread.is_empty()
    }

    /// Hands out the content of the files.
    pub fn take_contents(&mut self) -> Vec<ParsedFile> {
        std::mem::take(&mut self.contents)
    }

    /// Hands out the answers that were given elsewhere.
    pub fn take_histories(&mut self) -> Vec<Vec<PastReview>> {
        std::mem::take(&mut self.histories)
    }

    /// Nothing of it is imported, for one reason.
    pub fn refused(self, why: &str) -> PackReport {
        let Batch { id, title, mut files, mut unread, .. } = self;
        for (place, file) in files.iter_mut().enumerate() {
            file.refused = file.found;
            if !unread.iter().any(|remark| remark.file == place) {
                let (line, what) = (None, String::new());
                unread.push(ImportRemark { file: place, line, what, why: sanitize::line(why).into_owned() });
            }
        }
        PackReport { id, title, files, refused: unread, ..PackReport::default() }
    }
}

/// Reads the files: one batch if there is a name for the pack, else one for each.
pub fn batches(paths: &[PathBuf], name: Option<&str>, said: &ReadOptions, watch: &mut Watch) -> Vec<Batch> {
    match name {
        Some(name) => {
            let mut batch = Batch::new(name);
            for path in paths {
                let read = read(path, said);
                batch.bytes += watch.read(path);
                batch.add(path, read);
            }
            vec![batch]
        }
        None => {
            let one = |path: &PathBuf| {
                let batch = alone(path, read(path, said));
                Batch { bytes: watch.read(path), ..batch }
            };
            paths.iter().map(one).collect()
        }
    }
}

fn alone(path: &Path, read: Result<ReadFile, String>) -> Batch {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let own = read.as_ref().ok().and_then(|reading| reading.contents.title.clone());
    let own = own.filter(|title| !sanitize::line(title).trim().is_empty());
    let mut batch = Batch::new(&own.unwrap_or(stem));
    batch.add(path, read);
    batch
}

fn read(path: &Path, said: &ReadOptions) -> Result<ReadFile, String> {
    let bytes = badgedex_files::read(path, MAX_FILE_BYTES).map_err(|error| match error {
        ReadError::Io(source) => format!("it cannot be read: {}", describe_io_error(&source)),
        other => other.to_string(),
    })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    reading::read(&name, &bytes, said).map_err(|error| error.to_string())
}

/// A file of an import as JSON.
pub fn to_json(file: &FileReport) -> Value {
    json!({
        "file": file.name,
        "as": file.format.map(Format::name),
        "encoding": file.encoding,
        "found": file.found,
        "taken": file.taken,
        "refused": file.refused,
        "notes": file.notes,
    })
}
