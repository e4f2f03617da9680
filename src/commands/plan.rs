//! `plan`: the way to a credential, or along the whole path.

use anyhow::Result;
use serde_json::Value;

use super::app_context::AppContext;
use super::chance;
use super::errors::not_found;
use super::exam_days;
use super::exit::Exit;
use super::next::{amount_json, without_exam_json};
use crate::cli;
use crate::ui::json::json;
use crate::ui::screens;
use badgedex_domain::exam_days::DayOfStudy;
use badgedex_domain::money::Money;
use badgedex_domain::plan::{self, Plan, PlanRequest, Stop};

/// Shows the plan.
///
/// # Errors
/// There is no such credential or issuer, or the store cannot be read.
pub fn run(app: &AppContext, asked_for: &cli::PlanArgs) -> Result<Exit> {
    let named = asked_for.credential.as_deref().map(|named| app.packs.catalogs.find_credential(named));
    let target = named.transpose().map_err(|e| not_found(&e))?;
    let catalog = match target {
        Some(target) => app.packs.catalog_of(&target.id)?,
        None => app.catalog_named(asked_for.issuer.as_deref())?,
    };
    let role = app.learner.settings.role.as_deref().and_then(|id| catalog.role(id));
    let advisor = app.advisor(catalog, role)?;
    let wanted = PlanRequest {
        target,
        per_month: asked_for.per_month,
        by: asked_for.by,
        budget: asked_for.budget.map(Money::from_units),
    };
    let plan = plan::plan(&advisor, &wanted);
    let (study, mock_exams) = (exam_days::schedule(app)?, exam_days::mock_exam_days(app)?);
    let chances = chance::booked(app)?;
    let around = screens::plan::PlanContext {
        catalog,
        wanted: &wanted,
        is_partner: advisor.is_partner,
        study: &study,
        mock_exams: &mock_exams,
        chances: &chances,
        today: app.clock.today,
    };
    let booked = chance::booked_json(app)?;
    app.ui.print(|| plan_json(&plan, &around, booked), |look| screens::plan::plan(look, &plan, &around))?;
    Ok(Exit::Done)
}

fn plan_json(plan: &Plan, around: &screens::plan::PlanContext, chances: Vec<Value>) -> Value {
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
        "mock_exams": around.mock_exams,
        "study": around.study.iter().map(day_json).collect::<Vec<_>>(),
        "chances": chances,
        "partner": around.is_partner,
        "partners_only": plan.partners_only.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(),
        "obstacles": plan.obstacles.iter().map(|o| screens::plan::obstacle(o, around)).collect::<Vec<_>>(),
    })
}

fn day_json(day: &DayOfStudy) -> Value {
    json!({ "on": day.on, "questions": day.questions })
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
        "without_exam": stop.without_exam.iter().map(without_exam_json).collect::<Vec<_>>(),
        "last_day": stop.last_day,
    })
}
