//! This device's own file in a shared folder: it is locked, read, repaired, and only added to.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::folder::own_limits;
use super::line_hashes::LineHashes;
use badgedex_files::private;
use badgedex_store::{JournalFile, JournalFileError, Store, StoreError, describe_io_error, jsonl};

/// How long a sync waits for another one of the same device.
const MAX_WAIT: Duration = Duration::from_secs(30);
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

/// This device's file.
pub struct OwnFile {
    path: PathBuf,
    file: File,
    /// It has lines that cannot be read, or that are not in the journal: adding to its end is not enough.
    pub needs_rewriting: bool,
    /// Why it must not be written.
    pub is_refused: bool,
    end: End,
}

/// Where events are added.
#[derive(Debug, Clone, Copy, Default)]
struct End {
    has_header: bool,
    /// The length of what is kept, in bytes.
    at: u64,
    /// The last line is whole, but lacks its line feed.
    lacks_line_feed: bool,
}

impl OwnFile {
    /// Opens the file, which is created if it is missing, and waits until no other process of this computer
    /// has it open.
    ///
    /// # Errors
    /// The file is a link or a folder, cannot be written, or another process does not let go of it.
    pub fn open(path: &Path) -> Result<OwnFile> {
        if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
            bail!("{} is a link or a folder, and should be this device's file", path.display());
        }
        // A new one is for its owner only, like all that is written; one that is there keeps its permissions.
        match private::new_file().open(path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(cannot_write(path, &error));
            }
            Ok(_) | Err(_) => {}
        }
        let file = OpenOptions::new().read(true).write(true).open(path);
        let file = file.map_err(|error| cannot_write(path, &error))?;
        lock(&file, path)?;
        let path = path.to_owned();
        Ok(OwnFile { path, file, needs_rewriting: false, is_refused: false, end: End::default() })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins to read it from its start; `None` if nothing is in it.
    ///
    /// # Errors
    /// It cannot be read, or was written by a newer version.
    pub fn reader(&mut self) -> Result<Option<JournalFile>, JournalFileError> {
        let name = self.path.display().to_string();
        let failed = |source| JournalFileError::Io { name: name.clone(), source };
        if self.file.metadata().map_err(failed)?.len() == 0 {
            return Ok(None);
        }
        self.file.rewind().map_err(failed)?;
        let file = self.file.try_clone().map_err(failed)?;
        JournalFile::from_shared(file, &name, own_limits()).map(Some)
    }

    /// Notes where it ends, once it was read to its end. The last line is torn if it is not an event.
    ///
    /// # Errors
    /// The system cannot tell its length.
    pub fn note_end(&mut self, read: &JournalFile, is_last_line_torn: bool) -> io::Result<()> {
        let length = self.file.metadata()?.len();
        let unended = read.unended_bytes();
        self.needs_rewriting |= !read.has_header() || read.is_compressed();
        self.end = End {
            has_header: true,
            at: length.saturating_sub(unended.filter(|_| is_last_line_torn).unwrap_or(0)),
            lacks_line_feed: unended.is_some() && !is_last_line_torn,
        };
        Ok(())
    }

    /// Adds the events of this device, and those of others that no file of the folder has. Returns the number of
    /// events that the file did not have.
    ///
    /// # Errors
    /// The journal cannot be read, or the file cannot be written.
    pub fn write(&mut self, store: &Store, lines: &LineHashes) -> Result<usize> {
        if self.is_refused {
            return Ok(0);
        }
        let cannot = |error: io::Error| cannot_write(&self.path, &error);
        if self.needs_rewriting {
            // What is in the file stays until it is certain that every event can be written.
            store.each_event(|_| Ok::<(), StoreError>(()))?;
            self.end = End::default();
        }
        self.file.set_len(self.end.at).map_err(cannot)?;
        self.file.seek(SeekFrom::Start(self.end.at)).map_err(cannot)?;
        let mut out = BufWriter::new(&self.file);
        if !self.end.has_header {
            writeln!(out, "{}", jsonl::header()).map_err(cannot)?;
        } else if self.end.lacks_line_feed {
            writeln!(out).map_err(cannot)?;
        }
        let mut written = 0;
        store.each_event(|event| -> Result<()> {
            let line = jsonl::write(&event);
            // Its own events a device always writes itself: its file decides about them.
            let is_known = match event.device == store.device() {
                true => lines.is_in_own_file(&line),
                false => lines.is_in_folder(&line),
            };
            written += usize::from(!is_known);
            if !is_known || (self.needs_rewriting && lines.is_in_own_file(&line)) {
                writeln!(out, "{line}").map_err(cannot)?;
            }
            Ok(())
        })?;
        out.flush().map_err(cannot)?;
        drop(out);
        self.file.sync_all().map_err(cannot)?;
        Ok(written)
    }
}

/// Two syncs of one device would write over each other's lines. A file system that knows no locks is not shared
/// by two processes of one computer.
fn lock(file: &File, path: &Path) -> Result<()> {
    let deadline = Instant::now() + MAX_WAIT;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(_)) => return Ok(()),
            Err(TryLockError::WouldBlock) if Instant::now() > deadline => {
                anyhow::bail!("cannot write {}: another sync is running", path.display());
            }
            Err(TryLockError::WouldBlock) => thread::sleep(BETWEEN_TRIES),
        }
    }
}

fn cannot_write(path: &Path, error: &io::Error) -> anyhow::Error {
    anyhow::anyhow!("cannot write {}: {}", path.display(), describe_io_error(error))
}
