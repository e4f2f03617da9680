//! Reads journal files line by line: JSON lines, plain or compressed.

use std::io::{self, BufRead, BufReader, Read};
use std::mem;
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::jsonl::{self, Line};
use badgedex_files::ReadError;

/// A longer line cannot be one of our events, in bytes.
const MAX_LINE_BYTES: u64 = 1024 * 1024;
const MEBIBYTE: u64 = 1024 * 1024;
/// How a compressed file begins (RFC 1952, section 2.3.1).
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];
const BUFFER_BYTES: usize = 64 * 1024;
/// What programs that merge texts put on the lines around two versions.
const CONFLICT_MARKS: [&[u8]; 4] = [b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||"];

/// How much of a journal file is read at most: a file of a few megabytes can inflate to any size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadLimits {
    /// Lines, blank ones included.
    pub lines: usize,
    /// Bytes, once inflated.
    pub bytes: u64,
}

impl ReadLimits {
    /// For a file that the learner names: five times a million answers, with room to spare.
    pub const NAMED_FILE: ReadLimits = ReadLimits { lines: 5_000_000, bytes: 4096 * MEBIBYTE };
}

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
    /// It has more lines than are read.
    #[error("{name} has more than {lines} lines, which is more than a journal has")]
    TooManyLines {
        /// The file, for messages.
        name: String,
        /// The limit.
        lines: usize,
    },
    /// It holds, or inflates to, more bytes than are read.
    #[error("{name} holds more than {} MiB of text, which is more than a journal has", bytes / MEBIBYTE)]
    TooManyBytes {
        /// The file, for messages.
        name: String,
        /// The limit.
        bytes: u64,
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

/// A line as it was read.
#[derive(Debug, Clone, Copy, Default)]
struct LineRead {
    bytes: u64,
    /// Whether it ends with a line feed; only the last line of a file may lack one.
    is_ended: bool,
}

/// A journal file that is being read.
pub struct JournalFile {
    reader: Box<dyn BufRead>,
    name: String,
    limits: ReadLimits,
    bytes_left: u64,
    is_compressed: bool,
    has_header: bool,
    /// The line in the buffer has not been looked at as an event.
    is_pending: bool,
    line_number: usize,
    line: LineRead,
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
        let journal = JournalFile::begin(source, name, ReadLimits::NAMED_FILE)?;
        match journal.has_header {
            true => Ok(journal),
            false if journal.line.bytes == 0 => Err(JournalFileError::Empty(journal.name)),
            false => Err(JournalFileError::Foreign(journal.name)),
        }
    }

    /// Reads a file that other programs may have changed: it need not begin with a journal's first line, and
    /// that line may be repeated anywhere.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read, or if it begins like the journal of a newer version.
    pub fn from_shared(
        source: impl Read + 'static,
        name: &str,
        limits: ReadLimits,
    ) -> Result<JournalFile, JournalFileError> {
        JournalFile::begin(source, name, limits)
    }

    fn begin(
        source: impl Read + 'static,
        name: &str,
        limits: ReadLimits,
    ) -> Result<JournalFile, JournalFileError> {
        let mut raw = BufReader::with_capacity(BUFFER_BYTES, source);
        let failed = |source| JournalFileError::Io { name: name.to_owned(), source };
        let is_compressed = raw.fill_buf().map_err(failed)?.starts_with(&GZIP_MAGIC);
        let reader: Box<dyn BufRead> = match is_compressed {
            true => Box::new(BufReader::with_capacity(BUFFER_BYTES, MultiGzDecoder::new(raw))),
            false => Box::new(raw),
        };
        let mut journal = JournalFile {
            reader,
            name: name.to_owned(),
            limits,
            bytes_left: limits.bytes,
            is_compressed,
            has_header: false,
            is_pending: false,
            line_number: 0,
            line: LineRead::default(),
            text: Vec::new(),
        };
        if journal.read_line()? {
            journal.read_header()?;
        }
        Ok(journal)
    }

    fn read_header(&mut self) -> Result<(), JournalFileError> {
        match jsonl::format_of(std::str::from_utf8(&self.text).unwrap_or_default()) {
            Some(format) if format == jsonl::FORMAT => self.has_header = true,
            Some(format) if format.starts_with("badgedex-journal/") => {
                return Err(JournalFileError::Newer { name: self.name.clone(), format });
            }
            _ => self.is_pending = true,
        }
        Ok(())
    }

    /// Whether the first line is a journal's.
    pub fn has_header(&self) -> bool {
        self.has_header
    }

    /// Whether the file is compressed.
    pub fn is_compressed(&self) -> bool {
        self.is_compressed
    }

    /// The number of lines read so far.
    pub fn lines_read(&self) -> usize {
        self.line_number
    }

    /// The length in bytes of the last line read if it does not end with a line feed: then it is the last of the
    /// file.
    pub fn unended_bytes(&self) -> Option<u64> {
        (self.line.bytes > 0 && !self.line.is_ended).then_some(self.line.bytes)
    }

    /// Whether the last line read is one that programs put between two versions of a text.
    pub fn is_conflict_mark(&self) -> bool {
        CONFLICT_MARKS.iter().any(|mark| self.text.starts_with(mark))
    }

    /// Reads the next line into the buffer. A line that is too long is cut, so that it is not valid JSON.
    /// Returns `false` at the end of the file.
    fn read_line(&mut self) -> Result<bool, JournalFileError> {
        self.text.clear();
        let read = read_limited_line(&mut self.reader, &mut self.text, self.bytes_left);
        let read = read.map_err(|source| JournalFileError::Io { name: self.name.clone(), source })?;
        if read.bytes == 0 {
            return Ok(false);
        }
        self.line = read;
        self.line_number += 1;
        if self.line_number > self.limits.lines {
            return Err(JournalFileError::TooManyLines { name: self.name.clone(), lines: self.limits.lines });
        }
        match self.bytes_left.checked_sub(read.bytes) {
            Some(left) => self.bytes_left = left,
            None => {
                let bytes = self.limits.bytes;
                return Err(JournalFileError::TooManyBytes { name: self.name.clone(), bytes });
            }
        }
        Ok(true)
    }

    /// Whether there is a next line, which then is in the buffer.
    fn advance(&mut self) -> Result<bool, JournalFileError> {
        if mem::take(&mut self.is_pending) { Ok(true) } else { self.read_line() }
    }

    fn damaged(&self, problem: &str) -> DamagedLine {
        DamagedLine { line: self.line_number, problem: problem.to_owned() }
    }

    /// Reads to the end and returns the number of lines after the header, without blank ones.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read to its end.
    pub fn count_lines(&mut self) -> Result<usize, JournalFileError> {
        let mut count = 0;
        while self.advance()? {
            count += usize::from(!self.text.trim_ascii().is_empty());
        }
        Ok(count)
    }

    /// The name for messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The event on the next line that is not blank, or what is wrong with that line; `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    pub fn next_event(&mut self) -> Result<Option<Result<Line, DamagedLine>>, JournalFileError> {
        while self.advance()? {
            let Ok(text) = std::str::from_utf8(&self.text) else {
                return Ok(Some(Err(self.damaged("it is not UTF-8 text"))));
            };
            if text.trim().is_empty() || is_header(text) {
                continue;
            }
            return Ok(Some(jsonl::read_line(text).map_err(|error| self.damaged(&error.to_string()))));
        }
        Ok(None)
    }
}

/// Programs that put two versions of a journal into one file repeat its first line.
fn is_header(line: &str) -> bool {
    line.trim_start_matches('\u{feff}').starts_with("{\"format\"")
        && jsonl::format_of(line).is_some_and(|format| format == jsonl::FORMAT)
}

fn read_limited_line(reader: &mut dyn BufRead, line: &mut Vec<u8>, max_bytes: u64) -> io::Result<LineRead> {
    let mut bytes = reader.take(MAX_LINE_BYTES).read_until(b'\n', line)? as u64;
    let mut is_ended = line.ends_with(b"\n");
    let mut rest = Vec::new();
    while bytes >= MAX_LINE_BYTES && !is_ended && bytes <= max_bytes {
        rest.clear();
        let more = reader.take(MAX_LINE_BYTES).read_until(b'\n', &mut rest)?;
        bytes += more as u64;
        is_ended = rest.ends_with(b"\n");
        if more == 0 {
            break;
        }
    }
    Ok(LineRead { bytes, is_ended })
}
