//! Mock exams in the lines face, through pipes: how they run, what survives, what is kept back.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Learner, event, texts};
use serde_json::{Value, json};

/// The exam of the catalog `harbor`: ten questions in twenty minutes, two forms of ten.
const EXAM: [&str; 3] = ["exam", "harbor-pilot", "--plain"];

/// A learner with that exam: 28 questions to study, and two forms.
fn pilot() -> Learner {
    Learner::with_packs(&["harbor", "lighthouse"])
}

/// A question as an exam showed it.
struct Shown {
    number: usize,
    of: usize,
    stem: String,
    choices: Vec<String>,
}

/// The questions of a transcript, in their order.
fn shown(transcript: &str) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    let mut is_stem = false;
    for line in transcript.lines() {
        if let Some((number, of)) = opening(line) {
            all.push(Shown { number, of, stem: String::new(), choices: Vec::new() });
            is_stem = true;
        } else if let (true, Some(last)) = (is_stem, all.last_mut()) {
            last.stem = line.to_owned();
            is_stem = false;
        } else if let (Some((label, choice)), Some(last)) = (line.split_once(") "), all.last_mut())
            && label.parse::<usize>().is_ok()
        {
            last.choices.push(choice.to_owned());
        }
    }
    all
}

/// "Question 12 of 65".
fn opening(line: &str) -> Option<(usize, usize)> {
    let rest = line.strip_prefix("Question ")?;
    let (number, rest) = rest.split_once(" of ")?;
    let of: String = rest.chars().take_while(char::is_ascii_digit).collect();
    Some((number.parse().ok()?, of.parse().ok()?))
}

/// All questions of a pack by their stems, those held back included.
fn by_stem(learner: &Learner, pack: &str) -> BTreeMap<String, Value> {
    let all = learner.json(&["pack", "show", pack, "--held-back"]);
    let all = all["questions"].as_array().unwrap().clone();
    all.into_iter().map(|question| (question["stem"].as_str().unwrap().to_owned(), question)).collect()
}

/// What is typed for the right answer, or for a wrong one.
fn reply(shown: &Shown, question: &Value, is_right: bool) -> String {
    let places = |wanted: Vec<String>| {
        let place = |text: &String| shown.choices.iter().position(|choice| choice == text).unwrap() + 1;
        wanted.iter().map(|text| place(text).to_string()).collect::<Vec<_>>().join(",")
    };
    let key = || -> Vec<String> {
        let choices = texts(&question["choices"]);
        let key = question["key"].as_array().unwrap().iter();
        key.map(|place| choices[place.as_u64().unwrap() as usize].to_owned()).collect()
    };
    match question["kind"].as_str().unwrap() {
        "one-of" | "true-false" if !is_right => {
            let wrong = shown.choices.iter().find(|choice| !key().contains(choice)).unwrap();
            places(vec![wrong.clone()])
        }
        _ if !is_right => "?".to_owned(),
        "one-of" | "any-of" | "true-false" => places(key()),
        "order" => places(texts(&question["items"]).into_iter().map(str::to_owned).collect()),
        "typed" => texts(&question["accepted"])[0].to_owned(),
        "number" => question["value"].to_string(),
        kind => panic!("an exam asked a question of the kind {kind}"),
    }
}

/// Begins an exam, looks at every question, and leaves it for a break.
fn look_through(learner: &Learner, line: &[&str]) -> Vec<Shown> {
    let first = learner.piped(line, "").done();
    let of = shown(&first)[0].of;
    let numbers: String = (1..=of).map(|number| format!("g {number}\n")).collect();
    let all = shown(&learner.piped(line, numbers).done());
    (1..=of)
        .map(|number| all.iter().position(|shown| shown.number == number).unwrap())
        .map(|place| Shown {
            choices: all[place].choices.clone(),
            stem: all[place].stem.clone(),
            ..all[place]
        })
        .collect()
}

/// Answers the questions of an open exam: those at these places right, the others wrong.
fn replies(shown: &[Shown], questions: &BTreeMap<String, Value>, right: impl Fn(usize) -> bool) -> String {
    let reply = |(place, shown): (usize, &Shown)| {
        format!("g {}\n{}\n", place + 1, reply(shown, &questions[&shown.stem], right(place)))
    };
    shown.iter().enumerate().map(reply).collect()
}

