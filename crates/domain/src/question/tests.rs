//! How questions are drawn for asking.

use std::collections::BTreeSet;

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::*;

/// Seeds enough to see every order of four choices.
const SEEDS: std::ops::Range<u64> = 0..200;

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|text| (*text).to_owned()).collect()
}

fn question(kind: Kind) -> Question {
    Question::new(QuestionId::new("pack/question"), "topic", "Which?", kind)
}

fn one_of(choices: &[&str], key: usize) -> Kind {
    Kind::OneOf { choices: texts(choices), key, typed: Vec::new(), shuffle: true }
}

fn any_of(choices: &[&str], keys: &[usize], size_stated: bool) -> Kind {
    Kind::AnyOf { choices: texts(choices), keys: keys.to_vec(), size_stated, shuffle: true }
}

fn typed(accepted: &[&str]) -> Kind {
    Kind::Typed { accepted: texts(accepted) }
}

fn number(value: f64) -> Kind {
    Kind::Number { value, unit: "years".into(), tolerance: 0.0 }
}

fn order(items: &[&str]) -> Kind {
    Kind::Order { items: texts(items) }
}

fn reveal(answer: &str) -> Kind {
    Kind::Reveal { answer: answer.into() }
}

fn drawn(right: &[&str], wrong: &[&str]) -> Kind {
    let wrong = texts(wrong).into_iter().map(|text| Wrong { text, meaning: None }).collect();
    Kind::Drawn { right: texts(right), wrong, shown: 4 }
}

/// A one-of that is typed once it is strong.
fn typed_when_strong() -> Kind {
    Kind::OneOf { choices: texts(&["a", "b", "c", "d"]), key: 0, typed: texts(&["a"]), shuffle: true }
}

fn draw(kind: Kind, seed: u64) -> Asked {
    question(kind).draw(false, &mut StdRng::seed_from_u64(seed))
}

/// The revision if it is the same for all seeds.
fn revision_of(question: &Question) -> String {
    let draw = |seed| question.draw(false, &mut StdRng::seed_from_u64(seed)).revision;
    let all: BTreeSet<String> = SEEDS.map(draw).collect();
    assert_eq!(all.len(), 1, "{:?} has several revisions", question.kind);
    all.into_iter().next().unwrap()
}

#[test]
fn the_chance_of_guessing_follows_from_what_is_shown() {
    for (kind, chance) in [
        (one_of(&["a", "b"], 0), 1.0 / 2.0),
        (one_of(&["a", "b", "c"], 0), 1.0 / 3.0),
        (one_of(&["a", "b", "c", "d"], 0), 1.0 / 4.0),
        (Kind::TrueFalse { key: true }, 1.0 / 2.0),
        (any_of(&["a", "b", "c", "d"], &[0, 1], true), 1.0 / 6.0),
        (any_of(&["a", "b", "c", "d", "e"], &[0, 2], true), 1.0 / 10.0),
        (any_of(&["a", "b", "c", "d", "e", "f"], &[1, 2, 5], true), 1.0 / 20.0),
        (any_of(&["a", "b", "c", "d"], &[0, 1], false), 1.0 / 15.0),
        (order(&["a", "b", "c"]), 1.0 / 6.0),
        (order(&["a", "b", "c", "d", "e"]), 1.0 / 120.0),
        (typed(&["a"]), 0.0),
        (number(3.0), 0.0),
        (reveal("a"), 0.0),
        (drawn(&["r"], &["a", "b", "c", "d", "e"]), 1.0 / 4.0),
        (drawn(&["r", "s"], &["a", "b"]), 1.0 / 3.0),
        (typed_when_strong(), 1.0 / 4.0),
    ] {
        let asked = draw(kind.clone(), 1);
        assert!((asked.guess - chance).abs() < 1e-12, "{kind:?}: {}", asked.guess);
    }
}

