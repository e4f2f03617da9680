//! What other programs rely on: the shapes of the JSON, the exit codes, and which stream says what.

use std::io::pipe;
use std::process::Stdio;

use crate::support::{ARTICLE_DAY, Learner, answered, texts};
use serde_json::{Value, json};

/// What a value of the contract looks like.
enum Shape {
    Is(u64),
    /// 0, 1, 2, ...
    Whole,
    Number,
    /// From 0 to 1.
    Share,
    Text,
    Flag,
    /// `YYYY-MM-DD`.
    Day,
    /// One of these texts.
    Word(&'static [&'static str]),
    /// That, or null where it is not known.
    Maybe(&'static Shape),
    /// One or the other.
    Or(&'static Shape, &'static Shape),
    List(&'static Shape),
    /// At least these keys: keys may be added, never renamed.
    Keys(&'static [(&'static str, Shape)]),
}

use Shape::{Day, Flag, Is, Keys, List, Maybe, Number, Or, Share, Text, Whole, Word};

const ADVICE: Shape = Keys(&[
    ("credential", Text),
    ("name", Text),
    ("action", Word(&["sit", "renew", "retake", "study", "take", "prepare", "book"])),
    ("step", Maybe(&Whole)),
    ("mastery", Maybe(&Share)),
    ("mastered", Flag),
    ("fee", Maybe(&Keys(&[("amount", Number), ("currency", Text)]))),
    ("proctored", Maybe(&Flag)),
    ("valid_years", Maybe(&Or(&Word(&["never"]), &Number))),
    ("reasons", List(&Keys(&[("kind", Text), ("text", Text)]))),
]);

const NEXT: Shape = Keys(&[
    ("format", Is(1)),
    ("today", Day),
    ("role", Maybe(&Text)),
    ("complete", Flag),
    ("suggestion", Maybe(&ADVICE)),
    ("alternatives", List(&ADVICE)),
    (
        "renewals",
        List(&Keys(&[
            ("credential", Text),
            ("expires_on", Day),
            ("days_left", Whole),
            ("renewed_by", List(&Text)),
        ])),
    ),
    (
        "steps",
        List(&Keys(&[
            ("step", Whole),
            ("title", Text),
            ("needed", Whole),
            ("have", Whole),
            ("open", Flag),
            ("closed", Flag),
            ("credentials", List(&Text)),
        ])),
    ),
]);

const BADGES: Shape = Keys(&[
    ("format", Is(1)),
    ("today", Day),
    ("held", Whole),
    ("obtainable", Whole),
    ("sets", List(&Keys(&[("tier", Text), ("name", Text), ("badges", List(&BADGE))]))),
]);

const BADGE: Shape = Keys(&[
    ("credential", Text),
    ("name", Text),
    ("short", Text),
    ("standing", Maybe(&Word(&["scheduled", "held", "expiring", "expired"]))),
    ("study", Word(&["unseen", "seen", "learning", "mastered"])),
    ("mastery", Maybe(&Share)),
    ("questions", Whole),
    ("mastered", Whole),
    ("offered", Maybe(&Flag)),
    ("held_on", Maybe(&Day)),
    ("expires_on", Maybe(&Or(&Day, &Word(&["never"])))),
    ("scheduled_on", Maybe(&Day)),
    ("proof", Maybe(&Text)),
]);

const STATS: Shape = Keys(&[
    ("format", Is(1)),
    ("today", Day),
    (
        "questions",
        Keys(&[("total", Whole), ("seen", Whole), ("learning", Whole), ("mastered", Whole), ("due", Whole)]),
    ),
    ("answers", Whole),
    ("right", Whole),
    ("streak_days", Whole),
    (
        "topics",
        List(&Keys(&[
            ("pack", Text),
            ("topic", Text),
            ("mastery", Maybe(&Share)),
            ("questions", Whole),
            ("mastered", Whole),
        ])),
    ),
    ("calibration", Keys(&[("answers", Whole), ("predicted", Maybe(&Share)), ("actual", Maybe(&Share))])),
]);

const DETAILS: Shape = List(&Keys(&[
    ("question", Text),
    ("answers", Whole),
    ("right", Whole),
    ("retrievability", Maybe(&Share)),
    ("strength_days", Maybe(&Number)),
    ("due_on", Maybe(&Day)),
]));

