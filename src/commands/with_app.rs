//! The frame around every command that needs the learner's data.

use anyhow::Result;

use super::app_context::AppContext;
use super::daily_backup;
use super::exit::Exit;
use super::startup::Startup;
use super::upgrade;
use crate::cli::GlobalArgs;
use crate::ui::output;

/// Opens the learner's data, does the work, and leaves the day's backup. A backup that fails is told, and
/// does not undo what was done.
///
/// # Errors
/// The data cannot be read, or the work fails.
pub fn with_app(global: &GlobalArgs, work: impl FnOnce(&mut AppContext) -> Result<Exit>) -> Result<Exit> {
    with_startup(Startup::open(global)?, global, |app| {
        upgrade::run(app)?;
        work(app)
    })
}

/// As [`with_app`], after the first step.
///
/// # Errors
/// The data cannot be read, or the work fails.
pub fn with_startup(
    startup: Startup,
    global: &GlobalArgs,
    work: impl FnOnce(&mut AppContext) -> Result<Exit>,
) -> Result<Exit> {
    let mut app = AppContext::open(startup, global)?;
    let exit = work(&mut app);
    if let Err(error) = daily_backup::keep(&app) {
        output::note(&format!("{error:#}"))?;
    }
    exit
}
