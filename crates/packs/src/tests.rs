//! Packs and catalogs: what is read, and what is refused.

mod advice;

use badgedex_domain::catalog::CredentialId;
use badgedex_domain::facts;
use badgedex_domain::library::Library;
use badgedex_domain::question::{Pack, QuestionId};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::*;
use badgedex_domain::question::{Form, Kind, Question};

/// A day in the article's world, today's, and some between and after.
const DAYS: [&str; 8] = [
    "2020-01-15",
    "2021-07-01",
    "2023-05-05",
    "2024-10-08",
    "2025-09-30",
    "2026-11-23",
    "2027-01-01",
    "2029-09-20",
];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A folder with these files.
fn folder(files: &[(&str, String)]) -> Folder {
    let file = |(name, text): &(&str, String)| File::of(&format!("mine/{name}"), text);
    Folder::new("mine", files.iter().map(file).collect())
}

fn head() -> Value {
    json!({
        "format": 1, "id": "mine", "title": "Mine", "teaches": "about",
        "credentials": ["aws-security-specialty"],
        "topics": [{ "id": "only", "name": "The only topic" }],
        "facts": [{ "id": "M1", "topic": "only", "text": "Something to know." }],
    })
}

/// A value with other keys; null takes a key away.
fn with(value: &Value, changes: &Value) -> Value {
    let mut changed = value.as_object().unwrap().clone();
    for (key, part) in changes.as_object().unwrap() {
        match part {
            Value::Null => drop(changed.remove(key)),
            part => drop(changed.insert(key.clone(), part.clone())),
        }
    }
    Value::Object(changed)
}

/// A sound question of a kind.
fn sound(kind: &str) -> Value {
    let answer = match kind {
        "one-of" => json!({ "choices": ["Ant", "Bee", "Cat"], "key": "B" }),
        "any-of" => json!({ "choices": ["Ant", "Bee", "Cat"], "keys": ["A", "C"] }),
        "true-false" => json!({ "key": true }),
        "typed" => json!({ "accepted": ["bee"] }),
        "number" => json!({ "value": 3, "unit": "years" }),
        "reveal" => json!({ "answer": "A bee.\nIt hums." }),
        _ => json!({ "items": ["Ant", "Bee", "Cat"] }),
    };
    with(&json!({ "id": "mine/one", "topic": "only", "kind": kind, "stem": "What is it?" }), &answer)
}

const KINDS: [&str; 7] = ["one-of", "any-of", "true-false", "typed", "number", "order", "reveal"];

/// The file of questions, one a line from line 4 on.
fn questions(questions: &[String]) -> String {
    format!("{{\n\"format\": 1, \"pack\": \"mine\",\n\"questions\": [\n{}\n]}}", questions.join(",\n"))
}

/// The faults of a pack with this head and these questions.
fn faults_of(head: &Value, asked: &[String]) -> Vec<Diagnostic> {
    let files = [("pack.json", head.to_string()), ("questions.json", questions(asked))];
    check(&[folder(&files)]).diagnostics
}

/// The faults of a pack with a sound head and one question.
fn faults_in(question: &Value) -> Vec<Diagnostic> {
    faults_of(&head(), &[question.to_string()])
}

fn said(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n")).collect()
}

/// There is exactly one fault, in this question on line 4, and it says this.
#[track_caller]
fn assert_one_fault(question: &Value, word: &str) {
    let diagnostics = faults_in(question);
    let [diagnostic] = &diagnostics[..] else { panic!("{word}: {}\nin {question}", said(&diagnostics)) };
    assert!(diagnostic.message.contains(word), "{word}: {diagnostic}\nin {question}");
    assert_eq!(diagnostic.place.file, "mine/questions.json");
    assert_eq!(diagnostic.place.line(), Some(4));
    assert_eq!(diagnostic.place.item.as_deref(), question["id"].as_str());
}

fn written(library: &Library) -> &Pack {
    library.packs().iter().find(|pack| pack.id == "article").unwrap()
}

