//! Events as rows of the tables: all SQL on the journal.

use std::collections::HashSet;

use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use rusqlite::types::Type;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{JournalHead, jsonl};
use badgedex_domain::history::{Review, minute_of};
use badgedex_domain::journal::{Answered, Deed, Event, memory_day};
use badgedex_domain::question::QuestionId;

const COLUMNS: &str = "j.seq, j.id, j.at, j.offset, j.device, j.kind, j.body, a.question, a.revision, a.form,
    a.guess, a.correct, a.given, a.hint, a.cram, a.took_ms, a.sitting";
const FROM: &str = "FROM journal j LEFT JOIN answers a ON a.seq = j.seq";

/// Selects all events in the order of recording; read the rows with [`event`].
pub fn all(connection: &Connection) -> rusqlite::Result<CachedStatement<'_>> {
    connection.prepare_cached(&format!("SELECT {COLUMNS} {FROM} ORDER BY j.seq"))
}

/// The events other than answers, in the order of recording.
pub fn deeds(connection: &Connection) -> rusqlite::Result<Vec<Event>> {
    let mut statement = connection.prepare(
        "SELECT seq, id, at, offset, device, kind, body FROM journal WHERE kind <> 'answered' ORDER BY seq",
    )?;
    let rows = statement.query_map([], event)?;
    rows.collect()
}

/// The events from one position to another, both included, in the order of recording.
pub fn between(connection: &Connection, first: i64, last: i64) -> rusqlite::Result<Vec<Event>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE j.seq BETWEEN ?1 AND ?2 ORDER BY j.seq");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![first, last], event)?;
    rows.collect()
}

/// A value of the table `store`, which does not travel with the journal.
pub fn store_value(connection: &Connection, key: &str) -> rusqlite::Result<String> {
    let mut statement = connection.prepare_cached("SELECT value FROM store WHERE key = ?1")?;
    statement.query_row(params![key], |row| row.get(0))
}

/// The last event of the journal.
pub fn head(connection: &Connection) -> rusqlite::Result<JournalHead> {
    let edition = store_value(connection, "edition")?;
    let mut statement = connection.prepare_cached("SELECT seq, id FROM journal ORDER BY seq DESC LIMIT 1")?;
    let last = statement.query_row([], |row| Ok((row.get(0)?, uuid(row, 1)?))).optional()?;
    Ok(JournalHead { edition, seq: last.map_or(0, |(seq, _)| seq), last: last.map(|(_, id)| id) })
}

/// The position of an event in the order of recording.
pub fn seq_of(connection: &Connection, id: Uuid) -> rusqlite::Result<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT seq FROM journal WHERE id = ?1")?;
    statement.query_row(params![id.as_bytes()], |row| row.get(0)).optional()
}

/// What an answer means for memory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer<'a> {
    /// The event's id.
    pub id: Uuid,
    /// Nanoseconds since 1970, UTC. Together with the id it gives the journal's order.
    pub at: i64,
    /// The question's id at that time.
    pub question: &'a str,
    /// What was answered, and how.
    pub review: Review,
}

/// Visits the answers after a position, until the visitor returns `false`.
pub fn each_answer(
    connection: &Connection,
    after: i64,
    mut visit: impl FnMut(Answer<'_>) -> bool,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT j.id, j.at, j.offset, a.question, a.guess, a.correct, a.hint, a.cram, a.took_ms,
                a.form IS 'reveal'
         FROM answers a CROSS JOIN journal j ON j.seq = a.seq WHERE a.seq > ?1 ORDER BY a.seq",
    )?;
    let mut rows = statement.query(params![after])?;
    while let Some(row) = rows.next()? {
        let at = row.get(1)?;
        let local = instant_of(at, row.get(2)?)?;
        let review = Review {
            day: memory_day(local),
            minute: minute_of(local),
            took_ms: row.get::<_, Option<i64>>(8)?.and_then(|ms| u64::try_from(ms).ok()),
            guess: row.get(4)?,
            correct: row.get(5)?,
            hint: row.get(6)?,
            cram: row.get(7)?,
            self_checked: row.get(9)?,
        };
        if !visit(Answer { id: uuid(row, 0)?, at, question: row.get_ref(3)?.as_str()?, review }) {
            break;
        }
    }
    Ok(())
}

