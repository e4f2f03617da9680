//! The page of figures and the awards, with the real binary.

use std::fs;

use crate::support::Learner;

/// A journal of answers: the days before the learner's day, each with two answers.
fn studied(learner: &Learner, days: &[&str]) {
    let mut lines = Vec::new();
    for (number, day) in days.iter().enumerate() {
        for (i, question) in ["article/accreditation-cost", "article/forty-colleagues"].iter().enumerate() {
            lines.push(format!(
                r#"{{"id":"01900000-0000-7000-8000-0000000{number:03}{i:02}","at":"{day}T12:00:00+00:00","device":"d","kind":"answered","question":"{question}","guess":0.25,"correct":true,"took_ms":9000}}"#
            ));
        }
    }
    learner.import(&lines).done();
}

#[test]
fn the_page_has_charts_on_a_screen_and_sentences_in_plain() {
    let learner = Learner::new();
    studied(&learner, &["2026-11-01", "2026-11-04", "2026-11-22"]);
    let page = learner.run(&["stats"]).done();
    assert!(page.contains("The last 26 weeks") && page.contains('█'), "{page}");
    let plain = learner.run(&["stats", "--plain"]).done();
    assert!(plain.contains("In the week of 16 November 2026: 2 answers on 1 day."), "{plain}");
    assert!(!plain.contains('█') && !plain.contains('─'), "{plain}");
    let ascii = learner.with("LC_ALL", "C").run(&["stats"]).done();
    assert!(ascii.is_ascii(), "{ascii}");
}

#[test]
fn answers_from_the_future_are_told_in_one_line() {
    let learner = Learner::new();
    studied(&learner, &["2026-11-01", "2031-01-01"]);
    let page = learner.run(&["stats", "--plain"]).done();
    assert!(page.contains("2 answers carry a later day than today"), "{page}");
}

#[test]
fn the_page_is_written_as_a_picture_that_is_sound() {
    let learner = Learner::new();
    for days in [&[][..], &["2026-11-01", "2026-11-04", "2026-11-22"]] {
        studied(&learner, days);
        let path = learner.path("stats.svg");
        learner.run(&["stats", "--svg", path.to_str().unwrap()]).done();
        let text = fs::read_to_string(&path).unwrap();
        let tree = roxmltree::Document::parse(&text);
        assert_eq!(tree.expect("it is XML").root_element().tag_name().name(), "svg");
    }
}

#[test]
fn self_checked_answers_are_counted_among_all_and_have_figures_of_their_own() {
    let learner = Learner::new();
    studied(&learner, &["2026-11-01"]);
    let said = |number: u32, correct: bool| {
        format!(
            r#"{{"id":"01900000-0000-7000-8000-0000001{number:05}","at":"2026-11-0{number}T12:00:00+00:00","device":"d","kind":"answered","question":"own/card","form":"reveal","guess":0,"correct":{correct}}}"#
        )
    };
    learner.import(&[said(2, true), said(3, false), said(4, true)]).done();
    let stats = learner.json(&["stats"]);
    assert_eq!((&stats["answers"], &stats["right"]), (&5.into(), &4.into()), "{stats}");
    let own = &stats["self_checked"];
    assert_eq!((&own["answers"], &own["known"], &own["forgot"]), (&3.into(), &2.into(), &1.into()), "{own}");
    assert_eq!((&own["hard"], &own["calibration"]["answers"]), (&0.into(), &2.into()), "{own}");
    assert_eq!(stats["calibration"]["answers"], 0, "{stats}");
    let page = learner.run(&["stats", "--plain"]).done();
    assert!(page.contains("2 checked answers") && page.contains("Self-checked: 3 answers"), "{page}");
}

#[test]
fn awards_are_listed_with_words_and_secrets_are_kept() {
    let learner = Learner::new();
    studied(&learner, &["2026-10-01", "2026-10-10", "2026-11-22"]);
    let awards = learner.json(&["awards"]);
    let all = awards["awards"].as_array().unwrap();
    assert_eq!(all.len(), 21);
    assert_eq!(all[0]["name"], "first-roots");
    assert_eq!(all[0]["earned_on"], "2026-11-22");
    let page = learner.run(&["awards"]).done();
    assert!(page.contains("First roots") && page.contains("secret until earned"), "{page}");
}

#[test]
fn awards_that_are_off_say_how_to_switch_them_on() {
    let learner = Learner::new();
    learner.run(&["set", "gamification", "off"]).done();
    let told = learner.run(&["awards"]).done();
    assert!(told.contains("badgedex set gamification on"), "{told}");
    let page = learner.run(&["stats"]).done();
    assert!(!page.contains("Awards") && !page.contains("Streak"), "{page}");
}
