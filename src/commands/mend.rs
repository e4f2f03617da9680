//! `pack check --fix`: files of questions are mended on disk, before they are checked.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::ui::screens::mended as screen;
use badgedex_packs::mending::{Around, Draft, Mend, is_readable, mended};
use badgedex_packs::{Fault, File, Folder, replacing};
use badgedex_store::describe_io_error;

/// What came of mending.
#[derive(Debug, Default)]
pub struct Mending {
    pub mends: Vec<Mend>,
    /// What could have been mended and was not, with the reason.
    pub faults: Vec<Fault>,
    /// Files that have to be mended by hand before anything in them can be.
    unread: Vec<String>,
}

impl Mending {
    pub fn page(&self) -> String {
        screen::page(&self.mends, &self.unread)
    }

    pub fn json(&self) -> Vec<Value> {
        self.mends.iter().map(mend_json).collect()
    }
}

fn mend_json(mend: &Mend) -> Value {
    json!({
        "file": mend.file,
        "line": mend.spot.map(|spot| spot.line),
        "column": mend.spot.map(|spot| spot.column),
        "question": mend.question,
        "what": screen::words(&mend.what),
    })
}

/// Only files that lie in a folder can be written anew.
pub fn refuse_archives(paths: &[PathBuf]) -> Result<()> {
    let is_other = |path: &&PathBuf| path.is_file() && path.extension().is_none_or(|end| end != "json");
    match paths.iter().find(is_other) {
        Some(path) => bail!(
            "{} is no folder and no .json file, so nothing in it can be mended: name the folder of the pack",
            path.display()
        ),
        None => Ok(()),
    }
}

/// Mends what lies in folders, of those that were named by a file only the file.
///
/// Afterwards the folders hold what stands on disk.
pub fn mend(folders: &mut [Folder], paths: &[PathBuf]) -> Mending {
    let mut around = Around::of(folders, &badgedex_packs::check(folders).library);
    let mut mending = Mending::default();
    let is_meant = |file: &File| {
        let file = plain(Path::new(&file.label));
        paths.iter().any(|path| file.starts_with(plain(path)))
    };
    for folder in folders.iter_mut().filter(|folder| folder.unreadable.is_none()) {
        let unread = folder.files.iter().filter(|file| is_meant(file) && !is_readable(&file.text));
        mending.unread.extend(unread.map(|file| file.label.clone()));
        match as_on_disk(folder) {
            Err((file, error)) => mending.faults.push(not_mended(&file, &error)),
            Ok(source) => match mended(&source, &is_meant, &mut around) {
                Err(worse) => mending.faults.push(Fault::of_file(&folder.label, worse.to_string())),
                Ok(drafts) => drafts.into_iter().for_each(|draft| put(folder, &source, draft, &mut mending)),
            },
        }
    }
    mending
}

/// A path without the "./" that says nothing.
fn plain(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

/// The folder with the byte order marks that reading takes away.
fn as_on_disk(folder: &Folder) -> Result<Folder, (String, io::Error)> {
    let mut source = folder.clone();
    for file in &mut source.files {
        let text = fs::read_to_string(&file.label).map_err(|error| (file.label.clone(), error))?;
        let is_as_read = text.strip_prefix('\u{feff}').unwrap_or(&text) == file.text;
        if !is_as_read {
            let changed = io::Error::other("the file was changed by somebody else meanwhile");
            return Err((file.label.clone(), changed));
        }
        file.text = text;
    }
    Ok(source)
}

/// Writes a draft, and takes it over into the folder where that went well.
fn put(folder: &mut Folder, source: &Folder, draft: Draft, mending: &mut Mending) {
    let Some(place) = folder.files.iter().position(|file| file.label == draft.label) else { return };
    let old = &source.files[place].text;
    match replacing::replace(Path::new(&draft.label), old.as_bytes(), draft.text.as_bytes()) {
        Err(error) => mending.faults.push(not_mended(&draft.label, &error)),
        Ok(()) => {
            folder.files[place].text = draft.text;
            mending.mends.extend(draft.mends);
        }
    }
}

fn not_mended(file: &str, error: &io::Error) -> Fault {
    Fault::of_file(file, format!("the file was not mended: {}", describe_io_error(error)))
}

/// The one path of a file or folder, however it is named.
pub fn whole(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// A folder that is named twice is one folder.
pub fn once(folders: &mut Vec<Folder>) {
    let mut seen = HashSet::new();
    folders.retain(|folder| seen.insert(whole(Path::new(&folder.label))));
}
