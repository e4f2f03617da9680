//! Reads all answers of a journal in order and steps one FSRS state for each question, on one thread.

use std::collections::HashMap;
use std::env;

use anyhow::{Context, Result};
use fsrs::{FSRS, MemoryState};
use rusqlite::{Connection, Row};

const NANOSECONDS_A_DAY: i64 = 86_400_000_000_000;
const RETENTION: f32 = 0.9;

/// One answer, as far as plain FSRS wants to know it.
struct Answer {
    question: String,
    day: i64,
    correct: bool,
}

fn main() -> Result<()> {
    let path = env::args().nth(1).context("rows-next-states FILE")?;
    let connection = Connection::open(path)?;
    let fsrs = FSRS::default();
    let mut states: HashMap<String, (MemoryState, i64)> = HashMap::new();
    let mut statement = connection.prepare(
        "SELECT a.question, j.at + j.offset * 1000000000, a.correct
         FROM journal j JOIN answers a ON a.seq = j.seq ORDER BY j.seq",
    )?;
    let mut answers = 0;
    for answer in statement.query_map([], answer)? {
        step(&fsrs, &mut states, answer?)?;
        answers += 1;
    }
    println!("{answers} answers, {} questions", states.len());
    Ok(())
}

fn answer(row: &Row) -> rusqlite::Result<Answer> {
    let local: i64 = row.get(1)?;
    Ok(Answer { question: row.get(0)?, day: local.div_euclid(NANOSECONDS_A_DAY), correct: row.get(2)? })
}

fn step(fsrs: &FSRS, states: &mut HashMap<String, (MemoryState, i64)>, answer: Answer) -> Result<()> {
    let before = states.get(&answer.question).copied();
    let days = before.map_or(0, |(_, last)| u32::try_from(answer.day - last).unwrap_or(0));
    let next = fsrs.next_states(before.map(|(state, _)| state), RETENTION, days)?;
    let next = if answer.correct { next.good } else { next.again };
    states.insert(answer.question, (next.memory, answer.day));
    Ok(())
}
