//! `pack check --fix`: files of questions are fixed on disk before they are checked.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use serde_json::Value;

use crate::ui::json::json;
use crate::ui::screens::pack_fixes as screen;
use badgedex_packs::fixes::{Fix, FixContext, FixedFile, fix_folder, is_readable};
use badgedex_packs::limits::MAX_FILE_BYTES;
use badgedex_packs::{Diagnostic, File, Folder, atomic_write};
use badgedex_store::describe_io_error;

/// What was fixed, and what was not.
#[derive(Debug, Default)]
pub struct FixReport {
    pub mends: Vec<Fix>,
    /// What could have been fixed and was not, with the reason.
    pub faults: Vec<Diagnostic>,
    /// Files that must be fixed by hand before anything else in them can be.
    unread: Vec<String>,
}

impl FixReport {
    /// What was fixed, in words.
    pub fn page(&self) -> String {
        screen::page(&self.mends, &self.unread)
    }

    /// What was fixed, as JSON.
    pub fn json(&self) -> Vec<Value> {
        self.mends.iter().map(mend_json).collect()
    }
}

fn mend_json(mend: &Fix) -> Value {
    json!({
        "file": mend.place.file,
        "line": mend.place.line(),
        "column": mend.place.column(),
        "question": mend.place.item,
        "what": screen::words(&mend.kind),
    })
}

/// Refuses archives: only files in a folder can be rewritten.
///
/// # Errors
/// A path is an archive.
pub fn refuse_archives(paths: &[PathBuf]) -> Result<()> {
    let is_other = |path: &&PathBuf| path.is_file() && path.extension().is_none_or(|end| end != "json");
    match paths.iter().find(is_other) {
        Some(path) => bail!(
            "{} is neither a folder nor a .json file, so nothing in it can be fixed: name the folder of the pack",
            path.display()
        ),
        None => Ok(()),
    }
}

/// Fixes the files of these folders; of a folder that was named by one of its files, only that file.
///
/// Afterwards the folders hold what is on disk.
pub fn fix(folders: &mut [Folder], paths: &[PathBuf]) -> FixReport {
    let mut around = FixContext::of(folders, &badgedex_packs::check(folders).library);
    let mut report = FixReport::default();
    for folder in folders.iter_mut().filter(|folder| folder.unreadable.is_none()) {
        let place = folder.path.clone();
        let is_meant = |file: &File| {
            let file = place.join(&file.name);
            paths.iter().any(|path| plain(&file).starts_with(plain(path)))
        };
        let unread = folder.files.iter().filter(|file| is_meant(file) && !is_readable(&file.text));
        report.unread.extend(unread.map(|file| file.label.clone()));
        match as_on_disk(folder) {
            Err((file, error)) => report.faults.push(not_fixed(&file, &error)),
            Ok(source) => match fix_folder(&source, &is_meant, &mut around) {
                Err(worse) => report.faults.push(Diagnostic::of_file(&folder.label, worse.to_string())),
                Ok(drafts) => drafts.into_iter().for_each(|draft| put(folder, &source, draft, &mut report)),
            },
        }
    }
    report
}

/// A path without a leading "./".
fn plain(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

/// The folder with the byte order marks that reading takes away.
fn as_on_disk(folder: &Folder) -> Result<Folder, (String, io::Error)> {
    let mut source = folder.clone();
    for file in &mut source.files {
        let text = badgedex_files::read_text(&folder.path_of(file), MAX_FILE_BYTES)
            .map_err(|error| (file.label.clone(), io::Error::other(error)))?;
        let is_as_read = text.strip_prefix('\u{feff}').unwrap_or(&text) == file.text;
        if !is_as_read {
            let changed = io::Error::other("the file was changed by somebody else meanwhile");
            return Err((file.label.clone(), changed));
        }
        file.text = text;
    }
    Ok(source)
}

/// Writes a draft, and takes it over into the folder if that went well.
fn put(folder: &mut Folder, source: &Folder, draft: FixedFile, report: &mut FixReport) {
    let Some(place) = folder.files.iter().position(|file| file.label == draft.label) else { return };
    let old = &source.files[place].text;
    match atomic_write::replace(&folder.path_of(&folder.files[place]), old.as_bytes(), draft.text.as_bytes())
    {
        Err(error) => report.faults.push(not_fixed(&draft.label, &error)),
        Ok(()) => {
            folder.files[place].text = draft.text;
            report.mends.extend(draft.fixes);
        }
    }
}

fn not_fixed(file: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::of_file(file, format!("the file was not fixed: {}", describe_io_error(error)))
}

/// The one path of a file or folder, however it is named.
pub fn whole(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// A folder that is named twice is one folder.
pub fn once(folders: &mut Vec<Folder>) {
    let mut seen = HashSet::new();
    folders.retain(|folder| seen.insert(whole(&folder.path)));
}