#[test]
fn a_sound_question_of_every_kind_has_no_fault() {
    for kind in KINDS {
        let diagnostics = faults_in(&sound(kind));
        assert!(diagnostics.is_empty(), "{kind}: {}", said(&diagnostics));
    }
    let full = json!({
        "credentials": ["aws-cloud-practitioner"], "facts": ["M1"], "hint": "h", "rationale": "r", "source": "s",
        "checked": "2026-11-23", "was": ["mine/old"], "replaces": ["mine/older"],
    });
    assert_eq!(faults_in(&with(&sound("typed"), &full)), []);
    let more = json!({ "shuffle": false, "typed": ["bee"] });
    assert_eq!(faults_in(&with(&sound("one-of"), &more)), []);
    assert_eq!(faults_in(&with(&sound("any-of"), &json!({ "size_stated": false, "shuffle": false }))), []);
    assert_eq!(faults_in(&with(&sound("number"), &json!({ "tolerance": 0.5, "unit": null }))), []);
}

#[test]
fn a_question_with_a_missing_field_is_a_fault() {
    for kind in KINDS {
        for key in ["topic", "kind", "stem"] {
            let question = with(&sound(kind), &json!({ key: null }));
            assert_one_fault(&question, key);
        }
    }
    for (kind, key) in [
        ("one-of", "choices"),
        ("any-of", "choices"),
        ("true-false", "key"),
        ("typed", "accepted"),
        ("number", "value"),
        ("order", "items"),
        ("reveal", "answer"),
    ] {
        assert_one_fault(&with(&sound(kind), &json!({ key: null })), key);
    }
    let diagnostics = faults_in(&with(&sound("typed"), &json!({ "id": null })));
    assert_eq!(diagnostics.len(), 1, "{}", said(&diagnostics));
    assert!(
        diagnostics[0].message.contains("\"id\"") && diagnostics[0].place.line() == Some(4),
        "{}",
        diagnostics[0]
    );
}

#[test]
fn a_self_checked_question_without_an_answer_to_show_is_a_fault() {
    for answer in ["", " ", "\n\u{200b}"] {
        assert_one_fault(&with(&sound("reveal"), &json!({ "answer": answer })), "the answer is empty");
    }
    assert_one_fault(&with(&sound("typed"), &json!({ "answer": "a" })), "means nothing");
}

#[test]
fn a_question_without_a_right_choice_is_a_fault() {
    assert_one_fault(&with(&sound("one-of"), &json!({ "key": null })), "no choice is right");
    assert_one_fault(&with(&sound("any-of"), &json!({ "keys": null })), "no choice is right");
    assert_one_fault(&with(&sound("any-of"), &json!({ "keys": [] })), "no choice is right");
}

#[test]
fn a_question_in_which_every_choice_is_right_is_a_fault() {
    assert_one_fault(&with(&sound("any-of"), &json!({ "keys": ["A", "B", "C"] })), "every choice is right");
}

#[test]
fn a_key_that_names_no_choice_is_a_fault() {
    for key in ["D", "Z", "b", "", "AB", "1", "Ä"] {
        assert_one_fault(&with(&sound("one-of"), &json!({ "key": key })), "names no choice");
        assert_one_fault(&with(&sound("any-of"), &json!({ "keys": ["A", key] })), "names no choice");
    }
    assert_one_fault(&with(&sound("any-of"), &json!({ "keys": ["A", "A"] })), "twice");
    assert_one_fault(&with(&sound("one-of"), &json!({ "key": true })), "letter");
    assert!(!faults_in(&with(&sound("one-of"), &json!({ "key": 1 }))).is_empty());
    assert!(!faults_in(&with(&sound("true-false"), &json!({ "key": "A" }))).is_empty());
}

#[test]
fn two_equal_choices_are_a_fault() {
    for twice in [["Bee", "Bee"], ["Bee", "bee"], ["Bee", " Bee "], ["Bee", "B\u{200b}ee"]] {
        let choices = json!(["Ant", twice[0], twice[1]]);
        assert_one_fault(&with(&sound("one-of"), &json!({ "choices": choices })), "the same");
        assert_one_fault(&with(&sound("any-of"), &json!({ "choices": choices })), "the same");
        assert_one_fault(&with(&sound("order"), &json!({ "items": choices })), "the same");
    }
}

