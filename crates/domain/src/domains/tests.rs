//! Which domains an exam has, what they weigh, and in which turn their questions come.

use proptest::prelude::*;

use super::*;
use crate::catalog::{Catalog, Credential, CredentialId, Domain};
use crate::question::{Kind, QuestionId, Teaches, Topic};

const EXAM: &str = "north-builder";

fn exam() -> Target {
    Target::Credential(CredentialId::new(EXAM))
}

fn day() -> NaiveDate {
    "2026-12-01".parse().unwrap()
}

/// A catalog whose only credential has these topics: id, weight.
fn catalog(topics: &[(Option<&str>, Option<f64>)]) -> Vec<Catalog> {
    let domain = |(place, (id, weight)): (usize, &(Option<&str>, Option<f64>))| Domain {
        id: id.map(str::to_owned),
        name: format!("Domain {}", place + 1),
        weight: *weight,
    };
    let credential = Credential {
        domains: topics.iter().enumerate().map(domain).collect(),
        ..Credential::new(CredentialId::new(EXAM), "Builder", "associate")
    };
    vec![Catalog { credentials: vec![credential], ..Catalog::new("north", "North") }]
}

/// A content pack: its topics with weights, and the topic of each question.
fn pack(id: &str, topics: &[(&str, Option<f64>)], questions: &str) -> Pack {
    let topic = |(id, weight): &(&str, Option<f64>)| Topic {
        id: (*id).to_owned(),
        name: id.to_uppercase(),
        weight: *weight,
    };
    let question = |(place, topic): (usize, &str)| {
        let kind = Kind::Typed { accepted: vec!["yes".into()] };
        Question::new(QuestionId::new(format!("{id}/{topic}{place}")), topic, "Is it?", kind)
    };
    Pack {
        credentials: vec![CredentialId::new(EXAM)],
        topics: topics.iter().map(topic).collect(),
        questions: questions.split_whitespace().enumerate().map(question).collect(),
        ..Pack::new(id, id, Teaches::Content)
    }
}

/// Id, weight and number of questions of each domain.
fn told(target: &Target, library: &Library) -> Vec<(String, f64, usize)> {
    let domains = ExamDomains::of(target, library, day());
    domains.domains().iter().map(|d| (d.id.to_owned(), d.weight, d.questions.len())).collect()
}

fn expected(domains: &[(&str, f64, usize)]) -> Vec<(String, f64, usize)> {
    domains.iter().map(|(id, weight, questions)| ((*id).to_owned(), *weight, *questions)).collect()
}

#[test]
fn the_topics_of_the_catalog_are_the_domains_in_its_order() {
    let catalog = catalog(&[(Some("b"), Some(70.0)), (Some("a"), Some(30.0)), (Some("c"), Some(100.0))]);
    let packs = vec![pack("p", &[("a", None), ("b", None)], "a b b")];
    let library = Library::new(catalog, packs);
    assert_eq!(told(&exam(), &library), expected(&[("b", 35.0, 2), ("a", 15.0, 1), ("c", 50.0, 0)]));
    let target = exam();
    let domains = ExamDomains::of(&target, &library, day());
    assert_eq!(domains.domains()[0].title, "Domain 1");
    assert!(domains.domains()[0].is_weight_stated);
}

#[test]
fn questions_of_other_topics_are_a_domain_in_proportion_to_their_number() {
    let catalog = catalog(&[(Some("a"), Some(75.0)), (Some("b"), Some(25.0))]);
    let library = Library::new(catalog, vec![pack("p", &[("a", None), ("x", None), ("y", None)], "a a x y")]);
    assert_eq!(told(&exam(), &library), expected(&[("a", 37.5, 2), ("b", 12.5, 0), ("other", 50.0, 2)]));
}

#[test]
fn without_weights_all_domains_are_equal() {
    for weight in [None, Some(0.0), Some(-1.0), Some(f64::NAN)] {
        let catalog = catalog(&[(Some("a"), Some(75.0)), (Some("b"), weight)]);
        let library = Library::new(catalog, vec![pack("p", &[("a", None), ("b", None)], "a b b")]);
        assert_eq!(told(&exam(), &library), expected(&[("a", 50.0, 1), ("b", 50.0, 2)]));
        assert!(!ExamDomains::of(&exam(), &library, day()).domains()[0].is_weight_stated);
    }
}

#[test]
fn where_the_catalog_gives_no_ids_the_topics_of_the_packs_are_the_domains() {
    let catalog = catalog(&[(None, Some(75.0)), (Some("b"), Some(25.0))]);
    let packs = vec![
        pack("q", &[("b", Some(50.0)), ("c", Some(50.0))], "b c"),
        pack("p", &[("a", Some(60.0)), ("b", Some(40.0))], "a b"),
    ];
    let library = Library::new(catalog, packs);
    assert_eq!(
        told(&exam(), &library),
        expected(&[("a", 40.0, 1), ("b", 40.0 / 1.5, 2), ("c", 50.0 / 1.5, 1)])
    );
}

