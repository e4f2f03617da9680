//! Home folders in various states, and other ways to start the program.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{LazyLock, Mutex, PoisonError};

use serde_json::{Map, Value};

use crate::support::{Learner, Ran};

/// The folder with the old store of a schema.
pub fn old_store(schema: i64) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/stores").join(schema.to_string())
}

/// A learner with the store of an earlier schema, and its export at that time with the checksums of today.
pub fn with_old_store(schema: i64) -> (Learner, String) {
    static EXPORTS: Mutex<BTreeMap<i64, String>> = Mutex::new(BTreeMap::new());
    let learner = Learner::new();
    fs::copy(old_store(schema).join("journal.db"), learner.store()).expect("an old store");
    let mut exports = EXPORTS.lock().unwrap_or_else(PoisonError::into_inner);
    let export = exports.entry(schema).or_insert_with(|| {
        let old = fs::read_to_string(old_store(schema).join("export.jsonl")).expect("an old export");
        let other = Learner::new();
        other.piped(&["data", "import", "-"], &old).done();
        let export = other.export();
        assert_eq!(without_sums(&export), old, "an older export is read as it is");
        export
    });
    (learner, export.clone())
}

/// A journal as versions without checksums wrote it.
pub fn without_sums(journal: &str) -> String {
    let bare = |line: &str| {
        let mut keys: Map<String, Value> = serde_json::from_str(line).expect("a line is JSON");
        keys.remove("sum");
        format!("{}\n", Value::Object(keys))
    };
    journal.lines().map(bare).collect()
}

/// A learner with twelve words and some answers, whose store was closed properly.
pub fn studied(answers: usize) -> Learner {
    let learner = Learner::with_packs(&["words"]);
    study(&learner, answers);
    learner
}

/// Gives more answers.
pub fn study(learner: &Learner, answers: usize) {
    let count = answers.to_string();
    learner.piped(&["study", "--plain", "--count", &count], "?\n".repeat(answers)).done();
}

/// Another learner with a copy of this one's home.
pub fn copied(learner: &Learner) -> Learner {
    let other = Learner::new();
    copy(learner.home(), other.home());
    other
}

/// Copies the content of a folder.
pub fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind of file").is_dir() {
            fs::create_dir_all(&target).expect("a folder");
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("a copy");
        }
    }
}

/// The names in a folder with this prefix and suffix, sorted.
pub fn names(folder: &Path, start: &str, end: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> =
        names.filter(|name| name.starts_with(start) && name.ends_with(end)).collect();
    names.sort_unstable();
    names
}

/// The backups of a home.
pub fn backups(learner: &Learner) -> Vec<PathBuf> {
    let folder = learner.path("backups");
    names(&folder, "journal-", ".jsonl.gz").into_iter().map(|name| folder.join(name)).collect()
}

/// The damaged stores that were set aside in a home.
pub fn set_aside(learner: &Learner) -> Vec<PathBuf> {
    names(learner.home(), "journal-damaged-", ".db").into_iter().map(|name| learner.path(&name)).collect()
}

/// The content of a compressed file as `gzip` reads it; `None` if it is not complete.
pub fn unpacked(path: &Path) -> Option<String> {
    let output = Command::new("gzip").arg("-dc").arg(path).output().expect("gzip is there");
    output.status.success().then(|| String::from_utf8(output.stdout).expect("a journal is UTF-8"))
}

/// The lines of a journal, sorted.
pub fn lines(journal: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = journal.lines().collect();
    lines.sort_unstable();
    lines
}

/// Whether a journal contains every line of another.
pub fn holds(journal: &str, part: &str) -> bool {
    let lines = lines(journal);
    part.lines().all(|line| lines.binary_search(&line).is_ok())
}

/// Whether a text begins like "2026-11-23T10-45-12Z". A number may follow if there are two within one second.
pub fn is_utc(text: &str) -> bool {
    let shape = "dddd-dd-ddTdd-dd-ddZ";
    let fits = |(c, s): (char, char)| if s == 'd' { c.is_ascii_digit() } else { c == s };
    text.len() >= shape.len() && text.chars().zip(shape.chars()).all(fits)
}

/// A command that is started by another, such as `sh -c ... sh` or `setpriv ...`.
pub fn under(starter: &[&str], command: &Command) -> Command {
    let mut started = Command::new(starter[0]);
    started.args(&starter[1..]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => started.env(name, value),
            None => started.env_remove(name),
        };
    }
    started
}

/// Runs a command with this input, which must be small enough for the buffer of a pipe.
pub fn ran(mut command: Command, input: &str) -> Ran {
    use std::io::Write;
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let words: Vec<_> = command.get_args().map(|word| word.to_string_lossy()).collect();
    let line = words.join(" ");
    let mut child = command.spawn().expect("the command starts");
    // A program that ends early closes the pipe, and the rest of the input is lost.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    let Output { status, stdout, stderr } = child.wait_with_output().expect("the command ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the output is UTF-8");
    Ran { line, code: status.code(), out: text(stdout), err: text(stderr) }
}

/// Every byte of a file.
pub fn bytes(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    fs::File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)).expect("a file");
    bytes
}

/// Whether this process ignores file modes.
pub fn is_root() -> bool {
    static ROOT: LazyLock<bool> = LazyLock::new(|| {
        let id = Command::new("id").arg("-u").output().expect("id is there");
        id.stdout.trim_ascii() == b"0"
    });
    *ROOT
}

/// Prints why a test did not run.
pub fn skip(why: &str) {
    eprintln!("SKIPPED: {why}");
}

/// A store's `user_version`.
pub fn schema(store: &Path) -> i64 {
    let connection = rusqlite::Connection::open(store).expect("a store");
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version")
}
