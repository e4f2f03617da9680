//! `pack export`: a pack as another program reads it, and what that format cannot say.

use std::path::Path;

use anyhow::{Result, bail};
use serde_json::json;

use super::desk::Desk;
use super::errors::no_pack;
use super::{Exit, files};
use crate::cli::Writes;
use crate::ui::output;
use crate::ui::screens::export;
use badgedex_domain::question::Pack;
use badgedex_formats::write::{self, WrittenPack, losses};

pub fn run(desk: &Desk, named: &str, format: Writes, out: Option<&Path>) -> Result<Exit> {
    let pack = desk.library().find_pack(named).map_err(|e| no_pack(desk, &e))?;
    let written = written(pack, format);
    if written.text.trim().is_empty() {
        bail!("nothing of the pack {} can be said in this format: nothing was written", pack.id);
    }
    let of_head = if format == Writes::Json { Vec::new() } else { losses::of_head(pack) };
    if let Some(left_out) = export::left_out(pack, &written.left_out, &of_head) {
        output::note(&left_out)?;
    }
    if !desk.json {
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

fn written(pack: &Pack, format: Writes) -> WrittenPack {
    match format {
        Writes::Gift => write::gift::write(pack),
        Writes::Aiken => write::aiken::write(pack),
        Writes::AnkiText => write::anki_text::write(pack),
        Writes::Csv => write::csv::write(pack),
        Writes::Markdown => write::markdown::write(pack),
        Writes::Json => write::json::write(pack),
    }
}

fn name(format: Writes) -> &'static str {
    match format {
        Writes::Gift => "gift",
        Writes::Aiken => "aiken",
        Writes::AnkiText => "anki-text",
        Writes::Csv => "csv",
        Writes::Markdown => "markdown",
        Writes::Json => "json",
    }
}