#[test]
fn a_short_key_is_typed_once_it_is_strong_and_then_not_guessed() {
    let question = question(typed_when_strong());
    for (strong, form, guess) in [(false, Form::OneOf, 0.25), (true, Form::Typed, 0.0)] {
        let asked = question.draw(strong, &mut StdRng::seed_from_u64(1));
        assert_eq!((asked.answer.form(), asked.guess), (form, guess));
    }
}

#[test]
fn a_one_of_that_cannot_be_typed_stays_one_of() {
    let asked = question(one_of(&["a", "b"], 1)).draw(true, &mut StdRng::seed_from_u64(1));
    assert_eq!(asked.answer.form(), Form::OneOf);
}

#[test]
fn the_key_stays_right_under_every_shuffle() {
    for seed in SEEDS {
        let Key::OneOf { choices, key } = draw(one_of(&["a", "b", "c", "d"], 2), seed).answer else {
            panic!("a one-of is asked as one")
        };
        assert_eq!(choices[key], "c");
        let Key::AnyOf { choices, keys, size } =
            draw(any_of(&["a", "b", "c", "d", "e"], &[1, 4], true), seed).answer
        else {
            panic!("an any-of is asked as one")
        };
        let right: BTreeSet<&str> = keys.iter().map(|&k| choices[k].as_str()).collect();
        assert_eq!(right, BTreeSet::from(["b", "e"]));
        assert!(keys.is_sorted());
        assert_eq!(size, Some(2));
        let Key::Order { shown, order } = draw(order(&["a", "b", "c", "d"]), seed).answer else {
            panic!("an order is asked as one")
        };
        let put_right: Vec<&str> = order.iter().map(|&i| shown[i].as_str()).collect();
        assert_eq!(put_right, ["a", "b", "c", "d"]);
    }
}

#[test]
fn every_choice_comes_to_every_place() {
    let place = |seed| match draw(one_of(&["a", "b", "c", "d"], 2), seed).answer {
        Key::OneOf { key, .. } => key,
        other => panic!("{other:?}"),
    };
    assert_eq!(SEEDS.map(place).collect::<BTreeSet<_>>(), BTreeSet::from([0, 1, 2, 3]));
}

#[test]
fn choices_that_must_not_be_shuffled_stand_as_written() {
    let kind =
        Kind::OneOf { choices: texts(&["1", "2", "all of them"]), key: 2, typed: vec![], shuffle: false };
    for seed in SEEDS {
        let expected = Key::OneOf { choices: texts(&["1", "2", "all of them"]), key: 2 };
        assert_eq!(draw(kind.clone(), seed).answer, expected);
    }
}

#[test]
fn the_same_seed_draws_the_same_choices_and_another_one_others() {
    for kind in [
        one_of(&["a", "b", "c", "d"], 0),
        any_of(&["a", "b", "c", "d"], &[0, 1], true),
        order(&["a", "b", "c", "d"]),
        drawn(&["r", "s"], &["a", "b", "c", "d", "e", "f"]),
    ] {
        assert!(SEEDS.map(|seed| draw(kind.clone(), seed)).eq(SEEDS.map(|seed| draw(kind.clone(), seed))));
        assert!(SEEDS.skip(1).any(|seed| draw(kind.clone(), seed).answer != draw(kind.clone(), 0).answer));
    }
}

#[test]
fn a_drawn_question_shows_distinct_choices_of_which_exactly_one_is_right() {
    let (right, wrong) = (["r", "s", "t"], ["a", "b", "c", "d", "e"]);
    let mut seen = BTreeSet::new();
    for seed in SEEDS {
        let Key::OneOf { choices, key } = draw(drawn(&right, &wrong), seed).answer else {
            panic!("a drawn question is asked as a one-of")
        };
        assert_eq!(choices.len(), 4);
        assert_eq!(choices.iter().collect::<BTreeSet<_>>().len(), 4, "{choices:?}");
        assert_eq!(choices.iter().filter(|c| right.contains(&c.as_str())).count(), 1, "{choices:?}");
        assert!(right.contains(&choices[key].as_str()));
        seen.extend(choices);
    }
    assert_eq!(seen.len(), right.len() + wrong.len(), "each is drawn at some time");
}

