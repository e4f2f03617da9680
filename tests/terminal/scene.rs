//! A small language for scenes: the real binary in a pseudo terminal.
//!
//! Nothing waits for time. A step waits until the terminal shows something, or fails with all that it
//! showed. What has been shown is a growing list of lines; `asks` remembers the line of a prompt, and
//! what comes later is looked for from there, so that an earlier prompt is never mistaken for the next.

use std::ffi::OsString;
use std::fs::File;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;

use portable_pty::{Child, CommandBuilder, MasterPty, PtyPair, PtySize, native_pty_system};
use serde_json::Value;
use tempfile::TempDir;

use super::output::{Output, Shown};
use super::pack;

const BADGEDEX: &str = env!("CARGO_BIN_EXE_badgedex");
/// The day of all scenes, and the seed of their choices.
const REPEATABLE: [&str; 4] = ["--today", "2026-11-23", "--seed", "7"];

/// A learner's folder, with the pack of [`pack`] among its questions.
pub struct Home {
    folder: TempDir,
}

impl Home {
    pub fn new() -> Home {
        let folder = TempDir::new().expect("a folder for the scene");
        pack::write(folder.path());
        Home { folder }
    }

    /// A scene to be set, 80 by 24.
    pub fn scene(&self, args: &[&str]) -> Stage {
        let mut command = CommandBuilder::new(BADGEDEX);
        command.args(args.iter().chain(&REPEATABLE));
        command.env_clear();
        self.env().into_iter().for_each(|(name, value)| command.env(name, value));
        Stage { command, size: PtySize::default(), typed_ahead: String::new() }
    }

    /// Writes a file beside the learner's own.
    pub fn write(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.to_str().expect("UTF-8").to_owned()
    }

    /// What a command prints without a terminal.
    pub fn run(&self, args: &[&str]) -> String {
        let mut command = Command::new(BADGEDEX);
        command.args(args).args(REPEATABLE).stdin(Stdio::null()).env_clear().envs(self.env());
        let done = command.output().expect("badgedex starts");
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("UTF-8")
    }

    /// The events of a kind that the journal holds by now.
    pub fn events(&self, kind: &str) -> Vec<Value> {
        let journal = self.run(&["data", "export"]);
        let events = journal.lines().skip(1).map(|line| serde_json::from_str(line).expect("JSON"));
        events.filter(|event: &Value| event["kind"] == kind).collect()
    }

    /// The questions that the journal holds answers to.
    pub fn answered(&self) -> Vec<String> {
        let text = |event: &Value| event["question"].as_str().unwrap_or_default().to_owned();
        self.events("answered").iter().map(text).collect()
    }

