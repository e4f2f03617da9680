//! Which backups are kept, and what a backup holds.

use std::collections::BTreeSet;

use super::*;
use badgedex_domain::catalog::CredentialId;
use badgedex_domain::journal::{Deed, Event};

fn now() -> DateTime<Utc> {
    "2026-11-23T10:45:12Z".parse().unwrap()
}

fn on(day: &str) -> Backup {
    at(&format!("{day}T12:00:00"), BackupReason::Daily)
}

fn at(time: &str, reason: BackupReason) -> Backup {
    let at: NaiveDateTime = time.parse().unwrap();
    Backup {
        path: PathBuf::from(format!("journal-{}-{}{EXTENSION}", at.format(TIME_FORMAT), reason.name())),
        at,
        reason,
    }
}

/// The times of those that are kept on 23 November 2026.
fn kept(mut all: Vec<Backup>) -> BTreeSet<String> {
    all.sort_by_key(|b| std::cmp::Reverse(b.at));
    let old: Vec<Backup> = superseded(&all, now().date_naive()).into_iter().cloned().collect();
    all.iter().filter(|b| !old.contains(b)).map(|b| b.at.to_string()).collect()
}

fn store_in(home: &Path, events: u128) -> Store {
    let mut store = Store::open(home, now()).unwrap();
    for id in 1..=events {
        let deed = Deed::Skipped { credential: CredentialId::new(format!("c{id}")) };
        let at = now().fixed_offset();
        let id = uuid::Uuid::from_u128(id);
        store.record(&[Event { id, at, device: "d".into(), deed, extra: serde_json::Map::new() }]).unwrap();
    }
    store
}

#[test]
fn of_daily_backups_seven_days_four_weeks_and_twelve_months_stay() {
    let first: NaiveDate = "2025-01-01".parse().unwrap();
    let all = first.iter_days().take_while(|day| *day <= now().date_naive()).map(|day| on(&day.to_string()));
    let stays: Vec<String> = kept(all.collect()).into_iter().map(|time| time[..10].to_owned()).collect();
    assert_eq!(
        stays,
        [
            // The last day of each month, from December on.
            "2025-12-31",
            "2026-01-31",
            "2026-02-28",
            "2026-03-31",
            "2026-04-30",
            "2026-05-31",
            "2026-06-30",
            "2026-07-31",
            "2026-08-31",
            "2026-09-30",
            "2026-10-31",
            // The Sundays of three weeks: today is the fourth.
            "2026-11-08",
            "2026-11-15",
            "2026-11-17",
            "2026-11-18",
            "2026-11-19",
            "2026-11-20",
            "2026-11-21",
            "2026-11-22",
            "2026-11-23",
        ]
    );
}

#[test]
fn of_one_day_the_newest_backup_of_each_kind_stays() {
    let all = vec![
        at("2026-11-23T09:00:00", BackupReason::Daily),
        at("2026-11-23T08:00:00", BackupReason::Import),
        at("2026-11-23T08:30:00", BackupReason::Import),
        at("2026-11-23T07:00:00", BackupReason::Asked),
        at("2026-11-23T07:30:00", BackupReason::Asked),
    ];
    let stays = kept(all);
    assert_eq!(stays.len(), 4);
    assert!(!stays.contains("2026-11-23 08:00:00"), "{stays:?}");
}

#[test]
fn a_backup_from_the_future_is_neither_removed_nor_counted() {
    let all = vec![on("2031-01-01"), on("2026-11-22"), on("2026-11-23")];
    assert_eq!(kept(all).len(), 3);
}

#[test]
fn a_backup_holds_every_event_and_is_listed() {
    let home = tempfile::tempdir().unwrap();
    let store = store_in(home.path(), 20);
    let path = make(home.path(), now(), BackupReason::Daily, &store).unwrap();
    assert!(path.ends_with("backups/journal-2026-11-23T10-45-12Z-daily.jsonl.gz"), "{}", path.display());
    assert_eq!(
        list(home.path()),
        [Backup { path: path.clone(), at: now().naive_utc(), reason: BackupReason::Daily }]
    );
    assert!(is_sound(&path).unwrap());
    let mut file = JournalFile::open(&path).unwrap();
    let mut events = Vec::new();
    while let Some(Ok(event)) = file.next_event().unwrap() {
        events.push(event.event);
    }
    assert_eq!(events, store.events().unwrap());
}

#[test]
fn two_backups_within_a_second_have_two_names() {
    let home = tempfile::tempdir().unwrap();
    let store = store_in(home.path(), 1);
    let first = make(home.path(), now(), BackupReason::Asked, &store).unwrap();
    let second = make(home.path(), now(), BackupReason::Asked, &store).unwrap();
    assert_ne!(first, second);
    assert_eq!(list(home.path()).len(), 2);
}

#[test]
fn a_backup_that_was_cut_short_or_changed_is_not_sound() {
    let home = tempfile::tempdir().unwrap();
    let store = store_in(home.path(), 200);
    let path = make(home.path(), now(), BackupReason::Daily, &store).unwrap();
    let whole = fs::read(&path).unwrap();
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 0xff;
    for bytes in [&whole[..whole.len() - 9], &whole[..40], &changed[..], b"", b"a letter"] {
        fs::write(&path, bytes).unwrap();
        assert!(!is_sound(&path).unwrap_or(false), "{} bytes", bytes.len());
    }
}

#[test]
fn a_backup_that_cannot_be_written_leaves_nothing_behind() {
    let home = tempfile::tempdir().unwrap();
    let store = store_in(home.path(), 3);
    let folder = home.path().join("out");
    fs::create_dir(&folder).unwrap();
    let taken = folder.join("taken");
    fs::create_dir(&taken).unwrap();
    let error = write(&taken, &store).unwrap_err();
    assert!(error.to_string().contains("taken"), "{error}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "the draft is removed");
}
