//! The plan: exam after exam, with dates and fees, and the obstacles.

use chrono::NaiveDate;

use super::reasons;
use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, and, count, date, fit, short_date};
use badgedex_domain::catalog::{Catalog, CredentialId};
use badgedex_domain::money::Money;
use badgedex_domain::period::Offer;
use badgedex_domain::plan::{Obstacle, Plan, PlanRequest, Stop};

/// What the screen shows besides the plan.
#[derive(Debug, Clone, Copy)]
pub struct PlanContext<'a> {
    pub catalog: &'a Catalog,
    pub wanted: &'a PlanRequest<'a>,
    pub today: NaiveDate,
}

/// The whole plan, or its obstacles.
pub fn plan(look: &Look, plan: &Plan, context: &PlanContext) -> String {
    let mut page = Page::new(look);
    page.blank();
    let goal = context.wanted.target.map_or(context.catalog.title.as_str(), |t| t.name.as_str());
    page.title(&format!("The way to {goal}"));
    if plan.stops.is_empty() {
        if plan.obstacles.is_empty() {
            page.para("There is nothing left to do on it.");
        }
    } else {
        page.para(in_short(plan));
        page.blank();
        let widest = plan.stops.iter().map(|s| name(s, context).chars().count()).max().unwrap_or(0).min(34);
        for stop in &plan.stops {
            row(&mut page, look, stop, context, widest);
        }
        page.blank();
        page.para(look.paint(Tone::Title, &total(plan)));
    }
    for obstacle_ in &plan.obstacles {
        page.blank();
        page.para(look.paint(Tone::Warn, &obstacle(obstacle_, context)));
    }
    notes(&mut page, look, plan, context);
    page.done()
}

/// "7 exams, the last on 23 May 2027, at 1 a month".
fn in_short(plan: &Plan) -> String {
    let last = plan.ends_on().map_or_else(String::new, |day| format!(", the last on {}", date(day)));
    format!("{}{last}, at {} a month.", count(plan.stops.len(), "exam", "exams"), pace(plan.per_month))
}

fn pace(per_month: f64) -> String {
    let rounded = (per_month * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 { format!("{rounded:.0}") } else { format!("{rounded:.1}") }
}

fn name(stop: &Stop, context: &PlanContext) -> String {
    format!("{} ({})", context.catalog.card_name(stop.credential), stop.credential.short)
}

fn row(page: &mut Page, look: &Look, stop: &Stop, context: &PlanContext, widest: usize) {
    let step = stop.step.map_or_else(String::new, |step| format!("step {step}"));
    let day = short_date(stop.on);
    let name = name(stop, context);
    if look.is_narrow() || look.plain {
        page.para(format!("{day}, {name}, {step}: {}", money(stop)));
    } else {
        page.line(format!("{day:>11}  {}  {step:6}  {}", fit(&name, widest), money(stop)));
    }
    let under = if look.is_narrow() || look.plain { "  " } else { "             " };
    if !stop.renews.is_empty() {
        page.hanging(under, look.paint(Tone::Dim, &format!("renews {}", shorts(&stop.renews, context))));
    }
    for window in &stop.without_exam {
        let way = reasons::without_exam(window, context.today);
        page.hanging(under, look.paint(Tone::Dim, &format!("or without an exam: {way}")));
    }
    if let Some(last_day) = stop.last_day {
        let text = format!("last day {}: no time for a second try", date(last_day));
        page.hanging(under, look.paint(Tone::Warn, &text));
    }
}

/// "USD 75 (half of 150)", "free", "fee not known".
fn money(stop: &Stop) -> String {
    let currency = stop.credential.fee.map_or_else(String::new, |fee| format!("{} ", fee.currency));
    match (stop.fee, stop.pay, stop.voucher) {
        (None, _, _) => "fee not known".to_owned(),
        (Some(Money(0)), _, _) => "free".to_owned(),
        (Some(fee), Some(pay), Some(percent)) => format!("{currency}{pay} ({fee} less {percent} %)"),
        (Some(fee), _, None) => format!("{currency}{fee}"),
        (Some(fee), None, Some(_)) => format!("{currency}{fee}"),
    }
}

fn shorts(ids: &[CredentialId], context: &PlanContext) -> String {
    let names: Vec<String> =
        ids.iter().filter_map(|id| context.catalog.credential(id)).map(|c| c.short.clone()).collect();
    and(&names)
}

fn total(plan: &Plan) -> String {
    let currency = plan.currency.map_or_else(String::new, |c| format!("{c} "));
    let unknown = if plan.fee_unknown { ", and fees that are not known" } else { "" };
    format!("{currency}{} in all{unknown}.", plan.total)
}

/// An obstacle, and what would remove it.
pub fn obstacle(obstacle: &Obstacle, context: &PlanContext) -> String {
    match obstacle {
        Obstacle::NotOnOffer(Offer::Retired) => "It is retired: nobody can earn it any more.".to_owned(),
        Obstacle::NotOnOffer(Offer::Announced) => "It is announced and cannot be earned yet.".to_owned(),
        Obstacle::NotOnOffer(_) => {
            "The path does not lead there: it is skipped, or nothing recent confirms that it is offered."
                .to_owned()
        }
        Obstacle::AlreadyHeld => "You hold it already.".to_owned(),
        Obstacle::TooLate { ends_on, by, per_month } => format!(
            "That is {} after {}. {} a month would do.",
            count(usize::try_from((*ends_on - *by).num_days()).unwrap_or(0), "day", "days"),
            date(*by),
            pace(*per_month)
        ),
        Obstacle::NoTime { by } => format!("{} leaves no time for an exam.", date(*by)),
        Obstacle::OverBudget { affordable, missing } => {
            let first = match affordable {
                0 => "The budget does not reach the first exam".to_owned(),
                n => format!("The budget reaches the first {}", count(*n, "exam", "exams")),
            };
            format!("{first}; {missing} more would pay for all of them.")
        }
        Obstacle::RetiresFirst { credential, last_day } => {
            let name = context.catalog.credential(credential).map_or("It", |c| c.name.as_str());
            format!(
                "{name} can be sat only until {}: at that pace the way comes too late. A quicker pace may do.",
                date(*last_day)
            )
        }
    }
}

fn notes(page: &mut Page, look: &Look, plan: &Plan, context: &PlanContext) {
    let Some(voucher) =
        context.catalog.voucher.as_ref().filter(|_| plan.stops.iter().any(|s| s.voucher.is_some()))
    else {
        return;
    };
    page.blank();
    let text = format!(
        "Every pass of a paid exam brings a voucher for {} % of the next fee. One that you may have from before is not counted.",
        voucher.percent
    );
    page.para(look.paint(Tone::Dim, &text));
}
