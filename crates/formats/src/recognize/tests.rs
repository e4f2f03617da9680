//! Formats, recognized by what is in a file.

use super::*;

const GIFT: &str = "::a::What? {=x ~y}\n\n// note\nWho? {T}\n";
const AIKEN: &str = "What?\nA. one\nB. two\nANSWER: B\n\nWho?\nA. me\nB. you\nANSWER: A\n";
const HASHCARDS: &str = "Q: What is an ANSWER: line?\nA: A line of Aiken.\n\nC: A [knot] holds.\n";
const TASKS: &str = "# Exam\n\n### What?\n\n- [ ] one\n- [x] two\n";
const NUMBERED: &str = "1. What?\n    - A. one\n    - B. two\n\n    <details><summary>Answer</summary>\n      Correct answer: B\n    </details>\n";
const FOLDED: &str = "<details><summary>What?</summary>That.</details>\n";
const HASCARD: &str = "# Bow\nThe front of a ship.\n\n---\n\n# Stern\nIts back.\n";

#[test]
fn the_content_says_the_format_whatever_the_name() {
    for (text, format) in [
        (GIFT, Format::Gift),
        ("$CATEGORY: a/b\n\nq {#5}", Format::Gift),
        (AIKEN, Format::Aiken),
        ("\u{1b}[31mWhich\u{1b}[0m?\nA. one\nB. two\nANSWER: A\n", Format::Aiken),
        ("#separator:tab\n#html:true\nfront\tback\n", Format::AnkiText),
        ("#deck column: 2\nfront;deck\n", Format::AnkiText),
        (HASHCARDS, Format::Hashcards),
        (TASKS, Format::Practice),
        (NUMBERED, Format::Practice),
        (FOLDED, Format::Practice),
        (HASCARD, Format::Hascard),
        ("\n{ \"format\": 1, \"questions\": [] }", Format::Json),
        ("{\"stem\": \"a, b\"}\n{\"stem\": \"c, d\"}\n", Format::Json),
        ("C:\n[bow] is the front.\n\nC:\nThe [stern]\n", Format::Hashcards),
        ("1. What?\n   A. one\n   B. two\n\nHint answers: B\n", Format::Practice),
        ("### What?\n\n- [] one\n- [×] two\n", Format::Practice),
        ("7. What?\n- [ ] one\n- [ ] two\n\n**Answer:** one\n", Format::Practice),
        ("question,answer\nWhat?,That\n", Format::Csv),
        ("Front;Back\na;b\n", Format::Csv),
        ("a\tb\nc\td\n", Format::Csv),
        ("a,b,c\nd,e,f\ng,h,i\n", Format::Csv),
        // Cells that hold other formats.
        ("question,answer\nWhat is {=a ~b}?,GIFT\nWhat is ANSWER: A?,Aiken\n", Format::Csv),
        ("What is {=a}?;x\nWhat is {T}?;y\nWhat is - [x]?;z\n", Format::Csv),
    ] {
        for name in ["bank", "bank.gift", "bank.md"] {
            assert_eq!(recognize(name, text.as_bytes(), Some(text)), Some(format), "{name}: {text}");
        }
    }
}

#[test]
fn the_name_decides_where_the_content_does_not() {
    for (name, text, format) in [
        ("deck.txt", "port\tleft\nbow\tstern\n", Some(Format::AnkiText)),
        ("deck.tsv", "front\tback\n", Some(Format::Csv)),
        ("deck.txt", "port\tleft\nWhat is 500\nbow\tstern\n", Some(Format::AnkiText)),
        ("deck.tsv", "port\tleft\nWhat is 500\nbow\tstern\n", Some(Format::Csv)),
        ("notes.txt", "Words\tand words.\nOnly words.\nAnd more of them.\n", None),
        ("deck.csv", "bow,stern\n", Some(Format::Csv)),
        ("deck.md", "bow,stern\n", None),
        ("deck.csv", "", None),
        ("notes.txt", "Only words.\nAnd more of them.\n", None),
        ("notes.gift", "Only words.", None),
        ("notes.gift", "A gap {1:SA:=is} here.\n", Some(Format::Gift)),
        ("notes.md", "# Of braces\n\nWords.\n\nMore of them.\n\nf() {}\n\nAnd words.\n", None),
    ] {
        assert_eq!(recognize(name, text.as_bytes(), Some(text)), format, "{name}: {text:?}");
    }
}

#[test]
fn a_package_is_an_archive_with_a_collection() {
    let archive = b"PK\x03\x04\x14\0\0\0collection.anki21b\0\0";
    assert_eq!(recognize("x", archive, None), Some(Format::AnkiPackage));
    assert_eq!(recognize("x.apkg", b"PK\x03\x04", None), Some(Format::AnkiPackage));
    assert_eq!(recognize("x.zip", b"PK\x03\x04word/document.xml", None), None);
    assert_eq!(recognize("x.apkg", b"\x89PNG", None), None);
}

#[test]
fn questions_far_behind_the_beginning_are_seen() {
    let line = "[Which knot holds a load and is still easy to untie?](#which-knot-holds-a-load)\n\n";
    let text = format!("{}{TASKS}", line.repeat(5000));
    assert!(text.len() > MAX_SAMPLE_BYTES);
    assert_eq!(recognize("bank.md", text.as_bytes(), Some(&text)), Some(Format::Practice));
}
