//! `pass`, `drop`, `skip`, `schedule` and their opposites: what happened outside of the program.

use std::io::IsTerminal;

use anyhow::{Result, bail};
use chrono::NaiveDate;
use serde_json::json;

use super::Exit;
use super::desk::Desk;
use super::errors::not_found;
use crate::cli::Pass;
use crate::ui::output;
use crate::ui::prompter::Wish;
use crate::ui::text::{date, in_days};
use badgedex_domain::catalog::{Credential, Expires};
use badgedex_domain::journal::{Deed, Passed, Scheduled};
use badgedex_domain::period::Offer;
use badgedex_domain::sanitize;

/// The longest proof id that is kept, in characters.
const LONGEST_PROOF: usize = 200;

/// Says what was recorded.
fn done(desk: &Desk, credential: &Credential, did: &str, text: &str) -> Result<Exit> {
    let value = json!({ "format": 1, "done": did, "credential": credential.id.as_str(), "text": text });
    desk.tell(&value, text)?;
    Ok(Exit::Done)
}

fn find<'a>(desk: &'a Desk, named: &str) -> Result<&'a Credential> {
    desk.catalogs.find_credential(named).map_err(|e| not_found(&e))
}

pub fn pass(desk: &mut Desk, pass: &Pass) -> Result<Exit> {
    if let Some(file) = &pass.from {
        return super::keep::run(desk, file, pass.yes);
    }
    let credential = find(desk, pass.credential.as_deref().unwrap_or_default())?.clone();
    let today = desk.today();
    let on = pass.on.unwrap_or(today);
    if on > today {
        bail!(
            "{} is still to come: a pass lies in the past\n  badgedex schedule records a booked exam",
            date(on)
        );
    }
    let expires = pass.expires.map(|expires| checked(expires, on)).transpose()?;
    let proof = pass.proof.as_deref().map(proof).transpose()?;
    warn_if_not_offered(&credential, on)?;
    desk.record(vec![Deed::Passed(Passed { credential: credential.id.clone(), on, expires, proof })])?;
    let until = match desk.record.holding(&credential.id).and_then(|h| h.expires) {
        Some(Expires::On(day)) if day < today => format!("; it expired on {}", date(day)),
        Some(Expires::On(day)) => format!(", valid until {}", date(day)),
        Some(Expires::Never) => ", valid for ever".to_owned(),
        None => ", for how long is not known".to_owned(),
    };
    let text = format!("Recorded: {}, passed on {}{until}.", credential.name, date(on));
    done(desk, &credential, "passed", &text)
}

/// An expiry that does not lie before its pass.
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
    if text.is_empty() || text.chars().count() > LONGEST_PROOF {
        bail!("a proof id has 1 to {LONGEST_PROOF} characters; nothing was recorded");
    }
    Ok(text)
}

/// A pass of something that was not offered then is recorded: the learner knows better than the catalog.
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

pub fn schedule(
    desk: &mut Desk,
    named: &str,
    on: NaiveDate,
    fee: Option<f64>,
    place: Option<&str>,
) -> Result<Exit> {
    let credential = find(desk, named)?.clone();
    check_exam_day(desk, &credential, on)?;
    let place = place.map(|text| sanitize::line(text.trim()).into_owned()).filter(|text| !text.is_empty());
    let scheduled = Scheduled { credential: credential.id.clone(), on, fee, place };
    desk.record(vec![Deed::Scheduled(scheduled)])?;
    let when = in_days((on - desk.today()).num_days());
    let warning = retake_warning(desk, &credential, on).map_or_else(String::new, |text| format!("\n{text}"));
    let text = format!("Recorded: {}, exam on {} ({when}).{warning}", credential.name, date(on));
    done(desk, &credential, "scheduled", &text)
}

/// Refuses a day on which the exam cannot be sat. Where a person is there, they may know better.
fn check_exam_day(desk: &Desk, credential: &Credential, on: NaiveDate) -> Result<()> {
    let Some(problem) = exam_day_problem(desk, credential, on) else { return Ok(()) };
    if std::io::stdin().is_terminal() && !desk.json {
        let question = format!("{problem}. Record it all the same?");
        if desk.prompter()?.confirm(&question, false)? == Wish::Said(true) {
            return Ok(());
        }
    }
    bail!("{problem}; nothing was recorded");
}

/// Why an exam cannot be sat on a day.
pub fn exam_day_problem(desk: &Desk, credential: &Credential, on: NaiveDate) -> Option<String> {
    if on < desk.today() {
        return Some(format!("{} is past, and an exam is booked for a day to come", date(on)));
    }
    let again_from = desk
        .catalog_of(&credential.id)
        .ok()
        .and_then(|catalog| desk.record.retake_from(catalog, &credential.id, desk.today()));
    match credential.offer(on) {
        Offer::Announced => Some(format!("{} is not offered yet on {}", credential.name, date(on))),
        Offer::Retired => Some(format!("{} is no longer offered on {}", credential.name, date(on))),
        Offer::OnOffer | Offer::Unverified => again_from
            .filter(|again| on < *again)
            .map(|again| format!("after the last fail the next try is possible from {} on", date(again))),
    }
}

