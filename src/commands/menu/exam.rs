//! Exam: the target and its day, bookings, results, and the plan to get there.

use anyhow::Result;
use chrono::NaiveDate;

use super::{Flow, choose, mock_exam, page, say};
use crate::cli::PlanArgs;
use crate::commands::app_context::AppContext;
use crate::commands::first_run::{ask_target, ask_target_day};
use crate::commands::{plan, record, target};
use crate::ui::prompter::{DayRange, Prompted, Prompter};
use crate::ui::text::date;
use badgedex_domain::catalog::{Credential, CredentialId};
use badgedex_domain::journal::{Deed, Passed, Scheduled};
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
        3 => booked(app, prompter),
        4 => passed(app, prompter),
        5 => failed(app, prompter),
        6 => page(app, prompter, |app| plan::run(app, &PlanArgs::default())),
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

/// Asks how each exam before today went. What is left open is asked again next time.
pub fn ask_how_it_went(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let today = app.clock.today;
    let past = app.learner.record.unreported(today).into_iter().filter(|(_, booking)| booking.on < today);
    let untold: Vec<(CredentialId, NaiveDate)> = past.map(|(id, booking)| (id.clone(), booking.on)).collect();
    for (id, on) in untold {
        let Some(credential) = app.packs.catalogs.credential(&id).cloned() else { continue };
        let title = format!("{}, {}: how did it go?", credential.name, date(on));
        let options = ["I don't know yet", "Passed", "Not passed", "The exam was moved", "There was no exam"];
        let told = match prompter.choose(&title, &options.map(str::to_owned), 0)? {
            Prompted::Input(1) => {
                let passed = Passed::new(id, on);
                app.record(vec![Deed::Passed(passed)])?;
                congratulation(app, &credential)
            }
            Prompted::Input(2) => record::failed(app, &credential, on)?,
            Prompted::Input(3) => match prompter.date("To which day?", today, DayRange::any(today))? {
                Prompted::Input(on) => move_exam(app, &credential, on)?,
                Prompted::Quit => return Ok(Flow::Quit),
                Prompted::Back | Prompted::EndOfInput => continue,
            },
            Prompted::Input(4) => {
                app.record(vec![Deed::Unscheduled { credential: id }])?;
                format!("No exam of {} is booked.", credential.name)
            }
            Prompted::Input(_) | Prompted::Back | Prompted::EndOfInput => continue,
            Prompted::Quit => return Ok(Flow::Quit),
        };
        if say(prompter, &told)? == Flow::Quit {
            return Ok(Flow::Quit);
        }
    }
    Ok(Flow::Back)
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
    let passed = Passed::new(credential.id.clone(), on);
    app.record(vec![Deed::Passed(passed)])?;
    let text = congratulation(app, credential);
    say(prompter, &text)
}

fn failed(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let picked = pick(app, prompter, "Which exam?", |offer| offer != Offer::Announced)?;
    let Prompted::Input(credential) = picked else { return Ok(Flow::left(&picked)) };
    let today = app.clock.today;
    let on = prompter.date("When was it?", today, DayRange::up_to(today))?;
    let Prompted::Input(on) = on else { return Ok(Flow::left(&on)) };
    let text = record::failed(app, &credential, on)?;
    say(prompter, &text)
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