    fn env(&self) -> [(&'static str, OsString); 5] {
        let home = || self.folder.path().as_os_str().to_owned();
        let (term, lang) = ("xterm-256color".into(), "C.UTF-8".into());
        [("HOME", home()), ("BADGEDEX_HOME", home()), ("TERM", term), ("LANG", lang), ("TZ", "UTC".into())]
    }
}

/// A scene before it starts.
pub struct Stage {
    command: CommandBuilder,
    size: PtySize,
    typed_ahead: String,
}

impl Stage {
    pub fn size(mut self, columns: u16, lines: u16) -> Stage {
        (self.size.cols, self.size.rows) = (columns, lines);
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Stage {
        self.command.env(name, value);
        self
    }

    /// A shell's script that runs the program as `"$0" "$@"`.
    pub fn within(mut self, script: &str) -> Stage {
        self.command.get_argv_mut().splice(0..0, ["/bin/sh", "-c", script].map(OsString::from));
        self
    }

    /// Keys that wait in the terminal before the program starts.
    pub fn typed_ahead(self, text: &str) -> Stage {
        Stage { typed_ahead: text.to_owned(), ..self }
    }

    pub fn start(self) -> Scene {
        let PtyPair { master, slave } = native_pty_system().openpty(self.size).expect("a pseudo terminal");
        let output = Output::follow(master.try_clone_reader().expect("its output"), self.size);
        let mut keyboard = master.take_writer().expect("its input");
        keyboard.write_all(self.typed_ahead.as_bytes()).expect("keys");
        // The terminal shows what it has taken in.
        let echoed = |shown: &Shown| (shown.raw.len() >= self.typed_ahead.len()).then_some(());
        output.wait("the keys typed ahead", echoed);
        let child = slave.spawn_command(self.command).expect("badgedex starts");
        Scene { master, keyboard, child, output, asked: None, typed_at: 0, ended: false }
    }
}

#[derive(Debug, Clone, Copy)]
pub enum Key {
    Enter,
    Esc,
    Down,
    Space,
    Backspace,
    CtrlC,
}

impl Key {
    fn code(self) -> &'static str {
        match self {
            Key::Enter => "\r",
            Key::Esc => "\x1b",
            Key::Down => "\x1b[B",
            Key::Space => " ",
            Key::Backspace => "\x7f",
            Key::CtrlC => "\x03",
        }
    }
}

/// A program that runs in a terminal.
pub struct Scene {
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Arc<Output>,
    /// The line of the prompt that was asked last.
    asked: Option<usize>,
    /// How much was written when the last key was typed.
    typed_at: usize,
    ended: bool,
}

impl Scene {
    /// Waits for a line with this text, the prompt's keys below it, and the cursor, which comes last: what is typed
    /// now counts. The line is below that of the prompt before, or it is an open prompt that was drawn since the last
    /// key.
    pub fn asks(&mut self, text: &str) -> &mut Self {
        let (from, typed_at) = (self.asked.map_or(0, |line| line + 1), self.typed_at);
        let asked = self.output.wait(&format!("a prompt with {text:?}"), |shown| {
            let is_asked = |line: &String| line.trim_start().starts_with("? ") && line.contains(text);
            if shown.raw.len() <= typed_at {
                return None;
            }
            let open = shown.lines.iter().rposition(is_asked);
            let below = || Some(from + shown.lines.iter().skip(from).position(|line| line.contains(text))?);
            let place = open.or_else(below)?;
            let has_keys = |line: &String| line.contains("Esc ") || line.contains("q quit");
            let is_open = shown.lines[place..].iter().any(has_keys);
            (is_open && !shown.parser.screen().hide_cursor()).then_some(place)
        });
        self.asked = Some(asked);
        self
    }

    /// Waits for a text, from the last prompt on, wherever its lines are broken.
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let from = self.asked.unwrap_or(0);
        self.output.wait(&format!("{text:?}"), |shown| shown.text(from).contains(text).then_some(()));
        self
    }

    /// Waits until the window shows a text, wherever its lines are broken: for what is drawn over what was there.
    pub fn shows(&mut self, text: &str) -> &mut Self {
        let typed_at = self.typed_at;
        self.output.wait(&format!("a window with {text:?}"), |shown| {
            let is_ready = shown.raw.len() > typed_at && !shown.parser.screen().hide_cursor();
            (is_ready && shown.window().contains(text)).then_some(())
        });
        self.asked = None;
        self
    }

    /// What the window shows now, as one line.
    pub fn window(&self) -> String {
        self.output.shown().window()
    }

    pub fn types(&mut self, text: &str) -> &mut Self {
        self.typed_at = self.output.shown().raw.len();
        self.keyboard.write_all(text.as_bytes()).expect("the program reads");
        self
    }

    pub fn presses(&mut self, key: Key) -> &mut Self {
        self.types(key.code())
    }

    /// Goes on from a verdict, or back from a page.
    pub fn goes_on(&mut self) -> &mut Self {
        let from = self.asked.unwrap_or(0);
        self.output.wait("a text that waits", |shown| {
            let waits = |line: &String| line.contains("Enter next") || line.contains("Enter back");
            let is_shown = shown.lines.iter().skip(from).any(waits);
            (is_shown && !shown.parser.screen().hide_cursor()).then_some(())
        });
        self.presses(Key::Enter)
    }

    /// Presses Enter below a page that says what Enter does.
    pub fn goes_on_from(&mut self, enter: &str) -> &mut Self {
        self.shows(enter).presses(Key::Enter)
    }

