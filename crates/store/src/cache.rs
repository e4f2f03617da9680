//! The cache: what was computed from the journal and the packs, in a file of its own next to the journal.
//!
//! Nothing in it is the truth. Every entry has a key that says what it was computed from, and is ignored
//! when the key is no longer right. The file may be deleted at any time. So nothing here fails: if the file
//! cannot be read or written, nothing is cached.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{Datelike, NaiveDate};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, TransactionBehavior, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{JournalHead, permissions};
use badgedex_domain::catalogs::Catalogs;
use badgedex_domain::exam_days::Outlook;
use badgedex_domain::history::{History, Learned, Memory, Totals, Track};
use badgedex_domain::memory::{Belief, Hypothesis};
use badgedex_domain::overview::Overview;
use badgedex_domain::question::{Pack, QuestionId};
use badgedex_domain::readiness::{Chance, ExamEvidence};
use badgedex_domain::spans::Spans;
use badgedex_domain::target::Target;
use badgedex_files::private;

/// The name is from earlier versions.
const FILE: &str = "ready.db";
/// The layout of the file (SQLite's `user_version`); a file of another layout is replaced.
const LAYOUT_VERSION: i64 = 0x6264_000a;
/// The last layout whose beliefs are those of the first edition of the model of memory.
const LAST_FIRST_EDITION_LAYOUT: i64 = 0x6264_0005;
/// The first layout of all.
const FIRST_LAYOUT: i64 = 0x6264_0001;
/// The entry that a file has after one of the first edition, until the learner was told what has changed.
const AFTER_FIRST_EDITION: &str = "after_first_edition";
/// How long to wait for another process, in milliseconds: what is cached can also be computed.
const BUSY_TIMEOUT_MS: u64 = 50;

/// What a cached history was computed from, and its totals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The journal's edition.
    pub edition: String,
    /// The events up to this position are included.
    pub seq: i64,
    /// The event at that position; `None` if the journal was empty.
    pub last: Option<Uuid>,
    /// Time and id of the last answer in the journal's order. An earlier answer cannot be added.
    pub newest: Option<(i64, Uuid)>,
    /// Identifies the model and the earlier ids of questions.
    pub rules: String,
    /// The totals over all questions.
    pub totals: Totals,
}

impl Snapshot {
    /// Whether nothing was recorded since.
    pub fn is_of(&self, head: &JournalHead) -> bool {
        self.edition == head.edition && self.seq == head.seq && self.last == head.last
    }

    /// Its place in the journal, and its rules, as a name.
    fn place(&self) -> String {
        let Snapshot { edition, seq, last, rules, .. } = self;
        format!("{edition} {seq} {last:?} {rules}")
    }
}

/// The evidence for an exam, up to the place of a history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KnownEvidence {
    /// The exam's target.
    pub target: Target,
    /// Identifies the content of the exam up to that place.
    pub content: u64,
    /// The evidence.
    pub evidence: ExamEvidence,
}

/// What is known of all packs without their questions.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PackSummary {
    /// The catalogs of all packs.
    pub catalogs: Catalogs,
    /// What is wrong with the learner's own packs, a line each.
    pub errors: Vec<String>,
    /// Identifies the earlier ids of all questions.
    pub renames: String,
}

/// The cache of a home folder. It is empty if there is no file.
///
/// A `key` identifies everything that an entry was computed from. There is one entry of each kind, and it is
/// returned only for the key that it was stored with.
#[derive(Debug)]
pub struct Cache {
    connection: Option<Connection>,
    path: PathBuf,
}

impl Cache {
    /// Opens the cache of a home folder.
    pub fn open(home: &Path) -> Cache {
        let path = home.join(FILE);
        let exists = permissions::check_file(&path);
        let connection = exists.ok().filter(|exists| *exists).and_then(|_| connect(&path).ok());
        Cache { connection, path }
    }

    /// Whether an earlier version has cached beliefs of the first edition of the model of memory here, and
    /// [`Cache::forget_first_edition`] was not called since.
    pub fn is_after_first_edition(&self) -> bool {
        match &self.connection {
            Some(_) => self.entry::<()>(AFTER_FIRST_EDITION, "").is_some(),
            None => is_of_first_edition(&self.path),
        }
    }

    /// The learner was told what has changed since the first edition.
    pub fn forget_first_edition(&mut self) {
        let delete = "DELETE FROM entries WHERE name = ?1";
        let _ = self.write(|connection| connection.execute(delete, [AFTER_FIRST_EDITION]).map(drop));
    }

    /// The overview of a day.
    pub fn overview(&self, key: &str) -> Option<Overview> {
        self.entry("overview", key)
    }

    /// Stores the overview of a day, the packs of its sitting with only the questions that it asks, and what a
    /// shell prompt shows: the number of due questions and the days of the streak.
    pub fn store_overview(&mut self, key: &str, overview: &Overview, sitting: &[Pack], streak_days: u32) {
        let _ = self.write(|connection| {
            put(connection, "due", key, &(overview.due, streak_days))?;
            put(connection, "sitting", key, &sitting)?;
            put(connection, "overview", key, overview)
        });
    }

