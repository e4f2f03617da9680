//! `pack check --fix`: what is fixed on disk, what is reported, and what is left alone.

use std::fs;
use std::path::Path;

use crate::support::{Learner, Ran, verdicts};
use serde_json::{Value, json};

const HEAD: &str = r#"{
 "format": 1, "id": "mine", "title": "Mine", "teaches": "content",
 "topics": [{ "id": "only", "name": "Only" }]
}
"#;

/// Questions in a hand's way of writing; everything in them can be meant in one way only.
const CARELESS: &str = r#"{
 "format": 1,
 "pack": "mine",
 "questions": [
  {
   "topic": "only", "kind": "one-of",
   "stem": "Which planet is the largest? ",
   "choices": ["Earth", "Jupiter", "Mars"],
   "key": "b"
  },
  { "id": "Rings", "topic": "only", "kind": "true-false", "stem": "Saturn has rings.", "key": "True" },
 ]
}
"#;

const FIXED: &str = r#"{
 "format": 1,
 "pack": "mine",
 "questions": [
  {
   "id": "mine/which-planet-is-the-largest", "topic": "only", "kind": "one-of",
   "stem": "Which planet is the largest?",
   "choices": ["Earth", "Jupiter", "Mars"],
   "key": "B"
  },
  { "id": "mine/rings", "topic": "only", "kind": "true-false", "stem": "Saturn has rings.", "key": true }
 ]
}
"#;

/// A learner with the pack `mine`, and its file of questions.
fn with_questions(text: &str) -> (Learner, std::path::PathBuf) {
    let learner = Learner::new();
    learner.write("questions/mine/pack.json", HEAD);
    let file = learner.write("questions/mine/questions.json", text);
    (learner, file)
}

