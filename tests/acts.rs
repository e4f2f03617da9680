//! The second and third act through the real binary: plan, book, fail, renew, show.

use std::fs;

use crate::support::Learner;
use serde_json::json;

#[test]
fn a_plan_says_what_the_way_costs_and_when_it_ends() {
    let learner = Learner::new();
    let plan = learner.json(&["plan", "scs", "--per-month", "1"]);
    let stops = plan["stops"].as_array().unwrap();
    assert_eq!(stops.last().unwrap()["credential"], "aws-security-specialty");
    let paid: i64 = stops.iter().filter_map(|stop| stop["pay"].as_i64()).sum();
    assert_eq!(plan["total"], json!({ "amount": paid, "currency": "USD" }));
    assert_eq!(plan["ends_on"], stops.last().unwrap()["on"]);
    assert_eq!(plan["obstacles"], json!([]));
}

#[test]
fn a_plan_that_cannot_be_as_wanted_says_what_would_do() {
    let learner = Learner::new();
    let late = learner.run(&["plan", "--per-month", "1", "--by", "2027-01-31"]).done();
    assert!(late.contains("a month would do."), "{late}");
    let dear = learner.run(&["plan", "--budget", "200"]).done();
    assert!(dear.contains("more would pay for all of them."), "{dear}");
    let retired = learner.run(&["plan", "mls"]).done();
    assert!(retired.contains("It is retired"), "{retired}");
}

#[test]
fn a_plan_shows_every_name_whole_at_80_and_at_40_columns() {
    let learner = Learner::new();
    for columns in ["80", "40"] {
        let plan = learner.with("COLUMNS", columns).run(&["plan"]).done();
        assert!(plan.lines().all(|line| line.chars().count() <= columns.parse().unwrap()), "{plan}");
        let words = plan.split_whitespace().collect::<Vec<_>>().join(" ");
        for name in ["Cloud Practitioner Essentials (CPE)", "Machine Learning Engineer (MLA)"] {
            assert!(words.contains(name), "{columns} columns: {plan}");
        }
    }
}

#[test]
fn a_badge_begins_with_its_standing_and_says_on_demand_where_its_facts_come_from() {
    let learner = Learner::new();
    learner.run(&["pass", "clf", "--on", "2025-03-14"]).done();
    let page = learner.run(&["badges", "clf"]).done();
    let places = ["Held until", "Mastery", "Security and Compliance", "Fee", "badges clf --sources"];
    let places = places.map(|text| page.find(text).unwrap_or_else(|| panic!("{text} is missing: {page}")));
    assert!(places.is_sorted(), "{page}");
    assert!(!page.contains("https://"), "{page}");
    let with = learner.run(&["badges", "clf", "--sources"]).done();
    assert!(with.contains("    https://") && with.contains("Open questions"), "{with}");
    assert_eq!(learner.json(&["badges", "clf", "--sources"]), learner.json(&["badges", "clf"]));
    assert_eq!(learner.run(&["badges", "--sources"]).code, Some(2));
}

#[test]
fn after_a_fail_the_next_try_waits_for_the_days_of_the_catalog() {
    let learner = Learner::new();
    learner.run(&["schedule", "dva", "--on", "2026-11-23", "--place", "online"]).done();
    let told = learner.run(&["fail", "dva"]).done();
    assert!(told.contains("from 7 December 2026 on"), "{told}");
    let early = learner.run(&["schedule", "dva", "--on", "2026-12-06"]);
    assert_eq!(early.code, Some(1), "{early}");
    learner.run(&["schedule", "dva", "--on", "2026-12-07"]).done();
    let told = learner.run(&["move", "dva", "--on", "2026-12-20"]).done();
    assert!(told.contains("20 December 2026"), "{told}");
}

