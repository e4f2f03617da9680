//! `pack edit`: one question of the learner's own in their editor, and back into its file.

use std::io::{self, IsTerminal, Write};

use anyhow::{Context, Result, bail};

use crate::commands::app_context::AppContext;
use crate::commands::errors::not_found;
use crate::commands::exit::Exit;
use crate::ui::json::json;
use crate::ui::prompter::Prompted;
use crate::ui::{editor, output};
use badgedex_domain::sanitize;
use badgedex_packs::installed::PackChange;
use badgedex_packs::question_edit::{self, Naming, QuestionText};
use badgedex_packs::{Diagnostic, installed};
use badgedex_store::describe_io_error;

/// One question is shorter, in bytes.
const MAX_EDITED_BYTES: u64 = 4 * 1024 * 1024;

/// What came of editing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edited {
    Changed,
    /// It has this id now, and its answers came along.
    Renamed(String),
    /// A question with this id is in its place, and begins without answers.
    Another(String),
    Unchanged,
    /// It has faults, which were told; the file is as it was.
    Faulty,
}

/// Opens a question in the editor.
///
/// # Errors
/// There is no such question of the learner's own, or its file cannot be written.
pub fn run(app: &AppContext, named: &str) -> Result<Exit> {
    let found = app.packs.library().find_question(named).map(|question| question.id.as_str().to_owned());
    // A question of a pack with a fault is in no library, but in a file.
    let id = match found {
        Ok(id) => id,
        Err(_) if spot(app, named).is_ok() => named.to_owned(),
        Err(error) => return Err(not_found(&error)),
    };
    let edited = edit(app, &id)?;
    let text = match &edited {
        Edited::Changed => format!("The question {id} is changed. Its answers stay."),
        Edited::Renamed(to) => renamed(&id, to),
        Edited::Another(to) => replaced(&id, to),
        Edited::Unchanged => format!("The question {id} is as it was."),
        Edited::Faulty => format!("The question {id} was not changed."),
    };
    let is_changed = !matches!(edited, Edited::Unchanged | Edited::Faulty);
    let (now, keeps) = match &edited {
        Edited::Another(to) => (to, false),
        Edited::Renamed(to) => (to, true),
        Edited::Changed | Edited::Unchanged | Edited::Faulty => (&id, true),
    };
    let told = json!({
        "format": 1, "question": id, "changed": is_changed, "id": now, "keeps_answers": keeps,
    });
    app.ui.tell(&told, &text)?;
    Ok(if edited == Edited::Faulty { Exit::NotDone } else { Exit::Done })
}

/// The sentence about an edit that gave a question another id.
pub fn renamed(id: &str, to: &str) -> String {
    format!("The question {id} is called {to} now. Its answers come along: \"was\" names the old id.")
}

/// The sentence about an edit that put another question in the place of one.
pub fn replaced(id: &str, to: &str) -> String {
    format!(
        "The question {to} replaces {id}. It asks something else, so it begins without \
         answers; \"was\": [\"{id}\"] in it would bring them along."
    )
}

/// Whether a question is in a pack of the learner's own.
pub fn is_own(app: &AppContext, id: &str) -> bool {
    spot(app, id).is_ok()
}

fn spot(app: &AppContext, id: &str) -> Result<QuestionText> {
    let pack = id.split_once('/').map_or(id, |(pack, _)| pack);
    if installed::is_shipped(pack) {
        bail!(
            "the pack \"{pack}\" comes with the program. To have your own: badgedex pack export {pack} --as json \
             --out FILE, change its id in the file, then badgedex pack add FILE"
        );
    }
    let folder = installed::own(&app.packs.folder, pack);
    let spot = folder.and_then(|folder| question_edit::find(&folder, id));
    spot.with_context(|| format!("the question \"{}\" is in no file of your own packs", sanitize::line(id)))
}

/// Opens a question in the editor until it has no faults or the learner gives up.
///
/// # Errors
/// There is no editor, or the file cannot be read or written; what was written is kept then.
pub fn edit(app: &AppContext, id: &str) -> Result<Edited> {
    let spot = spot(app, id)?;
    let mut draft = tempfile::Builder::new().prefix("question-").suffix(".json").tempfile()?;
    draft.write_all(spot.text().as_bytes())?;
    draft.write_all(b"\n")?;
    draft.flush()?;
    loop {
        editor::open(draft.path())?;
        // Editors replace the file rather than write into it: it is read by its name.
        let text = match badgedex_files::read_text(draft.path(), MAX_EDITED_BYTES) {
            Ok(text) => text,
            Err(error) => {
                let (_, kept) = draft.keep()?;
                bail!("what the editor wrote cannot be read ({error}); it is kept in {}", kept.display());
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
        let faults = spot.diagnostics(&text, &name);
        if faults.is_empty() {
            let put = PackChange::begin(&app.packs.folder).and_then(|_change| spot.put(&text));
            if let Err(error) = put {
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
        if !again(app, &faults)? {
            let (_, kept) = draft.keep()?;
            output::note(&format!("what you wrote is kept in {}", kept.display()))?;
            return Ok(Edited::Faulty);
        }
    }
}

/// Tells the faults, and asks on a terminal whether to edit again.
///
/// The plain prompter reads the keyboard all the time, and an editor would get only half of the keys.
fn again(app: &AppContext, faults: &[Diagnostic]) -> Result<bool> {
    for fault in faults {
        output::note(&fault.to_string())?;
    }
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal() && io::stderr().is_terminal();
    if !is_terminal || app.ui.json || app.ui.look().plain {
        return Ok(false);
    }
    Ok(app.ui.prompter()?.confirm("Edit it again?", true)? == Prompted::Input(true))
}