#[test]
fn too_few_and_empty_choices_are_a_fault() {
    assert_one_fault(&with(&sound("one-of"), &json!({ "choices": ["Ant"], "key": "A" })), "choices");
    assert_one_fault(&with(&sound("any-of"), &json!({ "choices": ["A", "B"], "keys": ["A"] })), "choices");
    assert_one_fault(&with(&sound("order"), &json!({ "items": ["Ant"] })), "items");
    assert_one_fault(&with(&sound("typed"), &json!({ "accepted": [] })), "accepted");
    assert_one_fault(&with(&sound("typed"), &json!({ "accepted": ["  "] })), "empty");
    assert_one_fault(&with(&sound("one-of"), &json!({ "choices": ["Ant", "", "Cat"] })), "empty");
    let many: Vec<String> = (0..27).map(|n| format!("Choice {n}")).collect();
    assert_one_fault(&with(&sound("one-of"), &json!({ "choices": many })), "choices");
    assert_one_fault(&with(&sound("typed"), &json!({ "stem": " \n " })), "stem");
}

#[test]
fn a_key_that_means_nothing_for_the_kind_is_a_fault() {
    for (key, value, kinds) in [
        ("choices", json!(["A", "B", "C"]), &["one-of", "any-of"][..]),
        ("keys", json!(["A"]), &["any-of"]),
        ("size_stated", json!(true), &["any-of"]),
        ("shuffle", json!(true), &["one-of", "any-of"]),
        ("typed", json!(["a"]), &["one-of"]),
        ("accepted", json!(["a"]), &["typed"]),
        ("value", json!(1), &["number"]),
        ("unit", json!("years"), &["number"]),
        ("tolerance", json!(1), &["number"]),
        ("items", json!(["A", "B"]), &["order"]),
    ] {
        for kind in KINDS.iter().filter(|kind| !kinds.contains(kind)) {
            assert_one_fault(
                &with(&sound(kind), &json!({ key: value })),
                &format!("\"{key}\" means nothing"),
            );
        }
    }
    for kind in ["any-of", "typed", "number", "order"] {
        assert_one_fault(&with(&sound(kind), &json!({ "key": "A" })), "\"key\" means nothing");
    }
}

#[test]
fn a_key_that_nobody_knows_is_a_fault() {
    for kind in KINDS {
        assert_one_fault(&with(&sound(kind), &json!({ "anwser": "A" })), "\"anwser\"");
    }
    assert_one_fault(&with(&sound("typed"), &json!({ "kind": "riddle" })), "riddle");
}

#[test]
fn an_unknown_topic_credential_or_fact_is_a_fault() {
    assert_one_fault(&with(&sound("typed"), &json!({ "topic": "other" })), "\"other\"");
    assert_one_fault(&with(&sound("typed"), &json!({ "credentials": ["aws-nonsense"] })), "\"aws-nonsense\"");
    assert_one_fault(&with(&sound("typed"), &json!({ "facts": ["M1", "M2"] })), "\"M2\"");
}

#[test]
fn a_stem_of_nothing_that_shows_is_a_fault() {
    for stem in ["", " \n", "\u{200b}\u{2060}", "\u{feff} "] {
        assert_one_fault(&with(&sound("true-false"), &json!({ "stem": stem })), "the stem is empty");
    }
}

#[test]
fn an_earlier_id_that_a_terminal_would_obey_is_a_fault() {
    for key in ["was", "replaces"] {
        assert_one_fault(&with(&sound("typed"), &json!({ key: ["mine/\u{1b}[2J"] })), "no id has");
    }
}

#[test]
fn a_date_a_tolerance_or_a_number_that_is_none_is_a_fault() {
    assert_one_fault(&with(&sound("typed"), &json!({ "checked": "2026-02-30" })), "2026-02-30");
    assert_one_fault(&with(&sound("number"), &json!({ "tolerance": -1 })), "tolerance");
    assert_one_fault(&with(&sound("number"), &json!({ "value": "three" })), "three");
}

#[test]
fn an_id_that_is_not_the_packs_or_not_plain_is_a_fault() {
    for id in ["one", "other/one", "mine/", "mine/One", "mine/o ne", "mine/öne", "mine/one/two", "/one", ""]
    {
        assert_one_fault(&with(&sound("typed"), &json!({ "id": id })), "id");
    }
}

