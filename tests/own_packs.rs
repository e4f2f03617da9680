//! Packs of the learner's own: they are installed, renewed, edited and taken out.

use std::fs::File;
use std::io::Write;

use crate::support::{Learner, fixture};
use serde_json::{Value, json};

fn has(learner: &Learner, pack: &str) -> bool {
    let list = learner.json(&["pack", "list"]);
    list["packs"].as_array().unwrap().iter().any(|one| one["id"] == pack)
}

/// A document with a pack of these questions: id and accepted answer.
fn document(learner: &Learner, name: &str, questions: &[(&str, &str)]) -> String {
    let question = |(id, answer): &(&str, &str)| {
        json!({
            "id": format!("mine/{id}"), "topic": "only", "kind": "typed",
            "stem": format!("The stem of {id}?"), "accepted": [answer],
        })
    };
    let questions: Vec<Value> = questions.iter().map(question).collect();
    let pack = json!({
        "format": 1, "id": "mine", "title": "Mine", "teaches": "about",
        "topics": [{ "id": "only", "name": "Only" }], "questions": questions,
    });
    learner.write(name, pack.to_string()).display().to_string()
}

fn archive(learner: &Learner, entries: &[(&str, &[u8])]) -> String {
    let path = learner.path("pack.zip");
    let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
    for (name, bytes) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    path.display().to_string()
}

#[test]
fn a_folder_a_document_and_an_archive_are_installed() {
    let learner = Learner::new();
    let folder = fixture("words");
    assert_eq!(learner.json(&["pack", "add", folder.to_str().unwrap()])["pack"], "words");
    assert!(has(&learner, "words"));

    let exported = learner.run(&["pack", "export", "words", "--as", "json"]).done();
    let file = learner.write("words.json", exported).display().to_string();
    let other = Learner::new();
    other.run(&["pack", "add", &file]).done();
    assert_eq!(other.questions("words"), learner.questions("words"));

    let third = Learner::new();
    let files: Vec<(String, Vec<u8>)> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (format!("w/{}", path.file_name().unwrap().display()), std::fs::read(path).unwrap()))
        .collect();
    let entries: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (&name[..], &bytes[..])).collect();
    third.run(&["pack", "add", &archive(&third, &entries)]).done();
    assert_eq!(third.questions("words"), learner.questions("words"));
}

#[test]
fn what_cannot_be_installed_is_refused_and_leaves_nothing() {
    let learner = Learner::new();
    let twice = document(&learner, "twice.json", &[("one", "a"), ("one", "b")]);
    assert!(learner.run(&["pack", "add", &twice]).refused(1).contains("mine/one"));
    let faulty = fixture("faulty").display().to_string();
    assert!(learner.run(&["pack", "add", &faulty]).refused(1).contains("faulty/unknown-key"));
    let shipped = learner.run(&["pack", "export", "article", "--as", "json"]).done();
    let shipped = learner.write("shipped.json", shipped).display().to_string();
    learner.run(&["pack", "add", &shipped]).refused(1);
    let outward = archive(&learner, &[("../pack.json", b"{}")]);
    assert!(learner.run(&["pack", "add", &outward]).refused(1).contains("leads out of it"));
    learner.run(&["pack", "add", &learner.path("none").display().to_string()]).refused(1);
    assert!(!learner.path("questions").exists());

    let sound = document(&learner, "sound.json", &[("one", "a")]);
    learner.run(&["pack", "add", &sound]).done();
    assert!(learner.run(&["pack", "add", &sound]).refused(1).contains("pack update mine"));
}

#[test]
fn a_pack_is_taken_out_and_its_answers_stay() {
    let learner = Learner::new();
    learner.run(&["pack", "add", &document(&learner, "a.json", &[("one", "a")])]).done();
    learner.piped(&["study", "--plain", "--pack", "mine", "--count", "1"], "a\n").done();
    assert!(learner.run(&["pack", "remove", "mine"]).refused(1).contains("--yes"));
    assert!(has(&learner, "mine"));
    assert!(learner.run(&["pack", "remove", "mine", "--yes"]).done().contains("stay in the journal"));
    assert!(!has(&learner, "mine"));
    assert_eq!(learner.events("answered").len(), 1);
    let said = learner.run(&["pack", "remove", "article", "--yes"]).refused(1);
    assert!(said.contains("comes with the program"), "{said}");
}

#[test]
fn an_update_tells_what_it_does_before_it_does_it() {
    let learner = Learner::new();
    learner.run(&["pack", "add", &document(&learner, "a.json", &[("one", "a"), ("two", "b")])]).done();
    let newer = document(&learner, "b.json", &[("two", "c"), ("three", "d")]);
    let told = learner.json(&["pack", "update", "mine", &newer, "--dry-run"]);
    assert_eq!((&told["added"], &told["gone"]), (&json!(["mine/three"]), &json!(["mine/one"])));
    assert_eq!(told["changed"], json!([{ "question": "mine/two", "keys": ["accepted"] }]));
    assert_eq!(learner.questions("mine").len(), 2);
    assert_eq!(learner.questions("mine")[0]["id"], "mine/one");
    learner.run(&["pack", "update", "mine", &newer, "--yes"]).done();
    assert_eq!(learner.questions("mine")[1]["id"], "mine/three");
    learner.run(&["pack", "update", "article", &newer, "--yes"]).refused(1);
}

/// A learner whose editor is this shell script; `$1` is the file.
fn editing(learner: &Learner, script: &str) -> Learner {
    let path = learner.write("editor.sh", script);
    learner.with("EDITOR", &format!("sh '{}'", path.display())).with("VISUAL", "")
}

