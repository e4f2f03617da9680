//! `suspend` and `resume`: a question is set aside, or asked again.

use crate::ui::json::json;
use anyhow::{Result, bail};

use super::app_context::AppContext;
use super::errors::not_found;
use super::exit::Exit;
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
