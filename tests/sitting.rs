//! Sittings in the lines face, through pipes.

use std::collections::BTreeMap;

use crate::support::{Learner, Shown, verdicts};
use serde_json::Value;

/// Holds a sitting and returns what it showed.
fn sit(learner: &Learner, line: &[&str], input: &str) -> String {
    learner.piped(&[&["study", "--plain"], line].concat(), input).done()
}

/// The questions of the answers in the journal, in their order.
fn asked(learner: &Learner) -> Vec<String> {
    let answers = learner.events("answered");
    answers.iter().map(|answer| answer["question"].as_str().unwrap().to_owned()).collect()
}

fn correct(learner: &Learner) -> Vec<bool> {
    learner.events("answered").iter().map(|answer| answer["correct"].as_bool().unwrap()).collect()
}

/// Every verdict has its answer in the journal, and every answer its verdict.
#[track_caller]
fn assert_verdicts_are_recorded(learner: &Learner, transcript: &str) {
    let shown: Vec<bool> = verdicts(transcript).iter().map(|line| line.starts_with("Right:")).collect();
    assert_eq!(shown, correct(learner), "{transcript}");
}

fn lines(answers: &[String]) -> String {
    answers.iter().map(|answer| format!("{answer}\n")).collect()
}

/// A day's knowledge, but for the day itself.
fn details(learner: &Learner) -> Value {
    learner.json(&["stats", "--all"])["details"].clone()
}