fn fix(learner: &Learner, path: &Path) -> Ran {
    learner.run(&["pack", "check", "--fix", path.to_str().unwrap()])
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_careless_pack_is_fixed_told_line_by_line_and_studied_at_once() {
    let (learner, file) = with_questions(CARELESS);
    let ran = fix(&learner, file.parent().unwrap());
    let out = ran.done();
    assert_eq!(text(&file), FIXED);
    let name = file.display();
    let lines: Vec<&str> = out.lines().collect();
    let planet = "mine/which-planet-is-the-largest";
    assert_eq!(
        lines,
        [
            format!("{name}:6:4  {planet}: the id \"{planet}\" was made of the first words of the stem"),
            format!("{name}:7:41  {planet}: blanks around a text of \"stem\" were taken out"),
            format!("{name}:9:11  {planet}: the key \"b\" was put right: \"B\""),
            format!("{name}:11:11  mine/rings: the id \"Rings\" was put right: \"mine/rings\""),
            format!("{name}:11:100  mine/rings: the key was put right: true without quotation marks"),
            format!("{name}:11:106: a comma too many was taken out"),
            "6 things were fixed in 1 file".to_owned(),
            "no faults in 2 questions".to_owned(),
        ]
    );
    let again = fix(&learner, &file).done();
    assert_eq!(again, "nothing was fixed\nno faults in 2 questions\n");
    assert_eq!(text(&file), FIXED);
    let transcript = learner.piped(&["study", "--plain", "--pack", "mine"], "?\n".repeat(9)).done();
    assert!(!verdicts(&transcript).is_empty(), "{transcript}");
}

#[test]
fn what_a_person_has_to_decide_remains_a_fault() {
    let (learner, file) = with_questions(
        &CARELESS.replace("\"only\", \"kind\": \"one-of\"", "\"other\", \"kind\": \"one-of\""),
    );
    let ran = fix(&learner, &file);
    assert_eq!(ran.code, Some(1), "{ran}");
    let name = file.display();
    let fault = format!(
        "{name}:6:46  mine/which-planet-is-the-largest: the pack has no topic \"other\": write \"only\"\n"
    );
    assert!(ran.out.contains(&fault), "{ran}");
    assert!(ran.out.ends_with("1 fault in 2 questions; a pack is not used until it is fixed\n"), "{ran}");
}

#[test]
fn a_file_that_is_no_json_is_fixed_as_a_whole_or_left_and_told() {
    let curly = CARELESS.replace("\"stem\"", "“stem”").replace("\"True\"", "True");
    let (learner, file) = with_questions(&curly);
    let out = fix(&learner, &file).done();
    assert_eq!(text(&file), FIXED);
    let name = file.display().to_string();
    for line in [
        "the curly quotation marks around 2 texts were made straight",
        "1 word was put right, to true, false or null",
    ] {
        assert!(out.contains(&format!("{name}: {line}\n")), "{out}");
    }
    for (spoilt, place) in [
        (curly.replace("\"format\": 1,", "\"format\": 1, // ours"), "2:15: JSON has no comments"),
        (curly.replace("\"Mars\"],", "\"Mars\","), "8:42: the list that begins at 8:15 is not closed"),
    ] {
        fs::write(&file, &spoilt).unwrap();
        let ran = fix(&learner, &file);
        assert_eq!((ran.code, text(&file)), (Some(1), spoilt), "{ran}");
        assert!(
            ran.out.starts_with(&format!("{name}: nothing was fixed in it: fix the next fault by hand")),
            "{ran}"
        );
        assert!(ran.out.contains(&format!("{name}:{place}")), "{ran}");
        assert!(ran.out.ends_with("1 fault; a pack is not used until it is fixed\n"), "{ran}");
    }
    fs::write(&file, CARELESS).unwrap();
    let ran = learner.run(&["pack", "check", "mine"]);
    let fault = "11:103: this comma is too many, since nothing follows it: take it out, or let pack check --fix do it";
    assert!(ran.out.contains(&format!("{name}:{fault}")), "{ran}");
}

#[test]
fn with_json_every_mend_is_an_object() {
    let (learner, file) = with_questions(&CARELESS.replace('\n', "\r\n"));
    let told = learner.json(&["pack", "check", "--fix", file.parent().unwrap().to_str().unwrap()]);
    assert_eq!(told["faults"], json!([]));
    assert_eq!(told["questions"], 2);
    let mended = told["mended"].as_array().unwrap();
    assert_eq!(
        mended[0],
        json!({
            "file": file.to_str().unwrap(), "line": null, "column": null, "question": null,
            "what": "13 line ends were made plain line feeds",
        })
    );
    assert_eq!(mended[1]["line"], 6);
    assert_eq!(mended[1]["column"], 4);
    assert_eq!(mended[1]["question"], "mine/which-planet-is-the-largest");
    let plain = learner.json(&["pack", "check", file.to_str().unwrap()]);
    assert_eq!(plain.get("mended"), None);
}

#[test]
fn of_a_file_that_is_named_only_that_file_is_fixed() {
    let (learner, file) = with_questions(CARELESS);
    let other = learner.write(
        "questions/mine/more.json",
        FIXED
            .replace("mine/", "mine/more-")
            .replace("planet", "star")
            .replace("has", "had")
            .replace('\n', "\r\n"),
    );
    fix(&learner, &file).done();
    assert_eq!(text(&file), FIXED);
    assert!(text(&other).contains('\r'));
    // The place is the same, however it is written.
    let mut command = learner.command(&["pack", "check", "--fix", "more.json", "./questions.json"]);
    let output = command.current_dir(other.parent().unwrap()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(!text(&other).contains('\r'));
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.contains("1 thing was fixed in 1 file\nno faults in 4 questions"), "{out}");
}

#[test]
fn what_is_no_folder_and_no_json_is_refused() {
    let (learner, _) = with_questions(CARELESS);
    let archive = learner.write("questions/mine/mine.zip", "PK\u{3}\u{4}");
    let said = fix(&learner, &archive).refused(1);
    assert!(said.contains("mine.zip is neither a folder nor a .json file"), "{said}");
    fix(&learner, &learner.path("nowhere")).refused(1);
}

#[cfg(unix)]
#[test]
fn a_link_is_left_alone_and_told() {
    let (learner, file) = with_questions(CARELESS);
    let elsewhere = learner.path("elsewhere.json");
    fs::rename(&file, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &file).unwrap();
    let ran = fix(&learner, file.parent().unwrap());
    assert_eq!(ran.code, Some(1), "{ran}");
    assert!(ran.out.contains("the file was not fixed: it is a link"), "{ran}");
    assert_eq!(text(&elsewhere), CARELESS);
    assert!(file.is_symlink());
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_a_file_that_may_not_be_written_is_left() {
    use std::os::unix::fs::PermissionsExt;
    for (mode, is_fixed) in [(0o640, true), (0o440, false)] {
        let (learner, file) = with_questions(CARELESS);
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let ran = fix(&learner, file.parent().unwrap());
        assert_eq!(ran.code, Some(i32::from(!is_fixed)), "{ran}");
        assert_eq!(text(&file) == FIXED, is_fixed);
        assert_eq!(ran.out.contains("the file was not fixed"), !is_fixed, "{ran}");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, mode);
        let left: Vec<_> = fs::read_dir(file.parent().unwrap()).unwrap().collect();
        assert_eq!(left.len(), 2, "nothing is left over: {left:?}");
    }
}

#[test]
fn what_was_learned_stays_with_an_id_that_was_valid() {
    let (learner, file) = with_questions(FIXED);
    learner.piped(&["study", "--plain", "--pack", "mine"], "?\n".repeat(9)).done();
    let before = learner.json(&["stats", "--all"]);
    fs::write(&file, FIXED.replace("\"B\"", "\"b\"").replace('\n', "\r\n")).unwrap();
    fix(&learner, &file).done();
    assert_eq!(text(&file), FIXED);
    assert_eq!(learner.json(&["stats", "--all"])["details"], before["details"]);
}

#[test]
fn a_repeated_stem_and_an_earlier_id_in_use_are_told_with_their_places() {
    let twice = FIXED.replace("Saturn has rings.", "Which planet is the largest?");
    let was =
        FIXED.replace("\"key\": true", "\"key\": true, \"was\": [\"mine/which-planet-is-the-largest\"]");
    for (file, column, word) in [(twice, 64, "it has the same stem as"), (was, 106, "is a question of today")]
    {
        let (learner, path) = with_questions(&file);
        let ran = learner.run(&["pack", "check", "--json", path.to_str().unwrap()]);
        let told: Value = serde_json::from_str(&ran.out).unwrap();
        let fault = &told["faults"][0];
        assert!(fault["problem"].as_str().unwrap().contains(word), "{ran}");
        assert_eq!(fault["file"], path.to_str().unwrap());
        assert_eq!((&fault["line"], &fault["column"]), (&json!(11), &json!(column)), "{ran}");
    }
}
