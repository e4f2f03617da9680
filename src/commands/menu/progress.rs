//! Progress: statistics, what is due, awards.

use anyhow::Result;

use super::{Flow, choose, page};
use crate::commands::app_context::AppContext;
use crate::commands::{awards, due, stats, target};
use crate::ui::prompter::Prompter;

/// Shows one page after the other.
pub fn enter(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let options = |_: &AppContext| {
        Ok(["What is weak: the target, domain by domain", "Statistics", "What is due", "Awards"]
            .map(str::to_owned)
            .into())
    };
    choose(app, prompter, "Progress", options, |app, prompter, place| {
        page(app, prompter, |app| match place {
            0 => target::show(app),
            1 => stats::run(app, false, None),
            2 => due::show(app, false),
            _ => awards::run(app),
        })
    })
}
