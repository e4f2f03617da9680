//! Packages as Anki makes them, for tests: the same notes in any of the three versions.

use std::io::{Cursor, Write};

use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::{Map, Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::apkg::collection::fixtures;

/// A note type: its name, whether it is of deletions, its fields, its sides.
pub struct Type {
    pub name: &'static str,
    pub is_cloze: bool,
    pub fields: &'static [&'static str],
    pub sides: &'static [(&'static str, &'static str)],
}

pub const DECK: &str = "Cloud::Storage";

const LINE: &str = "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}";

/// The note types, by the place that notes name.
pub const TYPES: [Type; 15] = [
    Type { name: "Basic", is_cloze: false, fields: &["Front", "Back"], sides: &[("{{Front}}", LINE)] },
    Type {
        name: "Basic (and reversed card)",
        is_cloze: false,
        fields: &["Front", "Back"],
        sides: &[("{{Front}}", LINE), ("{{Back}}", "{{FrontSide}}<hr id='answer'>{{Front}}")],
    },
    Type {
        name: "Basic (optional reversed card)",
        is_cloze: false,
        fields: &["Front", "Back", "Add Reverse"],
        sides: &[
            ("{{Front}}", LINE),
            ("{{#Add Reverse}}{{Back}}{{/Add Reverse}}", "{{FrontSide}}<hr id=answer>{{Front}}"),
        ],
    },
    Type {
        name: "Basic (type in the answer)",
        is_cloze: false,
        fields: &["Front", "Back"],
        sides: &[("{{Front}}\n\n{{type:Back}}", "{{Front}}\n\n<hr id=answer>\n\n{{type:Back}}")],
    },
    Type {
        name: "Cloze",
        is_cloze: true,
        fields: &["Text", "Back Extra"],
        sides: &[("{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Back Extra}}")],
    },
    Type {
        name: "Capitals",
        is_cloze: false,
        fields: &["Country", "Capital", "Explanation", "Clue"],
        sides: &[(
            "<style>b {}</style><!-- {{Capital}} -->Capital of {{Country}}{{^Clue}}?{{/Clue}}{{hint:Clue}}{{Deck}}",
            "{{Country}}<br>{{Capital}}",
        )],
    },
    Type {
        name: "AllInOne (kprim, mc, sc)",
        is_cloze: false,
        fields: &[
            "Question",
            "Title",
            "QType (0=kprim,1=mc,2=sc)",
            "Q_1",
            "Q_2",
            "Q_3",
            "Answers",
            "Sources",
        ],
        sides: &[("{{Question}}", "{{Answers}}")],
    },
    Type {
        name: "Mine",
        is_cloze: false,
        fields: &["Stem", "Option A", "Option B", "Option C", "Correct", "Explanation"],
        sides: &[("{{Stem}}", "{{FrontSide}}<hr id=answer>{{Correct}}")],
    },
    Type { name: "Image Occlusion", is_cloze: true, fields: &["Text"], sides: &[("{{cloze:Text}}", "")] },
    Type {
        name: "Typed deletion",
        is_cloze: true,
        fields: &["Topic", "Text"],
        sides: &[("{{Topic}}: {{type:cloze:Text}}", "{{type:cloze:Text}}")],
    },
    Type {
        name: "Spoken",
        is_cloze: false,
        fields: &["Word", "Meaning", "Notes"],
        sides: &[("{{tts en_US:Word}}{{text:Word}}", "{{#Meaning}}{{Meaning}}{{/Meaning}}{{Nothing}}")],
    },
    Type {
        name: "Nested",
        is_cloze: false,
        fields: &["A", "B", "C"],
        sides: &[("{{#A}}{{^B}}{{A}} alone{{/B}}{{#B}}{{A}} and {{B}}{{/B}}{{/A}}{{/A}}", "{{C}}")],
    },
    Type {
        name: "Tagged",
        is_cloze: false,
        fields: &["F", "B"],
        sides: &[("{{#Tags}}{{F}}{{/Tags}}", "{{B}}")],
    },
    Type {
        name: "Notes only",
        is_cloze: false,
        fields: &["Term", "Notes"],
        sides: &[("{{Term}}", "{{Notes}}")],
    },
    Type {
        name: "On squared paper",
        is_cloze: false,
        fields: &["Sign", "Meaning"],
        sides: &[("<svg width=9><path/></svg>{{Sign}}<img src=grid.png>", "<svg><path/></svg>{{Meaning}}")],
    },
];

