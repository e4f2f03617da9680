//! Titles: all valid at once, how long they are kept, and holding everything.

use super::*;
use crate::fixture::*;

/// Have and needed of a title, whether it is held, and until when, after these passes.
fn title(name: &str, passes: &[(&str, &str)], today: &str) -> (usize, usize, bool, Option<NaiveDate>) {
    let catalogs = catalogs();
    let record =
        record_after(passes.iter().map(|(credential, on)| (TODAY, passed(credential, on))).collect());
    let states = titles(&catalogs[0], &record, day(today));
    let state = states.iter().find(|state| state.title.id == name).expect("North has the title");
    (state.have, state.needed, state.is_held, state.kept_until)
}

const TRIO: [(&str, &str); 3] = [(BUILDER, "2024-02-01"), (CODER, "2024-03-01"), (OPERATOR, "2025-10-01")];

#[test]
fn all_valid_at_once_make_a_title_until_the_end_of_the_year_of_the_first_expiry() {
    let end = Some(day("2027-12-31"));
    for (passes, today, expected) in [
        (&TRIO[..2], "2025-10-01", (2, 3, false, None)),
        (&TRIO[..], "2025-10-01", (3, 3, true, end)),
        // The first one expires on 2027-02-01.
        (&TRIO[..], "2027-02-02", (2, 3, true, end)),
        (&TRIO[..], "2027-12-31", (1, 3, true, end)),
        (&TRIO[..], "2028-01-01", (1, 3, false, None)),
    ] {
        assert_eq!(title("trio", passes, today), expected, "{today}");
    }
}

#[test]
fn credentials_that_were_never_valid_on_one_day_make_no_title() {
    let passes = [(BUILDER, "2022-02-01"), TRIO[1], TRIO[2]];
    assert_eq!(title("trio", &passes, "2025-10-01"), (2, 3, false, None));
}

#[test]
fn a_title_for_everything_asks_for_what_is_on_offer_that_day() {
    let all = [WELCOME, BASICS, BUILDER, CODER, OPERATOR, ARCHITECT, NETWORK];
    let passes = all.map(|credential| (credential, "2026-11-01"));
    assert_eq!(title("everything", &passes, TODAY), (7, 7, true, Some(day("2029-11-01"))));
    assert_eq!(title("everything", &passes[1..], TODAY), (6, 7, false, None));
    // Network retires, and is no longer asked for.
    assert_eq!(title("everything", &passes[..6], "2027-02-01"), (6, 6, true, Some(day("2029-11-01"))));
}
