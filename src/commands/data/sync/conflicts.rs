//! Which of two different lines with one id stays: an event belongs to the device that it names.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use uuid::Uuid;

use super::folder::{MAX_LINES, SharedFolder};
use super::own_file::OwnFile;
use super::reading::{Reading, SharedLine, next};
use super::report::Report;
use badgedex_domain::journal::Event;
use badgedex_store::jsonl::{self, Line};
use badgedex_store::kept_aside::KeptAside;
use badgedex_store::{Import, JournalFile};

/// Differing lines beyond this many bytes are settled by the next sync.
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// Why a line is kept aside.
const WHY: &str = "the device that the event names has another line with its id";

/// What was settled.
pub struct Settled {
    /// The lines that did not stay.
    pub lost: Vec<KeptAside>,
    /// One of them is in this device's own file.
    pub is_own_file_wrong: bool,
}

/// The lines of the folder that have one id.
#[derive(Debug, Default)]
struct Candidates {
    /// Those in the file of the device that they name, with a checksum.
    of_owner: BTreeMap<String, Event>,
    /// All others.
    of_others: BTreeMap<String, Event>,
    is_in_own_file: BTreeSet<String>,
}

/// Lets one event of each differing id stay, the same one on all devices that see the files of the same devices.
///
/// # Errors
/// The store cannot be written, or standard error is closed.
pub fn settle(
    importing: &mut Import,
    folder: &SharedFolder,
    own: &mut OwnFile,
    reading: &Reading,
    report: &mut Report,
) -> Result<Settled> {
    let mut settled = Settled { lost: Vec::new(), is_own_file_wrong: false };
    for (id, candidates) in read_again(folder, own, reading) {
        let Some(existing) = importing.existing(id)? else { continue };
        let old = jsonl::write(&existing);
        let (stays, event) = candidates.winner(&old, &existing, reading.device());
        if *stays != old {
            importing.settle(event)?;
            report.replaced += 1;
        }
        report.tell_conflict(id, &event.device)?;
        let all = candidates.of_owner.keys().chain(candidates.of_others.keys()).chain([&old]);
        settled.lost.extend(all.filter(|line| *line != stays).map(|line| KeptAside {
            id: Some(id),
            why: WHY.to_owned(),
            kept: Some(stays.clone()),
            aside: line.clone(),
        }));
        settled.is_own_file_wrong |= candidates.is_in_own_file.iter().any(|line| line != stays);
    }
    Ok(settled)
}

impl Candidates {
    /// The line that stays, and its event. What this device recorded stays as it is here; else what the owner's
    /// file has; else what is here.
    fn winner<'a>(&'a self, old: &'a String, existing: &'a Event, device: &str) -> (&'a String, &'a Event) {
        if existing.device == device || self.of_owner.contains_key(old) {
            return (old, existing);
        }
        self.of_owner.first_key_value().unwrap_or((old, existing))
    }
}

/// Reads the lines of the differing ids in all files.
fn read_again(folder: &SharedFolder, own: &mut OwnFile, reading: &Reading) -> BTreeMap<Uuid, Candidates> {
    let mut found = Found { reading, left: MAX_BYTES, by_id: BTreeMap::new() };
    if let Ok(Some(file)) = own.reader() {
        found.read(file, |device| device == reading.device(), true);
    }
    for journal in &folder.journals {
        // What can no longer be read was reported when it was read first.
        if let Ok(file) = journal.open(MAX_LINES) {
            found.read(file, |device| journal.is_of(device), false);
        }
    }
    found.by_id
}

struct Found<'a> {
    reading: &'a Reading,
    left: usize,
    by_id: BTreeMap<Uuid, Candidates>,
}

impl Found<'_> {
    fn read(&mut self, mut file: JournalFile, is_of: impl Fn(&str) -> bool, is_own: bool) {
        while let Ok(Some(line)) = next(&mut file) {
            let SharedLine::Event(line) = line else { continue };
            let Line { event, has_sum } = *line;
            if !self.reading.differing.contains(&event.id) {
                continue;
            }
            let line = jsonl::write(&event);
            let Some(left) = self.left.checked_sub(line.len()) else { return };
            self.left = left;
            let candidates = self.by_id.entry(event.id).or_default();
            if is_own {
                candidates.is_in_own_file.insert(line.clone());
            }
            let is_owners = has_sum && is_of(&event.device);
            let lines = if is_owners { &mut candidates.of_owner } else { &mut candidates.of_others };
            lines.insert(line, event);
        }
    }
}
