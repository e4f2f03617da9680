//! Journals of answers as `badgedex data import` reads them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use chrono::{DateTime, Days, NaiveDate, NaiveTime};
use serde_json::json;

use super::packs;
use super::random::Random;

const HEADER: &str = r#"{"format":"badgedex-journal/1"}"#;
/// As long as the names that devices have.
const DEVICE: &str = "0badge0bench";
/// The days that the answers are spread over.
const DAYS: u64 = 730;
/// The last answer to a question is at most this many days old: some are due today, and some not.
const LAST_WITHIN: u64 = 60;
const RIGHT: f64 = 0.85;
/// Answers are given from 06:00 for sixteen hours, so that a day of memory is a calendar day.
const FROM_SECOND: u64 = 6 * 3600;
const AWAKE_MS: u64 = 16 * 3600 * 1000;

/// When a question is answered, and which.
struct Slot {
    /// Milliseconds since 1970, of the clock on the wall.
    at_ms: i64,
    question: usize,
}

/// Writes the given number of answers to the given number of questions, ending on the day before `today`.
pub fn write(path: &Path, answers: usize, questions: usize, today: NaiveDate) -> Result<()> {
    let mut random = Random::new(answers as u64 ^ (questions as u64) << 32);
    let mut slots = slots(&mut random, answers, questions, today);
    slots.sort_by_key(|slot| (slot.at_ms, slot.question));
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "{HEADER}")?;
    for slot in &slots {
        writeln!(file, "{}", line(&mut random, slot))?;
    }
    file.flush()?;
    Ok(())
}

fn slots(random: &mut Random, answers: usize, questions: usize, today: NaiveDate) -> Vec<Slot> {
    let first_day = today - Days::new(DAYS);
    let mut slots = Vec::with_capacity(answers);
    for question in 0..questions {
        let count = answers / questions + usize::from(question < answers % questions);
        for day in days(random, count) {
            let midnight = (first_day + Days::new(day)).and_time(NaiveTime::MIN).and_utc();
            let of_day_ms = FROM_SECOND * 1000 + random.below(AWAKE_MS);
            slots.push(Slot { at_ms: midnight.timestamp_millis() + of_day_ms as i64, question });
        }
    }
    slots
}

/// Days from the first on which one question is answered: first close together, then further apart.
fn days(random: &mut Random, count: usize) -> Vec<u64> {
    let last = DAYS - 1 - random.below(LAST_WITHIN);
    let span = (7 * count as u64).clamp(1, last);
    let start = random.below(last - span + 1);
    let share = |nth: usize| ((nth + 1) as f64 / count as f64).powi(2);
    (0..count).map(|nth| start + (share(nth) * (last - start) as f64) as u64).collect()
}

fn line(random: &mut Random, slot: &Slot) -> serde_json::Value {
    let (form, guess) = packs::form(slot.question);
    let at = DateTime::from_timestamp_millis(slot.at_ms).unwrap_or_default();
    let correct = random.share() < RIGHT;
    json!({
        "id": uuid(random, slot.at_ms), "at": at.format("%Y-%m-%dT%H:%M:%S%.3f+00:00").to_string(),
        "device": DEVICE, "kind": "answered", "question": packs::id(slot.question),
        "revision": revision(slot.question), "form": form, "guess": guess, "correct": correct,
        "given": if correct { "as asked" } else { "something else" }, "hint": random.share() < 0.05,
        "cram": false, "took_ms": 2_000 + random.below(20_000),
        "sitting": uuid(&mut Random::new(0), slot.at_ms - slot.at_ms.rem_euclid(86_400_000)),
    })
}

/// Names a text: any twelve digits that are the question's own will do.
fn revision(question: usize) -> String {
    format!("{:012x}", Random::new(question as u64).next() >> 16)
}

/// A UUID of version 7: the millisecond first, so that ids are in the order of time.
fn uuid(random: &mut Random, at_ms: i64) -> String {
    let milliseconds = u128::from(at_ms.unsigned_abs()) << 80;
    let noise = (u128::from(random.next()) << 64 | u128::from(random.next())) >> 52;
    written(milliseconds | 7 << 76 | noise)
}

fn written(uuid: u128) -> String {
    // The variant of RFC 9562.
    let hex = format!("{:032x}", uuid & !(3 << 62) | 2 << 62);
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    parts.join("-")
}
