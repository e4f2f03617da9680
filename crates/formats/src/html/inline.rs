//! What a run of text contains: sounds, formulas, the alternative text of a picture.

use std::borrow::Cow;

/// The longest name of a sound, in bytes.
const MAX_NAME_LENGTH: usize = 300;
const SOUND: &str = "[sound:";

/// What programs put around a formula.
const MATH: [(&str, &str); 5] =
    [("\\(", "\\)"), ("\\[", "\\]"), ("[latex]", "[/latex]"), ("[$$]", "[/$$]"), ("[$]", "[/$]")];

/// Removes Anki's `[sound:NAME]`, and counts them.
pub fn without_sounds(text: &str) -> (Cow<'_, str>, usize) {
    let mut kept = String::new();
    let (mut rest, mut done, mut count) = (text, 0, 0);
    while let Some(at) = rest.find(SOUND) {
        let name = &rest.as_bytes()[at + SOUND.len()..];
        let end = name.iter().take(MAX_NAME_LENGTH).position(|b| matches!(b, b']' | b'\n' | b'<'));
        let after = match end.filter(|&end| name[end] == b']') {
            Some(end) => {
                kept.push_str(&text[done..text.len() - rest.len() + at]);
                count += 1;
                done = text.len() - rest.len() + at + SOUND.len() + end + 1;
                at + SOUND.len() + end + 1
            }
            None => at + SOUND.len(),
        };
        rest = &rest[after..];
    }
    match count {
        0 => (Cow::Borrowed(text), 0),
        _ => (Cow::Owned(kept + &text[done..]), count),
    }
}

/// A formula without its delimiters.
pub fn without_math_delimiters(text: &str) -> Cow<'_, str> {
    if !text.contains(['\\', '[']) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    // If no end follows, none will follow later: looking once is enough.
    let mut can_end = [true; MATH.len()];
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '[']) {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        let opening = MATH.iter().position(|(begin, _)| rest.starts_with(begin)).filter(|&m| can_end[m]);
        let formula = opening.and_then(|m| {
            let inner = &rest[MATH[m].0.len()..];
            let end = inner.find(MATH[m].1);
            can_end[m] = end.is_some();
            end.map(|end| (&inner[..end], &inner[end + MATH[m].1.len()..]))
        });
        match formula {
            Some((formula, after)) => {
                kept.push_str(formula.trim());
                rest = after;
            }
            None => {
                // Both are one byte long.
                kept.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    Cow::Owned(kept + rest)
}

/// Whether the alternative text of a picture is more than its file name.
pub fn says_something(alt: &str) -> bool {
    let alt = alt.trim();
    let is_file = alt.rsplit_once('.').is_some_and(|(name, end)| {
        let ends = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "avif"];
        !name.contains(' ') && ends.iter().any(|known| end.eq_ignore_ascii_case(known))
    });
    let is_empty_word =
        ["image", "img", "picture", "photo", "graphic"].contains(&alt.to_lowercase().as_str());
    !is_file && !is_empty_word && alt.contains(char::is_alphanumeric)
}
