//! A small language for tests of the real binary: a learner with a home of their own, what they
//! type, and what comes back.
//!
//! Nothing here sleeps or waits. The day is told with `--today`, and the time zone is chosen so that
//! it is noon: no test sees midnight, or 04:00, when a memory's day begins.

// Every file of tests takes what it needs.
#![allow(dead_code)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::rc::Rc;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The day on which a learner begins, where a test says nothing else.
pub const TODAY: &str = "2026-11-23";
/// The day of the article's world.
pub const ARTICLE_DAY: &str = "2020-01-15";
/// The first line of a journal.
pub const HEADER: &str = r#"{"format":"badgedex-journal/1"}"#;

/// A program that runs so long hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// Variables of the outer world that would change what is printed.
const FOREIGN: [&str; 15] = [
    "ACCESSIBLE",
    "BADGEDEX_HOME",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "FORCE_COLOR",
    "HOME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LINES",
    "NO_COLOR",
    "TERM",
    "XDG_DATA_HOME",
    "RUST_LIB_BACKTRACE",
];

/// Somebody with a home folder, on a day.
#[derive(Clone)]
pub struct Learner {
    home: Rc<TempDir>,
    day: Option<String>,
    environment: Vec<(String, String)>,
}

impl Learner {
    /// A new learner with an empty home, on [`TODAY`].
    pub fn new() -> Learner {
        let home = tempfile::Builder::new().prefix("badgedex-").tempdir().expect("a folder for a home");
        let environment = vec![("TZ".to_owned(), noon())];
        Learner { home: Rc::new(home), day: Some(TODAY.to_owned()), environment }
    }

    /// A new learner with these packs of `tests/packs` in their home.
    pub fn with_packs(names: &[&str]) -> Learner {
        let learner = Learner::new();
        for name in names {
            learner.install(name);
        }
        learner
    }

    /// The same learner on another day.
    pub fn on(&self, day: &str) -> Learner {
        Learner { day: Some(day.to_owned()), ..self.clone() }
    }

    /// The same learner, who does not say which day it is.
    pub fn without_a_day(&self) -> Learner {
        Learner { day: None, ..self.clone() }
    }

    /// The same learner with a variable set.
    pub fn with(&self, name: &str, value: &str) -> Learner {
        let mut other = self.clone();
        other.environment.push((name.to_owned(), value.to_owned()));
        other
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// A path in the home.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home().join(name)
    }

    pub fn store(&self) -> PathBuf {
        self.path("journal.db")
    }

