//! What a program in a pseudo terminal has shown so far.

use std::collections::BTreeSet;
use std::io::Read;
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::PtySize;

/// Far more than any step takes, on a busy machine too.
const PATIENCE: Duration = Duration::from_secs(20);
/// More lines than any scene shows.
const SCROLLBACK: usize = 10_000;

/// What the program has written; a thread of its own keeps it up to date.
pub struct Output {
    shown: Mutex<Shown>,
    news: Condvar,
}

impl Output {
    pub fn follow(mut reader: Box<dyn Read + Send>, size: PtySize) -> Arc<Output> {
        let output = Arc::new(Output { shown: Mutex::new(Shown::new(size)), news: Condvar::new() });
        let followed = Arc::clone(&output);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                followed.shown().take_in(&bytes[..read]);
                followed.news.notify_all();
            }
            followed.shown().closed = true;
            followed.news.notify_all();
        });
        output
    }

    pub fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().expect("the reader is well")
    }

    /// Waits until something is found. What was not found when the program has ended never comes.
    pub fn wait<T>(&self, what: &str, find: impl Fn(&Shown) -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        let mut shown = self.shown();
        loop {
            if let Some(found) = find(&shown) {
                return found;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if shown.closed || left.is_zero() {
                let (picture, ended) = (shown.picture(), shown.closed);
                drop(shown);
                panic!("waited in vain for {what} (ended: {ended})\n{picture}");
            }
            shown = self.news.wait_timeout(shown, left).expect("the reader is well").0;
        }
    }
}

pub struct Shown {
    pub raw: Vec<u8>,
    pub parser: vt100::Parser,
    /// Those above the screen, and those of the screen.
    pub lines: Vec<String>,
    above: usize,
    /// What did not fit on a line of the window.
    pub broken: BTreeSet<String>,
    pub closed: bool,
}

impl Shown {
    fn new(size: PtySize) -> Shown {
        let positive = |number| NonZeroU16::new(number).expect("a window has a size");
        let parser = vt100::Parser::new(positive(size.rows), positive(size.cols), SCROLLBACK);
        let (lines, broken) = (Vec::new(), BTreeSet::new());
        Shown { raw: Vec::new(), parser, lines, above: 0, broken, closed: false }
    }

    fn take_in(&mut self, bytes: &[u8]) {
        self.raw.extend(bytes);
        self.parser.process(bytes);
        let screen = self.parser.screen_mut();
        let (scrolled, mut rows) = (screen.scrollback_len(), Vec::new());
        for place in self.above..scrolled {
            screen.set_scrollback(scrolled - place);
            rows.extend(rows_of(screen).next());
        }
        screen.set_scrollback(0);
        rows.extend(rows_of(screen));
        self.lines.truncate(self.above);
        self.above = scrolled;
        self.broken.extend(rows.iter().filter(|(_, broken)| *broken).map(|(line, _)| line.clone()));
        self.lines.extend(rows.into_iter().map(|(line, _)| line));
    }

    /// The lines from one on, as one line.
    pub fn text(&self, from: usize) -> String {
        let words = self.lines.iter().skip(from).flat_map(|line| line.split_whitespace());
        words.collect::<Vec<_>>().join(" ")
    }

    /// What the window shows now, as one line.
    pub fn window(&self) -> String {
        self.text(self.above)
    }

    /// For the eye: all lines, with a rule above the screen.
    pub fn picture(&self) -> String {
        let mut lines = self.lines.clone();
        lines.insert(self.above.min(lines.len()), "-".repeat(40));
        lines.join("\n")
    }
}

/// The lines in view, and whether the terminal had to break them.
fn rows_of(screen: &vt100::Screen) -> impl Iterator<Item = (String, bool)> {
    let line = |(row, line): (u16, String)| (line.trim_end().to_owned(), screen.row_wrapped(row));
    (0..).zip(screen.rows(0, u16::MAX)).map(line)
}
