//! `pass`, `drop`, `skip`, `schedule` and their opposites: what happened outside the program.

use std::fmt::Write;
use std::io::IsTerminal;

use anyhow::{Result, bail};
use chrono::{Days, NaiveDate};
use serde_json::Number;

use super::app_context::AppContext;
use super::errors::not_found;
use super::exit::Exit;
use super::target;
use crate::cli::{PassArgs, PassDay};
use crate::ui::json::json;
use crate::ui::output;
use crate::ui::prompter::Prompted;
use crate::ui::text::{date, in_days};
use badgedex_domain::catalog::{Credential, CredentialId, Expires};
use badgedex_domain::journal::{DayPrecision, Deed, Passed, Scheduled};
use badgedex_domain::period::{Offer, PartialDate};
use badgedex_domain::sanitize;
use badgedex_domain::target::Target;
use badgedex_domain::wording::partial_date;

/// A pass of the target is what was prepared for if it is at most this many days ago; an older one completes the
/// collection.
const MAX_DAYS_TO_TELL: i64 = 60;
/// A proof id has at most this many characters.
const MAX_PROOF_CHARS: usize = 200;

/// Says what was recorded.
fn done(app: &AppContext, credential: &Credential, did: &str, text: &str) -> Result<Exit> {
    let value = json!({ "format": 1, "done": did, "credential": credential.id.as_str(), "text": text });
    app.ui.tell(&value, text)?;
    Ok(Exit::Done)
}

fn find<'a>(app: &'a AppContext, named: &str) -> Result<&'a Credential> {
    app.packs.catalogs.find_credential(named).map_err(|e| not_found(&e))
}

/// Records a pass, or what a badge file holds.
///
/// # Errors
/// There is no such credential, a value makes no sense, or the store cannot be written to.
pub fn pass(app: &mut AppContext, pass: &PassArgs) -> Result<Exit> {
    if let Some(file) = &pass.from {
        return super::pass_from_file::run(app, file, pass.yes);
    }
    let credential = find(app, pass.credential.as_deref().unwrap_or_default())?.clone();
    let today = app.clock.today;
    let when = match pass.on {
        None => Some(PartialDate::Day(today)),
        Some(PassDay::On(when)) => Some(when),
        Some(PassDay::Unknown) => None,
    };
    let passed = Passed::when(credential.id.clone(), when);
    let on = passed.on;
    if on > today {
        bail!(
            "{} is in the future; a pass is in the past\n  to record a booked exam: badgedex schedule",
            date(on)
        );
    }
    let expires = pass.expires.map(|expires| checked(expires, on)).transpose()?;
    let proof = pass.proof.as_deref().map(proof).transpose()?;
    let score = pass.score.clone();
    check_score(&credential, score.as_ref(), true)?;
    if passed.precision == DayPrecision::Day {
        warn_if_not_offered(&credential, on)?;
    }
    let is_reached = record_pass(app, Passed { expires, proof, score, ..passed })?;
    let until = match app.learner.record.holding(&credential.id).and_then(|h| h.expires) {
        Some(Expires::On(day)) if day < today => format!("; it expired on {}", date(day)),
        Some(Expires::On(day)) => format!(", valid until {}", date(day)),
        Some(Expires::Never) => ". It never expires".to_owned(),
        None => ". How long it is valid is not known".to_owned(),
    };
    let when = match when {
        Some(PartialDate::Day(day)) => format!("passed on {}{until}.", date(day)),
        Some(when) => format!("passed in {}. {}", partial_date(when), to_complete(&credential)),
        None => format!("the day of the pass is missing. {}", to_complete(&credential)),
    };
    let next = if is_reached { format!("\n{}", next_target(app, &credential.id)?) } else { String::new() };
    done(app, &credential, "passed", &format!("Recorded: {}, {when}{next}", credential.name))
}

