//! `exam leave`: gives an open mock exam up.

use anyhow::{Result, bail};

use super::{find, report};
use crate::commands::app_context::AppContext;
use crate::commands::exit::Exit;
use crate::ui::json::json;
use badgedex_domain::journal::{Deed, ExamEnd, ExamId};
use badgedex_store::StoreError;

/// Ends an open mock exam without a result: its questions are questions like others from now on.
///
/// # Errors
/// There is no such exam, it is over, or the store cannot be written to.
pub fn run(app: &mut AppContext, named: &str) -> Result<Exit> {
    let exam = find(app, Some(named))?;
    if !exam.is_open() {
        bail!("the mock exam {} is over\n  badgedex exam show {} shows it", exam.id(), exam.id());
    }
    let (id, title) = (exam.id().clone(), report::title(app, exam));
    give_up(app, &id)?;
    let text = format!("Given up: the mock exam of {title}. Its questions are ordinary study questions now.");
    app.ui.tell(&json!({ "format": 1, "done": "left", "exam": id.as_str() }), &text)?;
    Ok(Exit::Done)
}

/// Records that an exam was given up.
///
/// # Errors
/// The store cannot be written to.
pub fn give_up(app: &mut AppContext, exam: &ExamId) -> Result<(), StoreError> {
    app.record(vec![Deed::ExamFinished { exam: exam.clone(), how: ExamEnd::Left }])
}