#[test]
fn an_id_that_stands_twice_is_a_fault_that_names_the_first_place() {
    let twice = [sound("typed").to_string(), sound("number").to_string()];
    let diagnostics = faults_of(&head(), &twice);
    let [diagnostic] = &diagnostics[..] else { panic!("{}", said(&diagnostics)) };
    assert_eq!((diagnostic.place.line(), diagnostic.place.item.as_deref()), (Some(5), Some("mine/one")));
    assert!(diagnostic.message.contains("mine/questions.json:4"), "{diagnostic}");
    // Also in another file of the pack.
    let files = [
        ("pack.json", head().to_string()),
        ("a.json", questions(&twice[..1])),
        ("b.json", questions(&twice[1..])),
    ];
    let diagnostics = check(&[folder(&files)]).diagnostics;
    let [diagnostic] = &diagnostics[..] else { panic!("{}", said(&diagnostics)) };
    assert_eq!(diagnostic.place.file, "mine/b.json");
    assert!(diagnostic.message.contains("mine/a.json:4"), "{diagnostic}");
}

#[test]
fn a_fault_stands_on_the_line_of_its_key() {
    let question = "{\n \"id\": \"mine/one\",\n \"topic\": \"only\",\n \"kind\": \"one-of\",\n \"stem\": \"?\",\n \
                    \"choices\": [\n  \"Ant\",\n  \"Bee\"\n ],\n \"key\": \"C\"\n}";
    let diagnostics =
        faults_of(&head(), &[sound("typed").to_string().replace("one", "two"), question.to_owned()]);
    let [diagnostic] = &diagnostics[..] else { panic!("{}", said(&diagnostics)) };
    // The first question is line 4, the second begins on line 5, its key is its tenth line.
    assert_eq!((diagnostic.place.line(), diagnostic.place.item.as_deref()), (Some(14), Some("mine/one")));
    assert!(diagnostic.to_string().starts_with("mine/questions.json:14:2  mine/one: "), "{diagnostic}");
}

#[test]
fn all_of_several_faults_are_listed_at_once() {
    let asked = [
        with(&sound("one-of"), &json!({ "id": "mine/a", "key": "Z", "topic": "other" })),
        with(&sound("typed"), &json!({ "id": "mine/b" })),
        with(&sound("any-of"), &json!({ "id": "mine/c", "keys": [], "accepted": ["x"], "facts": ["M9"] })),
        with(&sound("typed"), &json!({ "id": "mine/d", "anwser": 1 })),
        with(&sound("order"), &json!({ "id": "mine/e", "items": ["A", "A"], "checked": "never" })),
    ];
    let asked: Vec<String> = asked.iter().map(Value::to_string).collect();
    let diagnostics = faults_of(&with(&head(), &json!({ "credentials": ["aws-nonsense"] })), &asked);
    let places: Vec<(usize, &str)> = diagnostics
        .iter()
        .map(|f| (f.place.line().unwrap(), f.place.item.as_deref().unwrap_or("")))
        .collect();
    for (line, item, number) in
        [(1, "", 1), (4, "mine/a", 2), (5, "mine/b", 0), (6, "mine/c", 3), (7, "mine/d", 1), (8, "mine/e", 2)]
    {
        let found = places.iter().filter(|place| **place == (line, item)).count();
        assert_eq!(found, number, "{item}: {}", said(&diagnostics));
    }
    assert_eq!(diagnostics.len(), 9, "{}", said(&diagnostics));
}

#[test]
fn text_that_is_no_json_is_a_fault_with_its_line() {
    let broken = questions(&[sound("typed").to_string()]).replace("]}", "}");
    let files = [("pack.json", head().to_string()), ("questions.json", broken)];
    let diagnostics = check(&[folder(&files)]).diagnostics;
    let [diagnostic] = &diagnostics[..] else { panic!("{}", said(&diagnostics)) };
    assert_eq!((diagnostic.place.file.as_str(), diagnostic.place.line()), ("mine/questions.json", Some(4)));

    for text in ["", "{", "[]", "null", "{\"format\": 1,\n \"id\": }"] {
        let diagnostics = check(&[folder(&[("pack.json", text.to_owned())])]).diagnostics;
        let [diagnostic] = &diagnostics[..] else { panic!("{text:?}: {}", said(&diagnostics)) };
        assert_eq!(diagnostic.place.file, "mine/pack.json");
        assert_eq!(diagnostic.place.line(), Some(text.lines().count().max(1)), "{diagnostic}");
    }
}