    /// What will be remembered on the day of the next exam; the inner `None` if no exam has a day.
    pub fn outlook(&self, key: &str) -> Option<Option<Outlook>> {
        self.entry("outlook", key)
    }

    /// Stores what will be remembered on the day of the next exam.
    pub fn store_outlook(&mut self, key: &str, outlook: Option<Outlook>) {
        let _ = self.write(|connection| put(connection, "outlook", key, &outlook));
    }

    /// The number of due questions and the days of the streak, as a shell prompt shows them.
    pub fn due(&self, key: &str) -> Option<(usize, u32)> {
        self.entry("due", key)
    }

    /// The packs of the day's sitting, without any other questions.
    pub fn sitting(&self, key: &str) -> Option<Vec<Pack>> {
        self.entry("sitting", key)
    }

    /// The chances in the exams ahead.
    pub fn chances(&self, key: &str) -> Option<Vec<Chance>> {
        self.entry("chances", key)
    }

    /// Stores the chances in the exams ahead.
    pub fn store_chances(&mut self, key: &str, chances: &[Chance]) {
        let _ = self.write(|connection| put(connection, "chances", key, &chances));
    }

    /// The summary of all packs.
    pub fn pack_summary(&self, key: &str) -> Option<PackSummary> {
        self.entry("pack_summary", key)
    }

    /// Stores the summary of all packs.
    pub fn store_pack_summary(&mut self, key: &str, summary: &PackSummary) {
        let _ = self.write(|connection| put(connection, "pack_summary", key, summary));
    }

    /// The cached history, at some position in the journal.
    pub fn history(&self) -> Option<(Snapshot, History)> {
        let connection = self.connection.as_ref()?;
        let reading = connection.unchecked_transaction().ok()?;
        let snapshot: Snapshot = get(&reading, "history", None)?;
        let mut statement = reading.prepare_cached(&format!("{TRACK} FROM tracks")).ok()?;
        let rows = statement.query_map([], track).ok()?;
        let tracks: Vec<(QuestionId, Track)> = rows.collect::<rusqlite::Result<_>>().ok()?;
        let history = History::of_parts(tracks, snapshot.totals.clone());
        Some((snapshot, history))
    }

    /// The history of some questions; `None` if something was recorded since, or the rules are different.
    pub fn history_of(&self, head: &JournalHead, rules: &str, questions: &[QuestionId]) -> Option<History> {
        let connection = self.connection.as_ref()?;
        let reading = connection.unchecked_transaction().ok()?;
        let snapshot: Snapshot = get(&reading, "history", None)?;
        if !snapshot.is_of(head) || snapshot.rules != rules {
            return None;
        }
        let mut statement =
            reading.prepare_cached(&format!("{TRACK} FROM tracks WHERE question = ?1")).ok()?;
        let read = |id: &QuestionId| statement.query_row(params![id.as_str()], track).optional().transpose();
        let tracks: rusqlite::Result<Vec<(QuestionId, Track)>> = questions.iter().filter_map(read).collect();
        Some(History::of_parts(tracks.ok()?, snapshot.totals))
    }

    /// The evidence for exams that goes up to the place of a snapshot.
    pub fn evidence(&self, snapshot: &Snapshot) -> Option<Vec<KnownEvidence>> {
        self.entry("evidence", &snapshot.place())
    }

    /// Stores the history of these questions, and the evidence for exams that goes up to the same place. With
    /// `replace_all` the history of all others is removed.
    pub fn store_history<'a>(
        &mut self,
        snapshot: &Snapshot,
        evidence: &[KnownEvidence],
        replace_all: bool,
        tracks: impl Iterator<Item = (&'a QuestionId, &'a Track)>,
    ) {
        // In the table's own order pages are filled one after another, each written once.
        let mut tracks: Vec<(&QuestionId, &Track)> = tracks.collect();
        tracks.sort_unstable_by_key(|(id, _)| *id);
        let _ = self.write(|connection| {
            if replace_all {
                connection.execute("DELETE FROM tracks", [])?;
            }
            let mut statement = connection.prepare(
                "INSERT OR REPLACE INTO tracks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?;
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
                    learned.map(|l| belief_bytes(&l.belief)),
                    learned.map(|l| l.memory_days),
                    spans_bytes(&track.spans)?,
                    learned.map(|l| l.first_day.num_days_from_ce()),
                ])?;
            }
            put(connection, "evidence", &snapshot.place(), &evidence)?;
            put(connection, "history", "", snapshot)
        });
    }

    fn entry<T: DeserializeOwned>(&self, name: &str, key: &str) -> Option<T> {
        get(self.connection.as_ref()?, name, Some(key))
    }

    /// Writes in one transaction; creates the file if it is missing or cannot be used.
    fn write(&mut self, work: impl FnOnce(&Connection) -> rusqlite::Result<()>) -> Option<()> {
        if self.connection.is_none() {
            self.connection = Some(create_file(&self.path)?);
        }
        let connection = self.connection.as_mut()?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).ok()?;
        work(&transaction).ok()?;
        transaction.commit().ok()
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let (connection, layout) = open_file(path)?;
    if layout == LAYOUT_VERSION { Ok(connection) } else { Err(rusqlite::Error::QueryReturnedNoRows) }
}

