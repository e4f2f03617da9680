//! `badgedex` alone: the menu, and on the first run a greeting before it.

use anyhow::Result;
use chrono::NaiveDate;

use super::app_context::AppContext;
use super::exit::Exit;
use super::with_app::with_app;
use super::{badges, due, first_run, next, pack, partner, plan, record, set, stats, study, undo};
use crate::cli::{self, GlobalArgs};
use crate::ui::prompter::{Prompted, Prompter};
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

/// What the menu offers, in this order.
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

/// Opens the menu.
///
/// # Errors
/// The learner's data cannot be read or written, or the terminal is gone.
pub fn run(global: &GlobalArgs) -> Result<Exit> {
    with_app(global, open)
}

fn open(app: &mut AppContext) -> Result<Exit> {
    let mut prompter = app.ui.prompter()?;
    if app.journal.store.is_empty()? && first_run::run(app, prompter.as_mut())? == Prompted::Quit {
        return Ok(Exit::Interrupted);
    }
    let mut cursor = 0;
    if ask_how_it_went(app, prompter.as_mut())? == Exit::Interrupted {
        return Ok(Exit::Interrupted);
    }
    loop {
        app.refresh_clock();
        let head = screens::home::head(prompter.look(), &head(app)?);
        prompter.show(&head)?;
        prompter.show("")?;
        let overview = app.overview()?;
        let options = ITEMS.map(|item| label(overview, item));
        cursor = match prompter.choose("What now?", &options, cursor)? {
            Prompted::Input(place) => place,
            Prompted::Back | Prompted::EndOfInput => return Ok(Exit::Done),
            Prompted::Quit => return Ok(Exit::Interrupted),
        };
        if act(app, prompter.as_mut(), ITEMS[cursor])? == Exit::Interrupted {
            return Ok(Exit::Interrupted);
        }
    }
}

/// Asks how each exam of the past went: passed, not passed, moved? If it is left open, it is asked again next
/// time.
fn ask_how_it_went(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Exit> {
    let today = app.clock.today;
    let untold: Vec<(CredentialId, NaiveDate)> = app
        .learner
        .record
        .unreported(today)
        .into_iter()
        .map(|(id, booking)| (id.clone(), booking.on))
        .collect();
    for (id, on) in untold {
        let Some(credential) = app.packs.catalogs.credential(&id).cloned() else { continue };
        let title = format!("{}, {}: how did it go?", credential.name, date(on));
        let options =
            ["I do not know yet", "Passed", "Not passed", "The exam was moved", "There was no exam"];
        let told = match prompter.choose(&title, &options.map(str::to_owned), 0)? {
            Prompted::Input(1) => {
                let passed = Passed { credential: id, on, expires: None, proof: None };
                app.record(vec![Deed::Passed(passed)])?;
                congratulation(app, &credential)
            }
            Prompted::Input(2) => record::failed(app, &credential, on)?,
            Prompted::Input(3) => match prompter.date("To which day?", today, None)? {
                Prompted::Input(on) => move_exam(app, &credential, on)?,
                Prompted::Quit => return Ok(Exit::Interrupted),
                Prompted::Back | Prompted::EndOfInput => continue,
            },
            Prompted::Input(4) => {
                app.record(vec![Deed::Unscheduled { credential: id }])?;
                format!("No exam of {} is booked.", credential.name)
            }
            Prompted::Input(_) | Prompted::Back | Prompted::EndOfInput => continue,
            Prompted::Quit => return Ok(Exit::Interrupted),
        };
        prompter.say(&told)?;
    }
    Ok(Exit::Done)
}

fn move_exam(app: &mut AppContext, credential: &Credential, on: NaiveDate) -> Result<String> {
    if let Some(problem) = record::exam_day_problem(app, credential, on) {
        return Ok(format!("{problem}; nothing was recorded."));
    }
    app.record(vec![Deed::Moved { credential: credential.id.clone(), on }])?;
    Ok(format!("Recorded: {}, exam moved to {}.", credential.name, date(on)))
}

/// The sentence after a pass.
fn congratulation(app: &AppContext, credential: &Credential) -> String {
    let until = app.learner.record.holding(&credential.id).and_then(|h| h.expires_on());
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
        Item::Plan => "Plan: dates and fees".to_owned(),
        Item::Passed => "I passed something".to_owned(),
        Item::Booked => "I booked an exam".to_owned(),
        Item::Due => "What is due".to_owned(),
        Item::Statistics => "Statistics".to_owned(),
        Item::Packs => "Questions and packs".to_owned(),
        Item::Settings => "Settings".to_owned(),
        Item::Undo => "Take back the last thing done".to_owned(),
    }
}