    /// Writes a file in the home and names it.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file in the home")).expect("a folder");
        fs::write(&path, bytes).expect("a file");
        path
    }

    /// Puts a pack of `tests/packs` into the home.
    pub fn install(&self, name: &str) {
        for entry in fs::read_dir(fixture(name)).expect("a pack of tests/packs") {
            let entry = entry.expect("a file of the pack");
            let file = entry.file_name().into_string().expect("a plain name");
            let bytes = fs::read(entry.path()).expect("a file of the pack");
            self.write(&format!("questions/{name}/{file}"), bytes);
        }
    }

    /// Runs a command line to its end, with nothing to read.
    pub fn run(&self, line: &[&str]) -> Ran {
        self.piped(line, "")
    }

    /// Runs a command line that reads `input`.
    pub fn piped(&self, line: &[&str], input: impl AsRef<[u8]>) -> Ran {
        let mut command = self.command(line);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        let mut stdin = child.stdin.take().expect("a pipe to write to");
        let input = input.as_ref().to_owned();
        // A program that ends early closes the pipe: what it did not want is lost.
        let writer = thread::spawn(move || drop(stdin.write_all(&input)));
        let output = end(child, &line.join(" "));
        writer.join().expect("the writer ends");
        Ran {
            line: line.join(" "),
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            err: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        }
    }

    /// The command, ready to be started.
    pub fn command(&self, line: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_badgedex"));
        for name in FOREIGN {
            command.env_remove(name);
        }
        command.env("BADGEDEX_HOME", self.home()).env("LANG", "C.UTF-8").env("TERM", "xterm-256color");
        command.env("RUST_BACKTRACE", "1").envs(self.environment.clone());
        command.args(line);
        command.args(self.day.iter().flat_map(|day| ["--today", day]));
        command
    }

    /// What a command prints with `--json`.
    pub fn json(&self, line: &[&str]) -> Value {
        let ran = self.run(&[line, &["--json"]].concat());
        let out = ran.done();
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("no JSON ({error}): {out}"))
    }

    /// The journal as it is exported.
    pub fn export(&self) -> String {
        self.run(&["data", "export"]).done()
    }

    /// The events of the journal without their checksums, in the order of recording.
    pub fn journal(&self) -> Vec<Value> {
        let export = self.export();
        let event = |line| {
            let mut event: Value = serde_json::from_str(line).expect("an event is JSON");
            let sum = event.as_object_mut().expect("an object").remove("sum");
            assert!(sum.is_some_and(|sum| sum.is_string()), "it has a checksum: {line}");
            event
        };
        export.lines().skip(1).map(event).collect()
    }

    /// The events of one kind.
    pub fn events(&self, kind: &str) -> Vec<Value> {
        self.journal().into_iter().filter(|event| event["kind"] == kind).collect()
    }

    /// Imports a journal that is written here: its header, then these lines.
    pub fn import<L: AsRef<str>>(&self, lines: &[L]) -> Ran {
        self.piped(&["data", "import", "-"], journal(lines))
    }

    /// One credential's entry in the collection.
    pub fn badge(&self, credential: &str) -> Value {
        self.json(&["badges", credential])
    }

    /// Everything that follows from the journal, but for the journal.
    pub fn state(&self) -> Value {
        json!({
            "badges": self.json(&["badges"]),
            "next": self.json(&["next"]),
            "stats": self.json(&["stats", "--all"]),
            "due": self.json(&["due"]),
            "set": self.json(&["set"]),
            "flags": self.json(&["flags"]),
        })
    }

    /// What this sitting would be, as far as it goes without an answer. Nothing is recorded.
    ///
    /// With the same `--seed` the choices are drawn in the same order when it is held.
    pub fn rehearse(&self, line: &[&str]) -> Vec<Shown> {
        let transcript = self.piped(&[line, &["--plain"]].concat(), "s\n".repeat(200)).done();
        let questions = ["article", "facts"].iter().flat_map(|pack| self.questions(pack));
        shown(&transcript, &questions.chain(self.own_questions()).collect::<Vec<_>>())
    }

    /// The questions of a pack, as `pack show` has them.
    pub fn questions(&self, pack: &str) -> Vec<Value> {
        let shown = self.json(&["pack", "show", pack]);
        shown["questions"].as_array().expect("questions").clone()
    }

    fn own_questions(&self) -> Vec<Value> {
        let list = self.json(&["pack", "list"]);
        let ids = list["packs"].as_array().expect("packs").iter().filter_map(|pack| pack["id"].as_str());
        ids.filter(|id| !["article", "facts"].contains(id)).flat_map(|id| self.questions(id)).collect()
    }
}

/// Waits for a program; one that hangs is ended, so that the test fails and does not hang too.
#[track_caller]
fn end(child: Child, line: &str) -> Output {
    let id = child.id().to_string();
    let (sender, ended) = mpsc::channel();
    let waiting = thread::spawn(move || {
        let output = child.wait_with_output();
        // Nobody listens any more where it was ended.
        let _ = sender.send(());
        output
    });
    if ended.recv_timeout(PATIENCE).is_err() {
        Command::new("kill").args(["-9", &id]).status().expect("the program is ended");
        panic!("badgedex {line} was still running after {PATIENCE:?}");
    }
    waiting.join().expect("the waiting ends").expect("the program ends")
}

/// A time zone in which it is noon now, as POSIX writes it (west of UTC is positive).
fn noon() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_secs();
    let hour = (seconds / 3600 % 24) as i64;
    format!("NOON{}", hour - 12)
}

/// A pack of `tests/packs`.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("packs").join(name)
}

/// A journal's text: its header, then these lines.
pub fn journal<L: AsRef<str>>(lines: &[L]) -> String {
    let lines = lines.iter().map(AsRef::as_ref);
    std::iter::once(HEADER).chain(lines).map(|line| format!("{line}\n")).collect()
}

/// An event's id: a UUID of version 7 with a number in it.
pub fn id(number: u64) -> String {
    format!("01a20000-0000-7000-8000-{number:012x}")
}

/// A journal line: id, time, kind and the keys of its kind.
pub fn event(number: u64, at: &str, kind: &str, keys: Value) -> String {
    let mut event = json!({ "id": id(number), "at": at, "device": "test", "kind": kind });
    let keys = keys.as_object().expect("the keys of an event").clone();
    event.as_object_mut().expect("an object").extend(keys);
    event.to_string()
}

