//! `pack check`: every fault of packs and catalogs, and what makes questions bad.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::{Value, json};

use super::Exit;
use super::clock::Clock;
use crate::cli::Global;
use crate::packs::{self, Fault, Placed};
use crate::ui::output;
use crate::ui::text::count;

pub fn run(global: &Global, paths: &[PathBuf], strict: bool) -> Result<Exit> {
    let mut folders = Vec::new();
    for path in paths {
        folders.extend(packs::folders(path)?);
    }
    let mut shelf = packs::check(&folders);
    for (first, second) in packs::repeated_stems(&shelf.library) {
        let mut fault = Fault::of_file("questions", format!("it has the same stem as {first}"));
        fault.item = Some(second.to_string());
        shelf.faults.push(fault);
    }
    let today = Clock::new(global.today).now().date_naive();
    let flaws = if strict { packs::flaws(&folders, &shelf.library, today) } else { Vec::new() };
    let questions = count(shelf.questions_read, "question", "questions");
    if global.json {
        let faults: Vec<_> = shelf.faults.iter().map(fault_json).collect();
        let mut value = json!({ "format": 1, "questions": shelf.questions_read, "faults": faults });
        if strict {
            value["flaws"] = flaws.iter().map(flaw_json).collect();
        }
        output::json(&value)?;
    } else {
        for fault in shelf.faults.iter().chain(flaws.iter().map(|flaw| &flaw.fault)) {
            output::page(&fault.to_string())?;
        }
        output::page(&match shelf.faults.len() {
            0 => format!("no faults in {questions}"),
            number => format!(
                "{} in {questions}; a pack is not used until they are mended",
                count(number, "fault", "faults")
            ),
        })?;
        if strict {
            output::page(&format!("{} in {questions}", count(flaws.len(), "flaw", "flaws")))?;
        }
    }
    let exit = if shelf.faults.is_empty() && flaws.is_empty() { Exit::Done } else { Exit::NotDone };
    // The program ends here: to give back a hundred thousand questions one by one is of no use.
    std::mem::forget((shelf, folders));
    Ok(exit)
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
