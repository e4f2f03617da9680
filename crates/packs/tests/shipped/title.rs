//! The Kubestronaut and the one who has everything.

use chrono::DateTime;
use serde_json::Map;
use uuid::Uuid;

use badgedex_domain::catalog::CredentialId;
use badgedex_domain::journal::{Deed, Event, Passed};
use badgedex_domain::record::Record;
use badgedex_domain::title::*;
use badgedex_packs as packs;
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The Kubestronaut on a day, after these passes.
fn kubestronaut(passes: &[(&str, &str)], today: &str) -> (usize, bool, Option<String>) {
    let library = packs::load(&[], day(today)).library;
    let events: Vec<Event> = passes
        .iter()
        .enumerate()
        .map(|(i, (credential, on))| Event {
            id: Uuid::from_u128(i as u128 + 1),
            at: DateTime::parse_from_rfc3339(&format!("{on}T12:00:00+00:00")).unwrap(),
            device: "test".into(),
            deed: Deed::Passed(Passed::new(CredentialId::new(*credential), day(on))),
            extra: Map::new(),
        })
        .collect();
    let record = Record::of(&events, library.catalogs());
    let catalog = library.catalogs().find_catalog("cncf").unwrap();
    let states = titles(catalog, &record, day(today));
    let state =
        states.iter().find(|s| s.title.id == "cncf-kubestronaut").expect("the title is in the catalog");
    (state.have, state.is_held, state.kept_until.map(|d| d.to_string()))
}

const FIVE: [(&str, &str); 5] = [
    ("cncf-kcna", "2025-02-01"),
    ("cncf-kcsa", "2025-03-01"),
    ("cncf-cka", "2025-04-01"),
    ("cncf-ckad", "2025-05-01"),
    ("cncf-cks", "2025-06-01"),
];

#[test]
fn all_five_valid_at_once_make_the_title_until_the_end_of_the_year_of_the_first_expiry() {
    let end = Some("2027-12-31".to_owned());
    for (passes, today, expected) in [
        (&FIVE[..4], "2025-06-02", (4, false, None)),
        (&FIVE[..], "2025-06-01", (5, true, end.clone())),
        // KCNA expires on 2027-02-01: the title stays until the end of that year, and no longer.
        (&FIVE[..], "2027-02-02", (4, true, end.clone())),
        (&FIVE[..], "2027-12-31", (0, true, end)),
        (&FIVE[..], "2028-01-01", (0, false, None)),
    ] {
        assert_eq!(kubestronaut(passes, today), expected, "{today}");
    }
}

#[test]
fn five_that_were_never_valid_at_once_make_no_title() {
    let mut passes = FIVE;
    passes[0] = ("cncf-kcna", "2021-12-01");
    assert_eq!(kubestronaut(&passes, "2025-06-02"), (4, false, None));
}

#[test]
fn a_pass_of_cks_revives_an_expired_cka() {
    // CKA of 2023 (36 months) expired on 2026-04-01; CKS passed after 2026-06-18 reinstates it.
    let mut passes = FIVE;
    passes[2] = ("cncf-cka", "2023-04-01");
    passes[4] = ("cncf-cks", "2026-07-01");
    let (have, held, _) = kubestronaut(&passes, "2026-07-02");
    assert_eq!((have, held), (5, true));
}
