//! `pass`, `drop`, `skip`, `schedule` and their opposites: what happened outside of the program.

use anyhow::{Result, bail};
use chrono::NaiveDate;
use serde_json::json;

use super::Exit;
use super::desk::Desk;
use super::errors::not_found;
use crate::cli::Pass;
use crate::domain::catalog::Credential;
use crate::domain::gate;
use crate::domain::journal::{Deed, Expires, Passed, Scheduled};
use crate::domain::period::Offer;
use crate::ui::output;
use crate::ui::text::{date, in_days};

/// The longest proof id that is kept, in characters.
const LONGEST_PROOF: usize = 200;

/// Says what was recorded.
fn done(desk: &Desk, credential: &Credential, did: &str, text: &str) -> Result<Exit> {
    let value = json!({ "format": 1, "done": did, "credential": credential.id.as_str(), "text": text });
    let line = if desk.json { value.to_string() } else { text.to_owned() };
    output::page(&line)?;
    Ok(Exit::Done)
}

fn find<'a>(desk: &'a Desk, named: &str) -> Result<&'a Credential> {
    desk.library.find_credential(named).map_err(|e| not_found(&e))
}

pub fn pass(desk: &mut Desk, pass: &Pass) -> Result<Exit> {
    let credential = find(desk, &pass.credential)?.clone();
    let today = desk.today();
    let on = pass.on.unwrap_or(today);
    if on > today {
        bail!(
            "{} is still to come: a pass lies in the past\n  badgedex schedule records a booked exam",
            date(on)
        );
    }
    let expires = pass.expires.as_deref().map(|text| expiry(text, on)).transpose()?;
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

fn expiry(text: &str, on: NaiveDate) -> Result<Expires> {
    if text.eq_ignore_ascii_case("never") {
        return Ok(Expires::Never);
    }
    let Ok(day) = text.parse::<NaiveDate>() else {
        bail!("\"{}\" is no date: write YYYY-MM-DD or never; nothing was recorded", gate::line(text));
    };
    if day < on {
        bail!("it cannot expire on {}, before the pass on {}; nothing was recorded", date(day), date(on));
    }
    Ok(Expires::On(day))
}

fn proof(text: &str) -> Result<String> {
    let text = gate::line(text.trim()).into_owned();
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

pub fn schedule(desk: &mut Desk, named: &str, on: NaiveDate, fee: Option<f64>) -> Result<Exit> {
    let credential = find(desk, named)?.clone();
    let today = desk.today();
    if on < today {
        bail!(
            "{} is past: an exam is booked for a day to come\n  badgedex pass --on DATE records a pass",
            date(on)
        );
    }
    let name = &credential.name;
    match credential.offer(on) {
        Offer::Announced => bail!("{name} is not offered yet on {}; nothing was recorded", date(on)),
        Offer::Retired => bail!("{name} is no longer offered on {}; nothing was recorded", date(on)),
        Offer::OnOffer | Offer::Unverified => {}
    }
    let scheduled = Scheduled { credential: credential.id.clone(), on, fee };
    desk.record(vec![Deed::Scheduled(scheduled)])?;
    let when = in_days((on - today).num_days());
    let text = format!("Recorded: {name}, exam on {} ({when}).", date(on));
    done(desk, &credential, "scheduled", &text)
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
    let question = desk.library.find_question(named).map_err(|e| not_found(&e))?.id.clone();
    if desk.record.is_suspended(&question) {
        bail!("{question} is set aside already");
    }
    desk.record(vec![Deed::Suspended { question: question.clone() }])?;
    output::page(&format!("Set aside: {question}. badgedex resume {question} brings it back."))?;
    Ok(Exit::Done)
}

pub fn resume(desk: &mut Desk, named: &str) -> Result<Exit> {
    let question = desk.library.find_question(named).map_err(|e| not_found(&e))?.id.clone();
    if !desk.record.is_suspended(&question) {
        bail!("{question} is not set aside");
    }
    desk.record(vec![Deed::Resumed { question: question.clone() }])?;
    output::page(&format!("{question} will be asked again."))?;
    Ok(Exit::Done)
}