fn act(app: &mut AppContext, prompter: &mut dyn Prompter, item: Item) -> Result<Exit> {
    // The issuer whose collection and path are meant is asked for once, when it first matters.
    let of_one_issuer = matches!(item, Item::Collection | Item::Next | Item::Plan);
    if of_one_issuer && app.packs.catalogs.len() > 1 && app.learner.settings.issuer.is_none() {
        let asked = first_run::ask_issuer(app, prompter)?;
        if asked != Prompted::Input(()) {
            return Ok(unsaid(&asked));
        }
    }
    match item {
        Item::Study => study::study(app, prompter, &cli::StudyArgs::default()),
        Item::Collection => badges::run(app, None, false, None),
        Item::Next => {
            if let Some(question) = partner::question(app, None, None)? {
                let asked = question.ask(app, prompter)?;
                if asked != Prompted::Input(()) {
                    return Ok(unsaid(&asked));
                }
            }
            next::show(app, None, false, None)
        }
        Item::Plan => plan::run(app, &cli::PlanArgs::default()),
        Item::Passed => passed(app, prompter),
        Item::Booked => booked(app, prompter),
        Item::Due => due::show(app, false),
        Item::Statistics => stats::run(app, false, None),
        Item::Packs => pack::list(app),
        Item::Settings => settings(app, prompter),
        Item::Undo => undo::run(app).map(|_| Exit::Done),
    }
}

fn head(app: &AppContext) -> Result<Head> {
    let catalog = app.catalog()?;
    let today = app.clock.today;
    let overview = app.overview()?;
    let collection = Collection::of(catalog, &app.learner.record, overview, today);
    let short = |id: &CredentialId| {
        app.packs.catalogs.credential(id).map_or_else(|| id.to_string(), |c| c.short.clone())
    };
    let exam = app.learner.record.next_exam(today).map(|(id, booking)| (short(id), booking.on));
    let expiry = app
        .learner
        .record
        .holdings()
        .filter(|h| h.is_valid(today))
        .filter_map(|h| Some((h.expires_on()?, short(&h.credential))))
        .min();
    let streak = app.learner.settings.gamification.then(|| StreakLine {
        streak: overview.streak,
        goal: app.learner.settings.rule_on(overview.day).goal,
        today: overview.days.get(&overview.day).copied().unwrap_or_default(),
    });
    Ok(Head {
        today,
        due: overview.due,
        new: overview.new,
        streak,
        memory: overview.memory,
        has_levels: app.learner.settings.gamification,
        come_back: come_back(overview),
        seconds_per_question: overview.seconds_per_question(),
        held: collection.badges().filter(|b| b.is_held() && b.offer == Offer::OnOffer).count(),
        obtainable: collection.obtainable,
        exam,
        expiry: expiry.map(|(day, name)| (name, day)),
        next: suggestion(app)?,
    })
}

/// The suggestion in one line.
fn suggestion(app: &AppContext) -> Result<String> {
    let catalog = app.catalog()?;
    let advice = app.advisor(catalog, app.role_in(catalog))?.advise();
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
        None if advice.complete && !advice.betas.is_empty() => {
            "You hold everything on offer, apart from a beta.".to_owned()
        }
        None if advice.complete => "You hold everything on offer.".to_owned(),
        None => "No step of the path is open.".to_owned(),
    })
}

/// A credential chosen from a list of names.
fn pick<'a>(
    prompter: &mut dyn Prompter,
    title: &str,
    credentials: &[&'a Credential],
) -> Result<Prompted<&'a Credential>> {
    let names: Vec<String> = credentials.iter().map(|c| format!("{} ({})", c.name, c.short)).collect();
    Ok(prompter.choose(title, &names, 0)?.map(|place| credentials[place]))
}

/// How the menu goes on after a prompt that was left.
fn unsaid<T>(wish: &Prompted<T>) -> Exit {
    if matches!(wish, Prompted::Quit) { Exit::Interrupted } else { Exit::Done }
}

