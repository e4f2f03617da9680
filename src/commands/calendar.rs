//! `calendar`: exams, expiries and renewal windows as iCalendar.

use std::path::Path;

use anyhow::Result;
use serde_json::Value;

use super::app_context::AppContext;
use super::exit::Exit;
use super::{exam_days, files, target};
use crate::ui::json::json;
use crate::ui::output;
use badgedex_share::calendar::{self, CalendarEntry};

/// Writes exams, expiries and renewal windows; with `study` also the days until the next exam.
///
/// # Errors
/// The calendar cannot be written.
pub fn run(app: &AppContext, out: Option<&Path>, study: bool) -> Result<Exit> {
    let mut entries = calendar::entries(&app.learner.record, &app.packs.catalogs, app.clock.today);
    if study {
        entries.extend(study_entries(app)?);
        entries.sort_by_key(|entry| entry.on);
    }
    if app.ui.json {
        let entries: Vec<Value> = entries.iter().map(entry_json).collect();
        output::json(&json!({ "format": 1, "today": app.clock.today, "entries": entries }))?;
        return Ok(Exit::Done);
    }
    // The time of the last deed: the same data gives the same bytes.
    let Some(last) = app.journal.deeds().iter().map(|e| e.at).max().filter(|_| !entries.is_empty()) else {
        output::note("no exam is booked and nothing that you hold expires: there is no calendar to write")?;
        return Ok(Exit::NotDone);
    };
    files::deliver(out, calendar::write(&entries, last.to_utc()).as_bytes(), true)?;
    Ok(Exit::Done)
}

/// The days until the next exam.
fn study_entries(app: &AppContext) -> Result<Vec<CalendarEntry>> {
    let Some(exam) = &app.overview()?.sitting.exam else { return Ok(Vec::new()) };
    let days = exam_days::schedule(app)?;
    let mock_exams = exam_days::mock_exam_days(app)?;
    Ok(calendar::study_entries(&target::name(app, &exam.target)?, &days, &mock_exams))
}

fn entry_json(entry: &CalendarEntry) -> Value {
    json!({ "uid": entry.uid, "on": entry.on, "until": entry.until, "title": entry.title, "text": entry.text })
}