/// Opens the file, whatever its layout is.
fn open_file(path: &Path) -> rusqlite::Result<(Connection, i64)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_millis(BUSY_TIMEOUT_MS))?;
    let layout = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok((connection, layout))
}

fn is_of_first_edition(path: &Path) -> bool {
    let is_ours = permissions::check_file(path).is_ok_and(|exists| exists);
    is_ours
        && open_file(path)
            .is_ok_and(|(_, layout)| (FIRST_LAYOUT..=LAST_FIRST_EDITION_LAYOUT).contains(&layout))
}

/// Creates the file; replaces one that is broken or has another layout.
fn create_file(path: &Path) -> Option<Connection> {
    // A link, or a file of somebody else, is not touched.
    let exists = permissions::check_file(path).ok()?;
    let is_after_first_edition = exists && is_of_first_edition(path);
    if exists {
        if connect(path).is_ok() {
            return connect(path).ok();
        }
        fs::remove_file(path).ok()?;
    }
    private::new_file().open(path).ok()?;
    let connection = Connection::open(path).ok()?;
    connection.busy_timeout(Duration::from_millis(BUSY_TIMEOUT_MS)).ok()?;
    let layout = format!("BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {LAYOUT_VERSION}; COMMIT;");
    connection.execute_batch(&layout).ok()?;
    if is_after_first_edition {
        put(&connection, AFTER_FIRST_EDITION, "", &()).ok()?;
    }
    Some(connection)
}

const TABLES: &str = "
    CREATE TABLE entries (name TEXT PRIMARY KEY, key TEXT NOT NULL, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE tracks (
        question TEXT PRIMARY KEY, answers INTEGER NOT NULL, right INTEGER NOT NULL, last_day INTEGER,
        lapses INTEGER, ever_right INTEGER, last_right INTEGER, belief BLOB, memory_days REAL,
        spans BLOB NOT NULL, first_day INTEGER
    ) STRICT, WITHOUT ROWID;";
const TRACK: &str = "SELECT question, answers, right, last_day, lapses, ever_right, last_right, belief,
    memory_days, spans, first_day";

fn put(connection: &Connection, name: &str, key: &str, body: &impl Serialize) -> rusqlite::Result<()> {
    let bytes = postcard::to_allocvec(body).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
    let sql = "INSERT OR REPLACE INTO entries VALUES (?1, ?2, ?3)";
    connection.execute(sql, params![name, key, bytes]).map(drop)
}

/// The entry of a name; `None` if there is none, or its key is different.
fn get<T: DeserializeOwned>(connection: &Connection, name: &str, key: Option<&str>) -> Option<T> {
    let mut statement = connection
        .prepare_cached("SELECT body FROM entries WHERE name = ?1 AND (?2 IS NULL OR key = ?2)")
        .ok()?;
    statement
        .query_row(params![name, key], |row| Ok(postcard::from_bytes(row.get_ref(0)?.as_blob()?).ok()))
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
            belief: belief_of(row.get_ref(7)?.as_blob()?).ok_or(rusqlite::Error::InvalidQuery)?,
            memory_days: row.get(8)?,
            first_day: day_of(row.get(10)?)?,
            last_day: day_of(last_day)?,
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

fn day_of(number: i32) -> rusqlite::Result<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(number).ok_or(rusqlite::Error::InvalidQuery)
}

fn spans_bytes(spans: &Spans) -> rusqlite::Result<Vec<u8>> {
    postcard::to_allocvec(spans).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}

/// The exact bits of a belief: four numbers for each hypothesis.
fn belief_bytes(belief: &Belief) -> Vec<u8> {
    let numbers = belief.hypotheses().iter().flat_map(|h| [h.weight, h.stability, h.difficulty, h.learned]);
    numbers.flat_map(f64::to_le_bytes).collect()
}

fn belief_of(bytes: &[u8]) -> Option<Belief> {
    let numbers = bytes.chunks_exact(8).map(|b| f64::from_le_bytes(b.try_into().unwrap_or_default()));
    let numbers: Vec<f64> = numbers.collect();
    let hypothesis =
        |n: &[f64]| Hypothesis { weight: n[0], stability: n[1], difficulty: n[2], learned: n[3] };
    let hypotheses: Vec<Hypothesis> = numbers.chunks_exact(4).map(hypothesis).collect();
    Belief::of(&hypotheses)
}

#[cfg(test)]
mod tests;
