//! The learner's own packs travel with a sync, and come back with a backup.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::support::{Learner, Ran};

/// A folder that devices share.
fn shared() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn sync(learner: &Learner, folder: &Path) -> Ran {
    learner.run(&["data", "sync", folder.to_str().unwrap()])
}

fn has(learner: &Learner, pack: &str) -> bool {
    let list = learner.json(&["pack", "list"]);
    list["packs"].as_array().unwrap().iter().any(|one| one["id"] == pack)
}

/// Writes a pack with one question, edited this many seconds ago.
fn write_pack(learner: &Learner, id: &str, answer: &str, seconds_ago: u64) {
    let head = json!({
        "format": 1, "id": id, "title": "Mine", "teaches": "about", "topics": [{ "id": "only", "name": "Only" }],
    });
    let question = json!({
        "id": format!("{id}/one"), "topic": "only", "kind": "typed", "stem": format!("The stem of {id}?"),
        "accepted": [answer],
    });
    let questions = json!({ "format": 1, "pack": id, "questions": [question] });
    for (name, text) in [("pack.json", head), ("questions.json", questions)] {
        let path = learner.write(&format!("questions/{id}/{name}"), text.to_string());
        edit_ago(&path, seconds_ago);
    }
}

fn edit_ago(path: &Path, seconds: u64) {
    let time = SystemTime::now() - Duration::from_secs(seconds);
    File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

fn answer(learner: &Learner, id: &str) -> String {
    learner.questions(id)[0]["accepted"][0].as_str().unwrap().to_owned()
}

/// The file with the packs of a device.
fn bundle(folder: &Path, learner: &Learner) -> PathBuf {
    let device =
        learner.json(&["data", "sync", folder.to_str().unwrap()])["device"].as_str().unwrap().to_owned();
    folder.join(format!("badgedex-{device}.packs.gz"))
}

fn inflated(path: &Path) -> String {
    let mut text = String::new();
    GzDecoder::new(File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    text
}

fn write_inflated(path: &Path, text: &str) {
    let mut out = GzEncoder::new(File::create(path).unwrap(), Compression::fast());
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap();
}

#[test]
fn a_second_device_gets_the_questions_of_the_answers() {
    let (one, other, folder) = (Learner::with_packs(&["words"]), Learner::new(), shared());
    one.piped(&["study", "--plain", "--pack", "words", "--count", "3"], "?\n?\n?\n").done();
    sync(&one, folder.path()).done();
    assert!(sync(&other, folder.path()).done().contains("packs: added words"));
    assert_eq!(other.questions("words"), one.questions("words"));
    assert_eq!(other.json(&["stats", "--all"]), one.json(&["stats", "--all"]));
    assert!(!sync(&other, folder.path()).done().contains("packs:"), "nothing is new");
}

#[test]
fn the_later_edit_stays_and_the_other_one_is_kept() {
    let (one, other, folder) = (Learner::new(), Learner::new(), shared());
    write_pack(&one, "sea", "old", 1000);
    write_pack(&other, "sea", "new", 500);
    for device in [&one, &other, &one] {
        sync(device, folder.path()).done();
    }
    assert_eq!((answer(&one, "sea"), answer(&other, "sea")), ("new".to_owned(), "new".to_owned()));
    let kept: Vec<_> = fs::read_dir(one.path("backups")).unwrap().map(|e| e.unwrap().path()).collect();
    let kept: Vec<_> = kept.iter().filter(|p| p.to_string_lossy().contains("/pack-sea-")).collect();
    assert!(kept.len() == 1 && inflated(kept[0]).contains("old"), "{kept:?}");
    write_pack(&one, "sea", "newest", 10);
    for device in [&one, &other, &one] {
        sync(device, folder.path()).done();
    }
    assert_eq!((answer(&one, "sea"), answer(&other, "sea")), ("newest".to_owned(), "newest".to_owned()));
}

#[test]
fn a_removed_pack_does_not_come_back() {
    let (one, other, folder) = (Learner::new(), Learner::new(), shared());
    write_pack(&one, "sea", "salt", 1000);
    sync(&one, folder.path()).done();
    sync(&other, folder.path()).done();
    other.run(&["pack", "remove", "sea", "--yes"]).done();
    for device in [&other, &one, &other, &one] {
        sync(device, folder.path()).done();
        assert!(!has(device, "sea"));
    }
    // It is kept where it was removed by the other device.
    let kept = fs::read_dir(one.path("backups")).unwrap().map(|e| e.unwrap().file_name());
    assert_eq!(kept.filter(|name| name.to_string_lossy().starts_with("pack-sea-")).count(), 1);
    write_pack(&one, "sea", "again", 0);
    for device in [&one, &other] {
        sync(device, folder.path()).done();
        assert_eq!(answer(device, "sea"), "again");
    }
}

#[test]
fn a_pack_deleted_by_hand_comes_back() {
    let (one, folder) = (Learner::new(), shared());
    write_pack(&one, "sea", "salt", 1000);
    sync(&one, folder.path()).done();
    fs::remove_dir_all(one.path("questions")).unwrap();
    sync(&one, folder.path()).done();
    assert_eq!(answer(&one, "sea"), "salt");
}

#[test]
fn a_pack_with_errors_stays_at_home() {
    let (one, other, folder) = (Learner::new(), Learner::new(), shared());
    write_pack(&one, "sea", "salt", 10);
    one.write("questions/bad/pack.json", r#"{"format":1,"id":"bad"}"#);
    let ran = sync(&one, folder.path());
    assert!(ran.code == Some(0) && ran.err.contains("bad"), "{ran}");
    sync(&other, folder.path()).done();
    assert!(has(&other, "sea") && !other.path("questions/bad").exists());
}

#[test]
fn hostile_packs_are_refused_and_the_others_are_taken() {
    let (one, folder) = (Learner::new(), shared());
    write_pack(&one, "sea", "salt", 1000);
    let path = bundle(folder.path(), &one);
    let sound = inflated(&path);
    let hostile: [(&str, String); 9] = [
        ("a name that leads out", sound.replace(r#""file":"pack.json""#, r#""file":"../pack.json""#)),
        ("a program", sound.replace(r#""file":"questions.json""#, r#""file":"questions.sh""#)),
        ("an id that leads out", sound.replace(r#""pack":"sea""#, r#""pack":"../sea""#)),
        ("another id", sound.replace(r#""pack":"sea""#, r#""pack":"hills""#)),
        ("another text", sound.replace("salt", "mud")),
        ("no end", sound[..sound.len() - 40].to_owned()),
        ("a shipped id", sound.replace("sea", "article")),
        ("no bundle", "Dear diary".to_owned()),
        ("a file of a newer version", sound.replace("badgedex-packs/1", "badgedex-packs/2")),
    ];
    for (what, text) in hostile {
        let (fresh, dir) = (Learner::new(), shared());
        write_inflated(&dir.path().join("badgedex-0123456789ab.packs.gz"), &text);
        fs::write(dir.path().join("badgedex-0123456789ac.packs.gz"), b"not compressed").unwrap();
        let other = Learner::new();
        write_pack(&other, "hills", "high", 100);
        sync(&other, dir.path()).quiet();
        let ran = sync(&fresh, dir.path());
        ran.quiet();
        assert_eq!(ran.code, Some(1), "{what}: {ran}");
        assert!(has(&fresh, "hills"), "{what}: {ran}");
        let installed = fs::read_dir(fresh.path("questions")).unwrap().map(|e| e.unwrap().file_name());
        let installed: Vec<_> = installed.filter(|name| !name.to_string_lossy().starts_with('.')).collect();
        assert_eq!(installed, ["hills"], "{what}");
    }
}

#[test]
fn a_catalog_travels_with_the_pack_that_needs_it() {
    let (one, other, folder) = (Learner::new(), Learner::new(), shared());
    one.write("questions/tea/catalog.json", tea().to_string());
    write_pack(&one, "cups", "two", 100);
    let path = one.path("questions/cups/pack.json");
    let mut head: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    head["credentials"] = json!(["tea-taster"]);
    fs::write(&path, head.to_string()).unwrap();
    assert!(has(&one, "cups"), "{}", one.run(&["pack", "check"]));
    sync(&one, folder.path()).done();
    sync(&other, folder.path()).done();
    assert!(has(&other, "cups"));
    assert_eq!(other.badge("tea-taster")["credential"], one.badge("tea-taster")["credential"]);
}

/// A small catalog.
fn tea() -> Value {
    let picture = ["   ", "   ", "   "];
    json!({
        "format": 1, "id": "tea", "issuer": "Tea", "short": "TEA", "title": "Tea badges",
        "families": [{ "id": "badge", "name": "badge", "plural": "badges" }],
        "tiers": [
            { "id": "leaf", "name": "Leaf", "plural": "Leaves", "family": "badge", "frame": "light", "validity": "never" },
        ],
        "fields": [{ "id": "taste", "name": "Taste", "picture": picture, "ascii": picture }],
        "roles": [],
        "path": [{ "step": 1, "title": "All", "needs": "all", "from": { "tier": "leaf" } }],
        "credentials": [
            { "id": "tea-taster", "name": "Tea Taster", "short": "TTA", "tier": "leaf", "field": "taste",
              "offered": { "from": "2020-01-01", "seen": "2026-11-01" } },
        ],
    })
}

#[test]
fn a_restore_brings_the_packs_back() {
    let learner = Learner::with_packs(&["words"]);
    learner.piped(&["study", "--plain", "--pack", "words", "--count", "3"], "?\n?\n?\n").done();
    learner.run(&["data", "backup"]).done();
    let questions = learner.questions("words");
    fs::remove_dir_all(learner.path("questions")).unwrap();
    fs::remove_file(learner.store()).unwrap();
    let ran = learner.run(&["data", "restore"]);
    ran.done();
    assert!(ran.err.contains("packs: added words"), "{ran}");
    assert_eq!(learner.questions("words"), questions);
}

#[test]
fn a_restore_does_not_bring_back_what_was_removed_since() {
    let learner = Learner::new();
    write_pack(&learner, "sea", "salt", 100);
    write_pack(&learner, "hills", "high", 100);
    learner.run(&["skip", "saa"]).done();
    learner.run(&["data", "backup"]).done();
    learner.run(&["pack", "remove", "sea", "--yes"]).done();
    fs::remove_dir_all(learner.path("questions/hills")).unwrap();
    learner.run(&["data", "restore"]).done();
    assert!(has(&learner, "hills") && !has(&learner, "sea"));
}

#[test]
fn an_export_says_that_the_packs_are_not_in_it_or_writes_them() {
    let (learner, other) = (Learner::with_packs(&["words"]), Learner::new());
    let ran = learner.run(&["data", "export"]);
    assert!(ran.done().lines().count() == 1 && ran.err.contains("--packs"), "{ran}");
    assert_eq!(other.run(&["data", "export"]).err, "", "without packs there is nothing to say");
    let file = learner.path("mine.packs.gz").display().to_string();
    learner.run(&["data", "export", "--packs", &file]).done();
    for told in ["packs: added words", "packs: nothing is new"] {
        assert!(other.run(&["data", "import", &file]).done().contains(told));
    }
    assert_eq!(other.questions("words"), learner.questions("words"));
    other.run(&["pack", "remove", "words", "--yes"]).done();
    other.run(&["data", "import", &file]).done();
    assert!(has(&other, "words"), "a pack that is asked for comes back");
}

#[test]
fn backups_of_the_same_packs_take_no_room() {
    use std::os::unix::fs::MetadataExt;
    let learner = Learner::with_packs(&["words"]);
    learner.run(&["skip", "saa"]).done();
    for day in ["2026-11-24", "2026-11-25", "2026-11-26"] {
        learner.on(day).run(&["set", "role", "data"]).done();
    }
    let packs = fs::read_dir(learner.path("backups")).unwrap().map(|entry| entry.unwrap().path());
    let packs: Vec<_> = packs.filter(|path| path.to_string_lossy().ends_with(".packs.gz")).collect();
    assert_eq!(packs.len(), 4);
    assert!(packs.iter().all(|path| fs::metadata(path).unwrap().nlink() == 4));
}
