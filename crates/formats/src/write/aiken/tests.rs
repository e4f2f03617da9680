//! What was written as Aiken and is read again is the same; the rest is listed.

use proptest::prelude::*;

use super::*;
use crate::aiken::read;
use crate::write::Loss;
use crate::write::strategies::{self, pack_of};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn what_is_written_and_read_again_is_the_same(questions in strategies::questions()) {
        let written = write(&pack_of(questions.clone()));
        let again = read(&written.text);
        prop_assert_eq!(&again.refusals, &[]);
        let kept: Vec<&Question> = questions.iter().filter(|q| one(q).is_ok()).collect();
        prop_assert_eq!(again.questions.len(), kept.len());
        for (found, question) in again.questions.iter().zip(&kept) {
            prop_assert_eq!(&found.stem, &question.stem);
            prop_assert_eq!(&found.kind, &question.kind);
        }
        let whole = written.left_out.iter().filter(|one| matches!(one.loss, Loss::Whole(_)));
        prop_assert_eq!(whole.count(), questions.len() - kept.len());
    }
}

#[test]
fn what_aiken_cannot_say_is_listed() {
    let choices = vec!["left".to_owned(), "right".to_owned()];
    let one_of = |stem: &str| {
        let kind = Kind::OneOf { choices: choices.clone(), key: 1, typed: vec![], shuffle: true };
        strategies::question("one", stem, kind)
    };
    let questions = vec![
        one_of("Which side is starboard?"),
        one_of("A. Lincoln?"),
        one_of("one\ntwo"),
        strategies::question("true", "Is it?", Kind::TrueFalse { key: true }),
    ];
    insta::assert_snapshot!(strategies::shown(&write(&pack_of(questions))));
}
