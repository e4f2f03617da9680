//! The plan: exam after exam, with dates and fees, and the obstacles.

use chrono::{Datelike, NaiveDate};

use super::reasons;
use crate::ui::look::{Look, Tone};
use crate::ui::text::{Page, and, count, date, display_width, fit, short_date, wrap};
use badgedex_domain::catalog::{Catalog, CredentialId};
use badgedex_domain::exam_days::DayOfStudy;
use badgedex_domain::money::Money;
use badgedex_domain::period::Offer;
use badgedex_domain::plan::{Obstacle, Plan, PlanRequest, Stop};

/// What the screen shows besides the plan.
#[derive(Debug, Clone, Copy)]
pub struct PlanContext<'a> {
    pub catalog: &'a Catalog,
    pub wanted: &'a PlanRequest<'a>,
    /// Whether the learner is a partner of the issuer; `None` if that is not known.
    pub is_partner: Option<bool>,
    /// The days of study until the next exam; empty if none with content has a day.
    pub study: &'a [DayOfStudy],
    /// When to sit mock exams before it.
    pub mock_exams: &'a [NaiveDate],
    /// The chances in the exams that are booked.
    pub chances: &'a [String],
    pub today: NaiveDate,
}

/// The whole plan, or its obstacles.
pub fn plan(look: &Look, plan: &Plan, context: &PlanContext) -> String {
    let mut page = Page::new(look);
    page.blank();
    let goal = context.wanted.target.map_or(context.catalog.title.as_str(), |t| t.name.as_str());
    page.title(&format!("Plan: {goal}"));
    if plan.stops.is_empty() {
        if plan.obstacles.is_empty() {
            page.para("Nothing is left to do.");
        }
    } else {
        page.para(in_short(plan));
        page.blank();
        let columns = Columns::of(look, plan, context);
        for stop in &plan.stops {
            row(&mut page, look, stop, context, columns);
        }
        page.blank();
        page.para(look.paint(Tone::Title, &total(plan)));
    }
    study(&mut page, context.study, context.mock_exams);
    for chance in context.chances {
        page.blank();
        page.para(chance);
    }
    for obstacle_ in &plan.obstacles {
        page.blank();
        page.para(look.paint(Tone::Warn, &obstacle(obstacle_, context)));
    }
    partners_only(&mut page, look, plan, context);
    notes(&mut page, look, plan, context);
    page.done()
}

/// The days until the exam, week by week.
fn study(page: &mut Page, days: &[DayOfStudy], mock_exams: &[NaiveDate]) {
    if days.is_empty() {
        return;
    }
    page.blank();
    page.title("Study until the exam");
    let is_same_week = |a: &DayOfStudy, b: &DayOfStudy| a.on.iso_week() == b.on.iso_week();
    for week in days.chunk_by(is_same_week) {
        let (first, last) = (week[0].on, week[week.len() - 1].on);
        let until = if first == last { short_date(first) } else { format!("until {}", short_date(last)) };
        let questions: usize = week.iter().map(|day| day.questions).sum();
        let of_study = week.iter().filter(|day| day.questions > 0).count();
        let a_day = match of_study {
            0 => String::new(),
            _ => format!(", about {} a day", (questions as f64 / of_study as f64).round()),
        };
        let off = match week.len() - of_study {
            0 => String::new(),
            off => format!("; {} off", count(off, "day", "days")),
        };
        page.hanging(
            &format!("{until:19}"),
            format!("{}{a_day}{off}", count(questions, "question", "questions")),
        );
    }
    if !mock_exams.is_empty() {
        let what = if mock_exams.len() == 1 { "Mock exam" } else { "Mock exams" };
        let days: Vec<String> = mock_exams.iter().map(|day| short_date(*day)).collect();
        page.hanging(&format!("{what:19}"), format!("{}: badgedex exam", and(&days)));
    }
}

