//! What is kept ready for speed, in a file of its own beside the journal.
//!
//! Nothing in it is the truth: everything carries what it was made from, is passed over where that is
//! no longer so, and is worked out anew. The file may be deleted at any time. So nothing here fails:
//! where it cannot be read or written, nothing is kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{Datelike, NaiveDate};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, TransactionBehavior, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Head, doors};
use badgedex_domain::catalogs::Catalogs;
use badgedex_domain::history::{History, Learned, Memory, Totals, Track};
use badgedex_domain::memory::{Belief, Hypothesis};
use badgedex_domain::overview::Overview;
use badgedex_domain::question::{Pack, QuestionId};
use badgedex_domain::spans::Spans;

const FILE: &str = "ready.db";
/// The layout of the file; another one is thrown away.
const LAYOUT: i64 = 0x6264_0003;
/// Longer than that nobody waits for what can be worked out, in milliseconds.
const PATIENCE_MS: u64 = 50;

/// What the learner remembers, up to a place in the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    pub edition: String,
    /// The events up to this place are in it.
    pub seq: i64,
    /// And that was the last of them.
    pub last: Option<Uuid>,
    /// Its last answer in the journal's order; what comes before that cannot be added.
    pub newest: Option<(i64, Uuid)>,
    /// The model and the earlier ids of questions by which it was made.
    pub rules: String,
    pub totals: Totals,
}

impl Snapshot {
    /// Whether nothing was recorded since.
    pub fn is_of(&self, head: &Head) -> bool {
        self.edition == head.edition && self.seq == head.seq && self.last == head.last
    }
}

/// What all packs are, but for their questions.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Shelf {
    pub catalogs: Catalogs,
    /// What is wrong with the learner's own packs.
    pub faults: Vec<String>,
    /// Names the earlier ids of all questions.
    pub renames: String,
}

/// The file of what is ready; nothing, where there is none.
#[derive(Debug)]
pub struct Ready {
    connection: Option<Connection>,
    path: PathBuf,
}

impl Ready {
    /// Opens what is kept in a home folder.
    pub fn open(home: &Path) -> Ready {
        let path = home.join(FILE);
        let exists = doors::file(&path);
        let connection = exists.ok().filter(|exists| *exists).and_then(|_| open(&path).ok());
        Ready { connection, path }
    }

    /// The sums of a day, where they were made from the same.
    pub fn overview(&self, made_of: &str) -> Option<Overview> {
        self.made("overview", made_of)
    }

    /// Keeps the sums of a day, the packs of its sitting with the questions that it asks, and what a shell
    /// prompt shows: how many are due, and the days of the streak.
    pub fn keep_overview(&mut self, made_of: &str, overview: &Overview, sitting: &[Pack], streak_days: u32) {
        let _ = self.write(|connection| {
            make(connection, "due", made_of, &(overview.due, streak_days))?;
            make(connection, "sitting", made_of, &sitting)?;
            make(connection, "overview", made_of, overview)
        });
    }

    /// How many questions are due, and the days of the streak: what a shell prompt asks for.
    pub fn due(&self, made_of: &str) -> Option<(usize, u32)> {
        self.made("due", made_of)
    }

    /// The packs of the day's sitting, with no other questions.
    pub fn sitting(&self, made_of: &str) -> Option<Vec<Pack>> {
        self.made("sitting", made_of)
    }

    /// What all packs are, where no file of theirs has changed.
    pub fn shelf(&self, made_of: &str) -> Option<Shelf> {
        self.made("shelf", made_of)
    }

    pub fn keep_shelf(&mut self, made_of: &str, shelf: &Shelf) {
        let _ = self.write(|connection| make(connection, "shelf", made_of, shelf));
    }

    /// What was remembered at some place in the journal.
    pub fn history(&self) -> Option<(Snapshot, History)> {
        let connection = self.connection.as_ref()?;
        let reading = connection.unchecked_transaction().ok()?;
        let snapshot: Snapshot = body(&reading, "history", None)?;
        let mut statement = reading.prepare_cached(&format!("{TRACK} FROM tracks")).ok()?;
        let rows = statement.query_map([], track).ok()?;
        let tracks: Vec<(QuestionId, Track)> = rows.collect::<rusqlite::Result<_>>().ok()?;
        let history = History::of_parts(tracks, snapshot.totals.clone());
        Some((snapshot, history))
    }

    /// What is remembered of a few questions, where nothing was recorded since.
    pub fn history_of(&self, head: &Head, rules: &str, questions: &[QuestionId]) -> Option<History> {
        let connection = self.connection.as_ref()?;
        let reading = connection.unchecked_transaction().ok()?;
        let snapshot: Snapshot = body(&reading, "history", None)?;
        if !snapshot.is_of(head) || snapshot.rules != rules {
            return None;
        }
        let mut statement =
            reading.prepare_cached(&format!("{TRACK} FROM tracks WHERE question = ?1")).ok()?;
        let read = |id: &QuestionId| statement.query_row(params![id.as_str()], track).optional().transpose();
        let tracks: rusqlite::Result<Vec<(QuestionId, Track)>> = questions.iter().filter_map(read).collect();
        Some(History::of_parts(tracks.ok()?, snapshot.totals))
    }

