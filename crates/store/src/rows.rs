//! Events as rows of the tables: all SQL on the journal.

use std::collections::HashSet;

use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use rusqlite::types::{Type, ValueRef};
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::checksum::{self, AnswerKeys, Checksum, Head};
use super::{JournalHead, SCHEMA_WITH_SUMS, jsonl};
use badgedex_domain::history::{Review, minute_of};
use badgedex_domain::journal::{Answered, Deed, Event, ExamId, memory_day};
use badgedex_domain::question::QuestionId;

/// The columns that all events have. [`SUM`] comes after them, and then [`ANSWER_COLUMNS`].
const HEAD_COLUMNS: &str = "j.seq, j.id, j.at, j.offset, j.device, j.kind, j.body, j.batch";
const SUM: &str = "j.sum";
/// In place of the checksum in a store of an earlier schema.
const NO_SUM_YET: &str = "'none yet'";
const ANSWER_COLUMNS: &str = "a.question, a.revision, a.form, a.guess, a.correct, a.given, a.hint, a.cram,
    a.took_ms, a.sitting";
/// The key of an answer that has no column: only answers in mock exams have one.
const EXAM: &str = "exam";
const FROM: &str = "FROM journal j LEFT JOIN answers a ON a.seq = j.seq";

/// All columns of a store whose events have checksums.
fn columns() -> String {
    format!("{HEAD_COLUMNS}, {SUM}, {ANSWER_COLUMNS}")
}

/// The version of the schema (SQLite's `user_version`); 0 for an empty file.
pub fn schema_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// All columns of a store of any schema.
fn columns_of(connection: &Connection) -> rusqlite::Result<String> {
    let has_sums = schema_version(connection)? >= SCHEMA_WITH_SUMS;
    let sum = if has_sums { SUM } else { NO_SUM_YET };
    Ok(format!("{HEAD_COLUMNS}, {sum}, {ANSWER_COLUMNS}"))
}

/// Selects all events in the order of recording; read the rows with [`event`].
pub fn all(connection: &Connection) -> rusqlite::Result<CachedStatement<'_>> {
    let columns = columns_of(connection)?;
    connection.prepare_cached(&format!("SELECT {columns} {FROM} ORDER BY j.seq"))
}

/// The events other than answers, in the order of recording.
pub fn deeds(connection: &Connection) -> rusqlite::Result<Vec<Event>> {
    let mut statement = connection.prepare(&format!(
        "SELECT {HEAD_COLUMNS}, {SUM} FROM journal j WHERE kind <> 'answered' ORDER BY seq"
    ))?;
    let rows = statement.query_map([], event)?;
    rows.collect()
}

/// The answers that were given in mock exams, in the order of recording. Of all answers only few have a key without a
/// column.
pub fn exam_answers(connection: &Connection) -> rusqlite::Result<Vec<Event>> {
    let mut statement = connection.prepare(&format!(
        "SELECT {} {FROM} WHERE j.kind = 'answered' AND j.body IS NOT NULL ORDER BY j.seq",
        columns()
    ))?;
    let rows = statement.query_map([], event)?;
    let is_of_exam =
        |event: &Event| matches!(&event.deed, Deed::Answered(answered) if answered.exam.is_some());
    rows.filter(|row| row.as_ref().map_or(true, is_of_exam)).collect()
}

/// Visits the rows from one position to another, both included, in the order of recording.
pub fn between(
    connection: &Connection,
    first: i64,
    last: i64,
    mut visit: impl FnMut(&Row),
) -> rusqlite::Result<()> {
    let columns = columns_of(connection)?;
    let sql = format!("SELECT {columns} {FROM} WHERE j.seq BETWEEN ?1 AND ?2 ORDER BY j.seq");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![first, last])?;
    while let Some(row) = rows.next()? {
        visit(row);
    }
    Ok(())
}

/// Visits the ids and positions in the index of ids, which is smaller than the journal itself.
pub fn each_indexed_id(connection: &Connection, mut visit: impl FnMut(i64, Uuid)) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached("SELECT seq, id FROM journal ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        visit(row.get(0)?, uuid(row, 1)?);
    }
    Ok(())
}

/// A value of the table `store`, which does not travel with the journal.
pub fn store_value(connection: &Connection, key: &str) -> rusqlite::Result<String> {
    let mut statement = connection.prepare_cached("SELECT value, sum FROM store WHERE key = ?1")?;
    let (value, sum): (String, i64) =
        statement.query_row(params![key], |row| Ok((row.get(0)?, row.get(1)?)))?;
    match sum == value_sum(key, &value).to_sql() {
        true => Ok(value),
        false => Err(malformed(&format!("the checksum of the store's {key} does not match"))),
    }
}

