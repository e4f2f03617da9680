//! Events as rows.

use std::collections::HashSet;

use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::lines;
use crate::domain::journal::{Answered, Deed, Event};
use crate::domain::question::QuestionId;

const COLUMNS: &str = "j.seq, j.id, j.at, j.offset, j.device, j.kind, j.body, a.question, a.revision, a.form,
    a.guess, a.correct, a.given, a.hint, a.cram, a.took_ms, a.sitting";
const FROM: &str = "FROM journal j LEFT JOIN answers a ON a.seq = j.seq";

/// All events in the order of recording.
pub fn all(connection: &Connection) -> rusqlite::Result<Vec<Event>> {
    let mut statement = connection.prepare(&format!("SELECT {COLUMNS} {FROM} ORDER BY j.seq"))?;
    let rows = statement.query_map([], event)?;
    rows.collect()
}

/// The event with an id, and where it stands.
pub fn with_id(connection: &Connection, id: Uuid) -> rusqlite::Result<Option<(i64, Event)>> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} {FROM} WHERE j.id = ?1"))?;
    statement.query_row(params![id.as_bytes()], |row| Ok((row.get(0)?, event(row)?))).optional()
}

pub fn of_batch(connection: &Connection, batch: i64) -> rusqlite::Result<Vec<Event>> {
    let mut statement =
        connection.prepare(&format!("SELECT {COLUMNS} {FROM} WHERE j.batch = ?1 ORDER BY j.seq"))?;
    let rows = statement.query_map(params![batch], event)?;
    rows.collect()
}

/// The ids of all events that were taken back.
pub fn retracted(connection: &Connection) -> rusqlite::Result<HashSet<Uuid>> {
    let mut statement = connection.prepare("SELECT body FROM journal WHERE kind = 'retracted'")?;
    let bodies = statement.query_map([], |row| row.get::<_, String>(0))?;
    bodies.map(|body| retracted_id(&body?)).collect()
}

fn retracted_id(body: &str) -> rusqlite::Result<Uuid> {
    match deed("retracted".to_owned(), Some(body))? {
        (Deed::Retracted { event }, _) => Ok(event),
        _ => Err(malformed("a retraction names no event")),
    }
}

/// The batch of the last event that still stands and is no retraction: of this device, else of any.
pub fn last_batch(
    connection: &Connection,
    retracted: &HashSet<Uuid>,
    device: &str,
) -> rusqlite::Result<Option<i64>> {
    let mut statement = connection
        .prepare("SELECT id, batch, device FROM journal WHERE kind <> 'retracted' ORDER BY seq DESC")?;
    let mut rows = statement.query([])?;
    let mut foreign = None;
    while let Some(row) = rows.next()? {
        if retracted.contains(&uuid(row, 0)?) {
            continue;
        }
        let batch: i64 = row.get(1)?;
        if row.get::<_, String>(2)? == device {
            return Ok(Some(batch));
        }
        foreign = foreign.or(Some(batch));
    }
    Ok(foreign)
}

/// Adds an event; without a batch it is one of its own.
pub fn insert(connection: &Connection, event: &Event, batch: Option<i64>) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO journal (id, at, offset, device, kind, batch, body)
         VALUES (?1, ?2, ?3, ?4, ?5, coalesce(?6, (SELECT coalesce(max(seq), 0) + 1 FROM journal)), ?7)",
    )?;
    statement.execute(params![
        event.id.as_bytes(),
        nanoseconds(event.at),
        event.at.offset().local_minus_utc(),
        event.device,
        event.deed.kind(),
        batch,
        body(event),
    ])?;
    insert_answer(connection, connection.last_insert_rowid(), event)
}

/// Puts another event of the same id in an event's place.
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

/// Events outside of 1678 to 2261 are refused when they are read; the clock gives none.
fn nanoseconds(at: DateTime<FixedOffset>) -> i64 {
    at.timestamp_nanos_opt().unwrap_or(i64::MAX)
}

/// The keys that have no columns of their own.
fn body(event: &Event) -> Option<String> {
    let mut keys = match event.deed {
        Deed::Answered(_) => Map::new(),
        _ => lines::body(&event.deed),
    };
    keys.extend(event.extra.clone());
    (!keys.is_empty()).then(|| Value::Object(keys).to_string())
}

fn event(row: &Row) -> rusqlite::Result<Event> {
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
    let offset = FixedOffset::east_opt(row.get(3)?).ok_or_else(|| malformed("an offset is out of range"))?;
    Ok(Utc.timestamp_nanos(row.get(2)?).with_timezone(&offset))
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
        given: serde_json::from_str(&given).map_err(|_| malformed("an answer's text is no JSON"))?,
        hint: row.get(13)?,
        cram: row.get(14)?,
        took_ms: took_ms.and_then(|ms| u64::try_from(ms).ok()),
        sitting: row.get(16)?,
    })
}

fn deed(kind: String, body: Option<&str>) -> rusqlite::Result<(Deed, Map<String, Value>)> {
    lines::read_body(kind, object(body)?).map_err(|e| malformed(&e.to_string()))
}

fn object(body: Option<&str>) -> rusqlite::Result<Map<String, Value>> {
    body.map_or(Ok(Map::new()), |text| {
        serde_json::from_str(text).map_err(|_| malformed("an event is no JSON"))
    })
}

fn malformed(reason: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(6, Type::Text, reason.into())
}
