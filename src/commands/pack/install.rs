//! `pack add`, `pack remove` and `pack update`: the learner's own packs are installed, removed and updated.

use std::collections::HashMap;
use std::io::{self, IsTerminal};
use std::path::Path;

use anyhow::{Result, bail};
use serde_json::{Map, Value};

use crate::commands::app_context::AppContext;
use crate::commands::exit::Exit;
use crate::commands::traveling_packs;
use crate::ui::json::json;
use crate::ui::output;
use crate::ui::prompter::Prompted;
use crate::ui::screens::pack_install::{self, PackDiff};
use badgedex_domain::question::{Pack, Question};
use badgedex_domain::sanitize;
use badgedex_packs::installed::PackChange;
use badgedex_packs::json_writer;
use badgedex_packs::pack_source::{self, IncomingPack, SourceError};
use badgedex_packs::{Diagnostic, Folder, bundle, import_marks, installed, removals};
use badgedex_store::describe_io_error;

/// Installs a pack.
///
/// # Errors
/// The pack cannot be read, its id is in use, or it cannot be written.
pub fn add(app: &AppContext, source: &Path) -> Result<Exit> {
    let Some(IncomingPack { pack, mut files }) = arrival(app, source)? else { return Ok(Exit::NotDone) };
    let (id, questions) = (&pack.id, &app.packs.folder);
    if installed::is_shipped(id) {
        bail!("the pack \"{id}\" comes with the program: give yours another id");
    }
    // Of several at once, the later ones find what the first has installed.
    let change = begin(app)?;
    if installed::own(questions, id).is_some() {
        bail!("there is a pack \"{id}\" already: badgedex pack update {id} SOURCE renews it");
    }
    let path = questions.join(id);
    if path.symlink_metadata().is_ok() {
        bail!("{} is in the way of the pack \"{id}\": move it away", path.display());
    }
    files.push(import_marks::note(&pack));
    put(&change, &path, id, &files)?;
    removals::forget(questions, id)?;
    let number = pack.questions.len();
    app.ui.tell(&json!({ "format": 1, "pack": id, "added": number }), &pack_install::added(id, number))?;
    Ok(Exit::Done)
}

/// Takes one of the learner's own packs out.
///
/// # Errors
/// There is no such pack, nobody can be asked, or the folder cannot be removed.
pub fn remove(app: &AppContext, id: &str, yes: bool) -> Result<Exit> {
    let folder = own_folder(app, id, "removed")?;
    let question = format!("Take out the pack {id}? Its answers stay in the journal.");
    if !yes && !agreed(app, &question)? {
        return not_done(app, id, "removed", "Nothing was removed.");
    }
    let cannot =
        |error: io::Error| anyhow::anyhow!("cannot remove the pack {id}: {}", describe_io_error(&error));
    let change = begin(app)?;
    let removed_at = traveling_packs::moment_after(bundle::edited(&folder.path));
    change.take_out(&folder.path).map_err(cannot)?;
    // So that it does not come back from another device.
    removals::note(&app.packs.folder, id, removed_at).map_err(cannot)?;
    app.ui.tell(&json!({ "format": 1, "pack": id, "removed": true }), &pack_install::removed(id))?;
    Ok(Exit::Done)
}

/// What an update does without asking.
#[derive(Debug, Clone, Copy)]
pub struct UpdateOptions {
    /// The changes are shown, and nothing is written.
    pub dry_run: bool,
    /// The changes are made without a question.
    pub yes: bool,
}

/// Replaces one of the learner's own packs by a newer state.
///
/// # Errors
/// There is no such pack, the newer state cannot be read, or it cannot be written.
pub fn update(app: &AppContext, id: &str, source: &Path, options: UpdateOptions) -> Result<Exit> {
    let folder = own_folder(app, id, "updated")?;
    let Some(IncomingPack { pack, mut files }) = arrival(app, source)? else { return Ok(Exit::NotDone) };
    if pack.id != id {
        bail!("{} holds the pack \"{}\", not \"{id}\": nothing was changed", source.display(), pack.id);
    }
    let old = app.packs.library().all_packs().iter().find(|pack| pack.id == id);
    let mut difference = difference(old, &pack);
    difference.edited = edited(old, &pack, &folder.path);
    if !app.ui.json {
        output::page(&pack_install::difference(&app.ui.look(), id, &difference))?;
    }
    let is_wanted = !options.dry_run && !difference.is_empty();
    let is_done = is_wanted && (options.yes || agreed(app, "Change the pack so?")?);
    if is_done {
        files.push(import_marks::note(&pack));
        let change = begin(app)?;
        if !is_as_it_was(app, &folder) {
            bail!("another program has changed the pack {id} meanwhile: nothing was changed");
        }
        put(&change, &folder.path, id, &files)?;
    }
    let text = match (is_done, difference.is_empty()) {
        (true, _) => "The pack is updated. The answers to its questions stay.",
        (false, true) => "It is the same already: nothing was changed.",
        (false, false) => "Nothing was changed.",
    };
    app.ui.tell(&to_json(id, &difference, is_done), text)?;
    Ok(if is_wanted && !is_done { Exit::NotDone } else { Exit::Done })
}

