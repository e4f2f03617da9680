//! The way: its days, its money, and what it says when it cannot be as wanted.

use std::collections::BTreeSet;

use badgedex_domain::advice::Advisor;
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::history::History;
use badgedex_domain::journal::{Deed, Event, Passed};
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
use chrono::{DateTime, NaiveDate};
use serde_json::Map;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Plans from nothing held.
fn planned<T>(
    today: &str,
    set: impl Fn(&Library, &mut PlanRequest<'static>),
    see: impl Fn(&Plan, &Library) -> T,
) -> T {
    planned_after(today, Vec::new(), None, set, see)
}

/// Plans after these deeds, recorded on the first day of 2026, for a partner of the issuer or not.
fn planned_after<T>(
    today: &str,
    deeds: Vec<Deed>,
    is_partner: Option<bool>,
    set: impl Fn(&Library, &mut PlanRequest<'static>),
    see: impl Fn(&Plan, &Library) -> T,
) -> T {
    // Leaked once per test: a plan borrows the library for as long as it lives.
    let library: &'static Library = Box::leak(Box::new(packs::load(&[], day(today)).library));
    let (history, model) = (History::default(), Model::default());
    let event = |(number, deed)| Event {
        id: Uuid::from_u128(number),
        at: DateTime::parse_from_rfc3339("2026-01-01T12:00:00+00:00").unwrap(),
        device: "d".into(),
        deed,
        extra: Map::new(),
    };
    let events: Vec<Event> = (1..).zip(deeds).map(event).collect();
    let record = Record::of(&events, library.catalogs());
    let knowledge = Knowledge { library, history: &history, model: &model, retention: 0.9, day: day(today) };
    let advisor = Advisor {
        catalog: &library.catalogs()[0],
        catalogs: library.catalogs(),
        overview: &Overview::of(&knowledge, &record, &Settings::default(), day(today)),
        record: &record,
        role: None,
        is_partner,
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
            let [Obstacle::OverBudget { affordable, missing, .. }] = plan.obstacles[..] else {
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

fn passed(credential: &str, on: &str) -> Deed {
    Deed::Passed(Passed::new(CredentialId::new(credential), day(on)))
}

fn to(named: &'static str) -> impl Fn(&Library, &mut PlanRequest<'static>) {
    move |library, wanted| {
        let target = library.catalogs().find_credential(named).unwrap().clone();
        wanted.target = Some(Box::leak(Box::new(target)));
    }
}

#[test]
fn cloudops_is_planned_before_sysops_lapses() {
    let held = vec![
        passed("aws-cloud-practitioner", "2025-06-01"),
        passed("aws-sysops-administrator-associate", "2024-01-08"),
    ];
    planned_after(
        "2026-11-23",
        held,
        None,
        |_, _| (),
        |plan, _| {
            let first = &plan.stops[0];
            assert_eq!((first.credential.short.as_str(), first.on), ("COE", day("2026-12-23")));
            assert_eq!(first.renews.len(), 2, "{:?}", first.renews);
        },
    );
}

#[test]
fn a_target_that_renews_what_expires_comes_in_time_for_that() {
    let held = vec![
        passed("aws-sysops-administrator-associate", "2024-01-16"),
        passed("aws-cloud-practitioner", "2025-11-11"),
    ];
    let stop = |plan: &Plan, _: &Library| {
        let last = plan.stops.last().unwrap();
        (last.credential.short.clone(), last.on, last.renews.len(), plan.stops.len())
    };
    let (target, on, renewed, stops) =
        planned_after("2026-12-01", held, None, to("aws-cloudops-engineer-associate"), stop);
    assert_eq!((target.as_str(), renewed), ("COE", 2), "Cloud Practitioner and SysOps Administrator");
    assert!(on <= day("2027-01-16"), "SysOps Administrator lapses before {on}");
    assert!(stops <= 2);
}

#[test]
fn the_way_to_a_target_buys_nothing_twice_and_nothing_that_is_not_on_it() {
    let start = ["aws-technical-professional", "aws-cloud-economics", "aws-cloud-practitioner-essentials"];
    let start = || start.iter().map(|id| passed(id, "2024-12-01")).collect::<Vec<_>>();
    let with = |more: &[&str]| {
        let more = more.iter().map(|id| passed(id, "2024-12-10"));
        start().into_iter().chain(more).collect::<Vec<_>>()
    };
    let (clf, saa) = ("aws-cloud-practitioner", "aws-solutions-architect-associate");
    for (held, target, expected) in [
        (with(&[clf]), "aif", &["AIF"][..]),
        (with(&[]), "clf", &["CLF"]),
        (with(&[]), "aif", &["CLF", "AIF"]),
        (with(&[clf]), "dea", &["DEA"]),
        (with(&[clf]), "scs", &["SAA", "DVA", "COE", "SCS"]),
        // Solutions Architect expires in December 2027, on the way; a pass of the Professional renews it.
        (with(&[clf, saa]), "sap", &["DVA", "COE", "SCS", "SAP"]),
    ] {
        let set = |library: &Library, wanted: &mut PlanRequest<'static>| {
            to(target)(library, wanted);
            wanted.per_month = Some(0.5);
        };
        assert_eq!(
            planned_after("2026-11-23", held, None, set, |plan, _| shorts(plan)),
            expected,
            "{target}"
        );
    }
}

#[test]
fn a_beta_is_planned_at_its_own_price() {
    planned("2026-11-23", to("aib"), |plan, _| {
        let stop = plan.stops.last().unwrap();
        assert!(stop.credential.is_only_beta(stop.on));
        assert_eq!(stop.fee, Some(Money(5_000)));
    });
}

#[test]
fn partners_badges_are_not_in_the_way_of_what_is_open_to_everybody() {
    let plan_of = |is_partner, target: Option<&'static str>, deeds: Vec<Deed>| {
        let set = |library: &Library, wanted: &mut PlanRequest<'static>| {
            if let Some(target) = target {
                to(target)(library, wanted);
            }
        };
        planned_after("2026-11-23", deeds, is_partner, set, |plan, _| {
            let left_out = plan.partners_only.iter().map(|c| c.short.clone()).collect::<Vec<_>>();
            (shorts(plan), left_out, plan.obstacles.clone())
        })
    };
    let whole = |is_partner| plan_of(is_partner, None, Vec::new());
    let (unknown, named, _) = whole(None);
    assert_eq!(unknown[..3], ["CPE", "CLF", "SAA"]);
    assert_eq!(unknown[unknown.len() - 2..], ["ATP", "ACE"]);
    assert_eq!(named, ["ATP", "ACE"]);
    let (others, named, _) = whole(Some(false));
    assert_eq!(others, unknown[..unknown.len() - 2]);
    assert_eq!(named, ["ATP", "ACE"]);
    let (partners, named, _) = whole(Some(true));
    assert_eq!(partners[..3], ["ATP", "ACE", "CPE"]);
    assert!(named.is_empty());
    // On the way to a target.
    for (is_partner, target, expected, named, obstacles) in [
        (None, "clf", &["CPE", "CLF"][..], &["ATP", "ACE"][..], vec![]),
        (Some(false), "clf", &["CPE", "CLF"], &["ATP", "ACE"], vec![]),
        (Some(true), "clf", &["ATP", "ACE", "CPE", "CLF"], &[], vec![]),
        (None, "atp", &["ATP"], &[], vec![]),
        (Some(false), "atp", &[], &[], vec![Obstacle::PartnersOnly]),
    ] {
        let (found, left_out, against) = plan_of(is_partner, Some(target), Vec::new());
        assert_eq!(
            (found, left_out, against),
            (texts(expected), texts(named), obstacles),
            "{target} {is_partner:?}"
        );
    }
    let skipped = vec![Deed::Skipped { credential: CredentialId::new("aws-cloud-practitioner") }];
    assert_eq!(plan_of(None, Some("clf"), skipped).2, [Obstacle::Skipped]);
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