#[test]
fn a_question_file_needs_its_keys_and_no_others() {
    let file = json!({ "format": 1, "pack": "mine", "questions": [] });
    for (changes, word) in [
        (json!({ "format": null }), "format"),
        (json!({ "pack": null }), "pack"),
        (json!({ "questions": null }), "questions"),
        (json!({ "pack": "other" }), "\"other\""),
        (json!({ "more": 1 }), "\"more\""),
        (json!({ "format": 2 }), "format 2"),
    ] {
        let files = [("pack.json", head().to_string()), ("q.json", with(&file, &changes).to_string())];
        let diagnostics = check(&[folder(&files)]).diagnostics;
        let [diagnostic] = &diagnostics[..] else { panic!("{changes}: {}", said(&diagnostics)) };
        assert!(diagnostic.message.contains(word), "{changes}: {diagnostic}");
        assert_eq!((diagnostic.place.file.as_str(), diagnostic.place.line()), ("mine/q.json", Some(1)));
    }
}

#[test]
fn a_wrong_head_is_a_fault() {
    let topic = |id: &str| json!({ "id": id, "name": "n" });
    let fact = |id: &str, topic: &str| json!({ "id": id, "topic": topic, "text": "t" });
    for (changes, word) in [
        (json!({ "format": 2 }), "format 2"),
        (json!({ "format": 0 }), "format 0"),
        (json!({ "format": null }), "format"),
        (json!({ "format": "1" }), "1"),
        (json!({ "id": null }), "id"),
        (json!({ "id": "Mine" }), "id"),
        (json!({ "title": null }), "title"),
        (json!({ "topics": null }), "topics"),
        (json!({ "teaches": null }), "teaches"),
        (json!({ "teaches": "everything" }), "everything"),
        (json!({ "licens": "MIT" }), "\"licens\""),
        (json!({ "credentials": ["aws-nonsense"] }), "\"aws-nonsense\""),
        (json!({ "topics": [topic("only"), topic("only")] }), "\"only\""),
        (json!({ "topics": [{ "id": "only" }] }), "name"),
        (json!({ "facts": [fact("M1", "only"), fact("M1", "only")] }), "\"M1\""),
        (json!({ "facts": [fact("M1", "other")] }), "\"other\""),
    ] {
        let diagnostics = faults_of(&with(&head(), &changes), &[]);
        let diagnostic = diagnostics.iter().find(|diagnostic| {
            diagnostic.place.file == "mine/pack.json" && diagnostic.message.contains(word)
        });
        assert!(
            diagnostic.is_some_and(|diagnostic| diagnostic.place.line() == Some(1)),
            "{changes}: {}",
            said(&diagnostics)
        );
    }
}

#[test]
fn a_pack_with_a_fault_is_left_out_and_the_others_stay() {
    let bad = folder(&[
        ("pack.json", head().to_string()),
        ("questions.json", questions(&[with(&sound("typed"), &json!({ "topic": "x" })).to_string()])),
    ]);
    let good = folder(&[("pack.json", with(&head(), &json!({ "id": "good" })).to_string())]);
    let loaded = load(&[bad, good], day("2026-11-23"));
    let ids: Vec<&str> = loaded.library.packs().iter().map(|pack| pack.id.as_str()).collect();
    assert_eq!(ids, ["article", "aws-today", "cloud-practitioner", "good", facts::PACK]);
    assert_eq!(loaded.diagnostics.len(), 1);
}

#[test]
fn a_pack_id_that_is_taken_is_a_fault() {
    for taken in ["article", facts::PACK] {
        let file = ("pack.json", with(&head(), &json!({ "id": taken })).to_string());
        let loaded = load(&[folder(&[file])], day("2026-11-23"));
        let [diagnostic] = &loaded.diagnostics[..] else { panic!("{}", said(&loaded.diagnostics)) };
        assert!(diagnostic.message.contains(taken), "{diagnostic}");
        assert_eq!(loaded.library.packs().len(), load(&[], day("2026-11-23")).library.packs().len());
    }
}

