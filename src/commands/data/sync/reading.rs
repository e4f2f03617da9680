//! Reads the journals of a shared folder in a stream, and remembers a hash of each line.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use uuid::Uuid;

use super::folder::{MAX_LINES, SharedFolder};
use super::line_hashes::LineHashes;
use super::own_file::OwnFile;
use super::report::Report;
use badgedex_domain::journal::Event;
use badgedex_store::jsonl::{self, Line};
use badgedex_store::{Import, JournalFile, JournalFileError, Merged};

/// More differing lines are settled by the next sync.
const MAX_DIFFERING: usize = 10_000;

/// What the files of the folder hold.
pub struct Reading {
    device: String,
    /// The lines of all files, and of this device's own.
    pub lines: LineHashes,
    lines_left: usize,
    /// Ids whose event is another one in a file than in the journal.
    pub differing: BTreeSet<Uuid>,
    /// The own file, or a copy of it, has events of this device that the journal did not have: the home was set
    /// back, or another home records under the same name.
    pub is_behind: bool,
}

/// Whose file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// This device's own file.
    Own,
    /// By its name a copy of the own file, which a program made of a conflict.
    OwnCopy,
    Other,
}

impl Reading {
    /// Nothing was read yet. `device` is the name of this device.
    pub fn of(device: &str) -> Reading {
        Reading {
            device: device.to_owned(),
            lines: LineHashes::default(),
            lines_left: MAX_LINES,
            differing: BTreeSet::new(),
            is_behind: false,
        }
    }

    /// The name of this device.
    pub fn device(&self) -> &str {
        &self.device
    }

    /// Adds the events of all files to the journal, without those that differ from what it has.
    ///
    /// # Errors
    /// The store cannot be written, or standard error is closed. Files that cannot be read are reported.
    pub fn read(
        &mut self,
        importing: &mut Import,
        folder: &SharedFolder,
        own: &mut OwnFile,
        report: &mut Report,
    ) -> Result<()> {
        match own.reader() {
            Ok(None) => {}
            Ok(Some(mut file)) => {
                let end = self.read_file(importing, &mut file, own.path(), Whose::Own, report)?;
                own.needs_rewriting |= end.damaged > 0;
                own.is_refused = !end.is_whole || own.note_end(&file, end.is_torn).is_err();
            }
            Err(problem) => {
                own.is_refused = true;
                report.pass_over(&problem)?;
            }
        }
        for journal in &folder.journals {
            let whose = if journal.is_copy_of(&self.device) { Whose::OwnCopy } else { Whose::Other };
            match journal.open(self.lines_left) {
                Err(problem) => report.pass_over(&problem)?,
                Ok(mut file) => {
                    let end = self.read_file(importing, &mut file, &journal.path, whose, report)?;
                    report.devices += usize::from(end.is_whole);
                }
            }
        }
        Ok(())
    }

    fn read_file(
        &mut self,
        importing: &mut Import,
        file: &mut JournalFile,
        path: &Path,
        whose: Whose,
        report: &mut Report,
    ) -> Result<FileEnd> {
        let mut end = FileEnd { is_whole: true, ..FileEnd::default() };
        let mut first_damaged = None;
        loop {
            let line = match next(file) {
                Ok(None) => break,
                Ok(Some(line)) => line,
                Err(problem) => {
                    report.pass_over(&problem)?;
                    end.is_whole = false;
                    break;
                }
            };
            match line {
                SharedLine::Event(ref line) => self.add(importing, &line.event, whose)?,
                SharedLine::Torn => end.is_torn = true,
                SharedLine::ConflictMark => end.damaged += 1,
                SharedLine::Damaged => {
                    end.damaged += 1;
                    report.damaged_lines += 1;
                }
            }
            if !matches!(line, SharedLine::Event(_)) {
                first_damaged = first_damaged.or(Some(file.lines_read()));
            }
        }
        self.lines_left = self.lines_left.saturating_sub(file.lines_read());
        if let Some(first) = first_damaged {
            report.tell_passed_over_lines(path, end.damaged + usize::from(end.is_torn), first)?;
        }
        Ok(end)
    }

    fn add(&mut self, importing: &mut Import, event: &Event, whose: Whose) -> Result<()> {
        self.lines.add(&jsonl::write(event), whose == Whose::Own);
        match importing.merge(event)? {
            Merged::New => self.is_behind |= whose != Whose::Other && event.device == self.device,
            Merged::Known => {}
            Merged::Differs if self.differing.len() < MAX_DIFFERING => {
                self.differing.insert(event.id);
            }
            Merged::Differs => {}
        }
        Ok(())
    }
}

/// What was found up to the end of a file.
#[derive(Debug, Clone, Copy, Default)]
struct FileEnd {
    /// It was read to its end.
    is_whole: bool,
    /// Lines that are not events, without the last one if it is torn.
    damaged: usize,
    /// The last line was cut.
    is_torn: bool,
}

/// A line of a file in the folder.
pub enum SharedLine {
    Event(Box<Line>),
    /// The last line, which another device has not finished, or a program has cut.
    Torn,
    /// Put in by a program around two versions.
    ConflictMark,
    Damaged,
}

/// The next line that is not blank; `None` at the end.
///
/// # Errors
/// The file cannot be read any further.
pub fn next(file: &mut JournalFile) -> Result<Option<SharedLine>, JournalFileError> {
    Ok(file.next_event()?.map(|read| match read {
        Ok(line) => SharedLine::Event(Box::new(line)),
        Err(_) if file.is_conflict_mark() => SharedLine::ConflictMark,
        Err(_) if file.unended_bytes().is_some() => SharedLine::Torn,
        Err(_) => SharedLine::Damaged,
    }))
}
