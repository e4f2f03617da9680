//! Mock exams: one that begins or goes on, and the results so far.

use anyhow::Result;

use super::{Flow, choose, is_broken_pipe, say, store_error};
use crate::cli::ExamStartArgs;
use crate::commands::app_context::AppContext;
use crate::commands::exam;
use crate::commands::exit::Exit;
use crate::commands::first_run::ask_target;
use crate::ui::prompter::{Prompted, Prompter};

/// "Mock exam", or how far the open one is.
pub fn label(app: &AppContext) -> String {
    let target = app.learner.settings.target.as_ref();
    match target.and_then(|target| exam::open_label(app, target)) {
        Some(open) => format!("Mock exam: go on, {open}"),
        None => "Mock exam".to_owned(),
    }
}

/// A mock exam of the target, which is asked for if there is none.
pub fn enter(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    if app.learner.settings.target.is_none() {
        let asked = ask_target(app, prompter)?;
        if !matches!(asked, Prompted::Input(_)) {
            return Ok(Flow::left(&asked));
        }
    }
    let Some(target) = app.learner.settings.target.clone() else { return Ok(Flow::Back) };
    let sat = exam::sit(app, prompter, &target, &ExamStartArgs::default());
    told(prompter, sat)
}

/// The results so far, of which one is chosen.
pub fn results(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    if app.learner.exams.all().is_empty() {
        return say(prompter, "No mock exam yet.");
    }
    let options = |app: &AppContext| Ok(exam::choices(app)?.into_iter().map(|(_, name)| name).collect());
    choose(app, prompter, "Mock exams", options, |app, prompter, place| {
        let Some((id, _)) = exam::choices(app)?.into_iter().nth(place) else { return Ok(Flow::Back) };
        let shown = exam::review::show_result(app, prompter, &id, None);
        told(prompter, shown)
    })
}

/// Says why an exam could not be taken. If the learner's data or the terminal fails, the program ends.
fn told(prompter: &mut dyn Prompter, done: Result<Exit>) -> Result<Flow> {
    match done {
        Ok(Exit::Interrupted) => Ok(Flow::Quit),
        Ok(_) => Ok(Flow::Back),
        Err(error) if store_error(&error).is_some() || is_broken_pipe(&error) => Err(error),
        Err(error) => say(prompter, &format!("{error:#}")),
    }
}
