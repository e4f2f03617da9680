//! `next`: which credential next, and why.

use anyhow::Result;
use serde_json::Value;

use super::app_context::AppContext;
use super::chance;
use super::errors::not_found;
use super::exit::Exit;
use super::partner;
use super::roles::find_role;
use crate::ui::json::json;
use crate::ui::prompter::Prompted;
use crate::ui::screens::{self, next::AdviceContext, reasons};
use badgedex_domain::advice::{Advice, Advisor, RenewalDue, StepState, Suggestion};
use badgedex_domain::catalog::{Credential, RenewalWindow, Validity};
use badgedex_domain::money::Fee;
use badgedex_domain::renewals::{self, RenewalPlan};

/// Shows the suggestion and its runner-ups. At a terminal, first asks what it depends on and was never asked.
///
/// # Errors
/// There is no such role or issuer, the store cannot be read or written to, or the terminal is gone.
pub fn run(app: &mut AppContext, role: Option<&str>, explain: bool, issuer: Option<&str>) -> Result<Exit> {
    if app.ui.can_ask()
        && let Some(question) = partner::question(app, role, issuer)?
    {
        let mut prompter = app.ui.prompter()?;
        if question.ask(app, prompter.as_mut())? == Prompted::Quit {
            return Ok(Exit::Interrupted);
        }
    }
    show(app, role, explain, issuer)
}

/// Shows the suggestion and its runner-ups, and asks nothing.
///
/// # Errors
/// There is no such role or issuer, or the store cannot be read.
pub fn show(app: &AppContext, role: Option<&str>, explain: bool, issuer: Option<&str>) -> Result<Exit> {
    let catalog = app.catalog_named(issuer)?;
    let role = match role {
        Some(named) => Some(find_role(catalog, named).map_err(|e| not_found(&e))?),
        None => app.role_in(catalog),
    };
    let advisor = app.advisor(catalog, role)?;
    let advice = advisor.advise();
    let around = around(app, &advisor, &advice, explain)?;
    let chances = chance::booked_json(app)?;
    app.ui.print(
        || next_json(&advisor, &advice, chances),
        |look| screens::next::next(look, &advice, &around),
    )?;
    Ok(Exit::Done)
}

/// What else would be suggested: after skipping, in another role.
fn around<'a>(
    app: &'a AppContext,
    advisor: &Advisor<'a>,
    advice: &Advice<'a>,
    explain: bool,
) -> Result<AdviceContext<'a>> {
    let first = advice.suggestion.as_ref().map(|s| s.credential);
    let suggested = |other: Advisor<'a>| other.first_choice().map(|(credential, ..)| credential);
    let if_skipped = first.and_then(|first| {
        let record = app.learner.record.with_skip(&first.id);
        let other = Advisor { record: &record, ..*advisor };
        let id = other.first_choice().map(|(credential, ..)| credential.id.clone())?;
        advisor.catalog.credential(&id)
    });
    let differs = |credential: &&'a Credential| first.is_some_and(|f| f.id != credential.id);
    let by_role = advisor
        .catalog
        .roles
        .iter()
        .filter(|role| advisor.role.is_none_or(|own| own.id != role.id))
        .filter_map(|role| {
            let other = suggested(Advisor { role: Some(role), ..*advisor }).filter(differs)?;
            Some((role.name.as_str(), other))
        })
        .collect();
    let today = advisor.today;
    Ok(AdviceContext {
        catalog: advisor.catalog,
        today,
        is_partner: advisor.is_partner,
        if_skipped,
        by_role,
        renewal_plan: renewal_plan(advisor, advice),
        next_expiry: app
            .learner
            .record
            .holdings()
            .filter(|h| h.is_valid(today))
            .filter_map(|h| h.expires_on())
            .min(),
        chances: chance::booked(app)?,
        explain,
    })
}

