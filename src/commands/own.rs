//! `pack add`, `pack remove` and `pack update`: packs of the learner's own come, go and are renewed.

use std::collections::HashMap;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use serde_json::{Map, Value, json};

use super::Exit;
use super::desk::{Desk, questions_in};
use crate::ui::output;
use crate::ui::prompter::Wish;
use crate::ui::screens::own::{self, Difference};
use badgedex_domain::question::{Pack, Question};
use badgedex_domain::sanitize;
use badgedex_packs::arriving::{self, Arrival, Refused};
use badgedex_packs::json_writer;
use badgedex_packs::{Fault, Folder, imported, installed};
use badgedex_store::describe_io_error;

pub fn add(desk: &Desk, source: &Path) -> Result<Exit> {
    let Some(Arrival { pack, mut files }) = arrival(desk, source)? else { return Ok(Exit::NotDone) };
    let (id, questions) = (&pack.id, questions_in(desk.home()));
    if installed::is_shipped(id) {
        bail!("the pack \"{id}\" comes with the program: give yours another id");
    }
    if installed::own(&questions, id).is_some() {
        bail!("there is a pack \"{id}\" already: badgedex pack update {id} SOURCE renews it");
    }
    let path = questions.join(id);
    if path.symlink_metadata().is_ok() {
        bail!("{} is in the way of the pack \"{id}\": move it away", path.display());
    }
    files.push(imported::note(&pack));
    put(&path, id, &files)?;
    let number = pack.questions.len();
    desk.tell(&json!({ "format": 1, "pack": id, "added": number }), &own::added(id, number))?;
    Ok(Exit::Done)
}

pub fn remove(desk: &Desk, id: &str, yes: bool) -> Result<Exit> {
    let folder = own_folder(desk, id, "removed")?;
    let question = format!("Take out the pack {id}? Its answers stay in the journal.");
    if !yes && !agreed(desk, &question)? {
        return not_done(desk, id, "removed", "Nothing was removed.");
    }
    installed::take_out(Path::new(&folder.label))
        .map_err(|error| anyhow::anyhow!("cannot remove the pack {id}: {}", describe_io_error(&error)))?;
    desk.tell(&json!({ "format": 1, "pack": id, "removed": true }), &own::removed(id))?;
    Ok(Exit::Done)
}

/// How an update goes about it.
#[derive(Debug, Clone, Copy)]
pub struct How {
    pub is_dry: bool,
    pub yes: bool,
}

pub fn update(desk: &Desk, id: &str, source: &Path, how: How) -> Result<Exit> {
    let folder = own_folder(desk, id, "updated")?;
    let Some(Arrival { pack, mut files }) = arrival(desk, source)? else { return Ok(Exit::NotDone) };
    if pack.id != id {
        bail!("{} holds the pack \"{}\", not \"{id}\": nothing was changed", source.display(), pack.id);
    }
    let old = desk.library().packs().iter().find(|pack| pack.id == id);
    let mut difference = difference(old, &pack);
    difference.edited = edited(old, &pack, Path::new(&folder.label));
    if !desk.json {
        output::page(&own::difference(&desk.look(), id, &difference))?;
    }
    let is_wanted = !how.is_dry && !difference.is_empty();
    let is_done = is_wanted && (how.yes || agreed(desk, "Change the pack so?")?);
    if is_done {
        files.push(imported::note(&pack));
        put(&PathBuf::from(&folder.label), id, &files)?;
    }
    let text = match (is_done, difference.is_empty()) {
        (true, _) => "The pack is updated. The answers to its questions stay.",
        (false, true) => "It is the same already: nothing was changed.",
        (false, false) => "Nothing was changed.",
    };
    desk.tell(&to_json(id, &difference, is_done), text)?;
    Ok(if is_wanted && !is_done { Exit::NotDone } else { Exit::Done })
}

