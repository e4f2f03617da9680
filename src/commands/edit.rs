//! `pack edit`: one question of the learner's own in their editor, and back into its file.

use std::io::{self, IsTerminal, Write};

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::Exit;
use super::desk::{Desk, questions_in};
use super::errors::not_found;
use crate::domain::gate;
use crate::packs::editing::{self, Spot};
use crate::packs::{Fault, installed};
use crate::store::said;
use crate::ui::prompter::Wish;
use crate::ui::{editor, output};

/// What came of editing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    Changed,
    Unchanged,
    /// Its faults were told; the file is as it was.
    Faulty,
}

pub fn run(desk: &Desk, named: &str) -> Result<Exit> {
    let found = desk.library().find_question(named).map(|question| question.id.as_str().to_owned());
    // A question of a pack with a fault is in no library, but in a file.
    let id = match found {
        Ok(id) => id,
        Err(_) if spot(desk, named).is_ok() => named.to_owned(),
        Err(error) => return Err(not_found(&error)),
    };
    let edited = edit(desk, &id)?;
    let text = match edited {
        Edited::Changed => format!("The question {id} is changed. Its answers stay."),
        Edited::Unchanged => format!("The question {id} is as it was."),
        Edited::Faulty => format!("The question {id} was not changed."),
    };
    desk.tell(&json!({ "format": 1, "question": id, "changed": edited == Edited::Changed }), &text)?;
    Ok(if edited == Edited::Faulty { Exit::NotDone } else { Exit::Done })
}

/// Whether a question is in a pack of the learner's own.
pub fn is_own(desk: &Desk, id: &str) -> bool {
    spot(desk, id).is_ok()
}

fn spot(desk: &Desk, id: &str) -> Result<Spot> {
    let pack = id.split_once('/').map_or(id, |(pack, _)| pack);
    if installed::is_shipped(pack) {
        bail!(
            "the pack \"{pack}\" comes with the program. To have your own: badgedex pack export {pack} --as json \
             --out FILE, change its id in the file, then badgedex pack add FILE"
        );
    }
    let folder = installed::own(&questions_in(desk.home()), pack);
    let spot = folder.and_then(|folder| editing::find(&folder, id));
    spot.with_context(|| format!("the question \"{}\" is in no file of your own packs", gate::line(id)))
}

/// Opens a question in the editor until it is sound or the learner has had enough.
pub fn edit(desk: &Desk, id: &str) -> Result<Edited> {
    let spot = spot(desk, id)?;
    let mut draft = tempfile::Builder::new().prefix("question-").suffix(".json").tempfile()?;
    draft.write_all(spot.text().as_bytes())?;
    draft.write_all(b"\n")?;
    draft.flush()?;
    loop {
        editor::open(draft.path())?;
        // Editors replace the file rather than write into it: it is read by its name.
        let text = std::fs::read_to_string(draft.path()).context("what the editor wrote cannot be read")?;
        let text = text.trim();
        if text == spot.text() {
            return Ok(Edited::Unchanged);
        }
        let faults = spot.faults(text);
        if faults.is_empty() {
            if let Err(error) = spot.put(text) {
                let (file, (_, kept)) = (spot.path(), draft.keep()?);
                bail!(
                    "cannot write {}: {}; what you wrote is kept in {}",
                    file.display(),
                    said(&error),
                    kept.display()
                );
            }
            return Ok(Edited::Changed);
        }
        if !again(desk, &faults)? {
            let (_, kept) = draft.keep()?;
            output::note(&format!("what you wrote is kept in {}", kept.display()))?;
            return Ok(Edited::Faulty);
        }
    }
}

/// Tells the faults, and asks on a terminal whether to edit again.
///
/// In lines somebody listens to the keyboard all the time, and an editor would get only half of the keys.
fn again(desk: &Desk, faults: &[Fault]) -> Result<bool> {
    for fault in faults {
        output::note(&fault.to_string())?;
    }
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal() && io::stderr().is_terminal();
    if !is_terminal || desk.json || desk.look().plain {
        return Ok(false);
    }
    Ok(desk.prompter()?.confirm("Edit it again?", true)? == Wish::Said(true))
}
