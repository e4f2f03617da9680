//! Opens a journal as the program does, in write-ahead mode, and reads one row by its key.

use std::env;

use anyhow::{Context, Result};
use rusqlite::Connection;

fn main() -> Result<()> {
    let path = env::args().nth(1).context("bare-row FILE")?;
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    let at: i64 = connection.query_row("SELECT at FROM journal WHERE seq = 1", [], |row| row.get(0))?;
    println!("{at}");
    Ok(())
}
