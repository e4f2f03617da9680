//! Inserts rows one by one, each of them durable, and prints the median seconds of one; without a count
//! it inserts one for each line that it reads, and says so, as a sitting over pipes does.

use std::env;
use std::io::{self, BufRead};
use std::time::Instant;

use anyhow::{Context, Result};
use rusqlite::{Connection, params};

fn main() -> Result<()> {
    let usage = "bare-insert FILE [COUNT]";
    let path = env::args().nth(1).context(usage)?;
    let count: Option<usize> = env::args().nth(2).map(|text| text.parse()).transpose().context(usage)?;
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS answers
         (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, question TEXT NOT NULL, correct INTEGER NOT NULL)",
    )?;
    let Some(count) = count else { return answer(&connection) };
    let mut seconds = (0..count).map(|at| insert(&connection, at)).collect::<Result<Vec<f64>>>()?;
    seconds.sort_by(f64::total_cmp);
    println!("{}", seconds.get(count / 2).context("no insert has no median")?);
    Ok(())
}

/// The words are a sitting's, so that both are waited for in the same way.
fn answer(connection: &Connection) -> Result<()> {
    println!("Type your answer.");
    for (at, line) in io::stdin().lock().lines().enumerate() {
        line?;
        insert(connection, at)?;
        println!("{at} of 0. Next.");
    }
    Ok(())
}

fn insert(connection: &Connection, at: usize) -> Result<f64> {
    let mut statement =
        connection.prepare_cached("INSERT INTO answers (at, question, correct) VALUES (?1, ?2, ?3)")?;
    let started = Instant::now();
    statement.execute(params![at as i64, "bulk-0/q000001", true])?;
    Ok(started.elapsed().as_secs_f64())
}
