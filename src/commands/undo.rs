//! `undo`: takes back the last thing done, also after a restart.

use anyhow::Result;
use serde_json::Value;

use super::app_context::AppContext;
use super::exit::Exit;
use crate::ui::json::json;
use crate::ui::output;
use crate::ui::text::{count, date};
use badgedex_domain::journal::{Deed, Event, ExamEnd};
use badgedex_domain::period::PartialDate;
use badgedex_domain::sanitize;
use badgedex_domain::settings::{pack_of_off_key, yes_or_no};
use badgedex_domain::wording::partial_date;
use badgedex_store::jsonl;

/// Takes back the last thing that the learner did.
///
/// # Errors
/// The store cannot be read or written.
pub fn run(app: &mut AppContext) -> Result<Exit> {
    let Some(last) = app.journal.store.last_deed()? else {
        output::note("there is nothing to undo")?;
        return Ok(Exit::NotDone);
    };
    let retractions = last.events.iter().map(|e| Deed::Retracted { event: e.id }).collect();
    app.record(retractions)?;
    let text = match exam_result(&last.events) {
        Some(text) => text,
        None => {
            let words: Vec<String> = last.events.iter().map(|event| words(app, event)).collect();
            format!("Undone: {}.", words.join("; "))
        }
    };
    let events: Vec<_> = last.events.iter().map(jsonl::write).collect();
    app.ui.tell(&json!({ "format": 1, "retracted": events, "text": text }), &text)?;
    Ok(Exit::Done)
}

/// The end of a mock exam with its answers, which are many; `None` if the events are something else.
fn exam_result(events: &[Event]) -> Option<String> {
    let answers = events.iter().filter(|event| matches!(event.deed, Deed::Answered(_))).count();
    let ends = |event: &Event| matches!(event.deed, Deed::ExamFinished { how, .. } if how != ExamEnd::Left);
    events.iter().any(ends).then(|| {
        let answers = count(answers, "answer", "answers");
        format!("Undone: the result of a mock exam and its {answers}. You have seen its questions: they are questions like others.")
    })
}

/// A setting in words.
fn setting(key: &str, value: &Value) -> String {
    let switched = pack_of_off_key(key).zip(value.as_str().and_then(yes_or_no));
    match switched {
        Some((pack, is_off)) => {
            format!(
                "that the pack {} was switched {}",
                sanitize::line(pack),
                if is_off { "off" } else { "on" }
            )
        }
        None => format!("the setting {} = {}", sanitize::line(key), sanitize::line(&value.to_string())),
    }
}

/// An event in words.
fn words(app: &AppContext, event: &Event) -> String {
    let name = |id: &badgedex_domain::catalog::CredentialId| {
        app.packs
            .catalogs
            .credential(id)
            .map_or_else(|| sanitize::line(id.as_str()).into_owned(), |c| c.name.clone())
    };
    let stem = |id: &badgedex_domain::question::QuestionId| {
        let question = app.packs.library().question(app.packs.library().current_id(id));
        question.map_or_else(
            || sanitize::line(id.as_str()).into_owned(),
            |q| format!("\"{}\"", q.stem.replace('\n', " ")),
        )
    };
    match &event.deed {
        Deed::Answered(a) => format!("the answer to {}", stem(&a.question)),
        Deed::Passed(p) => match p.precision.of(p.on) {
            Some(PartialDate::Day(day)) => format!("the pass of {} on {}", name(&p.credential), date(day)),
            Some(when) => format!("the pass of {} in {}", name(&p.credential), partial_date(when)),
            None => format!("the pass of {}", name(&p.credential)),
        },
        Deed::Failed { credential, .. } => format!("the fail of {}", name(credential)),
        Deed::Scheduled(s) => format!("the exam of {} on {}", name(&s.credential), date(s.on)),
        Deed::Moved { credential, on } => {
            format!("the move of the exam of {} to {}", name(credential), date(*on))
        }
        Deed::Unscheduled { credential } => format!("that no exam of {} is booked", name(credential)),
        Deed::Dropped { credential } => format!("that {} left the collection", name(credential)),
        Deed::Skipped { credential } => format!("the skipping of {}", name(credential)),
        Deed::Unskipped { credential } => format!("that {} is suggested again", name(credential)),
        Deed::Suspended { question } => format!("that {} was set aside", stem(question)),
        Deed::Resumed { question } => format!("that {} is asked again", stem(question)),
        Deed::Flagged { question, .. } => format!("the flag on {}", stem(question)),
        Deed::Unflagged { question } => format!("that the flag on {} was taken away", stem(question)),
        Deed::Noted { question, .. } => format!("the note on {}", stem(question)),
        Deed::ExamStarted(_) => "the start of a mock exam".to_owned(),
        Deed::ExamMarked(marked) => format!("a mark on {} in a mock exam", stem(&marked.question)),
        Deed::ExamPaused { .. } => "a break in a mock exam".to_owned(),
        Deed::ExamResumed { .. } => "that a mock exam went on".to_owned(),
        Deed::ExamFinished { .. } => "the result of a mock exam".to_owned(),
        Deed::Set { key, value } => setting(key, value),
        Deed::Tuned { .. } => "the fitted parameters".to_owned(),
        Deed::Retracted { .. } => "a retraction".to_owned(),
        Deed::Unknown { kind } => format!("an event of the kind {}", sanitize::line(kind)),
    }
}