/// A fail on a day so near the exam's end leaves no time for another try.
fn retake_warning(desk: &Desk, credential: &Credential, on: NaiveDate) -> Option<String> {
    let last_day = credential.offered.last_sure()?;
    let wait = desk.catalog_of(&credential.id).ok()?.retake.as_ref()?.after_days;
    let left = (last_day - on).num_days();
    (left < i64::from(wait))
        .then(|| format!("Its last day is {}: a fail leaves no time for a second try.", date(last_day)))
}

pub fn fail(desk: &mut Desk, named: &str, on: Option<NaiveDate>) -> Result<Exit> {
    let credential = find(desk, named)?.clone();
    let on = on.unwrap_or(desk.today());
    if on > desk.today() {
        bail!("{} is still to come; nothing was recorded", date(on));
    }
    let text = failed(desk, &credential, on)?;
    done(desk, &credential, "failed", &text)
}

/// Records a fail, and says from when on the exam can be sat again.
pub fn failed(desk: &mut Desk, credential: &Credential, on: NaiveDate) -> Result<String> {
    desk.record(vec![Deed::Failed { credential: credential.id.clone(), on: Some(on) }])?;
    let again = desk.record.retake_from(desk.catalog_of(&credential.id)?, &credential.id, desk.today());
    let again =
        again.map_or_else(String::new, |day| format!(" The next try is possible from {} on.", date(day)));
    Ok(format!("Recorded: {}, not passed on {}.{again}", credential.name, date(on)))
}

pub fn move_to(desk: &mut Desk, named: &str, on: NaiveDate) -> Result<Exit> {
    let credential = find(desk, named)?.clone();
    if desk.record.booking(&credential.id).is_none() {
        bail!("no exam of {} is booked\n  badgedex schedule records one", credential.name);
    }
    check_exam_day(desk, &credential, on)?;
    desk.record(vec![Deed::Moved { credential: credential.id.clone(), on }])?;
    let when = in_days((on - desk.today()).num_days());
    let text = format!("Recorded: {}, exam moved to {} ({when}).", credential.name, date(on));
    done(desk, &credential, "moved", &text)
}

pub fn unschedule(desk: &mut Desk, named: &str) -> Result<Exit> {
    let credential = find(desk, named)?.clone();
    let Some(booking) = desk.record.booking(&credential.id).cloned() else {
        bail!("no exam of {} is booked", credential.name);
    };
    desk.record(vec![Deed::Unscheduled { credential: credential.id.clone() }])?;
    let text = format!("Recorded: no exam of {} on {}.", credential.name, date(booking.on));
    done(desk, &credential, "unscheduled", &text)
}

pub fn drop(desk: &mut Desk, named: &str) -> Result<Exit> {
    let credential = find(desk, named)?.clone();
    if desk.record.holding(&credential.id).is_none() {
        bail!("{} is not in your collection", credential.name);
    }
    desk.record(vec![Deed::Dropped { credential: credential.id.clone() }])?;
    let text = format!("Taken out of your collection: {}.", credential.name);
    done(desk, &credential, "dropped", &text)
}

pub fn skip(desk: &mut Desk, named: &str) -> Result<Exit> {
    let credential = find(desk, named)?.clone();
    if desk.record.has_skipped(&credential.id) {
        bail!("{} is skipped already", credential.name);
    }
    desk.record(vec![Deed::Skipped { credential: credential.id.clone() }])?;
    let text = format!("Skipped: {} will not be suggested.", credential.name);
    done(desk, &credential, "skipped", &text)
}

pub fn unskip(desk: &mut Desk, named: &str) -> Result<Exit> {
    let credential = find(desk, named)?.clone();
    if !desk.record.has_skipped(&credential.id) {
        bail!("{} is not skipped", credential.name);
    }
    desk.record(vec![Deed::Unskipped { credential: credential.id.clone() }])?;
    let text = format!("{} can be suggested again.", credential.name);
    done(desk, &credential, "unskipped", &text)
}

pub fn suspend(desk: &mut Desk, named: &str) -> Result<Exit> {
    let found = desk.library().find_question(named).map_err(|e| not_found(&e))?;
    let question = found.id.clone();
    if desk.record.is_suspended(found) {
        bail!("{question} is set aside already");
    }
    desk.record(vec![Deed::Suspended { question: question.clone() }])?;
    let text = format!("Set aside: {question}. badgedex resume {question} brings it back.");
    desk.tell(&json!({ "format": 1, "done": "suspended", "question": question.as_str() }), &text)?;
    Ok(Exit::Done)
}

pub fn resume(desk: &mut Desk, named: &str) -> Result<Exit> {
    let found = desk.library().find_question(named).map_err(|e| not_found(&e))?;
    let question = found.id.clone();
    if !desk.record.is_suspended(found) {
        bail!("{question} is not set aside");
    }
    desk.record(vec![Deed::Resumed { question: question.clone() }])?;
    let text = format!("{question} will be asked again.");
    desk.tell(&json!({ "format": 1, "done": "resumed", "question": question.as_str() }), &text)?;
    Ok(Exit::Done)
}
