//! How an exam went: it is asked for once its day is over, and leads on to the next target or the next try.

use anyhow::Result;
use chrono::{Days, NaiveDate};
use serde_json::Number;

use super::{Flow, say};
use crate::cli;
use crate::commands::app_context::AppContext;
use crate::commands::first_run::ask_target;
use crate::commands::{record, target};
use crate::ui::prompter::{DayRange, Prompted, Prompter};
use crate::ui::text::date;
use badgedex_domain::catalog::{Credential, CredentialId};
use badgedex_domain::journal::{Deed, Passed};
use badgedex_domain::target::{DaySource, Target};

/// Asks how each exam before today went. What is left open is asked again next time.
pub fn ask_how_it_went(app: &mut AppContext, prompter: &mut dyn Prompter) -> Result<Flow> {
    let today = app.clock.today;
    let past = app.learner.record.unreported(today).into_iter().filter(|(_, booking)| booking.on < today);
    let untold: Vec<(CredentialId, NaiveDate)> = past.map(|(id, booking)| (id.clone(), booking.on)).collect();
    for (id, on) in untold {
        let Some(credential) = app.packs.catalogs.credential(&id).cloned() else { continue };
        if booked_exam(app, prompter, &credential, on)? == Flow::Quit {
            return Ok(Flow::Quit);
        }
    }
    match untold_target(app) {
        Some((target, on)) => planned_exam(app, prompter, &target, on),
        None => Ok(Flow::Back),
    }
}

fn booked_exam(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    credential: &Credential,
    on: NaiveDate,
) -> Result<Flow> {
    let today = app.clock.today;
    let title = format!("{}, {}: how did it go?", credential.name, date(on));
    let options = ["I don't know yet", "Passed", "Not passed", "The exam was moved", "There was no exam"];
    match prompter.choose(&title, &options.map(str::to_owned), 0)? {
        Prompted::Input(1) => passed_on(app, prompter, credential, on),
        Prompted::Input(2) => failed_on(app, prompter, credential, on),
        Prompted::Input(3) => {
            let asked = prompter.date("To which day?", today, DayRange::any(today))?;
            let Prompted::Input(on) = asked else { return Ok(Flow::left(&asked)) };
            let text = move_exam(app, credential, on)?;
            say(prompter, &text)
        }
        Prompted::Input(4) => {
            app.record(vec![Deed::Unscheduled { credential: credential.id.clone() }])?;
            say(prompter, &format!("No exam of {} is booked.", credential.name))
        }
        Prompted::Quit => Ok(Flow::Quit),
        Prompted::Input(_) | Prompted::Back | Prompted::EndOfInput => Ok(Flow::Back),
    }
}

/// The target whose day was set, not booked, and is over, if nothing was told of it.
fn untold_target(app: &AppContext) -> Option<(Target, NaiveDate)> {
    let target = app.learner.settings.target.clone()?;
    let record = &app.learner.record;
    let day = target.day(&app.learner.settings, record)?;
    let is_told = target.credential().and_then(|id| record.last_fail(id)).is_some_and(|fail| fail >= day.on);
    let is_over = day.source == DaySource::Setting && day.on < app.clock.today;
    (is_over && !is_told).then_some((target, day.on))
}

fn planned_exam(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    target: &Target,
    on: NaiveDate,
) -> Result<Flow> {
    let title = format!("{}, {}: how did it go?", target::name(app, target)?, date(on));
    let options = ["I don't know yet", "Passed", "Not passed", "I take it on another day"];
    let chosen = prompter.choose(&title, &options.map(str::to_owned), 0)?;
    let credential = target.credential().and_then(|id| app.packs.catalogs.credential(id)).cloned();
    match (chosen, credential) {
        (Prompted::Input(1), Some(credential)) => passed_on(app, prompter, &credential, on),
        (Prompted::Input(1), None) => {
            app.record(target::ended().to_vec())?;
            offer_next(app, prompter, None, "Congratulations!")
        }
        (Prompted::Input(2), Some(credential)) => failed_on(app, prompter, &credential, on),
        (Prompted::Input(2 | 3), _) => another_day(app, prompter, target, app.clock.today + Days::new(1)),
        (Prompted::Quit, _) => Ok(Flow::Quit),
        (Prompted::Input(_) | Prompted::Back | Prompted::EndOfInput, _) => Ok(Flow::Back),
    }
}

