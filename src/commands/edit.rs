//! `pack edit`: one question of the learner's own in their editor, and back into its file.

use std::io::{self, IsTerminal, Write};

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::Exit;
use super::desk::{Desk, questions_in};
use super::errors::not_found;
use crate::ui::prompter::Wish;
use crate::ui::{editor, output};
use badgedex_domain::sanitize;
use badgedex_packs::editing::{self, Naming, Spot};
use badgedex_packs::{Fault, installed};
use badgedex_store::describe_io_error;

/// What came of editing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edited {
    Changed,
    /// It has this id now, and its answers came along.
    Renamed(String),
    /// A question of this id stands in its place, and begins without answers.
    Another(String),
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
    let text = match &edited {
        Edited::Changed => format!("The question {id} is changed. Its answers stay."),
        Edited::Renamed(_) | Edited::Another(_) => renamed(&id, &edited),
        Edited::Unchanged => format!("The question {id} is as it was."),
        Edited::Faulty => format!("The question {id} was not changed."),
    };
    let is_changed = !matches!(edited, Edited::Unchanged | Edited::Faulty);
    let (now, keeps) = match &edited {
        Edited::Another(to) => (to, false),
        Edited::Renamed(to) => (to, true),
        _ => (&id, true),
    };
    let told = json!({
        "format": 1, "question": id, "changed": is_changed, "id": now, "keeps_answers": keeps,
    });
    desk.tell(&told, &text)?;
    Ok(if edited == Edited::Faulty { Exit::NotDone } else { Exit::Done })
}

/// What is said of an edit that gave a question another id.
pub fn renamed(id: &str, edited: &Edited) -> String {
    match edited {
        Edited::Renamed(to) => {
            format!("The question {id} is called {to} now. Its answers come along: \"was\" names the old id.")
        }
        Edited::Another(to) => format!(
            "The question {to} stands in the place of {id}. It asks something else, so it begins without \
             answers; \"was\": [\"{id}\"] in it would bring them along."
        ),
        _ => String::new(),
    }
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
    spot.with_context(|| format!("the question \"{}\" is in no file of your own packs", sanitize::line(id)))
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
        let text = match std::fs::read_to_string(draft.path()) {
            Ok(text) => text,
            Err(error) => {
                let (_, kept) = draft.keep()?;
                bail!(
                    "what the editor wrote cannot be read ({}); it is kept in {}",
                    describe_io_error(&error),
                    kept.display()
                );
            }
        };
        let text = text.trim();
        if text == spot.text() {
            return Ok(Edited::Unchanged);
        }
        let (text, edited) = match spot.naming(text) {
            Naming::Same => (text.to_owned(), Edited::Changed),
            Naming::Renamed { to, text } => (text, Edited::Renamed(to)),
            Naming::Another { to } => (text.to_owned(), Edited::Another(to)),
        };
        let name =
            draft.path().file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let faults = spot.faults(&text, &name);
        if faults.is_empty() {
            if let Err(error) = spot.put(&text) {
                let (file, (_, kept)) = (spot.path(), draft.keep()?);
                bail!(
                    "cannot write {}: {}; what you wrote is kept in {}",
                    file.display(),
                    describe_io_error(&error),
                    kept.display()
                );
            }
            return Ok(edited);
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
