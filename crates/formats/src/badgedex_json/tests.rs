//! Our own JSON: what comes in again, and what each refusal says.

use proptest::prelude::*;

use super::*;
use crate::write::{json, strategies};
use badgedex_domain::question::Kind;

fn refusal(text: &str) -> String {
    read(text).expect_err(text).to_string()
}

#[test]
fn the_questions_of_a_document_come_in_with_all_that_they_say() {
    let kind = Kind::OneOf {
        choices: vec!["Bow".into(), "Stern".into()],
        key: 1,
        typed: vec!["the stern".into()],
        shuffle: false,
    };
    let question = Question {
        hint: Some("Not the front.".into()),
        rationale: Some("It is the back.".into()),
        source: Some("A ship".into()),
        checked: Some("2026-11-01".parse().unwrap()),
        ..strategies::question("back", "Where is the back?", kind.clone())
    };
    let contents = read(&json::write(&strategies::pack_of(vec![question.clone()])).text).unwrap();
    assert_eq!(
        (contents.title.as_deref(), &contents.refusals[..], &contents.notes[..]),
        (Some("Mine"), &[][..], &[][..])
    );
    let found = &contents.questions[0];
    assert_eq!((&found.kind, found.own_id.as_deref()), (&kind, Some("mine/back")));
    assert_eq!((&found.hint, &found.rationale), (&question.hint, &question.rationale));
    assert_eq!(
        (&found.source, found.checked, &found.topic[..]),
        (&question.source, question.checked, &["Ropes / knots".to_owned()][..])
    );
}

#[test]
fn a_file_of_questions_is_read_and_what_belongs_to_its_pack_is_left_out() {
    let text = r#"{ "format": 1, "pack": "sea", "questions": [
        { "id": "sea/a", "topic": "t", "kind": "true-false", "stem": "Wet?", "key": true, "facts": ["wet"] }
    ] }"#;
    let contents = read(text).unwrap();
    assert_eq!((contents.questions.len(), contents.questions[0].line), (1, 2));
    assert_eq!(
        (&contents.questions[0].topic[..], &contents.notes[..]),
        (&["t".to_owned()][..], &[WITHOUT.to_owned()][..])
    );
}

#[test]
fn a_bad_question_costs_itself_only_and_has_its_line() {
    let text = "{ \"format\": 1, \"questions\": [\n\
        { \"stem\": \"Sound?\",\n \"kind\": \"true-false\", \"key\": true },\n\
        { \"stem\": \"Which?\", \"kind\": \"one-of\", \"choices\": [\"a\", \"b\"], \"key\": \"C\" },\n\
        7,\n\
        { \"stem\": \"What?\", \"kind\": \"essay\" }\n] }";
    let contents = read(text).unwrap();
    assert_eq!(contents.questions.len(), 1, "{contents:?}");
    let refused: Vec<(usize, &str)> =
        contents.refusals.iter().map(|r| (r.line, r.excerpt.as_str())).collect();
    assert_eq!(refused, [(4, "Which?"), (5, ""), (6, "What?")]);
    assert!(contents.refusals.iter().all(|refused| !refused.reason.to_string().is_empty()), "{contents:?}");
}

#[test]
fn what_is_no_document_says_what_to_do() {
    for (text, part) in [
        (r#"{ "format": 1, "id": "a", "topics": [{ "id": "t", "name": "T" }] }"#, "badgedex pack add FOLDER"),
        (r#"{ "name": "x" }"#, "it has no \"questions\""),
        (r#"{ "format": 2, "questions": [] }"#, "its format is not 1"),
        ("{ \"format\": 1,\n \"questions\": [", "line 2"),
        ("{ \"questions\": 7 }", "a list in square brackets"),
    ] {
        assert!(refusal(text).contains(part), "{text}: {}", refusal(text));
    }
}

proptest! {
    #[test]
    fn what_was_exported_comes_in_as_it_was(questions in strategies::questions()) {
        let written = json::write(&strategies::pack_of(questions.clone()));
        let contents = read(&written.text).unwrap();
        prop_assert_eq!(&contents.refusals, &[], "{}", written.text);
        prop_assert_eq!(contents.questions.len(), questions.len());
        for (found, question) in contents.questions.iter().zip(&questions) {
            // The gate shows a tab as a blank.
            let shown = |kind: Kind, texts: [&Option<String>; 2]| {
                format!("{kind:?} {texts:?}").replace("\\t", " ")
            };
            let stem = |stem: &str| Some(stem.to_owned());
            prop_assert_eq!(
                shown(found.kind.clone(), [&stem(&found.stem), &found.rationale]),
                shown(question.kind.clone(), [&stem(&question.stem), &question.rationale])
            );
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "[{}\\[\\]\":,a-z0-9é\n ]{0,80}") {
        let _ = read(&text);
        let _ = read(&format!("{{\"questions\":[{text}]}}"));
    }
}

#[test]
fn a_key_that_stands_twice_is_refused_and_does_not_pass_as_its_last() {
    let text = r#"{ "format": 1, "questions": [
        { "id": "a/x", "topic": "t", "kind": "one-of", "stem": "Which?", "choices": ["a", "b"], "key": "A", "key": "B" }
    ] }"#;
    let contents = read(text).unwrap();
    assert_eq!(
        (contents.questions.len(), contents.refusals[0].reason.to_string().as_str()),
        (0, "it has the same key twice")
    );
}