#[test]
fn right_answers_of_all_seven_kinds_are_right() {
    let learner = Learner::with_packs(&["kinds"]);
    let line = ["--pack", "kinds", "--count", "8", "--seed", "11"];
    let shown = learner.rehearse(&[&["study"][..], &line].concat());
    let kinds: Vec<&str> = shown.iter().map(|shown| shown.question["kind"].as_str().unwrap()).collect();
    for kind in ["one-of", "any-of", "true-false", "typed", "number", "order", "reveal"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    let answers: Vec<String> = shown.iter().map(Shown::right).collect();
    let transcript = sit(&learner, &line, &lines(&answers));
    assert_eq!(correct(&learner), [true; 8], "{transcript}");
    assert_verdicts_are_recorded(&learner, &transcript);
    assert!(transcript.contains("8 questions, 8 right"), "{transcript}");
}

#[test]
fn right_answers_to_the_shipped_questions_are_right() {
    let learner = Learner::new();
    for (pack, seed) in [("article", "3"), ("facts", "4")] {
        let line = ["--pack", pack, "--count", "200", "--seed", seed];
        let shown = learner.rehearse(&[&["study"][..], &line].concat());
        assert_eq!(shown.len(), learner.questions(pack).len(), "every question of {pack} is asked");
        let answers: Vec<String> = shown
            .iter()
            // What `pack show` draws of a question of the catalog is another drawing.
            .map(|shown| if pack == "facts" { "?".to_owned() } else { shown.right() })
            .collect();
        let transcript = sit(&learner, &line, &lines(&answers));
        assert!(verdicts(&transcript).len() >= shown.len());
        if pack == "article" {
            assert!(correct(&learner).iter().all(|right| *right), "{transcript}");
        }
    }
}

#[test]
fn a_sitting_shows_place_stem_choices_verdict_rationale_source_and_when_it_comes_back() {
    let learner = Learner::with_packs(&["kinds"]);
    let transcript = sit(&learner, &["--pack", "kinds", "--count", "2"], "1\npuppy\n");
    for line in [
        "1 of 2. Choosing.",
        "Which of these has a trunk?",
        "1) Ant",
        "2) Elephant",
        "Not quite.",
        "Your answer: 1) Ant",
        "Correct: 2) Elephant",
        "An elephant has a trunk.",
        "2 of 2. Typing.",
        "Right: puppy",
    ] {
        assert!(transcript.lines().any(|shown| shown == line), "{line:?} is not in {transcript}");
    }
    assert!(transcript.contains("\nThe tests\nBack "), "{transcript}");
    assert!(!transcript.contains('\u{1b}'));
}

#[test]
fn a_verdict_is_a_line_that_starts_so_and_no_other_line_does() {
    for environment in [&[][..], &[("COLUMNS", "40")], &[("COLUMNS", "20")], &[("COLUMNS", "73")]] {
        let mut learner = Learner::with_packs(&["lookalike"]);
        for (name, value) in environment {
            learner = learner.with(name, value);
        }
        let answers = "h\n1\nh\nRight: what\nh\n4\nh\n1,2,3\n";
        let transcript = sit(&learner, &["--pack", "lookalike", "--count", "4"], answers);
        assert_eq!(learner.events("answered").len(), 4, "{transcript}");
        assert_verdicts_are_recorded(&learner, &transcript);
    }
}

#[test]
fn a_verdict_starts_its_line_in_colour_too() {
    let learner = Learner::with_packs(&["words"]);
    let line = ["--pack", "words", "--count", "2", "--color", "always"];
    let transcript = sit(&learner, &line, "right\nwrong\n");
    assert_eq!(verdicts(&transcript).len(), 2, "{transcript:?}");
}

#[test]
fn numbers_letters_and_several_of_them_answer() {
    // In the order of asking: one, word, any, legs, four-of-eight, hive, truth, row.
    for (place, answers) in [
        (0, &["2", "b", "B", "2)", "b.", " 2 "][..]),
        (1, &["puppy", "PUPPY", "a puppy!", "pup", "  the Pup "]),
        (2, &["1,3", "3,1", "1 3", "13", "ac", "a,c", "A C", "c;a"]),
        (3, &["8", "8 legs", "eight", "8.0", "eight legs"]),
        (4, &["2,4,6,8", "2468", "bdfh", "8 6 4 2"]),
        (6, &["1", "t", "T", "true", "True", "a"]),
    ] {
        for answer in answers {
            let learner = Learner::with_packs(&["kinds"]);
            let input = format!("{}{answer}\n", "s\n".repeat(place));
            let transcript = sit(&learner, &["--pack", "kinds", "--count", "8"], &input);
            assert_eq!(correct(&learner), [true], "{answer:?}: {transcript}");
        }
    }
}

#[test]
fn wrong_answers_are_wrong_and_kept_as_they_were_given() {
    for (place, answer, given) in [
        (0, "3", serde_json::json!("Horse")),
        (0, "?", Value::Null),
        (1, "kitten", serde_json::json!("kitten")),
        (1, "?", Value::Null),
        (2, "1,2", serde_json::json!(["Bat", "Cat"])),
        (3, "6 legs", serde_json::json!("6 legs")),
        (6, "f", serde_json::json!("False")),
        (7, "?", Value::Null),
    ] {
        let learner = Learner::with_packs(&["kinds"]);
        let input = format!("{}{answer}\n", "s\n".repeat(place));
        let transcript = sit(&learner, &["--pack", "kinds", "--count", "8"], &input);
        let answers = learner.events("answered");
        assert_eq!(answers.len(), 1, "{answer:?}: {transcript}");
        assert_eq!(answers[0]["correct"], false, "{answer:?}");
        assert_eq!(answers[0]["given"], given, "{answer:?}");
    }
}

#[test]
fn the_chance_of_guessing_is_recorded_with_the_answer() {
    let learner = Learner::with_packs(&["kinds"]);
    let line = ["--pack", "kinds", "--count", "8", "--seed", "2"];
    let shown = learner.rehearse(&[&["study"][..], &line].concat());
    let answers: Vec<String> = shown.iter().map(Shown::right).collect();
    sit(&learner, &line, &lines(&answers));
    let guesses: BTreeMap<String, f64> = learner
        .events("answered")
        .iter()
        .map(|a| (a["question"].as_str().unwrap().to_owned(), a["guess"].as_f64().unwrap()))
        .collect();
    for (question, ways) in [
        ("kinds/one", 4.0),
        ("kinds/any", 10.0),
        ("kinds/four-of-eight", 70.0),
        ("kinds/truth", 2.0),
        ("kinds/row", 6.0),
    ] {
        assert!((guesses[question] - 1.0 / ways).abs() < 1e-12, "{question}: {}", guesses[question]);
    }
    assert_eq!(guesses["kinds/word"], 0.0);
    assert_eq!(guesses["kinds/legs"], 0.0);
    assert_eq!(guesses["kinds/hive"], 0.0);
}

#[test]
fn what_is_no_answer_is_asked_again_and_not_recorded() {
    let learner = Learner::with_packs(&["kinds"]);
    // One-of, typed, any-of two, a number.
    let input = "\n9\n0\n-1\n1,2\nelephant\n2\n\npuppy\n1\n1,1\n1,2,3\n1,9\n\n1,3\nmany\n8 arms\n\n8\n";
    let transcript = sit(&learner, &["--pack", "kinds", "--count", "4"], input);
    assert_eq!(correct(&learner), [true; 4], "{transcript}");
    assert!(transcript.contains("Type a number from 1 to 4"), "{transcript}");
    assert!(transcript.contains("Choose 2 of 1 to 5"), "{transcript}");
    assert_verdicts_are_recorded(&learner, &transcript);
}

/// A sitting of the one self-checked question among the kinds.
fn self_checked(input: &str) -> (Learner, String) {
    let learner = Learner::with_packs(&["kinds"]);
    // In the order of asking it is the third of its topic.
    let line = ["--pack", "kinds", "--topic", "typing", "--count", "3"];
    let transcript = sit(&learner, &line, &format!("s\ns\n{input}"));
    (learner, transcript)
}

#[test]
fn a_self_checked_answer_is_shown_first_and_counts_as_the_learner_says() {
    for (input, correct, hint, given, verdict) in [
        ("\n1\n", true, false, serde_json::json!("knew"), "Right: you knew it."),
        ("\n2\n", true, true, serde_json::json!("hard"), "Right: you knew it, but it was hard."),
        ("\n3\n", false, false, serde_json::json!("forgot"), "Not quite: you forgot it."),
        ("\n?\n", false, false, serde_json::json!("forgot"), "Not quite: you forgot it."),
        ("\nk\n", true, false, serde_json::json!("knew"), "Right: you knew it."),
        ("\nf\n", false, false, serde_json::json!("forgot"), "Not quite: you forgot it."),
        ("h\n\n1\n", true, true, serde_json::json!("knew"), "Right: you knew it."),
        ("?\n", false, false, Value::Null, "Not quite."),
    ] {
        let (learner, transcript) = self_checked(input);
        let [answer] = &learner.events("answered")[..] else { panic!("{input:?}: {transcript}") };
        assert_eq!((&answer["form"], &answer["guess"]), (&"reveal".into(), &0.0.into()), "{input:?}");
        assert_eq!((&answer["correct"], &answer["hint"]), (&correct.into(), &hint.into()), "{input:?}");
        assert_eq!(answer["given"], given, "{input:?}");
        assert_eq!(verdicts(&transcript), [verdict], "{transcript}");
        assert!(transcript.contains("The dance points as far"), "{transcript}");
        assert_eq!(transcript.contains("Answer: By a dance:"), input != "?\n", "{transcript}");
    }
}

#[test]
fn a_self_checked_answer_that_nobody_judged_is_none() {
    for input in ["\n", "\nq\n", "\ns\n", "\n9\nwell\n", "I know it\n"] {
        let (learner, transcript) = self_checked(input);
        assert_eq!(learner.events("answered").len(), 0, "{input:?}: {transcript}");
        assert!(transcript.contains("Nothing was answered"), "{transcript}");
    }
    let (_, transcript) = self_checked("well\n\nwell\n");
    assert!(transcript.contains("Press Enter to see the answer"), "{transcript}");
    assert!(
        transcript.contains("Type 1 if you knew it, 2 if it was hard, 3 if you forgot it."),
        "{transcript}"
    );
}

#[test]
fn a_hint_is_shown_on_request_and_recorded() {
    let learner = Learner::with_packs(&["words"]);
    let transcript = sit(&learner, &["--pack", "words", "--count", "2"], "h\nright\nh\nright\n");
    assert!(transcript.contains("Hint: It is not wrong."), "{transcript}");
    assert!(transcript.contains("There is no hint here."), "{transcript}");
    let hints: Vec<Value> = learner.events("answered").iter().map(|a| a["hint"].clone()).collect();
    assert_eq!(hints, [true, false]);
}

#[test]
fn undo_takes_back_the_last_answer_and_asks_it_again() {
    let learner = Learner::with_packs(&["words"]);
    let transcript = sit(&learner, &["--pack", "words", "--count", "3"], "right\nwrong\nu\nright\nright\n");
    let answers = learner.events("answered");
    let retracted = learner.events("retracted");
    assert_eq!(retracted.len(), 1);
    assert_eq!(retracted[0]["event"], answers[1]["id"]);
    assert_eq!(answers[1]["question"], answers[2]["question"], "it is asked again at once");
    assert_verdicts_are_recorded(&learner, &transcript);
    assert!(transcript.contains("3 questions, 3 right"), "{transcript}");
    let stats = learner.json(&["stats"]);
    assert_eq!(stats["answers"], 3);
    assert_eq!(stats["right"], 3);
}

#[test]
fn undo_goes_back_to_the_beginning_of_the_sitting_and_no_further() {
    let learner = Learner::with_packs(&["words"]);
    sit(&learner, &["--pack", "words", "--count", "1"], "right\n");
    let line = ["--pack", "words", "--count", "3"];
    let transcript = sit(&learner, &line, "wrong\nwrong\nu\nu\nu\nu\n");
    assert!(transcript.contains("nothing to undo in this sitting"), "{transcript}");
    assert_eq!(learner.events("retracted").len(), 2);
    assert_eq!(learner.json(&["stats"])["answers"], 1);
}

#[test]
fn a_skipped_question_is_not_recorded_and_not_asked_again() {
    let learner = Learner::with_packs(&["words"]);
    let line = ["--pack", "words", "--count", "3"];
    let first = learner.rehearse(&[&["study"][..], &line].concat())[0].id().to_owned();
    let transcript = sit(&learner, &line, "s\nright\nright\n");
    assert_eq!(asked(&learner).len(), 2, "{transcript}");
    assert!(!asked(&learner).contains(&first));
    assert_eq!(learner.journal().len(), 2);
}

#[test]
fn a_question_that_is_set_aside_is_recorded_so_and_does_not_come_again() {
    let learner = Learner::with_packs(&["words"]);
    let line = ["--pack", "words", "--count", "12"];
    let first = learner.rehearse(&[&["study"][..], &line].concat())[0].id().to_owned();
    let transcript = sit(&learner, &line, "x\nright\n");
    assert!(transcript.contains(&format!("badgedex resume {first}")), "{transcript}");
    assert_eq!(learner.events("suspended")[0]["question"], first);
    let later = learner.on("2027-11-23").rehearse(&[&["study"][..], &line].concat());
    assert!(later.iter().all(|shown| shown.id() != first));
    learner.run(&["resume", &first]).done();
    let later = learner.on("2027-11-23").rehearse(&[&["study"][..], &line].concat());
    assert!(later.iter().any(|shown| shown.id() == first));
}

#[test]
fn a_question_that_is_set_aside_does_not_come_again_after_an_undo() {
    let learner = Learner::with_packs(&["words"]);
    let line = ["--pack", "words", "--count", "4"];
    // The first is answered, the second set aside, the first taken back and answered again.
    sit(&learner, &line, "right\nx\nu\nright\nright\nright\nright\n");
    let aside = learner.events("suspended")[0]["question"].clone();
    let is_aside = learner.run(&["resume", aside.as_str().unwrap()]).code == Some(0);
    let was_asked = asked(&learner).iter().any(|id| aside == id.as_str());
    assert!(!(is_aside && was_asked), "{aside} is set aside and was asked after that");
}

#[test]
fn leaving_ends_with_the_summary_and_keeps_every_answer() {
    let learner = Learner::with_packs(&["words"]);
    let transcript = sit(&learner, &["--pack", "words", "--count", "8"], "right\nwrong\nq\nright\n");
    assert_eq!(correct(&learner), [true, false]);
    assert!(transcript.contains("2 questions, 1 right"), "{transcript}");
}

#[test]
fn the_end_of_input_ends_with_the_summary_and_keeps_every_answer() {
    for (input, answers) in [
        ("", 0),
        ("right\n", 1),
        ("right\nwrong\n?\n", 3),
        // The last line has no end.
        ("right\nwrong", 2),
        ("right\r\nright\r\n", 2),
        ("right\nh\n", 1),
        ("right\nu\n", 1),
    ] {
        let learner = Learner::with_packs(&["words"]);
        let transcript = sit(&learner, &["--pack", "words", "--count", "8"], input);
        assert_eq!(asked(&learner).len(), answers, "{input:?}: {transcript}");
        let summary = if input.contains('u') || answers == 0 { "Nothing was answered" } else { "right, " };
        assert!(transcript.contains(summary), "{input:?}: {transcript}");
        assert_verdicts_are_recorded(&learner, &transcript);
    }
}

#[test]
fn every_answer_of_a_sitting_names_it() {
    let learner = Learner::with_packs(&["words"]);
    for _ in 0..2 {
        sit(&learner, &["--pack", "words", "--count", "3"], "right\nright\nright\n");
    }
    let sittings: Vec<String> =
        learner.events("answered").iter().map(|a| a["sitting"].as_str().unwrap().to_owned()).collect();
    assert_eq!(sittings.len(), 6);
    assert!(sittings[..3].iter().all(|s| *s == sittings[0]));
    assert!(sittings[3..].iter().all(|s| *s == sittings[3]));
    assert_ne!(sittings[0], sittings[3]);
}

#[test]
fn ten_new_questions_a_day_and_no_more_until_the_next_day() {
    let learner = Learner::with_packs(&["words"]);
    sit(&learner, &["--pack", "words"], &"right\n".repeat(20));
    assert_eq!(asked(&learner).len(), 10);
    let transcript = sit(&learner, &["--pack", "words"], "right\n");
    assert!(transcript.contains("Nothing is due"), "{transcript}");
    assert!(transcript.contains("You've done today's new questions; 2 more are waiting"), "{transcript}");
    assert_eq!(asked(&learner).len(), 10);
    let tomorrow = learner.on("2026-11-24");
    sit(&tomorrow, &["--pack", "words"], &"right\n".repeat(20));
    assert!(asked(&learner).len() >= 12, "{:?}", asked(&learner));
}

#[test]
fn the_number_of_new_questions_a_day_can_be_set() {
    let learner = Learner::with_packs(&["words"]);
    learner.run(&["set", "new-per-day", "3"]).done();
    sit(&learner, &["--pack", "words"], &"right\n".repeat(20));
    assert_eq!(asked(&learner).len(), 3);
    learner.run(&["set", "new-per-day", "5"]).done();
    sit(&learner, &["--pack", "words"], &"right\n".repeat(20));
    assert_eq!(asked(&learner).len(), 5);
    learner.run(&["set", "new-per-day", "0"]).done();
    let transcript = sit(&learner, &["--pack", "words"], "right\n");
    assert!(transcript.contains("7 more are waiting"), "{transcript}");
    assert_eq!(asked(&learner).len(), 5);
}

#[test]
fn a_count_overrules_the_daily_number() {
    let learner = Learner::with_packs(&["words"]);
    learner.run(&["set", "new-per-day", "2"]).done();
    sit(&learner, &["--pack", "words", "--count", "5"], &"right\n".repeat(20));
    assert_eq!(asked(&learner).len(), 5);
    sit(&learner, &["--pack", "words", "--count", "5"], &"right\n".repeat(20));
    assert_eq!(asked(&learner).len(), 10);
}

#[test]
fn nothing_due_says_why_and_what_can_be_done_instead() {
    let learner = Learner::with_packs(&["words"]);
    sit(&learner, &["--pack", "words", "--count", "12"], &"right\n".repeat(12));
    let transcript = sit(&learner, &["--pack", "words"], "right\n");
    for word in ["Nothing is due", "comes back", "--count", "--mistakes", "--cram"] {
        let comes = word == "comes back" && transcript.contains("come back");
        assert!(comes || transcript.contains(word), "{word}: {transcript}");
    }
    assert_eq!(asked(&learner).len(), 12);
}

#[test]
fn what_was_learned_is_due_on_a_later_day_the_most_forgotten_first() {
    let learner = Learner::with_packs(&["words"]);
    sit(&learner, &["--pack", "words", "--count", "4"], "right\nwrong\nright\nright\nright\n");
    let first = asked(&learner);
    let later = learner.on("2027-11-23");
    assert_eq!(later.json(&["due"])["due"], 4);
    let shown = later.rehearse(&["study", "--pack", "words"]);
    let mut expected: Vec<(f64, String)> = details(&later)
        .as_array()
        .unwrap()
        .iter()
        .map(|d| (d["retrievability"].as_f64().unwrap(), d["question"].as_str().unwrap().to_owned()))
        .collect();
    expected.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    let expected: Vec<&str> = expected.iter().map(|(_, id)| id.as_str()).collect();
    let ids: Vec<&str> = shown.iter().map(Shown::id).collect();
    assert_eq!(ids[..4], expected[..], "due ones first, the most forgotten first");
    assert_eq!(ids[0], first[1], "the one that was answered wrong");
    assert!(ids.len() > 4, "then new ones");
}

#[test]
fn a_right_answer_today_is_not_asked_again_today() {
    let learner = Learner::with_packs(&["words"]);
    sit(&learner, &["--pack", "words", "--count", "3"], "right\nright\nright\n");
    assert_eq!(learner.json(&["due"])["due"], 0);
    let shown = learner.rehearse(&["study", "--pack", "words", "--count", "12"]);
    let answered = asked(&learner);
    assert!(shown.iter().all(|shown| !answered.iter().any(|id| id == shown.id())));
}

#[test]
fn a_sitting_asks_only_what_was_asked_for() {
    let learner = Learner::with_packs(&["words", "kinds"]);
    let topics = |line: &[&str]| {
        let shown = learner.rehearse(&[&["study", "--count", "200"], line].concat());
        assert!(!shown.is_empty(), "{line:?}");
        shown.into_iter().map(|shown| shown.question).collect::<Vec<_>>()
    };
    let costs = topics(&["--topic", "costs"]);
    assert!(costs.iter().all(|q| q["topic"] == "costs"));
    let packs = |questions: &[Value], pack: &str| {
        questions.iter().filter(|q| q["id"].as_str().unwrap().starts_with(&format!("{pack}/"))).count()
    };
    assert!(packs(&costs, "article") > 0 && packs(&costs, "facts") > 0, "a topic of two packs");
    let one = topics(&["--topic", "article/costs"]);
    assert_eq!(packs(&one, "article"), one.len());
    let two = topics(&["--topic", "costs", "--topic", "Proctoring", "--pack", "article"]);
    assert!(two.iter().all(|q| q["topic"] == "costs" || q["topic"] == "proctoring"));
    assert!(two.iter().any(|q| q["topic"] == "proctoring"));
    let pack = topics(&["--pack", "kinds"]);
    assert_eq!(packs(&pack, "kinds"), 8);
    assert_eq!(pack.len(), 8);
    let credential = topics(&["--credential", "scs"]);
    let scs = serde_json::json!("aws-security-specialty");
    assert!(credential.iter().all(|q| q["credentials"].as_array().unwrap().contains(&scs)));
    assert_eq!(packs(&credential, "kinds"), 8);
    let both = topics(&["--credential", "scs", "--pack", "article", "--topic", "order"]);
    assert!(
        both.iter().all(|q| q["topic"] == "order" && q["credentials"].as_array().unwrap().contains(&scs))
    );
}

#[test]
fn new_questions_come_topic_by_topic_in_turn() {
    let learner = Learner::new();
    let shown = learner.rehearse(&["study", "--pack", "article", "--count", "9"]);
    let mut topics: Vec<&str> = shown.iter().map(|shown| shown.question["topic"].as_str().unwrap()).collect();
    topics.sort_unstable();
    topics.dedup();
    assert_eq!(topics.len(), 9, "one question of each of the nine topics");
}

#[test]
fn mistakes_are_what_was_answered_wrong_the_last_time() {
    let learner = Learner::with_packs(&["words"]);
    let none = sit(&learner, &["--pack", "words", "--mistakes"], "right\n");
    assert!(none.contains("Nothing to repeat"), "{none}");
    sit(&learner, &["--pack", "words", "--count", "2"], "wrong\nright\n");
    let wrong = asked(&learner)[0].clone();
    let shown = learner.rehearse(&["study", "--pack", "words", "--mistakes"]);
    assert_eq!(shown.iter().map(Shown::id).collect::<Vec<_>>(), [wrong.as_str()]);
    sit(&learner, &["--pack", "words", "--mistakes"], "right\n");
    let none = sit(&learner, &["--pack", "words", "--mistakes"], "right\n");
    assert!(none.contains("Nothing to repeat"), "{none}");
}

#[test]
fn cramming_is_recorded_and_leaves_the_schedule_alone() {
    let learner = Learner::with_packs(&["words"]);
    sit(&learner, &["--pack", "words", "--count", "3"], "right\nright\nwrong\n");
    let before = details(&learner);
    let transcript = sit(&learner, &["--pack", "words", "--cram", "--count", "4"], &"right\n".repeat(4));
    let crammed: Vec<Value> =
        learner.events("answered").iter().filter(|a| a["cram"] == true).cloned().collect();
    assert_eq!(crammed.len(), 4, "{transcript}");
    let after = details(&learner);
    for old in before.as_array().unwrap() {
        let new = after.as_array().unwrap().iter().find(|d| d["question"] == old["question"]).unwrap();
        for key in ["retrievability", "strength_days", "due_on"] {
            assert_eq!(new[key], old[key], "{key} of {}", old["question"]);
        }
        assert_eq!(new["answers"].as_u64().unwrap(), old["answers"].as_u64().unwrap() + 1);
    }
    assert_eq!(verdicts(&transcript).len(), 4);
    assert!(transcript.contains("The schedule stays as it is"), "{transcript}");
}

/// The position of every question in a list.
fn places(asked: &[String]) -> BTreeMap<&str, Vec<usize>> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, id) in asked.iter().enumerate() {
        places.entry(id).or_default().push(place);
    }
    places
}

