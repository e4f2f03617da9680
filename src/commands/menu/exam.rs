//! Exam: the target and its day, bookings, results, and the plan to get there.

use anyhow::Result;

use super::results::{failed_on, passed_on};
use super::{Flow, choose, mock_exam, page, ready, say};
use crate::cli::PlanArgs;
use crate::commands::app_context::AppContext;
use crate::commands::first_run::{ask_target, ask_target_day};
use crate::commands::{plan, record, target};
use crate::ui::prompter::{DayRange, Prompted, Prompter};
use crate::ui::text::date;
use badgedex_domain::catalog::Credential;
use badgedex_domain::journal::{Deed, Scheduled};
use badgedex_domain::period::Offer;

/// Offers everything about exams.
pub fn enter(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let options = |app: &AppContext| {
        let (name, day) = match target::view(app)? {
            Some(view) => {
                (view.name.clone(), view.day.map_or_else(|| "not set".to_owned(), |day| date(day.on)))
            }
            None => ("none yet".to_owned(), "not set".to_owned()),
        };
        Ok(vec![
            format!("Target: {name}"),
            format!("Exam day: {day}"),
            "How far I am".to_owned(),
            "Chance to pass".to_owned(),
            "I booked an exam".to_owned(),
            "I passed an exam".to_owned(),
            "I did not pass".to_owned(),
            "Plan: dates and fees".to_owned(),
            "Mock exams so far".to_owned(),
        ])
    };
    choose(app, prompter, "Exam", options, |app, prompter, place| match place {
        0 => {
            let asked = ask_target(app, prompter)?;
            Ok(Flow::left(&asked))
        }
        1 => set_day(app, prompter),
        2 => page(app, prompter, |app| target::show(app)),
        3 => ready::enter(app, prompter),
        4 => booked(app, prompter),
        5 => passed(app, prompter),
        6 => failed(app, prompter),
        7 => page(app, prompter, |app| plan::run(app, &PlanArgs::default())),
        _ => mock_exam::results(app, prompter),
    })
}

fn set_day(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    if app.learner.settings.target.is_none() {
        let asked = ask_target(app, prompter)?;
        return Ok(Flow::left(&asked));
    }
    let asked = ask_target_day(app, prompter)?;
    Ok(Flow::left(&asked))
}

/// A credential chosen among those whose offer fits; the target is where the arrows start.
fn pick(
    app: &AppContext,
    prompter: &mut dyn Prompter,
    title: &str,
    fits: impl Fn(Offer) -> bool,
) -> Result<Prompted<Credential>> {
    let today = app.clock.today;
    let all: Vec<&Credential> = app.packs.catalogs.credentials().filter(|c| fits(c.offer(today))).collect();
    let names: Vec<String> = all.iter().map(|c| format!("{} ({})", c.name, c.short)).collect();
    let target = app.learner.settings.target.as_ref().and_then(|target| target.credential());
    let cursor = all.iter().position(|c| Some(&c.id) == target).unwrap_or(0);
    Ok(prompter.choose(title, &names, cursor)?.map(|place| all[place].clone()))
}

fn passed(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let picked = pick(app, prompter, "What did you pass?", |offer| offer != Offer::Announced)?;
    let Prompted::Input(credential) = picked else { return Ok(Flow::left(&picked)) };
    record_pass(app, prompter, &credential)
}

/// Asks when a credential was passed, and records it.
pub fn record_pass(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    credential: &Credential,
) -> Result<Flow> {
    let today = app.clock.today;
    let on = prompter.date("When did you pass?", today, DayRange::up_to(today))?;
    let Prompted::Input(on) = on else { return Ok(Flow::left(&on)) };
    record::warn_if_not_offered(credential, on)?;
    passed_on(app, prompter, credential, on)
}

fn failed(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let picked = pick(app, prompter, "Which exam?", |offer| offer != Offer::Announced)?;
    let Prompted::Input(credential) = picked else { return Ok(Flow::left(&picked)) };
    let today = app.clock.today;
    let on = prompter.date("When was it?", today, DayRange::up_to(today))?;
    let Prompted::Input(on) = on else { return Ok(Flow::left(&on)) };
    failed_on(app, prompter, &credential, on)
}

fn booked(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let can_be_booked = |offer| matches!(offer, Offer::OnOffer | Offer::Unverified);
    let picked = pick(app, prompter, "Which exam?", can_be_booked)?;
    let Prompted::Input(credential) = picked else { return Ok(Flow::left(&picked)) };
    record_booking(app, prompter, &credential)
}

/// Asks for which day an exam is booked, and records it.
pub fn record_booking(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    credential: &Credential,
) -> Result<Flow> {
    let on = prompter.date("When is the exam?", app.clock.today, DayRange::any(app.clock.today))?;
    let Prompted::Input(on) = on else { return Ok(Flow::left(&on)) };
    if let Some(problem) = record::exam_day_problem(app, credential, on) {
        return say(prompter, &format!("{problem}; nothing was recorded."));
    }
    let scheduled = Scheduled { credential: credential.id.clone(), on, fee: None, place: None };
    app.record(vec![Deed::Scheduled(scheduled)])?;
    say(prompter, &format!("Recorded: {}, exam on {}.", credential.name, date(on)))
}
