//! Plans along North's path: order, dates, fees and obstacles.

use super::*;
use crate::catalog::Expires;
use crate::fixture::*;
use crate::journal::{Deed, Scheduled};

/// Plans for a learner; `set` says what is asked of the way.
fn planned<T>(
    learner: &Learner,
    target: Option<&str>,
    set: impl Fn(&mut PlanRequest),
    see: impl FnOnce(&Plan) -> T,
) -> T {
    learner.ask(|advisor| {
        let target = target.map(|name| advisor.catalog.credential(&id(name)).unwrap());
        let mut request = PlanRequest { target, per_month: None, by: None, budget: None };
        set(&mut request);
        see(&plan(advisor, &request))
    })
}

fn shorts(plan: &Plan) -> Vec<String> {
    plan.stops.iter().map(|stop| stop.credential.short.clone()).collect()
}

#[test]
fn the_whole_path_leads_to_everything_on_offer_and_a_target_ends_it() {
    let learner = Learner::on(TODAY);
    for (target, expected) in [
        // Quantum is announced, and on offer by the time the way comes to it.
        (None, &["WEL", "BAS", "BLD", "COD", "OPE", "ARC", "QUA"][..]),
        (Some(BASICS), &["WEL", "BAS"]),
        // Any associate will do for its step: the target itself is taken.
        (Some(OPERATOR), &["WEL", "BAS", "OPE"]),
        (Some(ARCHITECT), &["WEL", "BAS", "BLD", "ARC"]),
    ] {
        let found = planned(&learner, target, |_| (), shorts);
        // Network retires before an exam a month reaches it; the rumor comes last.
        let found: Vec<&str> =
            found.iter().map(String::as_str).filter(|s| !["NET", "RUM"].contains(s)).collect();
        assert_eq!(found, expected, "{target:?}");
    }
}

#[test]
fn days_follow_the_pace() {
    let first_three = |plan: &Plan| plan.stops.iter().take(3).map(|s| s.on.to_string()).collect::<Vec<_>>();
    for (per_month, days) in [
        (1.0, ["2026-12-23", "2027-01-23", "2027-02-23"]),
        (0.5, ["2027-01-23", "2027-03-23", "2027-05-23"]),
        (2.0, ["2026-12-08", "2026-12-23", "2027-01-07"]),
    ] {
        let set = |request: &mut PlanRequest| request.per_month = Some(per_month);
        assert_eq!(planned(&Learner::on(TODAY), None, set, first_three), days, "{per_month} a month");
    }
}

#[test]
fn a_voucher_of_a_paid_exam_halves_the_next_paid_one() {
    let pays = planned(
        &Learner::on(TODAY),
        Some(ARCHITECT),
        |_| (),
        |plan| {
            assert_eq!(plan.total, Money(32_500));
            plan.stops.iter().map(|s| (s.pay.unwrap().0 / 100, s.voucher)).collect::<Vec<_>>()
        },
    );
    assert_eq!(pays, [(0, None), (100, None), (75, Some(50)), (150, Some(50))]);
}

#[test]
fn the_first_paid_exam_by_day_has_no_voucher() {
    let learner = Learner::on(TODAY).holding(&[WELCOME, BASICS]).after(scheduled(CODER, "2027-02-17"));
    let vouchers = planned(
        &learner,
        None,
        |_| (),
        |plan| {
            plan.stops
                .iter()
                .filter(|s| s.fee != Some(Money(0)))
                .map(|s| s.voucher.is_some())
                .collect::<Vec<_>>()
        },
    );
    assert_eq!((vouchers[0], vouchers[1]), (false, true), "{vouchers:?}");
}

#[test]
fn a_booked_exam_keeps_its_day_and_what_was_paid() {
    let booking = Deed::Scheduled(Scheduled {
        credential: id(BUILDER),
        on: day("2026-12-01"),
        fee: Some(120.0),
        place: None,
    });
    planned(
        &Learner::on(TODAY).after(booking),
        Some(ARCHITECT),
        |_| (),
        |plan| {
            let first = &plan.stops[0];
            assert_eq!((first.credential.short.as_str(), first.on), ("BLD", day("2026-12-01")));
            assert_eq!((first.pay, first.fee), (Some(Money(12_000)), Some(Money(15_000))));
        },
    );
}

#[test]
fn a_fail_moves_the_exam_behind_the_wait() {
    let fail = Deed::Failed { credential: id(WELCOME), on: Some(day("2026-11-22")), score: None };
    let set = |request: &mut PlanRequest| request.per_month = Some(30.0);
    let on = planned(&Learner::on(TODAY).after(fail), None, set, |plan| {
        plan.stops.iter().find(|s| s.credential.id == id(WELCOME)).map(|s| s.on)
    });
    assert_eq!(on, Some(day("2026-12-06")));
}

