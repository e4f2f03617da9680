//! `pack import`: questions of other programs become a pack of the learner's own.

mod files;
mod history;
mod watch;

use std::collections::{BTreeSet, HashMap};
use std::io;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::cli::ImportArgs;
use crate::commands::app_context::AppContext;
use crate::commands::errors::not_found;
use crate::commands::exit::Exit;
use crate::commands::set;
use crate::ui::json::json;
use crate::ui::output;
use crate::ui::screens::import::{done, rehearsed, summary};
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::question::{Pack, Question, QuestionId};
use badgedex_domain::sanitize;
use badgedex_formats::csv::ColumnMapping;
use badgedex_formats::pack_builder::{self, PackHead};
use badgedex_formats::reading::ReadOptions;
use badgedex_formats::report::ImportRemark;
use badgedex_formats::report::{ChangeCounts, KeptEdits, PackReport, ReviewCounts};
use badgedex_formats::round_trip::{self, PackFiles, UnwritablePack};
use badgedex_packs::import_marks;
use badgedex_packs::installed::{self, InstallPlace, PackChange};
use badgedex_store::describe_io_error;
use files::Batch;
use history::Past;
use watch::Watch;

/// An import that would remove at least this many questions and keep none is refused.
const MIN_WORTH_REFUSING: usize = 5;

/// Makes packs of files.
///
/// # Errors
/// A value does not fit, or a pack or the store cannot be written.
pub fn run(app: &mut AppContext, wanted: &ImportArgs) -> Result<Exit> {
    let said = ReadOptions {
        format: wanted.format.map(Into::into),
        encoding: wanted.encoding.clone(),
        map: ColumnMapping::parse(&wanted.map)
            .map_err(|why| anyhow::anyhow!(sanitize::line(&why.to_string()).into_owned()))?,
        history: wanted.history,
    };
    if wanted.name.as_ref().is_some_and(|name| sanitize::line(name).trim().is_empty()) {
        bail!("the name of the pack is empty: give --name some letters");
    }
    let credential = match &wanted.credential {
        Some(named) => Some(app.packs.catalogs.find_credential(named).map_err(|e| not_found(&e))?.id.clone()),
        None => None,
    };
    let mut watch = Watch::new(app, &wanted.files);
    let import = Importing {
        app,
        known: app.packs.catalogs.credentials().map(|credential| credential.id.clone()).collect(),
        credential,
        is_dry: wanted.dry_run,
        replaces: wanted.replace,
    };
    let (mut all, mut past): (Vec<PackReport>, Vec<Past>) = (Vec::new(), Vec::new());
    for mut batch in files::batches(&wanted.files, wanted.name.as_deref(), &said, &mut watch) {
        let taken: BTreeSet<&str> =
            all.iter().filter(|pack| !pack.questions.is_empty()).map(|pack| pack.id.as_str()).collect();
        batch.number(&taken);
        let (pack, reviews) = import.bring_in(batch, &mut watch)?;
        all.push(pack);
        past.push(reviews);
    }
    drop(watch);
    if !wanted.dry_run {
        history::record(app, &mut all, &past)?;
        let imported = all.iter().rev().find(|pack| !pack.questions.is_empty());
        imported.map_or(Ok(()), |pack| set::put_first(app, &pack.id))?;
    }
    tell(app, &all, wanted.dry_run)?;
    let is_whole = all.iter().all(|pack| pack.refused.is_empty() && !pack.questions.is_empty());
    Ok(if is_whole { Exit::Done } else { Exit::NotDone })
}

struct Importing<'a> {
    app: &'a AppContext,
    known: BTreeSet<CredentialId>,
    credential: Option<CredentialId>,
    is_dry: bool,
    /// Questions that the learner edited are not kept.
    replaces: bool,
}

