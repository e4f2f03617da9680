//! The first run: a greeting, then what the learner is preparing for, when, and what they hold already.
//!
//! Each question can be left open with one key. The role is asked for when advice first needs it.

use anyhow::Result;
use chrono::{Days, NaiveDate};

use super::app_context::AppContext;
use super::{record, target};
use crate::ui::json::json;
use crate::ui::prompter::{Prompted, Prompter};
use crate::ui::text::{Page, count};
use badgedex_domain::catalog::Credential;
use badgedex_domain::journal::{Deed, Passed, Scheduled};
use badgedex_domain::period::{Offer, PartialDate};
use badgedex_domain::question::Teaches;
use badgedex_domain::settings::SettingKey;
use badgedex_domain::target::{DaySource, Target};
use badgedex_domain::typed_date;

/// The pack for those who do not know yet what to prepare for.
const FIRST_FACTS: &str = "article";
/// Where the calendar opens: most people book an exam some weeks ahead.
const USUAL_DAYS: u64 = 21;
/// An exam that is further off leaves time for other packs.
const MIN_DAYS_FOR_MIX: i64 = 31;
/// The share of other packs that is offered then.
const OFFERED_MIX: &str = "0.1";

/// Greets the learner, and asks what they are preparing for and what they hold.
///
/// # Errors
/// The store cannot be written to, or the terminal is gone.
pub fn run(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Prompted<()>> {
    let mut page = Page::new(prompter.look());
    page.blank();
    page.title("Welcome to badgedex.");
    page.para(
        "It helps you pass certification exams: each day it asks what you are about to forget and what you have not met yet. Three short questions first; Esc skips each.",
    );
    page.blank();
    let hello = page.done();
    prompter.show(&hello)?;
    let asked = ask_target(app, prompter)?;
    if matches!(asked, Prompted::Quit | Prompted::EndOfInput) {
        return Ok(asked);
    }
    ask_held(app, prompter)
}

/// What can be prepared for.
enum Choice {
    Target(Target),
    NoneYet,
}

/// Asks which exam the learner is preparing for, and when it is; records both.
///
/// # Errors
/// The store cannot be written to, or the terminal is gone.
pub fn ask_target(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Prompted<()>> {
    let (options, choices) = choices(app);
    let present = app.learner.settings.target.as_ref();
    let is_present = |choice: &Choice| matches!(choice, Choice::Target(target) if Some(target) == present);
    let cursor = choices.iter().position(is_present).unwrap_or(0);
    let chosen = prompter.choose("Which exam are you preparing for?", &options, cursor)?;
    let Prompted::Input(place) = chosen else { return Ok(chosen.map(|_| ())) };
    match &choices[place] {
        Choice::NoneYet => {
            start_with_facts(app, prompter)?;
            Ok(Prompted::Input(()))
        }
        Choice::Target(target) => {
            target::set(app, Some(target), None)?;
            let view = target::view_of(app, target)?;
            if view.questions == 0 {
                let mut page = Page::new(prompter.look());
                crate::ui::screens::target::without_content(&mut page, prompter.look(), &view);
                let text = page.done();
                prompter.show(&text)?;
            }
            ask_target_day(app, prompter)
        }
    }
}

/// What can be chosen: exams with questions first, then none, then exams with facts about them only.
fn choices(app: &AppContext) -> (Vec<String>, Vec<Choice>) {
    let today = app.clock.today;
    let library = app.packs.library();
    let mut with_content = Vec::new();
    let mut with_facts = Vec::new();
    let all = app.packs.catalogs.iter().flat_map(|catalog| {
        let named = |c| (catalog.card_name(c), c);
        catalog.credentials.iter().filter(|c| c.offer(today) != Offer::Retired).map(named)
    });
    for (name, credential) in all {
        let target = Target::Credential(credential.id.clone());
        let questions: usize = target.content(library).map(|pack| pack.questions.len()).sum();
        let code = credential.code_on(today).map_or_else(String::new, |code| format!(", {code}"));
        let name = format!("{name} ({}{code})", credential.short);
        match questions {
            0 => with_facts.push((format!("{name}: facts about the exam only"), Choice::Target(target))),
            n => with_content
                .push((format!("{name}: {}", count(n, "question", "questions")), Choice::Target(target))),
        }
    }
    let is_known = |pack: &&badgedex_domain::question::Pack| {
        pack.credentials.iter().any(|id| app.packs.catalogs.credential(id).is_some())
    };
    let banks = library.packs().iter().filter(|pack| pack.teaches == Teaches::Content && !is_known(pack));
    with_content.extend(banks.filter(|pack| !pack.questions.is_empty()).map(|pack| {
        let questions = count(pack.questions.len(), "question", "questions");
        (format!("{}: {questions}", pack.title), Choice::Target(Target::Pack(pack.id.clone())))
    }));
    let none = ("None yet: help me choose".to_owned(), Choice::NoneYet);
    with_content.into_iter().chain([none]).chain(with_facts).unzip()
}

/// For those who do not know yet: facts about the credentials come first, and it is said what they are.
fn start_with_facts(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<()> {
    target::set(app, None, None)?;
    let library = app.packs.library();
    let Ok(facts) = library.find_pack(FIRST_FACTS) else { return Ok(()) };
    let now = library.find_pack("aws-today").map_or("the other packs", |pack| pack.title.as_str()).to_owned();
    let text = format!(
        "Then let's find out which one suits you. Study starts with {} ({}): what each credential is, what it costs, and in which order people earn them. It was written about 2019; what has changed since is in \"{now}\". Under Collection and advice you see what to take next.",
        facts.title,
        count(facts.questions.len(), "question", "questions"),
    );
    let key = SettingKey::FirstPack.name().to_owned();
    app.record(vec![Deed::Set { key, value: json!(FIRST_FACTS) }])?;
    prompter.say(&text)?;
    Ok(())
}

/// Asks when the target's exam is, and whether it is booked; records it.
///
/// # Errors
/// The store cannot be written to, or the terminal is gone.
pub fn ask_target_day(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Prompted<()>> {
    let Some(target) = app.learner.settings.target.clone() else { return Ok(Prompted::Back) };
    let mut options = vec!["I don't know yet", "I plan to take it on a day"];
    if target.credential().is_some() {
        options.push("It is booked");
    }
    let day = target.day(&app.learner.settings, &app.learner.record);
    let cursor = match day.map(|day| day.source) {
        None => 0,
        Some(DaySource::Setting) => 1,
        Some(DaySource::Booking) => 2,
    };
    let options = options.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let chosen = prompter.choose("When is the exam?", &options, cursor)?;
    let is_booked = match &chosen {
        Prompted::Input(0) => return Ok(Prompted::Input(())),
        Prompted::Input(place) => *place == 2,
        Prompted::Back | Prompted::EndOfInput | Prompted::Quit => return Ok(chosen.map(|_| ())),
    };
    let today = app.clock.today;
    let initial = day.map_or(today + Days::new(USUAL_DAYS), |day| day.on);
    let asked = prompter.date("On which day?", initial, None)?;
    let Prompted::Input(on) = asked else { return Ok(asked.map(|_| ())) };
    if let Some(problem) = set_day(app, &target, on, is_booked)? {
        prompter.say(&format!("{problem}; nothing was recorded."))?;
        return Ok(Prompted::Input(()));
    }
    offer_mix(app, prompter, on)
}

/// Records the day of the target's exam. Returns why not, if it cannot be that day.
fn set_day(app: &mut AppContext, target: &Target, on: NaiveDate, is_booked: bool) -> Result<Option<String>> {
    let credential = target.credential().filter(|_| is_booked);
    let Some(id) = credential else {
        if on < app.clock.today {
            return Ok(Some("That day is over".to_owned()));
        }
        target::set(app, Some(target), Some(on))?;
        return Ok(None);
    };
    let booked = app.packs.catalogs.credential(id).cloned();
    if let Some(problem) = booked.and_then(|credential| record::exam_day_problem(app, &credential, on)) {
        return Ok(Some(problem));
    }
    app.record(vec![Deed::Scheduled(Scheduled { credential: id.clone(), on, fee: None, place: None })])?;
    Ok(None)
}

/// Offers, once, a few questions of other packs if the exam is still far.
fn offer_mix(app: &mut AppContext, prompter: &mut dyn Prompter, on: NaiveDate) -> Result<Prompted<()>> {
    let is_far = (on - app.clock.today).num_days() >= MIN_DAYS_FOR_MIX;
    if !is_far || app.learner.settings.was_set(SettingKey::Mix) {
        return Ok(Prompted::Input(()));
    }
    let asked = prompter.confirm("Mix in one question in ten from other packs?", false)?;
    let value = match &asked {
        Prompted::Input(true) => OFFERED_MIX,
        Prompted::Input(false) | Prompted::Back => "0",
        Prompted::EndOfInput | Prompted::Quit => return Ok(asked.map(|_| ())),
    };
    app.record(vec![Deed::Set { key: SettingKey::Mix.name().to_owned(), value: json!(value) }])?;
    Ok(Prompted::Input(()))
}

/// Asks whose collection is shown and whose path is followed, and records it.
///
/// # Errors
/// The store cannot be written to, or the terminal is gone.
pub fn ask_issuer(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Prompted<()>> {
    let catalogs: Vec<(String, String)> =
        app.packs.catalogs.iter().map(|c| (c.id.clone(), format!("{} ({})", c.issuer, c.short))).collect();
    let options: Vec<String> = catalogs.iter().map(|(_, name)| name.clone()).collect();
    let cursor =
        catalogs.iter().position(|(id, _)| app.learner.settings.issuer.as_ref() == Some(id)).unwrap_or(0);
    let chosen = prompter.choose("Which collection?", &options, cursor)?;
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
    let mut options = vec!["Skip".to_owned()];
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

/// When something was passed, as it was typed; `None` if nothing was.
fn pass_day(text: &str, today: NaiveDate) -> Result<Option<PartialDate>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let when = typed_date::parse(text, today).map_err(|error| error.to_string())?;
    match when.first() > today {
        true => Err("That is in the future.".to_owned()),
        false => Ok(Some(when)),
    }
}

fn ask_held(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Prompted<()>> {
    let today = app.clock.today;
    let all: Vec<Credential> =
        app.packs.catalogs.credentials().filter(|c| c.offer(today) != Offer::Announced).cloned().collect();
    let names: Vec<String> = all.iter().map(|c| format!("{} ({})", c.name, c.short)).collect();
    let chosen = match prompter.choose_many("What do you already hold?", &names, &[])? {
        Prompted::Input(chosen) => chosen,
        Prompted::Back => Vec::new(),
        other => return Ok(other.map(|_| ())),
    };
    for place in chosen {
        let credential = &all[place];
        let title = format!(
            "When did you pass {}? A day, month or year; empty if you don't remember",
            credential.short
        );
        let when = match prompter.text(&title, "", &|text| pass_day(text, today).map(drop))? {
            Prompted::Input(text) => pass_day(&text, today).unwrap_or(None),
            // It is held, whenever that was.
            Prompted::Back => None,
            other => return Ok(other.map(|_| ())),
        };
        if let Some(PartialDate::Day(on)) = when {
            record::warn_if_not_offered(credential, on)?;
        }
        app.record(vec![Deed::Passed(Passed::when(credential.id.clone(), when))])?;
    }
    Ok(Prompted::Input(()))
}
