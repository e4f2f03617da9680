//! `pack check`: every fault of packs and catalogs, and what makes questions bad.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use serde_json::Value;

use super::fix::{self, FixReport};
use crate::cli::GlobalArgs;
use crate::commands::clock::Clock;
use crate::commands::data_folder;
use crate::commands::exit::Exit;
use crate::commands::leftovers::Leftovers;
use crate::ui::json::json;
use crate::ui::output;
use crate::ui::text::count;
use badgedex_domain::sanitize;
use badgedex_packs::{Diagnostic, Folder, LoadedPacks, installed};

/// What is done besides listing faults.
#[derive(Debug, Clone, Copy)]
pub struct CheckOptions {
    /// Flaws are listed, too.
    pub strict: bool,
    /// What can be fixed is fixed first.
    pub fix: bool,
}

/// Checks what is at `paths`, after fixing what can be fixed if that is asked for.
///
/// # Errors
/// There is nothing at a path, or it cannot be read.
pub fn run(
    global: &GlobalArgs,
    paths: &[PathBuf],
    options: CheckOptions,
    leftovers: &mut Leftovers,
) -> Result<Exit> {
    let mut paths: Vec<PathBuf> = paths.iter().map(|path| place(global, path)).collect::<Result<_>>()?;
    let mut seen = HashSet::new();
    paths.retain(|path| seen.insert(fix::whole(path)));
    if options.fix {
        fix::refuse_archives(&paths)?;
    }
    let (mut folders, mut overlooked) = (Vec::new(), Vec::new());
    for path in &paths {
        let read = read(path)?;
        overlooked.extend(badgedex_packs::overlooked(path, &read));
        folders.extend(read);
    }
    fix::once(&mut folders);
    let report = options.fix.then(|| fix::fix(&mut folders, &paths));
    let mut shelf = badgedex_packs::check(&folders);
    shelf.diagnostics.extend(report.iter().flat_map(|report| report.faults.iter().cloned()));
    shelf.diagnostics.extend(badgedex_packs::repetitions(&folders, &shelf.library));
    shelf.diagnostics.extend(overlooked);
    let today = Clock::new(global.today).now().date_naive();
    let flaws = options.strict.then(|| badgedex_packs::lint(&folders, &shelf.library, today));
    let exit = match shelf.diagnostics.is_empty() && flaws.iter().flatten().next().is_none() {
        true => Exit::Done,
        false => Exit::NotDone,
    };
    match global.json {
        true => output::json(&json_of(&shelf, report.as_ref(), flaws.as_deref()))?,
        false => tell(&shelf, report.as_ref(), flaws.as_deref())?,
    }
    leftovers.push((shelf, folders));
    Ok(exit)
}

/// The path that is named, directly or by the id of one of the learner's own packs.
fn place(global: &GlobalArgs, named: &Path) -> Result<PathBuf> {
    if named.exists() {
        return Ok(named.to_owned());
    }
    let shown = named.to_string_lossy();
    let none = format!("there is no folder or file {}", sanitize::line(&shown));
    if named.components().count() != 1 {
        bail!("{none}: name a folder with a pack.json");
    }
    let questions = data_folder::questions_in(&data_folder::home(global)?);
    match installed::own(&questions, &shown) {
        Some(folder) => Ok(folder.path),
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

fn tell(shelf: &LoadedPacks, report: Option<&FixReport>, flaws: Option<&[Diagnostic]>) -> Result<()> {
    if let Some(report) = report {
        output::say(&report.page())?;
    }
    for fault in &shelf.diagnostics {
        output::say(&fault.to_string())?;
    }
    for flaw in flaws.into_iter().flatten() {
        output::say(&format!("{} [{}]", flaw, flaw.code.name()))?;
    }
    output::say(&sum(shelf))?;
    if let Some(flaws) = flaws {
        let questions = count(shelf.questions_read, "question", "questions");
        output::say(&format!("{} in {questions}", count(flaws.len(), "flaw", "flaws")))?;
    }
    Ok(())
}

fn sum(shelf: &LoadedPacks) -> String {
    let faults = count(shelf.diagnostics.len(), "fault", "faults");
    let them = if shelf.diagnostics.len() == 1 { "it is" } else { "they are" };
    let of = match shelf.questions_read {
        // How many questions an unreadable file holds is not known.
        0 => String::new(),
        number => format!(" in {}", count(number, "question", "questions")),
    };
    match shelf.diagnostics.len() {
        0 => format!("no faults in {}", count(shelf.questions_read, "question", "questions")),
        _ => format!("{faults}{of}; a pack is not used until {them} fixed"),
    }
}

fn json_of(shelf: &LoadedPacks, report: Option<&FixReport>, flaws: Option<&[Diagnostic]>) -> Value {
    let faults: Vec<_> = shelf.diagnostics.iter().map(fault_json).collect();
    let mut value = json!({ "format": 1, "questions": shelf.questions_read, "faults": faults });
    if let Some(report) = report {
        value["mended"] = report.json().into();
    }
    if let Some(flaws) = flaws {
        value["flaws"] = flaws.iter().map(flaw_json).collect();
    }
    value
}

fn flaw_json(flaw: &Diagnostic) -> Value {
    let mut value = fault_json(flaw);
    value["kind"] = flaw.code.name().into();
    value
}

fn fault_json(fault: &Diagnostic) -> Value {
    json!({
        "file": fault.place.file,
        "line": fault.place.line(),
        "column": fault.place.column(),
        "question": fault.place.item,
        "problem": fault.message,
    })
}