const PACK_LIST: Shape = Keys(&[
    ("format", Is(1)),
    (
        "packs",
        List(&Keys(&[
            ("id", Text),
            ("title", Text),
            ("questions", Whole),
            ("topics", List(&Text)),
            ("licence", Maybe(&Text)),
            ("source", Maybe(&Text)),
        ])),
    ),
]);

const PACK_SHOW: Shape = Keys(&[
    ("format", Is(1)),
    ("pack", Text),
    ("title", Text),
    (
        "questions",
        List(&Keys(&[
            ("id", Text),
            ("topic", Text),
            ("kind", Word(&["one-of", "any-of", "true-false", "typed", "number", "order", "reveal"])),
            ("stem", Text),
            ("choices", Maybe(&List(&Text))),
            ("key", Maybe(&List(&Whole))),
            ("accepted", Maybe(&List(&Text))),
            ("value", Maybe(&Number)),
            ("unit", Maybe(&Text)),
            ("tolerance", Maybe(&Number)),
            ("items", Maybe(&List(&Text))),
            ("answer", Maybe(&Text)),
            ("rationale", Maybe(&Text)),
            ("source", Maybe(&Text)),
            ("facts", List(&Text)),
            ("credentials", List(&Text)),
        ])),
    ),
]);

/// The article's fifteen, by tier.
const FIFTEEN: [&str; 15] = [
    "aws-technical-professional",
    "aws-cloud-economics",
    "aws-stp-foundations",
    "aws-cloud-practitioner-essentials",
    "aws-cloud-practitioner",
    "aws-solutions-architect-associate",
    "aws-developer-associate",
    "aws-sysops-administrator-associate",
    "aws-solutions-architect-professional",
    "aws-devops-engineer-professional",
    "aws-advanced-networking-specialty",
    "aws-big-data-specialty",
    "aws-security-specialty",
    "aws-machine-learning-specialty",
    "aws-alexa-skill-builder-specialty",
];

/// A value has a shape; otherwise the place and what is wrong there.
#[track_caller]
fn assert_shape(value: &Value, shape: &Shape) {
    if let Err(problem) = check(value, shape) {
        panic!("{problem}\nin {value:#}");
    }
}

fn check(value: &Value, shape: &Shape) -> Result<(), String> {
    let fits = match shape {
        Is(number) => value.as_u64() == Some(*number),
        Whole => value.is_u64(),
        Number => value.is_number(),
        Share => value.as_f64().is_some_and(|share| (0.0..=1.0).contains(&share)),
        Text => value.is_string(),
        Flag => value.is_boolean(),
        Day => value.as_str().is_some_and(is_day),
        Word(words) => value.as_str().is_some_and(|word| words.contains(&word)),
        Maybe(inner) => return if value.is_null() { Ok(()) } else { check(value, inner) },
        Or(one, other) => return check(value, one).or_else(|_| check(value, other)),
        List(inner) => {
            let Some(list) = value.as_array() else { return Err(format!(" is no list: {value}")) };
            for (place, item) in list.iter().enumerate() {
                check(item, inner).map_err(|problem| format!("[{place}]{problem}"))?;
            }
            return Ok(());
        }
        Keys(keys) => {
            let Some(object) = value.as_object() else { return Err(format!(" is no object: {value}")) };
            for (key, inner) in *keys {
                let part = object.get(*key).ok_or_else(|| format!(".{key} is missing"))?;
                check(part, inner).map_err(|problem| format!(".{key}{problem}"))?;
            }
            return Ok(());
        }
    };
    if fits { Ok(()) } else { Err(format!(" does not fit: {value}")) }
}

fn is_day(text: &str) -> bool {
    let shape: Vec<u8> = text.bytes().map(|b| if b.is_ascii_digit() { b'0' } else { b }).collect();
    shape == b"0000-00-00"
}

/// The badges of a collection, tier after tier.
fn badges(collection: &Value) -> Vec<Value> {
    let sets = collection["sets"].as_array().expect("sets").iter();
    sets.flat_map(|set| set["badges"].as_array().expect("badges").clone()).collect()
}

fn ids(badges: &[Value]) -> Vec<&str> {
    badges.iter().map(|badge| badge["credential"].as_str().expect("an id")).collect()
}

