//! What is kept cache: it is what was put in, or it is not there.

use std::collections::BTreeMap;

use super::*;
use badgedex_domain::history::Review;
use badgedex_domain::library::Library;
use badgedex_domain::mastery::Knowledge;
use badgedex_domain::memory::Model;
use badgedex_domain::record::Record;
use badgedex_domain::settings::Settings;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id(number: u32) -> QuestionId {
    QuestionId::new(format!("p/q{number}"))
}

/// Some answers to a hundred questions.
fn history() -> History {
    let (model, mut history) = (Model::default(), History::default());
    for number in 0..400 {
        let review = Review {
            day: day("2026-10-01") + chrono::Days::new(u64::from(number) / 13),
            correct: number % 3 != 1,
            guess: f64::from(number % 5) / 7.0,
            hint: number % 11 == 0,
            cram: number % 17 == 0,
            minute: (number % 1440) as u16,
            took_ms: (number % 3 > 0).then_some(u64::from(number) * 100),
            self_checked: number % 11 == 0,
        };
        history.learn(&model, &id(number * 7 % 100), &review);
    }
    history
}

fn snapshot(history: &History) -> Snapshot {
    Snapshot {
        edition: "e".into(),
        seq: 400,
        last: Some(Uuid::from_u128(400)),
        newest: Some((i64::MAX, Uuid::from_u128(7))),
        rules: "r".into(),
        totals: history.totals.clone(),
    }
}

fn head() -> JournalHead {
    JournalHead { edition: "e".into(), seq: 400, last: Some(Uuid::from_u128(400)) }
}

fn overview() -> Overview {
    let (library, model, history) = (Library::default(), Model::default(), History::default());
    let knowledge = Knowledge {
        library: &library,
        history: &history,
        model: &model,
        retention: 0.9,
        day: day("2026-11-23"),
    };
    Overview::of(&knowledge, &Record::default(), &Settings::default(), day("2026-11-23"))
}

#[test]
fn a_history_is_returned_to_the_last_bit() {
    let home = tempfile::tempdir().unwrap();
    let history = history();
    Cache::open(home.path()).store_history(&snapshot(&history), &[], true, history.tracks());
    let (stored, read) = Cache::open(home.path()).history().unwrap();
    assert_eq!(stored, snapshot(&history));
    assert_eq!(read, history);
    let bits = |history: &History| -> BTreeMap<String, Vec<u64>> {
        let of = |(id, track): (&QuestionId, &Track)| {
            let beliefs = learned_of(track).map(|l| l.belief.hypotheses().to_vec()).unwrap_or_default();
            let bits = beliefs
                .iter()
                .flat_map(|h| [h.weight, h.stability, h.difficulty, h.learned].map(f64::to_bits));
            (id.to_string(), bits.collect())
        };
        history.tracks().map(of).collect()
    };
    assert_eq!(bits(&read), bits(&history));
}

#[test]
fn the_history_of_some_questions_is_returned_for_the_same_journal_and_rules_only() {
    let home = tempfile::tempdir().unwrap();
    let history = history();
    Cache::open(home.path()).store_history(&snapshot(&history), &[], true, history.tracks());
    let cache = Cache::open(home.path());
    let some = cache.history_of(&head(), "r", &[id(3), id(1000)]).unwrap();
    assert_eq!(some.track(&id(3)), history.track(&id(3)));
    assert_eq!(some.tracks().count(), 1);
    assert_eq!(some.totals, history.totals);
    assert_eq!(cache.history_of(&head(), "other rules", &[id(3)]), None);
    for other in [
        JournalHead { seq: 401, ..head() },
        JournalHead { last: None, ..head() },
        JournalHead { edition: "another".into(), ..head() },
    ] {
        assert_eq!(cache.history_of(&other, "r", &[id(3)]), None);
    }
}

#[test]
fn an_entry_with_another_key_is_not_returned() {
    let home = tempfile::tempdir().unwrap();
    let mut cache = Cache::open(home.path());
    assert_eq!(cache.overview("today"), None);
    cache.store_overview("today", &overview(), &[], 3);
    assert_eq!(Cache::open(home.path()).overview("today"), Some(overview()));
    assert_eq!(Cache::open(home.path()).due("today"), Some((0, 3)));
    assert_eq!(Cache::open(home.path()).overview("tomorrow"), None);
    cache.store_overview("tomorrow", &overview(), &[], 3);
    assert_eq!(cache.overview("today"), None, "there is one entry of each kind");
}

#[test]
fn a_pack_summary_is_returned_for_its_key_only() {
    let home = tempfile::tempdir().unwrap();
    let library = badgedex_packs::load(&[], day("2026-11-23")).library;
    let catalogs = library.catalogs().clone();
    let summary = PackSummary { catalogs, errors: vec!["x".into()], renames: "y".into() };
    Cache::open(home.path()).store_pack_summary("files", &summary);
    assert_eq!(Cache::open(home.path()).pack_summary("files"), Some(summary));
    assert_eq!(Cache::open(home.path()).pack_summary("other files"), None);
}

#[test]
fn the_questions_of_a_sitting_are_returned_unchanged() {
    let home = tempfile::tempdir().unwrap();
    let library = badgedex_packs::load(&[], day("2026-11-23")).library;
    Cache::open(home.path()).store_overview("today", &overview(), library.packs(), 3);
    assert_eq!(Cache::open(home.path()).sitting("today").as_deref(), Some(library.packs()));
    assert_eq!(Cache::open(home.path()).sitting("tomorrow"), None);
}

#[test]
fn a_broken_file_is_replaced() {
    for broken in [&b"a letter"[..], &[0; 9000], b""] {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join(FILE), broken).unwrap();
        let mut cache = Cache::open(home.path());
        assert_eq!(cache.overview("today"), None);
        cache.store_overview("today", &overview(), &[], 3);
        assert_eq!(Cache::open(home.path()).overview("today"), Some(overview()));
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_its_place_is_neither_followed_nor_replaced() {
    let home = tempfile::tempdir().unwrap();
    let target = home.path().join("elsewhere");
    fs::write(&target, "a letter").unwrap();
    std::os::unix::fs::symlink(&target, home.path().join(FILE)).unwrap();
    let mut cache = Cache::open(home.path());
    cache.store_overview("today", &overview(), &[], 3);
    assert_eq!(cache.overview("today"), None);
    assert_eq!(fs::read(&target).unwrap(), b"a letter");
    assert!(home.path().join(FILE).is_symlink());
}