/// A journal line with an answer.
pub fn answered(number: u64, at: &str, question: &str, correct: bool) -> String {
    let keys = json!({ "question": question, "guess": 0.25, "correct": correct, "given": "x" });
    event(number, at, "answered", keys)
}

/// The lines that give a verdict.
pub fn verdicts(transcript: &str) -> Vec<&str> {
    let is_verdict = |line: &&str| line.starts_with("Right:") || line.starts_with("Not yet:");
    transcript.lines().filter(is_verdict).collect()
}

/// Texts of a JSON list.
pub fn texts(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|text| text.as_str().expect("a text")).collect()
}

/// What came of a command line.
#[derive(Debug, Clone)]
pub struct Ran {
    pub line: String,
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// It was done: exit code 0. Returns what it printed.
    #[track_caller]
    pub fn done(&self) -> String {
        assert_eq!(self.code, Some(0), "{self}");
        self.quiet();
        self.out.clone()
    }

    /// It was refused with this exit code and a word on standard error, which is returned; standard
    /// output stayed clean.
    #[track_caller]
    pub fn refused(&self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{self}");
        assert_eq!(self.out, "", "standard output is not clean: {self}");
        assert_ne!(self.err.trim(), "", "nothing was said: {self}");
        self.quiet();
        self.err.clone()
    }

    /// No panic, and no trace of where in the source something happened.
    #[track_caller]
    pub fn quiet(&self) {
        for word in ["panicked", "stack backtrace", "RUST_BACKTRACE", ".rs:"] {
            assert!(!self.err.contains(word), "standard error has {word:?}: {self}");
        }
    }
}

impl std::fmt::Display for Ran {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Ran { line, code, out, err } = self;
        write!(
            f,
            "badgedex {line}\n--- exit code {code:?}, standard output:\n{out}\n--- standard error:\n{err}"
        )
    }
}

/// A question as it was put: what `pack show` knows of it, and its choices in the order of the
/// screen.
#[derive(Debug, Clone)]
pub struct Shown {
    pub question: Value,
    pub choices: Vec<String>,
}

impl Shown {
    pub fn id(&self) -> &str {
        self.question["id"].as_str().expect("an id")
    }

    /// A line that answers it right.
    pub fn right(&self) -> String {
        let question = &self.question;
        match question["kind"].as_str().expect("a kind") {
            "one-of" | "any-of" | "true-false" => {
                let choices = texts(&question["choices"]);
                let keys = question["key"].as_array().expect("keys").iter();
                let keys = keys.map(|key| choices[key.as_u64().expect("an index") as usize]);
                self.numbers(&keys.collect::<Vec<_>>())
            }
            "order" => self.numbers(&texts(&question["items"])),
            "typed" => texts(&question["accepted"])[0].to_owned(),
            "number" => question["value"].to_string(),
            // Enter shows the answer; 1 says that it was known.
            "reveal" => "\n1".to_owned(),
            kind => panic!("a new kind of question: {kind}"),
        }
    }

    /// The numbers of these texts on the screen.
    pub fn numbers(&self, wanted: &[&str]) -> String {
        let number = |text: &&str| {
            let place = self.choices.iter().position(|choice| choice == text);
            let place = place.unwrap_or_else(|| panic!("{text:?} is not among {:?}", self.choices));
            (place + 1).to_string()
        };
        wanted.iter().map(number).collect::<Vec<_>>().join(",")
    }
}

/// The questions of a transcript, in its order.
pub fn shown(transcript: &str, questions: &[Value]) -> Vec<Shown> {
    let lines: Vec<&str> = transcript.lines().collect();
    let mut all = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let Some(question) = questions.iter().find(|q| first_line(&q["stem"]) == *line) else { continue };
        let rest = lines[place + 1..].iter();
        let choices = rest.take_while(|l| !l.is_empty()).filter_map(|l| choice(l)).collect();
        all.push(Shown { question: question.clone(), choices });
    }
    all
}

fn first_line(text: &Value) -> &str {
    text.as_str().and_then(|text| text.lines().next()).unwrap_or_default()
}

/// "2) A choice".
fn choice(line: &str) -> Option<String> {
    let (number, text) = line.split_once(") ")?;
    number.parse::<usize>().is_ok().then(|| text.to_owned())
}