    /// Moves to the option with this text, and takes it.
    pub fn picks(&mut self, option: &str) -> &mut Self {
        for _ in 0..100 {
            let here = self.cursor_row();
            if here.contains(option) {
                return self.presses(Key::Enter);
            }
            self.presses(Key::Down);
            let from = self.asked.unwrap_or(0);
            self.output.wait(&format!("a way to {option:?}"), |shown| {
                cursor_row(shown, from)
                    .filter(|row| *row != here && !shown.parser.screen().hide_cursor())
                    .map(drop)
            });
        }
        panic!("no option {option:?}");
    }

    /// The option that the arrows are at.
    fn cursor_row(&self) -> String {
        let from = self.asked.unwrap_or(0);
        self.output.wait("an option with a cursor", |shown| {
            cursor_row(shown, from).filter(|_| !shown.parser.screen().hide_cursor())
        })
    }

    /// Types the letter of the choice with this text, and Enter.
    pub fn chooses(&mut self, choice: &str) -> &mut Self {
        let letter = self.letter(choice);
        self.types(&letter).presses(Key::Enter)
    }

    /// The letter before a choice of the last prompt.
    pub fn letter(&self, choice: &str) -> String {
        let (from, end) = (self.asked.unwrap_or(0), format!(") {choice}"));
        self.output.wait(&format!("the choice {choice:?}"), |shown| {
            let before = |line: &String| line.strip_suffix(&end)?.chars().next_back();
            shown.lines.iter().skip(from).find_map(before).map(|letter| letter.to_lowercase().to_string())
        })
    }

    /// Sends a signal to the program and whatever runs with it in this terminal.
    pub fn signal(&mut self, name: &str) -> &mut Self {
        let group = self.master.process_group_leader().expect("a process group");
        let kill = format!("kill -s {name} -- -{group}");
        let sent = Command::new("/bin/sh").args(["-c", &kill]).status().expect("a shell");
        assert!(sent.success(), "{kill}");
        self
    }

    pub fn ends_with(&mut self, code: u32) -> &mut Self {
        self.output.wait("the end", |shown| shown.closed.then_some(()));
        let status = self.child.wait().expect("its exit code");
        self.ended = true;
        assert_eq!(status.exit_code(), code, "{status:?}\n{}", self.output.shown().picture());
        self
    }

    /// How the terminal is set, in the words of `stty`.
    pub fn stty(&self) -> String {
        let terminal = File::open(self.master.tty_name().expect("its name")).expect("the terminal");
        let stty = Command::new("stty").arg("-a").stdin(terminal).output().expect("stty");
        assert!(stty.status.success(), "{}", String::from_utf8_lossy(&stty.stderr));
        String::from_utf8_lossy(&stty.stdout).into_owned()
    }

    /// Whether pasted text comes in brackets, and whether the cursor can be seen.
    pub fn paste_and_cursor(&self) -> (bool, bool) {
        let shown = self.output.shown();
        (shown.parser.screen().bracketed_paste(), !shown.parser.screen().hide_cursor())
    }

    /// All lines that were shown, those above the screen included.
    pub fn lines(&self) -> Vec<String> {
        self.output.shown().lines.clone()
    }

    /// Whether a text was ever written, though it may be gone by now.
    pub fn wrote(&self, text: &str) -> bool {
        String::from_utf8_lossy(&self.output.shown().raw).contains(text)
    }

    /// Escape sequences that change how text looks.
    pub fn styles(&self) -> Vec<String> {
        let raw = String::from_utf8_lossy(&self.output.shown().raw).into_owned();
        let codes = raw.split("\x1b[").skip(1).filter_map(|code| {
            let end = code.find(|c: char| c.is_ascii_alphabetic())?;
            Some(code[..=end].to_owned())
        });
        codes.filter(|code| code.ends_with('m')).collect()
    }

    /// Fails where the terminal had to break a line.
    pub fn fits(&mut self) -> &mut Self {
        let (broken, picture) = {
            let shown = self.output.shown();
            (shown.broken.clone(), shown.picture())
        };
        assert!(broken.is_empty(), "too long for the window: {broken:#?}\n{picture}");
        self
    }
}

fn cursor_row(shown: &Shown, from: usize) -> Option<String> {
    shown.lines.iter().skip(from + 1).find(|line| line.trim_start().starts_with("> ")).cloned()
}

impl Drop for Scene {
    fn drop(&mut self) {
        if !self.ended {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
