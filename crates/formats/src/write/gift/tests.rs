//! What was written as GIFT and is read again is the same.

use proptest::prelude::*;

use super::*;
use crate::gift::read;
use crate::write::strategies::{self, pack_of, question};

#[test]
fn a_pack_is_written_as_gift() {
    let choices = vec!["5 = 2 + 3".to_owned(), "[html] {a}".to_owned(), "%50%".to_owned()];
    let one_of = Kind::OneOf { choices: choices.clone(), key: 1, typed: vec![], shuffle: true };
    let any_of = Kind::AnyOf { choices, keys: vec![0, 2], size_stated: true, shuffle: true };
    let mut first = question("one", "What is ~this~?\nSay it.", one_of);
    first.hint = Some("Look ] there".to_owned());
    first.rationale = Some("Because: #1".to_owned());
    first.source = Some("https://example.com/a]b".to_owned());
    let number = Kind::Number { value: 2.5, unit: "metres".to_owned(), tolerance: 0.25 };
    let drawn = Kind::Drawn { right: vec![], wrong: vec![], shown: 4 };
    let order = Kind::Order { items: vec!["bow".to_owned(), "stern -> aft".to_owned()] };
    let typed = Kind::Typed { accepted: vec!["C*".to_owned(), "C star".to_owned()] };
    let questions = vec![
        first,
        question("any", "Which?", any_of),
        question("number", "How deep?", number),
        question("drawn", "Who?", drawn),
        question("order", "In which order?", order),
        question("typed", "Which language?", typed),
        question("true", "Is it?", Kind::TrueFalse { key: false }),
    ];
    insta::assert_snapshot!(strategies::shown(&write(&pack_of(questions))));
}

#[test]
fn topics_ids_and_hints_come_back() {
    let mut asked = question("one", "Is it?", Kind::TrueFalse { key: true });
    asked.hint = Some("a ] b\n\\n {c}".to_owned());
    let again = read(&write(&pack_of(vec![asked.clone()])).text).questions;
    assert_eq!(again[0].topic, ["Ropes / knots"]);
    assert_eq!(again[0].own_id.as_deref(), Some("mine/one"));
    assert_eq!(again[0].hint, asked.hint);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn what_is_written_and_read_again_is_the_same(questions in strategies::questions()) {
        let written = write(&pack_of(questions.clone()));
        let again = read(&written.text);
        prop_assert_eq!(&again.refusals, &[]);
        let kept: Vec<&Question> = questions.iter().filter(|q| answers(&q.kind).is_ok()).collect();
        prop_assert_eq!(again.questions.len(), kept.len());
        prop_assert_eq!(written.left_out.len(), questions.len() - kept.len());
        for (found, question) in again.questions.iter().zip(kept) {
            prop_assert_eq!(&found.stem, &question.stem);
            prop_assert_eq!(&found.kind, &question.kind);
            prop_assert_eq!(&found.rationale, &question.rationale);
        }
    }
}
