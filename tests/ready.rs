//! The chance to pass: what it rests on, when nothing is told, and what it leads to.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use crate::support::{Learner, answered, event};

/// The first day of study.
const FIRST: &str = "2026-11-01";
const TODAY: &str = "2026-11-15";
const EXAM: &str = "2026-12-06";

fn day(number: u64) -> String {
    let first: NaiveDate = FIRST.parse().unwrap();
    (first + Days::new(number)).to_string()
}

/// A journal of `days` days with twelve new questions on each, seven of ten of them right; each comes again on the next
/// day and is right.
fn studied(learner: &Learner, days: u64) -> Vec<String> {
    let questions = learner.questions("cloud-practitioner");
    // Questions of one domain are next to each other in the pack: take them from everywhere.
    let spread = |n: usize| questions[(n * 97) % questions.len()]["id"].as_str().unwrap();
    let mut lines = Vec::new();
    for on in 0..days {
        let again = (on as usize * 12).saturating_sub(12)..on as usize * 12;
        for n in again.clone().chain(on as usize * 12..on as usize * 12 + 12) {
            let number = lines.len() as u64;
            let at = format!("{}T12:{:02}:{:02}+00:00", day(on), number / 60 % 60, number % 60);
            lines.push(answered(number, &at, spread(n), again.contains(&n) || n % 10 < 7));
        }
    }
    lines
}

/// A learner after two weeks of study, whose exam is in three weeks.
fn prepared() -> Learner {
    let learner = Learner::new().on(TODAY);
    learner.import(&studied(&learner, 14)).done();
    learner.run(&["target", "clf", "--on", EXAM]).done();
    learner
}

fn chance(value: &Value) -> f64 {
    value["chance"].as_f64().unwrap_or_else(|| panic!("no chance is told: {value}"))
}

#[test]
fn it_says_which_exam_could_be_meant_and_what_it_needs_to_tell_a_chance() {
    let learner = Learner::new();
    assert!(learner.run(&["ready"]).refused(1).contains("badgedex ready CREDENTIAL"));
    let without_content = learner.run(&["ready", "saa"]).refused(1);
    assert!(without_content.contains("badgedex pack import FILE --credential saa"), "{without_content}");
    learner.run(&["ready", "clf", "--on", "2026-02-30"]).refused(2);
    let over = learner.run(&["ready", "clf", "--on", "2026-11-22"]).refused(1);
    assert!(over.contains("is over"), "{over}");
    learner.run(&["ready", "clf", "--pack", "cloud-practitioner"]).refused(2);
}

#[test]
fn without_enough_first_answers_it_is_silent_and_names_what_is_missing() {
    let learner = Learner::new().on(TODAY);
    learner.import(&studied(&learner, 1)).done();
    let told = learner.json(&["ready", "clf"]);
    assert_eq!(
        (&told["chance"], &told["with_plan"], &told["study_next"]),
        (&json!(null), &json!(null), &json!(null))
    );
    let missing = told["missing"].as_array().unwrap();
    assert_eq!(missing[0], json!({ "topic": null, "answers": 28 }));
    assert!(missing[1..].iter().all(|of| of["topic"].is_string() && of["answers"].as_u64() > Some(0)));
    let page = learner.run(&["ready", "clf"]).done();
    assert!(page.contains("too early") && page.contains("badgedex study --topic"), "{page}");
    assert!(!page.contains("in 10"), "{page}");
}

#[test]
fn the_chance_is_told_with_its_range_and_with_what_each_domain_would_bring() {
    let learner = prepared();
    let told = learner.json(&["ready"]);
    assert_eq!((&told["credential"], &told["on"]), (&json!("aws-cloud-practitioner"), &json!(EXAM)));
    assert!((0.05..0.95).contains(&chance(&told)), "{told}");
    assert!(told["with_plan"].as_f64() > told["chance"].as_f64(), "{told}");
    assert_eq!(told["evidence"], json!({ "answers": 168, "exams": 0 }));
    assert_eq!(
        (&told["cut"], &told["gap"]),
        (&json!({ "share": 0.7, "sd": 0.03 }), &json!({ "mean": 0.0, "sd": 0.3 }))
    );
    let (low, high) = (told["right"]["low"].as_f64().unwrap(), told["right"]["high"].as_f64().unwrap());
    assert!(low < high && told["right"]["of"] == 50);
    let domains = told["domains"].as_array().unwrap();
    let topics: Vec<&str> = domains.iter().map(|domain| domain["topic"].as_str().unwrap()).collect();
    assert_eq!(topics, ["concepts", "security", "technology", "billing"]);
    let sum = |key: &str| domains.iter().map(|domain| domain[key].as_f64().unwrap()).sum::<f64>();
    assert!((sum("weight") - 100.0).abs() < 1e-9);
    assert_eq!((sum("first_answers"), sum("seen")), (168.0, 168.0));
    let most = domains.iter().max_by(|a, b| a["hour"].as_f64().partial_cmp(&b["hour"].as_f64()).unwrap());
    assert_eq!(told["study_next"], most.unwrap()["topic"]);
    let page = learner.run(&["ready"]).done();
    assert!(page.contains("As things stand, you would pass") && page.contains("of 50 right"), "{page}");
}

