//! Bundles: what is written is read again, and what somebody else made up is refused.

use super::*;
use crate::removals;
use serde_json::Value;

/// A folder of packs with these, each with one question.
fn questions(ids: &[&str]) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    for id in ids {
        let question = json!({ "id": format!("{id}/a"), "topic": "t", "kind": "true-false", "stem": "Wet?", "key": true });
        let head = json!({
            "format": 1, "id": id, "title": id, "teaches": "content", "topics": [{ "id": "t", "name": "T" }],
        });
        let body = json!({ "format": 1, "pack": id, "questions": [question] });
        fs::create_dir(home.path().join(id)).unwrap();
        fs::write(home.path().join(id).join("pack.json"), head.to_string()).unwrap();
        fs::write(home.path().join(id).join("questions.json"), body.to_string()).unwrap();
    }
    home
}

/// A file of these lines, compressed.
fn bundle(lines: &[String]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut out = GzEncoder::new(file.reopen().unwrap(), Compression::fast());
    out.write_all((lines.join("\n") + "\n").as_bytes()).unwrap();
    out.finish().unwrap();
    file
}

/// The lines of a bundle of one pack.
fn lines() -> Vec<String> {
    let home = questions(&["sea"]);
    let mut bytes = Vec::new();
    write(&mut bytes, &own(home.path()), &BTreeMap::from([("gone".to_owned(), 7)])).unwrap();
    let mut text = String::new();
    MultiGzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// Reads everything: the entries, and the folders of the packs.
fn read_all(lines: &[String]) -> Result<(Vec<BundleEntry>, Vec<Folder>), BundleError> {
    let file = bundle(lines);
    let mut reader = BundleReader::open(file.path())?;
    let (mut entries, mut folders) = (Vec::new(), Vec::new());
    while let Some(entry) = reader.next_entry()? {
        if let BundleEntry::Pack(state) = &entry {
            folders.push(reader.folder(state)?);
        }
        entries.push(entry);
    }
    Ok((entries, folders))
}

#[test]
fn what_is_written_is_read_again() {
    let (entries, folders) = read_all(&lines()).unwrap();
    assert_eq!(entries[0], BundleEntry::Removed("gone".into(), 7));
    let BundleEntry::Pack(state) = &entries[1] else { panic!("{entries:?}") };
    assert_eq!((state.id.as_str(), state.has_catalog), ("sea", false));
    let names: Vec<&str> = folders[0].files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["pack.json", "questions.json"]);
    check_folder(&folders[0], state, Path::new("nowhere")).unwrap();
}

#[test]
fn a_pack_comes_to_another_folder_with_its_content_and_the_time_of_its_edit() {
    let (entries, folders) = read_all(&lines()).unwrap();
    let BundleEntry::Pack(state) = &entries[1] else { panic!("{entries:?}") };
    let there = tempfile::tempdir().unwrap();
    let there = there.path().join("questions");
    let change = PackChange::begin(&there).unwrap();
    for _ in 0..2 {
        install(&change, &folders[0], state, &there).unwrap();
        assert_eq!(own(&there).iter().map(|pack| &pack.state).collect::<Vec<_>>(), [state]);
    }
    assert_eq!(edited(&there.join("sea")), Some(state.edited));
}

#[test]
fn the_later_edit_supersedes_and_of_two_at_one_moment_the_same_on_all_devices() {
    let state = |edited, digest: &str| PackState {
        id: "sea".into(),
        edited,
        digest: digest.into(),
        has_catalog: false,
    };
    for (one, other, supersedes) in [
        (state(2, "a"), state(1, "b"), true),
        (state(1, "b"), state(2, "a"), false),
        (state(1, "b"), state(1, "a"), true),
        (state(1, "a"), state(1, "b"), false),
        (state(2, "a"), state(1, "a"), false),
    ] {
        assert_eq!(one.supersedes(&other), supersedes, "{one:?} {other:?}");
    }
}

#[test]
fn what_was_changed_on_the_way_is_refused() {
    let good = lines();
    let with = |place: usize, change: &dyn Fn(&mut Value)| {
        let mut lines = good.clone();
        let mut value: Value = serde_json::from_str(&lines[place]).unwrap();
        change(&mut value);
        lines[place] = value.to_string();
        lines
    };
    // The first line is the format, then come the removal, the pack and its two files.
    let cases: [(&str, Vec<String>, &str); 9] = [
        ("another text", with(4, &|line| line["text"] = "{}".into()), "the pack \"sea\" is damaged"),
        ("a way out", with(4, &|line| line["file"] = "../pack.json".into()), "line 5 is damaged"),
        ("a program", with(4, &|line| line["file"] = "run.sh".into()), "line 5 is damaged"),
        ("a file twice", with(4, &|line| line["file"] = "Pack.json".into()), "line 5 is damaged"),
        ("no id", with(2, &|line| line["pack"] = "../sea".into()), "line 3 is damaged"),
        ("too many files", with(2, &|line| line["files"] = 5_000.into()), "more than 1000 files"),
        ("an end too early", good[..4].to_vec(), "line 5 is damaged"),
        (
            "another format",
            with(0, &|line| line["format"] = "badgedex-packs/2".into()),
            "by a newer badgedex",
        ),
        ("no bundle", with(0, &|line| line["format"] = "sea".into()), "does not hold packs"),
    ];
    for (what, lines, expected) in cases {
        let error = read_all(&lines).expect_err(what).to_string();
        assert!(error.contains(expected), "{what}: {error}");
    }
}

#[test]
fn a_pack_with_errors_or_of_a_shipped_id_is_refused() {
    let (entries, folders) = read_all(&lines()).unwrap();
    let BundleEntry::Pack(state) = &entries[1] else { panic!("{entries:?}") };
    let renamed = PackState { id: "article".into(), ..state.clone() };
    let error = check_folder(&folders[0], &renamed, Path::new("nowhere")).unwrap_err().to_string();
    assert!(error.contains("comes with the program"), "{error}");
    let other = PackState { id: "lake".into(), ..state.clone() };
    let error = check_folder(&folders[0], &other, Path::new("nowhere")).unwrap_err().to_string();
    assert!(error.contains("name another id"), "{error}");
    let mut faulty = folders[0].clone();
    faulty.files[1].text = faulty.files[1].text.replace("true-false", "trick");
    let error = check_folder(&faulty, state, Path::new("nowhere")).unwrap_err().to_string();
    assert!(error.contains("\"trick\" is not valid here"), "{error}");
}

#[test]
fn a_removal_is_remembered_until_the_pack_is_added_again() {
    let home = tempfile::tempdir().unwrap();
    assert!(removals::read(home.path()).is_empty());
    removals::note(home.path(), "sea", 5).unwrap();
    removals::note(home.path(), "lake", 6).unwrap();
    removals::forget(home.path(), "sea").unwrap();
    removals::forget(home.path(), "nothing").unwrap();
    assert_eq!(removals::read(home.path()), BTreeMap::from([("lake".to_owned(), 6)]));
    fs::write(home.path().join(".removed.json"), "{").unwrap();
    assert!(removals::read(home.path()).is_empty(), "a damaged file says nothing");
}