/// Sets a value of the table `store`.
pub fn set_store_value(connection: &Connection, key: &str, value: &str) -> rusqlite::Result<()> {
    let sql = "INSERT INTO store (key, value, sum) VALUES (?1, ?2, ?3)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value, sum = excluded.sum";
    let sum = value_sum(key, value).to_sql();
    connection.prepare_cached(sql)?.execute(params![key, value, sum]).map(drop)
}

fn value_sum(key: &str, value: &str) -> Checksum {
    Checksum::of(format!("{key}={value}").as_bytes())
}

/// Gives every event of an older store its checksum.
pub fn add_sums(connection: &Connection) -> rusqlite::Result<()> {
    let mut select = connection
        .prepare(&format!("SELECT {HEAD_COLUMNS}, {NO_SUM_YET}, {ANSWER_COLUMNS} {FROM} ORDER BY j.seq"))?;
    let mut update = connection.prepare("UPDATE journal SET sum = ?2 WHERE seq = ?1")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (seq, sum) = (row.get::<_, i64>(0)?, row_sum(row)?);
        update.execute(params![seq, sum.to_sql()])?;
    }
    let keys: Vec<(String, String)> = connection
        .prepare("SELECT key, value FROM store")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    keys.iter().try_for_each(|(key, value)| set_store_value(connection, key, value))
}

/// A number that differs when the ids or positions of the events do, whatever their order; and how many of
/// them are not answers.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Census {
    events: u64,
    ids: u64,
    deeds: u64,
    deed_positions: u64,
}

impl Census {
    /// Counts an event.
    pub fn add(&mut self, seq: i64, event: &Event) {
        self.add_id(seq, event.id);
        if !matches!(event.deed, Deed::Answered(_)) {
            self.add_deed(seq);
        }
    }

    fn add_id(&mut self, seq: i64, id: Uuid) {
        let (high, low) = id.as_u64_pair();
        let mixed = (high.rotate_left(29) ^ low).wrapping_add(seq.cast_unsigned()).wrapping_mul(SPREAD);
        self.events += 1;
        self.ids = self.ids.wrapping_add(mixed);
    }

    fn add_deed(&mut self, seq: i64) {
        self.deeds += 1;
        self.deed_positions = self.deed_positions.wrapping_add(seq.cast_unsigned().wrapping_mul(SPREAD));
    }

    /// What the indexes say that the journal holds.
    pub fn of_indexes(connection: &Connection) -> rusqlite::Result<Census> {
        let mut census = Census::default();
        each_indexed_id(connection, |seq, id| census.add_id(seq, id))?;
        let mut deeds = connection.prepare_cached("SELECT seq FROM journal WHERE kind <> 'answered'")?;
        let mut rows = deeds.query([])?;
        while let Some(row) = rows.next()? {
            census.add_deed(row.get(0)?);
        }
        Ok(census)
    }
}

/// An odd number that spreads the bits of others (2^64 divided by the golden ratio).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// How many answers the indexes say that there are.
pub fn indexed_answers(connection: &Connection) -> rusqlite::Result<i64> {
    let sql =
        "SELECT (SELECT count(*) FROM journal) - (SELECT count(*) FROM journal WHERE kind <> 'answered')";
    connection.prepare_cached(sql)?.query_row([], |row| row.get(0))
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
#[derive(Debug, Clone, PartialEq)]
pub struct Answer<'a> {
    /// The event's id.
    pub id: Uuid,
    /// Nanoseconds since 1970, UTC. Together with the id it gives the journal's order.
    pub at: i64,
    /// The question's id at that time.
    pub question: &'a str,
    /// What was answered, and how.
    pub review: Review,
    /// The mock exam in which it was given.
    pub exam: Option<ExamId>,
}

/// Visits the answers after a position, until the visitor returns `false`. Returns how many there are, if it
/// was not stopped.
pub fn each_answer(
    connection: &Connection,
    after: i64,
    mut visit: impl FnMut(Answer<'_>) -> bool,
) -> rusqlite::Result<Option<i64>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {columns} FROM answers a CROSS JOIN journal j ON j.seq = a.seq WHERE a.seq > ?1 ORDER BY a.seq",
        columns = columns(),
    ))?;
    let mut rows = statement.query(params![after])?;
    let (mut text, mut answers) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let (head, keys) = (event_head(row)?, answer_keys(row)?);
        text.clear();
        let body = row.get_ref(6)?.as_str_or_null()?;
        match body {
            None => checksum::write_answer(&mut text, &head, &keys),
            Some(_) => write_canonical(&mut text, row)?,
        }
        check_sum(row, &text)?;
        let exam = exam_of(&object(body)?);
        let review = Review {
            day: memory_day(head.at),
            minute: minute_of(head.at),
            took_ms: keys.took_ms,
            guess: keys.guess,
            correct: keys.correct,
            hint: keys.hint,
            cram: keys.cram,
            self_checked: keys.form == Some("reveal"),
        };
        if !visit(Answer { id: head.id, at: row.get(2)?, question: keys.question, review, exam }) {
            return Ok(None);
        }
        answers += 1;
    }
    Ok(Some(answers))
}

