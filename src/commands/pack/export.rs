//! `pack export`: a pack as another program reads it, and what that format cannot hold.

use std::path::Path;

use anyhow::{Result, bail};

use crate::cli::ExportFormat;
use crate::commands::app_context::AppContext;
use crate::commands::errors::no_pack;
use crate::commands::exit::Exit;
use crate::commands::files;
use crate::ui::json::json;
use crate::ui::output;
use crate::ui::screens::export;
use badgedex_domain::question::Pack;
use badgedex_formats::write::{self, WrittenPack, losses};

/// Writes a pack in another program's format, on request with the questions that are held back for mock exams, and
/// tells what that format cannot hold.
///
/// # Errors
/// There is no such pack, nothing of it fits the format, or the file cannot be written.
pub fn run(
    app: &AppContext,
    named: &str,
    format: ExportFormat,
    with_held_back: bool,
    out: Option<&Path>,
) -> Result<Exit> {
    let library = app.packs.library();
    let pack = library.find_pack(named).map_err(|e| no_pack(&app.packs.folder, &e))?;
    let held_back = library.held_back(&pack.id).filter(|_| with_held_back).cloned();
    let questions = pack.questions.iter().cloned().chain(held_back).collect();
    let pack = &Pack { questions, ..pack.head() };
    let written = written(pack, format);
    if written.text.trim().is_empty() {
        bail!("nothing of the pack {} can be said in this format: nothing was written", pack.id);
    }
    let of_head = if format == ExportFormat::Json { Vec::new() } else { losses::of_head(pack) };
    if let Some(left_out) = export::left_out(pack, &written.left_out, &of_head) {
        output::note(&left_out)?;
    }
    if !app.ui.json {
        files::deliver(out, written.text.as_bytes(), true)?;
        return Ok(Exit::Done);
    }
    if let Some(path) = out {
        files::write_new(path, written.text.as_bytes())?;
    }
    let missing: Vec<_> = written
        .left_out
        .iter()
        .map(|one| json!({ "question": one.question, "why": export::of_one(one) }))
        .collect();
    output::json(&json!({
        "format": 1,
        "pack": pack.id,
        "as": name(format),
        "file": out.map(|path| path.display().to_string()),
        "text": out.is_none().then_some(&written.text),
        "left_out": missing,
        "left_out_of_the_pack": of_head,
    }))?;
    Ok(Exit::Done)
}

fn written(pack: &Pack, format: ExportFormat) -> WrittenPack {
    match format {
        ExportFormat::Gift => write::gift::write(pack),
        ExportFormat::Aiken => write::aiken::write(pack),
        ExportFormat::AnkiText => write::anki_text::write(pack),
        ExportFormat::Csv => write::csv::write(pack),
        ExportFormat::Markdown => write::markdown::write(pack),
        ExportFormat::Json => write::json::write(pack),
    }
}

fn name(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Gift => "gift",
        ExportFormat::Aiken => "aiken",
        ExportFormat::AnkiText => "anki-text",
        ExportFormat::Csv => "csv",
        ExportFormat::Markdown => "markdown",
        ExportFormat::Json => "json",
    }
}
