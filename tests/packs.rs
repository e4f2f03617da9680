//! The learner's own packs: how they are found, what happens when they have a fault, and what they
//! may not do to a terminal.

use std::fs;

use crate::support::{Learner, fixture, verdicts};
use serde_json::{Value, json};

/// The ids of all packs that are in use.
fn packs(learner: &Learner) -> Vec<String> {
    let list = learner.json(&["pack", "list"]);
    let packs = list["packs"].as_array().unwrap().iter();
    packs.map(|pack| pack["id"].as_str().unwrap().to_owned()).collect()
}

/// Writes a pack with one topic and these questions, which get the pack's name before theirs.
fn write_pack(learner: &Learner, id: &str, questions: &[Value]) {
    let pack = json!({
        "format": 1, "id": id, "title": id, "teaches": "about", "topics": [{ "id": "only", "name": "Only" }],
    });
    let file = json!({ "format": 1, "pack": id, "questions": questions });
    learner.write(&format!("questions/{id}/pack.json"), pack.to_string());
    learner.write(&format!("questions/{id}/questions.json"), file.to_string());
}

/// A typed question whose answer is "right".
fn question(id: &str, more: Value) -> Value {
    let mut question = json!({
        "id": id, "topic": "only", "kind": "typed", "stem": format!("The stem of {id}?"), "accepted": ["right"],
    });
    question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    question
}

fn sit(learner: &Learner, pack: &str, input: &str) -> String {
    learner.piped(&["study", "--plain", "--pack", pack, "--count", "20"], input).done()
}

#[test]
fn a_pack_in_the_home_is_used() {
    let learner = Learner::with_packs(&["words"]);
    assert_eq!(packs(&learner), ["article", "aws-today", "cloud-practitioner", "words", "facts"]);
    let total = |learner: &Learner| learner.json(&["stats"])["questions"]["total"].as_u64().unwrap();
    assert_eq!(total(&learner), total(&Learner::new()) + 12);
    let transcript = sit(&learner, "words", "right\nright\n");
    assert_eq!(verdicts(&transcript).len(), 2);
}

#[test]
fn a_pack_with_faults_is_left_out_and_everything_else_goes_on() {
    let learner = Learner::with_packs(&["faulty", "words"]);
    let ran = learner.run(&["pack", "list", "--json"]);
    ran.done();
    assert_eq!(packs(&learner), ["article", "aws-today", "cloud-practitioner", "words", "facts"]);
    for line in
        [&["badges"][..], &["next"], &["stats"], &["due"], &["skip", "saa"], &["undo"], &["data", "export"]]
    {
        let ran = learner.run(line);
        ran.done();
        assert!(ran.err.contains("faulty"), "{ran}");
        assert!(!ran.out.contains("faulty"), "{ran}");
    }
    sit(&learner, "words", "right\n");
    let said = learner.run(&["study", "--pack", "faulty"]).refused(1);
    assert!(said.contains("the pack \"faulty\" has faults and is left out"), "{said}");
}

#[test]
fn every_fault_of_a_pack_is_told_with_file_line_and_question() {
    let learner = Learner::with_packs(&["faulty"]);
    let file = learner.path("questions/faulty/questions.json");
    let own = learner.run(&["stats"]);
    own.done();
    for (line, question, word) in [
        ("7:4", "faulty/no-such-topic", "\"other\""),
        ("18:4", "faulty/key-out-of-range", "\"C\""),
        ("32:4", "faulty/unknown-key", "\"keye\""),
        ("36:4", "faulty/fine", "already"),
    ] {
        let place = format!("{}:{line}  {question}: ", file.display());
        let told = own.err.lines().find(|told| told.contains(&place));
        let told = told.unwrap_or_else(|| panic!("no fault at {place}: {own}"));
        assert!(told.contains(word), "{told}");
    }
    assert!(own.err.contains("4 faults"), "{own}");

    let checked = learner.run(&["pack", "check", fixture("faulty").to_str().unwrap()]);
    assert_eq!(checked.code, Some(1), "{checked}");
    assert!(checked.out.contains("4 faults in 5 questions"), "{checked}");
    for place in ["questions.json:7:", "questions.json:18:", "questions.json:32", "questions.json:36"] {
        assert!(checked.out.contains(place), "{checked}");
    }
}