impl Importing<'_> {
    /// Makes a pack of files and installs it.
    fn bring_in(&self, mut batch: Batch, watch: &mut Watch) -> Result<(PackReport, Past)> {
        let cannot = |error: io::Error, id: &str| {
            anyhow::anyhow!("cannot write the pack {id}: {}", describe_io_error(&error))
        };
        // What is there stays as it is until the new state is in its place.
        let change = match self.is_dry {
            true => None,
            false => Some(PackChange::begin(&self.app.packs.folder).map_err(|e| cannot(e, &batch.id))?),
        };
        let standing = match installed::place(&self.app.packs.folder, &batch.id, &self.known) {
            Err(taken) => return Ok(without_past(batch.refused(&taken.to_string()))),
            Ok(standing) => standing,
        };
        if standing.pack.is_some() && batch.has_unread() && batch.files.len() > 1 {
            let why = "a file of the pack cannot be read, and its questions would be gone";
            return Ok(without_past(batch.refused(why)));
        }
        let bytes = batch.bytes;
        let head = PackHead {
            id: batch.id.clone(),
            title: batch.title.clone(),
            files: batch.files.iter().map(|file| file.name.clone()).collect(),
            credential: self.credential.clone(),
        };
        let made = pack_builder::build(&head, batch.take_contents(), &mut |share| watch.making(bytes, share));
        watch.made(bytes);
        let mut files = match round_trip::read_back(made, &self.known) {
            Err(unwritable) => return Ok(without_past(batch.refused(&unwritable.to_string()))),
            Ok(files) => files,
        };
        watch.settled(bytes);
        let least = if batch.is_numbered { 1 } else { MIN_WORTH_REFUSING };
        if standing.pack.as_ref().is_some_and(|old| is_another(old, &files.pack, least)) {
            let why = format!(
                "your pack \"{0}\" has none of these questions and would lose its own: use --name, or take it out first (badgedex pack remove {0})",
                batch.id
            );
            return Ok(without_past(batch.refused(&why)));
        }
        let edits = match self.keep_edits(&standing, &mut files) {
            Err(unwritable) => return Ok(without_past(batch.refused(&unwritable.to_string()))),
            Ok(edits) => edits,
        };
        let is_noted = files.files.last().is_some_and(|note| import_marks::holds(&standing.path, note));
        let is_new = standing.pack.as_ref() != Some(&files.pack) || !is_noted;
        if let Some(change) = change.filter(|_| !files.pack.questions.is_empty() && is_new) {
            change.put(&standing.path, &files.files).map_err(|error| cannot(error, &batch.id))?;
        }
        let histories = batch.take_histories();
        let found = histories.iter().map(Vec::len).sum();
        let past = history::of(&files, histories);
        let pack = PackReport { edits, ..report(batch, files, &standing) };
        Ok((PackReport { reviews: ReviewCounts { found, ..ReviewCounts::default() }, ..pack }, past))
    }

    /// Keeps what the learner edited since the last import, and notes what was imported for the next one.
    fn keep_edits(
        &self,
        standing: &InstallPlace,
        files: &mut PackFiles,
    ) -> Result<KeptEdits, UnwritablePack> {
        let note = import_marks::note(&files.pack);
        let edits = match (&standing.pack, import_marks::read(&standing.path)) {
            (None, _) => KeptEdits::Kept(0),
            _ if files.pack.questions.is_empty() => KeptEdits::Kept(0),
            (Some(_), None) => KeptEdits::Unknown,
            (Some(_), Some(_)) if self.replaces => KeptEdits::Kept(0),
            (Some(old), Some(note)) => KeptEdits::Kept(files.keep_edits(old, &note, &self.known)?),
        };
        files.files.push(note);
        Ok(edits)
    }
}

fn without_past(pack: PackReport) -> (PackReport, Past) {
    (pack, Past::new())
}

