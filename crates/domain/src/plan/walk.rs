//! The walk that a plan takes: exam after exam, as if each were passed on its day.

use chrono::{Days, NaiveDate};

use super::{PlanRequest, Stop};
use crate::advice::{Action, Advisor, StepState};
use crate::catalog::{Credential, CredentialId, Pool, RenewalWindow};
use crate::money::Money;
use crate::period::{Moment, Offer, months_later};
use crate::record::{Record, Standing};

/// A longer plan would repeat itself.
const MAX_STOPS: usize = 100;
/// Mean days per month, for paces that do not result in whole months.
pub(super) const DAYS_PER_MONTH: f64 = 30.4375;

/// What is taken next, and when at the pace.
struct Choice {
    credential: CredentialId,
    action: Action,
    step: Option<u32>,
    on: NaiveDate,
}

/// A walk along the path that follows the advice.
pub(super) struct Walk<'w, 'a> {
    pub(super) advisor: &'w Advisor<'a>,
    pub(super) request: &'w PlanRequest<'a>,
    pub(super) per_month: f64,
}

impl<'a> Walk<'_, 'a> {
    /// The exams of the plan, by day.
    pub(super) fn stops(&self) -> Vec<Stop<'a>> {
        if self.request.target.is_some_and(|target| self.is_unreachable(target)) {
            return Vec::new();
        }
        let mut record = self.advisor.record.clone();
        let mut stops: Vec<Stop> = Vec::new();
        while stops.len() < MAX_STOPS {
            let last = stops.last().map_or(self.advisor.today, |stop| stop.on);
            let earliest = self.day(stops.len() + 1);
            let choice = self.open_to_everybody(|walk| walk.next(&record, last, earliest));
            let Some(stop) = choice.and_then(|choice| self.stop(&choice, &record)) else { break };
            record = record.with_pass(&stop.credential.id, stop.on, self.advisor.catalogs);
            let reaches_target = self.request.target.is_some_and(|t| t.id == stop.credential.id);
            stops.push(stop);
            if reaches_target {
                break;
            }
        }
        self.take_target_in_time(&mut stops);
        stops.sort_by_key(|stop| stop.on);
        if let Some(target) = self.request.target
            && let Some(end) = stops.iter().position(|stop| stop.credential.id == target.id)
        {
            // A target that is booked, or that renews what expires, may come before what the path asks for first.
            stops.truncate(end + 1);
        }
        self.use_vouchers(&mut stops);
        stops
    }

    /// A target whose pass renews what would expire before it comes first, in time for that.
    fn take_target_in_time(&self, stops: &mut [Stop<'a>]) {
        let advisor = self.advisor;
        let Some(target) = self.request.target else { return };
        let Some(expires_on) = advisor.expiry_that_it_prevents(target) else { return };
        let is_late = |stop: &&mut Stop| stop.credential.id == target.id && stop.on > expires_on;
        let Some(stop) = stops.iter_mut().find(is_late) else { return };
        let on = self.in_time(advisor.today, expires_on);
        let choice = Choice { credential: target.id.clone(), action: stop.action, step: stop.step, on };
        if advisor.record.upcoming(&target.id, advisor.today).is_none()
            && let Some(in_time) = self.stop(&choice, advisor.record).filter(|stop| stop.on <= expires_on)
        {
            *stop = in_time;
        }
    }

    /// Every paid exam brings a voucher, and every later one uses one up. What was paid for a booked exam stays.
    fn use_vouchers(&self, stops: &mut [Stop]) {
        let Some(percent) = self.advisor.catalog.voucher.as_ref().map(|voucher| voucher.percent) else {
            return;
        };
        let mut has_voucher = false;
        for stop in stops {
            let paid =
                self.advisor.record.upcoming(&stop.credential.id, self.advisor.today).and_then(|b| b.fee);
            let is_paid_exam = stop.pay.is_some_and(|pay| pay > Money(0));
            if has_voucher && is_paid_exam && paid.is_none() {
                stop.voucher = Some(percent);
                stop.pay = stop.fee.map(|fee| Money(fee.0 * i64::from(100 - percent.min(100)) / 100));
            }
            has_voucher |= is_paid_exam;
        }
    }

    /// What to take first if the learner is not known to be a partner of the issuer: what is open to everybody. What
    /// only partners can earn is taken if nothing else is left.
    fn open_to_everybody(&self, next: impl Fn(&Walk<'_, 'a>) -> Option<Choice>) -> Option<Choice> {
        if self.request.target.is_some_and(|target| target.is_partners_only(self.advisor.today)) {
            return next(self);
        }
        let advisor = Advisor { is_partner: self.advisor.is_partner.or(Some(false)), ..*self.advisor };
        next(&Walk { advisor: &advisor, ..*self }).or_else(|| next(self))
    }

    fn next(&self, record: &Record, last: NaiveDate, on: NaiveDate) -> Option<Choice> {
        match self.request.target {
            // The day of the booked exam is set, whatever the path asks for before it.
            Some(target) if self.booked_by(record, on).contains(&target) => {
                Some(self.sit(target, record, on))
            }
            Some(target) => self.toward(target, record, on),
            None => self.along_the_path(record, last, on),
        }
    }

    /// What only partners of the issuer can earn although the way asks for it.
    pub(super) fn partners_only(&self) -> Vec<&'a Credential> {
        let is_target_out = self.request.target.is_some_and(|target| self.is_unreachable(target));
        if self.advisor.is_partner == Some(true) || is_target_out {
            return Vec::new();
        }
        // As if it were not known, the steps have a place for them.
        let steps = Advisor { is_partner: None, ..*self.advisor }.steps();
        let is_on_the_way = |credential: &Credential| match self.request.target {
            None => true,
            Some(target) => {
                let number = self.advisor.step_of(&steps, credential);
                let step = steps.iter().find(|step| Some(step.step.number) == number);
                step.is_some_and(|step| self.is_before(step, target, &steps))
            }
        };
        let mut all = self.advisor.partners_only();
        all.retain(|credential| is_on_the_way(credential));
        all
    }

    /// Whether it is held already, skipped, retired, or closed to the learner.
    fn is_unreachable(&self, target: &Credential) -> bool {
        let today = self.advisor.today;
        let record = self.advisor.record;
        record.holds(&target.id, today)
            || record.has_skipped(&target.id)
            || target.offer(today) == Offer::Retired
            || self.advisor.is_partner == Some(false) && target.is_partners_only(today)
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
        if let Some(credential) = self.booked_by(record, on).first() {
            return Some(self.sit(credential, record, on));
        }
        if let Some((exam, expires_on)) = now.renewal_before(on) {
            let step = now.step_of(&now.steps(), exam);
            let on = self.in_time(now.today, expires_on);
            return Some(Choice { credential: exam.id.clone(), action: Action::Renew, step, on });
        }
        let advisor: Advisor = Advisor { record, today: on, ..*self.advisor };
        let (credential, action, step) = advisor.first_choice()?;
        Some(Choice { credential: credential.id.clone(), action, step, on })
    }

    /// The exams that are booked for a day up to `on` and can then be taken, the first one first.
    fn booked_by(&self, record: &Record, on: NaiveDate) -> Vec<&'a Credential> {
        let all = self.advisor.catalog.credentials.iter();
        let booked = all.filter_map(|c| Some((record.upcoming(&c.id, self.advisor.today)?.on, c)));
        let wanted = booked.filter(|(day, c)| {
            let offer = c.offer(*day);
            *day <= on && matches!(offer, Offer::OnOffer | Offer::Unverified) && !record.has_skipped(&c.id)
        });
        let mut wanted: Vec<(NaiveDate, &Credential)> = wanted.collect();
        wanted.sort_by_key(|(day, _)| *day);
        wanted.into_iter().map(|(_, credential)| credential).collect()
    }

    fn sit(&self, credential: &Credential, record: &Record, on: NaiveDate) -> Choice {
        let on = record.upcoming(&credential.id, self.advisor.today).map_or(on, |booking| booking.on);
        let advisor: Advisor = Advisor { record, today: on, ..*self.advisor };
        let step = advisor.counts_for(&advisor.steps(), credential);
        Choice { credential: credential.id.clone(), action: Action::Sit, step, on }
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
            step: advisor.counts_for(&steps, credential),
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

    fn stop(&self, choice: &Choice, record: &Record) -> Option<Stop<'a>> {
        let credential = self.advisor.catalog.credential(&choice.credential)?;
        let booking = record.upcoming(&credential.id, self.advisor.today);
        let possible = self.advisor.retake_from(credential).map_or(choice.on, |again| again.max(choice.on));
        let on = booking.map_or(possible, |booking| booking.on);
        let advisor: Advisor = Advisor { record, today: on, ..*self.advisor };
        let fee = credential.fee_on(on).map(|fee| fee.amount);
        let paid = booking.and_then(|b| b.fee).map(Money::from_units);
        let renews = advisor.renews(credential);
        Some(Stop {
            credential,
            action: choice.action,
            step: choice.step,
            on,
            fee,
            pay: paid.or(fee),
            voucher: None,
            without_exam: match choice.action {
                Action::Renew => self.without_exam(credential, &renews, record, on),
                // It is taken for itself, whatever else it renews.
                Action::Sit
                | Action::Retake
                | Action::Study
                | Action::Take
                | Action::Prepare
                | Action::Book => Vec::new(),
            },
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
