//! Files that are broken, or made to break their reader.

use proptest::prelude::*;
use serde_json::json;

use super::super::{
    BadgeFileError, BadgeWarning, MAX_BADGES, MAX_FILE_BYTES, merge_duplicates, read, recognize,
};
use super::*;
use badgedex_domain::library::Library;

#[test]
fn one_bad_badge_never_costs_the_others() {
    let reading = reading(ODD_TYPES);
    assert_eq!(
        errors(&reading),
        [
            "badge 1: it has no name: \"badge_template\" is empty or missing",
            "badge 3: it has no name: \"badge_template\" is empty or missing",
            "badge 5: text, not a badge",
            "badge 7: a list, not a badge",
            "badge 8: nothing, not a badge",
            "badge 10: it has neither \"badge_template\" nor \"badge\" nor \"credentialSubject\"",
        ]
    );
    use BadgeWarning::*;
    let rows: Vec<_> = reading.badges.iter().map(|f| (f.place.as_str(), f.warnings.as_slice())).collect();
    assert_eq!(
        rows,
        [
            ("badge 2", &[ExpiresBeforeIssue][..]),
            ("badge 4", &[Revoked]),
            (
                "badge 6",
                &[
                    StateNotAccepted("pending".into()),
                    DateUnreadable("2024-13-01".into()),
                    ExpiryUnreadable("99999-12-31".into())
                ]
            ),
            ("badge 9", &[DateUnreadable("20240101".into())]),
        ]
    );
    assert!(reading.badges.iter().all(|f| f.name.is_some()));
}

/// If each level were searched twice, this would not end.
#[test]
fn nested_names_by_language_end() {
    let nested = (0..100).fold(Value::Null, |inner, _| json!({ "en": inner }));
    let badge = json!({ "badge_template": { "name": nested, "vanity_slug": "a-badge" }, "issued_at": null });
    assert_eq!(only(of_json(&badge)).name, None);
}

#[test]
fn escape_sequences_and_addresses_that_are_not_https_do_no_harm() {
    let found = only(reading(ESCAPES));
    assert_eq!(found.name.as_deref(), Some("AWS ␛]0;mine␇Certified"));
    assert_eq!(found.issuer.as_deref(), Some("<U+009B>31m<U+202E>Somebody"));
    assert_eq!(found.proof, None);
    assert_eq!(
        found.warnings,
        [
            BadgeWarning::StateNotAccepted("acc␛[2Jepted".into()),
            BadgeWarning::ProofLeftOut("../../../etc/x".into())
        ]
    );
    for id in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://badges.example/1",
        "..",
        "a/b",
        "a b",
        "C:x",
        "https://x y",
        "https://\u{202e}x",
        "https:///etc",
        "data:text/html,x",
        "<b>",
        "urn:../x",
        "--yes;",
    ] {
        let file = json!({"id": id, "issued_at_date": "2025-01-02", "badge_template": {"name": "A Badge"}});
        let found = only(of_json(&file));
        assert_eq!(found.proof, None, "{id}");
        assert!(matches!(found.warnings[..], [BadgeWarning::ProofLeftOut(_)]), "{id}");
    }
}

