//! The chance to pass in a line, for the screens that are about something else.

use anyhow::Result;
use chrono::NaiveDate;
use serde_json::Value;

use super::app_context::AppContext;
use super::next::fee_json;
use crate::ui::json::json;
use crate::ui::screens::chance::{self, Stake};
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::money::{Fee, Money};
use badgedex_domain::readiness::Chance;
use badgedex_domain::target::Target;

/// The line of the home screen; `None` if there is too little evidence.
///
/// # Errors
/// The store cannot be read.
pub fn line(app: &AppContext, target: &Target) -> Result<Option<String>> {
    let told = app.chances()?.iter().find(|told| told.target == *target);
    Ok(told.map(|told| chance::line(told, app.clock.today)))
}

/// What is at stake in a booked exam; `None` if none is booked. The fee is what was paid, else what the exam costs.
pub fn stake(app: &AppContext, id: &CredentialId) -> Option<Stake> {
    let booking = app.learner.record.upcoming(id, app.clock.today)?;
    let listed = app.packs.catalogs.credential(id).and_then(|credential| credential.fee_on(app.clock.today));
    let paid = |fee: Fee| Fee { amount: booking.fee.map_or(fee.amount, Money::from_units), ..fee };
    let rule = app.packs.catalog_of(id).ok().and_then(|catalog| catalog.reschedule.as_ref());
    Some(Stake {
        fee: listed.map(paid),
        free_to_move: rule.map(|rule| (rule.hours, rule.last_whole_day(booking.on))),
    })
}

/// A booked exam of which a chance can be told.
struct Booked<'a> {
    credential: &'a CredentialId,
    chance: &'a Chance,
    stake: Stake,
}

fn all_booked(app: &AppContext) -> Result<Vec<Booked<'_>>> {
    // Most learners ask for advice without a booking: then no question is read.
    if app.learner.record.next_exam(app.clock.today).is_none() {
        return Ok(Vec::new());
    }
    let chances = app.chances()?.iter();
    let booked = chances.filter_map(|chance| {
        let credential = chance.target.credential()?;
        Some(Booked { credential, chance, stake: stake(app, credential)? })
    });
    Ok(booked.collect())
}

/// The chances in the exams that are booked, with what is at stake: a paragraph each.
///
/// # Errors
/// The store cannot be read.
pub fn booked(app: &AppContext) -> Result<Vec<String>> {
    let short = |id: &CredentialId| {
        app.packs
            .catalogs
            .credential(id)
            .map_or_else(|| id.to_string(), |credential| credential.short.clone())
    };
    let told = |booked: Booked| {
        chance::booked(&short(booked.credential), booked.chance, &booked.stake, app.clock.today)
    };
    Ok(all_booked(app)?.into_iter().map(told).collect())
}

/// The same as JSON.
///
/// # Errors
/// The store cannot be read.
pub fn booked_json(app: &AppContext) -> Result<Vec<Value>> {
    let told = |booked: Booked| {
        let Booked { credential, chance, stake } = booked;
        let free_until: Option<NaiveDate> = stake.free_to_move.map(|(_, last)| last);
        json!({
            "credential": credential,
            "on": chance.on,
            "chance": chance.chance,
            "right": { "low": chance.right.0, "high": chance.right.1, "of": chance.of },
            "fee": stake.fee.map(fee_json),
            "free_to_move_until": free_until,
        })
    };
    Ok(all_booked(app)?.into_iter().map(told).collect())
}