/// Somebody who has everything that a learner can have: answers, holdings in every standing, a
/// booking, a role.
fn veteran() -> Learner {
    let learner = Learner::with_packs(&["words"]);
    for line in [
        "pass saa --on 2024-01-02",
        "pass scs --on 2026-01-02 --proof ABC-1",
        "pass dva --on 2020-01-02",
        "pass atp --on 2019-05-01",
        "pass bds --on 2019-05-01",
        "schedule clf --on 2027-02-03 --fee 75",
        "skip ans",
        "set role security",
    ] {
        learner.run(&line.split(' ').collect::<Vec<_>>()).done();
    }
    let study = ["study", "--pack", "words", "--count", "3"];
    learner.on("2026-11-01").piped(&study, "right\nwrong\nright\n").done();
    learner.piped(&study, "right\nright\nwrong\n").done();
    learner
}

#[test]
fn next_has_the_shape_of_the_contract() {
    for learner in [Learner::new(), Learner::new().on(ARTICLE_DAY), veteran(), veteran().on("2031-05-05")] {
        assert_shape(&learner.json(&["next"]), &NEXT);
    }
}

#[test]
fn next_says_the_day_the_role_and_the_seven_steps() {
    let next = Learner::new().on(ARTICLE_DAY).json(&["next", "--role", "Security"]);
    assert_eq!(next["today"], ARTICLE_DAY);
    assert_eq!(next["role"], "security");
    let steps = next["steps"].as_array().unwrap();
    let numbers: Vec<u64> = steps.iter().map(|step| step["step"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(texts(&steps[0]["credentials"]), FIFTEEN[..4]);
    assert_eq!(steps[0]["needed"], 4);
    assert_eq!(steps[0]["have"], 0);
}

#[test]
fn a_role_that_is_asked_for_once_is_not_remembered() {
    let learner = Learner::new();
    learner.run(&["next", "--role", "data"]).done();
    assert!(learner.json(&["next"])["role"].is_null());
    assert!(learner.journal().is_empty());
}

#[test]
fn a_suggestion_says_fee_and_validity_as_the_catalog_has_them() {
    let learner = Learner::new().on(ARTICLE_DAY);
    let first = &learner.json(&["next"])["suggestion"];
    assert_eq!(first["credential"], "aws-technical-professional");
    assert_eq!(first["action"], "study");
    assert_eq!(first["step"], 1);
    assert_eq!(first["fee"]["amount"], 0);
    assert_eq!(first["proctored"], false);
    assert_eq!(first["valid_years"], "never");
    for id in &FIFTEEN[..4] {
        learner.run(&["pass", id]).done();
    }
    let second = &learner.json(&["next"])["suggestion"];
    assert_eq!(second["credential"], "aws-cloud-practitioner");
    assert_eq!(second["fee"]["amount"], 100);
    assert_eq!(second["fee"]["currency"], "USD");
    assert_eq!(second["proctored"], true);
    assert_eq!(second["valid_years"], 3);
}

#[test]
fn a_complete_collection_has_no_suggestion() {
    let learner = Learner::new().on(ARTICLE_DAY);
    for id in FIFTEEN {
        learner.run(&["pass", id, "--on", "2019-12-01"]).done();
    }
    let next = learner.json(&["next"]);
    assert_shape(&next, &NEXT);
    assert_eq!(next["complete"], true);
    assert!(next["suggestion"].is_null());
    assert_eq!(next["alternatives"].as_array().unwrap().len(), 0);
    assert_eq!(learner.json(&["badges"])["held"], 15);
}

#[test]
fn a_skipped_credential_keeps_the_collection_from_being_complete() {
    let learner = Learner::new().on(ARTICLE_DAY);
    for id in &FIFTEEN[1..] {
        learner.run(&["pass", id, "--on", "2019-12-01"]).done();
    }
    learner.run(&["skip", FIFTEEN[0]]).done();
    let next = learner.json(&["next"]);
    assert_eq!(next["complete"], false);
    assert!(next["suggestion"].is_null());
}

#[test]
fn what_expires_within_180_days_is_a_renewal() {
    let learner = Learner::new();
    // 36 months later is the 22nd of May: 180 days from now; the other one has a day more.
    learner.run(&["pass", "saa", "--on", "2024-05-22"]).done();
    learner.run(&["pass", "dop", "--on", "2024-05-23"]).done();
    let next = learner.json(&["next"]);
    assert_shape(&next, &NEXT);
    let renewals = next["renewals"].as_array().unwrap();
    assert_eq!(renewals.len(), 1, "{renewals:?}");
    assert_eq!(renewals[0]["credential"], "aws-solutions-architect-associate");
    assert_eq!(renewals[0]["expires_on"], "2027-05-22");
    assert_eq!(renewals[0]["days_left"], 180);
    let renewed_by = texts(&renewals[0]["renewed_by"]);
    assert!(renewed_by.contains(&"aws-solutions-architect-professional"), "{renewed_by:?}");
    assert_eq!(next["suggestion"]["action"], "renew");
}

#[test]
fn badges_have_the_shape_of_the_contract() {
    for learner in [Learner::new(), Learner::new().on(ARTICLE_DAY), veteran(), veteran().on("2031-05-05")] {
        assert_shape(&learner.json(&["badges"]), &BADGES);
    }
}

#[test]
fn on_the_articles_day_the_collection_is_exactly_its_fifteen() {
    let collection = Learner::new().on(ARTICLE_DAY).json(&["badges"]);
    assert_eq!(collection["today"], ARTICLE_DAY);
    assert_eq!(collection["obtainable"], 15);
    assert_eq!(collection["held"], 0);
    let badges = badges(&collection);
    assert_eq!(ids(&badges), FIFTEEN);
    assert!(badges.iter().all(|badge| badge["offered"] == true));
    let sets: Vec<usize> = collection["sets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|set| set["badges"].as_array().unwrap().len())
        .collect();
    assert_eq!(sets, [4, 1, 3, 2, 5]);
}

#[test]
fn a_standing_follows_from_the_dates() {
    let collection = veteran().json(&["badges"]);
    let badges = badges(&collection);
    for (short, standing, held_on, expires_on, scheduled_on) in [
        ("SAA", "expiring", "2024-01-02", "2027-01-02", ""),
        ("SCS", "held", "2026-01-02", "2029-01-02", ""),
        ("DVA", "expired", "2020-01-02", "2023-01-02", ""),
        ("ATP", "held", "2019-05-01", "never", ""),
        ("CLF", "scheduled", "", "", "2027-02-03"),
        ("DOP", "", "", "", ""),
    ] {
        let badge = badges.iter().find(|badge| badge["short"] == short).unwrap();
        for (key, expected) in [
            ("standing", standing),
            ("held_on", held_on),
            ("expires_on", expires_on),
            ("scheduled_on", scheduled_on),
        ] {
            assert_eq!(badge[key].as_str().unwrap_or(""), expected, "{key} of {short}");
        }
    }
    let proof = badges.iter().find(|badge| badge["short"] == "SCS").unwrap();
    assert_eq!(proof["proof"], "ABC-1");
}

#[test]
fn held_counts_what_is_valid_and_retired_ones_too() {
    // Valid: SAA, SCS, ATP. The developer's and the big data badge have expired.
    assert_eq!(veteran().json(&["badges"])["held"], 3);
    let learner = Learner::new();
    learner.run(&["pass", "bds", "--on", "2019-05-01", "--expires", "2027-01-01"]).done();
    assert_eq!(learner.json(&["badges"])["held"], 1);
}

#[test]
fn a_retired_credential_is_listed_where_it_is_held_and_an_announced_one_never() {
    let learner = Learner::new();
    let before = badges(&learner.json(&["badges"]));
    assert!(!ids(&before).contains(&"aws-big-data-specialty"));
    learner.run(&["pass", "bds", "--on", "2019-05-01"]).done();
    let after = badges(&learner.json(&["badges"]));
    let retired = after.iter().find(|badge| badge["credential"] == "aws-big-data-specialty").unwrap();
    assert_eq!(retired["offered"], false);
    let then = badges(&learner.on("2024-10-07").json(&["badges"]));
    assert!(!ids(&then).contains(&"aws-ai-practitioner"), "it was offered from 8 October 2024");
    let then = badges(&learner.on("2024-10-08").json(&["badges"]));
    assert!(ids(&then).contains(&"aws-ai-practitioner"));
}

#[test]
fn what_nothing_has_confirmed_for_three_years_is_neither_offered_nor_retired() {
    let collection = Learner::new().on("2035-01-01").json(&["badges"]);
    let badges = badges(&collection);
    let saa = badges.iter().find(|badge| badge["short"] == "SAA").unwrap();
    assert!(saa["offered"].is_null());
    assert_eq!(collection["obtainable"], 0);
}

#[test]
fn one_badge_has_the_keys_of_the_collections_badges() {
    let badge = veteran().json(&["badges", "saa"]);
    assert_shape(&badge, &BADGE);
    assert_eq!(badge["format"], 1);
    assert_eq!(badge["credential"], "aws-solutions-architect-associate");
}

#[test]
fn stats_have_the_shape_of_the_contract() {
    for learner in [Learner::new(), Learner::new().on(ARTICLE_DAY), veteran()] {
        assert_shape(&learner.json(&["stats"]), &STATS);
        let all = learner.json(&["stats", "--all"]);
        assert_shape(&all, &STATS);
        assert_shape(&all["details"], &DETAILS);
    }
}

#[test]
fn stats_without_answers_predict_nothing() {
    let stats = Learner::new().json(&["stats", "--all"]);
    assert_eq!(stats["answers"], 0);
    assert_eq!(stats["streak_days"], 0);
    assert!(stats["calibration"]["predicted"].is_null());
    assert!(stats["calibration"]["actual"].is_null());
    assert_eq!(
        stats["learner"],
        serde_json::json!({ "term": 0.0, "prior": 0.5, "later_answers_to_misses": 0 })
    );
    assert_eq!(stats["details"].as_array().unwrap().len(), 0);
}

#[test]
fn stats_count_every_answer_and_every_question() {
    let stats = veteran().json(&["stats", "--all"]);
    assert_eq!(stats["answers"], 6);
    assert_eq!(stats["right"], 4);
    let questions = &stats["questions"];
    let [seen, learning, mastered] =
        ["seen", "learning", "mastered"].map(|key| questions[key].as_u64().unwrap());
    assert!(seen >= learning && learning >= mastered, "{questions}");
    assert_eq!(stats["details"].as_array().unwrap().len() as u64, seen);
    // Three questions were answered for the first time on the first day; what was due of them was
    // asked again on the second.
    assert!(stats["calibration"]["answers"].as_u64().unwrap() > 0);
}

#[test]
fn a_question_that_no_pack_has_any_more_keeps_its_details() {
    let learner = Learner::new();
    learner.import(&[answered(1, "2026-11-20T12:00:00+00:00", "gone/question", true)]).done();
    let stats = learner.json(&["stats", "--all"]);
    assert_eq!(stats["details"][0]["question"], "gone/question");
    assert_eq!(stats["answers"], 1);
    assert_eq!(stats["questions"]["seen"], 0);
}

#[test]
fn answers_to_questions_that_the_catalogs_no_longer_ask_are_kept_and_count_for_nothing() {
    let gone = ["offered/aws-security-specialty", "fee/aws-security-specialty", "how-many/aws-associate-5"];
    let at = "2026-03-20T12:00:00+00:00";
    let lines: Vec<String> = gone
        .iter()
        .zip(1..)
        .map(|(id, number)| answered(number, at, &format!("facts/{id}"), false))
        .collect();
    let (learner, new) = (Learner::new(), Learner::new());
    learner.import(&lines).done();
    assert_eq!(learner.json(&["stats", "--all"])["details"].as_array().unwrap().len(), gone.len());
    assert_eq!(learner.json(&["stats"])["answers"], 3);
    // They were a day of study, but nothing is seen or due.
    let [mine, other] = [&learner, &new].map(|learner| learner.json(&["stats"]));
    assert_eq!((&mine["answers"], &mine["days_studied"]), (&json!(3), &json!(1)));
    assert_eq!((&mine["questions"], &mine["topics"]), (&other["questions"], &other["topics"]));
    for command in ["due", "next", "badges"] {
        let [mine, other] = [&learner, &new].map(|learner| learner.json(&[command]));
        assert_eq!(mine, other, "{command}");
    }
}

#[test]
fn pack_list_has_the_shape_of_the_contract() {
    let list = Learner::with_packs(&["kinds"]).json(&["pack", "list"]);
    assert_shape(&list, &PACK_LIST);
    let packs = list["packs"].as_array().unwrap();
    let ids: Vec<&str> = packs.iter().map(|pack| pack["id"].as_str().unwrap()).collect();
    for id in ["article", "facts", "kinds"] {
        assert!(ids.contains(&id), "{ids:?}");
    }
    let kinds = packs.iter().find(|pack| pack["id"] == "kinds").unwrap();
    assert_eq!(kinds["questions"], 8);
    assert_eq!(texts(&kinds["topics"]), ["choosing", "typing"]);
    assert_eq!(kinds["licence"], "MIT");
}

#[test]
fn pack_show_has_the_shape_of_the_contract() {
    let learner = Learner::with_packs(&["kinds"]);
    for pack in ["article", "facts", "kinds"] {
        let shown = learner.json(&["pack", "show", pack]);
        assert_shape(&shown, &PACK_SHOW);
        assert_eq!(shown["pack"], pack);
    }
}

#[test]
fn a_question_has_what_its_kind_needs_and_null_elsewhere() {
    let learner = Learner::with_packs(&["kinds"]);
    for pack in ["article", "facts", "kinds"] {
        for question in learner.questions(pack) {
            let has: &[&str] = match question["kind"].as_str().unwrap() {
                "one-of" | "any-of" | "true-false" => &["choices", "key"],
                "typed" => &["accepted"],
                "number" => &["value", "unit", "tolerance"],
                "reveal" => &["answer"],
                _ => &["items"],
            };
            for key in ["choices", "key", "accepted", "value", "unit", "tolerance", "items", "answer"] {
                // A one-of with a short key may be typed once it is strong.
                let may = key == "accepted" && question["kind"] == "one-of";
                assert!(may || question[key].is_null() != has.contains(&key), "{key} in {question:#}");
            }
            check_keys(&question);
        }
    }
}

/// Indices are within the choices; one for one-of and true-false, several for any-of.
fn check_keys(question: &Value) {
    let Some(keys) = question["key"].as_array() else { return };
    let choices = texts(&question["choices"]);
    assert!(keys.iter().all(|key| (key.as_u64().unwrap() as usize) < choices.len()), "{question:#}");
    match question["kind"].as_str().unwrap() {
        "any-of" => assert!(!keys.is_empty() && keys.len() < choices.len(), "{question:#}"),
        "true-false" => {
            assert_eq!(choices, ["True", "False"]);
            assert_eq!(keys.len(), 1);
        }
        _ => assert_eq!(keys.len(), 1, "{question:#}"),
    }
}

#[test]
fn the_facts_pack_draws_the_same_choices_for_the_same_seed() {
    let learner = Learner::new();
    let drawn = |seed: &str| learner.json(&["pack", "show", "facts", "--seed", seed]);
    assert_eq!(drawn("5"), drawn("5"));
    assert_ne!(drawn("5"), drawn("6"));
}

#[test]
fn the_ids_of_the_facts_pack_name_kind_and_credential() {
    let questions = Learner::new().on(ARTICLE_DAY).questions("facts");
    assert!(questions.iter().any(|q| q["id"] == "facts/tier/aws-security-specialty"));
    assert!(questions.iter().all(|q| q["id"].as_str().unwrap().starts_with("facts/")));
}

#[test]
fn json_is_one_document_and_nothing_else() {
    let learner = veteran();
    for line in [
        &["next"][..],
        &["badges"],
        &["badges", "saa"],
        &["stats"],
        &["stats", "--all"],
        &["due"],
        &["pack", "list"],
        &["pack", "show", "article"],
        &["data", "where"],
        &["set"],
    ] {
        let ran = learner.run(&[line, &["--json", "--color", "always"]].concat());
        let value: Value = serde_json::from_str(&ran.done()).expect("one JSON document");
        assert_eq!(value["format"], 1, "{line:?}");
        assert_eq!(ran.err, "", "{line:?}");
    }
}

#[test]
fn what_is_done_ends_with_0() {
    let learner = Learner::new();
    for line in [
        &["--help"][..],
        &["--version"],
        &["study", "--help"],
        &["next", "--explain"],
        &["badges"],
        &["stats"],
        &["due"],
        &["pack", "list"],
        &["pack", "check", "questions"],
        &["data", "where"],
        &["data", "check"],
        &["completions", "bash"],
        &["man"],
    ] {
        let ran = learner.run(line);
        assert_ne!(ran.done(), "", "{line:?}");
        assert_eq!(ran.err, "", "{line:?}");
    }
}

#[test]
fn what_cannot_be_done_ends_with_1_and_says_why_on_standard_error() {
    let learner = Learner::new();
    for line in [
        &["badges", "nonsense"][..],
        &["next", "--role", "nonsense"],
        &["pass", "nonsense"],
        &["pass", "saa", "--on", "2026-11-24"],
        &["schedule", "saa", "--on", "2026-11-22"],
        &["unschedule", "saa"],
        &["drop", "saa"],
        &["unskip", "saa"],
        &["undo"],
        &["set", "nonsense", "1"],
        &["set", "retention", "0.5"],
        &["set", "role", "nonsense"],
        &["study", "--topic", "nonsense"],
        &["study", "--credential", "nonsense"],
        &["study", "--pack", "nonsense"],
        &["pack", "show", "nonsense"],
        &["pack", "check", "no/such/folder"],
        &["data", "import", "no/such/file"],
    ] {
        for face in [&[][..], &["--plain"], &["--json"]] {
            let said = learner.run(&[line, face].concat()).refused(1);
            assert!(said.starts_with("badgedex: "), "{line:?}: {said}");
        }
    }
    assert!(learner.journal().is_empty());
}

#[test]
fn a_command_line_that_is_wrong_ends_with_2() {
    let learner = Learner::new();
    for line in [
        &["nonsense"][..],
        &["badges", "--nonsense"],
        &["badges", "saa", "scs"],
        &["pass"],
        &["schedule", "saa"],
        &["schedule", "saa", "--on", "2027-02-30"],
        &["schedule", "saa", "--on", "2027-02-20", "--fee", "much"],
        &["schedule", "saa", "--on", "2027-02-20", "--fee=-1"],
        &["pass", "saa", "--on", "yesterday"],
        &["pass", "saa", "--on", "2026-13-01"],
        &["study", "--count", "0"],
        &["study", "--count", "many"],
        &["study", "--minutes", "0"],
        &["stats", "--seed", "x"],
        &["stats", "--color", "pink"],
        &["pack", "check"],
        &["pack", "nonsense"],
        &["completions", "nonsense"],
    ] {
        learner.run(line).refused(2);
    }
    learner.on("23.11.2026").run(&["stats"]).refused(2);
    learner.on("2026-02-29").run(&["stats"]).refused(2);
    assert!(learner.journal().is_empty());
}

#[test]
fn due_short_tells_a_shell_prompt_by_its_exit_code() {
    let learner = Learner::with_packs(&["words"]);
    let short = |learner: &Learner| learner.run(&["due", "--short"]);
    let nothing = short(&learner);
    assert_eq!(nothing.code, Some(1), "{nothing}");
    learner.piped(&["study", "--pack", "words", "--count", "2"], "right\nright\n").done();
    assert_eq!(short(&learner).code, Some(1));
    let later = short(&learner.on("2027-11-23"));
    assert_eq!(later.code, Some(0), "{later}");
    assert_eq!(later.out, "2 due\n");
    assert_eq!(later.err, "");
}

#[test]
fn due_short_ends_with_3_when_it_could_not_tell() {
    let learner = Learner::new();
    learner.write("journal.db", "this is no store");
    learner.run(&["due", "--short"]).refused(3);
    let file = learner.write("file", "");
    learner.run(&["due", "--short", "--home", file.to_str().unwrap()]).refused(3);
}

#[test]
fn due_lists_what_is_due_by_pack_and_topic() {
    let learner = Learner::with_packs(&["words"]);
    learner.piped(&["study", "--pack", "words", "--count", "3"], "right\nright\nright\n").done();
    let due = learner.on("2027-11-23").json(&["due"]);
    assert_eq!(due["format"], 1);
    assert_eq!(due["due"], 3);
    let topics = due["topics"].as_array().unwrap();
    let counted: Vec<(&str, u64)> =
        topics.iter().map(|t| (t["topic"].as_str().unwrap(), t["due"].as_u64().unwrap())).collect();
    assert_eq!(counted, [("first", 2), ("last", 1)]);
    let screen = learner.on("2027-11-23").run(&["due"]).done();
    assert!(screen.contains("Twelve words") && screen.contains("The first six"), "{screen}");
}

#[test]
fn the_farthest_days_of_the_calendar_are_no_reason_to_crash() {
    for day in ["--today=-262143-01-01", "--today=0000-01-01", "--today=9999-12-31", "--today=+262142-12-31"]
    {
        let learner = Learner::new();
        let learner = learner.without_a_day();
        learner.import(&[answered(1, "2026-11-20T12:00:00+00:00", "article/years-of-validity", true)]).done();
        for line in
            [&["stats", "--all"][..], &["next"], &["badges"], &["badges", "saa"], &["due"], &["study"]]
        {
            let ran = learner.run(&[line, &[day]].concat());
            ran.quiet();
            assert!(matches!(ran.code, Some(0..=2)), "{ran}");
        }
    }
}

#[test]
fn a_pipe_that_closes_early_ends_the_program_quietly() {
    let learner = veteran();
    for line in [
        &["badges"][..],
        &["pack", "show", "article"],
        &["pack", "show", "article", "--json"],
        &["data", "export"],
        &["stats", "--json"],
        &["next", "--explain"],
        &["study", "--plain"],
        &["due", "--short"],
        &["man"],
        &["completions", "zsh"],
        &["--help"],
    ] {
        let (reader, writer) = pipe().expect("a pipe");
        drop(reader);
        let mut command = learner.command(line);
        let output = command.stdin(Stdio::null()).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line:?}");
        assert_ne!(output.status.code(), Some(101), "{line:?}");
        assert!(output.status.code().is_some(), "{line:?} was ended by a signal");
    }
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest() {
    let learner = Learner::new();
    for (line, nearest) in [
        (&["badges", "aws-securty-specialty"][..], "aws-security-specialty"),
        (&["pass", "soluton architect associate"], "aws-solutions-architect-associate"),
        (&["schedule", "saaa", "--on", "2027-01-01"], "aws-solutions-architect-associate"),
        (&["skip", "clff"], "aws-cloud-practitioner"),
        (&["drop", "SCS-C99"], "aws-security-specialty"),
        (&["study", "--credential", "machine lerning"], "aws-machine-learning"),
        (&["study", "--topic", "cost"], "costs"),
        (&["study", "--topic", "proctorign"], "proctoring"),
        (&["study", "--pack", "artikle"], "article"),
        (&["pack", "show", "fatcs"], "facts"),
        (&["next", "--role", "develper"], "developer"),
        (&["set", "role", "securty"], "security"),
        (&["set", "retenton", "0.9"], "retention"),
        (&["set", "colr", "never"], "color"),
        (&["suspend", "article/year-of-validity"], "article/years-of-validity"),
    ] {
        let said = learner.run(line).refused(1);
        assert!(said.contains(nearest), "{line:?}: {said}");
        let typed = line.iter().find(|part| said.contains(&format!("\"{part}\"")));
        assert!(typed.is_some(), "{line:?} is not repeated: {said}");
    }
    assert!(learner.journal().is_empty());
}

#[test]
fn a_credential_is_found_by_id_short_name_code_alias_and_part_of_its_name() {
    let learner = Learner::new();
    for typed in [
        "aws-solutions-architect-associate",
        "saa",
        "SAA",
        "SAA-C03",
        "saa-c03",
        "architect associate",
        "AWS Certified Solutions Architect - Associate",
    ] {
        assert_eq!(learner.badge(typed)["short"], "SAA", "{typed}");
    }
    assert_eq!(learner.badge("alexa skill")["short"], "AXS");
}

#[test]
fn a_part_of_several_names_lists_them_all() {
    let said = Learner::new().run(&["badges", "professional"]).refused(1);
    for id in ["aws-technical-professional", "aws-solutions-architect-professional"] {
        assert!(said.contains(id), "{said}");
    }
}

#[test]
fn a_pipe_gets_no_colour_unless_it_is_asked_for() {
    let learner = veteran();
    for line in [&["badges"][..], &["badges", "saa"], &["next"], &["stats"], &["pack", "list"]] {
        assert!(!learner.run(line).done().contains('\u{1b}'), "{line:?}");
        let always = learner.run(&[line, &["--color", "always"]].concat());
        assert!(always.done().contains('\u{1b}'), "{line:?}");
    }
}

#[test]
fn the_same_line_gives_the_same_bytes() {
    let learner = veteran();
    for line in [&["badges"][..], &["next", "--explain"], &["stats", "--all"], &["pack", "list"]] {
        let json = [line, &["--json"]].concat();
        assert_eq!(learner.run(line).done(), learner.run(line).done());
        assert_eq!(learner.run(&json).done(), learner.run(&json).done());
    }
}
