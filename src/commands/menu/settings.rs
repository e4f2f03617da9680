//! Settings: each with its value, to be changed.

use anyhow::Result;

use super::{Flow, choose, say};
use crate::commands::app_context::AppContext;
use crate::commands::{first_run, set};
use crate::ui::prompter::{Prompted, Prompter};
use badgedex_domain::settings::SettingKey;

/// Lists the settings, and changes the chosen one.
pub fn enter(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let options = |app: &AppContext| {
        let shown = |key: &SettingKey| format!("{}: {}", title(*key), app.learner.settings.show(*key));
        Ok(SettingKey::ALL.iter().map(shown).collect())
    };
    choose(app, prompter, "Settings", options, |app, prompter, place| match SettingKey::ALL[place] {
        SettingKey::Target => first_run::ask_target(app, prompter).map(|asked| Flow::left(&asked)),
        SettingKey::Role => first_run::ask_role(app, prompter).map(|asked| Flow::left(&asked)),
        SettingKey::Issuer => first_run::ask_issuer(app, prompter).map(|asked| Flow::left(&asked)),
        key => change(app, prompter, key),
    })
}

fn title(key: SettingKey) -> &'static str {
    match key {
        SettingKey::Target => "Target",
        SettingKey::TargetDate => "Day of the target's exam",
        SettingKey::AnswersPerDay => "Questions a day",
        SettingKey::Mix => "Share of other packs",
        SettingKey::ExtraTime => "Extra time in mock exams (%)",
        SettingKey::FirstPack => "First pack without a target",
        SettingKey::Role => "Role",
        SettingKey::Issuer => "Issuer",
        SettingKey::Partner => "Partner of the issuer",
        SettingKey::Retention => "Desired retention",
        SettingKey::NewPerDay => "New questions a day",
        SettingKey::Goal => "Goal for a day",
        SettingKey::DaysOff => "Days off",
        SettingKey::Gamification => "Streak, levels and awards",
        SettingKey::Color => "Color",
    }
}

fn change(app: &mut AppContext, prompter: &mut dyn Prompter, key: SettingKey) -> Result<Flow> {
    let current = app.learner.settings.clone();
    let check = |text: &str| current.clone().apply(key, text).map_err(|unfit| unfit.to_string());
    let prompt = format!("{} ({})", title(key), key.values());
    let said = prompter.text(&prompt, &app.learner.settings.show(key), &check)?;
    let Prompted::Input(value) = said else { return Ok(Flow::left(&said)) };
    match set::set(app, key, &value) {
        Ok(()) => Ok(Flow::Back),
        Err(error) => say(prompter, &format!("{error:#}")),
    }
}
