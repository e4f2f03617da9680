//! A file of badges. All that was found can be shown and leads nowhere but to https; no badge is lost
//! between what was found and what counts.

#![no_main]

use badgedex_proofs::{Badge, BadgeExpiry, merge_duplicates, read, recognize};
use badgedex_fuzz::{assert_harmless, shipped};
use chrono::{Datelike, NaiveDate};
use libfuzzer_sys::fuzz_target;

/// Longer texts are cut, and then end in a sign that says so.
const MOST_CHARS: usize = 301;

fuzz_target!(|bytes: &[u8]| {
    let reading = match read(bytes) {
        Ok(reading) => reading,
        Err(unreadable) => return assert_harmless(&unreadable.to_string()),
    };
    assert_eq!(read(bytes).as_ref(), Ok(&reading));
    reading.errors.iter().for_each(|fault| assert_line(&fault.to_string()));
    for found in &reading.badges {
        assert_found(found);
        let _ = recognize(found, shipped().catalogs());
    }
    let count = reading.badges.len();
    let merged = merge_duplicates(reading.badges);
    assert_eq!(merged.iter().map(|m| 1 + m.duplicates.len()).sum::<usize>(), count);
});

fn assert_found(found: &Badge) {
    let texts = [&found.name, &found.slug, &found.issuer, &found.proof, &found.kind];
    for text in texts.into_iter().flatten() {
        assert_line(text);
        assert!(!text.trim().is_empty(), "{found:?}");
    }
    assert_line(&found.place);
    found.warnings.iter().for_each(|doubt| assert_line(&doubt.to_string()));
    let expires = match found.expires {
        BadgeExpiry::On(day) => Some(day),
        BadgeExpiry::Never | BadgeExpiry::NotStated => None,
    };
    let possible = |day: NaiveDate| (1980..=9999).contains(&day.year());
    assert!(found.on.into_iter().chain(expires).all(possible), "{found:?}");
    if let Some(proof) = &found.proof {
        let leads_nowhere = !proof.contains(['/', '\\', '<', '>', '"']) && !proof.contains("..");
        assert!(leads_nowhere || proof.starts_with("https://"), "{found:?}");
    }
}

fn assert_line(text: &str) {
    assert_harmless(text);
    assert!(!text.contains('\n'), "{text:?}");
    assert!(text.split('"').all(|part| part.chars().count() <= 2 * MOST_CHARS), "{text:?}");
}
