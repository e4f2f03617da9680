//! Journal files: JSON lines, as they are or compressed, read line by line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::lines;
use badgedex_domain::journal::Event;

/// A longer line is no event of ours, in bytes.
const LONGEST_LINE: u64 = 1024 * 1024;
/// How a compressed file begins.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Why a file cannot be read as a journal at all.
#[derive(Debug, thiserror::Error)]
pub enum BadJournal {
    #[error("cannot read {name}: {source}")]
    Io { name: String, source: io::Error },
    #[error("{0} is empty: it is no journal of badgedex")]
    Empty(String),
    #[error(
        "{name} has the format {format}, this badgedex reads {}\n  update badgedex, then try again; nothing was imported",
        lines::FORMAT
    )]
    Newer { name: String, format: String },
    #[error("{0} is no journal of badgedex: its first line is not {header}; nothing was imported", header = lines::header())]
    Foreign(String),
}

/// A line of a journal after the first: an event, or what is wrong with it.
pub type Line = Result<Event, Damaged>;

/// A line that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// From 1.
    pub line: usize,
    pub problem: String,
}

/// A journal file that is being read.
pub struct JournalFile {
    reader: Box<dyn BufRead>,
    name: String,
    number: usize,
    text: Vec<u8>,
}

impl JournalFile {
    /// Opens a file, compressed or not.
    pub fn open(path: &Path) -> Result<JournalFile, BadJournal> {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|source| BadJournal::Io { name: name.clone(), source })?;
        JournalFile::of(file, &name)
    }

    /// Reads from anything; `name` is for messages.
    pub fn of(source: impl Read + 'static, name: &str) -> Result<JournalFile, BadJournal> {
        let mut raw = BufReader::with_capacity(64 * 1024, source);
        let failed = |source| BadJournal::Io { name: name.to_owned(), source };
        let is_gzip = raw.fill_buf().map_err(failed)?.starts_with(&GZIP);
        let reader: Box<dyn BufRead> = match is_gzip {
            true => Box::new(BufReader::with_capacity(64 * 1024, MultiGzDecoder::new(raw))),
            false => Box::new(raw),
        };
        let mut journal = JournalFile { reader, name: name.to_owned(), number: 0, text: Vec::new() };
        journal.check_header()?;
        Ok(journal)
    }

    fn check_header(&mut self) -> Result<(), BadJournal> {
        if !self.next_line()? {
            return Err(BadJournal::Empty(self.name.clone()));
        }
        match lines::format_of(std::str::from_utf8(&self.text).unwrap_or_default()) {
            Some(format) if format == lines::FORMAT => Ok(()),
            Some(format) if format.starts_with("badgedex-journal/") => {
                Err(BadJournal::Newer { name: self.name.clone(), format })
            }
            _ => Err(BadJournal::Foreign(self.name.clone())),
        }
    }

    /// Reads the next line into the buffer; one that is too long is cut, and then is no JSON.
    fn next_line(&mut self) -> Result<bool, BadJournal> {
        self.text.clear();
        let read = read_line(&mut self.reader, &mut self.text);
        let read = read.map_err(|source| BadJournal::Io { name: self.name.clone(), source })?;
        self.number += usize::from(read);
        Ok(read)
    }

    fn damaged(&self, problem: &str) -> Damaged {
        Damaged { line: self.number, problem: problem.to_owned() }
    }

    /// Reads to the end. Returns how many lines there are after the first, blank ones left out.
    pub fn count_lines(&mut self) -> Result<usize, BadJournal> {
        let mut count = 0;
        while self.next_line()? {
            count += usize::from(!self.text.trim_ascii().is_empty());
        }
        Ok(count)
    }

    /// The next line that is not blank; none at the end.
    pub fn line(&mut self) -> Result<Option<Line>, BadJournal> {
        while self.next_line()? {
            let Ok(text) = std::str::from_utf8(&self.text) else {
                return Ok(Some(Err(self.damaged("it is no UTF-8 text"))));
            };
            if text.trim().is_empty() {
                continue;
            }
            return Ok(Some(lines::read(text).map_err(|bad| self.damaged(&bad.to_string()))));
        }
        Ok(None)
    }
}

fn read_line(reader: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    if reader.take(LONGEST_LINE).read_until(b'\n', line)? == 0 {
        return Ok(false);
    }
    while line.len() as u64 >= LONGEST_LINE && !line.ends_with(b"\n") {
        let mut rest = Vec::new();
        if reader.take(LONGEST_LINE).read_until(b'\n', &mut rest)? == 0 || rest.ends_with(b"\n") {
            break;
        }
    }
    Ok(true)
}