fn passed(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Exit> {
    let catalogs = app.packs.catalogs.clone();
    let today = app.clock.today;
    let all: Vec<&Credential> =
        catalogs.credentials().filter(|c| c.offer(today) != Offer::Announced).collect();
    let picked = pick(prompter, "What did you pass?", &all)?;
    let Prompted::Input(credential) = picked else { return Ok(unsaid(&picked)) };
    let on = prompter.date("On which day?", today, Some(today))?;
    let Prompted::Input(on) = on else { return Ok(unsaid(&on)) };
    record::warn_if_not_offered(credential, on)?;
    let passed = Passed { credential: credential.id.clone(), on, expires: None, proof: None };
    app.record(vec![Deed::Passed(passed)])?;
    let text = congratulation(app, credential);
    prompter.say(&text)?;
    Ok(Exit::Done)
}

fn booked(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Exit> {
    let catalogs = app.packs.catalogs.clone();
    let today = app.clock.today;
    let offered = |c: &&Credential| matches!(c.offer(today), Offer::OnOffer | Offer::Unverified);
    let all: Vec<&Credential> = catalogs.credentials().filter(offered).collect();
    let picked = pick(prompter, "Which exam?", &all)?;
    let Prompted::Input(credential) = picked else { return Ok(unsaid(&picked)) };
    let on = prompter.date("On which day?", today, None)?;
    let Prompted::Input(on) = on else { return Ok(unsaid(&on)) };
    if let Some(problem) = record::exam_day_problem(app, credential, on) {
        prompter.say(&format!("{problem}; nothing was recorded."))?;
        return Ok(Exit::Done);
    }
    app.record(vec![Deed::Scheduled(Scheduled {
        credential: credential.id.clone(),
        on,
        fee: None,
        place: None,
    })])?;
    prompter.say(&format!("Recorded: {}, exam on {}.", credential.name, date(on)))?;
    Ok(Exit::Done)
}

fn settings(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Exit> {
    let aside: Vec<QuestionId> = app.learner.record.suspended().cloned().collect();
    let mut options: Vec<String> = SettingKey::ALL
        .iter()
        .map(|key| format!("{}: {}", title(*key), app.learner.settings.show(*key)))
        .collect();
    options.push(format!("Questions set aside: {}", aside.len()));
    let chosen = prompter.choose("Settings", &options, 0)?;
    let Prompted::Input(place) = chosen else { return Ok(unsaid(&chosen)) };
    match SettingKey::ALL.get(place) {
        Some(SettingKey::Role) => first_run::ask_role(app, prompter).map(|wish| unsaid(&wish)),
        Some(SettingKey::Issuer) => first_run::ask_issuer(app, prompter).map(|wish| unsaid(&wish)),
        Some(key) => change(app, prompter, *key),
        None => resume(app, prompter, &aside),
    }
}

fn title(key: SettingKey) -> &'static str {
    match key {
        SettingKey::Target => "Target",
        SettingKey::TargetDate => "Day of the target's exam",
        SettingKey::AnswersPerDay => "Questions a day",
        SettingKey::Mix => "Share of other packs",
        SettingKey::FirstPack => "First pack without a target",
        SettingKey::Role => "Role",
        SettingKey::Issuer => "Issuer",
        SettingKey::Partner => "Partner of the issuer",
        SettingKey::Retention => "Desired retention",
        SettingKey::NewPerDay => "New questions a day",
        SettingKey::Goal => "Goal for a day",
        SettingKey::DaysOff => "Days off",
        SettingKey::Gamification => "Streak, levels and awards",
        SettingKey::Color => "Colour",
    }
}

fn change(app: &mut AppContext, prompter: &mut dyn Prompter, key: SettingKey) -> Result<Exit> {
    let current = app.learner.settings.clone();
    let check = |text: &str| current.clone().apply(key, text).map_err(|unfit| unfit.to_string());
    let prompt = format!("{} ({})", title(key), key.values());
    let said = prompter.text(&prompt, &app.learner.settings.show(key), &check)?;
    let Prompted::Input(value) = said else { return Ok(unsaid(&said)) };
    set::set(app, key, &value)?;
    Ok(Exit::Done)
}

/// Chooses which of the questions set aside are asked again.
fn resume(app: &mut AppContext, prompter: &mut dyn Prompter, aside: &[QuestionId]) -> Result<Exit> {
    if aside.is_empty() {
        prompter.say("No question is set aside.")?;
        return Ok(Exit::Done);
    }
    let stem = |id: &QuestionId| {
        let stem = app.packs.library().question(id).map(|q| q.stem.replace('\n', " "));
        stem.unwrap_or_else(|| badgedex_domain::sanitize::line(id.as_str()).into_owned())
    };
    let stems: Vec<String> = aside.iter().map(stem).collect();
    let chosen = prompter.choose_many("Which shall be asked again?", &stems, &[])?;
    let Prompted::Input(chosen) = chosen else { return Ok(unsaid(&chosen)) };
    let deeds: Vec<Deed> = chosen.iter().map(|&i| Deed::Resumed { question: aside[i].clone() }).collect();
    if !deeds.is_empty() {
        app.record(deeds)?;
    }
    Ok(Exit::Done)
}