/// Records a pass; one of the target ends the preparation for it. Returns whether it did.
///
/// # Errors
/// The store cannot be written to.
pub fn record_pass(app: &mut AppContext, passed: Passed) -> Result<bool> {
    let target = app.learner.settings.target.as_ref().and_then(Target::credential);
    let is_recent = (app.clock.today - passed.on).num_days() <= MAX_DAYS_TO_TELL;
    let is_reached = target == Some(&passed.credential) && passed.precision == DayPrecision::Day && is_recent;
    let mut deeds = vec![Deed::Passed(passed)];
    if is_reached {
        deeds.extend(target::ended());
    }
    app.record(deeds)?;
    Ok(is_reached)
}

/// That the target is reached, and what could be the next one.
///
/// # Errors
/// The store cannot be read.
pub fn next_target(app: &AppContext, passed: &CredentialId) -> Result<String> {
    let reached = "You have reached your target.";
    Ok(match suggested(app, Some(passed))? {
        Some(next) => format!(
            "{reached} The next one could be {}: badgedex target {}",
            next.name,
            next.short.to_lowercase()
        ),
        None => reached.to_owned(),
    })
}

/// The credential that is suggested next: never the one that was just passed, even if an exam of it is still booked.
/// `None` if nothing is suggested.
///
/// # Errors
/// The store cannot be read.
pub fn suggested(app: &AppContext, passed: Option<&CredentialId>) -> Result<Option<Credential>> {
    let catalog = app.catalog()?;
    let advice = app.advisor(catalog, app.role_in(catalog))?.advise();
    let all = advice.suggestion.iter().chain(&advice.alternatives).map(|advice| advice.credential);
    Ok(all.into_iter().find(|credential| Some(&credential.id) != passed).cloned())
}

/// How the missing day of a pass is added later.
fn to_complete(credential: &Credential) -> String {
    format!("Once you know the day: badgedex pass {} --on DATE", credential.short.to_lowercase())
}

/// Refuses a score that contradicts the result.
///
/// # Errors
/// It does.
pub fn check_score(credential: &Credential, score: Option<&Number>, passed: bool) -> Result<()> {
    let (Some(mark), Some(score)) = (credential.pass_mark, score) else { return Ok(()) };
    let reaches = score.as_f64().is_some_and(|score| score >= f64::from(mark));
    if reaches != passed {
        let result = if passed { "a pass" } else { "a fail" };
        bail!("a score of {score} is not {result}: the pass mark is {mark}; nothing was recorded");
    }
    Ok(())
}

/// An expiry that is not before its pass.
fn checked(expires: Expires, on: NaiveDate) -> Result<Expires> {
    match expires {
        Expires::On(day) if day < on => {
            bail!("it cannot expire on {}, before the pass on {}; nothing was recorded", date(day), date(on))
        }
        expires => Ok(expires),
    }
}

fn proof(text: &str) -> Result<String> {
    let text = sanitize::line(text.trim()).into_owned();
    if text.is_empty() || text.chars().count() > MAX_PROOF_CHARS {
        bail!("a proof id has 1 to {MAX_PROOF_CHARS} characters; nothing was recorded");
    }
    Ok(text)
}

/// Warns about a pass of something that was not offered then. It is recorded: the learner knows better than the
/// catalog.
///
/// # Errors
/// Standard error is closed.
pub fn warn_if_not_offered(credential: &Credential, on: NaiveDate) -> Result<()> {
    let name = &credential.name;
    match credential.offer(on) {
        Offer::Announced => {
            output::note(&format!("{name} was not offered yet on {}; recorded all the same", date(on)))?;
        }
        Offer::Retired => {
            output::note(&format!("{name} was no longer offered on {}; recorded all the same", date(on)))?;
        }
        Offer::OnOffer | Offer::Unverified => {}
    }
    Ok(())
}

