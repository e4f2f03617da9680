//! The files of a shared folder: which are journals, and whose.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use badgedex_store::{JournalFile, JournalFileError, ReadLimits, describe_io_error};

/// More devices than anybody has, and their conflict copies.
const MAX_FILES: usize = 1_000;
/// What is read of one file: twice a million answers.
const FILE_LIMITS: ReadLimits = ReadLimits { lines: 2_000_000, bytes: 1024 * 1024 * 1024 };
/// The lines of all files. Of each a hash is held in memory.
pub const MAX_LINES: usize = 3_000_000;
/// The text of a smaller file that is not compressed cannot hold more events than [`FILE_LIMITS`] has lines.
const MAX_BYTES_UNMEASURED: u64 = 64 * 1024 * 1024;
/// Names of files that a program has not copied to their end.
const UNFINISHED: [&str; 6] = ["tmp", "part", "partial", "crdownload", "lock", "~"];
const PREFIX: &str = "badgedex-";
const EXTENSION: &str = ".jsonl";

/// The path of a device's journal in a folder.
pub fn own_path(dir: &Path, device: &str) -> PathBuf {
    dir.join(format!("{PREFIX}{device}{EXTENSION}"))
}

/// The journals of a folder but this device's own.
pub struct SharedFolder {
    pub journals: Vec<SharedJournal>,
}

/// A journal in the folder. It may be a copy of a device's file that a program made of a conflict.
#[derive(Debug, Clone)]
pub struct SharedJournal {
    pub path: PathBuf,
    name: String,
    is_compressed: bool,
    bytes: u64,
}

impl SharedFolder {
    /// Finds the journals in a folder. Those that may be large come last, so that the others are read first.
    ///
    /// # Errors
    /// The folder cannot be read, or has too many files.
    pub fn look_at(dir: &Path, own_path: &Path) -> Result<SharedFolder> {
        let entries = fs::read_dir(dir).map_err(|error| {
            anyhow::anyhow!("cannot read {}: {}", dir.display(), describe_io_error(&error))
        })?;
        let paths = entries.flatten().map(|entry| entry.path()).filter(|path| path != own_path);
        let mut journals: Vec<SharedJournal> =
            paths.filter_map(SharedJournal::at).take(MAX_FILES + 1).collect();
        if journals.len() > MAX_FILES {
            bail!(
                "{} has more than {MAX_FILES} journals: nothing was read\n  move those away that are not your devices'",
                dir.display()
            );
        }
        journals
            .sort_by(|a, b| (a.is_compressed, a.bytes, &a.path).cmp(&(b.is_compressed, b.bytes, &b.path)));
        Ok(SharedFolder { journals })
    }
}

impl SharedJournal {
    /// The journal at a path; `None` if its name is not a journal's, or nothing is in it: an empty one is of a
    /// device that had no room, or is on its way here.
    fn at(path: PathBuf) -> Option<SharedJournal> {
        let name = path.file_name()?.to_str()?.to_owned();
        let found = path.symlink_metadata().ok()?;
        let is_wanted = is_journal_name(&name) && found.is_file() && found.len() > 0;
        let is_compressed = is_wanted && starts_like_gzip(&path);
        is_wanted.then_some(SharedJournal { path, name, is_compressed, bytes: found.len() })
    }