#[test]
fn a_wrong_one_comes_back_at_least_three_questions_later_and_at_most_twice() {
    for count in ["3", "5", "8", "12"] {
        let learner = Learner::with_packs(&["words"]);
        let transcript = sit(&learner, &["--pack", "words", "--count", count], &"wrong\n".repeat(60));
        let asked = asked(&learner);
        for (id, places) in places(&asked) {
            assert!(places.len() <= 3, "{id} was asked {} times", places.len());
            assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 3), "{id} at {places:?} of {count}");
        }
        let first = &asked[0];
        assert!(places(&asked)[first.as_str()].len() > 1, "{first} never came back: {transcript}");
        assert_verdicts_are_recorded(&learner, &transcript);
    }
}

#[test]
fn a_wrong_one_comes_back_and_is_let_go_once_it_is_right() {
    let learner = Learner::with_packs(&["words"]);
    sit(&learner, &["--pack", "words", "--count", "5"], &format!("wrong\n{}", "right\n".repeat(20)));
    let asked = asked(&learner);
    assert_eq!(asked.len(), 6);
    let place = asked.iter().skip(1).position(|id| *id == asked[0]).unwrap() + 1;
    assert!(place >= 3, "it came back after {place}");
    assert_eq!(correct(&learner), [false, true, true, true, true, true]);
}

