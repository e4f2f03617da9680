//! Properties of fixes: a valid pack that was written carelessly comes back, and nothing ever becomes worse.

use badgedex_domain::catalog::CredentialId;
use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::tests::{HEAD, drafts, folder_of};
use super::*;
use crate::pack_reader;
use badgedex_domain::question::{Pack, Question};

/// A sound question of a kind.
fn sound(kind: usize, number: usize) -> Value {
    let answer = match kind {
        0 => {
            json!({ "kind": "one-of", "choices": ["Ant", "Bee", "Cat"], "key": "C", "typed": ["cat", "Feline"] })
        }
        1 => json!({ "kind": "any-of", "choices": ["Ant", "Bee", "Cat"], "keys": ["A", "C"] }),
        2 => json!({ "kind": "true-false", "key": false }),
        3 => json!({ "kind": "typed", "accepted": ["Bee", "a \"bee\" \\ é"] }),
        4 => json!({ "kind": "number", "value": 3, "unit": "years" }),
        5 => json!({ "kind": "order", "items": ["Ant", "Bee"] }),
        _ => json!({ "kind": "reveal", "answer": " A bee,\n it hums, " }),
    };
    let mut question = json!({
        "id": format!("mine/old-{number}"), "topic": "only", "stem": format!("What, \u{1F41D} or ]{{ no {number}?"),
        "checked": "2026-11-09", "credentials": ["aws-cloud-practitioner"],
    });
    question.as_object_mut().unwrap().extend(answer.as_object().unwrap().clone());
    question
}

/// Writes one thing of a question carelessly, where it has it.
fn spoil(question: &mut Value, way: usize) {
    let id = question["id"].as_str().unwrap_or_default().to_owned();
    let key = question["key"].clone();
    match way {
        10 if question["value"].is_number() => question["value"] = json!(question["value"].to_string()),
        0 => drop(question.as_object_mut().unwrap().remove("id")),
        1 => question["id"] = json!(id.trim_start_matches("mine/")),
        2 => question["id"] = json!(id.to_uppercase().replace('-', "_")),
        3 if key.is_string() => question["key"] = json!(key.as_str().unwrap().to_lowercase()),
        3 if question["keys"].is_array() => question["keys"] = json!(["c", "A"]),
        4 if key.is_boolean() => question["key"] = json!(key.to_string()),
        4 if question["choices"].is_array() && key.is_string() => question["key"] = json!(3),
        5 if question["accepted"].is_array() => {
            question["accepted"] = json!(["Bee", " BEE ", "a \"bee\" \\ é", "A \"Bee\" \\ É"])
        }
        5 if question["typed"].is_array() => question["typed"] = json!(["cat", "CAT", "Feline"]),
        6 => question["checked"] = json!("Nov 9, 2026"),
        7 => question["stem"] = json!(format!("\t {} \n", question["stem"].as_str().unwrap().trim())),
        8 => question["credentials"] = json!(["clf"]),
        9 if question["items"].is_array() => question["items"] = json!(["Ant ", " Bee"]),
        _ => {}
    }
}

/// Writes a file carelessly.
fn careless(text: &str, ways: &[bool; 6]) -> String {
    let mut text = text.to_owned();
    if ways[0] {
        text =
            text.replace("\"]", "\",]").replace("}\n", "} ,\n").trim_end_matches([',', ' ', '\n']).to_owned();
    }
    if ways[5] {
        text =
            text.replace("\"topic\"", "“topic”").replace("\"only\"", "„only“").replace(": false", ": False");
    }
    if ways[1] {
        text = text.replace('\n', " \t\n");
    }
    if ways[2] {
        text = text.replace('\n', "\r\n");
    }
    if ways[3] {
        text = text.trim_end().to_owned();
    }
    if ways[4] { format!("\u{feff}{text}") } else { text }
}

