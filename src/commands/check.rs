//! `pack check`: every fault of packs and catalogs.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::{Value, json};

use super::Exit;
use super::mend::{self, Mending};
use crate::cli::Global;
use crate::packs::{self, Fault};
use crate::ui::output;
use crate::ui::text::count;

pub fn run(global: &Global, paths: &[PathBuf], fix: bool) -> Result<Exit> {
    if fix {
        mend::refuse_archives(paths)?;
    }
    let mut folders = Vec::new();
    for path in paths {
        folders.extend(packs::folders(path)?);
    }
    mend::once(&mut folders);
    let mending = if fix { mend::mend(&mut folders, paths) } else { Mending::default() };
    let mut shelf = packs::check(&folders);
    shelf.faults.extend(mending.faults.iter().cloned());
    for (first, second) in packs::repeated_stems(&shelf.library) {
        let mut fault = Fault::of_file("questions", format!("it has the same stem as {first}"));
        fault.item = Some(second.to_string());
        shelf.faults.push(fault);
    }
    let questions = count(shelf.questions_read, "question", "questions");
    if global.json {
        let faults: Vec<_> = shelf.faults.iter().map(fault_json).collect();
        let mut value = json!({ "format": 1, "questions": shelf.questions_read, "faults": faults });
        if fix {
            value["mended"] = mending.json().into();
        }
        output::json(&value)?;
    } else {
        if fix {
            output::page(&mending.page())?;
        }
        for fault in &shelf.faults {
            output::page(&fault.to_string())?;
        }
        output::page(&match shelf.faults.len() {
            0 => format!("no faults in {questions}"),
            number => format!(
                "{} in {questions}; a pack is not used until they are mended",
                count(number, "fault", "faults")
            ),
        })?;
    }
    let exit = if shelf.faults.is_empty() { Exit::Done } else { Exit::NotDone };
    // The program ends here: to give back a hundred thousand questions one by one is of no use.
    std::mem::forget((shelf, folders));
    Ok(exit)
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