/// Records a booked exam.
///
/// # Errors
/// There is no such credential, the exam cannot be taken on that day, or the store cannot be written to.
pub fn schedule(
    app: &mut AppContext,
    named: &str,
    on: NaiveDate,
    fee: Option<f64>,
    place: Option<&str>,
) -> Result<Exit> {
    let credential = find(app, named)?.clone();
    check_exam_day(app, &credential, on)?;
    let place = place.map(|text| sanitize::line(text.trim()).into_owned()).filter(|text| !text.is_empty());
    let scheduled = Scheduled { credential: credential.id.clone(), on, fee, place };
    app.record(vec![Deed::Scheduled(scheduled)])?;
    let when = in_days((on - app.clock.today).num_days());
    let warning = retake_warning(app, &credential, on).map_or_else(String::new, |text| format!("\n{text}"));
    let text = format!("Recorded: {}, exam on {} ({when}).{warning}", credential.name, date(on));
    done(app, &credential, "scheduled", &text)
}

/// Refuses a day on which the exam cannot be taken. On a terminal the learner may insist.
fn check_exam_day(app: &AppContext, credential: &Credential, on: NaiveDate) -> Result<()> {
    let Some(problem) = exam_day_problem(app, credential, on) else { return Ok(()) };
    if std::io::stdin().is_terminal() && !app.ui.json {
        let question = format!("{problem}. Record it all the same?");
        if app.ui.prompter()?.confirm(&question, false)? == Prompted::Input(true) {
            return Ok(());
        }
    }
    bail!("{problem}; nothing was recorded");
}

/// Why an exam cannot be taken on a day.
pub fn exam_day_problem(app: &AppContext, credential: &Credential, on: NaiveDate) -> Option<String> {
    if on < app.clock.today {
        return Some(format!("{} is past, and an exam is booked for a day to come", date(on)));
    }
    let again_from = app
        .packs
        .catalog_of(&credential.id)
        .ok()
        .and_then(|catalog| app.learner.record.retake_from(catalog, &credential.id, app.clock.today));
    match credential.offer(on) {
        Offer::Announced => Some(format!("{} is not offered yet on {}", credential.name, date(on))),
        Offer::Retired => Some(format!("{} is no longer offered on {}", credential.name, date(on))),
        Offer::OnOffer | Offer::Unverified => again_from
            .filter(|again| on < *again)
            .map(|again| format!("after the last fail the next try is possible from {} on", date(again))),
    }
}

/// A warning if a fail on this day would leave no time for another try before the exam retires.
fn retake_warning(app: &AppContext, credential: &Credential, on: NaiveDate) -> Option<String> {
    let last_day = credential.offered.last_sure()?;
    let wait = app.packs.catalog_of(&credential.id).ok()?.retake.as_ref()?.after_days;
    let left = (last_day - on).num_days();
    (left < i64::from(wait))
        .then(|| format!("Its last day is {}: a fail leaves no time for a second try.", date(last_day)))
}

/// Records an exam that was not passed.
///
/// # Errors
/// There is no such credential, the day is still to come, or the store cannot be written to.
pub fn fail(
    app: &mut AppContext,
    named: &str,
    on: Option<NaiveDate>,
    score: Option<&Number>,
) -> Result<Exit> {
    let credential = find(app, named)?.clone();
    let on = on.unwrap_or(app.clock.today);
    if on > app.clock.today {
        bail!("{} is in the future; nothing was recorded", date(on));
    }
    check_score(&credential, score, false)?;
    let mut text = failed(app, &credential, on, score)?;
    if app.learner.settings.target.as_ref().and_then(Target::credential) == Some(&credential.id) {
        let again = next_try(app, &credential.id)?;
        let _ = write!(text, "\nIt stays your target. To plan for another day: badgedex target --on {again}");
    }
    done(app, &credential, "failed", &text)
}