#[test]
fn a_wrong_one_that_is_alone_waits_for_another_day() {
    let learner = Learner::with_packs(&["words"]);
    let transcript = sit(&learner, &["--pack", "words", "--count", "1"], "wrong\nwrong\n");
    assert_eq!(asked(&learner).len(), 1, "{transcript}");
    assert_eq!(learner.on("2026-11-25").json(&["due"])["due"], 1);
}

#[test]
fn the_same_seed_draws_the_same_choices() {
    let transcript = |seed: &str| {
        let learner = Learner::new();
        let line = ["study", "--count", "30", "--seed", seed];
        learner.rehearse(&line).iter().map(|shown| shown.choices.clone()).collect::<Vec<_>>()
    };
    assert_eq!(transcript("7"), transcript("7"));
    assert_ne!(transcript("7"), transcript("8"));
}

#[test]
fn piped_input_is_never_dropped() {
    // Everything is there before the first question is.
    let learner = Learner::with_packs(&["words"]);
    let answers: Vec<String> = (0..12).map(|n| if n % 5 == 4 { "?" } else { "right" }.to_owned()).collect();
    sit(&learner, &["--pack", "words", "--count", "12"], &lines(&answers));
    let given = correct(&learner);
    let expected: Vec<bool> = answers.iter().map(|answer| answer == "right").collect();
    assert_eq!(given, expected);
}

