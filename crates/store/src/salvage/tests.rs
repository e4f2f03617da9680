//! What can be read of a store, however it is damaged.

use super::*;
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::journal::Deed;

const EVENTS: usize = 3000;

fn now() -> DateTime<Utc> {
    "2026-11-23T10:45:12Z".parse().unwrap()
}

fn event(id: usize) -> Event {
    let deed = Deed::Skipped { credential: CredentialId::new(format!("credential-{id}")) };
    let id = uuid::Uuid::from_u128(id as u128);
    Event { id, at: now().fixed_offset(), device: "d".into(), deed, extra: serde_json::Map::new() }
}

/// A home with a store of so many events, and the bytes of its file.
fn home() -> (tempfile::TempDir, Vec<u8>) {
    let home = tempfile::tempdir().unwrap();
    let mut store = Store::open(home.path(), now()).unwrap();
    store.record(&(0..EVENTS).map(event).collect::<Vec<_>>()).unwrap();
    drop(store);
    let bytes = fs::read(Store::path_in(home.path())).unwrap();
    (home, bytes)
}

/// How many events come back of these bytes, all of them as they were.
fn saved(home: &Path, bytes: &[u8]) -> usize {
    let damaged = home.join("journal-damaged-x.db");
    fs::write(&damaged, bytes).unwrap();
    let events = read(&damaged, &home.join("scratch.db"));
    for event in &events {
        let number = usize::try_from(event.id.as_u128()).unwrap();
        assert_eq!(*event, self::event(number));
    }
    assert_eq!(fs::read(&damaged).unwrap(), bytes, "the damaged file stays as it is");
    assert!(!home.join("scratch.db").exists());
    events.len()
}

#[test]
fn of_a_sound_file_everything_comes_back() {
    let (home, bytes) = home();
    assert_eq!(saved(home.path(), &bytes), EVENTS);
}

#[test]
fn a_page_that_is_overwritten_costs_only_its_events() {
    let (home, whole) = home();
    let mut least = EVENTS;
    for page in (6..whole.len() / 4096).step_by(11) {
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0x5a);
        let saved = saved(home.path(), &bytes);
        assert!(saved > EVENTS * 9 / 10, "page {page}: {saved}");
        least = least.min(saved);
    }
    assert!(least < EVENTS, "some page has events");
}

#[test]
fn a_head_that_is_overwritten_costs_nothing() {
    let (home, mut bytes) = home();
    bytes[..4096].fill(0x5a);
    assert_eq!(saved(home.path(), &bytes), EVENTS);
}

#[test]
fn of_a_file_that_was_cut_short_the_beginning_comes_back() {
    let (home, bytes) = home();
    let saved = saved(home.path(), &bytes[..bytes.len() / 2]);
    assert!(saved > EVENTS / 10 && saved < EVENTS, "{saved}");
}

#[test]
fn of_garbage_nothing_comes_back() {
    let (home, _) = home();
    for bytes in [&b""[..], b"a letter", &[0x5a; 50_000], &[0; 50_000], b"SQLite format 3\0and then nothing"]
    {
        assert_eq!(saved(home.path(), bytes), 0);
    }
}

#[test]
fn events_that_stand_only_in_the_log_come_back() {
    let home = tempfile::tempdir().unwrap();
    let mut store = Store::open(home.path(), now()).unwrap();
    store.record(&(0..10).map(event).collect::<Vec<_>>()).unwrap();
    // As after a crash: the log was not written back.
    let (path, damaged) = (Store::path_in(home.path()), home.path().join("journal-damaged-x.db"));
    for end in ["", "-wal"] {
        fs::copy(beside(&path, end), beside(&damaged, end)).unwrap();
    }
    drop(store);
    assert_eq!(read(&damaged, &home.path().join("scratch.db")).len(), 10);
}

#[test]
fn a_store_is_set_aside_with_its_log_and_waits_until_it_is_restored() {
    let (home, bytes) = home();
    let store = Store::path_in(home.path());
    fs::write(beside(&store, "-wal"), "log").unwrap();
    let aside = set_aside(home.path(), now()).unwrap();
    assert!(aside.ends_with("journal-damaged-2026-11-23T10-45-12Z.db"), "{}", aside.display());
    assert_eq!(fs::read(&aside).unwrap(), bytes);
    assert_eq!(fs::read(beside(&aside, "-wal")).unwrap(), b"log");
    assert!(!store.exists() && !beside(&store, "-wal").exists());
    assert_eq!(waiting(home.path()), std::slice::from_ref(&aside));
    assert!(matches!(Store::open(home.path(), now()), Err(StoreError::SetAside { .. })));
    Store::to_be_restored(home.path()).unwrap().put_in_place(home.path()).unwrap();
    assert!(Store::open(home.path(), now()).is_ok(), "what was restored is used");
    assert!(aside.exists(), "what was damaged is kept");
}

#[test]
fn a_second_damaged_store_of_one_second_has_a_name_of_its_own() {
    let (home, bytes) = home();
    let first = set_aside(home.path(), now()).unwrap();
    fs::write(Store::path_in(home.path()), &bytes).unwrap();
    let second = set_aside(home.path(), now()).unwrap();
    assert_ne!(first, second);
    assert_eq!(waiting(home.path()).len(), 2);
}

#[test]
fn a_store_that_is_gone_while_there_are_backups_is_not_begun_anew() {
    let (home, _) = home();
    let store = Store::open(home.path(), now()).unwrap();
    backups::make(home.path(), now(), backups::Why::Daily, &store).unwrap();
    drop(store);
    for emptied in [true, false] {
        match emptied {
            true => fs::write(Store::path_in(home.path()), "").unwrap(),
            false => fs::remove_file(Store::path_in(home.path())).unwrap(),
        }
        assert!(matches!(Store::open(home.path(), now()), Err(StoreError::Lost { .. })));
    }
}