#[test]
fn an_edited_question_is_put_back_and_the_rest_stays_byte_for_byte() {
    let learner = Learner::new();
    learner.run(&["pack", "add", &document(&learner, "a.json", &[("one", "a"), ("two", "b")])]).done();
    let file = learner.path("questions/mine/questions.json");
    let before = std::fs::read_to_string(&file).unwrap();
    let change = "sed 's/stem of one/heart of one/' \"$1\" > \"$1.new\" && mv \"$1.new\" \"$1\"";
    editing(&learner, change).run(&["pack", "edit", "mine/one"]).done();
    let after = std::fs::read_to_string(&file).unwrap();
    assert_eq!(after, before.replace("stem of one", "heart of one"));
    assert_eq!(editing(&learner, "true").json(&["pack", "edit", "mine/two"])["changed"], false);
}

#[test]
fn an_update_names_the_edits_that_it_would_undo() {
    let learner = Learner::new();
    let came_in = document(&learner, "a.json", &[("one", "a"), ("two", "b")]);
    learner.run(&["pack", "add", &came_in]).done();
    editing(&learner, "sed -i 's/stem of one/heart of one/' \"$1\"")
        .run(&["pack", "edit", "mine/one"])
        .done();
    let newer = document(&learner, "b.json", &[("one", "a"), ("two", "c")]);
    assert_eq!(learner.json(&["pack", "update", "mine", &newer, "--dry-run"])["edited"], json!(["mine/one"]));
    let page = learner.run(&["pack", "update", "mine", &newer, "--dry-run"]).done();
    assert!(page.contains("1 question that you edited or added would be lost:"), "{page}");
    learner.run(&["pack", "update", "mine", &newer, "--yes"]).done();
    assert_eq!(learner.json(&["pack", "update", "mine", &came_in, "--dry-run"])["edited"], json!([]));
}

#[test]
fn a_fault_of_an_edit_stands_at_its_place_in_what_was_edited() {
    let learner = Learner::new();
    learner.run(&["pack", "add", &document(&learner, "a.json", &[("one", "a"), ("two", "b")])]).done();
    let wrong = r#"printf '{\n  "id": "mine/two",\n  "topic": "nowhere",\n  "kind": "typed", "stem": "What?", "accepted": ["b"]\n}\n' > "$1""#;
    let said = editing(&learner, wrong).run(&["pack", "edit", "mine/two"]).err;
    assert!(said.contains(".json:3:3  mine/two: "), "{said}");
    let broken = r#"printf '{\n  "id": "mine/two" "topic"\n}\n' > "$1""#;
    let said = editing(&learner, broken).run(&["pack", "edit", "mine/two"]).err;
    assert!(said.contains(": question-") && said.contains(".json:2:19: "), "{said}");
}

#[test]
fn an_edit_that_changes_the_id_keeps_the_answers() {
    let learner = Learner::new();
    learner.run(&["pack", "add", &document(&learner, "a.json", &[("one", "a"), ("two", "b")])]).done();
    let answer = r#"{"id":"01900000-0000-7000-8000-000000000001","at":"2026-11-20T12:00:00+00:00","device":"d","kind":"answered","question":"mine/one","guess":0,"correct":true}"#;
    learner.import(&[answer.to_owned()]).done();
    let rename = editing(&learner, "sed -i 's,mine/one,mine/first,' \"$1\"");
    let told = rename.json(&["pack", "edit", "mine/one"]);
    assert_eq!(
        (&told["changed"], &told["id"], &told["keeps_answers"]),
        (&json!(true), &json!("mine/first"), &json!(true))
    );
    let details = learner.json(&["stats", "--all"])["details"].clone();
    assert_eq!((details[0]["question"].clone(), details.as_array().unwrap().len()), (json!("mine/first"), 1));
    let another =
        editing(&learner, r#"sed -i 's,mine/two,mine/other,;s/stem of two/quite other/;s/"b"/"c"/' "$1""#);
    let told = another.run(&["pack", "edit", "mine/two"]).done();
    assert!(told.contains("begins without answers"), "{told}");
}

#[test]
fn a_pack_that_a_crash_has_left_aside_is_there_again_at_the_next_start() {
    let learner = Learner::new();
    learner.run(&["pack", "add", &document(&learner, "a.json", &[("one", "a")])]).done();
    let questions = learner.path("questions");
    std::fs::create_dir_all(questions.join(".import-x/old")).unwrap();
    std::fs::rename(questions.join("mine"), questions.join(".import-x/old/mine")).unwrap();
    assert_eq!(learner.questions("mine")[0]["id"], "mine/one");
    assert!(!questions.join(".import-x").exists());
}

#[test]
fn an_edit_with_faults_changes_nothing() {
    let learner = Learner::new();
    learner.run(&["pack", "add", &document(&learner, "a.json", &[("one", "a")])]).done();
    let file = learner.path("questions/mine/questions.json");
    let before = std::fs::read(&file).unwrap();
    for (script, word) in [
        ("sed -i 's/accepted/acepted/' \"$1\"", "acepted"),
        ("echo '{}, {}' > \"$1\"", "kept in"),
        ("exit 3", "failed"),
    ] {
        let ran = editing(&learner, script).run(&["pack", "edit", "mine/one"]);
        assert_eq!(ran.code, Some(1), "{ran}");
        assert!(ran.err.contains(word), "{ran}");
        assert_eq!(std::fs::read(&file).unwrap(), before);
    }
    let unset = learner.with("EDITOR", "").with("VISUAL", "");
    assert!(unset.run(&["pack", "edit", "mine/one"]).refused(1).contains("EDITOR"));
    let shipped = learner.questions("article")[0]["id"].as_str().unwrap().to_owned();
    assert!(learner.run(&["pack", "edit", &shipped]).refused(1).contains("--as json"));
}
