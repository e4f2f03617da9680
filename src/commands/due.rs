//! `due`: what is due, by pack and topic.

use anyhow::Result;
use serde_json::Value;

use super::app_context::AppContext;
use super::exam_days;
use super::exit::Exit;
use super::startup::Startup;
use super::upgrade;
use super::with_app::with_startup;
use crate::cli::GlobalArgs;
use crate::ui::json::json;
use crate::ui::output;
use crate::ui::screens::{
    self,
    due::Due,
    exam_days::{CatchUp, ExamDaysView},
};
use badgedex_domain::overview::{Overview, TopicSummary};

/// Tells what is due; in short without reading packs and answers, if that is cached.
///
/// # Errors
/// The learner's data cannot be read, or standard output cannot be written to.
pub fn run(global: &GlobalArgs, short: bool) -> Result<Exit> {
    let startup = Startup::open(global)?;
    if short
        && !global.json
        && let Some((due, streak_days)) = startup.due()
    {
        return tell_short(due, streak_days);
    }
    with_startup(startup, global, |app| {
        // A shell prompt has no place for it.
        if !short {
            upgrade::run(app)?;
        }
        show(app, short)
    })
}

/// Tells what is due.
///
/// # Errors
/// The learner's data cannot be read, or standard output cannot be written to.
pub fn show(app: &AppContext, short: bool) -> Result<Exit> {
    let overview = app.overview()?;
    let exam_json = if app.ui.json { exam_days::json(app)? } else { Value::Null };
    let value = || {
        let topics: Vec<_> =
            due_topics(overview).map(|t| json!({ "pack": t.pack, "topic": t.topic, "due": t.due })).collect();
        json!({
            "format": 1, "today": app.clock.today, "due": overview.due, "new": overview.new, "topics": topics,
            "exam": exam_json,
        })
    };
    if short && !app.ui.json {
        return tell_short(overview.due, overview.shown_streak(&app.learner.settings));
    }
    let exam = exam_days::view(app)?;
    let catch_up = if app.ui.json { Vec::new() } else { exam_days::ways_to_catch_up(app)? };
    app.ui.print(value, |look| screens::due::due(look, &counted(overview, exam, catch_up)))?;
    Ok(if short && overview.due == 0 { Exit::NotDone } else { Exit::Done })
}

/// One line for a shell prompt, and an exit code for a script.
fn tell_short(due: usize, streak_days: u32) -> Result<Exit> {
    output::page(&screens::due::short(due, streak_days))?;
    Ok(if due > 0 { Exit::Done } else { Exit::NotDone })
}

/// The topics of which something is due.
fn due_topics(overview: &Overview) -> impl Iterator<Item = &TopicSummary> {
    overview.topics.iter().filter(|topic| topic.due > 0)
}

fn counted(overview: &Overview, exam: Option<ExamDaysView>, catch_up: Vec<CatchUp>) -> Due {
    Due {
        exam,
        catch_up,
        total: overview.due,
        new: overview.new,
        topics: due_topics(overview).map(|t| (t.pack_title.clone(), t.name.clone(), t.due)).collect(),
    }
}