#[test]
fn a_question_takes_its_packs_credentials_unless_it_names_its_own() {
    let own = json!({ "id": "mine/two", "credentials": ["aws-cloud-practitioner"] });
    let asked = [sound("typed").to_string(), with(&sound("number"), &own).to_string()];
    let files = [("pack.json", head().to_string()), ("questions.json", questions(&asked))];
    let loaded = load(&[folder(&files)], day("2026-11-23"));
    let pack = loaded.library.find_pack("mine").unwrap();
    let credentials: Vec<&str> = pack.questions.iter().map(|q| q.credentials[0].as_str()).collect();
    assert_eq!(credentials, ["aws-security-specialty", "aws-cloud-practitioner"]);
}

#[test]
fn what_a_terminal_would_obey_is_gone_once_a_pack_is_read() {
    let escape = "\u{1b}[31m\u{9b}32m\u{202e}\u{7f}\u{8}";
    let all = json!({ "stem": escape, "hint": escape, "rationale": escape, "source": escape });
    for kind in KINDS {
        let texts = [format!("a{escape}"), format!("b{escape}"), format!("c{escape}")];
        let answer = match kind {
            "one-of" => json!({ "choices": texts, "typed": texts }),
            "any-of" => json!({ "choices": texts }),
            "typed" => json!({ "accepted": texts }),
            "number" => json!({ "unit": escape }),
            "order" => json!({ "items": texts }),
            _ => json!({}),
        };
        let pack = json!({ "title": escape, "description": escape, "licence": escape, "source": escape });
        let question = with(&with(&sound(kind), &all), &answer);
        let files =
            [("pack.json", with(&head(), &pack).to_string()), ("q.json", questions(&[question.to_string()]))];
        let loaded = check(&[folder(&files)]);
        assert_eq!(loaded.diagnostics, [], "{}", said(&loaded.diagnostics));
        let pack = loaded.library.find_pack("mine").unwrap();
        let shown = format!("{}{}{:?}", pack.title, pack.description, pack);
        let is_harmful = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        // Debug output writes a control character as an escape of its own.
        for form in ["\\u{1b}", "\\u{9b}", "\\u{7f}", "\\u{8}", "\\u{202e}"] {
            assert!(!shown.contains(form), "{form} in {shown}");
        }
        assert!(!shown.contains(is_harmful), "{shown}");
    }
}

#[test]
fn a_catalog_with_faults_lists_them_and_is_left_out() {
    let shipped = folder::shipped();
    let text = &shipped.iter().find_map(|folder| folder.catalog()).unwrap().text;
    let mut catalog: Value = serde_json::from_str(text).unwrap();
    catalog["credentials"][0]["tier"] = json!("nonsense");
    catalog["credentials"][1]["successor"] = json!("aws-nonsense");
    catalog["credentials"][2]["fees"] = json!(7);
    catalog["credentials"][3]["offered"]["checked"] = json!("2026-02-30");
    let id = catalog["credentials"][5]["id"].clone();
    catalog["credentials"][4]["id"] = id;
    let diagnostics = check(&[folder(&[("catalog.json", catalog.to_string())])]).diagnostics;
    for word in ["\"nonsense\"", "\"aws-nonsense\"", "\"fees\"", "2026-02-30", "another credential"] {
        let diagnostic = diagnostics.iter().find(|diagnostic| diagnostic.message.contains(word));
        assert!(
            diagnostic.is_some_and(|f| f.place.file == "mine/catalog.json"),
            "{word}: {}",
            said(&diagnostics)
        );
    }
    for changed in [json!({ "format": 2 }), json!({ "tiers": null }), json!({ "nonsense": 1 })] {
        let sound: Value = serde_json::from_str(text).unwrap();
        let file = ("catalog.json", with(&sound, &changed).to_string());
        assert_ne!(check(&[folder(&[file])]).diagnostics, [], "{changed}");
    }
}

