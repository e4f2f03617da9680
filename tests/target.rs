//! What is prepared for: the target, what is asked because of it, and what the screens say of it.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use crate::support::Learner;

const START: &str = "2026-11-23";

fn day(number: u64) -> String {
    let start: NaiveDate = START.parse().unwrap();
    (start + Days::new(number)).to_string()
}

/// The questions answered on a day, in order, and how many of them were never answered before.
fn answered_on(learner: &Learner, on: &str) -> (Vec<String>, usize) {
    let answers = learner.events("answered");
    let question = |event: &Value| event["question"].as_str().unwrap().to_owned();
    let is_of_the_day = |event: &&Value| event["at"].as_str().unwrap().starts_with(on);
    let before: Vec<String> = answers.iter().filter(|e| !is_of_the_day(e)).map(question).collect();
    let today: Vec<String> = answers.iter().filter(is_of_the_day).map(question).collect();
    let mut new: Vec<&String> = today.iter().filter(|id| !before.contains(id)).collect();
    new.sort();
    new.dedup();
    let number = new.len();
    (today, number)
}

#[test]
fn whoever_takes_what_is_offered_first_meets_the_list_of_the_exam_day_and_only_content() {
    let learner = Learner::new();
    learner.run(&["target", "clf", "--on", &day(21)]).done();
    for number in [0, 1, 2] {
        let today = day(number);
        let list = learner.on(&today).json(&["due"])["exam"]["list"].clone();
        // Study, Continue, then "I don't know" until the sitting is over.
        let input = format!("1\n1\n{}", "?\n".repeat(120));
        learner.on(&today).piped(&["--plain"], input).done();
        let (mut asked, new) = answered_on(&learner, &today);
        assert!(asked.iter().all(|id| id.starts_with("cloud-practitioner/")), "{asked:?}");
        assert!(new > 0, "day {number}");
        let mut met = std::collections::HashSet::new();
        asked.retain(|id| met.insert(id.clone()));
        assert_eq!(json!(asked), list, "day {number}");
    }
}

#[test]
fn with_a_target_facts_come_in_only_by_the_mix() {
    let learner = Learner::new();
    learner.run(&["target", "clf"]).done();
    learner.run(&["set", "mix", "0.2"]).done();
    learner.piped(&["study", "--plain"], "?\n".repeat(60)).done();
    let (asked, _) = answered_on(&learner, START);
    let place = asked.iter().position(|id| !id.starts_with("cloud-practitioner/")).expect("some facts");
    assert!(place >= 10, "content first: {asked:?}");
}

#[test]
fn a_credential_that_is_named_is_asked_by_its_content_first() {
    let learner = Learner::new();
    learner.piped(&["study", "--plain", "--credential", "clf", "--count", "10"], "?\n".repeat(40)).done();
    let (asked, new) = answered_on(&learner, START);
    assert_eq!(new, 10);
    assert!(asked.iter().all(|id| id.starts_with("cloud-practitioner/")), "{asked:?}");
}