#[test]
fn pack_check_finds_nothing_in_sound_packs() {
    let learner = Learner::new();
    for name in ["kinds", "words", "hostile", "lookalike"] {
        let folder = fixture(name);
        for path in [folder.clone(), folder.join("pack.json")] {
            let ran = learner.run(&["pack", "check", path.to_str().unwrap()]);
            assert!(ran.done().contains("no faults"), "{ran}");
        }
    }
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/questions");
    assert!(learner.run(&["pack", "check", shipped]).done().contains("no faults"));
    let both = ["pack", "check", fixture("kinds").to_str().unwrap(), fixture("words").to_str().unwrap()]
        .map(str::to_owned);
    let both: Vec<&str> = both.iter().map(String::as_str).collect();
    assert!(learner.run(&both).done().contains("20 questions"));
}

#[test]
fn pack_check_needs_no_home() {
    let learner = Learner::new();
    let home = learner.path("none");
    learner
        .run(&["pack", "check", fixture("words").to_str().unwrap(), "--home", home.to_str().unwrap()])
        .done();
    assert!(!home.exists());
}

#[test]
fn pack_check_tells_every_unreadable_and_every_missing_pack() {
    let learner = Learner::new();
    fs::create_dir(learner.path("empty")).unwrap();
    for path in [learner.path("missing"), learner.path("empty")] {
        let said = learner.run(&["pack", "check", path.to_str().unwrap()]).refused(1);
        assert!(said.contains(path.to_str().unwrap()), "{said}");
    }
    learner.write("bad/pack.json", "{");
    let ran = learner.run(&["pack", "check", learner.path("bad").to_str().unwrap()]);
    assert_eq!(ran.code, Some(1), "{ran}");
    assert!(ran.out.contains("pack.json:1"), "{ran}");
}

#[test]
fn a_pack_of_ones_own_is_checked_by_its_id() {
    let learner = Learner::with_packs(&["faulty", "words"]);
    assert!(learner.run(&["pack", "check", "words"]).done().contains("no faults in"));
    let ran = learner.run(&["pack", "check", "faulty"]);
    assert!(ran.code == Some(1) && ran.out.contains("4 faults in 5 questions"), "{ran}");
    for (id, word) in [("article", "comes with the program"), ("wrods", "no pack of that id in")] {
        let said = learner.run(&["pack", "check", id]).refused(1);
        assert!(said.contains(word), "{said}");
    }
}

#[test]
fn a_pack_that_is_not_used_is_told_where_it_is() {
    let learner = Learner::with_packs(&["faulty"]);
    for line in [
        &["pack", "show", "faulty"][..],
        &["study", "--pack", "faulty"],
        &["pack", "export", "faulty", "--as", "csv"],
    ] {
        let said = learner.run(line).refused(1);
        assert!(said.contains("badgedex pack check faulty"), "{said}");
        assert!(said.contains(learner.path("questions/faulty").to_str().unwrap()), "{said}");
    }
    let said = learner.run(&["pack", "show", "planets"]).refused(1);
    assert!(said.contains("your own packs are in"), "{said}");
}

#[test]
fn what_pack_check_does_not_read_is_named() {
    let learner = Learner::new();
    write_pack(&learner, "mine/deep", &[question("deep/one", json!({}))]);
    let questions = learner.path("questions");
    let said = learner.run(&["pack", "check", questions.to_str().unwrap()]).refused(1);
    assert!(said.contains("there is one in") && said.contains("mine/deep: name that folder"), "{said}");
    write_pack(&learner, "bare", &[]);
    let ran = learner.run(&["pack", "check", questions.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1), "{ran}");
    for word in ["bare/pack.json: the pack has no question", "mine/deep: the pack is not read here"] {
        assert!(ran.out.contains(word), "{ran}");
    }
    assert!(ran.out.ends_with("2 faults; a pack is not used until they are fixed\n"), "{ran}");
}

