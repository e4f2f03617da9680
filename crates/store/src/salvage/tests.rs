//! Tests of what can be read of a damaged store.

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

/// A home with a store of `EVENTS` events, and the bytes of its file.
fn home() -> (tempfile::TempDir, Vec<u8>) {
    let home = tempfile::tempdir().unwrap();
    let mut store = Store::open(home.path(), now()).unwrap();
    store.record(&(0..EVENTS).map(event).collect::<Vec<_>>()).unwrap();
    drop(store);
    let bytes = fs::read(Store::path_in(home.path())).unwrap();
    (home, bytes)
}

/// What is read from these bytes; each event must be unchanged.
fn salvaged(home: &Path, bytes: &[u8]) -> usize {
    salvage(home, bytes).events.len()
}

/// As [`salvaged`], with what is in doubt.
fn salvage(home: &Path, bytes: &[u8]) -> Salvage {
    let damaged = home.join("journal-damaged-x.db");
    fs::write(&damaged, bytes).unwrap();
    let read = read(&damaged, &home.join("scratch.db"));
    for event in &read.events {
        let number = usize::try_from(event.id.as_u128()).unwrap();
        assert_eq!(*event, self::event(number));
    }
    assert_eq!(fs::read(&damaged).unwrap(), bytes, "the damaged file stays as it is");
    assert!(!home.join("scratch.db").exists());
    read
}

#[test]
fn an_event_that_has_changed_is_named_and_not_read() {
    let (home, mut bytes) = home();
    let at = bytes.windows(13).position(|window| window == b"credential-70").unwrap();
    bytes[at] ^= 1;
    let read = salvage(home.path(), &bytes);
    assert_eq!(read.events.len(), EVENTS - 1);
    let [row] = &read.doubtful[..] else { panic!("{:?}", read.doubtful) };
    assert!(row.problem.contains("checksum") && row.columns.contains("bredential-70"), "{row:?}");
    assert_eq!((read.unread.len(), read.gaps, read.is_partial), (1, 0, false));
}

#[test]
fn events_that_cannot_be_read_are_counted_and_named() {
    let (home, whole) = home();
    for page in (6..whole.len() / 4096).step_by(29) {
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0x5a);
        let read = salvage(home.path(), &bytes);
        let known = read.events.len() + read.unread.len() + read.gaps;
        assert!(known == EVENTS || read.is_partial, "page {page}: {known}");
    }
}

#[test]
fn a_store_without_checksums_is_read_even_if_its_header_is_gone() {
    let (home, _) = home();
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/stores/2/journal.db");
    let mut bytes = fs::read(store).unwrap();
    for damage in [0, 100] {
        bytes[..damage].fill(0x5a);
        let damaged = home.path().join("journal-damaged-old.db");
        fs::write(&damaged, &bytes).unwrap();
        let read = read(&damaged, &home.path().join("scratch.db"));
        assert_eq!((read.events.len(), read.doubtful.len()), (13, 0), "{damage} bytes");
    }
}

#[test]
fn all_events_of_an_intact_file_are_read() {
    let (home, bytes) = home();
    assert_eq!(salvaged(home.path(), &bytes), EVENTS);
}

#[test]
fn an_overwritten_page_costs_only_its_events() {
    let (home, whole) = home();
    let mut least = EVENTS;
    for page in (6..whole.len() / 4096).step_by(11) {
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0x5a);
        let saved = salvaged(home.path(), &bytes);
        assert!(saved > EVENTS * 9 / 10, "page {page}: {saved}");
        least = least.min(saved);
    }
    assert!(least < EVENTS, "some page has events");
}

#[test]
fn an_overwritten_header_costs_no_event() {
    let (home, mut bytes) = home();
    bytes[..4096].fill(0x5a);
    assert_eq!(salvaged(home.path(), &bytes), EVENTS);
}

#[test]
fn the_beginning_of_a_truncated_file_is_read() {
    let (home, bytes) = home();
    let saved = salvaged(home.path(), &bytes[..bytes.len() / 2]);
    assert!(saved > EVENTS / 10 && saved < EVENTS, "{saved}");
}

#[test]
fn nothing_is_read_of_garbage() {
    let (home, _) = home();
    for bytes in [&b""[..], b"a letter", &[0x5a; 50_000], &[0; 50_000], b"SQLite format 3\0and then nothing"]
    {
        assert_eq!(salvaged(home.path(), bytes), 0);
    }
}

#[test]
fn events_that_are_only_in_the_log_are_read() {
    let home = tempfile::tempdir().unwrap();
    let mut store = Store::open(home.path(), now()).unwrap();
    store.record(&(0..10).map(event).collect::<Vec<_>>()).unwrap();
    // As after a crash: the log was not written back.
    let (path, damaged) = (Store::path_in(home.path()), home.path().join("journal-damaged-x.db"));
    for suffix in ["", "-wal"] {
        fs::copy(with_suffix(&path, suffix), with_suffix(&damaged, suffix)).unwrap();
    }
    drop(store);
    assert_eq!(read(&damaged, &home.path().join("scratch.db")).events.len(), 10);
}

#[test]
fn a_store_is_set_aside_with_its_log_until_it_is_restored() {
    let (home, bytes) = home();
    let store = Store::path_in(home.path());
    fs::write(with_suffix(&store, "-wal"), "log").unwrap();
    let aside = set_aside(home.path(), now()).unwrap();
    assert!(aside.ends_with("journal-damaged-2026-11-23T10-45-12Z.db"), "{}", aside.display());
    assert_eq!(fs::read(&aside).unwrap(), bytes);
    assert_eq!(fs::read(with_suffix(&aside, "-wal")).unwrap(), b"log");
    assert!(!store.exists() && !with_suffix(&store, "-wal").exists());
    assert_eq!(set_aside_stores(home.path()), std::slice::from_ref(&aside));
    assert!(matches!(Store::open(home.path(), now()), Err(StoreError::SetAside { .. })));
    Store::begin_restore(home.path()).unwrap().finish_restore(home.path()).unwrap();
    assert!(Store::open(home.path(), now()).is_ok(), "the restored store is used");
    assert!(aside.exists(), "the damaged store is kept");
}

#[test]
fn a_second_damaged_store_within_a_second_gets_another_name() {
    let (home, bytes) = home();
    let first = set_aside(home.path(), now()).unwrap();
    fs::write(Store::path_in(home.path()), &bytes).unwrap();
    let second = set_aside(home.path(), now()).unwrap();
    assert_ne!(first, second);
    assert_eq!(set_aside_stores(home.path()).len(), 2);
}

#[test]
fn a_store_that_is_missing_beside_backups_is_not_replaced_by_an_empty_one() {
    let (home, _) = home();
    let store = Store::open(home.path(), now()).unwrap();
    backups::make(home.path(), now(), backups::BackupReason::Daily, &store).unwrap();
    drop(store);
    for emptied in [true, false] {
        match emptied {
            true => fs::write(Store::path_in(home.path()), "").unwrap(),
            false => fs::remove_file(Store::path_in(home.path())).unwrap(),
        }
        assert!(matches!(Store::open(home.path(), now()), Err(StoreError::Lost { .. })));
    }
}
