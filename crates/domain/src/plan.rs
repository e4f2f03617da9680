//! The plan to a credential, or to all of them: exam after exam, with dates and fees.

mod walk;

use chrono::NaiveDate;

use super::advice::{Action, Advisor};
use super::catalog::{Credential, CredentialId, RenewalWindow};
use super::money::{Currency, Money};
use super::period::Offer;
use walk::{DAYS_PER_MONTH, Walk};

/// The fastest pace, in exams per month.
const MAX_PER_MONTH: f64 = 31.0;

/// What a plan should reach, and within which limits.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanRequest<'a> {
    /// The credential to reach; `None`: everything on the path.
    pub target: Option<&'a Credential>,
    /// Exams per month, above 0; `None`: as many as `by` requires, else one.
    pub per_month: Option<f64>,
    /// The day by which all should be done.
    pub by: Option<NaiveDate>,
    /// The most that all exams may cost.
    pub budget: Option<Money>,
}

/// One exam of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop<'a> {
    /// What is taken.
    pub credential: &'a Credential,
    /// What to do about it on that day.
    pub action: Action,
    /// The step for which it counts.
    pub step: Option<u32>,
    /// The day of the exam.
    pub on: NaiveDate,
    /// What it costs without a voucher; `None` if that is not known.
    pub fee: Option<Money>,
    /// What is left to pay; `None` if the fee is not known.
    pub pay: Option<Money>,
    /// Percent that the voucher of an earlier pass takes off; `None` without one.
    pub voucher: Option<u32>,
    /// What the pass renews.
    pub renews: Vec<CredentialId>,
    /// What would do instead of a renewal by this exam, with the days on which it can be completed.
    pub without_exam: Vec<RenewalWindow<'a>>,
    /// Its last day; only if it retires before a second try would be possible.
    pub last_day: Option<NaiveDate>,
}

/// Why the plan is not as requested, and what would help.
#[derive(Debug, Clone, PartialEq)]
pub enum Obstacle {
    /// The target cannot be earned today.
    NotOnOffer(Offer),
    /// The target is skipped.
    Skipped,
    /// Only partners of the issuer can earn the target, and the learner is not one.
    PartnersOnly,
    /// The target is held already.
    AlreadyHeld,
    /// At the given pace, the plan ends later than requested.
    TooLate {
        /// The day of the last exam at that pace.
        ends_on: NaiveDate,
        /// The day that was asked for.
        by: NaiveDate,
        /// Exams per month that would do, rounded up to tenths.
        per_month: f64,
    },
    /// The requested day is too early for any pace.
    NoTime {
        /// The day that was asked for.
        by: NaiveDate,
    },
    /// The budget does not pay for all exams.
    OverBudget {
        /// How many of the exams the budget pays for.
        affordable: usize,
        /// How much is missing for all of them.
        missing: Money,
        /// The currency of the plan, if a fee is known.
        currency: Option<Currency>,
    },
    /// The target retires before the plan reaches it at that pace.
    RetiresFirst {
        /// What retires.
        credential: CredentialId,
        /// The last day on which it may be on offer.
        last_day: NaiveDate,
    },
}

/// Exam after exam, with dates, fees and obstacles.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan<'a> {
    /// The exams, by day.
    pub stops: Vec<Stop<'a>>,
    /// Sum of all known fees, after vouchers.
    pub total: Money,
    /// The currency of the first known fee.
    pub currency: Option<Currency>,
    /// Whether a fee is not known.
    pub fee_unknown: bool,
    /// Exams per month.
    pub per_month: f64,
    /// What only partners of the issuer can earn although the way asks for it: at the end of the whole path as long as
    /// it is not known whether the learner is a partner; else left out. Empty for a partner.
    pub partners_only: Vec<&'a Credential>,
    /// Why the plan is not as requested; empty if it is.
    pub obstacles: Vec<Obstacle>,
}

impl Plan<'_> {
    /// The day of the last exam; `None` if there is none.
    pub fn ends_on(&self) -> Option<NaiveDate> {
        self.stops.last().map(|stop| stop.on)
    }
}

