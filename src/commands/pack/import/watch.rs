//! The progress of a long import: a bar on a terminal, and nothing for short ones.

use std::fs;
use std::path::{Path, PathBuf};

use crate::commands::app_context::AppContext;
use crate::ui::progress_bar::ProgressBar;

/// Files with fewer bytes in total are imported before anybody could read a bar.
const MIN_SHOWN_BYTES: u64 = 4 * 1024 * 1024;

/// What a file costs, by its length: reading it, making questions of it, and writing and checking these.
const READING: u64 = 1;
const MAKING: u64 = 1;
const SETTLING: u64 = 2;

/// The progress of an import.
pub struct Watch {
    /// `None` if nothing is drawn.
    bar: Option<ProgressBar<'static>>,
    done: u64,
    all: u64,
}

impl Watch {
    /// Watches the import of these files.
    pub fn new(app: &AppContext, files: &[PathBuf]) -> Watch {
        let bytes: u64 = files.iter().map(|path| length(path)).sum();
        let is_drawn = is_long(bytes) && !app.ui.json;
        let bar = is_drawn.then(|| ProgressBar::on_terminal(app.ui.look(), "Importing")).flatten();
        let mut watch = Watch { bar, done: 0, all: bytes.saturating_mul(READING + MAKING + SETTLING) };
        watch.add(0);
        watch
    }

    /// A file was read. Returns its length.
    pub fn read(&mut self, path: &Path) -> u64 {
        let bytes = length(path);
        self.add(bytes.saturating_mul(READING));
        bytes
    }

    /// A share of the questions was made of files of this length.
    pub fn making(&mut self, bytes: u64, share: f64) {
        self.show(self.done as f64 + bytes.saturating_mul(MAKING) as f64 * share);
    }

    /// Questions were made of files of this length.
    pub fn made(&mut self, bytes: u64) {
        self.add(bytes.saturating_mul(MAKING));
    }

    /// These questions were written and checked.
    pub fn settled(&mut self, bytes: u64) {
        self.add(bytes.saturating_mul(SETTLING));
    }

    fn add(&mut self, done: u64) {
        self.done = self.done.saturating_add(done);
        self.show(self.done as f64);
    }

    fn show(&mut self, done: f64) {
        let share = done / self.all.max(1) as f64;
        // A bar that cannot be drawn stops no import.
        if self.bar.as_mut().is_some_and(|bar| bar.show(share.min(1.0)).is_err()) {
            self.bar = None;
        }
    }
}

impl Drop for Watch {
    /// Removes the bar, also if the import broke off: what is printed next has the line to itself.
    fn drop(&mut self) {
        let _ = self.bar.take().map(ProgressBar::end);
    }
}

fn is_long(bytes: u64) -> bool {
    bytes >= MIN_SHOWN_BYTES
}

fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |found| found.len())
}