fn written(questions: &[Value], is_compact: bool) -> String {
    let file = json!({ "format": 1, "pack": "mine", "questions": questions });
    match is_compact {
        true => file.to_string() + "\n",
        false => serde_json::to_string_pretty(&file).unwrap() + "\n",
    }
}

fn read(folder: &Folder) -> Pack {
    let known: BTreeSet<CredentialId> = [CredentialId::new("aws-cloud-practitioner")].into();
    pack_reader::read(folder, &known).unwrap().pack.unwrap_or_else(|diagnostics| panic!("{diagnostics:#?}"))
}

/// What questions mean, without their ids.
fn meant(pack: Pack) -> Vec<Question> {
    let bare = |mut question: Question| {
        question.id = badgedex_domain::question::QuestionId::new("");
        question.stem = question.stem.trim().to_owned();
        question
    };
    pack.questions.into_iter().map(bare).collect()
}

/// The folder with its drafts.
fn settled(folder: &Folder) -> Folder {
    let mut settled = folder.clone();
    for draft in drafts(folder) {
        let file = settled.files.iter_mut().find(|file| file.label == draft.label).unwrap();
        assert!(!draft.fixes.is_empty() && file.text != draft.text, "{:?}", draft.fixes);
        file.text = draft.text;
    }
    settled
}

proptest! {
    #[test]
    fn a_pack_that_was_written_carelessly_means_the_same_once_it_is_fixed(
        kinds in prop::collection::vec((0..7_usize, prop::collection::vec(0..11_usize, 0..4)), 1..6),
        is_compact: bool,
        ways: [bool; 6],
    ) {
        let questions: Vec<Value> =
            kinds.iter().enumerate().map(|(number, (kind, _))| sound(*kind, number)).collect();
        let sound = folder_of(HEAD, &[written(&questions, is_compact)]);
        prop_assert!(drafts(&sound).is_empty());
        let mut spoiled = questions;
        for (question, (_, spoils)) in spoiled.iter_mut().zip(&kinds) {
            spoils.iter().for_each(|way| spoil(question, *way));
        }
        let spoiled = folder_of(HEAD, &[careless(&written(&spoiled, is_compact), &ways)]);
        let settled = settled(&spoiled);
        prop_assert_eq!(meant(read(&settled)), meant(read(&sound)));
        prop_assert!(drafts(&settled).is_empty(), "a second time does nothing");
    }

    #[test]
    fn whatever_a_file_holds_a_second_mending_does_nothing(
        kinds in prop::collection::vec((0..7_usize, prop::collection::vec(0..11_usize, 0..4)), 1..4),
        ways: [bool; 6],
        damage in prop::collection::vec((any::<prop::sample::Index>(), "[ ,\\[\\]{}\":\\\\\n\ra1é]{0,2}", 0..3_usize), 0..4),
    ) {
        let mut questions: Vec<Value> =
            kinds.iter().enumerate().map(|(number, (kind, _))| sound(*kind, number)).collect();
        for (question, (_, spoils)) in questions.iter_mut().zip(&kinds) {
            spoils.iter().for_each(|way| spoil(question, *way));
        }
        let mut text: Vec<char> = careless(&written(&questions, false), &ways).chars().collect();
        for (at, put, taken) in damage {
            let at = at.index(text.len());
            text.splice(at..(at + taken).min(text.len()), put.chars());
        }
        let folder = folder_of(HEAD, &[text.into_iter().collect()]);
        let settled = settled(&folder);
        prop_assert!(drafts(&settled).is_empty(), "{}", settled.files[1].text);
    }

    #[test]
    fn nothing_that_is_no_file_of_questions_is_touched_wrongly(text in "\\PC{0,40}|[ ,\\[\\]{}\":\n\r1a]{0,20}") {
        let folder = folder_of(&text, std::slice::from_ref(&text));
        let settled = settled(&folder);
        prop_assert!(drafts(&settled).is_empty());
    }
}