fn next_json(advisor: &Advisor, advice: &Advice, chances: Vec<Value>) -> Value {
    let suggestion = |s: &Suggestion| suggestion_json(advisor, s);
    json!({
        "format": 1,
        "today": advisor.today,
        "role": advisor.role.map(|r| r.id.as_str()),
        "partner": advisor.is_partner,
        "partners_only": advice.partners_only.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(),
        "betas": advice.betas.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(),
        "chances": chances,
        "complete": advice.complete,
        "suggestion": advice.suggestion.as_ref().map(suggestion),
        "alternatives": advice.alternatives.iter().map(suggestion).collect::<Vec<_>>(),
        "renewals": advice.renewals.iter().map(renewal_json).collect::<Vec<_>>(),
        "renewal_plan": plan_json(&renewal_plan(advisor, advice)),
        "steps": advice.steps.iter().map(|step| step_json(step, advisor)).collect::<Vec<_>>(),
    })
}

fn suggestion_json(advisor: &Advisor, suggestion: &Suggestion) -> Value {
    let reasons: Vec<Value> = suggestion
        .reasons
        .iter()
        .map(|r| json!({ "kind": r.kind(), "text": reasons::text(r, advisor.catalog, advisor.today) }))
        .collect();
    let credential = suggestion.credential;
    json!({
        "credential": credential.id.as_str(),
        "name": credential.name,
        "action": suggestion.action.name(),
        "step": suggestion.step,
        "mastery": suggestion.mastery.mean,
        "mastered": suggestion.mastery.study == badgedex_domain::mastery::StudyStage::Mastered,
        "fee": credential.fee.map(fee_json),
        "proctored": credential.proctored,
        "valid_years": credential.validity.as_ref().map_or(Value::Null, |v| years_json(v, advisor)),
        "reasons": reasons,
    })
}

/// A fee as JSON.
pub fn fee_json(fee: Fee) -> Value {
    json!({ "amount": amount_json(fee.amount.units()), "currency": fee.currency.to_string() })
}

/// Whole amounts as whole numbers.
pub fn amount_json(amount: f64) -> Value {
    if amount.fract() == 0.0 { json!(amount as i64) } else { json!(amount) }
}

fn years_json(validity: &Validity, advisor: &Advisor) -> Value {
    match validity.months_on(advisor.today) {
        _ if *validity == Validity::Never => json!("never"),
        Some(months) => amount_json(f64::from(months) / 12.0),
        None => Value::Null,
    }
}

fn renewal_json(renewal: &RenewalDue) -> Value {
    json!({
        "credential": renewal.credential.id.as_str(),
        "expires_on": renewal.expires_on,
        "days_left": renewal.days_left,
        "renewed_by": renewal.renewed_by.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
        "without_exam": renewal.without_exam.iter().map(without_exam_json).collect::<Vec<_>>(),
    })
}

/// A way to renew without an exam, with the first and the last day on which it can be completed.
pub fn without_exam_json(window: &RenewalWindow) -> Value {
    json!({
        "name": window.way.name,
        "fee": window.way.fee.map(fee_json),
        "from": window.from,
        "until": window.until,
        "months": window.way.months,
        "effort": window.way.effort,
    })
}

/// The cheapest way to renew all that expires soon.
fn renewal_plan<'a>(advisor: &Advisor<'a>, advice: &Advice<'a>) -> RenewalPlan<'a> {
    let chosen: Vec<&Credential> = advice.renewals.iter().map(|r| r.credential).collect();
    renewals::cheapest(advisor.catalog, advisor.record, &chosen, advisor.today)
}

fn plan_json(plan: &RenewalPlan) -> Value {
    let ids = |held: &[&Credential]| held.iter().map(|c| c.id.to_string()).collect::<Vec<_>>();
    let exams: Vec<Value> = plan
        .exams
        .iter()
        .map(|(exam, renews)| {
            json!({ "credential": exam.id.as_str(), "fee": exam.fee.map(fee_json), "renews": ids(renews) })
        })
        .collect();
    json!({
        "exams": exams, "total": amount_json(plan.total.units()), "fee_unknown": plan.fee_unknown,
        "out_of_reach": ids(&plan.not_renewable),
    })
}

fn step_json(step: &StepState, advisor: &Advisor) -> Value {
    json!({
        "step": step.step.number,
        "title": step.step.title,
        "needed": step.needed,
        "have": step.have,
        "open": step.is_open(),
        "closed": step.closed,
        "not_counted": step.unconfirmed(advisor.today).map(|c| c.id.as_str()).collect::<Vec<_>>(),
        "credentials": step.slots.iter().map(|slot| slot.current().id.as_str()).collect::<Vec<_>>(),
    })
}