/// The pack that is to be installed; `None` if it has faults, which were listed.
fn arrival(app: &AppContext, source: &Path) -> Result<Option<IncomingPack>> {
    match pack_source::read(source) {
        Ok(arrival) => Ok(Some(arrival)),
        Err(refused @ SourceError::Faulty(_)) => {
            let told = refused.to_string();
            if let SourceError::Faulty(faults) = &refused {
                list(app, faults)?;
            }
            output::note(&told)?;
            Ok(None)
        }
        Err(refused) => bail!(sanitize::paragraph(&refused.to_string()).into_owned()),
    }
}

fn list(app: &AppContext, faults: &[Diagnostic]) -> Result<()> {
    if !app.ui.json {
        return faults.iter().try_for_each(|fault| output::note(&fault.to_string())).map_err(Into::into);
    }
    let faults: Vec<Value> = faults
        .iter()
        .map(|f| json!({ "file": f.place.file, "line": f.place.line(), "question": f.place.item, "problem": f.message }))
        .collect();
    output::json(&json!({ "format": 1, "faults": faults }))?;
    Ok(())
}

/// The folder of one of the learner's own packs; a shipped one is refused.
fn own_folder(app: &AppContext, id: &str, done: &str) -> Result<Folder> {
    if installed::is_shipped(id) {
        bail!("the pack \"{id}\" comes with the program and cannot be {done}");
    }
    match installed::own(&app.packs.folder, id) {
        Some(folder) => Ok(folder),
        None => {
            bail!("there is no pack \"{}\" of your own: badgedex pack list names all", sanitize::line(id))
        }
    }
}

/// Asks on a terminal; if nobody can be asked, `--yes` is needed.
fn agreed(app: &AppContext, question: &str) -> Result<bool> {
    if app.ui.json || !io::stdin().is_terminal() {
        bail!("nobody can be asked here: say --yes where it shall be done");
    }
    Ok(app.ui.prompter()?.confirm(question, false)? == Prompted::Input(true))
}

fn not_done(app: &AppContext, id: &str, key: &str, text: &str) -> Result<Exit> {
    app.ui.tell(&json!({ "format": 1, "pack": id, key: false }), text)?;
    Ok(Exit::NotDone)
}

/// Waits until no other process changes the packs.
fn begin(app: &AppContext) -> Result<PackChange> {
    PackChange::begin(&app.packs.folder).map_err(|error| {
        anyhow::anyhow!("cannot write to {}: {}", app.packs.folder.display(), describe_io_error(&error))
    })
}

/// Whether the files of a pack are what was read of them.
fn is_as_it_was(app: &AppContext, folder: &Folder) -> bool {
    let texts = |folder: &Folder| -> Vec<(String, String)> {
        folder.files.iter().map(|file| (file.name.clone(), file.text.clone())).collect()
    };
    let id = folder.pack().and_then(badgedex_packs::File::id).unwrap_or_default();
    let now = installed::own(&app.packs.folder, &id);
    now.is_some_and(|now| now.path == folder.path && texts(&now) == texts(folder))
}

fn put(change: &PackChange, path: &Path, id: &str, files: &[badgedex_packs::File]) -> Result<()> {
    change
        .put(path, files)
        .map_err(|error| anyhow::anyhow!("cannot write the pack {id}: {}", describe_io_error(&error)))
}

fn difference(old: Option<&Pack>, new: &Pack) -> PackDiff {
    let mut before: HashMap<&str, &Question> =
        old.iter().flat_map(|pack| &pack.questions).map(|q| (q.id.as_str(), q)).collect();
    let head = |pack: &Pack| json_writer::head(pack);
    let mut found = PackDiff { head: old.is_none_or(|old| head(old) != head(new)), ..PackDiff::default() };
    for question in &new.questions {
        let id = question.id.as_str();
        match before.remove(id).zip(old) {
            None => found.added.push(id.to_owned()),
            Some((other, _)) if other == question => found.unchanged += 1,
            Some((other, old)) => {
                found.changed.push((id.to_owned(), keys(&entry(old, other), &entry(new, question))));
            }
        }
    }
    found.gone = before.into_keys().map(str::to_owned).collect();
    found.gone.sort();
    found
}

/// The questions that the learner edited or added since the pack was installed, and that would not stay as they
/// are.
fn edited(old: Option<&Pack>, new: &Pack, folder: &Path) -> Vec<String> {
    let Some((old, note)) = old.zip(import_marks::read(folder)) else { return Vec::new() };
    let now: HashMap<&str, &Question> = new.questions.iter().map(|one| (one.id.as_str(), one)).collect();
    let stays = |own: &&Question| now.get(own.id.as_str()).is_some_and(|there| there == own);
    let own = import_marks::edited(old, &note).filter(|own| !stays(own));
    own.map(|own| own.id.to_string()).collect()
}

fn entry(pack: &Pack, question: &Question) -> Map<String, Value> {
    json_writer::entry(pack, question).unwrap_or_default()
}

/// The keys in which two questions differ.
fn keys(old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<String> {
    let mut keys: Vec<&String> =
        old.keys().chain(new.keys()).filter(|k| old.get(*k) != new.get(*k)).collect();
    keys.sort();
    keys.dedup();
    keys.into_iter().cloned().collect()
}

fn to_json(id: &str, difference: &PackDiff, is_done: bool) -> Value {
    let changed: Vec<Value> =
        difference.changed.iter().map(|(id, keys)| json!({ "question": id, "keys": keys })).collect();
    json!({
        "format": 1,
        "pack": id,
        "added": difference.added,
        "changed": changed,
        "gone": difference.gone,
        "unchanged": difference.unchanged,
        "edited": difference.edited,
        "head_changed": difference.head,
        "updated": is_done,
    })
}
