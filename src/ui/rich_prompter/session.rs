//! An open prompt: keys come in, frames go out, and the terminal is left as it was.

use std::io::{self, IsTerminal, Stderr, Write, stderr};
use std::time::Duration;

use crossterm::cursor::{Hide, MoveToColumn, MoveUp, Show};
use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste, Event};
use crossterm::style::Print;
use crossterm::terminal::{Clear, ClearType, disable_raw_mode, enable_raw_mode};
use crossterm::{execute, queue};

use super::frame::Frame;
use super::key::Key;
use super::layout::Layout;
use crate::ui::look::Look;
use crate::ui::prompter::Prompted;
use crate::ui::terminal;

/// A prompt is drawn when no further key comes within this time: a paste is drawn once, not at each letter.
const MORE_KEYS: Duration = Duration::from_millis(1);

/// Something that is asked: what a key does to it, and how it looks.
pub trait Prompt {
    type Answer;

    fn press(&mut self, key: Key) -> Step<Self::Answer>;

    fn draw(&self, layout: &Layout) -> Frame;

    /// What remains on the screen once it is answered.
    fn record(&self, layout: &Layout, answer: &Self::Answer) -> Vec<String>;

    /// How long it waits for a key before [`Prompt::wake`]; `None`: for as long as it takes.
    fn patience(&self) -> Option<Duration> {
        None
    }

    /// What happens without a key; it is drawn again after that.
    fn wake(&mut self) -> Step<Self::Answer> {
        Step::Stay
    }

    /// Whether keys that were typed before it opened are meant for it.
    fn takes_earlier_keys(&self) -> bool {
        false
    }

    /// Whether the same prompt is drawn in its place after this answer: the screen then stays as it is until then.
    fn is_drawn_again_after(&self, _: &Self::Answer) -> bool {
        false
    }
}

/// What a key leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Step<T> {
    Stay,
    Answer(T),
    Back,
}

/// Asks on the terminal until there is an answer. Keys that were typed before are dropped.
pub fn run<P: Prompt>(look: &Look, mut prompt: P) -> io::Result<Prompted<P::Answer>> {
    if !io::stdin().is_terminal() || !stderr().is_terminal() {
        return Err(no_terminal());
    }
    let _open = OpenTerminal::new()?;
    if !prompt.takes_earlier_keys() && terminal::drain()? {
        return Ok(Prompted::Quit);
    }
    let mut screen = Screen { out: stderr(), rows_above_cursor: 0 };
    let mut frame = screen.show(prompt.draw(&Layout::of_terminal(look)))?;
    loop {
        let step = match next_event(prompt.patience())? {
            None => prompt.wake(),
            Some(event) => {
                if let Event::Resize(columns, _) = event {
                    screen.rows_above_cursor = frame.rows_above_cursor(usize::from(columns));
                }
                match Key::of(event) {
                    None => Step::Stay,
                    Some(Key::Interrupt) => {
                        screen.replace(&[])?;
                        return Ok(Prompted::Quit);
                    }
                    Some(key) => prompt.press(key),
                }
            }
        };
        match step {
            Step::Stay => {}
            Step::Answer(answer) => {
                match prompt.is_drawn_again_after(&answer) {
                    true => screen.rewind()?,
                    false => screen.replace(&prompt.record(&Layout::of_terminal(look), &answer))?,
                }
                return Ok(Prompted::Input(answer));
            }
            Step::Back => {
                screen.replace(&[])?;
                return Ok(Prompted::Back);
            }
        }
        if !event::poll(MORE_KEYS)? {
            frame = screen.show(prompt.draw(&Layout::of_terminal(look)))?;
        }
    }
}

/// The next event; `None` if none came in time.
fn next_event(patience: Option<Duration>) -> io::Result<Option<Event>> {
    match patience {
        Some(patience) if !event::poll(patience)? => Ok(None),
        Some(_) | None => event::read().map(Some),
    }
}

/// There is nobody to ask.
pub fn no_terminal() -> io::Error {
    io::Error::other("there is no terminal to ask on; try --plain")
}

/// A terminal that gives every key at once, and pasted text in one piece.
struct OpenTerminal;

impl OpenTerminal {
    fn new() -> io::Result<OpenTerminal> {
        enable_raw_mode()?;
        let open = OpenTerminal;
        execute!(stderr(), EnableBracketedPaste)?;
        Ok(open)
    }
}

impl Drop for OpenTerminal {
    fn drop(&mut self) {
        // The terminal may be gone.
        let _ = execute!(stderr(), DisableBracketedPaste);
        let _ = disable_raw_mode();
    }
}

/// The part of the terminal that a prompt has drawn on.
struct Screen {
    out: Stderr,
    /// From the first row of the last frame to the cursor.
    rows_above_cursor: usize,
}

impl Screen {
    /// Draws a frame over the one before.
    fn show(&mut self, frame: Frame) -> io::Result<Frame> {
        let mut bytes = Vec::new();
        self.go_to_top(&mut bytes)?;
        let up = frame.lines.len().saturating_sub(frame.cursor_line + 1);
        print_lines(&mut bytes, &frame.lines)?;
        move_up(&mut bytes, up)?;
        queue!(bytes, MoveToColumn(short(frame.cursor_column)), Show)?;
        self.rows_above_cursor = frame.cursor_line;
        self.write(&bytes)?;
        Ok(frame)
    }

    /// Leaves these lines in place of the frame, and the cursor below them.
    fn replace(&mut self, lines: &[String]) -> io::Result<()> {
        let mut bytes = Vec::new();
        self.go_to_top(&mut bytes)?;
        print_lines(&mut bytes, lines)?;
        if !lines.is_empty() {
            queue!(bytes, Print("\r\n"))?;
        }
        queue!(bytes, Show)?;
        self.write(&bytes)
    }

    /// Back to the first row of the frame, which stays as it is.
    fn rewind(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        self.go_to_top(&mut bytes)?;
        self.write(&bytes)
    }

    fn go_to_top(&self, bytes: &mut Vec<u8>) -> io::Result<()> {
        queue!(bytes, Hide, MoveToColumn(0))?;
        move_up(bytes, self.rows_above_cursor)
    }

    /// All at once, so that no half of a frame is seen.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.out.flush()
    }
}

/// Prints lines over others, and clears what is left of those.
fn print_lines(bytes: &mut Vec<u8>, lines: &[String]) -> io::Result<()> {
    for (i, line) in lines.iter().enumerate() {
        let line_break = if i == 0 { "" } else { "\r\n" };
        queue!(bytes, Print(line_break), Print(line), Clear(ClearType::UntilNewLine))?;
    }
    queue!(bytes, Clear(ClearType::FromCursorDown))
}

fn move_up(bytes: &mut Vec<u8>, rows: usize) -> io::Result<()> {
    // A terminal moves up one row if it is told to move up none.
    if rows > 0 { queue!(bytes, MoveUp(short(rows))) } else { Ok(()) }
}

fn short(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}
