//! Collections of Anki of both schemas, sound, damaged and hostile.

use tempfile::{NamedTempFile, tempdir};

use super::fixtures::file;
use super::*;
use rusqlite::Connection;

const NOTES: &str =
    "CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, tags text, flds text);
    CREATE TABLE cards (id integer PRIMARY KEY, nid integer, did integer, odid integer, ord integer);
    CREATE TABLE revlog (id integer PRIMARY KEY, cid integer, ease integer, type integer, time integer);";
const COL: &str = r#"CREATE TABLE col (models text, decks text);
    INSERT INTO col VALUES ('{"7": {"name": "Basic", "type": 0,
        "flds": [{"name": "Back", "ord": 1}, {"name": "Front", "ord": 0}],
        "tmpls": [{"ord": 0, "qfmt": "{{Front}}", "afmt": "{{Back}}"}]}, "8": {"name": 3}}',
        '{"5": {"name": "Cloud::Storage"}, "6": []}');"#;

fn read_of(sql: &str) -> Result<Collection, CollectionError> {
    read(file(sql).path(), true)
}

#[test]
fn a_collection_of_schema_11_is_read() {
    let rows =
        "INSERT INTO notes VALUES (2, 'g2', 7, ' a b::c ', 'q' || char(31) || 'a'), (1, 5, 7, NULL, NULL);
        INSERT INTO cards VALUES (20, 2, 9, 5, 0);
        INSERT INTO revlog VALUES (200, 20, 3, 1, 50), (100, 20, 1, 0, 60);";
    let read = read_of(&format!("{NOTES}{COL}{rows}")).expect("it is sound");
    assert_eq!(read.notes[0].fields, None);
    assert_eq!(read.notes[0].guid, "5");
    assert_eq!(read.notes[1].fields, Some(vec!["q".to_owned(), "a".to_owned()]));
    assert_eq!(read.notes[1].tags, ["a", "b::c"]);
    assert_eq!(read.note_types.len(), 1, "one that is no note type does not cost the other");
    assert_eq!(read.note_types[&7].fields, ["Front", "Back"]);
    assert_eq!(read.decks[&read.cards[0].deck], ["Cloud", "Storage"]);
    assert_eq!(read.reviews.iter().map(|review| review.at).collect::<Vec<_>>(), [100, 200]);
}

#[test]
fn an_order_that_only_anki_knows_is_not_needed() {
    let file = NamedTempFile::new().expect("a file");
    let connection = Connection::open(file.path()).expect("a database");
    let tables = "CREATE TABLE notetypes (id integer PRIMARY KEY, name text, config blob);
        CREATE TABLE fields (ntid integer, ord integer, name text, PRIMARY KEY (ntid, ord)) WITHOUT ROWID;
        CREATE UNIQUE INDEX of_fields ON fields (name, ntid);
        CREATE TABLE templates (ntid integer, ord integer, config blob, PRIMARY KEY (ntid, ord)) WITHOUT ROWID;
        CREATE TABLE decks (id integer PRIMARY KEY, name text);
        CREATE UNIQUE INDEX of_decks ON decks (name);
        INSERT INTO notetypes VALUES (7, 'Cloze', x'08014806');
        INSERT INTO fields VALUES (7, 1, 'Back'), (7, 0, 'Text');
        INSERT INTO templates VALUES (7, 0, x'0A017112016E');
        INSERT INTO decks VALUES (5, 'a' || char(31) || 'b');";
    connection.execute_batch(&format!("{NOTES}{tables}")).expect("it is laid out");
    let named = "PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = replace(sql, 'name text', 'name text COLLATE unicase');";
    connection.execute_batch(named).expect("names have their order");
    connection.close().expect("it is closed");
    let read = read(file.path(), false).expect("it is sound");
    let cloze = &read.note_types[&7];
    assert!(cloze.is_cloze && cloze.is_occlusion);
    assert_eq!(cloze.fields, ["Text", "Back"]);
    assert_eq!(cloze.templates, [AnkiTemplate { ord: 0, front: "q".to_owned(), back: "n".to_owned() }]);
    assert_eq!(read.decks[&5], ["a", "b"]);
}

#[test]
fn what_is_no_collection_is_refused_with_its_reason() {
    let endless = "CREATE VIEW notes AS WITH RECURSIVE r(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM r)
        SELECT id, id AS guid, 1 AS mid, '' AS tags, '' AS flds FROM r;";
    for (sql, refused) in [
        (format!("{COL}{endless}"), CollectionError::NotATable("notes")),
        (COL.to_owned(), CollectionError::NoTable("notes")),
        (NOTES.to_owned(), CollectionError::NoTable("col")),
        (format!("{NOTES}CREATE VIEW notetypes AS SELECT 1;"), CollectionError::NotATable("notetypes")),
    ] {
        assert_eq!(read_of(&sql), Err(refused), "{sql}");
    }
    for sql in ["CREATE TABLE col (models text, decks text); INSERT INTO col VALUES ('{', '');", ""] {
        let refused = read_of(&format!("{NOTES}{sql}")).expect_err("it is not sound");
        assert!(
            matches!(refused, CollectionError::Damaged(_) | CollectionError::NoTable("col")),
            "{refused}"
        );
    }
    let folder = tempdir().expect("a folder");
    let path = folder.path().join("no database");
    std::fs::write(&path, [7; 5000]).expect("it is written");
    assert!(matches!(read(&path, true), Err(CollectionError::Damaged(_))));
}

#[test]
fn text_that_is_none_is_no_fields() {
    let rows = "INSERT INTO notes VALUES (1, 'g', 7, '', CAST(x'ff' AS text));";
    assert_eq!(read_of(&format!("{NOTES}{COL}{rows}")).expect("it is sound").notes[0].fields, None);
}

#[test]
fn an_endless_query_is_stopped() {
    let file = Database::open(file(COL).path()).expect("it is opened");
    let sql = "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT 1 FROM r) SELECT count(*) FROM r";
    assert_eq!(file.rows(sql, [], "rows", |_| Ok(())), Err(CollectionError::Endless));
}
