//! What is read from files that are what they claim to be.

use serde_json::json;

use super::super::{BadgeExpiry, BadgeFormat, BadgeWarning, read};
use super::*;

#[test]
fn a_credly_file_gives_its_badges_with_the_days_of_the_date_fields() {
    let reading = reading(TWELVE);
    assert_eq!((reading.format, reading.errors.len()), (BadgeFormat::Credly, 0));
    let rows: Vec<String> = reading
        .badges
        .iter()
        .map(|f| format!("{}|{}|{}|{}", f.place, f.name.as_deref().unwrap(), f.on.unwrap(), expiry(f)))
        .collect();
    assert_eq!(
        rows,
        [
            "badge 1|AWS Certified Cloud Practitioner|2023-05-02|2026-05-02",
            "badge 2|AWS Certified AI Practitioner|2024-10-08|2027-10-08",
            "badge 3|AWS Certified AI Practitioner - Early Adopter|2024-10-08|never",
            "badge 4|AWS Certified Solutions Architect – Associate|2022-03-14|2028-01-20",
            "badge 5|AWS Certified Developer – Associate|2024-02-29|2027-02-28",
            "badge 6|AWS Certified SysOps Administrator – Associate|2025-03-27|2028-03-27",
            "badge 7|AWS Certified: Data Engineer – Associate|2024-04-12|2027-04-12",
            "badge 8|AWS Certified Solutions Architect – Professional|2025-01-20|2028-01-20",
            "badge 9|AWS Certified Security – Specialty|2021-06-30|2024-06-30",
            "badge 10|AWS Certified: SAP on AWS – Specialty|2023-09-01|2026-09-01",
            "badge 11|AWS Certified Security - Specialty|2024-06-18|2027-06-18",
            "badge 12|AWS Partner: Accreditation (Technical)|2021-11-05|never",
        ]
    );
    assert!(reading.badges.iter().all(|f| f.warnings.is_empty() && f.slug.is_some() && f.kind.is_some()));
    assert_eq!(reading.badges[0].proof.as_deref(), Some("00000000-0000-4000-8000-000000000001"));
    let issuer = "Amazon Web Services Training and Certification";
    assert!(reading.badges.iter().all(|f| f.issuer.as_deref() == Some(issuer)));
}

#[test]
fn a_credly_file_may_be_a_page_a_list_or_one_badge_with_a_mark_or_several_in_one() {
    let badge = json!({"id": "x", "issued_at_date": "2025-01-02", "expires_at_date": "2028-01-02",
        "badge_template": {"name": "A Badge"}});
    for (file, count) in [
        (json!({"data": [badge], "metadata": null}).to_string(), 1),
        (json!({"data": badge}).to_string(), 1),
        (json!([badge, badge]).to_string(), 2),
        (badge.to_string(), 1),
        (format!("\u{feff} \r\n{badge}\n"), 1),
        (format!("{}\n{}", json!({"data": [badge]}), json!({"data": [badge, badge]})), 3),
        (json!([{"data": [badge]}, {"data": [badge]}]).to_string(), 2),
    ] {
        let reading = reading(&file);
        assert_eq!((reading.format, reading.badges.len()), (BadgeFormat::Credly, count), "{file}");
        assert_eq!(reading.errors, [], "{file}");
        let places: Vec<String> = (1..=count).map(|n| format!("badge {n}")).collect();
        assert!(reading.badges.iter().map(|f| &f.place).eq(&places), "{file}");
    }
}

