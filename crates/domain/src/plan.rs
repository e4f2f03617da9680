//! The plan to a credential, or to all of them: exam after exam, with dates and fees.

use chrono::{Days, NaiveDate};

use super::advice::{Action, Advisor, StepState};
use super::catalog::{Credential, CredentialId, Pool, RenewalWindow};
use super::money::{Currency, Money};
use super::period::{Moment, Offer, months_later};
use super::record::{Record, Standing};

/// A longer plan would repeat itself.
const MAX_STOPS: usize = 100;
/// The fastest pace, in exams per month.
const MAX_PER_MONTH: f64 = 31.0;
/// Mean days per month, for paces that do not result in whole months.
const DAYS_PER_MONTH: f64 = 30.4375;

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
    /// The target cannot be earned: it is retired, announced or unverified.
    NotOnOffer(Offer),
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
    let count = Walk { advisor, request, per_month: 1.0 }.stops().len();
    let asked = request.per_month;
    let per_month = asked.or_else(|| pace(advisor.today, request.by?, count)).unwrap_or(1.0);
    let stops = Walk { advisor, request, per_month }.stops();
    let mut plan = Plan {
        total: Money(stops.iter().filter_map(|s| s.pay).map(|m| m.0).sum()),
        currency: stops.iter().find_map(|s| s.credential.fee).map(|fee| fee.currency),
        fee_unknown: stops.iter().any(|s| s.fee.is_none()),
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

/// What is taken next, and when at the pace.
struct Choice {
    credential: CredentialId,
    action: Action,
    step: Option<u32>,
    on: NaiveDate,
}

/// A walk along the path that follows the advice.
struct Walk<'w, 'a> {
    advisor: &'w Advisor<'a>,
    request: &'w PlanRequest<'a>,
    per_month: f64,
}

impl<'a> Walk<'_, 'a> {
    fn stops(&self) -> Vec<Stop<'a>> {
        if self.request.target.is_some_and(|target| self.is_unreachable(target)) {
            return Vec::new();
        }
        let mut record = self.advisor.record.clone();
        let mut stops: Vec<Stop> = Vec::new();
        while stops.len() < MAX_STOPS {
            let last = stops.last().map_or(self.advisor.today, |stop| stop.on);
            let earliest = self.day(stops.len() + 1);
            let choice = match self.request.target {
                Some(target) => self.toward(target, &record, earliest),
                None => self.along_the_path(&record, last, earliest),
            };
            // Every paid exam brings a voucher, and every later one uses one up.
            let voucher = stops.iter().any(|s| s.pay.is_some_and(|pay| pay > Money(0)));
            let Some(stop) = choice.and_then(|choice| self.stop(&choice, &record, voucher)) else { break };
            record = record.with_pass(&stop.credential.id, stop.on, self.advisor.catalogs);
            let reaches_target = self.request.target.is_some_and(|t| t.id == stop.credential.id);
            stops.push(stop);
            if reaches_target {
                break;
            }
        }
        stops.sort_by_key(|stop| stop.on);
        if let Some(target) = self.request.target
            && let Some(end) = stops.iter().position(|stop| stop.credential.id == target.id)
        {
            // A booked target may come before what the path asks for first.
            stops.truncate(end + 1);
        }
        stops
    }

    /// Whether it is held already, or retired.
    fn is_unreachable(&self, target: &Credential) -> bool {
        let today = self.advisor.today;
        self.advisor.record.holds(&target.id, today) || target.offer(today) == Offer::Retired
    }

    /// The day of the `n`th exam at the pace, from 1.
    fn day(&self, n: usize) -> NaiveDate {
        let months = n as f64 / self.per_month;
        if months.fract().abs() < 1e-9 {
            return months_later(self.advisor.today, months as u32);
        }
        let days = (months * DAYS_PER_MONTH).floor().clamp(0.0, 100_000.0) as u64;
        self.advisor.today.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
    }

    /// What comes next on the way to everything: what is booked by that day, what would expire before it, else what
    /// the advice suggests on it. `last` is the day of the exam before.
    fn along_the_path(&self, record: &Record, last: NaiveDate, on: NaiveDate) -> Option<Choice> {
        let now: Advisor = Advisor { record, today: self.advisor.today.max(last), ..*self.advisor };
        if let Some(credential) = self.booked_by(record, on) {
            let step = now.step_of(&now.steps(), credential);
            return Some(Choice { credential: credential.id.clone(), action: Action::Sit, step, on });
        }
        if let Some((exam, expires_on)) = now.renewal_before(on) {
            let step = now.step_of(&now.steps(), exam);
            let on = self.in_time(now.today, expires_on);
            return Some(Choice { credential: exam.id.clone(), action: Action::Renew, step, on });
        }
        let advisor: Advisor = Advisor { record, today: on, ..*self.advisor };
        let first = advisor.advise().suggestion?;
        Some(Choice { credential: first.credential.id.clone(), action: first.action, step: first.step, on })
    }

    /// The first exam that is booked for a day up to `on` and can still be taken.
    fn booked_by(&self, record: &Record, on: NaiveDate) -> Option<&'a Credential> {
        let all = self.advisor.catalog.credentials.iter();
        let booked = all.filter_map(|c| Some((record.upcoming(&c.id, self.advisor.today)?.on, c)));
        let wanted = booked.filter(|(day, c)| {
            let offer = c.offer(*day);
            *day <= on && matches!(offer, Offer::OnOffer | Offer::Unverified) && !record.has_skipped(&c.id)
        });
        wanted.min_by_key(|(day, _)| *day).map(|(_, credential)| credential)
    }

    /// A day on which to renew what expires: early enough for a second try, if there is time for one.
    fn in_time(&self, today: NaiveDate, expires_on: NaiveDate) -> NaiveDate {
        let wait = self.advisor.catalog.retake.as_ref().map_or(0, |retake| retake.after_days);
        let with_second_try = expires_on.checked_sub_days(Days::new(u64::from(wait)));
        with_second_try.filter(|day| *day > today).unwrap_or(expires_on)
    }

    /// What comes next on the way to a target: what the steps before it still ask for, then its prerequisites, then
    /// the target. What is valid today counts for these steps until the end, so that nothing is paid for twice.
    fn toward(&self, target: &'a Credential, record: &Record, on: NaiveDate) -> Option<Choice> {
        let must_be_valid: Vec<&CredentialId> = target
            .prerequisites
            .iter()
            .flatten()
            .filter(|prerequisite| prerequisite.active)
            .map(|prerequisite| &prerequisite.credential)
            .collect();
        let record = record.lasting(self.advisor.today, &must_be_valid);
        let advisor: Advisor = Advisor { record: &record, today: on, ..*self.advisor };
        let steps = advisor.steps();
        let missing = advisor.missing_for(target);
        let earlier = steps.iter().find(|step| step.is_open() && self.is_before(step, target, &steps));
        let credential = match earlier {
            Some(step) => {
                let ranked = advisor.ranked(step);
                ranked.iter().copied().find(|c| missing.contains(c)).or(ranked.first().copied())?
            }
            None => missing.first().copied().unwrap_or(target),
        };
        let on = match credential.offer(on) {
            Offer::Announced => credential.offered.from.and_then(Moment::last)?.max(on),
            Offer::OnOffer | Offer::Unverified | Offer::Retired => on,
        };
        let advisor: Advisor = Advisor { today: on, ..advisor };
        advisor.is_ready(credential).then(|| Choice {
            credential: credential.id.clone(),
            action: advisor.action_for(credential),
            step: advisor.step_of(&steps, credential),
            on,
        })
    }

    /// Whether a step comes before a target. What only the last step asks for comes after the steps of its own tier
    /// and of lower ones.
    fn is_before(&self, step: &StepState, target: &Credential, steps: &[StepState]) -> bool {
        let catalog = self.advisor.catalog;
        let tier = |id: &str| catalog.tiers.iter().position(|tier| tier.id == id);
        let own = self.advisor.step_of(steps, target);
        let own = steps.iter().find(|s| Some(s.step.number) == own && s.step.from != Pool::Rest);
        match (own, &step.step.from) {
            (_, Pool::Rest) => false,
            (Some(own), Pool::Tier(_) | Pool::Credentials(_)) => step.step.number < own.step.number,
            (None, Pool::Tier(id)) => tier(id) <= tier(&target.tier),
            (None, Pool::Credentials(ids)) => {
                let tiers = ids.iter().filter_map(|id| catalog.credential(id)).map(|c| tier(&c.tier));
                tiers.max().flatten() <= tier(&target.tier)
            }
        }
    }

    fn stop(&self, choice: &Choice, record: &Record, voucher: bool) -> Option<Stop<'a>> {
        let credential = self.advisor.catalog.credential(&choice.credential)?;
        let booking = record.upcoming(&credential.id, self.advisor.today);
        let possible = self.advisor.retake_from(credential).map_or(choice.on, |again| again.max(choice.on));
        let on = booking.map_or(possible, |booking| booking.on);
        let advisor: Advisor = Advisor { record, today: on, ..*self.advisor };
        let fee = credential.fee.map(|fee| fee.amount);
        let percent = self.advisor.catalog.voucher.as_ref().map(|v| v.percent).filter(|_| voucher);
        let percent = percent.filter(|_| fee.is_some_and(|fee| fee > Money(0)));
        let paid = booking.and_then(|b| b.fee).map(Money::from_units);
        let percent = percent.filter(|_| paid.is_none());
        let renews = advisor.renews(credential);
        let less = |fee: Money| Money(fee.0 * i64::from(100 - percent.unwrap_or(0).min(100)) / 100);
        Some(Stop {
            credential,
            action: choice.action,
            step: choice.step,
            on,
            fee,
            pay: paid.or(fee.map(less)),
            voucher: percent,
            without_exam: self.without_exam(credential, &renews, record, on),
            renews,
            last_day: self.no_second_try(credential, on),
        })
    }

    /// What would do without an exam for the first of these that expires soon: the credential, what its pass renews.
    fn without_exam(
        &self,
        credential: &Credential,
        renews: &[CredentialId],
        record: &Record,
        on: NaiveDate,
    ) -> Vec<RenewalWindow<'a>> {
        let mut held = [&credential.id].into_iter().chain(renews).filter_map(|id| record.holding(id));
        let expiring = held.find(|holding| holding.standing(on) == Standing::Expiring);
        let expiring = expiring.and_then(|holding| {
            let credential = self.advisor.catalog.credential(&holding.credential)?;
            Some(credential.windows_without_exam(holding.expires_on()?, self.advisor.today))
        });
        expiring.unwrap_or_default()
    }

    /// The last day of an exam that retires before a failed try could be repeated.
    fn no_second_try(&self, credential: &Credential, on: NaiveDate) -> Option<NaiveDate> {
        let last = credential.offered.last_sure()?;
        let wait = self.advisor.catalog.retake.as_ref().map_or(0, |r| r.after_days);
        let again = on.checked_add_days(Days::new(u64::from(wait)));
        again.is_none_or(|again| again > last).then_some(last)
    }
}

fn obstacles(advisor: &Advisor, request: &PlanRequest, plan: &Plan) -> Vec<Obstacle> {
    let mut obstacles = Vec::new();
    let reaches_target = |t: &Credential| plan.stops.iter().any(|s| s.credential.id == t.id);
    if let Some(target) = request.target.filter(|t| !reaches_target(t)) {
        let offer = target.offer(advisor.today);
        if advisor.record.holds(&target.id, advisor.today) {
            obstacles.push(Obstacle::AlreadyHeld);
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
    Some(Obstacle::OverBudget { affordable, missing: Money(plan.total.0 - budget.0) })
}

#[cfg(test)]
mod tests;
