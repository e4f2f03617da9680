//! `data sync`: several devices, one folder. Every device writes its own file there and reads the others.
//!
//! The file only grows: events are added at its end, in place, so that no other file appears in a folder
//! that is not ours, and whatever a program that copies it has seen of it is a journal. A line that was
//! cut short, or that such a program has put in, is skipped by the readers, and removed here.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use uuid::Uuid;

use crate::commands::app_context::AppContext;
use crate::commands::exit::Exit;
use crate::ui::json::{json, set_path};
use crate::ui::output;
use crate::ui::text::count;
use badgedex_domain::journal::Event;
use badgedex_store::{ImportSummary, JournalFile, describe_io_error, jsonl};

/// Reads the files of the other devices, and brings this device's file up to date.
///
/// # Errors
/// The folder cannot be read, or the store or this device's file cannot be written.
pub fn run(app: &mut AppContext, dir: &Path) -> Result<Exit> {
    if !dir.is_dir() {
        bail!("{} is no folder: make it, or name the one that your devices share", dir.display());
    }
    let own = dir.join(format!("badgedex-{}.jsonl", app.journal.store.device()));
    let mut imported = ImportSummary::default();
    let mut there = HashSet::new();
    let (mut devices, mut passed_over) = (0, 0);
    for path in others(dir, &own)? {
        match read(&path) {
            Err(problem) => {
                passed_over += 1;
                output::note(&format!("{problem:#}; it was passed over"))?;
            }
            Ok(read) => {
                devices += 1;
                read.tell(&path)?;
                there.extend(read.events.iter().map(|event| named(&jsonl::write(event))));
                add(app, &read.events, &mut imported)?;
            }
        }
    }
    if imported.new > 0 || !imported.conflicts.is_empty() {
        app.reload_imported()?;
    }
    let written = write(app, &own, there)?;
    let text = format!(
        "{} from {}, {} written to {}",
        count(imported.new, "new event", "new events"),
        count(devices, "other device", "other devices"),
        count(written, "event", "events"),
        own.display()
    );
    let mut value = json!({
        "format": 1, "new": imported.new, "known": imported.known, "devices": devices, "written": written,
    });
    set_path(&mut value, "file", &own);
    app.ui.tell(&value, &text)?;
    Ok(if passed_over == 0 { Exit::Done } else { Exit::NotDone })
}

/// The files of the other devices, by name; a copy that a program made of a conflict is one too.
fn others(dir: &Path, own: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))?;
    let is_journal = |path: &PathBuf| {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        // An empty one is of a device that had no room, or is on its way here.
        let has_text = || path.symlink_metadata().is_ok_and(|found| found.is_file() && found.len() > 0);
        name.starts_with("badgedex-") && name.ends_with(".jsonl") && path != own && has_text()
    };
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_journal).collect();
    found.sort();
    Ok(found)
}

/// The content of a device's file.
struct DeviceFile {
    events: Vec<Event>,
    passed_over: Vec<usize>,
}

impl DeviceFile {
    fn tell(&self, path: &Path) -> Result<()> {
        if let Some(first) = self.passed_over.first() {
            let lines = count(self.passed_over.len(), "line was", "lines were");
            output::note(&format!("{}: {lines} passed over, the first is line {first}", path.display()))?;
        }
        Ok(())
    }
}

fn read(path: &Path) -> Result<DeviceFile> {
    let mut file = JournalFile::open(path)?;
    let mut read = DeviceFile { events: Vec::new(), passed_over: Vec::new() };
    while let Some(line) = file.next_event()? {
        match line {
            Ok(event) => read.events.push(event),
            Err(damaged) => read.passed_over.push(damaged.line),
        }
    }
    Ok(read)
}

fn add(app: &mut AppContext, events: &[Event], sum: &mut ImportSummary) -> Result<()> {
    let mut importing = app.journal.store.begin_import()?;
    for event in events {
        importing.add(event)?;
    }
    let imported = importing.finish()?;
    sum.new += imported.new;
    sum.known += imported.known;
    for id in &imported.conflicts {
        output::note(&format!("there are two different events {id}; the smaller one stays"))?;
    }
    sum.conflicts.extend(imported.conflicts);
    Ok(())
}

/// A short name of a line: a million lines themselves would not fit.
fn named(line: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, line.as_bytes())
}

/// Brings this device's file up to date: events that no file of the folder has are added at its end.
/// Returns how many events were written.
fn write(app: &AppContext, own: &Path, mut there: HashSet<Uuid>) -> Result<usize> {
    let cannot =
        |source: io::Error| anyhow::anyhow!("cannot write {}: {}", own.display(), describe_io_error(&source));
    if own.symlink_metadata().is_ok_and(|found| !found.is_file()) {
        bail!("{} is a link or a folder, and should be this device's file", own.display());
    }
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(own).map_err(cannot)?;
    let known = trim_to_whole_lines(&mut file).map_err(cannot)?;
    let mut out = io::BufWriter::new(file);
    let mut written = 0;
    if known.is_none() {
        writeln!(out, "{}", jsonl::header()).map_err(cannot)?;
    }
    there.extend(known.unwrap_or_default());
    app.journal.store.each_event(|event| -> Result<()> {
        let line = jsonl::write(&event);
        if !there.contains(&named(&line)) {
            written += 1;
            writeln!(out, "{line}").map_err(cannot)?;
        }
        Ok(())
    })?;
    let file = out.into_inner().map_err(|e| cannot(e.into_error()))?;
    file.sync_all().map_err(cannot)?;
    Ok(written)
}

/// The lines in the file, which afterwards ends with a whole one; `None` if it is not a journal yet, or no
/// longer, and is started anew.
fn trim_to_whole_lines(file: &mut File) -> io::Result<Option<HashSet<Uuid>>> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let text = String::from_utf8_lossy(&bytes[..whole]);
    let mut lines_there = text.lines();
    let is_journal = lines_there.next().and_then(jsonl::format_of).is_some_and(|f| f == jsonl::FORMAT);
    let end = if is_journal { whole as u64 } else { 0 };
    file.set_len(end)?;
    file.seek(SeekFrom::Start(end))?;
    Ok(is_journal.then(|| lines_there.map(named).collect()))
}