#[test]
fn an_exam_of_the_last_days_says_that_a_fail_leaves_no_time() {
    let learner = Learner::new();
    let early = learner.run(&["schedule", "ans", "--on", "2026-12-10"]).done();
    assert!(!early.contains("no time for a second try"), "{early}");
    let late = learner.run(&["schedule", "ans", "--on", "2026-12-30"]).done();
    assert!(late.contains("no time for a second try"), "{late}");
    let gone = learner.run(&["schedule", "ans", "--on", "2027-01-02"]);
    assert_eq!(gone.code, Some(1), "{gone}");
}

#[test]
fn the_cheapest_renewal_is_the_fewest_exams_then_the_least_money() {
    let learner = Learner::new();
    for name in ["saa", "clf"] {
        learner.run(&["pass", name, "--on", "2024-02-10"]).done();
    }
    let plan = &learner.json(&["next"])["renewal_plan"];
    assert_eq!(plan["exams"][0]["credential"], "aws-solutions-architect-associate");
    assert_eq!(plan["exams"].as_array().unwrap().len(), 1);
    assert_eq!(plan["total"], 150);
}

#[test]
fn the_same_data_makes_the_same_calendar() {
    let learner = Learner::new();
    let nothing = learner.run(&["calendar"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (Some(1), ""), "{nothing}");
    learner.run(&["pass", "clf", "--on", "2025-03-14"]).done();
    learner.run(&["schedule", "dva", "--on", "2026-12-05"]).done();
    let first = learner.run(&["calendar"]).done();
    assert!(
        first.starts_with("BEGIN:VCALENDAR\r\n") && first.contains("SUMMARY:Exam: AWS Certified Developer")
    );
    assert_eq!(learner.run(&["calendar"]).done(), first);
}

#[test]
fn only_what_is_held_is_shared() {
    let learner = Learner::new();
    assert_eq!(learner.run(&["share", "clf"]).code, Some(1));
    learner.run(&["pass", "clf", "--on", "2025-03-14", "--proof", "PROOF1"]).done();
    let news = learner.run(&["share", "clf"]).done();
    assert!(news.contains("14 March 2025") && !news.contains("PROOF1"), "{news}");
    assert!(learner.run(&["share", "clf", "--proof"]).done().contains("PROOF1"));
    let page = learner.run(&["share", "--html"]).done();
    assert!(page.contains("<!DOCTYPE html>") && !page.contains("<script"), "{page}");
    learner.run(&["pass", "mls", "--on", "2021-03-14"]).done();
    let expired = learner.run(&["share", "mls"]);
    assert!(expired.code == Some(1) && expired.err.contains("expired"), "{expired}");
}

#[test]
fn a_card_is_written_as_a_picture_of_1200_by_630() {
    let learner = Learner::new();
    learner.run(&["pass", "clf", "--on", "2025-03-14"]).done();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("card.png");
    learner.run(&["share", "clf", "--png", "--out", path.to_str().unwrap()]).done();
    let bytes = fs::read(path).unwrap();
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!((&bytes[16..20], &bytes[20..24]), (&1200_u32.to_be_bytes()[..], &630_u32.to_be_bytes()[..]));
}

#[test]
fn another_issuer_has_its_own_collection_path_and_plan() {
    let learner = Learner::new();
    let badges = learner.json(&["badges", "--issuer", "cncf"]);
    assert_eq!(badges["obtainable"], 5);
    assert_eq!(learner.json(&["next", "--issuer", "cncf"])["suggestion"]["credential"], "cncf-kcna");
    let plan = learner.json(&["plan", "cks"]);
    let order: Vec<&str> =
        plan["stops"].as_array().unwrap().iter().map(|s| s["credential"].as_str().unwrap()).collect();
    let place = |id| order.iter().position(|c| *c == id).unwrap();
    assert!(place("cncf-cka") < place("cncf-cks"));
    let nobody = learner.run(&["badges", "--issuer", "nobody"]);
    assert_eq!(nobody.code, Some(1), "{nobody}");
}
