//! `pack check`: every fault of packs and catalogs, and what makes questions bad.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::{Value, json};

use super::Exit;
use super::clock::Clock;
use super::mend::{self, Mending};
use crate::cli::Global;
use crate::packs::{self, Fault, Placed, Shelf};
use crate::ui::output;
use crate::ui::text::count;

/// What is done beside listing faults.
#[derive(Debug, Clone, Copy)]
pub struct How {
    /// Flaws are listed too.
    pub strict: bool,
    /// What can be mended is mended first.
    pub fix: bool,
}

pub fn run(global: &Global, paths: &[PathBuf], how: How) -> Result<Exit> {
    if how.fix {
        mend::refuse_archives(paths)?;
    }
    let mut folders = Vec::new();
    for path in paths {
        folders.extend(packs::folders(path)?);
    }
    mend::once(&mut folders);
    let mending = how.fix.then(|| mend::mend(&mut folders, paths));
    let mut shelf = packs::check(&folders);
    shelf.faults.extend(mending.iter().flat_map(|mending| mending.faults.iter().cloned()));
    shelf.faults.extend(packs::repetitions(&folders, &shelf.library));
    let today = Clock::new(global.today).now().date_naive();
    let flaws = how.strict.then(|| packs::flaws(&folders, &shelf.library, today));
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

fn tell(shelf: &Shelf, mending: Option<&Mending>, flaws: Option<&[Placed]>) -> Result<()> {
    if let Some(mending) = mending {
        output::page(&mending.page())?;
    }
    for fault in shelf.faults.iter().chain(flaws.iter().copied().flatten().map(|flaw| &flaw.fault)) {
        output::page(&fault.to_string())?;
    }
    let questions = count(shelf.questions_read, "question", "questions");
    output::page(&match shelf.faults.len() {
        0 => format!("no faults in {questions}"),
        1 => format!("1 fault in {questions}; a pack is not used until it is mended"),
        number => format!("{number} faults in {questions}; a pack is not used until they are mended"),
    })?;
    if let Some(flaws) = flaws {
        output::page(&format!("{} in {questions}", count(flaws.len(), "flaw", "flaws")))?;
    }
    Ok(())
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