/// The event with an id, and its position.
pub fn with_id(connection: &Connection, id: Uuid) -> rusqlite::Result<Option<(i64, Event)>> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} {FROM} WHERE j.id = ?1"))?;
    statement.query_row(params![id.as_bytes()], |row| Ok((row.get(0)?, event(row)?))).optional()
}

/// The events of one deed, in the order of recording.
pub fn of_batch(connection: &Connection, batch: i64) -> rusqlite::Result<Vec<Event>> {
    let mut statement =
        connection.prepare(&format!("SELECT {COLUMNS} {FROM} WHERE j.batch = ?1 ORDER BY j.seq"))?;
    let rows = statement.query_map(params![batch], event)?;
    rows.collect()
}

/// The ids of all events that were undone.
pub fn retracted(connection: &Connection) -> rusqlite::Result<HashSet<Uuid>> {
    Ok(retracted_since(connection, 0)?.into_iter().collect())
}

/// The ids of the events that were undone by events after a position.
pub fn retracted_since(connection: &Connection, seq: i64) -> rusqlite::Result<Vec<Uuid>> {
    let mut statement = connection.prepare_cached(
        "SELECT body FROM journal WHERE kind <> 'answered' AND kind = 'retracted' AND seq > ?1",
    )?;
    let bodies = statement.query_map(params![seq], |row| row.get::<_, String>(0))?;
    bodies.map(|body| retracted_id(&body?)).collect()
}

fn retracted_id(body: &str) -> rusqlite::Result<Uuid> {
    match deed("retracted".to_owned(), Some(body))? {
        (Deed::Retracted { event }, _) => Ok(event),
        _ => Err(malformed("a retraction names no event")),
    }
}

/// The batch of the last event that was not undone and is not a retraction: of this device, else of any.
pub fn last_batch(
    connection: &Connection,
    retracted: &HashSet<Uuid>,
    device: &str,
) -> rusqlite::Result<Option<i64>> {
    let mut statement = connection
        .prepare("SELECT id, batch, device FROM journal WHERE kind <> 'retracted' ORDER BY seq DESC")?;
    let mut rows = statement.query([])?;
    let mut of_other_device = None;
    while let Some(row) = rows.next()? {
        if retracted.contains(&uuid(row, 0)?) {
            continue;
        }
        let batch: i64 = row.get(1)?;
        if row.get::<_, String>(2)? == device {
            return Ok(Some(batch));
        }
        of_other_device = of_other_device.or(Some(batch));
    }
    Ok(of_other_device)
}

/// Inserts an event of a batch at a position.
pub fn insert(connection: &Connection, event: &Event, seq: i64, batch: i64) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO journal (seq, id, at, offset, device, kind, batch, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    insert_row(&mut statement, event, seq, batch)?;
    insert_answer(connection, seq, event)
}

/// Inserts an event at a position, as a batch of its own, unless its id is known. Returns whether it did.
pub fn insert_unless_known(connection: &Connection, event: &Event, seq: i64) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO journal (seq, id, at, offset, device, kind, batch, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING",
    )?;
    let is_new = insert_row(&mut statement, event, seq, seq)? > 0;
    if is_new {
        insert_answer(connection, seq, event)?;
    }
    Ok(is_new)
}

fn insert_row(
    statement: &mut CachedStatement,
    event: &Event,
    seq: i64,
    batch: i64,
) -> rusqlite::Result<usize> {
    statement.execute(params![
        seq,
        event.id.as_bytes(),
        nanoseconds(event.at),
        event.at.offset().local_minus_utc(),
        event.device,
        event.deed.kind(),
        batch,
        body(event),
    ])
}

