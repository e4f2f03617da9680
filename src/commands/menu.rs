//! `badgedex` alone: the menu, and on the first run a word of welcome before it.

use anyhow::Result;
use chrono::NaiveDate;

use super::desk::Desk;
use super::threshold::Threshold;
use super::{Exit, badges, due, next, pack, plan, set, stats, study, undo, welcome};
use crate::cli::{self, Global};
use crate::ui::prompter::{Prompter, Wish};
use crate::ui::screens::{
    self,
    home::{Head, StreakLine},
    reasons,
};
use crate::ui::text::{count, date, percent};
use badgedex_domain::badge::Collection;
use badgedex_domain::catalog::{Credential, CredentialId};
use badgedex_domain::comeback::come_back;
use badgedex_domain::journal::{Deed, Passed, Scheduled};
use badgedex_domain::overview::Overview;
use badgedex_domain::period::Offer;
use badgedex_domain::question::QuestionId;
use badgedex_domain::settings::SettingKey;

/// What the menu offers, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Study,
    Collection,
    Next,
    Plan,
    Passed,
    Booked,
    Due,
    Statistics,
    Packs,
    Settings,
    Undo,
}

const ITEMS: [Item; 11] = [
    Item::Study,
    Item::Collection,
    Item::Next,
    Item::Plan,
    Item::Passed,
    Item::Booked,
    Item::Due,
    Item::Statistics,
    Item::Packs,
    Item::Settings,
    Item::Undo,
];

pub fn run(global: &Global) -> Result<Exit> {
    let mut desk = Desk::open(Threshold::open(global)?, global)?;
    let exit = open(&mut desk);
    super::closing(&desk)?;
    exit
}

fn open(desk: &mut Desk) -> Result<Exit> {
    let mut prompter = desk.prompter()?;
    if desk.store().is_empty()? && welcome::run(desk, prompter.as_mut())? == Wish::Quit {
        return Ok(Exit::Interrupted);
    }
    let mut cursor = 0;
    if ask_how_it_went(desk, prompter.as_mut())? == Exit::Interrupted {
        return Ok(Exit::Interrupted);
    }
    loop {
        desk.look_at_clock();
        let head = screens::home::head(prompter.look(), &head(desk)?);
        prompter.show(&head)?;
        prompter.show("")?;
        let overview = desk.overview()?;
        let options = ITEMS.map(|item| label(overview, item));
        cursor = match prompter.choose("What now?", &options, cursor)? {
            Wish::Said(place) => place,
            Wish::Back | Wish::End => return Ok(Exit::Done),
            Wish::Quit => return Ok(Exit::Interrupted),
        };
        if act(desk, prompter.as_mut(), ITEMS[cursor])? == Exit::Interrupted {
            return Ok(Exit::Interrupted);
        }
    }
}

/// On and after the day of an exam: passed, not passed, moved? Leaving it open asks again next time.
fn ask_how_it_went(desk: &mut Desk, prompter: &mut dyn Prompter) -> Result<Exit> {
    let today = desk.today();
    let untold: Vec<(CredentialId, NaiveDate)> =
        desk.record.unreported(today).into_iter().map(|(id, booking)| (id.clone(), booking.on)).collect();
    for (id, on) in untold {
        let Some(credential) = desk.catalogs.credential(&id).cloned() else { continue };
        let title = format!("{}, {}: how did it go?", credential.name, date(on));
        let options =
            ["I do not know yet", "Passed", "Not passed", "The exam was moved", "There was no exam"];
        let told = match prompter.choose(&title, &options.map(str::to_owned), 0)? {
            Wish::Said(1) => {
                let passed = Passed { credential: id, on, expires: None, proof: None };
                desk.record(vec![Deed::Passed(passed)])?;
                congratulation(desk, &credential)
            }
            Wish::Said(2) => super::record::failed(desk, &credential, on)?,
            Wish::Said(3) => match prompter.date("To which day?", today, None)? {
                Wish::Said(on) => move_exam(desk, &credential, on)?,
                Wish::Quit => return Ok(Exit::Interrupted),
                Wish::Back | Wish::End => continue,
            },
            Wish::Said(4) => {
                desk.record(vec![Deed::Unscheduled { credential: id }])?;
                format!("No exam of {} is booked.", credential.name)
            }
            Wish::Said(_) | Wish::Back | Wish::End => continue,
            Wish::Quit => return Ok(Exit::Interrupted),
        };
        prompter.say(&told)?;
    }
    Ok(Exit::Done)
}

fn move_exam(desk: &mut Desk, credential: &Credential, on: NaiveDate) -> Result<String> {
    if let Some(problem) = super::record::exam_day_problem(desk, credential, on) {
        return Ok(format!("{problem}; nothing was recorded."));
    }
    desk.record(vec![Deed::Moved { credential: credential.id.clone(), on }])?;
    Ok(format!("Recorded: {}, exam moved to {}.", credential.name, date(on)))
}