#[test]
fn what_is_not_practiced_fades_until_a_later_day() {
    let learner = prepared();
    let soon = chance(&learner.json(&["ready", "--on", TODAY]));
    let late = chance(&learner.json(&["ready", "--on", "2027-02-01"]));
    assert!(late < soon, "{soon} today, {late} in eleven weeks");
    assert_eq!(learner.json(&["ready", "--on", TODAY])["with_plan"], json!(null));
}

#[test]
fn the_same_journal_gives_the_same_number_whatever_the_order_of_import() {
    let lines = studied(&Learner::new(), 14);
    let told = |parts: &[Vec<String>]| {
        let learner = Learner::new().on(TODAY);
        learner.run(&["target", "clf", "--on", EXAM]).done();
        for part in parts {
            learner.import(part).done();
            // What is known so far is kept, and must not show later.
            learner.run(&["ready"]).quiet();
        }
        learner.json(&["ready"])
    };
    let at_once = told(std::slice::from_ref(&lines));
    let reversed: Vec<String> = lines.iter().rev().cloned().collect();
    let (early, late) = lines.split_at(lines.len() / 2);
    assert_eq!(told(&[reversed]), at_once);
    assert_eq!(told(&[early.to_vec(), late.to_vec()]), at_once);
    assert_eq!(told(&[late.to_vec(), early.to_vec()]), at_once);
    let (even, odd): (Vec<_>, Vec<_>) = lines.iter().cloned().enumerate().partition(|(n, _)| n % 2 == 0);
    let without_numbers = |lines: Vec<(usize, String)>| lines.into_iter().map(|(_, line)| line).collect();
    assert_eq!(told(&[without_numbers(odd), without_numbers(even)]), at_once);
}

#[test]
fn a_first_answer_that_was_right_raises_the_chance() {
    let lines = studied(&Learner::new(), 14);
    let told = |lines: &[String]| {
        let learner = Learner::new().on(TODAY);
        learner.import(lines).done();
        chance(&learner.json(&["ready", "clf"]))
    };
    let wrong = lines.iter().position(|line| line.contains("\"correct\":false")).unwrap();
    let mut better = lines.clone();
    better[wrong] = better[wrong].replace("\"correct\":false", "\"correct\":true");
    assert!(told(&better) > told(&lines));
}

#[test]
fn the_result_of_a_real_exam_moves_the_gap_and_is_recorded_with_what_was_predicted() {
    let learner = prepared();
    let after = learner.on("2026-11-16");
    let failed = after.run(&["fail", "clf", "--on", TODAY, "--score", "850"]).refused(1);
    assert!(failed.contains("the pass mark is 700"), "{failed}");
    after.run(&["fail", "clf", "--on", TODAY, "--score", "600"]).done();
    assert_eq!(after.events("failed")[0]["score"], 600);
    let gap = &after.json(&["ready", "clf"])["gap"];
    assert!(gap["mean"].as_f64() > Some(0.0) && gap["sd"].as_f64() < Some(0.3), "{gap}");
    let exams = after.json(&["stats"])["exams"].clone();
    assert_eq!(exams["brier"], json!(null));
    assert_eq!((&exams["results"][0]["passed"], &exams["results"][0]["on"]), (&json!(false), &json!(TODAY)));
    let predicted = exams["results"][0]["chance"].as_f64().unwrap();
    // With what was known on that day and the gap from before it.
    assert!((predicted - chance(&learner.json(&["ready", "--on", TODAY]))).abs() < 0.2);
    let remembered = &exams["results"][0]["remembered"];
    let share = |key: &str| remembered[key].as_f64().unwrap();
    assert!((0.0..1.0).contains(&share("forecast")) && (0.0..1.0).contains(&share("known")), "{remembered}");
    after.run(&["undo"]).done();
    assert_eq!(after.json(&["ready", "clf"])["gap"]["mean"], 0.0);
}

