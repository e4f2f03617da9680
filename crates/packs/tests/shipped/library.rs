//! What a person means by a name.

use std::sync::LazyLock;

use badgedex_domain::library::*;
use badgedex_domain::question::QuestionId;
use badgedex_packs as packs;

static SHIPPED: LazyLock<Library> = LazyLock::new(|| packs::load(&[], "2026-11-23".parse().unwrap()).library);

fn found(typed: &str) -> &'static str {
    match SHIPPED.catalogs().find_credential(typed) {
        Ok(credential) => credential.id.as_str(),
        Err(error) => panic!("{typed}: {error:?}"),
    }
}

fn nearest(typed: &str) -> Vec<String> {
    let error = SHIPPED.catalogs().find_credential(typed).expect_err(typed);
    assert_eq!((error.what, error.typed.as_str()), ("credential", typed));
    error.nearest.into_iter().map(|(id, _)| id).collect()
}

#[test]
fn a_credential_is_found_by_id_short_name_exam_code_alias_or_part_of_its_name() {
    for (typed, id) in [
        // The exact id.
        ("aws-solutions-architect-associate", "aws-solutions-architect-associate"),
        ("aws-cloud-practitioner", "aws-cloud-practitioner"),
        ("  aws-security-specialty ", "aws-security-specialty"),
        // The short name.
        ("saa", "aws-solutions-architect-associate"),
        ("SAA", "aws-solutions-architect-associate"),
        ("sap", "aws-solutions-architect-professional"),
        ("pas", "aws-sap-on-aws-specialty"),
        // The exam code, an earlier or a coming one too.
        ("SAA-C03", "aws-solutions-architect-associate"),
        ("saa-c02", "aws-solutions-architect-associate"),
        ("DVA-C03", "aws-developer-associate"),
        ("SOA-C02", "aws-sysops-administrator-associate"),
        ("SOA-C03", "aws-cloudops-engineer-associate"),
        // An alias.
        ("sysops", "aws-sysops-administrator-associate"),
        ("security specialty", "aws-security-specialty"),
        ("Security Specialty", "aws-security-specialty"),
        ("cloud practitioner", "aws-cloud-practitioner"),
        ("ccp", "aws-cloud-practitioner"),
        ("devops", "aws-devops-engineer-professional"),
        // The name.
        ("AWS Certified Security - Specialty", "aws-security-specialty"),
        ("aws certified security specialty", "aws-security-specialty"),
        // An unambiguous part of it.
        ("alexa skill", "aws-alexa-skill-builder-specialty"),
        ("strategist", "aws-ai-business-strategist"),
        ("generative", "aws-generative-ai-developer-professional"),
        ("professional architect", "aws-solutions-architect-professional"),
        ("networking", "aws-advanced-networking-specialty"),
    ] {
        assert_eq!(found(typed), id, "{typed}");
    }
}

#[test]
fn every_credential_is_found_by_all_that_it_is_called() {
    for credential in SHIPPED.catalogs().credentials() {
        let names = [credential.id.as_str(), &credential.name, &credential.short];
        let aliases = credential.aliases.iter().map(String::as_str);
        for name in names.into_iter().chain(aliases).chain(credential.code.as_deref()) {
            assert_eq!(found(name), credential.id.as_str(), "{name}");
        }
    }
}

#[test]
fn an_ambiguous_part_lists_all_that_it_could_mean() {
    for (typed, ids) in [
        (
            "solutions architect",
            vec!["aws-solutions-architect-associate", "aws-solutions-architect-professional"],
        ),
        ("architect", vec!["aws-solutions-architect-associate", "aws-solutions-architect-professional"]),
        (
            "machine learning",
            vec!["aws-machine-learning-engineer-associate", "aws-machine-learning-specialty"],
        ),
        (
            "developer",
            vec!["aws-developer-associate", "aws-generative-ai-developer-professional", "cncf-ckad"],
        ),
    ] {
        assert_eq!(nearest(typed), ids, "{typed}");
    }
}

#[test]
fn a_misspelt_name_lists_the_nearest() {
    for (typed, id) in [
        ("securty specialty", "aws-security-specialty"),
        ("cloud practicioner", "aws-cloud-practitioner"),
        ("aws-big-date-specialty", "aws-big-data-specialty"),
        ("SAA-C04", "aws-solutions-architect-associate"),
        ("sysop administrater", "aws-sysops-administrator-associate"),
    ] {
        let nearest = nearest(typed);
        assert!(nearest.iter().any(|n| n == id), "{typed}: {nearest:?}");
        assert!(nearest.len() <= 3, "{typed}: {nearest:?}");
    }
}

#[test]
fn nothing_typed_means_nothing() {
    for typed in ["", "  ", "-", "?!"] {
        assert!(SHIPPED.catalogs().find_credential(typed).is_err(), "{typed:?}");
    }
}

#[test]
fn packs_topics_and_questions_are_found_by_name() {
    assert_eq!(SHIPPED.find_pack("Article").unwrap().id, "article");
    assert_eq!(SHIPPED.find_pack("artikle").unwrap_err().nearest[0].0, "article");
    let topics = |typed: &str| -> Vec<String> {
        let found = SHIPPED.find_topics(typed).unwrap();
        found.into_iter().map(|(pack, topic)| format!("{}/{}", pack.id, topic.id)).collect()
    };
    assert_eq!(topics("article/order"), ["article/order"]);
    assert_eq!(topics("Recommended order"), ["article/order"]);
    assert_eq!(topics("tiers"), ["article/tiers", "aws-today/tiers", "facts/tiers"]);
    assert_eq!(SHIPPED.find_topics("odrer").unwrap_err().nearest[0].0, "order");
    let question = SHIPPED.find_question(" facts/tier/aws-security-specialty ").unwrap();
    assert_eq!(question.topic, "tiers");
}

#[test]
fn no_id_stands_twice() {
    let mut ids: Vec<&QuestionId> = SHIPPED.questions().map(|q| &q.id).collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all);
    assert!(ids.iter().all(|id| SHIPPED.question(id).is_some_and(|q| q.id == **id)));
}