/// A whole exam, with these places answered right. Returns the transcript of its end.
fn taken(learner: &Learner, line: &[&str], pack: &str, right: impl Fn(usize) -> bool) -> String {
    let questions = by_stem(learner, pack);
    let shown = look_through(learner, line);
    let input = format!("{}s\ny\nq\n", replies(&shown, &questions, right));
    learner.piped(line, input).done()
}

fn exams(learner: &Learner) -> Vec<Value> {
    learner.json(&["exam", "list"])["exams"].as_array().unwrap().clone()
}

fn ids(questions: &Value) -> BTreeSet<String> {
    let id = |asked: &Value| asked["question"].as_str().unwrap().to_owned();
    questions.as_array().unwrap().iter().map(id).collect()
}

#[test]
fn an_exam_asks_nothing_first_and_opens_each_question_with_its_number() {
    let learner = pilot();
    let transcript = learner.piped(&EXAM, "1\n!\n2\n").done();
    let start = transcript.find("Mock exam: Harbor Pilot").unwrap();
    assert!(start < transcript.find("Question 1 of 10").unwrap(), "{transcript}");
    for text in ["10 questions, 20 minutes.", "All of them are new to you.", "come at the end"] {
        assert!(transcript.contains(text), "{text}: {transcript}");
    }
    let numbers: Vec<(usize, usize)> = transcript.lines().filter_map(opening).collect();
    assert_eq!(numbers, [(1, 10), (2, 10), (3, 10)], "{transcript}");
    assert!(!transcript.contains("Right") && !transcript.contains("Not quite"), "{transcript}");
    assert!(learner.events("answered").is_empty(), "no answer before the end");
}

#[test]
fn the_end_of_input_leaves_it_open_and_it_goes_on_at_its_first_open_question() {
    let learner = pilot();
    let first = shown(&learner.piped(&EXAM, "1\n2\n").done());
    let open = &exams(&learner)[0];
    assert_eq!((&open["how"], &open["answered"], &open["right"]), (&Value::Null, &json!(2), &Value::Null));
    let again = learner.piped(&EXAM, "").done();
    assert!(again.contains("It goes on: 2 of 10 answered"), "{again}");
    let again = shown(&again);
    assert_eq!((again[0].number, &again[0].stem), (3, &first[2].stem));
    assert_eq!(again[0].choices, first[2].choices, "in the same order");
    assert_eq!(exams(&learner)[0]["breaks"], 1);
}

#[test]
fn right_answers_of_every_kind_are_right_at_the_end() {
    let learner = Learner::with_packs(&["kinds"]);
    let line = ["exam", "--pack", "kinds", "--plain"];
    let end = taken(&learner, &line, "kinds", |_| true);
    assert!(end.contains("7 of 7 right, 100 %"), "self-checked questions are not asked: {end}");
    let exam = &exams(&learner)[0];
    assert_eq!((&exam["pack"], &exam["credential"]), (&json!("kinds"), &Value::Null));
    assert_eq!(exam["minutes"], 11, "90 seconds for each of 7 questions");
    let answers = learner.events("answered");
    assert_eq!(answers.len(), 7);
    assert!(answers.iter().all(|answer| answer["correct"] == true && answer["exam"] == exam["id"]));
}

#[test]
fn the_result_is_one_transaction_and_undo_takes_it_back_as_one() {
    let learner = pilot();
    let end = taken(&learner, &EXAM, "lighthouse", |place| place < 6);
    assert!(end.contains("6 of 10 right, 60 %"), "{end}");
    assert!(end.contains("About 70 % is needed; the issuer does not publish it."), "{end}");
    assert_eq!((learner.events("exam_finished").len(), learner.events("answered").len()), (1, 10));

    let undone = learner.run(&["undo"]).done();
    assert!(undone.contains("the result of a mock exam and its 10 answers"), "{undone}");
    let exam = &exams(&learner)[0];
    assert_eq!((&exam["how"], &exam["right"], &exam["share"]), (&json!("left"), &Value::Null, &Value::Null));
    assert_eq!(learner.json(&["stats"])["answers"], 0);
    let shown = learner.json(&["pack", "show", "lighthouse"]);
    assert_eq!(shown["questions"].as_array().unwrap().len(), 38, "its questions stay released");
    let next = learner.piped(&EXAM, "").done();
    assert!(next.contains("form b"), "what was seen is not fresh again: {next}");
}

