//! What only a real terminal needs: its size, dropping keys typed too early, and leaving it in order.

use std::io::{self, stderr};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::cursor::Show;
use crossterm::event::{self, DisableBracketedPaste, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::execute;
use crossterm::style::Print;
use crossterm::terminal::{self, Clear, ClearType};

/// Columns and lines if the terminal does not tell.
const DEFAULT_SIZE: (u16, u16) = (80, 24);

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
    let mut interrupted = false;
    loop {
        let events = pending()?;
        if events.is_empty() {
            return Ok(interrupted);
        }
        interrupted |= events.iter().any(is_interrupt);
    }
}

/// Some of what was typed, if only without Enter. Crossterm reads no more than 1024 bytes before it
/// waits for news from the terminal, and entering raw mode is such news.
fn pending() -> io::Result<Vec<Event>> {
    terminal::enable_raw_mode()?;
    let events = drain();
    terminal::disable_raw_mode()?;
    events
}

fn drain() -> io::Result<Vec<Event>> {
    let mut events = Vec::new();
    while event::poll(Duration::ZERO)? {
        events.push(event::read()?);
    }
    Ok(events)
}

fn is_interrupt(event: &Event) -> bool {
    let Event::Key(key) = event else { return false };
    let pressed = key.kind == KeyEventKind::Press;
    pressed && key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL)
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
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM])?;
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
