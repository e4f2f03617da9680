//! `stats`: what was learned, and what is to come.

use anyhow::Result;
use serde_json::{Value, json};

use super::Exit;
use super::desk::Desk;
use crate::domain::mastery::Mastery;
use crate::ui::screens::{self, stats::Stats};

pub fn run(desk: &Desk, all: bool) -> Result<Exit> {
    let stats = figures(desk);
    desk.print(|| stats_json(desk, &stats, all), |look| screens::stats::stats(look, &stats))?;
    Ok(Exit::Done)
}

fn figures(desk: &Desk) -> Stats {
    let knowledge = desk.knowledge();
    let due = desk
        .library
        .questions()
        .filter(|q| !desk.record.is_suspended(&q.id) && knowledge.is_due(&q.id))
        .count();
    Stats {
        all: knowledge.of(desk.library.questions()),
        due,
        answers: desk.history.answers(),
        right: desk.history.right(),
        streak_days: desk.history.streak_days(desk.clock.day()),
        calibration: desk.history.calibration,
        topics: topics(desk).into_iter().map(|t| (t.pack_title, t.topic_name, t.mastery)).collect(),
        coming: knowledge.upcoming(&desk.record).into_iter().collect(),
        today: desk.clock.day(),
    }
}

struct TopicFigures {
    pack: String,
    pack_title: String,
    topic: String,
    topic_name: String,
    mastery: Mastery,
}

fn topics(desk: &Desk) -> Vec<TopicFigures> {
    let knowledge = desk.knowledge();
    let mut topics = Vec::new();
    for pack in desk.library.packs() {
        for topic in &pack.topics {
            topics.push(TopicFigures {
                pack: pack.id.clone(),
                pack_title: pack.title.clone(),
                topic: topic.id.clone(),
                topic_name: topic.name.clone(),
                mastery: knowledge.of(pack.questions.iter().filter(|q| q.topic == topic.id)),
            });
        }
    }
    topics
}

fn stats_json(desk: &Desk, stats: &Stats, all: bool) -> Value {
    let topics: Vec<Value> = topics(desk)
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
    if all {
        value["details"] = details(desk);
    }
    value
}

/// Every question ever answered, also of packs that are gone.
fn details(desk: &Desk) -> Value {
    let mut tracks: Vec<_> = desk.history.tracks().collect();
    tracks.sort_by_key(|(id, _)| *id);
    let day = desk.clock.day();
    tracks
        .into_iter()
        .map(|(id, track)| {
            let learned = desk.history.learned(id);
            json!({
                "question": id.as_str(),
                "answers": track.answers,
                "right": track.right,
                "retrievability": learned.map(|l| l.raw_retrievability(&desk.model, day)),
                "strength_days": learned.map(|l| l.strength(&desk.model)),
                "due_on": learned.map(|l| l.due_on(&desk.model, desk.settings.retention)),
            })
        })
        .collect()
}