#[test]
fn an_answer_that_is_one_slip_away_swallows_no_other_answer() {
    let learner = Learner::with_packs(&["kinds"]);
    // "pupy" is one letter short of "puppy": a person is asked again, a pipe is not.
    sit(&learner, &["--pack", "kinds", "--topic", "typing", "--count", "2"], "pupy\n8\n");
    assert_eq!(correct(&learner), [false, true]);
}

#[test]
fn answers_that_are_not_utf_8_or_endless_are_answers_all_the_same() {
    let learner = Learner::with_packs(&["words"]);
    let mut input = b"\xff\xfe\x80\n\x1b[31mright\n".to_vec();
    input.extend(vec![b'x'; 300_000]);
    input.extend(b"\nright\n");
    let line = ["study", "--plain", "--pack", "words", "--count", "4"];
    let transcript = learner.piped(&line, input).done();
    assert_eq!(correct(&learner), [false, false, false, true]);
    assert!(!transcript.contains('\u{1b}'));
    assert_verdicts_are_recorded(&learner, &transcript);
}

#[test]
fn a_sitting_by_the_clock_keeps_to_the_daily_number_of_new_ones() {
    let learner = Learner::with_packs(&["words"]);
    sit(&learner, &["--pack", "words", "--minutes", "60"], &"right\n".repeat(20));
    assert_eq!(asked(&learner).len(), 10);
}

