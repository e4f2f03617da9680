//! The first run: a greeting, the role, what is already held. Each question can be left open with one key.

use anyhow::Result;

use super::app_context::AppContext;
use crate::ui::json::json;
use crate::ui::prompter::{Prompted, Prompter};
use crate::ui::text::Page;
use badgedex_domain::catalog::Credential;
use badgedex_domain::journal::{Deed, Passed};
use badgedex_domain::period::Offer;
use badgedex_domain::settings::SettingKey;

/// Greets the learner, and asks for their role and what they hold.
///
/// # Errors
/// The store cannot be written to, or the terminal is gone.
pub fn run(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Prompted<()>> {
    let mut page = Page::new(prompter.look());
    page.blank();
    page.title("Welcome to badgedex.");
    page.para(
        "Learn what professional credentials are worth, collect them like rare cards, and see which one to take next. A few questions, then you are ready; Enter leaves each of them open.",
    );
    let hello = page.done();
    prompter.show(&hello)?;
    let asked = ask_role(app, prompter)?;
    if matches!(asked, Prompted::Quit | Prompted::EndOfInput) {
        return Ok(asked);
    }
    ask_held(app, prompter)
}

/// Asks whose path is followed, and records it.
///
/// # Errors
/// The store cannot be written to, or the terminal is gone.
pub fn ask_issuer(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Prompted<()>> {
    let catalogs: Vec<(String, String)> =
        app.packs.catalogs.iter().map(|c| (c.id.clone(), format!("{} ({})", c.issuer, c.short))).collect();
    let options: Vec<String> = catalogs.iter().map(|(_, name)| name.clone()).collect();
    let cursor =
        catalogs.iter().position(|(id, _)| app.learner.settings.issuer.as_ref() == Some(id)).unwrap_or(0);
    let chosen = prompter.choose("Whose credentials first?", &options, cursor)?;
    let place = match &chosen {
        Prompted::Input(place) => *place,
        Prompted::Back => cursor,
        Prompted::EndOfInput | Prompted::Quit => return Ok(chosen.map(|_| ())),
    };
    let key = SettingKey::Issuer.name().to_owned();
    app.record(vec![Deed::Set { key, value: json!(catalogs[place].0) }])?;
    Ok(Prompted::Input(()))
}

/// Asks what the learner does, and records it; leaving it open is recorded, too.
///
/// # Errors
/// The store cannot be written to, or the terminal is gone.
pub fn ask_role(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Prompted<()>> {
    let roles = app.catalog()?.roles.clone();
    let mut options = vec!["I would rather leave that open".to_owned()];
    options.extend(roles.iter().map(|r| r.name.clone()));
    let cursor =
        roles.iter().position(|r| app.learner.settings.role.as_ref() == Some(&r.id)).map_or(0, |i| i + 1);
    let chosen = prompter.choose("What do you do?", &options, cursor)?;
    let role = match &chosen {
        Prompted::Input(place) => place.checked_sub(1).map_or("none", |i| roles[i].id.as_str()),
        Prompted::Back => "none",
        Prompted::EndOfInput | Prompted::Quit => return Ok(chosen.map(|_| ())),
    };
    let key = SettingKey::Role.name().to_owned();
    app.record(vec![Deed::Set { key, value: json!(role) }])?;
    Ok(Prompted::Input(()))
}

fn ask_held(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Prompted<()>> {
    let today = app.clock.today;
    let all: Vec<Credential> =
        app.catalog()?.credentials.iter().filter(|c| c.offer(today) != Offer::Announced).cloned().collect();
    let names: Vec<String> = all.iter().map(|c| format!("{} ({})", c.name, c.short)).collect();
    let chosen = match prompter.choose_many("Which of these do you hold?", &names, &[])? {
        Prompted::Input(chosen) => chosen,
        Prompted::Back => Vec::new(),
        other => return Ok(other.map(|_| ())),
    };
    for place in chosen {
        let credential = &all[place];
        let on =
            match prompter.date(&format!("When did you pass {}?", credential.short), today, Some(today))? {
                Prompted::Input(on) => on,
                Prompted::Back => continue,
                other => return Ok(other.map(|_| ())),
            };
        let passed = Passed { credential: credential.id.clone(), on, expires: None, proof: None };
        app.record(vec![Deed::Passed(passed)])?;
    }
    Ok(Prompted::Input(()))
}
