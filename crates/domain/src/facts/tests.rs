//! What a catalog asks, by day: which questions there are, which are not worth asking, and which replace others.

use std::collections::BTreeMap;

use super::*;
use crate::catalog::{Note, PathAuthor, ValidFor, Validity, Version};
use crate::fixture::*;
use crate::money::{Currency, Fee, Money};
use crate::period::{Moment, Offered};

/// All questions of catalogs on a day, by the part of the id after `facts/`.
fn asked_of(catalogs: &[Catalog], on: &str) -> BTreeMap<String, Question> {
    let questions = pack(catalogs, day(on)).questions;
    questions.into_iter().map(|q| (q.id.as_str()["facts/".len()..].to_owned(), q)).collect()
}

fn asked(on: &str) -> BTreeMap<String, Question> {
    asked_of(&catalogs(), on)
}

/// The ids of all questions of a kind.
fn of_kind(questions: &BTreeMap<String, Question>, kind: &str) -> Vec<String> {
    let kind = format!("{kind}/");
    questions.keys().filter_map(|id| Some(id.strip_prefix(&kind)?.to_owned())).collect()
}

/// The kinds of question about one credential alone.
fn kinds(on: &str, credential: &str) -> Vec<String> {
    let of_it = asked(on).into_iter().filter(|(_, q)| q.credentials == [id(credential)]);
    let kinds = of_it.filter_map(|(id, _)| Some(id.split_once('/')?.0.to_owned()));
    kinds.filter(|kind| !kind.starts_with("tier-") && !kind.starts_with("path")).collect()
}

/// North with one credential changed.
fn north_with(name: &str, change: impl Fn(Credential) -> Credential) -> Catalog {
    let mut north = catalogs()[0].clone();
    let place = north.credentials.iter().position(|c| c.id.as_str() == name).unwrap();
    north.credentials[place] = change(north.credentials[place].clone());
    north
}

/// Coder costs more than the other Associates.
fn with_a_dear_coder() -> Catalog {
    let dollars = Fee { amount: Money(20_000), currency: Currency::new("USD").unwrap() };
    north_with(CODER, |coder| Credential { fee: Some(dollars), ..coder })
}

#[test]
fn what_is_asked_of_a_credential_depends_on_its_offer() {
    for (credential, on, expected) in [
        (QUANTUM, TODAY, &[][..]),
        (RUMOR, TODAY, &["tier"]),
        (LEGACY, TODAY, &[]),
        (NETWORK, TODAY, &["code", "tier", "which-is"]),
        (BASICS, TODAY, &["code", "tier", "which-is"]),
        (NETWORK, "2027-02-01", &[]),
        // What was last read three years ago is no longer asked.
        (BASICS, "2029-11-02", &["tier"]),
        // South has a single credential: nothing distinguishes it from another.
        (PILOT, TODAY, &[]),
    ] {
        assert_eq!(kinds(on, credential), expected, "{credential} on {on}");
    }
}

#[test]
fn a_rule_is_asked_once_for_its_tier_and_of_no_credential() {
    let questions = asked(TODAY);
    let tiers = ["accreditation", "associate", "foundational", "professional", "specialty"];
    let tiers: Vec<String> = tiers.iter().map(|tier| format!("north-{tier}")).collect();
    for term in ["fee", "proctored", "validity"] {
        assert_eq!(of_kind(&questions, &format!("tier-{term}")), tiers, "{term}");
        assert_eq!(of_kind(&questions, term), [""; 0], "{term}");
    }
    assert_eq!(questions["tier-fee/north-associate"].credentials, [BUILDER, CODER, OPERATOR].map(id));
    assert_eq!(
        questions["tier-fee/north-associate"].stem,
        "How much does an Associate Certification from North Institute cost?"
    );
}

#[test]
fn an_exception_is_asked_by_itself_and_the_rule_says_that_there_is_one() {
    let questions = asked_of(&[with_a_dear_coder()], TODAY);
    assert_eq!(of_kind(&questions, "fee"), [CODER]);
    let Kind::Drawn { right, .. } = &questions["fee/north-coder"].kind else { panic!("fees are drawn") };
    assert_eq!(right, &["USD 200"]);
    let rule = &questions["tier-fee/north-associate"];
    assert_eq!(rule.stem, "How much does an Associate Certification from North Institute usually cost?");
    assert_eq!(rule.credentials, [BUILDER, OPERATOR].map(id));
}

#[test]
fn without_a_majority_there_is_no_rule_and_each_credential_is_asked() {
    let mut north = with_a_dear_coder();
    north.credentials.retain(|c| c.id != id(OPERATOR));
    let questions = asked_of(&[north], TODAY);
    assert_eq!(of_kind(&questions, "fee"), [BUILDER, CODER]);
    assert!(!questions.contains_key("tier-fee/north-associate"));
}