#[test]
fn the_menu_ends_with_its_input() {
    for input in ["q\n", "\n\n", "\n\n2\n", "\n\n3\n"] {
        let learner = Learner::new();
        learner.piped(&[], input).done();
        learner.piped(&["--plain"], input).done();
    }
}

#[test]
fn the_first_run_ends_with_its_input() {
    Learner::new().piped(&["--plain"], "").done();
    Learner::new().piped(&["--plain"], "4\n").done();
}

#[test]
fn a_sitting_from_the_menu_ends_with_its_input() {
    let learner = Learner::new();
    learner.run(&["set", "role", "data"]).done();
    let transcript = learner.piped(&["--plain"], "1\n1\n?\n").done();
    assert_eq!(verdicts(&transcript).len(), 1, "{transcript}");
    assert!(transcript.contains("1 question, 0 right"), "{transcript}");
}

#[test]
fn the_first_run_asks_for_the_exam_and_for_holdings_and_a_subcommand_never_does() {
    let learner = Learner::new();
    let quiet = learner.run(&["badges", "--plain"]).done();
    assert!(!quiet.contains("Which exam"), "{quiet}");
    let first = learner.piped(&["--plain"], "1\n1\n6\n2026-05-04\nq\n").done();
    assert!(first.contains("Which exam are you preparing for?"), "{first}");
    assert!(first.contains("What do you already hold?"), "{first}");
    assert_eq!(learner.events("set")[0]["value"], "aws-cloud-practitioner");
    assert_eq!(learner.events("passed")[0]["on"], "2026-05-04");
    let second = learner.piped(&["--plain"], "q\n").done();
    assert!(!second.contains("Which exam"), "{second}");
}