/// Records a pass, and offers the next target if it was the target's.
pub fn passed_on(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    credential: &Credential,
    on: NaiveDate,
) -> Result<Flow> {
    let score = match ask_score(prompter, credential, true)? {
        Prompted::Input(score) => score,
        left => return Ok(Flow::left(&left)),
    };
    let is_reached = record::record_pass(app, Passed { score, ..Passed::new(credential.id.clone(), on) })?;
    let text = congratulation(app, credential);
    if is_reached { offer_next(app, prompter, Some(&credential.id), &text) } else { say(prompter, &text) }
}

/// Records a fail; of the target it asks for the day of another try.
pub fn failed_on(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    credential: &Credential,
    on: NaiveDate,
) -> Result<Flow> {
    let score = match ask_score(prompter, credential, false)? {
        Prompted::Input(score) => score,
        left => return Ok(Flow::left(&left)),
    };
    let text = record::failed(app, credential, on, score.as_ref())?;
    let target = Target::Credential(credential.id.clone());
    if app.learner.settings.target.as_ref() != Some(&target) {
        return say(prompter, &text);
    }
    prompter.say(&text)?;
    let from = record::next_try(app, &credential.id)?;
    another_day(app, prompter, &target, from)
}

/// Asks for the score, if the issuer gives one. Nothing typed means that it is not known.
fn ask_score(
    prompter: &mut dyn Prompter,
    credential: &Credential,
    passed: bool,
) -> Result<Prompted<Option<Number>>> {
    let Some(max) = credential.score_max else { return Ok(Prompted::Input(None)) };
    let parse = |text: &str| match text.trim() {
        "" => Ok(None),
        typed => cli::score(typed).map(Some),
    };
    let check = |text: &str| {
        let score = parse(text)?;
        record::check_score(credential, score.as_ref(), passed).map_err(|error| error.to_string())
    };
    let asked = prompter.text(&format!("Your score, up to {max}; Enter if you don't know it"), "", &check)?;
    Ok(match asked {
        // It is recorded, whatever the score was.
        Prompted::Back => Prompted::Input(None),
        asked => asked.map(|text| parse(&text).unwrap_or(None)),
    })
}

/// Asks for another day of the target's exam.
fn another_day(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    target: &Target,
    from: NaiveDate,
) -> Result<Flow> {
    let options = ["I don't know yet".to_owned(), "I have a day in mind".to_owned()];
    match prompter.choose("When do you want to try?", &options, 0)? {
        Prompted::Input(1) => {}
        Prompted::Input(_) => {
            let [_, no_day] = target::ended();
            app.record(vec![no_day])?;
            return Ok(Flow::Back);
        }
        left => return Ok(Flow::left(&left)),
    }
    let asked = prompter.date("On which day?", from, DayRange::any(from))?;
    let Prompted::Input(on) = asked else { return Ok(Flow::left(&asked)) };
    if on < from {
        return say(prompter, &format!("The first possible day is {}; nothing was recorded.", date(from)));
    }
    target::set(app, Some(target), Some(on))?;
    say(prompter, &format!("Recorded: {}, exam on {}.", target::name(app, target)?, date(on)))
}

/// Offers what could be the next target.
fn offer_next(
    app: &mut AppContext,
    prompter: &mut dyn Prompter,
    passed: Option<&CredentialId>,
    text: &str,
) -> Result<Flow> {
    prompter.say(text)?;
    let next = record::suggested(app, passed)?;
    let mut options: Vec<String> = next.iter().map(|credential| credential.name.clone()).collect();
    options.extend(["Another one".to_owned(), "Nothing for now".to_owned()]);
    let chosen = prompter.choose("What do you want to prepare for next?", &options, 0)?;
    let Prompted::Input(place) = chosen else { return Ok(Flow::left(&chosen)) };
    match (next, options.len() - place) {
        (_, 1) => Ok(Flow::Back),
        (Some(next), 3) => {
            target::set(app, Some(&Target::Credential(next.id.clone())), None)?;
            say(prompter, &format!("Your target is now {}.", next.name))
        }
        (_, _) => {
            let asked = ask_target(app, prompter)?;
            Ok(Flow::left(&asked))
        }
    }
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
