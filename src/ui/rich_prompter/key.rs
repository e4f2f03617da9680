//! Keys: what the terminal reports, as what it means to a prompt.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A key that means something to some prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    Char(char),
    /// Text from the clipboard, all at once.
    Paste(String),
    Edit(Edit),
    Up,
    Down,
    PageUp,
    PageDown,
    Enter,
    Esc,
    /// Ctrl-C.
    Interrupt,
}

/// A change of a line other than typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    Left,
    Right,
    WordLeft,
    WordRight,
    Start,
    End,
    DeleteLeft,
    DeleteRight,
    DeleteWordLeft,
    DeleteToStart,
    DeleteToEnd,
}

impl Key {
    /// `None` for what means nothing: a key that is released, an unknown combination, the mouse.
    pub fn of(event: Event) -> Option<Key> {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => Key::pressed(key),
            Event::Paste(text) => Some(Key::Paste(text)),
            Event::Key(_) | Event::FocusGained | Event::FocusLost | Event::Mouse(_) | Event::Resize(..) => {
                None
            }
        }
    }

    fn pressed(key: KeyEvent) -> Option<Key> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        // Windows reports AltGr, which types characters such as @, as both.
        let is_alt_gr = cfg!(windows) && control && alt;
        match key.code {
            KeyCode::Char(c) if control && !is_alt_gr => Key::with_control(c),
            KeyCode::Char(c) if alt && !is_alt_gr => Key::with_alt(c),
            KeyCode::Char(c) => Some(Key::Char(c)),
            KeyCode::Left if control || alt => Some(Key::Edit(Edit::WordLeft)),
            KeyCode::Right if control || alt => Some(Key::Edit(Edit::WordRight)),
            KeyCode::Left => Some(Key::Edit(Edit::Left)),
            KeyCode::Right => Some(Key::Edit(Edit::Right)),
            KeyCode::Home => Some(Key::Edit(Edit::Start)),
            KeyCode::End => Some(Key::Edit(Edit::End)),
            KeyCode::Backspace if control || alt => Some(Key::Edit(Edit::DeleteWordLeft)),
            KeyCode::Backspace => Some(Key::Edit(Edit::DeleteLeft)),
            KeyCode::Delete => Some(Key::Edit(Edit::DeleteRight)),
            KeyCode::Up => Some(Key::Up),
            KeyCode::Down => Some(Key::Down),
            KeyCode::PageUp => Some(Key::PageUp),
            KeyCode::PageDown => Some(Key::PageDown),
            KeyCode::Enter => Some(Key::Enter),
            KeyCode::Esc => Some(Key::Esc),
            _ => None,
        }
    }

    /// With Ctrl a letter never types: it does what it does in a shell, or nothing.
    fn with_control(c: char) -> Option<Key> {
        match c.to_ascii_lowercase() {
            'c' => Some(Key::Interrupt),
            // A line feed, which programs send where a person presses Enter.
            'j' | 'm' => Some(Key::Enter),
            'd' | 'g' => Some(Key::Esc),
            'p' => Some(Key::Up),
            'n' => Some(Key::Down),
            'b' => Some(Key::Edit(Edit::Left)),
            'f' => Some(Key::Edit(Edit::Right)),
            'a' => Some(Key::Edit(Edit::Start)),
            'e' => Some(Key::Edit(Edit::End)),
            'h' => Some(Key::Edit(Edit::DeleteLeft)),
            'w' => Some(Key::Edit(Edit::DeleteWordLeft)),
            'u' => Some(Key::Edit(Edit::DeleteToStart)),
            'k' => Some(Key::Edit(Edit::DeleteToEnd)),
            _ => None,
        }
    }

    fn with_alt(c: char) -> Option<Key> {
        match c.to_ascii_lowercase() {
            'b' => Some(Key::Edit(Edit::WordLeft)),
            'f' => Some(Key::Edit(Edit::WordRight)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
        Key::of(Event::Key(KeyEvent::new(code, modifiers)))
    }

    #[test]
    fn no_letter_types_with_ctrl_or_alt() {
        for letter in ('a'..='z').chain('A'..='Z').chain("0123456789 ?!".chars()) {
            for modifiers in [KeyModifiers::CONTROL, KeyModifiers::ALT] {
                let key = pressed(KeyCode::Char(letter), modifiers);
                assert!(!matches!(key, Some(Key::Char(_))), "{modifiers:?} {letter}: {key:?}");
            }
            assert_eq!(pressed(KeyCode::Char(letter), KeyModifiers::NONE), Some(Key::Char(letter)));
        }
    }

    #[test]
    fn ctrl_edits_as_in_a_shell() {
        for (letter, edit) in [
            ('u', Edit::DeleteToStart),
            ('w', Edit::DeleteWordLeft),
            ('k', Edit::DeleteToEnd),
            ('h', Edit::DeleteLeft),
            ('a', Edit::Start),
            ('e', Edit::End),
        ] {
            let key = pressed(KeyCode::Char(letter), KeyModifiers::CONTROL);
            assert_eq!(key, Some(Key::Edit(edit)), "{letter}");
        }
        assert_eq!(pressed(KeyCode::Char('c'), KeyModifiers::CONTROL), Some(Key::Interrupt));
        assert_eq!(pressed(KeyCode::Char('j'), KeyModifiers::CONTROL), Some(Key::Enter));
    }

    #[test]
    fn a_key_that_is_released_means_nothing() {
        let (code, none) = (KeyCode::Char('a'), KeyModifiers::NONE);
        let released = KeyEvent::new_with_kind(code, none, KeyEventKind::Release);
        assert_eq!(Key::of(Event::Key(released)), None);
    }
}