/// Replaces an event with another one of the same id.
pub fn replace(connection: &Connection, seq: i64, event: &Event) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM answers WHERE seq = ?1", params![seq])?;
    connection.execute(
        "UPDATE journal SET at = ?2, offset = ?3, device = ?4, kind = ?5, body = ?6 WHERE seq = ?1",
        params![
            seq,
            nanoseconds(event.at),
            event.at.offset().local_minus_utc(),
            event.device,
            event.deed.kind(),
            body(event)
        ],
    )?;
    insert_answer(connection, seq, event)
}

fn insert_answer(connection: &Connection, seq: i64, event: &Event) -> rusqlite::Result<()> {
    let Deed::Answered(a) = &event.deed else { return Ok(()) };
    let mut statement = connection.prepare_cached(
        "INSERT INTO answers (seq, question, revision, form, guess, correct, given, hint, cram, took_ms, sitting)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    let took_ms = a.took_ms.and_then(|ms| i64::try_from(ms).ok());
    statement.execute(params![
        seq,
        a.question.as_str(),
        a.revision,
        a.form,
        a.guess,
        a.correct,
        a.given.to_string(),
        a.hint,
        a.cram,
        took_ms,
        a.sitting,
    ])?;
    Ok(())
}

/// Times outside 1678 to 2261 are refused when an event is read, and a clock does not show them.
fn nanoseconds(at: DateTime<FixedOffset>) -> i64 {
    at.timestamp_nanos_opt().unwrap_or(i64::MAX)
}

/// The keys that have no columns of their own, as JSON; `None` if there are none.
fn body(event: &Event) -> Option<String> {
    let mut keys = match event.deed {
        Deed::Answered(_) => Map::new(),
        _ => jsonl::body(&event.deed),
    };
    keys.extend(event.extra.clone());
    (!keys.is_empty()).then(|| Value::Object(keys).to_string())
}

/// Reads a row of [`all`], or of [`deeds`], which has no columns for answers.
pub fn event(row: &Row) -> rusqlite::Result<Event> {
    let kind: String = row.get(5)?;
    let body: Option<String> = row.get(6)?;
    let (deed, extra) = if kind == "answered" {
        (Deed::Answered(answered(row)?), object(body.as_deref())?)
    } else {
        deed(kind, body.as_deref())?
    };
    Ok(Event { id: uuid(row, 1)?, at: instant(row)?, device: row.get(4)?, deed, extra })
}

fn uuid(row: &Row, column: usize) -> rusqlite::Result<Uuid> {
    let bytes: [u8; 16] = row.get(column)?;
    Ok(Uuid::from_bytes(bytes))
}

fn instant(row: &Row) -> rusqlite::Result<DateTime<FixedOffset>> {
    instant_of(row.get(2)?, row.get(3)?)
}

fn instant_of(nanoseconds: i64, offset: i32) -> rusqlite::Result<DateTime<FixedOffset>> {
    let offset = FixedOffset::east_opt(offset).ok_or_else(|| malformed("an offset is out of range"))?;
    Ok(Utc.timestamp_nanos(nanoseconds).with_timezone(&offset))
}

fn answered(row: &Row) -> rusqlite::Result<Answered> {
    let given: String = row.get(12)?;
    let took_ms: Option<i64> = row.get(15)?;
    Ok(Answered {
        question: QuestionId::new(row.get::<_, String>(7)?),
        revision: row.get(8)?,
        form: row.get(9)?,
        guess: row.get(10)?,
        correct: row.get(11)?,
        given: serde_json::from_str(&given).map_err(|_| malformed("an answer's text is not JSON"))?,
        hint: row.get(13)?,
        cram: row.get(14)?,
        took_ms: took_ms.and_then(|ms| u64::try_from(ms).ok()),
        sitting: row.get(16)?,
    })
}

fn deed(kind: String, body: Option<&str>) -> rusqlite::Result<(Deed, Map<String, Value>)> {
    jsonl::read_body(kind, object(body)?).map_err(|e| malformed(&e.to_string()))
}

fn object(body: Option<&str>) -> rusqlite::Result<Map<String, Value>> {
    body.map_or(Ok(Map::new()), |text| {
        serde_json::from_str(text).map_err(|_| malformed("an event is not JSON"))
    })
}

fn malformed(reason: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(6, Type::Text, reason.into())
}
