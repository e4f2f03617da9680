//! Parses every line of a journal file with serde_json and inserts it into a bare table.

use std::env;
use std::fs::File;
use std::io::{BufRead, BufReader};

use anyhow::{Context, Result};
use rusqlite::{Connection, params};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Line {
    id: String,
    at: String,
    device: String,
    kind: String,
    question: String,
    revision: Option<String>,
    form: Option<String>,
    guess: f64,
    correct: bool,
    given: Value,
    hint: bool,
    cram: bool,
    took_ms: Option<i64>,
    sitting: Option<String>,
}

fn main() -> Result<()> {
    let usage = "lines-insert JOURNAL DATABASE";
    let lines = BufReader::new(File::open(env::args().nth(1).context(usage)?)?).lines();
    let mut connection = Connection::open(env::args().nth(2).context(usage)?)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.execute_batch(
        "CREATE TABLE lines (seq INTEGER PRIMARY KEY, id TEXT, at TEXT, device TEXT, kind TEXT, question TEXT,
         revision TEXT, form TEXT, guess REAL, correct INTEGER, given TEXT, hint INTEGER, cram INTEGER,
         took_ms INTEGER, sitting TEXT)",
    )?;
    let transaction = connection.transaction()?;
    // The first line names the format.
    for line in lines.skip(1) {
        insert(&transaction, &serde_json::from_str(&line?)?)?;
    }
    transaction.commit()?;
    Ok(())
}

fn insert(connection: &Connection, line: &Line) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO lines (id, at, device, kind, question, revision, form, guess, correct, given, hint, cram,
         took_ms, sitting) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?;
    statement.execute(params![
        line.id,
        line.at,
        line.device,
        line.kind,
        line.question,
        line.revision,
        line.form,
        line.guess,
        line.correct,
        line.given.to_string(),
        line.hint,
        line.cram,
        line.took_ms,
        line.sitting,
    ])?;
    Ok(())
}