#[test]
fn what_has_one_answer_in_a_catalog_is_not_asked() {
    let questions = asked(TODAY);
    // All that have minutes have 90; only the keeper was renamed; what is renewed is renewed by Architect.
    for kind in ["tier-minutes", "successor", "renewed-by"] {
        assert_eq!(of_kind(&questions, kind), [""; 0], "{kind}");
    }
    let Kind::TrueFalse { key } = questions["tier-proctored/north-accreditation"].kind else { panic!() };
    assert!(!key);
}

#[test]
fn a_term_that_changed_is_a_new_question_that_replaces_the_old_one() {
    let begins = |from, months| ValidFor { passed_from: from, months };
    let rules = vec![begins(None, 36), begins(Some(day("2026-10-01")), 24)];
    let changed = Some(Validity::Months(rules));
    let north = north_with(CODER, |coder| Credential { validity: changed.clone(), ..coder });
    assert_eq!(of_kind(&asked_of(std::slice::from_ref(&north), "2026-09-30"), "validity"), [""; 0]);
    let question = &asked_of(&[north], TODAY)["validity/north-coder-24-months"];
    assert_eq!(question.replaces, [QuestionId::new("facts/validity/north-coder")]);
    assert_eq!(question.changed.as_ref().map(|c| c.was.as_str()), Some("after 3 years"));
}

#[test]
fn where_most_of_a_tier_has_ended_the_question_is_what_can_still_be_earned() {
    let mut north = catalogs()[0].clone();
    for credential in &mut north.credentials {
        if [RUMOR, QUANTUM].map(id).contains(&credential.id) {
            credential.offered =
                Offered { until: Some(Moment::At("2025-06".parse().unwrap())), ..Offered::default() };
        }
    }
    let catalogs = [north];
    let questions = asked_of(&catalogs, TODAY);
    assert_eq!(of_kind(&questions, "ended"), ["north-associate"]);
    assert_eq!(of_kind(&questions, "still-offered"), ["north-specialty-3"]);
    let question = &questions["still-offered/north-specialty-3"];
    assert!(question.replaces.is_empty() && question.changed.is_none());
    let Kind::Drawn { right, wrong, .. } = &question.kind else { panic!("it is drawn") };
    assert_eq!(right, &["North Certified Network - Specialty"]);
    assert_eq!(
        wrong[1].meaning.as_deref(),
        Some("North Certified Legacy - Specialty ended on 1 April 2024.")
    );
}

#[test]
fn what_ended_is_asked_as_precisely_as_it_is_known() {
    let between = |after: &str, by: &str| Moment::Between { after: after.parse().ok(), by: by.parse().ok() };
    for (moment, told) in [
        (Moment::At("2024-04-29".parse().unwrap()), Some("on 29 April 2024")),
        (Moment::At("2021-03".parse().unwrap()), Some("in March 2021")),
        (Moment::At("2021".parse().unwrap()), Some("in 2021")),
        (between("2020-04-01", "2021-06-30"), Some("between 1 April 2020 and 30 June 2021")),
        (between("", "2019"), Some("by 2019")),
        (between("2019-02", ""), Some("after February 2019")),
        (between("", ""), None),
    ] {
        assert_eq!(offer::when(moment).as_deref(), told);
    }
}

#[test]
fn the_path_is_asked_step_by_step_as_the_recommendation_of_its_author() {
    let questions = asked(TODAY);
    assert_eq!(of_kind(&questions, "path"), ["north-step-1", "north-step-2", "north-step-3"]);
    let stem = &questions["path/north-step-1"].stem;
    assert!(stem.starts_with("The catalog recommends a path through the credentials of North"), "{stem}");

    let mut north = catalogs()[0].clone();
    north.path_by = Some(PathAuthor { name: "the dean".into(), source: Some("A speech".into()) });
    let question = &asked_of(&[north], TODAY)["path/north-step-1"];
    assert!(question.stem.starts_with("The dean recommends a path"), "{}", question.stem);
    assert_eq!(question.source.as_deref(), Some("A speech"));
}

#[test]
fn a_tier_question_does_not_give_the_tier_away() {
    let questions = asked(TODAY);
    assert_eq!(questions["tier/north-builder"].stem, "Which tier does North Certified Builder belong to?");
    let renamed = north_with(CODER, |coder| Credential { name: "North Associate Coder".into(), ..coder });
    assert!(!asked_of(&[renamed], TODAY).contains_key("tier/north-coder"));
}

