//! The learner's own packs on their way: from other devices and backups, and to them.
//!
//! Of two states of one pack the later edit stays, and a removal counts as an edit. What is replaced or removed is
//! kept next to the backups. Nothing arrives unchecked: a folder that anybody can write may hold anything.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Result;
use serde_json::Value;

use crate::ui::json::json;
use crate::ui::output;
use badgedex_domain::sanitize;
use badgedex_files::Draft;
use badgedex_packs::bundle::{self, BundleEntry, BundleError, BundleReader, OwnPack, PackState};
use badgedex_packs::installed::PackChange;
use badgedex_packs::{installed, removals};
use badgedex_store::{backups, describe_io_error};

/// A clock that is ahead by more is wrong.
const MAX_AHEAD: Duration = Duration::from_secs(24 * 60 * 60);
/// States of packs in all bundles; more than anybody has.
const MAX_STATES: usize = 100_000;

/// Where bundles come from, which decides what removals mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BundleOrigin {
    /// Other devices: what was removed there or here is removed everywhere.
    Devices,
    /// A backup: nothing is removed, and what was removed since does not come back.
    Backup,
    /// The learner names the bundle: its packs are wanted, whether they were removed or not.
    Named,
}

/// What came of bundles.
#[derive(Debug, Default)]
pub struct PackChanges {
    /// Ids of packs that were not here.
    pub added: Vec<String>,
    /// Ids of packs that another device has edited later.
    pub updated: Vec<String>,
    /// Ids of packs that another device has removed.
    pub removed: Vec<String>,
    /// Bundles and packs that were not taken.
    pub refused: usize,
}

impl PackChanges {
    /// Whether every pack is as it was before.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.updated.is_empty() && self.removed.is_empty()
    }

    /// As a part of a sentence; `None` if nothing changed.
    pub fn told(&self) -> Option<String> {
        let part = |(verb, ids): (&str, &Vec<String>)| {
            (!ids.is_empty()).then(|| format!("{verb} {}", ids.join(", ")))
        };
        let parts = [("added", &self.added), ("updated", &self.updated), ("removed", &self.removed)];
        let parts: Vec<String> = parts.into_iter().filter_map(part).collect();
        (!parts.is_empty()).then(|| format!("packs: {}", parts.join("; ")))
    }

    /// For `--json`.
    pub fn json(&self) -> Value {
        json!({
            "added": self.added, "updated": self.updated, "removed": self.removed, "refused": self.refused,
        })
    }

    fn refuse(&mut self, path: &Path, problem: &BundleError) -> Result<()> {
        self.refused += 1;
        let problem = format!("{}: {problem}; it was passed over", path.display());
        output::note(&sanitize::paragraph(&problem))?;
        Ok(())
    }
}

/// The moment at which a pack is removed that was edited at a moment, both in milliseconds since 1970: later, even
/// if the clock of the device that edited it is ahead.
pub fn moment_after(edited: Option<i64>) -> i64 {
    now_ms().max(edited.map_or(0, |edited| edited.saturating_add(1)))
}

/// The clock of the files: packs are dated by it, whatever `--today` says.
fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// A state of a pack in a bundle.
struct Candidate<'a> {
    bundle: &'a Path,
    state: PackState,
    /// When it was edited, as far as that is believed.
    edited: i64,
}

/// Takes packs and removals from bundles. `before_change` is called once, before the first change of a pack that is
/// here.
///
/// # Errors
/// A pack cannot be written or removed, `before_change` fails, or standard error is closed.
pub fn take_in(
    home: &Path,
    questions: &Path,
    bundles: &[PathBuf],
    origin: BundleOrigin,
    mut before_change: impl FnMut() -> Result<()>,
) -> Result<PackChanges> {
    let mut changes = PackChanges::default();
    if bundles.is_empty() {
        return Ok(changes);
    }
    let change = PackChange::begin(questions)
        .map_err(|error| anyhow::anyhow!("cannot change your packs: {}", describe_io_error(&error)))?;
    let mut removed = removals::read(questions);
    let mut by_id: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
    let own: BTreeMap<String, OwnPack> =
        bundle::own(questions).into_iter().map(|pack| (pack.state.id.clone(), pack)).collect();
    let mut states = 0;
    for bundle in bundles {
        let mut removed_there = BTreeMap::new();
        if let Err(problem) = read_heads(bundle, &mut by_id, &mut removed_there, &mut states) {
            changes.refuse(bundle, &problem)?;
        }
        if origin != BundleOrigin::Named {
            for (id, at) in removed_there {
                let known = removed.entry(id).or_insert(at);
                *known = at.max(*known);
            }
        }
    }
    let mut is_prepared = false;
    let mut prepare = |is_needed: bool| match is_needed && !is_prepared {
        true => before_change().map(|()| is_prepared = true),
        false => Ok(()),
    };
    // Catalogs first, since packs name credentials.
    let mut by_id: Vec<(String, Vec<Candidate>)> = by_id.into_iter().collect();
    by_id.sort_by_key(|(_, candidates)| !candidates.iter().any(|one| one.state.has_catalog));
    for (id, mut candidates) in by_id {
        if origin == BundleOrigin::Named && removed.remove(&id).is_some() {
            // Later than the removal that other devices may still know.
            candidates.iter_mut().for_each(|one| one.edited = now_ms());
        }
        candidates.sort_by(|a, b| (b.edited, &b.state.digest).cmp(&(a.edited, &a.state.digest)));
        let here = own.get(&id);
        let is_wanted = |one: &&Candidate| {
            let believed = PackState { edited: one.edited, ..one.state.clone() };
            removed.get(&id).is_none_or(|at| *at < one.edited)
                && here.is_none_or(|here| believed.supersedes(&here.state))
        };
        for candidate in candidates.iter().filter(is_wanted) {
            match fetch(candidate, questions) {
                Err(problem) => changes.refuse(candidate.bundle, &problem)?,
                Ok(folder) => {
                    prepare(here.is_some())?;
                    if let Some(here) = here {
                        keep_aside(home, here)?;
                    }
                    let state = PackState { edited: candidate.edited, ..candidate.state.clone() };
                    bundle::install(&change, &folder, &state, questions)
                        .map_err(|e| cannot("write", &id, &e))?;
                    if here.is_some() { &mut changes.updated } else { &mut changes.added }.push(id.clone());
                    break;
                }
            }
        }
    }
    let may_remove = origin == BundleOrigin::Devices;
    for pack in bundle::own(questions).into_iter().filter(|_| may_remove) {
        let is_removed = removed.get(&pack.state.id).is_some_and(|at| *at >= pack.state.edited);
        if is_removed {
            prepare(true)?;
            keep_aside(home, &pack)?;
            change.take_out(&pack.path).map_err(|e| cannot("remove", &pack.state.id, &e))?;
            changes.removed.push(pack.state.id);
        }
    }
    removals::write(questions, &removed)
        .map_err(|e| anyhow::anyhow!("cannot note which packs were removed: {}", describe_io_error(&e)))?;
    Ok(changes)
}

