//! Which credentials badges are, and the same badge more than once.

use std::path::Path;

use super::super::{BadgeWarning, Recognition, merge_duplicates, recognize};
use super::*;
use badgedex_domain::library::Library;

/// The shipped catalogs, and one of an invented issuer.
fn library() -> Library {
    let own = badgedex_packs::folders(Path::new("samples/seamanship")).unwrap();
    let shelf = badgedex_packs::load(&own, day("2026-11-23"));
    assert_eq!(shelf.diagnostics, []);
    shelf.library
}

fn named(name: &str) -> Badge {
    Badge {
        place: "badge 1".to_owned(),
        name: Some(name.to_owned()).filter(|n| !n.is_empty()),
        slug: None,
        issuer: None,
        on: Some(day("2025-01-02")),
        expires: BadgeExpiry::NotStated,
        proof: None,
        kind: None,
        warnings: vec![],
    }
}

/// What a badge is, in one line.
fn verdict(found: &Badge, library: &Library) -> String {
    match recognize(found, library.catalogs()) {
        Recognition::Known(credential) => credential.id.to_string(),
        Recognition::NotACredential(because) => format!("no: {because}"),
        Recognition::Unknown { .. } => "unknown".to_owned(),
    }
}

#[test]
fn a_name_is_recognized_whatever_its_punctuation() {
    let library = library();
    for (name, id) in [
        ("AWS Certified Cloud Practitioner", "aws-cloud-practitioner"),
        ("aws certified cloud practitioner™", "aws-cloud-practitioner"),
        ("AWS Certified Cloud Practitioner – Foundational", "aws-cloud-practitioner"),
        ("AWS Certified Cloud Practitioner (CLF-C02)", "aws-cloud-practitioner"),
        ("Amazon AWS Certified Cloud Practitioner Certification", "aws-cloud-practitioner"),
        ("AWS Certified Solutions Architect – Associate", "aws-solutions-architect-associate"),
        ("AWS Certified Solutions Architect\u{2014}Professional", "aws-solutions-architect-professional"),
        ("AWS Certified: SAP on AWS – Specialty", "aws-sap-on-aws-specialty"),
        ("AWS Certified SAP on AWS - Specialty", "aws-sap-on-aws-specialty"),
        ("AWS Certified: Data Engineer – Associate", "aws-data-engineer-associate"),
        ("AWS Partner: Accreditation (Technical)", "aws-technical-professional"),
        ("AWS Partner: Cloud Economics", "aws-cloud-economics"),
        ("AWS Cloud Practitioner Essentials", "aws-cloud-practitioner-essentials"),
        ("CBM: Certified Boat Mechanic", "hg-cbm"),
        ("Harbour Guild Certified Boat Mechanic (CBM-2), Mate", "hg-cbm"),
        ("Certified Boat Mechanic: Engines", "hg-cbe"),
        ("Boat Mechanic", "hg-cbm"),
    ] {
        assert_eq!(verdict(&named(name), &library), id, "{name}");
    }
}

#[test]
fn a_name_that_says_more_or_less_than_a_credentials_is_not_that_credential() {
    let library = library();
    let in_it = |name: &str| format!("no: its name contains {name}, but it is another badge");
    let practitioner = in_it("AWS Certified Cloud Practitioner");
    let outside = "no: no credential of AWS has that name";
    for (name, expected) in [
        ("AWS Certified Cloud Practitioner - Early Adopter", practitioner.as_str()),
        ("AWS Certified Cloud Practitioner (Beta)", &practitioner),
        ("AWS Certified Cloud Practitioner - Associate", &practitioner),
        ("Instructor for AWS Certified Cloud Practitioner", &practitioner),
        ("Early Adopter: AI", "no: its name says \"early adopter\""),
        ("AWS Academy Graduate - Cloud Foundations", "no: its name says \"graduate\""),
        ("AWS Educate Getting Started with Databases", outside),
        ("AWS SimuLearn: Cloud Practitioner", outside),
        ("AWS Knowledge: Serverless", outside),
        ("AWS Certified Quantum Computing - Specialty", "unknown"),
        ("AWS Certified Solutions Architect", "unknown"),
        ("AWS Partner: Accreditation (Business)", "unknown"),
        ("Certified Boat Mechanic Sails", &in_it("Certified Boat Mechanic")),
        ("HG Regatta Volunteer", "no: no credential of HG has that name"),
        ("CBM", "unknown"),
        ("Security", "unknown"),
        ("Something Else Entirely", "unknown"),
        ("—:–", "unknown"),
        ("", "unknown"),
    ] {
        assert_eq!(verdict(&named(name), &library), expected, "{name}");
    }
}

