//! Errors: each at the place that a person would point at, and what is said of it.

use super::*;
use crate::json::{JsonError, read};
use crate::position::Position;

/// The file with a mark where the error is, and a part of the sentence.
const ERRORS: [(&str, &str); 60] = [
    ("¦", "the file is empty"),
    ("¦  \n", "the file is empty"),
    ("{ \"a\": \"x\"¦,\n}", "this comma is too many, since nothing follows it: take it out"),
    ("{ \"a\": [\"x\", \"Saturn\"¦,] }", "this comma is too many, since nothing follows it: take it out"),
    ("{ \"a\": [1,], ¦'b': 2 }", "single quotation marks"),
    ("[1,¦,2]", "since nothing is before it"),
    ("{¦, \"a\": 1}", "since nothing is before it"),
    ("{ \"a\": \"x\"¦\n  \"b\": 1 }", "a comma is missing: write one here"),
    ("[{ \"a\": 1 }¦\n { \"a\": 2 }]", "a comma is missing"),
    ("[\"a\"¦ \"b\"]", "a comma is missing"),
    ("{ \"a\": ¦12,742, \"b\": 1 }", "a number has no commas"),
    ("{ \"a\"¦ 1 }", "a colon is missing"),
    ("{ \"a\"¦, \"b\": 1 }", "a colon is missing"),
    ("{ \"a\": ¦}", "the value of the key before is missing"),
    ("{ \"a\": ¦, \"b\": 1 }", "the value of the key before is missing"),
    ("{ ¦1: 2 }", "a key in quotation marks belongs here"),
    ("{ ¦: 2 }", "a key in quotation marks belongs here"),
    ("¦[\"a\": 1]", "write { and } in place of [ and ]"),
    ("{\n¦// of mine\n\"a\": 1 }", "JSON has no comments: take it out"),
    ("{ \"a\": 1, ¦// of mine\n\"b\": 1 }", "JSON has no comments"),
    ("{ \"a\": \"x\"¦// of mine\n }", "JSON has no comments"),
    ("{ ¦/* of mine */ \"a\": 1 }", "JSON has no comments"),
    ("¦# of mine\n{ \"a\": 1 }", "JSON has no comments"),
    ("{ ¦“a”: 1 }", "curly quotation marks: write straight ones"),
    ("{ \"a\": ¦„x“ }", "write straight ones"),
    ("{ \"a\": ¦“x “y” z” }", "curly quotation marks: write straight ones"),
    ("{ \"a\": \"x¦”,\n \"b\": 1 }", "curly quotation marks: write straight ones"),
    ("{ ¦'a': 1 }", "single quotation marks: write double ones"),
    ("[¦`a`]", "single quotation marks"),
    ("{ ¦stem: \"x\" }", "a key is written in quotation marks: write \"stem\""),
    ("{ \"a\": ¦What is it?\" }", "What is not in quotation marks"),
    ("[\"a\", ¦b\"]", "b is not in quotation marks"),
    ("{ \"a\": ¦True }", "JSON does not know True: write true"),
    ("[¦FALSE, ¦None]", "JSON does not know FALSE: write false"),
    ("{ \"a\": \"the ¦\"largest\"?\" }", "write \\\" for one inside a text"),
    ("{ \"a\": \"the largest¦\" planet?\" }", "write \\\" for one inside a text"),
    ("{ \"a\": \"Is it ¦\"A\", or \"B\"?\" }", "write \\\" for one inside a text"),
    ("{ \"a\": \"¦\"\"x\"\"\" }", "write \\\" for one inside a text"),
    ("{ \"a\": \"5¦\"? \" }", "write \\\" for one inside a text"),
    ("[¦\"a, \"b\"]", "the text that begins here has no quotation mark at its end"),
    ("{ ¦\"id: \"x\" }", "the text that begins here has no quotation mark at its end"),
    ("{ \"a\": ¦\"x,\n \"b\": 1 }", "the text that begins here is not closed in its line"),
    ("{ \"a\": ¦\"x\n y\" }", "\\n for a line break"),
    ("{ \"a\": ¦\"x", "the text that begins here is not closed"),
    ("{ \"a\": \"x¦\ty\" }", "there is a tab in a text: write \\t"),
    ("{ \"a\": \"x¦\u{7}y\" }", "an invisible character here (U+0007)"),
    ("{¦\u{a0}\"a\": 1 }", "an invisible character here (U+00A0)"),
    ("{ \"a\": \"C:¦\\Users\" }", "a backslash is written twice in a text: write \\\\"),
    ("{ \"a\": \"¦\\u00z9\" }", "a backslash is written twice"),
    ("{ \"a\": ¦05 }", "05 is not a number"),
    ("{ \"a\": ¦5km }", "5km is not a number"),
    ("{ \"a\": ¦5 km }", "5 km is not a number"),
    ("{ \"a\": ¦.5 }", ".5 is not a number"),
    ("{\n\"a\": [\"x\", \"y\"¦,\n\"b\": 1 }", "the list that begins at 2:6 is not closed: write ] here"),
    ("{\n\"a\": [\"x\", \"y\"¦\n\"b\": 1 }", "the list that begins at 2:6 is not closed: write ] here"),
    ("{ \"a\": [\"x\"¦ }", "the list that begins at 1:8 is not closed: write ] here"),
    ("[{ \"a\": 1¦,\n { \"a\": 2 }]", "the object that begins at 1:2 is not closed: write } here"),
    ("[{ \"a\": 1¦\n]", "the object that begins at 1:2 is not closed: write } here"),
    ("{ \"a\": [1]¦\n", "the object that begins at 1:1 is not closed: write } at the end"),
    (
        "{ \"a\": [1¦",
        "the list that begins at 1:8 and the object that begins at 1:1 are not closed: write ]} at the end",
    ),
];

