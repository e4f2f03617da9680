//! The first run: hello, the role, what is already held. Both can be left, each with one key.

use anyhow::Result;
use serde_json::json;

use super::desk::Desk;
use crate::ui::prompter::{Prompter, Wish};
use crate::ui::text::Page;
use badgedex_domain::catalog::Credential;
use badgedex_domain::journal::{Deed, Passed};
use badgedex_domain::period::Offer;
use badgedex_domain::settings::SettingKey;

pub fn run(desk: &mut Desk, prompter: &mut dyn Prompter) -> Result<Wish<()>> {
    let mut page = Page::new(prompter.look());
    page.blank();
    page.title("Welcome to badgedex.");
    page.para(
        "Learn what professional credentials are worth, collect them like rare cards, and see which one to take next. A few questions, then you are ready; Enter leaves each of them open.",
    );
    let hello = page.done();
    prompter.show(&hello)?;
    let asked = ask_role(desk, prompter)?;
    if matches!(asked, Wish::Quit | Wish::End) {
        return Ok(asked);
    }
    ask_held(desk, prompter)
}

/// Asks whose path is followed, and records it.
pub fn ask_issuer(desk: &mut Desk, prompter: &mut dyn Prompter) -> Result<Wish<()>> {
    let catalogs: Vec<(String, String)> =
        desk.catalogs.iter().map(|c| (c.id.clone(), format!("{} ({})", c.issuer, c.short))).collect();
    let options: Vec<String> = catalogs.iter().map(|(_, name)| name.clone()).collect();
    let cursor = catalogs.iter().position(|(id, _)| desk.settings.issuer.as_ref() == Some(id)).unwrap_or(0);
    let chosen = prompter.choose("Whose credentials first?", &options, cursor)?;
    let place = match &chosen {
        Wish::Said(place) => *place,
        Wish::Back => cursor,
        Wish::End | Wish::Quit => return Ok(chosen.map(|_| ())),
    };
    let key = SettingKey::Issuer.name().to_owned();
    desk.record(vec![Deed::Set { key, value: json!(catalogs[place].0) }])?;
    Ok(Wish::Said(()))
}

/// Asks what the learner does, and records it; leaving it open is recorded too.
pub fn ask_role(desk: &mut Desk, prompter: &mut dyn Prompter) -> Result<Wish<()>> {
    let roles = desk.catalog()?.roles.clone();
    let mut options = vec!["I would rather leave that open".to_owned()];
    options.extend(roles.iter().map(|r| r.name.clone()));
    let cursor = roles.iter().position(|r| desk.settings.role.as_ref() == Some(&r.id)).map_or(0, |i| i + 1);
    let chosen = prompter.choose("What do you do?", &options, cursor)?;
    let role = match &chosen {
        Wish::Said(place) => place.checked_sub(1).map_or("none", |i| roles[i].id.as_str()),
        Wish::Back => "none",
        Wish::End | Wish::Quit => return Ok(chosen.map(|_| ())),
    };
    let key = SettingKey::Role.name().to_owned();
    desk.record(vec![Deed::Set { key, value: json!(role) }])?;
    Ok(Wish::Said(()))
}

fn ask_held(desk: &mut Desk, prompter: &mut dyn Prompter) -> Result<Wish<()>> {
    let today = desk.today();
    let all: Vec<Credential> =
        desk.catalog()?.credentials.iter().filter(|c| c.offer(today) != Offer::Announced).cloned().collect();
    let names: Vec<String> = all.iter().map(|c| format!("{} ({})", c.name, c.short)).collect();
    let chosen = match prompter.choose_many("Which of these do you hold?", &names, &[])? {
        Wish::Said(chosen) => chosen,
        Wish::Back => Vec::new(),
        other => return Ok(other.map(|_| ())),
    };
    for place in chosen {
        let credential = &all[place];
        let on =
            match prompter.date(&format!("When did you pass {}?", credential.short), today, Some(today))? {
                Wish::Said(on) => on,
                Wish::Back => continue,
                other => return Ok(other.map(|_| ())),
            };
        let passed = Passed { credential: credential.id.clone(), on, expires: None, proof: None };
        desk.record(vec![Deed::Passed(passed)])?;
    }
    Ok(Wish::Said(()))
}