/// The event with an id, and its position.
pub fn with_id(connection: &Connection, id: Uuid) -> rusqlite::Result<Option<(i64, Event)>> {
    let mut statement = connection.prepare_cached(&format!("SELECT {} {FROM} WHERE j.id = ?1", columns()))?;
    statement.query_row(params![id.as_bytes()], |row| Ok((row.get(0)?, event(row)?))).optional()
}

/// The events of one deed, in the order of recording.
pub fn of_batch(connection: &Connection, batch: i64) -> rusqlite::Result<Vec<Event>> {
    let mut statement =
        connection.prepare(&format!("SELECT {} {FROM} WHERE j.batch = ?1 ORDER BY j.seq", columns()))?;
    let rows = statement.query_map(params![batch], event)?;
    rows.collect()
}

/// The ids of all events that were undone.
pub fn retracted(connection: &Connection) -> rusqlite::Result<HashSet<Uuid>> {
    Ok(retracted_since(connection, 0)?.into_iter().collect())
}

/// The ids of the events that were undone by events after a position.
pub fn retracted_since(connection: &Connection, seq: i64) -> rusqlite::Result<Vec<Uuid>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {HEAD_COLUMNS}, {SUM} FROM journal j
         WHERE kind <> 'answered' AND kind = 'retracted' AND seq > ?1",
    ))?;
    let retractions = statement.query_map(params![seq], event)?;
    let retracted = |event: Event| match event.deed {
        Deed::Retracted { event } => Ok(event),
        _ => Err(malformed("a retraction names no event")),
    };
    retractions.map(|event| retracted(event?)).collect()
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
        "INSERT INTO journal (seq, id, at, offset, device, kind, batch, body, sum)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    insert_row(&mut statement, event, seq, batch)?;
    insert_answer(connection, seq, event)
}

/// Inserts an event at a position, as a batch of its own, unless its id is known. Returns whether it did.
pub fn insert_unless_known(connection: &Connection, event: &Event, seq: i64) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO journal (seq, id, at, offset, device, kind, batch, body, sum)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO NOTHING",
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
        Checksum::of_row(&jsonl::canonical(event), seq, batch).to_sql(),
    ])
}