/// "7 credentials at 1 a month, the last on 23 May 2027."
fn in_short(plan: &Plan) -> String {
    let number = count(plan.stops.len(), "credential", "credentials");
    let last = plan.ends_on().map_or_else(String::new, |day| format!(", the last on {}", date(day)));
    format!("{number} at {} a month{last}.", pace(plan.per_month))
}

fn pace(per_month: f64) -> String {
    let rounded = (per_month * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 { format!("{rounded:.0}") } else { format!("{rounded:.1}") }
}

fn name(stop: &Stop, context: &PlanContext) -> String {
    format!("{} ({})", context.catalog.card_name(stop.credential), stop.credential.short)
}

/// The widths of the columns of names and steps.
#[derive(Debug, Clone, Copy)]
struct Columns {
    name: usize,
    step: usize,
}

/// Columns of a date: "23 Dec 2026".
const DATE: usize = 11;
const GAP: &str = "  ";
/// Names get at least this many columns.
const MIN_NAME: usize = 12;

impl Columns {
    /// Names are as wide as the longest, or as what the other columns leave.
    fn of(look: &Look, plan: &Plan, context: &PlanContext) -> Columns {
        let widest = |text: &dyn Fn(&Stop) -> String| {
            plan.stops.iter().map(|stop| display_width(&text(stop))).max().unwrap_or(0)
        };
        let step = widest(&step);
        let others = look.margin().len() + DATE + step + widest(&money) + 3 * GAP.len();
        let room = look.width.saturating_sub(others).max(MIN_NAME);
        Columns { name: widest(&|stop| name(stop, context)).min(room), step }
    }
}

/// "step 3"; empty if no step asks for it.
fn step(stop: &Stop) -> String {
    stop.step.map_or_else(String::new, |step| format!("step {step}"))
}

fn row(page: &mut Page, look: &Look, stop: &Stop, context: &PlanContext, columns: Columns) {
    let day = short_date(stop.on);
    let name = name(stop, context);
    let is_listed = look.is_narrow() || look.plain;
    if is_listed {
        let facts: Vec<String> =
            [day, name, step(stop)].into_iter().filter(|fact| !fact.is_empty()).collect();
        page.para(format!("{}: {}", facts.join(", "), money(stop)));
    } else {
        // A name that is too long goes on below: it is never cut.
        let column = Look { width: columns.name, plain: true, wrap: true, ..*look };
        for (i, part) in wrap(&name, &column, "", "").iter().enumerate() {
            let part = fit(part, columns.name);
            page.line(match i {
                0 => format!(
                    "{day:>DATE$}{GAP}{part}{GAP}{:w$}{GAP}{}",
                    step(stop),
                    money(stop),
                    w = columns.step
                ),
                _ => format!("{:DATE$}{GAP}{part}", ""),
            });
        }
    }
    let under = if is_listed { GAP.to_owned() } else { " ".repeat(DATE + GAP.len()) };
    let under = under.as_str();
    if !stop.renews.is_empty() {
        page.hanging(under, look.paint(Tone::Dim, &format!("renews {}", shorts(&stop.renews, context))));
    }
    for window in &stop.without_exam {
        let way = reasons::without_exam(window, context.today);
        page.hanging(under, look.paint(Tone::Dim, &format!("or without an exam: {way}")));
    }
    if stop.credential.is_only_beta(stop.on) {
        let code = stop.credential.code_on(stop.on).map_or_else(String::new, |code| format!(" ({code})"));
        page.hanging(under, look.paint(Tone::Warn, &format!("so far only a beta{code}")));
    }
    if let Some(last_day) = stop.last_day {
        let text = format!("last day of the exam: {}, no time for a second try", date(last_day));
        page.hanging(under, look.paint(Tone::Warn, &text));
    }
}

/// "USD 75 (150 - 50 %)", "free", "fee not known".
fn money(stop: &Stop) -> String {
    let currency = stop.credential.fee.map_or_else(String::new, |fee| format!("{} ", fee.currency));
    match (stop.fee, stop.pay, stop.voucher) {
        (None, _, _) => "fee not known".to_owned(),
        (Some(Money(0)), _, _) => "free".to_owned(),
        (Some(fee), Some(pay), Some(percent)) => format!("{currency}{pay} ({fee} - {percent} %)"),
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
    let unknown = if plan.fee_unknown { ", plus fees that are not known" } else { "" };
    match plan.total {
        Money(0) if !plan.fee_unknown => "All of it is free.".to_owned(),
        total => format!("{currency}{total} in all{unknown}."),
    }
}

/// An obstacle, and what would remove it.
pub fn obstacle(obstacle: &Obstacle, context: &PlanContext) -> String {
    match obstacle {
        Obstacle::NotOnOffer(Offer::Retired) => "It is retired and can no longer be earned.".to_owned(),
        Obstacle::NotOnOffer(Offer::Announced) => "It is announced and cannot be earned yet.".to_owned(),
        Obstacle::NotOnOffer(_) => {
            "The path does not lead there: it needs something else that is not available.".to_owned()
        }
        Obstacle::Skipped => "You skipped it. Take it back with: badgedex unskip NAME".to_owned(),
        Obstacle::PartnersOnly => format!(
            "Only partners of {} can earn it. If you work for one: badgedex set partner yes",
            context.catalog.short
        ),
        Obstacle::AlreadyHeld => "You hold it already.".to_owned(),
        Obstacle::TooLate { ends_on, by, per_month } => format!(
            "That is {} after {}. {} a month would do.",
            count(usize::try_from((*ends_on - *by).num_days()).unwrap_or(0), "day", "days"),
            date(*by),
            pace(*per_month)
        ),
        Obstacle::NoTime { by } => format!("There is no time for an exam by {}.", date(*by)),
        Obstacle::OverBudget { affordable, missing, currency } => {
            let currency = currency.map_or_else(String::new, |currency| format!("{currency} "));
            let first = match affordable {
                0 => "The budget pays for none of them".to_owned(),
                1 => "The budget pays for the first".to_owned(),
                n => format!("The budget pays for the first {n}"),
            };
            format!("{first}; {currency}{missing} more would pay for all of them.")
        }
        Obstacle::RetiresFirst { credential, last_day } => {
            let name = context.catalog.credential(credential).map_or("It", |c| c.name.as_str());
            format!(
                "{name} can be taken only until {}, and at this pace you would get there too late. A faster pace may do.",
                date(*last_day)
            )
        }
    }
}

/// Where the plan has what only partners can earn, or why it does not.
fn partners_only(page: &mut Page, look: &Look, plan: &Plan, context: &PlanContext) {
    if plan.partners_only.is_empty() {
        return;
    }
    let shorts: Vec<String> = plan.partners_only.iter().map(|c| c.short.clone()).collect();
    let names = and(&shorts);
    let them = if shorts.len() == 1 { "it" } else { "them" };
    let they = if shorts.len() == 1 { "it" } else { "they" };
    let issuer = &context.catalog.short;
    let is_planned = plan.partners_only.iter().any(|c| plan.stops.iter().any(|s| s.credential.id == c.id));
    let text = match context.is_partner {
        Some(_) => format!("Left out, because only partners of {issuer} can earn {them}: {names}."),
        None if is_planned => format!(
            "Last, because {they} may be for partners of {issuer} only: {names}. If you work for one: badgedex set partner yes, else no."
        ),
        None => format!(
            "Left out, because {they} may be for partners of {issuer} only: {names}. If you work for one: badgedex set partner yes"
        ),
    };
    page.blank();
    page.para(look.paint(Tone::Dim, &text));
}

fn notes(page: &mut Page, look: &Look, plan: &Plan, context: &PlanContext) {
    let Some(voucher) =
        context.catalog.voucher.as_ref().filter(|_| plan.stops.iter().any(|s| s.voucher.is_some()))
    else {
        return;
    };
    page.blank();
    let text = format!(
        "Each paid exam that you pass brings a voucher for {} % of the next fee. Vouchers you already have are not counted.",
        voucher.percent
    );
    page.para(look.paint(Tone::Dim, &text));
}
