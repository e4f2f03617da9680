//! What becomes of foreign questions: ids, topics, the gate, and what our own reader would refuse.

use crate::kinds;
use std::collections::BTreeSet;

use super::*;
use crate::round_trip::{PackFiles, read_back};
use crate::{ImportedQuestion, ParsedFile};

fn found(line: usize, stem: &str, kind: Kind) -> ImportedQuestion {
    ImportedQuestion {
        line,
        own_id: None,
        topic: Vec::new(),
        tags: Vec::new(),
        stem: stem.to_owned(),
        kind,
        hint: None,
        rationale: None,
        reasons: Vec::new(),
        exam_form: None,
        level: None,
        source: None,
        checked: None,
        warnings: Vec::new(),
    }
}

fn reveal(answer: &str) -> Kind {
    Kind::Reveal { answer: answer.to_owned() }
}

fn settled(found: Vec<ImportedQuestion>) -> PackFiles {
    let head =
        PackHead { id: "sea".into(), title: "Sea".into(), files: vec!["a.txt".into()], credential: None };
    let built = build(&head, vec![ParsedFile { questions: found, ..ParsedFile::default() }], &mut |_| {});
    read_back(built, &BTreeSet::new()).expect("a pack")
}

fn ids(files: &PackFiles) -> Vec<&str> {
    files.pack.questions.iter().map(|question| question.id.as_str()).collect()
}

fn reasons(files: &PackFiles) -> Vec<&str> {
    files.refused.iter().map(|remark| remark.why.as_str()).collect()
}

#[test]
fn the_id_is_the_same_whatever_the_case_the_blanks_and_what_nobody_sees() {
    let one = settled(vec![found(1, "What is  Port?", reveal("Left"))]);
    for stem in ["what is port?", "What\nis Port?", "Wh\u{200b}at is Ｐort?"] {
        assert_eq!(ids(&settled(vec![found(9, stem, reveal(" LEFT"))])), ids(&one), "{stem:?}");
    }
    assert_ne!(ids(&settled(vec![found(1, "What is Port?", reveal("Right"))])), ids(&one));
}

#[test]
fn an_id_of_its_own_outlives_a_correction() {
    let own =
        |stem: &str| ImportedQuestion { own_id: Some("../g'uid".into()), ..found(1, stem, reveal("x")) };
    let (one, other) = (settled(vec![own("Waht?")]), settled(vec![own("What?")]));
    assert_eq!(ids(&one), ids(&other));
    assert!(ids(&one)[0].starts_with("sea/q-") && ids(&one)[0].len() == "sea/q-".len() + 12);
}

#[test]
fn the_second_of_two_alike_is_refused_and_an_id_that_stands_twice_costs_nothing() {
    let own =
        |line, stem: &str| ImportedQuestion { own_id: Some("1".into()), ..found(line, stem, reveal("x")) };
    let files = settled(vec![own(1, "One"), own(4, "Two"), own(7, "one")]);
    assert_eq!(files.pack.questions.len(), 2);
    assert_eq!(reasons(&files), ["repeats the question on line 1"]);
}

#[test]
fn topics_are_the_innermost_labels_then_tags_then_the_pack_itself() {
    let with = |line, topic: &[&str], tags: &[&str]| ImportedQuestion {
        topic: topic.iter().map(|&t| t.to_owned()).collect(),
        tags: tags.iter().map(|&t| t.to_owned()).collect(),
        ..found(line, &format!("Stem {line}"), reveal("x"))
    };
    let files = settled(vec![
        with(1, &["Languages", "C"], &["old"]),
        with(2, &["C++"], &[]),
        with(3, &[], &["old", "new"]),
        with(4, &[], &[]),
        with(5, &["../../etc"], &[]),
        with(6, &["Größe"], &[]),
        with(7, &["languages", "c "], &[]),
    ]);
    let names: Vec<&str> = files.pack.topics.iter().map(|topic| topic.name.as_str()).collect();
    assert_eq!(names, ["C", "C++", "old", "Sea", "../../etc", "Größe"]);
    let ids: Vec<&str> = files.pack.questions.iter().map(|question| question.topic.as_str()).collect();
    assert_eq!((ids[0], ids[2], ids[3], ids[4], ids[5]), ("c", "old", "sea", "etc", "grosse"));
    assert_eq!(ids[6], "c");
}

#[test]
fn so_many_labels_that_they_are_no_order_end_in_one_topic() {
    let labelled = |n: usize| ImportedQuestion {
        topic: vec![format!("label {n}")],
        ..found(n, &format!("Stem {n}"), reveal("x"))
    };
    let files = settled((1..=700).map(labelled).collect());
    assert_eq!((files.pack.topics.len(), files.pack.questions.len()), (500, 700));
}

#[test]
fn what_our_own_reader_would_refuse_is_refused_with_its_reason() {
    let long = "word ".repeat(14_000);
    let choices = |n: usize| (0..n).map(|i| format!("choice {i}")).collect::<Vec<_>>();
    let files = settled(vec![
        found(1, &long, reveal("x")),
        found(2, "Many", kinds::one_of(choices(27), 0)),
        found(3, "\u{200b} ", reveal("x")),
        found(4, "Sound", reveal("x")),
        found(5, "Outside", kinds::one_of(choices(3), 7)),
    ]);
    assert_eq!(files.pack.questions.len(), 1, "{:?}", files.refused);
    assert_eq!(
        files.refused.iter().map(|remark| remark.line).collect::<Vec<_>>(),
        [Some(1), Some(2), Some(3), Some(5)]
    );
    assert!(reasons(&files)[0].contains("64 KiB") && reasons(&files)[1].contains("26"));
}
