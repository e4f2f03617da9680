//! Reads journal files line by line: JSON lines, plain or compressed.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::jsonl;
use badgedex_domain::journal::Event;
use badgedex_files::ReadError;

/// A longer line cannot be one of our events, in bytes.
const MAX_LINE_BYTES: u64 = 1024 * 1024;
/// How a compressed file begins (RFC 1952, section 2.3.1).
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];
const BUFFER_BYTES: usize = 64 * 1024;

/// Why a file cannot be read as a journal at all.
#[derive(Debug, thiserror::Error)]
pub enum JournalFileError {
    /// The system cannot read it.
    #[error("cannot read {name}: {source}")]
    Io {
        /// The file, for messages.
        name: String,
        /// What the system reports.
        source: io::Error,
    },
    /// It cannot be opened, or may have no end.
    #[error("cannot read {name}: {source}")]
    Unreadable {
        /// The file, for messages.
        name: String,
        /// What keeps it from being read.
        source: ReadError,
    },
    /// It has no first line.
    #[error("{0} is empty, not a badgedex journal")]
    Empty(String),
    /// A newer badgedex wrote it.
    #[error(
        "{name} has the format {format}; this badgedex reads {}\n  update badgedex, then try again; nothing was imported",
        jsonl::FORMAT
    )]
    Newer {
        /// The file, for messages.
        name: String,
        /// The format that it names.
        format: String,
    },
    /// Its first line is not a journal's.
    #[error("{0} is not a badgedex journal: its first line is not {header}; nothing was imported", header = jsonl::header())]
    Foreign(String),
}

/// A line of a journal that is not an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamagedLine {
    /// From 1.
    pub line: usize,
    /// What is wrong with it, as the part of a sentence.
    pub problem: String,
}

/// A journal file that is being read.
pub struct JournalFile {
    reader: Box<dyn BufRead>,
    name: String,
    line_number: usize,
    text: Vec<u8>,
}

impl JournalFile {
    /// Opens a file, compressed or not.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read or is not a journal that this version knows.
    pub fn open(path: &Path) -> Result<JournalFile, JournalFileError> {
        let name = path.display().to_string();
        let file = badgedex_files::open_regular(path)
            .map_err(|source| JournalFileError::Unreadable { name: name.clone(), source })?;
        JournalFile::from_reader(file, &name)
    }

    /// Reads from any source; `name` is for messages.
    ///
    /// # Errors
    ///
    /// As [`JournalFile::open`].
    pub fn from_reader(source: impl Read + 'static, name: &str) -> Result<JournalFile, JournalFileError> {
        let mut raw = BufReader::with_capacity(BUFFER_BYTES, source);
        let failed = |source| JournalFileError::Io { name: name.to_owned(), source };
        let is_gzip = raw.fill_buf().map_err(failed)?.starts_with(&GZIP_MAGIC);
        let reader: Box<dyn BufRead> = match is_gzip {
            true => Box::new(BufReader::with_capacity(BUFFER_BYTES, MultiGzDecoder::new(raw))),
            false => Box::new(raw),
        };
        let mut journal = JournalFile { reader, name: name.to_owned(), line_number: 0, text: Vec::new() };
        journal.check_header()?;
        Ok(journal)
    }

    fn check_header(&mut self) -> Result<(), JournalFileError> {
        if !self.read_line()? {
            return Err(JournalFileError::Empty(self.name.clone()));
        }
        match jsonl::format_of(std::str::from_utf8(&self.text).unwrap_or_default()) {
            Some(format) if format == jsonl::FORMAT => Ok(()),
            Some(format) if format.starts_with("badgedex-journal/") => {
                Err(JournalFileError::Newer { name: self.name.clone(), format })
            }
            _ => Err(JournalFileError::Foreign(self.name.clone())),
        }
    }

    /// Reads the next line into the buffer. A line that is too long is cut, so that it is not valid JSON.
    /// Returns `false` at the end of the file.
    fn read_line(&mut self) -> Result<bool, JournalFileError> {
        self.text.clear();
        let read = read_limited_line(&mut self.reader, &mut self.text);
        let read = read.map_err(|source| JournalFileError::Io { name: self.name.clone(), source })?;
        self.line_number += usize::from(read);
        Ok(read)
    }

    fn damaged(&self, problem: &str) -> DamagedLine {
        DamagedLine { line: self.line_number, problem: problem.to_owned() }
    }

    /// Reads to the end and returns the number of lines after the first, without blank ones.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read to its end.
    pub fn count_lines(&mut self) -> Result<usize, JournalFileError> {
        let mut count = 0;
        while self.read_line()? {
            count += usize::from(!self.text.trim_ascii().is_empty());
        }
        Ok(count)
    }

    /// The event on the next line that is not blank, or what is wrong with that line; `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    pub fn next_event(&mut self) -> Result<Option<Result<Event, DamagedLine>>, JournalFileError> {
        while self.read_line()? {
            let Ok(text) = std::str::from_utf8(&self.text) else {
                return Ok(Some(Err(self.damaged("it is not UTF-8 text"))));
            };
            if text.trim().is_empty() {
                continue;
            }
            return Ok(Some(jsonl::read(text).map_err(|error| self.damaged(&error.to_string()))));
        }
        Ok(None)
    }
}

fn read_limited_line(reader: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    if reader.take(MAX_LINE_BYTES).read_until(b'\n', line)? == 0 {
        return Ok(false);
    }
    while line.len() as u64 >= MAX_LINE_BYTES && !line.ends_with(b"\n") {
        let mut rest = Vec::new();
        if reader.take(MAX_LINE_BYTES).read_until(b'\n', &mut rest)? == 0 || rest.ends_with(b"\n") {
            break;
        }
    }
    Ok(true)
}