/// Replaces an event with another one of the same id.
pub fn replace(connection: &Connection, seq: i64, event: &Event) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM answers WHERE seq = ?1", params![seq])?;
    let batch: i64 =
        connection.query_row("SELECT batch FROM journal WHERE seq = ?1", params![seq], |row| row.get(0))?;
    connection.execute(
        "UPDATE journal SET at = ?2, offset = ?3, device = ?4, kind = ?5, body = ?6, sum = ?7 WHERE seq = ?1",
        params![
            seq,
            nanoseconds(event.at),
            event.at.offset().local_minus_utc(),
            event.device,
            event.deed.kind(),
            body(event),
            Checksum::of_row(&jsonl::canonical(event), seq, batch).to_sql(),
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
    let mut keys = match &event.deed {
        Deed::Answered(answered) => {
            answered.exam.iter().map(|exam| (EXAM.to_owned(), Value::from(exam.as_str()))).collect()
        }
        deed => jsonl::body(deed),
    };
    keys.extend(event.extra.clone());
    (!keys.is_empty()).then(|| Value::Object(keys).to_string())
}

/// Reads a row of [`all`], or of [`deeds`], which has no columns for answers, and compares it with its checksum.
pub fn event(row: &Row) -> rusqlite::Result<Event> {
    match row.get_ref(8)? {
        // A store of an earlier schema.
        ValueRef::Text(_) => {}
        ValueRef::Integer(sum) if sum == row_sum(row)?.to_sql() => {}
        _ => return Err(wrong_sum(row)),
    }
    let head = event_head(row)?;
    let body = row.get_ref(6)?.as_str_or_null()?;
    let (deed, extra) = if head.kind == "answered" {
        let mut extra = object(body)?;
        let exam = exam_of(&extra);
        if exam.is_some() {
            extra.remove(EXAM);
        }
        (Deed::Answered(Answered { exam, ..answered(row)? }), extra)
    } else {
        deed(head.kind.to_owned(), body)?
    };
    Ok(Event { id: head.id, at: head.at, device: head.device.to_owned(), deed, extra })
}

/// The mock exam in which an answer was given, by the keys that have no columns of their own.
fn exam_of(body: &Map<String, Value>) -> Option<ExamId> {
    body.get(EXAM).and_then(Value::as_str).map(ExamId::new)
}

/// The position of a row.
pub fn seq(row: &Row) -> rusqlite::Result<i64> {
    row.get(0)
}

/// The checksum that a row should have.
fn row_sum(row: &Row) -> rusqlite::Result<Checksum> {
    let mut text = Vec::new();
    write_canonical(&mut text, row)?;
    Ok(Checksum::of_row(&text, row.get(0)?, row.get(7)?))
}

fn check_sum(row: &Row, canonical: &[u8]) -> rusqlite::Result<()> {
    let sum = Checksum::of_row(canonical, row.get(0)?, row.get(7)?);
    match row.get_ref(8)? {
        ValueRef::Integer(kept) if kept == sum.to_sql() => Ok(()),
        _ => Err(wrong_sum(row)),
    }
}

/// Names the event of a row.
fn wrong_sum(row: &Row) -> rusqlite::Error {
    match event_head(row) {
        Ok(head) => malformed(&format!(
            "event {} ({}, {}) does not match its checksum",
            head.id,
            head.kind,
            head.at.format("%Y-%m-%d %H:%M"),
        )),
        Err(error) => error,
    }
}

/// Writes the canonical form of the event in a row, with every key that the row holds.
fn write_canonical(out: &mut Vec<u8>, row: &Row) -> rusqlite::Result<()> {
    let head = event_head(row)?;
    let mut keys = match row.get_ref(6)?.as_str_or_null()? {
        None if head.kind == "answered" => {
            checksum::write_answer(out, &head, &answer_keys(row)?);
            return Ok(());
        }
        body => object(body)?,
    };
    if head.kind == "answered" {
        keys.extend(jsonl::body(&Deed::Answered(answered(row)?)));
    }
    checksum::write_keys(out, &head, keys);
    Ok(())
}

fn uuid(row: &Row, column: usize) -> rusqlite::Result<Uuid> {
    let bytes: [u8; 16] = row.get(column)?;
    Ok(Uuid::from_bytes(bytes))
}

fn event_head<'a>(row: &'a Row) -> rusqlite::Result<Head<'a>> {
    let offset = FixedOffset::east_opt(row.get(3)?).ok_or_else(|| malformed("an offset is out of range"))?;
    Ok(Head {
        id: uuid(row, 1)?,
        at: Utc.timestamp_nanos(row.get(2)?).with_timezone(&offset),
        device: row.get_ref(4)?.as_str()?,
        kind: row.get_ref(5)?.as_str()?,
    })
}

fn answer_keys<'a>(row: &'a Row) -> rusqlite::Result<AnswerKeys<'a>> {
    let took_ms: Option<i64> = row.get(17)?;
    let guess: f64 = row.get(12)?;
    if !(0.0..1.0).contains(&guess) {
        return Err(malformed(&format!("an answer's chance of guessing is {guess}")));
    }
    Ok(AnswerKeys {
        question: row.get_ref(9)?.as_str()?,
        revision: row.get_ref(10)?.as_str_or_null()?,
        form: row.get_ref(11)?.as_str_or_null()?,
        guess,
        correct: row.get(13)?,
        given: row.get_ref(14)?.as_str()?,
        hint: row.get(15)?,
        cram: row.get(16)?,
        took_ms: took_ms.and_then(|ms| u64::try_from(ms).ok()),
        sitting: row.get_ref(18)?.as_str_or_null()?,
    })
}

/// The answer in a row's columns.
fn answered(row: &Row) -> rusqlite::Result<Answered> {
    let keys = answer_keys(row)?;
    Ok(Answered {
        question: QuestionId::new(keys.question),
        revision: keys.revision.map(str::to_owned),
        form: keys.form.map(str::to_owned),
        guess: keys.guess,
        correct: keys.correct,
        given: serde_json::from_str(keys.given).map_err(|_| malformed("an answer's text is not JSON"))?,
        hint: keys.hint,
        cram: keys.cram,
        took_ms: keys.took_ms,
        sitting: keys.sitting.map(str::to_owned),
        exam: None,
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