const MORE_ERRORS: [(&str, &str); 12] = [
    ("{ “a”¦, \"b\": 1 }", "a colon is missing"),
    ("[¦“a” \"b\"]", "curly quotation marks"),
    ("{ \"a\": \"x\"¦;\n \"b\": 1 }", "write , in place of ;"),
    ("[{ \"a\": 1 }¦}, { \"a\": 2 }]", "this } closes nothing"),
    ("{ \"a\": [1]¦], \"b\": 2 }", "this ] closes nothing"),
    ("{}¦}", "this } closes nothing"),
    ("{}\n¦{}", "there is something after the end"),
    ("{}¦,", "there is something after the end"),
    ("[1¦}", "write ] in place of }"),
    ("{ \"a\" ¦= 1 }", "write : in place of ="),
    ("[1¦; 2]", "write , in place of ;"),
    ("[¦*]", "* is not valid here"),
];

/// The error of a text that is named.
fn first(text: &str, start: Position) -> JsonError {
    read::<serde::de::IgnoredAny>(text, start).unwrap_err()
}

#[test]
fn every_error_is_told_where_a_person_would_point_at() {
    for (marked, word) in ERRORS.into_iter().chain(MORE_ERRORS) {
        let at = marked.find('¦').unwrap();
        let error = first(&marked.replace('¦', ""), Position::START);
        assert_eq!((error.at, error.sentence.contains(word)), (at, true), "{marked}\n{error}");
    }
}

#[test]
fn only_what_can_be_fixed_as_a_whole_is_said_to_be() {
    for text in ["[1,], x", "{\"a\": True, b: 1}", "[“a”, “b "] {
        assert!(!first(text, Position::START).is_fixable && parse(text).root.is_none(), "{text}");
    }
    for text in ["[1,]", "{\"a\": True}", "[“a” , None,]"] {
        assert!(first(text, Position::START).is_fixable && parse(text).root.is_some(), "{text}");
    }
}

#[test]
fn brackets_in_one_another_are_followed_as_deep_as_the_typed_reader_goes() {
    let text = "[".repeat(1_000_000);
    let Parsed { root, errors } = parse(&text);
    assert_eq!((root.is_none(), errors.as_slice()), (true, [(127, SyntaxError::TooDeep)].as_slice()));
    assert!(parse(&("[".repeat(127) + &"]".repeat(127))).root.is_some());
}

#[test]
fn positions_count_from_where_the_text_begins() {
    let error = first("{ \"a\": [1 }", Position { line: 7, column: 5 });
    assert!(error.sentence.contains("begins at 7:12"), "{error}");
}

#[test]
fn json_has_a_tree_and_no_errors_and_whatever_is_not_json_has_errors() {
    use proptest::prelude::*;
    proptest!(|(text in "[“”\":,{}\\[\\]a1 \n]{0,24}")| {
        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
        let parsed = parse(&text);
        prop_assert_eq!(parsed.errors.is_empty(), is_json, "{}", text);
        prop_assert_eq!(parsed.root.is_some(), parsed.errors.iter().all(|(_, error)| error.is_fixable()));
    });
    let json = "[ \\[\\]{}:,\"\\\\n0-9a-cTrue“”'/\n\t.-]{0,24}";
    proptest!(|(text in json)| {
        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
        prop_assert_eq!(parse(&text).errors.is_empty(), is_json, "{}", text);
    });
}
