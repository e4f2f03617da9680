//! `stats`: what was learned, and what is to come.

use anyhow::Result;
use serde_json::{Value, json};

use super::Exit;
use super::desk::Desk;
use crate::domain::overview::Overview;
use crate::store::StoreError;
use crate::ui::screens::{self, stats::Stats};

pub fn run(desk: &Desk, all: bool) -> Result<Exit> {
    let overview = desk.overview()?;
    let details = if all { Some(details(desk)?) } else { None };
    desk.print(
        || stats_json(desk, overview, details),
        |look| screens::stats::stats(look, &figures(overview)),
    )?;
    Ok(Exit::Done)
}

fn figures(overview: &Overview) -> Stats {
    Stats {
        all: overview.all,
        due: overview.due,
        answers: overview.answers,
        right: overview.right,
        streak_days: overview.streak_days,
        calibration: overview.calibration,
        topics: overview.topics.iter().map(|t| (t.pack_title.clone(), t.name.clone(), t.mastery)).collect(),
        coming: overview.coming.iter().map(|(on, number)| (*on, *number)).collect(),
        today: overview.day,
    }
}

fn stats_json(desk: &Desk, stats: &Overview, details: Option<Value>) -> Value {
    let topics: Vec<Value> = stats
        .topics
        .iter()
        .map(|t| {
            json!({
                "pack": t.pack, "topic": t.topic, "mastery": t.mastery.mean, "questions": t.mastery.questions,
                "mastered": t.mastery.mastered,
            })
        })
        .collect();
    let of = f64::from(stats.calibration.answers);
    let mean = |sum: f64| (stats.calibration.answers > 0).then_some(sum / of);
    let mut value = json!({
        "format": 1,
        "today": desk.today(),
        "questions": {
            "total": stats.all.questions, "seen": stats.all.seen, "learning": stats.all.learning,
            "mastered": stats.all.mastered, "due": stats.due,
        },
        "answers": stats.answers,
        "right": stats.right,
        "streak_days": stats.streak_days,
        "topics": topics,
        "calibration": {
            "answers": stats.calibration.answers,
            "predicted": mean(stats.calibration.predicted),
            "actual": mean(f64::from(stats.calibration.right)),
        },
    });
    if let Some(details) = details {
        value["details"] = details;
    }
    value
}

/// Every question ever answered, also of packs that are gone.
fn details(desk: &Desk) -> Result<Value, StoreError> {
    let history = desk.history()?;
    let mut tracks: Vec<_> = history.tracks().collect();
    tracks.sort_by_key(|(id, _)| *id);
    let details = tracks.into_iter().map(|(id, track)| {
        let learned = history.learned(id);
        json!({
            "question": id.as_str(),
            "answers": track.answers,
            "right": track.right,
            "retrievability": learned.map(|l| l.raw_retrievability(&desk.model, desk.day())),
            "strength_days": learned.map(|l| l.strength(&desk.model)),
            "due_on": learned.map(|l| l.due_on(&desk.model, desk.settings.retention)),
        })
    });
    Ok(details.collect())
}