#[test]
fn what_stands_against_a_plan_is_named() {
    let obstacle = |learner: &Learner, target: Option<&str>, set: &dyn Fn(&mut PlanRequest)| {
        planned(learner, target, set, |plan| plan.obstacles.clone())
    };
    let (nobody, builder) = (Learner::on(TODAY), Learner::on(TODAY).holding(&[BUILDER]));
    let plain = |_: &mut PlanRequest| ();
    assert_eq!(obstacle(&nobody, Some(LEGACY), &plain), [Obstacle::NotOnOffer(Offer::Retired)]);
    assert_eq!(obstacle(&builder, Some(BUILDER), &plain), [Obstacle::AlreadyHeld]);
    let slow = |r: &mut PlanRequest| r.per_month = Some(0.5);
    let last_day = day("2027-01-31");
    assert_eq!(
        obstacle(&nobody, Some(NETWORK), &slow),
        [Obstacle::RetiresFirst { credential: id(NETWORK), last_day }]
    );
    let late = |r: &mut PlanRequest| (r.per_month, r.by) = (Some(1.0), Some(day("2026-12-31")));
    assert_eq!(
        obstacle(&nobody, Some(BASICS), &late),
        [Obstacle::TooLate { ends_on: day("2027-01-23"), by: day("2026-12-31"), per_month: 1.7 }]
    );
    let by = day("2026-11-23");
    let never = |r: &mut PlanRequest| r.by = Some(by);
    assert_eq!(obstacle(&nobody, Some(BASICS), &never), [Obstacle::NoTime { by }]);
    let poor = |r: &mut PlanRequest| r.budget = Some(Money(10_000));
    assert_eq!(
        obstacle(&nobody, Some(BUILDER), &poor),
        [Obstacle::OverBudget { affordable: 2, missing: Money(7_500), currency: Currency::new("USD") }]
    );
}

#[test]
fn what_expires_is_renewed_before_it_lapses_whatever_the_pace() {
    let expiring = |credential, on| {
        Learner::on(TODAY).after(passed_until(credential, "2024-01-01", Expires::On(day(on))))
    };
    for (credential, expires, exam, planned_for) in [
        // An exam a month is early enough.
        (KEEPER, "2027-01-08", OPERATOR, "2026-12-23"),
        // The first exam would come too late: a second try is possible until the 10th.
        (KEEPER, "2026-12-10", OPERATOR, "2026-11-26"),
        // No time for a second try.
        (KEEPER, "2026-12-01", OPERATOR, "2026-12-01"),
        (BUILDER, "2026-12-10", BUILDER, "2026-11-26"),
    ] {
        let first = planned(
            &expiring(credential, expires),
            None,
            |_| (),
            |plan| {
                let first = &plan.stops[0];
                (first.credential.id.to_string(), first.action, first.on.to_string())
            },
        );
        assert_eq!(first, (exam.to_owned(), Action::Renew, planned_for.to_owned()), "{expires}");
    }
}

#[test]
fn the_way_to_a_target_has_no_exam_that_it_does_not_need() {
    let started = || Learner::on(TODAY).holding(&[WELCOME, BASICS]);
    let until = |on| Expires::On(day(on));
    for (learner, target, expected) in [
        // The prerequisite is the associate that step 3 asks for.
        (started().role("developer"), ARCHITECT, &["BLD", "ARC"][..]),
        // It expires on the way, and is not needed again.
        (started().after(passed_until(BUILDER, "2024-01-01", until("2026-12-01"))), ARCHITECT, &["ARC"]),
        // What is booked is not on the way.
        (started().after(scheduled(CODER, "2026-12-01")), ARCHITECT, &["BLD", "ARC"]),
        // The last step asks for it: it comes after the steps of lower tiers.
        (Learner::on(TODAY).holding(&[BASICS]), NETWORK, &["WEL", "BLD", "NET"]),
        // The exam is booked, before the day on which the path would come to it.
        (Learner::on(TODAY).after(scheduled(NETWORK, "2027-01-05")), NETWORK, &["WEL", "BAS", "NET"]),
        // The exam is booked: what comes after its day is left out.
        (Learner::on(TODAY).after(scheduled(BUILDER, "2026-12-20")), BUILDER, &["WEL", "BLD"]),
    ] {
        let set = |request: &mut PlanRequest| request.per_month = Some(2.0);
        assert_eq!(planned(&learner, Some(target), set, shorts), expected, "{target}");
    }
}

#[test]
fn a_booked_exam_keeps_its_day_on_the_whole_path() {
    let learner = Learner::on(TODAY).after(scheduled(ARCHITECT, "2027-02-10"));
    let on = planned(
        &learner,
        None,
        |_| (),
        |plan| {
            plan.stops.iter().filter(|s| s.credential.id == id(ARCHITECT)).map(|s| s.on).collect::<Vec<_>>()
        },
    );
    assert_eq!(on, [day("2027-02-10")]);
}
