//! Stores of all earlier schemas: each is upgraded and keeps its content.

use std::fs;

use super::homes;
use crate::support::Learner;

/// The schema that this version writes.
fn current_schema() -> i64 {
    let learner = Learner::new();
    learner.run(&["due"]).done();
    homes::schema(&learner.store())
}

#[test]
fn every_earlier_schema_has_a_store_here() {
    for schema in 1..current_schema() {
        for name in ["journal.db", "export.jsonl"] {
            let file = homes::old_store(schema).join(name);
            assert!(
                file.exists(),
                "{} is missing: make it with the last badgedex of schema {schema}",
                file.display()
            );
        }
        assert_eq!(homes::schema(&homes::old_store(schema).join("journal.db")), schema);
    }
}

#[test]
fn every_earlier_store_is_upgraded_and_exports_the_same() {
    for schema in 1..=current_schema() {
        if !homes::old_store(schema).exists() {
            continue;
        }
        let (learner, expected) = homes::with_old_store(schema);
        assert_eq!(homes::lines(&learner.export()), homes::lines(&expected), "schema {schema}");
        assert!(learner.run(&["data", "check"]).done().contains("sound"));
        assert_eq!(homes::schema(&learner.store()), current_schema());
        learner.piped(&["study", "--plain", "--count", "1"], "?\n").done();
        assert_eq!(learner.journal().len(), expected.lines().count());
    }
}

#[test]
fn an_upgraded_store_has_the_state_of_its_export() {
    let (learner, expected) = homes::with_old_store(1);
    let other = Learner::new();
    other.piped(&["data", "import", "-"], expected).done();
    assert_eq!(learner.state(), other.state());
}

#[test]
fn an_upgrade_is_preceded_by_a_backup() {
    let (learner, expected) = homes::with_old_store(1);
    if homes::schema(&learner.store()) == current_schema() {
        return;
    }
    learner.run(&["due"]).done();
    let backups = homes::names(&learner.path("backups"), "journal-", "-upgrade.jsonl.gz");
    assert_eq!(backups.len(), 1, "{backups:?}");
    let text = homes::unpacked(&learner.path("backups").join(&backups[0])).expect("a complete backup");
    assert_eq!(homes::lines(&text), homes::lines(&expected));
    learner.run(&["due"]).done();
    assert_eq!(homes::backups(&learner).len(), 1, "it is not upgraded twice");
}

/// A store of the first schema whose last event is still in the log, as after a kill.
#[test]
fn an_event_in_the_log_of_an_old_store_is_upgraded() {
    let (old, expected) = homes::with_old_store(1);
    let connection = rusqlite::Connection::open(old.store()).unwrap();
    let late = "INSERT INTO journal (seq, id, at, offset, device, kind, batch, body)
        VALUES (99, randomblob(16), 1795000000000000000, 0, 'late', 'dreamed', 99, '{\"late\":true}')";
    connection.execute(late, []).unwrap();
    let learner = Learner::new();
    for name in ["journal.db", "journal.db-wal"] {
        fs::copy(old.path(name), learner.path(name)).unwrap();
    }
    drop(connection);
    let export = learner.export();
    assert!(homes::holds(&export, &expected), "{export}");
    assert_eq!(export.lines().count(), expected.lines().count() + 1, "{export}");
}
