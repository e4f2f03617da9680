//! The days before an exam, lived through with the real binary: what each day asks, what is known in the end, and what
//! the screens and JSON say of it.

use std::collections::{BTreeMap, HashMap};
use std::io::{Read, Write};
use std::process::Stdio;

use badgedex_domain::exam_days::{DoneToday, ExamDays, Seen, StudyQuestion};
use badgedex_domain::memory::{Belief, Evidence, FirstAnswers, Grade, Model, TermEstimate};
use badgedex_domain::question::QuestionId;
use badgedex_domain::settings::DaysOff;
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use crate::support::Learner;

const PACK: &str = "statements";
const START: &str = "2026-11-23";
/// The exam is so many days after the start.
const LEFT: u64 = 21;
const DAILY: u32 = 20;
const QUESTIONS: usize = 120;
/// Topics and their percent of the exam; each has the same number of questions.
const TOPICS: [(&str, f64); 4] = [("harbor", 24.0), ("lights", 30.0), ("knots", 34.0), ("flags", 12.0)];
/// Every question is a statement that is true or false.
const GUESS: f64 = 0.5;

fn day(number: u64) -> NaiveDate {
    START.parse::<NaiveDate>().unwrap() + Days::new(number)
}

/// A learner with a pack of true statements, who prepares for it.
fn with_statements() -> Learner {
    let learner = Learner::new();
    let topics: Vec<Value> =
        TOPICS.iter().map(|(id, weight)| json!({ "id": id, "name": id, "weight": weight })).collect();
    let head = json!({
        "format": 1, "id": PACK, "title": "Statements", "description": "True statements.", "licence": "MIT",
        "source": "The tests of badgedex", "teaches": "content", "credentials": [], "topics": topics, "facts": [],
    });
    let question = |number: usize| {
        json!({
            "id": format!("{PACK}/{number:03}"), "topic": topic(number), "kind": "true-false",
            "stem": format!("Statement {number:03} is true."), "key": true, "rationale": "It is.",
            "source": "The tests", "checked": START,
        })
    };
    let questions: Vec<Value> = (0..QUESTIONS).map(question).collect();
    let questions = json!({ "format": 1, "pack": PACK, "questions": questions });
    learner.write(&format!("questions/{PACK}/pack.json"), head.to_string());
    learner.write(&format!("questions/{PACK}/questions.json"), questions.to_string());
    learner
}

fn topic(number: usize) -> &'static str {
    TOPICS[number % TOPICS.len()].0
}

/// What a simulated person remembers of a statement, and how chance goes on.
#[derive(Debug, Clone, Copy, Default)]
struct Truth {
    state: Option<(f64, f64)>,
    is_learned: bool,
    last: u64,
    answers: u64,
}

/// A simulated person. Every die is decided by the question and the number of the answer, so that the order in which
/// questions are asked changes nothing.
struct Person {
    model: Model,
    truths: Vec<Truth>,
}

impl Person {
    /// Chance to know a statement before it was met.
    const KNEW: f64 = 0.2;
    /// Chance to learn from a miss.
    const LEARNS: f64 = 0.6;

    fn new() -> Person {
        Person { model: Model::default(), truths: vec![Truth::default(); QUESTIONS] }
    }

    /// Answers a statement on a day. Returns whether the answer is right.
    fn answers(&mut self, number: usize, today: u64) -> bool {
        let truth = self.truths[number];
        let days = u32::try_from(today - truth.last).unwrap();
        let chance = match truth.state {
            None => Self::KNEW,
            Some((s, _)) if truth.is_learned => self.model.recall(s, f64::from(days)),
            Some(_) => 0.0,
        };
        let die = |purpose: u64| die(number as u64, truth.answers, purpose);
        let is_recalled = die(1) < chance;
        let grade = if is_recalled { Grade::Good } else { Grade::Again };
        self.truths[number] = Truth {
            state: Some(self.model.step(truth.state, grade, days)),
            is_learned: is_recalled || die(2) < Self::LEARNS,
            last: today,
            answers: truth.answers + 1,
        };
        is_recalled || die(3) < GUESS
    }

    /// The share of the exam that is recalled on its day.
    fn known(&self) -> f64 {
        let known = |truth: &Truth| match truth.state {
            Some((s, _)) if truth.is_learned => self.model.recall(s, (LEFT - truth.last) as f64),
            Some(_) => 0.0,
            None => Self::KNEW,
        };
        let all = self.truths.iter().enumerate();
        all.map(|(number, truth)| weight(number) / 100.0 * known(truth)).sum()
    }
}

