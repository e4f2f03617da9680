//! `due`: what is due, by pack and topic.

use anyhow::Result;
use serde_json::json;

use super::Exit;
use super::desk::Desk;
use crate::ui::output;
use crate::ui::screens::{self, due::Due};
use badgedex_domain::overview::{Overview, TopicSummary};
use badgedex_domain::settings::Settings;

pub fn run(desk: &Desk, short: bool) -> Result<Exit> {
    let overview = desk.overview()?;
    let value = || {
        let topics: Vec<_> =
            due_topics(overview).map(|t| json!({ "pack": t.pack, "topic": t.topic, "due": t.due })).collect();
        json!({
            "format": 1, "today": desk.today(), "due": overview.due, "new": overview.new, "topics": topics,
        })
    };
    if short && !desk.json {
        return tell_short(overview.due, shown_streak(overview, &desk.settings));
    }
    desk.print(value, |look| screens::due::due(look, &counted(overview)))?;
    Ok(if short && overview.due == 0 { Exit::NotDone } else { Exit::Done })
}

/// One line for a shell prompt, and an exit code for a script.
pub fn tell_short(due: usize, streak_days: u32) -> Result<Exit> {
    output::page(&screens::due::short(due, streak_days))?;
    Ok(if due > 0 { Exit::Done } else { Exit::NotDone })
}

/// Days of the streak where they are shown, else 0.
pub fn shown_streak(overview: &Overview, settings: &Settings) -> u32 {
    if settings.gamification { overview.streak.days } else { 0 }
}

/// The topics of which something is due.
fn due_topics(overview: &Overview) -> impl Iterator<Item = &TopicSummary> {
    overview.topics.iter().filter(|topic| topic.due > 0)
}

fn counted(overview: &Overview) -> Due {
    Due {
        total: overview.due,
        new: overview.new,
        topics: due_topics(overview).map(|t| (t.pack_title.clone(), t.name.clone(), t.due)).collect(),
    }
}
