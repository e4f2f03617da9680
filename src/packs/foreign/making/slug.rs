//! Names as ids: lower-case letters, digits and hyphens.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

/// A longer id is cut.
const MOST_CHARS: usize = 60;

/// The id that a name makes; one of letters that have no Latin form is named by its number.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if slug.len() >= MOST_CHARS {
            break;
        }
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'ß' => slug.push_str("ss"),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    match slug.trim_end_matches('-') {
        "" => format!("n-{}", number(name, 8)),
        slug => slug.to_owned(),
    }
}

/// Hexadecimal digits that a text always has, and hardly any other.
pub fn number(text: &str, digits: usize) -> String {
    let mut number = Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()).simple().to_string();
    number.truncate(digits);
    number
}