#[test]
fn a_result_without_enough_evidence_moves_nothing() {
    let learner = Learner::new().on(TODAY);
    learner.import(&studied(&learner, 1)).done();
    learner.run(&["pass", "clf", "--on", FIRST, "--score", "900"]).done();
    let later = studied(&learner, 14).split_off(12);
    learner.import(&later).done();
    assert_eq!(learner.json(&["ready", "clf"])["gap"]["mean"], 0.0);
    let exams = learner.json(&["stats"])["exams"].clone();
    assert_eq!(exams["results"][0]["chance"], json!(null), "{exams}");
}

#[test]
fn a_booked_exam_shows_its_chance_and_what_is_at_stake_where_one_decides() {
    let learner = prepared();
    let none = learner.json(&["next"]);
    assert_eq!(none["chances"], json!([]));
    learner.run(&["schedule", "clf", "--on", EXAM, "--fee", "100"]).done();
    for command in ["next", "plan"] {
        let told = learner.json(&[command])["chances"][0].clone();
        assert!((chance(&told) - chance(&learner.json(&["ready"]))).abs() < 1e-12);
        assert_eq!(told["fee"], json!({ "amount": 100, "currency": "USD" }));
        assert_eq!(told["free_to_move_until"], "2026-12-04");
        let page = learner.run(&[command]).done();
        assert!(page.contains("to pass, as things stand"), "{page}");
        assert!(page.contains("USD 100"), "{page}");
    }
    let home = learner.piped(&["--plain"], "q\n").done();
    assert!(home.contains("to pass, as things stand"), "{home}");
}

#[test]
fn the_menu_starts_what_is_missing() {
    let learner = Learner::new().on(TODAY);
    learner.run(&["target", "clf", "--on", EXAM]).done();
    let menu = learner.piped(&["--plain"], "Exam:\nChance\nAnswer\n?\n?\nq\n").done();
    assert!(menu.contains("It is too early to tell how likely"), "{menu}");
    assert_eq!(learner.events("answered").len(), 2, "{menu}");
}

#[test]
fn a_question_bank_of_ones_own_has_a_chance_too() {
    let learner = Learner::new().on(TODAY);
    let lines = studied(&learner, 14);
    learner.import(&lines).done();
    let told = learner.json(&["ready", "--pack", "cloud-practitioner"]);
    assert_eq!((&told["credential"], &told["pack"]), (&json!(null), &json!("cloud-practitioner")));
    assert!(told["chance"].is_number(), "{told}");
}

#[test]
fn a_mock_exam_is_evidence() {
    let learner = prepared();
    let before = learner.json(&["ready"]);
    // What cannot be answered with one number is left open.
    let input = format!("{}s\ny\nq\n", "1\nn\n".repeat(100));
    learner.piped(&["exam", "clf", "--plain"], input).done();
    let after = learner.json(&["ready"]);
    let questions = |events: Vec<Value>| -> Vec<String> {
        events.iter().map(|event| event["question"].as_str().unwrap().to_owned()).collect()
    };
    let (of_exam, others): (Vec<Value>, Vec<Value>) =
        learner.events("answered").into_iter().partition(|event| event["exam"].is_string());
    let seen = questions(others);
    let fresh = questions(of_exam).into_iter().filter(|question| !seen.contains(question)).count();
    assert!(fresh > 5, "{fresh} fresh answers");
    assert_eq!(before["evidence"], json!({ "answers": 168, "exams": 0 }));
    assert_eq!(after["evidence"], json!({ "answers": 168 + fresh, "exams": 1 }));
    let page = learner.run(&["ready"]).done();
    assert!(page.contains("1 mock exam") && !page.contains("Without a mock exam"), "{page}");
    // What was kept on the way is what the whole journal says.
    let other = Learner::new().on(TODAY);
    let export = learner.export();
    other.import(&export.lines().skip(1).collect::<Vec<_>>()).done();
    assert_eq!(other.json(&["ready"]), after);
}

#[test]
fn answers_of_a_cram_are_no_evidence() {
    let learner = Learner::new().on(TODAY);
    let questions = learner.questions("cloud-practitioner");
    let crammed = |number: u64, cram: bool| {
        let question = &questions[number as usize % 60]["id"];
        let at = format!("2026-11-{:02}T12:00:{:02}+00:00", if cram { 1 } else { 5 }, number % 60);
        let keys =
            json!({ "question": question, "guess": 0.25, "correct": true, "given": "x", "cram": cram });
        event(number, &at, "answered", keys)
    };
    learner.import(&(0..60).map(|n| crammed(n, true)).collect::<Vec<_>>()).done();
    learner.import(&(60..120).map(|n| crammed(n, false)).collect::<Vec<_>>()).done();
    let told = learner.json(&["ready", "clf"]);
    assert_eq!(told["evidence"]["answers"], 0);
}
