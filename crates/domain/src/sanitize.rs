//! Makes foreign text safe to print on a terminal.
//!
//! Whatever a terminal would obey becomes visible or is removed: control characters, escape sequences
//! (without their ESC they are harmless text), bidirectional overrides, zero-width and tag
//! characters. Regular right-to-left text and emoji are kept; the number of combining marks is limited.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

/// Combining marks per character: real scripts stay below this, "zalgo" text does not.
const MAX_MARKS: usize = 4;

/// Text for one line: line breaks become spaces, too.
pub fn line(text: &str) -> Cow<'_, str> {
    sanitize(text, false)
}

/// Text of several lines: LF is kept; CRLF and CR become LF.
pub fn paragraph(text: &str) -> Cow<'_, str> {
    sanitize(text, true)
}

/// A JSON text with escapes for whatever a terminal would obey; its meaning is the same.
pub fn json(text: &str) -> Cow<'_, str> {
    let is_raw =
        |c: char| c == '\u{7f}' || is_steering(c) || is_invisible(c) || matches!(c, '\u{2028}' | '\u{2029}');
    if !text.contains(is_raw) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match is_raw(c) {
            true => c
                .encode_utf16(&mut [0; 2])
                .iter()
                .for_each(|unit| escaped.push_str(&format!("\\u{unit:04x}"))),
            false => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

fn sanitize(text: &str, keep_line_breaks: bool) -> Cow<'_, str> {
    // Nearly all text is plain ASCII: its bytes are enough to tell.
    if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    if text.chars().all(|c| is_harmless(c) || (keep_line_breaks && c == '\n')) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut marks = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        marks = match c {
            _ if is_combining_mark(c) => marks + 1,
            // An invisible character does not start a new base for marks.
            _ if is_invisible(c) => marks,
            _ => 0,
        };
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' if keep_line_breaks => clean.push('\n'),
            '\u{9}'..='\u{d}' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push(' '),
            '\0'..='\u{1f}' => clean.push(control_picture(c)),
            '\u{7f}' => clean.push('\u{2421}'),
            // A zero-width joiner holds emoji together; between letters it is dropped.
            '\u{200d}' if joins_emoji(&clean, chars.peek()) => clean.push(c),
            _ if is_invisible(c) || marks > MAX_MARKS => {}
            _ if is_steering(c) => clean.push_str(&format!("<U+{:04X}>", c as u32)),
            _ => clean.push(c),
        }
    }
    Cow::Owned(clean)
}

/// The fast path for nearly all text.
fn is_harmless(c: char) -> bool {
    matches!(c, ' '..='~')
        || (c > '\u{9f}'
            && !is_invisible(c)
            && !is_steering(c)
            && !is_combining_mark(c)
            && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{200d}'))
}

/// The visible symbol of a control character, from Unicode's Control Pictures.
fn control_picture(c: char) -> char {
    char::from_u32(0x2400 + c as u32).unwrap_or(' ')
}

/// Characters that control a terminal or the direction of text.
fn is_steering(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Invisible characters, which make different texts look alike.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn joins_emoji(before: &str, next: Option<&char>) -> bool {
    let pictures = |c: char| matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}');
    before.chars().next_back().is_some_and(|c| pictures(c) || c == '\u{fe0f}')
        && next.is_some_and(|&c| pictures(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_becomes_visible_or_vanishes() {
        for (foreign, shown) in [
            ("plain", "plain"),
            ("\u{1b}[31mred", "␛[31mred"),
            ("\u{1b}]52;c;eA==\u{7}", "␛]52;c;eA==␇"),
            ("a\u{9b}31m", "a<U+009B>31m"),
            ("a\u{202e}b", "a<U+202E>b"),
            ("ze\u{200b}ro\u{feff}", "zero"),
            ("tag\u{e0041}", "tag"),
            ("del\u{7f}", "del␡"),
            ("a\tb\u{b}c\u{85}d\u{2028}e", "a b c d e"),
            ("e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", "e\u{301}\u{301}\u{301}\u{301}"),
            ("e\u{301}\u{301}\u{301}\u{301}\u{200b}\u{301}", "e\u{301}\u{301}\u{301}\u{301}"),
            ("👩\u{fe0f}\u{fe0f}\u{fe0f}\u{fe0f}\u{200d}\u{fe0f}x", "👩\u{fe0f}\u{fe0f}\u{fe0f}\u{fe0f}x"),
            ("שלום", "שלום"),
            ("👩\u{200d}🔬", "👩\u{200d}🔬"),
            ("a\r\nb\rc\nd", "a b c d"),
        ] {
            assert_eq!(line(foreign), shown);
            assert_eq!(line(shown), shown, "it passes a second time as it is");
        }
        assert_eq!(paragraph("a\r\nb\rc\nd"), "a\nb\nc\nd");
    }
}