#[test]
fn a_file_in_another_encoding_is_told_what_to_do() {
    let learner = Learner::new();
    write_pack(&learner, "broken", &[question("broken/one", json!({}))]);
    for (bytes, word) in [
        (&b"{\"title\":\"caf\xe9\"}"[..], "the file is no text in UTF-8: save it as UTF-8"),
        (b"\xff\xfe{\0", "the file is text in UTF-16: save it as UTF-8"),
    ] {
        let file = learner.write("questions/broken/more.json", bytes);
        let ran = learner.run(&["pack", "check", "broken"]);
        assert!(ran.out.starts_with(&format!("{}: {word}\n", file.display())), "{ran}");
    }
}

#[test]
fn a_file_that_is_no_text_takes_only_its_own_pack_away() {
    let learner = Learner::with_packs(&["words"]);
    write_pack(&learner, "broken", &[question("broken/one", json!({}))]);
    learner.write("questions/broken/more.json", b"{\"title\":\"caf\xe9\"}");
    let ran = learner.run(&["pack", "list"]);
    ran.done();
    assert!(ran.err.contains("more.json"), "{ran}");
    assert_eq!(packs(&learner), ["article", "aws-today", "cloud-practitioner", "words", "facts"]);
}

#[test]
fn what_is_no_pack_in_the_folder_of_packs_is_passed_over() {
    let learner = Learner::with_packs(&["words"]);
    learner.write("questions/readme.txt", "these are mine");
    learner.write("questions/.hidden/notes.json", "no JSON");
    learner.write("questions/empty/readme.md", "# nothing yet");
    let ran = learner.run(&["pack", "list"]);
    ran.done();
    assert_eq!(ran.err, "");
    assert_eq!(packs(&learner), ["article", "aws-today", "cloud-practitioner", "words", "facts"]);
}

#[test]
fn a_pack_may_not_take_the_name_of_another() {
    for id in ["article", "aws-today", "facts"] {
        let learner = Learner::new();
        write_pack(&learner, id, &[question(&format!("{id}/mine"), json!({}))]);
        let ran = learner.run(&["stats"]);
        ran.done();
        assert!(ran.err.contains(&format!("\"{id}\" already")), "{ran}");
        let ids = |learner: &Learner| -> Vec<Value> {
            learner.questions(id).iter().map(|question| question["id"].clone()).collect()
        };
        assert_eq!(ids(&learner), ids(&Learner::new()));
    }
}

#[test]
fn what_was_learned_of_a_pack_is_kept_while_the_pack_is_away() {
    let learner = Learner::with_packs(&["words"]);
    sit(&learner, "words", "right\nwrong\nright\n");
    let before = learner.json(&["stats", "--all"]);
    fs::remove_dir_all(learner.path("questions/words")).unwrap();
    let away = learner.json(&["stats", "--all"]);
    assert_eq!(away["details"], before["details"]);
    assert_eq!(away["answers"], before["answers"]);
    learner.install("words");
    assert_eq!(learner.json(&["stats", "--all"]), before);
}

#[test]
fn a_typo_that_is_fixed_keeps_what_was_learned() {
    let learner = Learner::new();
    write_pack(&learner, "mine", &[question("mine/one", json!({ "stem": "Wich one?" }))]);
    sit(&learner, "mine", "right\n");
    let before = learner.json(&["stats", "--all"]);
    let stem = json!({ "stem": "Which one?", "accepted": ["right", "correct"] });
    write_pack(&learner, "mine", &[question("mine/other", json!({})), question("mine/one", stem)]);
    assert_eq!(learner.json(&["stats", "--all"])["details"], before["details"]);
    assert_eq!(learner.json(&["stats"])["questions"]["seen"], 1);
}

