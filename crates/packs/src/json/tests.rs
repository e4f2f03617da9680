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
        (
            "{ \"name\": \"Ann\", \"masts\": ¦\"two\" }",
            "the text \"two\" stands where a whole number belongs",
        ),
        ("{ \"name\": ¦[1] }", "a list stands where a text in quotation marks belongs"),
        ("{ \"name\": \"Ann\", \"masts\": ¦256 }", "the number 256 stands where a whole number belongs"),
        ("{ \"name\": \"Ann\", \"length\": ¦{} }", "an object stands where a number belongs"),
        (
            "{ \"name\": \"Ann\", \"length\": ¦1e999 }",
            "the number 1e999 stands where a smaller number belongs",
        ),
        (
            "{ \"name\": \"Ann\", \"rig\": { \"crew\": [\"a\", ¦1] } }",
            "the number 1 stands where a text in quotation marks belongs",
        ),
        (
            "{ \"name\": \"Ann\", \"rig\": ¦\"squar\" }",
            "\"squar\" means nothing here: did you mean \"square\"?",
        ),
        ("{ \"name\": \"Ann\", \"rig\": ¦\"x\" }", "\"x\" means nothing here: write \"square\" or \"crew\""),
        ("{ \"name\": \"Ann\", \"rig\": ¦{} }", "an object stands where an object with one key belongs"),
        ("{ \"name\": \"Ann\", \"owner\": ¦[] }", "the owner is a name or a number"),
        (
            "{ \"name\": \"Ann\", \"accepted\": ¦\"bee\" }",
            "the text \"bee\" stands where a list in square brackets belongs: write [\"bee\"], or let pack check --fix do it",
        ),
        ("{ \"name\": ¦\"\\ud800\" }", "half of a character stands here: write the character itself"),
        ("{ ¦\"nam\": \"Ann\" }", "no key is called \"nam\": did you mean \"name\"?"),
        ("{ \"name\": \"Ann\", ¦\"color\": 1 }", "no key is called \"color\": take it out"),
        ("{ \"name\": \"Ann\", ¦\"\\u006eame\": \"Bo\" }", "\"name\" stands twice: take one out"),
        ("¦{ \"masts\": 2 }", "\"name\" is missing: write it"),
        ("¦{ \"cargo\": [1] }", "\"name\" is missing: write it"),
        ("¦[]", "a list stands where an object in braces belongs: write { and keys"),
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
