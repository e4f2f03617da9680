//! The progress of long work: a bar that is redrawn on a terminal, a few lines elsewhere.

use std::io::{self, IsTerminal, Write, stderr};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::look::Look;
use super::text::{bar, percent};

/// Cells of the bar.
const CELLS: usize = 24;
/// Without redrawing a line is written for each further share, 0 to 1.
const A_LINE_EACH: f64 = 0.25;

/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Face {
    Bar,
    Lines,
    Silent,
}

/// A titled bar that knows what it has shown.
pub struct ProgressBar<'a> {
    look: Look,
    title: &'a str,
    face: Face,
    shown: Option<String>,
    next_line: f64,
}

impl<'a> ProgressBar<'a> {
    /// A bar on standard error; prints nothing if `silent`.
    pub fn new(look: Look, title: &'a str, silent: bool) -> ProgressBar<'a> {
        let face = match (silent, stderr().is_terminal() && !look.plain) {
            (true, _) => Face::Silent,
            (false, true) => Face::Bar,
            (false, false) => Face::Lines,
        };
        ProgressBar { look, title, face, shown: None, next_line: 0.0 }
    }

    /// A bar for short work; `None` if there is no terminal to redraw it on.
    pub fn on_terminal(look: Look, title: &'a str) -> Option<ProgressBar<'a>> {
        let bar = ProgressBar::new(look, title, false);
        (bar.face == Face::Bar).then_some(bar)
    }

    /// Shows that a share, 0 to 1, is done.
    pub fn show(&mut self, share: f64) -> io::Result<()> {
        match self.face {
            Face::Silent => Ok(()),
            Face::Lines if share >= self.next_line => {
                self.next_line = share + A_LINE_EACH;
                writeln!(stderr(), "{}: {}", self.title, percent(share))
            }
            Face::Lines => Ok(()),
            Face::Bar => self.redraw(share),
        }
    }

    fn redraw(&mut self, share: f64) -> io::Result<()> {
        let cells = if self.look.is_narrow() { CELLS / 3 } else { CELLS };
        let text = format!("{}  {}  {}", self.title, bar(&self.look, share, cells), percent(share));
        if self.shown.as_deref() != Some(text.as_str()) {
            write!(stderr(), "\r\x1b[K{}{text}", self.look.margin())?;
            stderr().flush()?;
            self.shown = Some(text);
        }
        Ok(())
    }

    /// Removes the bar.
    pub fn end(self) -> io::Result<()> {
        if self.shown.is_none() {
            return Ok(());
        }
        write!(stderr(), "\r\x1b[K")?;
        stderr().flush()
    }
}

/// A flag that Ctrl-C raises from now on, instead of ending the program.
#[cfg(unix)]
pub fn interrupts() -> io::Result<Arc<AtomicBool>> {
    let raised = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&raised))?;
    Ok(raised)
}

/// A flag that is never raised: Ctrl-C ends the program.
#[cfg(not(unix))]
pub fn interrupts() -> io::Result<Arc<AtomicBool>> {
    Ok(Arc::new(AtomicBool::new(false)))
}
