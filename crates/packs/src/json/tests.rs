//! Errors of a text, with their places; and the tree in which they are found.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::*;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ship<'a> {
    name: String,
    #[serde(default)]
    masts: u8,
    length: Option<f64>,
    rig: Option<Rig>,
    owner: Option<Owner>,
    accepted: Option<Vec<String>>,
    #[serde(borrow)]
    cargo: Option<Verbatim<'a>>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Rig {
    Square,
    Crew(Vec<String>),
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(untagged, expecting = "the owner is a name or a number")]
enum Owner {
    Name(String),
    Number(u32),
}

/// A value as it is written.
#[derive(Debug, Deserialize)]
struct Verbatim<'a>(#[serde(borrow)] &'a RawValue);

impl PartialEq for Verbatim<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.get() == other.0.get()
    }
}

#[test]
fn a_value_that_does_not_belong_is_named_with_its_place() {
    for (marked, sentence) in [
        ("{ \"name\": \"Ann\", \"masts\": ¦\"two\" }", "expected a whole number, found the text \"two\""),
        ("{ \"name\": ¦[1] }", "expected a text in quotation marks, found a list"),
        ("{ \"name\": \"Ann\", \"masts\": ¦256 }", "expected a whole number, found the number 256"),
        ("{ \"name\": \"Ann\", \"length\": ¦{} }", "expected a number, found an object"),
        ("{ \"name\": \"Ann\", \"length\": ¦1e999 }", "expected a smaller number, found the number 1e999"),
        (
            "{ \"name\": \"Ann\", \"rig\": { \"crew\": [\"a\", ¦1] } }",
            "expected a text in quotation marks, found the number 1",
        ),
        (
            "{ \"name\": \"Ann\", \"rig\": ¦\"squar\" }",
            "\"squar\" is not valid here: did you mean \"square\"?",
        ),
        ("{ \"name\": \"Ann\", \"rig\": ¦\"x\" }", "\"x\" is not valid here: write \"square\" or \"crew\""),
        ("{ \"name\": \"Ann\", \"rig\": ¦{} }", "expected an object with one key, found an object"),
        ("{ \"name\": \"Ann\", \"owner\": ¦[] }", "the owner is a name or a number"),
        (
            "{ \"name\": \"Ann\", \"accepted\": ¦\"bee\" }",
            "expected a list in square brackets, found the text \"bee\": write [\"bee\"], or let pack check --fix do it",
        ),
        ("{ \"name\": ¦\"\\ud800\" }", "this is half of a character: write the character itself"),
        ("{ ¦\"nam\": \"Ann\" }", "unknown key \"nam\": did you mean \"name\"?"),
        ("{ \"name\": \"Ann\", ¦\"color\": 1 }", "unknown key \"color\": remove it"),
        ("{ \"name\": \"Ann\", ¦\"\\u006eame\": \"Bo\" }", "\"name\" appears twice: remove one"),
        ("¦{ \"masts\": 2 }", "\"name\" is missing: write it"),
        ("¦{ \"cargo\": [1] }", "\"name\" is missing: write it"),
        ("¦[]", "expected an object in braces, found a list: write { and keys"),
    ] {
        let (at, text) = (marked.find('¦').unwrap(), marked.replace('¦', ""));
        let error = read::<Ship>(&text, Position::START).unwrap_err();
        assert_eq!((error.at, error.sentence.as_str()), (at, sentence), "{text}");
        assert!(error.shape.is_some() && !error.is_fixable);
    }
}

#[test]
fn the_tree_reads_what_serde_json_reads() {
    let text = r#"{ "name": "A\u0041", "masts": 3, "length": 12.5, "rig": { "crew": ["b"] }, "owner": 7, "cargo": [ 1 ] }"#;
    let root = parse(text).root.unwrap();
    let (fast, slow): (Ship, Ship) = (serde_json::from_str(text).unwrap(), Ship::deserialize(&root).unwrap());
    assert_eq!(fast, slow);
}

#[test]
fn a_text_that_is_not_json_is_told_its_mistake_before_anything_else() {
    let error = read::<Ship>("{ \"nam\": \"Ann\" ¦}", Position { line: 3, column: 5 }).unwrap_err();
    assert_eq!((error.position, error.shape), (Position { line: 3, column: 20 }, None));
    assert!(read::<Ship>("{ \"name\": True, }", Position::START).unwrap_err().is_fixable);
}

#[test]
fn a_node_knows_its_place_in_the_whole() {
    let text = "\n { \"a\" : [ 1, \"x\\n\" ] ,\"b\":{ } } ";
    let root = parse(text).root.unwrap();
    let list = root.get("a").unwrap().items().unwrap();
    assert_eq!(&text[list[1].range()], "\"x\\n\"");
    assert_eq!(list[1].string().as_deref(), Some("x\n"));
    assert_eq!(&text[root.members().unwrap()[1].key.range()], "\"b\"");
    assert!(root.get("c").is_none() && list[0].string().is_none() && list[0].items().is_none());
}

#[test]
fn what_can_be_fixed_in_one_way_is_read_for_what_it_means() {
    let text = "{ “a”: [True, None, „x y“,], }";
    let Parsed { root, errors } = parse(text);
    let root = root.unwrap();
    let list = root.get("a").unwrap().items().unwrap();
    let json: Vec<_> = list.iter().map(Node::json).collect();
    assert_eq!((json, errors.len()), (vec!["true".into(), "null".into(), "\"x y\"".into()], 6));
    assert_eq!(list[2].string().as_deref(), Some("x y"));
}

#[test]
fn what_is_not_json_has_no_tree_and_keys_that_stand_twice_are_seen() {
    for text in ["", "{", "{} {}", "\"a\nb\""] {
        assert!(parse(text).root.is_none(), "{text}");
    }
    for text in ["7", "[1]", "null", "{\"a\": 1, \"\\u0061\": 2}"] {
        assert!(!parse(text).root.unwrap().has_unique_keys(), "{text}");
    }
}

#[test]
fn a_key_is_where_it_is_written_and_not_where_a_text_says_the_same() {
    let text = "{ \"a\" : \"b\",\n  \"b\":{\"c\": null} }";
    for (key, at) in [("a", 2), ("b", 15), ("c", 0)] {
        assert_eq!(key_offset(text, key), at, "{key}");
    }
    for text in ["", "{", "null", "7", "{\"a\"}"] {
        assert_eq!(key_offset(text, "a"), 0, "{text}");
    }
}