fn report(batch: Batch, files: PackFiles, standing: &InstallPlace) -> PackReport {
    let PackFiles { pack, refused, warnings, .. } = files;
    let change = match pack.questions.is_empty() {
        true => ChangeCounts::default(),
        false => change(standing.pack.as_ref(), &pack),
    };
    let Batch { id, title, mut files, unread, .. } = batch;
    for (place, file) in files.iter_mut().enumerate() {
        file.refused = refused.iter().filter(|remark| remark.file == place).count();
        file.taken = file.found.saturating_sub(file.refused);
    }
    let refused = unread.into_iter().chain(refused).collect();
    let reviews = ReviewCounts::default();
    let (place, edits) = (standing.path.display().to_string(), KeptEdits::default());
    PackReport {
        id,
        title,
        place,
        files,
        questions: pack.questions,
        change,
        edits,
        refused,
        warnings,
        reviews,
    }
}

/// Whether this is another file of the same name, not a newer edition. Fewer than `least` questions may all have
/// been rewritten.
fn is_another(old: &Pack, new: &Pack, least: usize) -> bool {
    let ids: BTreeSet<&QuestionId> = new.questions.iter().map(|question| &question.id).collect();
    let keeps_none = old.questions.iter().all(|question| !ids.contains(&question.id));
    old.questions.len() >= least && !new.questions.is_empty() && keeps_none
}

fn change(old: Option<&Pack>, new: &Pack) -> ChangeCounts {
    let mut before: HashMap<&QuestionId, &Question> =
        old.iter().flat_map(|pack| &pack.questions).map(|question| (&question.id, question)).collect();
    let mut change = ChangeCounts::default();
    for question in &new.questions {
        match before.remove(&question.id) {
            None => change.added += 1,
            Some(other) if other == question => change.unchanged += 1,
            Some(_) => change.changed += 1,
        }
    }
    change.gone = before.len();
    change
}

fn tell(app: &AppContext, all: &[PackReport], is_dry: bool) -> Result<()> {
    app.ui
        .print(|| to_json(all, is_dry), |look| if is_dry { rehearsed(look, all) } else { done(look, all) })?;
    if let Some(summary) = summary(all, app.ui.json || is_dry) {
        output::note(&summary).context("standard error is closed")?;
    }
    Ok(())
}

fn to_json(all: &[PackReport], is_dry: bool) -> Value {
    let listed = |remarks: fn(&PackReport) -> &Vec<ImportRemark>| -> Vec<Value> {
        all.iter().flat_map(|pack| remarks(pack).iter().map(|remark| remark_json(pack, remark))).collect()
    };
    json!({
        "format": 1,
        "packs": all.iter().map(|pack| pack_json(pack, is_dry)).collect::<Vec<_>>(),
        "refused": listed(|pack| &pack.refused),
        "warnings": listed(|pack| &pack.warnings),
    })
}

fn pack_json(pack: &PackReport, is_dry: bool) -> Value {
    let sum = |number: fn(&badgedex_formats::report::FileReport) -> usize| -> usize {
        pack.files.iter().map(number).sum()
    };
    let files: Vec<Value> = pack.files.iter().map(files::to_json).collect();
    json!({
        "pack": pack.id,
        "title": pack.title,
        "files": files,
        "found": sum(|file| file.found),
        "taken": sum(|file| file.taken),
        "refused": sum(|file| file.refused),
        "added": pack.change.added,
        "changed": pack.change.changed,
        "unchanged": pack.change.unchanged,
        "gone": pack.change.gone,
        "kept": match pack.edits {
            KeptEdits::Kept(number) => Some(number),
            KeptEdits::Unknown => None,
        },
        "dry_run": is_dry,
        "reviews": {
            "found": pack.reviews.found, "new": pack.reviews.new, "known": pack.reviews.known,
        },
    })
}

fn remark_json(pack: &PackReport, remark: &ImportRemark) -> Value {
    json!({
        "file": pack.files.get(remark.file).map(|file| &file.name),
        "line": remark.line,
        "what": remark.what,
        "why": remark.why,
    })
}
