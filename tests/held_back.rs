//! Questions that are held back for a mock exam: nothing shows, counts or exports them before it asks them.

use crate::support::{Learner, texts};
use serde_json::Value;

/// A learner with an invented exam: 28 questions to study, and two forms of ten.
fn pilot() -> Learner {
    Learner::with_packs(&["harbor", "lighthouse"])
}

fn of_forms(questions: &Value) -> usize {
    questions.as_array().unwrap().iter().filter(|question| !question["form"].is_null()).count()
}

#[test]
fn what_is_held_back_is_shown_only_on_request() {
    let learner = pilot();
    let shown = learner.json(&["pack", "show", "lighthouse"]);
    assert_eq!((shown["questions"].as_array().unwrap().len(), of_forms(&shown["questions"])), (28, 0));
    let all = learner.json(&["pack", "show", "lighthouse", "--held-back"]);
    assert_eq!((all["questions"].as_array().unwrap().len(), of_forms(&all["questions"])), (48, 20));
    let screen = learner.run(&["pack", "show", "lighthouse"]).done();
    assert!(!screen.contains("Which flag, shown alone"), "{screen}");
}

#[test]
fn what_is_held_back_counts_nowhere_and_is_neither_asked_nor_exported() {
    let learner = pilot();
    let list = learner.json(&["pack", "list"]);
    let pack = list["packs"].as_array().unwrap().iter().find(|pack| pack["id"] == "lighthouse").unwrap();
    assert_eq!((&pack["questions"], &pack["held_back"]), (&28.into(), &20.into()));

    let stats = learner.json(&["stats"]);
    let of_pack = |topic: &&Value| topic["pack"] == "lighthouse";
    let topics = stats["topics"].as_array().unwrap().iter().filter(of_pack);
    assert_eq!(topics.map(|topic| topic["questions"].as_u64().unwrap()).sum::<u64>(), 28);

    let exported = learner.run(&["pack", "export", "lighthouse", "--as", "json"]).done();
    assert!(!exported.contains("\"form\""), "{exported}");

    let input = "?\n".repeat(40);
    let sitting = learner.piped(&["--plain", "study", "--pack", "lighthouse", "--count", "40"], input).done();
    let asked: Vec<String> = learner
        .events("answered")
        .iter()
        .map(|event| event["question"].as_str().unwrap().to_owned())
        .collect();
    let all = learner.json(&["pack", "show", "lighthouse", "--held-back"]);
    let held_back =
        all["questions"].as_array().unwrap().iter().filter(|question| !question["form"].is_null());
    for question in held_back {
        assert!(!asked.iter().any(|id| *id == question["id"]), "{question}\n{sitting}");
    }
    let refused = learner.run(&["suspend", "lighthouse/top-of-west-mark"]).refused(1);
    assert!(refused.contains("there is no question"), "{refused}");
}

#[test]
fn a_verdict_shows_the_reasons_of_the_choice_taken_and_of_the_right_one() {
    let learner = pilot();
    let line =
        ["--plain", "--seed", "3", "study", "--pack", "lighthouse", "--topic", "signals", "--count", "1"];
    let ran = learner.piped(&line, "?\n").done();
    let asked = learner.events("answered")[0]["question"].clone();
    let question = learner.questions("lighthouse").into_iter().find(|q| q["id"] == asked).unwrap();
    let key = question["key"][0].as_u64().unwrap() as usize;
    let (choices, reasons) = (texts(&question["choices"]), texts(&question["reasons"]));
    assert_eq!(ran.matches(reasons[key]).count(), 2, "to be remembered, and as the reason:\n{ran}");
    let others = reasons.iter().filter(|reason| **reason != reasons[key]);
    assert_eq!(others.filter(|reason| ran.contains(**reason)).count(), 0, "nobody took another one:\n{ran}");

    let first = ran.lines().find_map(|line| line.strip_prefix("1) ")).unwrap();
    let taken = choices.iter().position(|choice| *choice == first).unwrap();
    assert_ne!(taken, key, "with this seed the first choice is wrong");
    let ran = pilot().piped(&line, "1\n").done();
    assert!(ran.contains(reasons[taken]) && ran.contains(reasons[key]), "{ran}");
}
