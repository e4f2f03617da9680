//! `suspend` and `resume`: a question is set aside, or asked again.

use anyhow::{Result, bail};

use super::app_context::AppContext;
use super::errors::not_found;
use super::exam_days;
use super::exit::Exit;
use crate::ui::json::json;
use crate::ui::text::count;
use badgedex_domain::journal::Deed;

/// Sets a question aside.
///
/// # Errors
/// There is no such question, it is set aside already, or the store cannot be written to.
pub fn suspend(app: &mut AppContext, named: &str) -> Result<Exit> {
    let found = app.packs.library().find_question(named).map_err(|e| not_found(&e))?;
    let question = found.id.clone();
    if app.learner.record.is_suspended(found) {
        bail!("{question} is set aside already");
    }
    app.record(vec![Deed::Suspended { question: question.clone() }])?;
    let text = format!("Set aside: {question}. badgedex resume {question} brings it back.");
    app.ui.tell(&json!({ "format": 1, "done": "suspended", "question": question.as_str() }), &text)?;
    Ok(Exit::Done)
}

/// Sets aside new questions of the next exam, those that count least.
///
/// # Errors
/// No exam with content has a day, none of its questions is new, or the store cannot be written to.
pub fn suspend_least(app: &mut AppContext, number: usize) -> Result<Exit> {
    if app.overview()?.sitting.exam.is_none() {
        bail!("no exam with questions has a day\n  badgedex target CREDENTIAL --on DATE");
    }
    let questions = exam_days::set_aside(app, number)?;
    if questions.is_empty() {
        bail!(
            "every question of the exam was answered already, or is set aside\n  badgedex suspend QUESTION sets one aside"
        );
    }
    let number = count(questions.len(), "question", "questions");
    let text = format!("Set aside: {number}. badgedex undo brings them back.");
    app.ui.tell(&json!({ "format": 1, "done": "suspended", "questions": questions }), &text)?;
    Ok(Exit::Done)
}

/// Asks a question again that was set aside.
///
/// # Errors
/// There is no such question, it is not set aside, or the store cannot be written to.
pub fn resume(app: &mut AppContext, named: &str) -> Result<Exit> {
    let found = app.packs.library().find_question(named).map_err(|e| not_found(&e))?;
    let question = found.id.clone();
    if !app.learner.record.is_suspended(found) {
        bail!("{question} is not set aside");
    }
    app.record(vec![Deed::Resumed { question: question.clone() }])?;
    let text = format!("{question} will be asked again.");
    app.ui.tell(&json!({ "format": 1, "done": "resumed", "question": question.as_str() }), &text)?;
    Ok(Exit::Done)
}