#[test]
fn an_order_never_starts_in_the_right_order() {
    for items in [&["a", "b"][..], &["a", "b", "c"], &["a", "b", "c", "d"]] {
        for seed in SEEDS {
            let Key::Order { shown, .. } = draw(order(items), seed).answer else {
                panic!("an order is asked as one")
            };
            assert_ne!(shown, texts(items));
        }
    }
}

#[test]
fn the_revision_does_not_depend_on_the_order_of_the_choices() {
    for kind in [
        one_of(&["a", "b", "c", "d"], 0),
        any_of(&["a", "b", "c", "d"], &[0, 1], true),
        order(&["a", "b", "c", "d"]),
        Kind::TrueFalse { key: true },
        typed(&["a"]),
        number(3.0),
        reveal("a"),
    ] {
        let revision = revision_of(&question(kind));
        assert_eq!(revision.len(), 12);
        assert!(revision.bytes().all(|b| b.is_ascii_hexdigit()));
    }
}

#[test]
fn the_revision_changes_with_stem_choices_key_and_form() {
    let other_stem = Question { stem: "Which one?".into(), ..question(one_of(&["a", "b", "c"], 0)) };
    let kinds = [
        one_of(&["a", "b", "c"], 0),
        one_of(&["a", "b", "c"], 1),
        one_of(&["a", "b", "d"], 0),
        one_of(&["a", "b"], 0),
        any_of(&["a", "b", "c"], &[0], true),
        any_of(&["a", "b", "c"], &[0, 1], true),
        any_of(&["a", "b", "c"], &[0, 2], true),
        order(&["a", "b", "c"]),
        order(&["b", "a", "c"]),
        Kind::TrueFalse { key: true },
        Kind::TrueFalse { key: false },
        typed(&["a"]),
        typed(&["b"]),
        number(2.0),
        number(3.0),
        reveal("a"),
        reveal("b"),
    ];
    let count = kinds.len() + 1;
    let revisions: BTreeSet<String> =
        kinds.into_iter().map(question).chain([other_stem]).map(|q| revision_of(&q)).collect();
    assert_eq!(revisions.len(), count);
}

#[test]
fn the_right_answer_can_be_put_into_words() {
    for (kind, text) in [
        (one_of(&["a", "b"], 1), "b"),
        (Kind::TrueFalse { key: true }, "True"),
        (Kind::TrueFalse { key: false }, "False"),
        (typed(&["a", "also a"]), "a"),
        (number(3.0), "3 years"),
        (order(&["a", "b", "c"]), "a → b → c"),
        (reveal("a"), "a"),
    ] {
        assert_eq!(draw(kind, 3).answer.text(), text);
    }
}

#[test]
fn the_reasons_follow_their_choices_into_a_drawing() {
    let choices = ["Ant", "Bee", "Cat"].map(str::to_owned).to_vec();
    let kind = Kind::OneOf { choices, key: 2, typed: vec![], shuffle: true };
    let reasons = ["An insect.", "An insect that stings.", "A mammal."].map(str::to_owned).to_vec();
    let question = Question { reasons, ..Question::new(QuestionId::new("p/a"), "t", "Which purrs?", kind) };
    for seed in 0..20 {
        let asked = question.draw(false, &mut StdRng::seed_from_u64(seed));
        for (choice, reason) in asked.answer.choices().iter().zip(&asked.reasons) {
            let expected = match choice.as_str() {
                "Ant" => "An insect.",
                "Bee" => "An insect that stings.",
                _ => "A mammal.",
            };
            assert_eq!(reason.as_deref(), Some(expected));
        }
    }
}