/// A number from 0 to 1 that looks random (SplitMix64).
fn die(question: u64, answer: u64, purpose: u64) -> f64 {
    let mut x = (question << 32) + (answer << 8) + purpose;
    for _ in 0..2 {
        x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^= x >> 31;
    }
    (x >> 11) as f64 / (1_u64 << 53) as f64
}

fn weight(number: usize) -> f64 {
    TOPICS[number % TOPICS.len()].1 / (QUESTIONS / TOPICS.len()) as f64
}

/// What follows from the answers by the definition, kept apart from the program.
struct Definition {
    model: Model,
    ids: Vec<QuestionId>,
    beliefs: HashMap<usize, (Belief, u64)>,
    learner: TermEstimate,
    firsts: FirstAnswers,
}

impl Definition {
    fn new() -> Definition {
        let id = |number| QuestionId::new(format!("{PACK}/{number:03}"));
        Definition {
            model: Model::default(),
            ids: (0..QUESTIONS).map(id).collect(),
            beliefs: HashMap::new(),
            learner: TermEstimate::default(),
            firsts: FirstAnswers::default(),
        }
    }

    fn add(&mut self, number: usize, correct: bool, today: u64) {
        let before = self.beliefs.get(&number);
        let days = before.map_or(0, |(_, last)| u32::try_from(today - last).unwrap());
        let prior = self.firsts.prior_of(PACK);
        let evidence = Evidence { correct, guess: GUESS, days, prior, hint: false };
        let after = self.model.update(before.map(|(belief, _)| belief), &evidence, self.learner.term);
        match before {
            None => self.firsts.add(PACK, correct, GUESS),
            Some((belief, _)) if days > 0 => {
                let before = self.model.before_answer(belief, days, self.learner.term);
                self.learner = self.learner.after(&before, &evidence);
            }
            Some(_) => {}
        }
        self.beliefs.insert(number, (after, today));
    }

    fn list(&self, today: u64, done: DoneToday) -> Vec<String> {
        let days = ExamDays {
            model: &self.model,
            today: day(today),
            exam: day(LEFT),
            daily: DAILY,
            days_off: DaysOff::default(),
            term: self.learner.term,
        };
        let question = |(number, id)| {
            let seen = self.beliefs.get(&number);
            let place = (number / TOPICS.len()) as f64;
            StudyQuestion {
                id,
                seen: seen.map(|(belief, last)| Seen { belief: belief.hypotheses(), last: day(*last) }),
                guess: GUESS,
                weight: weight(number),
                prior: self.firsts.prior_of(PACK),
                turn: (place + 0.5) / (QUESTIONS / TOPICS.len()) as f64,
            }
        };
        let questions: Vec<StudyQuestion> = self.ids.iter().enumerate().map(question).collect();
        days.today_list(&questions, done).iter().map(ToString::to_string).collect()
    }
}

