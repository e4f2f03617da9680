//! What only a real terminal needs: its size, dropping keys typed too early, and leaving it in order.

use std::io::{self, stderr};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::cursor::{MoveTo, Show};
use crossterm::event::{self, DisableBracketedPaste, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::execute;
use crossterm::style::Print;
use crossterm::terminal::{self, Clear, ClearType};

/// Columns and lines if the terminal does not tell.
const DEFAULT_SIZE: (u16, u16) = (80, 24);
/// How long a look for pending keys takes if there are none.
const PENDING: Duration = Duration::from_millis(4);

/// Columns and lines of the window as it is now.
pub fn size() -> (usize, usize) {
    let measured = terminal::size().ok().filter(|&(columns, lines)| columns > 0 && lines > 0);
    let (columns, lines) = measured.unwrap_or(DEFAULT_SIZE);
    (usize::from(columns), usize::from(lines))
}

/// Discards the keys typed before anything was asked: they would answer the wrong question.
///
/// True if Ctrl-C was among them: it is never too early.
pub fn drop_pending_input() -> io::Result<bool> {
    terminal::enable_raw_mode()?;
    let interrupted = drain();
    terminal::disable_raw_mode()?;
    interrupted
}

/// The same in raw mode, which also gives what was typed without Enter.
///
/// With the feature `use-dev-tty` crossterm finds nothing if it may not wait, and nothing either if this thread had
/// to wait for the processor in the meantime: only the second empty look counts.
pub fn drain() -> io::Result<bool> {
    let mut interrupted = false;
    let mut empty_looks = 0;
    while empty_looks < 2 {
        if event::poll(PENDING)? {
            interrupted |= is_interrupt(&event::read()?);
            empty_looks = 0;
        } else {
            empty_looks += 1;
        }
    }
    Ok(interrupted)
}

fn is_interrupt(event: &Event) -> bool {
    let Event::Key(key) = event else { return false };
    let pressed = key.kind == KeyEventKind::Press;
    pressed && key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL)
}

/// Clears the window, and goes to its top.
pub fn clear() -> io::Result<()> {
    execute!(io::stdout(), Clear(ClearType::All), MoveTo(0, 0))
}

/// Clears what an interrupted prompt leaves below the cursor.
pub fn clear_below() -> io::Result<()> {
    execute!(stderr(), Clear(ClearType::FromCursorDown))
}

/// Undoes what a prompt does to the terminal. If no prompt is open nothing is written, so
/// that no escape codes end up in a file.
pub fn restore() {
    if !terminal::is_raw_mode_enabled().unwrap_or(false) {
        return;
    }
    let _ = terminal::disable_raw_mode();
    // The terminal may be gone, and eprintln would panic.
    let _ = execute!(stderr(), DisableBracketedPaste, Clear(ClearType::FromCursorDown), Show, Print("\n"));
}

/// Makes panics and signals leave the terminal in order; the second call does nothing.
pub fn guard() -> io::Result<()> {
    static GUARDED: AtomicBool = AtomicBool::new(false);
    if GUARDED.swap(true, Ordering::Relaxed) {
        return Ok(());
    }
    let earlier = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        restore();
        earlier(panic);
    }));
    guard_against_signals()
}

/// Exits with 128 and the signal's number, as a shell reports a program that it killed.
#[cfg(unix)]
fn guard_against_signals() -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};

    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM])?;
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            restore();
            std::process::exit(128 + signal);
        }
    });
    Ok(())
}

#[cfg(not(unix))]
fn guard_against_signals() -> io::Result<()> {
    Ok(())
}
