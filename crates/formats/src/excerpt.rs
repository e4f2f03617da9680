//! Short excerpts of foreign texts, to recognize a question by.

use badgedex_domain::sanitize;

/// How much of a foreign text is quoted, in characters.
const MAX_QUOTED: usize = 60;

/// The beginning of a foreign text, harmless and on one line.
pub fn excerpt(text: &str) -> String {
    let start: String = text.trim_start().chars().take(4 * MAX_QUOTED).collect();
    let line = sanitize::line(&start);
    let mut words = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(MAX_QUOTED) {
        words.truncate(end);
        words.push('…');
    }
    words
}

/// The first words of a text's first line.
pub fn first_line_excerpt(text: &str) -> String {
    excerpt(text.trim_start().lines().next().unwrap_or_default())
}