#[test]
fn slug_kind_and_issuer_help_where_the_name_does_not() {
    let library = library();
    let with = |name: &str, slug: Option<&str>, kind: Option<&str>, issuer: Option<&str>| Badge {
        slug: slug.map(str::to_owned),
        kind: kind.map(str::to_owned),
        issuer: issuer.map(str::to_owned),
        ..named(name)
    };
    let slug = Some("aws-certified-cloud-practitioner");
    let amazon = Some("Amazon Web Services Training and Certification");
    for (found, expected) in [
        (with("", slug, None, None), "aws-cloud-practitioner"),
        (with("", Some("aws-certified-cloud-practitioner.1"), None, None), "aws-cloud-practitioner"),
        (with("クラウド", slug, None, None), "aws-cloud-practitioner"),
        (with("Cloud Graduate", slug, None, None), "no: its name says \"graduate\""),
        (
            with("", Some("aws-certified-cloud-practitioner-early-adopter"), None, None),
            "no: its name contains AWS Certified Cloud Practitioner, but it is another badge",
        ),
        (with("Rowing", None, Some("Learning"), None), "no: its issuer files it under \"Learning\""),
        (with("Rowing", None, Some("Certification"), None), "unknown"),
        (with("Cloud Quest: Networking", None, None, amazon), "no: no credential of AWS has that name"),
        (
            with("AWS Partner: Accreditation (Technical)", None, Some("Learning"), amazon),
            "aws-technical-professional",
        ),
        (with("Data Analytics", None, None, amazon), "aws-data-analytics-specialty"),
        (with("Data Analytics", None, None, Some("A University")), "unknown"),
        (with("AWS Certified Cloud Practitioner", None, None, Some("AWS")), "aws-cloud-practitioner"),
    ] {
        assert_eq!(verdict(&found, &library), expected, "{found:?}");
    }
}

#[test]
fn an_unknown_badge_has_the_nearest_names() {
    let library = library();
    let nearest = |name: &str| match recognize(&named(name), library.catalogs()) {
        Recognition::Unknown { nearest } => nearest.iter().map(|c| c.id.to_string()).collect(),
        other => vec![format!("{other:?}")],
    };
    let both = ["aws-solutions-architect-associate", "aws-solutions-architect-professional"];
    assert_eq!(nearest("AWS Certified Solutions Architect"), both);
    assert_eq!(nearest("").len(), 0);
    assert!(!nearest("Certified Boat Mekanic").is_empty());
}

#[test]
fn every_credential_is_recognized_by_its_own_name_and_by_nothing_longer() {
    let library = library();
    for credential in library.catalogs().credentials() {
        assert_eq!(verdict(&named(&credential.name), &library), credential.id.as_str());
        let slug = credential.name.to_lowercase().replace([' ', ':', '(', ')'], "-");
        let by_slug = Badge { slug: Some(slug), ..named("") };
        assert_eq!(verdict(&by_slug, &library), credential.id.as_str());
        let adopter = format!("{} – Early Adopter", credential.name);
        assert!(verdict(&named(&adopter), &library).starts_with("no: "), "{adopter}");
    }
}

#[test]
fn the_twelve_badges_are_ten_credentials_and_one_other() {
    let library = library();
    let merged = merge_duplicates(reading(TWELVE).badges);
    let verdicts: Vec<String> = merged.iter().map(|m| verdict(&m.badge, &library)).collect();
    assert_eq!(
        verdicts,
        [
            "aws-cloud-practitioner",
            "aws-ai-practitioner",
            "no: its name contains AWS Certified AI Practitioner, but it is another badge",
            "aws-solutions-architect-associate",
            "aws-developer-associate",
            "aws-sysops-administrator-associate",
            "aws-data-engineer-associate",
            "aws-solutions-architect-professional",
            "aws-security-specialty",
            "aws-sap-on-aws-specialty",
            "aws-technical-professional",
        ]
    );
    let security = &merged[8];
    assert_eq!((security.badge.place.as_str(), expiry(&security.badge).as_str()), ("badge 11", "2027-06-18"));
    assert_eq!(security.duplicates.iter().map(|f| f.place.as_str()).collect::<Vec<_>>(), ["badge 9"]);
}

#[test]
fn of_equal_badges_the_undoubted_one_that_expires_last_counts() {
    let badge = |place: &str, name: &str, expires: BadgeExpiry, warnings: &[BadgeWarning]| Badge {
        place: place.to_owned(),
        expires,
        warnings: warnings.to_vec(),
        ..named(name)
    };
    let on = |text: &str| BadgeExpiry::On(day(text));
    let issued = |issuer: &str, found: Badge| Badge { issuer: Some(issuer.to_owned()), ..found };
    let proven = |proof: &str, found: Badge| Badge { proof: Some(proof.to_owned()), ..found };
    let groups = merge_duplicates(vec![
        badge("1", "A – B", on("2026-01-01"), &[]),
        issued("X", badge("2", "A: b", on("2027-01-01"), &[])),
        badge("3", "a-b", on("2029-01-01"), &[BadgeWarning::Revoked]),
        issued("Y", badge("4", "A B", on("2030-01-01"), &[])),
        badge("5", "C", BadgeExpiry::NotStated, &[]),
        badge("6", "C", BadgeExpiry::Never, &[BadgeWarning::NotVerified]),
        badge("7", "C", on("2031-01-01"), &[]),
        badge("8", "", BadgeExpiry::NotStated, &[]),
        badge("9", "", BadgeExpiry::NotStated, &[]),
        proven("p", badge("10", "", on("2026-01-01"), &[])),
        proven("p", badge("11", "", on("2026-01-01"), &[])),
    ]);
    let rows: Vec<(&str, Vec<&str>)> = groups
        .iter()
        .map(|m| (m.badge.place.as_str(), m.duplicates.iter().map(|f| f.place.as_str()).collect()))
        .collect();
    assert_eq!(
        rows,
        [
            ("2", vec!["1", "3"]),
            ("4", vec![]),
            ("6", vec!["5", "7"]),
            ("8", vec![]),
            ("9", vec![]),
            ("10", vec!["11"]),
        ]
    );
}