/// What is said to a pass.
fn congratulation(desk: &Desk, credential: &Credential) -> String {
    let until = desk.record.holding(&credential.id).and_then(|h| h.expires_on());
    let until = until.map_or_else(String::new, |day| format!(", valid until {}", date(day)));
    let short = credential.short.to_lowercase();
    format!("Congratulations! {}{until}. Share it with: badgedex share {short}", credential.name)
}

fn label(overview: &Overview, item: Item) -> String {
    match item {
        Item::Study => match (come_back(overview), overview.due, overview.new) {
            (Some(proposed), ..) => format!("Study {} questions", proposed.questions),
            (None, 0, 0) => "Study".to_owned(),
            (None, 0, new) => format!("Study {}", count(new, "new question", "new questions")),
            (None, due, _) => format!("Study what is due ({due})"),
        },
        Item::Collection => "The collection".to_owned(),
        Item::Next => "Which credential next, and why".to_owned(),
        Item::Plan => "The whole way, with dates and fees".to_owned(),
        Item::Passed => "I passed something".to_owned(),
        Item::Booked => "I booked an exam".to_owned(),
        Item::Due => "What is due".to_owned(),
        Item::Statistics => "Statistics".to_owned(),
        Item::Packs => "Questions and packs".to_owned(),
        Item::Settings => "Settings".to_owned(),
        Item::Undo => "Take back the last thing done".to_owned(),
    }
}

fn act(desk: &mut Desk, prompter: &mut dyn Prompter, item: Item) -> Result<Exit> {
    // Whose collection and path are meant is asked once, when it first matters.
    let of_one_issuer = matches!(item, Item::Collection | Item::Next | Item::Plan);
    if of_one_issuer && desk.catalogs.len() > 1 && desk.settings.issuer.is_none() {
        let asked = welcome::ask_issuer(desk, prompter)?;
        if asked != Wish::Said(()) {
            return Ok(unsaid(&asked));
        }
    }
    match item {
        Item::Study => study::study(desk, prompter, &cli::Study::default()),
        Item::Collection => badges::run(desk, None, None),
        Item::Next => next::run(desk, None, false, None),
        Item::Plan => plan::run(desk, &cli::Plan::default()),
        Item::Passed => passed(desk, prompter),
        Item::Booked => booked(desk, prompter),
        Item::Due => due::run(desk, false),
        Item::Statistics => stats::run(desk, false, None),
        Item::Packs => pack::list(desk),
        Item::Settings => settings(desk, prompter),
        Item::Undo => undo::run(desk).map(|_| Exit::Done),
    }
}

fn head(desk: &Desk) -> Result<Head> {
    let catalog = desk.catalog()?;
    let today = desk.today();
    let overview = desk.overview()?;
    let collection = Collection::of(catalog, &desk.record, overview, today);
    let short =
        |id: &CredentialId| desk.catalogs.credential(id).map_or_else(|| id.to_string(), |c| c.short.clone());
    let exam = desk.record.next_exam(today).map(|(id, booking)| (short(id), booking.on));
    let expiry = desk
        .record
        .holdings()
        .filter(|h| h.is_valid(today))
        .filter_map(|h| Some((h.expires_on()?, short(&h.credential))))
        .min();
    let streak = desk.settings.gamification.then(|| StreakLine {
        streak: overview.streak,
        goal: desk.settings.rule_on(overview.day).goal,
        today: overview.days.get(&overview.day).copied().unwrap_or_default(),
    });
    Ok(Head {
        today,
        due: overview.due,
        new: overview.new,
        streak,
        memory: overview.memory,
        has_levels: desk.settings.gamification,
        come_back: come_back(overview),
        seconds_per_question: overview.seconds_per_question(),
        held: collection.badges().filter(|b| b.is_held() && b.offer == Offer::OnOffer).count(),
        obtainable: collection.obtainable,
        exam,
        expiry: expiry.map(|(day, name)| (name, day)),
        next: suggestion(desk)?,
    })
}

/// The suggestion in one line.
fn suggestion(desk: &Desk) -> Result<String> {
    let catalog = desk.catalog()?;
    let advice = desk.advisor(catalog, desk.role_in(catalog))?.advise();
    Ok(match advice.suggestion {
        Some(first) => {
            let step = first
                .step
                .map_or_else(String::new, |step| format!(", step {step} of {}", catalog.path.len()));
            let mastery = percent(first.mastery.mean.unwrap_or(0.0));
            format!(
                "{}: mastery {mastery}{step}. {}",
                catalog.card_name(first.credential),
                reasons::action(&first)
            )
        }
        None if advice.complete => "Everything on offer is held.".to_owned(),
        None => "No step of the path is open.".to_owned(),
    })
}

/// A credential chosen from a list of names.
fn pick<'a>(
    prompter: &mut dyn Prompter,
    title: &str,
    credentials: &[&'a Credential],
) -> Result<Wish<&'a Credential>> {
    let names: Vec<String> = credentials.iter().map(|c| format!("{} ({})", c.name, c.short)).collect();
    Ok(prompter.choose(title, &names, 0)?.map(|place| credentials[place]))
}

/// Turns a wish without words into how the menu goes on.
fn unsaid<T>(wish: &Wish<T>) -> Exit {
    if matches!(wish, Wish::Quit) { Exit::Interrupted } else { Exit::Done }
}

