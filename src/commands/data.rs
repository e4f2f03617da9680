//! `data`: where the learner's data is, and how it travels.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use anyhow::{Result, bail};
use serde_json::json;

use super::Exit;
use super::desk::{self, Desk};
use super::files;
use crate::cli::Global;
use crate::store::{Imported, Store, lines};
use crate::ui::output;
use crate::ui::text::count;

/// A longer line is no event of ours, in bytes.
const LONGEST_LINE: u64 = 1024 * 1024;
/// How many damaged lines are told one by one.
const TOLD: usize = 20;

pub fn location(global: &Global) -> Result<Exit> {
    let home = desk::home(global)?;
    let (store, questions) = (Store::path_in(&home), desk::questions_in(&home));
    let text = if global.json {
        json!({ "format": 1, "home": home, "store": store, "questions": questions }).to_string()
    } else {
        format!(
            "{}\n  {}  your journal\n  {}  your own packs and catalogs",
            home.display(),
            store.display(),
            questions.display()
        )
    };
    output::page(&text)?;
    Ok(Exit::Done)
}

pub fn export(desk: &Desk, out: Option<&Path>) -> Result<Exit> {
    let mut text = lines::header();
    text.push('\n');
    for event in desk.events() {
        text.push_str(&lines::write(event));
        text.push('\n');
    }
    match out {
        None => io::stdout().write_all(text.as_bytes())?,
        Some(path) => {
            files::write_new(path, text.as_bytes())?;
            let events = count(desk.events().len(), "event", "events");
            output::note(&format!("{events} written to {}", path.display()))?;
        }
    }
    Ok(Exit::Done)
}

pub fn import(desk: &mut Desk, path: &Path) -> Result<Exit> {
    let reader: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        let opened = File::open(path);
        Box::new(opened.map_err(|source| anyhow::anyhow!("cannot read {}: {source}", path.display()))?)
    };
    let read = read_journal(BufReader::new(reader), &path.display().to_string())?;
    let imported = desk.store.import(&read.events)?;
    desk.reload()?;
    tell(desk, &read, &imported)?;
    Ok(if read.damaged.is_empty() { Exit::Done } else { Exit::NotDone })
}

/// A journal's lines, read.
#[derive(Default)]
struct ReadJournal {
    events: Vec<crate::domain::journal::Event>,
    /// Line number and what is wrong.
    damaged: Vec<(usize, String)>,
}

fn read_journal(mut reader: impl BufRead, name: &str) -> Result<ReadJournal> {
    let mut read = ReadJournal::default();
    let mut number = 0;
    while let Some(bytes) = next_line(&mut reader).map_err(|e| anyhow::anyhow!("cannot read {name}: {e}"))? {
        number += 1;
        let line = std::str::from_utf8(&bytes);
        if number == 1 {
            check_header(line.unwrap_or_default(), name)?;
            continue;
        }
        match line.map_err(|_| "it is no UTF-8 text".to_owned()) {
            Ok(line) if line.trim().is_empty() => {}
            line => match line.and_then(|line| lines::read(line).map_err(|bad| bad.to_string())) {
                Ok(event) => read.events.push(event),
                Err(problem) => read.damaged.push((number, problem)),
            },
        }
    }
    if number == 0 {
        bail!("{name} is empty: it is no journal of badgedex");
    }
    Ok(read)
}

/// The next line; one that is too long is cut, and then is no JSON.
fn next_line(reader: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    if reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    while bytes.len() as u64 == LONGEST_LINE && !bytes.ends_with(b"\n") {
        let mut rest = Vec::new();
        if reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut rest)? == 0 || rest.ends_with(b"\n") {
            break;
        }
    }
    Ok(Some(bytes))
}

fn check_header(line: &str, name: &str) -> Result<()> {
    match lines::format_of(line) {
        Some(format) if format == lines::FORMAT => Ok(()),
        Some(format) if format.starts_with("badgedex-journal/") => bail!(
            "{name} has the format {format}, this badgedex reads {}\n  update badgedex, then try again; nothing was imported",
            lines::FORMAT
        ),
        _ => bail!(
            "{name} is no journal of badgedex: its first line is not {}; nothing was imported",
            lines::header()
        ),
    }
}

fn tell(desk: &Desk, read: &ReadJournal, imported: &Imported) -> Result<()> {
    for (line, problem) in read.damaged.iter().take(TOLD) {
        output::note(&format!("line {line} was left out: {problem}"))?;
    }
    if read.damaged.len() > TOLD {
        output::note(&format!("{} more lines were left out", read.damaged.len() - TOLD))?;
    }
    for id in &imported.conflicts {
        output::note(&format!("there are two different events {id}; the smaller one stays"))?;
    }
    let value = json!({
        "format": 1, "new": imported.new, "known": imported.known, "conflicts": imported.conflicts.len(),
        "damaged": read.damaged.iter().map(|(line, _)| line).collect::<Vec<_>>(),
    });
    let text = format!(
        "{}, {} known already{}",
        count(imported.new, "new event", "new events"),
        imported.known,
        if read.damaged.is_empty() {
            String::new()
        } else {
            format!(", {} left out", count(read.damaged.len(), "damaged line", "damaged lines"))
        }
    );
    output::page(&if desk.json { value.to_string() } else { text })?;
    Ok(())
}

pub fn check(desk: &Desk) -> Result<Exit> {
    let problems = desk.store.check()?;
    let events = count(desk.events().len(), "event", "events");
    let path = desk.store.path().display();
    let text = match problems.len() {
        0 => format!("{path} is sound: {events}"),
        _ => format!("{path} is damaged:\n  {}", problems.join("\n  ")),
    };
    let value = json!({ "format": 1, "events": desk.events().len(), "problems": problems });
    output::page(&if desk.json { value.to_string() } else { text })?;
    Ok(if problems.is_empty() { Exit::Done } else { Exit::NotDone })
}