    /// Whether it is a device's own file. A copy that was made of a conflict is not.
    pub fn is_of(&self, device: &str) -> bool {
        self.name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(EXTENSION)) == Some(device)
    }

    /// Whether it is a device's own file, or by its name a copy of it.
    pub fn is_copy_of(&self, device: &str) -> bool {
        self.name.split(PREFIX).skip(1).any(|rest| {
            let end = rest.strip_prefix(device);
            end.is_some_and(|end| !end.starts_with(|c: char| c.is_ascii_hexdigit()))
        })
    }

    /// Opens it, unless it is longer than any journal; at most `lines_left` lines of it are read.
    ///
    /// # Errors
    /// It cannot be read, was written by a newer version, or is too long.
    pub fn open(&self, lines_left: usize) -> Result<JournalFile, JournalFileError> {
        let limits = ReadLimits { lines: FILE_LIMITS.lines.min(lines_left), ..FILE_LIMITS };
        if self.is_compressed || self.bytes > MAX_BYTES_UNMEASURED {
            // So that nothing of a file that is too long is taken.
            let read = self.begin(limits)?.count_lines();
            if let Err(
                error @ (JournalFileError::TooManyLines { .. } | JournalFileError::TooManyBytes { .. }),
            ) = read
            {
                return Err(error);
            }
        }
        self.begin(limits)
    }

    fn begin(&self, limits: ReadLimits) -> Result<JournalFile, JournalFileError> {
        let name = self.path.display().to_string();
        let file = badgedex_files::open_regular(&self.path)
            .map_err(|source| JournalFileError::Unreadable { name: name.clone(), source })?;
        JournalFile::from_shared(file, &name, limits)
    }
}

/// What is read of this device's own file.
pub fn own_limits() -> ReadLimits {
    FILE_LIMITS
}

/// Whether a file is a device's journal by its name, or a copy of one that a program made of a conflict:
/// `badgedex-0123456789ab (1).jsonl`, `badgedex-0123456789ab.sync-conflict-20261123-080000-ABCDEFG.jsonl`,
/// `Copy of badgedex-0123456789ab.jsonl`, `badgedex-0123456789ab.jsonl.conflict1`.
fn is_journal_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_hidden = lower.starts_with('.') || lower.starts_with('~');
    let is_unfinished = UNFINISHED.iter().any(|end| lower.ends_with(end));
    let is_ours = lower.find(PREFIX).is_some_and(|place| lower[place..].contains(EXTENSION));
    is_ours && !is_hidden && !is_unfinished
}

fn starts_like_gzip(path: &Path) -> bool {
    let mut start = [0; 2];
    File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == [0x1f, 0x8b]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> SharedJournal {
        SharedJournal { path: PathBuf::from(name), name: name.to_owned(), is_compressed: false, bytes: 1 }
    }

    #[test]
    fn conflict_copies_are_journals_as_six_programs_name_them() {
        for name in [
            "badgedex-0123456789ab.jsonl",
            "badgedex-0123456789ab (Ada's conflicted copy 2026-11-23).jsonl",
            "badgedex-0123456789ab (1).jsonl",
            "badgedex-0123456789ab-LAPTOP-4711.jsonl",
            "badgedex-0123456789ab.sync-conflict-20261123-080000-ABCDEFG.jsonl",
            "badgedex-0123456789ab (conflicted copy 2026-11-23 080000).jsonl",
            "badgedex-0123456789ab 2.jsonl",
            "badgedex-0123456789ab.jsonl.conflict1",
            "Copy of badgedex-0123456789ab.jsonl",
        ] {
            assert!(is_journal_name(name), "{name}");
            assert!(named(name).is_copy_of("0123456789ab"), "{name}");
            assert_eq!(named(name).is_of("0123456789ab"), name == "badgedex-0123456789ab.jsonl", "{name}");
        }
    }

    #[test]
    fn other_names_are_not_journals() {
        for name in [
            "notes.jsonl",
            ".badgedex-0123456789ab.jsonl.swp",
            "~badgedex-0123456789ab.jsonl",
            ".syncthing.badgedex-0123456789ab.jsonl.tmp",
            "badgedex-0123456789ab.jsonl.part",
            "badgedex-0123456789ab.packs.gz",
            "x.jsonl-badgedex-y",
        ] {
            assert!(!is_journal_name(name), "{name}");
        }
        assert!(!named("badgedex-0123456789abc.jsonl").is_copy_of("0123456789ab"));
    }
}
