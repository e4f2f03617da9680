//! GIFT's backslash: which signs mean something, and which are meant as themselves.
//!
//! Other programs replace escaped signs by placeholders, which a text may contain by itself. Here a sign is
//! bare if there is no backslash before it, and the text is left as it is until all signs are found.

/// Signs that a backslash makes literal; `n` becomes a line break.
const ESCAPED: &str = "\\:#={}~n";

/// The bare signs of a text with their places.
pub fn bare(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, c) = chars.next()?;
            match c == '\\' && chars.peek().is_some_and(|(_, next)| ESCAPED.contains(*next)) {
                true => drop(chars.next()),
                false => return Some((at, c)),
            }
        }
    })
}

/// The first place at which a bare sign begins these words.
pub fn find(text: &str, words: &str) -> Option<usize> {
    bare(text).find(|(at, _)| text[*at..].starts_with(words)).map(|(at, _)| at)
}

/// The last place at which a bare sign begins these words.
pub fn find_last(text: &str, words: &str) -> Option<usize> {
    bare(text).filter(|(at, _)| text[*at..].starts_with(words)).last().map(|(at, _)| at)
}

/// The text before and after the first bare sign; all of it if there is none.
pub fn cut(text: &str, sign: char) -> (&str, Option<&str>) {
    match bare(text).find(|(_, c)| *c == sign) {
        Some((at, c)) => (&text[..at], Some(&text[at + c.len_utf8()..])),
        None => (text, None),
    }
}

/// The parts between bare signs.
pub fn split(text: &str, sign: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, c) in bare(text).filter(|(_, c)| *c == sign) {
        parts.push(&text[from..at]);
        from = at + c.len_utf8();
    }
    parts.push(&text[from..]);
    parts
}

/// The text that is meant.
pub fn unescape(text: &str) -> String {
    let mut meant = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.next_if(|next| c == '\\' && ESCAPED.contains(*next));
        meant.push(match next {
            Some('n') => '\n',
            Some(sign) => sign,
            None => c,
        });
    }
    meant
}

/// A text as GIFT has to write it, on one line.
pub fn escape(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => written.push_str("\\n"),
            '\\' | ':' | '#' | '=' | '{' | '}' | '~' => written.extend(['\\', c]),
            _ => written.push(c),
        }
    }
    written
}
