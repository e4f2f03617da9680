//! `awards`: what was earned by remembering, and what can be.

use anyhow::Result;
use serde_json::{Value, json};

use super::Exit;
use super::desk::Desk;
use crate::ui::screens;
use badgedex_domain::awards::AwardState;

const OFF: &str = "Awards are switched off: badgedex set gamification on shows them.";

pub fn run(desk: &Desk) -> Result<Exit> {
    let is_on = desk.settings.gamification;
    if !is_on {
        desk.tell(&json!({ "format": 1, "today": desk.today(), "gamification": is_on, "awards": [] }), OFF)?;
        return Ok(Exit::Done);
    }
    let states = &desk.overview()?.awards;
    let value =
        || json!({ "format": 1, "today": desk.today(), "gamification": is_on, "awards": listed(states) });
    desk.print(value, |look| screens::awards::awards(look, states))?;
    Ok(Exit::Done)
}

/// Secret ones are listed once they are earned.
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