#[test]
fn the_target_and_its_day_are_set_shown_overruled_by_a_booking_and_undone() {
    let learner = Learner::new();
    let none = learner.json(&["target"]);
    assert_eq!((&none["target"], &none["on"], &none["source"]), (&Value::Null, &Value::Null, &Value::Null));
    learner.run(&["target", "CLF-C02", "--on", "2026-12-21"]).done();
    let set = learner.json(&["target"]);
    assert_eq!(set["target"], "aws-cloud-practitioner");
    assert_eq!(
        (&set["on"], &set["source"], &set["days_left"]),
        (&"2026-12-21".into(), &"set".into(), &28.into())
    );
    assert_eq!(set["content"]["packs"], json!(["cloud-practitioner"]));
    assert_eq!((&set["content"]["questions"], &set["content"]["held_back"]), (&240.into(), &0.into()));
    learner.run(&["schedule", "clf", "--on", "2026-12-14"]).done();
    let booked = learner.json(&["target"]);
    assert_eq!((&booked["on"], &booked["source"]), (&"2026-12-14".into(), &"booking".into()));
    learner.run(&["unschedule", "clf"]).done();
    assert_eq!(learner.json(&["target"])["on"], "2026-12-21", "the day that was set is kept");
    learner.run(&["target", "saa"]).done();
    let other = learner.json(&["target"]);
    assert_eq!((&other["target"], &other["on"]), (&"aws-solutions-architect-associate".into(), &Value::Null));
    learner.run(&["undo"]).done();
    let back = learner.json(&["target"]);
    assert_eq!((&back["target"], &back["on"]), (&"aws-cloud-practitioner".into(), &"2026-12-21".into()));
    learner.run(&["target", "none"]).done();
    assert_eq!(learner.json(&["target"])["target"], Value::Null);
}

#[test]
fn a_target_without_questions_says_so_and_what_can_be_done() {
    let learner = Learner::new();
    let said = learner.run(&["target", "saa"]).done();
    for text in
        ["no questions for this exam yet", "pack import FILE --credential saa", "pack new --credential saa"]
    {
        assert!(said.contains(text), "{text}: {said}");
    }
}

#[test]
fn a_pack_of_ones_own_is_a_target_with_its_topics_as_domains() {
    let learner = Learner::with_packs(&["kinds"]);
    learner.run(&["target", "--pack", "kinds", "--on", "2026-12-21"]).done();
    let target = learner.json(&["target"]);
    assert_eq!((&target["target"], &target["pack"]), (&Value::Null, &"kinds".into()));
    assert_eq!(target["content"]["packs"], json!(["kinds"]));
    learner.piped(&["study", "--plain"], "?\n".repeat(40)).done();
    let (asked, _) = answered_on(&learner, START);
    assert!(!asked.is_empty() && asked.iter().all(|id| id.starts_with("kinds/")), "{asked:?}");
}

#[test]
fn what_cannot_be_a_target_is_refused_and_nothing_is_recorded() {
    let learner = Learner::new();
    for (line, says) in [
        (&["target", "solutoin architect"][..], "did you mean"),
        (&["target", "clf", "--on", "2020-01-01"], "is over"),
        (&["target", "--on", "2026-12-21"], "no target is set yet"),
        (&["target", "--pack", "nowhere"], "there is no pack"),
        (&["set", "target", "nowhere"], "there is no credential"),
        (&["set", "mix", "0.5"], "mix cannot be"),
    ] {
        let ran = learner.run(line);
        assert_eq!(ran.code, Some(1), "{ran}");
        assert!(ran.err.contains(says), "{ran}");
    }
    assert!(learner.events("set").is_empty());
}

#[test]
fn mastery_of_the_target_is_that_of_its_domains_by_weight() {
    let learner = Learner::new();
    learner.run(&["target", "clf"]).done();
    learner.piped(&["study", "--plain", "--topic", "billing", "--count", "5"], "a\n".repeat(30)).done();
    let stats = learner.json(&["stats"]);
    let topics = stats["topics"].as_array().unwrap();
    let weights = [("concepts", 24.0), ("security", 30.0), ("technology", 34.0), ("billing", 12.0)];
    let mastery = |name: &str| {
        let is_meant = |t: &&Value| t["pack"] == "cloud-practitioner" && t["topic"] == name;
        topics.iter().find(is_meant).unwrap()["mastery"].as_f64().unwrap()
    };
    let expected: f64 = weights.iter().map(|(name, weight)| weight / 100.0 * mastery(name)).sum();
    for shown in [
        learner.json(&["target"])["mastery"].as_f64().unwrap(),
        learner.badge("clf")["mastery"].as_f64().unwrap(),
    ] {
        assert!((shown - expected).abs() < 1e-9, "{shown} {expected}");
    }
}
