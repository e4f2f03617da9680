//! `plan`: the way to a credential, or along the whole path.

use anyhow::Result;
use serde_json::{Value, json};

use super::Exit;
use super::desk::Desk;
use super::errors::not_found;
use super::next::amount_json;
use crate::cli;
use crate::ui::screens;
use badgedex_domain::money::Money;
use badgedex_domain::plan::{self, Plan, PlanRequest, Stop};

pub fn run(desk: &Desk, asked_for: &cli::Plan) -> Result<Exit> {
    let named = asked_for.credential.as_deref().map(|named| desk.catalogs.find_credential(named));
    let target = named.transpose().map_err(|e| not_found(&e))?;
    let catalog = match target {
        Some(target) => desk.catalog_of(&target.id)?,
        None => desk.catalog_named(asked_for.issuer.as_deref())?,
    };
    let role = desk.settings.role.as_deref().and_then(|id| catalog.role(id));
    let advisor = desk.advisor(catalog, role)?;
    let wanted = PlanRequest {
        target,
        per_month: asked_for.per_month,
        by: asked_for.by,
        budget: asked_for.budget.map(Money::from_units),
    };
    let plan = plan::plan(&advisor, &wanted);
    let around = screens::plan::Around { catalog, wanted: &wanted, today: desk.today() };
    desk.print(|| plan_json(&plan, &around), |look| screens::plan::plan(look, &plan, &around))?;
    Ok(Exit::Done)
}

fn plan_json(plan: &Plan, around: &screens::plan::Around) -> Value {
    json!({
        "format": 1,
        "today": around.today,
        "issuer": around.catalog.id,
        "target": around.wanted.target.map(|t| t.id.as_str()),
        "per_month": plan.per_month,
        "stops": plan.stops.iter().map(stop_json).collect::<Vec<_>>(),
        "total": { "amount": amount_json(plan.total.units()), "currency": plan.currency.map(|c| c.to_string()) },
        "fee_unknown": plan.fee_unknown,
        "ends_on": plan.ends_on(),
        "obstacles": plan.obstacles.iter().map(|o| screens::plan::obstacle(o, around)).collect::<Vec<_>>(),
    })
}

fn stop_json(stop: &Stop) -> Value {
    json!({
        "credential": stop.credential.id.as_str(),
        "name": stop.credential.name,
        "action": stop.action.name(),
        "step": stop.step,
        "on": stop.on,
        "fee": stop.fee.map(|fee| amount_json(fee.units())),
        "pay": stop.pay.map(|pay| amount_json(pay.units())),
        "voucher_percent": stop.voucher,
        "renews": stop.renews.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
        "last_day": stop.last_day,
    })
}