#[test]
fn what_credly_leaves_open_is_a_warning() {
    let named = |more: Value| {
        let mut badge = json!({"badge_template": {"name": "A Badge"}});
        badge.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        only(of_json(&badge))
    };
    use BadgeWarning::*;
    for (more, on, expires, warnings) in [
        (json!({"issued_at_date": "2025-01-02", "expires_at_date": null}), "2025-01-02", "never", vec![]),
        (json!({"issued_at_date": "2025-01-02"}), "2025-01-02", "not stated", vec![]),
        (json!({"issued_at_date": "2025-01-02", "expires_at": null}), "2025-01-02", "never", vec![]),
        (
            json!({"issued_at": "2025-01-02T01:00:00Z", "expires_at": "2028-01-02T01:00:00Z"}),
            "2025-01-02",
            "2028-01-02",
            vec![DayMayDiffer],
        ),
        (
            json!({"issued_at_date": "2025-01-02", "issued_at": "2025-01-01T20:00:00-05:00", "state": "pending"}),
            "2025-01-02",
            "not stated",
            vec![StateNotAccepted("pending".into())],
        ),
        (
            json!({"issued_at_date": "2025-01-02", "state": "revoked"}),
            "2025-01-02",
            "not stated",
            vec![Revoked],
        ),
        (json!({"issued_at_date": "2025-01-02", "state": null}), "2025-01-02", "not stated", vec![]),
        (json!({"issued_at_date": null}), "", "not stated", vec![DateMissing]),
        (
            json!({"issued_at_date": "2023-02-29"}),
            "",
            "not stated",
            vec![DateUnreadable("2023-02-29".into())],
        ),
        (
            json!({"issued_at_date": "0001-01-01"}),
            "",
            "not stated",
            vec![DateUnreadable("0001-01-01".into())],
        ),
        (json!({"issued_at_date": "2024-02-29"}), "2024-02-29", "not stated", vec![]),
        (
            json!({"issued_at_date": "2025-01-02", "expires_at_date": "2025-01-01"}),
            "2025-01-02",
            "2025-01-01",
            vec![ExpiresBeforeIssue],
        ),
        (
            json!({"issued_at_date": "2025-01-02", "expires_at_date": "2025-01-02"}),
            "2025-01-02",
            "2025-01-02",
            vec![],
        ),
    ] {
        let found = named(more.clone());
        assert_eq!(found.on.map_or(String::new(), |d| d.to_string()), on, "{more}");
        assert_eq!(expiry(&found), expires, "{more}");
        assert_eq!(found.warnings, warnings, "{more}");
    }
}

#[test]
fn missing_pages_are_reported() {
    let page = |number: u64, of: u64| {
        json!({"data": [{"badge_template": {"name": "A Badge"}, "issued_at_date": "2025-01-02"}],
            "metadata": {"current_page": number, "total_pages": of}})
        .to_string()
    };
    let told = ["the file: it has 1 of 3 pages; save and read the others too"];
    assert_eq!(errors(&reading(&page(2, 3))), told);
    assert_eq!(errors(&reading(&page(1, 1))), [""; 0]);
    assert_eq!(errors(&reading(&(page(1, 2) + &page(2, 2)))), [""; 0]);
}

#[test]
fn an_assertion_of_open_badges_2_is_read_and_not_verified() {
    let reading = reading(EMBEDDED_2);
    assert_eq!(reading.format, BadgeFormat::OpenBadges2);
    let found = only(reading);
    assert_eq!(found.name.as_deref(), Some("AWS Certified Developer – Associate"));
    assert_eq!(found.issuer.as_deref(), Some("Amazon Web Services"));
    assert_eq!((found.on, found.expires), (Some(day("2024-05-06")), BadgeExpiry::On(day("2027-05-06"))));
    assert_eq!(found.proof.as_deref(), Some("https://badges.example/assertions/11"));
    assert_eq!(found.warnings, [BadgeWarning::NotVerified]);
    assert!(!found.needs_decision());
}

#[test]
fn a_badge_that_is_only_an_address_lacks_a_name() {
    let found = only(reading(ADDRESS_2));
    let described_at = Some("https://badges.example/classes/3".to_owned());
    assert_eq!((found.name.as_deref(), expiry(&found)), (None, "not stated".to_owned()));
    assert_eq!(found.warnings, [BadgeWarning::NotVerified, BadgeWarning::NameMissing { described_at }]);
    assert_eq!(found.proof.as_deref(), Some("urn:uuid:00000000-0000-4000-8000-000000000012"));
    assert!(found.needs_decision());
}

#[test]
fn early_open_badges_are_assertions_without_a_type() {
    let file = json!({"uid": "f2c20", "recipient": "sha256$c7", "badge": {"name": "Old Badge"},
        "verify": {"type": "hosted", "url": "https://badges.example/f2c20"}, "issuedOn": 1_359_217_910, "revoked": true});
    let found = only(of_json(&file));
    assert_eq!((found.on, found.proof.as_deref()), (Some(day("2013-01-26")), Some("f2c20")));
    assert_eq!(
        found.warnings,
        [BadgeWarning::NotVerified, BadgeWarning::Revoked, BadgeWarning::DayMayDiffer]
    );
}

#[test]
fn a_credential_of_open_badges_3_has_the_name_of_what_was_achieved() {
    let reading = reading(CREDENTIAL_3);
    assert_eq!(reading.format, BadgeFormat::OpenBadges3);
    let found = only(reading);
    assert_eq!(found.name.as_deref(), Some("AWS Certified Machine Learning Engineer – Associate"));
    assert_eq!((found.on, expiry(&found).as_str()), (Some(day("2025-08-01")), "2028-08-01"));
    assert_eq!(found.kind.as_deref(), Some("Certification"));
    assert_eq!(found.proof.as_deref(), Some("urn:uuid:00000000-0000-4000-8000-000000000013"));
}

