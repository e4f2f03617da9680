//! Questions of other programs: how they come in, what is refused, what a second import does, and how
//! packs go out again.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use crate::support::{Learner, Ran};
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

const BANK: &str = "\
What holds a boat in place?
A. An anchor
B. A sail
ANSWER: A

Which side is port?
A. Right
B. Left
ANSWER: B
";

fn import(learner: &Learner, name: &str, bytes: impl AsRef<[u8]>, more: &[&str]) -> Ran {
    let file = learner.write(name, bytes);
    learner.run(&[&["pack", "import", file.to_str().unwrap()], more].concat())
}

fn told(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("no JSON ({error}): {ran}"))
}

/// Added, changed, unchanged and gone.
fn change(ran: &Ran) -> [u64; 4] {
    ["added", "changed", "unchanged", "gone"].map(|key| told(ran)["packs"][0][key].as_u64().unwrap())
}

fn stems(learner: &Learner, pack: &str) -> Vec<String> {
    learner.questions(pack).iter().map(|q| q["stem"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_imported_pack_is_there_at_once_and_passes_the_check() {
    let learner = Learner::new();
    learner.json(&["due"]);
    let said = import(&learner, "Sea terms.aiken.txt", BANK, &[]).done();
    assert!(said.contains("read as Aiken, UTF-8") && said.contains("2 questions found, 2 taken, 0 refused"));
    assert_eq!(stems(&learner, "sea-terms-aiken"), ["What holds a boat in place?", "Which side is port?"]);
    learner.run(&["pack", "check", learner.path("questions").to_str().unwrap()]).done();
    let sitting = learner.piped(&["study", "--plain", "--pack", "sea-terms-aiken"], "1\n1\n").done();
    assert_eq!(crate::support::verdicts(&sitting).len(), 2);
}

#[test]
fn a_dry_run_shows_the_questions_and_writes_nothing() {
    let learner = Learner::new();
    let said = import(&learner, "bank.txt", BANK, &["--dry-run"]).done();
    assert!(said.contains("What holds a boat in place?") && said.contains("Nothing was written."), "{said}");
    assert!(!learner.path("questions").exists());
}

#[test]
fn a_second_import_says_what_was_added_changed_and_is_gone() {
    let learner = Learner::new();
    let first = import(&learner, "bank.txt", BANK, &["--json"]);
    first.done();
    assert_eq!(change(&first), [2, 0, 0, 0]);
    let again = import(&learner, "bank.txt", BANK, &["--json"]);
    assert_eq!(change(&again), [0, 0, 2, 0]);
    let other = BANK.replace("A sail", "A mast").replace("Which side is port?", "Which side is starboard?");
    let third = import(&learner, "bank.txt", other, &["--json"]);
    assert_eq!(change(&third), [1, 1, 0, 1]);
    assert_eq!(stems(&learner, "bank").len(), 2);
    let left: Vec<_> = fs::read_dir(learner.path("questions")).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing is left beside the pack");
}

#[test]
fn another_file_of_the_same_name_takes_no_pack_away() {
    let bank = |subject: &str| -> String {
        (1..=5).map(|n| format!("Which {subject} is number {n}?\nA. This\nB. That\nANSWER: A\n\n")).collect()
    };
    let learner = Learner::new();
    import(&learner, "bank.txt", bank("sail"), &[]).done();
    let before = stems(&learner, "bank");
    for more in [&[][..], &["--dry-run"]] {
        let ran = import(&learner, "bank.txt", bank("tree"), more);
        assert_eq!(ran.code, Some(1), "{ran}");
        assert!(format!("{}{}", ran.out, ran.err).contains("--name"), "it says what to do: {ran}");
        assert_eq!(stems(&learner, "bank"), before);
    }
    import(&learner, "bank.txt", bank("tree"), &["--name", "Trees"]).done();
    assert_eq!((stems(&learner, "bank"), stems(&learner, "trees").len()), (before, 5));
}

#[test]
fn one_bad_question_costs_itself_only() {
    let learner = Learner::new();
    let bad = format!("{BANK}\nWhich has no such choice?\nA. One\nB. Two\nANSWER: F\n\n{BANK}");
    let ran = import(&learner, "bank.txt", bad, &["--json"]);
    assert_eq!(ran.code, Some(1), "{ran}");
    let value = told(&ran);
    assert_eq!(value["packs"][0]["taken"], 2);
    assert_eq!(value["packs"][0]["found"], 5);
    let refused = value["refused"].as_array().unwrap();
    assert_eq!(refused.len(), 3, "{value}");
    assert_eq!(refused[0]["line"], 11);
    assert_eq!(refused[1]["why"], "repeats the question on line 1");
    assert!(ran.err.contains("3 questions refused"), "{ran}");
}

#[test]
fn what_cannot_be_read_writes_nothing() {
    for (name, bytes, more) in [
        ("empty.gift", &b""[..], &[][..]),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\0\0\0\0\0", &[]),
        ("list.json", br#"{"data": [[[[]]]]}"#, &[]),
        ("three.csv", b"a,b,c\nd,e,f\n", &["--as", "csv"]),
        ("words.txt", b"front\tback\n", &["--encoding", "klingon"]),
    ] {
        let learner = Learner::new();
        let ran = import(&learner, name, bytes, more);
        assert_eq!(ran.code, Some(1), "{ran}");
        assert!(ran.err.contains(name), "the file is named: {ran}");
        ran.quiet();
        assert!(!learner.path("questions").exists(), "{name}");
    }
}

#[test]
fn several_files_with_a_name_make_one_pack_and_without_one_each() {
    let learner = Learner::new();
    let one = learner.write("one.txt", "Is it wet?\nA. Yes\nB. No\nANSWER: A\n");
    let two = learner.write("two.csv", "question,answer\nRed?,Port\n");
    let files = [one.to_str().unwrap(), two.to_str().unwrap()];
    learner.run(&["pack", "import", files[0], files[1], "--name", "All at sea"]).done();
    assert_eq!(stems(&learner, "all-at-sea"), ["Is it wet?", "Red?"]);
    learner.run(&["pack", "import", files[0], files[1]]).done();
    assert_eq!(stems(&learner, "one").len() + stems(&learner, "two").len(), 2);
}

#[test]
fn packs_that_were_not_imported_are_never_replaced() {
    let learner = Learner::with_packs(&["words"]);
    for name in ["article", "facts", "words"] {
        let ran = import(&learner, "bank.txt", BANK, &["--name", name]);
        assert_eq!(ran.code, Some(1), "{ran}");
        assert!(ran.err.contains("choose another name"), "{ran}");
    }
}

#[test]
fn a_file_whose_name_begins_with_dashes_can_be_named() {
    let learner = Learner::new();
    learner.write("--help.gift", "::one:: Is water wet? {T}\n");
    for line in [&["pack", "import", "--", "--help.gift"][..], &["pack", "import", "./--help.gift"]] {
        // The day comes before the dashes: after them everything is a file.
        let mut command = learner.without_a_day().command(line);
        let output = command.current_dir(learner.home()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(stems(&learner, "help"), ["Is water wet?"]);
}

#[test]
fn hostile_text_reaches_no_terminal() {
    let aiken = "Red \u{1b}[31m or \u{9b}5m \u{202e}not\u{202c}?\nA. a\u{b}b\nB. c\u{85}d\nANSWER: A\n";
    let gift =
        "$CATEGORY: ../../etc/x\n\n::\u{1b}]52;c;eA==\u{7}:: Which \u{1b}]52;c;eA==\u{7}? {=a ~b #\u{8}no}\n";
    let tasks = "### Which store?\n\n- [x] Blue\n- [ ] Bl\u{200b}ue\n- [ ] R\u{e0041}ed\n";
    let bad = "\u{1b}[2Jno answer\nA. x\u{7}\nB. y\nANSWER: Z\n";
    for (name, text) in [("a.txt", aiken), ("b.gift", gift), ("c.md", tasks), ("d.txt", bad)] {
        let learner = Learner::new();
        let dry = import(&learner, name, text, &["--dry-run"]);
        let ran = import(&learner, name, text, &[]);
        let pack = name.split('.').next().unwrap();
        let shown = learner.run(&["pack", "show", pack]);
        let sitting = learner.piped(&["study", "--plain", "--pack", pack], "1\n");
        let value = import(&learner, name, text, &["--json"]);
        for one in [dry, ran, shown, sitting, value] {
            one.quiet();
            for c in
                ['\u{1b}', '\u{7}', '\u{8}', '\u{b}', '\u{85}', '\u{9b}', '\u{202e}', '\u{200b}', '\u{e0041}']
            {
                assert!(!one.out.contains(c) && !one.err.contains(c), "{c:?}: {one}");
            }
        }
        assert!(!Path::new("/etc/x").exists());
    }
}

#[test]
fn choices_that_only_look_the_same_come_in_and_can_be_told_apart() {
    let learner = Learner::new();
    import(&learner, "c.md", "### Which store?\n\n- [x] Blue\n- [ ] Bl\u{200b}ue\n", &[]);
    let questions = learner.questions("c");
    assert_eq!(crate::support::texts(&questions[0]["choices"]), ["Blue", "Bl<U+200B>ue"]);
}

#[test]
fn what_is_exported_comes_in_again() {
    let learner = Learner::with_packs(&["words"]);
    let before: Vec<String> = stems(&learner, "words");
    for (format, name) in [("csv", "w.csv"), ("gift", "w.gift"), ("json", "w.json")] {
        let file = learner.path(name);
        let ran = learner.run(&["pack", "export", "words", "--as", format, "--out", file.to_str().unwrap()]);
        ran.done();
        let ran = learner.run(&["pack", "import", file.to_str().unwrap(), "--name", format]);
        ran.done();
        assert_eq!(stems(&learner, format), before, "{format}");
    }
}

#[test]
fn our_own_export_comes_in_with_everything_that_a_question_says() {
    let learner = Learner::with_packs(&["kinds"]);
    let file = learner.path("kinds.json");
    learner.run(&["pack", "export", "kinds", "--as", "json", "--out", file.to_str().unwrap()]).done();
    let said = learner.run(&["pack", "import", file.to_str().unwrap(), "--name", "Copy"]).done();
    assert!(said.contains("read as a pack in JSON"), "{said}");
    let plain = |pack: &str| -> Vec<Value> {
        let mut questions = learner.questions(pack);
        for question in &mut questions {
            let question = question.as_object_mut().unwrap();
            question.retain(|key, _| !["id", "topic", "facts", "credentials"].contains(&key.as_str()));
        }
        questions
    };
    assert_eq!(plain("copy"), plain("kinds"));
    let again =
        learner.run(&["pack", "import", file.to_str().unwrap(), "--name", "Copy", "--as", "json", "--json"]);
    assert_eq!(change(&again)[..2], [0, 0], "a second import changes nothing");
    let head =
        learner.write("pack.json", r#"{ "format": 1, "id": "a", "topics": [{ "id": "t", "name": "T" }] }"#);
    let ran = learner.run(&["pack", "import", head.to_str().unwrap()]);
    assert!(
        ran.code == Some(1) && format!("{}{}", ran.out, ran.err).contains("badgedex pack add FOLDER"),
        "{ran}"
    );
}

#[test]
fn files_of_one_name_in_one_import_are_numbered() {
    let bank = |subject: &str| -> String {
        (1..=2).map(|n| format!("Which {subject} is number {n}?\nA. This\nB. That\nANSWER: A\n\n")).collect()
    };
    let learner = Learner::new();
    let file = |folder: &str, subject: &str| {
        fs::create_dir_all(learner.path(folder)).unwrap();
        learner.write(&format!("{folder}/bank.txt"), bank(subject)).to_str().unwrap().to_owned()
    };
    let files = [file("a", "sail"), file("b", "tree"), file("c", "star")];
    let import = |order: [usize; 3]| {
        let files = order.map(|place| files[place].as_str());
        learner.run(&[&["pack", "import", "--json"], &files[..]].concat())
    };
    let first = import([0, 1, 2]);
    first.done();
    let packs = told(&first)["packs"].as_array().unwrap().clone();
    let named: Vec<&Value> = packs.iter().flat_map(|pack| [&pack["pack"], &pack["title"]]).collect();
    assert_eq!(named, ["bank", "bank", "bank-2", "bank (2)", "bank-3", "bank (3)"]);
    import([0, 1, 2]).done();
    let tree = "Which tree is number 1?";
    assert!(stems(&learner, "bank-2").iter().any(|stem| stem == tree));
    // In another order the numbers would name other files: no pack is taken for another one's.
    let other = import([0, 2, 1]);
    assert_eq!(other.code, Some(1), "{other}");
    assert!(stems(&learner, "bank-2").iter().any(|stem| stem == tree));
}

#[test]
fn a_long_import_through_a_pipe_draws_no_bar() {
    let learner = Learner::new();
    let long = "Is it wet? {T}\n\n".to_owned() + &"// Nothing is asked in this line.\n".repeat(200_000);
    let ran = import(&learner, "long.gift", long, &[]);
    ran.done();
    assert!(!ran.err.contains("Importing"), "{ran}");
}

#[test]
fn what_a_format_cannot_say_is_told() {
    let learner = Learner::with_packs(&["kinds"]);
    let ran = learner.run(&["pack", "export", "kinds", "--as", "aiken"]);
    let out = ran.done();
    assert!(out.contains("ANSWER: "), "{ran}");
    assert!(ran.err.contains("can be said in this format"), "{ran}");
    let value = learner.json(&["pack", "export", "kinds", "--as", "aiken"]);
    assert!(!value["left_out"].as_array().unwrap().is_empty(), "{value}");
    assert_eq!(value["as"], "aiken");
}

#[test]
fn what_the_learner_edited_outlives_a_second_import() {
    let learner = Learner::new();
    import(&learner, "bank.txt", BANK, &[]).done();
    let path = learner.path("questions/bank/questions.json");
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.starts_with("{\n  \"$schema\": \"schema/questions.schema.json\",\n  \"format\": 1"),
        "{text}"
    );
    fs::write(&path, text.replace("An anchor", "A good anchor")).unwrap();
    let other = BANK.replace("A sail", "A mast").replace("Left", "The left one");
    let ran = import(&learner, "bank.txt", &other, &["--dry-run"]);
    assert!(ran.done().contains("1 question that you edited or added is kept: --replace"), "{ran}");
    let ran = import(&learner, "bank.txt", &other, &["--json"]);
    ran.done();
    assert_eq!(told(&ran)["packs"][0]["kept"], 1);
    let choices = |at: usize| -> Vec<String> {
        let questions = learner.questions("bank");
        crate::support::texts(&questions[at]["choices"]).into_iter().map(str::to_owned).collect()
    };
    assert_eq!(choices(0), ["A good anchor", "A sail"]);
    assert_eq!(choices(1), ["Right", "The left one"]);
    assert_eq!(told(&import(&learner, "bank.txt", &other, &["--json"]))["packs"][0]["kept"], 1);
    let ran = import(&learner, "bank.txt", &other, &["--replace", "--json"]);
    ran.done();
    assert_eq!(choices(0), ["An anchor", "A mast"]);
    // A pack of before there were notes: its edits cannot be told, and that is.
    fs::remove_file(learner.path("questions/bank/imported.txt")).unwrap();
    let ran = import(&learner, "bank.txt", BANK, &[]);
    assert!(ran.done().contains("what you edited in it by hand is not kept"), "{ran}");
    assert!(learner.path("questions/bank/imported.txt").exists());
}

#[test]
fn an_import_says_where_its_pack_lies_and_what_was_let_pass() {
    let learner = Learner::new();
    let bank = BANK.replace("ANSWER: A", "Answer: a");
    let said = import(&learner, "bank.txt", bank, &[]).done();
    let place = learner.path("questions/bank");
    assert!(said.contains(place.to_str().unwrap()), "{said}");
    assert!(
        said.contains("badgedex study --pack bank") && said.contains("bank.txt:1: \"ANSWER:\""),
        "{said}"
    );
}

#[test]
fn an_export_can_be_asked_for_by_either_name_of_ankis_text() {
    let learner = Learner::with_packs(&["words"]);
    let text = |name| learner.run(&["pack", "export", "words", "--as", name]).done();
    assert_eq!(text("anki"), text("anki-text"));
}

#[test]
fn a_line_without_its_tab_is_refused_alone() {
    let learner = Learner::new();
    let ran = import(&learner, "deck.txt", "<b>port</b>\tleft\nWhat is 500\nbow\tstern\n", &["--json"]);
    let value = told(&ran);
    assert_eq!(value["packs"][0]["taken"], 2, "{value}");
    assert_eq!(
        (&value["refused"][0]["line"], &value["refused"][0]["why"]),
        (&json!(2), &json!("it has no back"))
    );
    assert_eq!(stems(&learner, "deck")[0], "port");
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A package of schema 11 with one card and two reviews of it.
fn package(home: &Path) -> Vec<u8> {
    let path = home.join("collection.anki2");
    let connection = rusqlite::Connection::open(&path).expect("a collection");
    let models = json!({ "1": {
        "id": 1, "name": "Basic", "type": 0, "flds": [{ "name": "Front", "ord": 0 }, { "name": "Back", "ord": 1 }],
        "tmpls": [{ "name": "Card 1", "ord": 0, "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}" }],
    } });
    let decks = json!({ "1": { "id": 1, "name": "Sea::Tides" } });
    connection
        .execute_batch(
            "CREATE TABLE col (id, crt, mod, scm, ver, dty, usn, ls, conf, models, decks, dconf, tags);
             CREATE TABLE notes (id INTEGER PRIMARY KEY, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data);
             CREATE TABLE cards (id INTEGER PRIMARY KEY, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps,
                 lapses, left, odue, odid, flags, data);
             CREATE TABLE revlog (id INTEGER PRIMARY KEY, cid, usn, ease, ivl, lastIvl, factor, time, type);
             INSERT INTO notes VALUES (7, 'abc', 1, 0, 0, '', 'Why?' || char(31) || 'The moon.', 'Why?', 0, 0, '');
             INSERT INTO cards VALUES (8, 7, 1, 0, 0, 0, 2, 2, 0, 9, 2500, 2, 0, 0, 0, 0, 0, '');
             INSERT INTO revlog VALUES (1700000000000, 8, 0, 3, 1, 1, 2500, 4000, 0),
                                       (1700500000000, 8, 0, 1, 1, 1, 2500, 9000, 1);",
        )
        .expect("its tables");
    connection
        .execute(
            "INSERT INTO col VALUES (1, 0, 0, 0, 11, 0, 0, 0, '{}', ?1, ?2, '{}', '{}')",
            [models.to_string(), decks.to_string()],
        )
        .expect("its note types");
    drop(connection);
    zipped(&[("collection.anki2", &fs::read(path).expect("its bytes"))])
}

#[test]
fn past_reviews_come_along_when_asked_for_and_only_once() {
    let learner = Learner::new();
    let file = learner.write("tides.apkg", package(learner.home()));
    let file = file.to_str().unwrap();
    let import = |more: &[&str]| learner.run(&[&["pack", "import", file, "--name", "tides"], more].concat());
    import(&[]).done();
    assert_eq!(learner.events("answered").len(), 0, "nobody asked for them");
    let said = import(&["--history"]).done();
    assert!(said.contains("2 past reviews found, 2 recorded, 0 known already"), "{said}");
    let answers = learner.events("answered");
    let id = learner.questions("tides")[0]["id"].clone();
    let given: Vec<(&Value, &Value)> = answers.iter().map(|a| (&a["given"], &a["question"])).collect();
    assert_eq!(given, [(&json!("knew"), &id), (&json!("forgot"), &id)]);
    assert!(answers[0]["at"].as_str().unwrap().starts_with("2023-11-1"), "{answers:?}");
    let again = import(&["--history"]).done();
    assert!(again.contains("2 past reviews found, 0 recorded, 2 known already"), "{again}");
    assert_eq!(learner.events("answered").len(), 2);
}
