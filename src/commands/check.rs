//! `pack check`: every fault of packs and catalogs, and what makes questions bad.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::Exit;
use super::clock::Clock;
use super::desk;
use super::mend::{self, Mending};
use crate::cli::Global;
use crate::ui::output;
use crate::ui::text::count;
use badgedex_domain::sanitize;
use badgedex_packs::{Fault, Folder, Placed, Shelf, installed};

/// What is done beside listing faults.
#[derive(Debug, Clone, Copy)]
pub struct How {
    /// Flaws are listed too.
    pub strict: bool,
    /// What can be mended is mended first.
    pub fix: bool,
}

pub fn run(global: &Global, paths: &[PathBuf], how: How) -> Result<Exit> {
    let mut paths: Vec<PathBuf> = paths.iter().map(|path| place(global, path)).collect::<Result<_>>()?;
    let mut seen = HashSet::new();
    paths.retain(|path| seen.insert(mend::whole(path)));
    if how.fix {
        mend::refuse_archives(&paths)?;
    }
    let (mut folders, mut overlooked) = (Vec::new(), Vec::new());
    for path in &paths {
        let read = read(path)?;
        overlooked.extend(badgedex_packs::overlooked(path, &read));
        folders.extend(read);
    }
    mend::once(&mut folders);
    let mending = how.fix.then(|| mend::mend(&mut folders, &paths));
    let mut shelf = badgedex_packs::check(&folders);
    shelf.faults.extend(mending.iter().flat_map(|mending| mending.faults.iter().cloned()));
    shelf.faults.extend(badgedex_packs::repetitions(&folders, &shelf.library));
    shelf.faults.extend(overlooked);
    let today = Clock::new(global.today).now().date_naive();
    let flaws = how.strict.then(|| badgedex_packs::flaws(&folders, &shelf.library, today));
    let exit = match shelf.faults.is_empty() && flaws.iter().flatten().next().is_none() {
        true => Exit::Done,
        false => Exit::NotDone,
    };
    match global.json {
        true => output::json(&json_of(&shelf, mending.as_ref(), flaws.as_deref()))?,
        false => tell(&shelf, mending.as_ref(), flaws.as_deref())?,
    }
    // The program ends here: to give back a hundred thousand questions one by one is of no use.
    std::mem::forget((shelf, folders));
    Ok(exit)
}

/// What is named: a path, or one of the learner's own packs by its id.
fn place(global: &Global, named: &Path) -> Result<PathBuf> {
    if named.exists() {
        return Ok(named.to_owned());
    }
    let shown = named.to_string_lossy();
    let none = format!("there is no folder or file {}", sanitize::line(&shown));
    if named.components().count() != 1 {
        bail!("{none}: name a folder with a pack.json");
    }
    let questions = desk::questions_in(&desk::home(global)?);
    match installed::own(&questions, &shown) {
        Some(folder) => Ok(PathBuf::from(folder.label)),
        None if installed::is_shipped(&shown) => {
            bail!("the pack \"{shown}\" comes with the program, and has no folder that could be checked")
        }
        None => bail!(
            "{none}, and no pack of that id in {}: name a folder with a pack.json",
            sanitize::line(&questions.to_string_lossy())
        ),
    }
}

fn read(path: &Path) -> Result<Vec<Folder>> {
    badgedex_packs::folders(path).map_err(|error| match badgedex_packs::nested(path) {
        Some(deeper) => anyhow::anyhow!("{error}; there is one in {}: name that folder", deeper.display()),
        None => error.into(),
    })
}

fn tell(shelf: &Shelf, mending: Option<&Mending>, flaws: Option<&[Placed]>) -> Result<()> {
    if let Some(mending) = mending {
        output::say(&mending.page())?;
    }
    for fault in &shelf.faults {
        output::say(&fault.to_string())?;
    }
    for flaw in flaws.into_iter().flatten() {
        output::say(&format!("{} [{}]", flaw.fault, flaw.kind))?;
    }
    output::say(&sum(shelf))?;
    if let Some(flaws) = flaws {
        let questions = count(shelf.questions_read, "question", "questions");
        output::say(&format!("{} in {questions}", count(flaws.len(), "flaw", "flaws")))?;
    }
    Ok(())
}

fn sum(shelf: &Shelf) -> String {
    let faults = count(shelf.faults.len(), "fault", "faults");
    let them = if shelf.faults.len() == 1 { "it is" } else { "they are" };
    let of = match shelf.questions_read {
        // Of a file that cannot be read nobody knows how many questions it holds.
        0 => String::new(),
        number => format!(" in {}", count(number, "question", "questions")),
    };
    match shelf.faults.len() {
        0 => format!("no faults in {}", count(shelf.questions_read, "question", "questions")),
        _ => format!("{faults}{of}; a pack is not used until {them} mended"),
    }
}

fn json_of(shelf: &Shelf, mending: Option<&Mending>, flaws: Option<&[Placed]>) -> Value {
    let faults: Vec<_> = shelf.faults.iter().map(fault_json).collect();
    let mut value = json!({ "format": 1, "questions": shelf.questions_read, "faults": faults });
    if let Some(mending) = mending {
        value["mended"] = mending.json().into();
    }
    if let Some(flaws) = flaws {
        value["flaws"] = flaws.iter().map(flaw_json).collect();
    }
    value
}

fn flaw_json(flaw: &Placed) -> Value {
    let mut value = fault_json(&flaw.fault);
    value["kind"] = flaw.kind.into();
    value
}

fn fault_json(fault: &Fault) -> Value {
    json!({
        "file": fault.file,
        "line": fault.line,
        "column": fault.column,
        "question": fault.item,
        "problem": fault.problem,
    })
}