/// Plans from the learner's present state, by following the advice exam after exam.
///
/// Every exam is assumed to be passed on its day.
///
/// ```
/// use badgedex_domain::advice::Advisor;
/// use badgedex_domain::catalog::{Catalog, Credential, CredentialId, Needs, Pool, Step};
/// use badgedex_domain::catalogs::Catalogs;
/// use badgedex_domain::overview::Overview;
/// use badgedex_domain::period::Offered;
/// use badgedex_domain::plan::{PlanRequest, plan};
/// use badgedex_domain::record::Record;
///
/// let today = "2026-11-23".parse().unwrap();
/// let offered = Offered { seen: "2026-11-01".parse().ok(), ..Offered::default() };
/// let builder = Credential::new(CredentialId::new("north-builder"), "North Builder", "associate");
/// let (title, why) = ("Everything".into(), String::new());
/// let catalogs = Catalogs::from(vec![Catalog {
///     credentials: vec![Credential { offered, ..builder }],
///     path: vec![Step { number: 1, title, why, needs: Needs::All, from: Pool::Rest }],
///     ..Catalog::new("north", "North Institute")
/// }]);
/// let (overview, record) = (Overview::empty(today), Record::default());
/// let catalog = &catalogs[0];
/// let advisor = Advisor { catalog, catalogs: &catalogs, overview: &overview, record: &record, role: None, is_partner: None, today };
///
/// let request = PlanRequest { target: None, per_month: Some(2.0), by: None, budget: None };
/// assert_eq!(plan(&advisor, &request).ends_on(), "2026-12-08".parse().ok());
/// ```
pub fn plan<'a>(advisor: &Advisor<'a>, request: &PlanRequest<'a>) -> Plan<'a> {
    let count = || Walk { advisor, request, per_month: 1.0 }.stops().len();
    let asked = request.per_month;
    let per_month = asked.or_else(|| pace(advisor.today, request.by?, count())).unwrap_or(1.0);
    let stops = Walk { advisor, request, per_month }.stops();
    let mut plan = Plan {
        total: Money(stops.iter().filter_map(|s| s.pay).map(|m| m.0).sum()),
        currency: stops.iter().find_map(|s| s.credential.fee).map(|fee| fee.currency),
        fee_unknown: stops.iter().any(|s| s.fee.is_none()),
        partners_only: Walk { advisor, request, per_month }.partners_only(),
        stops,
        per_month,
        obstacles: Vec::new(),
    };
    plan.obstacles = obstacles(advisor, request, &plan);
    plan
}

/// Exams per month that reach `count` exams by a day; `None` if that day is not after today.
fn pace(today: NaiveDate, by: NaiveDate, count: usize) -> Option<f64> {
    let days = (by - today).num_days();
    (days > 0 && count > 0).then(|| count as f64 * DAYS_PER_MONTH / days as f64)
}

fn obstacles(advisor: &Advisor, request: &PlanRequest, plan: &Plan) -> Vec<Obstacle> {
    let mut obstacles = Vec::new();
    let reaches_target = |t: &Credential| plan.stops.iter().any(|s| s.credential.id == t.id);
    if let Some(target) = request.target.filter(|t| !reaches_target(t)) {
        let offer = target.offer(advisor.today);
        if advisor.record.holds(&target.id, advisor.today) {
            obstacles.push(Obstacle::AlreadyHeld);
        } else if advisor.record.has_skipped(&target.id) {
            obstacles.push(Obstacle::Skipped);
        } else if advisor.is_partner == Some(false) && target.is_partners_only(advisor.today) {
            obstacles.push(Obstacle::PartnersOnly);
        } else if let (Offer::OnOffer, Some(last_day)) = (offer, target.offered.last_possible()) {
            obstacles.push(Obstacle::RetiresFirst { credential: target.id.clone(), last_day });
        } else {
            obstacles.push(Obstacle::NotOnOffer(offer));
        }
    }
    obstacles.extend(too_late(advisor, request, plan));
    obstacles.extend(over_budget(request, plan));
    obstacles
}

fn too_late(advisor: &Advisor, request: &PlanRequest, plan: &Plan) -> Option<Obstacle> {
    let by = request.by?;
    let ends_on = plan.ends_on()?;
    match pace(advisor.today, by, plan.stops.len()).filter(|per_month| *per_month <= MAX_PER_MONTH) {
        None => Some(Obstacle::NoTime { by }),
        Some(per_month) if ends_on > by => {
            // Rounded up to tenths, so that the suggested pace is enough.
            Some(Obstacle::TooLate { ends_on, by, per_month: (per_month * 10.0).ceil() / 10.0 })
        }
        Some(_) => None,
    }
}

fn over_budget(request: &PlanRequest, plan: &Plan) -> Option<Obstacle> {
    let budget = request.budget.filter(|budget| *budget < plan.total)?;
    let mut spent = Money(0);
    let affordable = plan
        .stops
        .iter()
        .take_while(|stop| {
            spent = Money(spent.0 + stop.pay.map_or(0, |pay| pay.0));
            spent <= budget
        })
        .count();
    Some(Obstacle::OverBudget {
        affordable,
        missing: Money(plan.total.0 - budget.0),
        currency: plan.currency,
    })
}

#[cfg(test)]
mod tests;