#[test]
fn a_question_that_was_renamed_keeps_what_was_learned() {
    let learner = Learner::new();
    write_pack(&learner, "mine", &[question("mine/old", json!({}))]);
    sit(&learner, "mine", "right\n");
    learner.run(&["suspend", "mine/old"]).done();
    let before = learner.json(&["stats", "--all"])["details"][0].clone();
    write_pack(&learner, "mine", &[question("mine/new", json!({ "was": ["mine/old"] }))]);
    let after = learner.json(&["stats", "--all"])["details"][0].clone();
    assert_eq!(after["question"], "mine/new");
    for key in ["answers", "right", "strength_days", "due_on"] {
        assert_eq!(after[key], before[key]);
    }
    assert_eq!(learner.events("answered")[0]["question"], "mine/old", "the journal stays as it was");
    learner.run(&["resume", "mine/old"]).done();
}

#[test]
fn a_question_that_replaces_another_starts_unknown() {
    let learner = Learner::new();
    write_pack(&learner, "mine", &[question("mine/old", json!({}))]);
    sit(&learner, "mine", "right\n");
    write_pack(&learner, "mine", &[question("mine/new", json!({ "replaces": ["mine/old"] }))]);
    let stats = learner.json(&["stats", "--all"]);
    assert_eq!(stats["questions"]["seen"], 0);
    assert_eq!(stats["details"][0]["question"], "mine/old");
}

/// The last days are those of AWS's blog on retirements and launches.
#[test]
fn an_ended_exam_shows_its_last_code_and_its_last_day() {
    let learner = Learner::new().on("2026-11-30");
    for (short, code, until) in [
        ("soa", "SOA-C02", "until 29 September 2025"),
        ("das", "DAS-C01", "until 8 April 2024"),
        ("dbs", "DBS-C01", "until 29 April 2024"),
        ("pas", "PAS-C01", "until 29 April 2024"),
        ("mls", "MLS-C01", "until 31 March 2026"),
    ] {
        let page = learner.run(&["badges", short, "--plain"]).done();
        let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(&format!(", {code} ")), "{short}: {page}");
        assert!(words.contains(until), "{short}: {page}");
    }
}

/// Nothing that a terminal would obey, and nothing that hides or turns text.
#[track_caller]
fn assert_harmless(text: &str, whence: &str) {
    let is_harmful = |c: &char| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}')
    };
    if let Some(c) = text.chars().find(is_harmful) {
        panic!("{c:?} in {whence}: {text:?}");
    }
}

#[test]
fn escape_sequences_in_a_pack_are_shown_harmlessly_in_every_face() {
    let learner = Learner::with_packs(&["hostile"]);
    let answers = "h\n1\nh\n1,2\nh\n1\nh\nword\nh\n4\nh\n1,2,3\n";
    let study = ["study", "--plain", "--pack", "hostile", "--count", "6"];
    let transcript = learner.piped(&study, answers).done();
    assert_eq!(verdicts(&transcript).len(), 6, "{transcript}");
    assert!(transcript.contains("Stem one") && transcript.contains("Rationale"), "{transcript}");
    assert_harmless(&transcript, "study");
    let later = learner.on("2027-11-23");
    for line in [
        &["pack", "list"][..],
        &["pack", "show", "hostile"],
        &["pack", "show", "hostile", "--json"],
        &["pack", "list", "--json"],
        &["study", "--topic", "nonsense"],
        &["study", "--pack", "hostil"],
        &["stats"],
        &["due"],
        &["badges", "scs"],
        &["study", "--mistakes"],
        &["suspend", "hostile/one"],
        &["undo"],
    ] {
        for face in [&[][..], &["--plain"]] {
            let ran = later.run(&[line, face].concat());
            assert_harmless(&ran.out, &format!("{line:?}"));
            assert_harmless(&ran.err, &format!("{line:?}"));
        }
    }
    let menu = later.piped(&["--plain"], "\n\n8\nq\nq\n");
    assert_harmless(&menu.out, "the menu");
}

