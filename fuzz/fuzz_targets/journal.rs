//! A journal, line by line. What was read is written as a line that means the same, the order of the
//! lines changes nothing, and what follows from them is worked out without a panic.

#![no_main]

use std::collections::BTreeMap;

use badgedex_domain::journal::{Event, effective};
use badgedex_domain::record::Record;
use badgedex_domain::settings::{SettingKey, Settings};
use badgedex_store::jsonl;
use badgedex_fuzz::{assert_gate, days, follow, shipped, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(text) = text(bytes) else { return };
    let mut events = BTreeMap::new();
    for line in text.lines() {
        let _ = jsonl::format_of(line);
        match jsonl::read(line) {
            Ok(event) => {
                assert_written(&event);
                // Of two events with one id the first stays.
                events.entry(event.id).or_insert(event);
            }
            Err(bad) => assert_gate(&bad.to_string()),
        }
    }
    let events: Vec<Event> = events.into_values().collect();
    let library = shipped();
    let catalogs = library.catalogs();
    let stands = effective(events.clone());
    let turned = effective(events.into_iter().rev().collect());
    assert_eq!(stands, turned);
    assert_eq!(Record::of(&stands, catalogs), Record::of(&turned, catalogs));
    let settings = Settings::of(&stands);
    for key in SettingKey::ALL {
        settings.clone().apply(key, &settings.show(key)).expect("what is shown can be set");
    }
    let chosen = library.catalogs().iter().zip(days().skip(1)).nth(bytes.len() % 2);
    let (catalog, today) = chosen.expect("two catalogs are shipped");
    follow(library, catalog, &stands, today);
});

/// Written and read again it is the same event, and the same text.
fn assert_written(event: &Event) {
    let line = jsonl::write(event);
    assert!(!line.contains(['\n', '\r']), "{line:?}");
    let again = jsonl::read(&line).unwrap_or_else(|bad| panic!("{bad}: {line}"));
    assert_eq!(again, *event, "of {line}");
    assert_eq!(jsonl::write(&again), line);
    let mut body = jsonl::body(&event.deed);
    body.extend(event.extra.clone());
    let (deed, extra) = jsonl::read_body(event.deed.kind().to_owned(), body).expect("it was read before");
    assert_eq!((&deed, &extra), (&event.deed, &event.extra));
}