/// A sitting in lines: the person answers each statement as it is shown. Returns them in the order in which they came,
/// with whether the answer was right.
fn sitting(learner: &Learner, person: &mut Person, today: u64) -> Vec<(usize, bool)> {
    let date = day(today).to_string();
    let mut command = learner.on(&date).command(&["study", "--plain"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the binary starts");
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let (mut shown, mut read, mut answers) = (String::new(), [0; 4096], Vec::new());
    loop {
        let number = stdout.read(&mut read).expect("its screens");
        if number == 0 {
            break;
        }
        shown.push_str(std::str::from_utf8(&read[..number]).expect("ASCII"));
        while let Some((before, after)) = shown.split_once(" is true.\n") {
            let statement = before.rsplit_once("Statement ").expect("a statement").1.parse().unwrap();
            let is_right = person.answers(statement, today);
            answers.push((statement, is_right));
            stdin.write_all(if is_right { b"1\n" } else { b"2\n" }).expect("it reads");
            shown = after.to_owned();
        }
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
    answers
}

/// Lives through the days until the exam: on each, the devices with whom the person studies, one after the other, all
/// in step by a shared folder.
fn live(learner: &Learner, days: &BTreeMap<u64, Vec<&Learner>>, folder: Option<&str>) -> Person {
    learner.run(&["target", "--pack", PACK, "--on", &day(LEFT).to_string()]).done();
    learner.run(&["set", "answers_per_day", &DAILY.to_string()]).done();
    let (mut person, mut definition) = (Person::new(), Definition::new());
    for (&today, devices) in days {
        let mut done = DoneToday::default();
        for device in devices {
            if let Some(folder) = folder {
                learner.run(&["data", "sync", folder]).done();
                device.run(&["data", "sync", folder]).done();
            }
            let device = device.on(&day(today).to_string());
            let exam = device.json(&["due"])["exam"].clone();
            let list = definition.list(today, done);
            assert_eq!(exam["list"], json!(list), "day {today}");
            assert_eq!(exam["days_left"], LEFT - today);
            assert_eq!((&exam["daily"], &exam["answered_today"]), (&json!(DAILY), &json!(done.answers)));
            let answers = sitting(&device, &mut person, today);
            let mut asked: Vec<String> = Vec::new();
            for (number, correct) in answers {
                done.answers += 1;
                done.new += u32::from(!definition.beliefs.contains_key(&number));
                definition.add(number, correct, today);
                let id = format!("{PACK}/{number:03}");
                if !asked.contains(&id) {
                    asked.push(id);
                }
            }
            assert_eq!(asked, list, "day {today}");
            if let Some(folder) = folder {
                device.run(&["data", "sync", folder]).done();
            }
        }
    }
    person
}

/// The share that is known in the end by somebody who is asked by the definition alone; a wrong one comes back at most
/// twice on its day.
fn known_by_definition(days: impl IntoIterator<Item = u64>) -> f64 {
    let (mut person, mut definition) = (Person::new(), Definition::new());
    for today in days {
        for id in definition.list(today, DoneToday::default()) {
            let number = id.rsplit_once('/').unwrap().1.parse().unwrap();
            for _look in 0..3 {
                let correct = person.answers(number, today);
                definition.add(number, correct, today);
                if correct {
                    break;
                }
            }
        }
    }
    person.known()
}

#[test]
fn three_weeks_before_an_exam_every_day_asks_the_list_of_the_definition_and_ends_where_it_ends() {
    let learner = with_statements();
    let days = (0..LEFT).map(|today| (today, vec![&learner])).collect();
    let person = live(&learner, &days, None);
    let (known, expected) = (person.known(), known_by_definition(0..LEFT));
    assert!((known - expected).abs() < 0.02, "{known}, by the definition {expected}");
    let met = person.truths.iter().filter(|truth| truth.state.is_some()).count();
    assert!(met * 100 >= QUESTIONS * 95, "met {met} of {QUESTIONS}");
}

#[test]
fn missed_days_two_sittings_on_one_day_and_a_second_device_change_no_rule() {
    let (learner, laptop) = (with_statements(), with_statements());
    let folder = tempfile::tempdir().unwrap();
    let days = BTreeMap::from([
        (0, vec![&learner]),
        (1, vec![&laptop]),
        (4, vec![&learner, &laptop]),
        (5, vec![&laptop]),
        (12, vec![&learner]),
        (19, vec![&laptop]),
        (20, vec![&learner]),
    ]);
    let person = live(&learner, &days, Some(folder.path().to_str().unwrap()));
    let (known, expected) = (person.known(), known_by_definition([0, 1, 4, 5, 12, 19, 20]));
    assert!((known - expected).abs() < 0.02, "{known}, by the definition {expected}");
}

#[test]
fn the_forecast_its_range_and_what_is_needed_are_in_the_json_of_due() {
    let learner = with_statements();
    assert_eq!(learner.json(&["due"])["exam"], Value::Null);
    learner.run(&["target", "--pack", PACK, "--on", &day(LEFT).to_string()]).done();
    let exam = learner.json(&["due"])["exam"].clone();
    assert_eq!((&exam["credential"], &exam["pack"]), (&Value::Null, &json!(PACK)));
    assert_eq!((&exam["on"], &exam["daily"], &exam["rough"]), (&json!(day(LEFT)), &json!(20), &json!(true)));
    let (low, forecast, high) = (&exam["low"], &exam["forecast"], &exam["high"]);
    assert!(low.as_f64() < forecast.as_f64() && forecast.as_f64() < high.as_f64(), "{exam}");
    assert_eq!(exam["needed"]["recall"], 0.85);
    let enough = exam["needed"]["daily"].as_u64().expect("a number that is enough");
    learner.run(&["set", "answers_per_day", &enough.to_string()]).done();
    assert!(learner.json(&["due"])["exam"]["forecast"].as_f64() >= Some(0.85));
    let on_the_day = learner.on(&day(LEFT).to_string());
    assert_eq!(on_the_day.json(&["due"])["exam"], Value::Null);
}

#[test]
fn who_is_behind_can_answer_more_a_day_or_set_aside_what_counts_least() {
    let learner = with_statements();
    learner.run(&["target", "--pack", PACK, "--on", &day(12).to_string()]).done();
    learner.run(&["set", "answers_per_day", "12"]).done();
    let said = learner.run(&["due"]).done();
    assert!(said.contains("badgedex set answers_per_day"), "{said}");
    let (_, command) = said.split_once("badgedex suspend --least ").expect("the other way");
    let number: usize = command.lines().next().unwrap().trim().parse().unwrap();
    learner.run(&["suspend", "--least", &number.to_string()]).done();
    let exam = learner.json(&["due"])["exam"].clone();
    assert!(exam["forecast"].as_f64().unwrap() >= 0.85, "{exam}");
    let suspended = learner.events("suspended");
    assert_eq!(suspended.len(), number);
    let is_least = |event: &Value| {
        let number: usize = event["question"].as_str().unwrap()[PACK.len() + 1..].parse().unwrap();
        topic(number) == "flags"
    };
    assert!(suspended[..QUESTIONS / TOPICS.len()].iter().all(is_least), "the least weighty topic goes first");
    learner.run(&["undo"]).done();
    let list = learner.json(&["due"])["exam"]["list"].clone();
    let other = with_statements();
    other.run(&["target", "--pack", PACK, "--on", &day(12).to_string()]).done();
    other.run(&["set", "answers_per_day", "12"]).done();
    assert_eq!(list, other.json(&["due"])["exam"]["list"], "undo brings all of them back");
}

#[test]
fn the_plan_and_the_calendar_name_the_questions_of_each_day() {
    let learner = with_statements();
    learner.run(&["target", "--pack", PACK, "--on", &day(LEFT).to_string()]).done();
    learner.run(&["set", "days_off", "sun"]).done();
    let study = learner.json(&["plan"])["study"].clone();
    let days = study.as_array().unwrap();
    assert_eq!(days.len(), LEFT as usize);
    assert_eq!(
        days[0],
        json!({ "on": START, "questions": learner.json(&["due"])["exam"]["list"].as_array().unwrap().len() })
    );
    assert_eq!(days[6], json!({ "on": "2026-11-29", "questions": 0 }));
    assert!(learner.run(&["plan"]).done().contains("Study until the exam"));
    let without = learner.json(&["calendar"])["entries"].as_array().unwrap().len();
    let entries = learner.json(&["calendar", "--study"])["entries"].clone();
    let of_study = LEFT as usize - 3;
    assert_eq!(learner.json(&["plan"])["mock_exams"], json!(["2026-12-03", "2026-12-09"]));
    assert_eq!(entries.as_array().unwrap().len(), without + of_study + 2, "Sundays have no entry");
    let file = learner.run(&["calendar", "--study"]).done();
    assert_eq!(file.matches("CATEGORIES:Study").count(), of_study + 2);
}

#[test]
fn a_pass_ends_the_target_and_names_the_next_and_a_fail_keeps_it_and_names_the_next_try() {
    let learner = Learner::new();
    learner.run(&["target", "clf", "--on", "2026-12-01"]).done();
    let after = learner.on("2026-12-02");
    let said = after.run(&["fail", "clf", "--on", "2026-12-01"]).done();
    assert!(
        said.contains("It stays your target") && said.contains("badgedex target --on 2026-12-15"),
        "{said}"
    );
    assert_eq!(after.json(&["target"])["target"], "aws-cloud-practitioner");
    let later = learner.on("2026-12-16");
    let said = later.run(&["pass", "clf"]).done();
    assert!(said.contains("You have reached your target. The next one could be"), "{said}");
    assert_eq!(later.json(&["target"])["target"], Value::Null);
    later.run(&["undo"]).done();
    assert_eq!(later.json(&["target"])["target"], "aws-cloud-practitioner", "one undo takes back both");
    assert_eq!(later.badge("clf")["standing"], Value::Null);
}

#[test]
fn an_old_pass_of_the_target_completes_the_collection_and_leaves_the_target() {
    let learner = Learner::new();
    learner.run(&["target", "clf", "--on", "2026-12-21"]).done();
    learner.run(&["pass", "clf", "--on", "2024-01-10"]).done();
    assert_eq!(learner.json(&["target"])["target"], "aws-cloud-practitioner");
}
