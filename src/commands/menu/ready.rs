//! The chance to pass, and the first answers that are missing to tell it.

use anyhow::Result;

use super::study::sit;
use super::{Flow, held, read, say};
use crate::cli::{ReadyArgs, StudyArgs};
use crate::commands::app_context::AppContext;
use crate::commands::ready;
use crate::ui::prompter::{Prompted, Prompter};
use crate::ui::screens::ready::FirstStep;
use crate::ui::text::count;

/// Shows how ready the learner is, and offers the questions that are missing to tell it.
pub fn enter(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let Ok(target) = ready::wanted(app, &ReadyArgs::default()) else {
        return say(
            prompter,
            "Set a target first, or book an exam: then this says how likely you are to pass it.",
        );
    };
    let text = held(app, prompter, |app| ready::show(app, &target, None))?;
    let Some(step) = ready::first_step(app, &target)? else { return read(prompter, &text) };
    prompter.show(&text)?;
    let questions = count(step.answers, "new question", "new questions");
    let of = step.title.as_ref().map_or_else(String::new, |title| format!(" on {title}"));
    let options = [format!("Answer {questions}{of}"), "Back".to_owned()];
    match prompter.choose("What now?", &options, 0)? {
        Prompted::Input(0) => sit(app, prompter, &args(step)),
        left => Ok(Flow::left(&left)),
    }
}

fn args(step: FirstStep) -> StudyArgs {
    StudyArgs {
        topic: step.topic.into_iter().collect(),
        count: u32::try_from(step.answers).ok(),
        ..StudyArgs::default()
    }
}