/// A note: the place of its type, its tags, its fields.
pub type Fields<'a> = (usize, &'a str, &'a [&'a str]);

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Notes, their cards and two answers to each first card, which are the same in both schemas. The note
/// at place 3 has the guid `g3` and the cards 30, 31 ..
pub fn rows(notes: &[Fields]) -> String {
    let mut sql = "CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, tags text, flds text);
        CREATE TABLE cards (id integer PRIMARY KEY, nid integer, did integer, odid integer, ord integer);
        CREATE TABLE revlog (id integer PRIMARY KEY, cid integer, ease integer, type integer, time integer);"
        .to_owned();
    for (i, (kind, tags, fields)) in notes.iter().enumerate() {
        let i = i + 1;
        let (tags, fields) = (quoted(tags), quoted(&fields.join("\u{1f}")));
        sql.push_str(&format!("INSERT INTO notes VALUES ({i}, 'g{i}', {}, {tags}, {fields});", kind + 1));
        for place in 0..2 {
            sql.push_str(&format!("INSERT INTO cards VALUES ({i}{place}, {i}, 5, 0, {place});"));
        }
        let answers = [(1, 0), (4, 1), (3, 4), (0, 2)];
        for (n, (ease, kind)) in answers.into_iter().enumerate() {
            let at = 1_700_000_000_000_u64 + 10 * i as u64 + n as u64;
            sql.push_str(&format!("INSERT INTO revlog VALUES ({at}, {i}0, {ease}, {kind}, 2500);"));
        }
    }
    sql
}

/// A collection of schema 11.
pub fn schema_11(notes: &[Fields]) -> Vec<u8> {
    let mut models = Map::new();
    for (i, kind) in TYPES.iter().enumerate() {
        let fields: Vec<Value> =
            kind.fields.iter().enumerate().map(|(ord, name)| json!({"name": name, "ord": ord})).collect();
        let side =
            |(ord, (front, back)): (usize, &(&str, &str))| json!({"ord": ord, "qfmt": front, "afmt": back});
        let sides: Vec<Value> = kind.sides.iter().enumerate().map(side).collect();
        let model =
            json!({"name": kind.name, "type": u8::from(kind.is_cloze), "flds": fields, "tmpls": sides});
        models.insert((i + 1).to_string(), model);
    }
    let decks = json!({"5": {"name": DECK}, "1": {"name": "Default"}});
    let (models, decks) = (quoted(&Value::Object(models).to_string()), quoted(&decks.to_string()));
    let head =
        format!("CREATE TABLE col (models text, decks text); INSERT INTO col VALUES ({models}, {decks});");
    fixtures::bytes(&format!("{head}{}", rows(notes)))
}

/// A collection of schema 18.
fn schema_18(notes: &[Fields]) -> Vec<u8> {
    let mut sql = "CREATE TABLE notetypes (id integer PRIMARY KEY, name text, config blob);
        CREATE TABLE fields (ntid integer, ord integer, name text);
        CREATE TABLE templates (ntid integer, ord integer, config blob);
        CREATE TABLE decks (id integer PRIMARY KEY, name text);
        INSERT INTO decks VALUES (5, 'Cloud' || char(31) || 'Storage'), (1, 'Default');"
        .to_owned();
    for (i, kind) in TYPES.iter().enumerate() {
        let (id, name) = (i + 1, quoted(kind.name));
        let config = if kind.is_cloze { "0801" } else { "" };
        sql.push_str(&format!("INSERT INTO notetypes VALUES ({id}, {name}, x'{config}');"));
        for (ord, name) in kind.fields.iter().enumerate() {
            sql.push_str(&format!("INSERT INTO fields VALUES ({id}, {ord}, {});", quoted(name)));
        }
        for (ord, (front, back)) in kind.sides.iter().enumerate() {
            let config = hex(&[message(1, front), message(2, back)].concat());
            sql.push_str(&format!("INSERT INTO templates VALUES ({id}, {ord}, x'{config}');"));
        }
    }
    fixtures::bytes(&format!("{sql}{}", rows(notes)))
}

/// A text as a field of a message.
fn message(field: u8, text: &str) -> Vec<u8> {
    let length = text.len();
    let mut bytes = vec![field << 3 | 2, (length & 0x7f) as u8 | 0x80, (length >> 7) as u8];
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("an entry begins");
        writer.write_all(bytes).expect("it is written");
    }
    writer.finish().expect("the archive ends").into_inner()
}

/// A package with notes, of one of the versions. From version 2 on, an older collection is next to it.
pub fn package(version: u8, notes: &[Fields]) -> Vec<u8> {
    let decoy = schema_11(&[(0, "", &["Please update", "A decoy"])]);
    let media: (&str, &[u8]) = ("media", b"{}");
    match version {
        1 => zip(&[("collection.anki2", &schema_11(notes)), media]),
        2 => {
            let collection = schema_11(notes);
            zip(&[("collection.anki2", &decoy), ("collection.anki21", &collection), media])
        }
        _ => {
            let packed = compress_to_vec(&schema_18(notes)[..], CompressionLevel::Fastest);
            zip(&[("meta", &[8, 3]), ("collection.anki21b", &packed), ("collection.anki2", &decoy), media])
        }
    }
}