#[test]
fn of_two_names_that_differ_by_their_tier_alone_both_are_choices() {
    let north =
        north_with(ARCHITECT, |c| Credential { name: "North Certified Builder - Professional".into(), ..c });
    let questions = asked_of(&[north], TODAY);
    assert_eq!(
        questions["tier/north-builder"].stem,
        "Which tier does North Certified Builder (BLD) belong to?"
    );
    let Kind::Drawn { wrong, .. } = &questions["which-is-not/north-associate"].kind else { panic!() };
    let choices: Vec<&str> = wrong.iter().map(|w| w.text.as_str()).collect();
    assert_eq!(
        choices,
        ["North Certified Builder (BLD)", "North Certified Coder", "North Certified Operator"]
    );
}

#[test]
fn a_note_that_disputes_a_right_answer_is_told_with_it() {
    let note = |text: &str| Note { about: "renewed_by".into(), text: text.into() };
    let notes = vec![note("Sources disagree on Architect - Professional."), note("Training was not read.")];
    let mut north = north_with(CODER, |coder| Credential { notes: notes.clone(), ..coder });
    let network = north.credentials.iter_mut().find(|c| c.id == id(NETWORK)).unwrap();
    network.renewed_by.as_mut().unwrap()[0].credential = id(CODER);
    let rationale = asked_of(&[north], TODAY)["renewed-by/north-coder"].rationale.clone().unwrap();
    assert!(
        rationale.ends_with("as far as the catalog knows. Sources disagree on Architect - Professional.")
    );
}

#[test]
fn the_code_is_not_asked_while_an_earlier_version_may_be_in_use() {
    let version = |code: &str, until: Option<&str>| Version {
        code: code.into(),
        from: None,
        until: until.map(|day| Moment::At(day.parse().unwrap())),
        domains: Vec::new(),
    };
    let code = |until| {
        let versions = vec![version("COD-01", until), version("COD-02", None)];
        let north = north_with(CODER, |c| Credential { versions: versions.clone(), ..c });
        of_kind(&asked_of(&[north], TODAY), "code").into_iter().find(|id| id.starts_with(CODER))
    };
    assert_eq!(code(Some("2026-11-22")).as_deref(), Some("north-coder-cod-02"));
    assert_eq!(code(Some("2026-11-23")), None);
    assert_eq!(code(None), None);
}

#[test]
fn every_question_has_a_known_topic_a_rationale_and_a_source() {
    let pack = pack(&catalogs(), day(TODAY));
    for question in &pack.questions {
        assert!(pack.topics.iter().any(|topic| topic.id == question.topic), "{}", question.id);
        assert!(question.rationale.is_some() && question.source.is_some(), "{}", question.id);
    }
}

/// Ids and answers of a kind; the rule of a tier and its exceptions are of one kind.
fn answers(questions: &BTreeMap<String, Question>) -> BTreeMap<String, BTreeSet<String>> {
    let mut kinds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, question) in questions {
        let kind = id.split('/').next().unwrap().trim_start_matches("tier-").to_owned();
        let answers = match &question.kind {
            Kind::Drawn { right, .. } => right.clone(),
            other => vec![format!("{other:?}")],
        };
        kinds.entry(kind).or_default().extend(answers);
    }
    kinds
}

#[test]
fn in_an_invented_catalog_too_every_kind_has_two_answers_and_every_stem_is_unique() {
    for on in [TODAY, "2020-01-15", "2027-02-01"] {
        for catalog in [catalogs()[0].clone(), catalogs()[1].clone(), with_a_dear_coder()] {
            let questions = asked_of(&[catalog], on);
            for (kind, answers) in answers(&questions) {
                assert!(answers.len() >= 2, "{kind} on {on}: {answers:?}");
            }
            let stems: BTreeSet<&str> = questions.values().map(|q| q.stem.as_str()).collect();
            assert_eq!(stems.len(), questions.len(), "on {on}");
        }
    }
}

#[test]
fn questions_grow_with_the_catalog_and_no_faster() {
    const COUNT: usize = 2_000;
    let mut north = catalogs()[0].clone();
    let coder = north.credential(&id(CODER)).unwrap().clone();
    north.credentials.extend((0..COUNT).map(|n| Credential {
        name: format!("North Certified Subject {n} - Associate"),
        short: format!("S{n}"),
        code: Some(format!("S{n}-01")),
        ..Credential { id: id(&format!("north-subject-{n}")), ..coder.clone() }
    }));
    let questions = asked_of(&[north], TODAY);
    assert!(questions.len() > COUNT);
    for (id, question) in &questions {
        if let Kind::Drawn { wrong, .. } = &question.kind {
            assert!(wrong.len() <= MAX_WRONG, "{id} draws from {}", wrong.len());
        }
        assert!(question.rationale.as_ref().unwrap().len() < 2_000, "{id}");
    }
    let named: usize = questions.values().map(|q| q.credentials.len()).sum();
    assert!(named < 15 * COUNT, "{named}");
}
