//! `awards`: what was earned by remembering, and what can be.

use anyhow::Result;
use serde_json::Value;

use super::app_context::AppContext;
use super::exit::Exit;
use crate::ui::json::json;
use crate::ui::screens;
use badgedex_domain::awards::AwardState;

const OFF: &str = "Awards are switched off: badgedex set gamification on shows them.";

/// Lists the awards.
///
/// # Errors
/// The store cannot be read, or standard output cannot be written to.
pub fn run(app: &AppContext) -> Result<Exit> {
    let is_on = app.learner.settings.gamification;
    if !is_on {
        app.ui.tell(
            &json!({ "format": 1, "today": app.clock.today, "gamification": is_on, "awards": [] }),
            OFF,
        )?;
        return Ok(Exit::Done);
    }
    let states = &app.overview()?.awards;
    let value =
        || json!({ "format": 1, "today": app.clock.today, "gamification": is_on, "awards": listed(states) });
    app.ui.print(value, |look| screens::awards::awards(look, states))?;
    Ok(Exit::Done)
}

/// Awards as JSON. Secret ones are listed once they are earned.
pub fn listed(states: &[AwardState]) -> Vec<Value> {
    let is_shown = |state: &&AwardState| state.earned_on.is_some() || !state.award.is_secret();
    let award = |state: &AwardState| {
        json!({
            "award": state.award.name(), "name": state.award.name(),
            "title": screens::awards::title(state.award), "how": screens::awards::how(state.award),
            "have": state.have, "need": state.need, "earned_on": state.earned_on,
        })
    };
    states.iter().filter(is_shown).map(award).collect()
}
