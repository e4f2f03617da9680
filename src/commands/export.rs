//! `pack export`: a pack as another program reads it, and what that format cannot say.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, bail};
use serde_json::json;

use super::desk::Desk;
use super::errors::no_pack;
use super::{Exit, files};
use crate::cli::Writes;
use crate::domain::question::Pack;
use crate::packs::foreign::write::{self, LeftOut, Written};
use crate::ui::output;
use crate::ui::text::count;

/// So many questions are named for one reason; `--json` names all.
const MOST_NAMED: usize = 5;

pub fn run(desk: &Desk, named: &str, format: Writes, out: Option<&Path>) -> Result<Exit> {
    let pack = desk.library().find_pack(named).map_err(|e| no_pack(desk, &e))?;
    let written = written(pack, format);
    if written.text.trim().is_empty() {
        bail!("nothing of the pack {} can be said in this format: nothing was written", pack.id);
    }
    if !written.left_out.is_empty() {
        output::note(&left_out(pack, &written.left_out))?;
    }
    if !desk.json {
        files::deliver(out, written.text.as_bytes(), true)?;
        return Ok(Exit::Done);
    }
    if let Some(path) = out {
        files::write_new(path, written.text.as_bytes())?;
    }
    let missing: Vec<_> =
        written.left_out.iter().map(|one| json!({ "question": one.question, "why": one.why })).collect();
    output::json(&json!({
        "format": 1,
        "pack": pack.id,
        "as": name(format),
        "file": out.map(|path| path.display().to_string()),
        "text": out.is_none().then_some(&written.text),
        "left_out": missing,
    }))?;
    Ok(Exit::Done)
}

fn written(pack: &Pack, format: Writes) -> Written {
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

/// What is not in the file, by reason.
fn left_out(pack: &Pack, left_out: &[LeftOut]) -> String {
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in left_out {
        reasons.entry(&one.why).or_default().push(&one.question);
    }
    let line = |(why, questions): (&&str, &Vec<&str>)| {
        let named = questions[..questions.len().min(MOST_NAMED)].join(", ");
        match questions.len().saturating_sub(MOST_NAMED) {
            0 => format!("  {why}: {named}"),
            more => format!("  {why}: {named} and {more} more"),
        }
    };
    let lines: Vec<String> = reasons.iter().map(line).collect();
    let number = count(left_out.len(), "thing", "things");
    format!("{number} of the pack {} cannot be said in this format:\n{}", pack.id, lines.join("\n"))
}