#[test]
fn any_value_of_open_badges_may_be_a_list_or_an_object() {
    let reading = reading(LISTS_3);
    assert_eq!((reading.badges.len(), reading.errors.len()), (2, 0));
    let first = &reading.badges[0];
    assert_eq!(first.name.as_deref(), Some("AWS Certified Cloud Practitioner"));
    assert_eq!((first.on, expiry(first).as_str()), (Some(day("2023-01-31")), "2026-01-31"));
    assert_eq!(first.proof.as_deref(), Some("https://badges.example/credentials/14"));
    let described_at = Some("https://badges.example/achievements/6".to_owned());
    assert_eq!(
        reading.badges[1].warnings,
        [BadgeWarning::NotVerified, BadgeWarning::NameMissing { described_at }]
    );
}

#[test]
fn a_signed_token_is_read_however_it_is_wrapped() {
    let credential: Value = serde_json::from_str(CREDENTIAL_3).unwrap();
    let bare = token(&credential);
    let claims = json!({"iss": "did:example:issuer", "nbf": 1_754_006_400, "exp": 1_848_700_800, "jti": "urn:uuid:1",
        "vc": {"type": ["OpenBadgeCredential"], "credentialSubject": {"achievement": {"name": "A Badge"}}}});
    for (file, name) in [
        (bare.clone(), "AWS Certified Machine Learning Engineer – Associate"),
        (format!("\u{feff}{bare}\n"), "AWS Certified Machine Learning Engineer – Associate"),
        (json!([bare]).to_string(), "AWS Certified Machine Learning Engineer – Associate"),
        (
            json!({"type": "VerifiablePresentation", "verifiableCredential": [bare]}).to_string(),
            "AWS Certified Machine Learning Engineer – Associate",
        ),
        (
            token(&json!({"vp": {"verifiableCredential": credential}})),
            "AWS Certified Machine Learning Engineer – Associate",
        ),
        (
            json!({"type": "EnvelopedVerifiableCredential", "id": format!("data:application/vc+jwt,{bare}")})
                .to_string(),
            "AWS Certified Machine Learning Engineer – Associate",
        ),
        (token(&claims), "A Badge"),
        (token(&serde_json::from_str(EMBEDDED_2).unwrap()), "AWS Certified Developer – Associate"),
    ] {
        let found = only(reading(&file));
        assert_eq!(found.name.as_deref(), Some(name), "{file}");
        assert!(found.on.is_some() && found.proof.is_some(), "{file}");
        assert!(found.warnings.contains(&BadgeWarning::NotVerified), "{file}");
    }
    let found = only(reading(&token(&claims)));
    assert_eq!((found.on, expiry(&found).as_str()), (Some(day("2025-08-01")), "2028-08-01"));
    assert_eq!(found.proof.as_deref(), Some("urn:uuid:1"));
}

#[test]
fn the_error_for_another_file_says_what_it_is_and_what_is_accepted() {
    for (bytes, is) in [
        (&b""[..], "empty"),
        (b"\xef\xbb\xbf  \n", "empty"),
        (b"hello", "plain text"),
        (b"<!doctype html><p>badges</p>", "a web page or another kind of XML"),
        (b"\xff\xfe{\0}\0", "UTF-16 text; save it as UTF-8"),
        (b"PK\x03\x04\xff\xff", "a zip archive; unpack it first"),
        (b"\xff\xd8\xff\xe0", "a picture other than PNG"),
        (b"%PDF-1.7\xe2\xe3", "a PDF"),
        (b"{\"data\": \xc0\xaf}", "neither UTF-8 text nor a PNG"),
        (b"{", "broken JSON (line 1: the text ends too early)"),
        (b"{\n\n1: 2}", "broken JSON (line 3: a name is missing)"),
        (b"[\n\n}", "broken JSON (line 3: there is no value)"),
        (
            b"{}",
            "there is none in it; badge 1: it has neither \"badge_template\" nor \"badge\" nor \"credentialSubject\"",
        ),
        (b"[]", "there is none in it"),
        (b"{\"data\": []}", "there is none in it"),
        (
            b"{\"type\": \"BadgeClass\", \"name\": \"x\"}",
            "there is none in it; badge 1: it describes a kind of badge, not a badge of a person",
        ),
        (
            b"https://badges.example/11",
            "only the address of a badge; save as a file what is there: https://badges.example/11",
        ),
        (b"javascript:alert(1)", "plain text"),
    ] {
        let expected = format!(
            "not a file of badges: {is}\n  what can be read: Credly's badges.json, Open Badges 2.0 and 3.0 \
             (JSON or a signed token), and a PNG with such a badge inside"
        );
        assert_eq!(read(bytes).unwrap_err().to_string(), expected);
    }
}