    /// Keeps what is remembered: of these questions, or, where it was made `anew`, of all.
    pub fn keep_history<'a>(
        &mut self,
        snapshot: &Snapshot,
        anew: bool,
        tracks: impl Iterator<Item = (&'a QuestionId, &'a Track)>,
    ) {
        let _ = self.write(|connection| {
            if anew {
                connection.execute("DELETE FROM tracks", [])?;
            }
            let mut statement = connection
                .prepare("INSERT OR REPLACE INTO tracks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
            for (id, track) in tracks {
                let learned = learned_of(track);
                statement.execute(params![
                    id.as_str(),
                    track.answers,
                    track.right,
                    learned.map(|l| l.last_day.num_days_from_ce()),
                    learned.map(|l| l.lapses),
                    learned.map(|l| l.ever_right),
                    learned.map(|l| l.last_right),
                    learned.map(|l| bytes(&l.belief)),
                    learned.map(|l| l.strength),
                    spans_bytes(&track.spans)?,
                ])?;
            }
            make(connection, "history", "", snapshot)
        });
    }

    fn made<T: DeserializeOwned>(&self, what: &str, made_of: &str) -> Option<T> {
        body(self.connection.as_ref()?, what, Some(made_of))
    }

    /// Writes in one transaction; makes the file anew where it is missing or cannot be used.
    fn write(&mut self, work: impl FnOnce(&Connection) -> rusqlite::Result<()>) -> Option<()> {
        if self.connection.is_none() {
            self.connection = Some(make_file(&self.path)?);
        }
        let connection = self.connection.as_mut()?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).ok()?;
        work(&transaction).ok()?;
        transaction.commit().ok()
    }
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_millis(PATIENCE_MS))?;
    let layout: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if layout == LAYOUT { Ok(connection) } else { Err(rusqlite::Error::QueryReturnedNoRows) }
}

/// Makes the file, in the place of one that is broken or of another layout.
fn make_file(path: &Path) -> Option<Connection> {
    // A link, or a file of somebody else, is left alone.
    let exists = doors::file(path).ok()?;
    if exists {
        if open(path).is_ok() {
            return open(path).ok();
        }
        fs::remove_file(path).ok()?;
    }
    doors::new_file().open(path).ok()?;
    let connection = Connection::open(path).ok()?;
    connection.busy_timeout(Duration::from_millis(PATIENCE_MS)).ok()?;
    let layout = format!("BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {LAYOUT}; COMMIT;");
    connection.execute_batch(&layout).ok()?;
    Some(connection)
}

const TABLES: &str = "
    CREATE TABLE made (what TEXT PRIMARY KEY, made_of TEXT NOT NULL, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE tracks (
        question TEXT PRIMARY KEY, answers INTEGER NOT NULL, right INTEGER NOT NULL, last_day INTEGER,
        lapses INTEGER, ever_right INTEGER, last_right INTEGER, belief BLOB, strength REAL,
        spans BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;";
const TRACK: &str = "SELECT question, answers, right, last_day, lapses, ever_right, last_right, belief,
    strength, spans";

fn make(connection: &Connection, what: &str, made_of: &str, body: &impl Serialize) -> rusqlite::Result<()> {
    let bytes = postcard::to_allocvec(body).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
    let sql = "INSERT OR REPLACE INTO made VALUES (?1, ?2, ?3)";
    connection.execute(sql, params![what, made_of, bytes]).map(drop)
}

/// What is kept of a kind; none where it was made of something else.
fn body<T: DeserializeOwned>(connection: &Connection, what: &str, made_of: Option<&str>) -> Option<T> {
    let mut statement = connection
        .prepare_cached("SELECT body FROM made WHERE what = ?1 AND (?2 IS NULL OR made_of = ?2)")
        .ok()?;
    statement
        .query_row(params![what, made_of], |row| Ok(postcard::from_bytes(row.get_ref(0)?.as_blob()?).ok()))
        .ok()
        .flatten()
}

fn learned_of(track: &Track) -> Option<&Learned> {
    match &track.memory {
        Memory::Learned(learned) => Some(learned),
        Memory::New => None,
    }
}

fn track(row: &Row) -> rusqlite::Result<(QuestionId, Track)> {
    let memory = match row.get::<_, Option<i32>>(3)? {
        None => Memory::New,
        Some(last_day) => Memory::Learned(Learned {
            belief: belief(row.get_ref(7)?.as_blob()?).ok_or(rusqlite::Error::InvalidQuery)?,
            strength: row.get(8)?,
            last_day: NaiveDate::from_num_days_from_ce_opt(last_day).ok_or(rusqlite::Error::InvalidQuery)?,
            lapses: row.get(4)?,
            ever_right: row.get(5)?,
            last_right: row.get(6)?,
        }),
    };
    let spans =
        postcard::from_bytes(row.get_ref(9)?.as_blob()?).map_err(|_| rusqlite::Error::InvalidQuery)?;
    let track = Track { answers: row.get(1)?, right: row.get(2)?, memory, spans };
    Ok((QuestionId::new(row.get_ref(0)?.as_str()?), track))
}

fn spans_bytes(spans: &Spans) -> rusqlite::Result<Vec<u8>> {
    postcard::to_allocvec(spans).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}

/// Every bit of a belief: three numbers for each hypothesis.
fn bytes(belief: &Belief) -> Vec<u8> {
    let numbers = belief.hypotheses().iter().flat_map(|h| [h.weight, h.stability, h.difficulty]);
    numbers.flat_map(f64::to_le_bytes).collect()
}

fn belief(bytes: &[u8]) -> Option<Belief> {
    let numbers: Vec<f64> =
        bytes.chunks_exact(8).map(|b| f64::from_le_bytes(b.try_into().unwrap_or_default())).collect();
    let hypotheses = numbers
        .chunks_exact(3)
        .map(|n| Hypothesis { weight: n[0], stability: n[1], difficulty: n[2] })
        .collect();
    Belief::of(hypotheses)
}

#[cfg(test)]
mod tests;
