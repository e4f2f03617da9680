//! Aiken: small cases, a bank that has everything, and any text at all.

use crate::kinds;
use std::fmt::Write;

use proptest::prelude::*;

use super::*;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn a_question_ends_with_its_answer() {
    let contents = read("What?\nA. one\nB) two\nANSWER: B\nWho?\nA.me\nB.you\nANSWER:A");
    assert_eq!(contents.refusals, []);
    let found: Vec<(usize, &str, &Kind)> =
        contents.questions.iter().map(|f| (f.line, f.stem.as_str(), &f.kind)).collect();
    let first = kinds::one_of(texts(&["one", "two"]), 1);
    let second = kinds::one_of(texts(&["me", "you"]), 0);
    assert_eq!(found, [(1, "What?", &first), (5, "Who?", &second)]);
}

#[test]
fn an_answer_is_read_as_it_occurs() {
    let choices = texts(&["one", "two", "three"]);
    let one = |key| kinds::one_of(choices.clone(), key);
    let any = |keys: &[usize]| kinds::any_of(choices.clone(), keys.to_vec());
    for (answer, kind) in [
        ("ANSWER: B", one(1)),
        ("ANSWER:\tC", one(2)),
        ("answer: b", one(1)),
        ("Answer : B", one(1)),
        ("ANSWER: B.", one(1)),
        ("ANSWER: (b)", one(1)),
        ("ANSWER: B) two", one(1)),
        ("ANSWER: A, C", any(&[0, 2])),
        ("ANSWER: C;A", any(&[0, 2])),
        ("ANSWER: A and C", any(&[0, 2])),
        ("ANSWER: AC", any(&[0, 2])),
        ("ANSWER: A, A", one(0)),
    ] {
        let contents = read(&format!("What?\nA. one\nB. two\nC. three\n{answer}"));
        assert_eq!(contents.questions.iter().map(|f| &f.kind).collect::<Vec<_>>(), [&kind], "{answer}");
    }
}

#[test]
fn what_cannot_be_asked_is_refused_with_a_true_reason() {
    for (text, why) in [
        ("What?\nA. a\nB. b\nANSWER: C", "its answer C in line 4 names no choice"),
        ("What?\nA. a\nB. b\nANSWER: both", "its answer \"both\" in line 4 is not a letter"),
        ("What?\nA. a\nB. b\nANSWER:", "its answer \"\" in line 4 is not a letter"),
        ("What?\nA. a\nB. b", "it has no ANSWER line"),
        ("What?\nA. a\nANSWER: A", "it has only one choice"),
        ("What?\nANSWER: A", "it has no choices"),
        ("A. a\nB. b\nANSWER: A", "it asks nothing"),
        ("What?\nA. a\nA. b\nANSWER: A", "two of its choices have the letter A"),
        ("What?\nA. a\nB. A\nANSWER: A", "two choices differ only in capital letters: \"A\""),
        ("What?\nA. a\nB.\nANSWER: A", "one choice is empty"),
        ("What?\nA. a\nB. b\nANSWER: A, B", "every choice is marked as right"),
    ] {
        let contents = read(text);
        let refused: Vec<String> = contents.refusals.iter().map(|r| r.reason.to_string()).collect();
        assert_eq!((refused, contents.questions.len()), (vec![why.to_owned()], 0), "{text}");
    }
}

#[test]
fn small_letters_name_choices_unless_capitals_follow() {
    let text = "Which?\na. one\nb) two\nANSWER: b\n\nWho?\na) me\nb) you\nWhat?\na) this\nb) that\nANSWER: A";
    let contents = read(text);
    let found: Vec<(usize, &Kind)> = contents.questions.iter().map(|f| (f.line, &f.kind)).collect();
    let first = kinds::one_of(texts(&["one", "two"]), 1);
    let last = kinds::one_of(texts(&["this", "that"]), 0);
    assert_eq!(found, [(1, &first), (9, &last)]);
    assert!(contents.questions[0].warnings.iter().any(|w| w.contains("small letters")), "{contents:?}");
    assert_eq!(contents.refusals[0].reason.to_string(), "it has no ANSWER line");
    let contents = read("Which hold?\na) rope\nb) sand\nA. a only\nB. b only\nANSWER: A\n");
    assert_eq!(contents.questions[0].stem, "Which hold?\na) rope\nb) sand");
    let contents = read("What is\na. b\ne.g. this?\nA. x\nB. y\nANSWER: B");
    assert_eq!(contents.questions[0].kind, kinds::one_of(texts(&["x", "y"]), 1));
    assert_eq!(contents.questions[0].stem, "What is\na. b\ne.g. this?");
}

#[test]
fn lines_after_a_choice_belong_to_it_unless_the_next_stem_begins() {
    let contents = read("What?\nA. one\nand more\nB. two\nANSWER: A");
    let choices = texts(&["one and more", "two"]);
    assert_eq!(contents.questions[0].kind, kinds::one_of(choices, 0));
    let contents = read("What?\nA. one\nB. two\nWho?\nA. me\nB. you\nANSWER: B");
    assert_eq!(
        (contents.refusals[0].line, contents.refusals[0].reason.to_string().as_str()),
        (1, "it has no ANSWER line")
    );
    assert_eq!((contents.questions[0].line, contents.questions[0].stem.as_str()), (4, "Who?"));
}

#[test]
fn a_bank_with_everything_comes_in_as_it_should() {
    let contents = read(include_str!("../../samples/aiken/harbour.txt"));
    let mut table = String::new();
    for f in &contents.questions {
        let _ = writeln!(table, "{}: {:?} {} {:?}", f.line, f.stem, kinds::brief(&f.kind), f.warnings);
    }
    for r in &contents.refusals {
        let _ = writeln!(table, "{}: {} - {}", r.line, r.excerpt, r.reason);
    }
    insta::assert_snapshot!(table);
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "([A-C][.)]|ANSWER:|answer|[ \\n:,é]|word){0,60}") {
        for found in read(&text).questions {
            prop_assert_eq!(validate::check_question(&found.stem, &found.kind), Ok(()));
        }
    }
}