fn cannot(verb: &str, id: &str, error: &io::Error) -> anyhow::Error {
    anyhow::anyhow!("cannot {verb} the pack {id}: {}", describe_io_error(error))
}

/// Reads what a bundle holds, without the files. Packs that come with the program are passed over in silence: an
/// earlier version did not have them.
fn read_heads<'a>(
    bundle: &'a Path,
    by_id: &mut BTreeMap<String, Vec<Candidate<'a>>>,
    removed: &mut BTreeMap<String, i64>,
    states: &mut usize,
) -> Result<(), BundleError> {
    let mut reader = BundleReader::open(bundle)?;
    let latest = now_ms().saturating_add(i64::try_from(MAX_AHEAD.as_millis()).unwrap_or(0));
    while let Some(entry) = reader.next_entry()? {
        *states += 1;
        if *states > MAX_STATES {
            return Err(BundleError::TooLarge);
        }
        match entry {
            BundleEntry::Removed(id, at) if at <= latest => {
                let known = removed.entry(id).or_insert(at);
                *known = at.max(*known);
            }
            BundleEntry::Removed(..) => {}
            BundleEntry::Pack(state) if installed::is_shipped(&state.id) => {}
            BundleEntry::Pack(state) => {
                // A date that is still to come would win for years.
                let edited = if (0..=latest).contains(&state.edited) { state.edited } else { 0 };
                let candidate = Candidate { bundle, state: state.clone(), edited };
                by_id.entry(state.id).or_default().push(candidate);
            }
        }
    }
    Ok(())
}

fn fetch(candidate: &Candidate, questions: &Path) -> Result<badgedex_packs::Folder, BundleError> {
    let mut reader = BundleReader::open(candidate.bundle)?;
    while let Some(entry) = reader.next_entry()? {
        if matches!(&entry, BundleEntry::Pack(state) if *state == candidate.state) {
            let folder = reader.folder(&candidate.state)?;
            bundle::check_folder(&folder, &candidate.state, questions)?;
            return Ok(folder);
        }
    }
    Err(BundleError::Foreign)
}

/// Keeps a pack next to the backups before it is replaced or removed. The same state is kept once.
fn keep_aside(home: &Path, pack: &OwnPack) -> Result<()> {
    let PackState { id, digest, .. } = &pack.state;
    let path = backups::folder_in(home).join(format!("pack-{id}-{}.gz", &digest[..12]));
    if !path.exists() {
        let draft = draft(home, std::slice::from_ref(pack), &BTreeMap::new());
        let kept = draft.and_then(|draft| draft.commit(&path));
        kept.map_err(|e| cannot("keep", id, &e))?;
    }
    output::note(&format!("the pack {id} as it was here is in {}", path.display()))?;
    Ok(())
}

/// Writes those of the learner's own packs that are wanted to a draft in the backup folder; `None` if there is nothing
/// to write. Packs that are too large are told.
///
/// # Errors
/// The draft cannot be written.
pub fn write_draft(
    home: &Path,
    questions: &Path,
    is_wanted: impl Fn(&OwnPack) -> bool,
) -> io::Result<Option<Draft>> {
    let (mut own, removed) = (bundle::own(questions), removals::read(questions));
    own.retain(is_wanted);
    match own.is_empty() && removed.is_empty() {
        true => Ok(None),
        false => draft(home, &own, &removed).map(Some),
    }
}

fn draft(home: &Path, packs: &[OwnPack], removed: &BTreeMap<String, i64>) -> io::Result<Draft> {
    let folder = backups::ensure_folder(home).map_err(io::Error::other)?;
    let mut draft = Draft::in_folder(&folder)?;
    for id in bundle::write(io::BufWriter::new(draft.file()), packs, removed)? {
        output::note(&format!("the pack {id} is too large to travel: copy it yourself"))?;
    }
    draft.file().sync_all()?;
    Ok(draft)
}