#[test]
fn the_topics_of_a_pack_that_is_a_target_are_its_domains() {
    let library = Library::new(Vec::new(), vec![pack("p", &[("a", None), ("b", None)], "a b b")]);
    let target = Target::Pack("p".into());
    assert_eq!(told(&target, &library), expected(&[("a", 50.0, 1), ("b", 50.0, 2)]));
}

#[test]
fn an_exam_without_content_has_the_domains_of_the_catalog_and_no_questions() {
    let library = Library::new(catalog(&[(Some("a"), Some(100.0))]), Vec::new());
    assert_eq!(told(&exam(), &library), expected(&[("a", 100.0, 0)]));
    assert_eq!(ExamDomains::of(&exam(), &library, day()).questions().count(), 0);
    assert!(told(&Target::Pack("gone".into()), &library).is_empty());
}

#[test]
fn a_question_that_names_another_credential_belongs_to_that_one_only() {
    let mut pack = pack("p", &[("a", None)], "a a");
    pack.questions[1].credentials = vec![CredentialId::new("another")];
    let library = Library::new(catalog(&[(Some("a"), None)]), vec![pack]);
    assert_eq!(told(&exam(), &library), expected(&[("a", 100.0, 1)]));
}

#[test]
fn questions_stand_in_the_order_of_pack_file_and_place_and_count_by_their_domain() {
    let catalog = catalog(&[(Some("a"), Some(60.0)), (Some("b"), Some(40.0))]);
    let packs = vec![pack("q", &[("a", None)], "a"), pack("p", &[("a", None), ("b", None)], "b a a a b")];
    let library = Library::new(catalog, packs);
    let target = exam();
    let domains = ExamDomains::of(&target, &library, day());
    let told: Vec<(&str, usize, f64, f64)> =
        domains.questions().map(|q| (q.question.id.as_str(), q.domain, q.weight, q.turn)).collect();
    assert_eq!(
        told,
        [
            ("p/b0", 1, 20.0, 0.25),
            ("p/a1", 0, 15.0, 0.125),
            ("p/a2", 0, 15.0, 0.375),
            ("p/a3", 0, 15.0, 0.625),
            ("p/b4", 1, 20.0, 0.75),
            ("q/a0", 0, 15.0, 0.875),
        ]
    );
    let turns: Vec<&str> = domains.by_turn().iter().map(|question| question.id.as_str()).collect();
    assert_eq!(turns, ["p/a1", "p/b0", "p/a2", "p/a3", "p/b4", "q/a0"]);
}

#[test]
fn what_is_held_back_has_its_domain_too() {
    let catalog = catalog(&[(Some("a"), None), (Some("b"), None)]);
    let mut pack = pack("p", &[("a", None), ("b", None), ("x", None)], "a b b x x");
    for place in [1, 4] {
        pack.questions[place].exam_form = Some("1".into());
    }
    let library = Library::new(catalog, vec![pack]);
    let target = exam();
    let domains = ExamDomains::of(&target, &library, day());
    let places: Vec<Option<usize>> = library.held_back("p").map(|q| domains.place_of(&q.topic)).collect();
    assert_eq!(places, [Some(1), Some(2)]);
    assert_eq!(domains.questions().count(), 3);
}

#[test]
fn the_numbers_of_an_exam_follow_the_weights_by_largest_remainder() {
    for (weights, number, parts) in [
        (&[24.0, 30.0, 34.0, 12.0][..], 65, &[16, 19, 22, 8][..]),
        (&[24.0, 30.0, 34.0, 12.0], 50, &[12, 15, 17, 6]),
        (&[30.0, 26.0, 24.0, 20.0], 65, &[19, 17, 16, 13]),
        (&[1.0, 1.0, 1.0], 20, &[7, 7, 6]),
        (&[1.0, 1.0, 1.0], 0, &[0, 0, 0]),
    ] {
        assert_eq!(largest_remainder(weights.iter().copied(), number), parts, "{number} by {weights:?}");
    }
    assert!(largest_remainder(std::iter::empty(), 20).is_empty());
}

proptest! {
    #[test]
    fn the_numbers_of_an_exam_sum_to_it_and_each_is_within_one_of_its_share(
        weights in prop::collection::vec(0.1..100.0, 1..12), number in 0..1000_usize,
    ) {
        let parts = largest_remainder(weights.iter().copied(), number);
        prop_assert_eq!(parts.iter().sum::<usize>(), number);
        let total: f64 = weights.iter().sum();
        for (weight, part) in weights.iter().zip(parts) {
            prop_assert!((number as f64 * weight / total - part as f64).abs() < 1.0 + 1e-9);
        }
    }

    #[test]
    fn weights_sum_to_a_hundred(stated in prop::collection::vec(prop::option::weighted(0.9, 0.1..100.0), 1..12)) {
        let sum: f64 = weights(stated.iter().copied()).iter().sum();
        prop_assert!((sum - 100.0).abs() < 1e-9, "{}", sum);
    }
}