fn passed(desk: &mut Desk, prompter: &mut dyn Prompter) -> Result<Exit> {
    let catalogs = desk.catalogs.clone();
    let today = desk.today();
    let all: Vec<&Credential> =
        catalogs.credentials().filter(|c| c.offer(today) != Offer::Announced).collect();
    let picked = pick(prompter, "What did you pass?", &all)?;
    let Wish::Said(credential) = picked else { return Ok(unsaid(&picked)) };
    let on = prompter.date("On which day?", today, Some(today))?;
    let Wish::Said(on) = on else { return Ok(unsaid(&on)) };
    super::record::warn_if_not_offered(credential, on)?;
    let passed = Passed { credential: credential.id.clone(), on, expires: None, proof: None };
    desk.record(vec![Deed::Passed(passed)])?;
    let text = congratulation(desk, credential);
    prompter.say(&text)?;
    Ok(Exit::Done)
}

fn booked(desk: &mut Desk, prompter: &mut dyn Prompter) -> Result<Exit> {
    let catalogs = desk.catalogs.clone();
    let today = desk.today();
    let offered = |c: &&Credential| matches!(c.offer(today), Offer::OnOffer | Offer::Unverified);
    let all: Vec<&Credential> = catalogs.credentials().filter(offered).collect();
    let picked = pick(prompter, "Which exam?", &all)?;
    let Wish::Said(credential) = picked else { return Ok(unsaid(&picked)) };
    let on = prompter.date("On which day?", today, None)?;
    let Wish::Said(on) = on else { return Ok(unsaid(&on)) };
    if let Some(problem) = super::record::exam_day_problem(desk, credential, on) {
        prompter.say(&format!("{problem}; nothing was recorded."))?;
        return Ok(Exit::Done);
    }
    desk.record(vec![Deed::Scheduled(Scheduled {
        credential: credential.id.clone(),
        on,
        fee: None,
        place: None,
    })])?;
    prompter.say(&format!("Recorded: {}, exam on {}.", credential.name, date(on)))?;
    Ok(Exit::Done)
}

fn settings(desk: &mut Desk, prompter: &mut dyn Prompter) -> Result<Exit> {
    let aside: Vec<QuestionId> = desk.record.suspended().cloned().collect();
    let mut options: Vec<String> =
        SettingKey::ALL.iter().map(|key| format!("{}: {}", title(*key), desk.settings.show(*key))).collect();
    options.push(format!("Questions set aside: {}", aside.len()));
    let chosen = prompter.choose("Settings", &options, 0)?;
    let Wish::Said(place) = chosen else { return Ok(unsaid(&chosen)) };
    match SettingKey::ALL.get(place) {
        Some(SettingKey::Role) => welcome::ask_role(desk, prompter).map(|wish| unsaid(&wish)),
        Some(SettingKey::Issuer) => welcome::ask_issuer(desk, prompter).map(|wish| unsaid(&wish)),
        Some(key) => change(desk, prompter, *key),
        None => resume(desk, prompter, &aside),
    }
}

fn title(key: SettingKey) -> &'static str {
    match key {
        SettingKey::Role => "Role",
        SettingKey::Issuer => "Issuer",
        SettingKey::Retention => "Desired retention",
        SettingKey::NewPerDay => "New questions a day",
        SettingKey::Goal => "Goal for a day",
        SettingKey::DaysOff => "Days off",
        SettingKey::Gamification => "Streak, levels and awards",
        SettingKey::Color => "Colour",
    }
}

fn change(desk: &mut Desk, prompter: &mut dyn Prompter, key: SettingKey) -> Result<Exit> {
    let current = desk.settings.clone();
    let check = |text: &str| current.clone().apply(key, text).map_err(|unfit| unfit.to_string());
    let prompt = format!("{} ({})", title(key), key.values());
    let said = prompter.text(&prompt, &desk.settings.show(key), &check)?;
    let Wish::Said(value) = said else { return Ok(unsaid(&said)) };
    set::set(desk, key, &value)?;
    Ok(Exit::Done)
}

/// Chooses which of the questions set aside are asked again.
fn resume(desk: &mut Desk, prompter: &mut dyn Prompter, aside: &[QuestionId]) -> Result<Exit> {
    if aside.is_empty() {
        prompter.say("No question is set aside.")?;
        return Ok(Exit::Done);
    }
    let stem = |id: &QuestionId| {
        let stem = desk.library().question(id).map(|q| q.stem.replace('\n', " "));
        stem.unwrap_or_else(|| badgedex_domain::sanitize::line(id.as_str()).into_owned())
    };
    let stems: Vec<String> = aside.iter().map(stem).collect();
    let chosen = prompter.choose_many("Which shall be asked again?", &stems, &[])?;
    let Wish::Said(chosen) = chosen else { return Ok(unsaid(&chosen)) };
    let deeds: Vec<Deed> = chosen.iter().map(|&i| Deed::Resumed { question: aside[i].clone() }).collect();
    if !deeds.is_empty() {
        desk.record(deeds)?;
    }
    Ok(Exit::Done)
}