/// The faults of the smallest catalog with other keys; of its credential other keys in turn.
fn faults_of_catalog(changes: &Value, of_credential: &Value) -> String {
    let thing = json!({ "id": "a", "name": "A", "plural": "As" });
    let tier = with(&thing, &json!({ "id": "low", "name": "Low", "family": "a", "frame": "round" }));
    let art = ["   ", "   ", "   "];
    let credential = with(
        &json!({ "id": "one", "name": "One", "short": "ONE", "tier": "low", "field": "a", "offered": {} }),
        of_credential,
    );
    let catalog = with(
        &json!({
            "format": 1, "id": "mine", "issuer": "Me", "short": "Me", "title": "Mine", "families": [thing],
            "tiers": [tier], "fields": [{ "id": "a", "name": "A", "picture": art, "ascii": art }],
            "roles": [], "path": [], "credentials": [credential],
        }),
        changes,
    );
    said(&check(&[folder(&[("catalog.json", catalog.to_string())])]).diagnostics)
}

#[test]
fn what_a_catalogs_questions_offer_can_be_read_and_told_apart() {
    let none = json!({});
    assert_eq!(faults_of_catalog(&none, &none), "");
    let tier = |id, name| json!({ "id": id, "name": name, "plural": "x", "family": "a", "frame": "round" });
    let step = |title| json!({ "step": 1, "title": title, "needs": "all", "from": { "tier": "low" } });
    for (changes, word) in [
        (
            json!({ "tiers": [tier("low", "Low"), tier("high", "LOW")] }),
            "more than one tier has the name \"LOW\"",
        ),
        (
            json!({ "tiers": [tier("low", "Low"), tier("low", "High")] }),
            "more than one tier has the id \"low\"",
        ),
        (json!({ "tiers": [tier("low", "\u{200b}")] }), "a tier has the name \"\""),
        (json!({ "path": [step("Up"), step("up ")] }), "more than one step has the title"),
    ] {
        assert!(faults_of_catalog(&changes, &none).contains(word), "{}", faults_of_catalog(&changes, &none));
    }
    let topics = json!({ "topics": [{ "name": "Sea" }, { "name": "Sea" }] });
    assert!(faults_of_catalog(&none, &topics).contains("more than one topic has the name \"Sea\""));
}

#[test]
fn a_credentials_id_that_a_terminal_would_obey_is_a_fault() {
    for id in ["", " ", "o\u{1b}[2Jne", "one\u{202e}", "on\u{200b}e"] {
        let diagnostics = faults_of_catalog(&json!({}), &json!({ "id": id }));
        assert!(
            diagnostics.contains("is empty or holds characters that are not shown"),
            "{id:?}: {diagnostics}"
        );
    }
}

#[test]
fn the_shipped_packs_have_no_faults() {
    let shipped = folder::shipped();
    let loaded = check(&shipped);
    assert_eq!(loaded.diagnostics, [], "{}", said(&loaded.diagnostics));
    let written: usize = loaded.library.packs().iter().map(|p| p.questions.len()).sum();
    assert_eq!(loaded.questions_read, written);
    for text in DAYS {
        let loaded = load(&[], day(text));
        assert_eq!(loaded.diagnostics, [], "on {text}");
    }
}

#[test]
fn a_shipped_stem_stands_only_once_on_any_day() {
    for text in DAYS {
        let loaded = load(&[], day(text));
        assert_eq!(repeated_stems(&loaded.library), [], "on {text}");
        let mut ids = BTreeSet::new();
        for question in loaded.library.questions() {
            assert!(ids.insert(&question.id), "{} appears twice on {text}", question.id);
        }
    }
}

#[test]
fn a_shipped_stem_is_not_another_one_in_other_dress() {
    let loaded = load(&[], day("2026-11-23"));
    let mut bare: BTreeMap<String, &QuestionId> = BTreeMap::new();
    for question in loaded.library.questions() {
        let words = question.stem.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        if let Some(other) = bare.insert(words.collect(), &question.id) {
            panic!("{other} and {} ask the same", question.id);
        }
    }
}

#[test]
fn the_articles_pack_knows_its_35_facts() {
    let loaded = load(&[], day("2020-01-15"));
    let facts: Vec<String> = written(&loaded.library).facts.iter().map(|fact| fact.id.clone()).collect();
    let expected: Vec<String> = (1..=35).map(|number| format!("F{number:02}")).collect();
    assert_eq!(facts, expected);
}

#[test]
fn every_fact_of_the_article_is_asked_at_least_twice() {
    let loaded = load(&[], day("2020-01-15"));
    let pack = written(&loaded.library);
    for fact in &pack.facts {
        let asking: Vec<&Question> = pack.questions.iter().filter(|q| q.facts.contains(&fact.id)).collect();
        assert!(asking.len() >= 2, "{} is asked {} times: {}", fact.id, asking.len(), fact.text);
    }
}

