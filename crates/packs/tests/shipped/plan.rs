//! The way: its days, its money, and what it says when it cannot be as wanted.

use std::collections::BTreeSet;

use badgedex_domain::advice::Advisor;
use badgedex_domain::history::History;
use badgedex_domain::library::Library;
use badgedex_domain::mastery::Knowledge;
use badgedex_domain::memory::Model;
use badgedex_domain::money::Money;
use badgedex_domain::overview::Overview;
use badgedex_domain::period::Offer;
use badgedex_domain::plan::*;
use badgedex_domain::record::Record;
use badgedex_domain::settings::Settings;
use badgedex_packs as packs;
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Plans from nothing held.
fn planned<T>(
    today: &str,
    set: impl Fn(&Library, &mut PlanRequest<'static>),
    see: impl Fn(&Plan, &Library) -> T,
) -> T {
    // Leaked once per test: a plan borrows the library for as long as it lives.
    let library: &'static Library = Box::leak(Box::new(packs::load(&[], day(today)).library));
    let (history, model, record) = (History::default(), Model::default(), Record::default());
    let knowledge = Knowledge { library, history: &history, model: &model, retention: 0.9, day: day(today) };
    let advisor = Advisor {
        catalog: &library.catalogs()[0],
        catalogs: library.catalogs(),
        overview: &Overview::of(&knowledge, &record, &Settings::default(), day(today)),
        record: &record,
        role: None,
        today: day(today),
    };
    let mut wanted = PlanRequest { target: None, per_month: None, by: None, budget: None };
    set(library, &mut wanted);
    let plan = plan(&advisor, &wanted);
    see(&plan, library)
}

fn shorts(plan: &Plan) -> Vec<String> {
    plan.stops.iter().map(|s| s.credential.short.clone()).collect()
}

#[test]
fn the_whole_path_of_2020_leads_through_the_fifteen() {
    planned(
        "2020-01-15",
        |_, w| w.per_month = Some(10.0),
        |plan, _| {
            let all: BTreeSet<String> = shorts(plan).into_iter().collect();
            assert_eq!(all.len(), 15);
            assert_eq!(shorts(plan)[..5], ["ATP", "ACE", "STP", "CPE", "CLF"]);
            assert!(plan.obstacles.is_empty());
        },
    );
}

#[test]
fn a_voucher_halves_the_next_paid_fee_and_no_other() {
    planned(
        "2026-11-23",
        |_, _| {},
        |plan, _| {
            let paid: Vec<_> = plan.stops.iter().filter(|s| s.fee != Some(Money(0))).collect();
            assert_eq!(paid[0].voucher, None, "nothing paid came before");
            assert_eq!(paid[1].voucher, Some(50));
            assert_eq!(paid[1].pay, Some(Money(7500)));
            let sum: i64 = plan.stops.iter().filter_map(|s| s.pay).map(|m| m.0).sum();
            assert_eq!(plan.total, Money(sum));
        },
    );
}

#[test]
fn a_target_ends_the_way_and_comes_in_its_step() {
    let set = |library: &Library, wanted: &mut PlanRequest<'static>| {
        let target = library.catalogs().find_credential("scs").unwrap().clone();
        wanted.target = Some(Box::leak(Box::new(target)));
    };
    planned("2026-11-23", set, |plan, _| {
        assert_eq!(shorts(plan).last().unwrap(), "SCS");
        assert_eq!(plan.stops.last().unwrap().step, Some(5));
    });
}

#[test]
fn days_follow_the_pace() {
    planned(
        "2026-01-31",
        |_, w| w.per_month = Some(1.0),
        |plan, _| {
            assert_eq!(plan.stops[0].on, day("2026-02-28"));
            assert_eq!(plan.stops[1].on, day("2026-03-31"));
        },
    );
    planned(
        "2026-11-23",
        |_, w| w.per_month = Some(2.0),
        |plan, _| {
            assert_eq!(plan.stops[1].on, day("2026-12-23"));
        },
    );
}

#[test]
fn a_day_sets_the_pace_and_is_reached() {
    planned(
        "2026-11-23",
        |_, w| w.by = Some(day("2027-11-23")),
        |plan, _| {
            assert!(plan.ends_on().unwrap() <= day("2027-11-23"));
            assert!(plan.obstacles.is_empty());
        },
    );
}

#[test]
fn a_pace_too_slow_for_the_day_is_told_with_one_that_does() {
    let set = |_: &Library, w: &mut PlanRequest| {
        w.by = Some(day("2027-05-23"));
        w.per_month = Some(1.0);
    };
    planned("2026-11-23", set, |plan, _| {
        let [Obstacle::TooLate { per_month, .. }] = plan.obstacles[..] else {
            panic!("{:?}", plan.obstacles)
        };
        assert!(per_month > 1.0);
    });
    planned(
        "2026-11-23",
        |_, w| w.by = Some(day("2026-11-23")),
        |plan, _| {
            assert_eq!(plan.obstacles, [Obstacle::NoTime { by: day("2026-11-23") }]);
        },
    );
}

#[test]
fn a_budget_too_small_says_how_far_it_reaches_and_what_is_missing() {
    planned(
        "2026-11-23",
        |_, w| w.budget = Some(Money(20_000)),
        |plan, _| {
            let [Obstacle::OverBudget { affordable, missing }] = plan.obstacles[..] else {
                panic!("{:?}", plan.obstacles)
            };
            let reached: i64 = plan.stops[..affordable].iter().filter_map(|s| s.pay).map(|m| m.0).sum();
            let next = plan.stops[affordable].pay.unwrap().0;
            assert!(reached <= 20_000 && reached + next > 20_000);
            assert_eq!(missing, Money(plan.total.0 - 20_000));
        },
    );
}

#[test]
fn what_retires_on_the_way_is_not_on_it() {
    planned("2026-11-23", |_, _| {}, |plan, _| assert!(!shorts(plan).contains(&"ANS".to_owned())));
    planned(
        "2026-11-23",
        |_, w| w.per_month = Some(20.0),
        |plan, _| {
            let ans =
                plan.stops.iter().find(|s| s.credential.short == "ANS").expect("a quick pace is in time");
            assert!(ans.on <= day("2026-12-31"));
        },
    );
}

#[test]
fn a_retired_target_is_told_to_be_retired() {
    let set = |library: &Library, wanted: &mut PlanRequest<'static>| {
        let target = library.catalogs().find_credential("mls").unwrap().clone();
        wanted.target = Some(Box::leak(Box::new(target)));
    };
    planned("2026-11-23", set, |plan, _| {
        assert!(plan.obstacles.contains(&Obstacle::NotOnOffer(Offer::Retired)));
    });
}