#[test]
fn the_questions_of_an_open_exam_are_nowhere_else_and_afterwards_like_others() {
    let learner = pilot();
    learner.piped(&["exam", "harbor-pilot", "--questions", "5", "--plain"], "").done();
    let started = &learner.events("exam_started")[0];
    assert_eq!(started["exam_form"], Value::Null, "a short exam leaves the forms alone");
    let asked = ids(&started["questions"]);
    let in_pack = |held_back: &[&str]| -> BTreeSet<String> {
        let line = [&["pack", "show", "lighthouse"], held_back].concat();
        let shown = learner.json(&line)["questions"].as_array().unwrap().clone();
        shown.iter().map(|question| question["id"].as_str().unwrap().to_owned()).collect()
    };
    assert!(in_pack(&[]).is_disjoint(&asked) && in_pack(&["--held-back"]).is_disjoint(&asked));
    let found = learner.json(&["search", "flag"])["questions"].as_array().unwrap().clone();
    assert!(!found.is_empty());
    for question in &found {
        assert!(!asked.contains(question["id"].as_str().unwrap()), "{question}");
    }
    let line = ["study", "--pack", "lighthouse", "--count", "40", "--plain"];
    learner.piped(&line, "?\n".repeat(60)).done();
    assert!(learner.events("answered").iter().all(|a| !asked.contains(a["question"].as_str().unwrap())));

    let exam = exams(&learner)[0]["id"].as_str().unwrap().to_owned();
    learner.run(&["exam", "leave", &exam]).done();
    assert!(in_pack(&[]).is_superset(&asked), "given up: they are questions like others");
    assert_eq!(exams(&learner)[0]["how"], "left");
}