#[test]
fn there_are_at_least_70_written_questions_of_all_six_kinds() {
    let loaded = load(&[], day("2020-01-15"));
    let pack = written(&loaded.library);
    assert!(pack.questions.len() >= 70, "{}", pack.questions.len());
    for form in [Form::OneOf, Form::AnyOf, Form::TrueFalse, Form::Typed, Form::Number, Form::Order] {
        let number = pack.questions.iter().filter(|q| q.form() == form).count();
        assert!(number >= 2, "{number} of {}", form.name());
    }
    for topic in &pack.topics {
        assert!(pack.questions.iter().any(|q| q.topic == topic.id), "nothing is asked of {}", topic.id);
    }
}

#[test]
fn every_written_question_teaches_and_says_where_it_is_from() {
    let loaded = load(&[], day("2020-01-15"));
    for question in &written(&loaded.library).questions {
        let id = &question.id;
        let rationale = question.rationale.as_deref().unwrap_or_default();
        assert!(rationale.split_whitespace().count() >= 5, "{id}: {rationale:?}");
        assert!(question.source.as_deref().is_some_and(|source| !source.trim().is_empty()), "{id}");
        assert!(question.checked.is_some(), "{id}");
        assert!(!question.facts.is_empty(), "{id} asks no fact");
        assert!(!question.credentials.is_empty(), "{id} belongs to no credential");
    }
}

#[test]
fn every_question_of_the_catalogs_teaches_and_says_where_it_is_from() {
    for text in DAYS {
        let loaded = load(&[], day(text));
        let pack = loaded.library.find_pack(facts::PACK).unwrap();
        assert!(!pack.questions.is_empty(), "on {text}");
        for question in &pack.questions {
            assert!(question.rationale.as_ref().is_some_and(|r| !r.is_empty()), "{} on {text}", question.id);
            assert!(question.source.as_ref().is_some_and(|s| !s.is_empty()), "{} on {text}", question.id);
            assert!(pack.topics.iter().any(|topic| topic.id == question.topic), "{}", question.id);
        }
    }
}

#[test]
fn an_any_of_question_says_how_many_unless_it_asks_for_all() {
    let loaded = load(&[], day("2020-01-15"));
    let numbers = ["", "one", "two", "three", "four", "five", "six", "seven", "eight"];
    for question in loaded.library.questions() {
        let Kind::AnyOf { choices, keys, size_stated, .. } = &question.kind else { continue };
        assert!(keys.len() < choices.len(), "{}", question.id);
        let stem = question.stem.to_lowercase();
        let stated = stem.contains(numbers[keys.len()]) || stem.contains(&keys.len().to_string());
        assert!(!size_stated || stated, "{} does not say {}: {stem}", question.id, numbers[keys.len()]);
    }
}

#[test]
fn the_articles_own_slip_is_a_question_and_honestly_told() {
    let loaded = load(&[], day("2020-01-15"));
    let asks = |q: &&Question| q.facts.iter().any(|fact| fact == "F14");
    let slips: Vec<&Question> = written(&loaded.library).questions.iter().filter(asks).collect();
    let told = slips.iter().filter(|q| {
        let rationale = q.rationale.as_deref().unwrap_or_default().to_lowercase();
        rationale.contains("three") && rationale.contains("four")
    });
    assert!(told.count() >= 1, "{slips:?}");
}

#[test]
fn every_credential_of_the_article_is_asked_about_on_its_day() {
    let loaded = load(&[], day("2020-01-15"));
    let ids: Vec<&CredentialId> = loaded.library.catalogs().credentials().map(|c| &c.id).collect();
    let asked = |pack: &str, id: &CredentialId| {
        loaded.library.questions_of(id).filter(|q| q.id.pack() == pack).count()
    };
    let credentials = &written(&loaded.library).credentials;
    assert_eq!(credentials.len(), 15);
    for id in ids.into_iter().filter(|id| credentials.contains(id)) {
        assert!(asked("article", id) >= 2, "{id}");
        assert!(asked(facts::PACK, id) >= 2, "{id}");
    }
}