/// Records a fail. Returns the sentence about it, with the first day on which the exam can be taken again.
///
/// # Errors
/// No catalog has the credential, or the store cannot be written to.
pub fn failed(
    app: &mut AppContext,
    credential: &Credential,
    on: NaiveDate,
    score: Option<&Number>,
) -> Result<String> {
    let score = score.cloned();
    app.record(vec![Deed::Failed { credential: credential.id.clone(), on: Some(on), score }])?;
    let again = app.learner.record.retake_from(
        app.packs.catalog_of(&credential.id)?,
        &credential.id,
        app.clock.today,
    );
    let again =
        again.map_or_else(String::new, |day| format!(" The next try is possible from {} on.", date(day)));
    Ok(format!("Recorded: {}, not passed on {}.{again}", credential.name, date(on)))
}

/// The first day of another try, from the day after today on.
///
/// # Errors
/// No catalog has the credential.
pub fn next_try(app: &AppContext, id: &CredentialId) -> Result<NaiveDate> {
    let tomorrow = app.clock.today + Days::new(1);
    let again = app.learner.record.retake_from(app.packs.catalog_of(id)?, id, app.clock.today);
    Ok(again.map_or(tomorrow, |again| again.max(tomorrow)))
}

/// Moves a booked exam to another day.
///
/// # Errors
/// No such exam is booked, it cannot be taken on that day, or the store cannot be written to.
pub fn move_to(app: &mut AppContext, named: &str, on: NaiveDate) -> Result<Exit> {
    let credential = find(app, named)?.clone();
    if app.learner.record.booking(&credential.id).is_none() {
        bail!("no exam of {} is booked\n  badgedex schedule records one", credential.name);
    }
    check_exam_day(app, &credential, on)?;
    app.record(vec![Deed::Moved { credential: credential.id.clone(), on }])?;
    let when = in_days((on - app.clock.today).num_days());
    let text = format!("Recorded: {}, exam moved to {} ({when}).", credential.name, date(on));
    done(app, &credential, "moved", &text)
}

/// Takes a booking back.
///
/// # Errors
/// No such exam is booked, or the store cannot be written to.
pub fn unschedule(app: &mut AppContext, named: &str) -> Result<Exit> {
    let credential = find(app, named)?.clone();
    let Some(booking) = app.learner.record.booking(&credential.id).cloned() else {
        bail!("no exam of {} is booked", credential.name);
    };
    app.record(vec![Deed::Unscheduled { credential: credential.id.clone() }])?;
    let text = format!("Recorded: no exam of {} on {}.", credential.name, date(booking.on));
    done(app, &credential, "unscheduled", &text)
}

/// Takes a credential out of the collection.
///
/// # Errors
/// It is not in the collection, or the store cannot be written to.
pub fn drop(app: &mut AppContext, named: &str) -> Result<Exit> {
    let credential = find(app, named)?.clone();
    if app.learner.record.holding(&credential.id).is_none() {
        bail!("{} is not in your collection", credential.name);
    }
    app.record(vec![Deed::Dropped { credential: credential.id.clone() }])?;
    let text = format!("Removed from your collection: {}.", credential.name);
    done(app, &credential, "dropped", &text)
}

/// Keeps a credential from being suggested.
///
/// # Errors
/// There is no such credential, it is skipped already, or the store cannot be written to.
pub fn skip(app: &mut AppContext, named: &str) -> Result<Exit> {
    let credential = find(app, named)?.clone();
    if app.learner.record.has_skipped(&credential.id) {
        bail!("{} is skipped already", credential.name);
    }
    app.record(vec![Deed::Skipped { credential: credential.id.clone() }])?;
    let text = format!("Skipped: {} will not be suggested.", credential.name);
    done(app, &credential, "skipped", &text)
}

/// Lets a skipped credential be suggested again.
///
/// # Errors
/// It is not skipped, or the store cannot be written to.
pub fn unskip(app: &mut AppContext, named: &str) -> Result<Exit> {
    let credential = find(app, named)?.clone();
    if !app.learner.record.has_skipped(&credential.id) {
        bail!("{} is not skipped", credential.name);
    }
    app.record(vec![Deed::Unskipped { credential: credential.id.clone() }])?;
    let text = format!("{} can be suggested again.", credential.name);
    done(app, &credential, "unskipped", &text)
}