#[test]
fn escape_sequences_are_harmless_in_faults_and_errors_too() {
    let escape = "\u{1b}[31mred\u{9b}32m\u{202e}";
    for (pack, questions) in [
        (json!({ "format": 1, "id": escape, "title": "t", "teaches": "about", "topics": [] }), json!([])),
        (json!({ escape: 1 }), json!([])),
        (
            json!({ "format": 1, "id": "mine", "title": "t", "teaches": "about", "topics": [{ "id": escape, "name": "n" }] }),
            json!([
                { "id": format!("mine/{escape}"), "topic": escape, "kind": "true-false", "stem": "s", "key": true },
                { "id": "mine/a", "topic": "x", "credentials": [escape], "facts": [escape], "kind": "one-of",
                  "stem": "s", "choices": [escape, escape], "key": escape, "checked": escape },
                { "id": "mine/b", escape: escape },
                { "id": "mine/c", "topic": "x", "kind": escape, "stem": "s" },
            ]),
        ),
    ] {
        let learner = Learner::new();
        learner.write("questions/mine/pack.json", pack.to_string());
        let file = json!({ "format": 1, "pack": "mine", "questions": questions });
        learner.write("questions/mine/questions.json", file.to_string());
        let ran = learner.run(&["stats"]);
        ran.done();
        assert_ne!(ran.err, "", "{pack}");
        assert_harmless(&ran.err, "faults");
        let checked = learner.run(&["pack", "check", learner.path("questions").to_str().unwrap()]);
        assert_eq!(checked.code, Some(1), "{checked}");
        assert_harmless(&checked.out, "pack check");
    }
    let learner = Learner::new();
    for line in [
        &["badges", escape][..],
        &["pack", "show", escape],
        &["study", "--topic", escape],
        &["next", "--role", escape],
        &["set", escape, "1"],
        &["set", "role", escape],
        &["set", "color", escape],
        &["pass", "saa", "--expires", escape],
        &["data", "import", escape],
        &["pack", "check", escape],
        &["suspend", escape],
    ] {
        let ran = learner.run(line);
        assert_ne!(ran.code, Some(0), "{ran}");
        assert_harmless(&ran.err, &format!("{line:?}"));
    }
}

#[test]
fn a_pack_of_another_vendor_needs_only_its_files() {
    let learner = Learner::new();
    learner.write("questions/acme/catalog.json", acme().to_string());
    let pack = json!({
        "format": 1, "id": "acme-pack", "title": "Acme", "teaches": "content", "credentials": ["acme-anvil"],
        "topics": [{ "id": "only", "name": "Only" }],
    });
    learner.write("questions/acme/pack.json", pack.to_string());
    let file =
        json!({ "format": 1, "pack": "acme-pack", "questions": [question("acme-pack/one", json!({}))] });
    learner.write("questions/acme/questions.json", file.to_string());
    let ran = learner.run(&["pack", "list"]);
    ran.done();
    assert_eq!(ran.err, "");
    let badge = learner.badge("anvil");
    assert_eq!(badge["credential"], "acme-anvil");
    assert!(badge["questions"].as_u64().unwrap() > 0);
    learner.run(&["pass", "acme-anvil", "--on", "2026-05-04"]).done();
    assert_eq!(learner.badge("anvil")["expires_on"], "2028-05-04");
    sit(&learner, "acme-pack", "right\n");
    learner.run(&["study", "--credential", "anvil"]).done();
}

/// A small catalog of an issuer that nothing in the program knows.
fn acme() -> Value {
    let picture = ["   ", "   ", "   "];
    json!({
        "format": 1, "id": "acme", "issuer": "Acme", "short": "ACME", "title": "Acme badges",
        "families": [{ "id": "badge", "name": "badge", "plural": "badges" }],
        "tiers": [
            { "id": "iron", "name": "Iron", "plural": "Irons", "family": "badge", "frame": "light",
              "validity": [{ "passed_from": null, "months": 24 }] },
        ],
        "fields": [{ "id": "smith", "name": "Smithing", "picture": picture, "ascii": picture }],
        "roles": [],
        "path": [{ "step": 1, "title": "All", "needs": "all", "from": { "tier": "iron" } }],
        "credentials": [
            { "id": "acme-anvil", "name": "Acme Anvil", "short": "ANV", "tier": "iron", "field": "smith",
              "offered": { "from": "2020-01-01", "seen": "2026-11-01" } },
        ],
    })
}
