//! `due`: what is due, by pack and topic.

use anyhow::Result;
use serde_json::json;

use super::Exit;
use super::desk::Desk;
use super::study;
use crate::ui::output;
use crate::ui::screens::{self, due::Due};

pub fn run(desk: &Desk, short: bool) -> Result<Exit> {
    let due = counted(desk);
    let value = || {
        let topics: Vec<_> = by_topic(desk)
            .into_iter()
            .map(|(pack, topic, due)| json!({ "pack": pack, "topic": topic, "due": due }))
            .collect();
        json!({ "format": 1, "today": desk.today(), "due": due.total, "new": due.new, "topics": topics })
    };
    if short {
        output::page(&if desk.json { value().to_string() } else { screens::due::short(&due) })?;
        return Ok(if due.total > 0 { Exit::Done } else { Exit::NotDone });
    }
    desk.print(value, |look| screens::due::due(look, &due))?;
    Ok(Exit::Done)
}

/// Pack, topic and how many of it are due; topics without are left out.
fn by_topic(desk: &Desk) -> Vec<(&str, &str, usize)> {
    let knowledge = desk.knowledge();
    let mut counts = Vec::new();
    for pack in desk.library.packs() {
        for topic in &pack.topics {
            let is_due = |q: &&crate::domain::question::Question| {
                q.topic == topic.id && !desk.record.is_suspended(&q.id) && knowledge.is_due(&q.id)
            };
            let number = pack.questions.iter().filter(is_due).count();
            if number > 0 {
                counts.push((pack.id.as_str(), topic.id.as_str(), number));
            }
        }
    }
    counts
}

fn counted(desk: &Desk) -> Due {
    let topics = by_topic(desk);
    let title =
        |id: &str| desk.library.packs().iter().find(|p| p.id == id).map_or(id, |p| &p.title).to_owned();
    Due {
        total: topics.iter().map(|(_, _, number)| number).sum(),
        new: study::new_today(desk),
        topics: topics
            .into_iter()
            .map(|(pack, topic, number)| {
                (title(pack), desk.library.topic_name(pack, topic).to_owned(), number)
            })
            .collect(),
    }
}