/// What arrives; none where its faults were listed.
fn arrival(desk: &Desk, source: &Path) -> Result<Option<Arrival>> {
    match arriving::read(source) {
        Ok(arrival) => Ok(Some(arrival)),
        Err(refused @ Refused::Faulty(_)) => {
            let told = refused.to_string();
            if let Refused::Faulty(faults) = &refused {
                list(desk, faults)?;
            }
            output::note(&told)?;
            Ok(None)
        }
        Err(refused) => bail!(sanitize::paragraph(&refused.to_string()).into_owned()),
    }
}

fn list(desk: &Desk, faults: &[Fault]) -> Result<()> {
    if !desk.json {
        return faults.iter().try_for_each(|fault| output::note(&fault.to_string())).map_err(Into::into);
    }
    let faults: Vec<Value> = faults
        .iter()
        .map(|f| json!({ "file": f.file, "line": f.line, "question": f.item, "problem": f.problem }))
        .collect();
    output::json(&json!({ "format": 1, "faults": faults }))?;
    Ok(())
}

/// The folder of one of the learner's own packs; a shipped one is refused in words.
fn own_folder(desk: &Desk, id: &str, done: &str) -> Result<Folder> {
    if installed::is_shipped(id) {
        bail!("the pack \"{id}\" comes with the program and cannot be {done}");
    }
    match installed::own(&questions_in(desk.home()), id) {
        Some(folder) => Ok(folder),
        None => {
            bail!("there is no pack \"{}\" of your own: badgedex pack list names all", sanitize::line(id))
        }
    }
}

/// Asks on a terminal; where nobody can be asked, `--yes` is needed.
fn agreed(desk: &Desk, question: &str) -> Result<bool> {
    if desk.json || !io::stdin().is_terminal() {
        bail!("nobody can be asked here: say --yes where it shall be done");
    }
    Ok(desk.prompter()?.confirm(question, false)? == Wish::Said(true))
}

fn not_done(desk: &Desk, id: &str, key: &str, text: &str) -> Result<Exit> {
    desk.tell(&json!({ "format": 1, "pack": id, key: false }), text)?;
    Ok(Exit::NotDone)
}

fn put(path: &Path, id: &str, files: &[badgedex_packs::File]) -> Result<()> {
    installed::put(path, files)
        .map_err(|error| anyhow::anyhow!("cannot write the pack {id}: {}", describe_io_error(&error)))
}

fn difference(old: Option<&Pack>, new: &Pack) -> Difference {
    let mut before: HashMap<&str, &Question> =
        old.iter().flat_map(|pack| &pack.questions).map(|q| (q.id.as_str(), q)).collect();
    let head = |pack: &Pack| json_writer::head(pack);
    let mut found =
        Difference { head: old.is_none_or(|old| head(old) != head(new)), ..Difference::default() };
    for question in &new.questions {
        let id = question.id.as_str();
        match (before.remove(id), old) {
            (Some(other), _) if other == question => found.unchanged += 1,
            (Some(other), Some(old)) => {
                found.changed.push((id.to_owned(), keys(&entry(old, other), &entry(new, question))));
            }
            _ => found.added.push(id.to_owned()),
        }
    }
    found.gone = before.into_keys().map(str::to_owned).collect();
    found.gone.sort();
    found
}

/// The questions that the learner edited or added since the pack came in, and that would not stay as they are.
fn edited(old: Option<&Pack>, new: &Pack, folder: &Path) -> Vec<String> {
    let Some((old, note)) = old.zip(imported::read(folder)) else { return Vec::new() };
    let now: HashMap<&str, &Question> = new.questions.iter().map(|one| (one.id.as_str(), one)).collect();
    let stays = |own: &&Question| now.get(own.id.as_str()).is_some_and(|there| there == own);
    let own = imported::edited(old, &note).filter(|own| !stays(own));
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

fn to_json(id: &str, difference: &Difference, is_done: bool) -> Value {
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
