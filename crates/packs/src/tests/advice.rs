//! What errors of content say: where, and what to write instead.

use super::*;

/// The one error of a question with these changes: its column in the line, and its sentence.
#[track_caller]
fn told(kind: &str, changes: &Value) -> (usize, String) {
    let question = with(&sound(kind), changes).to_string();
    let diagnostics = faults_of(&head(), std::slice::from_ref(&question));
    let [diagnostic] = &diagnostics[..] else { panic!("{}\nin {question}", said(&diagnostics)) };
    (diagnostic.place.column().unwrap() - 1, diagnostic.message.clone())
}

#[test]
fn a_fault_of_content_says_what_to_write() {
    for (kind, changes, sentence) in [
        (
            "one-of",
            json!({ "key": "b" }),
            "key \"b\" names no choice: write \"B\", or let pack check --fix do it",
        ),
        ("one-of", json!({ "key": "bee " }), "key \"bee \" names no choice: write \"B\", its letter"),
        ("one-of", json!({ "key": "E" }), "key \"E\" names no choice: write a letter from A to C"),
        (
            "one-of",
            json!({ "choices": ["b", "a"], "key": "a" }),
            "key \"a\" names no choice: write a letter from A to B",
        ),
        (
            "one-of",
            json!({ "key": 1 }),
            "the key is the letter of a choice, not 1: write \"A\" for the first choice, \"B\" for the second",
        ),
        (
            "any-of",
            json!({ "keys": [1, 2] }),
            "the key is the letter of a choice, not 1: write \"A\" for the first choice, \"B\" for the second",
        ),
        (
            "one-of",
            json!({ "key": null, "answer": "B" }),
            "\"answer\" is called \"key\" in a question of this kind: rename it; write \"A\" for the first choice, \"B\" for the second",
        ),
        (
            "one-of",
            json!({ "key": null, "keys": ["B"] }),
            "\"keys\" is called \"key\" in a question of this kind: rename it; write \"A\" for the first choice, \"B\" for the second",
        ),
        (
            "typed",
            json!({ "accepted": null, "answer": "x" }),
            "\"answer\" is called \"accepted\" in a question of this kind: rename it",
        ),
        (
            "number",
            json!({ "value": null, "answer": "x" }),
            "\"answer\" is called \"value\" in a question of this kind: rename it",
        ),
        ("typed", json!({ "topic": "onyl" }), "the pack has no topic \"onyl\": did you mean \"only\"?"),
        (
            "typed",
            json!({ "topic": "The only topic" }),
            "the pack has no topic \"The only topic\": did you mean \"only\"?",
        ),
        ("typed", json!({ "topic": "moons" }), "the pack has no topic \"moons\": write \"only\""),
        ("typed", json!({ "topic": null }), "\"topic\" is missing: write \"only\""),
        ("typed", json!({ "id": "one" }), "an id begins with that of its pack: write the id \"mine/one\""),
        (
            "typed",
            json!({ "id": "mien/One" }),
            "an id begins with that of its pack: write the id \"mine/one\"",
        ),
        (
            "typed",
            json!({ "id": "mine/größte Zahl" }),
            "after \"mine/\" come a to z, 0 to 9 and hyphens: write the id \"mine/grosste-zahl\"",
        ),
        ("typed", json!({ "kind": "typd" }), "\"typd\" is not valid here: did you mean \"typed\"?"),
        (
            "one-of",
            json!({ "kind": "multiple-choice" }),
            "\"multiple-choice\" is not valid here: did you mean \"one-of\"?",
        ),
        (
            "typed",
            json!({ "checked": "2026-11-31" }),
            "there is no day 2026-11-31: write one that is in the calendar",
        ),
        (
            "one-of",
            json!({ "reasons": ["Small.", "Right."] }),
            "\"reasons\" has 2, and there are 3 choices: write one for each",
        ),
        (
            "one-of",
            json!({ "reasons": ["Small.", " ", "Large."] }),
            "the reason of choice B is empty: write it",
        ),
        (
            "typed",
            json!({ "reasons": ["Small."] }),
            "\"reasons\" means nothing in a question of this kind: take it out",
        ),
        ("typed", json!({ "level": 4 }), "level 4 does not exist: write 1, 2 or 3"),
        (
            "typed",
            json!({ "form": "Form A" }),
            "a form is named by a to z, 0 to 9 and hyphens: write \"a\" or \"b\"",
        ),
        ("typed", json!({ "checked": "soon" }), "\"soon\" is not a date: write YYYY-MM-DD"),
        ("number", json!({ "value": "three" }), "expected a number, found the text \"three\""),
        (
            "typed",
            json!({ "accepted": "bee" }),
            "expected a list in square brackets, found the text \"bee\": write [\"bee\"], or let pack check --fix do it",
        ),
        ("one-of", json!({ "changed": [] }), "expected an object in braces, found a list: write { and keys"),
    ] {
        assert_eq!(told(kind, &changes).1, sentence, "{changes}");
    }
}

#[test]
fn a_value_of_the_wrong_sort_is_pointed_at_where_it_begins() {
    for (kind, changes, part) in [
        ("typed", json!({ "kind": "typd" }), "\"typd\""),
        ("number", json!({ "value": "three" }), "\"three\""),
        ("typed", json!({ "accepted": "bees" }), "\"bees\""),
        ("one-of", json!({ "choices": ["Ant", true, "Cat"] }), "true"),
    ] {
        let question = with(&sound(kind), &changes).to_string();
        let (column, problem) = told(kind, &changes);
        assert!(question[column..].starts_with(part), "{question}\n{column}: {problem}");
    }
}

#[test]
fn topics_are_named_up_to_some() {
    let topic = |n: usize| json!({ "id": format!("t{n}"), "name": "n" });
    let question = |id: usize| with(&sound("typed"), &json!({ "topic": "x", "id": format!("mine/{id}") }));
    let facts = json!([]);
    for (number, word) in [(0, "write a topic into"), (2, "write \"t0\" or \"t1\""), (9, "or another one of")]
    {
        let topics: Vec<Value> = (0..number).map(topic).collect();
        let head = with(&head(), &json!({ "topics": topics, "facts": facts }));
        let diagnostics = faults_of(&head, &[question(number).to_string()]);
        assert!(diagnostics[0].message.contains(word), "{}", said(&diagnostics));
    }
}

#[test]
fn files_that_contradict_their_head_are_told_what_to_write() {
    let file = json!({ "format": 1, "pack": "mien", "questions": [] });
    let files = [("pack.json", head().to_string()), ("q.json", file.to_string())];
    let diagnostics = check(&[folder(&files)]).diagnostics;
    assert_eq!(
        diagnostics[0].message,
        "the file says pack \"mien\", and pack.json beside it says \"mine\": write \"mine\""
    );
    let diagnostics = faults_of(&with(&head(), &json!({ "id": "My Pläne" })), &[]);
    assert!(diagnostics[0].message.ends_with("hyphens: write \"my-plane\""), "{}", said(&diagnostics));
}

#[test]
fn a_list_for_a_file_is_no_matter_of_the_program() {
    for text in ["[]", "[{}]", "[1]"] {
        let diagnostics =
            check(&[folder(&[("pack.json", head().to_string()), ("q.json", text.to_owned())])]).diagnostics;
        assert_eq!(
            diagnostics[0].to_string(),
            "mine/q.json:1:1: expected an object in braces, found a list: write { \"format\": 1, \"pack\": \"mine\", \"questions\": before it and } after it"
        );
    }
}