#[test]
fn a_short_exam_keeps_the_blueprint_and_its_time_is_in_proportion() {
    let learner = pilot();
    learner.run(&["set", "extra_time", "30"]).done();
    learner.piped(&["exam", "harbor-pilot", "--questions", "5", "--plain"], "").done();
    let exam = &exams(&learner)[0];
    let numbers: Vec<u64> =
        exam["domains"].as_array().unwrap().iter().map(|d| d["questions"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [3, 1, 1], "50, 30 and 20 % of five");
    assert_eq!(exam["minutes"], 13, "half of twenty, and 30 % more");
}

#[test]
fn what_is_wrong_comes_back_tomorrow() {
    let learner = pilot();
    taken(&learner, &EXAM, "lighthouse", |place| place >= 4);
    let exam = learner.json(&["exam", "show"]);
    let wrong: BTreeSet<String> = exam["answers"].as_array().unwrap()[..4]
        .iter()
        .map(|answer| answer["question"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(learner.json(&["stats"])["answers"], 10, "each answer counts once");
    let tomorrow = learner.on("2026-11-24");
    tomorrow.piped(&["study", "--pack", "lighthouse", "--plain"], "?\n".repeat(40)).done();
    let answers = tomorrow.events("answered");
    let asked: BTreeSet<String> =
        answers[10..].iter().map(|answer| answer["question"].as_str().unwrap().to_owned()).collect();
    assert!(asked.is_superset(&wrong), "{wrong:?} {asked:?}");
}

/// The lines of an exam of the pack `kinds` that was begun long ago and used up its only minute.
fn of_a_minute() -> Vec<String> {
    let asked = ["kinds/one", "kinds/word"].map(|id| json!({ "question": id, "revision": null }));
    let started = json!({
        "exam": "an-old-exam", "credential": null, "pack": "kinds", "exam_form": null, "minutes": 1,
        "questions": asked,
    });
    let marked = json!({
        "exam": "an-old-exam", "question": "kinds/one", "given": [1], "flagged": false, "took_ms": 61_000,
    });
    vec![
        event(1, "2026-11-22T08:00:00+00:00", "exam_started", started),
        event(2, "2026-11-22T08:01:01+00:00", "exam_marked", marked),
    ]
}

#[test]
fn when_the_time_is_up_the_exam_is_submitted_and_a_late_reply_is_not_taken() {
    let learner = Learner::with_packs(&["kinds"]);
    learner.import(&of_a_minute()).done();
    let end = learner.piped(&["exam", "--pack", "kinds", "--plain"], "puppy\n").done();
    assert!(end.contains("The time is up: the exam is submitted."), "{end}");
    assert!(end.contains("1 of 2 right, 50 %"), "{end}");
    let exam = &exams(&learner)[0];
    assert_eq!((&exam["how"], &exam["used_seconds"]), (&json!("time_up"), &json!(60)));
    assert_eq!(learner.events("answered").len(), 1, "what was left open is no answer");
}

#[test]
fn two_devices_with_an_open_exam_each_have_both_after_a_merge() {
    let (one, other) = (pilot(), pilot());
    one.piped(&EXAM, "1\n").done();
    other.piped(&["exam", "harbor-pilot", "--form", "b", "--plain"], "1\n2\n").done();
    one.piped(&["data", "import", "-"], other.export()).done();
    other.piped(&["data", "import", "-"], one.export()).done();
    assert_eq!(exams(&one), exams(&other));
    let answered = |learner: &Learner| -> Vec<Value> {
        exams(learner).iter().map(|exam| exam["answered"].clone()).collect()
    };
    assert_eq!(answered(&one), [1, 2]);
    let left = one.json(&["pack", "show", "lighthouse", "--held-back"]);
    assert_eq!(left["questions"].as_array().unwrap().len(), 28, "both forms are in an exam");

    one.piped(&EXAM, "s\ny\nq\n").done();
    assert_eq!(exams(&one)[1]["how"], "submitted", "the one that was begun last goes on first");
    one.piped(&EXAM, "s\ny\nq\n").done();
    other.piped(&["data", "import", "-"], one.export()).done();
    assert_eq!(exams(&one), exams(&other));
    assert!(exams(&other).iter().all(|exam| exam["how"] == "submitted"));
}

#[test]
fn an_exam_as_json_has_null_for_what_is_not_known_before_its_end() {
    let learner = pilot();
    learner.piped(&EXAM, "1\n!\n").done();
    let open = learner.json(&["exam", "show"]);
    for key in ["finished_at", "how", "right", "share"] {
        assert_eq!(open["exam"][key], Value::Null, "{key}");
    }
    assert!(open["exam"]["domains"].as_array().unwrap().iter().all(|domain| domain["right"].is_null()));
    let answers = open["answers"].as_array().unwrap();
    assert!(answers.iter().all(|answer| answer["key"].is_null() && answer["correct"].is_null()));
    assert_eq!(answers[0]["given"].as_array().unwrap().len(), 1);
    assert_eq!((&answers[1]["flagged"], &answers[1]["given"]), (&json!(true), &Value::Null));
    learner.run(&["exam", "show", "--review"]).refused(1);

    learner.piped(&EXAM, "s\ny\n").done();
    let over = learner.json(&["exam", "show"]);
    let exam = over["exam"].as_object().unwrap();
    for key in [
        "id",
        "credential",
        "pack",
        "form",
        "started_at",
        "finished_at",
        "how",
        "minutes",
        "used_seconds",
        "breaks",
        "questions",
        "answered",
        "right",
        "fresh",
        "share",
        "domains",
    ] {
        assert!(exam.contains_key(key), "{key}");
    }
    assert_eq!((&exam["form"], &exam["fresh"], &exam["answered"]), (&json!("a"), &json!(10), &json!(1)));
    for answer in over["answers"].as_array().unwrap() {
        assert!(answer["key"].is_array() && answer["correct"].is_boolean() && answer["fresh"] == true);
    }
    let review = learner.run(&["exam", "show", "--review"]).done();
    assert_eq!(review.matches(" of the exam").count(), 10, "{review}");
}

#[test]
fn what_cannot_be_begun_says_why_and_what_to_do() {
    let learner = pilot();
    let refused = |line: &[&str]| learner.run(line).refused(1);
    assert!(refused(&["exam"]).contains("badgedex exam CREDENTIAL"));
    assert!(
        refused(&["exam", "mla"]).contains("badgedex pack import FILE --credential aws-machine-learning")
    );
    assert!(refused(&["exam", "harbor-pilot", "--form", "z"]).contains("forms: a, b"));
    assert!(refused(&["exam", "harbour-pilot"]).contains("harbor-pilot"));
    assert!(refused(&["exam", "harbor-pilot", "--json"]).contains("exam list --json"));
    assert!(refused(&["exam", "leave", "7"]).contains("badgedex exam list"));
    assert!(refused(&["exam", "show"]).contains("there is no mock exam yet"));
    assert!(learner.events("exam_started").is_empty());
}

/// A little chance that repeats itself: a linear congruential generator (Knuth).
struct Chance(u64);

impl Chance {
    fn below(&mut self, number: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % number
    }
}

#[test]
fn twenty_sittings_show_nothing_of_what_is_held_back() {
    sittings_show_nothing_held_back(20);
}

#[test]
#[ignore = "takes minutes"]
fn a_thousand_sittings_show_nothing_of_what_is_held_back() {
    sittings_show_nothing_held_back(1_000);
}

/// Days of study; what they and every other surface print is searched for the stems and ids of both forms.
fn sittings_show_nothing_held_back(sittings: usize) {
    let mut learner = pilot();
    learner.run(&["target", "harbor-pilot"]).done();
    let secrets: Vec<(String, String)> = by_stem(&learner, "lighthouse")
        .into_iter()
        .filter(|(_, question)| !question["form"].is_null())
        .map(|(stem, question)| (stem, question["id"].as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(secrets.len(), 20);
    let mut chance = Chance(7);
    for sitting in 0..sittings {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap() + chrono::Days::new(sitting as u64);
        learner = learner.on(&day.to_string());
        let kinds =
            [&["study"][..], &["study", "--count", "12"], &["study", "--cram"], &["study", "--mistakes"]];
        let input: String = (0..30).map(|_| format!("{}\n", ["1", "2", "3", "?"][chance.below(4)])).collect();
        let line = [kinds[chance.below(4)], &["--plain"]].concat();
        let mut texts = vec![learner.piped(&line, input).done()];
        if sitting % 10 == 0 {
            for line in [
                &["stats", "--all", "--json"][..],
                &["due", "--json"],
                &["badges", "harbor-pilot"],
                &["pack", "show", "lighthouse"],
                &["pack", "list"],
                &["target"],
                &["next", "--json"],
                &["pack", "export", "lighthouse", "--as", "json"],
                &["pack", "export", "lighthouse", "--as", "csv"],
            ] {
                texts.push(learner.run(line).done());
            }
            texts.push(learner.run(&["search", "flag"]).done());
        }
        for (stem, id) in &secrets {
            assert!(
                !texts.iter().any(|text| text.contains(stem) || text.contains(&format!("\"{id}\""))),
                "{id}"
            );
        }
    }
    let exported = learner.run(&["pack", "export", "lighthouse", "--as", "json", "--held-back"]).done();
    assert!(secrets.iter().all(|(_, id)| exported.contains(&format!("\"{id}\""))), "exported on request");
}

#[cfg(unix)]
mod kills {
    use std::io::{BufRead, BufReader, Write};
    use std::process::Stdio;

    use super::{Chance, EXAM, Learner, Value, exams, opening, pilot};

    #[test]
    fn twenty_kills_lose_no_mark() {
        kills(20);
    }

    #[test]
    #[ignore = "takes minutes"]
    fn a_thousand_kills_lose_no_mark() {
        kills(1_000);
    }

    /// Answers one question after another, each process killed after some of them; once all questions are answered
    /// the exam is submitted, and another one begins.
    fn kills(number: usize) {
        let mut chance = Chance(11);
        let mut learner = pilot();
        let mut acknowledged = 0;
        for kill in 0..number {
            acknowledged += killed_after(&learner, 1 + chance.below(3));
            let open = exams(&learner).last().cloned().unwrap();
            let answered = open["answered"].as_u64().unwrap() as usize;
            assert!(
                answered >= acknowledged.min(10),
                "kill {kill}: {acknowledged} were acknowledged: {open}"
            );
            acknowledged = answered;
            if answered == 10 {
                learner.piped(&EXAM, "s\ny\nq\n").done();
                assert_eq!(exams(&learner).last().unwrap()["how"], "submitted");
                learner = pilot();
                acknowledged = 0;
            }
        }
    }

    /// Types answers and kills the program after it has gone on from so many. Returns how many it went on from.
    fn killed_after(learner: &Learner, answers: usize) -> usize {
        let mut command = learner.command(&EXAM);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut next = || lines.by_ref().map_while(Result::ok).find_map(|line| opening(&line));
        let mut acknowledged = 0;
        assert!(next().is_some(), "a question is shown");
        for _ in 0..answers {
            // The last question is followed by itself, once all are answered.
            if input.write_all(b"1\n").is_err() || next().is_none() {
                break;
            }
            acknowledged += 1;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged
    }

    #[test]
    fn a_killed_exam_goes_on_with_its_marks_and_its_flags() {
        let learner = pilot();
        learner.piped(&EXAM, "!\n").done();
        assert_eq!(killed_after(&learner, 3), 3);
        let before: Vec<Value> = learner.events("exam_marked");
        let out = learner.piped(&EXAM, "g 1\n").done();
        assert!(out.contains("It goes on: 3 of 10 answered"), "{out}");
        assert!(out.contains("Flagged"), "{out}");
        assert_eq!(learner.events("exam_marked"), before);
    }
}