#[test]
fn every_text_is_sanitized_and_limited() {
    let evil = format!("\u{1b}[2J\u{9b}1m\u{202e}{}", "x".repeat(100_000));
    let file = json!({"id": evil, "state": evil, "issued_at_date": evil, "expires_at_date": evil,
        "issuer": {"summary": evil},
        "badge_template": {"name": evil, "vanity_slug": evil, "type_category": evil}});
    let shown = format!("{:#?}", only(of_json(&file)));
    assert!(shown.len() < 5_000);
    assert!(!shown.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{shown}");
    let told = only(of_json(&file)).warnings.iter().map(|d| format!("{d}\n")).collect::<String>();
    assert!(!told.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{told}");
}

#[test]
fn deep_nesting_is_an_error_that_names_the_limit() {
    let arrays = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for file in [
        format!("{{\"data\":{arrays}}}"),
        arrays.clone(),
        format!("{{\"data\":[{{\"badge_template\":{arrays}}}]}}"),
        "[".repeat(100_000),
        format!("{{\"data\":{}", "[".repeat(100_000)),
        "{\"data\":".repeat(100_000),
        format!("{{\"badge_template\":{}", "{\"a\":".repeat(100_000)),
    ] {
        let problem = problem(file.as_bytes());
        let is_named = problem.contains("nested more than 128 deep") || problem.contains("ends too early");
        assert!(is_named, "{problem}");
    }
    let sound = json!({"badge_template": {"name": "A Badge"}, "issued_at_date": "2025-01-02"});
    let reading = reading(&format!("[{sound},{arrays},{sound}]"));
    assert_eq!(reading.badges.len(), 2);
    assert_eq!(errors(&reading), ["badge 2: nested more than 128 deep, the most that is read"]);
}

#[test]
fn tokens_are_unwrapped_to_a_limit() {
    let mut value = json!({"verifiableCredential": []});
    for _ in 0..6 {
        value = json!(token(&json!({"verifiableCredential": [value]})));
    }
    assert!(problem(value.as_str().unwrap().as_bytes()).contains("badge 1: wrapped more than 4 times"));
    for bad in ["eyJ.eyJ.x", "ey..", "eyJhbGciOiJub25lIn0.bm8ganNvbg.x"] {
        assert!(problem(bad.as_bytes()).contains("there is none in it"), "{bad}");
    }
}

#[test]
fn an_error_names_its_limit() {
    let badge = r#"{"badge_template":{"name":"A"},"issued_at_date":"2025-01-02"}"#;
    let list = |count: usize| format!("{{\"data\":[{}]}}", vec![badge; count].join(","));
    assert_eq!(reading(&list(MAX_BADGES)).badges.len(), MAX_BADGES);
    let most = "more than 10000 badges, the most that are read from one file";
    assert_eq!(problem(list(MAX_BADGES + 1).as_bytes()), most);
    let nested = format!("[{},{}]", list(MAX_BADGES / 2), list(MAX_BADGES / 2 + 1));
    assert_eq!(read(nested.as_bytes()), Err(BadgeFileError::TooMany));
    let zeros = format!("{{\"data\":[{}0]}}", "0,".repeat(3_000_000));
    assert_eq!(read(zeros.as_bytes()), Err(BadgeFileError::TooMany));
    assert_eq!(problem(&vec![b' '; MAX_FILE_BYTES + 1]), "larger than 64 MiB, the most that is read");
    let fat = format!("[{badge},{{\"badge_template\":\"{}\"}}]", "x".repeat(4 * 1024 * 1024));
    let told = errors(&reading(&fat));
    assert_eq!(told, ["badge 2: larger than 4 MiB, the most that is read of one badge"]);
}

#[test]
fn badges_before_broken_json_are_read() {
    let cut = TWELVE.find("\"AWS Certified Developer").unwrap();
    let read = reading(&TWELVE[..cut]);
    assert_eq!(read.badges.len(), 4);
    assert!(errors(&read)[0].starts_with("the file: broken JSON (line "), "{:?}", read.errors);
    assert!(errors(&read)[0].ends_with("the text ends too early); everything before that was read"));
    let trailing = reading(&format!("{TWELVE}\n<<<<<<< HEAD"));
    assert_eq!((trailing.badges.len(), trailing.errors.len()), (12, 1));
}

/// JSON of any shape, with keys that mean something.
fn any_json() -> impl Strategy<Value = Value> {
    let key = prop::sample::select(vec![
        "data",
        "badge_template",
        "name",
        "vanity_slug",
        "issued_at_date",
        "expires_at_date",
        "issued_at",
        "state",
        "id",
        "type",
        "badge",
        "issuer",
        "issuedOn",
        "expires",
        "credentialSubject",
        "achievement",
        "validFrom",
        "verifiableCredential",
        "vp",
        "metadata",
        "total_pages",
        "en",
        "entities",
        "revoked",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|n| json!(n)),
        ".{0,20}".prop_map(Value::from),
        prop::sample::select(vec![
            "Assertion",
            "OpenBadgeCredential",
            "2025-01-02",
            "2025-01-02T03:04:05Z",
            "AWS Certified Developer – Associate",
            "https://badges.example/1",
            "eyJ9.eyJ9.x"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..8)
                .prop_map(|pairs| pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
        ]
    })
}

fn survives(bytes: &[u8]) {
    let library = Library::default();
    if let Ok(reading) = read(bytes) {
        reading.badges.iter().for_each(|f| drop(recognize(f, library.catalogs())));
        let count = reading.badges.len();
        let merged = merge_duplicates(reading.badges);
        assert_eq!(merged.iter().map(|m| 1 + m.duplicates.len()).sum::<usize>(), count);
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survives(&bytes);
    }

    #[test]
    fn no_text_makes_it_panic(text in "[\\[\\]{}\",:0-9a-z\\\\ é\u{1f600}]{0,200}") {
        survives(text.as_bytes());
    }

    #[test]
    fn no_json_makes_it_panic(value in any_json()) {
        survives(value.to_string().as_bytes());
        survives(token(&value).as_bytes());
    }

    #[test]
    fn no_damage_to_a_file_makes_it_panic(at in 0..TWELVE.len(), byte in any::<u8>(), end in 0..TWELVE.len()) {
        let mut bytes = TWELVE.as_bytes().to_vec();
        bytes[at] = byte;
        bytes.truncate(end);
        survives(&bytes);
    }
}
